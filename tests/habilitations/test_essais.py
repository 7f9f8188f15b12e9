"""Guesses by thousands, then by the million, with the very statement that counts them (exigences, T1, S3): across midnight in
Paris, across both changes of hour, never one too many, for an account nor for a SIREN.
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, connections

from jalon.habilitations.essais import Limite, consommer
from jalon.habilitations.models import CompteurEssais
from jalon.habilitations.regles import ESSAIS_PAR_COMPTE, ESSAIS_PAR_SIREN
from jalon.socle.dates import PARIS, jour_de_paris
from tests.fils import attendre
from tests.habilitations.fabrique import sirens

GRAINE = int(os.environ.get("JALON_GRAINE", "20261128"))
UNE_HEURE = 3600
FILS = 8
Essai = tuple[str, str, datetime]


def instants() -> list[datetime]:
    """Around the midnights that close the days of both changes of hour: 25/10/2026 lasts 25 hours, 28/03/2027 lasts 23."""
    minuits = [datetime.combine(jour, datetime.min.time(), PARIS).astimezone(UTC) for jour in (
        date(2026, 10, 25), date(2026, 10, 26), date(2027, 3, 28), date(2027, 3, 29))]  # fmt: skip
    return [minuit + timedelta(seconds=ecart) for minuit in minuits for ecart in (-1, 0, 1)]


def tirer(combien: int, comptes: Sequence[str], cibles: Sequence[str], alea: random.Random) -> Iterator[Essai]:
    """Who tries what, when; in the disorder that several servers would make."""
    quand = instants()
    return ((alea.choice(comptes), alea.choice(cibles), alea.choice(quand)) for _ in range(combien))


def essayer(compte: str, siren: str, le: datetime) -> str | None:
    """The limits of `utiliser_code`, in its order. None: the try is let through."""
    atteinte = consommer(
        [Limite("code-compte", compte, ESSAIS_PAR_COMPTE), Limite("code-siren", siren, ESSAIS_PAR_SIREN)], jour_de_paris(le)
    )
    return atteinte.genre if atteinte else None


class Releve:
    """What was let through, counted apart from the database, by account and day and by SIREN and day."""

    def __init__(self) -> None:
        self.issues: Counter[str] = Counter()
        self.passes: Counter[tuple[str, str, date]] = Counter()
        self._verrou = threading.Lock()

    def courir(self, essais: Sequence[Essai], depart: threading.Barrier) -> None:
        """One thread: all its tries, then its sums."""
        issues: Counter[str] = Counter()
        passes: Counter[tuple[str, str, date]] = Counter()
        depart.wait(timeout=60)
        try:
            for compte, siren, le in essais:
                issue = essayer(compte, siren, le) or "passé"
                issues[issue] += 1
                if issue == "passé":
                    passes["code-compte", compte, jour_de_paris(le)] += 1
                    passes["code-siren", siren, jour_de_paris(le)] += 1
        finally:
            connections.close_all()
            with self._verrou:
                self.issues += issues
                self.passes += passes


def deviner(combien: int, comptes: int, cibles: int) -> tuple[Releve, float]:
    """So many tries by eight threads that start together; what was counted, and how long it took."""
    alea = random.Random(GRAINE)  # noqa: S311
    lots = [
        list(tirer(combien // FILS, [f"compte-{rang}" for rang in range(comptes)], sirens(cibles), alea)) for _ in range(FILS)
    ]
    releve, depart = Releve(), threading.Barrier(FILS)
    fils = [threading.Thread(target=releve.courir, args=(lot, depart), daemon=True) for lot in lots]
    debut = time.monotonic()
    for fil in fils:
        fil.start()
    attendre(fils, UNE_HEURE)
    return releve, time.monotonic() - debut


def verifier(releve: Releve, combien: int, comptes: int, cibles: int) -> None:
    """Never one more than the limit; never one less where tries were many enough; the table says what the threads saw."""
    maximum = {"code-compte": ESSAIS_PAR_COMPTE, "code-siren": ESSAIS_PAR_SIREN}
    assert releve.issues.total() == combien
    assert [lieu for lieu, nombre in releve.passes.items() if nombre > maximum[lieu[0]]] == []
    assert {(c.genre, c.cle, c.jour): c.nombre for c in CompteurEssais.objects.all()} == releve.passes
    jours = {jour_de_paris(le) for le in instants()}
    assert len(jours) == 6
    assert releve.issues["passé"] == len(jours) * min(comptes * ESSAIS_PAR_COMPTE, cibles * ESSAIS_PAR_SIREN)


@pytest.mark.usefixtures("base_reelle")
@pytest.mark.parametrize(
    ("combien", "comptes", "cibles"),
    [
        pytest.param(4_000, 10, 30, id="les comptes arrêtent"),
        pytest.param(4_000, 60, 3, id="les SIREN arrêtent"),
        pytest.param(1_000_000, 100, 40, id="un million", marks=pytest.mark.nuit),
    ],
)
def test_jamais_un_essai_de_trop(combien: int, comptes: int, cibles: int) -> None:
    releve, duree = deviner(combien, comptes, cibles)
    verifier(releve, combien, comptes, cibles)
    print(  # noqa: T201
        f"S3 : {combien} essais, {FILS} fils, {comptes} comptes, {cibles} SIREN, 6 jours, {dict(releve.issues)}, "
        f"0 de trop, {combien / duree:.0f} essais par seconde"
    )


@pytest.mark.usefixtures("base_reelle")
def test_un_compteur_qui_lit_puis_ecrit_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof can fail: counted in two statements, tries pass the limit."""

    def lire_puis_ecrire(limites: Sequence[Limite], jour: date) -> Limite | None:
        for limite in limites:
            compteur, _ = CompteurEssais.objects.get_or_create(
                genre=limite.genre, cle=limite.cle, jour=jour, defaults={"nombre": 0}
            )
            if compteur.nombre >= limite.maximum:
                return limite
            with connection.cursor() as curseur:
                curseur.execute("SELECT pg_sleep(0.002)")
            CompteurEssais.objects.filter(pk=compteur.pk).update(nombre=compteur.nombre + 1)
        return None

    monkeypatch.setattr(f"{__name__}.consommer", lire_puis_ecrire)
    releve, _ = deviner(800, 2, 4)
    maximum = {"code-compte": ESSAIS_PAR_COMPTE, "code-siren": ESSAIS_PAR_SIREN}
    assert any(nombre > maximum[lieu[0]] for lieu, nombre in releve.passes.items())
