"""Pages of the directory: from a file to a draft, the NIR never on the way."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalon.dossiers.models import Dossier
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.salaries.models import ImportSalaries, Salarie
from tests.dossiers.fabrique import brouillon, relire
from tests.habilitations.fabrique import LE, SIREN, SIRET
from tests.salaries.outils import LEO, LEO_NIR, ZOE, ZOE_NIR, ajouter, csv, gens

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    caches["processus"].clear()
    with time_machine.travel(LE, tick=False):
        yield


def page(reponse: HttpResponse, statut: int = 200) -> str:
    texte = unescape(reponse.content.decode())
    assert reponse.status_code == statut, texte[:2000]
    for secret in (ZOE_NIR, LEO_NIR, ZOE_NIR[:13]):
        assert secret not in texte
    return texte


def adresse(nom: str, *args: object) -> str:
    return reverse(nom, args=[SIREN, *args])


def lire(navigateur: Client, nom: str, *args: object, **parametres: str) -> str:
    return page(navigateur.get(adresse(nom, *args), parametres))


def test_un_fichier_devient_des_salaries_puis_une_ligne_d_un_dossier(aline: ActeurPersonne, navigateur: Client) -> None:
    fichier = SimpleUploadedFile("paie.csv", csv({**ZOE, "siret": SIRET}, LEO, {**LEO, "nir": "12", "nom": "Faux"}))
    envoi = navigateur.post(adresse("espace_salaries_importer"), {"fichier": fichier})
    assert envoi.status_code == 302
    vue = page(navigateur.get(envoi["Location"]))
    assert "3 lignes lues" in vue
    assert "Ligne 4\u00a0: NIR (numéro de sécurité sociale)\u00a0: Le NIR comporte 15 caractères" in vue.replace(
        "<b>", ""
    ).replace("</b>", "")
    assert "Zoé Exemple, né(e) le 15/07/1995, NIR donné" in vue
    suivi = page(navigateur.post(envoi["Location"], {"appliquer": "1"}, follow=True))
    assert "Le fichier est appliqué" in suivi
    liste = lire(navigateur, "espace_salaries")
    assert liste.index("Étienne") < liste.index("Exemple")
    assert "2 salariés" in liste
    assert "Étienne" not in lire(navigateur, "espace_salaries", q="zoe exem")
    assert 'aria-current="page">Salariés' in re.sub(r"<svg.*?</svg>", "", liste) or "Salariés</a>" in liste
    dossier = brouillon(aline, siret=SIRET)
    section = lire(navigateur, "saisie_section", dossier.pk, "stagiaires")
    assert adresse("saisie_salaries", dossier.pk, "stagiaires") in section
    choix = adresse("saisie_salaries", dossier.pk, "stagiaires")
    trouves = page(navigateur.get(choix, {"q": "exemple"}, HTTP_HX_REQUEST="true"))
    assert "<html" not in trouves
    cle = re.search(r'name="salaries" value="([0-9a-f-]{36})"', trouves)
    assert cle is not None
    retour = page(navigateur.post(choix, {"salaries": [cle.group(1)]}, follow=True))
    assert 'value="Exemple"' in retour
    assert "2 95 ** ** *** *** **" in retour
    fiche = lire(navigateur, "espace_salarie", cle.group(1))
    assert "Brouillon" in fiche
    assert str(dossier.pk) in fiche
    assert "2 95 ** ** *** *** **" in fiche


def test_un_contrat_prend_une_personne_et_garde_le_reste(aline: ActeurPersonne, navigateur: Client) -> None:
    zoe = ajouter(ZOE, aline, siren=SIREN, maintenant=LE)
    dossier = brouillon(aline, siret=SIRET, dispositif="apprentissage")
    choix = adresse("saisie_salaries", dossier.pk, "apprenti")
    assert 'type="radio"' in page(navigateur.get(choix, {"q": "zoé"}))
    assert "Personne ne correspond" in page(navigateur.get(choix, {"q": "absente"}))
    assert "Choisissez une personne" in page(navigateur.post(choix, {"salaries": ""}), 422)
    retour = page(navigateur.post(choix, {"salaries": str(zoe.pk)}, follow=True))
    assert "2 95 ** ** *** *** **" in retour
    assert relire(Dossier(pk=dossier.pk)).reponses["apprenti"]["valeurs"]["nom"] == "Exemple"
    assert navigateur.get(adresse("saisie_salaries", dossier.pk, "employeur")).status_code == 404


def test_une_fiche_de_la_main_a_la_suppression(aline: ActeurPersonne, navigateur: Client) -> None:
    nouveau = adresse("espace_salarie_nouveau")
    assert "Indiquez le prénom" in page(navigateur.post(nouveau, {"nom": "Exemple", "date_naissance": "15/07/1995"}), 422)
    reponse = navigateur.post(nouveau, ZOE, follow=True)
    assert "Zoé Exemple est parmi vos salariés" in page(reponse)
    zoe = Salarie.objects.tous("essai").get()
    double = {**ZOE, "nir": "", "nom": "Mariée"}
    assert "Peut-être déjà parmi vos salariés" in page(navigateur.post(nouveau, double), 422)
    page(navigateur.post(nouveau, {**double, "autre": "on"}, follow=True))
    autre = Salarie.objects.tous("essai").exclude(pk=zoe.pk).get()
    assert "Peut-être deux fiches" in lire(navigateur, "espace_salarie", zoe.pk)
    page(navigateur.post(adresse("espace_salarie_fusionner", zoe.pk), {"absorbe": str(autre.pk)}, follow=True))
    assert "2 95 ** ** *** *** **" in lire(navigateur, "espace_salarie", zoe.pk)
    modifier = adresse("espace_salarie_modifier", zoe.pk)
    formulaire = page(navigateur.get(modifier))
    version = re.search(r'name="version" value="(\d+)"', formulaire)
    assert version is not None
    corps = {"nom": "Exemple", "prenom": "Zoé", "date_naissance": "15/07/1995", "emploi": "Serveuse"}
    assert "a changé pendant" in page(navigateur.post(modifier, {**corps, "version": "1"}), 422)
    assert "Serveuse" in page(navigateur.post(modifier, {**corps, "version": version.group(1)}, follow=True))
    assert "Parti(e)" in page(navigateur.post(adresse("espace_salarie_depart", zoe.pk), {"sortie": "01/01/2020"}, follow=True))
    clair = navigateur.post(adresse("espace_salarie_nir", zoe.pk), {"motif": "Paie"})
    assert ZOE_NIR in clair.content.decode()
    page(navigateur.post(adresse("espace_salarie_supprimer", zoe.pk), follow=True))
    assert not Salarie.objects.tous("essai").exists()


def test_les_colonnes_se_corrigent_sur_la_page_et_un_fichier_s_abandonne(navigateur: Client) -> None:
    fichier = SimpleUploadedFile("paie.csv", "A;B;C\nExemple;Zoé;15/07/1995\n".encode())
    adresse_import = navigateur.post(adresse("espace_salaries_importer"), {"fichier": fichier})["Location"]
    assert "Dites où se trouve : Nom de naissance, Prénom, Date de naissance" in page(navigateur.get(adresse_import))
    faux = {"colonnes": "1", "nom": "0", "prenom": "0", "date_naissance": "2"}
    assert "déjà prise par une autre case" in page(navigateur.post(adresse_import, faux), 422)
    assert "À ajouter" in page(navigateur.post(adresse_import, faux | {"prenom": "1"}, follow=True))
    assert "Le fichier est oublié" in page(navigateur.post(adresse_import, {"abandonner": "1"}, follow=True))
    assert "Rien n’en a été appliqué" in page(navigateur.get(adresse_import))
    assert ImportSalaries.objects.tous("essai").get().contenu == ""


def test_la_liste_ne_demande_pas_plus_a_la_base_quand_elle_s_allonge(aline: ActeurPersonne, navigateur: Client) -> None:
    def compter() -> list[str]:
        with CaptureQueriesContext(connection) as requetes:
            lire(navigateur, "espace_salaries")
        return [r["sql"][:90] for r in requetes if "WITH vus" not in r["sql"]]  # what was read is counted once an object

    ajouter(ZOE, aline, siren=SIREN, maintenant=LE)
    compter()
    une = compter()
    for textes in gens(30):
        ajouter(textes, aline, siren=SIREN, maintenant=LE, autre=True)
    assert compter() == une
    suite = re.search(r'href="([^"]+)" rel="next"', navigateur.get(adresse("espace_salaries")).content.decode())
    assert suite is not None
    assert "Précédents" in page(navigateur.get(unescape(suite.group(1))))
