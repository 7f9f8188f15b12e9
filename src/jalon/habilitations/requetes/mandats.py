"""Mandates as each side sees them, and who acts under them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jalon.comptes.models import Personne
from jalon.comptes.requetes import noms
from jalon.habilitations.administrateurs import q_du_cote
from jalon.habilitations.enums import Attente, EtatRattachement, OrigineMandat
from jalon.habilitations.mandats import decrire, lire_niveaux, plus_petits
from jalon.habilitations.models import Affectation, Mandat, Rattachement
from jalon.habilitations.models.mandats import q_mandat_en_attente, q_mandat_en_vigueur
from jalon.habilitations.regles import RAPPELS_DE_FIN, dernier_jour
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Portee, Pouvoir, Profil
from jalon.socle.erreurs import Introuvable
from jalon.socle.identifiants import grouper

FINIS_MONTRES = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class MandatAffiche:
    """A mandate as a line of a page. `collaborateurs`: how many people act under it."""

    id: UUID
    client: str
    client_nom: str
    profil: Profil
    mandataire: str
    mandataire_nom: str
    droits: tuple[tuple[str, Niveau], ...]
    niveaux: Mapping[Domaine, Niveau]
    sirets: tuple[str, ...]
    debut: datetime
    jusqu_au: date
    etat: str
    motif_fin: str
    collaborateurs: int = 0
    attente: Attente = Attente.AUCUNE
    compte_le: datetime | None = None
    attendus: tuple[tuple[str, Niveau], ...] = ()
    attendus_sirets: tuple[str, ...] = ()
    donne_par: str = ""
    a_moi: bool = False
    par_convention: bool = False
    reference: str = ""
    signee_le: date | None = None
    """`attente`: why something waits for somebody else; `attendus`: what a mandate that runs will give beside, once it counts;
    `donne_par`: who gave what waits, `a_moi`: the reader did."""

    @property
    def vivant(self) -> bool:
        """Whether it may still be changed or ended."""
        return self.etat in {"en_cours", "a_venir", "en_attente", "a_controler", "piece_refusee"}

    @property
    def nom(self) -> str:
        """Who receives it, as a card says it."""
        return self.mandataire_nom

    @property
    def a_verifier(self) -> bool:
        """Whether nothing of what waits counts before somebody else checks."""
        return self.attente == Attente.VERIFICATION


def mandat_accessible(mandat_id: UUID, acteur: Acteur) -> Mandat:
    """A mandate given or received by an organisation whose accesses the actor sees. Raises Introuvable."""
    mandat: Mandat | None = Mandat.objects.visibles_par(acteur).filter(id=mandat_id).first()
    if mandat is None:
        raise Introuvable
    return mandat


def mandats_recus(mandataire: str, acteur: Acteur, maintenant: datetime) -> list[MandatAffiche]:
    """Mandates that run, or will, received by a SIREN whose accesses the actor sees, by name of client. Three queries."""
    mandats = Mandat.objects.visibles_par(acteur).filter(mandataire_siren=mandataire, termine_le__isnull=True, fin__gt=maintenant)
    return sorted(affichages(mandats, maintenant, acteur), key=lambda m: (m.client_nom.casefold(), m.client, m.profil))


def mandats_en_attente(siren: str, acteur: Acteur, maintenant: datetime, profil: Profil) -> list[MandatAffiche]:
    """Mandates of one side, of which something waits for somebody else than the actor."""
    mandats = Mandat.objects.visibles_par(acteur).filter(q_du_cote(siren, profil), q_mandat_en_attente(maintenant))
    return [m for m in affichages(mandats.order_by("compte_le", "id"), maintenant, acteur) if not m.a_moi]


def mandats_a_renouveler(siren: str, acteur: Acteur, maintenant: datetime, profil: Profil) -> list[MandatAffiche]:
    """Mandates of one side, in force, that end within the first reminder; a convention is not renewed here."""
    mandats = Mandat.objects.visibles_par(acteur).filter(
        q_du_cote(siren, profil),
        q_mandat_en_vigueur(maintenant),
        origine=OrigineMandat.CLIENT,
        fin__lte=maintenant + max(RAPPELS_DE_FIN),
    )
    return affichages(mandats.order_by("fin", "id"), maintenant, acteur)


def mandats_a_verifier(acteur: Acteur, maintenant: datetime) -> list[MandatAffiche]:
    """Mandates given in a burst, in the portefeuilles of the AEF: nothing else lifts them where one person administers."""
    mandats = Mandat.objects.visibles_par(acteur).filter(
        q_mandat_en_attente(maintenant),
        attente=Attente.VERIFICATION,
        portefeuille_id__in=list(acteur.portefeuilles(Pouvoir.DECIDER_ACCES)),
    )
    return affichages(mandats.order_by("compte_le", "id"), maintenant, acteur)


def mandat_affiche(mandat: Mandat, maintenant: datetime, acteur: Acteur | None = None) -> MandatAffiche:
    """A mandate already obtained by its door."""
    return affichages([mandat], maintenant, acteur)[0]


def affichages(
    mandats: QuerySet[Mandat] | Sequence[Mandat], maintenant: datetime, acteur: Acteur | None = None
) -> list[MandatAffiche]:
    """Mandates already within the perimeter of the reader, as lines of a page, in their order. Three queries."""
    lus = list(mandats.select_related("piece") if isinstance(mandats, QuerySet) else mandats)
    donnent = {m.attendu_par for m in lus if m.attendu_par is not None}
    donneurs = noms(donnent) if donnent else {}
    organisations = noms_des_organisations({s for m in lus for s in (m.organisation_siren, m.mandataire_siren)})
    tenues = _en_vigueur(maintenant).filter(mandat__in=[m.id for m in lus]) if lus else Affectation.objects.none()
    comptes = dict(tenues.order_by().values_list("mandat_id").annotate(nombre=Count("id")))
    affiches = []
    for mandat in lus:
        niveaux = lire_niveaux(mandat.droits)
        affiches.append(
            MandatAffiche(
                id=mandat.id,
                client=mandat.organisation_siren,
                client_nom=organisations.get(mandat.organisation_siren, f"SIREN {grouper(mandat.organisation_siren)}"),
                profil=Profil(mandat.profil),
                mandataire=mandat.mandataire_siren,
                mandataire_nom=organisations.get(mandat.mandataire_siren, f"SIREN {grouper(mandat.mandataire_siren)}"),
                droits=tuple(decrire(niveaux)),
                niveaux=niveaux,
                sirets=tuple(mandat.sirets),
                debut=mandat.debut,
                jusqu_au=dernier_jour(mandat.fin),
                etat=_etat(mandat, maintenant),
                motif_fin=mandat.motif_fin,
                collaborateurs=comptes.get(mandat.id, 0),
                attente=Attente(mandat.attente) if mandat.attend(maintenant) else Attente.AUCUNE,
                compte_le=mandat.compte_le,
                attendus=tuple(decrire(lire_niveaux(mandat.attendu_droits))),
                attendus_sirets=tuple(mandat.attendu_sirets),
                donne_par=donneurs.get(mandat.attendu_par, "") if mandat.attendu_par else "",
                par_convention=mandat.par_convention,
                reference=mandat.reference,
                signee_le=mandat.signee_le,
                a_moi=acteur is not None and mandat.attendu_par is not None and mandat.attendu_par == acteur.identite,
            )
        )
    return affiches


def _etat(mandat: Mandat, maintenant: datetime) -> str:
    if mandat.termine_le is not None:
        return "termine"
    if mandat.fin <= maintenant:
        return "echu"
    if mandat.attend(maintenant) and not mandat.attendu_droits:
        return "en_attente"
    if not mandat.piece_bonne:
        return "piece_refusee" if mandat.piece_refusee else "a_controler"
    return "a_venir" if mandat.debut > maintenant else "en_cours"


def _en_vigueur(maintenant: datetime) -> QuerySet[Affectation]:
    """Parts that count: not taken back, of active links of open accounts."""
    return Affectation.objects.filter(
        revoquee_le__isnull=True,
        rattachement__etat=EtatRattachement.ACTIF,
        rattachement__personne__is_active=True,
    ).exclude(mandat__fin__lte=maintenant)


@dataclass(frozen=True, slots=True)
class PartAffichee:
    """A collaborator on one mandate, with what holds: the smaller of the mandate and of her part."""

    nom: str
    droits: tuple[tuple[str, Niveau], ...]


def collaborateurs_du_mandat(mandat: Mandat, maintenant: datetime) -> list[PartAffichee]:
    """Who acts under a mandate already obtained by its door, by name."""
    parts = _en_vigueur(maintenant).filter(mandat=mandat).select_related("rattachement__personne")
    plafond = lire_niveaux(mandat.droits)
    lues = [
        PartAffichee(p.rattachement.personne.nom_complet, tuple(decrire(plus_petits(plafond, lire_niveaux(p.droits)))))
        for p in parts
        if p.rattachement.personne is not None
    ]
    return sorted(lues, key=lambda p: p.nom.casefold())


@dataclass(frozen=True, slots=True)
class Collaborateur:
    """Somebody of a cabinet, and how many mandates she has a part of."""

    rattachement_id: UUID
    nom: str
    clients: int


def collaborateurs(mandataire: str, acteur: Acteur, maintenant: datetime) -> list[Collaborateur]:
    """Active people of a cabinet whose accesses the actor sees, by name. Two queries."""
    liens = (
        Rattachement.objects.visibles_par(acteur)
        .filter(prestataire_siren=mandataire, etat=EtatRattachement.ACTIF, personne__is_active=True)
        .select_related("personne")
    )
    par_lien = _en_vigueur(maintenant).filter(rattachement__in=liens, mandat__termine_le__isnull=True).order_by()
    comptes = dict(par_lien.values_list("rattachement_id").annotate(nombre=Count("id")))
    lus = [Collaborateur(x.id, x.personne.nom_complet, comptes.get(x.id, 0)) for x in liens if x.personne is not None]
    return sorted(lus, key=lambda c: c.nom.casefold())


def parts_de(rattachement_id: UUID, mandataire: str, acteur: Acteur) -> dict[UUID, str]:
    """Mandate -> text of the levels, of one collaborator of a cabinet whose accesses the actor sees."""
    lien = (
        Rattachement.objects.visibles_par(acteur)
        .filter(id=rattachement_id, prestataire_siren=mandataire, etat=EtatRattachement.ACTIF)
        .first()
    )
    if lien is None:
        raise Introuvable
    return dict(lien.affectations.filter(revoquee_le__isnull=True).values_list("mandat_id", "droits"))


def mandats_a_echeance(maintenant: datetime, origine: OrigineMandat) -> QuerySet[Mandat]:
    """Mandates of that origin, in force, whose end is near enough for a reminder."""
    return (
        Mandat.objects.tous("rappels avant la fin des mandats")
        .filter(
            q_mandat_en_vigueur(maintenant),
            origine=origine,
            fin__lte=maintenant + max(RAPPELS_DE_FIN) + timedelta(days=2),
        )
        .order_by("fin", "id")
    )


@dataclass(frozen=True, slots=True)
class Mandataire:
    """Somebody who acts under a mandate, and at which level."""

    personne: Personne
    profil: Profil
    niveau: Niveau


def mandataires_sur(portee: Portee, domaine: Domaine, maintenant: datetime) -> list[Mandataire]:
    """People whose part of a mandate reaches a portée in that domain, highest level first. One query.

    The company's side by SIREN or SIRET, the provider's by SIREN; the domains closed during probation are not looked at.
    """
    parts = (
        _en_vigueur(maintenant)
        .filter(_q_du_client(portee), q_mandat_en_vigueur(maintenant, "mandat__"))
        .select_related("mandat", "rattachement__personne")
    )
    trouves = []
    for part in parts:
        niveau = plus_petits(lire_niveaux(part.mandat.droits), lire_niveaux(part.droits)).get(domaine, Niveau.AUCUN)
        if niveau > Niveau.AUCUN and part.rattachement.personne is not None:
            trouves.append(Mandataire(part.rattachement.personne, Profil(part.mandat.profil), niveau))
    return sorted(trouves, key=lambda m: (m.profil, -m.niveau, m.personne.nom, m.personne.prenom))


def _q_du_client(portee: Portee) -> Q:
    q = Q(pk__in=[])
    if portee.siren:
        nomme = portee.prestataire_nomme or portee.prestataire_siren
        general = Q(mandat__origine=OrigineMandat.CLIENT) | Q(mandat__mandataire_siren=nomme)
        q |= general & Q(mandat__siren=portee.siren) & (Q(mandat__sirets=[]) | Q(mandat__sirets__contains=[portee.siret]))
    if portee.prestataire_siren:
        q |= Q(mandat__prestataire_siren=portee.prestataire_siren)
    return q
