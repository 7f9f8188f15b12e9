"""Fictional rows of a list of thirty columns, ten thousand of them read over and over: what is measured is the file, not a database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice
from operator import attrgetter
from random import Random
from typing import Any

from jalon.socle.listes import Colonne, Genre

DIFFERENTES = 10_000
GRAINE = 2026
JOUR = date(2026, 11, 28)
LE = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
PRENOMS = ("Inès", "Tom", "Salomé", "Yanis", "Chloé", "Noé", "Maëlys", "Éloi")
NOMS = ("Moreau", "Girard", "Petit", "Lefèvre", "N’Guyen", "Da Silva", "Le Goff", "Benali")
VILLES = ("Annecy", "Lyon", "Grenoble", "Chambéry", "Saint-Étienne")
DIPLOMES = ("BTS Management commercial opérationnel", "CAP Cuisine", "Licence professionnelle métiers de la comptabilité")
ETATS = ("Accordé", "En instruction", "À compléter", "Soldé")
TEXTES = (
    "numero", "siren", "siret", "entreprise", "prenom", "nom", "formation", "prestataire", "ville", "etat", "reference", "dispositif",
)  # fmt: skip
MONTANTS = ("demande", "accorde", "facture", "paye", "reste", "pedagogie", "hebergement", "salaires")
JOURS = ("debut", "fin", "conclusion", "naissance")
INSTANTS = ("depose_le", "decide_le", "modifie_le")
ENTIERS = ("heures", "echeances", "stagiaires")


@dataclass(slots=True)
class Ligne:
    """One request."""

    numero: str
    siren: str
    siret: str
    entreprise: str
    prenom: str
    nom: str
    formation: str
    prestataire: str
    ville: str
    etat: str
    reference: str
    dispositif: str
    demande: Decimal
    accorde: Decimal
    facture: Decimal
    paye: Decimal
    reste: Decimal
    pedagogie: Decimal
    hebergement: Decimal
    salaires: Decimal
    debut: date
    fin: date
    conclusion: date
    naissance: date
    depose_le: datetime
    decide_le: datetime
    modifie_le: datetime
    heures: int
    echeances: int
    stagiaires: int


def _ligne(rang: int, hasard: Random) -> Ligne:
    siren = f"{hasard.randrange(10**8, 10**9)}"
    debut = date(2026, 9, 1) + timedelta(days=hasard.randrange(90))
    valeurs: list[Any] = [
        f"2611CA{rang:06}", siren, f"{siren}{hasard.randrange(10**4, 10**5)}", f"SOCIETE {rang}", hasard.choice(PRENOMS),
        hasard.choice(NOMS), hasard.choice(DIPLOMES), f"CFA {hasard.choice(VILLES)}", hasard.choice(VILLES), hasard.choice(ETATS),
        f"=REF-{rang}", "Contrat d’apprentissage",
        *(Decimal(hasard.randrange(10**6)) / 100 for _ in MONTANTS),
        debut, debut + timedelta(days=700), debut - timedelta(days=9), date(2004, 1, 1) + timedelta(days=hasard.randrange(2000)),
        *(LE - timedelta(seconds=hasard.randrange(10**7)) for _ in INSTANTS),
        hasard.randrange(2000), hasard.randrange(9), 1,
    ]  # fmt: skip
    return Ligne(*valeurs)


def lignes(nombre: int) -> Iterator[Ligne]:
    """As many rows, the same ones at each run."""
    hasard = Random(GRAINE)  # noqa: S311
    return islice(cycle([_ligne(rang, hasard) for rang in range(min(nombre, DIFFERENTES))]), nombre)


def _colonne(champ: str, genre: Genre) -> Colonne:
    lire = attrgetter(champ)
    return Colonne(code=champ, libelle=champ.replace("_", " ").capitalize(), valeur=lambda ligne, _: lire(ligne), genre=genre)


COLONNES = tuple(
    _colonne(champ, genre)
    for champs, genre in (
        (TEXTES, Genre.TEXTE),
        (MONTANTS, Genre.MONTANT),
        (JOURS, Genre.JOUR),
        (INSTANTS, Genre.INSTANT),
        (ENTIERS, Genre.ENTIER),
    )
    for champ in champs
)
