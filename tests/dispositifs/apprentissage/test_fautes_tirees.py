"""Random contracts that keep the law have nothing that blocks; one random fault fires its own control, and hardly any other."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.dispositifs.alternance.calendrier import anniversaire, dernier_jour
from tests.dispositifs.apprentissage.cas import du_au, ne_le, periodes
from tests.dispositifs.apprentissage.contrats import anomalies, contrat

Changements = dict[str, Any]
UN_JOUR = timedelta(days=1)
COMPAGNONS_AU_PLUS = 3
"""Blocking controls that may fire beside the one that is expected: a date is read by several rules."""


@st.composite
def contrats(tirer: st.DrawFn) -> Changements:
    """A first contract of one to three years, of an adult under thirty, paid and taught enough."""
    debut = tirer(st.dates(date(2025, 9, 1), date(2027, 6, 30)))
    fin = dernier_jour(debut, tirer(st.sampled_from([12, 18, 24, 36])))
    ans = tirer(st.integers(18, 28))
    naissance = anniversaire(debut, -ans) - timedelta(days=tirer(st.integers(0, 360)))
    return {**du_au(debut.isoformat(), fin.isoformat()), **ne_le(naissance.isoformat(), apprenti__departementNaissance="74")}


def debut(valide: Changements) -> date:
    return date.fromisoformat(valide["contrat__dateDebutContrat"])


def fin(valide: Changements) -> date:
    return date.fromisoformat(valide["contrat__dateFinContrat"])


def bloquantes(changements: Changements, le: date) -> set[str]:
    """The blocking controls that fire, on the second day of the contract."""
    return {a.controle for a in anomalies(contrat(**changements), aujourdhui=le) if a.bloque}


def _jusqu_au(valide: Changements, nouvelle: date) -> Changements:
    """Another last day, for the contract, its pay and its training."""
    return du_au(valide["contrat__dateDebutContrat"], nouvelle.isoformat())


def _periodes_a_trou(valide: Changements, tirage: int) -> Changements:
    milieu = debut(valide) + timedelta(days=1 + tirage % ((fin(valide) - debut(valide)).days - 3))
    lignes = (
        ("1.1", debut(valide).isoformat(), milieu.isoformat(), 100),
        ("1.2", (milieu + 2 * UN_JOUR).isoformat(), fin(valide).isoformat(), 100),
    )
    return {"contrat__remunerationsAnnuelles": periodes(*lignes)}


def _autre_annee_de_naissance(valide: Changements, tirage: int) -> Changements:
    nir = valide["apprenti__nir"]
    annee = (int(nir[1:3]) + 1 + tirage % 99) % 100
    return {"apprenti__nir": f"{nir[0]}{annee:02}{nir[3:]}"}


FAUTES: dict[str, Callable[[Changements, int], Changements]] = {
    "apprenti-nir-sexe": lambda valide, _: {"apprenti__nir": "1" + valide["apprenti__nir"][1:]},
    "apprenti-nir-naissance": _autre_annee_de_naissance,
    "apprenti-age-maximum": lambda valide, n: ne_le((anniversaire(debut(valide), -30) - timedelta(days=n % 3000)).isoformat()),
    "apprenti-age-minimum": lambda valide, n: ne_le((anniversaire(debut(valide), -14) + timedelta(days=n % 700)).isoformat()),
    "attestation-maitre": lambda _valide, _n: {"employeur__attestationEligibilite": False},
    "attestation-pieces": lambda _valide, _n: {"employeur__attestationPieces": False},
    "maitre-majeur": lambda valide, n: {
        "maitre1__dateNaissance": (anniversaire(debut(valide), -18) + timedelta(days=1 + n % 3000)).isoformat()
    },
    "contrat-signe-avant": lambda valide, n: {
        "contrat__dateConclusion": (debut(valide) + timedelta(days=1 + n % 200)).isoformat()
    },
    "contrat-fin-apres-debut": lambda valide, n: {
        "contrat__dateFinContrat": (debut(valide) - timedelta(days=n % 400)).isoformat()
    },
    "contrat-duree-minimum": lambda valide, n: _jusqu_au(valide, dernier_jour(debut(valide), 6) - timedelta(days=1 + n % 90)),
    "contrat-duree-maximum": lambda valide, n: _jusqu_au(valide, dernier_jour(debut(valide), 36) + timedelta(days=1 + n % 900)),
    "contrat-duree-travail": lambda _valide, n: {"contrat__dureeTravailHebdoHeures": 49 + n % 119},
    "contrat-formation-pratique": lambda valide, n: {
        "contrat__dateFormationPratiqueEmployeur": (debut(valide) - timedelta(days=1 + n % 400)).isoformat()
    },
    "remuneration-periodes": _periodes_a_trou,
    "remuneration-taux": lambda valide, n: {
        "contrat__remunerationsAnnuelles": periodes(
            ("1.1", valide["contrat__dateDebutContrat"], valide["contrat__dateFinContrat"], 1 + n % 40)
        )
    },
    "remuneration-salaire": lambda _valide, n: {"contrat__salaireEmbauche": 1 + n % 1700},
    "formation-debut": lambda valide, n: {
        "formation__dateDebutFormation": (debut(valide) + timedelta(days=120 + n % 100)).isoformat()
    },
    "formation-fin-apres-debut": lambda valide, n: {
        "formation__dateFinFormation": (debut(valide) - timedelta(days=n % 60)).isoformat()
    },
    "formation-duree-minimum": lambda _valide, n: {"formation__dureeFormation": 1 + n % 350},
    "formation-distance": lambda _valide, n: {"formation__nombreHeuresEnDistanciel": 3001 + n % 5000},
}


@settings(deadline=None)
@given(valide=contrats())
def test_un_contrat_tire_dans_la_loi_n_a_rien_qui_bloque(valide: Changements) -> None:
    assert bloquantes(valide, debut(valide) + UN_JOUR) == set()


@pytest.mark.parametrize("identifiant", FAUTES)
@settings(max_examples=30, deadline=None)
@given(valide=contrats(), tirage=st.integers(0, 10_000))
def test_une_faute_tiree_declenche_son_controle_et_peu_d_autres(identifiant: str, valide: Changements, tirage: int) -> None:
    trouvees = bloquantes({**valide, **FAUTES[identifiant](valide, tirage)}, debut(valide) + UN_JOUR)
    assert identifiant in trouvees
    assert len(trouvees) <= 1 + COMPAGNONS_AU_PLUS, trouvees
