"""A level published after the grant: found once, shown before and after, applied once, both sides told (Code du travail, D6332-80)."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from jalon.contrats.actions import declarer_rupture, regulariser_niveau, regulariser_niveaux
from jalon.contrats.requetes import apercu_du_niveau
from jalon.courriers.models import Courriel
from jalon.dossiers.models import Dossier
from jalon.engagements.actions import produire_accord
from jalon.habilitations.enums import Role
from jalon.instruction.actions import chercher_les_niveaux
from jalon.instruction.actions import niveaux as recherche
from jalon.instruction.actions.niveaux import TACHE_NIVEAUX
from jalon.instruction.models import Regularisation
from jalon.instruction.requetes import page_de_regularisations, regularisations_a_faire
from jalon.journal.models import Evenement
from jalon.referentiels.enums import ReferentielOfficiel
from jalon.referentiels.models import BrancheNpec, NiveauNpec
from jalon.referentiels.suites import suivre_l_import
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import DroitManquant, Introuvable, TransitionImpossible
from tests.acteurs import acteur_opco
from tests.contrats.fabrique import PENDANT, accord_signe, accorde, aline, driss, emma, engagement, relire, total
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, PORTEFEUILLE, monde
from tests.habilitations.fabrique import agent
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
EDITION = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def publier(dossier: Dossier, valeur: str = "9000") -> None:
    """The branch publishes a level that applies to the contract."""
    reponses = dossier.reponses
    idcc, rncp = (reponses[s]["valeurs"][c] for s, c in (("employeur", "idcc"), ("formation", "rncp")))
    BrancheNpec.objects.get_or_create(idcc=idcc, cpne="CPNE1", defaults={"libelle": "Essai", "edition": EDITION})
    NiveauNpec.objects.create(
        rncp=rncp, cpne="CPNE1", applicable_du=date(2026, 1, 1), valeur=valeur, montant=Decimal(valeur), statut="", edition=EDITION,
        rang=NiveauNpec.objects.count() + 1,
    )  # fmt: skip


def chercher() -> int:
    return chercher_les_niveaux(apres=None, maintenant=PENDANT)


def en_file() -> list[str]:
    with connection.cursor() as curseur:
        curseur.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [TACHE_NIVEAUX])
        return [(json.loads(a) if isinstance(a, str) else a)["apres_id"] for (a,) in curseur.fetchall()]


def regulariser(dossier: Dossier, **autres: object) -> object:
    return regulariser_niveau(**{"dossier_id": dossier.id, "par": emma(), "maintenant": PENDANT, **autres})  # type: ignore[arg-type]


def test_l_import_du_npec_seul_lance_la_recherche() -> None:
    suivre_l_import(ReferentielOfficiel.RNCP, PENDANT)
    assert en_file() == []
    suivre_l_import(ReferentielOfficiel.NPEC, PENDANT)
    assert en_file() == [""]


def test_un_contrat_accorde_au_montant_d_amorcage_est_trouve_une_fois() -> None:
    dossier = accorde()
    assert (chercher(), list(page_de_regularisations(emma()).lignes)) == (0, [])
    assert regularisations_a_faire(emma()) == []
    publier(dossier)
    assert [chercher(), chercher()] == [1, 0]
    (ligne,) = page_de_regularisations(emma()).lignes
    assert (ligne.dossier_id, ligne.montant, ligne.portefeuille_id) == (dossier.id, Decimal(9000), PORTEFEUILLE)
    (tache,) = regularisations_a_faire(emma())
    assert tache.detail == "1 contrat dont la branche a publié le niveau de prise en charge"
    assert Evenement.objects.tous("essai").filter(code="dossier.niveau_publie").count() == 1
    ailleurs = acteur_opco(AUTRE_PORTEFEUILLE, Pouvoir.DECIDER, Pouvoir.CONSULTER)
    for autre in (ailleurs, acteur_opco(PORTEFEUILLE, Pouvoir.CONSULTER), aline(), driss()):
        assert (page_de_regularisations(autre).lignes, regularisations_a_faire(autre)) == ([], [])
    publier(dossier, "9100")
    assert chercher() == 1
    assert Regularisation.objects.tous("essai").get().montant == Decimal(9100)


def test_le_meme_montant_que_l_amorcage_ne_demande_rien() -> None:
    dossier = accorde()
    publier(dossier, "6000")
    assert chercher() == 0


def test_un_contrat_accorde_a_son_niveau_ne_se_cherche_pas(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = accorde()
    publier(dossier)
    regulariser(dossier)
    assert chercher() == 0
    monkeypatch.setattr(recherche, "PAR_TRANCHE", 1)
    assert (chercher(), en_file()) == (0, [])


def test_la_recherche_se_fait_par_tranches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recherche, "PAR_TRANCHE", 1)
    dossier = accorde()
    publier(dossier)
    accord = engagement(dossier).pk
    assert (chercher(), en_file()) == (1, [str(accord)])
    assert chercher_les_niveaux(apres=accord, maintenant=PENDANT) == 0


def test_appliquer_recalcule_l_echeancier_une_fois_et_previent_les_deux_cotes() -> None:
    dossier = accorde()
    avant = total(dossier)
    publier(dossier)
    apercu = apercu_du_niveau(relire(dossier), PENDANT)
    assert (apercu.avant, apercu.apres, apercu.ecart) == (avant, avant * 9000 / 6000, apercu.apres - avant)
    assert total(dossier) == avant
    regulariser(dossier)
    assert total(dossier) == apercu.apres
    accord = engagement(dossier)
    assert (accord.version, relire(dossier).montant_accorde) == (2, accord.montant_ht)
    ligne = Evenement.objects.tous("essai").get(code="engagement.echeancier_repris")
    assert ligne.details["motif"] == "niveau de prise en charge publié par la branche"
    produire_accord(engagement_id=accord.pk, maintenant=PENDANT)
    genres = set(Courriel.objects.filter(objet_id=dossier.id, cle="2").values_list("genre", flat=True))
    assert genres <= {"engagements.accord_revu_entreprise", "engagements.accord_revu_prestataire"}
    with pytest.raises(TransitionImpossible, match="déjà celui de cet accord"):
        regulariser(dossier)
    assert engagement(dossier).version == 2
    assert page_de_regularisations(emma()).lignes == []


def test_un_contrat_rompu_se_recalcule_avec_sa_rupture() -> None:
    dossier = accorde()
    declarer_rupture(dossier_id=dossier.id, rupture=accord_signe(), par=aline(), maintenant=PENDANT)
    rompu = total(dossier)
    publier(dossier)
    assert chercher() == 1
    regulariser(dossier)
    assert rompu < total(dossier) < rompu * 9000 / 6000 + 1


def test_ce_qui_ne_se_regularise_pas() -> None:
    dossier = accorde()
    with pytest.raises(TransitionImpossible, match="pas encore publié"):
        regulariser(dossier)
    assert "pas encore publié" in apercu_du_niveau(relire(dossier), PENDANT).empechement
    publier(dossier)
    consulte = acteur_opco(PORTEFEUILLE, Pouvoir.CONSULTER)
    ailleurs = acteur_opco(AUTRE_PORTEFEUILLE, Pouvoir.DECIDER)
    for par, erreur in ((consulte, DroitManquant), (ailleurs, Introuvable), (aline(), Introuvable)):
        with pytest.raises((erreur, DroitManquant)):
            regulariser(dossier, par=par)
    Dossier.objects.tous("essai").filter(pk=dossier.pk).update(etat="solde")
    with pytest.raises(TransitionImpossible, match="clos"):
        regulariser(dossier)
    assert engagement(dossier).version == 1


def test_en_lot_un_refus_n_arrete_pas_les_autres() -> None:
    dossier = accorde()
    publier(dossier)
    bilan = regulariser_niveaux(dossiers=[engagement(dossier).pk, dossier.id], par=emma(), maintenant=PENDANT)
    assert (bilan.faites, list(bilan.refus)) == (1, [engagement(dossier).pk])
    with pytest.raises(DroitManquant):
        regulariser_niveaux(dossiers=[dossier.id], par=acteur_opco(PORTEFEUILLE, Pouvoir.CONSULTER), maintenant=PENDANT)


def test_la_page_montre_avant_apres_et_applique_ce_qui_est_coche() -> None:
    dossier = accorde()
    publier(dossier)
    chercher()
    with time_machine.travel(PENDANT + timedelta(hours=1), tick=False):
        conseil = navigateur_de(agent(Role.CONSEILLER, portefeuilles=[PORTEFEUILLE], prenom="Emma"))
        adresse = reverse("opco_regularisations")
        page = conseil.get(adresse).content.decode()
        assert str(dossier.numero) in page
        assert "9\u202f000,00" in page or "9\u00a0000,00" in page
        assert "Régulariser des accords" in conseil.get(reverse("opco_accueil")).content.decode()
        refus = conseil.post(adresse, {"rien": "1"})
        assert (refus.status_code, "Cochez au moins un contrat" in refus.content.decode()) == (422, True)
        fait = conseil.post(adresse, {"dossiers": [str(dossier.id)]}, follow=True).content.decode()
        assert "1 accord recalculé" in fait
        assert "Aucun contrat à régulariser" in fait
