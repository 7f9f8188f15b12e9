"""States, reasons and kinds of the rights."""

from enum import StrEnum


class EtatRattachement(StrEnum):
    """INVITE waits for a verified address; only ACTIF gives rights; RETIRE is kept for the history."""

    INVITE = "invite"
    ACTIF = "actif"
    RETIRE = "retire"


class OrigineRattachement(StrEnum):
    """How somebody came in."""

    CODE = "code"
    INVITATION = "invitation"
    DEMANDE = "demande"


class Etendue(StrEnum):
    """The whole SIREN (its SIRET, present and future), or one SIRET."""

    SIREN = "siren"
    SIRET = "siret"


class OrigineDemande(StrEnum):
    """What stands behind a request of access: a right code, or a name alone, which only an administrator can judge."""

    CODE = "code"
    SANS_CODE = "sans_code"


class JeuDeDroits(StrEnum):
    """A ready-made set of rights: what an invitation gives, what a request asks."""

    SAISIE = "saisie"
    LECTURE = "lecture"
    COMPTABILITE = "comptabilite"
    ADMINISTRATION = "administration"


class EtatDemande(StrEnum):
    """A request of access. Lapsing after 30 days is derived; EXPIREE is written when a newer request takes its place.

    RETIREE by the person herself.
    """

    EN_ATTENTE = "en_attente"
    ACCORDEE = "accordee"
    REFUSEE = "refusee"
    EXPIREE = "expiree"
    RETIREE = "retiree"


class EtatCode(StrEnum):
    """REMPLACE by a newer letter; ABANDONNE when the PDF was deleted before anybody downloaded it; TERMINE by somebody, with
    a reason, or because its letter came back.
    """

    ACTIF = "actif"
    REMPLACE = "remplace"
    ABANDONNE = "abandonne"
    TERMINE = "termine"


class EtatSuivi(StrEnum):
    """Where a code stands for who follows it. Derived, never stored."""

    DEMANDEE = "demandee"
    ECARTEE = "ecartee"
    COMMANDEE = "commandee"
    IMPRIMEE = "imprimee"
    POSTEE = "postee"
    REVENUE = "revenue"
    UTILISE = "utilise"
    EXPIRE = "expire"
    REMPLACE = "remplace"
    ABANDONNE = "abandonne"
    TERMINE = "termine"


class EtatCommande(StrEnum):
    """Life of an order of letters. EFFACEE: the PDF was deleted seven days after it was ready."""

    EN_PREPARATION = "en_preparation"
    PRETE = "prete"
    SANS_LETTRE = "sans_lettre"
    IMPRIMEE = "imprimee"
    EFFACEE = "effacee"


class EtatLettre(StrEnum):
    """A letter waits for an address, then for the batch; COMPOSEE has a page."""

    ADRESSE_A_COMPLETER = "adresse_a_completer"
    A_COMPOSER = "a_composer"
    COMPOSEE = "composee"


class NatureAvis(StrEnum):
    """Why the head office is written to after a right use of its code."""

    ADMINISTRATEUR_NOMME = "administrateur_nomme"
    DEMANDE_RECUE = "demande_recue"


class Role(StrEnum):
    """What somebody does at the OPCO."""

    AEF = "aef"
    CONSEILLER = "conseiller"
    GESTIONNAIRE = "gestionnaire"
    COMPTABLE = "comptable"
    RESPONSABLE_FINANCIER = "responsable_financier"
    ADMINISTRATEUR_OPCO = "administrateur_opco"


class VerbeApi(StrEnum):
    """What a key of the API may do."""

    DOSSIERS_LIRE = "dossiers.lire"


LIBELLES_ROLES = {
    Role.AEF: "Assistante ou assistant emploi formation",
    Role.CONSEILLER: "Conseil",
    Role.GESTIONNAIRE: "Gestion des dossiers",
    Role.COMPTABLE: "Comptabilité",
    Role.RESPONSABLE_FINANCIER: "Responsabilité financière",
    Role.ADMINISTRATEUR_OPCO: "Administration de l’OPCO",
}
LIBELLES_JEUX = {
    JeuDeDroits.SAISIE: "Gestion des ressources humaines\u00a0: saisit et envoie les dossiers",
    JeuDeDroits.LECTURE: "Lecture\u00a0: consulte dossiers, factures et règlements",
    JeuDeDroits.COMPTABILITE: "Comptabilité\u00a0: consulte les dossiers, envoie les factures, suit les règlements",
    JeuDeDroits.ADMINISTRATION: "Administration\u00a0: tous les droits, sur toute l’entreprise",
}
