"""States and kinds of the life of a request."""

from enum import StrEnum


class EtatDossier(StrEnum):
    """Where a request stands. « En exécution » is not stored: it is how an ACCORDE that has begun is shown."""

    BROUILLON = "brouillon"
    TRANSMIS = "transmis"
    EN_INSTRUCTION = "en_instruction"
    A_COMPLETER = "a_completer"
    ACCORDE = "accorde"
    REFUSE = "refuse"
    SOLDE = "solde"
    ANNULE = "annule"
    ROMPU = "rompu"


PAYABLES = frozenset({EtatDossier.ACCORDE, EtatDossier.ROMPU})
"""Granted, and not closed: what was done of a broken contract is still invoiced and paid."""

EN_EXECUTION = "en_execution"
"""Shown state of an ACCORDE whose training has begun; also a value of the filter of lists."""

REFUS_IMPLICITE, ACCEPTATION_IMPLICITE = "refus_implicite", "acceptation_implicite"
"""Shown states of a request that the OPCO did not decide in time, where the law makes something of its silence."""

LIBELLES_ETATS: dict[str, str] = {
    EtatDossier.BROUILLON: "Brouillon",
    EtatDossier.TRANSMIS: "Transmis",
    EtatDossier.EN_INSTRUCTION: "En instruction",
    EtatDossier.A_COMPLETER: "À compléter",
    EtatDossier.ACCORDE: "Accordé",
    EN_EXECUTION: "En exécution",
    EtatDossier.REFUSE: "Refusé",
    EtatDossier.SOLDE: "Soldé",
    EtatDossier.ANNULE: "Annulé",
    EtatDossier.ROMPU: "Rompu",
}
LIBELLES_DU_SILENCE = {REFUS_IMPLICITE: "Refus implicite", ACCEPTATION_IMPLICITE: "Acceptation implicite"}


class EtatPiece(StrEnum):
    """Of a document attached to a request. A replaced version is kept."""

    DEPOSEE = "deposee"
    A_REMPLACER = "a_remplacer"
    REMPLACEE = "remplacee"


class EtatComplement(StrEnum):
    """Of a demand for a complement. REPONDU, RETIRE and SANS_SUITE are stored once it ended; the others are derived when read."""

    DEMANDE = "demande"
    EN_COURS = "en_cours"
    EXPIRE = "expire"
    REPONDU = "repondu"
    RETIRE = "retire"
    SANS_SUITE = "sans_suite"


ISSUES = (EtatComplement.REPONDU, EtatComplement.RETIRE, EtatComplement.SANS_SUITE)
"""How a demand ends: answered, taken back by the OPCO, or closed with the request (refused, cancelled)."""

LIBELLES_COMPLEMENTS: dict[str, str] = {
    EtatComplement.DEMANDE: "Demandé",
    EtatComplement.EN_COURS: "En cours",
    EtatComplement.EXPIRE: "Échéance passée",
    EtatComplement.REPONDU: "Répondu",
    EtatComplement.RETIRE: "Retiré",
    EtatComplement.SANS_SUITE: "Sans suite",
}


class Partie(StrEnum):
    """Who must act."""

    PERSONNE = ""
    ENTREPRISE = "entreprise"
    OPCO = "opco"
    PRESTATAIRE = "prestataire"


class MotifVersion(StrEnum):
    """Why a version of the content exists."""

    TRANSMISSION = "transmission"
    COMPLEMENT = "complement"
    AVENANT = "avenant"
    MISE_A_JOUR = "mise_a_jour"


class EtatModification(StrEnum):
    """Of a change that the company asks the OPCO for."""

    DEMANDEE = "demandee"
    ACCEPTEE = "acceptee"
    REFUSEE = "refusee"
    RETIREE = "retiree"


LIBELLES_MODIFICATIONS: dict[str, str] = {
    EtatModification.DEMANDEE: "Demandée",
    EtatModification.ACCEPTEE: "Acceptée",
    EtatModification.REFUSEE: "Refusée",
    EtatModification.RETIREE: "Retirée",
}


class GenreOperation(StrEnum):
    """What is done to many requests at once. COMPLET: one request as one PDF with its documents."""

    SUPPRIMER = "supprimer"
    PIECES = "pieces"
    ATTRIBUER = "attribuer"
    COMPLET = "complet"


class EtatOperation(StrEnum):
    """DEMANDEE waits for a worker; ARRETEE: the account of who asked was closed or cut; EXPIREE: its file is erased."""

    DEMANDEE = "demandee"
    EN_COURS = "en_cours"
    TERMINEE = "terminee"
    ARRETEE = "arretee"
    EXPIREE = "expiree"
