"""`jalon importer droits`: a preview that gives nothing, a file that waits for two people, big files."""

import csv
import stat
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.habilitations.actions.preparations import appliquer_preparation, prevoir_droits
from jalon.habilitations.actions.preparations.depot import LIGNES_D_UN_COUP
from jalon.habilitations.enums import EtatPreparation, Role
from jalon.habilitations.models import DroitAccorde, OrganisationPreparee, PreparationDroits, Rattachement
from jalon.organisations.models import Organisation
from jalon.socle.acteurs import Profil
from jalon.socle.horloge import maintenant
from tests.cli.outils import Executer, refus
from tests.habilitations.fabrique import AUTRE_SIREN, SIREN, agent, organisation, personne, sirens
from tests.habilitations.preparations import EN_TETE, fichier, ligne, rien, signer

pytestmark = pytest.mark.django_db
BRUNO = "bruno@essai.example"


@pytest.fixture(autouse=True)
def _deux_organisations(db: None, tmp_path: Path, settings: Any) -> None:
    settings.JALON_VAR = tmp_path / "var"
    organisation()
    organisation(AUTRE_SIREN, "CFA DU LAC")


def test_sans_option_la_commande_dit_et_n_ecrit_rien(jalon: Executer, tmp_path: Path) -> None:
    chemin = fichier(tmp_path, ligne(BRUNO), ligne("ici", siren=AUTRE_SIREN))
    code, sortie, erreur = jalon("importer", "droits", str(chemin))
    assert code == 0
    assert "SIREN 123 456 782 (adherent), bruno@essai.example, à inviter, administre" in sortie.replace("\u00a0", " ")
    assert "2 lignes lues, 1 organisations, 1 personnes à inviter, 0 à compléter, 0 inchangées, 1 administrateurs" in sortie
    assert "1 lignes refusées. Aucun droit n’est retiré." in sortie
    assert "Rien n’est écrit. Relancez avec --preparer" in sortie
    assert erreur.strip().startswith("ligne 3\u00a0: Écrivez l’adresse électronique en entier")
    assert not PreparationDroits.objects.exists()
    differences = tmp_path / "var" / "imports" / "differences-droits.csv"
    assert stat.S_IMODE(differences.stat().st_mode) == 0o600
    with differences.open(encoding="utf-8-sig", newline="") as ouvert:
        lues = list(csv.reader(ouvert, delimiter=";"))
    assert [x[:4] for x in lues[1:]] == [[SIREN, Profil.ADHERENT.value, BRUNO, "oui"]]


def test_preparer_attend_deux_personnes_puis_se_retrouve(jalon: Executer, tmp_path: Path) -> None:
    emma = agent(Role.CONSEILLER, prenom="Emma")
    chemin = fichier(tmp_path, ligne(BRUNO))
    code, sortie, _ = jalon("importer", "droits", str(chemin), "--preparer", "--auteur", emma.email)
    preparation = PreparationDroits.objects.get()
    assert code == 0
    assert f"/opco/preparations/{preparation.pk}/" in sortie
    assert preparation.sha256 in sortie
    assert not Rattachement.objects.tous("essai").exists()
    code, sortie, _ = jalon("importer", "droits", str(chemin), "--preparer", "--auteur", emma.email)
    assert (code, sortie.strip()) == (
        0, f"Ce fichier est déjà préparé\u00a0: il attend sur la page /opco/preparations/{preparation.pk}/.",
    )  # fmt: skip
    le = maintenant()
    signer(preparation, emma, le)
    signer(preparation, agent(prenom="Hugo"), le)
    appliquer_preparation(preparation_id=preparation.pk, maintenant=le)
    assert Rattachement.objects.tous("essai").get().courriel_invite == BRUNO
    assert "1 inchangées" in jalon("importer", "droits", str(chemin))[1]
    assert "ne change rien" in refus(jalon("importer", "droits", str(chemin), "--preparer", "--auteur", emma.email))


def test_des_lignes_refusees_arretent_la_preparation_sauf_si_on_l_accepte(jalon: Executer, tmp_path: Path) -> None:
    emma = agent(Role.CONSEILLER, prenom="Emma")
    chemin = fichier(tmp_path, ligne(BRUNO), ligne("ici", siren=AUTRE_SIREN))
    commande = ("importer", "droits", str(chemin), "--preparer", "--auteur", emma.email)
    code, _, erreur = jalon(*commande)
    assert code == 2
    assert erreur.splitlines()[0].replace("\u00a0", " ") == (
        "droits.csv : 1 ligne est refusée sur 2, rien n’a été écrit. Corrigez-les, ou ajoutez --ignorer-rejets."
    )
    assert not PreparationDroits.objects.exists()
    assert jalon(*commande, "--ignorer-rejets")[0] == 0
    assert PreparationDroits.objects.get().etat == EtatPreparation.EN_ATTENTE


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        ("", "il est vide"),
        ("siren;profil\n", "sa première ligne doit nommer"),
        (EN_TETE, "il ne contient que la ligne d’en-tête"),
    ],
)
def test_un_mauvais_fichier_donne_une_ligne_et_le_code_2(contenu: str, attendu: str, jalon: Executer, tmp_path: Path) -> None:
    chemin = tmp_path / "droits.csv"
    chemin.write_text(contenu)
    assert attendu in refus(jalon("importer", "droits", str(chemin)))


def test_beaucoup_de_refus_sont_tous_dans_un_fichier(jalon: Executer, tmp_path: Path) -> None:
    chemin = fichier(tmp_path, *[ligne("ici", siren=AUTRE_SIREN)] * 30)
    _, _, erreur = jalon("importer", "droits", str(chemin))
    rejets = tmp_path / "var" / "imports" / "rejets-droits.csv"
    assert f"… et 10 autres lignes refusées\u00a0: {rejets}" in erreur
    assert len(rejets.read_text(encoding="utf-8-sig").splitlines()) == 31


def test_un_gros_fichier_se_compare_par_paquets(tmp_path: Path) -> None:
    """What is read in the database, and held in memory, is a few thousand lines at a time: seven queries each."""
    lesquels = sirens(500)
    Organisation.objects.bulk_create(Organisation(siren=s, denomination=f"SOCIETE {s}", nic_siege="00010") for s in lesquels)
    aline = personne("Aline", "Ferrand")
    gens = [ligne(f"p{rang}@essai.example", "Lecture", siren=lesquels[rang % 500]) for rang in range(5_999)]
    chemin = fichier(tmp_path, *gens, ligne(aline.email, "Lecture"))
    pas: list[tuple[int, int]] = []
    with CaptureQueriesContext(connection) as requetes:
        bilan = prevoir_droits(
            chemin=chemin, maintenant=maintenant(), suivi=lambda faites, total: pas.append((faites, total)), montrer=rien
        )
    assert (bilan.lues, bilan.organisations, bilan.a_creer, bilan.refus) == (6_000, 501, 6_000, [])
    assert [total for _, total in pas] == [6_000] * len(pas)
    assert pas[-1] == (6_000, 6_000)
    assert max(b - a for a, b in pairwise([0, *(faites for faites, _ in pas)])) < LIGNES_D_UN_COUP + 20
    assert len(requetes) <= 7 * len(pas)
    assert len(pas) <= 4
    assert DroitAccorde.objects.count() == OrganisationPreparee.objects.tous("essai").count() == 0
