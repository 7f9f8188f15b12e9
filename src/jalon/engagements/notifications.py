"""What is told of an agreement: once its document is there, with which its own e-mail leaves."""

from jalon.dossiers.notifications import PAGE, sujet_du_dossier
from jalon.notifications.annonces import Annonce
from jalon.notifications.enums import Genre

ANNONCES = (
    Annonce(
        code="engagement.accord_produit",
        genre=Genre.DOSSIER_ACCORDE,
        phrase="La demande du {reference} est accordée\u00a0: l’accord de prise en charge est disponible.",
        page=PAGE,
        lire=sujet_du_dossier,
        courriels=(
            "engagements.accord_entreprise",
            "engagements.accord_prestataire",
            "engagements.accord_revu_entreprise",
            "engagements.accord_revu_prestataire",
        ),
    ),
)
