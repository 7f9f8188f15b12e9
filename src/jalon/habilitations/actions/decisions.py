"""Deciding together: one person of the OPCO proposes with a proof, another confirms (exigences, T13, S9).

Nobody of the OPCO becomes somebody of an organisation: the rights given go to administrators of another organisation, or to
the holder of a letter posted to the head office.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.attribution import verrouiller
from jalon.habilitations.actions.effets_a_deux import EFFETS, exiger_un_administrateur
from jalon.habilitations.administrateurs import administrateurs_actifs, tous_les_administrateurs
from jalon.habilitations.courriels import DecisionAConfirmer, DecisionAnnoncee
from jalon.habilitations.enums import (
    LIBELLES_DECISIONS,
    EtatDecision,
    EtatRattachement,
    NatureDecision,
)
from jalon.habilitations.models import DecisionADeux, Rattachement
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.requetes.decisions import decision_de
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.journal.actions import noter
from jalon.organisations.requetes import etablissement as lire_etablissement
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Pouvoir, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import analyser_siren, analyser_siret, grouper


@second_facteur_exige
def proposer_decision(
    *,
    nature: NatureDecision,
    siren: str,
    profil: Profil,
    motif: str,
    preuve: str,
    par: Acteur,
    maintenant: datetime,
    rattachement_id: UUID | None = None,
    repreneur: str = "",
    etablissement: str = "",
) -> DecisionADeux:
    """Propose, with what was seen; the other people who may confirm and the administrators of the organisation are told.

    Raises Introuvable (another portefeuille, a link of another organisation), DroitManquant (role), SaisieRefusee (reason,
    proof, person, successor, establishment, nothing to recover), TransitionImpossible (the same is already proposed).
    """
    _exiger(siren, par)
    dits = _lire(motif, preuve)
    with transaction.atomic():
        verrouiller(siren, profil)
        decision = DecisionADeux(
            nature=nature, profil=profil, proposee_par=_personne(par), proposee_le=maintenant, **dits
        ).porter(portee_des_acces(siren, profil, portefeuille_de(siren)))
        if nature == NatureDecision.RECUPERATION:
            exiger_un_administrateur(siren, profil, maintenant)
        elif nature == NatureDecision.FIN_D_ACCES:
            decision.rattachement = _lien(rattachement_id, siren, profil, par)
        else:
            decision.repreneur_siren = _repreneur(repreneur, siren, profil, maintenant)
        if nature == NatureDecision.TRANSFERT:
            decision.etablissement = _etablissement(etablissement, siren, profil)
        _ecarter_la_precedente(decision, maintenant)
        decision.save(force_insert=True)
        _noter("acces.decision_proposee", decision, par, maintenant)
        _prevenir(decision, par, maintenant)
    return decision


def _lire(motif: str, preuve: str) -> dict[str, str]:
    """What happened and what was seen, both said."""
    motif, preuve = motif.strip(), preuve.strip()
    if not motif:
        raise SaisieRefusee("Indiquez ce qui s’est passé", champ="motif")
    if not preuve:
        raise SaisieRefusee("Indiquez la preuve que vous avez vue", champ="preuve")
    return {"motif": motif[:500], "preuve": preuve[:500]}


@second_facteur_exige
def confirmer_decision(*, decision_id: UUID, par: Acteur, maintenant: datetime) -> DecisionADeux:
    """Confirm what somebody else proposed: it takes effect at once, and everybody concerned is told.

    Raises Introuvable, DroitManquant (role, one's own proposal), TransitionImpossible (decided, lapsed, or no longer possible).
    """
    vue = decision_de(decision_id, par)
    par.exiger_pouvoir(Pouvoir.DECIDER_A_DEUX, vue.portefeuille_id)
    with transaction.atomic():
        for cote in sorted({vue.organisation_siren, vue.repreneur_siren} - {""}):
            verrouiller(cote, Profil(vue.profil))
        decision = _en_attente(decision_id, maintenant)
        if decision.proposee_par_id == par.identite:
            raise DroitManquant("Une autre personne que celle qui a proposé confirme la décision.")
        EFFETS[NatureDecision(decision.nature)](decision, par, maintenant)
        decision.etat = EtatDecision.CONFIRMEE
        decision.decidee_par, decision.decidee_le = _personne(par), maintenant
        decision.save(update_fields=["etat", "decidee_par", "decidee_le"])
        _noter("acces.decision_confirmee", decision, par, maintenant)
        preparer(
            DecisionAnnoncee, decision.id, _aux_administrateurs(decision, maintenant), le=maintenant, cle=cle_d_envoi(maintenant)
        )
    return decision


def ecarter_decision(*, decision_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> DecisionADeux:
    """Set a proposal aside, its author included, with a reason that stays in the history.

    Raises Introuvable, DroitManquant, SaisieRefusee (no reason), TransitionImpossible.
    """
    vue = decision_de(decision_id, par)
    par.exiger_pouvoir(Pouvoir.DECIDER_A_DEUX, vue.portefeuille_id)
    motif = motif.strip()
    if not motif:
        raise SaisieRefusee("Indiquez pourquoi cette décision est écartée", champ="motif")
    with transaction.atomic():
        verrouiller(vue.organisation_siren, Profil(vue.profil))
        decision = _en_attente(decision_id, maintenant)
        decision.etat, decision.motif_ecart = EtatDecision.ECARTEE, motif[:500]
        decision.decidee_par, decision.decidee_le = _personne(par), maintenant
        decision.save(update_fields=["etat", "motif_ecart", "decidee_par", "decidee_le"])
        _noter("acces.decision_ecartee", decision, par, maintenant)
        preparer(
            DecisionAnnoncee, decision.id, _aux_administrateurs(decision, maintenant), le=maintenant, cle=cle_d_envoi(maintenant)
        )
    return decision


def _exiger(siren: str, par: Acteur) -> None:
    portefeuille = portefeuille_de(siren)
    if portefeuille not in par.portefeuilles(Pouvoir.CONSULTER):
        raise Introuvable
    par.exiger_pouvoir(Pouvoir.DECIDER_A_DEUX, portefeuille)
    _personne(par)


def _personne(par: Acteur) -> Personne:
    if not isinstance(par, ActeurPersonne):
        raise DroitManquant("Une décision à deux est prise par des personnes.")
    return par.personne


def _lien(rattachement_id: UUID | None, siren: str, profil: Profil, par: Acteur) -> Rattachement:
    lien: Rattachement | None = (
        Rattachement.objects.visibles_par(par).filter(id=rattachement_id, etat=EtatRattachement.ACTIF, profil=profil).first()
    )
    if lien is None or lien.organisation_siren != siren:
        raise SaisieRefusee("Choisissez une personne rattachée à cet espace", champ="rattachement")
    return lien


def _repreneur(saisi: str, siren: str, profil: Profil, maintenant: datetime) -> str:
    if not saisi.strip():
        raise SaisieRefusee("Indiquez le SIREN de l’entreprise qui reprend", champ="repreneur")
    try:
        repreneur = analyser_siren(saisi)
    except SaisieRefusee as erreur:
        raise SaisieRefusee(erreur.message, champ="repreneur") from None
    if repreneur == siren:
        raise SaisieRefusee("Indiquez le SIREN de l’autre entreprise, celle qui reprend", champ="repreneur")
    if not administrateurs_actifs(repreneur, profil, maintenant):
        raise SaisieRefusee(
            "Personne n’administre encore l’espace de cette entreprise\u00a0: elle doit d’abord utiliser son code d’activation",
            champ="repreneur",
        )
    return repreneur


def _etablissement(saisi: str, siren: str, profil: Profil) -> str:
    if profil == Profil.PRESTATAIRE:
        raise SaisieRefusee("Pour un prestataire, les droits portent sur toute l’organisation", champ="etablissement")
    if not saisi.strip():
        raise SaisieRefusee("Choisissez l’établissement repris", champ="etablissement")
    try:
        siret = analyser_siret(saisi)
    except SaisieRefusee as erreur:
        raise SaisieRefusee(erreur.message, champ="etablissement") from None
    if not siret.startswith(siren) or lire_etablissement(siret) is None:
        raise SaisieRefusee("Indiquez le SIRET d’un établissement de l’entreprise quittée", champ="etablissement")
    return siret


def _ecarter_la_precedente(nouvelle: DecisionADeux, maintenant: datetime) -> None:
    """A lapsed proposal of the same nature makes room; a living one is to be confirmed or set aside first."""
    ancienne: DecisionADeux | None = (
        DecisionADeux.objects.tous("la même décision déjà proposée, sous le verrou du SIREN")
        .filter(
            nature=nouvelle.nature,
            siren=nouvelle.siren,
            prestataire_siren=nouvelle.prestataire_siren,
            etat=EtatDecision.PROPOSEE,
        )
        .first()
    )
    if ancienne is None:
        return
    if not ancienne.expiree(maintenant):
        raise TransitionImpossible("Cette décision est déjà proposée\u00a0: confirmez-la, ou écartez-la.")
    ancienne.etat, ancienne.motif_ecart, ancienne.decidee_le = EtatDecision.ECARTEE, "Proposition expirée", maintenant
    ancienne.save(update_fields=["etat", "motif_ecart", "decidee_le"])


def _en_attente(decision_id: UUID, maintenant: datetime) -> DecisionADeux:
    decision: DecisionADeux = DecisionADeux.objects.tous("relue sous le verrou du SIREN").select_for_update().get(id=decision_id)
    if decision.etat != EtatDecision.PROPOSEE:
        raise TransitionImpossible("Cette décision a déjà été confirmée ou écartée.")
    if decision.expiree(maintenant):
        raise TransitionImpossible("Cette proposition a plus de 30\u00a0jours\u00a0: proposez de nouveau.")
    return decision


def _noter(code: str, decision: DecisionADeux, par: Acteur, maintenant: datetime) -> None:
    libelle = LIBELLES_DECISIONS[NatureDecision(decision.nature)]
    details = {"decision": libelle[0].lower() + libelle[1:]}
    if decision.repreneur_siren:
        details["repreneur"] = grouper(decision.repreneur_siren)
    noter(code, par=par, portee=decision.portee, objet=decision, le=maintenant, details=details)


def _prevenir(decision: DecisionADeux, par: Acteur, maintenant: datetime) -> None:
    confirmeurs = personnes_du_pouvoir(Pouvoir.DECIDER_A_DEUX, decision.portefeuille_id, maintenant)
    autres = [Destinataire(p.email, p.id) for p in confirmeurs if p.id != par.identite]
    preparer(DecisionAConfirmer, decision.id, autres, le=maintenant)
    preparer(
        DecisionAnnoncee, decision.id, _aux_administrateurs(decision, maintenant), le=maintenant, cle=cle_d_envoi(maintenant)
    )


def _aux_administrateurs(decision: DecisionADeux, maintenant: datetime) -> list[Destinataire]:
    """Of both organisations: nobody is replaced or joined without being told."""
    cotes = [decision.organisation_siren, decision.repreneur_siren]
    tous = [a for siren in cotes if siren for a in tous_les_administrateurs(siren, Profil(decision.profil), maintenant)]
    return list(dict.fromkeys(Destinataire(a.email, a.personne_id) for a in tous))
