"""Pay and forfaits of a contrat de professionnalisation."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest

from jalon.dispositifs.lecture import lire_reponses
from jalon.dispositifs.professionnalisation.declaration import CONTRAT_PROFESSIONNALISATION
from jalon.dispositifs.professionnalisation.financement import estimer
from jalon.dispositifs.professionnalisation.paie import minimum_mensuel, periodes_minimales
from jalon.dispositifs.professionnalisation.publics import public
from jalon.dispositifs.professionnalisation.rubriques import ContratProfessionnalisation
from jalon.referentiels.paquet_alternance import jeu_alternance
from jalon.socle.baremes_alternance import PublicAlternance, Territoire
from tests.dispositifs.professionnalisation.contrats import reponses

JEU = jeu_alternance()
DEBUT, FIN = date(2026, 9, 1), date(2028, 8, 31)


@pytest.mark.parametrize(
    ("naissance", "qualifie", "attendus"),
    [
        (date(2006, 7, 15), False, [(DEBUT, date(2027, 7, 31), 55), (date(2027, 8, 1), FIN, 70)]),
        (date(2006, 7, 15), True, [(DEBUT, date(2027, 7, 31), 65), (date(2027, 8, 1), FIN, 80)]),
        (date(2006, 8, 1), True, [(DEBUT, date(2027, 8, 31), 65), (date(2027, 9, 1), FIN, 80)]),
        (date(2005, 8, 31), True, [(DEBUT, FIN, 80)]),
        (date(2005, 9, 1), True, [(DEBUT, date(2026, 9, 30), 65), (date(2026, 10, 1), FIN, 80)]),
        (date(2001, 9, 15), False, [(DEBUT, date(2027, 9, 30), 70), (date(2027, 10, 1), FIN, 100)]),
        (date(1980, 1, 1), False, [(DEBUT, FIN, 100)]),
    ],
)
def test_les_taux_suivent_l_age(naissance: date, qualifie: bool, attendus: list[tuple[date, date, int]]) -> None:
    """Code du travail, D6325-15, D6325-16, L6325-9."""
    assert [(p.du, p.au, p.taux) for p in periodes_minimales(naissance, DEBUT, FIN, qualifie=qualifie)] == attendus


def minimum(naissance: date, **plus: Any) -> Decimal:
    premiere = next(periodes_minimales(naissance, DEBUT, FIN, qualifie=False))
    return minimum_mensuel(premiere, JEU, **plus)


def test_le_minimum_en_euros() -> None:
    assert minimum(date(2006, 7, 15)) == Decimal("1026.861")
    assert minimum(date(2006, 7, 15), heures=Decimal("17.5")) == Decimal("513.4305")
    assert minimum(date(2006, 7, 15), heures=Decimal(39)) == Decimal("1026.861")
    assert minimum(date(2006, 7, 15), conventionnel=Decimal(3000)) == Decimal("1026.861")
    assert minimum(date(1990, 1, 1), conventionnel=Decimal(3000)) == 2550
    assert minimum(date(1990, 1, 1), conventionnel=Decimal(2000)) == Decimal("1867.02")
    assert minimum(date(1990, 1, 1), territoire=Territoire.MAYOTTE) < 1500


def test_le_forfait_par_defaut() -> None:
    """400 h x 9,15 = 3 660 € (regles.md §6)."""
    general = estimer(Decimal(400), DEBUT, PublicAlternance.GENERAL, JEU, prix_horaire=Decimal("12.00"))
    assert (general.forfait_horaire, general.total, general.reste_a_charge) == (Decimal("9.15"), 3660, 1140)
    prioritaire = estimer(Decimal("400.5"), DEBUT, PublicAlternance.PRIORITAIRE, JEU, prix_horaire=Decimal(10))
    assert (prioritaire.total, prioritaire.reste_a_charge) == (Decimal("6007.50"), 0)
    assert "prioritaire" in prioritaire.motif
    assert estimer(Decimal(10), DEBUT, PublicAlternance.GENERAL, JEU).reste_a_charge is None


@pytest.mark.parametrize(
    ("changements", "attendu"),
    [
        ({}, PublicAlternance.GENERAL),
        ({"salarie__diplome": "60"}, PublicAlternance.PRIORITAIRE),
        ({"salarie__diplome": "51"}, PublicAlternance.GENERAL),
        ({"salarie__diplome": "60", "salarie__date_naissance": "01/09/2000"}, PublicAlternance.GENERAL),
        ({"salarie__situation": "6"}, PublicAlternance.PRIORITAIRE),
        ({"salarie__minimum_social": "2"}, PublicAlternance.PRIORITAIRE),
        ({"salarie__inscrit": "oui", "salarie__mois_inscription": "13"}, PublicAlternance.PRIORITAIRE),
        ({"salarie__inscrit": "oui", "salarie__mois_inscription": "12"}, PublicAlternance.GENERAL),
        ({"employeur__specifique": "2"}, PublicAlternance.PRIORITAIRE),
        ({"employeur__specifique": "1"}, PublicAlternance.GENERAL),
        ({"salarie__date_naissance": ""}, PublicAlternance.GENERAL),
    ],
)
def test_le_public_qui_ouvre_le_forfait_majore(changements: dict[str, str], attendu: PublicAlternance) -> None:
    """Code du travail, L6325-1-1, D6332-86."""
    lu = lire_reponses(CONTRAT_PROFESSIONNALISATION, reponses(**changements)).partiel
    assert public(cast("ContratProfessionnalisation", lu)) == attendu
