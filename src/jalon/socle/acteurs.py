"""Who acts, on what, with which right: the vocabulary every layer shares.

`habilitations` implements `Acteur`; actions and querysets of lower apps only know this protocol.
"""

from dataclasses import dataclass, field, fields
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
LONGUEUR_SIREN = 9


class Profil(StrEnum):
    """The side an organisation stands on; its activation code is bound to it."""

    ADHERENT = "adherent"
    PRESTATAIRE = "prestataire"


@dataclass(frozen=True, slots=True)
class Droit:
    """A level in a domain; with `dispositif` (its code), on the requests of that one alone, or of the whole family."""

    domaine: Domaine
    niveau: Niveau
    dispositif: str = ""


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
    """Whose a row is. Empty strings mean « nobody »: an empty portée is seen by no company.

    `prestataire_nomme`: the provider that the row names, where only the company's part is meant: it opens nothing to the provider
    itself, and is read with the company by who acts for it under a convention with that provider.
    """

    siren: str = ""
    siret: str = ""
    prestataire_siren: str = ""
    portefeuille_id: UUID | None = None
    domaine: Domaine | None = None
    prestataire_nomme: str = ""


@dataclass(frozen=True, slots=True)
class Perimetre:
    """Where one right holds. Empty everywhere = sees nothing; there is no value that means « everything ».

    An empty SIREN or an absent portefeuille is dropped: a row of nobody has these values, and must match nobody.
    `couples`: (SIREN or SIRET of a client, SIREN of a provider): the client's rows that name that provider, and no other.
    """

    sirens: frozenset[str] = frozenset()
    sirets: frozenset[str] = frozenset()
    prestataires: frozenset[str] = frozenset()
    portefeuilles: frozenset[UUID] = field(default_factory=frozenset)
    couples: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        for nom in ("sirens", "sirets", "prestataires", "portefeuilles"):
            object.__setattr__(self, nom, frozenset(valeur for valeur in getattr(self, nom) if valeur))
        object.__setattr__(self, "couples", frozenset(couple for couple in self.couples if all(couple)))

    def couvre(self, portee: Portee) -> bool:
        """Whether a row of that portée is inside."""
        return (
            portee.siren in self.sirens
            or portee.siret in self.sirets
            or portee.prestataire_siren in self.prestataires
            or portee.portefeuille_id in self.portefeuilles
            or self.accouple(portee)
        )

    def sauf(self, autre: "Perimetre") -> "Perimetre":
        """What the other one does not name."""
        return Perimetre(**{f.name: getattr(self, f.name) - getattr(autre, f.name) for f in fields(self)})

    def accouple(self, portee: Portee) -> bool:
        """Whether that row is inside by its company and the provider that it names together."""
        nomme = portee.prestataire_nomme or portee.prestataire_siren
        return (portee.siren, nomme) in self.couples or (portee.siret, nomme) in self.couples

    def couples_par_prestataire(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """Provider -> the SIREN, then the SIRET, of the clients whose rows are seen when they name it."""
        return {
            prestataire: (
                frozenset(lieu for lieu, p in self.couples if p == prestataire and len(lieu) == LONGUEUR_SIREN),
                frozenset(lieu for lieu, p in self.couples if p == prestataire and len(lieu) != LONGUEUR_SIREN),
            )
            for prestataire in sorted({p for _, p in self.couples})
        }

    def __bool__(self) -> bool:
        return bool(self.sirens or self.sirets or self.prestataires or self.portefeuilles or self.couples)


class Acteur(Protocol):
    """A person, an API key or the system, with rights read for this request."""

    @property
    def identite(self) -> UUID | None:
        """Id of the person or key; None for the system."""

    @property
    def libelle(self) -> str:
        """Name written in the journal and shown in histories."""

    def perimetre(self, droit: Droit) -> Perimetre:
        """Where the actor holds at least that level in that domain, OPCO portefeuilles included for LECTURE.

        Without a dispositif, the whole family alone: who is limited to one dispositif has nothing by it.
        """

    def dispositifs_restreints(self, domaine: Domaine) -> frozenset[str]:
        """Codes of the dispositifs for which the actor holds, somewhere, a right limited to that one."""

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


class GenreTache(StrEnum):
    """What a task asks of a company, a provider or a cabinet. Those of the OPCO are told apart by their `rubrique`."""

    BROUILLON = "brouillon"
    SIGNATURE = "signature"
    DEPOT = "depot"
    PIECE = "piece"
    COMPLEMENT = "complement"
    MESSAGE = "message"
    RUPTURE = "rupture"
    CERTIFICAT = "certificat"
    ECHEANCE = "echeance"
    FACTURE_REJETEE = "facture_rejetee"
    ACCES = "acces"
    MANDAT = "mandat"
    RIB = "rib"
    AUTRE = "autre"


@dataclass(frozen=True, slots=True)
class Tache:
    """One line of « À faire », derived by query, never stored. `nom_url` and `parametres` are resolved by web; `ancre`: the box or the
    button on that page. `siret`: the establishment concerned, when there is one.
    """

    titre: str
    detail: str
    action: str
    nom_url: str
    parametres: tuple[tuple[str, str], ...]
    icone: str = "list-checks"
    echeance: date | None = None
    rubrique: str = "dossiers"
    genre: GenreTache = GenreTache.AUTRE
    siret: str = ""
    ancre: str = ""
