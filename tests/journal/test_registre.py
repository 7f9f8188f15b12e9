"""The register of revelations: written by the application, sealed by another role, verified by anybody (exigences, P2)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from jalon.cli import sceller as commande_sceller
from jalon.cli.constats import Verdict
from jalon.cli.registre import registre
from jalon.config.environnement import ReglageManquant
from jalon.journal import chaine
from jalon.journal.actions import noter_revelation
from jalon.journal.enums import Sensible
from jalon.journal.models import BlocScelle, Revelation
from jalon.organisations.models import Portefeuille
from jalon.socle.acteurs import Domaine, Portee, Pouvoir
from jalon.veille.actions.alertes import verifier_le_registre
from jalon.veille.models import Alerte
from tests.acteurs import FauxActeur, acteur_opco
from tests.fils import ensemble

LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OBJET = Portefeuille(id=uuid4(), nom="Objet d’essai")


def _reveler(motif: str = "Contrôle du dossier", **autres: object) -> None:
    noter_revelation(
        sensible=Sensible.IBAN, par=FauxActeur(nom="Inès Essai"), portee=Portee(siren="123456782", domaine=Domaine.RIB),
        objet=OBJET, libelle="RIB de Bellerive", motif=motif, le=LE, **autres,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def sceau(base_reelle: str) -> Iterator[psycopg.Connection]:
    """A connection of the role that seals."""
    with psycopg.connect(base_reelle.replace("jalon_app@", "jalon_sceau@"), autocommit=True) as connexion:
        yield connexion


@pytest.fixture
def proprietaire(base_reelle: str) -> Iterator[psycopg.Connection]:
    """A connection of the owner, who can do anything: what is tampered with."""
    with psycopg.connect(base_reelle.replace("jalon_app@", "jalon_proprietaire@"), autocommit=True) as connexion:
        yield connexion


def _sceller(connexion: psycopg.Connection) -> int:
    with connexion.transaction(), connexion.cursor() as curseur:
        return chaine.sceller(curseur)


def _etat() -> chaine.EtatDeLaChaine:
    with connection.cursor() as curseur:
        return chaine.verifier(curseur)


def _trois_blocs(sceau: psycopg.Connection) -> None:
    for rang in range(3):
        for numero in range(2):
            _reveler(f"Motif {rang}.{numero}")
        assert _sceller(sceau) == 2


@pytest.mark.django_db
def test_une_ligne_dit_qui_quoi_pourquoi_quand_et_jamais_la_valeur() -> None:
    _reveler("Vérifier FR7630006000011234567890189 et 295071234567869")
    ligne = Revelation.objects.tous("essai").get()
    assert (ligne.acteur_libelle, ligne.objet_id, ligne.objet_libelle) == ("Inès Essai", str(OBJET.pk), "RIB de Bellerive")
    assert (ligne.le, ligne.siren, ligne.sensible) == (LE, "123456782", "iban")
    assert ligne.motif == "Vérifier [masqué] et [masqué]"
    assert ligne.inscrit_le is not None


@pytest.mark.django_db
def test_le_registre_n_est_lu_que_par_qui_traite_les_alertes() -> None:
    _reveler()
    assert Revelation.objects.visibles_par(acteur_opco(uuid4(), Pouvoir.VEILLER)).count() == 1
    assert not Revelation.objects.visibles_par(acteur_opco(uuid4(), Pouvoir.INSTRUIRE)).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("ordre", ["UPDATE {} SET motif = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["journal_revelation", "journal_evenement"])
def test_l_application_ne_modifie_ni_n_efface_une_ligne(ordre: str, table: str) -> None:
    sql = ordre.format(table).replace("motif", "motif" if table == "journal_revelation" else "code")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize("ordre", ["INSERT INTO {} (rang) VALUES (1)", "UPDATE {} SET rang = 2", "DELETE FROM {}", "TRUNCATE {}"])
def test_l_application_lit_les_sceaux_et_ne_les_ecrit_pas(ordre: str) -> None:
    assert not BlocScelle.objects.exists()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre.format("journal_blocscelle"))


INTERDITS_AU_SCEAU = (
    "INSERT INTO journal_revelation (id) VALUES (gen_random_uuid())", "UPDATE journal_revelation SET motif = ''",
    "DELETE FROM journal_revelation", "UPDATE journal_blocscelle SET nombre = 0", "DELETE FROM journal_blocscelle",
    "SELECT * FROM comptes_personne", "SELECT * FROM dossiers_dossier", "CREATE TABLE x (a int)",
)  # fmt: skip


def test_le_role_du_sceau_ne_fait_rien_d_autre(sceau: psycopg.Connection) -> None:
    for ordre in INTERDITS_AU_SCEAU:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            sceau.execute(ordre)


def test_chaque_ligne_est_scellee_une_fois(sceau: psycopg.Connection) -> None:
    assert _sceller(sceau) == 0
    _trois_blocs(sceau)
    assert _sceller(sceau) == 0
    etat = _etat()
    assert (etat.blocs, etat.lignes, etat.en_attente, etat.rupture) == (3, 6, 0, None)
    dernier = BlocScelle.objects.get(rang=3)
    assert etat.tete == dernier.empreinte
    assert (dernier.premiere, dernier.derniere, dernier.nombre) == (dernier.lignes[0], dernier.lignes[1], 2)
    assert dernier.precedente == BlocScelle.objects.get(rang=2).empreinte


def test_une_transaction_qui_finit_tard_va_dans_le_bloc_suivant(sceau: psycopg.Connection, base_reelle: str) -> None:
    """The row was written before the block, and shows after it: no watermark could be safe, so that blocks name their rows."""
    with psycopg.connect(base_reelle) as lente:
        lente.execute(_INSERER, {"id": uuid4(), "le": LE})
        _reveler("Écrite après, visible avant")
        assert _sceller(sceau) == 1
        lente.commit()
    assert _etat().en_attente == 1
    assert _sceller(sceau) == 1
    assert _etat().rupture is None


def test_deux_sceaux_a_la_fois_ne_scellent_pas_deux_fois(sceau: psycopg.Connection, base_reelle: str) -> None:
    for _ in range(20):
        _reveler()
    faits: list[int] = []

    def un_sceau() -> None:
        with psycopg.connect(base_reelle.replace("jalon_app@", "jalon_sceau@")) as connexion, connexion.cursor() as curseur:
            faits.append(chaine.sceller(curseur))

    ensemble([un_sceau] * 6)
    assert sorted(faits) == [0, 0, 0, 0, 0, 20]
    assert _etat().rupture is None


_INSERER = """
    INSERT INTO journal_revelation (id, le, sensible, acteur_libelle, objet_type, objet_id, objet_libelle, motif, siren, siret,
        prestataire_siren, domaine) VALUES (%(id)s, %(le)s, 'iban', 'Intrus', 'x', 'x', 'x', 'x', '', '', '', '')
"""
_LIGNE_DU_BLOC_2 = "(SELECT premiere FROM journal_blocscelle WHERE rang = 2)"
COLONNES = (
    "le = le + interval '1 second'", "inscrit_le = inscrit_le + interval '1 microsecond'", "sensible = 'nir'",
    "acteur_id = gen_random_uuid()", "acteur_libelle = 'Autre'", "objet_type = 'y'", "objet_id = 'y'", "objet_libelle = 'y'",
    "motif = 'y'", "siren = '1'", "siret = '1'", "prestataire_siren = '1'", "portefeuille_id = gen_random_uuid()", "domaine = 'plan'",
)  # fmt: skip


def _rupture_apres(proprietaire: psycopg.Connection, ordre: str) -> chaine.Rupture | None:
    """What a verification finds once the owner did that, which is then undone."""
    with proprietaire.transaction(force_rollback=True), proprietaire.cursor() as curseur:
        curseur.execute(ordre)  # type: ignore[arg-type]
        return chaine.verifier(curseur).rupture


def test_une_seule_valeur_changee_par_le_proprietaire_nomme_le_bloc(
    sceau: psycopg.Connection, proprietaire: psycopg.Connection
) -> None:
    _trois_blocs(sceau)
    for changement in COLONNES:
        ordre = f"UPDATE journal_revelation SET {changement} WHERE id = {_LIGNE_DU_BLOC_2}"  # noqa: S608
        rupture = _rupture_apres(proprietaire, ordre)
        assert rupture is not None, changement
        assert (rupture.rang, "changé" in rupture.raison) == (2, True), changement
    assert {c.split(" ")[0] for c in COLONNES} | {"id"} == set(chaine.COLONNES.split(", "))


_SANS_LA_LIGNE = (
    f"WITH x AS (DELETE FROM journal_revelation WHERE id = {_LIGNE_DU_BLOC_2} RETURNING id) UPDATE journal_blocscelle "  # noqa: S608
    "SET lignes = array_remove(lignes, x.id), nombre = 1, premiere = derniere FROM x WHERE rang = 2"
)
FALSIFICATIONS = {
    "ligne effacée": (f"DELETE FROM journal_revelation WHERE id = {_LIGNE_DU_BLOC_2}", 2),  # noqa: S608
    "bloc effacé": ("DELETE FROM journal_blocscelle WHERE rang = 2", 2),
    "premier bloc effacé": ("DELETE FROM journal_blocscelle WHERE rang = 1", 1),
    "empreinte changée": ("UPDATE journal_blocscelle SET empreinte = repeat('a', 64) WHERE rang = 2", 2),
    "instant changé": ("UPDATE journal_blocscelle SET scelle_le = scelle_le + interval '1 second' WHERE rang = 2", 2),
    "précédente changée": ("UPDATE journal_blocscelle SET precedente = repeat('a', 64) WHERE rang = 3", 3),
    "nombre changé": ("UPDATE journal_blocscelle SET nombre = 1 WHERE rang = 2", 2),
    "ligne et sa mention effacées": (_SANS_LA_LIGNE, 2),
}


def test_toute_falsification_de_la_chaine_est_nommee(sceau: psycopg.Connection, proprietaire: psycopg.Connection) -> None:
    _trois_blocs(sceau)
    for nom, (ordre, rang) in FALSIFICATIONS.items():
        rupture = _rupture_apres(proprietaire, ordre)
        assert rupture is not None, nom
        assert rupture.rang == rang, nom
    assert _etat().rupture is None


def test_une_ligne_glissee_apres_coup_n_entre_dans_aucun_bloc(
    sceau: psycopg.Connection, proprietaire: psycopg.Connection
) -> None:
    _trois_blocs(sceau)
    glisser = _INSERER.replace("(id, le,", "(id, inscrit_le, le,").replace(
        "(%(id)s,", "(%(id)s, clock_timestamp() - interval '20 minutes',"
    )
    proprietaire.execute(glisser, {"id": uuid4(), "le": LE})  # type: ignore[arg-type]
    assert _sceller(sceau) == 0
    rupture = _etat().rupture
    assert rupture is not None
    assert (rupture.rang, "aucun bloc" in rupture.raison) == (0, True)


def test_une_ligne_glissee_dans_un_bloc_refait_ne_suit_plus(sceau: psycopg.Connection, proprietaire: psycopg.Connection) -> None:
    """The owner writes a false row and seals it in a false block 4, computed by the book: it is too old to be there."""
    _trois_blocs(sceau)
    identifiant = uuid4()
    glisser = _INSERER.replace("(id, le,", "(id, inscrit_le, le,").replace(
        "(%(id)s,", "(%(id)s, clock_timestamp() - interval '20 minutes',"
    )
    proprietaire.execute(glisser, {"id": identifiant, "le": LE})  # type: ignore[arg-type]
    lignes = proprietaire.execute(f"SELECT {chaine.COLONNES} FROM journal_revelation WHERE id = %s", [identifiant]).fetchall()  # type: ignore[arg-type]  # noqa: S608
    le, tete = datetime.now(UTC), _etat().tete
    proprietaire.execute(
        "INSERT INTO journal_blocscelle VALUES (4, %s, %s, %s, 1, %s, %s, %s)",
        [le, identifiant, identifiant, [identifiant], tete, chaine.empreinte(4, le, tete, lignes)],
    )
    rupture = _etat().rupture
    assert rupture is not None
    assert (rupture.rang, "glissée" in rupture.raison) == (4, True)


def test_la_commande_de_verification_suit_la_chaine(sceau: psycopg.Connection, proprietaire: psycopg.Connection) -> None:
    def verdicts() -> dict[str, Verdict]:
        return {constat.sujet: constat.verdict for constat in registre()}

    bons = {"Registre des consultations": Verdict.BON, "Sceaux": Verdict.BON, "Scellement": Verdict.BON}
    assert verdicts() == bons
    _trois_blocs(sceau)
    _reveler()
    assert verdicts() == bons
    proprietaire.execute("UPDATE journal_revelation SET inscrit_le = inscrit_le - interval '6 minutes'")
    assert verdicts()["Scellement"] == Verdict.MAUVAIS
    assert verdicts()["Sceaux"] == Verdict.MAUVAIS
    proprietaire.execute("GRANT INSERT ON journal_blocscelle TO jalon_app")
    assert verdicts()["Registre des consultations"] == Verdict.MAUVAIS
    phrases = [constat.phrase for constat in registre() if constat.sujet == "Sceaux"]
    assert phrases[0].startswith("Bloc 1\u00a0:")


def test_une_chaine_rompue_alerte_la_nuit(sceau: psycopg.Connection, proprietaire: psycopg.Connection) -> None:
    _trois_blocs(sceau)
    assert verifier_le_registre(par=FauxActeur(), maintenant=LE).rupture is None
    assert not Alerte.objects.exists()
    proprietaire.execute("DELETE FROM journal_blocscelle WHERE rang = 2")
    for _ in range(2):
        verifier_le_registre(par=FauxActeur(), maintenant=LE)
    alerte = Alerte.objects.get()
    assert (alerte.genre, alerte.detail.startswith("Bloc 2\u00a0:")) == ("chaine", True)


def test_la_commande_scelle_avec_sa_propre_connexion(
    sceau: psycopg.Connection, base_reelle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del sceau
    monkeypatch.setenv("DATABASE_URL_SCEAU", base_reelle.replace("jalon_app@", "jalon_sceau@"))
    _reveler()
    faite = CliRunner().invoke(commande_sceller.commande, ["--une-fois"])
    assert (faite.exit_code, "bloc 1\u00a0: 1 lignes" in faite.output) == (0, True)
    assert BlocScelle.objects.get().empreinte in faite.output
    assert "Rien à sceller" in CliRunner().invoke(commande_sceller.commande, ["--une-fois"]).output
    monkeypatch.setenv("DATABASE_URL_SCEAU", "")
    refusee = CliRunner().invoke(commande_sceller.commande, ["--une-fois"])
    assert isinstance(refusee.exception, ReglageManquant)
