"""What is told about bank details: never an IBAN."""

from datetime import datetime

from jalon.habilitations.notifications import concernes, nom_du_lieu
from jalon.habilitations.requetes.visibilite import qui_agit_sur
from jalon.journal.models import Evenement
from jalon.notifications.annonces import Annonce, Sujet
from jalon.notifications.enums import Genre


def _sujet(evenement: Evenement, maintenant: datetime) -> Sujet:
    portee = evenement.portee
    return Sujet(
        reference=nom_du_lieu(portee.siren or portee.prestataire_siren),
        personnes=concernes(qui_agit_sur(portee, maintenant), portee),
        portee=portee,
    )


ANNONCES = (
    Annonce(
        code="banque.ajout",
        genre=Genre.RIB_AJOUTE,
        phrase="Des coordonnées bancaires sont ajoutées pour {reference}.",
        page="espace_rib",
        lire=_sujet,
        courriels=("banque.changement",),
    ),
    Annonce(
        code="banque.gel",
        genre=Genre.RIB_GELE,
        phrase="Des coordonnées bancaires sont gelées pour {reference}.",
        page="espace_rib",
        lire=_sujet,
        courriels=("banque.gel", "banque.gel_signale"),
    ),
)
