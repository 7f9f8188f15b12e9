"""Mandates written in conventions: those that a provider declared, those that the OPCO looks at."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from jalon.habilitations.administrateurs import droits_d_administration
from jalon.habilitations.enums import OrigineMandat
from jalon.habilitations.models import Mandat
from jalon.habilitations.models.mandats import q_mandat_en_vigueur
from jalon.habilitations.requetes.pages_de_mandats import PageDeMandats, q_cherche, q_montre, tourner
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.erreurs import Introuvable


def conventions_declarees(
    mandataire: str, acteur: Acteur, maintenant: datetime, *, cherche: str = "", apres: str = ""
) -> PageDeMandats:
    """Those of a provider whose accesses the actor sees: those that run or will, then those that ended in the last twelve months;
    last declared first."""
    conventions = Mandat.objects.visibles_par(acteur).filter(
        q_montre(maintenant), q_cherche(cherche, "siren"), mandataire_siren=mandataire, origine=OrigineMandat.CONVENTION
    )
    return tourner(conventions, apres, acteur, maintenant)


def conventions_suivies(
    acteur: Acteur, maintenant: datetime, *, seules: bool, cherche: str = "", apres: str = ""
) -> PageDeMandats:
    """In the portefeuilles of the adviser, those that run or will; `seules`: only where nobody administers the client, for then
    nobody but its head office can say that it did not sign. Last declared first."""
    conventions = _de_l_opco(acteur).filter(q_cherche(cherche, "siren", "mandataire_siren"))
    conventions = conventions.filter(termine_le__isnull=True, fin__gt=maintenant)
    if seules:
        conventions = conventions.filter(
            ~Exists(droits_d_administration(maintenant).filter(rattachement__siren=OuterRef("siren")))
        )
    return tourner(conventions, apres, acteur, maintenant)


def convention_suivie(mandat_id: UUID, acteur: Acteur) -> Mandat:
    """One convention of a client in the portefeuilles of the adviser. Raises Introuvable."""
    convention: Mandat | None = _de_l_opco(acteur).filter(id=mandat_id).first()
    if convention is None:
        raise Introuvable
    return convention


def _de_l_opco(acteur: Acteur) -> QuerySet[Mandat]:
    return Mandat.objects.visibles_par(acteur).filter(
        origine=OrigineMandat.CONVENTION, portefeuille_id__in=list(acteur.portefeuilles(Pouvoir.DEMANDER_CODES))
    )


def conventions_du_jour(mandat: Mandat, maintenant: datetime) -> int:
    """How many conventions of the same provider, in force, end the same instant as that one."""
    return (
        Mandat.objects.tous("nombre dans un rappel adressé au prestataire")
        .filter(q_mandat_en_vigueur(maintenant), mandataire_siren=mandat.mandataire_siren, origine=OrigineMandat.CONVENTION)
        .filter(fin=mandat.fin)
        .count()
    )
