"""Structure of a PDF, read by qpdf (pikepdf): every object is looked at, reachable from a page or not."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
from pikepdf import settings

from jalon.pieces.inspection.enveloppe import verifier_enveloppe_pdf
from jalon.pieces.inspection.facturx import detacher_facturx
from jalon.pieces.inspection.motifs import Motif, Refus

PAGES_AU_PLUS = 500
OBJETS_AU_PLUS = 150_000
FLUX_AU_PLUS = 64 * 1024 * 1024
TOTAL_AU_PLUS = 200 * 1024 * 1024
PIXELS_AU_PLUS = 150_000_000  # an A0 plan at 300 dots an inch
FILTRES_AU_PLUS = 4

# Keys and values that a piece has no use for; the first match gives the motive.
CLES = {
    "/JS": Motif.JAVASCRIPT,
    "/JavaScript": Motif.JAVASCRIPT,
    "/XFA": Motif.FORMULAIRE_XFA,
    "/EmbeddedFiles": Motif.FICHIERS_JOINTS,
    "/EF": Motif.FICHIERS_JOINTS,
    "/RF": Motif.FICHIERS_JOINTS,
    "/Collection": Motif.FICHIERS_JOINTS,
    "/RichMediaContent": Motif.MULTIMEDIA,
    "/RichMediaSettings": Motif.MULTIMEDIA,
    "/Ref": Motif.CONTENU_EXTERNE,
    "/OPI": Motif.CONTENU_EXTERNE,
    "/DestOutputProfileRef": Motif.CONTENU_EXTERNE,
}
ACTIONS = {
    "/JavaScript": Motif.JAVASCRIPT,
    "/Launch": Motif.LANCEMENT,
    "/SubmitForm": Motif.ENVOI_DE_DONNEES,
    "/ImportData": Motif.ENVOI_DE_DONNEES,
    "/GoToE": Motif.CONTENU_EXTERNE,
    "/GoToR": Motif.CONTENU_EXTERNE,
    "/Thread": Motif.CONTENU_EXTERNE,
    "/Rendition": Motif.MULTIMEDIA,
    "/Movie": Motif.MULTIMEDIA,
    "/Sound": Motif.MULTIMEDIA,
    "/RichMediaExecute": Motif.MULTIMEDIA,
    "/GoTo3DView": Motif.MULTIMEDIA,
}
SOUS_TYPES = {
    "/FileAttachment": Motif.FICHIERS_JOINTS,
    "/RichMedia": Motif.MULTIMEDIA,
    "/3D": Motif.MULTIMEDIA,
    "/Movie": Motif.MULTIMEDIA,
    "/Sound": Motif.MULTIMEDIA,
    "/Screen": Motif.MULTIMEDIA,
}
GENRES = {"/EmbeddedFile": Motif.FICHIERS_JOINTS}
SCHEMAS_DE_LIEN = ("http:", "https:", "mailto:", "tel:", "www.", "#")
FILTRES_D_IMAGE = {"/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode", "/DCT", "/CCF"}


def preparer_qpdf() -> None:
    """Bound what qpdf may unfold."""
    settings.set_qpdf_limits(
        flate_max_memory=FLUX_AU_PLUS,
        run_length_max_memory=FLUX_AU_PLUS,
        png_max_memory=FLUX_AU_PLUS,
        tiff_max_memory=FLUX_AU_PLUS,
        parser_max_nesting=200,
        doc_max_warnings=200,
    )


def inspecter_pdf(octets: bytes, *, facture: bool = False) -> bytes:
    """Raise Refus, or give the same bytes back. `facture`: its Factur-X data may be attached."""
    verifier_enveloppe_pdf(octets)
    with (
        traduire_les_erreurs(octets),
        pikepdf.open(io.BytesIO(octets), attempt_recovery=False, suppress_warnings=True) as pdf,
    ):
        if pdf.is_encrypted:
            raise Refus(Motif.VERROUILLE)
        if facture:
            detacher_facturx(pdf)
        _verifier_objets(pdf)
        _verifier_pages(pdf)
        if settings.qpdf_limit_errors():
            raise Refus(Motif.BOMBE)
    return octets


@contextmanager
def traduire_les_erreurs(octets: bytes) -> Iterator[None]:
    """What qpdf and pikepdf raise on these bytes, as Refus."""
    try:
        yield
    except pikepdf.PasswordError as erreur:
        raise Refus(Motif.MOT_DE_PASSE) from erreur
    except RuntimeError as erreur:  # qpdf draws random numbers to read an encrypted file, and finds no device here
        raise Refus(Motif.VERROUILLE if b"/Encrypt" in octets else Motif.ABIME) from erreur
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError) as erreur:
        raise Refus(_motif_de(erreur)) from erreur


def _verifier_pages(pdf: pikepdf.Pdf) -> None:
    pages = len(pdf.pages)
    if pages == 0:
        raise Refus(Motif.SANS_PAGE)
    if pages > PAGES_AU_PLUS:
        raise Refus(Motif.TROP_DE_PAGES)


def _verifier_objets(pdf: pikepdf.Pdf) -> None:
    if int(pdf.trailer.get("/Size", 0)) > 10 * OBJETS_AU_PLUS or len(pdf.objects) > OBJETS_AU_PLUS:
        raise Refus(Motif.TROP_D_OBJETS)
    for valeur in parcourir(pdf.trailer):
        _verifier_dictionnaire(valeur)
    deplie = 0
    for objet in pdf.objects:
        for valeur in parcourir(objet):
            _verifier_dictionnaire(valeur)
        if isinstance(objet, pikepdf.Stream):
            deplie += _taille_depliee(objet)
            if deplie > TOTAL_AU_PLUS:
                raise Refus(Motif.BOMBE)


def parcourir(racine: Any) -> Iterator[Any]:
    """The dictionaries and streams written directly inside an object; indirect ones come in their own turn."""
    attente = [racine]
    while attente:
        valeur = attente.pop()
        if isinstance(valeur, pikepdf.Dictionary | pikepdf.Stream):
            yield valeur
            attente += [enfant for _, enfant in valeur.items() if _est_conteneur_direct(enfant)]
        elif isinstance(valeur, pikepdf.Array):
            attente += [enfant for enfant in valeur if _est_conteneur_direct(enfant)]


def _est_conteneur_direct(valeur: Any) -> bool:
    return isinstance(valeur, pikepdf.Dictionary | pikepdf.Array) and not valeur.is_indirect


def _verifier_dictionnaire(d: Any) -> None:
    cles = set(d.keys())
    for cle, motif in CLES.items():
        if cle in cles:
            raise Refus(motif)
    for cle, interdits in (("/S", ACTIONS), ("/Subtype", SOUS_TYPES), ("/Type", GENRES)):
        valeur = d.get(cle) if cle in cles else None
        if isinstance(valeur, pikepdf.Name) and str(valeur) in interdits:
            raise Refus(interdits[str(valeur)])
    if isinstance(d, pikepdf.Stream) and cles & {"/F", "/FFilter", "/FDecodeParms"}:
        raise Refus(Motif.CONTENU_EXTERNE)
    if "/URI" in cles:
        _verifier_lien(d.get("/URI"))


def _verifier_lien(uri: Any) -> None:
    if isinstance(uri, pikepdf.Dictionary):
        uri = uri.get("/Base", "")
    lien = "".join(c for c in str(uri).strip().lower() if c.isprintable() and not c.isspace())
    if lien.startswith("javascript:"):
        raise Refus(Motif.JAVASCRIPT)
    schema, separateur, _ = lien.partition(":")
    if lien.startswith("\\\\") or (separateur and "/" not in schema and not lien.startswith(SCHEMAS_DE_LIEN)):
        raise Refus(Motif.CONTENU_EXTERNE)


def _taille_depliee(flux: Any) -> int:
    filtres = _filtres(flux)
    if "/Crypt" in filtres:
        raise Refus(Motif.VERROUILLE)
    if len(filtres) > FILTRES_AU_PLUS:
        raise Refus(Motif.BOMBE)
    if _nombre(flux, "/Width") * _nombre(flux, "/Height") > PIXELS_AU_PLUS:
        raise Refus(Motif.BOMBE)
    if not filtres or str(flux.get("/Subtype", "")) == "/Image" or set(filtres) & FILTRES_D_IMAGE:
        return len(flux.read_raw_bytes())
    return len(flux.read_bytes())


def _motif_de(erreur: Exception) -> Motif:
    texte = str(erreur)
    if settings.qpdf_limit_errors() or "memory limit" in texte:
        return Motif.BOMBE
    return Motif.SANS_PAGE if "no pages found" in texte else Motif.ABIME


def _filtres(flux: Any) -> list[str]:
    valeur = flux.get("/Filter")
    if valeur is None:
        return []
    return [str(f) for f in valeur] if isinstance(valeur, pikepdf.Array) else [str(valeur)]


def _nombre(flux: Any, cle: str) -> int:
    valeur = flux.get(cle, 0)
    return int(valeur) if isinstance(valeur, int) else 0
