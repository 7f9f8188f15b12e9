"""What the OPCO sets for each dispositif: delay of deposit, what the portal may decide by itself, dated exceptions."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.dispositifs.base import Dispositif, Silence
from jalon.dispositifs.registre import DISPOSITIFS, nom_de
from jalon.referentiels.actions import accorder_exception_depot, regler_dispositif, terminer_exception_depot
from jalon.referentiels.requetes import exceptions_en_cours, reglage_des_paiements, reglages_de
from jalon.socle.acteurs import Pouvoir
from jalon.socle.baremes import Gravite, ReglageDispositif
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.socle.reglages import DecisionAutomatique
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate
from jalon.web.opco.commun import acteur_opco
from jalon.web.opco.paiements import LIBELLES_COMPTE, NON, OUI

SALARIES_AU_PLUS = 9999
LIBELLES_GRAVITES = {Gravite.AVERTIT: "Avertir, et laisser transmettre", Gravite.BLOQUE: "Empêcher l’envoi"}
LIBELLES_DECISIONS = {
    DecisionAutomatique.AUCUNE: "Ne rien proposer",
    DecisionAutomatique.PROPOSEE: "Proposer l’accord au conseiller",
    DecisionAutomatique.PRISE: "Accorder sans intervention",
}
LIBELLES_SILENCES = {
    Silence.REFUS: "Refus implicite",
    Silence.ACCEPTATION: "Acceptation implicite",
    Silence.SANS_EFFET: "Sans effet",
}


class FormulaireReglage(forms.Form):
    """Settings from a day on; the requests already decided keep theirs."""

    decision_automatique = forms.ChoiceField(
        label="Quand toutes les vérifications passent",
        choices=[("", "Choisissez"), *((d.value, libelle) for d, libelle in LIBELLES_DECISIONS.items())],
        error_messages={"required": "Choisissez ce que fait le portail"},
    )
    delai_depot_jours = forms.IntegerField(
        label="Délai de dépôt, en jours avant le début",
        help_text="Sans effet quand la loi fixe ce délai, comme pour l’apprentissage.",
        error_messages={"required": "Indiquez le délai de dépôt", "invalid": "Écrivez un nombre de jours, par exemple 30"},
    )
    gravite_delai = forms.ChoiceField(
        label="Dépôt tardif",
        choices=[("", "Choisissez"), *((g.value, libelle) for g, libelle in LIBELLES_GRAVITES.items())],
        error_messages={"required": "Choisissez ce que fait un dépôt tardif"},
    )
    limite_stagiaires = forms.IntegerField(
        label="Salariés au plus par dossier",
        required=False,
        max_value=SALARIES_AU_PLUS,
        help_text="Vide\u00a0: sans limite.",
        error_messages={
            "invalid": "Écrivez un nombre de salariés, par exemple 30",
            "max_value": f"Écrivez {SALARIES_AU_PLUS}\u00a0salariés au plus, ou rien",
        },
    )
    a_partir_du = ChampDate(label="À partir du", error_messages={"required": "Indiquez le premier jour d’effet"})
    motif = forms.CharField(
        label="Motif", max_length=300, error_messages={"required": "Indiquez le motif, par exemple la décision du conseil"}
    )


class FormulaireException(forms.Form):
    """Starts between two days, sent until another one; the reason is read by the OPCO."""

    dispositif = forms.ChoiceField(label="Dispositif", error_messages={"required": "Choisissez le dispositif"})
    debut_du = ChampDate(label="Débuts du", error_messages={"required": "Indiquez le premier jour de début"})
    debut_au = ChampDate(label="Débuts au", error_messages={"required": "Indiquez le dernier jour de début"})
    depot_au = ChampDate(label="Transmis jusqu’au", error_messages={"required": "Indiquez le dernier jour pour transmettre"})
    motif = forms.CharField(
        label="Motif", max_length=400, error_messages={"required": "Indiquez le motif, par exemple une panne du portail"}
    )

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        choix = self.fields["dispositif"]
        if isinstance(choix, forms.ChoiceField):
            choix.choices = [("", "Choisissez"), *((d.code, d.nom) for d in _ouverts())]


def _ouverts() -> list[Dispositif]:
    return [d for d in DISPOSITIFS.values() if not d.fermeture(aujourdhui())]


def _en_vigueur(declaration: Dispositif) -> ReglageDispositif | None:
    return reglages_de(declaration.code).reglage(aujourdhui())


@page(opco(Pouvoir.REGLER_BAREMES, "GET", "POST"))
def reglages(request: HttpRequest) -> HttpResponse:
    """Settings in force of every dispositif that is not closed, and the dated exceptions; a POST adds an exception."""
    acteur = acteur_opco(request)
    formulaire = FormulaireException(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: accorder_exception_depot(par=acteur, maintenant=maintenant(), **formulaire.cleaned_data),
        )
        if faite is not None:
            messages.success(request, "L’exception est ouverte. Les délais affichés aux entreprises en tiennent compte.")
            return redirect("opco_reglages")
    contexte = {
        "jour": aujourdhui(),
        "reglages": [(d, _en_vigueur(d), LIBELLES_SILENCES[d.silence]) for d in _ouverts()],
        "decisions": LIBELLES_DECISIONS,
        "compte_non_verifie": LIBELLES_COMPTE[OUI if reglage_des_paiements(aujourdhui()).compte_verifie else NON],
        "exceptions": [(e, nom_de(e.dispositif)) for e in exceptions_en_cours(aujourdhui())],
    }
    return montrer(request, "opco/reglages.html", formulaire, **contexte)


@page(opco(Pouvoir.REGLER_BAREMES, "GET", "POST"))
def reglage(request: HttpRequest, code: str) -> HttpResponse:
    """Settings of one dispositif from a day on. Raises Introuvable when it has none."""
    acteur = acteur_opco(request)
    declaration = DISPOSITIFS.get(code)
    actuel = _en_vigueur(declaration) if declaration is not None else None
    if declaration is None or actuel is None:
        raise Introuvable
    formulaire = FormulaireReglage(request.POST or None, initial=_valeurs(actuel) | {"a_partir_du": aujourdhui()})
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: regler_dispositif(
                dispositif=code,
                limite_stagiaires=formulaire.cleaned_data["limite_stagiaires"],
                delai_depot_jours=formulaire.cleaned_data["delai_depot_jours"],
                gravite_delai=Gravite(formulaire.cleaned_data["gravite_delai"]),
                decision_automatique=DecisionAutomatique(formulaire.cleaned_data["decision_automatique"]),
                a_partir_du=formulaire.cleaned_data["a_partir_du"],
                motif=formulaire.cleaned_data["motif"],
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, "Le réglage est modifié. Les décisions passées gardent les leurs.")
            return redirect("opco_reglages")
    return montrer(request, "opco/reglage.html", formulaire, declaration=declaration)


def _valeurs(actuel: ReglageDispositif) -> dict[str, object]:
    noms = ("decision_automatique", "delai_depot_jours", "gravite_delai", "limite_stagiaires")
    return {nom: getattr(actuel, nom) for nom in noms}


@page(opco(Pouvoir.REGLER_BAREMES, "POST"))
def terminer(request: HttpRequest, exception_id: UUID) -> HttpResponse:
    """Today is the last day of an exception."""
    terminer_exception_depot(exception_id=exception_id, par=acteur_opco(request), maintenant=maintenant())
    messages.success(request, "L’exception s’arrête ce soir.")
    return redirect("opco_reglages")
