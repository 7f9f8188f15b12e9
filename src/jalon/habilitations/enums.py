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
    REPRISE = "reprise"


class NatureDecision(StrEnum):
    """What two people of the OPCO decide together about the access to an organisation."""

    RECUPERATION = "recuperation"
    FIN_D_ACCES = "fin_d_acces"
    SUCCESSION = "succession"
    TRANSFERT = "transfert"


class EtatDecision(StrEnum):
    """A proposal lapses after 30 days: derived. ECARTEE by its author or by the second person."""

    PROPOSEE = "proposee"
    CONFIRMEE = "confirmee"
    ECARTEE = "ecartee"


class EtatPreparation(StrEnum):
    """Rights prepared in a file: they wait for two people of the OPCO, are applied by a job, or are set aside.

    Waiting for more than 30 days lapses: derived.
    """

    EN_ATTENTE = "en_attente"
    SIGNEE = "signee"
    APPLIQUEE = "appliquee"
    ECARTEE = "ecartee"


class EtatOrganisationPreparee(StrEnum):
    """One side of one SIREN in a preparation: applied whole, or not at all."""

    EN_ATTENTE = "en_attente"
    APPLIQUEE = "appliquee"
    REFUSEE = "refusee"


class Etendue(StrEnum):
    """The whole SIREN (its SIRET, present and future), one SIRET, or a group of SIRET as it stands at each request."""

    SIREN = "siren"
    SIRET = "siret"
    GROUPE = "groupe"


class Attente(StrEnum):
    """Why a right given is not in force yet. The three that wait stand beside the lower right that they will outdo.

    DATE: the day asked has not come. SECONDE_VOIX: a wide right, in force after 24 hours or as soon as a second
    administrator confirms it. VERIFICATION: given in a burst, in force for nobody until somebody else confirms it.
    """

    AUCUNE = ""
    DATE = "date"
    SECONDE_VOIX = "seconde_voix"
    VERIFICATION = "verification"


class OrigineDemande(StrEnum):
    """What stands behind a request of access: a right code, or a name alone, which only an administrator can judge."""

    CODE = "code"
    SANS_CODE = "sans_code"


class JeuDeDroits(StrEnum):
    """A ready-made set of rights: what an invitation gives, what a request asks."""

    GESTIONNAIRE_RH = "gestionnaire_rh"
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
    """Why the head office is written to: a right use of its code, a second factor that is about to be replaced, or a provider
    that acts for it under a convention where nobody administers the space.
    """

    ADMINISTRATEUR_NOMME = "administrateur_nomme"
    DEMANDE_RECUE = "demande_recue"
    SECOND_FACTEUR = "second_facteur"
    CONVENTION_DECLAREE = "convention_declaree"


class EtatPerte(StrEnum):
    """A lost second factor: asked for, confirmed by a first person of the OPCO, then replaced by a second one, or not."""

    DEMANDEE = "demandee"
    CONFIRMEE = "confirmee"
    REMPLACEE = "remplacee"
    REFUSEE = "refusee"
    ANNULEE = "annulee"


class Role(StrEnum):
    """What somebody does at the OPCO."""

    AEF = "aef"
    CONSEILLER = "conseiller"
    GESTIONNAIRE = "gestionnaire"
    COMPTABLE = "comptable"
    RESPONSABLE_FINANCIER = "responsable_financier"
    ADMINISTRATEUR_OPCO = "administrateur_opco"


LIBELLES_DECISIONS = {
    NatureDecision.RECUPERATION: "Nommer un administrateur par un nouveau courrier",
    NatureDecision.FIN_D_ACCES: "Mettre fin à l’accès d’une personne",
    NatureDecision.SUCCESSION: "Confier l’espace à l’entreprise qui succède",
    NatureDecision.TRANSFERT: "Ouvrir un établissement à l’entreprise qui l’a repris",
}


class CoteDuMandat(StrEnum):
    """Who ended a mandate; OPCO: only a convention; TERME: a new one took its place, its last day passed or near."""

    CLIENT = "client"
    MANDATAIRE = "mandataire"
    OPCO = "opco"
    TERME = "terme"


class OrigineMandat(StrEnum):
    """CLIENT: its administrator gave it. CONVENTION: written in the convention that it signed, and declared by the provider."""

    CLIENT = "client"
    CONVENTION = "convention"


class FinDeVue(StrEnum):
    """Why somebody stopped looking at a space as a colleague."""

    QUITTEE = "quittee"
    DELAI = "delai"
    DECONNEXION = "deconnexion"
    DROIT_PERDU = "droit_perdu"


LIBELLES_FINS_DE_VUE = {
    FinDeVue.QUITTEE: "vue quittée",
    FinDeVue.DELAI: "15\u00a0minutes passées",
    FinDeVue.DECONNEXION: "déconnexion",
    FinDeVue.DROIT_PERDU: "accès retiré ou modifié",
}


LIBELLES_ROLES = {
    Role.AEF: "Assistante ou assistant emploi formation",
    Role.CONSEILLER: "Conseil",
    Role.GESTIONNAIRE: "Gestion des dossiers",
    Role.COMPTABLE: "Comptabilité",
    Role.RESPONSABLE_FINANCIER: "Responsabilité financière",
    Role.ADMINISTRATEUR_OPCO: "Administration de l’OPCO",
}
