"""Webinars: the OPCO plans, moves, cancels; people register, and withdraw."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from jalon.aide.courriels_webinaires import InscriptionConfirmee, RappelDeWebinaire, WebinaireAnnule, WebinaireDeplace
from jalon.aide.models import InscriptionWebinaire, Webinaire
from jalon.aide.regles_webinaires import SaisieWebinaire, controler
from jalon.comptes.requetes import titulaire
from jalon.courriers.actions import oublier_courriels_de, preparer
from jalon.courriers.messages import Destinataire, Message, cle_d_envoi
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Portee, Pouvoir
from jalon.socle.dates import debut_du_jour, fin_du_jour, jour_de_paris, mois_avant
from jalon.socle.erreurs import Introuvable, SaisieRefusee, TransitionImpossible

UN_JOUR = timedelta(days=1)


def programmer_webinaire(*, saisie: SaisieWebinaire, par: Acteur, maintenant: datetime) -> Webinaire:
    """Put a webinar on the agenda. Raises DroitManquant, SaisiesRefusees."""
    par.exiger_pouvoir(Pouvoir.REPONDRE_TICKETS, None)
    controler(saisie, maintenant)
    with transaction.atomic():
        webinaire = Webinaire(**saisie.valeurs())
        webinaire.save(force_insert=True)
        _noter("aide.webinaire_programme", webinaire, par, maintenant)
    return webinaire


def modifier_webinaire(*, webinaire_id: UUID, saisie: SaisieWebinaire, par: Acteur, maintenant: datetime) -> Webinaire:
    """Change what is planned; those registered are told when it moves.

    Raises DroitManquant, Introuvable, TransitionImpossible (begun, cancelled), SaisiesRefusees, SaisieRefusee (fewer places than
    people registered).
    """
    par.exiger_pouvoir(Pouvoir.REPONDRE_TICKETS, None)
    controler(saisie, maintenant)
    with transaction.atomic():
        webinaire = _a_venir(webinaire_id, maintenant)
        inscrites = InscriptionWebinaire.objects.filter(webinaire=webinaire).count()
        if saisie.places < inscrites:
            raise SaisieRefusee(
                f"{inscrites}\u00a0personnes sont déjà inscrites\u00a0: gardez au moins autant de places", champ="places"
            )
        ancien_debut = webinaire.debut
        for champ, valeur in saisie.valeurs().items():
            setattr(webinaire, champ, valeur)
        webinaire.save()
        _noter("aide.webinaire_modifie", webinaire, par, maintenant)
        if webinaire.debut != ancien_debut:
            _prevenir(WebinaireDeplace, webinaire, maintenant, cle_d_envoi(maintenant))
    return webinaire


def annuler_webinaire(*, webinaire_id: UUID, par: Acteur, maintenant: datetime) -> Webinaire:
    """Cancel it; those registered are told. Raises DroitManquant, Introuvable, TransitionImpossible (begun, cancelled)."""
    par.exiger_pouvoir(Pouvoir.REPONDRE_TICKETS, None)
    with transaction.atomic():
        webinaire = _a_venir(webinaire_id, maintenant)
        webinaire.annule_le = maintenant
        webinaire.save(update_fields=["annule_le"])
        _noter("aide.webinaire_annule", webinaire, par, maintenant)
        _prevenir(WebinaireAnnule, webinaire, maintenant, "")
    return webinaire


def s_inscrire(*, webinaire_id: UUID, par: Acteur, maintenant: datetime) -> InscriptionWebinaire:
    """Take a place, counted under the lock of the webinar; repeated, it changes nothing.

    Raises Introuvable (unknown; a key, the system), TransitionImpossible (begun, cancelled, full).
    """
    with transaction.atomic():
        webinaire = _a_venir(webinaire_id, maintenant)
        personne = titulaire(par)
        inscrites = InscriptionWebinaire.objects.filter(webinaire=webinaire)
        deja = inscrites.filter(personne=personne).first()
        if deja is not None:
            return deja
        if inscrites.count() >= webinaire.places:
            raise TransitionImpossible("Toutes les places sont prises. Une place se libère si une personne se retire.")
        inscription = InscriptionWebinaire.objects.create(webinaire=webinaire, personne=personne, le=maintenant)
        _noter("aide.webinaire_inscription", webinaire, par, maintenant)
        preparer(InscriptionConfirmee, inscription.pk, [Destinataire(personne.email, personne.pk)], le=maintenant)
    return inscription


def se_retirer(*, webinaire_id: UUID, par: Acteur, maintenant: datetime) -> Webinaire:
    """Give one's place back. Raises Introuvable (unknown, not registered), TransitionImpossible (begun, cancelled)."""
    with transaction.atomic():
        webinaire = _a_venir(webinaire_id, maintenant)
        place = InscriptionWebinaire.objects.filter(webinaire=webinaire, personne=titulaire(par)).first()
        if place is None:
            raise Introuvable("Vous n’êtes pas inscrit à ce webinaire.")
        place.delete()
        _noter("aide.webinaire_retrait", webinaire, par, maintenant)
    return webinaire


def preparer_rappels(*, maintenant: datetime) -> int:
    """Queue the reminder of what begins tomorrow (Europe/Paris), once for each person and each date. Gives how many people."""
    demain = jour_de_paris(maintenant) + UN_JOUR
    inscriptions = InscriptionWebinaire.objects.filter(
        webinaire__debut__gte=debut_du_jour(demain), webinaire__debut__lt=fin_du_jour(demain), webinaire__annule_le=None
    ).select_related("webinaire", "personne")
    for inscription in inscriptions:
        destinataire = Destinataire(inscription.personne.email, inscription.personne_id)
        preparer(RappelDeWebinaire, inscription.pk, [destinataire], le=maintenant, cle=cle_d_envoi(inscription.webinaire.debut))
    return len(inscriptions)


def oublier_inscriptions(*, maintenant: datetime) -> int:
    """Erase who was registered, as long after the webinar as messages are kept; the webinar stays in the archives."""
    limite = debut_du_jour(mois_avant(jour_de_paris(maintenant), settings.JALON_CONSERVATION_MESSAGES))
    with transaction.atomic():
        ids = list(InscriptionWebinaire.objects.filter(webinaire__debut__lt=limite).values_list("pk", flat=True))
        oublier_courriels_de(
            objets=dict.fromkeys((InscriptionConfirmee, RappelDeWebinaire, WebinaireAnnule, WebinaireDeplace), ids)
        )
        InscriptionWebinaire.objects.filter(pk__in=ids).delete()
    return len(ids)


def _a_venir(webinaire_id: UUID, maintenant: datetime) -> Webinaire:
    webinaire = Webinaire.objects.select_for_update().filter(pk=webinaire_id).first()
    if webinaire is None:
        raise Introuvable("Nous ne trouvons pas ce webinaire.")
    if webinaire.annule_le is not None:
        raise TransitionImpossible("Ce webinaire est annulé.")
    if webinaire.debut <= maintenant:
        raise TransitionImpossible("Ce webinaire a commencé, ou il est passé.")
    return webinaire


def _prevenir(message: type[Message], webinaire: Webinaire, le: datetime, cle: str) -> None:
    for inscription in InscriptionWebinaire.objects.filter(webinaire=webinaire).select_related("personne"):
        preparer(message, inscription.pk, [Destinataire(inscription.personne.email, inscription.personne_id)], le=le, cle=cle)


def _noter(code: str, webinaire: Webinaire, par: Acteur, le: datetime) -> None:
    noter(code, par=par, portee=Portee(), objet=webinaire, le=le, details={"titre": webinaire.titre})
