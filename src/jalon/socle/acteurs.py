"""Who acts, on what, with which right: the vocabulary every layer shares.

`habilitations` implements `Acteur`; actions and querysets of lower apps only know this protocol.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Protocol
from uuid import UUID


class Domaine(StrEnum):
    """What a right is about: a family of dispositifs, or a kind of object."""

    ALTERNANCE = "alternance"
    PLAN = "plan"
    FACTURES = "factures"
    REGLEMENTS = "reglements"
    RIB = "rib"
    SALARIES = "salaries"
    EXPORTS = "exports"
    ACCES = "acces"


class Niveau(IntEnum):
    """Aucun < Lecture (see) < Saisie (prepare) < Envoi (send to the OPCO) < Gestion (administer)."""

    AUCUN = 0
    LECTURE = 1
    SAISIE = 2
    ENVOI = 3
    GESTION = 4


LIBELLES_NIVEAUX = {
    Niveau.AUCUN: "Aucun",
    Niveau.LECTURE: "Lecture",
    Niveau.SAISIE: "Saisie",
    Niveau.ENVOI: "Envoi",
    Niveau.GESTION: "Gestion",
}
LIBELLES_DOMAINES = {
    Domaine.ALTERNANCE: "Alternance",
    Domaine.PLAN: "Plan de développement",
    Domaine.FACTURES: "Factures",
    Domaine.REGLEMENTS: "Règlements",
    Domaine.RIB: "Coordonnées bancaires",
    Domaine.SALARIES: "Salariés",
    Domaine.EXPORTS: "Exports",
    Domaine.ACCES: "Accès",
}
FAMILLES = (Domaine.ALTERNANCE, Domaine.PLAN)


class Profil(StrEnum):
    """The side an organisation stands on; its activation code is bound to it."""

    ADHERENT = "adherent"
    PRESTATAIRE = "prestataire"


@dataclass(frozen=True, slots=True)
class Droit:
    """A level in a domain."""

    domaine: Domaine
    niveau: Niveau


class Pouvoir(StrEnum):
    """What an OPCO role allows, inside its portefeuilles."""

    CONSULTER = "consulter"
    COMMANDER_CODES = "commander-codes"
    DEMANDER_CODES = "demander-codes"
    DECIDER_ACCES = "decider-acces"
    CONFIRMER_NOMINATION = "confirmer-nomination"
    DECIDER_A_DEUX = "decider-a-deux"
    VERIFIER_ORGANISATION = "verifier-organisation"
    INSTRUIRE = "instruire"
    DECIDER = "decider"
    TRAITER_FACTURES = "traiter-factures"
    PREPARER_LOTS = "preparer-lots"
    SIGNER_LOTS = "signer-lots"
    REPONDRE_TICKETS = "repondre-tickets"
    REGLER_BAREMES = "regler-baremes"
    COUPER_ACCES = "couper-acces"
    VEILLER = "veiller"


@dataclass(frozen=True, slots=True)
class Portee:
    """Whose a row is. Empty strings mean « nobody »: an empty portée is seen by no company."""

    siren: str = ""
    siret: str = ""
    prestataire_siren: str = ""
    portefeuille_id: UUID | None = None
    domaine: Domaine | None = None


@dataclass(frozen=True, slots=True)
class Perimetre:
    """Where one right holds. Empty everywhere = sees nothing; there is no value that means « everything ».

    An empty SIREN or an absent portefeuille is dropped: a row of nobody has these values, and must match nobody.
    """

    sirens: frozenset[str] = frozenset()
    sirets: frozenset[str] = frozenset()
    prestataires: frozenset[str] = frozenset()
    portefeuilles: frozenset[UUID] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        for nom in ("sirens", "sirets", "prestataires", "portefeuilles"):
            object.__setattr__(self, nom, frozenset(valeur for valeur in getattr(self, nom) if valeur))

    def couvre(self, portee: Portee) -> bool:
        """Whether a row of that portée is inside."""
        return (
            portee.siren in self.sirens
            or portee.siret in self.sirets
            or portee.prestataire_siren in self.prestataires
            or portee.portefeuille_id in self.portefeuilles
        )

    def __bool__(self) -> bool:
        return bool(self.sirens or self.sirets or self.prestataires or self.portefeuilles)


class Acteur(Protocol):
    """A person, an API key or the system, with rights read for this request."""

    @property
    def identite(self) -> UUID | None:
        """Id of the person or key; None for the system."""

    @property
    def libelle(self) -> str:
        """Name written in the journal and shown in histories."""

    def perimetre(self, droit: Droit) -> Perimetre:
        """Where the actor holds at least that level in that domain, OPCO portefeuilles included for LECTURE."""

    def portefeuilles(self, pouvoir: Pouvoir) -> frozenset[UUID]:
        """Portefeuilles where an OPCO role gives that power."""

    def peut(self, droit: Droit, portee: Portee) -> bool:
        """Whether the right holds on that portée."""

    def exiger(self, droit: Droit, portee: Portee) -> None:
        """Raise DroitManquant, with who can grant it, unless the right holds."""

    def exiger_pouvoir(self, pouvoir: Pouvoir, portefeuille_id: UUID | None) -> None:
        """Raise DroitManquant unless an OPCO role gives that power on that portefeuille."""

    def exiger_second_facteur(self, maintenant: datetime) -> None:
        """Raise SecondFacteurRequis unless who acts gave a second factor in the last five minutes."""


@dataclass(frozen=True, slots=True)
class Tache:
    """One line of « À faire », derived by query, never stored. `nom_url` and `parametres` are resolved by web."""

    titre: str
    detail: str
    action: str
    nom_url: str
    parametres: tuple[tuple[str, str], ...]
    icone: str = "list-checks"
    echeance: date | None = None
    rubrique: str = "dossiers"
