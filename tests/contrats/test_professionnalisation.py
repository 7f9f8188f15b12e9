"""The life of a contrat de professionnalisation by the same actions: broken, changed, cancelled, renewed."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from jalon.contrats.actions import (
    accepter_avenant,
    commencer_avenant,
    commencer_nouveau_contrat,
    declarer_rupture,
    enregistrer_avenant,
    signaler_rupture,
    transmettre_avenant,
)
from jalon.contrats.requetes import apercu_de_rupture, rupture_de, ruptures_a_faire
from jalon.dispositifs.base import Rupture
from jalon.dossiers.actions import annuler_dossier
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contenu_en_clair
from jalon.engagements.models import Engagement, LigneEngagement
from jalon.facturation.requetes import a_facturer
from jalon.journal.models import Evenement
from jalon.socle.erreurs import SaisiesRefusees, TransitionImpossible
from tests.contrats.fabrique import PENDANT, driss
from tests.contrats.professionnels import ACCORD, accord_signe, accorde, aline, emma, montant, relire
from tests.dossiers.fabrique import SIREN, SIREN_OF, joindre, monde

pytestmark = pytest.mark.django_db
OCTOBRE = datetime.fromisoformat("2026-10-02T09:00:00+00:00")


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def declarer(dossier: Dossier, rupture: Rupture | None = None) -> None:
    declarer_rupture(dossier_id=dossier.id, rupture=rupture or accord_signe(), par=aline(), maintenant=PENDANT)


def test_rompu_les_heures_suivies_sont_dues_et_la_facture_s_envoie() -> None:
    dossier = accorde()
    apercu = apercu_de_rupture(dossier, accord_signe(), PENDANT)
    assert (apercu.prevu, apercu.du, apercu.reste) == (Decimal("3660.00"), Decimal("1372.50"), Decimal("1372.50"))
    declarer(dossier)
    relu = relire(dossier)
    assert (relu.etat, relu.attend_qui, relu.attend_motif[:7]) == (EtatDossier.ROMPU, "prestataire", "Envoyer")
    assert (montant(dossier), relu.montant_accorde) == (Decimal("1372.50"), Decimal("1372.50"))
    engagement = Engagement.objects.tous("essai").get(dossier=dossier)
    assert (engagement.version, engagement.echelonne, engagement.mode_paiement) == (2, False, "subrogation")
    assert LigneEngagement.objects.filter(engagement=engagement).count() == 2
    assert [(x.engagement.pk, x.reste) for x in a_facturer(driss(), SIREN_OF, PENDANT.date())] == [
        (engagement.pk, engagement.montant_a_payer)
    ]


def test_qui_est_paye_reste_celui_de_l_accord() -> None:
    """complements.md §5.5: the mode is frozen at the first agreement, whatever the rule of the day of the rupture."""
    avant, apres = accorde(), accorde(le=OCTOBRE)
    for dossier in (avant, apres):
        declarer(dossier)
    modes = [Engagement.objects.tous("essai").get(dossier=d).mode_paiement for d in (avant, apres)]
    assert modes == ["subrogation", "remboursement"]
    assert relire(apres).attend_qui == "entreprise"


def test_une_correction_repart_de_ce_qui_fut_accorde() -> None:
    dossier = accorde("4000.00", formation__cout="12")
    declarer(dossier)
    assert montant(dossier) == Decimal("1500.00")
    declarer(dossier, accord_signe("200"))
    assert montant(dossier) == Decimal("2000.00")


def test_l_organisme_signale_ses_heures_et_l_ecart_se_voit() -> None:
    dossier = accorde()
    signaler = {"dossier_id": dossier.id, "par": driss(), "maintenant": PENDANT}
    signaler_rupture(rupture=Rupture(le=date(2027, 3, 10), heures_faites=Decimal(160)), **signaler)
    assert montant(dossier) == Decimal("3660.00")
    assert ["l’organisme de formation" in t.titre for t in ruptures_a_faire(aline(), SIREN)] == [True]
    declarer(dossier)
    vue = rupture_de(relire(dossier), emma())
    assert vue is not None
    assert vue.entreprise is not None
    assert ("Heures de formation suivies", "150") in vue.entreprise.faits
    assert [e for e in vue.ecarts if "150" in e and "160" in e]
    assert ruptures_a_faire(driss(), SIREN_OF) == [], "nothing goes on after it"
    assert montant(dossier) == Decimal("1372.50"), "the hours of the employer count"


def test_les_refus_sont_par_case_et_rien_n_est_ecrit() -> None:
    dossier = accorde()
    with pytest.raises(SaisiesRefusees) as refus:
        declarer(dossier, accord_signe(heures_faites=None))
    assert set(refus.value.champs) == {"heures_faites"}
    assert (relire(dossier).etat, montant(dossier)) == (EtatDossier.ACCORDE, Decimal("3660.00"))


def test_un_avenant_allege_le_programme() -> None:
    dossier = accorde()
    avenant = commencer_avenant(dossier_id=dossier.id, code="programme", par=aline(), maintenant=PENDANT)
    assert avenant.reponses["contrat"]["valeurs"]["type_contrat"] == "30"
    propres = {"numero_precedent": "074202609000001", "date_conclusion": "08/03/2027", "date_effet": "15/03/2027"}
    formation = {"duree": "300", "duree_enseignements": "280"}
    enregistrer_avenant(
        dossier_id=dossier.id, valeurs={"contrat": {**propres, "type_contrat": "11"}, "formation": formation},
        par=aline(), maintenant=PENDANT,
    )  # fmt: skip
    joindre(dossier, "avenant_signe", le=PENDANT)
    transmettre_avenant(dossier_id=dossier.id, par=aline(), maintenant=PENDANT)
    accepter_avenant(dossier_id=dossier.id, par=emma(), maintenant=PENDANT + timedelta(days=1))
    contenu = contenu_en_clair(relire(dossier))
    assert (contenu.contrat.type_contrat, contenu.formation.duree) == ("30", Decimal(300))  # type: ignore[attr-defined]
    assert montant(dossier) == Decimal("2745.00")


def test_annule_avant_son_debut_il_ne_se_rompt_pas() -> None:
    dossier = accorde(contrat__date_debut="01/10/2026", formation__date_debut="05/10/2026")
    annuler_dossier(dossier_id=dossier.id, motif="Renoncement", par=aline(), maintenant=ACCORD)
    assert relire(dossier).etat == EtatDossier.ANNULE
    commence = accorde()
    with pytest.raises(TransitionImpossible, match="déclarez sa rupture"):
        annuler_dossier(dossier_id=commence.id, motif="Renoncement", par=aline(), maintenant=PENDANT)


def test_un_renouvellement_part_du_contrat() -> None:
    dossier = accorde()
    suite = commencer_nouveau_contrat(dossier_id=dossier.id, code="21", par=aline(), maintenant=PENDANT)
    assert (suite.dispositif, suite.siren, suite.reponses["salarie"]["valeurs"]["nom"]) == (
        "professionnalisation",
        SIREN,
        "Exemple",
    )
    assert Evenement.objects.tous("essai").filter(objet_id=str(dossier.pk), code="contrat.suivi").exists()
