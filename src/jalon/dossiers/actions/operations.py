"""The same act on many requests: asked, then done by a job, each request judged when its turn comes."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jalon.comptes.requetes import personne as personne_ouverte
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers import branchements
from jalon.dossiers.actions.brouillons import supprimer_brouillon
from jalon.dossiers.actions.pieces import ouvrir_piece
from jalon.dossiers.actions.telechargements import designation
from jalon.dossiers.enums import EtatOperation, GenreOperation
from jalon.dossiers.models import Dossier, OperationEnNombre
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.dossiers.requetes.operations import operation_accessible
from jalon.dossiers.requetes.pieces import libelle_de_piece, pieces_de
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.journal.actions import noter
from jalon.pieces.regles import extension_de
from jalon.socle import coffre
from jalon.socle.acteurs import Acteur, Portee
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import ErreurMetier, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.listes import liste as liste_declaree
from jalon.socle.texte import normaliser
from jalon.socle.travaux import differer

TACHE = "dossiers.operation_en_nombre"
COFFRE = "operations"
DOSSIERS_AU_PLUS = 2_000
OCTETS_AU_PLUS = 60_000_000
GARDE = timedelta(days=1)
DU_TRAVAIL = "opération reprise par le travail qui la fait"


def demander_operation(
    *,
    genre: GenreOperation,
    siren: str = "",
    dossiers: Sequence[UUID] = (),
    liste: str = "",
    filtre: Mapping[str, str] | None = None,
    beneficiaire: UUID | None = None,
    par: Acteur,
    maintenant: datetime,
) -> OperationEnNombre:
    """Ask for an act on these requests, or (`filtre`) on all those that a list will hold when the run begins.

    Nothing is judged here but the number: each request is, when its turn comes, by the rights of that moment.
    Raises SaisieRefusee (none chosen, too many, unknown list).
    """
    if filtre is None and not dossiers:
        raise SaisieRefusee("Choisissez au moins un dossier", champ="dossiers")
    if len(dossiers) > DOSSIERS_AU_PLUS:
        raise SaisieRefusee("Choisissez 2\u00a0000 dossiers au plus", champ="dossiers")
    if par.identite is None:
        raise Introuvable
    if filtre is not None and liste_declaree(liste) is None:
        raise SaisieRefusee("Cette liste n’existe plus. Rechargez la page", champ="dossiers")
    with transaction.atomic():
        operation = OperationEnNombre(
            genre=genre.value,
            siren=siren,
            personne=par.identite,
            par_filtre=filtre is not None,
            liste=liste,
            filtre=dict(filtre or {}),
            dossiers=list(dict.fromkeys(dossiers)),
            beneficiaire=beneficiaire,
            demandee_le=maintenant,
        )
        operation.save(force_insert=True)
        noter("dossier.operation_demandee", par=par, portee=Portee(siren=siren), objet=operation, le=maintenant)
        differer(TACHE, operation_id=str(operation.pk))
    return operation


def avancer_operation(*, operation_id: UUID, maintenant: datetime) -> bool:
    """Do it for the next request, in the name of who asked, with her rights of this moment; whether there is more to do.

    One transaction for each request: a job killed in between goes on where it was, and does nothing twice.
    """
    with transaction.atomic():
        verrou = OperationEnNombre.objects.tous(DU_TRAVAIL).select_for_update().filter(pk=operation_id).first()
        if verrou is None or verrou.finie:
            return False
        operation: OperationEnNombre = verrou
        compte = personne_ouverte(operation.personne)
        if compte is None:
            return _finir(operation, EtatOperation.ARRETEE, maintenant)
        par = ActeurPersonne(compte, maintenant)
        if operation.etat == EtatOperation.DEMANDEE:
            _commencer(operation, par, maintenant)
        if operation.faits >= len(operation.dossiers):
            return _conclure(operation, maintenant)
        _faire(operation, operation.dossiers[operation.faits], par, maintenant)
        operation.faits += 1
        operation.save()
    return True


def _commencer(operation: OperationEnNombre, par: ActeurPersonne, maintenant: datetime) -> None:
    """Read the filter again: what it holds now, not what the page showed."""
    operation.etat = EtatOperation.EN_COURS
    declaree = liste_declaree(operation.liste)
    if not operation.par_filtre or declaree is None:
        return
    jour = jour_de_paris(maintenant)
    lecture = declaree.lire(operation.filtre, jour)
    ids: list[UUID] = []
    for ligne in declaree.lignes(par, operation.siren or None, lecture, jour):
        if len(ids) == DOSSIERS_AU_PLUS:
            phrase = (
                "La liste en compte davantage\u00a0: les 2\u00a0000 premiers dossiers sont traités, recommencez pour la suite."
            )
            _refuser(operation, "La liste", phrase, entier=False)
            break
        ids.append(ligne.pk)
    operation.dossiers = ids


def _faire(operation: OperationEnNombre, dossier_id: UUID, par: ActeurPersonne, maintenant: datetime) -> None:
    """One request; a refusal is written in the report, and the next ones go on."""
    nom = "Un dossier"
    try:
        with transaction.atomic():
            dossier = dossier_accessible(dossier_id, par)
            nom = dossier.titre or designation(dossier)
            if operation.siren and dossier.siren != operation.siren:
                raise Introuvable("Ce dossier est dans un autre espace.")
            _acte(operation, dossier, par, maintenant)
    except ErreurMetier as refus:
        _refuser(operation, nom, refus.message)


def _refuser(operation: OperationEnNombre, dossier: str, phrase: str, *, entier: bool = True) -> None:
    operation.refus.append({"dossier": dossier[:200], "phrase": phrase, "entier": entier})


def _acte(operation: OperationEnNombre, dossier: Dossier, par: ActeurPersonne, maintenant: datetime) -> None:
    if operation.genre == GenreOperation.SUPPRIMER:
        supprimer_brouillon(dossier_id=dossier.pk, par=par, maintenant=maintenant)
    elif operation.genre == GenreOperation.PIECES:
        _reunir_les_pieces(operation, dossier, par, maintenant)
    else:
        branchements.attribuer(dossier.pk, operation.beneficiaire, par, maintenant)


def _reunir_les_pieces(operation: OperationEnNombre, dossier: Dossier, par: ActeurPersonne, maintenant: datetime) -> None:
    """The documents that may be served, each one noted as opened. Those that the antivirus holds are told in the report."""
    declaration = dispositif_de(dossier.dispositif)
    sortie, sous_dossier = io.BytesIO(), _nom_de_dossier(dossier)
    presentes = 0
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
        for piece in pieces_de(dossier, par):
            try:
                _, octets = ouvrir_piece(dossier_id=dossier.pk, piece_id=piece.pk, par=par, maintenant=maintenant)
            except TransitionImpossible as refus:
                libelle = f"{dossier.titre or designation(dossier)}, {libelle_de_piece(declaration, piece.code)}"
                _refuser(operation, libelle, refus.message, entier=False)
                continue
            archive.writestr(f"{sous_dossier}/{piece.code}.{extension_de(piece.document.nom)}", octets)
            presentes += 1
    if not presentes:
        raise TransitionImpossible("Aucune pièce à télécharger.")
    if operation.octets + sortie.tell() > OCTETS_AU_PLUS:
        raise TransitionImpossible("Le fichier atteint 60\u00a0Mo\u00a0: téléchargez les pièces de ce dossier à part.")
    coffre.ranger(COFFRE, _part(operation, dossier.pk), sortie.getvalue())
    operation.servis.append(dossier.pk)
    operation.octets += sortie.tell()


def _nom_de_dossier(dossier: Dossier) -> str:
    titre = normaliser(dossier.titre).replace(" ", "-")[:60]
    return f"{dossier.numero or str(dossier.pk)[-12:]}{f'-{titre}' if titre else ''}"


def _part(operation: OperationEnNombre, dossier_id: UUID) -> str:
    return f"{operation.pk}-{dossier_id}"


def _conclure(operation: OperationEnNombre, maintenant: datetime) -> bool:
    """Put the parts together in one file; they are deleted once it is written."""
    if operation.servis:
        coffre.ranger(COFFRE, str(operation.pk), _assembler(operation))
        transaction.on_commit(lambda: _retirer_les_parts(operation))
    return _finir(operation, EtatOperation.TERMINEE, maintenant)


def _assembler(operation: OperationEnNombre) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
        for dossier_id in operation.servis:
            with zipfile.ZipFile(io.BytesIO(coffre.lire(COFFRE, _part(operation, dossier_id)))) as part:
                for nom in part.namelist():
                    archive.writestr(nom, part.read(nom))
    return sortie.getvalue()


def _retirer_les_parts(operation: OperationEnNombre) -> None:
    for dossier_id in operation.servis:
        coffre.retirer(COFFRE, _part(operation, dossier_id))


def _finir(operation: OperationEnNombre, etat: EtatOperation, maintenant: datetime) -> bool:
    operation.etat, operation.finie_le = etat, maintenant
    operation.save()
    return False


def ouvrir_fichier_des_pieces(*, operation_id: UUID, par: Acteur, maintenant: datetime) -> bytes:
    """The file of documents, for who asked for it, while she still sees every request that it holds.

    Raises: Introuvable (not hers, none, or erased after one day; a right was withdrawn since).
    """
    with transaction.atomic():
        operation = operation_accessible(operation_id, par)
        if operation.etat != EtatOperation.TERMINEE or not operation.servis:
            raise Introuvable("Ce fichier n’est plus là\u00a0: il est gardé un jour. Demandez-le de nouveau.")
        vus = Dossier.objects.visibles_par(par).filter(pk__in=operation.servis).count()
        if vus != len(operation.servis):
            raise Introuvable("Vos droits ont changé depuis\u00a0: demandez ce fichier de nouveau.")
        noter("dossier.operation_telechargee", par=par, portee=operation.portee, objet=operation, le=maintenant)
        return coffre.lire(COFFRE, str(operation.pk))


def effacer_les_fichiers(*, maintenant: datetime) -> int:
    """Erase the files that are older than a day; how many."""
    anciennes = OperationEnNombre.objects.tous("fichiers d’un jour, effacés par leur travail").filter(
        etat__in=[EtatOperation.TERMINEE, EtatOperation.ARRETEE], finie_le__lte=maintenant - GARDE
    )
    nombre = 0
    for operation in anciennes:
        _retirer_les_parts(operation)
        coffre.retirer(COFFRE, str(operation.pk))
        operation.etat = EtatOperation.EXPIREE
        operation.save(update_fields=["etat"])
        nombre += 1
    return nombre
