"""What a NIR tells of a person: her sex, and the month of her birth; never the day."""

from dataclasses import dataclass

from jalon.dispositifs.alternance.verifications import HOMMES

PREMIERE_ANNEE_DU_SIECLE_PASSE = 15
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


@dataclass(frozen=True, slots=True)
class FicheNir:
    """`sexe`: code of the forms; `naissance`: a sentence, the day being for the person to say."""

    sexe: str
    naissance: str


def lire_le_nir(nir: str) -> FicheNir:
    """Of a readable NIR. The number has no century: under 15 it is this one, and the controls judge (regles.md §1.5)."""
    deux, mois = int(nir[1:3]), int(nir[3:5])
    annee = (2000 if deux < PREMIERE_ANNEE_DU_SIECLE_PASSE else 1900) + deux
    quand = f"{MOIS[mois - 1]} {annee}" if 1 <= mois <= len(MOIS) else str(annee)
    return FicheNir(
        sexe="M" if nir[0] in HOMMES else "F",
        naissance=f"D’après le NIR\u00a0: né(e) en {quand}. Indiquez le jour, et vérifiez l’année.",
    )
