"""Files that must be refused, each with the sentence expected for its kind (exigences, S7)."""

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, Stream, String

from jalon.pieces.inspection.motifs import Motif
from jalon.pieces.regles import PHRASES
from tests.pieces.fabrique import (
    EICAR,
    action,
    annoter,
    archive,
    champ,
    flux,
    jpeg_de,
    morceau,
    pdf,
    pdf_brut,
    photo,
    png_brut,
)

TYPES = "Joignez un PDF, un JPEG ou un PNG"
PAS_UN_PDF = f"Ce fichier se nomme «\u00a0.pdf\u00a0» mais n’est pas un PDF. {TYPES}"
PAS_UN_PNG = f"Ce fichier se nomme «\u00a0.png\u00a0» mais n’est pas un PNG. {TYPES}"
IMAGE = "Enregistrez cette image en PNG ou en JPEG, puis joignez-la"
JS = String("app.alert(1)")


@dataclass(frozen=True)
class Hostile:
    """One file, made when it is needed."""

    cas: str
    nom: str
    faire: Callable[[], bytes]
    phrase: str


def _h(cas: str, faire: Callable[[], bytes], motif: Motif, nom: str = "piece.pdf") -> Hostile:
    return Hostile(cas, nom, faire, PHRASES[motif])


def _renomme(genre: str, extension: str, juste: str) -> str:
    return (
        f"Ce fichier se nomme «\u00a0.{extension}\u00a0» mais son contenu est un {genre}. "
        f"Renommez-le en «\u00a0.{juste}\u00a0», puis joignez-le"
    )


NATURES = [
    Hostile("fichier vide", "piece.pdf", lambda: b"", PHRASES[Motif.VIDE]),
    Hostile(
        "un octet de trop",
        "piece.pdf",
        lambda: b"%PDF-1.7\n" + b"0" * 10_485_752,
        "Ce fichier pèse plus de 10\u00a0Mo, la limite. Réduisez-le, puis joignez-le de nouveau",
    ),
    Hostile("programme", "outil.exe", lambda: b"MZ\x90\x00", TYPES),
    Hostile("double extension", "facture.pdf.exe", lambda: b"MZ\x90\x00", TYPES),
    Hostile("sens d’écriture renversé", "facture\u202efdp.exe", pdf, TYPES),
    Hostile("sans extension", "facture", pdf, TYPES),
    Hostile("fichier d’essai des antivirus", "eicar.com", EICAR.encode, TYPES),
    Hostile("fichier d’essai nommé PDF", "eicar.pdf", EICAR.encode, PAS_UN_PDF),
    Hostile(
        "traitement de texte",
        "convention.docx",
        archive,
        "Enregistrez ce document en PDF depuis votre traitement de texte, puis joignez-le",
    ),
    Hostile(
        "tableur à macros",
        "couts.xls",
        lambda: b"\xd0\xcf\x11\xe0",
        "Enregistrez ce tableau en PDF depuis votre tableur, puis joignez-le",
    ),
    Hostile("archive", "pieces.zip", archive, "Sortez les documents de cette archive, puis joignez-les un par un"),
    Hostile("archive nommée PDF", "piece.pdf", archive, PAS_UN_PDF),
    Hostile("SVG avec programme", "logo.svg", lambda: b"<svg onload='alert(1)'/>", IMAGE),
    Hostile("SVG nommé PNG", "logo.png", lambda: b"<svg onload='alert(1)'/>", PAS_UN_PNG),
    Hostile("page HTML", "page.html", lambda: b"<script>alert(1)</script>", TYPES),
    Hostile("HTML nommé PDF", "page.pdf", lambda: b"<html><script>alert(1)</script>", PAS_UN_PDF),
    Hostile(
        "HEIC",
        "photo.heic",
        lambda: b"\x00\x00\x00\x18ftypheic",
        "Cette photo est au format HEIC. Enregistrez-la en JPEG, puis joignez-la",
    ),
    Hostile("TIFF", "scan.tiff", lambda: b"II*\x00", IMAGE),
    Hostile("GIF", "anime.gif", lambda: b"GIF89a", IMAGE),
    Hostile("GIF nommé PNG", "anime.png", lambda: b"GIF89a", PAS_UN_PNG),
    Hostile("script nommé PNG", "image.png", lambda: b"#!/bin/sh\nrm -rf /", PAS_UN_PNG),
    Hostile("PNG nommé PDF", "piece.pdf", lambda: photo(genre="PNG"), _renomme("PNG", "pdf", "png")),
    Hostile("PDF nommé JPEG", "photo.jpg", pdf, _renomme("PDF", "jpg", "pdf")),
    Hostile("JPEG nommé PNG", "photo.png", photo, _renomme("JPEG", "png", "jpg")),
    Hostile("en-tête PDF décalé", "piece.pdf", lambda: b"\n\n" + pdf(), PAS_UN_PDF),
    Hostile("ZIP puis PDF", "piece.pdf", lambda: archive() + pdf(), PAS_UN_PDF),
]

_XREF_FAUSSE = pdf_brut().replace(b"startxref\n", b"startxref\n9")


def _entre_deux_versions() -> bytes:
    premier = pdf_brut()
    return premier + b"MZ\x90\x00 programme\n" + b"startxref\n" + premier.split(b"startxref\n")[1]


def _entete_de_tar() -> bytes:
    commentaires = b"%PDF-1.7\n" + (b"%" + b"x" * 120 + b"\n") * 2
    return pdf_brut(entete=commentaires + b"%" + b"x" * (257 - len(commentaires) - 1) + b"ustar\n")


def _iso() -> bytes:
    remplissage = 40_000
    octets = bytearray(pdf_brut(flux(b"\x00" * remplissage)))
    octets[32769:32774] = b"CD001"
    return bytes(octets)


ENVELOPPES = [
    _h("coupé au milieu", lambda: pdf(pages=20)[:900], Motif.INCOMPLET),
    _h("sans fin", lambda: pdf_brut().replace(b"%%EOF", b""), Motif.INCOMPLET),
    _h("en-tête seul", lambda: b"%PDF-1.7\n", Motif.INCOMPLET),
    _h("en-tête et fin, rien entre", lambda: b"%PDF-1.7\nstartxref\n0\n%%EOF\n", Motif.POLYGLOTTE),
    _h("table introuvable", lambda: _XREF_FAUSSE, Motif.ABIME),
    _h("fin répétée après coup", lambda: pdf_brut() + b"startxref\n", Motif.INCOMPLET),
    _h("suivi d’un ZIP", lambda: pdf() + archive(), Motif.POLYGLOTTE),
    _h("suivi d’un ZIP et d’une fausse fin", lambda: pdf() + archive() + b"\n%%EOF\n", Motif.POLYGLOTTE),
    _h("ZIP glissé en commentaire final", lambda: pdf() + b"%" + archive() + b"\n%%EOF\n", Motif.POLYGLOTTE),
    _h("suivi de HTML", lambda: pdf() + b"<html><script>alert(1)</script></html>", Motif.POLYGLOTTE),
    _h("suivi de JavaScript", lambda: pdf() + b"/*x*/alert(1)", Motif.POLYGLOTTE),
    _h("HTML en commentaire final", lambda: pdf() + b"%<script>alert(1)</script>\n", Motif.POLYGLOTTE),
    _h(
        "HTML en commentaire d’en-tête",
        lambda: pdf_brut(entete=b"%PDF-1.7\n%<html><script>alert(1)</script>\n"),
        Motif.POLYGLOTTE,
    ),
    _h("données avant le premier objet", lambda: pdf_brut(entete=b"%PDF-1.7\nMZ\x90\x00\n"), Motif.POLYGLOTTE),
    _h("données entre deux versions", _entre_deux_versions, Motif.POLYGLOTTE),
    _h("archive TAR", _entete_de_tar, Motif.POLYGLOTTE),
    _h("image de disque", _iso, Motif.POLYGLOTTE),
    _h("archive PHP", lambda: pdf_brut(flux(b"__HALT_COMPILER(); ?>")), Motif.POLYGLOTTE),
]


def _joindre(document: pikepdf.Pdf) -> None:
    document.attachments["vilain.exe"] = b"MZ"


def _fichier(document: pikepdf.Pdf) -> pikepdf.Object:
    contenu = Stream(document, b"MZ")
    return document.make_indirect(
        Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=document.make_indirect(contenu)))
    )


def _racine(**entrees: Callable[[pikepdf.Pdf], object]) -> Callable[[pikepdf.Pdf], None]:
    def modifier(document: pikepdf.Pdf) -> None:
        for cle, valeur in entrees.items():
            document.Root[f"/{cle}"] = valeur(document)

    return modifier


def _page(cle: str, valeur: Callable[[pikepdf.Pdf], object]) -> Callable[[pikepdf.Pdf], None]:
    def modifier(document: pikepdf.Pdf) -> None:
        document.pages[0].obj[f"/{cle}"] = valeur(document)

    return modifier


def _js(document: pikepdf.Pdf) -> pikepdf.Object:
    return action(document, "JavaScript", JS=JS)


JOINTS = [
    _h("fichier joint", lambda: pdf(_joindre), Motif.FICHIERS_JOINTS),
    _h(
        "annotation portant un fichier",
        lambda: pdf(lambda d: annoter(d, "FileAttachment", FS=_fichier(d))),
        Motif.FICHIERS_JOINTS,
    ),
    _h("fichier associé (Factur-X)", lambda: pdf(_racine(AF=lambda d: Array([_fichier(d)]))), Motif.FICHIERS_JOINTS),
    _h("porte-documents", lambda: pdf(_racine(Collection=lambda d: Dictionary(View=Name.D))), Motif.FICHIERS_JOINTS),
    _h("fichier incorporé sans lien", lambda: pdf_brut(flux(b"MZ", b"/Type /EmbeddedFile")), Motif.FICHIERS_JOINTS),
    _h("fichier incorporé, nom maquillé", lambda: pdf_brut(flux(b"MZ", b"/Type /Embedded#46ile")), Motif.FICHIERS_JOINTS),
]
PROGRAMMES = [
    _h("JavaScript à l’ouverture", lambda: pdf(_racine(OpenAction=_js)), Motif.JAVASCRIPT),
    _h(
        "JavaScript dans les noms",
        lambda: pdf(_racine(Names=lambda d: Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _js(d)]))))),
        Motif.JAVASCRIPT,
    ),
    _h("JavaScript à l’ouverture d’une page", lambda: pdf(_page("AA", lambda d: Dictionary(O=_js(d)))), Motif.JAVASCRIPT),
    _h("JavaScript au survol", lambda: pdf(lambda d: annoter(d, "Link", AA=Dictionary(E=_js(d)))), Motif.JAVASCRIPT),
    _h("JavaScript d’un lien", lambda: pdf(lambda d: annoter(d, "Link", A=_js(d))), Motif.JAVASCRIPT),
    _h("JavaScript d’une case", lambda: pdf(lambda d: champ(d, AA=Dictionary(K=_js(d)))), Motif.JAVASCRIPT),
    _h(
        "JavaScript à la suite",
        lambda: pdf(_racine(OpenAction=lambda d: action(d, "Named", N=Name.NextPage, Next=_js(d)))),
        Motif.JAVASCRIPT,
    ),
    _h("JavaScript à la fermeture", lambda: pdf(_racine(AA=lambda d: Dictionary(WC=_js(d)))), Motif.JAVASCRIPT),
    _h(
        "JavaScript dans un signet",
        lambda: pdf(_racine(Outlines=lambda d: Dictionary(First=Dictionary(Title=String("x"), A=_js(d))))),
        Motif.JAVASCRIPT,
    ),
    _h(
        "JavaScript en objets compressés",
        lambda: pdf(_racine(OpenAction=_js), object_stream_mode=pikepdf.ObjectStreamMode.generate),
        Motif.JAVASCRIPT,
    ),
    _h(
        "JavaScript, nom maquillé",
        lambda: pdf_brut(racine=b"/Type /Catalog /Pages 2 0 R /OpenAction << /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>"),
        Motif.JAVASCRIPT,
    ),
    _h("JavaScript sans aucun lien", lambda: pdf_brut(b"<< /JS (app.alert\\(1\\)) >>"), Motif.JAVASCRIPT),
    _h("JavaScript au fond de tableaux", lambda: pdf_brut(b"[[[[ << /S /JavaScript >> ]]]]"), Motif.JAVASCRIPT),
    _h(
        "lien javascript:",
        lambda: pdf(lambda d: annoter(d, "Link", A=action(d, "URI", URI=String("java\nscript:alert(1)")))),
        Motif.JAVASCRIPT,
    ),
    _h(
        "lancement d’un programme",
        lambda: pdf(_racine(OpenAction=lambda d: action(d, "Launch", F=String("cmd.exe")))),
        Motif.LANCEMENT,
    ),
    _h(
        "lancement Windows",
        lambda: pdf(
            lambda d: annoter(d, "Link", A=action(d, "Launch", Win=Dictionary(F=String("cmd.exe"), P=String("/c calc"))))
        ),
        Motif.LANCEMENT,
    ),
    _h(
        "formulaire XFA",
        lambda: pdf(_racine(AcroForm=lambda d: Dictionary(Fields=Array([]), XFA=d.make_indirect(Stream(d, b"<xdp/>"))))),
        Motif.FORMULAIRE_XFA,
    ),
    _h(
        "formulaire XFA en morceaux",
        lambda: pdf(
            _racine(AcroForm=lambda d: Dictionary(Fields=Array([]), XFA=Array([String("template"), Stream(d, b"<x/>")])))
        ),
        Motif.FORMULAIRE_XFA,
    ),
    _h(
        "envoi de formulaire",
        lambda: pdf(lambda d: annoter(d, "Widget", A=action(d, "SubmitForm", F=String("http://exemple.test/")))),
        Motif.ENVOI_DE_DONNEES,
    ),
    _h(
        "import de données",
        lambda: pdf(lambda d: annoter(d, "Widget", A=action(d, "ImportData", F=String("a.fdf")))),
        Motif.ENVOI_DE_DONNEES,
    ),
]
MEDIAS = [
    _h("média riche", lambda: pdf(lambda d: annoter(d, "RichMedia")), Motif.MULTIMEDIA),
    _h("média riche, contenu seul", lambda: pdf_brut(b"<< /RichMediaContent << >> >>"), Motif.MULTIMEDIA),
    _h("scène 3D", lambda: pdf(lambda d: annoter(d, "3D")), Motif.MULTIMEDIA),
    _h("film", lambda: pdf(lambda d: annoter(d, "Movie")), Motif.MULTIMEDIA),
    _h("son", lambda: pdf(lambda d: annoter(d, "Sound")), Motif.MULTIMEDIA),
    _h("écran", lambda: pdf(lambda d: annoter(d, "Screen")), Motif.MULTIMEDIA),
    _h("action de son", lambda: pdf(_racine(OpenAction=lambda d: action(d, "Sound"))), Motif.MULTIMEDIA),
    _h("action de restitution", lambda: pdf(_racine(OpenAction=lambda d: action(d, "Rendition"))), Motif.MULTIMEDIA),
]
EXTERIEURS = [
    _h(
        "lien vers un autre PDF",
        lambda: pdf(lambda d: annoter(d, "Link", A=action(d, "GoToR", F=String("\\\\hote\\x.pdf")))),
        Motif.CONTENU_EXTERNE,
    ),
    _h("lien vers un PDF incorporé", lambda: pdf(lambda d: annoter(d, "Link", A=action(d, "GoToE"))), Motif.CONTENU_EXTERNE),
    _h("flux extérieur", lambda: pdf_brut(flux(b"", b"/F (http://exemple.test/a)")), Motif.CONTENU_EXTERNE),
    _h(
        "page empruntée à un autre PDF",
        lambda: pdf_brut(flux(b"", b"/Type /XObject /Subtype /Form /Ref << /F (a.pdf) /Page 0 >>")),
        Motif.CONTENU_EXTERNE,
    ),
    _h("image d’imprimeur extérieure", lambda: pdf_brut(flux(b"", b"/Subtype /Image /OPI << >>")), Motif.CONTENU_EXTERNE),
    _h(
        "lien vers un fichier",
        lambda: pdf(lambda d: annoter(d, "Link", A=action(d, "URI", URI=String("file:///etc/passwd")))),
        Motif.CONTENU_EXTERNE,
    ),
    _h(
        "lien vers un partage réseau",
        lambda: pdf(lambda d: annoter(d, "Link", A=action(d, "URI", URI=String("\\\\hote\\partage")))),
        Motif.CONTENU_EXTERNE,
    ),
    _h(
        "adresse de base maquillée",
        lambda: pdf(_racine(URI=lambda d: Dictionary(Base=String("file:///")))),
        Motif.CONTENU_EXTERNE,
    ),
]
SERRURES = [
    _h("mot de passe", lambda: pdf(encryption=Encryption(user="secret", owner="maitre")), Motif.MOT_DE_PASSE),
    _h("droits limités", lambda: pdf(encryption=Encryption(user="", owner="maitre")), Motif.VERROUILLE),
    _h(
        "ancien chiffrement RC4",
        lambda: pdf(encryption=Encryption(user="", owner="maitre", R=3, metadata=False, aes=False)),
        Motif.VERROUILLE,
    ),
    _h("flux chiffré à part", lambda: pdf_brut(flux(b"x", b"/Filter /Crypt")), Motif.VERROUILLE),
]


def _flate(contenu: bytes, fois: int = 1) -> bytes:
    for _ in range(fois):
        contenu = zlib.compress(contenu, 1 if len(contenu) > 1_000_000 else 9)
    return contenu


def _objets_compresses_demesures() -> bytes:
    clair = b"4 0 << >> " + b" " * 80_000_000
    return pdf_brut(flux(_flate(clair), b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"))


def _boucle_de_pages() -> bytes:
    return pdf_brut().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


DEMESURES = [
    _h("aucune page", lambda: pdf(pages=0), Motif.SANS_PAGE),
    _h("501 pages", lambda: pdf(pages=501), Motif.TROP_DE_PAGES),
    _h("trop d’objets", lambda: pdf_brut(*[b"0"] * 150_001), Motif.TROP_D_OBJETS),
    _h("table annoncée démesurée", lambda: pdf_brut().replace(b"/Size 4", b"/Size 99999999"), Motif.TROP_D_OBJETS),
    _h("bombe de compression", lambda: pdf_brut(flux(_flate(b"\x00" * 80_000_000), b"/Filter /FlateDecode")), Motif.BOMBE),
    _h(
        "bombe à deux étages",
        lambda: pdf_brut(flux(_flate(b"\x00" * 80_000_000, 2), b"/Filter [/FlateDecode /FlateDecode]")),
        Motif.BOMBE,
    ),
    _h("bombes en nombre", lambda: pdf_brut(*[flux(_flate(b"\x00" * 60_000_000), b"/Filter /FlateDecode")] * 4), Motif.BOMBE),
    _h("objets compressés démesurés", _objets_compresses_demesures, Motif.BOMBE),
    _h("filtres empilés", lambda: pdf_brut(flux(b"", b"/Filter [" + b"/ASCIIHexDecode " * 30 + b"]")), Motif.BOMBE),
    _h("image annoncée démesurée", lambda: pdf_brut(flux(b"", b"/Subtype /Image /Width 100000 /Height 100000")), Motif.BOMBE),
    _h("tableaux imbriqués", lambda: pdf_brut(b"[" * 5000 + b"]" * 5000), Motif.BOMBE),
    _h("boucle de pages", _boucle_de_pages, Motif.ABIME),
]


def _png_a_texte_demesure() -> bytes:
    return png_brut(morceau(b"zTXt", b"Comment\x00\x00" + _flate(b"A" * 70_000_000)))


def _png_a_profil_demesure() -> bytes:
    return png_brut(morceau(b"iCCP", b"profil\x00\x00" + _flate(b"A" * 70_000_000)))


def _png_anime() -> bytes:
    return png_brut(morceau(b"acTL", struct.pack(">II", 2, 0)))


def _png_faux() -> bytes:
    octets = bytearray(photo(genre="PNG"))
    octets[29] ^= 0xFF
    return bytes(octets)


IMAGES = [
    _h("JPEG suivi d’un ZIP", lambda: photo() + archive(), Motif.POLYGLOTTE, "photo.jpg"),
    _h("JPEG suivi de HTML", lambda: photo() + b"<script>alert(1)</script>", Motif.POLYGLOTTE, "photo.jpeg"),
    _h("JPEG suivi d’un PDF", lambda: photo() + pdf(), Motif.POLYGLOTTE, "photo.jpg"),
    _h("JPEG, vue de téléphone cachant un ZIP", lambda: photo() + photo() + archive(), Motif.POLYGLOTTE, "photo.jpg"),
    _h("JPEG coupé", lambda: photo()[:2000], Motif.INCOMPLET, "photo.jpg"),
    _h("JPEG, en-tête seul", lambda: b"\xff\xd8\xff\xe0", Motif.INCOMPLET, "photo.jpg"),
    _h("JPEG sans image", lambda: b"\xff\xd8\xff\xd9", Motif.ABIME, "photo.jpg"),
    _h("JPEG annoncé démesuré", lambda: jpeg_de(65_000, 65_000), Motif.IMAGE_TROP_GRANDE, "photo.jpg"),
    _h("JPEG annoncé trop long", lambda: jpeg_de(40_000, 8), Motif.IMAGE_TROP_GRANDE, "photo.jpg"),
    _h("PNG annoncé démesuré", lambda: png_brut(largeur=25_000, hauteur=25_000), Motif.IMAGE_TROP_GRANDE, "scan.png"),
    _h("PNG, plus petit qu’annoncé", lambda: png_brut(largeur=900, hauteur=900), Motif.INCOMPLET, "scan.png"),
    _h("PNG à texte démesuré", _png_a_texte_demesure, Motif.BOMBE, "scan.png"),
    _h("PNG à profil démesuré", _png_a_profil_demesure, Motif.BOMBE, "scan.png"),
    _h("PNG à morceaux sans nombre", lambda: png_brut(*[morceau(b"tEXt", b"a\x00b")] * 20_001), Motif.BOMBE, "scan.png"),
    _h("PNG animé", _png_anime, Motif.IMAGE_ANIMEE, "scan.png"),
    _h("PNG suivi d’un ZIP", lambda: photo(genre="PNG") + archive(), Motif.POLYGLOTTE, "scan.png"),
    _h("PNG coupé", lambda: photo(genre="PNG")[:-20], Motif.INCOMPLET, "scan.png"),
    _h("PNG à somme fausse", _png_faux, Motif.ABIME, "scan.png"),
    _h("PNG, en-tête seul", lambda: b"\x89PNG\r\n\x1a\n", Motif.INCOMPLET, "scan.png"),
]

CORPUS = [*NATURES, *ENVELOPPES, *JOINTS, *PROGRAMMES, *MEDIAS, *EXTERIEURS, *SERRURES, *DEMESURES, *IMAGES]


def tampon(octets: bytes) -> io.BytesIO:
    """A content as an upload gives it."""
    return io.BytesIO(octets)
