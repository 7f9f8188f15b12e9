"""Events written as an action writes them, and one that is told to whom the test says."""

from datetime import datetime
from uuid import UUID

from jalon.habilitations.models import Rattachement
from jalon.journal.actions import noter
from jalon.journal.models import Evenement
from jalon.notifications.annonces import Annonce, Concerne, Sujet
from jalon.notifications.enums import Genre
from jalon.socle.acteurs import Acteur, Domaine, Portee
from tests.habilitations.fabrique import LE, SIREN

CODE = "essai.annonce"
PORTEE = Portee(siren=SIREN, domaine=Domaine.PLAN)


class EssaiAnnonce:
    """A declared event whose readers the test chooses, and which fails when it says so."""

    def __init__(self) -> None:
        self.personnes: list[UUID] = []
        self.echoue: set[str] = set()
        self.lus: list[UUID] = []

    def lire(self, evenement: Evenement, maintenant: datetime) -> Sujet | None:
        del maintenant
        if str(evenement.details.get("nom")) in self.echoue:
            raise RuntimeError("essai")
        self.lus.append(evenement.pk)
        gens = tuple(Concerne(p, SIREN) for p in self.personnes)
        return Sujet(reference=str(evenement.details.get("nom")), personnes=gens, portee=PORTEE)

    @property
    def annonce(self) -> Annonce:
        """As an app declares it."""
        return Annonce(
            code=CODE,
            genre=Genre.DOSSIER_TRANSMIS,
            phrase="Le dossier {reference} est transmis.",
            page="espace_dossiers",
            lire=self.lire,
            courriels=("essai.courriel",),
        )


def ecrire(par: Acteur, nom: str = "A", le: datetime = LE, objet: Rattachement | None = None) -> Evenement:
    """One line of the journal."""
    return noter(CODE, par=par, portee=PORTEE, objet=objet, le=le, details={"nom": nom})
