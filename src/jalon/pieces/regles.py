"""Judgement on an uploaded file before any parser, names, sizes, and the sentence of every refusal. No Django."""

import re
import unicodedata
from collections.abc import Collection

from jalon.pieces.enums import EtatDocument, TypeDocument
from jalon.pieces.inspection.motifs import Motif
from jalon.socle.etats import TableEtats, Transition

NOM_AU_PLUS = 120
EXTENSIONS = {
    "pdf": TypeDocument.PDF,
    "jpg": TypeDocument.JPEG,
    "jpeg": TypeDocument.JPEG,
    "jpe": TypeDocument.JPEG,
    "jfif": TypeDocument.JPEG,
    "png": TypeDocument.PNG,
}
EXTENSION_DE = {TypeDocument.PDF: "pdf", TypeDocument.JPEG: "jpg", TypeDocument.PNG: "png"}
LIBELLES_TYPES = {TypeDocument.PDF: "PDF", TypeDocument.JPEG: "JPEG", TypeDocument.PNG: "PNG"}
SIGNATURES = ((b"%PDF-", TypeDocument.PDF), (b"\xff\xd8\xff", TypeDocument.JPEG), (b"\x89PNG\r\n\x1a\n", TypeDocument.PNG))

CONSEILS = {
    "doc docx odt rtf pages": "Enregistrez ce document en PDF depuis votre traitement de texte, puis joignez-le",
    "xls xlsx ods csv numbers": "Enregistrez ce tableau en PDF depuis votre tableur, puis joignez-le",
    "ppt pptx odp key": "Enregistrez cette présentation en PDF, puis joignez-la",
    "heic heif": "Cette photo est au format HEIC. Enregistrez-la en JPEG, puis joignez-la",
    "tif tiff bmp gif webp avif svg": "Enregistrez cette image en PNG ou en JPEG, puis joignez-la",
    "zip rar 7z tar gz tgz": "Sortez les documents de cette archive, puis joignez-les un par un",
    "eml msg": "Enregistrez ce courriel en PDF, puis joignez-le",
}
CONSEIL_PAR_EXTENSION = {extension: conseil for cle, conseil in CONSEILS.items() for extension in cle.split()}

REENREGISTRER = "Imprimez-le en PDF, puis joignez la copie"
PHRASES = {
    Motif.VIDE: "Ce fichier est vide. Vérifiez le document, puis joignez-le de nouveau",
    Motif.ABIME: "Ce fichier est abîmé, nous ne pouvons pas l’ouvrir. Enregistrez-le de nouveau, puis joignez-le",
    Motif.INCOMPLET: "Ce fichier est incomplet, sa fin manque. Joignez-le de nouveau depuis le document d’origine",
    Motif.POLYGLOTTE: "Ce fichier contient des données étrangères au document. Enregistrez-le de nouveau, puis joignez-le",
    Motif.MOT_DE_PASSE: "Ce PDF est protégé par un mot de passe. Retirez-le, puis joignez-le de nouveau",
    Motif.VERROUILLE: "Ce PDF est verrouillé (chiffrement ou droits limités). Retirez cette protection, puis joignez-le de nouveau",
    Motif.FICHIERS_JOINTS: "Ce PDF contient des fichiers joints. Joignez chaque document séparément, "
    "et ce PDF sans ses fichiers joints",
    Motif.FACTUR_X: "Les données Factur-X jointes à ce PDF ne se lisent pas. Exportez de nouveau la facture depuis votre "
    "logiciel, ou joignez-la en PDF simple",
    Motif.JAVASCRIPT: f"Ce PDF contient un programme (JavaScript). {REENREGISTRER}",
    Motif.LANCEMENT: f"Ce PDF demande à lancer un programme. {REENREGISTRER}",
    Motif.FORMULAIRE_XFA: f"Ce PDF est un formulaire dynamique (XFA). {REENREGISTRER}",
    Motif.MULTIMEDIA: f"Ce PDF contient du son, de la vidéo ou de la 3D. {REENREGISTRER}",
    Motif.ENVOI_DE_DONNEES: f"Ce PDF contient un bouton qui envoie ou importe des données. {REENREGISTRER}",
    Motif.CONTENU_EXTERNE: f"Ce PDF fait appel à un fichier extérieur. {REENREGISTRER}",
    Motif.SANS_PAGE: "Ce PDF n’a aucune page. Vérifiez le document, puis joignez-le de nouveau",
    Motif.TROP_DE_PAGES: "Ce PDF a plus de 500\u00a0pages. Gardez les pages utiles, puis joignez-le",
    Motif.TROP_D_OBJETS: f"Ce PDF est trop complexe pour être contrôlé. {REENREGISTRER}",
    Motif.BOMBE: "Ce fichier devient démesuré une fois ouvert. Enregistrez-le de nouveau avec une qualité moindre, puis joignez-le",
    Motif.IMAGE_TROP_GRANDE: "Cette image dépasse 50\u00a0millions de pixels. Réduisez sa taille, puis joignez-la",
    Motif.IMAGE_ANIMEE: "Cette image est animée. Enregistrez-en une version fixe, puis joignez-la",
    Motif.TROP_LONG: "Le contrôle de ce fichier prend trop de temps. Enregistrez-le de nouveau en plus simple, puis joignez-le",
    Motif.INTERROMPU: "Nous n’avons pas pu contrôler ce fichier. Enregistrez-le de nouveau, puis joignez-le",
}
PHRASE_ANTIVIRUS = "Ce fichier a été refusé par l’antivirus. Il n’a pas été conservé"

LIBELLES_ETATS: dict[str, str] = {
    EtatDocument.EN_ATTENTE: "En cours d’analyse",
    EtatDocument.CONTROLEE: "Contrôlée",
    EtatDocument.SAINE: "Saine",
    EtatDocument.REFUSEE: "Refusée",
}
ETATS = TableEtats(
    EtatDocument,
    LIBELLES_ETATS,
    [
        Transition(EtatDocument.EN_ATTENTE, EtatDocument.SAINE, "analyser", "antivirus"),
        Transition(EtatDocument.EN_ATTENTE, EtatDocument.REFUSEE, "analyser", "antivirus"),
        Transition(EtatDocument.EN_ATTENTE, EtatDocument.CONTROLEE, "analyser", "système, antivirus retiré"),
        Transition(EtatDocument.CONTROLEE, EtatDocument.SAINE, "analyser", "antivirus"),
        Transition(EtatDocument.CONTROLEE, EtatDocument.REFUSEE, "analyser", "antivirus"),
        Transition(EtatDocument.SAINE, EtatDocument.REFUSEE, "analyser", "antivirus, nouvelles signatures"),
    ],
)
ETATS_SERVIS = frozenset({EtatDocument.CONTROLEE, EtatDocument.SAINE})


def extension_de(nom: str) -> str:
    """What follows the last dot, in lower case; « » when there is none."""
    return nom.rpartition(".")[2].lower() if "." in nom else ""


def nettoyer_nom(nom: str) -> str:
    """A name that can be shown and downloaded: no folder, no control or direction character, 120 characters at most."""
    compose = unicodedata.normalize("NFC", nom)
    sans_signes = "".join(c for c in compose if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    dernier = re.split(r"[/\\]", sans_signes)[-1]
    propre = re.sub(r'[<>:"|?*\u0000]', "-", re.sub(r"\s+", " ", dernier)).strip().rstrip(" .")
    extension = extension_de(propre)
    racine = propre[: -len(extension) - 1].strip(" .") if extension else propre
    if re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", racine):
        racine = f"document {racine}"
    racine = racine[: NOM_AU_PLUS - len(extension) - 1].strip(" .") or "document"
    return f"{racine}.{extension}" if extension else racine


def type_reconnu(debut: bytes) -> TypeDocument | None:
    """The type that the first bytes tell."""
    return next((genre for signature, genre in SIGNATURES if debut.startswith(signature)), None)


def enumerer_types(types: Collection[TypeDocument]) -> str:
    """« un PDF, un JPEG ou un PNG »."""
    noms = [f"un {LIBELLES_TYPES[t]}" for t in TypeDocument if t in types]
    return noms[0] if len(noms) == 1 else f"{', '.join(noms[:-1])} ou {noms[-1]}"


def refus_de_type(nom: str, debut: bytes, types: Collection[TypeDocument]) -> str | None:
    """The sentence to show when name, first bytes and accepted types do not agree; None when they do."""
    extension = extension_de(nom)
    annonce, reel = EXTENSIONS.get(extension), type_reconnu(debut)
    joignez = f"Joignez {enumerer_types(types)}"
    if extension in CONSEIL_PAR_EXTENSION:
        return CONSEIL_PAR_EXTENSION[extension]
    if annonce is not None and reel is not None and annonce != reel:
        return (
            f"Ce fichier se nomme «\u00a0.{extension}\u00a0» mais son contenu est un {LIBELLES_TYPES[reel]}. "
            f"Renommez-le en «\u00a0.{EXTENSION_DE[reel]}\u00a0», puis joignez-le"
        )
    if annonce is None or annonce not in types:
        return joignez
    if reel is None:
        return f"Ce fichier se nomme «\u00a0.{extension}\u00a0» mais n’est pas un {LIBELLES_TYPES[annonce]}. {joignez}"
    return None


def afficher_taille(octets: int) -> str:
    """« 412 Ko », « 1,1 Mo »: units of 1 024."""
    if octets < 1024:
        return f"{octets}\u00a0octet{'s' if octets > 1 else ''}"
    if octets < 1024 * 1024:
        return f"{round(octets / 1024)}\u00a0Ko"
    return _mega(octets / 1024 / 1024)


def _mega(valeur: float) -> str:
    texte = f"{valeur:.1f}".removesuffix(".0").replace(".", ",")
    return f"{texte}\u00a0Mo"


def refus_de_taille(octets: int | None, limite: int) -> str:
    """The sentence of a file over the limit; `octets` is None when the sender did not announce it."""
    if octets is None or octets <= limite:
        return f"Ce fichier pèse plus de {afficher_taille(limite)}, la limite. Réduisez-le, puis joignez-le de nouveau"
    arrondi = max(octets, limite + 1024 * 1024 // 10)
    return f"Ce fichier pèse {afficher_taille(arrondi)}, la limite est de {afficher_taille(limite)}"


def raison_de_ne_pas_relier(motif: Motif) -> str:
    """Why the pages of a document are not among those of its request, for who reads it."""
    if motif in {Motif.MOT_DE_PASSE, Motif.VERROUILLE}:
        return "Protégée par un mot de passe ou verrouillée\u00a0: téléchargez-la à part."
    if motif in {Motif.TROP_LONG, Motif.BOMBE, Motif.TROP_D_OBJETS, Motif.TROP_DE_PAGES, Motif.IMAGE_TROP_GRANDE}:
        return "Trop lourde pour être mise en pages\u00a0: téléchargez-la à part."
    return "Ce document ne se laisse pas mettre en pages\u00a0: téléchargez-le à part."
