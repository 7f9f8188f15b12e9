"""Replacing a second factor that its owner lost, with her recovery codes: two people of the OPCO and a letter (exigences, T14)."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest

from jalon.comptes.actions import fermer_toutes_les_seances
from jalon.comptes.requetes import adresses_verifiees, titulaire
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.annonces import PerteDeclaree, PerteRefusee, SecondFacteurRemplace
from jalon.habilitations.enums import EtatPerte, EtatRattachement, NatureAvis
from jalon.habilitations.models import AvisPostal, PerteSecondFacteur, Rattachement
from jalon.habilitations.models.second_facteur import EN_COURS
from jalon.habilitations.regles import PROBATION, VALIDITE_DEMANDE
from jalon.habilitations.requetes.second_facteur import organisation_a_prevenir, perte_accessible
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Domaine, Portee, Pouvoir, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, TransitionImpossible

SANS_ORGANISATION = "Votre compte n’est rattaché à aucune organisation\u00a0: créez-en un autre. Une personne de l’OPCO s’adresse à son administrateur."


def declarer_perte(*, par: Acteur, maintenant: datetime) -> PerteSecondFacteur:
    """Ask for a new second factor, once the password was given. Repeated, it gives the request that is open.

    Raises SaisieRefusee (no organisation whose head office could be written to).
    """
    with transaction.atomic():
        personne = titulaire(par)
        ouverte = PerteSecondFacteur.objects.filter(personne=personne, etat__in=EN_COURS).first()
        if ouverte is not None and not _expiree(ouverte, maintenant):
            return ouverte
        if ouverte is not None:
            _clore(ouverte, EtatPerte.ANNULEE, par, maintenant)
        lieu = organisation_a_prevenir(personne.id, maintenant)
        if lieu is None:
            raise SaisieRefusee(SANS_ORGANISATION)
        siren, profil, portefeuille_id = lieu
        perte = PerteSecondFacteur.objects.create(
            personne=personne, siren=siren, profil=profil, portefeuille_id=portefeuille_id, etat=EtatPerte.DEMANDEE,
            demandee_le=maintenant,
        )  # fmt: skip
        _noter("acces.perte_declaree", perte, par, maintenant)
        _annoncer(PerteDeclaree, perte, maintenant)
    return perte


def annuler_perte(*, par: Acteur, maintenant: datetime) -> int:
    """Its owner found her second factor again, or never asked: the request ends."""
    with transaction.atomic():
        siennes = PerteSecondFacteur.objects.select_for_update().filter(personne=titulaire(par), etat__in=EN_COURS)
        ouvertes = list(siennes)
        for perte in ouvertes:
            _clore(perte, EtatPerte.ANNULEE, par, maintenant)
            _noter("acces.perte_annulee", perte, par, maintenant)
    return len(ouvertes)


@second_facteur_exige
def confirmer_perte(*, perte_id: UUID, preuve: str, par: Acteur, maintenant: datetime) -> PerteSecondFacteur:
    """A first person of the OPCO says how she checked who asks; a letter to the head office waits to be posted.

    Raises Introuvable, DroitManquant (another role, one's own request), SaisieRefusee (no proof), TransitionImpossible.
    """
    perte_accessible(perte_id, par)
    with transaction.atomic():
        perte = _verrouiller(perte_id, par, maintenant)
        if perte.etat != EtatPerte.DEMANDEE:
            raise TransitionImpossible("Une première personne a déjà confirmé cette demande.")
        if not preuve.strip():
            raise SaisieRefusee("Indiquez comment vous avez vérifié l’identité de la personne", champ="preuve")
        perte.avis = AvisPostal.objects.create(
            siren=perte.siren, profil=perte.profil, nature=NatureAvis.SECOND_FACTEUR, personne=perte.personne,
            portefeuille_id=perte.portefeuille_id, le=maintenant,
        )  # fmt: skip
        perte.etat, perte.preuve = EtatPerte.CONFIRMEE, preuve.strip()[:500]
        perte.premier_par, perte.premier_le = par.identite, maintenant
        perte.save(update_fields=["etat", "preuve", "premier_par", "premier_le", "avis"])
        _noter("acces.perte_confirmee", perte, par, maintenant)
    return perte


@second_facteur_exige
def remplacer_second_facteur(*, perte_id: UUID, par: Acteur, maintenant: datetime) -> PerteSecondFacteur:
    """A second person confirms, the letter once posted: second factors are withdrawn, sessions closed.

    RIB, exports and what an administrator may give stay closed 72 hours, as after a nomination; everybody told at the
    beginning is told again. The person installs a new second factor at her next sign-in, behind her password.

    Raises Introuvable, DroitManquant (another role, one's own request, the first person again), TransitionImpossible
    (not confirmed, letter not posted, lapsed, closed).
    """
    perte_accessible(perte_id, par)
    with transaction.atomic():
        perte = _verrouiller(perte_id, par, maintenant)
        if perte.etat != EtatPerte.CONFIRMEE:
            raise TransitionImpossible("Une première personne doit d’abord confirmer cette demande.")
        if perte.premier_par == par.identite:
            raise DroitManquant("Vous avez déjà confirmé cette demande\u00a0: une autre personne de l’OPCO doit le faire.")
        postee = perte.avis.envoye_le if perte.avis is not None else None
        if postee is None or postee > maintenant:
            raise TransitionImpossible(
                "La lettre au siège n’est pas déclarée postée. Postez-la, puis déclarez-le sur la page des codes."
            )
        perte.etat, perte.lettre_postee_le = EtatPerte.REMPLACEE, postee
        perte.second_par, perte.second_le = par.identite, maintenant
        perte.close_par, perte.close_le = par.identite, maintenant
        perte.save(update_fields=["etat", "lettre_postee_le", "second_par", "second_le", "close_par", "close_le"])
        _retirer_les_facteurs(perte.personne_id, maintenant)
        _noter("acces.second_facteur_remplace", perte, par, maintenant)
        _annoncer(SecondFacteurRemplace, perte, maintenant)
    return perte


@second_facteur_exige
def refuser_perte(*, perte_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> PerteSecondFacteur:
    """One person is enough to refuse. Raises Introuvable, DroitManquant, SaisieRefusee (no reason), TransitionImpossible."""
    perte_accessible(perte_id, par)
    with transaction.atomic():
        perte = _verrouiller(perte_id, par, maintenant)
        if not motif.strip():
            raise SaisieRefusee("Indiquez le motif du refus", champ="motif")
        perte.motif = motif.strip()[:500]
        _clore(perte, EtatPerte.REFUSEE, par, maintenant)
        _noter("acces.perte_refusee", perte, par, maintenant)
        _annoncer(PerteRefusee, perte, maintenant)
    return perte


def _verrouiller(perte_id: UUID, par: Acteur, maintenant: datetime) -> PerteSecondFacteur:
    perte = PerteSecondFacteur.objects.select_for_update(of=("self",)).select_related("personne", "avis").get(id=perte_id)
    par.exiger_pouvoir(Pouvoir.DECIDER_ACCES, perte.portefeuille_id)
    if perte.personne_id == par.identite:
        raise DroitManquant("D’autres personnes doivent décider de votre demande.")
    if perte.etat not in EN_COURS:
        raise TransitionImpossible("Cette demande est close.")
    if _expiree(perte, maintenant):
        raise TransitionImpossible("Cette demande a expiré au bout de 30\u00a0jours. La personne peut en faire une nouvelle.")
    return perte


def _expiree(perte: PerteSecondFacteur, maintenant: datetime) -> bool:
    return perte.demandee_le + VALIDITE_DEMANDE <= maintenant


def _retirer_les_facteurs(personne_id: UUID, maintenant: datetime) -> None:
    facteurs = Authenticator.objects.filter(user_id=personne_id)
    facteurs.delete()
    fermer_toutes_les_seances(personne_id=personne_id)
    liens = Rattachement.objects.tous("second facteur remplacé : 72 heures sur chaque rattachement")
    fin = maintenant + PROBATION
    liens.filter(personne_id=personne_id, etat=EtatRattachement.ACTIF).update(
        probation_jusqu_a=Greatest(Coalesce(F("probation_jusqu_a"), fin), fin)
    )


def _clore(perte: PerteSecondFacteur, etat: EtatPerte, par: Acteur, maintenant: datetime) -> None:
    perte.etat, perte.close_le, perte.close_par = etat, maintenant, par.identite
    perte.save(update_fields=["etat", "motif", "close_le", "close_par"])


def _noter(code: str, perte: PerteSecondFacteur, par: Acteur, maintenant: datetime) -> None:
    portee = Portee(portefeuille_id=perte.portefeuille_id, domaine=Domaine.ACCES)
    noter(code, par=par, portee=portee, objet=perte, le=maintenant, details={"personne": perte.personne.nom_complet})


def _annoncer(classe: type[Message], perte: PerteSecondFacteur, maintenant: datetime) -> None:
    """To every verified address of the person, and to the other administrators of the organisation that is written to."""
    siennes = adresses_verifiees(perte.personne_id) or [perte.personne.email]
    autres = tous_les_administrateurs(perte.siren, Profil(perte.profil), maintenant)
    prevenus = [Destinataire(adresse, perte.personne_id) for adresse in siennes]
    prevenus += [Destinataire(a.email, a.personne_id) for a in autres if a.personne_id != perte.personne_id]
    preparer(classe, perte.id, prevenus, le=maintenant)
