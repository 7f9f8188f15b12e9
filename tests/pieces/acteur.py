"""An actor without any right: documents do not judge rights, their owner does."""

from datetime import datetime
from uuid import UUID

from jalon.socle.acteurs import Droit, Perimetre, Portee, Pouvoir
from jalon.socle.identifiants import nouvel_id


class ActeurDEssai:
    """Somebody signed in."""

    def __init__(self, identite: UUID | None = None) -> None:
        self.identite = identite or nouvel_id()
        self.libelle = "Bruno Petit"

    def perimetre(self, droit: Droit) -> Perimetre:
        """Nowhere."""
        return Perimetre()

    def portefeuilles(self, pouvoir: Pouvoir) -> frozenset[UUID]:
        """None."""
        return frozenset()

    def peut(self, droit: Droit, portee: Portee) -> bool:
        """Never."""
        return False

    def exiger(self, droit: Droit, portee: Portee) -> None:
        """Not asked here."""
        raise AssertionError("les documents ne jugent pas les droits")

    def exiger_pouvoir(self, pouvoir: Pouvoir, portefeuille_id: UUID | None) -> None:
        """Not asked here."""
        raise AssertionError("les documents ne jugent pas les droits")

    def exiger_second_facteur(self, maintenant: datetime) -> None:
        """Not asked here."""
        raise AssertionError("les documents ne demandent pas de second facteur")
