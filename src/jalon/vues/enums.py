"""Icons of a quick access, who ready-made ones are for, how often tasks are told by e-mail."""

from dataclasses import dataclass
from enum import StrEnum

from jalon.socle.acteurs import GenreTache


@dataclass(frozen=True, slots=True)
class IconeProposee:
    """An icon of the closed set, and its name in words."""

    icone: str
    libelle: str


ICONES = (
    IconeProposee(icone="star", libelle="Étoile"),
    IconeProposee(icone="folder-open", libelle="Dossier"),
    IconeProposee(icone="file-pen", libelle="Brouillon"),
    IconeProposee(icone="receipt-text", libelle="Facture"),
    IconeProposee(icone="banknote", libelle="Règlement"),
    IconeProposee(icone="triangle-alert", libelle="Alerte"),
    IconeProposee(icone="hourglass", libelle="Attente"),
    IconeProposee(icone="calendar", libelle="Calendrier"),
    IconeProposee(icone="building-2", libelle="Établissement"),
    IconeProposee(icone="user", libelle="Personne"),
    IconeProposee(icone="check", libelle="Accord"),
    IconeProposee(icone="x", libelle="Refus"),
)
NOMS_D_ICONES = frozenset(i.icone for i in ICONES)


class Public(StrEnum):
    """Whose home a ready-made quick access is on: a company, a provider, who acts for clients, the OPCO."""

    ENTREPRISE = "entreprise"
    PRESTATAIRE = "prestataire"
    CABINET = "cabinet"
    OPCO = "opco"


class Sens(StrEnum):
    """Where a quick access is moved."""

    HAUT = "haut"
    BAS = "bas"


class Rythme(StrEnum):
    """How often the tasks are told by e-mail; never, until somebody asks."""

    JAMAIS = "jamais"
    QUOTIDIEN = "quotidien"
    HEBDOMADAIRE = "hebdomadaire"


LIBELLES_RYTHMES = {
    Rythme.JAMAIS: "Jamais",
    Rythme.QUOTIDIEN: "Chaque jour ouvré",
    Rythme.HEBDOMADAIRE: "Chaque lundi",
}
LIBELLES_TACHES = {
    GenreTache.BROUILLON: "Brouillons à terminer",
    GenreTache.DEPOT: "Demandes à déposer dans les délais",
    GenreTache.SIGNATURE: "Formulaires à faire signer",
    GenreTache.PIECE: "Pièces à fournir",
    GenreTache.COMPLEMENT: "Compléments demandés",
    GenreTache.MESSAGE: "Messages de l’OPCO",
    GenreTache.RUPTURE: "Ruptures",
    GenreTache.CERTIFICAT: "Certificats de réalisation à envoyer",
    GenreTache.ECHEANCE: "Échéances à facturer",
    GenreTache.FACTURE_REJETEE: "Factures à corriger",
    GenreTache.ACCES: "Accès",
    GenreTache.MANDAT: "Mandats",
    GenreTache.RIB: "Coordonnées bancaires",
    GenreTache.AUTRE: "Autres",
}
