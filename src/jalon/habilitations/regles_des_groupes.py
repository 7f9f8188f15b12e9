"""Pure judgements about groups of establishments: no Django, no clock, no I/O."""

from collections.abc import Collection, Iterable

from jalon.habilitations.regles import DemandeDroit
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import siret_valide
from jalon.socle.texte import normaliser

NOM_MAX = 80
RIEN_DE_CHOISI = "Choisissez au moins un établissement"
GROUPES_MAX = 200
"""Groups of one company: beyond, nobody finds hers in a list of choices."""


def lire_nom(saisi: str) -> tuple[str, str]:
    """The name and its key. Raises SaisieRefusee on the box « nom »."""
    nom = " ".join(saisi.split())
    if not nom:
        raise SaisieRefusee("Donnez un nom au groupe", champ="nom")
    if len(nom) > NOM_MAX:
        raise SaisieRefusee(f"Le nom d’un groupe compte {NOM_MAX} caractères au plus", champ="nom")
    cle = normaliser(nom)
    if not cle:
        raise SaisieRefusee("Le nom d’un groupe contient au moins une lettre ou un chiffre", champ="nom")
    return nom, cle[:NOM_MAX]


def verifier_sirets(sirets: Iterable[str], siren: str, connus: Collection[str]) -> list[str]:
    """SIRET of that company, each once, in order. Raises SaisieRefusee on the box « sirets »."""
    uniques = sorted(set(sirets))
    if not uniques:
        raise SaisieRefusee(RIEN_DE_CHOISI, champ="sirets")
    if any(not siret_valide(s) or not s.startswith(siren) or s not in connus for s in uniques):
        raise SaisieRefusee("Choisissez des établissements de cette entreprise", champ="sirets")
    return uniques


def tient_tout(sirets: Collection[str], ouverts: Collection[str]) -> bool:
    """Whether a group is the whole company: every open establishment, those to come left aside (exigences, T12)."""
    return bool(sirets) and set(ouverts) <= set(sirets)


def deviendrait_large(
    portes: Iterable[DemandeDroit], avant: Collection[str], apres: Collection[str], ouverts: Collection[str]
) -> bool:
    """Whether new members make wide what the group carries: a finance domain, on all the company when it was not (T12)."""
    return tient_tout(apres, ouverts) and not tient_tout(avant, ouverts) and any(d.financier for d in portes)
