"""The same act on many requests: asked, then done by a job, each request judged when its turn comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jalon.comptes.requetes import personne as personne_ouverte
from jalon.dossiers import branchements
from jalon.dossiers.actions.archives import assembler, retirer_les_parts, reunir_les_pieces
from jalon.dossiers.actions.brouillons import supprimer_brouillon
from jalon.dossiers.actions.reliure import DROITS_CHANGES, exiger_transmis, relier_le_dossier, retirer_les_feuillets
from jalon.dossiers.actions.telechargements import designation, noter_telechargement
from jalon.dossiers.enums import EtatOperation, GenreOperation
from jalon.dossiers.models import Dossier, OperationEnNombre
from jalon.dossiers.requetes.acces import cote_de, dossier_accessible
from jalon.dossiers.requetes.operations import COFFRE, operation_accessible, pieces_encore_lues
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.journal.actions import noter
from jalon.socle import coffre
from jalon.socle.acteurs import Acteur, Portee, Pouvoir
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import ErreurMetier, Introuvable, SaisieRefusee
from jalon.socle.listes import liste as liste_declaree
from jalon.socle.travaux import differer

TACHE = "dossiers.operation_en_nombre"
DOSSIERS_AU_PLUS = 2_000
GARDE = timedelta(days=1)
DU_TRAVAIL = "opération reprise par le travail qui la fait"
DEMANDEES = {GenreOperation.COMPLET: "dossier.complet_demande"}


@dataclass(frozen=True, slots=True)
class FichierDOperation:
    """What an act has made, as it is handed over."""

    nom: str
    type_mime: str
    octets: bytes


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
        evenement = DEMANDEES.get(genre, "dossier.operation_demandee")
        noter(evenement, par=par, portee=Portee(siren=siren), objet=operation, le=maintenant)
        differer(TACHE, operation_id=str(operation.pk))
    return operation


def demander_dossier_complet(*, dossier_id: UUID, siren: str = "", par: Acteur, maintenant: datetime) -> OperationEnNombre:
    """Ask for a sent request as one PDF with the documents that she may read; asked again before it is made, it is the same one.

    Raises: Introuvable, DroitManquant (another role than hers at the OPCO), TransitionImpossible (not sent).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par)
        _exiger_ici(siren, GenreOperation.COMPLET, dossier, par)
        exiger_transmis(dossier)
        siennes = OperationEnNombre.objects.visibles_par(par).filter(genre=GenreOperation.COMPLET, siren=siren)
        en_cours: OperationEnNombre | None = siennes.filter(
            dossiers=[dossier.pk], etat__in=[EtatOperation.DEMANDEE, EtatOperation.EN_COURS]
        ).first()
        return en_cours or demander_operation(
            genre=GenreOperation.COMPLET, siren=siren, dossiers=[dossier.pk], par=par, maintenant=maintenant
        )


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
        if _faire(operation, operation.dossiers[operation.faits], par, maintenant):
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
            operation.refuser("La liste", phrase, entier=False)
            break
        ids.append(ligne.pk)
    operation.dossiers = ids


def _faire(operation: OperationEnNombre, dossier_id: UUID, par: ActeurPersonne, maintenant: datetime) -> bool:
    """One request, or one step of it; whether it is done. A refusal is written in the report, and the next ones go on."""
    nom = "Un dossier"
    try:
        with transaction.atomic():
            lecteur = _lecteur(operation, dossier_id, par, maintenant)
            dossier = dossier_accessible(dossier_id, lecteur)
            nom = dossier.titre or designation(dossier)
            _exiger_ici(operation.siren, operation.genre, dossier, lecteur)
            return _acte(operation, dossier, lecteur, maintenant)
    except ErreurMetier as refus:
        operation.refuser(nom, refus.message)
        return True


def _lecteur(operation: OperationEnNombre, dossier_id: UUID, par: Acteur, maintenant: datetime) -> Acteur:
    """Who reads one request at the OPCO also does it by an exceptional access; never many of them."""
    seule = operation.genre == GenreOperation.COMPLET and not operation.siren
    return branchements.lecteur_de(dossier_id, par, maintenant) if seule else par


def _exiger_ici(siren: str, genre: str, dossier: Dossier, par: Acteur) -> None:
    """The request is one of the place where the act is asked; a provider's space reads those that name it.

    Raises: Introuvable, DroitManquant.
    """
    if not siren:
        par.exiger_pouvoir(Pouvoir.CONSULTER, dossier.portefeuille_id)
    elif siren not in {dossier.siren, dossier.prestataire_siren if genre == GenreOperation.COMPLET else ""}:
        raise Introuvable("Ce dossier est dans un autre espace.")


def _acte(operation: OperationEnNombre, dossier: Dossier, par: Acteur, maintenant: datetime) -> bool:
    if operation.genre == GenreOperation.COMPLET:
        return relier_le_dossier(operation, dossier, par, maintenant)
    if operation.genre == GenreOperation.SUPPRIMER:
        supprimer_brouillon(dossier_id=dossier.pk, par=par, maintenant=maintenant)
    elif operation.genre == GenreOperation.PIECES:
        reunir_les_pieces(operation, dossier, par, maintenant)
    else:
        branchements.attribuer(dossier.pk, operation.beneficiaire, par, maintenant)
    return True


def _conclure(operation: OperationEnNombre, maintenant: datetime) -> bool:
    """Put the parts together in one file, unless the last step did; they are deleted once it is written."""
    if operation.servis and operation.genre == GenreOperation.PIECES:
        coffre.ranger(COFFRE, str(operation.pk), assembler(operation))
    transaction.on_commit(lambda: _retirer_le_travail(operation))
    return _finir(operation, EtatOperation.TERMINEE, maintenant)


def _retirer_le_travail(operation: OperationEnNombre) -> None:
    retirer_les_parts(operation)
    retirer_les_feuillets(operation)


def _finir(operation: OperationEnNombre, etat: EtatOperation, maintenant: datetime) -> bool:
    operation.etat, operation.finie_le = etat, maintenant
    operation.save()
    return False


def ouvrir_fichier_des_pieces(*, operation_id: UUID, par: Acteur, maintenant: datetime) -> FichierDOperation:
    """The file of documents, for who asked for it, while she still reads every request and document that it holds.

    Raises: Introuvable (not hers, none, or erased after one day; a right was withdrawn since), DroitManquant (at the OPCO).
    """
    with transaction.atomic():
        operation = operation_accessible(operation_id, par)
        if operation.etat != EtatOperation.TERMINEE or not operation.servis:
            raise Introuvable("Ce fichier n’est plus là\u00a0: il est gardé un jour. Demandez-le de nouveau.")
        if operation.genre == GenreOperation.COMPLET:
            return _ouvrir_le_dossier_complet(operation, par, maintenant)
        if not pieces_encore_lues(operation, par):
            raise Introuvable(DROITS_CHANGES)
        noter("dossier.operation_telechargee", par=par, portee=operation.portee, objet=operation, le=maintenant)
        return FichierDOperation("pieces.zip", "application/zip", coffre.lire(COFFRE, str(operation.pk)))


def _ouvrir_le_dossier_complet(operation: OperationEnNombre, par: Acteur, maintenant: datetime) -> FichierDOperation:
    """Read from the same side as when it was made, and written down in the journal of the request and in the register."""
    dossier_id = operation.servis[0]
    lecteur = _lecteur(operation, dossier_id, par, maintenant)
    dossier = dossier_accessible(dossier_id, lecteur)
    _exiger_ici(operation.siren, operation.genre, dossier, lecteur)
    if cote_de(dossier, lecteur) != operation.cote or not pieces_encore_lues(operation, lecteur):
        raise Introuvable(DROITS_CHANGES)
    noter("dossier.complet_telecharge", par=lecteur, portee=dossier.portee_du_journal, objet=dossier, le=maintenant)
    noter_telechargement(dossier_id=dossier_id, document="Dossier complet (PDF)", par=lecteur, maintenant=maintenant)
    octets = coffre.lire(COFFRE, str(operation.pk))
    return FichierDOperation(f"dossier-{dossier.numero}.pdf", "application/pdf", octets)


def effacer_les_fichiers(*, maintenant: datetime) -> int:
    """Erase the files that are older than a day; how many."""
    anciennes = OperationEnNombre.objects.tous("fichiers d’un jour, effacés par leur travail").filter(
        etat__in=[EtatOperation.TERMINEE, EtatOperation.ARRETEE], finie_le__lte=maintenant - GARDE
    )
    nombre = 0
    for operation in anciennes:
        _retirer_le_travail(operation)
        coffre.retirer(COFFRE, str(operation.pk))
        operation.etat = EtatOperation.EXPIREE
        operation.save(update_fields=["etat"])
        nombre += 1
    return nombre
