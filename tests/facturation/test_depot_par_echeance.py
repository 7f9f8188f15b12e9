"""A CFA invoices a schedule: one payment at a time, open, never more than its amount, with its proofs for the last balance."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from jalon.banque.models import CoordonneesBancaires
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.engagements.actions import reprendre_echeancier
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import echeances_de
from jalon.facturation.actions import accepter_facture, annuler_facture, deposer_facture, depot, rejeter_facture
from jalon.facturation.echeances import suivi_de
from jalon.facturation.enums import EtatEcheance, EtatFacture, GenreFacture, MotifRejet, NatureAction
from jalon.facturation.models import CertificatRealisation, Facture
from jalon.facturation.regles import SuiviEcheancier
from jalon.facturation.requetes import (
    a_facturer,
    a_faire,
    certificat_de,
    documents_de,
    doublons_possibles,
    ecarts_de,
    parts_a_facturer,
    reste_des_annexes,
)
from jalon.facturation.requetes.clients import a_facturer_par_siren, rejetees_par_siren
from jalon.facturation.suites import facture_sur_l_accord
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees, TransitionImpossible
from jalon.socle.montants import ZERO, euros
from tests.banque.outils import IBANS, MAINTENANT, SIREN, SIREN_PRESTATAIRE, ajouter
from tests.engagements.contrats import estimation
from tests.facturation.outils import (
    AUJOURDHUI,
    NIVEAU_6,
    accorder,
    accorder_contrat,
    deposer,
    entreprise,
    fichier,
    gestionnaire,
    organisme,
    relire,
    saisie_certificat,
    saisie_facture,
)

pytestmark = pytest.mark.django_db
FERMEE, OUVRE = date(2027, 2, 28), date(2027, 3, 1)
FIN, PERDUE = date(2028, 9, 1), date(2028, 12, 31)


def a(jour: date, heure: int = 8) -> datetime:
    """That day, in the morning in Paris unless told otherwise."""
    return datetime(jour.year, jour.month, jour.day, heure, tzinfo=UTC)


def facture(ht: str, le: date = AUJOURDHUI, **plus: Any) -> Any:
    return saisie_facture(ht, taux=plus.pop("taux", "0"), le=le, **plus)


def avance(engagement: Engagement, numero: int = 1, ht: str = "", *, le: datetime = MAINTENANT, **plus: Any) -> Facture:
    """An invoice without certificate."""
    montant = ht or str(next(e.montant for e in echeances_de(engagement) if e.numero == numero))
    return deposer_facture(
        engagement_id=engagement.pk, facture=plus.pop("facture", None) or facture(montant, le.date()), certificat=None,
        fichier_facture=fichier(), fichier_certificat=None, par=plus.pop("par", organisme()), maintenant=le, echeance=numero or None,
        **plus,
    )  # fmt: skip


def solde(engagement: Engagement, le: datetime, **plus: Any) -> Facture:
    """The last balance, with everything that the law asks."""
    pieces: dict[str, Any] = {
        "certificat": saisie_certificat(
            nature=NatureAction.APPRENTISSAGE, date_debut=date(2026, 9, 1), date_fin=date(2028, 8, 31), signe_le=date(2028, 9, 1),
            nombre_stagiaires=1, heures_realisees=Decimal(800),
        ),
        "fichier_certificat": fichier("certificat.pdf"),
        "fichier_participation": fichier("participation.pdf"),
    }  # fmt: skip
    derniere = echeances_de(engagement)[-1]
    return deposer_facture(
        engagement_id=engagement.pk, facture=facture(str(derniere.montant), le.date()), fichier_facture=fichier(), par=organisme(),
        maintenant=le, echeance=derniere.numero, **{**pieces, **plus},
    )  # fmt: skip


def regler(recue: Facture) -> None:
    """Paid, without the batch that `reglements` tests."""
    Facture.objects.tous("essai").filter(pk=recue.pk).update(etat=EtatFacture.ACCEPTEE)
    with transaction.atomic():
        Facture.objects.tous("essai").filter(pk=recue.pk).update(
            etat=EtatFacture.REGLEE, coordonnees=compte(), iban_chiffre="essai", coordonnees_figees_le=MAINTENANT
        )


def compte() -> CoordonneesBancaires:
    deja = CoordonneesBancaires.objects.tous("essai").filter(siren=SIREN_PRESTATAIRE).first()
    return deja or ajouter(IBANS[4], siren=SIREN_PRESTATAIRE, le=MAINTENANT - timedelta(days=20))


def suivi(engagement: Engagement, jour: date = AUJOURDHUI) -> SuiviEcheancier:
    trouve = suivi_de(engagement, jour)
    assert trouve is not None
    return trouve


def refus(acte: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(SaisiesRefusees) as erreur:
        acte()
    return erreur.value.champs


def test_une_echeance_ouverte_se_facture_sans_certificat() -> None:
    engagement = accorder_contrat()
    recue = avance(engagement)
    assert (recue.echeance, recue.montant_a_payer) == (echeances_de(engagement)[0], Decimal("2450.00"))
    assert certificat_de(recue) is None
    assert not CertificatRealisation.objects.tous("essai").exists()
    assert set(documents_de(recue)) == {"facture"}
    assert ecarts_de(recue) == []
    assert relire(engagement.dossier_id).montant_facture == Decimal("2450.00")
    assert [x.etat for x in suivi(engagement).lignes[:2]] == [EtatEcheance.FACTUREE, EtatEcheance.A_VENIR]
    accepter_facture(facture_id=recue.pk, par=gestionnaire(), maintenant=MAINTENANT)


def test_jamais_avant_son_ouverture() -> None:
    engagement = accorder_contrat()
    assert "s’ouvre le 01/03/2027" in refus(lambda: avance(engagement, 2, le=a(FERMEE, 22)))["echeance"]
    assert avance(engagement, 2, le=a(FERMEE, 23)).echeance.numero == 2  # type: ignore[union-attr]


def test_jamais_plus_que_son_montant() -> None:
    engagement = accorder_contrat()
    assert "encore 2\xa0450,00\xa0€" in refus(lambda: avance(engagement, 1, "2450.01"))["montant_ht"]
    assert "TVA" in refus(lambda: avance(engagement, facture=facture("2450.00", taux="20")))["taux_tva"]
    assert not Facture.objects.tous("essai").exists()


def test_une_facture_a_la_fois_puis_le_reste_apres_reglement() -> None:
    engagement = accorder_contrat()
    premiere = avance(engagement, 1, "2000.00")
    assert "déjà en cours" in refus(lambda: avance(engagement, 1, "450.00"))["echeance"]
    annuler_facture(facture_id=premiere.pk, par=organisme(), maintenant=MAINTENANT)
    deuxieme = avance(engagement, 1, "2000.00")
    regler(deuxieme)
    assert "encore 450,00\xa0€" in refus(lambda: avance(engagement, 1, "450.01"))["montant_ht"]
    regler(avance(engagement, 1, "450.00"))
    assert "déjà réglée" in refus(lambda: avance(engagement, 1, "1.00"))["echeance"]
    assert suivi(engagement).regle == Decimal("2450.00")


def test_une_echeance_inconnue_ou_un_accord_sans_echeancier() -> None:
    contrat, plan = accorder_contrat(), accorder()
    assert "Choisissez" in refus(lambda: avance(contrat, 9, "1.00"))["echeance"]
    assert "pas d’échéancier" in refus(lambda: deposer(plan, echeance=1))["echeance"]
    assert "certificat" in refus(lambda: avance(plan, 0, "10.00"))


def test_le_dernier_solde_vient_avec_ses_justificatifs() -> None:
    engagement = accorder_contrat()
    le = a(FIN)
    sans = refus(lambda: solde(engagement, le, certificat=None, fichier_certificat=None, fichier_participation=None))
    assert set(sans) == {"certificat", "participation"}
    assert "R6332-25, III, 4°" in sans["participation"]
    assert set(refus(lambda: solde(engagement, le, fichier_certificat=None))) == {"certificat"}
    faux = saisie_certificat(conservation=False, date_fin=date(2029, 1, 1))
    assert {"date_fin", "conservation"} <= set(refus(lambda: solde(engagement, le, certificat=faux)))
    recue = solde(engagement, le)
    assert set(documents_de(recue)) == {"facture", "certificat", "participation"}
    certificat = certificat_de(recue)
    assert certificat is not None
    assert certificat.nature == NatureAction.APPRENTISSAGE
    assert ecarts_de(recue) == []


def test_le_solde_se_perd_quatre_mois_apres_le_terme() -> None:
    engagement = accorder_contrat()
    phrase = refus(lambda: solde(engagement, a(PERDUE, 23)))["echeance"]
    assert "au plus tard le 31/12/2028 (Code du travail, R6332-25, III, 4°)" in phrase
    assert solde(engagement, a(PERDUE, 22)).etat == EtatFacture.TRANSMISE


def test_les_frais_annexes_se_facturent_a_part() -> None:
    engagement = accorder_contrat()
    accordes = reste_des_annexes(engagement)
    assert accordes > ZERO
    assert "frais annexes accordés" in refus(lambda: avance(engagement, 0, str(accordes + 1)))["montant_ht"]
    recue = avance(engagement, 0, str(accordes - 1))
    assert recue.echeance is None
    assert reste_des_annexes(engagement) == Decimal("1.00")
    avance(engagement, 0, "1.00")
    assert "Il reste 0,00\xa0€" in refus(lambda: avance(engagement, 0, "1.00"))["montant_ht"]
    assert suivi(engagement).en_cours == ZERO
    sans = accorder_contrat(estimation(convention={}, **NIVEAU_6))
    assert "ne prévoit pas de frais annexes" in refus(lambda: avance(sans, 0, "1.00"))["montant_ht"]


def test_un_contrat_rompu_se_facture_encore_un_solde_non() -> None:
    engagement = accorder_contrat()
    Dossier.objects.tous("essai").filter(pk=engagement.dossier_id).update(etat=EtatDossier.ROMPU)
    assert avance(engagement).etat == EtatFacture.TRANSMISE
    Dossier.objects.tous("essai").filter(pk=engagement.dossier_id).update(etat=EtatDossier.SOLDE)
    with pytest.raises(TransitionImpossible):
        avance(engagement, 2, le=a(OUVRE))


def test_la_base_refuse_deux_factures_en_cours_d_une_echeance() -> None:
    engagement = accorder_contrat()
    recue = avance(engagement, 1, "1000.00")
    for numero, genre in (("F-X", GenreFacture.FACTURE), ("F-Y", GenreFacture.ETAT_DEPENSES)):
        double = Facture.objects.tous("essai").get(pk=recue.pk)
        double.pk, double.numero, double.numero_normalise, double.genre = None, numero, numero, genre
        with pytest.raises(IntegrityError), transaction.atomic():
            double.save(force_insert=True)
    for champs in ({"echeance": None}, {"copie_participation": recue.document}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Facture.objects.tous("essai").filter(pk=recue.pk).update(**champs)


def reprendre(engagement: Engagement, **plus: Any) -> Any:
    return reprendre_echeancier(
        engagement=engagement, estimation=estimation(**NIVEAU_6, **plus), motif="Essai", par=gestionnaire(), maintenant=MAINTENANT
    )


def test_ce_qui_est_paye_reste_quand_l_echeancier_est_recalcule() -> None:
    engagement = accorder_contrat()
    regler(avance(engagement))
    bilan = reprendre(engagement, npec="9000")
    assert bilan.deja_verse == facture_sur_l_accord(engagement.pk) == Decimal("2450.00")
    engagement = bilan.engagement
    du = sum(e.montant for e in echeances_de(engagement))
    assert bilan.deja_verse + sum(e.montant for e in bilan.a_verser) - bilan.trop_verse == du
    assert bilan.a_verser[0].numero == 1
    assert bilan.a_verser[0].montant == Decimal("400.00")
    assert suivi(engagement).lignes[0].reste == Decimal("400.00")
    assert avance(engagement, 1, "400.00").echeance == echeances_de(engagement)[0]
    assert suivi(engagement).lignes[0].etat == EtatEcheance.FACTUREE


def test_ce_qui_est_paye_en_trop_se_dit_et_arrete_les_factures() -> None:
    engagement = accorder_contrat()
    regler(avance(engagement))
    regler(avance(engagement, 2, le=a(OUVRE)))
    bilan = reprendre(engagement, npec="1500")
    assert bilan.trop_verse == euros(Decimal("4850.00") - sum(e.montant for e in echeances_de(bilan.engagement)))
    assert bilan.trop_verse > ZERO
    assert bilan.a_verser == ()
    ouvert = suivi(bilan.engagement, FIN)
    assert (ouvert.reste, ouvert.trop_verse) == (ZERO, bilan.trop_verse)
    assert "réglée" in refus(lambda: avance(bilan.engagement, 4, "1.00", le=a(FIN)))["echeance"]
    assert avance(bilan.engagement, 0, "10.00", le=a(FIN)).echeance is None


def test_une_facture_d_avant_se_signale_au_gestionnaire() -> None:
    engagement = accorder_contrat()
    recue = avance(engagement)
    reprendre(engagement, npec="9000")
    (ecart,) = ecarts_de(Facture.objects.tous("essai").get(pk=recue.pk))
    assert "recalculé le" in ecart
    with pytest.raises(SaisieRefusee):
        accepter_facture(facture_id=recue.pk, par=gestionnaire(), maintenant=MAINTENANT)
    accepter_facture(facture_id=recue.pk, par=gestionnaire(), maintenant=MAINTENANT, service_fait="Encore dû")


def test_une_facture_rejetee_rend_ce_qu_elle_couvrait() -> None:
    engagement = accorder_contrat()
    recue = avance(engagement)
    neuf = reprendre(engagement, npec="9000").engagement
    assert suivi(neuf).lignes[0].reste == Decimal("400.00")
    annuler_facture(facture_id=recue.pk, par=organisme(), maintenant=MAINTENANT)
    assert suivi(neuf).lignes[0].reste == Decimal("2850.00")


def test_un_echeancier_recalcule_pendant_l_envoi_fait_verifier(monkeypatch: pytest.MonkeyPatch) -> None:
    engagement = accorder_contrat()
    vrai = depot.verrouiller_dossier

    def entre_temps(cle: Any) -> Dossier:
        monkeypatch.setattr(depot, "verrouiller_dossier", vrai)
        reprendre(engagement, npec="9000")
        return vrai(cle)

    monkeypatch.setattr(depot, "verrouiller_dossier", entre_temps)
    assert "vient d’être recalculé" in refus(lambda: avance(engagement, 1, "2450.00"))["echeance"]


def test_les_listes_disent_ce_qui_est_ouvert() -> None:
    engagement = accorder_contrat()
    annexes = reste_des_annexes(engagement)
    (reste,) = a_facturer(organisme(), SIREN_PRESTATAIRE, AUJOURDHUI)
    assert (reste.genre, reste.reste) == (GenreFacture.FACTURE, Decimal("2450.00") + annexes)
    assert [r.reste for r in parts_a_facturer(engagement, organisme(), SIREN_PRESTATAIRE, AUJOURDHUI)] == [reste.reste]
    assert a_facturer(entreprise(), SIREN, AUJOURDHUI) == []
    assert a_facturer(organisme(), None, date(2026, 8, 31)) == []
    assert [t.action for t in a_faire(organisme(), SIREN_PRESTATAIRE, AUJOURDHUI)] == ["Facturer"]
    assert a_facturer_par_siren(organisme(), AUJOURDHUI) == {SIREN_PRESTATAIRE: 1}
    avance(engagement)
    avance(engagement, 0, str(annexes))
    for vide in (a_facturer(organisme(), None, AUJOURDHUI), a_faire(organisme(), SIREN_PRESTATAIRE, AUJOURDHUI)):
        assert vide == []
    assert a_facturer_par_siren(organisme(), AUJOURDHUI) == {}
    assert [r.reste for r in a_facturer(organisme(), None, OUVRE)] == [Decimal("2400.00")]
    assert a_facturer_par_siren(organisme(), OUVRE) == {SIREN_PRESTATAIRE: 1}
    Dossier.objects.tous("essai").filter(pk=engagement.dossier_id).update(etat=EtatDossier.ROMPU)
    assert [r.reste for r in a_facturer(organisme(), None, OUVRE)] == [Decimal("2400.00")]
    assert a_facturer_par_siren(organisme(), OUVRE) == {SIREN_PRESTATAIRE: 1}


def test_un_rejet_n_est_remplace_que_par_la_meme_echeance() -> None:
    engagement = accorder_contrat()
    recue = avance(engagement)
    rejeter_facture(facture_id=recue.pk, motif=MotifRejet.MONTANT, texte="Montant", par=gestionnaire(), maintenant=MAINTENANT)
    assert rejetees_par_siren(organisme()) == {SIREN_PRESTATAIRE: 1}
    avance(engagement, 2, le=a(OUVRE))
    avance(engagement, 0, "10.00", le=a(OUVRE))
    assert rejetees_par_siren(organisme()) == {SIREN_PRESTATAIRE: 1}
    avance(engagement, 1, le=a(OUVRE))
    assert rejetees_par_siren(organisme()) == {}


def test_la_meme_echeance_de_deux_apprentis_n_est_pas_un_doublon() -> None:
    une, autre = avance(accorder_contrat()), avance(accorder_contrat())
    assert doublons_possibles(une) == doublons_possibles(autre) == []
    memes = [
        deposer_facture(
            engagement_id=accorder_contrat().pk, facture=facture("2450.00"), certificat=None, fichier_certificat=None,
            fichier_facture=fichier("une.pdf", b"le meme fichier"), par=organisme(), maintenant=MAINTENANT, echeance=1,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert doublons_possibles(memes[0]) == [memes[1]]


def test_les_listes_coutent_autant_pour_un_contrat_que_pour_trois(django_assert_num_queries: Any) -> None:
    engagements = [accorder_contrat() for _ in range(3)]
    with django_assert_num_queries(7):
        assert len(a_facturer(organisme(), None, AUJOURDHUI)) == 3
    with django_assert_num_queries(4):
        suivi(engagements[0])
    plan = accorder()
    with django_assert_num_queries(0):
        assert suivi_de(plan, AUJOURDHUI) is None
