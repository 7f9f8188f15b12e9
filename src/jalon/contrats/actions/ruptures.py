"""A rupture: declared by the company, signalled or completed by the CFA."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.contrats.actions.suites import abandonner_les_avenants
from jalon.contrats.courriels import (
    FormationApresRupture,
    RuptureAuCfa,
    RuptureAuConseiller,
    RuptureSignalee,
    ecrire_a_l_entreprise,
    ecrire_au_cfa,
    ecrire_au_conseiller,
)
from jalon.contrats.models import RuptureDeclaree
from jalon.contrats.requetes.contenus import engagement_du_contrat, vie_de
from jalon.contrats.requetes.ruptures import (
    apercu_de_rupture,
    avec_la_suite,
    declarations,
    exiger_le_cfa,
    juger_rupture,
    lire,
    peut_se_rompre,
)
from jalon.dispositifs.base import Rupture
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import Attente, attente_accord, attente_rupture
from jalon.dossiers.requetes import dossier_accessible
from jalon.engagements.actions import reprendre_echeancier
from jalon.journal.actions import noter
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.baremes import ModePaiement
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import TransitionImpossible

CHAMPS_DE_L_ETAT = ["etat", "etat_depuis", "modifie_le", "attend_qui", "attend_avant", "attend_motif"]


def declarer_rupture(*, dossier_id: UUID, rupture: Rupture, par: Acteur, maintenant: datetime) -> RuptureDeclaree:
    """The company says that the contract ends before its term (Code du travail, D6224-6): broken, its payments counted again.

    Declared again, it corrects. The teaching that the CFA declared to go on still counts, within what the law funds.
    Raises: Introuvable, DroitManquant (Gestion), TransitionImpossible (not granted, closed, no contract), SaisiesRefusees (by box).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.GESTION, verrou=True)
        _exiger_rompable(dossier)
        rupture = replace(rupture, formation_jusqu_au=None)
        juger_rupture(dossier, rupture, maintenant, Cote.ENTREPRISE)
        apercu = apercu_de_rupture(dossier, avec_la_suite(dossier, rupture), maintenant)
        corrigee = dossier.etat == EtatDossier.ROMPU
        declaree = _enregistrer(dossier, Cote.ENTREPRISE, rupture, par, maintenant)
        if not corrigee:
            dossier.avancer(EtatDossier.ROMPU, le=maintenant, attente=_attente(dossier))
            dossier.save(update_fields=CHAMPS_DE_L_ETAT)
            abandonner_les_avenants(dossier, par, maintenant)
        le = formater_date(rupture.le)
        code = "contrat.rupture_corrigee" if corrigee else "contrat.rompu"
        noter(code, par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant, details={"le": le})
        reprendre_echeancier(
            engagement=engagement_du_contrat(dossier),
            estimation=apercu.effet.estimation,
            motif=f"contrat rompu le {le}",
            par=par,
            maintenant=maintenant,
        )
        ecrire_au_cfa(RuptureAuCfa, dossier, maintenant)
        ecrire_au_conseiller(RuptureAuConseiller, dossier, maintenant)
    return declaree


def signaler_rupture(*, dossier_id: UUID, rupture: Rupture, par: Acteur, maintenant: datetime) -> RuptureDeclaree:
    """The CFA says that the contract is broken, and until when it goes on teaching (L6222-18-2, R6222-21).

    Before the company, it only signals: the contract stays granted and the company is told to confirm. After it, the teaching that
    goes on is added to the payments. Declared again, it corrects.
    Raises: Introuvable, DroitManquant (Gestion, at the CFA), TransitionImpossible, SaisiesRefusees (by box).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, verrou=True)
        exiger_le_cfa(dossier, par)
        _exiger_rompable(dossier)
        rompu = dossier.etat == EtatDossier.ROMPU
        juger_rupture(dossier, rupture, maintenant, Cote.PRESTATAIRE)
        declaree = _enregistrer(dossier, Cote.PRESTATAIRE, rupture, par, maintenant)
        _noter_le_signalement(dossier, rupture, par, maintenant, rompu=rompu)
        if rompu:
            _ajouter_la_suite(dossier, par, maintenant)
            if vie_de(dossier).maintient:
                ecrire_a_l_entreprise(FormationApresRupture, dossier, maintenant)
        else:
            ecrire_a_l_entreprise(RuptureSignalee, dossier, maintenant, Niveau.GESTION)
        ecrire_au_conseiller(RuptureAuConseiller, dossier, maintenant)
    return declaree


def _exiger_rompable(dossier: Dossier) -> None:
    vie_de(dossier)
    if peut_se_rompre(dossier):
        return
    if dossier.accorde_le is None:
        raise TransitionImpossible(
            "L’OPCO n’a pas encore accordé ce contrat\u00a0: prévenez-le dans les échanges, la rupture se déclare après sa décision."
        )
    raise TransitionImpossible("Ce contrat est terminé\u00a0: écrivez à l’OPCO dans les échanges du dossier.")


def _attente(dossier: Dossier) -> Attente:
    """The provider says until when it teaches, where that may be funded; else, who is paid sends the invoice."""
    if vie_de(dossier).maintient:
        return attente_rupture()
    return attente_accord(ModePaiement(engagement_du_contrat(dossier).mode_paiement))


def _enregistrer(dossier: Dossier, cote: Cote, rupture: Rupture, par: Acteur, maintenant: datetime) -> RuptureDeclaree:
    """Keep what was declared; what the same side had declared before stays, replaced."""
    lues = RuptureDeclaree.objects.tous("rupture d’un contrat déjà verrouillé")
    lues.filter(dossier=dossier, cote=cote, remplacee_le__isnull=True).update(remplacee_le=maintenant)
    declaree = RuptureDeclaree(
        dossier=dossier,
        cote=cote.value,
        motif=rupture.motif,
        le=rupture.le,
        dates={code: jour.isoformat() for code, jour in rupture.dates.items()},
        jours_pratiques=rupture.jours_pratiques,
        heures_faites=rupture.heures_faites,
        representant_signe=rupture.representant_signe,
        formation_jusqu_au=rupture.formation_jusqu_au,
        declaree_le=maintenant,
        declaree_par=par.identite,
        declaree_par_nom=par.libelle[:200],
    ).porter(dossier.portee_des_suites)
    declaree.save(force_insert=True)
    return declaree


def _noter_le_signalement(dossier: Dossier, rupture: Rupture, par: Acteur, maintenant: datetime, *, rompu: bool) -> None:
    jusqu_au = formater_date(rupture.formation_jusqu_au) if rupture.formation_jusqu_au else ""
    code = "contrat.rupture_signalee"
    if rompu and vie_de(dossier).maintient:
        code = "contrat.formation_maintenue" if jusqu_au else "contrat.formation_arretee"
    details = {"le": formater_date(rupture.le), "jusqu_au": jusqu_au}
    noter(code, par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant, details=details)


def _ajouter_la_suite(dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    """Count the payments again with the teaching that goes on after the rupture of the company."""
    officielle = avec_la_suite(dossier, lire(declarations(dossier)[Cote.ENTREPRISE]))
    apercu = apercu_de_rupture(dossier, officielle, maintenant)
    jusqu_au = officielle.formation_jusqu_au
    reprendre_echeancier(
        engagement=engagement_du_contrat(dossier),
        estimation=apercu.effet.estimation,
        motif=f"formation maintenue jusqu’au {formater_date(jusqu_au)}" if jusqu_au else "formation arrêtée avec le contrat",
        par=par,
        maintenant=maintenant,
    )
