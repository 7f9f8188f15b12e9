"""Activation codes: ordering letters, completing addresses, downloading the PDF. No page ever shows a code."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.commandes import (
    commander_codes,
    completer_adresse,
    declarer_avis_envoyes,
    preparer_suite,
)
from jalon.habilitations.actions.lettres import declarer_imprimees, telecharger_lettres
from jalon.habilitations.enums import NatureAvis
from jalon.habilitations.models import AvisPostal
from jalon.habilitations.requetes.commandes import (
    adresse_accessible,
    adresses_a_completer,
    avis_a_envoyer,
    commande_de,
    lettres_sans_adresse,
    manifeste,
    mes_commandes,
)
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.horloge import maintenant
from jalon.socle.texte import entier_ou
from jalon.web.composants.acces import exiger_second_facteur_recent, opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.composants.phrases import resume
from jalon.web.opco.commun import acteur_opco

PROFILS = [(Profil.ADHERENT.value, "Adhérents"), (Profil.PRESTATAIRE.value, "Prestataires")]
CRITERES = [("liste", "Une liste de SIREN"), ("adherents", "Tous les adhérents à une date")]


class FormulaireCommande(forms.Form):
    """SIREN × profile, by list or by criterion."""

    profil = forms.ChoiceField(label="Profil", choices=PROFILS, widget=forms.RadioSelect, initial=Profil.ADHERENT.value)
    critere = forms.ChoiceField(
        label="À qui écrire", choices=CRITERES, widget=forms.RadioSelect, initial="liste",
        error_messages={"required": "Choisissez à qui écrire"},
    )  # fmt: skip
    sirens = forms.CharField(
        label="SIREN", required=False, widget=forms.Textarea, help_text="Un par ligne, ou séparés par des virgules.",
    )  # fmt: skip
    adherents_au = ChampDate(label="Adhérents au", required=False, help_text="Pour le profil adhérent, par exemple 30/11/2026.")

    def clean(self) -> dict[str, object]:
        donnees: dict[str, object] = super().clean() or {}
        if donnees.get("critere") == "liste" and not donnees.get("sirens"):
            self.add_error("sirens", "Indiquez au moins un SIREN")
        if donnees.get("critere") == "adherents" and "adherents_au" not in self.errors and not donnees.get("adherents_au"):
            self.add_error("adherents_au", "Indiquez la date à laquelle l’entreprise est adhérente")
        return donnees


class FormulaireAdresse(forms.Form):
    """An address that the register does not give, and where it was read."""

    lignes = forms.CharField(
        label="Destinataire et adresse", widget=forms.Textarea,
        help_text="Une ligne par élément\u00a0; la dernière porte le code postal et la commune.",
        error_messages={"required": "Indiquez le destinataire, puis l’adresse, une ligne par élément"},
    )  # fmt: skip
    preuve = forms.CharField(
        label="Où l’adresse a été lue", max_length=500, help_text="Par exemple\u00a0: extrait Kbis du 12/11/2026.",
        error_messages={"required": "Indiquez où cette adresse a été lue"},
    )  # fmt: skip


class _Courriers(forms.MultipleChoiceField):
    """Any identifier: one that was declared meanwhile is passed over, one of another portefeuille does not exist."""

    def valid_value(self, value: str) -> bool:
        try:
            return bool(UUID(value))
        except ValueError:
            return False


class FormulaireAvis(forms.Form):
    """Second letters to head offices, ticked once posted."""

    avis = _Courriers(
        label="Courriers postés", widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez les courriers que vous avez postés",
            "invalid_choice": "Un de ces courriers n’existe pas. Cochez de nouveau ceux que vous avez postés",
        },
    )  # fmt: skip

    def __init__(self, lignes: Sequence[AvisPostal], noms: Mapping[str, str], *args: Any) -> None:
        super().__init__(*args)
        champ = self.fields["avis"]
        if isinstance(champ, forms.MultipleChoiceField):
            champ.choices = [(str(ligne.pk), _objet_de(ligne, noms)) for ligne in lignes]


FAITS = {
    NatureAvis.ADMINISTRATEUR_NOMME: "a été nommé administrateur",
    NatureAvis.DEMANDE_RECUE: "demande un accès",
    NatureAvis.SECOND_FACTEUR: "a perdu son second facteur et demande à le remplacer",
}


def _objet_de(ligne: AvisPostal, noms: Mapping[str, str]) -> str:
    fait = FAITS[NatureAvis(ligne.nature)]
    return f"{noms.get(ligne.siren, ligne.siren)}\u00a0: {ligne.personne.nom_complet} {fait}"


@page(opco(Pouvoir.COMMANDER_CODES, "GET", "POST"))
def codes(request: HttpRequest) -> HttpResponse:
    """Orders of the person, the form of a new one, addresses and second letters that wait."""
    acteur = acteur_opco(request)
    formulaire = FormulaireCommande(request.POST or None)
    if request.method == "POST":
        commande = tenter(
            formulaire,
            lambda: commander_codes(
                profil=Profil(formulaire.cleaned_data["profil"]),
                sirens=_liste(formulaire) if formulaire.cleaned_data["critere"] == "liste" else None,
                adherents_au=formulaire.cleaned_data["adherents_au"]
                if formulaire.cleaned_data["critere"] == "adherents"
                else None,
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if commande is not None:
            return redirect("opco_commande", commande_id=commande.pk)
    return _montrer(request, acteur, formulaire)


def _montrer(
    request: HttpRequest, acteur: ActeurPersonne, formulaire: FormulaireCommande, donnees_des_avis: QueryDict | None = None
) -> HttpResponse:
    a_completer, avis = adresses_a_completer(acteur), avis_a_envoyer(acteur)
    noms = noms_des_organisations({a.siren for a in a_completer} | {a.siren for a in avis})
    des_avis = FormulaireAvis(avis, noms, donnees_des_avis)
    erreurs = [*resume(formulaire), *resume(des_avis)]
    contexte = {
        "commandes": mes_commandes(acteur),
        "a_completer": a_completer,
        "avis": des_avis if avis else None,
        "noms": noms,
        "formulaire": formulaire,
        "erreurs": erreurs,
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if erreurs else HTTPStatus.OK
    return render(request, "opco/codes.html", contexte, status=statut)


def _liste(formulaire: FormulaireCommande) -> list[str]:
    return [s for s in re.split(r"[\n,;]+", formulaire.cleaned_data["sirens"]) if s.strip()]


@page(opco(Pouvoir.COMMANDER_CODES))
def commande(request: HttpRequest, commande_id: UUID) -> HttpResponse:
    """One order: state, manifest (number, SIREN, address, page), letters replaced since, letters without an address."""
    acteur = acteur_opco(request)
    lue = commande_de(commande_id, acteur)
    lignes = manifeste(commande_id, acteur)
    sans_adresse = lettres_sans_adresse(commande_id, acteur)
    noms = noms_des_organisations({ligne.siren for ligne in lignes} | {lettre.siren for lettre in sans_adresse})
    remplacees = [ligne for ligne in lignes if ligne.remplacee]
    contexte = {
        "commande": lue, "manifeste": lignes, "remplacees": remplacees, "sans_adresse": sans_adresse, "noms": noms,
    }  # fmt: skip
    return render(request, "opco/commande.html", contexte)


@page(opco(Pouvoir.COMMANDER_CODES, "POST"))
def telecharger(request: HttpRequest, commande_id: UUID) -> HttpResponse:
    """The PDF, to the person who ordered it, with a second factor of less than five minutes; journaled."""
    acteur = acteur_opco(request)
    exiger_second_facteur_recent(request)
    fichier = telecharger_lettres(commande_id=commande_id, par=acteur, maintenant=maintenant())
    return reponse_fichier(fichier.octets, fichier.nom, "application/pdf")


@page(opco(Pouvoir.COMMANDER_CODES, "POST"))
def imprimees(request: HttpRequest, commande_id: UUID) -> HttpResponse:
    """Declare the letters printed, but those whose replacement the page showed: the PDF is deleted."""
    remplacees = entier_ou(request.POST.get("remplacees", ""), 0)
    declarer_imprimees(commande_id=commande_id, remplacees=remplacees, par=acteur_opco(request), maintenant=maintenant())
    messages.success(request, "Les lettres sont déclarées imprimées. Le fichier est effacé.")
    return redirect("opco_commande", commande_id=commande_id)


@page(opco(Pouvoir.COMMANDER_CODES, "POST"))
def suite(request: HttpRequest, commande_id: UUID) -> HttpResponse:
    """Order again the letters whose address was completed."""
    nouvelle = preparer_suite(commande_id=commande_id, par=acteur_opco(request), maintenant=maintenant())
    return redirect("opco_commande", commande_id=nouvelle.pk)


@page(opco(Pouvoir.COMMANDER_CODES, "GET", "POST"))
def adresse(request: HttpRequest, siren: str) -> HttpResponse:
    """Complete the address of a head office, with a proof."""
    acteur = acteur_opco(request)
    adresse_accessible(siren, acteur)
    formulaire = FormulaireAdresse(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: completer_adresse(
                siren=siren,
                lignes=formulaire.cleaned_data["lignes"].splitlines(),
                preuve=formulaire.cleaned_data["preuve"],
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if faite is not None:
            messages.success(request, "L’adresse est enregistrée. La lettre partira avec la prochaine préparation.")
            return redirect("opco_codes")
    nom = noms_des_organisations({siren}).get(siren, "")
    return montrer(request, "opco/adresse.html", formulaire, siren=siren, nom=nom)


@page(opco(Pouvoir.COMMANDER_CODES, "POST"))
def avis_envoyes(request: HttpRequest) -> HttpResponse:
    """Declare that the second letters to head offices were posted."""
    acteur = acteur_opco(request)
    formulaire = FormulaireAvis(avis_a_envoyer(acteur), {}, request.POST)
    if not formulaire.is_valid():
        return _montrer(request, acteur, FormulaireCommande(), request.POST)
    choisis = [UUID(v) for v in formulaire.cleaned_data["avis"]]
    nombre = declarer_avis_envoyes(avis=choisis, par=acteur, maintenant=maintenant())
    messages.success(
        request,
        f"{nombre} courrier{'s' if nombre > 1 else ''} déclaré{'s' if nombre > 1 else ''} posté{'s' if nombre > 1 else ''}.",
    )
    return redirect("opco_codes")
