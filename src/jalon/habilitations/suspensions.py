"""What the OPCO has cut: read where rights are read, written by `veille` alone (exigences, S5)."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat

from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import Rattachement
from jalon.organisations.models import Organisation

SUSPENDU = (
    "L’OPCO a coupé cet accès pour protéger les données. Rien n’est perdu\u00a0: appelez l’assistance, "
    "deux personnes de l’OPCO peuvent le rétablir."
)


def q_cle_en_service() -> Q:
    """Keys of the API that are not cut, nor their organisation, nor the person who made them: a thief may have left one behind."""
    coupees = Organisation.objects.filter(suspendue_le__isnull=False)
    coupes = Personne.objects.filter(suspendue_le__isnull=False)
    organisation = Concat(OuterRef("siren"), OuterRef("prestataire_siren"), Value(""))
    return (
        Q(suspendue_le__isnull=True)
        & ~Exists(coupees.filter(siren=organisation))
        & ~Exists(coupes.filter(pk=OuterRef("creee_par")))
    )


def rattache_a_une_suspendue(personne_id: UUID, siren: str) -> bool:
    """Whether that person is attached, on any side, to an organisation that is cut."""
    liens = Rattachement.objects.tous("accès coupé dit à la personne elle-même")
    miens = liens.filter(Q(siren=siren) | Q(prestataire_siren=siren), personne_id=personne_id, etat=EtatRattachement.ACTIF)
    return Organisation.objects.filter(siren=siren, suspendue_le__isnull=False).exists() and miens.exists()


def organisations_suspendues_de(personne_id: UUID) -> list[str]:
    """SIREN that are cut, among those to which the person is attached."""
    liens = Rattachement.objects.tous("accès coupé dit à la personne elle-même").filter(
        personne_id=personne_id, etat=EtatRattachement.ACTIF
    )
    coupees = Organisation.objects.filter(suspendue_le__isnull=False)
    cotes = Q(siren__in=liens.values("siren")) | Q(siren__in=liens.values("prestataire_siren"))
    return list(coupees.filter(cotes).order_by("siren").values_list("siren", flat=True))
