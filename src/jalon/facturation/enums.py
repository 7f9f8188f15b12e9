"""States, kinds and reasons of invoices."""

from enum import StrEnum

from jalon.dossiers.enums import EtatDossier

FACTURABLES = (EtatDossier.ACCORDE, EtatDossier.ROMPU)
"""States of a request paid by a schedule that may be invoiced: a broken contract is, for what was done (R6332-25)."""


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
