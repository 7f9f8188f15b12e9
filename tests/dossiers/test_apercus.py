"""Looking at a document of a request: by its door, one line of the register for each opening."""

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from jalon.dossiers.actions import deposer_piece, lire_page_d_apercu, ouvrir_apercu, retirer_piece
from jalon.dossiers.actions.apercus import DUREE_D_UNE_OUVERTURE, MOTIF
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.journal.models import Evenement, Revelation
from jalon.pieces.actions import dessiner_apercu
from jalon.pieces.enums import EtatApercu, EtatDocument
from jalon.pieces.models import Apercu
from jalon.pieces.requetes import DocumentIndisponible
from jalon.socle.erreurs import Introuvable
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.dossiers.fabrique import AUTRE_SIREN, LE, accorde, aline, brouillon, driss, emma, joindre, monde
from tests.pieces.conftest import coffres
from tests.pieces.fabrique import pdf

__all__ = ["coffres"]
pytestmark = pytest.mark.django_db
PLUS_TARD = LE + DUREE_D_UNE_OUVERTURE
SECONDE = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _monde(coffres: Path) -> None:
    monde()


def deposer(dossier: Dossier) -> PieceDeposee:
    contenu = io.BytesIO(pdf(pages=2))
    return deposer_piece(dossier_id=dossier.id, code="programme", nom="p.pdf", contenu=contenu, par=aline(), maintenant=LE)


def ouvrir(piece: PieceDeposee, par: FauxActeur | None = None, le: datetime = LE) -> Apercu:
    return ouvrir_apercu(dossier_id=piece.dossier_id, piece_id=piece.id, par=par or aline(), maintenant=le)[1]


def regarder(piece: PieceDeposee, numero: int = 1, par: FauxActeur | None = None, le: datetime = LE) -> bytes:
    ids = {"dossier_id": piece.dossier_id, "piece_id": piece.id}
    return lire_page_d_apercu(**ids, numero=numero, par=par or aline(), maintenant=le)


def dessinee() -> PieceDeposee:
    piece = deposer(brouillon())
    ouvrir(piece)
    dessiner_apercu(document_id=piece.document_id, maintenant=LE)
    return piece


def lignes() -> int:
    vues = Revelation.objects.tous("essai").filter(motif=MOTIF).count()
    assert Evenement.objects.tous("essai").filter(code="piece.ouverte").count() == vues
    return vues


def test_tant_que_rien_n_est_dessine_rien_n_est_lu() -> None:
    piece = deposer(brouillon())
    assert ouvrir(piece).etat == EtatApercu.EN_COURS
    assert ouvrir(piece).etat == EtatApercu.EN_COURS
    with pytest.raises(Introuvable):
        regarder(piece)
    assert lignes() == 0


def test_une_ouverture_et_ses_pages_font_une_ligne() -> None:
    piece = dessinee()
    acteur = aline()
    assert ouvrir(piece, acteur).pages == 2
    assert regarder(piece, 1, acteur) != b""
    assert regarder(piece, 2, acteur) != b""
    assert lignes() == 1
    ligne = Revelation.objects.tous("essai").get()
    assert (ligne.sensible, ligne.acteur_id, ligne.objet_id, ligne.motif) == ("document", acteur.identite, str(piece.pk), MOTIF)
    assert ligne.objet_libelle.startswith("Programme, ")
    ouvrir(piece, acteur)
    assert lignes() == 2


def test_une_image_demandee_sans_sa_page_est_une_ouverture() -> None:
    piece = dessinee()
    acteur = aline()
    regarder(piece, 1, acteur)
    assert lignes() == 1
    regarder(piece, 2, acteur, PLUS_TARD)
    assert lignes() == 1
    regarder(piece, 2, acteur, PLUS_TARD + SECONDE)
    assert lignes() == 2


def test_l_ouverture_d_une_autre_personne_ne_vaut_pas_pour_moi() -> None:
    piece = dessinee()
    ouvrir(piece, aline())
    regarder(piece, 1, acteur_entreprise(piece.siren))
    assert lignes() == 2


@pytest.mark.parametrize("acteur", [driss(), emma(), acteur_entreprise(AUTRE_SIREN), FauxActeur()])
def test_la_piece_d_un_brouillon_ne_se_montre_pas_ailleurs(acteur: FauxActeur) -> None:
    piece = dessinee()
    with pytest.raises(Introuvable):
        ouvrir(piece, acteur)
    with pytest.raises(Introuvable):
        regarder(piece, 1, acteur)
    assert lignes() == 0


def test_le_prestataire_d_un_dossier_accorde_n_en_voit_aucune_page() -> None:
    dossier = accorde()
    piece = joindre(dossier, "programme")
    with pytest.raises(Introuvable):
        ouvrir(piece, driss())
    assert ouvrir(piece, emma()).etat == EtatApercu.EN_COURS


def test_la_piece_d_un_autre_dossier_est_introuvable() -> None:
    piece, autre = dessinee(), brouillon()
    with pytest.raises(Introuvable):
        ouvrir_apercu(dossier_id=autre.id, piece_id=piece.id, par=aline(), maintenant=LE)
    with pytest.raises(Introuvable):
        lire_page_d_apercu(dossier_id=autre.id, piece_id=piece.id, numero=1, par=aline(), maintenant=LE)


@pytest.mark.parametrize("etat", [EtatDocument.EN_ATTENTE, EtatDocument.REFUSEE])
def test_avant_l_antivirus_ou_apres_son_refus_rien_ne_se_montre(etat: EtatDocument) -> None:
    piece = joindre(brouillon(), "programme", etat=etat)
    with pytest.raises(DocumentIndisponible):
        ouvrir(piece)
    with pytest.raises(DocumentIndisponible):
        regarder(piece)
    assert (lignes(), Apercu.objects.count()) == (0, 0)


def test_la_piece_retiree_emporte_son_apercu() -> None:
    piece = dessinee()
    retirer_piece(dossier_id=piece.dossier_id, piece_id=piece.id, par=aline(), maintenant=LE)
    assert not Apercu.objects.exists()
