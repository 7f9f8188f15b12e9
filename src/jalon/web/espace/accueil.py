"""Home of a space, and its list of things to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.contrats.requetes import ruptures_a_faire
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.requetes import FiltreDossiers, comptes_par_etat, liste_dossiers
from jalon.dossiers.requetes import a_faire as dossiers_a_faire
from jalon.facturation.requetes import a_faire as factures_a_faire
from jalon.facturation.requetes import trop_percus_a_faire
from jalon.habilitations.requetes.taches import a_faire as acces_a_faire
from jalon.reglements.requetes import reglements_visibles
from jalon.socle.acteurs import FAMILLES, Domaine, Niveau, Tache
from jalon.socle.horloge import aujourdhui
from jalon.web.composants.acces import espace, page
from jalon.web.composants.taches import grouper_taches
from jalon.web.espace.commun import Espace, ouvrir_espace
from jalon.web.espace.nouvelles import nouvelles_affichees

RECENTS = 5
TACHES_D_ACCUEIL = 6
REGLEMENTS_D_ACCUEIL = 3


def taches_de(ici: Espace) -> list[Tache]:
    """What each app derives for this person here; nothing for who only looks, whom the pages tell so."""
    if ici.acteur.regarde_seulement:
        return []
    acteur = ici.acteur.sur(ici.siren)
    taches = list(acces_a_faire(acteur, ici.siren))
    if ici.voit(*FAMILLES):
        taches += dossiers_a_faire(acteur, ici.siren)
    if ici.voit(Domaine.ALTERNANCE, niveau=Niveau.GESTION):
        taches += ruptures_a_faire(acteur, ici.siren)
    if ici.voit(Domaine.FACTURES, niveau=Niveau.ENVOI):
        taches += factures_a_faire(acteur, ici.siren, aujourdhui())
        taches += trop_percus_a_faire(acteur, ici.siren, aujourdhui())
    return taches


@page(espace(None))
def accueil(request: HttpRequest, siren: str) -> HttpResponse:
    """What is expected of me, my recent requests, what was paid; who acts by mandate only is led to her clients."""
    ici = ouvrir_espace(request, siren)
    if ici.cabinet == siren and not ici.voit(*Domaine):
        return redirect("espace_clients", siren=siren)
    jour, acteur = aujourdhui(), ici.acteur.sur(siren)
    taches = taches_de(ici)
    voit_dossiers = ici.voit(*FAMILLES)
    comptes = comptes_par_etat(acteur, siren, jour) if voit_dossiers else None
    recents = liste_dossiers(acteur, siren, FiltreDossiers(jour=jour)).dossiers[:RECENTS] if voit_dossiers else []
    contexte = {
        "ici": ici,
        "jour": jour,
        "prenom": ici.acteur.personne_montree.prenom or ici.acteur.personne_montree.nom_complet,
        "groupes": grouper_taches(taches, jour, limite=TACHES_D_ACCUEIL),
        "nombre_taches": len(taches),
        "recents": recents,
        "voit_dossiers": voit_dossiers,
        "cartes": _cartes(comptes),
        "nouvelles": nouvelles_affichees(ici.acteur),
        "reglements": reglements_visibles(acteur, siren).reglements[:REGLEMENTS_D_ACCUEIL]
        if ici.voit(Domaine.REGLEMENTS)
        else [],
        "voit_reglements": ici.voit(Domaine.REGLEMENTS),
        "peut_saisir": ici.adherent and ici.voit(*FAMILLES, niveau=Niveau.SAISIE),
    }
    return render(request, "espace/accueil.html", contexte)


def _cartes(comptes: object) -> list[tuple[str, str, str, str, bool]]:
    """(state, figure, title, icon, alert) of the quick accesses that every role has."""
    if comptes is None:
        return []
    lues = [
        (EtatDossier.A_COMPLETER.value, "À compléter", "triangle-alert", True),
        (EtatDossier.EN_INSTRUCTION.value, "En instruction", "hourglass", False),
        (EtatDossier.ACCORDE.value, "Accordés", "check", False),
        ("en_execution", "En exécution", "play", False),
    ]
    return [
        (etat, comptes.texte(etat), titre, icone, alerte and comptes.texte(etat) not in {"", "0"})  # type: ignore[attr-defined]
        for etat, titre, icone, alerte in lues
    ]


@page(espace(None))
def taches(request: HttpRequest, siren: str) -> HttpResponse:
    """Every task, grouped by delay."""
    ici = ouvrir_espace(request, siren)
    lues = taches_de(ici)
    contexte = {"ici": ici, "groupes": grouper_taches(lues, aujourdhui()), "nombre": len(lues)}
    return render(request, "espace/taches.html", contexte)
