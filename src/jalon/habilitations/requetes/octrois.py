"""Rights given that wait for somebody else, and links to be reviewed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from jalon.comptes.models import Personne
from jalon.habilitations.administrateurs import q_du_cote
from jalon.habilitations.enums import Attente, EtatRattachement
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.models.rattachements import q_droit_en_attente
from jalon.habilitations.phrases import libelle_droit, nom_du_lieu
from jalon.habilitations.regles import revue_due_avant
from jalon.habilitations.requetes.matrice import liens_visibles, nom_du_lien
from jalon.socle.acteurs import Acteur, Pouvoir, Profil

A_CONFIRMER = (Attente.SECONDE_VOIX, Attente.VERIFICATION)


@dataclass(frozen=True, slots=True)
class OctroiAffiche:
    """What waits on one link: to whom, what, given by whom. `compte_le`: when it counts by itself, None: never."""

    id: UUID
    siren: str
    profil: Profil
    nom: str
    email: str
    droits: tuple[str, ...]
    donne_par: str
    compte_le: datetime | None
    decidable: bool


def octrois_en_attente(siren: str, acteur: Acteur, maintenant: datetime, profil: Profil = Profil.ADHERENT) -> list[OctroiAffiche]:
    """Rights that wait on one side of a SIREN, for somebody who sees its accesses. Three queries."""
    liens = liens_visibles(siren, acteur, maintenant, profil)
    return _afficher(liens, acteur, maintenant, A_CONFIRMER)


def octrois_a_verifier(acteur: Acteur, maintenant: datetime) -> list[OctroiAffiche]:
    """Rights given in a burst, in the portefeuilles of the AEF: nothing else lifts them where one person administers."""
    permis = acteur.portefeuilles(Pouvoir.DECIDER_ACCES)
    liens = (
        Rattachement.objects.visibles_par(acteur)
        .filter(portefeuille_id__in=list(permis), etat__in=[EtatRattachement.ACTIF, EtatRattachement.INVITE])
        .select_related("personne")
    )
    return _afficher(liens, acteur, maintenant, (Attente.VERIFICATION,))


def attend_quelqu_un(lien: Rattachement, maintenant: datetime) -> bool:
    """Whether some right of a link waits for somebody else."""
    return lien.droits.filter(q_droit_en_attente(maintenant), attente__in=A_CONFIRMER).exists()


def _afficher(
    liens: QuerySet[Rattachement], acteur: Acteur, maintenant: datetime, attentes: tuple[Attente, ...]
) -> list[OctroiAffiche]:
    attendus = DroitAccorde.objects.filter(q_droit_en_attente(maintenant), attente__in=attentes)
    trouves = {x.id: x for x in liens.filter(Exists(attendus.filter(rattachement=OuterRef("pk")))).order_by("cree_le", "id")}
    par_lien: dict[UUID, list[DroitAccorde]] = {ident: [] for ident in trouves}
    for droit in _par_domaine(attendus.filter(rattachement_id__in=list(trouves))):
        par_lien[droit.rattachement_id].append(droit)
    donneurs = {d.accorde_par for droits in par_lien.values() for d in droits if d.accorde_par}
    noms = {p.id: p.nom_complet for p in Personne.objects.filter(id__in=donneurs)}
    return [_un(trouves[ident], droits, noms, acteur) for ident, droits in par_lien.items()]


def _par_domaine(droits: QuerySet[DroitAccorde]) -> QuerySet[DroitAccorde]:
    return droits.select_related("groupe").order_by("domaine", "siret", "groupe__cle")


def _un(lien: Rattachement, droits: list[DroitAccorde], noms: dict[UUID, str], acteur: Acteur) -> OctroiAffiche:
    retenu = any(d.attente == Attente.VERIFICATION for d in droits)
    donneurs = dict.fromkeys(noms.get(d.accorde_par, "") for d in droits if d.accorde_par)
    return OctroiAffiche(
        id=lien.id,
        siren=lien.organisation_siren,
        profil=Profil(lien.profil),
        nom=nom_du_lien(lien),
        email=lien.personne.email if lien.personne is not None else lien.courriel_invite,
        droits=tuple(_phrase(d) for d in droits),
        donne_par=", ".join(donneurs),
        compte_le=None if retenu else max(d.debut for d in droits),
        decidable=lien.personne_id != acteur.identite and any(d.accorde_par != acteur.identite for d in droits),
    )


def _phrase(droit: DroitAccorde) -> str:
    groupes = {} if droit.groupe is None else {droit.lieu: droit.groupe.nom}
    return f"{libelle_droit(droit.droit)}, {nom_du_lieu(droit.lieu, groupes)}"


def acces_a_revoir(siren: str, acteur: Acteur, maintenant: datetime, profil: Profil = Profil.ADHERENT) -> QuerySet[Rattachement]:
    """Active links whose rights nobody has confirmed for twelve months, the oldest first; one's own is for another to review
    (`dernier`: when they were confirmed last, or given).
    """
    moi = Q(personne_id=acteur.identite) if acteur.identite else Q(pk__in=[])
    liens: QuerySet[Rattachement] = (
        Rattachement.objects.visibles_par(acteur)
        .filter(q_du_cote(siren, profil), etat=EtatRattachement.ACTIF)
        .exclude(moi)
        .select_related("personne")
        .annotate(dernier=Coalesce("revu_le", "actif_depuis", "cree_le"))
        .filter(dernier__lt=revue_due_avant(maintenant))
        .order_by("dernier", "id")
    )
    return liens
