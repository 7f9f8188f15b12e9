"""Pages of hostile documents, alone, bound with ours: nothing that acts goes through, what is drawn does."""

import io
import zlib

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Encryption, Name, String
from PIL import Image

from jalon.pieces import reliure
from jalon.pieces.enums import TypeDocument
from jalon.pieces.inspection.feuillets import page_d_une_image, pages_d_un_pdf
from jalon.pieces.inspection.motifs import Motif, Refus
from jalon.pieces.inspection.pdf import inspecter_pdf, parcourir
from jalon.pieces.regles import raison_de_ne_pas_relier
from jalon.pieces.reliure import mettre_en_pages, relier
from tests.pieces.corpus_hostile import EXTERIEURS, JOINTS, MEDIAS, PROGRAMMES, Hostile
from tests.pieces.fabrique import action, champ, flux, pdf, pdf_brut, photo

QUI_AGIT = {
    "/A", "/AA", "/AcroForm", "/AF", "/Annots", "/EF", "/EmbeddedFiles", "/JavaScript", "/JS", "/Names", "/OpenAction", "/RichMediaContent",
    "/URI", "/XFA",
}  # fmt: skip


def ouvrir(octets: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(octets))


def cles(octets: bytes) -> set[str]:
    """Every key of every object, reachable or not."""
    with ouvrir(octets) as document:
        return {cle for racine in (document.trailer, *document.objects) for d in parcourir(racine) for cle in d.keys()}  # noqa: SIM118


def tout_ce_qui_agit(document: pikepdf.Pdf) -> None:
    """A program at the opening, others on a page and a link, a file inside, a form that is sent."""
    champ(document, AA=Dictionary(K=action(document, "JavaScript", JS=String("app.alert(1)"))))
    lien = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action(document, "Launch", F=String("cmd.exe"))
    )
    document.pages[0].obj.Annots.append(document.make_indirect(lien))
    document.pages[0].obj.AA = Dictionary(O=action(document, "URI", URI=String("https://pirate.example")))
    document.Root.OpenAction = action(document, "JavaScript", JS=String("app.alert(2)"))
    document.attachments["vilain.exe"] = AttachedFileSpec(document, b"MZ\x90\x00 vilain")
    document.Root.AcroForm.XFA = String("<xdp/>")
    document.Root.AF = Array([document.Root.Names.EmbeddedFiles.Names[1]])


def test_ni_programme_ni_action_ni_fichier_ni_formulaire_dans_ce_qui_sort() -> None:
    hostile = pdf(tout_ce_qui_agit, pages=2)
    assert cles(hostile) >= {"/OpenAction", "/JS", "/EmbeddedFiles", "/XFA", "/AA", "/Annots", "/URI"}
    faits = mettre_en_pages(hostile, TypeDocument.PDF)
    assert (faits.motif, faits.pages) == (None, 2)
    relie = relier([pdf(), hostile, faits.pdf], [("Sommaire", 0), ("Pièce à part", 1)])
    assert relie is not None
    for octets in (faits.pdf, relie):
        assert not cles(octets) & QUI_AGIT
        assert b"vilain" not in octets
        assert b"pirate" not in octets
    with ouvrir(relie) as document:
        assert len(document.pages) == 5
        assert [str(ligne.title) for ligne in document.open_outline().root] == ["Sommaire", "Pièce à part"]


@pytest.mark.parametrize("hostile", [*JOINTS, *PROGRAMMES, *MEDIAS, *EXTERIEURS], ids=lambda h: h.cas)
def test_aucun_fichier_hostile_ne_passe_autrement_qu_en_pages(hostile: Hostile) -> None:
    try:
        pages = pages_d_un_pdf(hostile.faire())
    except Refus:
        return
    assert not cles(pages) & QUI_AGIT
    assert inspecter_pdf(pages) == pages


@pytest.mark.parametrize(
    ("octets", "motif"),
    [
        (b"%PDF-1.7 abc", Motif.ABIME),
        (pdf(encryption=Encryption(owner="a", user="b")), Motif.MOT_DE_PASSE),
        (pdf(encryption=Encryption(owner="a", user="")), Motif.VERROUILLE),
        (pdf(pages=501), Motif.TROP_DE_PAGES),
    ],
)
def test_ce_qui_ne_se_relie_pas_dit_pourquoi(octets: bytes, motif: Motif) -> None:
    assert mettre_en_pages(octets, TypeDocument.PDF) == reliure.Feuillets(motif)


def test_chaque_motif_a_sa_phrase_pour_qui_lit() -> None:
    phrases = {raison_de_ne_pas_relier(motif) for motif in Motif}
    assert len(phrases) == 3
    assert all(phrase.endswith("à part.") for phrase in phrases)


def test_le_temps_est_borne() -> None:
    assert mettre_en_pages(pdf(), TypeDocument.PDF, secondes=0.01).motif == Motif.TROP_LONG
    assert relier([pdf()], [], secondes=0.01) is None


def noirs(octets: bytes) -> int:
    image = pypdfium2.PdfDocument(octets)[0].render(scale=1, may_draw_forms=False).to_pil().convert("L")  # type: ignore[no-untyped-call]
    return int(sum(image.histogram()[:128]))


def rempli(document: pikepdf.Pdf) -> None:
    """A field whose answer is a black square, a stamp beside it, another that is hidden."""
    carre = document.make_stream(b"0 g 0 0 50 50 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 50]))
    champ(document, AP=Dictionary(N=carre), F=4)
    for place, drapeaux in ((100, 4), (200, 2)):
        tampon = Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([place, 10, place + 50, 60]), AP=Dictionary(N=carre), F=drapeaux
        )
        document.pages[0].obj.Annots.append(document.make_indirect(tampon))


def test_les_reponses_d_un_formulaire_et_les_tampons_restent_dessines() -> None:
    assert 4_900 <= noirs(pages_d_un_pdf(pdf(rempli))) <= 5_200


def test_une_page_garde_sa_taille_son_sens_et_ce_que_son_arbre_lui_donne() -> None:
    def heriter(document: pikepdf.Pdf) -> None:
        arbre = document.Root.Pages
        arbre.MediaBox, arbre.Rotate = Array([0, 0, 300, 400]), 90
        for page in document.pages:
            del page.obj["/MediaBox"]

    with ouvrir(pages_d_un_pdf(pdf(heriter, pages=2))) as document:
        assert [(list(map(int, p.mediabox)), int(p.obj.Rotate)) for p in document.pages] == [([0, 0, 300, 400], 90)] * 2


@pytest.mark.parametrize(
    ("octets", "papier"),
    [
        (photo((2000, 3000)), (595, 842)),
        (photo((3000, 2000)), (842, 595)),
        (photo((60, 40), "PNG", "RGBA"), (842, 595)),
        (photo((40, 60), "PNG", "1"), (595, 842)),
        (photo((40, 60), "PNG", "P"), (595, 842)),
        (photo((40, 60), "PNG", "LA"), (595, 842)),
        (photo((40, 60), "JPEG", "CMYK"), (595, 842)),
    ],
)
def test_une_image_tient_sur_une_page_a4(octets: bytes, papier: tuple[int, int]) -> None:
    page = page_d_une_image(octets)
    with ouvrir(page) as document:
        assert tuple(round(float(cote)) for cote in list(document.pages[0].mediabox)[2:]) == papier
        image = document.pages[0].obj.Resources.XObject.Piece
        assert max(image.Width, image.Height) <= 3508
    assert noirs(page) > 0
    assert inspecter_pdf(page) == page


def test_ce_qui_est_transparent_est_blanc() -> None:
    vide = photo((40, 60), "PNG", "RGBA")
    sortie = io.BytesIO()
    Image.new("RGBA", (40, 60), (0, 0, 0, 0)).save(sortie, "PNG")
    assert noirs(page_d_une_image(vide)) > 0
    assert noirs(page_d_une_image(sortie.getvalue())) == 0


def test_une_image_abimee_le_dit() -> None:
    assert mettre_en_pages(b"\x89PNG\r\n\x1a\n", TypeDocument.PNG).motif == Motif.ABIME


def test_une_page_qui_se_deplie_sans_fin_est_arretee() -> None:
    bombe = flux(zlib.compress(b" " * 70_000_000), b"/Filter /FlateDecode")
    assert mettre_en_pages(pdf_brut(bombe, suite=b"/Contents 4 0 R"), TypeDocument.PDF).motif == Motif.BOMBE


@pytest.fixture(params=["", "ok\\n", "ok\\n1\\nMZ", "ok\\n0\\n%PDF-1.7", "ok\\nx\\n%PDF-1.7"])
def detourne(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child process that says something else."""
    commande = ("/bin/sh", "-c", 'cat >/dev/null; printf "%b" "$0"', request.param)
    monkeypatch.setattr(reliure, "FEUILLETS", commande)
    monkeypatch.setattr(reliure, "RELIURE", commande)


@pytest.mark.usefixtures("detourne")
def test_un_processus_detourne_ne_donne_que_des_pdf() -> None:
    assert mettre_en_pages(pdf(), TypeDocument.PDF).motif == Motif.INTERROMPU
    assert relier([pdf()], []) is None


def test_ce_qui_n_est_pas_un_pdf_ne_se_relie_pas() -> None:
    assert relier([pdf(), b"%PDF-1.7 rien"], []) is None
