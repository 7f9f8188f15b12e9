"""Every command: help without anything, and one clear French line with exit code 2 for every mistake."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import click
import psycopg
import pytest
from django.db import OperationalError, connection
from pytest_django import Settings

from jalon import cli
from jalon.cli import francais, pannes, worker
from jalon.comptes.models import Personne
from jalon.config.embarque import GrappeImpossible
from jalon.demo.horloge import decalage
from jalon.habilitations.models import CleApi, RoleOpco
from jalon.organisations.models import Organisation, Portefeuille
from jalon.socle.acteurs import Profil
from jalon.socle.dates import fin_du_jour, formater_date
from jalon.socle.horloge import aujourdhui
from tests.base_de_tests import GRAPPE, MODELE
from tests.cli.outils import ANGLAIS, Executer, refus
from tests.coquille.conftest import environnement_de
from tests.dossiers.test_reprise import LIGNE, NIR, ecrire


def _nu(*arguments: str, **environnement: str) -> "subprocess.CompletedProcess[str]":
    """In a shell that knows nothing of us."""
    propre = {nom: v for nom, v in os.environ.items() if not nom.startswith(("JALON_", "DATABASE", "SECRET", "DJANGO"))}
    return subprocess.run(
        [sys.executable, "-m", "jalon.cli", *arguments],
        env={**propre, "JALON_VAR": "/nulle/part", **environnement},
        capture_output=True,
        text=True,
        check=False,
    )


def test_l_aide_ne_demande_rien_et_liste_les_commandes() -> None:
    resultat = _nu("--help")
    assert resultat.returncode == 0, resultat.stderr
    for commande in cli.COMMANDES:
        assert f"  {commande}" in resultat.stdout
    assert not ANGLAIS.search(resultat.stdout)


def test_l_aide_ne_charge_pas_django() -> None:
    code = "import sys, jalon.cli; sys.exit(any(m == 'django' or m.startswith('django.') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("commande", [c for c in cli.COMMANDES if c != "django"])
def test_chaque_commande_annoncee_existe_et_a_son_aide_en_francais(commande: str, jalon: Executer) -> None:
    code, aide, _ = jalon(commande, "--help")
    assert code == 0
    assert aide.startswith(f"Usage\u00a0: jalon {commande}")
    assert "Affiche cette aide." in aide
    assert not ANGLAIS.search(aide)


def test_sans_commande_l_aide_s_affiche(jalon: Executer) -> None:
    code, _, erreur = jalon()
    assert code == 2
    assert erreur.startswith("Usage")


@pytest.mark.parametrize(
    ("environnement", "attendu"),
    [
        ({}, "Indiquez la variable d’environnement SECRET_KEY"),
        ({"SECRET_KEY": "x"}, "Indiquez la variable d’environnement JALON_CLES"),
        ({"SECRET_KEY": "x", "JALON_CLES": "x"}, "Indiquez la variable d’environnement JALON_CLE_EMPREINTES"),
    ],
)
def test_une_variable_qui_manque_est_nommee(environnement: dict[str, str], attendu: str) -> None:
    for commande in ("verifier", "serve"):
        resultat = _nu(commande, **environnement)
        assert refus((resultat.returncode, resultat.stdout, resultat.stderr)).startswith(attendu)


COMPLET = {"SECRET_KEY": "x", "JALON_CLES": "x", "JALON_CLE_EMPREINTES": "x"}


@pytest.mark.parametrize(
    ("environnement", "attendu"),
    [
        ({"DATABASE_URL": "n’importe"}, "DATABASE_URL ne se lit pas"),
        ({"JALON_URL": "mon-espace.fr"}, "JALON_URL est l’adresse publique"),
        ({"JALON_URL": "https://mon-espace.fr:port"}, "JALON_URL est l’adresse publique"),
        ({"JALON_URL": "https://mon-espace.fr/ici"}, "JALON_URL est l’adresse publique"),
        ({"SMTP_URL": "courriel.fr:25"}, "SMTP_URL s’écrit"),
        ({"JALON_EXPORTS_ESPACE": "1000/2000"}, "JALON_EXPORTS_ESPACE s’écrit personne/ensemble/annonce"),
        ({"JALON_MANDATAIRES": "deux"}, "JALON_MANDATAIRES est un nombre entier"),
        ({"JALON_CONSERVATION_MESSAGES": "un an"}, "JALON_CONSERVATION_MESSAGES est un nombre de mois, de 1 à 120"),
        ({"JALON_CONSERVATION_SALARIES": "0"}, "JALON_CONSERVATION_SALARIES est un nombre de mois, de 1 à 120"),
        ({"JALON_CONSERVATION_MESSAGES": "0"}, "JALON_CONSERVATION_MESSAGES est un nombre de mois, de 1 à 120"),
        ({"JALON_ANCIENNES_CLES": "0"}, "JALON_ANCIENNES_CLES est un nombre de mois, de 1 à 120"),
        ({"JALON_PREFIXE_CLES": "Jalon"}, "JALON_PREFIXE_CLES commence les clés d’API"),
        ({"JALON_CONSERVATION_COURRIELS": "121"}, "JALON_CONSERVATION_COURRIELS est un nombre de mois, de 1 à 120"),
        ({"JALON_DEMO": "1", "JALON_URL": "https://mon-espace.fr"}, "JALON_DEMO=1 ne s’utilise que sur une adresse locale"),
        ({"DATABASE_URL": "postgresql://u@127.0.0.1:1/b"}, "La base de données ne répond pas ou refuse"),
    ],
)
def test_un_reglage_illisible_est_explique(environnement: dict[str, str], attendu: str) -> None:
    resultat = _nu("importer", "referentiels", **COMPLET, **environnement)
    assert refus((resultat.returncode, resultat.stdout, resultat.stderr)).startswith(attendu)


@pytest.mark.parametrize("commande", [c for c in cli.COMMANDES if c != "django"])
def test_l_aide_d_une_commande_ne_demande_ni_base_ni_secret(commande: str) -> None:
    resultat = _nu(commande, "--help")
    assert resultat.returncode == 0, resultat.stderr
    assert resultat.stdout.startswith(f"Usage\u00a0: jalon {commande}")
    assert not ANGLAIS.search(resultat.stdout)


def test_l_horloge_d_une_vraie_installation_ne_bouge_pas() -> None:
    resultat = _nu("horloge", "+1h", **COMPLET)
    assert refus((resultat.returncode, resultat.stdout, resultat.stderr)).startswith("L’horloge ne se règle qu’en démonstration")


def test_l_aide_des_commandes_de_django_est_la_notre(jalon: Executer) -> None:
    code, aide, _ = jalon("django", "--help")
    assert code == 0
    assert "jalon django COMMANDE [ARGUMENTS]…" in aide.replace("[OPTIONS] ", "")
    assert jalon("django", "check")[0] == 0


@pytest.mark.parametrize(
    ("administration", "url", "attendu"),
    [
        ("", "postgresql://u@127.0.0.1:1/b", "DATABASE_URL_PROPRIETAIRE ne permet pas de se connecter"),
        ("postgresql://u@127.0.0.1:1/b", "postgresql://u@127.0.0.1:1/b", "--administration ne permet pas de se connecter"),
    ],
)
def test_preparer_une_base_injoignable_est_dit(administration: str, url: str, attendu: str) -> None:
    options = ("--administration", administration) if administration else ()
    resultat = _nu("preparer-base", *options, **COMPLET, DATABASE_URL=url)
    assert refus((resultat.returncode, resultat.stdout, resultat.stderr)).startswith(attendu)
    sans = _nu("preparer-base", **COMPLET)
    assert refus((sans.returncode, sans.stdout, sans.stderr)).startswith("Indiquez DATABASE_URL")


def test_preparer_base_cree_roles_secrets_et_base_puis_se_relance_sans_rien_changer() -> None:
    nom = f"preparee_{os.getpid()}"
    prise = GRAPPE.prise
    urls = {
        "DATABASE_URL": f"postgresql://essai_app:secret-app@/{nom}?host={prise}",
        "DATABASE_URL_PROPRIETAIRE": f"postgresql://essai_proprietaire:secret%21@/{nom}?host={prise}",
    }
    try:
        for _ in range(2):
            resultat = _nu("preparer-base", "--administration", GRAPPE.url("postgres", "postgres"), **COMPLET, **urls)
            assert resultat.returncode == 0, resultat.stderr
            assert resultat.stdout == "La base est prête.\n"
        with psycopg.connect(GRAPPE.url("postgres", "postgres")) as connexion:
            secrets = connexion.execute("SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'essai\\_%'").fetchall()
        assert [s[0][:14] for s in secrets] == ["SCRAM-SHA-256$"] * 2
        with psycopg.connect(urls["DATABASE_URL"]) as connexion:
            assert connexion.execute("SELECT has_table_privilege('journal_evenement', 'UPDATE')").fetchone() == (False,)
            assert connexion.execute("SELECT has_table_privilege('comptes_personne', 'UPDATE')").fetchone() == (True,)
            assert connexion.execute("SELECT has_schema_privilege('public', 'CREATE')").fetchone() == (False,)
    finally:
        with psycopg.connect(GRAPPE.url("postgres", "postgres"), autocommit=True) as connexion:
            connexion.execute(f"DROP DATABASE IF EXISTS {nom} WITH (FORCE)".encode())
            for role in ("essai_app", "essai_proprietaire"):
                connexion.execute(f"DROP ROLE IF EXISTS {role}".encode())


def test_servir_sur_un_port_occupe_est_dit(jalon: Executer) -> None:
    import socket

    with socket.socket() as occupant:
        occupant.bind(("127.0.0.1", 0))
        occupant.listen()
        phrase = refus(jalon("serve", "--port", str(occupant.getsockname()[1])))
    assert "Choisissez --hote ou --port." in phrase
    assert refus(jalon("serve", "--hote", "203.0.113.77", "--port", "8765")).startswith("Impossible d’écouter sur 203.0.113.77")


def test_servir_lance_granian_avec_la_reserve_de_connexions(jalon: Executer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_PROCESSUS", "")
    herites: list[str] = []

    def partir(*_: object) -> None:
        herites.append(os.environ["JALON_PROCESSUS"])
        raise SystemExit(0)

    with patch("os.execv", side_effect=partir) as execv:
        jalon("serve", "--port", "8765", "--hote", "::1", "--processus", "3", "--fils", "5")
    arguments = execv.call_args.args[1]
    assert arguments[1:3] == ["-m", "granian"]
    assert " ".join(arguments[3:]).startswith("--interface wsgi --host ::1 --port 8765 --workers 3 --blocking-threads 5")
    assert herites == ["web"]


@pytest.mark.parametrize(
    ("erreur", "attendu"),
    [
        (
            OperationalError("connection refused\nIs the server running?"),
            "La base de données ne répond pas ou refuse\u00a0: connection refused",
        ),
        (psycopg.OperationalError(""), "La base de données ne répond pas ou refuse\u00a0: OperationalError"),
        (GrappeImpossible("La base n’a pas pu être créée."), "La base n’a pas pu être créée."),
        (
            PermissionError(13, "Permission non accordée", "/var/x"),
            "«\u00a0/var/x\u00a0» n’est pas accessible\u00a0: Permission non accordée.",
        ),
    ],
)
def test_une_panne_de_l_exterieur_tient_en_une_ligne(erreur: Exception, attendu: str, jalon: Executer) -> None:
    with patch.object(cli.groupe, "main", side_effect=erreur):
        assert refus(jalon()) == attendu


def test_une_base_sans_tables_dit_quoi_lancer() -> None:
    vide = f"vide_{os.getpid()}"
    with psycopg.connect(GRAPPE.url("postgres", "postgres"), autocommit=True) as connexion:
        connexion.execute(f"CREATE DATABASE {vide}".encode())
    try:
        resultat = _nu("cle-api", "lister", **COMPLET, DATABASE_URL=GRAPPE.url("jalon_app", vide))
        assert "jalon preparer-base" in refus((resultat.returncode, resultat.stdout, resultat.stderr))
    finally:
        with psycopg.connect(GRAPPE.url("postgres", "postgres"), autocommit=True) as connexion:
            connexion.execute(f"DROP DATABASE {vide} WITH (FORCE)".encode())


def test_une_erreur_de_nous_donne_sa_trace_masquee(jalon: Executer) -> None:
    with patch.object(cli.groupe, "main", side_effect=RuntimeError("NIR 185067511234562")):
        code, _, erreur = jalon()
    assert code == 2
    assert "Traceback" in erreur
    assert "185067511234562" not in erreur
    assert erreur.strip().endswith("Erreur imprévue de Jalon\u00a0: transmettez les lignes ci-dessus.")


@pytest.mark.parametrize("arret", [KeyboardInterrupt(), click.Abort()])
def test_une_interruption_se_dit_en_un_mot(arret: BaseException, jalon: Executer) -> None:
    with patch.object(cli.groupe, "main", side_effect=arret):
        assert jalon() == (130, "", "Interrompu.\n")


@pytest.mark.parametrize(
    ("erreur", "phrase"),
    [
        (
            click.BadParameter("'oui?' is not a valid boolean."),
            "«\u00a0oui?\u00a0» ne se lit pas\u00a0: répondez par oui ou par non.",
        ),
        (
            click.BadParameter("File 'x.csv' does not exist.", param_hint="FICHIER"),
            "FICHIER\u00a0: «\u00a0x.csv\u00a0» n’existe pas.",
        ),
        (click.BadParameter("File 'd' is a directory."), "«\u00a0d\u00a0» est un dossier, indiquez un fichier."),
        (click.BadParameter("Path 'd' is not writable."), "«\u00a0d\u00a0» n’est pas accessible."),
        (click.FileError("x", "absent"), "«\u00a0x\u00a0» ne s’ouvre pas\u00a0: absent"),
        (click.UsageError("Missing command."), "Indiquez une commande."),
        (click.UsageError("Option '--x' does not take a value."), "L’option --x ne prend pas de valeur."),
        (click.UsageError("Une phrase à nous."), "Une phrase à nous."),
    ],
)
def test_ce_que_dit_click_se_lit_en_francais(erreur: click.ClickException, phrase: str) -> None:
    assert francais.phrase(erreur) == phrase


def test_une_erreur_inconnue_n_a_pas_de_phrase() -> None:
    assert pannes.phrase(RuntimeError("x")) is None


@pytest.mark.django_db
def test_l_horloge_avance_rapproche_les_travaux_et_declenche_les_periodiques(jalon: Executer) -> None:
    code, sortie, erreur = jalon("horloge", "+90m")
    assert (code, erreur) == (0, "")
    assert sortie.startswith("L’horloge avance de 1\u00a0h 30\u00a0min. Il est ")
    assert decalage() == timedelta(minutes=90)
    jalon("horloge", "+10j")
    assert decalage() == timedelta(days=10, minutes=90)
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'socle.purger_travaux'")
        assert curseur.fetchone() == (1,)


@pytest.mark.django_db
def test_l_horloge_ne_bouge_qu_en_demonstration(jalon: Executer, settings: Settings) -> None:
    settings.JALON_DEMO = False
    assert refus(jalon("horloge", "+72h")).startswith("L’horloge ne se règle qu’en démonstration")


@pytest.mark.django_db
def test_une_cle_d_api_se_cree_se_liste_et_se_revoque(jalon: Executer) -> None:
    code, secret, avis = jalon("cle-api", "creer", "123 456 782", "--nom", "Paie", "--profil", Profil.ADHERENT.value)
    assert code == 0
    assert secret.startswith("jalon_")
    assert "ne sera plus jamais affichée" in avis
    cle = CleApi.objects.tous("essai").get()
    _, liste, _ = jalon("cle-api", "lister", "--siren", "123456782")
    assert str(cle.id) in liste
    assert "valable jusqu’au" in liste
    assert secret.strip() not in liste
    assert jalon("cle-api", "lister", "--siren", "356000000")[1] == ""
    coupees = CleApi.objects.tous("essai").filter(id=cle.id)
    coupees.update(suspendue_le=cle.creee_le)
    assert "coupée par l’OPCO le" in jalon("cle-api", "lister")[1]
    coupees.update(suspendue_le=None)
    assert refus(jalon("cle-api", "revoquer", str(cle.id))) == "Indiquez --motif."
    revoquer = ("cle-api", "revoquer", str(cle.id), "--motif", "Logiciel remplacé")
    assert jalon(*revoquer)[0] == 0
    assert "révoquée le" in jalon("cle-api", "lister")[1]
    assert refus(jalon(*revoquer)) == "Cette clé est déjà révoquée."
    assert refus(jalon("cle-api", "creer", "123456789", "--nom", "x", "--profil", "adherent")).startswith("Ce SIREN n’existe pas")


@pytest.mark.django_db
def test_une_cle_d_api_recoit_droits_etablissements_adresses_et_fin(jalon: Executer) -> None:
    base = ("cle-api", "creer", "123456782", "--nom", "Paie", "--profil", "adherent")
    fin = formater_date(aujourdhui())
    assert (
        jalon(*base, "--droit", "factures:3", "--siret", "123 456 782 00010", "--adresse", "203.0.113.7", "--jusqu-au", fin)[0]
        == 0
    )
    cle = CleApi.objects.tous("essai").get()
    assert (cle.droits, cle.sirets, cle.adresses) == (["factures:3"], ["12345678200010"], ["203.0.113.7"])
    assert cle.expire_le == fin_du_jour(aujourdhui())
    for trop in ("acces:4", "rib:4", "exports:1"):
        refus(jalon(*base, "--droit", trop))
    assert refus(jalon(*base, "--jusqu-au", "01/01/2099")).startswith("Une clé dure 12\u00a0mois au plus")
    assert refus(jalon(*base, "--adresse", "ici")).startswith("«\u00a0ici\u00a0» n’est pas une adresse IP")
    assert CleApi.objects.tous("essai").count() == 1


@pytest.mark.django_db
def test_les_dossiers_de_pro_a_se_reprennent_apres_un_apercu(jalon: Executer, tmp_path: Path) -> None:
    Organisation.objects.create(siren=LIGNE["entreprise.siret"][:9], denomination="HOTEL DU LAC")
    fichier = ecrire(tmp_path, {}, {"numero": "", "etat": "en cours"})
    code, apercu, refusees = jalon("importer", "pro-a", str(fichier))
    assert (code, "2 lus, 1 à reprendre, 0 déjà là, 1 refusés" in apercu, "Rien n’est écrit" in apercu) == (0, True, True)
    assert "ligne 3\u00a0: numero" in refusees or "ligne 3 : numero" in refusees
    assert "1 repris, 0 déjà là" in jalon("importer", "pro-a", str(fichier), "--appliquer")[1]
    assert "0 repris, 1 déjà là" in jalon("importer", "pro-a", str(fichier), "--appliquer")[1]
    assert NIR not in apercu + refusees


@pytest.mark.django_db
def test_les_anciennes_cles_se_reprennent_apres_un_apercu(jalon: Executer, tmp_path: Path) -> None:
    Organisation.objects.create(siren="123456782", denomination="BELLERIVE")
    secret = "une-cle-de-l-ancien-portail"
    fichier = tmp_path / "cles.csv"
    fichier.write_text(f"cle;siren;libelle\n{secret};123456782;Ypareo\ncourte;123456782;Secret du libellé\n")
    code, apercu, refusees = jalon("importer", "cles", str(fichier))
    assert code == 0
    assert "ligne 2\u00a0: SIREN 123\u00a0456\u00a0782, prestataire, à reprendre" in apercu
    assert "2 lues, 1 à reprendre, 0 déjà là, 1 refusées" in apercu
    assert "Rien n’est écrit" in apercu
    assert "ligne 3\u00a0: une clé compte de 16" in refusees
    assert not CleApi.objects.tous("essai").exists()
    _, fait, _ = jalon("importer", "cles", str(fichier), "--appliquer")
    assert "1 reprises, 0 déjà là" in fait
    _, encore, refusees = jalon("importer", "cles", str(fichier), "--appliquer")
    assert "0 reprises, 1 déjà là" in encore
    liste = jalon("cle-api", "lister")[1]
    assert "ancienne" in liste
    for sortie in (apercu, fait, encore, refusees, liste):
        assert secret not in sortie
        assert "Secret du libellé" not in sortie
    assert refus(jalon("importer", "cles", str(tmp_path / "absent.csv"))).endswith("n’existe pas.")


@pytest.mark.django_db
def test_un_compte_de_l_opco_se_cree_avec_son_role(jalon: Executer) -> None:
    Portefeuille.objects.create(nom="Savoie")
    base = ("compte-opco", "Emma@opco.test", "--prenom", "Emma", "--nom", "Vasseur", "--role", "conseiller")
    code, sortie, erreur = jalon(*base, "--portefeuille", "Savoie")
    assert code == 0, erreur
    assert sortie == "Emma Vasseur (emma@opco.test)\u00a0: Conseil, 1 portefeuille.\n"
    emma = Personne.objects.get(email="emma@opco.test")
    assert emma.est_opco
    assert RoleOpco.objects.filter(personne=emma, role="conseiller").count() == 1
    assert refus(jalon(*base)).startswith("Cette personne a déjà le rôle")
    assert refus(jalon(*base, "--portefeuille", "Nulle part")).startswith("Portefeuille inconnu\u00a0: Nulle part.")


@pytest.mark.parametrize("banc", ["dossiers", "import-sirene", "npec"])
def test_chaque_mesure_annoncee_existe(banc: str, jalon: Executer) -> None:
    code, aide, _ = jalon("banc", banc, "--help")
    assert code == 0
    assert aide.startswith(f"Usage\u00a0: jalon banc {banc}")
    assert banc in jalon("banc", "--help")[1]


def test_la_demonstration_est_adoptee_sans_database_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fichier = tmp_path / "environnement.json"
    fichier.write_text('{"DATABASE_URL": "postgresql:///demo", "SECRET_KEY": "de-la-demo"}')
    monkeypatch.setattr(cli, "FICHIER_DEMO", fichier)
    monkeypatch.setenv("SECRET_KEY", "a-moi")
    cli.adopter_environnement_demo()
    assert MODELE in os.environ["DATABASE_URL"]
    monkeypatch.delenv("DATABASE_URL")
    cli.adopter_environnement_demo()
    assert os.environ["DATABASE_URL"] == "postgresql:///demo"
    assert os.environ["SECRET_KEY"] == "a-moi"


def test_les_signes_de_vie_sont_bien_plus_frequents_que_la_patience() -> None:
    assert worker.SECONDES_ENTRE_SIGNES * 3 < worker.SECONDES_SANS_SIGNE
    assert worker.SECONDES_SANS_SIGNE + worker.SECONDES_ENTRE_RELANCES <= 25


def test_un_environnement_neuf_ne_garde_rien_de_nous(tmp_path: Path) -> None:
    assert not {"DATABASE_URL", "SECRET_KEY"} & environnement_de(tmp_path).keys()
