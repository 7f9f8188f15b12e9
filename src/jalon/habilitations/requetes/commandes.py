"""Orders of letters as the OPCO sees them. No reading ever gives a code: none is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jalon.habilitations.administrateurs import administrateurs_de, droits_d_administration
from jalon.habilitations.enums import EtatCode, EtatLettre
from jalon.habilitations.models import AdresseACompleter, AvisPostal, CommandeCodes, DemandeLettre, LettreCode
from jalon.organisations.models import Organisation
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.organisations.requetes import adherents_au, adresses_des_sieges, portefeuille_de
from jalon.socle.acteurs import Acteur, Pouvoir, Profil
from jalon.socle.erreurs import Introuvable

CODES_MORTS = (EtatCode.REMPLACE, EtatCode.TERMINE)


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
    """What is kept of a letter: number, SIREN, address, page, what became of it.

    `remplacee`: a newer order killed its code, or somebody ended it: do not send it. `code_id`: its code still serves.
    """

    id: UUID
    numero: str
    siren: str
    adresse: tuple[str, ...]
    page: int
    remplacee: bool
    postee_le: date | None
    revenue_le: date | None
    code_id: UUID | None


def manifeste(commande_id: UUID, acteur: Acteur) -> list[LigneManifeste]:
    """The letters of an order of the actor, in the order of the pages. Raises Introuvable."""
    commande = commande_de(commande_id, acteur)
    lettres = LettreCode.objects.filter(commande=commande, etat=EtatLettre.COMPOSEE, page__isnull=False)
    return [
        LigneManifeste(
            id=x.pk,
            numero=x.numero,
            siren=x.siren,
            adresse=tuple(x.adresse),
            page=x.page or 0,
            remplacee=x.code.etat in CODES_MORTS and x.revenue_le is None,
            postee_le=x.postee_le,
            revenue_le=x.revenue_le,
            code_id=x.code.pk if x.code.etat == EtatCode.ACTIF else None,
        )
        for x in lettres.select_related("code").order_by("page")
    ]


def lettres_remplacees(commande: CommandeCodes) -> list[LettreCode]:
    """The letters of an order already obtained whose code was replaced or ended, in the order of the pages."""
    return list(LettreCode.objects.filter(commande=commande, code__etat__in=CODES_MORTS).order_by("page"))


def lettres_sans_adresse(commande_id: UUID, acteur: Acteur) -> list[LettreCode]:
    """The letters of an order that wait for an address. Raises Introuvable."""
    commande = commande_de(commande_id, acteur)
    return list(LettreCode.objects.filter(commande=commande, etat=EtatLettre.ADRESSE_A_COMPLETER).order_by("siren"))


def adresses_des_lettres(sirens: Collection[str]) -> dict[str, list[str]]:
    """Lines of the envelope by SIREN: the register's, unless a letter came back from there, else those completed with a
    proof. Three queries.
    """
    signalees = {a.siren: a for a in AdresseACompleter.objects.filter(siren__dans=list(sirens))}
    completees = {siren: list(a.lignes) for siren, a in signalees.items() if a.completee_le is not None}
    du_registre = {s: [a.destinataire, *a.lignes] for s, a in adresses_des_sieges(sirens).items()}
    bonnes = {
        s: lignes for s, lignes in du_registre.items() if s not in signalees or "\n".join(lignes) not in signalees[s].revenues
    }
    return completees | bonnes


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


@dataclass(frozen=True, slots=True)
class LettreDemandee:
    """A letter that somebody asked for, as the AEF sees it: for whom, why, and who administers there already."""

    demande_id: UUID
    siren: str
    profil: Profil
    demandee_le: datetime
    demandeurs: tuple[str, ...]
    motif: str
    administrateurs: int


def lettres_demandees(acteur: Acteur, maintenant: datetime, limite: int = 200) -> list[LettreDemandee]:
    """Letters asked and not yet ordered, in the actor's portefeuilles, oldest first: one line per SIREN × profile."""
    permis = list(acteur.portefeuilles(Pouvoir.COMMANDER_CODES))
    attente = DemandeLettre.objects.filter(portefeuille_id__in=permis, lettre__isnull=True, ecartee_le__isnull=True)
    groupes: dict[tuple[str, Profil], list[DemandeLettre]] = {}
    for demande in attente.select_related("personne").order_by("demandee_le", "id"):
        groupes.setdefault((demande.siren, Profil(demande.profil)), []).append(demande)
    montres = dict(list(groupes.items())[:limite])
    en_place = {p: administrateurs_de([s for s, profil in montres if profil == p], p, maintenant) for p in Profil}
    return [
        LettreDemandee(
            demande_id=demandes[0].id,
            siren=siren,
            profil=profil,
            demandee_le=demandes[0].demandee_le,
            demandeurs=tuple(f"{d.personne.nom_complet} ({d.personne.email})" for d in demandes),
            motif=" ".join(d.motif for d in demandes if d.motif),
            administrateurs=len(en_place[profil].get(siren, ())),
        )
        for (siren, profil), demandes in montres.items()
    ]


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
