"""Earlier requests of the same company that rules count: those sent before, neither refused nor given up.

Who types counts those that she may read; without an actor (the OPCO's judgement), all those of the company are. The requests of
other companies are never looked at: an employer would learn of them, and nothing stored finds a NIR without opening every box
that holds one (docs/adr/0035). What is counted in a document is said by its dispositif.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet

from jalon.dispositifs.base import DocumentConnu, Historique
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.socle.acteurs import Acteur
from jalon.socle.chiffre import dechiffrer

SANS_SUITE = (EtatDossier.BROUILLON, EtatDossier.REFUSE, EtatDossier.ANNULE)
"""A contract that was broken was concluded: it counts among those of a person, no longer among those that somebody follows."""


def comptes_de_l_historique(dossier: Dossier, acteur: Acteur | None) -> dict[str, Any]:
    """What the context of judgement may count; nothing where the dispositif counts nothing."""
    historique = dispositif_de(dossier.dispositif).historique
    if historique is None:
        return {}
    return {
        "contrats_du_niveau": partial(_du_niveau, historique, dossier, acteur),
        "apprentis_du_maitre": partial(_suivis, historique, dossier, acteur),
    }


def _du_niveau(historique: Historique, dossier: Dossier, acteur: Acteur | None, nir: str, niveau: int) -> int:
    cases = historique.cases_du_niveau(niveau)
    filtre = {f"contenu__{case.replace('.', '__')}__in": reponses for case, reponses in cases.items()}
    return historique.du_niveau(nir, _documents(_autres(dossier, acteur, dossier.siren).filter(**filtre)))


def _suivis(
    historique: Historique,
    dossier: Dossier,
    acteur: Acteur | None,
    maitre: tuple[str, str, date],
    siren: str,
    du: date,
    au: date,
) -> int:
    autres = _autres(dossier, acteur, siren).filter(date_debut__lte=au, date_fin__gte=du).exclude(etat=EtatDossier.ROMPU)
    return historique.suivis(maitre, du, au, _documents(autres))


def _documents(dossiers: "QuerySet[Dossier]") -> Iterator[DocumentConnu]:
    for pk, contenu in dossiers.values_list("pk", "contenu"):
        yield DocumentConnu(contenu or {}, partial(dechiffrer, proprietaire=pk))


def _autres(dossier: Dossier, acteur: Acteur | None, siren: str) -> "QuerySet[Dossier]":
    lus = (
        Dossier.objects.tous("l’OPCO compte les contrats d’une même personne dans une même entreprise, sans en montrer aucun")
        if acteur is None
        else Dossier.objects.visibles_par(acteur)
    )
    return lus.filter(siren=siren, dispositif=dossier.dispositif).exclude(pk=dossier.pk).exclude(etat__in=SANS_SUITE)
