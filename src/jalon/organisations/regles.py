"""Pure judgement on organisations: names, postal addresses, codes."""

import re
from dataclasses import dataclass
from uuid import UUID

PORTEFEUILLE_PAR_DEFAUT = UUID("00000000-0000-7000-8000-000000000001")
NOM_PORTEFEUILLE_PAR_DEFAUT = "Sans affectation"
DENOMINATION_NON_PUBLIEE = "Dénomination non publiée"
DEPARTEMENT = re.compile(r"0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-8]|98[4-9]")
VOIE_NUMEROTEE = re.compile(r"([1-9]\d{0,4})(?: (BIS|TER|QUATER|QUINQUIES|[A-Z]))? (?=\D)(.+)")
IDCC = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class AdressePostale:
    """What is printed on an envelope: the addressee, then the lines from the most precise to the town."""

    destinataire: str
    lignes: tuple[str, ...]


def composer_adresse(
    *, complement: str, voie: str, distribution: str, code_postal: str, commune: str, cedex: str, pays: str
) -> tuple[str, ...] | None:
    """Lines of a French address (norme NF Z10-011); None when it is foreign, masked or too empty for a letter."""
    if pays or not (cedex or (code_postal and commune)) or not (voie or distribution or complement):
        return None
    return tuple(ligne for ligne in (complement, voie, distribution, cedex or f"{code_postal} {commune}") if ligne)


def destinataire_du_courrier(*, denomination: str, nom: str, prenoms: str) -> str:
    """A sole trader by name; otherwise whoever represents the company."""
    personne = f"{prenoms} {nom}".strip()
    return personne if nom else f"À l’attention du représentant légal de {denomination}"


def normaliser_idcc(texte: str) -> str | None:
    """« 1486 » -> « 1486 », « 16 » -> « 0016 »; None when it is not an IDCC."""
    return texte.zfill(4) if IDCC.fullmatch(texte) else None


def numero_et_voie(adresse: str) -> tuple[str, str]:
    """« 12 B RUE DES ALPES » -> « 12 B » and « RUE DES ALPES »; no number when it does not begin with one."""
    trouve = VOIE_NUMEROTEE.fullmatch(adresse)
    if trouve is None:
        return "", adresse
    numero, indice, voie = trouve.groups()
    return f"{numero} {indice}" if indice else numero, voie
