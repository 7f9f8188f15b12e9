"""What every change of rights shares: the lock of one side of a SIREN, who administers it now, writing the boxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from jalon.comptes.models import Personne
from jalon.habilitations.administrateurs import Administrateur, hors_probation, tous_les_administrateurs
from jalon.habilitations.enums import (
    EtatRattachement,
)
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.phrases import COMPTE_DE_L_OPCO, droit_manquant
from jalon.habilitations.vu_comme import ActeurVuComme
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, TransitionImpossible

RESERVES = frozenset({Domaine.RIB, Domaine.EXPORTS})


def verrouiller(siren: str, profil: Profil) -> None:
    """Lock one side of a SIREN until the end of the transaction, before anything else is read."""
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO habilitations_verrousiren (cle) VALUES (%s) ON CONFLICT (cle) DO UPDATE SET cle = EXCLUDED.cle",
            [f"{siren} {profil.value}"],
        )


def exiger_un_compte_personnel(personne: Personne) -> None:
    """Nobody of the OPCO becomes somebody of an organisation that it serves. Raises DroitManquant."""
    if personne.est_opco:
        raise DroitManquant(COMPTE_DE_L_OPCO)


@dataclass(frozen=True, slots=True)
class Administration:
    """Who administers, read under the lock, and the actor's own place among them."""

    tous: tuple[Administrateur, ...]
    moi: Administrateur
    maintenant: datetime

    @property
    def en_probation(self) -> bool:
        """Whether the actor is still in the first 72 hours."""
        return not hors_probation([self.moi], self.maintenant)

    def trouver(self, rattachement_id: UUID) -> Administrateur | None:
        """The administrator behind a link, if it is one."""
        return next((a for a in self.tous if a.rattachement_id == rattachement_id), None)


def administration(siren: str, profil: Profil, par: Acteur, maintenant: datetime) -> Administration:
    """Read again, under the lock, that the actor administers: what he knew at the start of his request may be over.

    Raises DroitManquant, naming the active administrators: for who is none of them, and for who looks at the space as somebody else.
    """
    tous = tous_les_administrateurs(siren, profil, maintenant)
    agit = par.identite is not None and not isinstance(par, ActeurVuComme)
    moi = next((a for a in tous if agit and a.personne_id == par.identite), None)
    if moi is None:
        noms = [a.nom for a in hors_probation(tous, maintenant)]
        raise DroitManquant(droit_manquant(Droit(Domaine.ACCES, Niveau.GESTION), noms))
    return Administration(tuple(tous), moi, maintenant)


def exiger_un_administrateur_restant(tous: Sequence[Administrateur], partant: Administrateur, maintenant: datetime) -> None:
    """Raise TransitionImpossible when nobody who counts would be left (an administrator in probation does not count,
    except for another one in probation).
    """
    restants = [a for a in tous if a.rattachement_id != partant.rattachement_id]
    if hors_probation([partant], maintenant):
        restants = hors_probation(restants, maintenant)
    if not restants:
        raise TransitionImpossible(
            "Le dernier administrateur ne peut pas partir\u00a0: nommez d’abord un autre administrateur.",
            code="dernier-administrateur",
        )


def droits_en_cours(rattachement: Rattachement) -> list[DroitAccorde]:
    """Rows not revoked, whatever their dates."""
    return list(rattachement.droits.filter(revoque_le__isnull=True))


def revoquer_tout(rattachement: Rattachement, par: UUID | None, maintenant: datetime) -> None:
    """Close every right of a link, and every part of a mandate held through it."""
    rattachement.droits.filter(revoque_le__isnull=True).update(revoque_le=maintenant, revoque_par=par)
    rattachement.affectations.filter(revoquee_le__isnull=True).update(revoquee_le=maintenant, revoquee_par=par)


def clore_invitation(lien: Rattachement, motif: str, par: UUID | None, maintenant: datetime) -> None:
    """Write that an invitation is over, under the lock of its SIREN."""
    lien.etat, lien.motif_retrait = EtatRattachement.RETIRE, motif
    lien.retire_le, lien.retire_par = maintenant, par
    lien.save(update_fields=["etat", "motif_retrait", "retire_le", "retire_par"])


def verrouiller_lien(rattachement_id: UUID) -> Rattachement:
    """A link read again under the lock of its SIREN. Raises TransitionImpossible when it was withdrawn."""
    lien: Rattachement = (
        Rattachement.objects.tous("relu sous le verrou du SIREN")
        .select_for_update(of=("self",))
        .select_related("personne")
        .get(id=rattachement_id)
    )
    if lien.etat == EtatRattachement.RETIRE:
        raise TransitionImpossible("Cet accès a déjà été retiré.")
    return lien
