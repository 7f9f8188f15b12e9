"""Quick accesses on pages: the address of each, the cards of a home, the forms that keep and arrange them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.listes import Liste
from jalon.vues.enums import ICONES, Sens
from jalon.vues.regles import NOM_MAX, Lieu, parametres_de
from jalon.vues.requetes.cartes import Acces, Carte, cartes_de_l_accueil

PARTOUT = {"dossiers": "mes_dossiers"}
"""Pages that show a list for all the places of a person."""
OPCO = {"dossiers": "opco_dossiers", "factures": "opco_factures", "file": "opco_file"}
PASSAGERS = frozenset({"page", "reglage"})
"""Parameters of a page that say nothing of the list."""
ICONES_PAR_LISTE = {
    "dossiers": "folder-open",
    "brouillons": "file-pen",
    "factures": "receipt-text",
    "reglements": "banknote",
    "file": "list-checks",
}


@dataclass(frozen=True, slots=True)
class CarteAffichee:
    """A quick access as it is drawn. `suite`: what is wrong with its filters, or whose it is."""

    nom: str
    icone: str
    url: str
    nombre: str
    suite: str
    alerte: bool


def adresse_de_la_liste(liste: Liste, lieu: Lieu) -> str:
    """The page of that list there; empty when there is none."""
    if lieu.siren:
        return "" if liste.pouvoir else reverse(liste.nom_url, args=[lieu.siren])
    nom = (OPCO if lieu.opco else PARTOUT).get(liste.code)
    return reverse(nom) if nom else ""


def adresse_de_l_acces(acces: Acces) -> str:
    """The list, filtered as it was kept; empty when that place has no page for it. Without a state, the OPCO's page of invoices shows
    those to treat: all of them is said there."""
    page = adresse_de_la_liste(acces.liste, acces.lieu)
    parametres = acces.parametres
    if acces.lieu.opco and acces.liste.code == "factures" and "etat" not in parametres_de(parametres):
        parametres = urlencode({**parametres_de(parametres), "etat": "tous"})
    return f"{page}?{parametres}" if page and parametres else page


def cartes_affichees(acteur: ActeurPersonne, lieu: Lieu, jour: date) -> list[CarteAffichee]:
    """The quick accesses of a home."""
    return [_afficher(carte, url) for carte, url in _avec_page(cartes_de_l_accueil(acteur, lieu, jour))]


def _avec_page(cartes: Iterable[Carte]) -> Iterable[tuple[Carte, str]]:
    return ((carte, url) for carte in cartes if (url := adresse_de_l_acces(carte.acces)))


def _afficher(carte: Carte, url: str) -> CarteAffichee:
    acces = carte.acces
    partage = f"Partagé par {acces.partagee_par}" if acces.partagee_par else ""
    return CarteAffichee(
        nom=acces.nom,
        icone="triangle-alert" if carte.refus else acces.icone,
        url=url,
        nombre=carte.compte.texte if carte.compte is not None else "—",
        suite=f"Filtre à revoir\u00a0: {carte.refus[0]}" if carte.refus else partage,
        alerte=carte.alerte,
    )


def lien_pour_garder(request: HttpRequest, code_liste: str, parametres: Mapping[str, str]) -> str:
    """Where the list of this page is kept, as these parameters filter it; empty for who only looks at a colleague's pages."""
    ici = request.resolver_match
    if ici is None or request.acteur.regarde_seulement:  # type: ignore[attr-defined]
        return ""
    siren = ici.kwargs.get("siren")
    opco = (ici.url_name or "").startswith("opco_")
    page = "espace_vue_nouvelle" if siren else "opco_vue_nouvelle" if opco else "mes_vue_nouvelle"
    adresse = reverse(page, args=[*([siren] if siren else []), code_liste])
    gardes = urlencode({n: v for n, v in parametres.items() if v and n not in PASSAGERS})
    return f"{adresse}?{gardes}" if gardes else adresse


def _choix(libelle: str, phrase: str, choix: Sequence[tuple[str, str]], aide: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=libelle,
        choices=choix,
        initial=choix[0][0],
        widget=forms.RadioSelect,
        help_text=aide,
        error_messages={"required": phrase, "invalid_choice": phrase},
    )


MOI = ("moi", "Moi seulement")
ICONE = "Choisissez une icône de cette liste"


class FormulaireNom(forms.Form):
    """What a quick access is called, its icon, who else sees it: nobody, where it shows all the places of one person."""

    nom = forms.CharField(label="Nom", max_length=NOM_MAX, error_messages={"required": "Donnez un nom à cet accès rapide"})
    icone = forms.ChoiceField(
        label="Icône",
        choices=[(i.icone, i.libelle) for i in ICONES],
        error_messages={"required": ICONE, "invalid_choice": ICONE},
    )
    partage = _choix(
        "Qui le voit",
        "Choisissez qui le voit",
        [MOI, ("collegues", "Mes collègues de cette organisation aussi")],
        "Chacun y voit ce que ses propres droits lui montrent, jamais les vôtres.",
    )

    def __init__(self, lieu: Lieu, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partage = self.fields["partage"]
        if not lieu.siren and not lieu.opco and isinstance(partage, forms.ChoiceField):
            partage.choices = [MOI]
            partage.help_text = "Un accès rapide sur tous vos espaces ne se partage pas."

    @property
    def partagee(self) -> bool:
        """Whether colleagues see it."""
        return bool(self.cleaned_data["partage"] != MOI[0])


class FormulaireVue(FormulaireNom):
    """The same, and where it goes at once."""

    place = _choix(
        "Où le retrouver",
        "Choisissez où le retrouver",
        [("accueil", "Sur ma page d’accueil"), ("page", "Seulement sous «\u00a0Mes accès rapides\u00a0»")],
    )
    alerte = _choix(
        "Me prévenir quand il y a du nouveau",
        "Choisissez oui ou non",
        [("non", "Non"), ("oui", "Oui, dans le récapitulatif par courriel")],
        "Le récapitulatif se règle dans votre compte.",
    )


ACTES = ("haut", "bas", "montrer", "masquer", "suivre", "ignorer")
SENS = {"haut": Sens.HAUT, "bas": Sens.BAS}
