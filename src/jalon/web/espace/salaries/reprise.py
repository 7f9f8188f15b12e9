"""People of a request that was sent, proposed for the directory."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.dossiers.actions import reprendre_salaries
from jalon.dossiers.requetes import personnes_a_reprendre
from jalon.salaries.regles.rapprochement import nom_de
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.espace.dossier import ouvrir_dossier
from jalon.web.espace.salaries.fiches import ouvrir_repertoire
from jalon.web.espace.salaries.formulaires import FormulaireReprise


@page(espace(Domaine.SALARIES, Niveau.SAISIE, "GET", "POST"))
def reprendre(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """Tick those to add; who is there already is only told."""
    ouvrir_repertoire(request, siren)
    ici, dossier = ouvrir_dossier(request, siren, dossier_id, Niveau.SAISIE)
    if dossier.est_brouillon or dossier.siren != siren:
        raise Introuvable
    personnes = personnes_a_reprendre(dossier, ici.acteur)
    choix = [(p.rang, f"{nom_de(p.fiche)}, né(e) le {formater_date(p.fiche.date_naissance)}") for p in personnes if p.absente]
    formulaire = FormulaireReprise(choix, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        nombre = tenter(
            formulaire,
            lambda: reprendre_salaries(
                dossier_id=dossier_id, rangs=formulaire.cleaned_data["personnes"], par=ici.acteur, maintenant=maintenant()
            ),
        )
        if nombre is not None:
            pluriel = "s" if nombre > 1 else ""
            messages.success(request, f"{nombre} personne{pluriel} ajoutée{pluriel} à vos salariés.")
            return redirect("espace_dossier", siren=siren, dossier_id=dossier_id)
    deja = [nom_de(p.fiche) for p in personnes if not p.absente]
    return montrer(request, "espace/salaries/reprendre.html", formulaire, ici=ici, dossier=dossier, absentes=choix, deja=deja)
