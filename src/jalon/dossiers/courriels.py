"""E-mails about requests: a sentence and a link. The recipient's right is read again when each is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from jalon.comptes.models import Personne
from jalon.comptes.requetes import personne as personne_ouverte
from jalon.courriers.messages import Destinataire, Message
from jalon.dossiers.destinataires import personnes_de_l_entreprise, personnes_du_prestataire
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import cote_de
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.messagerie.enums import Cote
from jalon.messagerie.models import Fil
from jalon.socle import horloge
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir
from jalon.socle.dates import formater_date, jour_de_paris

DOSSIER_DES_GABARITS = "dossiers/courriels"


def destinataires(personnes: list[Personne]) -> list[Destinataire]:
    """People as addresses."""
    return [Destinataire(personne.email, personne.id) for personne in personnes]


def destinataire_de(acteur: Acteur) -> list[Destinataire]:
    """The person who acts; nobody for a key or the system."""
    personne = personne_ouverte(acteur.identite) if acteur.identite else None
    return destinataires([personne] if personne else [])


def destinataire_instructeur(dossier: Dossier) -> list[Destinataire]:
    """The adviser who examines the request, if there is one."""
    personne = personne_ouverte(dossier.instructeur_id) if dossier.instructeur_id else None
    return destinataires([personne] if personne else [])


def destinataires_du_message(dossier: Dossier, de: Cote, avec: Cote, maintenant: datetime) -> list[Destinataire]:
    """Who is told that a message waits: who answers for the OPCO, or those who type on the other side."""
    if de != Cote.OPCO:
        fil_id = dossier.fil_prestataire_id if de == Cote.PRESTATAIRE else dossier.fil_id
        en_poste = personnes_du_pouvoir(Pouvoir.INSTRUIRE, dossier.portefeuille_id, maintenant)
        return destinataires(_qui_repond(dossier, fil_id, en_poste))
    choisir = personnes_du_prestataire if avec == Cote.PRESTATAIRE else personnes_de_l_entreprise
    return destinataires(choisir(dossier, Niveau.SAISIE, maintenant))


def destinataires_de_la_relance(dossier: Dossier, fil_id: UUID, maintenant: datetime) -> list[Destinataire]:
    """Who answers for the OPCO; when nobody is named, or examines there any more, the whole queue."""
    en_poste = personnes_du_pouvoir(Pouvoir.INSTRUIRE, dossier.portefeuille_id, maintenant)
    return destinataires(_qui_repond(dossier, fil_id, en_poste) or en_poste)


def _qui_repond(dossier: Dossier, fil_id: UUID | None, en_poste: list[Personne]) -> list[Personne]:
    """Who has the thread, else who examines the request, if they still examine in the portefeuille."""
    confies = Fil.objects.filter(pk__in=[fil_id] if fil_id else []).values_list("confie_a", flat=True)
    choisis = [*confies, dossier.instructeur_id]
    return [p for choisi in choisis if choisi for p in en_poste if p.pk == choisi][:1]


def chemin_du_dossier(dossier: Dossier, cote: Cote | None) -> str:
    """Path of the page of a request on each side."""
    if cote == Cote.OPCO:
        return f"/opco/dossiers/{dossier.id}/"
    siren = dossier.prestataire_siren if cote == Cote.PRESTATAIRE else dossier.siren
    return f"/e/{siren}/dossiers/{dossier.id}/"


class CourrielDeDossier(Message):
    """About a request that the recipient still sees at the moment of sending."""

    titre: ClassVar[str]

    def __init__(self, dossier: Dossier, cote: Cote | None) -> None:
        self.dossier = dossier
        self.cote = cote

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        """The request, and the side from which the recipient sees it now (None: not any more)."""
        dossier = Dossier.objects.tous("courriel sur ce dossier").filter(pk=objet_id).defer("reponses", "recherche").first()
        if dossier is None:
            return None
        personne = personne_ouverte(destinataire.personne_id) if destinataire.personne_id else None
        cote = cote_de(dossier, ActeurPersonne(personne, horloge.maintenant())) if personne else None
        return cls(dossier, cote)

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: {self.dossier.numero}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "numero": self.dossier.numero,
            "reference": self.dossier.reference_interne,
            "echeance": formater_date(self.dossier.attend_avant) if self.dossier.attend_avant else "",
            "transmis_le": formater_date(jour_de_paris(self.dossier.transmis_le)) if self.dossier.transmis_le else "",
            "chemin": chemin_du_dossier(self.dossier, self.cote),
        }

    def autorise(self) -> bool:
        return self.cote is not None


class AccuseReception(CourrielDeDossier):
    """To the person who sent the request; when it was a program, to those who may send for the company."""

    genre = "dossiers.accuse"
    gabarit = f"{DOSSIER_DES_GABARITS}/accuse"
    titre = "Nous avons reçu votre dossier"


class ComplementRecu(CourrielDeDossier):
    """To the adviser: what was asked has come."""

    genre = "dossiers.complement_recu"
    gabarit = f"{DOSSIER_DES_GABARITS}/complement_recu"
    titre = "Un complément est arrivé"


class MessageRecu(CourrielDeDossier):
    """A message waits; what it says is read on the page only."""

    genre = "dossiers.message"
    gabarit = f"{DOSSIER_DES_GABARITS}/message"
    titre = "Un message vous attend"


class RelanceRecue(CourrielDeDossier):
    """To the OPCO: a message waits for an answer, and somebody says so."""

    genre = "dossiers.relance"
    gabarit = f"{DOSSIER_DES_GABARITS}/relance"
    titre = "Un message attend votre réponse"


class EchangeConfie(CourrielDeDossier):
    """To a colleague: she answers from now on."""

    genre = "dossiers.echange_confie"
    gabarit = f"{DOSSIER_DES_GABARITS}/echange_confie"
    titre = "Un échange vous est confié"


class DossierMisAJour(CourrielDeDossier):
    """To the adviser: the company changed its contact, or its reference."""

    genre = "dossiers.mis_a_jour"
    gabarit = f"{DOSSIER_DES_GABARITS}/mis_a_jour"
    titre = "Un dossier a été mis à jour"


MESSAGES: tuple[type[Message], ...] = (
    AccuseReception,
    ComplementRecu,
    MessageRecu,
    RelanceRecue,
    EchangeConfie,
    DossierMisAJour,
)
