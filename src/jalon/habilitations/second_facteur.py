"""Which second factor somebody must have, judged on the rights in force: no Django, no clock, no I/O."""

from collections.abc import Collection
from enum import StrEnum

from jalon.socle.acteurs import Domaine, Droit, Niveau

JAMAIS_DISPENSES = frozenset({Domaine.RIB, Domaine.FACTURES, Domaine.EXPORTS, Domaine.ACCES})
"""Money, lists that leave the portal, and who holds which access: read or written, always behind a second factor."""


class Exigence(StrEnum):
    """What the pages of a space ask besides the password."""

    AUCUNE = "aucune"
    SECOND_FACTEUR = "second_facteur"
    CLE_D_ACCES = "cle_d_acces"


def exigence(*, opco: bool, droits: Collection[Droit], lecteurs_dispenses: bool, cle_pour_l_opco: bool) -> Exigence:
    """A passkey for the OPCO's people, a second factor for everybody, nothing for who only reads if the OPCO accepts it.

    Somebody without any right is not a reader: a code or an invitation may be about to make an administrator.
    """
    if cle_exigee(opco=opco, reglage=cle_pour_l_opco):
        return Exigence.CLE_D_ACCES
    if opco:
        return Exigence.SECOND_FACTEUR
    if lecteurs_dispenses and droits and all(_simple_lecture(d) for d in droits):
        return Exigence.AUCUNE
    return Exigence.SECOND_FACTEUR


def cle_exigee(*, opco: bool, reglage: bool) -> bool:
    """Whether only a passkey is accepted: the rights of the person change nothing to that."""
    return opco and reglage


def _simple_lecture(droit: Droit) -> bool:
    return droit.niveau <= Niveau.LECTURE and droit.domaine not in JAMAIS_DISPENSES
