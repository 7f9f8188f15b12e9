"""Applying what two people of the OPCO signed: one organisation after the other, each whole or not at all."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.attribution import clore_invitation, verrouiller
from jalon.habilitations.actions.preparations.jugement import Jugement, PersonnePreparee, juger
from jalon.habilitations.actions.preparations.lecture import groupe_de, texte_de
from jalon.habilitations.actions.preparations.signatures import interesses
from jalon.habilitations.actions.reprise import (
    annoncer_l_administrateur,
    droits_du_lien,
    faire_entrer,
    peut_entrer,
    poser_les_ajouts,
)
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.courriels import DroitsModifies, a_la_personne
from jalon.habilitations.courriels.preparations import AccesPrepare, DroitsRepris, PreparationClose
from jalon.habilitations.enums import (
    EtatOrganisationPreparee,
    EtatPreparation,
    EtatRattachement,
    OrigineRattachement,
)
from jalon.habilitations.models import OrganisationPreparee, PreparationDroits, Rattachement
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.habilitations.requetes.preparations import preparations_signees
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Domaine, Portee, Pouvoir, Profil
from jalon.socle.erreurs import ErreurMetier, TransitionImpossible
from jalon.socle.travaux import differer


def appliquer_preparation(*, preparation_id: UUID, maintenant: datetime) -> None:
    """Give what was signed, in the state of this moment: every difference is computed again.

    One transaction an organisation: cut short, it is run again and goes on; run twice at once, each is done once. What has
    become impossible is told on the page of the preparation. Raises TransitionImpossible when the file lost its hash.
    """
    preparation = PreparationDroits.objects.filter(id=preparation_id, etat=EtatPreparation.SIGNEE).first()
    if preparation is None:
        return
    texte = texte_de(preparation)
    restantes = OrganisationPreparee.objects.tous("application d’une préparation signée").filter(
        preparation=preparation, etat=EtatOrganisationPreparee.EN_ATTENTE
    )
    for ident in list(restantes.order_by("id").values_list("id", flat=True)):
        _appliquer_une(ident, preparation, texte, maintenant)
    _clore(preparation_id, maintenant)


def relancer_preparations() -> int:
    """Queue again what is signed and not applied whole (job lost or given up): the job is idempotent."""
    idents = preparations_signees()
    for ident in idents:
        differer("habilitations.appliquer_preparation", preparation_id=str(ident))
    return len(idents)


def _appliquer_une(ident: UUID, preparation: PreparationDroits, texte: Sequence[str], maintenant: datetime) -> None:
    toutes = OrganisationPreparee.objects.tous("organisation d’une préparation signée, sous le verrou du SIREN")
    vue = toutes.get(id=ident)
    with transaction.atomic():
        verrouiller(vue.organisation_siren, Profil(vue.profil))
        organisation = toutes.select_for_update().get(id=ident)
        if organisation.etat != EtatOrganisationPreparee.EN_ATTENTE:
            return
        organisation.traitee_le = maintenant
        try:
            with transaction.atomic():
                jugement = _juger(organisation, preparation, texte, maintenant)
                if not jugement.refus:
                    _ecrire(organisation, preparation, jugement, maintenant)
            organisation.refus = [[r.numero, r.raison] for r in jugement.refus]
        except ErreurMetier as erreur:
            organisation.refus = [[organisation.numeros[0], erreur.message.removesuffix(".")]]
        refusee = bool(organisation.refus)
        organisation.etat = EtatOrganisationPreparee.REFUSEE if refusee else EtatOrganisationPreparee.APPLIQUEE
        if refusee:
            organisation.invitations, organisation.changees = [], 0
        organisation.save(update_fields=["etat", "refus", "traitee_le", "invitations", "changees"])


def _juger(
    organisation: OrganisationPreparee, preparation: PreparationDroits, texte: Sequence[str], maintenant: datetime
) -> Jugement:
    """Both who signed must still reach the portefeuille of the organisation, where it is now. Raises TransitionImpossible."""
    signataires = {p.id for p in _signataires(preparation)}
    portefeuille = portefeuille_de(organisation.organisation_siren)
    habilitees = {p.id for p in personnes_du_pouvoir(Pouvoir.DECIDER_A_DEUX, portefeuille, maintenant)}
    if not signataires <= habilitees:
        raise TransitionImpossible(
            "L’une des deux personnes qui ont signé ne suit plus cette organisation\u00a0: préparez-la de nouveau."
        )
    (jugement,) = juger([groupe_de(texte, organisation)], maintenant)
    return jugement


def _ecrire(organisation: OrganisationPreparee, preparation: PreparationDroits, jugement: Jugement, maintenant: datetime) -> None:
    siren, profil = organisation.organisation_siren, Profil(organisation.profil)
    en_place = tous_les_administrateurs(siren, profil, maintenant)
    liens = [_reprendre(personne, organisation, preparation, maintenant) for personne in jugement.changees]
    organisation.invitations = [lien.id for lien in liens if lien.etat == EtatRattachement.INVITE]
    organisation.changees = len(liens)
    if liens:
        a_prevenir = [Destinataire(a.email, a.personne_id) for a in en_place]
        preparer(DroitsRepris, organisation.id, a_prevenir, le=maintenant)


def _reprendre(
    personne: PersonnePreparee, organisation: OrganisationPreparee, preparation: PreparationDroits, maintenant: datetime
) -> Rattachement:
    """The link of one person, with what it gains; somebody whose account is ready comes in at once."""
    premiere, seconde = _signataires(preparation)
    par = ActeurPersonne(seconde, maintenant)
    actif = personne.lien is not None and personne.lien.etat == EtatRattachement.ACTIF
    lien = _lien(personne, organisation, par, maintenant)
    pose = poser_les_ajouts(lien, personne.ajouts, par.identite, maintenant)
    noter(
        "acces.droits_prepares", par=par, portee=lien.portee, objet=lien, le=maintenant,
        details={
            "personne": lien.nom_affiche, "changements": pose.phrases, "avec": premiere.nom_complet,
        },
    )  # fmt: skip
    compte = personne.compte
    if actif and personne.administre and lien.personne is not None:
        annoncer_l_administrateur(lien, lien.personne, maintenant)
    elif not actif and compte is not None and peut_entrer(compte, droits_du_lien(lien, maintenant)):
        faire_entrer(lien, compte, par, maintenant)
    message = DroitsModifies if actif else AccesPrepare
    preparer(message, lien.id, a_la_personne(lien), le=maintenant, cle=cle_d_envoi(maintenant))
    return lien


def _lien(
    personne: PersonnePreparee, organisation: OrganisationPreparee, par: ActeurPersonne, maintenant: datetime
) -> Rattachement:
    """Her link, or a new invitation to her address. One that waited starts its thirty days again, and is in no probation:
    nobody has come in by it yet."""
    lien = personne.lien
    if lien is not None and lien.etat == EtatRattachement.ACTIF:
        return lien
    if lien is not None:
        lien.origine, lien.probation_jusqu_a, lien.cree_le = OrigineRattachement.REPRISE, None, maintenant
        lien.save(update_fields=["origine", "probation_jusqu_a", "cree_le"])
        return lien
    siren, profil = organisation.organisation_siren, Profil(organisation.profil)
    portee = portee_des_acces(siren, profil, portefeuille_de(siren))
    perimees = Rattachement.objects.tous("invitation expirée à la même adresse, sous le verrou du SIREN").filter(
        courriel_invite=personne.adresse,
        siren=portee.siren,
        prestataire_siren=portee.prestataire_siren,
        etat=EtatRattachement.INVITE,
    )
    for perimee in perimees.select_for_update():
        clore_invitation(perimee, "Invitation expirée", par.identite, maintenant)
    nouveau = Rattachement(
        profil=profil,
        courriel_invite=personne.adresse,
        prenom_invite=personne.prenom,
        nom_invite=personne.nom,
        etat=EtatRattachement.INVITE,
        origine=OrigineRattachement.REPRISE,
        cree_le=maintenant,
        cree_par=par.identite,
    ).porter(portee)
    nouveau.save(force_insert=True)
    return nouveau


def _signataires(preparation: PreparationDroits) -> tuple[Personne, Personne]:
    """The first, then the second. Raises TransitionImpossible: the database has no signed preparation without them."""
    if preparation.premiere_par is None or preparation.seconde_par is None:
        raise TransitionImpossible("Cette préparation n’est pas signée par deux personnes.")
    return preparation.premiere_par, preparation.seconde_par


def _clore(preparation_id: UUID, maintenant: datetime) -> None:
    with transaction.atomic():
        preparation = PreparationDroits.objects.select_for_update().get(id=preparation_id)
        siennes = OrganisationPreparee.objects.tous("application d’une préparation signée").filter(preparation=preparation)
        if preparation.etat != EtatPreparation.SIGNEE or siennes.filter(etat=EtatOrganisationPreparee.EN_ATTENTE).exists():
            return
        preparation.etat, preparation.appliquee_le = EtatPreparation.APPLIQUEE, maintenant
        preparation.save(update_fields=["etat", "appliquee_le"])
        noter(
            "acces.preparation_appliquee", par=ActeurPersonne(_signataires(preparation)[1], maintenant),
            portee=Portee(domaine=Domaine.ACCES), objet=preparation, le=maintenant,
            details={
                "fichier": preparation.nom,
                "appliquees": siennes.filter(etat=EtatOrganisationPreparee.APPLIQUEE).count(),
                "refusees": siennes.filter(etat=EtatOrganisationPreparee.REFUSEE).count(),
            },
        )  # fmt: skip
        preparer(PreparationClose, preparation.id, [Destinataire(p.email, p.id) for p in interesses(preparation)], le=maintenant)
