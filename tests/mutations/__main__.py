"""Mutation testing (exigences, S13): python -m tests.mutations [options] <module of src/jalon, or folder>…

Slips one fault at a time into the modules named, runs the tests that cross it, and writes what became of each in a file, one line
of JSON per fault: run again, the command goes on from there. `--part` takes a seeded sample.
"""

import argparse
import hashlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.mutations.carte import RACINE, arpenter
from tests.mutations.fautes import Faute, fautes
from tests.mutations.moteur import SOURCES, juger, temoin_vert

JALON = SOURCES / "jalon"


def fichiers(noms: Sequence[str]) -> list[Path]:
    """Modules named, folders opened; migrations apart."""
    chemins = [JALON / nom for nom in noms]
    trouves = [f for c in chemins for f in (sorted(c.rglob("*.py")) if c.is_dir() else [c])]
    return [f for f in trouves if "migrations" not in f.parts]


def tirer(lot: Iterable[Path], part: float, graine: int) -> list[tuple[Path, Faute]]:
    """The faults to try, drawn with a seed, in the order of the draw: interrupted, what was tried is still a fair sample."""
    toutes = [(f, faute) for f in lot for faute in fautes(f.read_text(), modele="models" in f.parts or f.stem == "models")]
    random.Random(graine).shuffle(toutes)  # noqa: S311
    return toutes[: round(part * len(toutes))]


def cle(fichier: Path, faute: Faute) -> str:
    """A fault of a file as it is written today."""
    empreinte = hashlib.sha256(fichier.read_bytes()).hexdigest()[:12]
    return f"{fichier.relative_to(JALON)}:{empreinte}:{faute.rang}"


def lire(sortie: Path) -> dict[str, dict[str, object]]:
    """What is known already."""
    lignes = sortie.read_text().splitlines() if sortie.exists() else []
    return {connu["cle"]: connu for connu in map(json.loads, lignes)}


def bilan(resultats: Iterable[dict[str, object]]) -> Iterator[str]:
    """Score by file, then survivors."""
    par_fichier: dict[str, Counter[str]] = {}
    lignes = list(resultats)
    for ligne in lignes:
        par_fichier.setdefault(str(ligne["fichier"]), Counter())[str(ligne["issue"])] += 1
    total: Counter[str] = Counter()
    for nom, issues in sorted(par_fichier.items()):
        total += issues
        yield f"{_score(issues)}  {nom}  {dict(issues)}"
    yield f"{_score(total)}  en tout  {dict(total)}"
    for ligne in lignes:
        if ligne["issue"] in {"survit", "sans essai", "témoin rouge"}:
            yield f"{ligne['fichier']}:{ligne['ligne']} {ligne['fonction']} : {ligne['nature']} ({ligne['issue']})"


def _score(issues: Counter[str]) -> str:
    tuees = issues["tuée"] + issues["délai"]
    return f"{100 * tuees / max(issues.total(), 1):5.1f} %"


def main(arguments: Sequence[str]) -> int:
    """Try, write, tell."""
    analyse = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    analyse.add_argument("modules", nargs="+", help="habilitations/codes.py, banque…")
    analyse.add_argument("--essais", nargs="+", required=True, help="tests/habilitations, tests/banque…")
    analyse.add_argument("--part", type=float, default=1.0)
    analyse.add_argument("--graine", type=int, default=2026)
    analyse.add_argument("--sortie", type=Path, default=RACINE / "var" / "mutations.jsonl")
    analyse.add_argument("--reprendre-les-survivants", action="store_true", help="après de nouveaux essais")
    analyse.add_argument("--plafond", type=int, default=60, help="essais joués au plus sur une faute, les plus rapides d’abord")
    analyse.add_argument("--minutes", type=float, default=120.0)
    choix = analyse.parse_args(arguments)
    lot = fichiers(choix.modules)
    voulues = tirer(lot, choix.part, choix.graine)
    connues = lire(choix.sortie)
    finies = {"tuée", "délai"} if choix.reprendre_les_survivants else {"tuée", "délai", "survit", "sans essai"}
    reste = [(f, m) for f, m in voulues if connues.get(cle(f, m), {}).get("issue") not in finies]
    _dire(f"graine {choix.graine} : {len(voulues)} fautes, {len(reste)} à essayer")
    choix.sortie.parent.mkdir(parents=True, exist_ok=True)
    carte = arpenter(choix.essais, lot, choix.sortie.with_suffix(".carte.json")) if reste else None
    temoins: dict[tuple[Path, str], bool] = {}
    limite = time.monotonic() + 60 * choix.minutes
    with choix.sortie.open("a") as journal:
        for fichier, faute in reste:
            if carte is None or time.monotonic() > limite:
                break
            lieu = (fichier, faute.fonction or faute.nature)
            if lieu not in temoins:
                temoins[lieu] = temoin_vert(fichier, faute, carte, choix.plafond)
            issue, essais = juger(fichier, faute, carte, choix.plafond) if temoins[lieu] else ("témoin rouge", 0)
            connues[cle(fichier, faute)] = {
                "cle": cle(fichier, faute), "fichier": str(fichier.relative_to(JALON)), "ligne": faute.ligne,
                "fonction": faute.fonction, "nature": faute.nature, "issue": issue, "essais": essais,
            }  # fmt: skip
            journal.write(json.dumps(connues[cle(fichier, faute)], ensure_ascii=False) + "\n")
            journal.flush()
    for ligne in bilan(connues[cle(f, m)] for f, m in voulues if cle(f, m) in connues):
        _dire(ligne)
    return 0


def _dire(ligne: str) -> None:
    sys.stdout.write(f"{ligne}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
