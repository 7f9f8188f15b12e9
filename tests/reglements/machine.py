"""Random histories of money, against a model that knows only the rules of T5, T6 and R6."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

from django.db import transaction
from django.db.models import Sum
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from jalon.banque.actions import geler_coordonnees, geler_par_jeton
from jalon.banque.coffre import jeton_de_gel
from jalon.banque.models import CoordonneesBancaires
from jalon.engagements.models import Engagement
from jalon.facturation.actions import accepter_facture, actualiser_coordonnees, annuler_facture, rejeter_facture
from jalon.facturation.enums import GenreFacture, MotifRejet
from jalon.facturation.models import Facture
from jalon.reglements.actions import (
    abandonner_lot,
    declarer_execute,
    preparer_lot,
    retirer_virement,
    signer_lot,
    telecharger_xml,
)
from jalon.reglements.models import LotVirements, Virement
from jalon.reglements.sepa import ESPACE
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.baremes import ModePaiement
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import ErreurMetier
from jalon.socle.identifiants import nouvel_id
from jalon.socle.montants import ZERO
from tests.acteurs import FauxActeur, acteur_opco
from tests.banque.outils import IBANS, MAINTENANT, PORTEFEUILLE, SIREN, SIREN_PRESTATAIRE, ajouter
from tests.facturation.outils import (
    PEDAGOGIE,
    SALAIRES,
    accorder,
    deposer,
    deposer_et_accepter,
    entreprise,
    gestionnaire,
    organisme,
    relire,
    saisie_facture,
)

FINANCIERS = [
    acteur_opco(PORTEFEUILLE, Pouvoir.PREPARER_LOTS, Pouvoir.SIGNER_LOTS, id=nouvel_id(), nom=f"Financier {rang}")
    for rang in range(3)
]
COTES = {Profil.ADHERENT: SIREN, Profil.PRESTATAIRE: SIREN_PRESTATAIRE}
UTILISABLES = [IBANS[0], IBANS[1], IBANS[2], IBANS[4]]
ATTENTE = timedelta(hours=72)
PAIRES = [(a, b) for a in FINANCIERS for b in FINANCIERS if a is not b or a is FINANCIERS[0]]
PAR_RANG = st.integers(0, 30)


@dataclass
class Compte:
    """What the model remembers of an account."""

    iban: str
    ajoute_le: datetime
    gele_le: datetime | None = None


@dataclass
class Monde:
    """Made once, every history starts from it and is rolled back to it: accounts whose 72 hours end at MAINTENANT, and
    accepted invoices in subrogation (with wages for the company) and in reimbursement."""

    engagements: list[Engagement] = field(default_factory=list)
    comptes: dict[Profil, tuple[UUID, str]] = field(default_factory=dict)

    @classmethod
    def creer(cls) -> "Monde":
        depart = MAINTENANT - ATTENTE
        comptes = {
            profil: (ajouter(iban, siren=COTES[profil], profil=profil, le=depart, verifie=True).pk, iban)
            for profil, iban in zip(sorted(COTES), UTILISABLES, strict=False)
        }
        engagements = [
            accorder(lignes=[PEDAGOGIE, SALAIRES], taux_tva="5.50"),
            accorder(mode=ModePaiement.REMBOURSEMENT, lignes=[("pedagogie", "33.33", True)]),
        ]
        deposer_et_accepter(engagements[0], saisie_facture("400.00"), le=depart)
        deposer_et_accepter(engagements[0], saisie_facture("250.00", taux="0"), le=depart)
        deposer_et_accepter(engagements[1], saisie_facture("33.32"), le=depart, par=entreprise())
        return cls(engagements, comptes)


class Argent(RuleBasedStateMachine):
    """Histories of accounts, invoices, batches and of the clock."""

    monde: Monde

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.maintenant = MAINTENANT
        self.comptes = {profil: {cle: Compte(iban, MAINTENANT - ATTENTE)} for profil, (cle, iban) in self.monde.comptes.items()}
        self.fichiers: dict[UUID, bytes] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # Le modèle

    def payable(self, profil: Profil) -> UUID | None:
        """The account that may be paid now: 72 hours old, never frozen, not replaced. Written apart from the product's rules."""
        dernier, gele = None, False
        for cle, compte in self.comptes[profil].items():
            libre_le = compte.ajoute_le + ATTENTE
            if libre_le > self.maintenant or (compte.gele_le is not None and compte.gele_le <= libre_le):
                continue
            dernier, gele = cle, compte.gele_le is not None
        return None if gele else dernier

    def exiger_payables(self, lot: LotVirements) -> None:
        for virement in actifs(lot):
            profil = Profil(virement.beneficiaire_profil)
            assert virement.coordonnees_id == self.payable(profil), "payé avant 72 heures, gelé ou remplacé"

    def choisir(self, modele: Any, rang: int, **filtre: object) -> Any:
        trouves = list(modele.objects.tous("essai").filter(**filtre).order_by("pk"))
        return trouves[rang % len(trouves)] if trouves else None

    @initialize(heures=st.sampled_from([-1, 0, 24 * 9]))
    def commencer(self, heures: int) -> None:
        """One hour before the accounts can be paid, at that very instant, or long after."""
        self.maintenant += timedelta(hours=heures)

    # Le temps et les comptes

    @rule(heures=st.sampled_from([1, 24, 71, 72, 73, 24 * 8]))
    def avancer(self, heures: int) -> None:
        self.maintenant += timedelta(hours=heures)

    @rule(profil=st.sampled_from(sorted(COTES)), iban=st.sampled_from(UTILISABLES))
    def ajouter_rib(self, profil: Profil, iban: str) -> None:
        attend = any(c.gele_le is None and self.maintenant < c.ajoute_le + ATTENTE for c in self.comptes[profil].values())
        with suppress(ErreurMetier):
            ligne = ajouter(iban, siren=COTES[profil], profil=profil, le=self.maintenant, verifie=True)
            assert not attend, "deux comptes en attente à la fois"
            self.comptes[profil][ligne.pk] = Compte(iban, self.maintenant)

    @rule(rang=PAR_RANG, par_lien=st.booleans())
    def geler(self, rang: int, par_lien: bool) -> None:
        ligne = self.choisir(CoordonneesBancaires, rang, gelee_le=None)
        if ligne is None:
            return
        with suppress(ErreurMetier):
            if par_lien:
                geler_par_jeton(jeton=jeton_de_gel(ligne.pk, ligne.jeton_gel_alea), maintenant=self.maintenant)
            else:
                geler_coordonnees(coordonnees_id=ligne.pk, motif="Essai", par=gestionnaire(), maintenant=self.maintenant)
            self.comptes[Profil(ligne.profil)][ligne.pk].gele_le = self.maintenant

    # Les factures

    @rule(
        engagement=st.integers(0, 1),
        genre=st.sampled_from([GenreFacture.FACTURE, GenreFacture.FACTURE, GenreFacture.ETAT_DEPENSES]),
        centimes=st.one_of(st.integers(1, 140_000), st.sampled_from([1, 3333, 30_000, 100_000, 60_000, 40_000])),
        taux=st.sampled_from(["0", "5.50", "20"]),
        accepter=st.booleans(),
    )
    def transmettre(self, engagement: int, genre: GenreFacture, centimes: int, taux: str, accepter: bool) -> None:
        accord = self.monde.engagements[engagement]
        with suppress(ErreurMetier):
            par = organisme() if engagement == 0 and genre == GenreFacture.FACTURE else entreprise()
            saisie = saisie_facture(f"{Decimal(centimes) / 100:.2f}", taux=taux)
            facture = deposer(accord, saisie, par=par, genre=genre, le=self.maintenant)
            if accepter:
                accepter_facture(facture_id=facture.pk, par=gestionnaire(), maintenant=self.maintenant, service_fait="Essai")

    @rule(rang=PAR_RANG, acte=st.sampled_from(["accepter", "rejeter", "annuler", "actualiser"]))
    def reprendre(self, rang: int, acte: str) -> None:
        facture = self.choisir(Facture, rang)
        if facture is None:
            return
        cle, le = facture.pk, self.maintenant
        with suppress(ErreurMetier):
            if acte == "accepter":
                accepter_facture(facture_id=cle, par=gestionnaire(), maintenant=le, service_fait="Essai")
            elif acte == "rejeter":
                rejeter_facture(facture_id=cle, motif=MotifRejet.AUTRE, texte="Essai", par=gestionnaire(), maintenant=le)
            elif acte == "annuler":
                annuler_facture(facture_id=cle, par=organisme(), maintenant=le)
            else:
                actualiser_coordonnees(facture_id=cle, par=gestionnaire(), maintenant=le)

    # Les lots

    @rule(paire=st.sampled_from(PAIRES), suite=st.sampled_from([3, 2, 1, 0, 3]))
    def preparer(self, paire: tuple[FauxActeur, FauxActeur], suite: int) -> None:
        """Prepare, and often go on at once: sign, hand over, execute."""
        self._payer(*paire, suite)

    @rule(rang=st.integers(0, 2))
    def payer(self, rang: int) -> None:
        """The whole way, by two people."""
        self._payer(FINANCIERS[rang], FINANCIERS[rang - 1], 3)

    def _payer(self, qui: FauxActeur, autre: FauxActeur, suite: int) -> None:
        with suppress(ErreurMetier):
            lot = preparer_lot(par=qui, maintenant=self.maintenant).lot
            self.exiger_payables(lot)
            for acte in (self._signer, self._telecharger, self._executer)[:suite]:
                acte(lot, autre)

    @rule(rang=PAR_RANG, qui=st.sampled_from(FINANCIERS))
    def signer(self, rang: int, qui: FauxActeur) -> None:
        self._signer(self.choisir(LotVirements, rang, etat__in=["prepare", "signe", "execute"]), qui)

    def _signer(self, lot: LotVirements | None, qui: FauxActeur) -> None:
        if lot is None:
            return
        with suppress(ErreurMetier):
            signe = signer_lot(lot_id=lot.pk, par=qui, maintenant=self.maintenant)
            assert signe.signe_par != signe.prepare_par
            assert lot.etat == "prepare", "un lot signé deux fois"
            self.exiger_payables(signe)

    @rule(rang=PAR_RANG, qui=st.sampled_from(FINANCIERS))
    def telecharger(self, rang: int, qui: FauxActeur) -> None:
        self._telecharger(self.choisir(LotVirements, rang, etat__in=["signe", "execute"]), qui)

    def _telecharger(self, lot: LotVirements | None, qui: FauxActeur) -> None:
        if lot is None:
            return
        with suppress(ErreurMetier):
            recu = telecharger_xml(lot_id=lot.pk, par=qui, maintenant=self.maintenant)
            if lot.pk not in self.fichiers:
                self.exiger_payables(lot)
                self.exiger_fichier_exact(lot, recu.octets)
            assert self.fichiers.setdefault(lot.pk, recu.octets) == recu.octets, "le fichier a changé"

    def exiger_fichier_exact(self, lot: LotVirements, octets: bytes) -> None:
        ecrits = [
            (
                bloc.findtext(f"{ESPACE}PmtId/{ESPACE}EndToEndId"),
                bloc.findtext(f"{ESPACE}CdtrAcct/{ESPACE}Id/{ESPACE}IBAN"),
                Decimal(bloc.findtext(f"{ESPACE}Amt/{ESPACE}InstdAmt", "0")),
            )
            for bloc in ElementTree.fromstring(octets).iter(f"{ESPACE}CdtTrfTxInf")  # noqa: S314
        ]
        attendus = [
            (v.end_to_end, self.comptes[Profil(v.beneficiaire_profil)][v.coordonnees_id].iban, v.montant) for v in actifs(lot)
        ]
        assert ecrits == attendus
        assert sum(montant for _, _, montant in ecrits) == lot.total

    @rule(rang=PAR_RANG, qui=st.sampled_from(FINANCIERS))
    def executer(self, rang: int, qui: FauxActeur) -> None:
        self._executer(self.choisir(LotVirements, rang, etat__in=["prepare", "signe"]), qui)

    def _executer(self, lot: LotVirements | None, qui: FauxActeur) -> None:
        if lot is None:
            return
        with suppress(ErreurMetier):
            declarer_execute(
                lot_id=lot.pk,
                date_execution=jour_de_paris(self.maintenant),
                reference="ESSAI",
                par=qui,
                maintenant=self.maintenant,
            )
            assert lot.pk in self.fichiers, "exécuté sans que la banque ait le fichier"

    @precondition(lambda self: LotVirements.objects.tous("essai").exists())
    @rule(rang=PAR_RANG, qui=st.sampled_from(FINANCIERS), entier=st.booleans())
    def defaire(self, rang: int, qui: FauxActeur, entier: bool) -> None:
        with suppress(ErreurMetier):
            if entier:
                lot = self.choisir(LotVirements, rang)
                abandonner_lot(lot_id=lot.pk, motif="Essai", par=qui, maintenant=self.maintenant)
                assert lot.pk not in self.fichiers, "abandonné après remise à la banque"
            else:
                retirer_virement(virement_id=self.choisir(Virement, rang).pk, motif="Essai", par=qui, maintenant=self.maintenant)

    # Ce qui est vrai à tout instant

    @invariant()
    def jamais_plus_que_l_accord(self) -> None:
        for engagement in self.monde.engagements:
            factures = Facture.objects.tous("essai").filter(engagement=engagement)
            vivantes = factures.exclude(etat="rejetee").aggregate(somme=Sum("montant_a_payer"))["somme"] or ZERO
            payes = Virement.objects.tous("essai").filter(facture__engagement=engagement, retire_le__isnull=True)
            en_lot = payes.aggregate(somme=Sum("montant"))["somme"] or ZERO
            regle = payes.filter(execute_le__isnull=False).aggregate(somme=Sum("montant"))["somme"] or ZERO
            assert regle <= en_lot <= vivantes <= engagement.montant_a_payer
            dossier = relire(engagement.dossier_id)
            assert (dossier.montant_facture, dossier.montant_paye) == (vivantes, regle)
            assert (dossier.etat == "solde") == (regle == engagement.montant_a_payer)
            direct = factures.exclude(etat="rejetee").filter(beneficiaire_profil="prestataire")
            assert (direct.aggregate(somme=Sum("montant_a_payer"))["somme"] or ZERO) <= Decimal("1055.00")

    @invariant()
    def chaque_facture_est_payee_une_fois(self) -> None:
        virements = list(Virement.objects.tous("essai").filter(retire_le__isnull=True))
        assert len({v.facture_id for v in virements}) == len(virements)
        etats = dict(Facture.objects.tous("essai").values_list("pk", "etat"))
        attendus = {v.facture_id: "reglee" if v.execute_le else "en_paiement" for v in virements}
        assert {cle: etat for cle, etat in etats.items() if etat in {"reglee", "en_paiement"}} == attendus

    @invariant()
    def les_totaux_des_lots_sont_justes(self) -> None:
        for lot in LotVirements.objects.tous("essai").exclude(etat="abandonne"):
            lignes = actifs(lot)
            assert (lot.nombre, lot.total) == (len(lignes), sum((v.montant for v in lignes), ZERO))
            assert (lot.sha256 != "") == (lot.etat in {"signe", "execute"})


def actifs(lot: LotVirements) -> list[Virement]:
    """Lines still in a batch."""
    return list(Virement.objects.tous("essai").filter(lot=lot, retire_le__isnull=True).order_by("end_to_end"))
