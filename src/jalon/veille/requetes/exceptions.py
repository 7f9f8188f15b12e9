"""Break-glass: the actor of one page about one request outside her portefeuilles (exigences, T20)."""

from datetime import datetime
from uuid import UUID

from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Pouvoir
from jalon.veille.models import AccesExceptionnel


class ActeurExceptionnel(ActeurPersonne):
    """The same person, who may also consult one portefeuille, and nothing more there, for the length of one answer.

    Only a page that holds the exceptional access to a request builds it, and it asks for that request alone.
    """

    def __init__(self, acteur: ActeurPersonne, portefeuille_id: UUID) -> None:
        super().__init__(acteur.personne, acteur.maintenant, acteur.second_facteur_le)
        self._ouvert = portefeuille_id

    def portefeuilles(self, pouvoir: Pouvoir) -> frozenset[UUID]:
        """Hers, and the one that was opened, to consult."""
        siens = super().portefeuilles(pouvoir)
        return siens | {self._ouvert} if pouvoir == Pouvoir.CONSULTER and self.roles_opco else siens


def acteur_exceptionnel(dossier_id: UUID, acteur: ActeurPersonne, maintenant: datetime) -> ActeurExceptionnel | None:
    """The actor who may read that request, if she opened it exceptionally less than an hour ago; None otherwise."""
    acces = AccesExceptionnel.objects.filter(
        personne_id=acteur.personne.pk, dossier_id=dossier_id, debut__lte=maintenant, fin__gt=maintenant
    )
    ligne = acces.values_list("dossier__portefeuille_id", flat=True).first() if acteur.roles_opco else None
    return ActeurExceptionnel(acteur, ligne) if ligne is not None else None


def dossier_transmis(numero: str) -> Dossier | None:
    """A sent request by its exact number, whoever follows it."""
    dossiers = Dossier.objects.tous("accès exceptionnel\u00a0: le numéro exact, un motif, une alerte")
    return dossiers.filter(numero=numero.strip().upper()).exclude(etat=EtatDossier.BROUILLON).first()
