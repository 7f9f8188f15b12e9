"""The running product, a NIR and an IBAN planted through its pages: everything it answers, writes and keeps is searched."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from psycopg import sql

from jalon.config.embarque import Grappe, dossier_binaires
from tests.canaris.parcours import BELLERIVE, EN_GROUPES, INSTITUT, UUID, Scene, couper_la_base, jouer, visiter_tout
from tests.canaris.recherche import IBAN, NIR, fouiller, trouver
from tests.canaris.visiteur import Echange
from tests.coquille.conftest import Folder, environnement_de

pytestmark = pytest.mark.nuit


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The path played, everything visited; the product still runs."""
    var = tmp_path_factory.mktemp("canaris") / "var"
    folder = Folder(var, environnement_de(var))
    with folder.demonstration(var.parent / "demo.log", delai=300) as (_, port):
        jouee = Scene(folder, port)
        _sans_compression(jouee.grappe)
        jouee.entrer()
        jouee.fichier = jouer(jouee)
        couper_la_base(jouee)
        visiter_tout(jouee)
        yield jouee


def _sans_compression(grappe: Grappe) -> None:
    """Long values stay as they are in the files of the database, so that searching its bytes means something."""
    with psycopg.connect(grappe.url("postgres", "jalon")) as connexion:
        colonnes = connexion.execute(
            "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped"
            " AND a.attstorage = 'x'"
        ).fetchall()
        for table, colonne in colonnes:
            changement = sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET STORAGE EXTERNAL")
            connexion.execute(changement.format(sql.Identifier(table), sql.Identifier(colonne)))


ALINE, LOUISE, DRISS = "aline@bellerive.example", "louise@bellerive.example", "driss@institut-table.example"
INES, JEANNE = "ines@opco.example", "jeanne@opco.example"
PERMIS = (
    ("NIR", {ALINE, LOUISE}, f"/e/{BELLERIVE}/dossiers/{UUID}/saisie/stagiaires/.*"),
    ("IBAN", {DRISS}, f"POST /e/{INSTITUT}/coordonnees-bancaires/ajouter/.*"),
    ("IBAN", {ALINE}, f"POST /e/{BELLERIVE}/coordonnees-bancaires/ajouter/.*"),
    ("IBAN", {DRISS}, f"POST /e/{INSTITUT}/coordonnees-bancaires/{UUID}/afficher/"),
    ("IBAN", {INES, JEANNE}, f"POST /opco/virements/{UUID}/fichier/"),
)
"""Where a planted value may come back, and to whom: the section where it is typed, to those who type there; the account that was
refused, or could not be kept, to who types it again; the account shown against a reason; the file for the bank."""


def permis(canari: str, echange: Echange) -> int | None:
    """Rank of the line that allows it."""
    ou = (f"{echange.methode} {echange.adresse}", echange.adresse)
    for rang, (nom, gens, motif) in enumerate(PERMIS):
        if nom == canari and echange.qui in gens and any(re.fullmatch(motif, texte) for texte in ou):
            return rang
    return None


def test_aucune_reponse_ne_porte_un_nir_ou_un_iban_hors_de_la_liste(scene: Scene) -> None:
    vues = [(permis(canari, echange), canari, echange) for echange in scene.echanges for canari in echange.fuites()]
    assert [f"{canari} {e.qui} {e.methode} {e.adresse} ({e.statut})" for rang, canari, e in vues if rang is None] == []
    assert {rang for rang, *_ in vues} == set(range(len(PERMIS))), "une ligne de la liste ne sert plus"
    assert trouver(scene.fichier) == {"IBAN"}
    assert min(Counter(echange.qui for echange in scene.echanges).values()) > 200
    genres = Counter(dict(echange.entetes).get("content-type", "").partition(";")[0] for echange in scene.echanges)
    assert {"text/html", "application/pdf", "application/json", "application/xml"} <= set(genres), genres
    assert {echange.adresse for echange in scene.echanges if echange.statut >= 500 and echange.statut != 503} == set()


def test_rien_de_ce_que_le_produit_garde_ou_trace_ne_porte_un_nir_ou_un_iban(scene: Scene) -> None:
    """Logs, e-mails, documents, database (its dump, its raw files, its log of writes); then the search is seen to go red."""
    tout = scene.folder.dossier.parent
    _ecrire_sur_le_disque(scene.grappe)
    assert fouiller(tout) == {}
    contenu = _contenu(scene.grappe)
    for table in ("django_session", "cache_commun", "procrastinate_jobs", "journal_evenement", "courriers_courriel"):
        assert f"COPY public.{table} ".encode() in contenu
    assert trouver(contenu) == set()
    requetes = scene.grappe.journal.read_text()
    for ecriture in ('STATEMENT:  UPDATE "dossiers_dossier"', 'STATEMENT:  INSERT INTO "banque_coordonneesbancaires"'):
        assert ecriture in requetes, "PostgreSQL cite la requête coupée, et rien n’y est en clair"
    assert len(list(scene.courriels.glob("*.eml"))) > 20
    _verifier_que_la_recherche_rougit(scene)


def _verifier_que_la_recherche_rougit(scene: Scene) -> None:
    """Plant what a leak would leave; each place is named."""
    tout = scene.folder.dossier.parent
    (scene.folder.dossier / "demo" / "temoin.log").write_text(f"refus pour {NIR.valeur[:13]}\n")
    (scene.courriels / "temoin.eml").write_bytes(b"Subject: x\n\nVotre compte " + EN_GROUPES["IBAN"].encode())
    with psycopg.connect(scene.grappe.url("postgres", "jalon")) as connexion:
        connexion.execute("CREATE TABLE temoin (texte text)")
        connexion.execute("INSERT INTO temoin VALUES (%s)", [f"NIR {EN_GROUPES['NIR']}"])
        seance = SessionStore().encode({"brouillon": IBAN.valeur, "suite": "x" * 500})
        connexion.execute("INSERT INTO temoin VALUES (%s)", [seance])
    assert trouver(_contenu(scene.grappe)) == {"NIR", "IBAN"}
    _ecrire_sur_le_disque(scene.grappe)
    rouges = fouiller(tout)
    assert rouges.pop("var/demo/temoin.log") == {"NIR"}
    assert rouges.pop("var/courriels/temoin.eml") == {"IBAN"}
    assert {re.sub(r"donnees/(\w+)/.*", r"\1", fichier) for fichier in rouges} == {"var/postgresql/base", "var/postgresql/pg_wal"}
    with psycopg.connect(scene.grappe.url("postgres", "jalon")) as connexion:
        connexion.execute("DROP TABLE temoin")


def _ecrire_sur_le_disque(grappe: Grappe) -> None:
    with psycopg.connect(grappe.url("postgres", "jalon"), autocommit=True) as connexion:
        connexion.execute("CHECKPOINT")


def _contenu(grappe: Grappe) -> bytes:
    """The whole database as text, by the tool of the embedded PostgreSQL."""
    commande = [str(dossier_binaires() / "pg_dump"), "-h", str(grappe.prise), "-U", "postgres", "jalon"]
    return subprocess.run(commande, check=True, capture_output=True, timeout=120).stdout
