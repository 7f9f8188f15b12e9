"""`jalon banc contrats`: how many contracts of the inter-OPCO norm are judged, and estimated, in a second and one process."""

import json
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from importlib.resources import files
from random import Random
from typing import Any

import click

from jalon.dispositifs.apprentissage.norme import controler_norme, estimer_norme
from jalon.dispositifs.base import Contexte, FicheCertification, FicheEtablissement, FicheOrganisme
from jalon.referentiels.paquet import conventions
from jalon.referentiels.paquet_alternance import jeu_alternance
from jalon.socle.baremes import JeuDeRegles

RENTREE = date(2026, 9, 1)
DIPLOMES = (33, 41, 54, 62, 63, 73)
GRAINE = 2026


def exemple() -> dict[str, Any]:
    """A complete, fictitious contract that no control stops on 02/09/2026."""
    lu: dict[str, Any] = json.loads(files("jalon.bancs").joinpath("contrat_exemple.json").read_text(encoding="utf-8"))
    return lu


def contrats(nombre: int) -> list[str]:
    """As many texts, each with its own person, dates and diploma; the same ones at each run."""
    hasard = Random(GRAINE)  # noqa: S311
    return [json.dumps(_varier(exemple(), hasard), ensure_ascii=False) for _ in range(nombre)]


def _varier(document: dict[str, Any], hasard: Random) -> dict[str, Any]:
    cerfa = document["cerfa"]
    naissance = date(1997, 1, 1) + timedelta(days=hasard.randrange(4800))
    debut = RENTREE + timedelta(days=hasard.randrange(90))
    fin = debut + timedelta(days=hasard.choice((364, 500, 729, 1094)))
    cerfa["apprenti"] |= {
        "dateNaissance": naissance.isoformat(),
        "nir": f"2{naissance:%y%m}74{hasard.randrange(1, 990):03}{hasard.randrange(1, 999):03}",
    }
    cerfa["contrat"] |= {
        "dateConclusion": (debut - timedelta(days=7)).isoformat(),
        "dateDebutContrat": debut.isoformat(),
        "dateFormationPratiqueEmployeur": debut.isoformat(),
        "dateFinContrat": fin.isoformat(),
        "remunerationsAnnuelles": [
            {"ordre": "1.1", "dateDebut": debut.isoformat(), "dateFin": fin.isoformat(), "taux": 78, "typeSalaire": "SMIC"}
        ],
    }
    cerfa["formation"] |= {
        "typeDiplome": hasard.choice(DIPLOMES),
        "dateDebutFormation": debut.isoformat(),
        "dateFinFormation": fin.isoformat(),
        "nombreHeuresEnDistanciel": hasard.choice((0, 0, 100, 1300)),
    }
    return document


def contexte() -> Contexte:
    """Every table answers at once: what is measured is ours, not a database."""
    return Contexte(
        aujourdhui=RENTREE,
        regles=JeuDeRegles(),
        idcc=conventions().get,
        alternance=jeu_alternance(),
        etablissement=lambda siret: FicheEtablissement(siret=siret, denomination="Banc"),
        certification=lambda code: FicheCertification(code=code, intitule="Banc"),
        organisme=lambda siret: FicheOrganisme(siret=siret, denomination="Banc", qualiopi_apprentissage=True),
        uai=lambda _: True,
        contrats_du_niveau=lambda _nir, _niveau: 0,
        apprentis_du_maitre=lambda *_: 0,
    )


def par_seconde(travail: Callable[[str], object], textes: Iterable[str]) -> tuple[float, float]:
    """(contracts a second, milliseconds at the 95th percentile)."""
    durees = []
    for texte in textes:
        depart = time.perf_counter()
        travail(texte)
        durees.append(time.perf_counter() - depart)
    return len(durees) / sum(durees), sorted(durees)[int(len(durees) * 0.95)] * 1000


@click.command("contrats")
@click.option("--nombre", type=click.IntRange(100, 100_000), default=10_000, show_default=True, help="Contrats fictifs.")
def commande(nombre: int) -> None:
    """Contrôle puis estime des contrats d’apprentissage fictifs, en un processus, à côté de la seule lecture du JSON."""
    textes, connu = contrats(nombre), contexte()
    travaux: dict[str, Callable[[str], object]] = {
        "lecture du JSON seule": json.loads,
        "contrôle d’un contrat entier": lambda texte: controler_norme(json.loads(texte), connu),
        "estimation et échéancier": lambda texte: estimer_norme(json.loads(texte), connu),
    }
    for travail in travaux.values():
        par_seconde(travail, textes[:50])
    click.echo(f"{nombre} contrats, un processus")
    for nom, travail in travaux.items():
        debit, p95 = par_seconde(travail, textes)
        click.echo(f"{nom}\u00a0: {debit:,.0f} par seconde, p95 {p95:.2f} ms".replace(",", "\u00a0", 1))
