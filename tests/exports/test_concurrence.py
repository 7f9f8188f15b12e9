"""Several pages, several workers at the same instant: six exports in all, one file each, one export of a person at a time."""

from pathlib import Path

import pytest

from jalon.exports.actions.production import produire_export
from jalon.exports.enums import EtatExport
from jalon.exports.models import Export
from jalon.exports.regles import EN_ATTENTE_AU_PLUS
from jalon.journal.models import Evenement
from tests.exports.outils import Ligne, demander, poser
from tests.fils import ensemble, genres
from tests.habilitations.fabrique import LE, acteur, organisation, personne, rattacher


def _lignes() -> list[Export]:
    return list(Export.objects.tous("essai").order_by("demande_le", "id"))


@pytest.mark.usefixtures("base_reelle")
def test_a_plusieurs_le_compte_est_exact(monkeypatch: pytest.MonkeyPatch, coffre_des_exports: Path) -> None:
    organisation()
    rattacher(aline := personne("Aline", "Ferrand"))
    poser(monkeypatch, [Ligne(nom=f"N{rang}") for rang in range(5)])
    demandes = ensemble([lambda: demander(acteur(aline))] * (EN_ATTENTE_AU_PLUS + 3))
    assert genres(demandes) == {"Export": EN_ATTENTE_AU_PLUS + 1, "TropDEssais": 2}
    for _ in _lignes():
        enjeux = [e for e in _lignes() if e.etat != EtatExport.PRET]
        ensemble([lambda e=e: produire_export(export_id=e.pk, horloge=lambda: LE) for e in [*enjeux[:2], *enjeux[:2]]])  # type: ignore[misc]
    for export in _lignes():
        produire_export(export_id=export.pk, horloge=lambda: LE)
    assert {e.etat for e in _lignes()} == {EtatExport.PRET}
    assert sorted(f.name for f in coffre_des_exports.rglob("*") if f.is_file()) == sorted(str(e.passage) for e in _lignes())
    assert Evenement.objects.tous("essai").filter(code="export.pret").count() == EN_ATTENTE_AU_PLUS + 1
