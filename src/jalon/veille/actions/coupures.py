"""The kill switch: an access is closed by one person, opened again by two (exigences, S5)."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jalon.comptes.models import Personne
from jalon.habilitations.models import CleApi
from jalon.journal.actions import noter
from jalon.organisations.models import Organisation
from jalon.socle.acteurs import Acteur, Domaine
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible
from jalon.socle.travaux import differer
from jalon.veille.enums import Cible, Origine
from jalon.veille.models import CompteurLectures, Coupure
from jalon.veille.requetes.coupures import compte_accessible, coupure_accessible, organisation_accessible, portee_de

DEJA = "Cet accès est déjà coupé."
LONGUEUR_DU_MOTIF = 500


def couper_compte(*, personne_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> Coupure:
    """Close every access of an account: sessions, keys that it made, downloads, jobs, from the next request on.

    Raises Introuvable, DroitManquant, SaisieRefusee (no reason), TransitionImpossible (one's own, or already cut).
    """
    with transaction.atomic():
        personne = compte_accessible(personne_id, par, verrou=True)
        raison = _motif(motif, "Indiquez pourquoi vous coupez cet accès")
        if par.identite == personne.pk:
            raise TransitionImpossible("Vous ne pouvez pas couper votre propre accès\u00a0: un collègue peut le faire.")
        if personne.suspendue_le is not None:
            raise TransitionImpossible(DEJA)
        return suspendre_compte(personne=personne, origine=Origine.OPCO, motif=raison, par=par, maintenant=maintenant)


def suspendre_compte(*, personne: Personne, origine: Origine, motif: str, par: Acteur, maintenant: datetime) -> Coupure:
    """Cut a locked account that is not cut yet; also called by the reading budget."""
    personne.suspendue_le = maintenant
    personne.save(update_fields=["suspendue_le"])
    return _couper(Coupure(cible=Cible.COMPTE, personne=personne, libelle=personne.nom_complet), origine, motif, par, maintenant)


def couper_organisation(*, siren: str, motif: str, par: Acteur, maintenant: datetime) -> Coupure:
    """Close an organisation to all its people and keys; each keeps what she holds elsewhere.

    Raises Introuvable, DroitManquant, SaisieRefusee (no reason), TransitionImpossible (already cut).
    """
    with transaction.atomic():
        organisation = organisation_accessible(siren, par, verrou=True)
        raison = _motif(motif, "Indiquez pourquoi vous coupez cet accès")
        if organisation.suspendue_le is not None:
            raise TransitionImpossible(DEJA)
        organisation.suspendue_le = maintenant
        organisation.save(update_fields=["suspendue_le"])
        coupure = Coupure(cible=Cible.ORGANISATION, siren=siren, libelle=organisation.denomination[:200])
        return _couper(coupure, Origine.OPCO, raison, par, maintenant)


def suspendre_cle(*, cle: CleApi, motif: str, par: Acteur, maintenant: datetime) -> Coupure | None:
    """Cut a key that reads beyond its budget; None when it was cut or revoked meanwhile."""
    if not _cles().filter(pk=cle.pk, suspendue_le=None, revoquee_le=None).update(suspendue_le=maintenant):
        return None
    coupure = Coupure(cible=Cible.CLE, cle_id=cle.pk, siren=cle.organisation_siren, libelle=str(cle)[:200])
    return _couper(coupure, Origine.BUDGET, motif, par, maintenant)


def _couper(coupure: Coupure, origine: Origine, motif: str, par: Acteur, maintenant: datetime) -> Coupure:
    coupure.origine, coupure.motif, coupure.le = origine, motif, maintenant
    coupure.par_id, coupure.par_nom = par.identite, par.libelle[:200]
    coupure.save(force_insert=True)
    _noter("veille.acces_coupe", coupure, par, maintenant, motif=motif, cible=coupure.libelle)
    differer("veille.annoncer_coupure", coupure_id=str(coupure.pk))
    return coupure


@second_facteur_exige
def demander_retablissement(*, coupure_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> Coupure:
    """Ask that an access be opened again: nothing opens until somebody else of the OPCO confirms.

    Raises Introuvable, DroitManquant, SaisieRefusee (no reason), TransitionImpossible (restored, asked already, one's own,
    or a key that its organisation revoked since).
    """
    with transaction.atomic():
        coupure = _a_retablir(coupure_id, par)
        if coupure.demande_le is not None:
            raise TransitionImpossible(f"{coupure.demande_par_nom} l’a déjà demandé\u00a0: une seconde personne peut confirmer.")
        coupure.demande_motif = _motif(motif, "Indiquez ce qui a été vérifié avant de rétablir")
        coupure.demande_le, coupure.demande_par, coupure.demande_par_nom = maintenant, par.identite, par.libelle[:200]
        coupure.save(update_fields=["demande_motif", "demande_le", "demande_par", "demande_par_nom"])
        _noter("veille.retablissement_demande", coupure, par, maintenant, motif=coupure.demande_motif, cible=coupure.libelle)
    return coupure


@second_facteur_exige
def confirmer_retablissement(*, coupure_id: UUID, par: Acteur, maintenant: datetime) -> Coupure:
    """Open the access again, as the second person. What it read today is counted anew: else its next reading would cut it again.

    Raises Introuvable, DroitManquant, TransitionImpossible (restored, nobody asked, the same person, one's own, or a key that
    its organisation revoked since).
    """
    with transaction.atomic():
        coupure = _a_retablir(coupure_id, par)
        if coupure.demande_le is None:
            raise TransitionImpossible("Une première personne doit d’abord demander le rétablissement.")
        if coupure.demande_par == par.identite:
            raise TransitionImpossible("Vous avez demandé ce rétablissement\u00a0: une autre personne de l’OPCO le confirme.")
        coupure.levee_le, coupure.levee_par, coupure.levee_par_nom = maintenant, par.identite, par.libelle[:200]
        coupure.save(update_fields=["levee_le", "levee_par", "levee_par_nom"])
        _rouvrir(coupure, jour_de_paris(maintenant))
        _noter("veille.acces_retabli", coupure, par, maintenant, cible=coupure.libelle)
        differer("veille.annoncer_coupure", coupure_id=str(coupure.pk))
    return coupure


def _rouvrir(coupure: Coupure, jour: date) -> None:
    if coupure.personne_id is not None:
        Personne.objects.filter(pk=coupure.personne_id).update(suspendue_le=None)
    elif coupure.cle_id is not None:
        _cles().filter(pk=coupure.cle_id).update(suspendue_le=None)
    else:
        Organisation.objects.filter(siren=coupure.siren).update(suspendue_le=None)
    lecteur = coupure.personne_id or coupure.cle_id
    CompteurLectures.objects.filter(cle=str(lecteur), jour=jour).update(personnes=0, lignes=0, pause_jusqu_a=None)


def _cles() -> QuerySet[CleApi]:
    return CleApi.objects.tous("clé coupée ou rétablie par l’OPCO")


def _a_retablir(coupure_id: UUID, par: Acteur) -> Coupure:
    coupure = coupure_accessible(coupure_id, par, verrou=True)
    if not coupure.active:
        raise TransitionImpossible("Cet accès est déjà rétabli.")
    if coupure.cle_id is not None and _cles().filter(pk=coupure.cle_id, revoquee_le__isnull=False).exists():
        raise TransitionImpossible(
            "Cette clé a été révoquée depuis par son organisation\u00a0: un de ses administrateurs en crée une autre."
        )
    if coupure.personne_id is not None and coupure.personne_id == par.identite:
        raise TransitionImpossible("Vous ne pouvez pas rétablir votre propre accès.")
    return coupure


def _motif(texte: str, phrase: str) -> str:
    raison = " ".join(texte.split())[:LONGUEUR_DU_MOTIF]
    if not raison:
        raise SaisieRefusee(phrase, champ="motif")
    return raison


def _noter(code: str, coupure: Coupure, par: Acteur, maintenant: datetime, **details: object) -> None:
    portee = replace(portee_de(coupure), domaine=Domaine.ACCES)
    noter(code, par=par, portee=portee, objet=coupure, le=maintenant, details=details)
