"""kill -9 of a real worker while it makes an export: the file ends whole, once, and no half of one can be read."""

import pytest

from jalon.comptes.models import Personne
from jalon.exports.actions.demandes import demander_export
from jalon.exports.actions.telechargement import telecharger_export
from jalon.exports.enums import EtatExport
from jalon.exports.models import Export
from jalon.exports.regles import PASSAGES_AU_PLUS
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.coffre import PROVISOIRE
from jalon.socle.horloge import maintenant
from tests.dossiers.fabrique import SIREN, accorde
from tests.exports.outils import feuilles
from tests.habilitations.fabrique import acteur
from tests.pannes import scene
from tests.pannes.conftest import Terrain

PRODUCTION, FICHIER = "jalon.exports.actions.production", "jalon.socle.coffre"
FAIT = "jalon.exports.taches:produire_export/apres"
POINTS = (
    f"{PRODUCTION}:presenter/avant",
    f"{PRODUCTION}:ecrire_classeur/apres",
    f"{FICHIER}:os.fsync/avant",
    f"{FICHIER}:Path.replace/apres",
    f"{PRODUCTION}:noter_export/apres",
    FAIT,
)
"""Rows read, workbook written, temporary file written, file in place, row marked, committed."""


def _demander(par: ActeurPersonne) -> Export:
    return demander_export(
        liste="dossiers", requete="", siren=SIREN, format_="xlsx", raison="Bilan", par=par, maintenant=maintenant()
    )


def _relu(export: Export) -> Export:
    return Export.objects.tous("essai").get(pk=export.pk)


@pytest.mark.nuit
def test_un_kill_9_a_chaque_point_d_un_export(terrain: Terrain) -> None:
    scene.peupler()
    numeros = {accorde().numero for _ in range(3)}
    aline = Personne.objects.get(prenom="Aline")
    for point in POINTS:
        export = _demander(acteur(aline, maintenant()))
        terrain.tuer(point)
        assert _relu(export).etat == (EtatExport.PRET if point == FAIT else EtatExport.EN_COURS)
        terrain.reprendre()
        terrain.interrompus = 0
        fini = _relu(export)
        assert (fini.etat, fini.passages) == (EtatExport.PRET, 1 if point == FAIT else 2)
        assert fini.passages < PASSAGES_AU_PLUS
        _, contenu = telecharger_export(export_id=export.pk, par=acteur(aline, maintenant()), maintenant=maintenant())
        lignes = next(iter(list(feuilles(b"".join(contenu)).values())[1:]))
        assert {str(cellule) for ligne in lignes for cellule in ligne} >= numeros
    gardes = [f for f in (terrain.dossier / "exports").rglob("*") if f.is_file() and not f.name.endswith(PROVISOIRE)]
    assert {str(p) for p in Export.objects.tous("essai").values_list("passage", flat=True)} <= {f.name for f in gardes}
