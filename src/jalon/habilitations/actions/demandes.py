"""Deciding a request of access."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.actions.attribution import (
    administration,
    exiger_un_compte_personnel,
    verrouiller,
)
from jalon.habilitations.actions.octrois import annoncer_octroi, octroyer_en_plus
from jalon.habilitations.actions.pose import ajouter_droits
from jalon.habilitations.administrateurs import Administrateur, hors_probation, tous_les_administrateurs
from jalon.habilitations.courriels import DemandeDecidee, NouvelAcces
from jalon.habilitations.enums import (
    EtatDemande,
    EtatRattachement,
    OrigineDemande,
    OrigineRattachement,
)
from jalon.habilitations.models import DemandeAcces, Rattachement
from jalon.habilitations.phrases import CODE_EN_MAIN, demande_aux_administrateurs
from jalon.habilitations.regles import (
    VALIDITE_DEMANDE,
    DemandeDroit,
    verifier_droits,
)
from jalon.habilitations.regles_des_boites import dans_la_demande
from jalon.habilitations.requetes.demandes import demande_accessible
from jalon.habilitations.requetes.nominations import a_eu_le_code_en_main
from jalon.journal.actions import noter
from jalon.socle.acteurs import (
    Acteur,
    Pouvoir,
    Profil,
)
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, TransitionImpossible


@second_facteur_exige
def decider_demande(
    *,
    demande_id: UUID,
    accorder: bool,
    par: Acteur,
    maintenant: datetime,
    droits: Sequence[DemandeDroit] | None = None,
    motif: str = "",
) -> DemandeAcces:
    """Grant (what is asked, or the rights chosen, which are never more) or refuse, with a reason, a request of access.

    It belongs to the active administrators; to the AEF of the portefeuille when there is none and a right code stands
    behind it, administrators in probation not counting. What they grant bears no probation: their check is the second
    proof (exigences, T1c). What the person held already, she keeps.

    Raises Introuvable, DroitManquant (neither; one's own request; account of the OPCO; no code and no administrator; the AEF
    who had the code in her hands),
    TransitionImpossible (decided, taken back, lapsed), SaisieRefusee (a refusal without reason, rights that cannot be given
    or were not asked, the AEF choosing rights).
    """
    vue = demande_accessible(demande_id, par)
    siren, profil = vue.organisation_siren, Profil(vue.profil)
    if not accorder and not motif.strip():
        raise SaisieRefusee("Indiquez le motif du refus\u00a0: la personne le lira", champ="motif")
    with transaction.atomic():
        verrouiller(siren, profil)
        demande = _en_attente(demande_id, maintenant)
        administrateurs = tous_les_administrateurs(siren, profil, maintenant)
        actifs = hors_probation(administrateurs, maintenant)
        _exiger_le_pouvoir(demande, actifs, droits, par)
        if accorder:
            if not actifs and a_eu_le_code_en_main(siren, profil, par.identite, maintenant):
                raise DroitManquant(CODE_EN_MAIN)
            exiger_un_compte_personnel(demande.personne)
            demandes = demande.droits_demandes
            retenus = verifier_droits(demandes if droits is None else droits, siren, profil, jour_de_paris(maintenant))
            if not dans_la_demande(retenus, demandes):
                raise SaisieRefusee("Accordez ce qui est demandé, ou moins\u00a0: le reste se donne ensuite", champ="jeu")
            demande.rattachement = _rattacher(demande, par, maintenant)
            _donner(demande, demande.rattachement, retenus, administrateurs, par, maintenant)
        _clore(demande, accorder=accorder, motif=motif, par=par, maintenant=maintenant)
    return demande


def _en_attente(demande_id: UUID, maintenant: datetime) -> DemandeAcces:
    demande: DemandeAcces = (
        DemandeAcces.objects.tous("relue sous le verrou du SIREN")
        .select_for_update(of=("self",))
        .select_related("personne")
        .get(id=demande_id)
    )
    if demande.etat != EtatDemande.EN_ATTENTE:
        raise TransitionImpossible("Cette demande a déjà reçu une réponse, ou a été retirée.")
    if demande.demandee_le + VALIDITE_DEMANDE <= maintenant:
        raise TransitionImpossible("Cette demande a expiré au bout de 30\u00a0jours. La personne peut en faire une nouvelle.")
    return demande


def _exiger_le_pouvoir(
    demande: DemandeAcces, actifs: Sequence[Administrateur], droits: Sequence[DemandeDroit] | None, par: Acteur
) -> None:
    if par.identite == demande.personne_id:
        raise DroitManquant("Une autre personne doit décider de votre demande.")
    if actifs:
        if not any(a.personne_id == par.identite for a in actifs):
            raise DroitManquant(demande_aux_administrateurs([a.nom for a in actifs]))
        return
    if demande.origine == OrigineDemande.SANS_CODE:
        raise DroitManquant(
            "Cette demande a été faite sans code\u00a0: seul un administrateur de l’organisation peut en décider, et aucun ne le "
            "peut pour l’instant."
        )
    par.exiger_pouvoir(Pouvoir.DECIDER_ACCES, demande.portefeuille_id)
    if droits is not None:
        raise SaisieRefusee("L’OPCO accorde l’administration entière, ou la refuse", champ="droits")


def _donner(
    demande: DemandeAcces,
    lien: Rattachement,
    droits: Sequence[DemandeDroit],
    administrateurs: Sequence[Administrateur],
    par: Acteur,
    maintenant: datetime,
) -> None:
    """Behind a right code, at once; without one, as any grant of an administrator (exigences, T12)."""
    if demande.origine == OrigineDemande.SANS_CODE:
        contexte = administration(demande.organisation_siren, Profil(demande.profil), par, maintenant)
        pose = octroyer_en_plus(lien, droits, contexte)
        annoncer_octroi(lien=lien, pose=pose, contexte=contexte, par=par, maintenant=maintenant)
        return
    ajouter_droits(lien, droits, par.identite, maintenant)
    autres = [Destinataire(a.email, a.personne_id) for a in administrateurs if a.personne_id != par.identite]
    preparer(NouvelAcces, lien.id, autres, le=maintenant, cle=cle_d_envoi(maintenant))


def _rattacher(demande: DemandeAcces, par: Acteur, maintenant: datetime) -> Rattachement:
    lien = (
        Rattachement.objects.tous("rattachement du demandeur, sous le verrou du SIREN")
        .select_for_update()
        .filter(
            personne_id=demande.personne_id,
            siren=demande.siren,
            prestataire_siren=demande.prestataire_siren,
            etat=EtatRattachement.ACTIF,
        )
        .first()
    )
    if lien is None:
        lien = Rattachement(
            personne_id=demande.personne_id,
            profil=demande.profil,
            etat=EtatRattachement.ACTIF,
            origine=OrigineRattachement.DEMANDE,
            cree_le=maintenant,
            cree_par=par.identite,
            actif_depuis=maintenant,
        ).porter(demande.portee)
    lien.probation_jusqu_a = None
    lien.save()
    return lien


def _clore(demande: DemandeAcces, *, accorder: bool, motif: str, par: Acteur, maintenant: datetime) -> None:
    demande.etat = EtatDemande.ACCORDEE if accorder else EtatDemande.REFUSEE
    demande.motif, demande.decidee_le, demande.decidee_par = motif.strip()[:500], maintenant, par.identite
    demande.save(update_fields=["etat", "motif", "decidee_le", "decidee_par", "rattachement"])
    noter(
        "acces.demande_accordee" if accorder else "acces.demande_refusee",
        par=par, portee=demande.portee, objet=demande, le=maintenant, details={"personne": demande.personne.nom_complet},
    )  # fmt: skip
    preparer(DemandeDecidee, demande.id, [Destinataire(demande.personne.email, demande.personne_id)], le=maintenant)
