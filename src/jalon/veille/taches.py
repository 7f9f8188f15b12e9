"""Jobs: each calls one action."""

from uuid import UUID

from jalon.habilitations.acteurs import ActeurSysteme
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.socle.travaux import tache, tache_periodique
from jalon.veille.actions import alertes, annonces, lectures


@tache("veille.annoncer_coupure")
def annoncer_coupure(*, coupure_id: str) -> None:
    """Tell a cut, or its end."""
    annonces.annoncer_coupure(coupure_id=UUID(coupure_id), maintenant=maintenant())


@tache_periodique("veille.oublier_lectures", "23 3 * * *")
def oublier_lectures() -> None:
    """Which objects were read, two days later; totals, after the habit has forgotten them."""
    lectures.oublier_lectures(aujourdhui=aujourdhui())


@tache_periodique("veille.verifier_le_registre", "7 1 * * *")
def verifier_le_registre() -> None:
    """The chain over the register of revelations, every night."""
    alertes.verifier_le_registre(par=ActeurSysteme("vérification du registre"), maintenant=maintenant())
