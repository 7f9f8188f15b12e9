"""What people write about, how far the answer is, and what the OPCO says of the portal itself."""

from enum import StrEnum


class ObjetTicket(StrEnum):
    """Subjects of the contact form."""

    CODE_NON_RECU = "code_non_recu"
    CODE_REFUSE = "code_refuse"
    CODE_EXPIRE = "code_expire"
    CONNEXION = "connexion"
    ACCES = "acces"
    DOSSIER = "dossier"
    FACTURE = "facture"
    COORDONNEES_BANCAIRES = "coordonnees_bancaires"
    ACCESSIBILITE = "accessibilite"
    AUTRE = "autre"


class DemiJournee(StrEnum):
    """When somebody wishes to be called back."""

    MATIN = "matin"
    APRES_MIDI = "apres-midi"


class EtatTicket(StrEnum):
    """OUVERT waits for us; REPONDU waits for nothing but may be answered again; CLOS is over."""

    OUVERT = "ouvert"
    REPONDU = "repondu"
    CLOS = "clos"


class NiveauEtat(StrEnum):
    """How grave a message of state is; in that order on a page."""

    PERTURBATION = "perturbation"
    MAINTENANCE = "maintenance"
    INFORMATION = "information"


class PublicEtat(StrEnum):
    """Whose pages show a message of state. COMMUNES: those of nobody's space: sign-in, help, account, seen by visitors too."""

    ENTREPRISES = "entreprises"
    PRESTATAIRES = "prestataires"
    CABINETS = "cabinets"
    OPCO = "opco"
    COMMUNES = "communes"


LIBELLES_OBJETS = {
    ObjetTicket.CODE_NON_RECU: "Je n’ai pas reçu mon code d’activation",
    ObjetTicket.CODE_REFUSE: "Mon code d’activation est refusé",
    ObjetTicket.CODE_EXPIRE: "Mon code d’activation a expiré",
    ObjetTicket.CONNEXION: "Je n’arrive pas à me connecter",
    ObjetTicket.ACCES: "Je demande de l’aide sur les droits d’accès",
    ObjetTicket.DOSSIER: "J’ai une question sur un dossier",
    ObjetTicket.FACTURE: "J’ai une question sur une facture ou un règlement",
    ObjetTicket.COORDONNEES_BANCAIRES: "J’ai une question sur des coordonnées bancaires",
    ObjetTicket.ACCESSIBILITE: "Une page ne m’est pas accessible",
    ObjetTicket.AUTRE: "Autre sujet",
}
LIBELLES_DEMI_JOURNEES = {DemiJournee.MATIN: "Le matin", DemiJournee.APRES_MIDI: "L’après-midi"}
LIBELLES_ETATS = {EtatTicket.OUVERT: "À traiter", EtatTicket.REPONDU: "Répondu", EtatTicket.CLOS: "Clos"}
LIBELLES_NIVEAUX_ETAT = {
    NiveauEtat.PERTURBATION: "Perturbation",
    NiveauEtat.MAINTENANCE: "Maintenance",
    NiveauEtat.INFORMATION: "Information",
}
LIBELLES_PUBLICS = {
    PublicEtat.ENTREPRISES: "Entreprises",
    PublicEtat.PRESTATAIRES: "Prestataires et CFA",
    PublicEtat.CABINETS: "Cabinets comptables",
    PublicEtat.OPCO: "OPCO",
    PublicEtat.COMMUNES: "Pages publiques et comptes",
}
