"""What is told of the decisions of the OPCO."""

from jalon.dossiers.notifications import PAGE, sujet_du_dossier
from jalon.notifications.annonces import Annonce
from jalon.notifications.enums import Genre

ANNONCES = (
    Annonce(
        code="dossier.complement_demande",
        genre=Genre.DOSSIER_A_COMPLETER,
        phrase="L’OPCO demande de compléter le {reference}.",
        page=PAGE,
        lire=sujet_du_dossier,
        courriels=("instruction.complement_demande",),
    ),
    Annonce(
        code="dossier.refuse",
        genre=Genre.DOSSIER_REFUSE,
        phrase="La demande du {reference} est refusée.",
        page=PAGE,
        lire=sujet_du_dossier,
        courriels=("instruction.refus",),
    ),
)
