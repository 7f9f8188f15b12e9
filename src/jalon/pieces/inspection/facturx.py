"""The one file that a PDF of an invoice may hold: its Factur-X data, well-formed XML without DTD, entity or instruction.

The attachment is checked, then taken off the document in memory: the ordinary rules judge all the rest, a second
attachment included. The bytes that are kept are those that came.
"""

from typing import Any, NoReturn
from xml.parsers import expat

import pikepdf

from jalon.pieces.inspection.motifs import Motif, Refus

NOM = "factur-x.xml"
RACINE = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100 CrossIndustryInvoice"
OCTETS_AU_PLUS = 1024 * 1024
ELEMENTS_AU_PLUS = 50_000
PROFONDEUR_AU_PLUS = 64
ARBRE_AU_PLUS = 4
CLES_DE_LA_FICHE = {"/Type", "/F", "/UF", "/EF", "/Desc", "/AFRelationship"}
SOUS_TYPES = {"/text/xml", "/application/xml"}


def detacher_facturx(pdf: pikepdf.Pdf) -> None:
    """Take the Factur-X data off. Without any attachment, nothing is done. Raises Refus."""
    noms = pdf.Root.get("/Names")
    if not isinstance(noms, pikepdf.Dictionary) or "/EmbeddedFiles" not in noms:
        return
    fiche = _seule_fiche(noms["/EmbeddedFiles"])
    flux = _flux_de(fiche)
    verifier_facturx(_lire(flux))
    del noms["/EmbeddedFiles"]
    del fiche["/EF"]
    if "/Type" in flux:
        del flux["/Type"]


def _seule_fiche(arbre: Any) -> Any:
    """The only file of the name tree, when it bears the only name allowed."""
    for _ in range(ARBRE_AU_PLUS):
        if not isinstance(arbre, pikepdf.Dictionary) or "/Kids" not in arbre:
            break
        enfants = arbre["/Kids"]
        if not isinstance(enfants, pikepdf.Array) or len(enfants) != 1 or "/Names" in arbre:
            raise Refus(Motif.FICHIERS_JOINTS)
        arbre = enfants[0]
    noms = arbre.get("/Names") if isinstance(arbre, pikepdf.Dictionary) else None
    if not isinstance(noms, pikepdf.Array) or len(noms) != 2 or not isinstance(noms[1], pikepdf.Dictionary):
        raise Refus(Motif.FICHIERS_JOINTS)
    fiche = noms[1]
    annonces = {str(fiche[cle]) for cle in ("/F", "/UF") if cle in fiche}
    if annonces != {NOM} or not set(fiche.keys()) <= CLES_DE_LA_FICHE:
        raise Refus(Motif.FICHIERS_JOINTS)
    return fiche


def _flux_de(fiche: Any) -> Any:
    """The stream of the file; its two keys, when both are there, name the same one."""
    versions = fiche.get("/EF")
    if not isinstance(versions, pikepdf.Dictionary) or not set(versions.keys()) <= {"/F", "/UF"}:
        raise Refus(Motif.FICHIERS_JOINTS)
    flux = [valeur for _, valeur in versions.items()]
    if not flux or not all(isinstance(f, pikepdf.Stream) for f in flux) or len({f.objgen for f in flux}) != 1:
        raise Refus(Motif.FICHIERS_JOINTS)
    if str(flux[0].get("/Subtype", "/text/xml")) not in SOUS_TYPES:
        raise Refus(Motif.FICHIERS_JOINTS)
    return flux[0]


def _lire(flux: Any) -> bytes:
    """Its bytes, plain or deflated once."""
    filtre = flux.get("/Filter")
    if isinstance(filtre, pikepdf.Array) and len(filtre) == 1:
        filtre = filtre[0]
    if filtre is not None and filtre != pikepdf.Name.FlateDecode:
        raise Refus(Motif.FACTUR_X)
    return bytes(flux.read_bytes())


def verifier_facturx(octets: bytes) -> None:
    """Raise Refus unless the bytes are a well-formed cross-industry invoice of a reasonable size."""
    if len(octets) > OCTETS_AU_PLUS:
        raise Refus(Motif.FACTUR_X)
    try:
        _analyser(octets)
    except (expat.ExpatError, ValueError, LookupError, OSError) as erreur:  # the last two: an encoding that is not loaded here
        raise Refus(Motif.FACTUR_X) from erreur


def _analyser(octets: bytes) -> None:
    analyseur = expat.ParserCreate(namespace_separator=" ")
    ouverts: list[str] = []
    vus = 0

    def ouvrir(nom: str, _: Any) -> None:
        nonlocal vus
        vus += 1
        if (not ouverts and nom != RACINE) or vus > ELEMENTS_AU_PLUS or len(ouverts) >= PROFONDEUR_AU_PLUS:
            _refuser()
        ouverts.append(nom)

    def fermer(_: str) -> None:
        ouverts.pop()

    analyseur.StartElementHandler = ouvrir
    analyseur.EndElementHandler = fermer
    analyseur.StartDoctypeDeclHandler = _refuser
    analyseur.EntityDeclHandler = _refuser
    analyseur.ExternalEntityRefHandler = _refuser
    analyseur.ProcessingInstructionHandler = _refuser
    analyseur.Parse(octets, True)


def _refuser(*_: Any) -> NoReturn:
    raise Refus(Motif.FACTUR_X)
