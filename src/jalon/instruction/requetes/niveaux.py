"""Contracts granted on the amount paid for want of a level, and those whose level is published since (Code du travail, D6332-80)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import PAYABLES, MotifVersion
from jalon.dossiers.models import Dossier, VersionContenu
from jalon.dossiers.requetes import contenu_en_clair, contexte_de
from jalon.engagements.models import Engagement
from jalon.instruction.models import Regularisation
from jalon.socle.acteurs import Acteur, Pouvoir, Tache
from jalon.socle.fiches_referentiels import FicheNpec
from jalon.socle.lectures import Lu, signaler

PAR_PAGE = 20
REGULARISATIONS_AU_PLUS = 100


@dataclass(frozen=True, slots=True)
class PageDeRegularisations:
    """Up to 20, and the key that the next ones are asked with; empty: no more."""

    lignes: Sequence[Regularisation]
    apres: str = ""


def q_en_attente(prefixe: str = "") -> Q:
    """Agreements in force whose reasons still give the amount paid for want of a level, of contracts that are not closed."""
    attentes = {d.code: d.vie.attente_du_niveau for d in DISPOSITIFS.values() if d.vie is not None and d.vie.attente_du_niveau}
    q = Q(pk__in=[])
    for code, source in attentes.items():
        q |= Q(**{f"{prefixe}dispositif": code}) & Q(explications__contains=[{"source": source}])
    return q & Q(annule_le__isnull=True, **{f"{prefixe}etat__in": sorted(PAYABLES)})


def accords_en_attente_de_niveau(apres: UUID | None, limite: int) -> list[Engagement]:
    """A slice of them, in the order of their ids."""
    accords = Engagement.objects.tous("accords que le niveau publié régularise").filter(q_en_attente("dossier__"))
    suite = accords.filter(pk__gt=apres) if apres is not None else accords
    return list(suite.select_related("dossier").order_by("pk")[:limite])


def niveau_publie(dossier: Dossier, maintenant: datetime) -> FicheNpec | None:
    """The level published for the contract as it was granted; None while there is none."""
    vie = dispositif_de(dossier.dispositif).vie
    versions = VersionContenu.objects.tous("niveau d’un contrat dont le travail s’occupe").filter(dossier=dossier)
    accordee = versions.exclude(motif=MotifVersion.AVENANT).order_by("-numero").first()
    if vie is None or accordee is None:
        return None
    return vie.niveau_publie(contenu_en_clair(dossier, accordee.contenu), contexte_de(dossier, maintenant))


def a_regulariser(acteur: Acteur) -> QuerySet[Regularisation]:
    """Those that wait, in the portefeuilles where the actor decides."""
    attendent = Engagement.objects.tous("accords d’une régularisation déjà dans le périmètre").filter(
        q_en_attente("dossier__"), dossier_id=OuterRef("dossier_id")
    )
    return Regularisation.objects.visibles_par(acteur).filter(Exists(attendent))


def page_de_regularisations(acteur: Acteur, apres: str = "") -> PageDeRegularisations:
    """Those that wait, first found first. A key that means nothing gives the first page."""
    attendent = a_regulariser(acteur).select_related("dossier").order_by("pk")
    lues = list((attendent.filter(pk__gt=UUID(apres)) if _est_une_cle(apres) else attendent)[: PAR_PAGE + 1])
    montrees = lues[:PAR_PAGE]
    signaler(acteur, [Lu(r.dossier_id) for r in montrees])
    return PageDeRegularisations(montrees, montrees[-1].pk.hex if len(lues) > PAR_PAGE else "")


def _est_une_cle(texte: str) -> bool:
    try:
        return bool(UUID(texte))
    except ValueError:
        return False


def regularisations_a_faire(acteur: Acteur) -> list[Tache]:
    """One line: how many contracts wait for their published level."""
    if not acteur.portefeuilles(Pouvoir.DECIDER):
        return []
    nombre = len(a_regulariser(acteur).values_list("pk")[: REGULARISATIONS_AU_PLUS + 1])
    if not nombre:
        return []
    combien = f"plus de {REGULARISATIONS_AU_PLUS}" if nombre > REGULARISATIONS_AU_PLUS else str(nombre)
    return [
        Tache(
            titre="Régulariser des accords",
            detail=f"{combien} contrat{'s' if nombre > 1 else ''} dont la branche a publié le niveau de prise en charge",
            action="Voir",
            nom_url="opco_regularisations",
            parametres=(),
            icone="list-checks",
        )
    ]
