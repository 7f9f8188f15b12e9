"""Rights given by an administrator: what is wide or comes in a burst waits for somebody else (exigences, T12)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.actions.attribution import Administration, verrouiller, verrouiller_lien
from jalon.habilitations.actions.pose import Pose, ajouter_droits, poser_droits
from jalon.habilitations.administrateurs import Administrateur, hors_probation, tous_les_administrateurs
from jalon.habilitations.courriels import (
    DroitsModifies,
    NouvelAcces,
    OctroiAVerifier,
    OctroiDecide,
    OctroiEnAttente,
    a_la_personne,
)
from jalon.habilitations.enums import Attente
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.models.rattachements import q_droit_en_attente
from jalon.habilitations.regles import DemandeDroit
from jalon.habilitations.requetes.matrice import rattachement_accessible
from jalon.habilitations.requetes.octrois import A_CONFIRMER
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.habilitations.rythme import compter
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Pouvoir, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, TransitionImpossible


def octroyer(lien: Rattachement, droits: Sequence[DemandeDroit], contexte: Administration) -> Pose:
    """Write the boxes that an administrator gives, counted among his grants of the hour."""
    moi, le = contexte.moi.personne_id, contexte.maintenant
    return poser_droits(lien, droits, moi, le, rang=lambda: compter(moi, le))


def octroyer_en_plus(lien: Rattachement, droits: Sequence[DemandeDroit], contexte: Administration) -> Pose:
    """The same, besides what the link holds already."""
    moi, le = contexte.moi.personne_id, contexte.maintenant
    return ajouter_droits(lien, droits, moi, le, rang=lambda: compter(moi, le))


def annoncer_octroi(*, lien: Rattachement, pose: Pose, contexte: Administration, par: Acteur, maintenant: datetime) -> None:
    """Tell a widened access to the other administrators; what waits, to all of them, its giver included: an account that
    was taken over tells so to its owner. A burst is told to the AEF of the portefeuille.
    """
    le, cle = maintenant, cle_d_envoi(maintenant)
    if pose.elargit:
        autres = [a for a in contexte.tous if a.personne_id not in {contexte.moi.personne_id, lien.personne_id}]
        preparer(NouvelAcces, lien.id, _adresses(autres), le=le, cle=cle)
    if not pose.attentes:
        return
    preparer(OctroiEnAttente, lien.id, _adresses(contexte.tous), le=le, cle=cle)
    if Attente.VERIFICATION in pose.attentes:
        noter(
            "acces.rafale", par=par, portee=lien.portee, objet=lien, le=le, details={"personne": lien.nom_affiche}
        )  # fmt: skip
        aef = personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, lien.portefeuille_id, le)
        preparer(OctroiAVerifier, lien.id, [Destinataire(p.email, p.id) for p in aef], le=le, cle=cle)


@second_facteur_exige
def decider_octroi(*, rattachement_id: UUID, accorder: bool, par: Acteur, maintenant: datetime, motif: str = "") -> Rattachement:
    """Confirm the rights of a link that wait for a second voice, or refuse them with a reason.

    Any active administrator but their giver and their holder decides of all of them; the AEF of the portefeuille decides of
    those that came in a burst alone, and a wide one then keeps its 24 hours.

    Raises Introuvable, SaisieRefusee (a refusal without reason), TransitionImpossible (nothing waits any more, withdrawn),
    DroitManquant (the giver or the holder; neither an administrator out of probation nor the AEF).
    """
    vu = rattachement_accessible(rattachement_id, par)
    siren, profil = vu.organisation_siren, Profil(vu.profil)
    if not accorder and not motif.strip():
        raise SaisieRefusee("Indiquez le motif du refus\u00a0: les administrateurs le liront", champ="motif")
    with transaction.atomic():
        verrouiller(siren, profil)
        lien = verrouiller_lien(rattachement_id)
        administrateurs = tous_les_administrateurs(siren, profil, maintenant)
        administre = any(a.personne_id == par.identite for a in hors_probation(administrateurs, maintenant))
        droits = _a_decider(lien, par, maintenant, administre=administre)
        for droit in droits:
            if accorder:
                _confirmer(droit, par, maintenant, administre=administre)
            else:
                droit.revoque_le, droit.revoque_par = maintenant, par.identite
                droit.save(update_fields=["revoque_le", "revoque_par"])
        noter(
            "acces.octroi_confirme" if accorder else "acces.octroi_refuse", par=par, portee=lien.portee, objet=lien,
            le=maintenant, details={"personne": lien.nom_affiche, "droits": len(droits), "motif": motif.strip()[:500]},
        )  # fmt: skip
        cle = cle_d_envoi(maintenant)
        preparer(OctroiDecide, lien.id, _adresses(administrateurs), le=maintenant, cle=cle)
        if accorder:
            preparer(DroitsModifies, lien.id, a_la_personne(lien), le=maintenant, cle=cle)
    return lien


def _a_decider(lien: Rattachement, par: Acteur, maintenant: datetime, *, administre: bool) -> list[DroitAccorde]:
    attendent = list(lien.droits.filter(q_droit_en_attente(maintenant), attente__in=A_CONFIRMER).order_by("id"))
    if not administre:
        par.exiger_pouvoir(Pouvoir.DECIDER_ACCES, lien.portefeuille_id)
        attendent = [d for d in attendent if d.attente == Attente.VERIFICATION]
    if not attendent:
        raise TransitionImpossible("Ces droits n’attendent plus de confirmation.")
    if lien.personne_id == par.identite:
        raise DroitManquant("Une autre personne doit confirmer les droits qui vous sont donnés.")
    d_autrui = [d for d in attendent if d.accorde_par != par.identite]
    if not d_autrui:
        raise DroitManquant("Vous avez donné ces droits\u00a0: une autre personne doit les confirmer.")
    return d_autrui


def _confirmer(droit: DroitAccorde, par: Acteur, maintenant: datetime, *, administre: bool) -> None:
    """From now, or from the day asked; the AEF does not shorten the 24 hours of a wide right."""
    souhait = droit.debut_souhaite if droit.debut_souhaite and droit.debut_souhaite > maintenant else None
    debut = (souhait or maintenant) if administre else max(droit.debut, maintenant)
    if debut <= maintenant:
        meme = DroitAccorde.objects.filter(
            rattachement=droit.rattachement_id, etendue=droit.etendue, siret=droit.siret, groupe=droit.groupe_id,
            domaine=droit.domaine, dispositif=droit.dispositif, attente=Attente.AUCUNE, revoque_le__isnull=True,
        )  # fmt: skip
        meme.update(revoque_le=maintenant, revoque_par=par.identite)
    if debut <= maintenant:
        droit.attente = Attente.AUCUNE
    else:
        droit.attente = Attente.DATE if souhait == debut else Attente.SECONDE_VOIX
    droit.debut, droit.approuve_par = debut, par.identite
    droit.save(update_fields=["attente", "debut", "approuve_par"])


def _adresses(administrateurs: Sequence[Administrateur]) -> list[Destinataire]:
    return [Destinataire(a.email, a.personne_id) for a in administrateurs]
