"""What people write about, and how far the answer is."""

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
