"""Kinds of notification, and the ways in which somebody may be told of them."""

from enum import StrEnum


class Genre(StrEnum):
    """What a notification is about: a line of the preferences."""

    DOSSIER_TRANSMIS = "dossier_transmis"
    DOSSIER_ACCORDE = "dossier_accorde"
    DOSSIER_REFUSE = "dossier_refuse"
    DOSSIER_A_COMPLETER = "dossier_a_completer"
    MESSAGE_RECU = "message_recu"
    RELANCE_RECUE = "relance_recue"
    PIECE_REFUSEE = "piece_refusee"
    FACTURE_REJETEE = "facture_rejetee"
    FACTURE_PAYEE = "facture_payee"
    ACCES_DEMANDE = "acces_demande"
    ACCES_DONNE = "acces_donne"
    ACCES_RETIRE = "acces_retire"
    RIB_AJOUTE = "rib_ajoute"
    RIB_GELE = "rib_gele"
    MANDAT_BIENTOT_FINI = "mandat_bientot_fini"
    EXPORT_PRET = "export_pret"
    ALERTE_VUE = "alerte_vue"


class Canal(StrEnum):
    """How: not at all, in the portal, in the portal and in the digest of the day, in the portal and by an e-mail at once."""

    AUCUN = "aucun"
    PORTAIL = "portail"
    RECAPITULATIF = "recapitulatif"
    IMMEDIAT = "immediat"


LIBELLES_CANAUX = {
    Canal.AUCUN: "Ne pas m’en informer",
    Canal.PORTAIL: "Dans le portail",
    Canal.RECAPITULATIF: "Dans le portail et le courriel du jour",
    Canal.IMMEDIAT: "Dans le portail et par courriel, tout de suite",
}
LIBELLES_GENRES = {
    Genre.DOSSIER_TRANSMIS: "Dossier transmis à l’OPCO",
    Genre.DOSSIER_ACCORDE: "Demande accordée",
    Genre.DOSSIER_REFUSE: "Demande refusée",
    Genre.DOSSIER_A_COMPLETER: "Complément demandé",
    Genre.MESSAGE_RECU: "Message reçu",
    Genre.RELANCE_RECUE: "Relance reçue",
    Genre.PIECE_REFUSEE: "Pièce refusée par l’antivirus",
    Genre.FACTURE_REJETEE: "Facture rejetée",
    Genre.FACTURE_PAYEE: "Facture payée",
    Genre.ACCES_DEMANDE: "Accès demandé",
    Genre.ACCES_DONNE: "Accès donné ou modifié",
    Genre.ACCES_RETIRE: "Accès retiré",
    Genre.RIB_AJOUTE: "Coordonnées bancaires ajoutées",
    Genre.RIB_GELE: "Coordonnées bancaires gelées",
    Genre.MANDAT_BIENTOT_FINI: "Mandat proche de sa fin",
    Genre.EXPORT_PRET: "Export prêt",
    Genre.ALERTE_VUE: "Du nouveau dans un accès rapide suivi",
}
