"""Changing the rights of somebody, and withdrawing an access."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.actions.attribution import (
    RESERVES,
    Administration,
    administration,
    droits_en_cours,
    exiger_un_administrateur_restant,
    revoquer_tout,
    verrouiller,
    verrouiller_lien,
)
from jalon.habilitations.actions.octrois import annoncer_octroi, octroyer
from jalon.habilitations.administrateurs import Administrateur, tous_les_administrateurs
from jalon.habilitations.courriels import (
    AccesRetire,
    DroitsModifies,
    RetraitAnnonce,
    a_la_personne,
)
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import Rattachement
from jalon.habilitations.regles import DemandeDroit, donne_l_administration, verifier_droits
from jalon.habilitations.requetes.matrice import rattachement_accessible
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import (
    DroitManquant,
    SaisieRefusee,
)


@second_facteur_exige
def modifier_droits(*, rattachement_id: UUID, droits: Sequence[DemandeDroit], par: Acteur, maintenant: datetime) -> Rattachement:
    """Make the row of the matrix exactly these rights. What is left out is withdrawn, from the next request; a wide right,
    or the fourth grant of an hour, waits (exigences, T12), and leaves what was held until then.

    Raises Introuvable (not in an organisation that the actor administers or sees), DroitManquant (not an
    administrator now, or in probation: administrators, RIB and exports are out of reach), SaisieRefusee (rights),
    TransitionImpossible (already withdrawn, last administrator).
    """
    siren, profil = _cote(rattachement_id, par)
    with transaction.atomic():
        verrouiller(siren, profil)
        contexte = administration(siren, profil, par, maintenant)
        lien = verrouiller_lien(rattachement_id)
        retenus = verifier_droits(droits, siren, profil, jour_de_paris(maintenant), membre=profil == Profil.PRESTATAIRE)
        vise = contexte.trouver(lien.id)
        _juger_probation(contexte, vise, retenus, lien)
        if vise is not None and not donne_l_administration(retenus):
            exiger_un_administrateur_restant(contexte.tous, vise, maintenant)
        pose = octroyer(lien, retenus, contexte)
        if pose.change:
            noter(
                "acces.droits", par=par, portee=lien.portee, objet=lien, le=maintenant,
                details={"personne": lien.nom_affiche, "droits": len(retenus), "changements": pose.phrases},
            )  # fmt: skip
            preparer(DroitsModifies, lien.id, a_la_personne(lien), le=maintenant, cle=cle_d_envoi(maintenant))
            annoncer_octroi(lien=lien, pose=pose, contexte=contexte, par=par, maintenant=maintenant)
    return lien


def _juger_probation(
    contexte: Administration, vise: Administrateur | None, retenus: Sequence[DemandeDroit], lien: Rattachement
) -> None:
    if not contexte.en_probation:
        return
    if vise is not None:
        raise DroitManquant(
            "Pendant les 72\u00a0heures qui suivent votre nomination, vous ne pouvez pas modifier les droits d’un administrateur."
        )
    tenus = {(d.domaine, d.etendue, d.lieu): d.niveau for d in droits_en_cours(lien) if d.en_vigueur(contexte.maintenant)}
    for droit in retenus:
        reserve = droit.domaine in RESERVES or (droit.domaine == Domaine.ACCES and droit.niveau >= Niveau.GESTION)
        if reserve and droit.niveau > tenus.get((droit.domaine, droit.etendue, droit.lieu), Niveau.AUCUN):
            raise DroitManquant(
                "Pendant les 72\u00a0heures qui suivent votre nomination, vous ne pouvez pas donner l’administration, "
                "les coordonnées bancaires ni les exports."
            )


@second_facteur_exige
def retirer_rattachement(*, rattachement_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> Rattachement:
    """Withdraw an access, or leave an organisation, with a reason that the other side reads.

    Counts from the next request: rights are read at each one, and only active links are read.

    Raises Introuvable, DroitManquant (neither an administrator nor the person herself; an administrator in probation
    against another), SaisieRefusee (no reason), TransitionImpossible (already withdrawn, last administrator).
    """
    siren, profil = _cote(rattachement_id, par)
    motif = motif.strip()
    if not motif:
        raise SaisieRefusee("Indiquez le motif du retrait\u00a0: la personne le lira", champ="motif")
    with transaction.atomic():
        verrouiller(siren, profil)
        lien = verrouiller_lien(rattachement_id)
        tous = tous_les_administrateurs(siren, profil, maintenant)
        vise = next((a for a in tous if a.rattachement_id == lien.id), None)
        part_de_soi_meme = par.identite is not None and lien.personne_id == par.identite
        if not part_de_soi_meme:
            contexte = administration(siren, profil, par, maintenant)
            if contexte.en_probation and vise is not None:
                raise DroitManquant(
                    "Pendant les 72\u00a0heures qui suivent votre nomination, vous ne pouvez pas retirer un administrateur."
                )
        if vise is not None:
            exiger_un_administrateur_restant(tous, vise, maintenant)
        clore_rattachement(lien, motif, par, maintenant)
        if not part_de_soi_meme:
            preparer(AccesRetire, lien.id, a_la_personne(lien), le=maintenant)
        preparer(RetraitAnnonce, lien.id, _aux_autres(tous, par, lien.personne_id), le=maintenant)
    return lien


def clore_rattachement(lien: Rattachement, motif: str, par: Acteur, maintenant: datetime) -> None:
    """Write that a link is over, under the lock of its SIREN; who may do it was judged before."""
    lien.etat, lien.motif_retrait = EtatRattachement.RETIRE, motif[:500]
    lien.retire_le, lien.retire_par = maintenant, par.identite
    lien.save(update_fields=["etat", "motif_retrait", "retire_le", "retire_par"])
    revoquer_tout(lien, par.identite, maintenant)
    noter("acces.retrait", par=par, portee=lien.portee, objet=lien, le=maintenant, details={"personne": lien.nom_affiche})


def _cote(rattachement_id: UUID, par: Acteur) -> tuple[str, Profil]:
    """Side of a link that the actor sees (accès ≥ Lecture there) or holds. Raises Introuvable."""
    lien = rattachement_accessible(rattachement_id, par)
    return lien.organisation_siren, Profil(lien.profil)


def _aux_autres(tous: Sequence[Administrateur], par: Acteur, sauf: UUID | None) -> list[Destinataire]:
    return [Destinataire(a.email, a.personne_id) for a in tous if a.personne_id not in {par.identite, sauf}]
