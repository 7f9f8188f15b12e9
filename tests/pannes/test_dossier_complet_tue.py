"""kill -9 of a real worker while it makes a whole dossier: one file, whole, each document noted once; never a half."""

import io
from datetime import timedelta

import pikepdf
import pytest

from jalon.comptes.models import Personne
from jalon.dossiers.actions import demander_dossier_complet, ouvrir_fichier_des_pieces
from jalon.dossiers.enums import EtatOperation
from jalon.dossiers.models import OperationEnNombre, PieceDeposee
from jalon.journal.models import Evenement
from jalon.socle.coffre import PROVISOIRE
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import maintenant
from tests.dossiers.fabrique import SIREN, accorde
from tests.dossiers.test_dossier_complet import contenir
from tests.habilitations.fabrique import acteur
from tests.pannes import scene
from tests.pannes.conftest import Terrain
from tests.pieces.fabrique import pdf

RELIURE, FICHIER, SUITE = "jalon.dossiers.actions.reliure", "jalon.socle.coffre", "jalon.dossiers.actions.operations"
POINTS = (
    f"{RELIURE}:ouvrir_piece/apres",
    f"{RELIURE}:mettre_en_pages/apres/2",
    f"{FICHIER}:os.fsync/avant",
    f"{FICHIER}:Path.replace/apres/2",
    f"{RELIURE}:relier/apres",
    f"{FICHIER}:Path.replace/apres/3",
    f"{SUITE}:_finir/apres",
)
"""Document noted, second in pages, first being written, second kept, bound, whole file in place, told finished and not committed."""


@pytest.mark.nuit
def test_un_kill_9_a_chaque_point_d_un_dossier_complet(terrain: Terrain) -> None:
    scene.peupler()
    dossier = accorde()
    for piece in PieceDeposee.objects.tous("essai").filter(dossier=dossier):
        contenir(piece, pdf(pages=2))
    terrain.reprendre()
    aline = Personne.objects.get(prenom="Aline")
    for point in POINTS:
        deja = _ouvertures()
        par = acteur(aline, maintenant())
        operation = demander_dossier_complet(dossier_id=dossier.pk, siren=SIREN, par=par, maintenant=maintenant())
        terrain.tuer(point)
        assert _relue(operation).etat in {EtatOperation.DEMANDEE, EtatOperation.EN_COURS}
        with pytest.raises(Introuvable):
            ouvrir_fichier_des_pieces(operation_id=operation.pk, par=par, maintenant=maintenant())
        terrain.reprendre()
        terrain.interrompus = 0
        assert (_relue(operation).etat, _relue(operation).refus) == (EtatOperation.TERMINEE, [])
        fichier = ouvrir_fichier_des_pieces(operation_id=operation.pk, par=par, maintenant=maintenant() + timedelta(seconds=1))
        with pikepdf.open(io.BytesIO(fichier.octets)) as document, document.open_outline() as signets:
            assert [str(ligne.title) for ligne in signets.root][:3] == SIGNETS
            assert len(signets.root) == 5
        assert _ouvertures() == deja + 2
    gardes = {f.name for f in (terrain.dossier / "operations").rglob("*") if f.is_file() and not f.name.endswith(PROVISOIRE)}
    assert gardes == {str(pk) for pk in OperationEnNombre.objects.tous("essai").values_list("pk", flat=True)}


SIGNETS = ["Sommaire", "Récapitulatif de la demande", "Accord de prise en charge"]


def _relue(operation: OperationEnNombre) -> OperationEnNombre:
    relue: OperationEnNombre = OperationEnNombre.objects.tous("essai").get(pk=operation.pk)
    return relue


def _ouvertures() -> int:
    return int(Evenement.objects.tous("essai").filter(code="piece.ouverte").count())
