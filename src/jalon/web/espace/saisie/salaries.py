"""« Choisir un salarié »: employees found by typing, put in the rubrique that names people. Their NIR never leaves the server."""

import contextlib
from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.dossiers.actions import inscrire_salaries
from jalon.salaries.models import Salarie
from jalon.salaries.requetes import chercher, choisis
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.espace.saisie.ouverture import Saisie, ouvrir_saisie
from jalon.web.espace.salaries.formulaires import FormulaireInscription

TEXTE_AU_PLUS = 100


@page(espace(Domaine.SALARIES, Niveau.LECTURE, "GET", "POST"))
def choisir(request: HttpRequest, siren: str, dossier_id: UUID, code: str) -> HttpResponse:
    """Search, then choose: one person for a contract, several for a plan. htmx asks for those found alone."""
    saisie = ouvrir_saisie(request, siren, dossier_id)
    cible = saisie.section(code)
    if not saisie.peut_choisir_un_salarie(cible):
        raise Introuvable
    texte = request.GET.get("q", "").strip()[:TEXTE_AU_PLUS]
    acteur = saisie.ici.acteur.sur(siren)
    trouves = chercher(acteur, siren, texte, aujourdhui())
    coches = choisis(acteur, siren, _cles(request.POST.getlist("salaries")))
    choix = {str(s.pk): _decrire(s) for s in (*trouves, *coches)}.items()
    formulaire = FormulaireInscription(choix, request.POST if request.method == "POST" else None, plusieurs=cible.fiche.repetee)
    if request.method == "POST" and _inscrire(saisie, code, formulaire):
        messages.success(request, "Le NIR reste masqué. Vérifiez les réponses, et complétez ce qui manque.")
        return redirect("saisie_section", siren=siren, dossier_id=dossier_id, code=code)
    contexte = {**saisie.autour(code), "section": cible, "texte": texte, "trouves": trouves}
    gabarit = "salaries_trouves" if request.htmx else "salaries"  # type: ignore[attr-defined]
    return montrer(request, f"espace/saisie/{gabarit}.html", formulaire, **contexte)


def _inscrire(saisie: Saisie, code: str, formulaire: FormulaireInscription) -> bool:
    fait = tenter(
        formulaire,
        lambda: inscrire_salaries(
            dossier_id=saisie.dossier.pk,
            section=code,
            salaries=formulaire.choisis,
            par=saisie.ici.acteur,
            maintenant=maintenant(),
        ),
    )
    return fait is not None


def _cles(textes: Iterable[str]) -> list[UUID]:
    """Ids posted; what is none of them is left to the form, which refuses it."""
    cles = []
    for texte in textes:
        with contextlib.suppress(ValueError):
            cles.append(UUID(texte))
    return cles


def _decrire(salarie: Salarie) -> str:
    emploi = f", {salarie.emploi}" if salarie.emploi else ""
    return f"{salarie.nom_complet}, né(e) le {formater_date(salarie.date_naissance)}{emploi}"
