"""What is wide in a mandate, or comes in a burst, waits for somebody else, as what is given to people (exigences, T12)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.attribution import verrouiller
from jalon.habilitations.actions.suites_des_mandats import (
    administrateurs_des_deux_cotes,
    clore_mandat,
    noter_des_deux_cotes,
    verrouiller_mandat,
)
from jalon.habilitations.administrateurs import hors_probation, tous_les_administrateurs
from jalon.habilitations.courriels import nom_de_l_organisation
from jalon.habilitations.courriels.mandats import MandatAVerifier, MandatDecide, MandatEnAttente
from jalon.habilitations.enums import Attente, CoteDuMandat
from jalon.habilitations.mandats import Contenu, attente_d_un_mandat, ce_qui_elargit, ce_qui_reste, ecrire_niveaux, lire_niveaux
from jalon.habilitations.models import Mandat
from jalon.habilitations.requetes.mandats import mandat_accessible
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.habilitations.rythme import compter
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Pouvoir, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, TransitionImpossible


def contenu_de(mandat: Mandat) -> Contenu:
    """What is in force, or will be once the whole mandate counts."""
    return Contenu(lire_niveaux(mandat.droits), tuple(mandat.sirets))


def poser_contenu(mandat: Mandat, voulu: Contenu, par: UUID, maintenant: datetime, *, nouveau: bool = False) -> None:
    """Write what a mandate gives on its row, not saved yet, under the lock of the client.

    What it reduces counts at once. What it widens is counted among the grants of the hour and may wait: beside what is in force
    if the mandate runs, with all of it otherwise. Raises SaisieRefusee when it would end before it counts.
    """
    court = not nouveau and mandat.en_vigueur(maintenant)
    tenu = None if nouveau else contenu_de(mandat)
    nouveaux = ce_qui_elargit(tenu, voulu)
    if not nouveaux:
        _ecrire(mandat, voulu)
        if court:
            _ne_plus_attendre(mandat)
        return
    souhait = maintenant if court else max(mandat.debut_voulu or mandat.debut, maintenant)
    juges = nouveaux if court else voulu.boites()
    attente, compte_le = attente_d_un_mandat(juges, compter(par, maintenant), souhait, maintenant)
    _exiger_une_duree(mandat, attente, compte_le)
    _ne_plus_attendre(mandat)
    reste = ce_qui_reste(tenu, voulu) if court and tenu is not None and attente != Attente.AUCUNE else None
    if reste is not None:
        _ecrire(mandat, reste)
        mandat.attendu_droits, mandat.attendu_sirets = ecrire_niveaux(voulu.niveaux), list(voulu.sirets)
    else:
        _ecrire(mandat, voulu)
        if not court or attente != Attente.AUCUNE:
            mandat.debut, mandat.debut_voulu = compte_le, souhait
    if attente != Attente.AUCUNE:
        mandat.attente, mandat.compte_le = attente, compte_le
        mandat.attendu_par, mandat.approuve_par = par, None
        mandat.retenu = reste is None and attente == Attente.VERIFICATION


def _ecrire(mandat: Mandat, contenu: Contenu) -> None:
    mandat.droits, mandat.sirets = ecrire_niveaux(contenu.niveaux), list(contenu.sirets)


def _ne_plus_attendre(mandat: Mandat) -> None:
    mandat.retenu, mandat.attente, mandat.compte_le = False, Attente.AUCUNE, None
    mandat.attendu_droits, mandat.attendu_sirets, mandat.attendu_par = "", [], None


def _exiger_une_duree(mandat: Mandat, attente: Attente, compte_le: datetime) -> None:
    if attente != Attente.AUCUNE and mandat.fin <= compte_le:
        raise SaisieRefusee(
            "Ce mandat ne compte que 24\u00a0heures après avoir été donné\u00a0: choisissez une fin plus tardive", champ="fin"
        )


def installer_si_echu(mandat: Mandat, maintenant: datetime) -> bool:
    """Write in its place the widening that waited and has come, under the lock of one of the sides."""
    if not mandat.elargissement_echu(maintenant):
        return False
    _installer(mandat)
    mandat.save()
    return True


def _installer(mandat: Mandat) -> None:
    mandat.droits, mandat.sirets = mandat.attendu_droits, list(mandat.attendu_sirets)
    _ne_plus_attendre(mandat)


def installer_mandats(*, maintenant: datetime) -> int:
    """Widenings whose 24 hours have passed. Late, never early: until then, the mandate gives what it gave. Idempotent."""
    dus = Mandat.objects.tous("élargissements de mandats dont les 24 heures sont passées").filter(
        termine_le__isnull=True, attente=Attente.SECONDE_VOIX, compte_le__lte=maintenant
    )
    installes = 0
    for vu in dus.exclude(attendu_droits="").order_by("compte_le", "id"):
        with transaction.atomic():
            verrouiller(vu.organisation_siren, Profil(vu.profil))
            mandat = Mandat.objects.tous("relu sous le verrou d’un des côtés").select_for_update().get(id=vu.id)
            if mandat.termine_le is None and installer_si_echu(mandat, maintenant):
                noter_des_deux_cotes("acces.mandat_elargi", mandat, ActeurSysteme("mandats"), maintenant)
                installes += 1
    return installes


def annoncer_attente(mandat: Mandat, par: Acteur, maintenant: datetime) -> None:
    """Tell what waits to all the administrators of the client, its giver included; a burst, to the AEF of the portefeuille."""
    if not mandat.attend(maintenant):
        return
    cle = cle_d_envoi(maintenant)
    du_client = tous_les_administrateurs(mandat.organisation_siren, Profil(mandat.profil), maintenant)
    preparer(MandatEnAttente, mandat.id, [Destinataire(a.email, a.personne_id) for a in du_client], le=maintenant, cle=cle)
    if mandat.attente == Attente.VERIFICATION:
        details = {"personne": nom_de_l_organisation(mandat.mandataire_siren)}
        noter("acces.rafale", par=par, portee=mandat.portee, objet=mandat, le=maintenant, details=details)
        aef = personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, mandat.portefeuille_id, maintenant)
        preparer(MandatAVerifier, mandat.id, [Destinataire(p.email, p.id) for p in aef], le=maintenant, cle=cle)


@second_facteur_exige
def decider_mandat(*, mandat_id: UUID, accorder: bool, par: Acteur, maintenant: datetime, motif: str = "") -> Mandat:
    """Confirm what waits in a mandate, or refuse it with a reason: a mandate that waits as a whole then ends.

    Any active administrator of the client but the giver decides; the AEF of the portefeuille, of what came in a burst alone, and
    what is wide then keeps its 24 hours.

    Raises Introuvable, SaisieRefusee (a refusal without reason), TransitionImpossible (nothing waits, ended, over),
    DroitManquant (the giver; neither an administrator out of probation nor the AEF).
    """
    vu = mandat_accessible(mandat_id, par)
    siren, profil = vu.organisation_siren, Profil(vu.profil)
    motif = motif.strip()[:500]
    if not accorder and not motif:
        raise SaisieRefusee("Indiquez le motif du refus\u00a0: les administrateurs le liront", champ="motif")
    with transaction.atomic():
        verrouiller(siren, profil)
        mandat = verrouiller_mandat(mandat_id, maintenant)
        actifs = hors_probation(tous_les_administrateurs(siren, profil, maintenant), maintenant)
        administre = any(a.personne_id == par.identite for a in actifs)
        _exiger_le_pouvoir(mandat, par, maintenant, administre=administre)
        if accorder:
            _confirmer(mandat, par, maintenant, administre=administre)
        elif mandat.attendu_droits:
            _ne_plus_attendre(mandat)
            mandat.save()
        else:
            clore_mandat(mandat, CoteDuMandat.CLIENT, motif, par, maintenant)
        code = "acces.mandat_confirme" if accorder else "acces.mandat_refuse"
        noter_des_deux_cotes(code, mandat, par, maintenant, motif=motif)
        prevenus = administrateurs_des_deux_cotes(mandat, par, maintenant)
        preparer(MandatDecide, mandat.id, prevenus, le=maintenant, cle=cle_d_envoi(maintenant))
    return mandat


def _exiger_le_pouvoir(mandat: Mandat, par: Acteur, maintenant: datetime, *, administre: bool) -> None:
    if not administre:
        par.exiger_pouvoir(Pouvoir.DECIDER_ACCES, mandat.portefeuille_id)
    if not mandat.attend(maintenant) or (not administre and mandat.attente != Attente.VERIFICATION):
        raise TransitionImpossible("Ce mandat n’attend plus de confirmation.")
    if mandat.attendu_par == par.identite:
        raise DroitManquant("Vous avez donné ce mandat\u00a0: une autre personne doit le confirmer.")


def _confirmer(mandat: Mandat, par: Acteur, maintenant: datetime, *, administre: bool) -> None:
    """From now, or from the day asked; the AEF does not shorten the 24 hours of what is wide."""
    mandat.approuve_par = par.identite
    if not administre and mandat.compte_le is not None and mandat.compte_le > maintenant:
        mandat.retenu, mandat.attente = False, Attente.SECONDE_VOIX
    elif mandat.attendu_droits:
        _installer(mandat)
    else:
        _ne_plus_attendre(mandat)
        mandat.debut = max(mandat.debut_voulu or maintenant, maintenant)
    mandat.save()
