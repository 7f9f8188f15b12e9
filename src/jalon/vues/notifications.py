"""What is told of the views that somebody follows: how many rows came, and in which list."""

from jalon.notifications.annonces import Annonce
from jalon.notifications.enums import Genre
from jalon.vues.regles import Lieu

_PHRASE = "Du nouveau dans un accès rapide que vous suivez\u00a0: {reference}."


def _annonce(suffixe: str, page: str, *, dans_un_espace: bool) -> Annonce:
    return Annonce(
        code=f"vues.alerte_{suffixe}", genre=Genre.ALERTE_VUE, phrase=_PHRASE, page=page, dans_un_espace=dans_un_espace
    )


DANS_UN_ESPACE = _annonce("espace", "espace_vues", dans_un_espace=True)
A_L_OPCO = _annonce("opco", "opco_vues", dans_un_espace=False)
PARTOUT = _annonce("partout", "mes_vues", dans_un_espace=False)
ANNONCES = (DANS_UN_ESPACE, A_L_OPCO, PARTOUT)


def annonce_du_lieu(lieu: Lieu) -> Annonce:
    """Which leads to the quick accesses of that place."""
    if lieu.siren:
        return DANS_UN_ESPACE
    return A_L_OPCO if lieu.opco else PARTOUT
