"""Inviting somebody by an address, and binding what waits there once the address is verified."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from jalon.comptes.models import Personne
from jalon.comptes.requetes import adresses_verifiees, personne_par_adresse
from jalon.comptes.requetes import personne as ouverte
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.attribution import (
    Administration,
    administration,
    clore_invitation,
    verrouiller,
)
from jalon.habilitations.actions.octrois import annoncer_octroi, octroyer
from jalon.habilitations.actions.reprise import droits_du_lien, faire_entrer, peut_entrer, reunir_la_reprise
from jalon.habilitations.courriels import (
    InvitationRecue,
)
from jalon.habilitations.enums import EtatRattachement, OrigineRattachement
from jalon.habilitations.models import Rattachement
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles import VALIDITE_INVITATION, DemandeDroit, verifier_droits
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisieRefusee


@second_facteur_exige
def inviter_personne(
    *,
    siren: str,
    profil: Profil,
    adresse: str,
    droits: Sequence[DemandeDroit],
    par: Acteur,
    maintenant: datetime,
    prenom: str = "",
    nom: str = "",
) -> Rattachement:
    """Give rights to an address: they wait there until somebody signs in with it, verified, within 30 days.

    What an administrator in probation gives carries the same end of probation, so that RIB, exports and the
    administration itself do not open sooner through somebody else. A wide right, or the fourth grant of an hour, waits
    (exigences, T12).

    Raises DroitManquant (not an administrator now), SaisieRefusee (address, rights, already invited or attached).
    """
    with transaction.atomic():
        verrouiller(siren, profil)
        contexte = administration(siren, profil, par, maintenant)
        adresse = lire_adresse(adresse)
        retenus = verifier_droits(droits, siren, profil, jour_de_paris(maintenant), membre=profil == Profil.PRESTATAIRE)
        _refuser_doublon(siren, profil, adresse, par, maintenant)
        rattachement = _lien_d_invitation(contexte, adresse, par, maintenant)
        rattachement.prenom_invite, rattachement.nom_invite = prenom.strip()[:80], nom.strip()[:80]
        rattachement.porter(portee_des_acces(siren, profil, portefeuille_de(siren))).save(force_insert=True)
        pose = octroyer(rattachement, retenus, contexte)
        noter(
            "acces.invitation", par=par, portee=rattachement.portee, objet=rattachement, le=maintenant,
            details={"adresse": adresse, "droits": len(retenus), "changements": pose.phrases},
        )  # fmt: skip
        preparer(InvitationRecue, rattachement.id, [Destinataire(adresse)], le=maintenant)
        annoncer_octroi(lien=rattachement, pose=pose, contexte=contexte, par=par, maintenant=maintenant)
    return rattachement


def _lien_d_invitation(contexte: Administration, adresse: str, par: Acteur, maintenant: datetime) -> Rattachement:
    """What waits at that address, in probation as long as who gives it."""
    return Rattachement(
        profil=contexte.moi.profil,
        courriel_invite=adresse,
        etat=EtatRattachement.INVITE,
        origine=OrigineRattachement.INVITATION,
        probation_jusqu_a=contexte.moi.probation_jusqu_a if contexte.en_probation else None,
        cree_le=maintenant,
        cree_par=par.identite,
    )


def _refuser_doublon(siren: str, profil: Profil, adresse: str, par: Acteur, maintenant: datetime) -> None:
    liens = Rattachement.objects.tous("doublon d’une invitation, sous le verrou du SIREN").filter(
        **{"prestataire_siren" if profil == Profil.PRESTATAIRE else "siren": siren}
    )
    invite = liens.filter(courriel_invite=adresse, etat=EtatRattachement.INVITE).select_for_update().first()
    if invite is not None and invite.cree_le + VALIDITE_INVITATION > maintenant:
        raise SaisieRefusee("Cette personne est déjà invitée\u00a0: modifiez ses droits dans le tableau", champ="adresse")
    if invite is not None:
        clore_invitation(invite, "Invitation expirée", par.identite, maintenant)
    connue = personne_par_adresse(adresse)
    if connue is not None and liens.filter(personne=connue, etat=EtatRattachement.ACTIF).exists():
        raise SaisieRefusee("Cette personne a déjà un accès\u00a0: modifiez ses droits dans le tableau", champ="adresse")


def lire_adresse(saisie: str) -> str:
    """An e-mail address in lower case. Raises SaisieRefusee."""
    adresse = saisie.strip().lower()
    if not adresse:
        raise SaisieRefusee("Indiquez l’adresse électronique de la personne", champ="adresse")
    try:
        validate_email(adresse)
    except ValidationError:
        raise SaisieRefusee(
            "Écrivez l’adresse électronique en entier, par exemple prenom.nom@entreprise.fr", champ="adresse"
        ) from None
    return adresse


def rattacher_invitations(*, personne_id: UUID, maintenant: datetime) -> list[Rattachement]:
    """Bind to a person the invitations sent to her verified addresses in the last 30 days; called at each sign-in.

    An invitation to an organisation where she is already attached is closed: her rights there are left as they are, but what
    two people of the OPCO prepared for her is added to them. An account of the OPCO binds none.
    """
    personne = ouverte(personne_id)
    adresses = adresses_verifiees(personne_id) if personne is not None and not personne.est_opco else []
    if personne is None or not adresses:
        return []
    par = ActeurPersonne(personne, maintenant)
    raison = "invitations adressées à la personne qui se connecte"
    en_attente = Rattachement.objects.tous(raison).filter(
        courriel_invite__in=adresses, etat=EtatRattachement.INVITE, cree_le__gt=maintenant - VALIDITE_INVITATION
    )
    liens: list[Rattachement] = []
    for trouve in en_attente.order_by("id"):
        with transaction.atomic():
            verrouiller(trouve.organisation_siren, Profil(trouve.profil))
            lien = en_attente.select_for_update().filter(id=trouve.id).first()
            if lien is not None and _attendue(lien, personne, maintenant) and _rattacher(lien, personne, par, maintenant):
                liens.append(lien)
    return liens


def _attendue(lien: Rattachement, personne: Personne, maintenant: datetime) -> bool:
    """Prepared rights open to who has the second factor that they ask for, and wait otherwise."""
    return lien.origine != OrigineRattachement.REPRISE or peut_entrer(personne, droits_du_lien(lien, maintenant))


def _rattacher(lien: Rattachement, personne: Personne, par: Acteur, maintenant: datetime) -> bool:
    deja: Rattachement | None = (
        Rattachement.objects.tous("invitation d’une personne déjà rattachée")
        .select_for_update()
        .filter(personne=personne, siren=lien.siren, prestataire_siren=lien.prestataire_siren, etat=EtatRattachement.ACTIF)
        .first()
    )
    if deja is None:
        faire_entrer(lien, personne, par, maintenant)
        return True
    if lien.origine == OrigineRattachement.REPRISE:
        reunir_la_reprise(lien, deja, personne, maintenant)
    clore_invitation(lien, "Personne déjà rattachée", par.identite, maintenant)
    return False
