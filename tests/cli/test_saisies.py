"""Bad input on the command line: every option and argument of every command, one French line, exit code 2."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from jalon import cli
from tests.cli.outils import Executer, refus

FAUTES: list[tuple[str, str, str]] = [
    ("", "demmo", "La commande «\u00a0demmo\u00a0» n’existe pas."),
    ("demo port", "demo --port 70000", "--port\u00a0: 70000 doit être compris entre 1 et 65535."),
    ("serve hote", "serve --hote 203.0.113.77 --port 8765", "Impossible d’écouter sur 203.0.113.77"),
    ("serve port", "serve --port x", "--port\u00a0: «\u00a0x\u00a0» n’est pas un nombre entier."),
    ("serve port", "serve --port 99999", "--port\u00a0: 99999 doit être compris entre 1 et 65535."),
    ("serve port", "serve --port", "L’option --port attend une valeur."),
    ("serve processus", "serve --processus 0", "--processus\u00a0: 0 doit être compris entre 1 et 64."),
    ("serve fils", "serve --fils deux", "--fils\u00a0: «\u00a0deux\u00a0» n’est pas un nombre entier."),
    ("serve", "serve --prot 1", "L’option --prot n’existe pas. Vouliez-vous dire --port"),
    ("serve", "serve a", "Trop d’arguments\u00a0: a."),
    ("worker simultanes", "worker --simultanes 0", "--simultanes\u00a0: 0 doit être compris entre 1 et 64."),
    ("preparer-base administration", "preparer-base --administration n’importe", "--administration ne se lit pas"),
    ("horloge avance", "horloge", "Indiquez AVANCE."),
    ("horloge avance", "horloge 72", "Écrivez l’avance sous la forme +72h, +90m ou +10j."),
    ("horloge avance", "horloge +72x", "Écrivez l’avance sous la forme +72h, +90m ou +10j."),
    ("horloge avance", "horloge +99999j", "L’horloge avance de dix ans au plus à la fois."),
    ("importer", "importer rien", "La commande «\u00a0rien\u00a0» n’existe pas."),
    ("importer adherents fichier", "importer adherents", "Indiquez FICHIER."),
    ("importer adherents fichier", "importer adherents absent.csv", "Le fichier absent.csv n’existe pas."),
    (
        "importer portefeuilles fichier",
        "importer portefeuilles .",
        ". est un dossier\u00a0: indiquez un fichier CSV.",
    ),
    ("importer sirene", "importer sirene", "Indiquez --unites-legales, --etablissements, ou les deux."),
    ("importer sirene unites_legales", "importer sirene --unites-legales absent.csv", "Le fichier absent.csv n’existe pas."),
    (
        "importer sirene etablissements",
        "importer sirene --etablissements .",
        ". est un dossier\u00a0: indiquez un fichier CSV ou zip.",
    ),
    ("importer sirene tranche", "importer sirene --tranche 0", "--tranche\u00a0: 0 doit être compris entre 1 et 512."),
    ("cle-api creer siren", "cle-api creer 12 --nom x --profil adherent", "Le SIREN comporte 9 chiffres, il en manque 7"),
    ("cle-api creer nom", "cle-api creer 123456782 --profil adherent", "Indiquez --nom."),
    (
        "cle-api creer nom",
        f"cle-api creer 123456782 --nom {'x' * 81} --profil adherent",
        "Donnez à la clé un nom de 80\u00a0signes au plus",
    ),
    ("cle-api creer profil", "cle-api creer 1 --nom x --profil client", "--profil\u00a0: «\u00a0client\u00a0» ne convient pas."),
    (
        "cle-api creer droits",
        "cle-api creer 1 --nom x --profil adherent --droit acces:4",
        "--droit\u00a0: «\u00a0acces:4\u00a0» ne convient pas.",
    ),
    (
        "cle-api creer sirets",
        "cle-api creer 123456782 --nom x --profil adherent --siret 12",
        "Le SIRET comporte 14 chiffres, il en manque 12",
    ),
    (
        "cle-api creer adresses",
        "cle-api creer 123456782 --nom x --profil adherent --adresse ici",
        "«\u00a0ici\u00a0» n’est pas une adresse IP.",
    ),
    (
        "cle-api creer jusqu_au",
        "cle-api creer 123456782 --nom x --profil adherent --jusqu-au hier",
        "Écrivez la date",
    ),
    ("importer pro-a fichier", "importer pro-a absent.csv", "Le fichier absent.csv n’existe pas."),
    ("importer cles fichier", "importer cles absent.csv", "Le fichier absent.csv n’existe pas."),
    ("importer cles profil", "importer cles x --profil client", "--profil\u00a0: «\u00a0client\u00a0» ne convient pas."),
    ("importer droits fichier", "importer droits absent.csv", "Le fichier absent.csv n’existe pas."),
    ("importer droits", "importer droits x.csv --preparer", "Indiquez --auteur, la personne de l’OPCO qui répond du fichier."),
    ("importer droits auteur", "importer droits x.csv --preparer --auteur paul", "Écrivez l’adresse électronique en entier"),
    (
        "importer droits auteur",
        "importer droits x.csv --preparer --auteur a@b.test",
        "L’auteur doit être une personne de l’OPCO dont le rôle permet les décisions à deux.",
    ),
    *(
        faute
        for nom in ("npec", "rncp", "uai", "organismes", "siro")
        for faute in (
            (
                f"importer {nom} fichier",
                f"importer {nom} absent",
                "Le fichier absent ne peut pas être importé\u00a0: il n’existe pas.",
            ),
            (f"importer {nom} edition", f"importer {nom} x --edition hier", "--edition\u00a0: Écrivez la date sous la forme"),
        )
    ),
    (
        "importer npec applicable_du",
        "importer npec x --applicable-du 31/02/2020",
        "--applicable-du\u00a0: Cette date n’existe pas",
    ),
    ("piege poser nombre", "piege poser --nombre 0", "--nombre\u00a0: 0 doit être compris entre 1 et 100."),
    ("piege retirer numero", "piege retirer 12", "Aucun piège"),
    ("cle-api revoquer motif", "cle-api revoquer 01a221a4-1629-7287-a6a0-b572e667e613", "Indiquez --motif."),
    ("cle-api lister siren", "cle-api lister --siren 12", "Le SIREN comporte 9 chiffres, il en manque 7"),
    ("cle-api revoquer cle_id", "cle-api revoquer abc", "IDENTIFIANT\u00a0: «\u00a0abc\u00a0» n’est pas un identifiant."),
    ("compte-opco adresse", "compte-opco paul --prenom A --nom B --role aef", "Écrivez l’adresse électronique en entier"),
    ("compte-opco prenom", "compte-opco a@b.test --nom B --role aef", "Indiquez --prenom."),
    ("compte-opco nom", "compte-opco a@b.test --prenom A --role aef", "Indiquez --nom."),
    ("compte-opco role", "compte-opco a@b.test --prenom A --nom B", "Indiquez --role. Choisissez parmi aef, "),
    ("compte-opco noms", "compte-opco a@b.test --prenom A --nom B --role aef --portefeuille X", "Portefeuille inconnu\u00a0: X."),
    ("banc", "banc rien", "La commande «\u00a0rien\u00a0» n’existe pas."),
    ("banc dossiers nombres", "banc dossiers --nombre 10", "--nombre\u00a0: 10 doit être compris entre 500 et 10000000."),
    ("banc dossiers base", "banc dossiers --base n’importe", "--base ne se lit pas"),
    ("banc dossiers tours", "banc dossiers --tours 0", "--tours\u00a0: 0 doit être compris entre 1 et 10."),
    ("banc import-sirene lignes", "banc import-sirene --lignes 1", "--lignes\u00a0: 1 doit être d’au moins 1000."),
    ("banc saisie fois", "banc saisie --fois 0", "--fois\u00a0: 0 doit être compris entre 20 et 5000."),
    ("banc stagiaires fois", "banc stagiaires --fois 0", "--fois\u00a0: 0 doit être compris entre 20 et 500."),
    ("banc stagiaires nombre", "banc stagiaires --nombre 1", "--nombre\u00a0: 1 doit être compris entre 21 et 2000."),
    ("banc export lignes", "banc export --lignes 10", "--lignes\u00a0: 10 doit être compris entre 1000 et 1048575."),
    ("banc export comparees", "banc export --xlsxwriter -1", "--xlsxwriter\u00a0: -1 doit être compris entre 0 et 1048575."),
    ("banc contrats nombre", "banc contrats --nombre 10", "--nombre\u00a0: 10 doit être compris entre 100 et 100000."),
    *(
        faute
        for nom in ("controler", "estimer")
        for faute in (
            (f"contrat {nom} fichier", f"contrat {nom} absent.json", "FICHIER\u00a0: «\u00a0absent.json\u00a0» n’existe pas."),
            (f"contrat {nom} le", f"contrat {nom} - --le hier", "--le\u00a0: «\u00a0hier\u00a0» n’est pas une date AAAA-MM-JJ."),
        )
    ),
    ("contrat estimer npec", "contrat estimer - --npec x", "--npec\u00a0: «\u00a0x\u00a0» n’est pas un montant"),
    ("banc npec lignes", "banc npec --lignes 1", "--lignes\u00a0: 1 doit être d’au moins 1000."),
    ("django arguments", "django", "Indiquez une commande de Django"),
    ("django arguments", "django faire-le-café", "La commande de Django «\u00a0faire-le-café\u00a0» n’existe pas."),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("ligne", "attendu"), [(ligne, attendu) for _, ligne, attendu in FAUTES])
def test_une_faute_donne_une_ligne_en_francais(
    ligne: str, attendu: str, jalon: Executer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refus(jalon(*ligne.split())).startswith(attendu)


def _feuilles(groupe: click.Group, chemin: str = "") -> Iterator[tuple[str, click.Command]]:
    with click.Context(groupe) as contexte:
        for nom in groupe.list_commands(contexte):
            commande = groupe.get_command(contexte, nom)
            assert commande is not None
            ici = f"{chemin} {nom}".strip()
            if isinstance(commande, click.Group):
                yield from _feuilles(commande, ici)
            else:
                yield ici, commande


def test_chaque_option_et_chaque_argument_ont_leur_faute() -> None:
    demandes = {
        f"{chemin} {parametre.name}"
        for chemin, commande in _feuilles(cli.groupe)
        for parametre in commande.params
        if not getattr(parametre, "is_flag", False)
    }
    assert demandes <= {cle for cle, _, _ in FAUTES}


def test_chaque_page_d_aide_est_entiere(jalon: Executer) -> None:
    for chemin, commande in _feuilles(cli.groupe):
        code, aide, _ = jalon(*chemin.split(), "--help")
        assert code == 0
        assert "..." not in aide, chemin
        for option in (p for p in commande.params if isinstance(p, click.Option)):
            assert option.help, f"{chemin} {option.name}"
