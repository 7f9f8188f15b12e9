"""What the e-mails promise: the reason of a withdrawal or of a refusal is on the home page of the person, and hers alone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.courriers.actions import rendre
from jalon.courriers.messages import Destinataire
from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.actions.droits import retirer_rattachement
from jalon.habilitations.actions.invitations import inviter_personne
from jalon.habilitations.courriels import AccesRetire, DemandeDecidee
from jalon.habilitations.models import DemandeAcces
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Profil
from tests.habilitations.fabrique import AUTRE_SIREN, LE, SIREN, acteur, agent, organisation, personne, rattacher, sur_le_siren
from tests.seances import navigateur_de
from tests.web.composants.conftest import page_valide

pytestmark = pytest.mark.django_db
PLAN = [sur_le_siren(Domaine.PLAN)]
MOTIF = "Fin de mission <le> 30 novembre"
RETIRE = "Votre accès à l’espace adhérent de BELLERIVE RESTAURATION (SIREN 123\u00a0456\u00a0782) a été retiré"
REFUSEE = "Votre demande d’accès à l’espace adhérent de BELLERIVE RESTAURATION (SIREN 123\u00a0456\u00a0782) a été refusée"


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def aline() -> Personne:
    organisation()
    aline = personne()
    rattacher(aline)
    return aline


@pytest.fixture
def bruno() -> Personne:
    return personne("Bruno", "Marchetti")


def _accueil(qui: Personne) -> str:
    reponse = navigateur_de(qui).get(reverse("accueil"), follow=True)
    assert reponse.status_code == 200
    page = reponse.content.decode()
    page_valide(page)
    return page


def _demande(qui: Personne) -> DemandeAcces:
    portee = portee_des_acces(SIREN, Profil.ADHERENT, PORTEFEUILLE_PAR_DEFAUT)
    demande = DemandeAcces(personne=qui, profil=Profil.ADHERENT, demandee_le=LE).porter(portee)
    demande.save(force_insert=True)
    return demande


def test_un_retrait_est_sur_la_page_d_accueil_avec_son_motif(aline: Personne, bruno: Personne) -> None:
    lien = rattacher(bruno, droits=PLAN)
    retirer_rattachement(rattachement_id=lien.id, motif=MOTIF, par=acteur(aline), maintenant=LE)
    message = AccesRetire.charger(lien.id, Destinataire(bruno.email, bruno.id))
    assert message is not None
    assert "Le motif est indiqué sur votre page d’accueil" in rendre(message, "")[0]
    page = _accueil(bruno)
    assert RETIRE in page
    assert "24/11/2026. Motif&nbsp;: Fin de mission &lt;le&gt; 30 novembre." in page
    for autre in (aline, personne("Gaël"), agent()):
        assert "a été retiré" not in _accueil(autre)


def test_qui_garde_un_autre_espace_y_lit_aussi_le_retrait(aline: Personne, bruno: Personne) -> None:
    organisation(AUTRE_SIREN, "INSTITUT DE LA TABLE")
    rattacher(bruno, AUTRE_SIREN)
    lien = rattacher(bruno, droits=PLAN)
    retirer_rattachement(rattachement_id=lien.id, motif=MOTIF, par=acteur(aline), maintenant=LE)
    page = _accueil(bruno)
    assert "Bonjour Bruno" in page
    assert RETIRE in page


def test_quelqu_un_de_l_opco_lit_le_sien_avant_d_aller_a_son_travail(aline: Personne) -> None:
    hugo = agent()
    assert "Bonjour Hugo" in _accueil(hugo)
    lien = rattacher(hugo, droits=PLAN)
    retirer_rattachement(rattachement_id=lien.id, motif=MOTIF, par=acteur(aline), maintenant=LE)
    page = _accueil(hugo)
    assert RETIRE in page
    assert reverse("opco_accueil") in page


def test_une_invitation_retiree_se_lit_une_fois_l_adresse_verifiee(aline: Personne, bruno: Personne) -> None:
    lien = inviter_personne(
        siren=SIREN, profil=Profil.ADHERENT, adresse=bruno.email, droits=PLAN, par=acteur(aline), maintenant=LE
    )
    retirer_rattachement(rattachement_id=lien.id, motif=MOTIF, par=acteur(aline), maintenant=LE)
    assert RETIRE in _accueil(bruno)


def test_un_refus_est_sur_la_page_d_accueil_avec_son_motif(aline: Personne, bruno: Personne) -> None:
    demande = _demande(bruno)
    assert "attend une réponse" in _accueil(bruno)
    decider_demande(demande_id=demande.id, accorder=False, motif="Inconnu ici", par=acteur(aline), maintenant=LE)
    message = DemandeDecidee.charger(demande.id, Destinataire(bruno.email, bruno.id))
    assert message is not None
    assert "refusée. Le motif est indiqué sur votre page d’accueil" in rendre(message, "")[0]
    page = _accueil(bruno)
    assert REFUSEE in page
    assert "Motif&nbsp;: Inconnu ici." in page
    assert "attend une réponse" not in page
    assert REFUSEE not in _accueil(aline)


def test_ce_qui_a_ete_rouvert_ou_accorde_ne_se_dit_plus(aline: Personne, bruno: Personne) -> None:
    lien = rattacher(bruno, droits=PLAN)
    refusee = _demande(bruno)
    decider_demande(demande_id=refusee.id, accorder=False, motif="Trop tôt", par=acteur(aline), maintenant=LE)
    retirer_rattachement(rattachement_id=lien.id, motif=MOTIF, par=acteur(aline), maintenant=LE)
    assert "Nouvelles de vos accès" in _accueil(bruno)
    nouvelle = _demande(bruno)
    DemandeAcces.objects.tous("essai").filter(id=nouvelle.id).update(demandee_le=LE + timedelta(hours=1))
    with time_machine.travel(LE + timedelta(hours=2), tick=False):
        le = LE + timedelta(hours=2)
        decider_demande(demande_id=nouvelle.id, accorder=True, par=acteur(aline, le), maintenant=le)
        assert "Nouvelles de vos accès" not in _accueil(bruno)


def test_les_avis_durent_trente_jours(aline: Personne, bruno: Personne) -> None:
    lien = rattacher(bruno, droits=PLAN)
    retirer_rattachement(rattachement_id=lien.id, motif=MOTIF, par=acteur(aline), maintenant=LE)
    with time_machine.travel(LE + timedelta(days=30) - timedelta(seconds=1), tick=False):
        assert RETIRE in _accueil(bruno)
    with time_machine.travel(LE + timedelta(days=30), tick=False):
        assert RETIRE not in _accueil(bruno)


def test_qui_part_de_soi_meme_n_a_rien_a_lire(aline: Personne, bruno: Personne) -> None:
    lien = rattacher(bruno, droits=PLAN)
    retirer_rattachement(rattachement_id=lien.id, motif="Je pars", par=acteur(bruno), maintenant=LE)
    assert "a été retiré" not in _accueil(bruno)
