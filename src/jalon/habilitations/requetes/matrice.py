"""People × perimeters × domains: the screen of the rights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from jalon.habilitations.administrateurs import q_du_cote
from jalon.habilitations.enums import EtatRattachement, Etendue
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.models.rattachements import q_droit_en_vigueur
from jalon.habilitations.regles import VALIDITE_INVITATION, DemandeDroit, dernier_jour
from jalon.organisations.requetes import etablissements_de
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Profil
from jalon.socle.erreurs import Introuvable
from jalon.socle.identifiants import grouper


@dataclass(frozen=True, slots=True)
class LigneMatrice:
    """One person on one perimeter. `suivante`: not the first line of that person. `siret` empty: the whole SIREN."""

    rattachement_id: UUID
    personne_id: UUID | None
    nom: str
    initiales: str
    email: str
    role: str
    perimetre: str
    siret: str
    niveaux: Mapping[Domaine, Niveau]
    moi: bool
    invite: bool
    administrateur: bool
    probation_jusqu_a: datetime | None
    suivante: bool = False


def matrice(siren: str, acteur: Acteur, maintenant: datetime, profil: Profil = Profil.ADHERENT) -> list[LigneMatrice]:
    """Rows of one side of a SIREN that the actor sees: administrators first, then by name, invitations last."""
    liens = (
        Rattachement.objects.visibles_par(acteur)
        .filter(q_du_cote(siren, profil), etat__in=[EtatRattachement.ACTIF, EtatRattachement.INVITE])
        .exclude(etat=EtatRattachement.INVITE, cree_le__lte=maintenant - VALIDITE_INVITATION)
        .select_related("personne")
        .prefetch_related(Prefetch("droits", DroitAccorde.objects.filter(q_droit_en_vigueur(maintenant)), to_attr="en_vigueur"))
    )
    lieux = {e.siret: e.nom_usuel or e.commune or grouper(e.siret) for e in etablissements_de(siren)}
    blocs = [_lignes(lien, lien.en_vigueur, lieux, acteur, maintenant) for lien in liens]
    blocs.sort(key=lambda bloc: (bloc[0].invite, not bloc[0].administrateur, bloc[0].nom.lower()))
    return [ligne for bloc in blocs for ligne in bloc]


def _lignes(
    lien: Rattachement, droits: Sequence[DroitAccorde], lieux: Mapping[str, str], acteur: Acteur, maintenant: datetime
) -> list[LigneMatrice]:
    invite = lien.etat == EtatRattachement.INVITE
    administre = any(d.etendue == Etendue.SIREN and d.domaine == Domaine.ACCES and d.niveau >= Niveau.GESTION for d in droits)
    nom = f"{lien.prenom_invite} {lien.nom_invite}".strip() or lien.courriel_invite
    sirets = sorted({d.siret for d in droits})
    lignes = []
    for rang, siret in enumerate(sirets or [""]):
        niveaux = {Domaine(d.domaine): Niveau(d.niveau) for d in droits if d.siret == siret}
        lignes.append(
            LigneMatrice(
                rattachement_id=lien.id,
                personne_id=lien.personne_id,
                nom=lien.personne.nom_complet if lien.personne else nom,
                initiales=lien.personne.initiales if lien.personne else nom[:2].upper(),
                email=lien.personne.email if lien.personne else lien.courriel_invite,
                role=_role(administre=administre, invite=invite),
                perimetre=_perimetre(siret, lieux, Profil(lien.profil)),
                siret=siret,
                niveaux={domaine: niveaux.get(domaine, Niveau.AUCUN) for domaine in Domaine},
                moi=lien.personne_id is not None and lien.personne_id == acteur.identite,
                invite=invite,
                administrateur=administre,
                probation_jusqu_a=lien.probation_jusqu_a if lien.en_probation(maintenant) else None,
                suivante=rang > 0,
            )
        )
    return lignes


def _role(*, administre: bool, invite: bool) -> str:
    if invite:
        return "Invitation envoyée"
    return "Administration" if administre else "Utilisation"


def _perimetre(siret: str, lieux: Mapping[str, str], profil: Profil) -> str:
    if siret:
        return lieux.get(siret, grouper(siret))
    return "toute l’organisation" if profil == Profil.PRESTATAIRE else "toute l’entreprise"


@dataclass(frozen=True, slots=True)
class AccesDetaille:
    """One link, to edit its row."""

    rattachement: Rattachement
    siren: str
    profil: Profil
    droits: tuple[DemandeDroit, ...]


def rattachement_accessible(rattachement_id: UUID, acteur: Acteur) -> Rattachement:
    """A link in an organisation whose accesses the actor sees, or her own. Raises Introuvable."""
    lien: Rattachement | None = _celui(Rattachement.objects.visibles_par(acteur), rattachement_id).first()
    if lien is None and acteur.identite is not None:
        siens = Rattachement.objects.tous("le rattachement de la personne elle-même").filter(personne_id=acteur.identite)
        lien = _celui(siens, rattachement_id).first()
    if lien is None:
        raise Introuvable
    return lien


def _celui(liens: QuerySet[Rattachement], rattachement_id: UUID) -> QuerySet[Rattachement]:
    return liens.filter(id=rattachement_id).select_related("personne")


def acces_detaille(rattachement_id: UUID, acteur: Acteur, maintenant: datetime) -> AccesDetaille:
    """A link that the actor sees, or her own, with its boxes as they would be sent back. Raises Introuvable."""
    lien = rattachement_accessible(rattachement_id, acteur)
    if lien.etat == EtatRattachement.RETIRE:
        raise Introuvable
    droits = lien.droits.filter(q_droit_en_vigueur(maintenant)).order_by("siret", "domaine")
    boites = tuple(
        DemandeDroit(Etendue(d.etendue), d.siret, Domaine(d.domaine), Niveau(d.niveau), dernier_jour(d.fin) if d.fin else None)
        for d in droits
    )
    return AccesDetaille(lien, lien.organisation_siren, Profil(lien.profil), boites)
