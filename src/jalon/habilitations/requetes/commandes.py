"""Orders of letters as the OPCO sees them. No reading ever gives a code: none is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jalon.habilitations.administrateurs import droits_d_administration
from jalon.habilitations.enums import EtatCode, EtatLettre
from jalon.habilitations.models import AdresseACompleter, AvisPostal, CommandeCodes, LettreCode
from jalon.organisations.models import Organisation
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.organisations.requetes import adherents_au, adresses_des_sieges, portefeuille_de
from jalon.socle.acteurs import Acteur, Pouvoir, Profil
from jalon.socle.erreurs import Introuvable


def commande_de(commande_id: UUID, acteur: Acteur, *, verrou: bool = False) -> CommandeCodes:
    """An order of the actor. Raises Introuvable: somebody else's orders do not exist for him."""
    commandes = CommandeCodes.objects.select_for_update() if verrou else CommandeCodes.objects.all()
    commande = commandes.filter(id=commande_id, commandee_par_id=acteur.identite).first()
    if commande is None:
        raise Introuvable
    return commande


def mes_commandes(acteur: Acteur, limite: int = 50) -> QuerySet[CommandeCodes]:
    """Orders of the actor, newest first, with `nombre_composees` and `nombre_sans_adresse`."""
    return (
        CommandeCodes.objects.filter(commandee_par_id=acteur.identite)
        .annotate(
            nombre_composees=Count("lettres", filter=Q(lettres__etat=EtatLettre.COMPOSEE)),
            nombre_sans_adresse=Count("lettres", filter=Q(lettres__etat=EtatLettre.ADRESSE_A_COMPLETER)),
        )
        .order_by("-commandee_le", "-id")[:limite]
    )


@dataclass(frozen=True, slots=True)
class LigneManifeste:
    """What is kept of a letter: number, SIREN, address, page; `remplacee`: a newer order killed its code, do not send it."""

    numero: str
    siren: str
    adresse: tuple[str, ...]
    page: int
    remplacee: bool


def manifeste(commande_id: UUID, acteur: Acteur) -> list[LigneManifeste]:
    """The letters of an order of the actor, in the order of the pages. Raises Introuvable."""
    commande = commande_de(commande_id, acteur)
    lettres = LettreCode.objects.filter(commande=commande, etat=EtatLettre.COMPOSEE, page__isnull=False).order_by("page")
    mortes = {lettre.pk for lettre in lettres_remplacees(commande)}
    return [LigneManifeste(x.numero, x.siren, tuple(x.adresse), x.page or 0, x.pk in mortes) for x in lettres]


def lettres_remplacees(commande: CommandeCodes) -> list[LettreCode]:
    """The letters of an order already obtained whose code a newer order has replaced, in the order of the pages."""
    return list(LettreCode.objects.filter(commande=commande, code__etat=EtatCode.REMPLACE).order_by("page"))


def lettres_sans_adresse(commande_id: UUID, acteur: Acteur) -> list[LettreCode]:
    """The letters of an order that wait for an address. Raises Introuvable."""
    commande = commande_de(commande_id, acteur)
    return list(LettreCode.objects.filter(commande=commande, etat=EtatLettre.ADRESSE_A_COMPLETER).order_by("siren"))


def adresses_des_lettres(sirens: Collection[str]) -> dict[str, list[str]]:
    """Lines of the envelope by SIREN: the register's, else those completed with a proof. Three queries."""
    lignes = AdresseACompleter.objects.filter(siren__dans=list(sirens), completee_le__isnull=False)
    completees: dict[str, list[str]] = dict(lignes.values_list("siren", "lignes"))
    du_registre = {s: [a.destinataire, *a.lignes] for s, a in adresses_des_sieges(sirens).items()}
    return completees | du_registre


def adresses_a_completer(acteur: Acteur) -> list[AdresseACompleter]:
    """Head offices that wait for an address, in the actor's portefeuilles, oldest first."""
    permis = acteur.portefeuilles(Pouvoir.COMMANDER_CODES)
    attente = list(AdresseACompleter.objects.filter(completee_le__isnull=True).order_by("signalee_le", "siren"))
    places = portefeuilles_des_sirens([a.siren for a in attente])
    return [a for a in attente if places[a.siren] in permis]


def adresse_accessible(siren: str, acteur: Acteur, *, verrou: bool = False) -> AdresseACompleter:
    """The address of a head office that the register does not give, in the actor's portefeuilles. Raises Introuvable."""
    adresses = AdresseACompleter.objects.select_for_update() if verrou else AdresseACompleter.objects.all()
    adresse = adresses.filter(siren=siren).first()
    if adresse is None or portefeuille_de(siren) not in acteur.portefeuilles(Pouvoir.COMMANDER_CODES):
        raise Introuvable
    return adresse


def avis_a_envoyer(acteur: Acteur) -> list[AvisPostal]:
    """Second letters to head offices not yet declared sent, in the actor's portefeuilles, oldest first."""
    permis = acteur.portefeuilles(Pouvoir.COMMANDER_CODES)
    return list(
        AvisPostal.objects.filter(envoye_le__isnull=True, portefeuille_id__in=permis)
        .select_related("personne")
        .order_by("le", "id")
    )


def portefeuilles_des_sirens(sirens: Collection[str]) -> dict[str, UUID]:
    """Portefeuille of each SIREN, the default one for what the register does not know. One query."""
    connus = dict(Organisation.objects.filter(siren__dans=list(sirens)).values_list("siren", "portefeuille_id") if sirens else ())
    return {siren: connus.get(siren, PORTEFEUILLE_PAR_DEFAUT) for siren in sirens}


def adherents_a_inviter(portefeuilles: Collection[UUID], au: date, maintenant: datetime) -> tuple[list[str], int]:
    """SIREN of the adherents on that day in these portefeuilles that nobody administers, and how many others do."""
    adherents = adherents_au(au).filter(portefeuille_id__in=list(portefeuilles))
    administres = droits_d_administration(maintenant).filter(rattachement__profil=Profil.ADHERENT)
    deja = administres.values("rattachement__siren")
    return (
        list(adherents.exclude(siren__in=deja).values_list("siren", flat=True)),
        adherents.filter(siren__in=deja).count(),
    )
