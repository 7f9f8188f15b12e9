"""The sprite holds what is used, as lucide draws it, and nothing else."""

import re
from xml.etree import ElementTree as ET

import lucide

from jalon.web.composants.icones import SPRITE, SVG, composer_sprite, icones_utilisees


def test_le_sprite_contient_exactement_les_icones_nommees() -> None:
    presentes = set(re.findall(r'id="i-([a-z0-9-]+)"', SPRITE.read_text(encoding="utf-8")))
    nommees = icones_utilisees()
    assert presentes == nommees, (
        f"manquent {sorted(nommees - presentes)}, inutiles {sorted(presentes - nommees)} : python -m jalon.web.composants.icones"
    )


def test_les_traces_sont_ceux_de_lucide() -> None:
    for symbole in ET.fromstring(SPRITE.read_text(encoding="utf-8")):  # noqa: S314 (our own file)
        nom = symbole.attrib["id"].removeprefix("i-")
        attendus = [(forme.tag.text, forme.attrib) for forme in lucide._load_icon(nom)]
        assert [(f.tag.removeprefix(SVG), f.attrib) for f in symbole] == attendus, nom


def test_le_sprite_se_recompose_a_l_identique() -> None:
    assert composer_sprite(icones_utilisees()) == SPRITE.read_text(encoding="utf-8")


def test_les_icones_des_tables_python_et_du_script_sont_vues() -> None:
    assert {"house", "circle-dashed", "refresh-cw", "landmark"} <= icones_utilisees()
