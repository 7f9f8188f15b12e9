"""The packaged rules of work-study contracts hold together, and say where they come from."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from jalon.referentiels.paquet import conventions
from jalon.referentiels.paquet_alternance import jeu_alternance
from jalon.socle.baremes import TOUS, RegleDatee
from jalon.socle.baremes_alternance import (
    BaseProrata,
    BaseSalaire,
    Fonction,
    NatureFrais,
    PublicAlternance,
    RegleAlternance,
    Territoire,
)
from jalon.socle.montants import euros

JEU = jeu_alternance()
AUJOURD_HUI = date(2026, 11, 23)
DATEES: list[tuple[RegleDatee, ...]] = [
    JEU.smics, JEU.grille, JEU.echeanciers, JEU.amorcages, JEU.participations, JEU.minorations, JEU.majorations, JEU.frais,
    JEU.aides, JEU.forfaits_horaires,
]  # fmt: skip


@pytest.mark.parametrize("regles", DATEES, ids=lambda r: type(r[0]).__name__)
def test_chaque_regle_a_une_source_et_un_code_unique(regles: tuple[RegleDatee, ...]) -> None:
    assert all(regle.source_url for regle in regles)
    assert max(Counter(regle.code for regle in regles).values()) == 1
    citees = {r.idcc for r in regles if isinstance(r, RegleAlternance)} - {TOUS}
    assert citees <= set(conventions())


@pytest.mark.parametrize("territoire", Territoire)
def test_le_smic_se_suit_sans_trou_et_son_mois_est_celui_de_l_heure(territoire: Territoire) -> None:
    """Monthly = hourly x 35 x 52 / 12, half-up (regles.md §1.4)."""
    valeurs = sorted((s for s in JEU.smics if s.territoire == territoire), key=lambda s: s.valide_du)
    for avant, apres in pairwise(valeurs):
        assert avant.valide_au is not None
        assert apres.valide_du == avant.valide_au + timedelta(days=1)
        assert apres.horaire > avant.horaire
    assert valeurs[-1].valide_au is None
    assert all(s.mensuel == euros(s.horaire * 35 * 52 / 12) for s in valeurs)


@pytest.mark.parametrize(
    ("jour", "territoire", "horaire", "mensuel"),
    [
        (date(2025, 12, 31), Territoire.FRANCE, "11.88", "1801.80"),
        (date(2026, 1, 1), Territoire.FRANCE, "12.02", "1823.03"),
        (date(2026, 5, 31), Territoire.FRANCE, "12.02", "1823.03"),
        (date(2026, 6, 1), Territoire.FRANCE, "12.31", "1867.02"),
        (date(2026, 6, 1), Territoire.MAYOTTE, "9.33", "1415.05"),
        (date(2025, 12, 31), Territoire.MAYOTTE, "8.98", "1361.97"),
    ],
)
def test_le_smic_est_celui_qui_est_publie(jour: date, territoire: Territoire, horaire: str, mensuel: str) -> None:
    smic = JEU.smic(jour, territoire)
    assert (smic.horaire, smic.mensuel) == (Decimal(horaire), Decimal(mensuel))


def test_la_grille_couvre_chaque_age_et_chaque_annee_une_fois() -> None:
    """Code du travail, D6222-26, D6222-27."""
    attendus = {17: (27, 39, 55), 18: (43, 51, 67), 20: (43, 51, 67), 21: (53, 61, 78), 25: (53, 61, 78), 26: (100, 100, 100)}
    for age in range(14, 70):
        for annee in (1, 2, 3):
            cellules = [c for c in JEU.grille if c.age_min <= age <= c.age_max and c.annee == annee]
            assert len(cellules) == 1
            assert cellules[0].base == (BaseSalaire.SMC if age >= 21 else BaseSalaire.SMIC)
        assert age not in attendus or tuple(JEU.taux(age, a, AUJOURD_HUI).taux for a in (1, 2, 3)) == attendus[age]


def test_les_echeanciers_se_suivent_et_leurs_parts_font_cent() -> None:
    for avant, apres in pairwise(sorted(JEU.echeanciers, key=lambda e: e.valide_du)):
        assert avant.valide_au is not None
        assert apres.valide_du == avant.valide_au + timedelta(days=1)
    for echeancier in JEU.echeanciers:
        parts = JEU.parts_de(echeancier)
        assert [p.rang for p in parts] == list(range(1, len(parts) + 1))
        assert sum(p.taux for p in parts) == 100
        assert parts[0].mois == 1
        assert all(p.mois is not None for p in parts[:-1])
    assert {p.echeancier for p in JEU.parts} == {e.code for e in JEU.echeanciers}
    assert [e.base_prorata for e in sorted(JEU.echeanciers, key=lambda e: e.valide_du)] == [
        BaseProrata.MOIS,
        BaseProrata.MOIS,
        BaseProrata.JOUR,
    ]


@pytest.mark.parametrize(
    ("fonction", "mensuel", "mois", "majoration"),
    [(Fonction.MAITRE_APPRENTISSAGE, 230, 12, 0), (Fonction.TUTEUR, 230, 6, 50)],
)
def test_les_aides_a_l_accompagnement(fonction: Fonction, mensuel: int, mois: int, majoration: int) -> None:
    """Code du travail, D6332-92, D6332-93."""
    aide = JEU.aide(fonction, AUJOURD_HUI)
    assert (aide.formation_horaire, aide.formation_heures) == (15, 40)
    assert (aide.exercice_mensuel, aide.exercice_mois, aide.majoration) == (mensuel, mois, majoration)


@pytest.mark.parametrize(("public", "montant"), [(PublicAlternance.GENERAL, "9.15"), (PublicAlternance.PRIORITAIRE, "15")])
def test_les_forfaits_horaires_d_un_contrat_de_professionnalisation(public: PublicAlternance, montant: str) -> None:
    """Code du travail, D6332-86."""
    assert JEU.forfait_horaire(public, AUJOURD_HUI).montant == Decimal(montant)


def test_les_forfaits_de_frais_et_les_plafonds() -> None:
    """Code du travail, D6332-82, D6332-83: 500 € at most for equipment, 4 000 € for a disabled apprentice."""
    assert all(f.montant <= 500 for f in JEU.frais if f.nature == NatureFrais.PREMIER_EQUIPEMENT)
    majoration = JEU.majoration_rqth(AUJOURD_HUI)
    assert majoration is not None
    assert majoration.plafond == 4000
