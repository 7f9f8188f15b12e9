"""Judgement on what is kept: names, kinds, validity. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from jalon.porte_documents.enums import GENRES, USAGES, Genre
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import SaisiesRefusees
from jalon.socle.texte import normaliser

LIBELLE_AU_PLUS = 120
DOCUMENTS_AU_PLUS = 200
"""Documents of one organisation, on one side: a page shows them all."""
MOTS_D_UN_RIB = frozenset({"rib", "iban", "bancaire", "bancaires"})
RIB_REFUSE = "Un RIB ne se garde pas ici\u00a0: enregistrez le compte dans «\u00a0Coordonnées bancaires\u00a0», où il est protégé et vérifié"

GENRE_DE_PIECE: Mapping[str, Genre] = {
    "programme": Genre.PROGRAMME,
    "convention_signee": Genre.CONVENTION,
    "convention_tripartite": Genre.CONVENTION,
    "devis_approuve": Genre.CONVENTION,
    "annexe_pedagogique": Genre.ANNEXE,
    "document_annexe": Genre.ANNEXE,
    "declaration_ascendant": Genre.ATTESTATION,
    "attestation_projet": Genre.ATTESTATION,
}
"""Kind of the pieces that declarations ask; any other one is « autre »."""


def genre_de_piece(code: str) -> Genre:
    """Kind under which a piece of that code is kept."""
    return GENRE_DE_PIECE.get(code, Genre.AUTRE)


def parle_d_un_rib(texte: str) -> bool:
    """Whether a name says that the document is bank details: these have a life of their own (ADR 49)."""
    return bool(MOTS_D_UN_RIB & set(normaliser(texte).split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is said of a document. `domaine`: the family that it serves, empty: every family."""

    libelle: str
    genre: str
    domaine: str
    valide_jusqu_au: date | None = None


def verifier(description: Description) -> Description:
    """The same, its name without spaces around.

    Raises: SaisiesRefusees, by box.
    """
    libelle = description.libelle.strip()
    refus = {}
    if phrase := refus_de_libelle(libelle):
        refus["libelle"] = phrase
    if description.genre not in GENRES:
        refus["genre"] = "Choisissez ce qu’est ce document"
    if description.domaine not in USAGES:
        refus["domaine"] = "Choisissez les dossiers auxquels il sert"
    if refus:
        raise SaisiesRefusees(refus)
    return replace(description, libelle=libelle)


def refus_de_libelle(libelle: str) -> str:
    """Why that name is not taken; empty when it is."""
    if not libelle:
        return "Donnez un nom à ce document"
    if len(libelle) > LIBELLE_AU_PLUS:
        return f"{LIBELLE_AU_PLUS} caractères au plus\u00a0: il y en a {len(libelle) - LIBELLE_AU_PLUS} de trop"
    return RIB_REFUSE if parle_d_un_rib(libelle) else ""


def est_expire(valide_jusqu_au: date | None, jour: date) -> bool:
    """Whether the last day of validity is over that day; a document without one never is."""
    return valide_jusqu_au is not None and valide_jusqu_au < jour


def phrase_de_validite(valide_jusqu_au: date | None, jour: date) -> str:
    """« Valable jusqu’au 31/12/2026 », « Expiré depuis le 31/12/2025 », « »."""
    if valide_jusqu_au is None:
        return ""
    debut = "Expiré depuis le" if est_expire(valide_jusqu_au, jour) else "Valable jusqu’au"
    return f"{debut} {formater_date(valide_jusqu_au)}"


def rang_pour_la_piece(genre: str, code: str, valide_jusqu_au: date | None, jour: date) -> tuple[bool, bool]:
    """Order of a choice for a piece: in force first, then those of its kind."""
    return est_expire(valide_jusqu_au, jour), genre != genre_de_piece(code)
