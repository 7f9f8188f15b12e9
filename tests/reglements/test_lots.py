"""Preparing, signing, handing over, executing: success and every refusal."""

import hashlib
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from jalon.banque.actions import geler_coordonnees
from jalon.banque.models import CoordonneesBancaires
from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.dossiers.enums import EtatDossier
from jalon.facturation.actions import accepter_facture, rejeter_facture
from jalon.facturation.enums import EtatFacture, MotifRejet
from jalon.facturation.models import Facture
from jalon.facturation.requetes import historique_de
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.enums import Role
from jalon.habilitations.models import PortefeuilleDuRole, RoleOpco
from jalon.journal.models import Evenement
from jalon.journal.requetes import chronologie
from jalon.organisations.models import Portefeuille
from jalon.reglements.actions import abandonner_lot, declarer_execute, retirer_virement
from jalon.reglements.enums import EtatLot
from jalon.reglements.models import LotVirements, Virement
from jalon.reglements.requetes import (
    a_faire,
    alertes_de,
    derniers_reglements,
    factures_a_payer,
    liste_lots,
    lot_accessible,
    reglement_de,
    reglements_du_dossier,
    reglements_visibles,
    virements_de,
)
from jalon.reglements.sepa import ESPACE, FichierRefuse
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.baremes import ModePaiement
from jalon.socle.chiffre import chiffrer_octets, dechiffrer
from jalon.socle.erreurs import (
    DroitManquant,
    Empechements,
    Introuvable,
    SaisieRefusee,
    SaisiesRefusees,
    SecondFacteurRequis,
    TransitionImpossible,
)
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco, acteur_prestataire
from tests.banque.outils import DELAI, IBANS, JOUR, MAINTENANT, PORTEFEUILLE, SIREN, SIREN_PRESTATAIRE, ajouter
from tests.facturation.outils import (
    accorder,
    deposer,
    deposer_et_accepter,
    entreprise,
    gestionnaire,
    organisme,
    saisie_facture,
)
from tests.facturation.outils import relire as relire_dossier
from tests.reglements.outils import (
    INES,
    comptable,
    executer,
    factures_acceptees,
    lignes,
    preparer,
    relire,
    responsable,
    rib_du_prestataire,
    signer,
    telecharger,
)

pytestmark = pytest.mark.django_db


def etats() -> set[str]:
    return set(Facture.objects.tous("essai").values_list("etat", flat=True))


def geler(compte: UUID, le: object = MAINTENANT) -> None:
    geler_coordonnees(coordonnees_id=compte, motif="Fraude", par=gestionnaire(), maintenant=le)  # type: ignore[arg-type]


# Préparer


def test_un_lot_copie_montants_beneficiaires_et_comptes() -> None:
    compte = rib_du_prestataire()
    factures_acceptees(2)
    preparation = preparer()
    lot = preparation.lot
    assert preparation.ecartees == []
    assert (lot.etat, lot.nombre, lot.total, lot.prepare_par) == ("prepare", 2, Decimal("2401.20"), INES)
    assert lot.numero.startswith("VIR261116")
    virement = lignes(lot)[0]
    assert (virement.beneficiaire, virement.coordonnees_id, virement.end_to_end) == (
        "Institut Horizon",
        compte,
        f"{lot.numero}-0001",
    )
    assert dechiffrer(virement.iban_chiffre, virement.pk) == IBANS[1]
    assert etats() == {"en_paiement"}
    assert chronologie(lot)[0].phrase.startswith(f"Lot {lot.numero} préparé par Inès Essai")
    assert historique_de(virement.facture)[0].phrase.startswith("Facture F-2026")


def test_chaque_facture_ecartee_l_est_avec_sa_raison() -> None:
    sans_compte = deposer_et_accepter(accorder(prestataire="552100554"), par=acteur_prestataire("552100554"))
    en_attente = rib_du_prestataire(le=MAINTENANT - DELAI + timedelta(minutes=1))
    attend = factures_acceptees(1)[0]
    assert attend.coordonnees_id == en_attente
    with pytest.raises(Empechements) as refus:
        preparer()
    assert {str(r) for r in refus.value.raisons} == {
        f"{sans_compte.numero}\u00a0: le bénéficiaire n’a pas de coordonnées bancaires",
        f"{attend.numero}\u00a0: le délai de 72\u00a0heures des coordonnées bancaires court encore",
    }
    preparation = preparer(MAINTENANT + timedelta(minutes=1))
    assert [v.facture_id for v in lignes(preparation.lot)] == [attend.pk]
    assert [e.facture.pk for e in preparation.ecartees] == [sans_compte.pk]


def test_un_compte_gele_ou_remplace_n_est_pas_paye() -> None:
    compte = rib_du_prestataire()
    factures_acceptees(1)
    rib_du_prestataire(IBANS[2], MAINTENANT)
    with pytest.raises(Empechements) as refus:
        preparer(MAINTENANT + DELAI)
    assert "remplacées depuis l’acceptation" in str(refus.value.raisons[0])
    geler(compte)
    with pytest.raises(Empechements) as refus:
        preparer()
    assert "gelées" in str(refus.value.raisons[0])
    assert etats() == {"acceptee"}


def test_un_compte_altere_dans_la_base_n_est_pas_paye() -> None:
    rib_du_prestataire()
    facture, autre = factures_acceptees(2)
    Facture.objects.tous("essai d’une écriture directe en base").filter(pk=facture.pk).update(iban_chiffre=autre.iban_chiffre)
    preparation = preparer()
    assert [str(e) for e in preparation.ecartees] == [
        f"{facture.numero}\u00a0: le compte figé sur la facture ne correspond pas à celui du bénéficiaire"
    ]


def test_une_facture_au_dela_de_l_accord_n_est_pas_payee() -> None:
    rib_du_prestataire()
    facture = factures_acceptees(1)[0]
    with connection.cursor() as curseur:
        curseur.execute(
            "UPDATE engagements_engagement SET montant_ht = 10, montant_tva = 0, montant_ttc = 10, montant_a_payer = 10"
        )
    with pytest.raises(Empechements) as refus:
        preparer()
    assert str(refus.value.raisons[0]) == f"{facture.numero}\u00a0: l’accord de prise en charge ne couvre pas ce montant"


def test_le_comptable_choisit_ses_factures() -> None:
    rib_du_prestataire()
    factures = factures_acceptees(3)
    lot = preparer(factures=[factures[1].pk, nouvel_id()]).lot
    assert [v.facture_id for v in lignes(lot)] == [factures[1].pk]


def test_une_facture_n_entre_que_dans_un_lot() -> None:
    rib_du_prestataire()
    factures_acceptees(1)
    lot = preparer().lot
    with pytest.raises(Empechements):
        preparer()
    copie = lignes(lot)[0]
    copie.pk = copie.id = nouvel_id()
    copie.end_to_end = "AUTRE"
    copie._state.adding = True
    with pytest.raises(IntegrityError, match="virement_une_fois_par_facture"), transaction.atomic():
        copie.save(force_insert=True)


@pytest.mark.parametrize(
    "acteur",
    [responsable(), gestionnaire(), organisme(), acteur_entreprise(SIREN), FauxActeur(), ActeurSysteme("essai")],
)
def test_seul_le_comptable_prepare(acteur: FauxActeur) -> None:
    rib_du_prestataire()
    factures_acceptees(1)
    with pytest.raises(DroitManquant):
        preparer(par=acteur)
    assert etats() == {"acceptee"}


def test_le_comptable_ne_prend_que_ses_portefeuilles() -> None:
    rib_du_prestataire()
    factures_acceptees(1)
    ailleurs = acteur_opco(Portefeuille.objects.create(nom="Autre").pk, Pouvoir.PREPARER_LOTS)
    with pytest.raises(Empechements):
        preparer(par=ailleurs)


# Retirer, abandonner


def test_une_ligne_retiree_rend_la_facture_a_un_autre_lot() -> None:
    rib_du_prestataire()
    factures_acceptees(2)
    lot = preparer().lot
    retiree, gardee = lignes(lot)
    apres = retirer_virement(virement_id=retiree.pk, motif="Doute", par=comptable(), maintenant=MAINTENANT)
    assert (apres.nombre, apres.total) == (1, gardee.montant)
    assert [v.pk for v in virements_de(lot)] == [gardee.pk]
    assert len(virements_de(lot, retires=True)) == 2
    with pytest.raises(TransitionImpossible, match="avant la signature"):
        retirer_virement(virement_id=retiree.pk, motif="Doute", par=comptable(), maintenant=MAINTENANT)
    with pytest.raises(TransitionImpossible, match="dernière ligne"):
        retirer_virement(virement_id=gardee.pk, motif="Doute", par=comptable(), maintenant=MAINTENANT)
    second = preparer().lot
    assert [v.facture_id for v in lignes(second)] == [retiree.facture_id]


def test_les_refus_du_retrait() -> None:
    rib_du_prestataire()
    factures_acceptees(2)
    lot = preparer().lot
    ligne = lignes(lot)[0]
    with pytest.raises(SaisieRefusee):
        retirer_virement(virement_id=ligne.pk, motif=" ", par=comptable(), maintenant=MAINTENANT)
    for etranger in (gestionnaire(), organisme()):
        with pytest.raises(Introuvable):
            retirer_virement(virement_id=ligne.pk, motif="Non", par=etranger, maintenant=MAINTENANT)
    with pytest.raises(Introuvable):
        retirer_virement(virement_id=nouvel_id(), motif="Non", par=comptable(), maintenant=MAINTENANT)
    signer(lot)
    with pytest.raises(TransitionImpossible):
        retirer_virement(virement_id=ligne.pk, motif="Non", par=comptable(), maintenant=MAINTENANT)


def test_un_lot_abandonne_rend_ses_factures() -> None:
    rib_du_prestataire()
    factures_acceptees(2)
    lot = preparer().lot
    with pytest.raises(SaisieRefusee, match="Indiquez le motif"):
        abandonner_lot(lot_id=lot.pk, motif="", par=comptable(), maintenant=MAINTENANT)
    abandonne = abandonner_lot(lot_id=lot.pk, motif="Erreur", par=comptable(), maintenant=MAINTENANT)
    assert abandonne.etat == EtatLot.ABANDONNE
    assert etats() == {"acceptee"}
    assert preparer().lot.nombre == 2
    with pytest.raises(TransitionImpossible):
        abandonner_lot(lot_id=lot.pk, motif="Encore", par=comptable(), maintenant=MAINTENANT)
    with pytest.raises(TransitionImpossible):
        signer(lot)


def test_un_lot_signe_ne_s_abandonne_que_par_le_responsable_et_avant_toute_remise() -> None:
    rib_du_prestataire()
    factures_acceptees(1)
    lot = signer(preparer().lot)
    with pytest.raises(DroitManquant):
        abandonner_lot(lot_id=lot.pk, motif="Erreur", par=comptable(), maintenant=MAINTENANT)
    assert abandonner_lot(lot_id=lot.pk, motif="Erreur", par=responsable(), maintenant=MAINTENANT).etat == "abandonne"
    second = signer(preparer().lot)
    telecharger(second)
    with pytest.raises(TransitionImpossible, match="a été remis"):
        abandonner_lot(lot_id=second.pk, motif="Erreur", par=responsable(), maintenant=MAINTENANT)


# Signer


def test_la_signature_ecrit_le_fichier_une_fois_pour_toutes() -> None:
    rib_du_prestataire()
    factures_acceptees(3)
    lot = signer(preparer().lot)
    assert (lot.etat, lot.message_id, lot.date_demandee) == ("signe", lot.numero, date(2026, 11, 16))
    fichier = telecharger(lot)
    encore = telecharger(lot, MAINTENANT + 40 * JOUR, responsable())
    assert fichier.octets == encore.octets
    assert hashlib.sha256(fichier.octets).hexdigest() == fichier.sha256 == lot.sha256
    assert fichier.nom == f"{lot.numero}.xml"
    racine = ElementTree.fromstring(fichier.octets)  # noqa: S314
    assert racine.findtext(f".//{ESPACE}GrpHdr/{ESPACE}CtrlSum") == f"{lot.total:.2f}" == "3603.60"
    assert [n.text for n in racine.iter(f"{ESPACE}EndToEndId")] == [v.end_to_end for v in lignes(lot)]
    assert IBANS[1].encode() not in bytes(relire(lot).xml_chiffre or b"")
    remises = Evenement.objects.tous("essai").filter(code="lot.fichier_remis")
    assert remises.count() == 2


def test_celui_qui_prepare_ne_signe_pas() -> None:
    rib_du_prestataire()
    factures_acceptees(1)
    lot = preparer().lot
    double = acteur_opco(PORTEFEUILLE, Pouvoir.PREPARER_LOTS, Pouvoir.SIGNER_LOTS, id=INES)
    with pytest.raises(DroitManquant, match="une autre personne"):
        signer(lot, par=double)
    with pytest.raises(IntegrityError, match="lot_deux_personnes"), transaction.atomic():
        LotVirements.objects.tous("essai d’une écriture directe en base").filter(pk=lot.pk).update(signe_par=INES)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        LotVirements.objects.tous("essai d’une écriture directe en base").filter(pk=lot.pk).update(prepare_par=nouvel_id())


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [(comptable(id=nouvel_id()), DroitManquant), (gestionnaire(), Introuvable), (organisme(), Introuvable)],
)
def test_seul_le_responsable_financier_signe(acteur: FauxActeur, erreur: type[Exception]) -> None:
    rib_du_prestataire()
    factures_acceptees(1)
    lot = preparer().lot
    with pytest.raises(erreur):
        signer(lot, par=acteur)
    assert relire(lot).etat == EtatLot.PREPARE


@pytest.mark.parametrize("age", [None, timedelta(minutes=6)])
def test_signer_et_telecharger_demandent_un_second_facteur_recent(age: timedelta | None) -> None:
    rib_du_prestataire()
    factures_acceptees(1)
    lot = preparer().lot
    qui = responsable(second_facteur_le=None if age is None else MAINTENANT - age)
    with pytest.raises(SecondFacteurRequis):
        signer(lot, par=qui)
    signer(lot)
    with pytest.raises(SecondFacteurRequis):
        telecharger(lot, par=qui)


def test_un_compte_gele_depuis_la_preparation_empeche_de_signer() -> None:
    compte = rib_du_prestataire()
    factures = factures_acceptees(2)
    lot = preparer().lot
    geler(compte)
    with pytest.raises(Empechements) as refus:
        signer(lot)
    assert len(refus.value.raisons) == 2
    assert [a.facture.pk for a in alertes_de(relire(lot), MAINTENANT)] == [f.pk for f in factures]
    assert relire(lot).sha256 == ""


def test_un_montant_ou_un_compte_change_en_base_empeche_de_signer() -> None:
    rib_du_prestataire()
    factures_acceptees(2)
    lot = preparer().lot
    premiere, seconde = lignes(lot)
    brutes = Virement.objects.tous("essai d’une écriture directe en base")
    for champ, valeur in (("montant", 1), ("bic", "X"), ("beneficiaire", "Voleur"), ("end_to_end", "X")):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            brutes.filter(pk=premiere.pk).update(**{champ: valeur})
    brutes.filter(pk=premiere.pk).update(iban_chiffre=seconde.iban_chiffre)
    with pytest.raises(Empechements, match="ne correspond plus"):
        signer(lot)
    LotVirements.objects.tous("essai").filter(pk=lot.pk).update(total=1)
    brutes.filter(pk=premiere.pk).update(iban_chiffre=premiere.iban_chiffre)
    with pytest.raises(Empechements, match="total"):
        signer(lot)


def test_une_facture_changee_en_base_empeche_de_signer() -> None:
    rib_du_prestataire()
    facture = factures_acceptees(1)[0]
    lot = preparer().lot
    Facture.objects.tous("essai d’une écriture directe en base").filter(pk=facture.pk).update(etat="acceptee")
    with pytest.raises(Empechements) as refus:
        signer(lot)
    assert "a changé depuis la préparation" in str(refus.value.raisons[0])


def test_sans_compte_payeur_rien_n_est_signe(settings: object) -> None:
    rib_du_prestataire()
    factures_acceptees(1)
    lot = preparer().lot
    settings.JALON_COMPTE_PAYEUR = {"nom": "OPCO", "iban": "FR00"}  # type: ignore[attr-defined]
    with pytest.raises(FichierRefuse):
        signer(lot)
    assert relire(lot).etat == EtatLot.PREPARE


def test_la_base_refuse_de_toucher_a_un_lot_signe() -> None:
    rib_du_prestataire()
    factures_acceptees(1)
    lot = signer(preparer().lot)
    bruts = LotVirements.objects.tous("essai d’une écriture directe en base").filter(pk=lot.pk)
    for champ, valeur in (("sha256", "x"), ("total", 1), ("nombre", 9), ("message_id", "x"), ("signe_par", nouvel_id())):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            bruts.update(**{champ: valeur})
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("DELETE FROM reglements_virement")


# Remettre à la banque, exécuter


def test_un_fichier_altere_n_est_pas_servi() -> None:
    rib_du_prestataire()
    factures_acceptees(2)
    un = signer(preparer(factures=[Facture.objects.tous("essai").values_list("pk", flat=True)[0]]).lot)
    deux = signer(preparer().lot)
    bruts = LotVirements.objects.tous("essai d’une écriture directe en base")
    bruts.filter(pk=un.pk).update(xml_chiffre=chiffrer_octets(b"<Document/>", un.pk))
    with pytest.raises(FichierRefuse, match="altéré"):
        telecharger(un)
    assert relire(un).remis_le is None
    telecharger(deux)


def test_un_compte_gele_apres_la_signature_retient_le_fichier_tant_qu_il_n_est_pas_parti() -> None:
    compte = rib_du_prestataire()
    factures_acceptees(1)
    lot = signer(preparer().lot)
    geler(compte)
    with pytest.raises(Empechements, match="Ne remettez pas"):
        telecharger(lot)
    with pytest.raises(TransitionImpossible, match="Téléchargez d’abord"):
        executer(lot)
    assert abandonner_lot(lot_id=lot.pk, motif="Compte gelé", par=responsable(), maintenant=MAINTENANT).etat == "abandonne"
    assert etats() == {"acceptee"}


def test_le_fichier_n_existe_qu_apres_la_signature_et_ne_va_qu_aux_financiers() -> None:
    rib_du_prestataire()
    factures_acceptees(1)
    lot = preparer().lot
    with pytest.raises(TransitionImpossible, match="une fois le lot signé"):
        telecharger(lot)
    signer(lot)
    for etranger in (gestionnaire(), organisme(), acteur_opco(PORTEFEUILLE, Pouvoir.DECIDER)):
        with pytest.raises(Introuvable):
            telecharger(lot, par=etranger)


def test_l_execution_boucle_factures_reglements_dossier_et_courriels() -> None:
    rib_du_prestataire()
    entiere, partielle = accorder(), accorder()
    payee = deposer_et_accepter(entiere)
    deposer_et_accepter(partielle, saisie_facture("10.00"))
    lot = signer(preparer().lot)
    assert reglements_visibles(organisme(), SIREN_PRESTATAIRE).reglements == []
    telecharger(lot)
    execute = executer(lot)
    assert (execute.etat, execute.reference, execute.date_execution) == ("execute", "RELEVE-12", date(2026, 11, 16))
    assert etats() == {"reglee"}
    dossier = relire_dossier(entiere.dossier_id)
    assert (dossier.montant_paye, dossier.etat) == (Decimal("1200.00"), EtatDossier.SOLDE)
    autre = relire_dossier(partielle.dossier_id)
    assert (autre.montant_paye, autre.etat) == (Decimal("12.00"), EtatDossier.ACCORDE)
    for acteur, siren in ((organisme(), SIREN_PRESTATAIRE), (entreprise(), SIREN)):
        page = reglements_visibles(acteur, siren)
        assert {(r.reference, r.date_execution) for r in page} == {("RELEVE-12", date(2026, 11, 16))}
        assert len(page) == 2
    assert reglement_de(payee, organisme()).compte == "FR14\u00a0••••\u00a0…\u00a02606"  # type: ignore[union-attr]
    assert reglement_de(payee, gestionnaire()).compte == "FR14\u00a0••••\u00a0…\u00a02606"  # type: ignore[union-attr]
    assert reglement_de(payee, entreprise()).compte == ""  # type: ignore[union-attr]
    assert [r.montant for r in reglements_du_dossier(dossier, entreprise())] == [Decimal("1200.00")]
    assert len(derniers_reglements(entreprise(), None)) == 2
    for etranger in (acteur_entreprise("552100554"), acteur_prestataire(SIREN), FauxActeur()):
        assert list(reglements_visibles(etranger, None)) == []
        assert reglement_de(payee, etranger) is None
    phrases = [ligne.phrase for ligne in chronologie(relire_dossier(entiere.dossier_id))]
    assert f"Facture {payee.numero} réglée, référence RELEVE-12" in phrases
    with pytest.raises(TransitionImpossible):
        executer(lot)


@pytest.mark.parametrize(
    ("jour", "reference", "champs"),
    [
        (date(2026, 11, 17), "R", {"date_execution"}),
        (date(2026, 11, 15), "R", {"date_execution"}),
        (date(2026, 11, 16), "  ", {"reference"}),
        (date(2026, 11, 15), "R" * 61, {"date_execution", "reference"}),
    ],
)
def test_les_refus_de_l_execution(jour: date, reference: str, champs: set[str]) -> None:
    rib_du_prestataire()
    factures_acceptees(1)
    lot = signer(preparer().lot)
    telecharger(lot)
    with pytest.raises(SaisiesRefusees) as refus:
        declarer_execute(lot_id=lot.pk, date_execution=jour, reference=reference, par=comptable(), maintenant=MAINTENANT)
    assert set(refus.value.champs) == champs
    for etranger in (gestionnaire(), organisme()):
        with pytest.raises(Introuvable):
            declarer_execute(lot_id=lot.pk, date_execution=date(2026, 11, 16), reference="R", par=etranger, maintenant=MAINTENANT)
    assert etats() == {"en_paiement"}


def test_un_lot_prepare_ne_s_execute_pas() -> None:
    rib_du_prestataire()
    factures_acceptees(1)
    with pytest.raises(TransitionImpossible):
        executer(preparer().lot)


def test_une_facture_en_lot_ne_s_accepte_pas_une_seconde_fois() -> None:
    rib_du_prestataire()
    facture = factures_acceptees(1)[0]
    preparer()
    with pytest.raises(TransitionImpossible, match="En paiement"):
        accepter_facture(facture_id=facture.pk, par=gestionnaire(), maintenant=MAINTENANT, service_fait="Encore")
    assert etats() == {"en_paiement"}


def test_une_facture_en_lot_ne_se_rejette_plus() -> None:
    rib_du_prestataire()
    facture = factures_acceptees(1)[0]
    preparer()
    with pytest.raises(TransitionImpossible):
        rejeter_facture(facture_id=facture.pk, motif=MotifRejet.AUTRE, texte="Non", par=gestionnaire(), maintenant=MAINTENANT)


def test_un_remboursement_est_paye_sur_le_compte_de_l_entreprise() -> None:
    compte = ajouter(IBANS[2], siren=SIREN, profil=Profil.ADHERENT, le=MAINTENANT - 30 * JOUR, verifie=True)
    rib_du_prestataire()
    depot = deposer(accorder(mode=ModePaiement.REMBOURSEMENT), par=entreprise())
    accepter_facture(facture_id=depot.pk, par=gestionnaire(), maintenant=MAINTENANT)
    virement = lignes(preparer().lot)[0]
    assert (virement.coordonnees_id, virement.montant) == (compte.pk, Decimal("1000.00"))
    assert dechiffrer(virement.iban_chiffre, virement.pk) == IBANS[2]


# Voir


def test_un_lot_n_est_vu_que_de_qui_tient_tous_ses_portefeuilles() -> None:
    rib_du_prestataire()
    autre = Portefeuille.objects.create(nom="Autre").pk
    deposer_et_accepter(accorder())
    ailleurs = accorder(portefeuille=autre)
    depot = deposer(ailleurs)
    accepter_facture(
        facture_id=depot.pk, par=acteur_opco(autre, Pouvoir.TRAITER_FACTURES), maintenant=MAINTENANT, service_fait="Vu"
    )
    deux = frozenset({PORTEFEUILLE, autre})
    large = FauxActeur(pouvoirs=dict.fromkeys((Pouvoir.CONSULTER, Pouvoir.PREPARER_LOTS), deux))
    lot = preparer(par=large).lot
    assert lot.nombre == 2
    assert lot_accessible(lot.pk, large).pk == lot.pk
    assert liste_lots(large) == [lot]
    for partiel in (comptable(), responsable(), acteur_opco(autre, Pouvoir.SIGNER_LOTS)):
        assert liste_lots(partiel) == []
        with pytest.raises(Introuvable):
            signer(lot, par=partiel)
    mixte = FauxActeur(
        pouvoirs={
            Pouvoir.CONSULTER: deux,
            Pouvoir.PREPARER_LOTS: frozenset({autre}),
            Pouvoir.SIGNER_LOTS: frozenset({PORTEFEUILLE}),
        }
    )
    with pytest.raises(DroitManquant, match="portefeuille"):
        signer(lot, par=mixte)


def test_les_taches_du_comptable_et_du_responsable() -> None:
    rib_du_prestataire()
    factures_acceptees(2)
    payables, ecartees = factures_a_payer(comptable(), MAINTENANT)
    assert (len(payables), ecartees) == (2, [])
    assert [t.nom_url for t in a_faire(comptable(), MAINTENANT)] == ["opco_lot_preparer"]
    assert a_faire(responsable(), MAINTENANT) == []
    lot = preparer().lot
    assert a_faire(comptable(), MAINTENANT) == []
    assert [t.action for t in a_faire(responsable(), MAINTENANT)] == ["Signer"]
    signer(lot)
    assert [t.action for t in a_faire(comptable(), MAINTENANT)] == ["Déclarer exécuté"]
    telecharger(lot)
    executer(lot)
    assert a_faire(comptable(), MAINTENANT) == []
    assert a_faire(gestionnaire(), MAINTENANT) == []
    assert liste_lots(comptable(), frozenset({"execute"}))[0].pk == lot.pk


def test_les_reglements_se_pagent_par_cle() -> None:
    rib_du_prestataire()
    engagement = accorder(lignes=[("pedagogie", "90000.00", True)])
    for n in range(27):
        deposer_et_accepter(engagement, saisie_facture(f"{n + 1}.00"))
    lot = signer(preparer().lot)
    telecharger(lot)
    executer(lot)
    premiere = reglements_visibles(organisme(), SIREN_PRESTATAIRE)
    seconde = reglements_visibles(organisme(), SIREN_PRESTATAIRE, premiere.suivant)
    assert (len(premiere), len(seconde), seconde.suivant) == (25, 2, "")
    assert len({r.facture_id for r in (*premiere, *seconde)}) == 27
    assert len(reglements_visibles(organisme(), SIREN_PRESTATAIRE, "faux.curseur")) == 25


def test_le_lot_a_signer_est_annonce_a_qui_peut_le_signer() -> None:
    for adresse, role in (("jeanne@opco.fr", Role.RESPONSABLE_FINANCIER), ("ines@opco.fr", Role.COMPTABLE)):
        qui = Personne.objects.create_user(adresse, est_opco=True)
        ligne = RoleOpco.objects.create(personne=qui, role=role, debut=MAINTENANT - JOUR)
        PortefeuilleDuRole.objects.create(role=ligne, portefeuille_id=PORTEFEUILLE)
    rib_du_prestataire()
    factures_acceptees(1)
    preparer()
    assert [c.adresse for c in Courriel.objects.filter(genre="reglements.a_signer")] == ["jeanne@opco.fr"]


def test_ni_journal_ni_courriel_ne_contiennent_d_iban() -> None:
    compte = rib_du_prestataire()
    factures_acceptees(1)
    lot = signer(preparer().lot)
    telecharger(lot)
    executer(lot)
    tout = str(list(Evenement.objects.tous("essai").values())) + str(list(Courriel.objects.values()))
    assert IBANS[1] not in tout
    assert CoordonneesBancaires.objects.tous("essai").filter(pk=compte).exists()
    assert EtatFacture.REGLEE in etats()
