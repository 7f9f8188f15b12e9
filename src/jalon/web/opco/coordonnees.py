"""A second person, at the OPCO, makes sure of an account before it is paid, or refuses it (exigences, T5)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from jalon.banque.actions import confirmer_coordonnees, geler_coordonnees, reveler_iban
from jalon.banque.enums import LIBELLES_METHODES, MethodeConfirmation
from jalon.banque.models import CoordonneesBancaires
from jalon.banque.requetes import compte_detaille, comptes_a_verifier, coordonnees_accessibles
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.opco.commun import acteur_opco, exiger_portefeuille

CONFIRMER, REFUSER = "confirmer", "refuser"
SANS_METHODE = "Choisissez comment vous avez vérifié ce compte"
METHODES = [("", "Choisissez"), *((m.value, LIBELLES_METHODES[m]) for m in MethodeConfirmation)]


class FormulaireVerification(forms.Form):
    """What was decided, how, and why."""

    decision = forms.ChoiceField(
        label="Décision", widget=forms.RadioSelect,
        choices=[
            (CONFIRMER, "Confirmer\u00a0: ce compte est bien celui de l’organisation"),
            (REFUSER, "Refuser\u00a0: le compte est gelé, plus rien n’y est payé"),
        ],
        error_messages={"required": "Choisissez de confirmer ou de refuser"},
    )  # fmt: skip
    methode = forms.ChoiceField(
        label="Comment vous l’avez vérifié", choices=METHODES, required=False, help_text="Demandé pour confirmer.",
        error_messages={"required": SANS_METHODE},
    )  # fmt: skip
    commentaire = forms.CharField(
        label="Commentaire, ou motif du refus", max_length=500, required=False, widget=forms.Textarea,
        help_text="Demandé pour refuser, ou quand le nom du titulaire est seulement proche. Par exemple\u00a0: le gérant, rappelé "
        "au standard, ne connaît pas ce compte.",
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """A confirmation says how, a refusal says why."""
        donnees: dict[str, object] = super().clean() or {}
        if donnees.get("decision") == CONFIRMER and not donnees.get("methode") and "methode" not in self.errors:
            self.add_error("methode", SANS_METHODE)
        if donnees.get("decision") == REFUSER and not donnees.get("commentaire") and "commentaire" not in self.errors:
            self.add_error("commentaire", "Indiquez le motif du refus")
        return donnees

    def decider(self, coordonnees_id: UUID, par: Acteur) -> CoordonneesBancaires | None:
        """Do what was chosen; None when it is refused, the reasons being then in the form."""

        def acte() -> CoordonneesBancaires:
            commentaire = self.cleaned_data["commentaire"]
            if self.cleaned_data["decision"] == REFUSER:
                return geler_coordonnees(coordonnees_id=coordonnees_id, motif=commentaire, par=par, maintenant=maintenant())
            return confirmer_coordonnees(
                coordonnees_id=coordonnees_id,
                methode=MethodeConfirmation(self.cleaned_data["methode"]),
                commentaire=commentaire,
                par=par,
                maintenant=maintenant(),
            )

        return tenter(self, acte)

    @property
    def annonce(self) -> str:
        """What is said once it is done."""
        if self.cleaned_data["decision"] == CONFIRMER:
            return "Le compte est confirmé, votre nom et la méthode sont au journal."
        return "Le compte est gelé, et les administrateurs de l’organisation sont prévenus."


class FormulaireMotif(forms.Form):
    """Why the IBAN is shown."""

    motif = forms.CharField(
        label="Motif", max_length=500, help_text="Par exemple\u00a0: comparaison avec le relevé d’identité bancaire reçu par courrier.",
        error_messages={"required": "Indiquez pourquoi vous affichez cet IBAN"},
    )  # fmt: skip


@page(opco(Pouvoir.TRAITER_FACTURES))
def liste(request: HttpRequest) -> HttpResponse:
    """Accounts that nobody at the OPCO has made sure of, the soonest paid first."""
    comptes = comptes_a_verifier(acteur_opco(request), maintenant())
    noms = noms_des_organisations({c.coordonnees.organisation_siren for c in comptes})
    return render(request, "opco/ribs.html", {"comptes": comptes, "noms": noms})


def _ouvrir(request: HttpRequest, coordonnees_id: UUID) -> ActeurPersonne:
    """Raise Introuvable, or DroitManquant where another role than hers treats invoices."""
    acteur = acteur_opco(request)
    exiger_portefeuille(acteur, coordonnees_accessibles(coordonnees_id, acteur).portefeuille_id, Pouvoir.TRAITER_FACTURES)
    return acteur


def _montrer(request: HttpRequest, acteur: ActeurPersonne, coordonnees_id: UUID, donnees: QueryDict | None) -> HttpResponse:
    formulaire = FormulaireVerification(donnees)
    if donnees is not None and formulaire.decider(coordonnees_id, acteur) is not None:
        messages.success(request, formulaire.annonce)
        return redirect("opco_ribs")
    compte = compte_detaille(coordonnees_id, acteur, maintenant())
    methode = LIBELLES_METHODES.get(compte.ligne.coordonnees.confirmation_methode, "")  # type: ignore[call-overload]
    return montrer(request, "opco/rib.html", formulaire, compte=compte, methode=methode)


@page(opco(Pouvoir.TRAITER_FACTURES))
def rib(request: HttpRequest, coordonnees_id: UUID) -> HttpResponse:
    """What is needed to decide: holder, who added it, what it replaces, whom to call back; the IBAN stays masked."""
    return _montrer(request, _ouvrir(request, coordonnees_id), coordonnees_id, None)


@page(confirme(opco(Pouvoir.TRAITER_FACTURES, "POST")))
def decider(request: HttpRequest, coordonnees_id: UUID) -> HttpResponse:
    """Confirm the account, or refuse it: a refused account is frozen for good."""
    return _montrer(request, _ouvrir(request, coordonnees_id), coordonnees_id, request.POST)


@page(confirme(opco(Pouvoir.TRAITER_FACTURES, "GET", "POST")))
def reveler(request: HttpRequest, coordonnees_id: UUID) -> HttpResponse:
    """The IBAN in clear, once, against a reason kept in the journal and in the register of what was shown."""
    acteur = _ouvrir(request, coordonnees_id)
    formulaire, iban = FormulaireMotif(request.POST or None), ""
    if request.method == "POST":

        def acte() -> str:
            return reveler_iban(
                coordonnees_id=coordonnees_id, motif=formulaire.cleaned_data["motif"], par=acteur, maintenant=maintenant()
            )

        iban = tenter(formulaire, acte) or ""
    compte = compte_detaille(coordonnees_id, acteur, maintenant())
    return montrer(request, "opco/rib_reveler.html", formulaire, compte=compte, iban=iban)
