"""Every article that the money or the pay of an apprentice quotes is in the law."""

import re
from pathlib import Path

import pytest

from jalon.dispositifs import apprentissage

ARTICLE = r"[LRD]\d{4}-\d{1,3}(?:-\d{1,2})?"
EXTRAITS = Path(__file__).parents[4] / "shared" / "domaine" / "code-du-travail-extraits.txt"


@pytest.mark.skipif(not EXTRAITS.exists(), reason="extraits du Code du travail absents")
def test_les_articles_cites_existent_dans_le_code_du_travail() -> None:
    connus = set(re.findall(rf"^## ({ARTICLE}) ", EXTRAITS.read_text(encoding="utf-8"), re.MULTILINE))
    sources = [f.read_text(encoding="utf-8") for f in Path(apprentissage.__path__[0]).rglob("*.py")]
    cites = {article for source in sources for article in re.findall(ARTICLE, source)}
    assert cites
    assert cites <= connus
