"""What was paid in excess: noted when an agreement is counted again, reclaimed, received, or given up by two people."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from jalon.dossiers.models import Dossier
from jalon.engagements.models import Engagement
from jalon.facturation.actions.commun import reporter, verrouiller_dossier
from jalon.facturation.avis import prevenir_du_trop_percu
from jalon.facturation.comptes import comptes_de, profil_du_poste
from jalon.facturation.courriels import TropPercuConstate, TropPercuReclame
from jalon.facturation.enums import LIBELLES_TROP_PERCUS, TROP_PERCUS_OUVERTS, EtatTropPercu, PosteVerse
from jalon.facturation.models import Remboursement, TropPercu
from jalon.facturation.regles.trop_percus import LONGUEUR_MOTIF, refus_de_la_limite, refus_du_remboursement
from jalon.facturation.requetes.trop_percus import trop_percu_accessible
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Domaine, Portee, Pouvoir, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from jalon.socle.montants import ZERO, euros, formater_montant

CHAMPS_DE_L_ABANDON = ["abandon_propose_le", "abandon_propose_par", "abandon_propose_par_nom", "abandon_motif"]


def constater_trop_percus(engagement: Engagement, motif: str, par: Acteur, maintenant: datetime) -> list[TropPercu]:
    """Compare what was paid with what is due, part by part, on an agreement whose request the caller locked. Counted again the same,
    nothing is written; what is due after all is expected no more."""
    constates = []
    for poste, compte in comptes_de(engagement).items():
        ouvert = _ouvert(engagement, poste)
        if ouvert is not None:
            _suivre(ouvert, compte.reste, par, maintenant)
        elif compte.reste > ZERO:
            constates.append(_constater(engagement, poste, compte.reste, motif, par, maintenant))
    return constates


def _ouvert(engagement: Engagement, poste: PosteVerse) -> TropPercu | None:
    trop_percus = TropPercu.objects.tous("trop-perçu d’un accord déjà verrouillé").select_for_update(of=("self",))
    trouve: TropPercu | None = trop_percus.filter(engagement=engagement, poste=poste, etat__in=TROP_PERCUS_OUVERTS).first()
    return trouve


def _constater(
    engagement: Engagement, poste: PosteVerse, montant: Decimal, motif: str, par: Acteur, maintenant: datetime
) -> TropPercu:
    dossier = engagement.dossier
    profil = profil_du_poste(engagement, poste)
    au_prestataire = profil == Profil.PRESTATAIRE
    trop_percu = TropPercu(
        engagement=engagement,
        poste=poste.value,
        dossier_numero=engagement.numero,
        dossier_titre=dossier.titre,
        beneficiaire_profil=profil.value,
        beneficiaire_siren=engagement.prestataire_siren if au_prestataire else engagement.siren,
        beneficiaire_nom=(dossier.prestataire_denomination if au_prestataire else dossier.denomination)[:200],
        montant=montant,
        motif=motif[:LONGUEUR_MOTIF],
        etat_depuis=maintenant,
        constate_le=maintenant,
    ).porter(_portee(engagement, poste))
    trop_percu.save(force_insert=True)
    _noter("trop_percu.constate", trop_percu, par, maintenant, montant=formater_montant(montant))
    prevenir_du_trop_percu(TropPercuConstate, trop_percu, maintenant)
    return trop_percu


def _portee(engagement: Engagement, poste: PosteVerse) -> Portee:
    """As the invoices of that part: the company's own expenses are no matter of the provider."""
    prestataire = "" if poste == PosteVerse.DEPENSES else engagement.prestataire_siren
    return Portee(engagement.siren, engagement.siret, prestataire, engagement.portefeuille_id, Domaine.FACTURES)


def _suivre(trop_percu: TropPercu, reste: Decimal, par: Acteur, maintenant: datetime) -> None:
    """An open overpayment follows its agreement."""
    montant = euros(reste + trop_percu.recu)
    if montant == trop_percu.montant:
        return
    trop_percu.montant = montant
    if reste <= ZERO:
        trop_percu.etat = (EtatTropPercu.RECOUVRE if trop_percu.recu else EtatTropPercu.SANS_OBJET).value
        trop_percu.etat_depuis = maintenant
        _retirer_la_proposition(trop_percu)
    trop_percu.save(update_fields=["montant", "etat", "etat_depuis", *CHAMPS_DE_L_ABANDON])
    _noter("trop_percu.recompte", trop_percu, par, maintenant, montant=formater_montant(trop_percu.reste))


def _verrouiller(trop_percu_id: UUID, par: Acteur, pouvoir: Pouvoir) -> tuple[Dossier, TropPercu]:
    """Request, then overpayment. Raises Introuvable, DroitManquant, TransitionImpossible (nothing is expected any more)."""
    vu = trop_percu_accessible(trop_percu_id, par)
    par.exiger_pouvoir(pouvoir, vu.portefeuille_id)
    dossier = verrouiller_dossier(vu.engagement.dossier_id)
    trop_percu: TropPercu = (
        TropPercu.objects.tous("relu sous le verrou de son dossier").select_for_update(of=("self",)).get(pk=vu.pk)
    )
    if not trop_percu.ouvert:
        libelle = LIBELLES_TROP_PERCUS[trop_percu.etat]
        raise TransitionImpossible(f"Plus rien n’est attendu\u00a0: ce trop-perçu est «\u00a0{libelle}\u00a0».")
    return dossier, trop_percu


def reclamer_trop_percu(*, trop_percu_id: UUID, avant: date, par: Acteur, maintenant: datetime) -> TropPercu:
    """Ask the payee to give it back before a day; asked again, the day changes and the payee is written to again.

    Raises: Introuvable, DroitManquant (Pouvoir.TRAITER_FACTURES), TransitionImpossible, SaisieRefusee (the day).
    """
    refus = refus_de_la_limite(avant, jour_de_paris(maintenant))
    with transaction.atomic():
        _, trop_percu = _verrouiller(trop_percu_id, par, Pouvoir.TRAITER_FACTURES)
        if refus:
            raise SaisieRefusee(refus, champ="avant")
        trop_percu.reclame_avant = avant
        trop_percu.reclame_le = maintenant
        if trop_percu.etat != EtatTropPercu.RECLAME:
            trop_percu.etat, trop_percu.etat_depuis = EtatTropPercu.RECLAME.value, maintenant
        trop_percu.save(update_fields=["etat", "etat_depuis", "reclame_le", "reclame_avant"])
        details = {"montant": formater_montant(trop_percu.reste), "avant": formater_date(avant)}
        _noter("trop_percu.reclame", trop_percu, par, maintenant, **details)
        prevenir_du_trop_percu(TropPercuReclame, trop_percu, maintenant)
    return trop_percu


def enregistrer_remboursement(
    *, trop_percu_id: UUID, montant: Decimal, recu_le: date, reference: str, par: Acteur, maintenant: datetime
) -> Remboursement:
    """Write down what came back on the account; the whole of it closes the overpayment.

    Raises: Introuvable, DroitManquant (Pouvoir.PREPARER_LOTS), TransitionImpossible, SaisiesRefusees (amount, day, reference).
    """
    with transaction.atomic():
        dossier, trop_percu = _verrouiller(trop_percu_id, par, Pouvoir.PREPARER_LOTS)
        refus = refus_du_remboursement(montant, recu_le, reference, trop_percu.reste, jour_de_paris(maintenant))
        if refus:
            raise SaisiesRefusees(refus)
        recu = Remboursement(
            trop_percu=trop_percu,
            montant=montant,
            recu_le=recu_le,
            reference=reference.strip(),
            saisi_le=maintenant,
            saisi_par=par.identite,
            saisi_par_nom=par.libelle[:200],
        )
        recu.save(force_insert=True)
        trop_percu.recu = euros(trop_percu.recu + montant)
        if trop_percu.reste == ZERO:
            trop_percu.etat, trop_percu.etat_depuis = EtatTropPercu.RECOUVRE.value, maintenant
            _retirer_la_proposition(trop_percu)
        trop_percu.save(update_fields=["recu", "etat", "etat_depuis", *CHAMPS_DE_L_ABANDON])
        _noter("trop_percu.recu", trop_percu, par, maintenant, montant=formater_montant(montant), reference=recu.reference)
        reporter(dossier.pk, maintenant)
    return recu


def proposer_abandon(*, trop_percu_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> TropPercu:
    """Propose to give up what is left; another person decides.

    Raises: Introuvable, DroitManquant (Pouvoir.TRAITER_FACTURES), TransitionImpossible (proposed already), SaisieRefusee (no reason).
    """
    raison = " ".join(motif.split())
    with transaction.atomic():
        _, trop_percu = _verrouiller(trop_percu_id, par, Pouvoir.TRAITER_FACTURES)
        if trop_percu.abandon_propose_le is not None:
            raise TransitionImpossible("L’abandon est déjà proposé\u00a0: une autre personne doit en décider.")
        if not raison:
            raise SaisieRefusee("Indiquez pourquoi l’OPCO renoncerait à cette somme", champ="motif")
        trop_percu.abandon_propose_le, trop_percu.abandon_motif = maintenant, raison[:LONGUEUR_MOTIF]
        trop_percu.abandon_propose_par, trop_percu.abandon_propose_par_nom = par.identite, par.libelle[:200]
        trop_percu.save(update_fields=CHAMPS_DE_L_ABANDON)
        _noter("trop_percu.abandon_propose", trop_percu, par, maintenant)
    return trop_percu


@second_facteur_exige
def confirmer_abandon(*, trop_percu_id: UUID, par: Acteur, maintenant: datetime) -> TropPercu:
    """Give up what is left, as somebody else proposed.

    Raises: Introuvable, DroitManquant (Pouvoir.SIGNER_LOTS, or the one who proposed), TransitionImpossible (nothing is proposed).
    """
    with transaction.atomic():
        trop_percu = _proposition(trop_percu_id, par)
        if par.identite is None or par.identite == trop_percu.abandon_propose_par:
            raise DroitManquant("Vous avez proposé cet abandon\u00a0: une autre personne en décide.")
        trop_percu.abandonne = trop_percu.reste
        trop_percu.abandonne_par, trop_percu.abandonne_par_nom = par.identite, par.libelle[:200]
        trop_percu.etat, trop_percu.etat_depuis = EtatTropPercu.ABANDONNE.value, maintenant
        trop_percu.save(update_fields=["abandonne", "abandonne_par", "abandonne_par_nom", "etat", "etat_depuis"])
        _noter("trop_percu.abandonne", trop_percu, par, maintenant, montant=formater_montant(trop_percu.abandonne))
    return trop_percu


def ecarter_abandon(*, trop_percu_id: UUID, par: Acteur, maintenant: datetime) -> TropPercu:
    """Do not give it up: it is still expected. Raises: Introuvable, DroitManquant (Pouvoir.SIGNER_LOTS), TransitionImpossible."""
    with transaction.atomic():
        trop_percu = _proposition(trop_percu_id, par)
        _retirer_la_proposition(trop_percu)
        trop_percu.save(update_fields=CHAMPS_DE_L_ABANDON)
        _noter("trop_percu.abandon_ecarte", trop_percu, par, maintenant)
    return trop_percu


def _proposition(trop_percu_id: UUID, par: Acteur) -> TropPercu:
    _, trop_percu = _verrouiller(trop_percu_id, par, Pouvoir.SIGNER_LOTS)
    if trop_percu.abandon_propose_le is None:
        raise TransitionImpossible("Personne n’a proposé d’abandonner ce trop-perçu.")
    return trop_percu


def _retirer_la_proposition(trop_percu: TropPercu) -> None:
    trop_percu.abandon_propose_le, trop_percu.abandon_propose_par = None, None
    trop_percu.abandon_propose_par_nom, trop_percu.abandon_motif = "", ""


def _noter(code: str, trop_percu: TropPercu, par: Acteur, maintenant: datetime, **details: object) -> None:
    """One line, hung on the request so that its timeline tells it."""
    noter(
        code,
        par=par,
        portee=trop_percu.portee,
        objet=trop_percu.engagement.dossier,
        le=maintenant,
        details={"trop_percu": str(trop_percu.pk), "poste": trop_percu.libelle, **details},
    )
