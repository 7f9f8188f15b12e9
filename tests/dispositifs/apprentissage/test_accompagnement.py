"""The help for who accompanies the apprentice or the trainee, and the level of a diploma code."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jalon.dispositifs.alternance.accompagnement import aide_a_l_accompagnement
from jalon.socle.baremes_alternance import Fonction
from tests.dispositifs.apprentissage.exemples import JEU

MAITRE, TUTEUR = Fonction.MAITRE_APPRENTISSAGE, Fonction.TUTEUR


@pytest.mark.parametrize(
    ("fonction", "cas", "formation", "exercice"),
    [
        # D6332-93: 230 € a month, 12 months by apprentice
        (MAITRE, {"mois": 12}, "0.00", "2760.00"),
        (MAITRE, {"mois": 24}, "0.00", "2760.00"),
        (MAITRE, {"mois": 5}, "0.00", "1150.00"),
        (MAITRE, {"mois": 12, "majoree": True}, "0.00", "2760.00"),
        # six months for a tutor, 345 € from 45 years old on or for the people of L6325-1-1
        (TUTEUR, {"mois": 12}, "0.00", "1380.00"),
        (TUTEUR, {"mois": 6, "majoree": True}, "0.00", "2070.00"),
        # D6332-92: 15 € an hour, 40 hours
        (MAITRE, {"mois": 0, "heures": Decimal(14), "cout_horaire": Decimal(20)}, "210.00", "0.00"),
        (MAITRE, {"mois": 0, "heures": Decimal(41), "cout_horaire": Decimal("12.50")}, "500.00", "0.00"),
        (TUTEUR, {"mois": 0, "heures": Decimal(40), "cout_horaire": Decimal(15)}, "600.00", "0.00"),
    ],
)
def test_l_aide_a_ses_plafonds(fonction: Fonction, cas: dict[str, Any], formation: str, exercice: str) -> None:
    aide = aide_a_l_accompagnement(JEU, fonction, date(2026, 9, 1), **cas)
    assert (str(aide.formation), str(aide.exercice)) == (formation, exercice)
    assert aide.reference == ("maitre@1" if fonction == MAITRE else "tuteur@1")
