"""The style guide: every component in every state, in demonstration only. The axe tests walk through it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.socle.erreurs import ConflitDeVersion, DroitManquant, Introuvable, SaisieRefusee, TropDEssais
from jalon.web.composants import guide_donnees as exemples
from jalon.web.composants.acces import demo, page
from jalon.web.composants.champs import ChampDate, ChampMontant, ChampSiret
from jalon.web.composants.erreurs import page_400, page_500, page_503, refus_csrf
from jalon.web.composants.etats import ETIQUETTES


class FormulaireExemple(forms.Form):
    """One box of each kind."""

    titre = forms.CharField(label="Intitulé de la formation", help_text="Tel qu’il figure sur la convention.")
    siret = ChampSiret(label="SIRET de l’organisme", help_text="14 chiffres, avec ou sans espaces.")
    debut = ChampDate(label="Début de la formation")
    fin = ChampDate(label="Fin de la formation", required=False)
    cout = ChampMontant(label="Coût pédagogique hors taxes")
    heures = forms.IntegerField(label="Nombre de stagiaires")
    modalite = forms.ChoiceField(label="Modalité", choices=[("", "Choisir"), ("p", "En présence"), ("d", "À distance")])
    subrogation = forms.ChoiceField(
        label="Qui paie l’organisme\u00a0?", choices=[("1", "L’OPCO"), ("0", "L’entreprise")], widget=forms.RadioSelect
    )
    publics = forms.MultipleChoiceField(
        label="Publics", choices=[("c", "Cadres"), ("e", "Employés")], widget=forms.CheckboxSelectMultiple, required=False
    )
    objectifs = forms.CharField(label="Objectifs", widget=forms.Textarea)
    attestation = forms.BooleanField(label="J’atteste l’exactitude de ces renseignements")
    secret = forms.CharField(label="Mot de passe", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    convention = forms.FileField(label="Convention signée", help_text="PDF, JPEG ou PNG, 10 Mo au plus.")


REMPLI = {
    "titre": "Hygiène alimentaire",
    "siret": "123 456 782 00010",
    "debut": "30/11/2026",
    "cout": "560,00",
    "heures": "8",
    "modalite": "p",
    "subrogation": "1",
    "publics": ["e"],
    "objectifs": "Appliquer la méthode HACCP.",
    "attestation": "on",
}


@page(demo("GET"))
def composants(request: HttpRequest) -> HttpResponse:
    """Everything inside the application shell."""
    request.coquille = exemples.COQUILLE  # type: ignore[attr-defined]
    contexte: dict[str, Any] = {
        nom.lower(): getattr(exemples, nom) for nom in dir(exemples) if nom.isupper() and nom != "COQUILLE"
    }
    return render(
        request,
        "composants/guide.html",
        {
            **contexte,
            "etiquettes": ETIQUETTES,
            "neuf": FormulaireExemple(prefix="n"),
            "refuse": FormulaireExemple({}, prefix="r"),
        },
    )


@page(demo("GET", "POST"))
def saisie(request: HttpRequest) -> HttpResponse:
    """The entry shell, filled; `?erreurs` shows it refused."""
    request.coquille = exemples.COQUILLE  # type: ignore[attr-defined]
    donnees = {"heures": "huit", "siret": "123 456"} if "erreurs" in request.GET else None
    formulaire = FormulaireExemple(donnees, initial=REMPLI)
    return render(
        request,
        "composants/guide_saisie.html",
        {
            "form": formulaire,
            "rubriques": exemples.RUBRIQUES,
            "pieces": exemples.PIECES,
            "lignes_montant": exemples.LIGNES_MONTANT,
            "montant": exemples.LIGNES_MONTANT[0].montant,
            "enregistre_le": None,
        },
        status=422 if donnees else 200,
    )


@page(demo("GET", "POST"))
def erreur(request: HttpRequest, statut: int) -> HttpResponse:
    """The page of each error, raised as views raise it."""
    if statut == 403:
        raise DroitManquant("Vous pouvez consulter ce dossier, pas l’envoyer. Demandez le droit d’envoi à Camille Ferrand")
    if statut == 409:
        raise ConflitDeVersion(
            "Cette rubrique a changé pendant que vous la remplissiez.",
            en_base={},
            saisi={"Intitulé": "Hygiène"},
            par="Sonia Brunet",
        )
    if statut == 422:
        raise SaisieRefusee("Le SIRET comporte 14 chiffres, il en manque 2")
    if statut == 429:
        raise TropDEssais("Cinq essais par jour sont permis. Réessayez demain, ou écrivez-nous.")
    pages = {400: page_400, 500: page_500, 503: page_503, 419: refus_csrf}
    if statut in pages:
        return pages[statut](request)
    raise Introuvable
