"""Ids swapped at random, thousands of times (exigences, S1b): nothing of a victim is shown, none of its rows changes.

The seed is printed with a failure; JALON_GRAINE plays it again.
"""

import os
from collections import Counter
from collections.abc import Iterator

import pytest

from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.facturation.models import Facture
from jalon.pieces.models import Document
from jalon.socle.modeles import ModeleProtege
from tests.dossiers.fabrique import AUTRE_SIREN
from tests.matrice.hasard import Tireur, degats, fuites, jouer, lignes_des_victimes
from tests.matrice.lieux import CANARI_B
from tests.matrice.monde import Monde
from tests.matrice.mutants import muter
from tests.matrice.requetes import classer, ecritures, essai

GRAINE = int(os.environ.get("JALON_GRAINE", "20261128"))
TEMOIN = 6_000
"""At most so many before a fault is seen: the draw stops at the first."""


@pytest.fixture(scope="module")
def plante(monde: Monde) -> Monde:
    """The files of B bear its name too."""
    documents = PieceDeposee.objects.tous("essai").filter(dossier__siren=AUTRE_SIREN).values_list("document_id", flat=True)
    Document.objects.de_proprietaire(list(documents), "essai").update(nom=f"{CANARI_B}.pdf")
    return monde


def _maux(monde: Monde, graine: int, combien: int, reponses: Counter[str]) -> Iterator[str]:
    """Everything that goes wrong in so many requests."""
    avant, tireur = lignes_des_victimes(), Tireur(monde, graine)
    for rang in range(combien):
        coup = tireur.tirer()
        with essai(), ecritures() as ecrites:
            reponse = jouer(monde, coup)
            reponses[classer(reponse)] += 1
            reponses["écrit"] += bool(ecrites)
            maux = [*fuites(coup, reponse), *(degats(coup, avant) if ecrites else ())]
            if reponse.status_code >= 500:
                maux.append(f"réponse {reponse.status_code}")
        yield from (f"{mal} — graine {graine}, coup {rang} : {coup}" for mal in maux)


def _eprouver(monde: Monde, graine: int, combien: int) -> None:
    reponses: Counter[str] = Counter()
    maux = list(_maux(monde, graine, combien, reponses))
    print(f"S1b : {combien} échanges au hasard, graine {graine}, {dict(reponses)}, {len(maux)} fuite(s)")  # noqa: T201
    assert not maux, "\n".join(maux[:40])
    assert reponses["oui"] > combien / 8, "les portes se ferment toutes : rien n’est essayé derrière"
    assert reponses["écrit"] > combien / 40


def test_six_cents_echanges_au_hasard_ne_montrent_rien_d_autrui(plante: Monde) -> None:
    _eprouver(plante, GRAINE, 600)


@pytest.mark.nuit
@pytest.mark.parametrize("rang", range(4))
def test_vingt_mille_echanges_au_hasard_ne_montrent_rien_d_autrui(plante: Monde, rang: int) -> None:
    """Four seeds of 5,000."""
    _eprouver(plante, GRAINE + 1 + rang, 5_000)


@pytest.mark.parametrize("modele", [Dossier, Facture])
def test_un_filtre_retire_se_voit(plante: Monde, modele: type[ModeleProtege], monkeypatch: pytest.MonkeyPatch) -> None:
    mute = muter(modele, "tout")
    monkeypatch.setattr(modele, "filtre_perimetre", classmethod(lambda cls, acteur, niveau: mute(acteur, niveau)))
    assert next(_maux(plante, GRAINE, TEMOIN, Counter()), None)


def test_une_porte_ouverte_se_voit_aussi(plante: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.web.composants.acces.exiger_espace", lambda *_: None)
    assert next(_maux(plante, GRAINE, TEMOIN, Counter()), None)
