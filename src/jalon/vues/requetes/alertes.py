"""What is new in the views about which somebody asked to be told."""

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Protocol
from uuid import UUID

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.lectures import carnet_ouvert
from jalon.socle.listes import Liste
from jalon.vues.models import PlaceDeCarte
from jalon.vues.regles import Lieu, parametres_de
from jalon.vues.requetes.cartes import Acces, acces_du_lieu

LIGNES_SUIVIES = 500
"""First rows of a view that are watched: who follows more than that wants an export, not a word for each."""


class Suivie(Protocol):
    """A list, its filters, a place."""

    @property
    def liste(self) -> Liste:
        """Its list."""

    @property
    def parametres(self) -> str:
        """Its filters."""

    @property
    def lieu(self) -> Lieu:
        """Where."""


@dataclass(frozen=True, slots=True)
class Alerte:
    """A quick access that is followed: the rows that it shows now, and those that came since its reader was told, or asked to be."""

    place: PlaceDeCarte
    acces: Acces
    presentes: tuple[UUID, ...]

    @property
    def nouvelles(self) -> tuple[UUID, ...]:
        """Ids of what came; a row that left and came back is new again."""
        deja = set(self.place.connues)
        return tuple(cle for cle in self.presentes if cle not in deja)


def cles_presentes(acteur: ActeurPersonne, vue: Suivie, jour: date) -> list[UUID]:
    """Ids of the first rows that the actor sees there; none when its filters mean nothing any more.

    Nobody is shown these rows: they are not counted among what she reads.
    """
    lecture = vue.liste.lire(parametres_de(vue.parametres), jour)
    if lecture.refus:
        return []
    ici = acteur.sur(vue.lieu.siren) if vue.lieu.siren else acteur
    with carnet_ouvert():
        lignes = vue.liste.lignes(ici, vue.lieu.siren or None, lecture, jour)
        return [ligne.pk for ligne in islice(lignes, LIGNES_SUIVIES)]


def alertes_a_dire(acteur: ActeurPersonne, jour: date) -> list[Alerte]:
    """The views followed by the actor where something came, within her rights of now. Two queries a place, one a view."""
    return [a for a in vues_suivies(acteur, jour) if a.nouvelles]


def vues_suivies(acteur: ActeurPersonne, jour: date) -> list[Alerte]:
    """All that she follows and still sees."""
    par_lieu: dict[str, list[PlaceDeCarte]] = {}
    for place in PlaceDeCarte.objects.filter(personne_id=acteur.personne.pk, alerte=True).order_by("lieu", "ordre", "id"):
        par_lieu.setdefault(place.lieu, []).append(place)
    suivies: list[Alerte] = []
    for cle, places in par_lieu.items():
        connus = {a.cle: a for a in acces_du_lieu(acteur, Lieu.de(cle), jour)}
        vues = [(p, connus[p.cle]) for p in places if p.cle in connus]
        suivies += [Alerte(p, a, tuple(cles_presentes(acteur, a, jour))) for p, a in vues]
    return suivies
