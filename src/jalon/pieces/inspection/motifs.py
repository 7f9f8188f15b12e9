"""Why a file is refused: codes exchanged between the two processes; the sentences are in `jalon.pieces.regles`."""

from enum import StrEnum


class Motif(StrEnum):
    """One per sentence."""

    VIDE = "vide"
    ABIME = "abime"
    INCOMPLET = "incomplet"
    POLYGLOTTE = "polyglotte"
    MOT_DE_PASSE = "mot-de-passe"
    VERROUILLE = "verrouille"
    FICHIERS_JOINTS = "fichiers-joints"
    FACTUR_X = "factur-x"
    JAVASCRIPT = "javascript"
    LANCEMENT = "lancement"
    FORMULAIRE_XFA = "formulaire-xfa"
    MULTIMEDIA = "multimedia"
    ENVOI_DE_DONNEES = "envoi-de-donnees"
    CONTENU_EXTERNE = "contenu-externe"
    SANS_PAGE = "sans-page"
    TROP_DE_PAGES = "trop-de-pages"
    TROP_D_OBJETS = "trop-d-objets"
    BOMBE = "bombe"
    IMAGE_TROP_GRANDE = "image-trop-grande"
    IMAGE_ANIMEE = "image-animee"
    TROP_LONG = "trop-long"
    INTERROMPU = "interrompu"


class Refus(Exception):
    """The file is refused for that motive."""

    def __init__(self, motif: Motif) -> None:
        super().__init__(motif.value)
        self.motif = motif
