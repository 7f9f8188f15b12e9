"""Opening a ticket without an account, answering it, noting a call, closing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from jalon.aide.courriels import AccuseTicket, ReponseEnvoyee
from jalon.aide.enums import EtatTicket
from jalon.aide.horaires import ouverture
from jalon.aide.models import ReponseTicket, Ticket
from jalon.aide.regles import (
    PAR_ADRESSE_ELECTRONIQUE,
    PAR_ADRESSE_IP,
    Demande,
    Rappel,
    lire_demande,
    lire_page,
    lire_rappel,
    lire_reponse,
)
from jalon.aide.requetes import ticket_accessible, tickets_finis_avant
from jalon.courriers.actions import oublier_courriels_de, preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.codes import masquer_codes
from jalon.habilitations.essais import Limite, consommer
from jalon.journal.actions import noter
from jalon.journal.traces import masquer
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Domaine, Portee
from jalon.socle.chiffre import empreinte
from jalon.socle.dates import debut_du_jour, jour_de_paris, mois_avant
from jalon.socle.erreurs import SaisiesRefusees, TransitionImpossible, TropDEssais

VISITEUR = ActeurSysteme("formulaire de contact")


@dataclass(frozen=True, slots=True)
class Provenance:
    """The page that one comes from, by the name of its address; `espace`: the SIREN of the space, hers, of somebody signed in."""

    page: str = ""
    espace: str = ""


AILLEURS = Provenance()


def ouvrir_ticket(
    *,
    nom: str,
    email: str,
    siren: str,
    objet: str,
    message: str,
    telephone: str = "",
    rappel_le: date | None = None,
    rappel_moment: str = "",
    provenance: Provenance = AILLEURS,
    adresse_ip: str,
    maintenant: datetime,
) -> Ticket:
    """Open a ticket for the portefeuille of the SIREN (the default one without SIREN) and acknowledge it by e-mail.

    At most 10 a day from one IP address and 5 for one e-mail address, counted by keyed hashes before anything is
    written. Codes, NIR and IBAN pasted in the message are masked: nobody needs them to answer. A telephone, a day and a half-day
    go together: they ask for a call within the opening hours.

    Raises SaisiesRefusees (every box at once; costs no try), TropDEssais.
    """
    demande, rappel = _lire(
        lambda: lire_demande(nom=nom, email=email, siren=siren, objet=objet, message=message),
        lambda: lire_rappel(
            telephone=telephone, jour=rappel_le, moment=rappel_moment, maintenant=maintenant, ouverture=ouverture
        ),
    )
    _compter(adresse_ip, demande.email, maintenant)
    with transaction.atomic():
        ticket = Ticket(
            numero=_numero(maintenant),
            nom=_masquer(demande.nom),
            email=demande.email,
            siren_declare=demande.siren,
            objet=demande.objet,
            message=_masquer(demande.message),
            page=lire_page(provenance.page),
            espace=provenance.espace,
            telephone=rappel.telephone if rappel else "",
            rappel_le=rappel.jour if rappel else None,
            rappel_moment=rappel.moment if rappel else "",
            recu_le=maintenant,
        ).porter(
            Portee(
                portefeuille_id=portefeuille_de(demande.siren) if demande.siren else PORTEFEUILLE_PAR_DEFAUT,
                domaine=Domaine.ACCES,
            )
        )
        ticket.save(force_insert=True)
        noter("aide.ticket_recu", par=VISITEUR, portee=ticket.portee, objet=ticket, le=maintenant)
        preparer(AccuseTicket, ticket.id, [Destinataire(ticket.email)], le=maintenant)
    return ticket


def _lire(demande: Callable[[], Demande], rappel: Callable[[], Rappel | None]) -> tuple[Demande, Rappel | None]:
    """Both halves of the form. Raises SaisiesRefusees with the boxes of both."""
    champs: dict[str, str] = {}
    appel = None
    try:
        appel = rappel()
    except SaisiesRefusees as erreur:
        champs = erreur.champs
    try:
        lue = demande()
    except SaisiesRefusees as erreur:
        raise SaisiesRefusees({**erreur.champs, **champs}) from None
    if champs:
        raise SaisiesRefusees(champs)
    return lue, appel


def _masquer(texte: str) -> str:
    return masquer(masquer_codes(texte))


def _compter(adresse_ip: str, email: str, maintenant: datetime) -> None:
    limites = [
        Limite("contact-ip", empreinte(adresse_ip, "contact-ip"), PAR_ADRESSE_IP),
        Limite("contact-adresse", empreinte(email, "contact-adresse"), PAR_ADRESSE_ELECTRONIQUE),
    ]
    if consommer(limites, jour_de_paris(maintenant)) is not None:
        raise TropDEssais(
            "Nous avons déjà reçu plusieurs messages de votre part aujourd’hui. Écrivez-nous de nouveau demain, ou appelez "
            f"le {settings.JALON_ASSISTANCE_TELEPHONE}."
        )


def _numero(maintenant: datetime) -> str:
    """« T2611-000042 »; holes are allowed."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT nextval('aide_numero_ticket')")
        return f"T{jour_de_paris(maintenant):%y%m}-{curseur.fetchone()[0]:06d}"


def repondre_ticket(*, ticket_id: UUID, corps: str, par: Acteur, maintenant: datetime) -> ReponseTicket:
    """Answer by e-mail, since the person may have no account. NIR, IBAN and codes are masked on the way.

    Raises Introuvable (not in the portefeuilles where the actor answers), TransitionImpossible (closed),
    SaisieRefusee.
    """
    texte = _masquer(lire_reponse(corps))
    with transaction.atomic():
        ticket = _ouvert(ticket_id, par)
        reponse = ReponseTicket.objects.create(
            ticket=ticket, corps=texte, auteur_id=par.identite, auteur=par.libelle, le=maintenant
        )
        ticket.etat = EtatTicket.REPONDU
        ticket.save(update_fields=["etat"])
        noter("aide.ticket_repondu", par=par, portee=ticket.portee, objet=ticket, le=maintenant)
        preparer(ReponseEnvoyee, reponse.id, [Destinataire(ticket.email)], le=maintenant)
    return reponse


def noter_rappel(*, ticket_id: UUID, par: Acteur, maintenant: datetime) -> Ticket:
    """The author was called, as she had asked: it counts as an answer.

    Raises Introuvable, TransitionImpossible (closed, no call asked, or noted already).
    """
    with transaction.atomic():
        ticket = _ouvert(ticket_id, par)
        if not ticket.telephone:
            raise TransitionImpossible("Ce message ne demande pas d’être rappelé.")
        if ticket.rappele_le is not None:
            raise TransitionImpossible(f"{ticket.rappele_par} a déjà rappelé cette personne.")
        ticket.rappele_le, ticket.rappele_par, ticket.etat = maintenant, par.libelle, EtatTicket.REPONDU
        ticket.save(update_fields=["rappele_le", "rappele_par", "etat"])
        noter("aide.rappel_fait", par=par, portee=ticket.portee, objet=ticket, le=maintenant)
    return ticket


def clore_ticket(*, ticket_id: UUID, par: Acteur, maintenant: datetime) -> Ticket:
    """Close a ticket, answered or not. Raises Introuvable, TransitionImpossible (already closed)."""
    with transaction.atomic():
        ticket = _ouvert(ticket_id, par)
        ticket.etat, ticket.clos_le = EtatTicket.CLOS, maintenant
        ticket.save(update_fields=["etat", "clos_le"])
        noter("aide.ticket_clos", par=par, portee=ticket.portee, objet=ticket, le=maintenant)
    return ticket


def _ouvert(ticket_id: UUID, par: Acteur) -> Ticket:
    ticket = ticket_accessible(ticket_id, par, verrou=True)
    if ticket.etat == EtatTicket.CLOS:
        raise TransitionImpossible("Ce message est clos\u00a0: il ne reçoit plus de réponse.")
    return ticket


def effacer_tickets_anciens(*, maintenant: datetime) -> int:
    """Erase the messages closed, or answered for the last time, more than JALON_CONSERVATION_MESSAGES months ago.

    Their answers and the rows of their e-mails go with them; the journal keeps the number. A message that nobody has
    answered or closed waits for somebody, however old. One transaction each: killed, the job takes up where it was.
    """
    limite = debut_du_jour(mois_avant(jour_de_paris(maintenant), settings.JALON_CONSERVATION_MESSAGES))
    nombre = 0
    for ticket_id in list(tickets_finis_avant(limite).values_list("id", flat=True)):
        with transaction.atomic():
            ticket = tickets_finis_avant(limite).select_for_update(of=("self",), skip_locked=True).filter(id=ticket_id).first()
            if ticket is not None:
                _effacer(ticket, maintenant)
                nombre += 1
    return nombre


def _effacer(ticket: Ticket, maintenant: datetime) -> None:
    reponses = ReponseTicket.objects.filter(ticket=ticket)
    ids = list(reponses.values_list("id", flat=True))
    oublier_courriels_de(objets={AccuseTicket: [ticket.id], ReponseEnvoyee: ids})
    noter(
        "aide.ticket_efface", par=ActeurSysteme("conservation des messages"), portee=ticket.portee, objet=ticket, le=maintenant,
        details={"numero": ticket.numero},
    )  # fmt: skip
    reponses.delete()
    ticket.delete()


def suivre_les_portefeuilles(sirens: Sequence[str]) -> None:
    """Move the tickets about these SIREN that are not closed to their new portefeuille."""
    vivants = Ticket.objects.tous("le portefeuille d’une organisation a changé").exclude(etat=EtatTicket.CLOS)
    for ticket in vivants.filter(siren_declare__in=list(sirens)):
        ticket.portefeuille_id = portefeuille_de(ticket.siren_declare)
        ticket.save(update_fields=["portefeuille_id"])
