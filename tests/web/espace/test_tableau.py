"""Trainees pasted from a spreadsheet, without script: look, mend, add, replace; then split, and copied."""

from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from jalon.dossiers.models import Dossier
from jalon.referentiels.models import ReglageDispositif
from jalon.socle.grilles import ecrire_texte
from tests.dossiers.fabrique import SIREN, lignes_de, relire
from tests.matrice.monde import Monde
from tests.matrice.requetes import essai

TITRES = ["Nom", "Prénom", "Né le", "Sexe", "NIR", "CSP", "Niveau", "Contrat", "RQTH", "Heures"]


def personne(nom: str, **changements: str) -> list[str]:
    return list(
        {
            "Nom": nom, "Prénom": "Anna", "Né le": "15/07/1995", "Sexe": "Mme", "NIR": "", "CSP": "Employée", "Niveau": "BTS",
            "Contrat": "CDI", "RQTH": "non", "Heures": "14", **changements,
        }.values()
    )  # fmt: skip


def adresse(dossier: Dossier, nom: str = "saisie_tableau") -> str:
    return reverse(nom, args=[SIREN, dossier.pk, *(["stagiaires"] if nom == "saisie_tableau" else [])])


def cachee(reponse: HttpResponse, nom: str) -> str:
    """Value of a hidden box of the page."""
    return unescape(reponse.content.decode().split(f'name="{nom}" value="')[1].split('"')[0])


def boite(reponse: HttpResponse) -> str:
    """Text of the box."""
    return unescape(reponse.content.decode().split('name="texte"')[1].split(">", 1)[1].split("</textarea>")[0]).strip("\n")


@pytest.fixture
def brouillon(monde: Monde) -> Dossier:
    lu: Dossier = Dossier.objects.tous("essai").get(pk=monde.objets["brouillon"])
    return lu


def test_on_regarde_on_corrige_on_inscrit(monde: Monde, brouillon: Dossier) -> None:
    navigateur: Client = monde.client("a_admin")
    with essai():
        assert (
            "Coller ou importer un tableau"
            in navigateur.get(reverse("saisie_section", args=[SIREN, brouillon.pk, "stagiaires"])).content.decode()
        )
        tableau = ecrire_texte([TITRES, personne("Bonne"), personne("Fausse", **{"Né le": "31/02/1990"}), personne("Autre")])
        vue = navigateur.post(adresse(brouillon), {"texte": tableau})
        page = unescape(vue.content.decode())
        assert vue.status_code == 200
        assert "2 lignes prêtes" in page
        assert "Ligne 3, Anna Fausse" in page
        assert "Date de naissance «\u00a031/02/1990\u00a0»" in page.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
        assert relire(brouillon).nombre_stagiaires == 2
        rendue = boite(vue)
        assert "Fausse" in rendue
        assert "Bonne" not in rendue
        corrigee = rendue.replace("31/02/1990", "28/02/1990")
        envoi = {"retenues": cachee(vue, "retenues"), "texte": corrigee, "acte": "ajouter", "version": cachee(vue, "version")}
        assert navigateur.post(adresse(brouillon), envoi).status_code == 302
        assert [ligne["nom_naissance"] for ligne in lignes_de(relire(brouillon))][2:] == ["Bonne", "Autre", "Fausse"]
        encore = navigateur.post(adresse(brouillon), envoi, follow=True)
        assert "Déjà dans le dossier\u00a0: 3" in encore.content.decode()
        assert relire(brouillon).nombre_stagiaires == 5


def test_les_lignes_fautives_reviennent_apres_l_inscription_des_autres(monde: Monde, brouillon: Dossier) -> None:
    navigateur = monde.client("a_admin")
    with essai():
        texte = ecrire_texte([TITRES, personne("Bonne"), personne("Fausse", Sexe="?")])
        fichier = SimpleUploadedFile("salaries.csv", texte.encode())
        faite = navigateur.post(adresse(brouillon), {"texte": "", "fichier": fichier, "acte": "ajouter"})
        assert "1 salarié inscrit." in faite.content.decode()
        assert "Fausse" in boite(faite)
        assert 'name="retenues"' not in faite.content.decode()
        assert relire(brouillon).nombre_stagiaires == 3


def test_remplacer_ne_tait_pas_ce_qu_un_autre_a_change(monde: Monde, brouillon: Dossier) -> None:
    navigateur = monde.client("a_admin")
    with essai():
        envoi = {"texte": ecrire_texte([TITRES, personne("Seule")]), "acte": "remplacer"}
        assert navigateur.post(adresse(brouillon), envoi | {"version": "0"}).status_code == 422
        assert relire(brouillon).nombre_stagiaires == 2
        version = str(brouillon.reponses["stagiaires"]["version"])
        assert navigateur.post(adresse(brouillon), envoi | {"version": version}).status_code == 302
        assert [ligne["nom_naissance"] for ligne in lignes_de(relire(brouillon))] == ["Seule"]


def test_le_modele_porte_les_titres_du_formulaire(monde: Monde, brouillon: Dossier) -> None:
    modele = monde.client("a_admin").get(adresse(brouillon) + "?modele=1").content.decode()
    assert modele.startswith("\ufeffNom de naissance;Nom d’usage;Prénom;")
    assert monde.client("a_admin").get(adresse(brouillon).replace("stagiaires", "action")).status_code == 404


def test_au_dela_de_la_limite_un_bouton_scinde_et_chaque_part_mene_aux_autres(monde: Monde, brouillon: Dossier) -> None:
    navigateur = monde.client("a_admin")
    with essai():
        reglage = {"revision": 99, "dispositif": "action_formation", "limite_stagiaires": 1, "valide_du": date(2026, 1, 1)}
        ReglageDispositif.objects.create(code="action_formation", **reglage)
        verifier = navigateur.get(adresse(brouillon, "saisie_verifier")).content.decode()
        assert "Scinder en 2 dossiers" in verifier
        assert "Un dossier accueille 1 salariés au plus, celui-ci en compte 2. Scindez-le en 2 dossiers" in verifier
        for _ in range(2):
            suite = navigateur.post(adresse(brouillon, "saisie_scinder"), follow=True)
            assert "Le dossier est réparti en 2" in suite.content.decode()
        autre = Dossier.objects.tous("essai").filter(lot=relire(brouillon).lot).exclude(pk=brouillon.pk).get()
        page = navigateur.get(adresse(autre, "saisie_verifier")).content.decode()
        assert "Dossier 2 sur 2" in page
        assert reverse("espace_dossier", args=[SIREN, brouillon.pk]) in page
        copie = navigateur.post(adresse(autre, "saisie_dupliquer"), {"rubriques": ["action"], "siret": autre.siret}, follow=True)
        assert "La copie est commencée" in copie.content.decode()
        assert "Copié de" in copie.content.decode()


def test_au_dela_de_quelques_personnes_la_liste_est_une_table_et_une_seule_est_ouverte(monde: Monde, brouillon: Dossier) -> None:
    navigateur, adresse_de_la_liste = monde.client("a_admin"), reverse("saisie_section", args=[SIREN, brouillon.pk, "stagiaires"])
    with essai():
        tableau = ecrire_texte([TITRES, *(personne(nom) for nom in ("Un", "Deux", "Trois", "Quatre", "Cinq"))])
        navigateur.post(adresse(brouillon), {"texte": tableau, "acte": "ajouter"})
        page = navigateur.get(f"{adresse_de_la_liste}?page=4").content.decode()
        assert len(page) < 40_000
        assert page.count('data-ligne="') == 1
        assert "Salarié 4 sur 7" in page
        assert page.count(">Modifier <") == 7
        assert navigateur.get(f"{adresse_de_la_liste}?q=quatre").content.decode().count(">Modifier <") == 1
        montrees = cachee(navigateur.get(f"{adresse_de_la_liste}?page=4"), "_cases")
        envoi = {"version": "2", "_cases": montrees, "_depart": "3", "_apres": "3", "_rangs": "3", "page": "5"}
        envoi |= {f"stagiaires-3-{nom}": str(v) for nom, v in lignes_de(relire(brouillon))[3].items()}
        suivante = navigateur.post(adresse_de_la_liste, envoi | {"stagiaires-3-prenom": "Zoé", "stagiaires-3-heures": "99"})
        assert suivante["Location"].endswith("?page=5")
        assert [ligne["prenom"] for ligne in lignes_de(relire(brouillon))][2:] == ["Anna", "Zoé", "Anna", "Anna", "Anna"]
        verifier = navigateur.get(adresse(brouillon, "saisie_verifier")).content.decode()
        assert "?erreurs=1&amp;page=4#id_stagiaires-3-heures" in verifier
        ajoutee = navigateur.post(
            adresse_de_la_liste, envoi | {"version": "3", "ajouter": "stagiaires", "page": ""}
        ).content.decode()
        assert ajoutee.count('data-ligne="') == 1
        assert 'name="stagiaires-7-prenom"' in ajoutee
