"""Publics that the law treats apart."""

from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage


def droits_rqth(contenu: ContratApprentissage) -> bool:
    """Recognised as a disabled worker, or with the same rights by equivalence or extension (two questions of the form *14)."""
    apprenti = contenu.apprenti
    return apprenti.rqth or bool(apprenti.rqth_equivalence) or bool(apprenti.rqth_extension)
