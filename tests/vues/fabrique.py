"""A list whose rows are chosen by the test, and the people who keep it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle import listes
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau
from jalon.socle.listes import Colonne, Compte, Lecture, Liste
from jalon.vues.actions.vues import garder_vue
from jalon.vues.models import VueEnregistree
from jalon.vues.regles import Lieu
from tests.habilitations.fabrique import LE, SIREN

ICI = Lieu(SIREN)
LIRE = Droit(Domaine.PLAN, Niveau.LECTURE)


@dataclass
class ListeDEssai:
    """Rows by SIREN. A row is seen by who reads the plan of its SIREN; « perime » is a filter that means nothing any more."""

    lignes: dict[str, list[UUID]] = field(default_factory=dict)
    plafonne: bool = False
    comptes: int = 0

    def lire(self, parametres: Mapping[str, str], jour: date) -> Lecture:
        del jour
        return Lecture(dict(parametres), ("Cet établissement est fermé.",) if "perime" in parametres else ())

    def vues(self, acteur: Acteur, siren: str | None) -> list[UUID]:
        return [cle for s in acteur.perimetre(LIRE).sirens if siren in (None, s) for cle in self.lignes.get(s, [])]

    def compter(self, acteur: Acteur, siren: str | None, lecture: Lecture, jour: date) -> Compte:
        del lecture, jour
        self.comptes += 1
        return Compte(len(self.vues(acteur, siren)), plafonne=self.plafonne)

    def ouvrir(self, acteur: Acteur, siren: str | None, lecture: Lecture, jour: date) -> Iterator[Any]:
        del lecture, jour
        yield from (SimpleNamespace(pk=cle) for cle in self.vues(acteur, siren))

    def declarer(self) -> None:
        listes.declarer(
            Liste(
                code="essai",
                libelle="Essais",
                nom_url="espace_dossiers",
                domaines=(Domaine.PLAN,),
                colonnes=(Colonne(code="numero", libelle="Numéro", valeur=lambda rangee, _: rangee),),
                lire=self.lire,
                compter=self.compter,
                lignes=self.ouvrir,
            )
        )


def garder(par: ActeurPersonne, lieu: Lieu = ICI, **autres: Any) -> VueEnregistree:
    """A quick access on that list."""
    champs: dict[str, Any] = {
        "code_liste": "essai", "parametres": "etat=a_completer&page=x&vide=", "nom": "Mes essais", "icone": "star", "lieu": lieu,
        "accueil": True, "partagee": False, "alerte": False, "maintenant": LE,
    }  # fmt: skip
    return garder_vue(par=par, **(champs | autres))
