"""What is told about a request; and, for the apps above, whom an event hung on a request concerns."""

from datetime import datetime
from uuid import UUID

from jalon.courriers.messages import Destinataire
from jalon.dossiers.courriels import destinataires_de_la_relance, destinataires_du_message
from jalon.dossiers.models import Dossier
from jalon.habilitations.notifications import concernes
from jalon.habilitations.requetes.visibilite import qui_agit_sur
from jalon.journal.models import Evenement
from jalon.messagerie.enums import Cote
from jalon.notifications.annonces import Annonce, Concerne, Sujet
from jalon.notifications.enums import Genre
from jalon.socle.dates import jour_de_paris

PAGE, PAGE_OPCO = "espace_dossier", "opco_dossier"


def dossier_de(evenement: Evenement) -> Dossier | None:
    """The request on which an event hangs; None once it is gone."""
    dossiers = Dossier.objects.tous("dossier dont un événement est annoncé à qui le voit")
    trouve: Dossier | None = dossiers.filter(pk=evenement.objet_id).defer("reponses", "contenu", "recherche").first()
    return trouve


def nom_de(dossier: Dossier) -> str:
    """« dossier n° 2611CA000318 »; a draft has no number, and its title may name somebody."""
    if dossier.est_brouillon:
        return f"brouillon du {jour_de_paris(dossier.cree_le):%d/%m/%Y}"
    return f"dossier n°\u00a0{dossier.numero}"


def sujet_du_dossier(evenement: Evenement, maintenant: datetime) -> Sujet | None:
    """To who sees the event in the organisations, now."""
    dossier = dossier_de(evenement)
    if dossier is None:
        return None
    portee = evenement.portee
    gens = qui_agit_sur(portee, maintenant, dossier.dispositif)
    return _sujet(evenement, dossier, concernes(gens, portee))


def _sujet(evenement: Evenement, dossier: Dossier, personnes: tuple[Concerne, ...]) -> Sujet:
    return Sujet(
        reference=nom_de(dossier),
        personnes=personnes,
        parametres={"dossier_id": str(dossier.pk)},
        portee=evenement.portee,
        dispositif=dossier.dispositif,
    )


def _message(evenement: Evenement, maintenant: datetime) -> Sujet | None:
    """To those who answer: as the e-mail of the same message."""
    dossier, de, avec = dossier_de(evenement), evenement.details.get("de"), evenement.details.get("avec")
    if dossier is None or de is None or avec is None:
        return None
    gens = destinataires_du_message(dossier, Cote(de), Cote(avec), maintenant)
    lieu = "" if Cote(de) != Cote.OPCO else dossier.prestataire_siren if Cote(avec) == Cote.PRESTATAIRE else dossier.siren
    return _sujet(evenement, dossier, _joints(gens, lieu))


def _relance(evenement: Evenement, maintenant: datetime) -> Sujet | None:
    """To who answers for the OPCO."""
    dossier, fil = dossier_de(evenement), evenement.details.get("fil")
    if dossier is None or fil is None:
        return None
    return _sujet(evenement, dossier, _joints(destinataires_de_la_relance(dossier, UUID(fil), maintenant), ""))


def _joints(gens: list[Destinataire], lieu: str) -> tuple[Concerne, ...]:
    return tuple(Concerne(d.personne_id, lieu) for d in gens if d.personne_id is not None)


ANNONCES = (
    Annonce(
        code="dossier.transmis",
        genre=Genre.DOSSIER_TRANSMIS,
        phrase="Le {reference} est transmis à l’OPCO.",
        page=PAGE,
        lire=sujet_du_dossier,
        courriels=("dossiers.accuse",),
    ),
    Annonce(
        code="piece.refusee",
        genre=Genre.PIECE_REFUSEE,
        phrase="Une pièce du {reference} est refusée par l’antivirus\u00a0: déposez-la de nouveau.",
        page=PAGE,
        lire=sujet_du_dossier,
    ),
    Annonce(
        code="message.ecrit",
        genre=Genre.MESSAGE_RECU,
        phrase="Un message vous attend dans le {reference}.",
        page=PAGE,
        page_opco=PAGE_OPCO,
        lire=_message,
        courriels=("dossiers.message",),
    ),
    Annonce(
        code="message.relance",
        genre=Genre.RELANCE_RECUE,
        phrase="Une réponse est attendue dans le {reference}.",
        page=PAGE,
        page_opco=PAGE_OPCO,
        lire=_relance,
        courriels=("dossiers.relance",),
    ),
)
