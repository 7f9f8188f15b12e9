"""Two people, or two clicks, at the same instant: nobody is lost, nothing is done twice."""

import pytest

from jalon.dossiers.actions import importer_lignes, scinder_dossier
from jalon.dossiers.models import Dossier
from tests.dossiers.fabrique import LE, aline, brouillon, monde, relire, remplir, stagiaires
from tests.dossiers.test_scission import limiter
from tests.fils import ensemble


@pytest.mark.usefixtures("base_reelle")
def test_ensemble_rien_ne_se_perd_et_rien_ne_se_scinde_deux_fois() -> None:
    monde()
    limiter(3)
    dossier, toutes = remplir(brouillon(), stagiaires=[]), stagiaires(8)
    ensemble([
        lambda part=toutes[n::4]: importer_lignes(
            dossier_id=dossier.id, section="stagiaires", lignes=part, par=aline(), maintenant=LE
        )
        for n in range(4)
    ])  # fmt: skip
    assert relire(dossier).nombre_stagiaires == 8
    resultats = ensemble([lambda: scinder_dossier(dossier_id=dossier.id, par=aline(), maintenant=LE)] * 4)
    assert len({tuple(p.pk for p in parts) for parts in resultats if isinstance(parts, list)}) == 1
    assert sorted(Dossier.objects.tous("essai").values_list("nombre_stagiaires", flat=True)) == [2, 3, 3]
