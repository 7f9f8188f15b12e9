"""Home of a space."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalon.dossiers.requetes import FiltreDossiers, liste_dossiers
from jalon.reglements.requetes import reglements_visibles
from jalon.socle.acteurs import FAMILLES, Domaine, Niveau
from jalon.vues.regles import Lieu
from jalon.vues.requetes.taches import retenir_le_nombre, taches_du_lieu
from jalon.web.composants.acces import espace, page
from jalon.web.composants.moment import ce_jour
from jalon.web.composants.taches import grouper_taches
from jalon.web.composants.visite import visite_proposee
from jalon.web.composants.vues import cartes_affichees
from jalon.web.espace.commun import ouvrir_espace
from jalon.web.espace.nouvelles import nouvelles_affichees

RECENTS = 5
TACHES_D_ACCUEIL = 6
REGLEMENTS_D_ACCUEIL = 3


@page(espace(None))
def accueil(request: HttpRequest, siren: str) -> HttpResponse:
    """What is expected of me, my recent requests, what was paid; who acts by mandate only is led to her clients."""
    ici = ouvrir_espace(request, siren)
    if ici.cabinet == siren and not ici.voit(*Domaine):
        return redirect("espace_clients", siren=siren)
    jour, acteur = ce_jour(), ici.acteur.sur(siren)
    taches = taches_du_lieu(ici.acteur, siren)
    retenir_le_nombre(ici.acteur, siren, len(taches))
    voit_dossiers = ici.voit(*FAMILLES)
    recents = liste_dossiers(acteur, siren, FiltreDossiers(jour=jour)).dossiers[:RECENTS] if voit_dossiers else []
    contexte = {
        "ici": ici,
        "visite_proposee": visite_proposee(request, "entreprise" if ici.adherent else "prestataire"),
        "jour": jour,
        "prenom": ici.acteur.personne_montree.prenom or ici.acteur.personne_montree.nom_complet,
        "groupes": grouper_taches(taches, jour, limite=TACHES_D_ACCUEIL),
        "nombre_taches": len(taches),
        "recents": recents,
        "voit_dossiers": voit_dossiers,
        "cartes": cartes_affichees(ici.acteur, Lieu(siren), jour),
        "page_des_vues": reverse("espace_vues", args=[siren]),
        "nouvelles": nouvelles_affichees(ici.acteur),
        "reglements": reglements_visibles(acteur, siren).reglements[:REGLEMENTS_D_ACCUEIL]
        if ici.voit(Domaine.REGLEMENTS)
        else [],
        "voit_reglements": ici.voit(Domaine.REGLEMENTS),
        "peut_saisir": ici.adherent and ici.voit(*FAMILLES, niveau=Niveau.SAISIE),
    }
    return render(request, "espace/accueil.html", contexte)
