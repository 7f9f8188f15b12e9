"""Lines of a file of prepared rights: who will hold what, in which organisation. Pure.

The file is kept byte for byte, and the lines of an organisation are read again from it: one line of text is one right.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jalon.habilitations.enums import JeuDeDroits
from jalon.habilitations.fichier import TOUT, Refus, lire_dispositif, lire_droit, lire_jour, lire_lieu
from jalon.habilitations.profils import ADMINISTRATION, ADMINISTRATION_ENTIERE, PROFILS, droits_du_profil, limiter
from jalon.habilitations.regles import DemandeDroit
from jalon.socle.acteurs import FAMILLES, Profil
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import analyser_siren
from jalon.socle.tableur import restituer
from jalon.socle.texte import normaliser

PAR_PROFIL = frozenset({"siren", "profil", "adresse", "droits"})
CASE_PAR_CASE = frozenset({"siren", "profil", "adresse", "perimetre", "domaine", "niveau"})
JEUX_DE_COLONNES = (PAR_PROFIL, CASE_PAR_CASE)
LIGNES_MAX = 100_000
OCTETS_MAX = 32 << 20
NOM_MAX = 80
_JEUX = {normaliser(p.nom): p.code for p in PROFILS.values()}
_COTES = {p.value: p for p in Profil}


@dataclass(frozen=True, slots=True)
class LignePreparee:
    """What one line gives. `numero`: its number in the file."""

    numero: int
    siren: str
    profil: Profil
    adresse: str
    prenom: str
    nom: str
    droits: tuple[DemandeDroit, ...]


@dataclass(frozen=True, slots=True)
class Groupe:
    """The lines about one side of one SIREN, in the order of the file."""

    siren: str
    profil: Profil
    lignes: tuple[LignePreparee, ...]

    def par_adresse(self) -> dict[str, list[LignePreparee]]:
        """The lines of each person."""
        personnes: dict[str, list[LignePreparee]] = {}
        for ligne in self.lignes:
            personnes.setdefault(ligne.adresse, []).append(ligne)
        return personnes


def lire_ligne(numero: int, brutes: Mapping[str, str]) -> LignePreparee:
    """One line: a profile of rights (« droits »), or a perimeter, a domain and a level; for one dispositif alone if it names
    one. Raises SaisieRefusee.
    """
    cellules = {colonne: restituer(valeur) for colonne, valeur in brutes.items()}
    if any("\n" in valeur or "\r" in valeur for valeur in cellules.values()):
        raise SaisieRefusee("Une case contient un retour à la ligne, ou un guillemet n’est pas refermé")
    siren = analyser_siren(cellules.get("siren", ""))
    profil = _COTES.get(normaliser(cellules.get("profil", "")))
    if profil is None:
        raise SaisieRefusee("Écrivez le profil\u00a0: adherent ou prestataire")
    if not cellules.get("adresse"):
        raise SaisieRefusee("Indiquez l’adresse électronique de la personne")
    if "".join(cellules.get("perimetre", "").split()) == siren:
        cellules["perimetre"] = TOUT
    return LignePreparee(
        numero,
        siren,
        profil,
        cellules["adresse"].lower(),
        cellules.get("prenom", "")[:NOM_MAX],
        cellules.get("nom", "")[:NOM_MAX],
        tuple(_droits(cellules)),
    )


def _droits(cellules: Mapping[str, str]) -> list[DemandeDroit]:
    voulu = cellules.get("droits", "")
    if not voulu:
        return [lire_droit(cellules)]
    if cellules.get("domaine") or cellules.get("niveau"):
        raise SaisieRefusee("Indiquez un profil de droits, ou un domaine et un niveau, pas les deux")
    jeu = _JEUX.get(normaliser(voulu))
    if jeu is None:
        raise SaisieRefusee(f"Choisissez le profil de droits parmi\u00a0: {', '.join(p.nom for p in PROFILS.values())}")
    siret = lire_lieu(cellules.get("perimetre") or TOUT)
    if jeu == ADMINISTRATION and siret:
        raise SaisieRefusee("L’administration se donne sur toute l’organisation, pas sur un établissement")
    droits = droits_du_profil(jeu, [siret] if siret else [], lire_jour(cellules, "debut"), lire_jour(cellules, "fin"))
    dispositif = _dispositif_du_profil(cellules.get("dispositif", ""), jeu)
    return limiter(droits, dispositif) if dispositif else droits


def _dispositif_du_profil(texte: str, jeu: JeuDeDroits) -> str:
    """The code of the dispositif of any family that the line names, or nothing. Raises SaisieRefusee."""
    if texte and jeu == ADMINISTRATION:
        raise SaisieRefusee(ADMINISTRATION_ENTIERE)
    return lire_dispositif(texte, *FAMILLES)


def lire_lignes(lignes: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[list[LignePreparee], list[Refus]]:
    """Lines read, and lines that cannot be, with their reason."""
    lues, refus = [], []
    for numero, cellules in lignes:
        try:
            lues.append(lire_ligne(numero, cellules))
        except SaisieRefusee as erreur:
            refus.append(Refus(numero, erreur.message))
    return lues, refus


def grouper_lignes(lignes: Iterable[LignePreparee]) -> list[Groupe]:
    """The lines by side of SIREN, in the order of their first line."""
    groupes: dict[tuple[str, Profil], list[LignePreparee]] = {}
    for ligne in lignes:
        groupes.setdefault((ligne.siren, ligne.profil), []).append(ligne)
    return [Groupe(siren, profil, tuple(siennes)) for (siren, profil), siennes in groupes.items()]


def decouper(octets: bytes) -> list[str]:
    """The lines of text of a file."""
    return list(io.StringIO(octets.decode("utf-8-sig"), newline=""))


def extraire(texte: Sequence[str], numeros: Iterable[int]) -> bytes:
    """The heading and these lines: what is about one organisation, without reading the others."""
    return "".join([texte[0], *(texte[numero - 1] for numero in sorted(numeros))]).encode()


def renumeroter(lignes: Sequence[tuple[int, Mapping[str, str]]], numeros: Iterable[int]) -> list[tuple[int, Mapping[str, str]]]:
    """The lines of an extract, with their numbers in the file."""
    return [(numero, cellules) for numero, (_, cellules) in zip(sorted(numeros), lignes, strict=True)]
