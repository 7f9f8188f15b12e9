"""Jobs: each calls one action."""

from uuid import UUID

from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions import (
    cles,
    essais,
    lettres,
    mandats,
    mandats_en_attente,
    preparations,
    relances,
    suites_des_conventions,
    vues,
)
from jalon.habilitations.enums import FinDeVue
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.socle.travaux import tache, tache_periodique


@tache("habilitations.preparer_lettres", file="lettres")
def preparer_lettres(*, commande_id: str) -> None:
    """Make the letters of one order."""
    lettres.preparer_lettres(commande_id=UUID(commande_id), maintenant=maintenant())


@tache(vues.TACHE_FIN)
def terminer_vue(*, vue_id: str) -> None:
    """Write that fifteen minutes are over, when nothing did before."""
    systeme = ActeurSysteme("fin d’une vue")
    vues.terminer_vue(vue_id=UUID(vue_id), raison=FinDeVue.DELAI, par=systeme, maintenant=maintenant())


@tache_periodique("habilitations.effacer_lettres", "*/10 * * * *")
def effacer_lettres() -> None:
    """Files of letters older than seven days, and files that no order names."""
    lettres.effacer_lettres_anciennes(maintenant=maintenant())
    lettres.nettoyer_fichiers()


@tache_periodique("habilitations.relancer_commandes", "7 * * * *")
def relancer_commandes() -> None:
    """Orders whose job was lost."""
    lettres.relancer_commandes(maintenant=maintenant())


@tache_periodique("habilitations.oublier_essais", "41 2 * * *")
def oublier_essais() -> None:
    """Counters of tries older than thirty days."""
    essais.oublier_essais(aujourdhui=aujourdhui())


@tache_periodique("habilitations.prevenir_expirations", "23 6 * * *")
def prevenir_expirations() -> None:
    """Keys of the API thirty days, then seven, before their end."""
    cles.prevenir_des_expirations(maintenant=maintenant())


@tache_periodique("habilitations.rappeler_mandats", "23 6 * * *")
def rappeler_mandats() -> None:
    """Mandates that end in 30 or 7 days, conventions among them."""
    mandats.rappeler_mandats(maintenant=maintenant())
    suites_des_conventions.rappeler_conventions(maintenant=maintenant())


@tache_periodique("habilitations.installer_mandats", "*/5 * * * *")
def installer_mandats() -> None:
    """Widenings of mandates whose 24 hours have passed."""
    mandats_en_attente.installer_mandats(maintenant=maintenant())


@tache_periodique("habilitations.relancer_demandes", "23 * * * *")
def relancer_demandes() -> None:
    """Requests of access left without an answer, and codes about to expire."""
    relances.relancer_demandes(maintenant=maintenant())
    relances.rappeler_codes(maintenant=maintenant())


@tache("habilitations.appliquer_preparation", file="reprises")
def appliquer_preparation(*, preparation_id: str) -> None:
    """Give the rights of one file that two people signed."""
    preparations.appliquer_preparation(preparation_id=UUID(preparation_id), maintenant=maintenant())


@tache_periodique("habilitations.relancer_preparations", "37 * * * *")
def relancer_preparations() -> None:
    """Preparations signed and not applied whole."""
    preparations.relancer_preparations()
