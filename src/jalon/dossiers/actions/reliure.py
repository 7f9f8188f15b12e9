"""One request as one PDF: its contents, its summary, its agreement, then its documents, put in pages one at a time."""

from datetime import date, datetime
from uuid import UUID

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers import branchements
from jalon.dossiers.actions.pieces import ouvrir_piece
from jalon.dossiers.models import Dossier, OperationEnNombre
from jalon.dossiers.requetes.acces import cote_de
from jalon.dossiers.requetes.impression import emetteur, recapitulatif_en_papier, reference_de
from jalon.dossiers.requetes.operations import COFFRE, OCTETS_AU_PLUS
from jalon.dossiers.requetes.pieces import libelle_de_piece, pieces_de
from jalon.editions.composition import nombre_de_pages
from jalon.editions.sommaire import DocumentRelie, Sommaire, composer_tete
from jalon.messagerie.enums import Cote
from jalon.pieces.enums import TypeDocument
from jalon.pieces.regles import raison_de_ne_pas_relier
from jalon.pieces.reliure import mettre_en_pages, relier
from jalon.socle import coffre
from jalon.socle.acteurs import Acteur
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import Introuvable, TransitionImpossible

PAGES_AU_PLUS = 2_000
DROITS_CHANGES = "Vos droits ont changé depuis\u00a0: demandez ce fichier de nouveau."
SANS_LES_PIECES = "Les pièces de cette demande ne sont lues que par l’entreprise et par l’OPCO."


def exiger_transmis(dossier: Dossier) -> None:
    """Raises TransitionImpossible: a draft is printed by its form."""
    if dossier.transmis_le is None:
        raise TransitionImpossible("Ce dossier n’est pas encore transmis\u00a0: son PDF se fait après l’envoi à l’OPCO.")


def relier_le_dossier(operation: OperationEnNombre, dossier: Dossier, par: Acteur, maintenant: datetime) -> bool:
    """One more step: the list of the documents, one of them in pages, or the whole bound; whether it was the last.

    Raises: Introuvable (she does not read the request from the same side any more), TransitionImpossible.
    """
    exiger_transmis(dossier)
    cote = cote_de(dossier, par)
    if cote is None or operation.cote not in {"", cote}:
        raise Introuvable(DROITS_CHANGES)
    if not operation.cote:
        operation.cote = cote.value
        _prevoir(operation, dossier, par)
        return False
    rang = next((rang for rang, feuillet in enumerate(operation.feuillets) if not feuillet["vu"]), None)
    if rang is None:
        _relier(operation, dossier, par, maintenant)
        return True
    _mettre_en_pages(operation, rang, dossier, par, maintenant)
    return False


def _prevoir(operation: OperationEnNombre, dossier: Dossier, par: Acteur) -> None:
    declaration = dispositif_de(dossier.dispositif)
    for piece in pieces_de(dossier, par):
        operation.prevoir(piece.pk, libelle_de_piece(declaration, piece.code), jour_de_paris(piece.deposee_le))


def _mettre_en_pages(operation: OperationEnNombre, rang: int, dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    """A document, noted as opened; what cannot be bound is named with the reason, and the next ones go on."""
    feuillet = operation.feuillets[rang]
    feuillet["vu"] = True
    try:
        piece, octets = ouvrir_piece(
            dossier_id=dossier.pk, piece_id=UUID(feuillet["piece"]), par=par, maintenant=maintenant
        )  # fmt: skip
    except (Introuvable, TransitionImpossible) as refus:
        _ecarter(operation, rang, refus.message)
        return
    fait = mettre_en_pages(octets, TypeDocument(piece.document.type_mime))
    if fait.motif is not None:
        _ecarter(operation, rang, raison_de_ne_pas_relier(fait.motif))
    elif operation.octets + len(fait.pdf) > OCTETS_AU_PLUS:
        _ecarter(operation, rang, "Le fichier aurait dépassé 60\u00a0Mo.")
    elif sum(f["pages"] for f in operation.feuillets) + fait.pages > PAGES_AU_PLUS:
        _ecarter(operation, rang, "Le fichier aurait dépassé 2\u00a0000 pages.")
    else:
        coffre.ranger(COFFRE, _part(operation, rang), fait.pdf)
        operation.octets += len(fait.pdf)
        feuillet["pages"] = fait.pages


def _ecarter(operation: OperationEnNombre, rang: int, phrase: str) -> None:
    operation.feuillets[rang]["motif"] = phrase
    operation.refuser(operation.feuillets[rang]["libelle"], phrase, entier=False)


def _relier(operation: OperationEnNombre, dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    """Everything end to end, kept whole under the name of the act. Raises TransitionImpossible."""
    accord = branchements.accord_de(dossier, par)
    documents = [_accord(dossier, nombre_de_pages(accord))] if accord else []
    documents += [DocumentRelie(f["libelle"], date.fromisoformat(f["le"]), f["pages"], f["motif"]) for f in operation.feuillets]
    sommaire = _sommaire(operation, dossier, documents, par, maintenant)
    jour = jour_de_paris(maintenant)
    tete = composer_tete(sommaire, recapitulatif_en_papier(dossier, par), date_document=jour)
    parts = [coffre.lire(COFFRE, _part(operation, rang)) for rang, f in enumerate(operation.feuillets) if f["pages"]]
    pdf = relier([tete.pdf, *([accord] if accord else []), *parts], tete.signets)
    if pdf is None:
        raise TransitionImpossible("Les pièces n’ont pas pu être réunies\u00a0: téléchargez-les une par une depuis le dossier.")
    coffre.ranger(COFFRE, str(operation.pk), pdf)
    operation.servis, operation.octets = [dossier.pk], len(pdf)


def _accord(dossier: Dossier, pages: int) -> DocumentRelie:
    return DocumentRelie("Accord de prise en charge", jour_de_paris(dossier.accorde_le) if dossier.accorde_le else None, pages)


def _sommaire(
    operation: OperationEnNombre, dossier: Dossier, documents: list[DocumentRelie], par: Acteur, maintenant: datetime
) -> Sommaire:
    return Sommaire(
        emetteur=emetteur(),
        intitule=dispositif_de(dossier.dispositif).libelle,
        reference=reference_de(dossier),
        meta=(
            ("Numéro", dossier.numero or ""),
            ("Entreprise", dossier.denomination),
            ("Action", dossier.titre),
            ("Fait le", f"{formater_date(jour_de_paris(maintenant))}, pour {par.libelle}"),
        ),
        transmis_le=jour_de_paris(dossier.transmis_le or maintenant),
        documents=tuple(documents),
        note=SANS_LES_PIECES if operation.cote == Cote.PRESTATAIRE else "",
    )


def retirer_les_feuillets(operation: OperationEnNombre) -> None:
    """What was put in pages document by document."""
    for rang in range(len(operation.feuillets)):
        coffre.retirer(COFFRE, _part(operation, rang))


def _part(operation: OperationEnNombre, rang: int) -> str:
    """Ends with the identifier, which spreads them over folders."""
    return f"{rang:03d}-{operation.pk}"
