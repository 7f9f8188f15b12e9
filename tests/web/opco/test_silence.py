"""The countdown, the silence, the proposal and its trace, on the pages of both sides."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.dispositifs.base import Silence
from jalon.dossiers.enums import EtatDossier
from jalon.habilitations.enums import Role
from jalon.instruction.actions import decider_automatiquement
from jalon.socle.reglages import DecisionAutomatique
from tests.dispositifs.silencieux import CODE, SOURCE, controle_de, dispositif_essai
from tests.dossiers.fabrique import LE, PORTEFEUILLE, SIREN, brouillon, monde, relire, remplir
from tests.habilitations.fabrique import agent, personne, rattacher
from tests.instruction.essais import APRES, DERNIER_JOUR, JOUR, instruit, regler, transmis
from tests.seances import navigateur_de

pytestmark = pytest.mark.usefixtures("_monde")


@pytest.fixture
def _monde(db: None) -> Iterator[None]:
    monde()
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def emma() -> Personne:
    return agent(Role.CONSEILLER, portefeuilles=[PORTEFEUILLE], prenom="Emma")


@pytest.fixture
def aline() -> Personne:
    qui = personne("Aline", "Ferrand")
    rattacher(qui, SIREN)
    return qui


def lire(qui: Personne, nom: str, *args: object) -> str:
    """A page, in a session just opened: the clock of these tests moves by weeks."""
    return navigateur_de(qui).get(reverse(nom, args=args)).content.decode()


def test_les_deux_cotes_voient_le_compte_a_rebours(emma: Personne, aline: Personne) -> None:
    with dispositif_essai(Silence.REFUS):
        dossier = transmis()
        for reste, ton in ((12, 'class="due"'), (5, "due--warn"), (3, "due--bad")):
            with time_machine.travel(DERNIER_JOUR - reste * JOUR, tick=False):
                for page in (
                    lire(emma, "opco_dossier", dossier.pk),
                    lire(emma, "opco_file"),
                    lire(aline, "espace_dossier", SIREN, dossier.pk),
                ):
                    assert f"Silence dans {reste}\u00a0jours\u00a0: refus implicite" in page
                    assert ton in page
        with time_machine.travel(DERNIER_JOUR, tick=False):
            assert "Silence ce soir\u00a0: refus implicite" in lire(emma, "opco_accueil")


def test_un_refus_implicite_se_lit_partout(emma: Personne, aline: Personne) -> None:
    with dispositif_essai(Silence.REFUS), time_machine.travel(APRES, tick=False):
        dossier = instruit()
        for page in (
            lire(emma, "opco_dossier", dossier.pk),
            lire(emma, "opco_file"),
            lire(emma, "opco_dossiers"),
            lire(aline, "espace_dossier", SIREN, dossier.pk),
            lire(aline, "espace_dossiers", SIREN),
            lire(aline, "espace_accueil", SIREN),
        ):
            assert "Refus implicite" in page
        cote_opco, cote_entreprise = lire(emma, "opco_dossier", dossier.pk), lire(aline, "espace_dossier", SIREN, dossier.pk)
        for page in (cote_opco, cote_entreprise):
            assert "Refus implicite depuis le mar. 15\u00a0déc." in page
            assert SOURCE in page
        assert "Accorder" in cote_opco
        assert reverse("opco_dossier_refuser", args=[dossier.pk]) in cote_opco
        assert "L’OPCO peut encore l’accorder" in cote_entreprise


def test_une_acceptation_implicite_se_confirme(emma: Personne, aline: Personne) -> None:
    with dispositif_essai(Silence.ACCEPTATION), time_machine.travel(APRES, tick=False):
        dossier = instruit()
        page = lire(emma, "opco_dossier", dossier.pk)
        assert "Confirmer l’acceptation" in page
        assert "Rien n’est engagé ni payé" in page
        for acte in ("opco_dossier_refuser", "opco_dossier_complement"):
            assert reverse(acte, args=[dossier.pk]) not in page
        assert "réputée acceptée" in lire(aline, "espace_dossier", SIREN, dossier.pk)
        refus = navigateur_de(emma).post(reverse("opco_dossier_refuser", args=[dossier.pk]), {"motif": "autre", "texte": "Non"})
        assert refus.status_code == 422
        assert "réputée acceptée depuis le 15/12/2026" in refus.content.decode()
        navigateur_de(emma).post(reverse("opco_dossier_accorder", args=[dossier.pk]), {"pedagogie": "700", "commentaire": ""})
    assert relire(dossier).etat == EtatDossier.ACCORDE


def test_l_accord_propose_se_donne_d_un_geste(emma: Personne) -> None:
    with dispositif_essai():
        dossier = transmis()
        page = lire(emma, "opco_dossier", dossier.pk)
        assert "Toutes les vérifications passent" in page
        assert "Les montants se calculent sans réserve" in page
        adresse = reverse("opco_dossier_accepter", args=[dossier.pk])
        assert adresse in page
        fait = navigateur_de(emma).post(adresse, follow=True).content.decode()
        assert "La prise en charge est accordée" in fait
        assert "Vérifications au jour de la décision" in fait
        assert adresse not in fait
        assert navigateur_de(emma).post(adresse).status_code == 409


def test_ce_qui_reste_a_regarder_n_est_pas_propose(emma: Personne) -> None:
    with dispositif_essai(controles=(controle_de("À vérifier"),)):
        dossier = transmis()
        page = lire(emma, "opco_dossier", dossier.pk)
    assert "accord proposé" not in page
    assert reverse("opco_dossier_accepter", args=[dossier.pk]) not in page
    with dispositif_essai():
        regler(DecisionAutomatique.AUCUNE)
        assert "accord proposé" not in lire(emma, "opco_dossier", dossier.pk)


def test_qui_ne_decide_pas_lit_la_proposition_sans_bouton(emma: Personne) -> None:
    gestionnaire = agent(Role.GESTIONNAIRE, portefeuilles=[PORTEFEUILLE], prenom="Farid")
    with dispositif_essai():
        dossier = transmis()
        page = lire(gestionnaire, "opco_dossier", dossier.pk)
    assert "accord proposé" in page
    assert reverse("opco_dossier_accepter", args=[dossier.pk]) not in page


def test_une_decision_du_portail_se_dit(emma: Personne, aline: Personne) -> None:
    with dispositif_essai():
        regler(DecisionAutomatique.PRISE)
        dossier = transmis()
        assert "Le portail l’accorde de lui-même" in lire(emma, "opco_dossier", dossier.pk)
        decider_automatiquement(dossier_id=dossier.pk, maintenant=LE + timedelta(minutes=1))
        assert "Décision prise par le portail" in lire(emma, "opco_dossier", dossier.pk)
        page = lire(aline, "espace_dossier", SIREN, dossier.pk)
    assert "Accordé par le portail" in page
    assert "Demande accordée par Jalon (décision automatique)" in page


def test_un_brouillon_dit_son_delai_puis_son_retard(aline: Personne) -> None:
    with dispositif_essai():
        dossier = remplir(brouillon(dispositif=CODE), action__date_debut="28/11/2026", action__date_fin="29/11/2026")
        assert "Avant le ven. 27\u00a0nov." in lire(aline, "espace_brouillons", SIREN)
        verifier = lire(aline, "saisie_verifier", SIREN, dossier.pk)
        assert "Avant le ven. 27\u00a0nov." in verifier
        assert "l’OPCO répond sous 20 jours" in verifier
        with time_machine.travel(LE + 4 * JOUR, tick=False):
            assert "En retard depuis le sam. 28\u00a0nov." in lire(aline, "espace_brouillons", SIREN)
            assert "En retard depuis le sam. 28\u00a0nov." in lire(aline, "saisie_verifier", SIREN, dossier.pk)
