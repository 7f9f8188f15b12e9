"""Real processes of the product, started and stopped by the test that owns them; what a refusal looks like."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
Executer = Callable[..., tuple[int, str, str]]
"""`jalon …`: exit code, output, error output."""
ANGLAIS = re.compile(r"\b(?:Error|Usage:|Try|No such|Invalid|Missing|Traceback|does not|is not|unexpected)\b")


def refus(resultat: tuple[int, str, str]) -> str:
    """The one line of a refusal."""
    code, _, erreur = resultat
    assert code == 2
    (ligne,) = erreur.strip().splitlines()
    assert not ANGLAIS.search(ligne), ligne
    return ligne


def attendre(condition: Callable[[], T], quoi: str, delai: float = 30) -> T:
    """Poll until the condition is true."""
    fin = time.monotonic() + delai
    while time.monotonic() < fin:
        if trouve := condition():
            return trouve
        time.sleep(0.05)
    raise AssertionError(f"attendu en vain : {quoi}")


@contextmanager
def processus(
    journal: Path, *arguments: str, module: str = "jalon.cli", **environnement: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """`jalon …` (or another module) in a session of its own; what is left is killed at the end."""
    with journal.open("ab") as sortie:
        enfant = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env={**os.environ, **environnement},
            stdout=sortie,
            stderr=sortie,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        yield enfant
    finally:
        if enfant.poll() is None:
            os.killpg(enfant.pid, signal.SIGKILL)
            enfant.wait(30)
