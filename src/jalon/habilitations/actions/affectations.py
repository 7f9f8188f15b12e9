"""Spreading the mandates of a cabinet over its collaborators."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.actions.attribution import administration, verrouiller
from jalon.habilitations.actions.mandats_en_attente import installer_si_echu
from jalon.habilitations.courriels.mandats import ClientsConfies
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.mandats import Niveaux, ecrire_niveaux, lire_niveaux, plus_petits
from jalon.habilitations.models import Affectation, Mandat, Rattachement
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee

MANDATS_AU_PLUS = 10_000


@second_facteur_exige
def confier_mandats(
    *,
    mandataire: str,
    rattachement_id: UUID,
    mandats: Collection[UUID],
    niveaux: Niveaux,
    par: Acteur,
    maintenant: datetime,
) -> int:
    """Give a collaborator her part of these mandates: in each, the smaller of `niveaux` and of what the mandate gives.

    What she already held on them is replaced. Gives how many clients changed.

    Raises DroitManquant (not an administrator of the mandataire now, or in probation), Introuvable (collaborator or
    mandate of somebody else, mandate ended), SaisieRefusee (nothing chosen, none of these rights in one of the mandates).
    """
    if not mandats:
        raise SaisieRefusee("Choisissez au moins un client", champ="mandats")
    if len(mandats) > MANDATS_AU_PLUS:
        raise SaisieRefusee(f"Choisissez {MANDATS_AU_PLUS}\u00a0clients au plus à la fois", champ="mandats")
    with transaction.atomic():
        verrouiller(mandataire, Profil.PRESTATAIRE)
        if administration(mandataire, Profil.PRESTATAIRE, par, maintenant).en_probation:
            raise DroitManquant("La répartition des clients s’ouvre à vous 72\u00a0heures après votre nomination.")
        lien = _collaborateur(mandataire, rattachement_id)
        verrouilles = _verrouiller(mandataire, mandats, maintenant)
        for mandat in verrouilles:
            installer_si_echu(mandat, maintenant)
        parts = {m.id: plus_petits(lire_niveaux(m.droits), niveaux) for m in verrouilles}
        if not all(parts.values()):
            raise SaisieRefusee("Un des mandats choisis ne donne aucun de ces droits\u00a0: revoyez les niveaux", champ="mandats")
        change = _poser(lien, {cle: ecrire_niveaux(part) for cle, part in parts.items()}, par.identite, maintenant)
        if change:
            _annoncer("acces.mandat_confie", lien, change, par, maintenant)
    return change


@second_facteur_exige
def reprendre_mandats(
    *, mandataire: str, rattachement_id: UUID, mandats: Collection[UUID], par: Acteur, maintenant: datetime
) -> int:
    """Take these clients back from a collaborator, from her next request. Gives how many she had.

    Raises DroitManquant, Introuvable (collaborator of somebody else), SaisieRefusee (nothing chosen).
    """
    if not mandats:
        raise SaisieRefusee("Choisissez au moins un client", champ="mandats")
    with transaction.atomic():
        verrouiller(mandataire, Profil.PRESTATAIRE)
        administration(mandataire, Profil.PRESTATAIRE, par, maintenant)
        lien = _collaborateur(mandataire, rattachement_id)
        repris: int = lien.affectations.filter(mandat_id__in=list(mandats), revoquee_le__isnull=True).update(
            revoquee_le=maintenant, revoquee_par=par.identite
        )
        if repris:
            _annoncer("acces.mandat_repris", lien, repris, par, maintenant)
    return repris


def _collaborateur(mandataire: str, rattachement_id: UUID) -> Rattachement:
    lien: Rattachement | None = (
        Rattachement.objects.tous("collaborateur, sous le verrou du mandataire")
        .filter(id=rattachement_id, prestataire_siren=mandataire, etat=EtatRattachement.ACTIF)
        .select_related("personne")
        .first()
    )
    if lien is None:
        raise Introuvable
    return lien


def _verrouiller(mandataire: str, mandats: Collection[UUID], maintenant: datetime) -> list[Mandat]:
    """Those mandates, not ended, begun or to begin; locked, so that an end comes wholly before or wholly after."""
    trouves = list(
        Mandat.objects.tous("mandats reçus, sous le verrou du mandataire")
        .filter(id__in=list(mandats), mandataire_siren=mandataire, termine_le__isnull=True, fin__gt=maintenant)
        .select_for_update()
        .order_by("id")
    )
    if len(trouves) != len(set(mandats)):
        raise Introuvable
    return trouves


def _poser(lien: Rattachement, parts: dict[UUID, str], par: UUID | None, maintenant: datetime) -> int:
    tenues = dict(
        Affectation.objects.filter(rattachement=lien, mandat_id__in=list(parts), revoquee_le__isnull=True).values_list(
            "mandat_id", "droits"
        )
    )
    changees = {cle: droits for cle, droits in parts.items() if tenues.get(cle) != droits}
    Affectation.objects.filter(rattachement=lien, mandat_id__in=list(changees), revoquee_le__isnull=True).update(
        revoquee_le=maintenant, revoquee_par=par
    )
    Affectation.objects.bulk_create(
        (
            Affectation(rattachement=lien, mandat_id=cle, droits=droits, debut=maintenant, donnee_par=par)
            for cle, droits in changees.items()
        ),
        batch_size=2_000,
    )
    return len(changees)


def _annoncer(code: str, lien: Rattachement, clients: int, par: Acteur, maintenant: datetime) -> None:
    if lien.personne is None:
        return
    details = {"personne": lien.personne.nom_complet, "clients": clients}
    noter(code, par=par, portee=lien.portee, objet=lien, le=maintenant, details=details)
    destinataires = [Destinataire(lien.personne.email, lien.personne_id)]
    preparer(ClientsConfies, lien.id, destinataires, le=maintenant, cle=cle_d_envoi(maintenant))
