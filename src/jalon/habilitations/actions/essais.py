"""Upkeep of the counters of tries."""

from datetime import date

from jalon.habilitations.models import CompteurEssais
from jalon.habilitations.regles import CONSERVATION_ESSAIS


def oublier_essais(*, aujourdhui: date) -> int:
    """Delete the counters of more than thirty days; gives how many."""
    return CompteurEssais.objects.filter(jour__lt=aujourdhui - CONSERVATION_ESSAIS).delete()[0]
