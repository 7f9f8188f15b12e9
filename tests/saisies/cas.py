"""What a form and its faults are, and the boxes that many forms share; the forms are in the modules beside.

A fault is what changes in a form that is well filled, and the sentence expected beside each box (« »: of the whole form).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django import forms

from tests.dossiers.fabrique import SIREN
from tests.matrice.monde import MAINTENANT, Monde
from tests.saisies.envoi import FICHIER

HIER = MAINTENANT - timedelta(days=1)
LONG = "x" * 9000
DATE = "Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026"
AUCUN_COURRIER = "Cochez au moins un courrier"
MONTANT = "Écrivez un montant en euros, par exemple 1\u00a0250,00"

RAPPEL = {"telephone": "01 23 45 67 89", "rappel_le": "03/02/2027", "rappel_moment": "matin"}
MOTIF = {"motif": "Motif de l’essai"}
NIVEAUX = {f"niveau_{d}": "1" for d in ("alternance", "plan", "factures", "reglements", "rib", "acces")}
FACTURE = {
    "numero": "E-2027-1", "date_emission": "14/01/2027", "montant_ht": "10", "taux_tva": "20", "montant_ttc": "12",
    "facture": FICHIER, "date_debut": "11/01/2027", "date_fin": "12/01/2027", "heures_realisees": "28",
    "nombre_stagiaires": "2", "signataire_nom": "Driss Essai", "signataire_qualite": "Directeur", "lieu": "Lyon",
    "signe_le": "13/01/2027", "certificat": FICHIER, "conservation": "on",
}  # fmt: skip

CLE = {
    "nom": "Paie", "etendue": "siren", "jusqu_au": "15/03/2027", "adresses": "", "cle_id": "0192f0c1-2b3c-7d4e-8f50-6172839405b6",
    **NIVEAUX, "niveau_alternance": "0", "niveau_factures": "0", "niveau_reglements": "0", "niveau_rib": "0", "niveau_acces": "0",
}  # fmt: skip

MANDAT = {**NIVEAUX, "mandataire": "400000014", "etendue": "siren", "debut": "", "fin": "31/05/2027"}

CONVENTION = {
    "client": SIREN, "reference": "CONV-2027-1", "signee_le": "15/01/2027", "debut": "01/02/2027", "fin": "31/05/2027", "niveau": "3",
    "piece": FICHIER,
}  # fmt: skip

Champs = Mapping[str, object]


@dataclass(frozen=True)
class Saisie:
    """A form at its address, for somebody who may send it. `avant` sets the world first."""

    formulaire: type[forms.BaseForm]
    nom: str
    role: str
    args: str = ""
    corps: Champs = field(default_factory=dict)
    fautes: Sequence[tuple[Champs, Mapping[str, str]]] = ()
    avant: Callable[[Monde], object] | None = None


def de_trop(limite: int, reste: str = "") -> str:
    """Sentence of a text that is `LONG` where `limite` are taken."""
    return f"{limite} caractères au plus\u00a0: il y en a {len(LONG) - limite} de trop{reste}"


def texte(nom: str, vide: str, limite: int) -> list[tuple[Champs, Mapping[str, str]]]:
    """A box of text: empty, too long."""
    return [({nom: ""}, {nom: vide}), ({nom: "   "}, {nom: vide}), ({nom: LONG}, {nom: de_trop(limite)})]


def choix(nom: str, phrase: str) -> list[tuple[Champs, Mapping[str, str]]]:
    """A choice: none, then one that is not in the list."""
    return [({nom: ""}, {nom: phrase}), ({nom: "absent"}, {nom: phrase})]


def jour(nom: str, vide: str) -> list[tuple[Champs, Mapping[str, str]]]:
    """A day: empty, unreadable, not in the calendar."""
    return [
        ({nom: ""}, {nom: vide}),
        ({nom: "demain"}, {nom: DATE}),
        ({nom: "31/02/2027"}, {nom: "Cette date n’existe pas au calendrier"}),
    ]


def montant(nom: str, vide: str) -> list[tuple[Champs, Mapping[str, str]]]:
    """An amount: empty, unreadable, with three decimals."""
    return [
        ({nom: ""}, {nom: vide}),
        ({nom: "dix"}, {nom: MONTANT}),
        ({nom: "1,005"}, {nom: "Un montant a deux décimales au plus"}),
    ]
