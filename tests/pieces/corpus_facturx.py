"""Invoices that hold their Factur-X data, as software writes them, and what may hide in their place."""

from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from jalon.pieces.inspection.facturx import ELEMENTS_AU_PLUS, OCTETS_AU_PLUS, PROFONDEUR_AU_PLUS
from jalon.pieces.inspection.motifs import Motif
from tests.pieces.fabrique import EICAR, action, annoter, archive, pdf

Modifier = Callable[[pikepdf.Pdf], None]
CII = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
CORPS = """<rsm:ExchangedDocument><ram:ID>F-2026-118</ram:ID><ram:TypeCode>380</ram:TypeCode></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeSettlement>
<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode></ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>"""


def xml(corps: str = CORPS, *, avant: str = '<?xml version="1.0" encoding="UTF-8"?>\n', racine: str = CII) -> bytes:
    """A cross-industry invoice."""
    ram = f"{racine}:ReusableAggregateBusinessInformationEntity"
    return (
        f'{avant}<rsm:CrossIndustryInvoice xmlns:rsm="{racine}" xmlns:ram="{ram}">{corps}</rsm:CrossIndustryInvoice>'
    ).encode()


def fiche(d: pikepdf.Pdf, contenu: bytes, nom: str = "factur-x.xml", **entrees: object) -> pikepdf.Object:
    """The description of an attached file, and its content."""
    flux = Stream(d, contenu, Type=Name.EmbeddedFile, Subtype=Name("/text/xml"), Params=Dictionary(Size=len(contenu)))
    objet = d.make_indirect(flux)
    valeurs = {"F": String(nom), "UF": String(nom), "AFRelationship": Name.Data, "EF": Dictionary(F=objet, UF=objet), **entrees}
    return d.make_indirect(Dictionary(Type=Name.Filespec, **valeurs))


def attacher(d: pikepdf.Pdf, *fiches: pikepdf.Object, noms: tuple[str, ...] = ()) -> None:
    """In the tree of names and among the associated files, as PDF/A-3 asks."""
    liste = [
        element
        for rang, f in enumerate(fiches)
        for element in (String(noms[rang] if noms else str(f.get("/UF", f.get("/F", "x")))), f)
    ]
    d.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(liste)))
    d.Root.AF = Array(list(fiches))


def facturx(contenu: bytes | None = None, *, et: Modifier | None = None, **options: object) -> bytes:
    """A PDF with its data; `et` changes it further."""

    def modifier(d: pikepdf.Pdf) -> None:
        attacher(d, fiche(d, xml() if contenu is None else contenu))
        if et is not None:
            et(d)

    return pdf(modifier, **options)


def _par_pikepdf() -> bytes:
    def modifier(d: pikepdf.Pdf) -> None:
        d.attachments["factur-x.xml"] = pikepdf.AttachedFileSpec(d, xml(), filename="factur-x.xml", mime_type="text/xml")

    return pdf(modifier)


def _une_seule_cle(cle: str) -> bytes:
    def modifier(d: pikepdf.Pdf) -> None:
        objet = fiche(d, xml())
        for autre in {"/F", "/UF"} - {cle}:
            del objet[autre]
            del objet["/EF"][autre]
        attacher(d, objet)

    return pdf(modifier)


def _arbre_a_un_enfant(d: pikepdf.Pdf) -> None:
    feuille = d.Root.Names.EmbeddedFiles
    feuille.Limits = Array([String("factur-x.xml"), String("factur-x.xml")])
    d.Root.Names.EmbeddedFiles = Dictionary(Kids=Array([d.make_indirect(feuille)]))


HONNETES: list[tuple[str, Callable[[], bytes]]] = [
    ("ordinaire", facturx),
    ("écrite par une bibliothèque", _par_pikepdf),
    ("nom ancien seul", lambda: _une_seule_cle("/F")),
    ("nom moderne seul", lambda: _une_seule_cle("/UF")),
    ("arbre à un enfant", lambda: facturx(et=_arbre_a_un_enfant)),
    ("objets compressés", lambda: facturx(object_stream_mode=pikepdf.ObjectStreamMode.generate)),
    ("données compressées", lambda: facturx(compress_streams=True, recompress_flate=True)),
    ("en UTF-16", lambda: facturx(xml(avant='<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16"))),
    ("marque d’ordre des octets", lambda: facturx(b"\xef\xbb\xbf" + xml())),
    ("commentée", lambda: facturx(xml(f"<!-- produit par un logiciel -->{CORPS}"))),
    ("juste à la limite", lambda: facturx(xml() + b" " * (OCTETS_AU_PLUS - len(xml())))),
    ("PDF simple", pdf),
]


@dataclass(frozen=True)
class Hostile:
    """One file, and why it is refused as an invoice."""

    cas: str
    faire: Callable[[], bytes]
    motif: Motif


def _donnees(cas: str, contenu: bytes) -> Hostile:
    return Hostile(cas, lambda: facturx(contenu), Motif.FACTUR_X)


def _modifie(cas: str, et: Modifier, motif: Motif = Motif.FICHIERS_JOINTS) -> Hostile:
    return Hostile(cas, lambda: facturx(et=et), motif)


def _second(nom: str, contenu: bytes = b"MZ\x90\x00") -> Modifier:
    return lambda d: attacher(d, fiche(d, xml()), fiche(d, contenu, nom))


def _renommee(nom: str) -> Modifier:
    return lambda d: attacher(d, fiche(d, xml(), nom))


def _sur_la_fiche(**entrees: object) -> Modifier:
    return lambda d: attacher(d, fiche(d, xml(), **entrees))


def _deux_flux(d: pikepdf.Pdf) -> None:
    objet = fiche(d, xml())
    objet.EF.UF = d.make_indirect(Stream(d, b"MZ\x90\x00", Type=Name.EmbeddedFile))
    attacher(d, objet)


def _plateforme(d: pikepdf.Pdf) -> None:
    objet = fiche(d, xml())
    objet.EF.DOS = d.make_indirect(Stream(d, b"MZ\x90\x00"))
    attacher(d, objet)


def _orphelin(d: pikepdf.Pdf) -> None:
    d.Root.Cache = d.make_indirect(Stream(d, b"MZ\x90\x00", Type=Name.EmbeddedFile))


def _deux_enfants(d: pikepdf.Pdf) -> None:
    feuilles = [Dictionary(Names=Array([String("factur-x.xml"), fiche(d, xml())])) for _ in range(2)]
    d.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Kids=Array(feuilles)))


def _arbre_sans_fond(d: pikepdf.Pdf) -> None:
    noeud = d.make_indirect(Dictionary())
    noeud.Kids = Array([noeud])
    d.Root.Names = Dictionary(EmbeddedFiles=noeud)


def _autre_filtre(d: pikepdf.Pdf) -> None:
    objet = fiche(d, xml())
    objet.EF.F = objet.EF.UF = d.make_indirect(
        Stream(d, xml().hex().encode() + b">", Type=Name.EmbeddedFile, Subtype=Name("/text/xml"), Filter=Name.ASCIIHexDecode)
    )
    attacher(d, objet)


def _bombe(d: pikepdf.Pdf) -> None:
    attacher(d, fiche(d, b" " * (80 * 1024 * 1024)))


DTD = "<!DOCTYPE rsm:CrossIndustryInvoice [{}]>"
RIRES = "".join(f'<!ENTITY r{n} "{f"&r{n - 1};" * 10}">' if n else '<!ENTITY r0 "ha">' for n in range(10))

HOSTILES: list[Hostile] = [
    _modifie("seconde pièce jointe", _second("annexe.pdf", pdf())),
    _modifie("programme à côté", _second("outil.exe")),
    _modifie("deux fois le même nom", _second("factur-x.xml", xml())),
    *(
        _modifie(f"nom {nom}", _renommee(nom))
        for nom in (
            "outil.exe", "Factur-X.xml", "factur-x.xml.exe", "../factur-x.xml", "factur-x\u202elmx.exe", "zugferd-invoice.xml",
            "ZUGFeRD-invoice.xml", "xrechnung.xml", "",
        )
    ),
    _modifie("deux noms différents", _sur_la_fiche(F=String("outil.exe"))),
    _modifie("deux contenus", _deux_flux),
    _modifie("contenu d’une autre plateforme", _plateforme),
    _modifie("fichiers liés", _sur_la_fiche(RF=Dictionary())),
    _modifie("fichier ailleurs", _sur_la_fiche(FS=Name.URL)),
    _modifie("genre de programme", lambda d: d.Root.AF[0].EF.F.__setattr__("Subtype", Name("/application/x-msdownload"))),
    _modifie("fichier sans lien", _orphelin),
    _modifie("annotation portant un fichier", lambda d: annoter(d, "FileAttachment", FS=fiche(d, b"MZ"))),
    _modifie("porte-documents", lambda d: d.Root.__setattr__("Collection", Dictionary(View=Name.D))),
    _modifie("arbre à deux enfants", _deux_enfants),
    _modifie("arbre qui tourne en rond", _arbre_sans_fond),
    _modifie("arbre vide", lambda d: d.Root.Names.__setattr__("EmbeddedFiles", Dictionary(Names=Array([])))),
    _modifie(
        "JavaScript à l’ouverture",
        lambda d: d.Root.__setattr__("OpenAction", action(d, "JavaScript", JS=String("app.alert(1)"))),
        Motif.JAVASCRIPT,
    ),
    Hostile(
        "filtre inattendu",
        lambda: facturx(et=_autre_filtre, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none),
        Motif.FACTUR_X,
    ),
    Hostile("données démesurées une fois dépliées", lambda: pdf(_bombe, compress_streams=True), Motif.BOMBE),
    _donnees("trop lourdes", xml() + b" " * OCTETS_AU_PLUS),
    _donnees("vides", b""),
    _donnees("programme", b"MZ\x90\x00\x03"),
    _donnees("archive", archive()),
    _donnees("fichier d’essai des antivirus", EICAR.encode()),
    _donnees("PDF", pdf()),
    _donnees("page HTML", b"<html><script>alert(1)</script></html>"),
    _donnees("dessin à programme", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    _donnees("autre racine", xml(racine="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2")),
    _donnees("ancienne racine ZUGFeRD", b'<CrossIndustryDocument xmlns="urn:ferd:CrossIndustryDocument:invoice:1p0"/>'),
    _donnees("mal fermées", xml("<ram:ID>")),
    _donnees("suivies d’autre chose", xml() + b"<script/>"),
    _donnees("octets faux", xml("<ram:ID>\udcff</ram:ID>".encode("utf-8", "surrogateescape").decode("latin-1"), avant='<?xml version="1.0" encoding="ascii"?>')),
    _donnees("encodage inconnu", xml(avant='<?xml version="1.0" encoding="UTF-7"?>')),
    _donnees("DTD", xml(avant=DTD.format(""))),
    _donnees("DTD extérieure", xml(avant='<!DOCTYPE x SYSTEM "http://exemple.test/x.dtd">')),
    _donnees("entité extérieure", xml("&f;", avant=DTD.format('<!ENTITY f SYSTEM "file:///etc/passwd">'))),
    _donnees("bombe d’entités", xml("&r9;", avant=DTD.format(RIRES))),
    _donnees("entité inconnue", xml("&nbsp;")),
    _donnees("feuille de style", xml(avant='<?xml-stylesheet type="text/xsl" href="http://exemple.test/x.xsl"?>')),
    _donnees("trop d’éléments", xml("<ram:ID/>" * ELEMENTS_AU_PLUS)),
    _donnees("trop profondes", xml("<ram:ID>" * PROFONDEUR_AU_PLUS + "</ram:ID>" * PROFONDEUR_AU_PLUS)),
]  # fmt: skip
