"""Keeping an edition once, encrypted, whole or not at all."""

import hashlib
import os
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from jalon.editions import actions
from jalon.editions.actions import cle_de, enregistrer_edition, retirer_orphelines
from jalon.editions.models import Edition
from jalon.editions.requetes import ContenuAltere, edition_de, lire_edition
from jalon.socle import coffre
from jalon.socle.modeles import PerimetreOublie
from tests.fils import ensemble

pytestmark = pytest.mark.usefixtures("coffres")
LE = datetime(2026, 11, 23, 10, tzinfo=UTC)
OBJET = UUID(int=42)


def enregistrer(
    octets: bytes = b"%PDF-1.7 CANARI", objet: UUID = OBJET, genre: str = "accord", gabarit: str = "accord"
) -> Edition:
    return enregistrer_edition(genre=genre, objet_id=objet, titre="Accord n° 1", octets=octets, maintenant=LE, gabarit=gabarit)


def fichiers(dossier: Path) -> list[Path]:
    return [f for f in dossier.rglob("*") if f.is_file()]


@pytest.mark.django_db
def test_une_edition_est_gardee_chiffree_et_relue(coffres: Path) -> None:
    edition = enregistrer()
    (fichier,) = fichiers(coffres)
    assert b"CANARI" not in fichier.read_bytes()
    assert fichier.stat().st_mode & 0o077 == 0
    relue = edition_de("accord", OBJET)
    assert relue == edition
    assert lire_edition(edition) == b"%PDF-1.7 CANARI"
    assert (edition.gabarit_version, edition.taille, edition.produite_le) == ("accord/2", 15, LE)
    assert edition.sha256 == hashlib.sha256(b"%PDF-1.7 CANARI").hexdigest()


@pytest.mark.django_db
def test_un_second_enregistrement_rend_le_premier(coffres: Path) -> None:
    premier = enregistrer(b"un")
    assert enregistrer(b"deux") == premier
    assert lire_edition(premier) == b"un"
    assert len(fichiers(coffres)) == 1


@pytest.mark.django_db
def test_genres_et_objets_ne_se_melangent_pas() -> None:
    editions = [enregistrer(b"1"), enregistrer(b"2", genre="accuse"), enregistrer(b"3", objet=UUID(int=43), gabarit="")]
    assert [lire_edition(e) for e in editions] == [b"1", b"2", b"3"]
    assert editions[2].gabarit_version == ""
    assert edition_de("accuse", UUID(int=43)) is None


@pytest.mark.django_db
def test_une_transaction_annulee_ne_laisse_pas_d_edition_et_la_reprise_ecrase_son_fichier(coffres: Path) -> None:
    with transaction.atomic():
        enregistrer(b"lettres au code mort")
        transaction.set_rollback(True)
    assert edition_de("accord", OBJET) is None
    edition = enregistrer(b"lettres au bon code")
    assert lire_edition(edition) == b"lettres au bon code"
    assert len(fichiers(coffres)) == 1


@pytest.mark.django_db
def test_un_contenu_altere_deplace_ou_perdu_est_signale() -> None:
    edition, autre = enregistrer(b"un"), enregistrer(b"deux", objet=UUID(int=43))
    coffre.ranger("editions", str(edition.cle), b"faux")
    with pytest.raises(ContenuAltere):
        lire_edition(edition)
    coffre.retirer("editions", str(autre.cle))
    with pytest.raises(coffre.ContenuAbsent):
        lire_edition(autre)


@pytest.mark.django_db
def test_une_ecriture_interrompue_ne_laisse_rien(coffres: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def panne(*_: object) -> None:
        raise OSError("disque plein")

    monkeypatch.setattr(Path, "replace", panne)
    with pytest.raises(OSError, match="disque plein"):
        enregistrer()
    assert fichiers(coffres) == []
    assert edition_de("accord", OBJET) is None


@pytest.mark.django_db
def test_les_contenus_sans_ligne_sont_retires_apres_un_jour(coffres: Path) -> None:
    garde = enregistrer()
    coffre.ranger("editions", str(uuid4()), b"orphelin")
    retirer_orphelines()
    assert len(fichiers(coffres)) == 2
    for fichier in fichiers(coffres):
        os.utime(fichier, (time.time() - 90_000,) * 2)
    retirer_orphelines()
    assert [f.name for f in fichiers(coffres)] == [str(garde.cle)]


@pytest.mark.django_db
def test_les_editions_ne_se_listent_pas() -> None:
    for geste in (Edition.objects.all, Edition.objects.count):
        with pytest.raises(PerimetreOublie):
            geste()
    for porte in (lambda: Edition.objects.de_objets("accord", [], ""), lambda: Edition.objects.de_cles([], "")):
        with pytest.raises(PerimetreOublie):
            porte()


@pytest.mark.django_db
def test_un_stockage_qui_n_est_pas_un_dossier_convient(settings: Settings) -> None:
    settings.STORAGES = {**settings.STORAGES, "editions": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    assert lire_edition(enregistrer(b"en nuage")) == b"en nuage"


@pytest.mark.usefixtures("base_reelle")
def test_deux_travaux_simultanes_donnent_une_seule_edition(coffres: Path) -> None:
    obtenues = []

    def travail(rang: int) -> None:
        with transaction.atomic():
            obtenues.append((enregistrer(f"version {rang}".encode()), rang))

    ensemble([partial(travail, rang) for rang in range(6)])
    assert len({edition.id for edition, _ in obtenues}) == 1
    assert hashlib.sha256(lire_edition(obtenues[0][0])).hexdigest() == obtenues[0][0].sha256
    assert len(fichiers(coffres)) == 1


@pytest.mark.usefixtures("base_reelle")
def test_le_role_de_l_application_suffit() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT current_user")
        assert curseur.fetchone() == ("jalon_app",)
    assert lire_edition(enregistrer()) == lire_edition(enregistrer())


def test_la_cle_depend_du_genre_et_de_l_objet() -> None:
    assert cle_de("accord", OBJET) == cle_de("accord", OBJET)
    assert len({cle_de("accord", OBJET), cle_de("lettres", OBJET), cle_de("accord", UUID(int=1))}) == 3


def test_la_tache_appelle_l_action(monkeypatch: pytest.MonkeyPatch) -> None:
    from jalon.editions import taches

    appels: list[str] = []
    monkeypatch.setattr(actions, "retirer_orphelines", lambda: appels.append("balai"))
    taches.retirer_orphelines()
    assert appels == ["balai"]
