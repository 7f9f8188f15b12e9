"""Every hostile file gets its own sentence; every honest one is kept."""

import io
import subprocess
import time
from datetime import UTC, datetime

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat
from PIL.PngImagePlugin import PngInfo

from jalon.pieces import examen as module_examen
from jalon.pieces.actions import deposer_document
from jalon.pieces.enums import TypeDocument
from jalon.pieces.examen import COMMANDE, examiner
from jalon.pieces.inspection.motifs import Motif
from jalon.pieces.regles import EXTENSIONS, PHRASES, extension_de, nettoyer_nom, refus_de_type
from jalon.socle.erreurs import SaisieRefusee
from tests.pieces.acteur import ActeurDEssai
from tests.pieces.corpus_honnete import CORPUS as HONNETES
from tests.pieces.corpus_honnete import Fichier, _exif
from tests.pieces.corpus_hostile import CORPUS as HOSTILES
from tests.pieces.corpus_hostile import Hostile
from tests.pieces.fabrique import flux, pdf, pdf_brut, photo

LE = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize("hostile", HOSTILES, ids=lambda h: h.cas)
def test_un_fichier_hostile_est_refuse_avec_sa_phrase(hostile: Hostile) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        deposer_document(nom=hostile.nom, contenu=io.BytesIO(hostile.faire()), par=ActeurDEssai(), maintenant=LE)
    assert refus.value.message == hostile.phrase


@pytest.mark.parametrize("honnete", HONNETES, ids=lambda h: h[0])
def test_un_fichier_honnete_est_accepte(honnete: Fichier) -> None:
    _, nom, faire = honnete
    octets, propre = faire(), nettoyer_nom(nom)
    assert refus_de_type(propre, octets[:16], list(TypeDocument)) is None
    resultat = examiner(octets, EXTENSIONS[extension_de(propre)])
    assert resultat.motif is None
    assert resultat.contenu


def test_les_corpus_sont_assez_grands_et_sans_doublon() -> None:
    assert len({h.cas for h in HOSTILES}) == len(HOSTILES) >= 60
    assert len({h[0] for h in HONNETES}) == len(HONNETES) >= 30
    assert set(PHRASES.values()) - {h.phrase for h in HOSTILES} == {
        PHRASES[Motif.TROP_LONG],
        PHRASES[Motif.INTERROMPU],
        PHRASES[Motif.FACTUR_X],  # corpus_facturx: of invoices alone
    }


def test_chaque_motif_a_sa_phrase_et_aucune_ne_blame() -> None:
    assert set(PHRASES) == set(Motif)
    assert len(set(PHRASES.values())) == len(PHRASES)
    for phrase in PHRASES.values():
        assert "invalide" not in phrase
        assert "veuillez" not in phrase.lower()
        assert "'" not in phrase


def test_un_pdf_accepte_est_rendu_tel_quel() -> None:
    octets = pdf(pages=3)
    assert examiner(octets, TypeDocument.PDF).contenu == octets


def test_une_photo_est_redressee_et_perd_sa_position() -> None:
    octets = photo((640, 480), exif=_exif(), comment=b"<script>alert(1)</script>")
    assert b"script" in octets
    propre = examiner(octets, TypeDocument.JPEG).contenu
    with Image.open(io.BytesIO(propre)) as image:
        assert image.size == (480, 640)
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"script" not in propre
    assert b"GPS" not in propre


def test_ce_qui_suit_une_photo_de_telephone_n_est_pas_conserve() -> None:
    propre = examiner(photo() + b"\x00\x00\x00\x18ftypmp42SECRET", TypeDocument.JPEG).contenu
    assert b"ftyp" not in propre
    assert propre.endswith(b"\xff\xd9")


def test_un_png_garde_ses_pixels_et_perd_ses_textes() -> None:
    texte = PngInfo()
    texte.add_text("Auteur", "Bruno", zip=True)
    octets = photo(genre="PNG", mode="RGBA", pnginfo=texte)
    assert b"Auteur" in octets
    propre = examiner(octets, TypeDocument.PNG).contenu
    with Image.open(io.BytesIO(octets)) as avant, Image.open(io.BytesIO(propre)) as apres:
        assert sum(ImageStat.Stat(ImageChops.difference(avant, apres)).sum) == 0
        assert apres.info == {}


@pytest.mark.parametrize(("genre", "mode", "options"), [("JPEG", "RGB", {"quality": 60}), ("PNG", "RGB", {}), ("PNG", "1", {})])
def test_une_tres_grande_image_est_reduite_de_moitie(genre: str, mode: str, options: dict[str, int]) -> None:
    octets = photo((8000, 6000), genre, mode, **options)
    propre = examiner(octets, TypeDocument(f"image/{genre.lower()}")).contenu
    with Image.open(io.BytesIO(propre)) as image:
        assert image.size == (4000, 3000)


def test_un_controle_trop_long_est_un_refus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_examen, "COMMANDE", (COMMANDE[0], "-c", "import time; time.sleep(60)"))
    debut = time.monotonic()
    assert examiner(pdf(), TypeDocument.PDF, secondes=0.5).motif is Motif.TROP_LONG
    assert time.monotonic() - debut < 5


@pytest.mark.parametrize(
    ("programme", "motif"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", Motif.TROP_LONG),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", Motif.TROP_LONG),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Motif.INTERROMPU),
        ("raise SystemExit(3)", Motif.INTERROMPU),
        ("print('n’importe quoi')", Motif.INTERROMPU),
        ("print('ok')", Motif.INTERROMPU),
        ("", Motif.INTERROMPU),
    ],
)
def test_un_controle_qui_meurt_est_un_refus(programme: str, motif: Motif, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_examen, "COMMANDE", (COMMANDE[0], "-c", programme))
    with pytest.raises(SaisieRefusee) as refus:
        deposer_document(nom="piece.pdf", contenu=io.BytesIO(pdf()), par=ActeurDEssai(), maintenant=LE)
    assert refus.value.message == PHRASES[motif]


def _enferme(programme: str) -> str:
    """What a program prints once shut in, as the inspection is."""
    source = f"from jalon.pieces.inspection.enclos import s_enfermer\nimport os, socket\ns_enfermer()\n{programme}"
    fin = subprocess.run([*COMMANDE[:2], "-c", source], capture_output=True, text=True, check=False, timeout=60)
    return fin.stdout.strip() or f"mort {fin.returncode}"


@pytest.mark.parametrize(
    "geste",
    [
        "open('/etc/hostname')",
        "open('/tmp/trace', 'w')",
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "os.fork()",
        "bytearray(600 * 1024 * 1024)",
        "os.pipe()",
    ],
)
def test_le_controle_ne_peut_rien_ouvrir(geste: str) -> None:
    essai = f"try:\n    {geste}\n    print('permis')\nexcept (OSError, MemoryError) as erreur:\n    print('refus')"
    assert _enferme(essai) == "refus"


def test_le_controle_n_est_plus_administrateur() -> None:
    assert _enferme("print(os.geteuid() == 0)") == "False"


@pytest.mark.nuit
def test_le_controle_a_dix_secondes_de_calcul() -> None:
    debut = time.monotonic()
    assert _enferme("while True: pass") in {"mort -24", "mort -9"}
    assert time.monotonic() - debut < 60


def test_les_noms_maquilles_sont_lus() -> None:
    octets = pdf_brut(flux(b"x", b"/#46 (http://exemple.test/)"))
    with pikepdf.open(io.BytesIO(octets)) as document:
        assert "/F" in document.objects[3].keys()  # noqa: SIM118
    assert examiner(octets, TypeDocument.PDF).motif is Motif.CONTENU_EXTERNE


def test_les_types_acceptes_peuvent_etre_restreints() -> None:
    with pytest.raises(SaisieRefusee, match=r"^Joignez un PDF$"):
        deposer_document(
            nom="photo.jpg", contenu=io.BytesIO(photo()), par=ActeurDEssai(), maintenant=LE, types=[TypeDocument.PDF]
        )
