"""Requests of the test-only dispositif, at each step, and the jobs that wait."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.dossiers.actions import transmettre_dossier
from jalon.dossiers.models import Dossier
from jalon.habilitations.enums import Role
from jalon.instruction.actions import prendre_en_charge
from jalon.instruction.actions.automatiques import TACHE_DECISION
from jalon.referentiels.models import ReglageDispositif
from jalon.socle.reglages import DecisionAutomatique
from tests.dispositifs.silencieux import CODE
from tests.dossiers.fabrique import LE, PORTEFEUILLE, SIREN, aline, brouillon, emma, remplir
from tests.habilitations import fabrique as h

JOUR = timedelta(days=1)
DERNIER_JOUR = LE + 20 * JOUR
APRES = DERNIER_JOUR + JOUR


def transmis(le: datetime = LE, dispositif: str = CODE, **changements: Any) -> Dossier:
    """A sent request."""
    dossier = remplir(brouillon(dispositif=dispositif, le=le), le=le, **changements)
    return transmettre_dossier(dossier_id=dossier.id, par=aline(), maintenant=le)


def instruit(**changements: Any) -> Dossier:
    """A request that the adviser has taken."""
    return prendre_en_charge(dossier_id=transmis(**changements).id, par=emma(), maintenant=LE)


def regler(mode: DecisionAutomatique, dispositif: str = CODE, **dates: Any) -> None:
    """The OPCO's setting, as data."""
    valeurs = {"valide_du": (LE - 30 * JOUR).date(), **dates}
    ReglageDispositif.objects.create(code=dispositif, dispositif=dispositif, decision_automatique=mode, revision=9, **valeurs)


def gens() -> dict[str, Personne]:
    """Two people of the company, one who only reads; an adviser and a comptable of the portefeuille; an adviser elsewhere."""
    saisit, lit = h.personne("Aline", "Ferrand"), h.personne("Chloé", "Bertin")
    h.rattacher(saisit, SIREN)
    h.rattacher(lit, SIREN, droits=[h.sur_le_siren(h.Domaine.PLAN, h.Niveau.LECTURE)])
    conseiller = h.agent(Role.CONSEILLER, portefeuilles=[PORTEFEUILLE], prenom="Emma")
    h.agent(Role.COMPTABLE, portefeuilles=[PORTEFEUILLE], prenom="Inès")
    return {"saisit": saisit, "lit": lit, "conseiller": conseiller}


def ecrits(genre: str) -> list[str]:
    """Addresses of the messages of a kind, sorted."""
    return sorted(Courriel.objects.filter(genre=genre).values_list("adresse", flat=True))


def examens_en_file() -> list[UUID]:
    """Requests whose examination waits in the queue."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [TACHE_DECISION])
        lignes = [ligne[0] for ligne in curseur.fetchall()]
    return [UUID((json.loads(a) if isinstance(a, str) else a)["dossier_id"]) for a in lignes]
