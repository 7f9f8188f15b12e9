"""Files of real shapes that must be accepted (exigences, S7)."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Stream, String
from PIL import Image

from jalon.editions.composition import composer_accord, composer_lettres
from jalon.editions.documents import Accord, Emetteur, Lettre, LigneAccord
from jalon.socle.acteurs import Profil
from tests.pieces.fabrique import action, annoter, champ, flux, pdf, pdf_brut, photo

Fichier = tuple[str, str, Callable[[], bytes]]
EMETTEUR = Emetteur("OPCO Exemple", site="https://monespace.example")


def _lettre() -> bytes:
    lettre = Lettre(
        "L-1", "123456782", Profil.ADHERENT, ("Mme Zoé ÉTÉ", "1 RUE X", "69002 LYON"), "ABCD2345EFGH67", date(2027, 2, 1)
    )
    return composer_lettres([lettre], emetteur=EMETTEUR, titre="Lettres", date_document=date(2026, 11, 23))[0]


def _accord() -> bytes:
    ligne = LigneAccord("Coûts pédagogiques", "21 h", Decimal(25), Decimal(525))
    montants = {"total_ht": Decimal(525), "taux_tva": Decimal(20), "total_ttc": Decimal(630)}
    return composer_accord(
        Accord(EMETTEUR, "2611AF000001", "Action", (), (), (ligne,), **montants, mode_paiement="Subrogation", sens_mode_paiement="",
               conditions=("a",), recours=("b",), signataire="E. Laurent", fait_le=date(2026, 11, 23))
    )  # fmt: skip


def _deuxieme_version() -> bytes:
    premier = pdf_brut()
    place = len(premier)
    ajout = b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate 90 >>\nendobj\n"
    table = b"xref\n3 1\n%010d 00000 n \n" % place
    debut = premier.rsplit(b"startxref\n", 1)[1].split(b"\n")[0]
    fin = b"trailer\n<< /Size 4 /Root 1 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (debut, place + len(ajout))
    return premier + ajout + table + fin


def _calques(document: pikepdf.Pdf) -> None:
    calque = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("Plan")))
    document.Root.OCProperties = Dictionary(OCGs=Array([calque]), D=Dictionary(Order=Array([calque])))


def _signets(document: pikepdf.Pdf) -> None:
    with document.open_outline() as plan:
        plan.root.append(pikepdf.OutlineItem("Objectifs", 0))


def _signature(document: pikepdf.Pdf) -> None:
    valeur = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 10, 20, 10]), Contents=String("x" * 64))
    annoter(document, "Widget", FT=Name.Sig, T=String("Signature"), V=document.make_indirect(valeur))
    document.Root.AcroForm = Dictionary(Fields=Array([document.pages[0].obj.Annots[0]]), SigFlags=3)


def _metadonnees(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as m:
        m["dc:title"] = "Convention de formation"


def _etiquetes(document: pikepdf.Pdf) -> None:
    document.Root.MarkInfo = Dictionary(Marked=True)
    document.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Dictionary(Type=Name.StructElem, S=Name.P))


def _case_a_cocher(document: pikepdf.Pdf) -> None:
    apparence = document.make_indirect(
        Stream(document, b"0 0 10 10 re S", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10]))
    )
    annoter(document, "Widget", FT=Name.Btn, T=String("oui"), V=Name.Oui, AS=Name.Oui, AP=Dictionary(N=Dictionary(Oui=apparence)))
    document.Root.AcroForm = Dictionary(Fields=Array([document.pages[0].obj.Annots[0]]))


def _destination(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Array([document.pages[0].obj, Name.Fit])


def _numerisation(mode: str, pages: int = 1, taille: tuple[int, int] = (1240, 1754)) -> bytes:
    feuilles = [Image.linear_gradient("L").resize(taille).convert(mode) for _ in range(pages)]
    sortie = io.BytesIO()
    feuilles[0].save(sortie, "PDF", save_all=True, append_images=feuilles[1:], resolution=150)
    return sortie.getvalue()


def _lien(uri: str) -> bytes:
    return pdf(lambda d: annoter(d, "Link", A=action(d, "URI", URI=String(uri))))


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Téléphone"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (45.0, 46.0, 0.0)
    return exif


def _deux_vues() -> bytes:
    vues = [Image.linear_gradient("L").resize((400, 300)).convert("RGB") for _ in range(2)]
    sortie = io.BytesIO()
    vues[0].save(sortie, "MPO", save_all=True, append_images=vues[1:])
    return sortie.getvalue()


def _seize_bits() -> bytes:
    sortie = io.BytesIO()
    Image.linear_gradient("L").convert("I").point(lambda v: v * 256).convert("I;16").save(sortie, "PNG")
    return sortie.getvalue()


PDFS: list[Fichier] = [
    *[(f"PDF {v}", "convention.pdf", lambda v=v: pdf(force_version=v)) for v in ("1.3", "1.4", "1.5", "1.6", "1.7", "2.0")],
    ("linéarisé", "convention.pdf", lambda: pdf(pages=3, linearize=True)),
    ("objets compressés", "convention.pdf", lambda: pdf(pages=3, object_stream_mode=ObjectStreamMode.generate)),
    ("sans compression", "convention.pdf", lambda: pdf(pages=3, compress_streams=False)),
    ("120 pages", "programme.pdf", lambda: pdf(pages=120)),
    ("500 pages", "programme.pdf", lambda: pdf(pages=500)),
    ("Typst, lettre", "lettre.pdf", _lettre),
    ("Typst, accord", "accord.pdf", _accord),
    ("lien https", "programme.pdf", lambda: _lien("https://exemple.test/a?b=c:d")),
    ("lien courriel", "programme.pdf", lambda: _lien("mailto:contact@exemple.test")),
    ("lien téléphone", "programme.pdf", lambda: _lien("tel:+33100000000")),
    ("lien sans schéma", "programme.pdf", lambda: _lien("www.exemple.test")),
    ("destination d’ouverture", "programme.pdf", lambda: pdf(_destination)),
    ("action vers une page", "programme.pdf", lambda: pdf(lambda d: annoter(d, "Link", A=action(d, "GoTo", D=String("fin"))))),
    ("signets", "programme.pdf", lambda: pdf(_signets)),
    ("formulaire sans programme", "cerfa.pdf", lambda: pdf(champ)),
    ("case à cocher", "cerfa.pdf", lambda: pdf(_case_a_cocher)),
    ("signature électronique", "convention.pdf", lambda: pdf(_signature)),
    ("deuxième version", "convention.pdf", _deuxieme_version),
    ("calques", "plan.pdf", lambda: pdf(_calques)),
    ("métadonnées", "convention.pdf", lambda: pdf(_metadonnees)),
    ("balisé", "convention.pdf", lambda: pdf(_etiquetes)),
    ("numérisation en couleur", "scan.pdf", lambda: _numerisation("RGB")),
    ("numérisation en gris, 12 pages", "scan.pdf", lambda: _numerisation("L", 12)),
    ("numérisation en noir et blanc", "scan.pdf", lambda: _numerisation("1", 3)),
    ("commentaire binaire", "convention.pdf", lambda: pdf_brut(entete=b"%PDF-1.4\r\n%\xe2\xe3\xcf\xd3\r\n")),
    ("fin garnie de zéros", "convention.pdf", lambda: pdf() + b"\x00" * 512),
    ("fin garnie de lignes", "convention.pdf", lambda: pdf() + b"\r\n\r\n"),
    ("flux en texte", "convention.pdf", lambda: pdf_brut(flux(b"9jqo^~>", b"/Filter /ASCII85Decode"))),
    ("groupe de transparence", "convention.pdf", lambda: pdf_brut(suite=b"/Group << /S /Transparency /CS /DeviceRGB >>")),
]  # fmt: skip
PHOTOS: list[Fichier] = [
    ("photo de téléphone tournée", "IMG_2041.JPG", lambda: photo((4032, 3024), exif=_exif())),
    ("photo de 48 millions de pixels tournée", "photo.jpg", lambda: photo((8000, 6000), exif=_exif(), quality=60)),
    ("photo progressive", "photo.jpeg", lambda: photo(progressive=True)),
    ("photo grise", "photo.jpg", lambda: photo(mode="L")),
    ("photo CMJN", "photo.jpg", lambda: photo(mode="CMYK")),
    ("photo commentée", "photo.jfif", lambda: photo(comment=b"convention", icc_profile=b"\x00" * 128)),
    ("photo à deux vues", "photo.jpg", _deux_vues),
    ("photo vivante", "photo.jpg", lambda: photo() + b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 300),
    ("photo de téléphone annotée", "photo.jpg", lambda: photo() + b"\x00\x00\x01\x0aImage_UTC_Data1700000000000SEFT"),
    ("numérisation PNG", "scan.png", lambda: photo((2480, 3508), "PNG", "1")),
    ("PNG en couleur", "scan.PNG", lambda: photo(genre="PNG")),
    ("PNG transparent", "scan.png", lambda: photo(genre="PNG", mode="RGBA")),
    ("PNG à palette", "scan.png", lambda: photo(genre="PNG", mode="P")),
    ("PNG à palette transparente", "scan.png", lambda: photo(genre="PNG", mode="P", transparency=0)),
    ("PNG gris transparent", "scan.png", lambda: photo(genre="PNG", mode="LA")),
    ("PNG 16 bits", "scan.png", _seize_bits),
]
CORPUS = [*PDFS, *PHOTOS]
