"""A second contract begun from the first: who is copied, what never is."""

import pytest
from django.urls import reverse

from jalon.contrats.actions import commencer_nouveau_contrat, declarer_rupture
from jalon.dispositifs.registre import dispositif
from jalon.dossiers.actions import solder_dossier
from jalon.dossiers.chiffrement import dechiffrer_reponses
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.contrats.fabrique import PENDANT, accord_signe, accorde, aline, driss, emma, en_instruction, relire
from tests.dispositifs.apprentissage.demandes import reponses
from tests.dossiers.fabrique import AUTRE_SIREN, SIREN, SIRET, monde
from tests.habilitations.fabrique import personne, rattacher
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def suivre(dossier: Dossier, code: str = "21", par: Acteur | None = None) -> Dossier:
    return commencer_nouveau_contrat(dossier_id=dossier.id, code=code, par=par or aline(), maintenant=PENDANT)


def test_avec_le_meme_employeur_les_personnes_sont_recopiees_et_rien_d_autre() -> None:
    ancien = accorde()
    nouveau = relire(suivre(ancien))
    assert (nouveau.est_brouillon, nouveau.siret, nouveau.numero, nouveau.accorde_le) == (True, SIRET, None, None)
    lues = {s: v["valeurs"] for s, v in dechiffrer_reponses(dispositif("apprentissage"), nouveau.id, nouveau.reponses).items()}
    avant = reponses()
    assert lues["apprenti"]["nir"] == avant["apprenti"]["nir"]
    assert (lues["apprenti"]["prenom"], lues["apprenti"]["situation"], lues["apprenti"]["mineur"]) == ("Zoé", "", "")
    assert (lues["maitre1"]["nom"], lues["maitre1"]["attestation"]) == ("Roche", "")
    assert {nom: valeur for nom, valeur in lues["contrat"].items() if valeur} == {"type_contrat": "21"}
    assert set(lues) == {"apprenti", "representant", "entete", "employeur", "maitre1", "maitre2", "contrat"}
    assert avant["apprenti"]["nir"] not in str(nouveau.reponses)
    assert (nouveau.date_debut, nouveau.date_fin) == (None, None)
    assert not PieceDeposee.objects.tous("essai").filter(dossier=nouveau).exists()
    assert Evenement.objects.tous("essai").filter(objet_id=str(ancien.pk), code="contrat.suivi").exists()
    assert relire(ancien).etat == "accorde"


def test_apres_une_rupture_l_autre_employeur_n_est_pas_recopie() -> None:
    ancien = accorde()
    with pytest.raises(SaisieRefusee):
        suivre(ancien, "23")
    declarer_rupture(dossier_id=ancien.id, rupture=accord_signe(), par=aline(), maintenant=PENDANT)
    with pytest.raises(SaisieRefusee):
        suivre(ancien, "22")
    nouveau = relire(suivre(ancien, "23"))
    assert set(nouveau.reponses) == {"apprenti", "representant", "contrat"}
    assert (nouveau.siren, nouveau.siret) == (SIREN, "")


def test_un_contrat_solde_peut_etre_suivi() -> None:
    ancien = accorde()
    solder_dossier(dossier_id=ancien.id, par=emma(), maintenant=PENDANT)
    assert suivre(ancien, "22").est_brouillon


def test_seul_un_contrat_accorde_est_suivi() -> None:
    with pytest.raises(TransitionImpossible):
        suivre(en_instruction())
    with pytest.raises(SaisieRefusee):
        suivre(accorde(), "11")


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (aline(niveau=Niveau.LECTURE), DroitManquant),
        (driss(), DroitManquant),
        (emma(), DroitManquant),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
    ],
)
def test_suivre_demande_la_saisie(acteur: FauxActeur, erreur: type[Exception]) -> None:
    ancien = accorde()
    nombre = Dossier.objects.tous("essai").count()
    with pytest.raises(erreur):
        suivre(ancien, par=acteur)
    assert Dossier.objects.tous("essai").count() == nombre


def test_la_page_mene_au_brouillon() -> None:
    ancien = accorde()
    qui = personne()
    rattacher(qui, SIREN)
    navigateur = navigateur_de(qui)
    url = reverse("contrat_suite", args=[SIREN, ancien.pk])
    assert (
        "Nouveau contrat à partir de celui-ci"
        in navigateur.get(reverse("espace_dossier", args=[SIREN, ancien.pk])).content.decode()
    )
    assert "autre employeur, le précédent ayant été rompu" not in navigateur.get(url).content.decode()
    assert navigateur.post(url, {"code": ""}).status_code == 422
    faite = navigateur.post(url, {"code": "21"})
    assert faite.status_code == 302
    assert navigateur.get(faite["Location"]).status_code == 200
