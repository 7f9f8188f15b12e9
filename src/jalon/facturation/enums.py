"""States, kinds and reasons of invoices."""

from enum import StrEnum


class EtatFacture(StrEnum):
    """REJETEE also holds what its sender withdrew: it is sent again under a new line, never edited."""

    TRANSMISE = "transmise"
    ACCEPTEE = "acceptee"
    REJETEE = "rejetee"
    EN_PAIEMENT = "en_paiement"
    REGLEE = "reglee"


class GenreFacture(StrEnum):
    """What proves the expense: the provider's invoice, or the employer's statement of wages and annex costs."""

    FACTURE = "facture"
    ETAT_DEPENSES = "etat_depenses"


class MotifRejet(StrEnum):
    """Why an invoice is refused, or withdrawn by its sender."""

    CERTIFICAT_INCOMPLET = "certificat_incomplet"
    SERVICE_NON_FAIT = "service_non_fait"
    MONTANT = "montant"
    MENTIONS = "mentions"
    DOUBLON = "doublon"
    HORS_ACCORD = "hors_accord"
    AUTRE = "autre"
    ANNULEE_EMETTEUR = "annulee_emetteur"


class EtatEcheance(StrEnum):
    """Where a payment of a schedule stands, on a given day."""

    A_VENIR = "a_venir"
    OUVERTE = "ouverte"
    FACTUREE = "facturee"
    REGLEE = "reglee"
    PERDUE = "perdue"
    SANS_VERSEMENT = "sans_versement"


class NatureAction(StrEnum):
    """Boxes of the ministry's certificat de réalisation."""

    ACTION_FORMATION = "action_formation"
    BILAN_COMPETENCES = "bilan_competences"
    VAE = "vae"
    APPRENTISSAGE = "apprentissage"


class PosteVerse(StrEnum):
    """A part of an agreement on which what is paid is counted: the payments of its schedule and its annex costs, or, without a schedule,
    the invoices of the training and the company's expenses."""

    ECHEANCES = "echeances"
    ANNEXES = "annexes"
    FACTURE = "facture"
    DEPENSES = "depenses"


class EtatTropPercu(StrEnum):
    """Where what was paid in excess stands. SANS_OBJET: counted again, it is due after all."""

    A_RECLAMER = "a_reclamer"
    RECLAME = "reclame"
    RECOUVRE = "recouvre"
    ABANDONNE = "abandonne"
    SANS_OBJET = "sans_objet"


LIBELLES_ETATS: dict[str, str] = {
    EtatFacture.TRANSMISE: "Transmise",
    EtatFacture.ACCEPTEE: "Acceptée",
    EtatFacture.REJETEE: "Rejetée",
    EtatFacture.EN_PAIEMENT: "En paiement",
    EtatFacture.REGLEE: "Réglée",
}
LIBELLES_ECHEANCES: dict[str, str] = {
    EtatEcheance.A_VENIR: "À venir",
    EtatEcheance.OUVERTE: "Ouverte",
    EtatEcheance.FACTUREE: "Facturée",
    EtatEcheance.REGLEE: "Réglée",
    EtatEcheance.PERDUE: "Perdue",
    EtatEcheance.SANS_VERSEMENT: "Rien à verser",
}
LIBELLES_GENRES = {
    GenreFacture.FACTURE: "Facture de l’organisme",
    GenreFacture.ETAT_DEPENSES: "État des dépenses de l’entreprise",
}
LIBELLES_MOTIFS = {
    MotifRejet.CERTIFICAT_INCOMPLET: "Certificat de réalisation incomplet",
    MotifRejet.SERVICE_NON_FAIT: "Formation non réalisée, ou en partie seulement",
    MotifRejet.MONTANT: "Montant différent de l’accord",
    MotifRejet.MENTIONS: "Mentions obligatoires absentes de la facture",
    MotifRejet.DOUBLON: "Facture déjà reçue",
    MotifRejet.HORS_ACCORD: "Dépense hors de l’accord de prise en charge",
    MotifRejet.AUTRE: "Autre motif",
    MotifRejet.ANNULEE_EMETTEUR: "Annulée par son émetteur",
}
LIBELLES_NATURES = {
    NatureAction.ACTION_FORMATION: "Action de formation",
    NatureAction.BILAN_COMPETENCES: "Bilan de compétences",
    NatureAction.VAE: "Action de VAE",
    NatureAction.APPRENTISSAGE: "Action de formation par apprentissage",
}
LIBELLES_POSTES = {
    PosteVerse.ECHEANCES: "Échéances du CFA",
    PosteVerse.ANNEXES: "Frais annexes du CFA",
    PosteVerse.FACTURE: "Formation",
    PosteVerse.DEPENSES: "Dépenses de l’entreprise",
}
LIBELLES_TROP_PERCUS: dict[str, str] = {
    EtatTropPercu.A_RECLAMER: "À réclamer",
    EtatTropPercu.RECLAME: "Réclamé",
    EtatTropPercu.RECOUVRE: "Recouvré",
    EtatTropPercu.ABANDONNE: "Abandonné",
    EtatTropPercu.SANS_OBJET: "Sans objet",
}
TROP_PERCUS_OUVERTS = (EtatTropPercu.A_RECLAMER.value, EtatTropPercu.RECLAME.value)
