"""Activation codes: ordering letters, completing addresses, downloading the PDF. No page ever shows a code."""

import re
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.actions.commandes import (
    commander_codes,
    completer_adresse,
    declarer_avis_envoyes,
    preparer_suite,
)
from jalon.habilitations.actions.lettres import declarer_imprimees, telecharger_lettres
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
from jalon.web.composants.acces import exiger_second_facteur_recent, opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.opco.commun import acteur_opco

PROFILS = [(Profil.ADHERENT.value, "Adhérents"), (Profil.PRESTATAIRE.value, "Prestataires")]
CRITERES = [("liste", "Une liste de SIREN"), ("adherents", "Tous les adhérents à une date")]


class FormulaireCommande(forms.Form):
    """SIREN × profile, by list or by criterion."""

    profil = forms.ChoiceField(label="Profil", choices=PROFILS, widget=forms.RadioSelect, initial=Profil.ADHERENT.value)
    critere = forms.ChoiceField(label="À qui écrire", choices=CRITERES, widget=forms.RadioSelect, initial="liste")
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
        help_text="Une ligne par élément ; la dernière porte le code postal et la commune.",
        error_messages={"required": "Indiquez le destinataire, puis l’adresse, une ligne par élément"},
    )  # fmt: skip
    preuve = forms.CharField(
        label="Où l’adresse a été lue", max_length=500, help_text="Par exemple : extrait Kbis du 12/11/2026.",
        error_messages={"required": "Indiquez où cette adresse a été lue"},
    )  # fmt: skip


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
    adresses = adresses_a_completer(acteur)
    avis = avis_a_envoyer(acteur)
    noms = noms_des_organisations({a.siren for a in adresses} | {a.siren for a in avis})
    contexte = {"commandes": mes_commandes(acteur), "adresses": adresses, "avis": avis, "noms": noms}
    return montrer(request, "opco/codes.html", formulaire, **contexte)


def _liste(formulaire: FormulaireCommande) -> list[str]:
    return [s for s in re.split(r"[\n,;]+", formulaire.cleaned_data["sirens"]) if s.strip()]


@page(opco(Pouvoir.COMMANDER_CODES))
def commande(request: HttpRequest, commande_id: UUID) -> HttpResponse:
    """One order: state, manifest (number, SIREN, address, page), letters without an address."""
    acteur = acteur_opco(request)
    lue = commande_de(commande_id, acteur)
    lignes = manifeste(commande_id, acteur)
    sans_adresse = lettres_sans_adresse(commande_id, acteur)
    noms = noms_des_organisations({ligne.siren for ligne in lignes} | {lettre.siren for lettre in sans_adresse})
    contexte = {"commande": lue, "manifeste": lignes, "sans_adresse": sans_adresse, "noms": noms}
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
    """Declare the letters printed: the PDF is deleted."""
    declarer_imprimees(commande_id=commande_id, par=acteur_opco(request), maintenant=maintenant())
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
    choisis = [UUID(v) for v in request.POST.getlist("avis") if re.fullmatch(r"[0-9a-f-]{36}", v)]
    nombre = declarer_avis_envoyes(avis=choisis, par=acteur_opco(request), maintenant=maintenant())
    messages.success(
        request,
        f"{nombre} courrier{'s' if nombre > 1 else ''} déclaré{'s' if nombre > 1 else ''} posté{'s' if nombre > 1 else ''}.",
    )
    return redirect("opco_codes")
