"""Contracts of the same company that rules count: those sent before, neither refused nor given up.

Who types counts those that she may read; without an actor (the OPCO's judgement), all those of the company are. The contracts of
other companies are never looked at: an employer would learn of them, and nothing stored finds a NIR without opening every box
that holds one (docs/adr/0035).
"""

from datetime import date
from functools import partial

from django.db.models import QuerySet

from jalon.dispositifs.apprentissage.declaration import CONTRAT_APPRENTISSAGE
from jalon.dispositifs.apprentissage.historique import (
    Personne,
    apprentis_suivis,
    contrat_connu,
    diplomes_du_niveau,
    meme_nir,
)
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.socle.acteurs import Acteur
from jalon.socle.chiffre import dechiffrer

SANS_SUITE = (EtatDossier.BROUILLON, EtatDossier.REFUSE, EtatDossier.ANNULE)
"""A contract that was broken was concluded: it counts among those of a person, no longer among those that somebody follows."""


def contrats_du_niveau(dossier: Dossier, acteur: Acteur | None, nir: str, niveau: int) -> int:
    """How many contracts of that level the company already concluded with that person."""
    autres = _autres(dossier, acteur, dossier.siren).filter(contenu__formation__diplome__in=diplomes_du_niveau(niveau))
    documents = autres.values_list("pk", "contenu")
    return sum(meme_nir(nir, contenu or {}, partial(dechiffrer, proprietaire=pk)) for pk, contenu in documents)


def apprentis_du_maitre(dossier: Dossier, acteur: Acteur | None, maitre: Personne, siren: str, du: date, au: date) -> int:
    """How many other apprentices of that company somebody follows on one of these days."""
    autres = _autres(dossier, acteur, siren).filter(date_debut__lte=au, date_fin__gte=du).exclude(etat=EtatDossier.ROMPU)
    contrats = [contrat_connu(contenu or {}) for contenu in autres.values_list("contenu", flat=True)]
    return len(apprentis_suivis(contrats, maitre, du, au))


def _autres(dossier: Dossier, acteur: Acteur | None, siren: str) -> "QuerySet[Dossier]":
    lus = (
        Dossier.objects.tous("l’OPCO compte les contrats d’une même personne dans une même entreprise, sans en montrer aucun")
        if acteur is None
        else Dossier.objects.visibles_par(acteur)
    )
    return lus.filter(siren=siren, dispositif=CONTRAT_APPRENTISSAGE.code).exclude(pk=dossier.pk).exclude(etat__in=SANS_SUITE)
