"""Model answers: written in the settings, taken up where an adviser writes to a company."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import complement_en_cours
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.messagerie.actions import creer_modele, modifier_modele, supprimer_modele
from jalon.messagerie.enums import LIBELLES_USAGES, Usage
from jalon.messagerie.models import ModeleReponse
from jalon.messagerie.regles import LONGUEUR_MAXIMUM, LONGUEUR_TITRE, VARIABLES, remplir_modele
from jalon.messagerie.requetes import modele_accessible, modeles_de
from jalon.organisations.requetes import portefeuilles
from jalon.socle.acteurs import Pouvoir
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.opco.commun import acteur_opco

PERSONNEL = "moi"
EXEMPLES = {
    "numero": "2611AF000123",
    "titre": "Hygiène alimentaire",
    "entreprise": "Hôtel du Lac",
    "reference": "RH-2026-14",
    "echeance": "12/12/2026",
}
"""What the preview shows in place of the variables; the name of the reader and that of the OPCO are true."""


class FormulaireModele(forms.Form):
    """A name, words, where they are proposed."""

    titre = forms.CharField(
        label="Nom du modèle", max_length=LONGUEUR_TITRE, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Indiquez le nom du modèle"},
    )  # fmt: skip
    corps = forms.CharField(
        label="Texte", max_length=LONGUEUR_MAXIMUM, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"Variables\u00a0: {', '.join(f'{{{nom}}}' for nom in VARIABLES)}.",
        error_messages={"required": "Écrivez le texte du modèle"},
    )  # fmt: skip
    usages = forms.MultipleChoiceField(
        label="Proposé pour", choices=[(u.value, LIBELLES_USAGES[u]) for u in Usage], widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choisissez où ce modèle est proposé", "invalid_choice": "Choisissez où ce modèle est proposé",
        },
    )  # fmt: skip


class FormulaireNouveauModele(FormulaireModele):
    """And for whom."""

    pour = forms.ChoiceField(
        label="Pour",
        error_messages={"required": "Choisissez qui utilise ce modèle", "invalid_choice": "Choisissez qui utilise ce modèle"},
    )

    def __init__(self, acteur: ActeurPersonne, *args: Any) -> None:
        super().__init__(*args)
        instruits = acteur.portefeuilles(Pouvoir.INSTRUIRE)
        champ = self.fields["pour"]
        if isinstance(champ, forms.ChoiceField):
            communs = [(str(p.pk), f"Tous ceux qui instruisent, {p.nom}") for p in portefeuilles() if p.pk in instruits]
            champ.choices = [(PERSONNEL, "Moi seulement"), *communs]

    def portefeuille_id(self) -> UUID | None:
        """None for words of one's own."""
        pour = self.cleaned_data["pour"]
        return None if pour == PERSONNEL else UUID(pour)


def valeurs_d_exemple(acteur: ActeurPersonne) -> dict[str, str]:
    """Of the preview."""
    return {**EXEMPLES, "conseiller": acteur.libelle, "opco": settings.JALON_OPCO}


def valeurs_du_dossier(dossier: Dossier, acteur: ActeurPersonne) -> dict[str, str]:
    """What the variables stand for, on a request already obtained by its door."""
    demande = complement_en_cours(dossier)
    return {
        "numero": dossier.numero or "",
        "titre": dossier.titre,
        "entreprise": dossier.denomination,
        "reference": dossier.reference_interne,
        "echeance": formater_date(demande.echeance) if demande is not None else "",
        "conseiller": acteur.libelle,
        "opco": settings.JALON_OPCO,
    }


def texte_choisi(dossier: Dossier, acteur: ActeurPersonne, choisi: str) -> str:
    """The words of the model that was chosen in a list, for that request; empty when none was, or when it is gone."""
    try:
        return remplir_modele(modele_accessible(UUID(choisi), acteur).corps, valeurs_du_dossier(dossier, acteur))
    except (ValueError, Introuvable):
        return ""


@page(opco(Pouvoir.INSTRUIRE, "GET", "POST"))
def modeles(request: HttpRequest) -> HttpResponse:
    """Mine and those of my portefeuilles, each as it would read; a new one below."""
    acteur = acteur_opco(request)
    formulaire = FormulaireNouveauModele(acteur, request.POST or None)
    if request.method == "POST":
        cree = tenter(
            formulaire,
            lambda: creer_modele(
                titre=formulaire.cleaned_data["titre"],
                corps=formulaire.cleaned_data["corps"],
                usages=formulaire.cleaned_data["usages"],
                portefeuille_id=formulaire.portefeuille_id(),
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if cree is not None:
            messages.success(request, "Le modèle est enregistré.")
            return redirect("opco_modeles")
    noms = {p.pk: p.nom for p in portefeuilles()}
    lignes = [_afficher(m, noms, acteur) for m in modeles_de(acteur)]
    return montrer(request, "opco/modeles.html", formulaire, modeles=lignes, variables=VARIABLES.items())


def _afficher(modele: ModeleReponse, noms: dict[UUID, str], acteur: ActeurPersonne) -> dict[str, Any]:
    return {
        "modele": modele,
        "pour": noms.get(modele.portefeuille_id, "") if modele.portefeuille_id else "Moi seulement",
        "usages": [LIBELLES_USAGES[Usage(u)] for u in modele.usages],
        "apercu": remplir_modele(modele.corps, valeurs_d_exemple(acteur)),
    }


@page(opco(Pouvoir.INSTRUIRE, "GET", "POST"))
def modele(request: HttpRequest, modele_id: UUID) -> HttpResponse:
    """Change one; « Aperçu » shows what was typed as it would read, and writes nothing."""
    acteur = acteur_opco(request)
    lu = modele_accessible(modele_id, acteur)
    depart = {"titre": lu.titre, "corps": lu.corps, "usages": lu.usages}
    formulaire = FormulaireModele(request.POST or None, initial=depart)
    if request.method == "POST" and "apercu" not in request.POST:
        fait = tenter(
            formulaire,
            lambda: modifier_modele(modele_id=modele_id, par=acteur, maintenant=maintenant(), **formulaire.cleaned_data),
        )
        if fait is not None:
            messages.success(request, "Le modèle est modifié.")
            return redirect("opco_modeles")
    apercu = remplir_modele(str(formulaire["corps"].value() or ""), valeurs_d_exemple(acteur))
    return montrer(request, "opco/modele.html", formulaire, modele=lu, apercu=apercu, variables=VARIABLES.items())


@page(opco(Pouvoir.INSTRUIRE, "POST"))
def supprimer(request: HttpRequest, modele_id: UUID) -> HttpResponse:
    """Take one out of the lists."""
    supprimer_modele(modele_id=modele_id, par=acteur_opco(request), maintenant=maintenant())
    messages.success(request, "Le modèle est supprimé. Ce qui a été écrit avec lui reste.")
    return redirect("opco_modeles")
