"""What the OPCO pays: lines in force, their revisions, suspensions of a branch."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.dispositifs.action_formation import ACTION_FORMATION
from jalon.dispositifs.base import GUICHET_SUSPENDU
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.referentiels.actions import modifier_ligne_bareme, rouvrir_guichet, suspendre_guichet
from jalon.referentiels.models import LigneBareme
from jalon.referentiels.requetes import guichets_suspendus, lignes_en_vigueur, plafonds_en_vigueur, revisions_de_ligne
from jalon.socle.acteurs import Pouvoir
from jalon.socle.baremes import TOUS, Fonds
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate, ChampHeures, ChampMontant
from jalon.web.opco.commun import acteur_opco

PLAN = ACTION_FORMATION.code
"""The one dispositif whose amounts are lines that the OPCO edits; those of the others are set by the law or the branches."""
A_GUICHET = [d for d in DISPOSITIFS.values() if any(c.identifiant == GUICHET_SUSPENDU for c in d.controles)]
MODIFIABLES = ("taux_horaire", "taux_salaire", "plafond_heures", "forfait_repas", "forfait_nuit", "forfait_transport")
GENRES: dict[str, type[forms.CharField]] = {"plafond_heures": ChampHeures}


class FormulaireLigne(forms.Form):
    """Amounts of a line from a day on; an empty amount means « not paid », or « no ceiling »."""

    a_partir_du = ChampDate(label="À partir du", error_messages={"required": "Indiquez le premier jour d’effet"})
    motif = forms.CharField(
        label="Motif", max_length=300, error_messages={"required": "Indiquez le motif, par exemple la décision du conseil"}
    )

    def __init__(self, ligne: LigneBareme, *args: Any) -> None:
        super().__init__(*args)
        champs = {nom: GENRES.get(nom, ChampMontant)(label=self._libelle(nom), required=False) for nom in MODIFIABLES}
        self.fields = {**champs, **self.fields}
        self.initial = {nom: getattr(ligne, nom) for nom in MODIFIABLES} | {"a_partir_du": aujourdhui()}

    @staticmethod
    def _libelle(nom: str) -> str:
        verbeux = str(getattr(LigneBareme._meta.get_field(nom), "verbose_name", nom))
        return verbeux[:1].upper() + verbeux[1:]

    def valeurs(self) -> dict[str, Decimal | None]:
        """The amounts typed."""
        return {nom: self.cleaned_data[nom] for nom in MODIFIABLES}


class FormulaireGuichet(forms.Form):
    """A dispositif, a branch, dates, and the sentence that people read."""

    dispositif = forms.ChoiceField(
        label="Dispositif",
        choices=[(d.code, d.nom) for d in A_GUICHET],
        initial=PLAN,
        error_messages={"required": "Choisissez le dispositif suspendu"},
    )
    idcc = forms.CharField(
        label="IDCC",
        max_length=4,
        help_text="4 chiffres, ou * pour toutes les branches.",
        error_messages={"required": "Indiquez l’IDCC"},
    )
    du = ChampDate(label="Du", error_messages={"required": "Indiquez le premier jour"})
    au = ChampDate(label="Au", required=False, help_text="Vide\u00a0: jusqu’à la réouverture.")
    message = forms.CharField(
        label="Message aux entreprises",
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": "Indiquez la raison de la suspension"},
    )


@page(opco(Pouvoir.REGLER_BAREMES, "GET", "POST"))
def baremes(request: HttpRequest) -> HttpResponse:
    """Lines, yearly ceilings and suspensions in force; a POST suspends a branch."""
    acteur = acteur_opco(request)
    formulaire = FormulaireGuichet(request.POST or None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: suspendre_guichet(
                **formulaire.cleaned_data,
                fonds=_fonds(formulaire.cleaned_data["dispositif"]),
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, "Le guichet est suspendu. Les brouillons sont gardés.")
            return redirect("opco_baremes")
    jour = aujourdhui()
    contexte = {
        "lignes": lignes_en_vigueur(PLAN, jour),
        "plafonds": plafonds_en_vigueur(PLAN, jour),
        "guichets": [(d.nom, guichet) for d in A_GUICHET for guichet in guichets_suspendus(d.code, jour)],
    }
    return montrer(request, "opco/baremes.html", formulaire, **contexte)


def _fonds(dispositif: str) -> str:
    """The plan is suspended on its legal fund; a dispositif that has one fund is suspended whole."""
    return Fonds.LEGAL if dispositif == PLAN else TOUS


@page(opco(Pouvoir.REGLER_BAREMES, "GET", "POST"))
def ligne(request: HttpRequest, ligne_id: UUID) -> HttpResponse:
    """Revise a line from a day on; the former amounts stay for the requests of their time."""
    acteur = acteur_opco(request)
    lue = LigneBareme.objects.filter(pk=ligne_id).select_related("version").first()
    if lue is None:
        raise Introuvable
    formulaire = FormulaireLigne(lue, request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: modifier_ligne_bareme(
                ligne_id=ligne_id,
                valeurs=formulaire.valeurs(),
                a_partir_du=formulaire.cleaned_data["a_partir_du"],
                motif=formulaire.cleaned_data["motif"],
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if faite is not None:
            messages.success(request, "La ligne est modifiée. Les décisions passées gardent leurs montants.")
            return redirect("opco_baremes")
    return montrer(request, "opco/bareme_ligne.html", formulaire, ligne=lue, revisions=revisions_de_ligne(lue.code))


@page(opco(Pouvoir.REGLER_BAREMES, "POST"))
def rouvrir(request: HttpRequest, guichet_id: UUID) -> HttpResponse:
    """Take requests of that branch again from today."""
    rouvrir_guichet(guichet_id=guichet_id, le=aujourdhui(), par=acteur_opco(request), maintenant=maintenant())
    messages.success(request, "Le guichet est rouvert.")
    return redirect("opco_baremes")
