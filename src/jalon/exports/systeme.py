"""What makes and deletes files when nobody is signed in: a name for the journal, and no right at all."""

from datetime import datetime
from typing import NoReturn
from uuid import UUID

from jalon.socle.acteurs import Domaine, Droit, Perimetre, Portee, Pouvoir
from jalon.socle.erreurs import DroitManquant


class ProducteurDExports:
    """The jobs of this app."""

    libelle = "Jalon (exports)"
    identite: UUID | None = None

    def perimetre(self, droit: Droit) -> Perimetre:
        """Empty."""
        del droit
        return Perimetre()

    def dispositifs_restreints(self, domaine: Domaine) -> frozenset[str]:
        """None."""
        del domaine
        return frozenset()

    def portefeuilles(self, pouvoir: Pouvoir) -> frozenset[UUID]:
        """None."""
        del pouvoir
        return frozenset()

    def peut(self, droit: Droit, portee: Portee) -> bool:
        """Never."""
        return self.perimetre(droit).couvre(portee)

    def exiger(self, droit: Droit, portee: Portee) -> NoReturn:
        """Always raises DroitManquant."""
        del droit, portee
        raise DroitManquant("Une tâche automatique n’a aucun droit sur ces données.")

    def exiger_pouvoir(self, pouvoir: Pouvoir, portefeuille_id: UUID | None) -> NoReturn:
        """Always raises DroitManquant."""
        del pouvoir, portefeuille_id
        raise DroitManquant("Une tâche automatique n’a pas de rôle à l’OPCO.")

    def exiger_second_facteur(self, maintenant: datetime) -> None:
        """Nothing is asked: nobody is signed in."""
        del maintenant
