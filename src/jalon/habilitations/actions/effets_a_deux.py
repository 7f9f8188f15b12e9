"""What a decision made by two people changes, once it is confirmed."""

from collections.abc import Callable, Mapping
from datetime import datetime

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.actions.droits import clore_rattachement
from jalon.habilitations.actions.pose import ajouter_droits
from jalon.habilitations.administrateurs import Administrateur, administrateurs_actifs, tous_les_administrateurs
from jalon.habilitations.courriels import AccesRetire, NouvelAcces
from jalon.habilitations.enums import EtatRattachement, NatureDecision, OrigineRattachement
from jalon.habilitations.models import DecisionADeux, Rattachement
from jalon.habilitations.regles import DemandeDroit, droits_sur_un_etablissement, tous_les_droits
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible


def exiger_un_administrateur(siren: str, profil: Profil, maintenant: datetime) -> None:
    """Where nobody administers, a letter is enough. Raises SaisieRefusee."""
    if not administrateurs_actifs(siren, profil, maintenant):
        raise SaisieRefusee(
            "Personne n’administre cet espace\u00a0: commandez un courrier, le premier usage de son code nommera un administrateur",
            champ="nature",
        )


def _recuperer(decision: DecisionADeux, par: Acteur, maintenant: datetime) -> None:
    """Nothing is given here: a letter may now be ordered, whose first use names an administrator in probation."""
    del par
    exiger_un_administrateur(decision.organisation_siren, Profil(decision.profil), maintenant)


def _mettre_fin(decision: DecisionADeux, par: Acteur, maintenant: datetime) -> None:
    """Even the last administrator may go: the head office will be written to."""
    lien: Rattachement = (
        Rattachement.objects.tous("accès auquel deux personnes mettent fin, sous le verrou du SIREN")
        .select_for_update(of=("self",))
        .select_related("personne")
        .get(id=decision.rattachement_id)
    )
    if lien.etat != EtatRattachement.ACTIF or lien.personne is None:
        raise TransitionImpossible("Cet accès a déjà été retiré.")
    clore_rattachement(lien, f"Décision de l’OPCO\u00a0: {decision.motif}", par, maintenant)
    preparer(AccesRetire, lien.id, [Destinataire(lien.personne.email, lien.personne_id)], le=maintenant)


def _succeder(decision: DecisionADeux, par: Acteur, maintenant: datetime) -> None:
    _ouvrir_au_repreneur(decision, tous_les_droits(), par, maintenant)


def _transferer(decision: DecisionADeux, par: Acteur, maintenant: datetime) -> None:
    _ouvrir_au_repreneur(decision, droits_sur_un_etablissement(decision.etablissement), par, maintenant)


def _ouvrir_au_repreneur(decision: DecisionADeux, droits: list[DemandeDroit], par: Acteur, maintenant: datetime) -> None:
    """The administrators of the successor are attached to the organisation, beside those who are there."""
    siren, profil = decision.organisation_siren, Profil(decision.profil)
    repreneurs = administrateurs_actifs(decision.repreneur_siren, profil, maintenant)
    if not repreneurs:
        raise TransitionImpossible("Personne n’administre plus l’espace de l’entreprise qui reprend\u00a0: écartez la décision.")
    en_place = tous_les_administrateurs(siren, profil, maintenant)
    for administrateur in repreneurs:
        lien = _rattacher(decision, administrateur, par, maintenant)
        if ajouter_droits(lien, droits, par.identite, maintenant).change:
            noter(
                "acces.reprise", par=par, portee=lien.portee, objet=lien, le=maintenant, details={"personne": administrateur.nom}
            )  # fmt: skip
            autres = [Destinataire(a.email, a.personne_id) for a in en_place if a.personne_id != administrateur.personne_id]
            preparer(NouvelAcces, lien.id, autres, le=maintenant, cle=cle_d_envoi(maintenant))


def _rattacher(decision: DecisionADeux, qui: Administrateur, par: Acteur, maintenant: datetime) -> Rattachement:
    lien: Rattachement | None = (
        Rattachement.objects.tous("administrateur du repreneur, sous le verrou des deux SIREN")
        .select_for_update()
        .filter(
            personne_id=qui.personne_id,
            siren=decision.siren,
            prestataire_siren=decision.prestataire_siren,
            etat=EtatRattachement.ACTIF,
        )
        .first()
    )
    if lien is not None:
        return lien
    nouveau = Rattachement(
        personne_id=qui.personne_id,
        profil=decision.profil,
        etat=EtatRattachement.ACTIF,
        origine=OrigineRattachement.REPRISE,
        cree_le=maintenant,
        cree_par=par.identite,
        actif_depuis=maintenant,
    ).porter(decision.portee)
    nouveau.save(force_insert=True)
    return nouveau


EFFETS: Mapping[NatureDecision, Callable[[DecisionADeux, Acteur, datetime], None]] = {
    NatureDecision.RECUPERATION: _recuperer,
    NatureDecision.FIN_D_ACCES: _mettre_fin,
    NatureDecision.SUCCESSION: _succeder,
    NatureDecision.TRANSFERT: _transferer,
}
