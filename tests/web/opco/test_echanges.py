"""A demand, its answer, the threads, model answers and changes asked, on the pages of both sides."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.dispositifs.base import LIGNES
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import complement_en_cours, modifications_de, reponses_de
from jalon.habilitations.enums import Role
from jalon.messagerie.models import ModeleReponse
from tests.dispositifs.exemples import YANIS, ZOE
from tests.dossiers.fabrique import LE, PORTEFEUILLE, SIREN, en_instruction, monde, nir_valide, relire
from tests.dossiers.fabrique import aline as acteur_aline
from tests.habilitations.fabrique import agent, personne, rattacher
from tests.instruction.essais import JOUR
from tests.pieces.conftest import coffres
from tests.pieces.fabrique import photo
from tests.seances import navigateur_de

__all__ = ["coffres"]
pytestmark = pytest.mark.usefixtures("_monde")
NIR = nir_valide("2950774123456")


@pytest.fixture
def _monde(db: None, coffres: Path) -> Iterator[None]:
    monde()
    with time_machine.travel(LE + JOUR, tick=False):
        yield


@pytest.fixture
def emma() -> Personne:
    return agent(Role.CONSEILLER, portefeuilles=[PORTEFEUILLE], prenom="Emma")


@pytest.fixture
def aline() -> Personne:
    qui = personne("Aline", "Ferrand")
    rattacher(qui, SIREN)
    return qui


def lire(qui: Personne, nom: str, *args: object, **demandes: str) -> str:
    reponse = navigateur_de(qui).get(reverse(nom, args=args), demandes)
    assert reponse.status_code == 200
    return reponse.content.decode()


def poster(qui: Personne, nom: str, *args: object, **corps: object) -> HttpResponse:
    reponse: HttpResponse = navigateur_de(qui).post(reverse(nom, args=args), corps)  # type: ignore[assignment]
    return reponse


def reponses(dossier: Dossier, section: str) -> dict[str, object]:
    valeurs: dict[str, object] = reponses_de(relire(dossier), acteur_aline())[section]["valeurs"]
    return valeurs


def test_demander_repondre_relire(emma: Personne, aline: Personne) -> None:
    dossier = en_instruction(stagiaires=[{**ZOE, "nir": NIR}, YANIS])
    choix = lire(emma, "opco_dossier_complement", dossier.pk)
    assert "Lieu (Annecy)" in choix
    assert "Salarié 2, NIR (numéro de sécurité sociale) (vide)" in choix
    assert NIR not in choix
    cases = ["action.lieu", "stagiaires.1.nir"]
    prepare = poster(emma, "opco_dossier_complement", dossier.pk, cases=cases, pieces=["programme"], preparer="1")
    page = prepare.content.decode()
    assert prepare.status_code == 200
    assert [f'name="motif-{cle}"' in page for cle in (*cases, "pieces.programme")] == [True] * 3
    motifs = {
        "motif-action.lieu": "Adresse entière",
        "motif-stagiaires.1.nir": "Il manque",
        "motif-pieces.programme": "Illisible",
    }
    fait = poster(emma, "opco_dossier_complement", dossier.pk, cases=cases, pieces=["programme"], echeance="12/12/2026", **motifs)
    assert fait.status_code == 302
    demande = complement_en_cours(dossier)
    assert demande is not None
    assert (demande.message, len(demande.motifs)) == ("", 3)
    action = lire(aline, "saisie_section", SIREN, dossier.pk, "action")
    assert "Demandé par l’OPCO\u00a0: Adresse entière" in action
    assert ('name="lieu"' in action, 'name="intitule"' in action, "en lecture seule" in action) == (True, False, True)
    lignes = lire(aline, "saisie_section", SIREN, dossier.pk, "stagiaires")
    assert ("data-ajouter-ligne" in lignes, 'name="retirer"' in lignes, 'name="stagiaires-0-_"' in lignes) == (False, False, True)
    assert lignes.count("disabled") == 1
    assert "Demandé par l’OPCO\u00a0: Il manque" in lignes
    assert "Illisible" in lire(aline, "saisie_pieces", SIREN, dossier.pk)
    autre = nir_valide("1880374123456")
    page_postee = {"version": "1", "_cases": "nir", "_rangs": "0,1", "_depart": "0", "_apres": "0", "retirer": "0"}
    poster(
        aline,
        "saisie_section",
        SIREN,
        dossier.pk,
        "stagiaires",
        **page_postee,
        **{"stagiaires-0-_": "", "stagiaires-1-nir": autre},
    )
    tapees = reponses(dossier, "stagiaires")[LIGNES]
    assert [x["nir"] for x in tapees] == [NIR, autre]  # type: ignore[attr-defined]
    poster(aline, "saisie_section", SIREN, dossier.pk, "action", version="1", _cases="lieu", lieu="Lyon", intitule="Autre")
    assert (reponses(dossier, "action")["lieu"], reponses(dossier, "action")["intitule"]) == ("Lyon", "Hygiène alimentaire")
    assert "réponse commencée" in lire(emma, "opco_dossier", dossier.pk)
    programme = SimpleUploadedFile("programme.jpg", photo())
    assert poster(aline, "saisie_pieces", SIREN, dossier.pk, code="programme", fichier=programme).status_code == 302
    assert poster(aline, "saisie_transmettre", SIREN, dossier.pk).status_code == 302
    assert relire(dossier).etat == EtatDossier.EN_INSTRUCTION
    relue = lire(emma, "opco_dossier", dossier.pk)
    assert "Annecy devient Lyon" in relue
    assert "Répondu" in relue
    assert autre not in relue


def test_retirer_une_demande(emma: Personne, aline: Personne) -> None:
    dossier = en_instruction()
    assert navigateur_de(emma).get(reverse("opco_complement_retirer", args=[dossier.pk])).status_code == 302
    poster(emma, "opco_dossier_complement", dossier.pk, cases=["action"], message="Le lieu manque", echeance="12/12/2026")
    assert "Le lieu manque" in lire(emma, "opco_complement_retirer", dossier.pk)
    assert "Compléter le dossier" in lire(aline, "espace_dossier", SIREN, dossier.pk)
    with time_machine.travel(LE + 40 * JOUR, tick=False):
        assert "Échéance passée" in lire(aline, "espace_dossier", SIREN, dossier.pk)
        assert "L’échéance du 12/12/2026 est passée" in lire(emma, "opco_dossier", dossier.pk)
    assert poster(emma, "opco_complement_retirer", dossier.pk, motif="Reçu par courrier").status_code == 302
    page = lire(aline, "espace_dossier", SIREN, dossier.pk)
    assert "Retiré par l’OPCO&nbsp;: Reçu par courrier" in page
    assert "Compléter le dossier" not in page


def test_un_echange_avec_pieces_lectures_et_relance(emma: Personne, aline: Personne) -> None:
    dossier = en_instruction()
    Dossier.objects.tous("essai").filter(pk=dossier.pk).update(instructeur_id=emma.pk, instructeur_nom=emma.nom_complet)
    fichiers = [SimpleUploadedFile("salle.jpg", photo()), SimpleUploadedFile("plan.jpg", photo())]
    assert poster(aline, "espace_dossier_message", SIREN, dossier.pk, corps="Voici", fichiers=fichiers).status_code == 302
    page = lire(aline, "espace_dossier", SIREN, dossier.pk)
    assert "Pas encore lu" in page
    assert f"Réponse attendue de {emma.nom_complet}" in page
    assert "vous pourrez relancer l’OPCO à partir du 30/11/2026" in page
    recue = lire(emma, "opco_dossier", dossier.pk)
    assert ("salle.jpg" in recue, "plan.jpg" in recue) == (True, True)
    assert f"par {emma.nom_complet}" in lire(aline, "espace_dossier", SIREN, dossier.pk)
    adresse = next(morceau for morceau in recue.split('"') if "/jointes/" in morceau)
    telechargee = navigateur_de(emma).get(adresse)
    assert telechargee.headers["Content-Disposition"].startswith("attachment")
    mauvais = poster(
        aline, "espace_dossier_message", SIREN, dossier.pk, corps="Voici", fichiers=[SimpleUploadedFile("a.docx", b"PK")]
    )
    assert (mauvais.status_code, "traitement de texte" in mauvais.content.decode()) == (422, True)
    with time_machine.travel(LE + 7 * JOUR, tick=False):
        assert "Relancer l’OPCO" in lire(aline, "espace_dossier", SIREN, dossier.pk)
        assert poster(aline, "espace_dossier_relancer", SIREN, dossier.pk).status_code == 302
        assert "Relancé le 01/12/2026" in lire(emma, "opco_dossier", dossier.pk)
    farid = agent(Role.GESTIONNAIRE, portefeuilles=[PORTEFEUILLE], prenom="Farid")
    assert poster(emma, "opco_dossier_confier", dossier.pk, avec="entreprise", a=str(farid.pk)).status_code == 302
    assert f"Réponse attendue de {farid.nom_complet}" in lire(aline, "espace_dossier", SIREN, dossier.pk)


def test_un_modele_se_reprend_rempli(emma: Personne) -> None:
    dossier = en_instruction()
    corps = {"titre": "Programme", "corps": "Le programme du dossier {numero} manque.", "pour": "moi"}
    assert poster(emma, "opco_modeles", usages=["message", "complement", "refus"], **corps).status_code == 302
    modele = ModeleReponse.objects.tous("essai").get()
    assert "Le programme du dossier 2611AF000123 manque." in lire(emma, "opco_modeles")
    attendu = f"Le programme du dossier {dossier.numero} manque."
    assert attendu in lire(emma, "opco_dossier", dossier.pk, modele=str(modele.pk))
    assert attendu in lire(emma, "opco_dossier_refuser", dossier.pk, modele=str(modele.pk))
    prepare = poster(emma, "opco_dossier_complement", dossier.pk, cases=["action"], preparer="1", modele=str(modele.pk))
    assert attendu in prepare.content.decode()
    for inconnu in ("x", "01a2249a-711f-724f-ae1b-f21ef5c13d4c"):
        assert attendu not in lire(emma, "opco_dossier", dossier.pk, modele=inconnu)
    apercu = poster(
        emma, "opco_modele", modele.pk, titre="Programme", corps="Bonjour {entreprise}", usages=["message"], apercu="1"
    )
    assert "Bonjour Hôtel du Lac" in apercu.content.decode()
    assert ModeleReponse.objects.tous("essai").get().corps == corps["corps"]
    assert poster(emma, "opco_modele_supprimer", modele.pk).status_code == 302
    assert not ModeleReponse.objects.tous("essai").exists()


def test_ce_qui_se_modifie_apres_l_envoi(emma: Personne, aline: Personne) -> None:
    dossier = en_instruction()
    page = lire(aline, "espace_dossier_modifier", SIREN, dossier.pk)
    assert reverse("espace_modification_demander", args=[SIREN, dossier.pk, "action.lieu"]) in page
    assert reverse("espace_rib", args=[SIREN]) in page
    corps = {"entreprise.contact_nom": "Chloé Bertin", "entreprise.contact_courriel": "chloe@essai.example"}
    assert poster(aline, "espace_dossier_modifier", SIREN, dossier.pk, **corps).status_code == 302
    assert reponses(dossier, "entreprise")["contact_nom"] == "Chloé Bertin"
    assert (
        navigateur_de(aline).get(reverse("espace_modification_demander", args=[SIREN, dossier.pk, "action.x"])).status_code == 404
    )
    for chemin, souhait in (("action.lieu", "Lyon"), ("action.intitule", "Autre titre")):
        demande = {"souhait": souhait, "motif": "La salle a changé"}
        assert poster(aline, "espace_modification_demander", SIREN, dossier.pk, chemin, **demande).status_code == 302
    intitule, lieu = modifications_de(dossier, acteur_aline())
    lue = lire(emma, "opco_dossier", dossier.pk)
    assert "Réponse souhaitée&nbsp;: Lyon" in lue
    assert poster(emma, "opco_modification_refuser", dossier.pk, intitule.pk, motif="L’action est la même").status_code == 302
    assert poster(emma, "opco_modification_accepter", dossier.pk, lieu.pk).status_code == 302
    section = lire(aline, "saisie_section", SIREN, dossier.pk, "action")
    assert ('name="lieu"' in section, 'name="intitule"' in section) == (True, False)
    assert "L’action est la même" in lire(aline, "espace_dossier_modifier", SIREN, dossier.pk)
