"""What acts when nobody is signed in."""

from datetime import datetime
from typing import NoReturn
from uuid import UUID

from jalon.habilitations import phrases
from jalon.socle.acteurs import Domaine, Droit, Perimetre, Portee, Pouvoir
from jalon.socle.erreurs import DroitManquant


class ActeurSysteme:
    """A job or the command line: a name for the journal and no right at all; actions that it may run say so."""

    def __init__(self, raison: str) -> None:
        self.raison = raison

    @property
    def identite(self) -> UUID | None:
        """Nobody."""
        return None

    @property
    def libelle(self) -> str:
        """« Jalon (raison) »."""
        return f"Jalon ({self.raison})"

    def perimetre(self, droit: Droit) -> Perimetre:
        """Empty: there is no value that means « everything »."""
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
        del portee
        raise DroitManquant(f"Une tâche automatique n’a aucun droit sur ces données ({phrases.libelle_droit(droit)}).")

    def exiger_pouvoir(self, pouvoir: Pouvoir, portefeuille_id: UUID | None) -> NoReturn:
        """Always raises DroitManquant."""
        del portefeuille_id
        raise DroitManquant(f"Une tâche automatique n’a pas de rôle à l’OPCO ({pouvoir.value}).")

    def exiger_second_facteur(self, maintenant: datetime) -> None:
        """Nothing is asked: nobody is signed in. Whoever runs a command has the machine already."""
        del maintenant
