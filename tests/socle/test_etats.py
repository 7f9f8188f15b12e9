"""A table of transitions judges, and draws its own documentation."""

from enum import StrEnum

import pytest

from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.etats import TableEtats, Transition


class Feu(StrEnum):
    VERT = "vert"
    ORANGE = "orange"
    ROUGE = "rouge"


TABLE = TableEtats(
    Feu,
    {"vert": "Vert", "orange": "Orange", "rouge": "Rouge"},
    [Transition("vert", "orange", "ralentir", "minuterie"), Transition("orange", "rouge", "arrêter", "minuterie")],
)


@pytest.mark.parametrize("depuis", list(Feu))
@pytest.mark.parametrize("vers", list(Feu))
def test_seules_les_transitions_de_la_table_sont_permises(depuis: Feu, vers: Feu) -> None:
    permise = (depuis, vers) in {(Feu.VERT, Feu.ORANGE), (Feu.ORANGE, Feu.ROUGE)}
    assert TABLE.permet(depuis, vers) is permise
    if permise:
        TABLE.exiger(depuis, vers)
    else:
        with pytest.raises(TransitionImpossible) as refus:
            TABLE.exiger(depuis, vers)
        assert f"«\u00a0{TABLE.libelles[depuis]}\u00a0»" in refus.value.message
        assert f"«\u00a0{TABLE.libelles[vers]}\u00a0»" in refus.value.message


def test_la_documentation_dit_chaque_etat_et_chaque_acte() -> None:
    page = TABLE.en_markdown("Feu")
    assert page.startswith("# Feu\n")
    assert 'state "Orange" as orange' in page
    assert "    vert --> orange : ralentir" in page
    assert "| Orange | Rouge | arrêter | minuterie |" in page
    assert page.endswith("|\n")
