"""Receiving, keeping, serving, analysing later, deleting."""

import hashlib
import io
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from jalon.pieces import actions
from jalon.pieces.actions import (
    AntivirusIndisponible,
    analyser_document,
    deposer_document,
    relancer_analyses,
    retirer_orphelins,
    supprimer_document,
)
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.pieces.regles import PHRASE_ANTIVIRUS
from jalon.pieces.requetes import (
    ContenuAltere,
    DocumentIndisponible,
    est_lisible,
    etat_affiche,
    lire_document,
    type_affiche,
)
from jalon.socle import coffre
from jalon.socle.chiffre import ValeurIllisible
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.modeles import PerimetreOublie
from tests.pieces.acteur import ActeurDEssai
from tests.pieces.fabrique import EICAR, flux, pdf, pdf_brut, photo
from tests.pieces.faux_clamd import Chronometre, adresse_fermee, faux_clamd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coffres")]
LE = datetime(2026, 11, 23, 10, tzinfo=UTC)


def deposer(octets: bytes | None = None, nom: str = "Convention.pdf") -> Document:
    contenu = io.BytesIO(pdf() if octets is None else octets)
    return deposer_document(nom=nom, contenu=contenu, par=ActeurDEssai(), maintenant=LE)


def relu(document: Document) -> Document:
    return Document.objects.de_proprietaire([document.id], "test").get()


def infecte() -> bytes:
    return pdf_brut(flux(EICAR.encode()))


def travaux() -> list[dict[str, str]]:
    return [j.args for j in ProcrastinateJob.objects.filter(task_name="pieces.analyser_document")]


def fichiers(dossier: Path) -> list[Path]:
    return [f for f in dossier.rglob("*") if f.is_file()]


def test_sans_antivirus_un_pdf_est_controle_et_relu_tel_quel() -> None:
    octets, acteur = pdf(pages=2), ActeurDEssai()
    document = deposer_document(nom="../Convention signée.PDF", contenu=io.BytesIO(octets), par=acteur, maintenant=LE)
    garde = relu(document)
    assert (garde.nom, garde.type_mime, garde.etat) == ("Convention signée.pdf", "application/pdf", "controlee")
    assert (garde.taille, garde.sha256) == (len(octets), hashlib.sha256(octets).hexdigest())
    assert (garde.depose_par_id, garde.depose_le, garde.analyse_le) == (acteur.identite, LE, None)
    assert lire_document(garde) == octets
    assert type_affiche(garde) == f"PDF, {garde.taille}\u00a0octets"
    assert etat_affiche(garde) == "Contrôlée"
    assert travaux() == []


def test_une_photo_est_gardee_sans_ses_metadonnees() -> None:
    octets = photo((300, 200), comment=b"lieu secret")
    document = deposer(octets, "IMG 1.JPG")
    garde = lire_document(document)
    assert b"lieu secret" not in garde
    assert document.taille == len(garde)
    assert type_affiche(document).startswith("JPEG, ")


def test_le_contenu_est_chiffre_et_range_a_l_abri(coffres: Path) -> None:
    document = deposer(pdf_brut(flux(b"CANARI-EN-CLAIR")))
    (fichier,) = fichiers(coffres)
    assert fichier == coffres / "pieces" / str(document.id)[-2:] / str(document.id)
    assert b"CANARI" not in fichier.read_bytes()
    assert b"%PDF" not in fichier.read_bytes()
    assert fichier.stat().st_mode & 0o077 == 0


def test_un_contenu_deplace_sur_un_autre_document_est_refuse(coffres: Path) -> None:
    un, deux = deposer(), deposer(pdf(pages=3))
    chemins = [coffres / "pieces" / coffre.chemin(str(d.id)) for d in (un, deux)]
    chemins[0].write_bytes(chemins[1].read_bytes())
    with pytest.raises(ValeurIllisible):
        lire_document(un)


def test_un_contenu_remplace_ou_perdu_n_est_pas_servi(coffres: Path) -> None:
    document = deposer()
    coffre.ranger("pieces", str(document.id), b"autre chose")
    with pytest.raises(ContenuAltere):
        lire_document(document)
    coffre.retirer("pieces", str(document.id))
    coffre.retirer("pieces", str(document.id))
    with pytest.raises(coffre.ContenuAbsent):
        lire_document(document)


def test_un_fichier_refuse_ne_laisse_rien(coffres: Path) -> None:
    with pytest.raises(SaisieRefusee):
        deposer(b"%PDF-1.7\nrien")
    assert fichiers(coffres) == []
    assert not Document.objects.en_attente().exists()


def test_un_envoi_annonce_trop_lourd_n_est_pas_lu(settings: Settings) -> None:
    settings.PIECES_TAILLE_MAX = 2 * 1024 * 1024
    envoi = SimpleUploadedFile("a.pdf", b"%PDF-1.7" + b"0" * 3 * 1024 * 1024)
    with pytest.raises(SaisieRefusee, match=r"^Ce fichier pèse 3\u00a0Mo, la limite est de 2\u00a0Mo$"):
        deposer_document(nom="a.pdf", contenu=envoi, par=ActeurDEssai(), maintenant=LE)
    assert envoi.tell() == 0


def test_un_envoi_sans_fin_est_arrete_a_la_limite() -> None:
    class SansFin(io.RawIOBase):
        lus = 0

        def read(self, taille: int = -1) -> bytes:
            SansFin.lus += taille
            return b"0" * taille

    with pytest.raises(SaisieRefusee, match="plus de 10\u00a0Mo"):
        deposer_document(nom="a.pdf", contenu=SansFin(), par=ActeurDEssai(), maintenant=LE)
    assert SansFin.lus < 11 * 1024 * 1024


def test_avec_antivirus_un_document_sain_est_servi(settings: Settings) -> None:
    with faux_clamd() as serveur:
        settings.CLAMAV_ADRESSE = serveur.adresse
        document = deposer()
    assert (document.etat, document.analyse_le) == (EtatDocument.SAINE, LE)
    assert est_lisible(document)
    assert travaux() == []


def test_l_antivirus_juge_l_image_recue_pas_sa_copie(settings: Settings) -> None:
    octets = photo()
    with faux_clamd() as serveur:
        settings.CLAMAV_ADRESSE = serveur.adresse
        deposer(octets, "a.jpg")
        assert serveur.recus == [octets]


def test_un_document_infecte_est_refuse_et_pas_conserve(settings: Settings, coffres: Path) -> None:
    with faux_clamd() as serveur:
        settings.CLAMAV_ADRESSE = serveur.adresse
        with pytest.raises(SaisieRefusee) as refus:
            deposer(infecte())
    assert refus.value.message == "Ce fichier a été refusé par l’antivirus. Il n’a pas été conservé"
    assert fichiers(coffres) == []


@pytest.mark.parametrize("mode", ["muet", "ordures", "moitie"])
def test_antivirus_en_panne_le_document_attend_sans_etre_servi(mode: str, settings: Settings) -> None:
    with faux_clamd(mode) as serveur, Chronometre() as attente:
        settings.CLAMAV_ADRESSE = serveur.adresse
        document = deposer()
    assert document.etat == EtatDocument.EN_ATTENTE
    assert attente.secondes < 6
    assert not est_lisible(document)
    assert etat_affiche(document) == "En cours d’analyse"
    with pytest.raises(DocumentIndisponible, match="en cours d’analyse"):
        lire_document(document)
    assert travaux() == [{"document_id": str(document.id)}]


@pytest.fixture
def en_attente(settings: Settings) -> Document:
    settings.CLAMAV_ADRESSE = adresse_fermee()
    document = deposer(infecte())
    assert document.etat == EtatDocument.EN_ATTENTE
    return document


def test_le_travail_reprend_tant_que_l_antivirus_se_tait(en_attente: Document) -> None:
    with pytest.raises(AntivirusIndisponible):
        analyser_document(document_id=en_attente.id, maintenant=LE)
    assert relu(en_attente).etat == EtatDocument.EN_ATTENTE


def test_l_antivirus_revenu_le_document_est_servi(en_attente: Document, settings: Settings) -> None:
    with faux_clamd("normal") as serveur:
        settings.CLAMAV_ADRESSE = serveur.adresse
        document = deposer()
        Document._base_manager.filter(id=document.id).update(etat=EtatDocument.EN_ATTENTE)
        for _ in range(2):
            analyser_document(document_id=document.id, maintenant=LE + timedelta(hours=1))
    garde = relu(document)
    assert (garde.etat, garde.analyse_le) == (EtatDocument.SAINE, LE + timedelta(hours=1))
    assert lire_document(garde) == pdf() or garde.taille > 0


def test_l_antivirus_revenu_le_document_infecte_est_refuse_et_efface(
    en_attente: Document, settings: Settings, coffres: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with faux_clamd() as serveur:
        settings.CLAMAV_ADRESSE = serveur.adresse
        with django_capture_on_commit_callbacks(execute=True):
            analyser_document(document_id=en_attente.id, maintenant=LE)
        analyser_document(document_id=en_attente.id, maintenant=LE)
        assert len(serveur.recus) == 1
    garde = relu(en_attente)
    assert (garde.etat, garde.motif_refus) == (EtatDocument.REFUSEE, f"{PHRASE_ANTIVIRUS}.")
    assert fichiers(coffres) == []
    with pytest.raises(DocumentIndisponible, match="refusé par l’antivirus"):
        lire_document(garde)


def test_de_nouvelles_signatures_peuvent_refuser_un_document_deja_servi(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    document = deposer(infecte())
    assert document.etat == EtatDocument.CONTROLEE
    with faux_clamd() as serveur, django_capture_on_commit_callbacks(execute=True):
        settings.CLAMAV_ADRESSE = serveur.adresse
        analyser_document(document_id=document.id, maintenant=LE)
    assert relu(document).etat == EtatDocument.REFUSEE


def test_l_antivirus_retire_des_reglages_le_document_est_controle(en_attente: Document, settings: Settings) -> None:
    settings.CLAMAV_ADRESSE = ""
    analyser_document(document_id=en_attente.id, maintenant=LE)
    assert relu(en_attente).etat == EtatDocument.CONTROLEE
    analyser_document(document_id=en_attente.id, maintenant=LE)
    assert relu(en_attente).etat == EtatDocument.CONTROLEE


def test_analyser_un_document_disparu_ne_fait_rien(en_attente: Document, settings: Settings) -> None:
    supprimer_document(document=en_attente)
    analyser_document(document_id=en_attente.id, maintenant=LE)


def test_les_documents_qui_attendent_depuis_une_heure_sont_relances(en_attente: Document) -> None:
    relancer_analyses(maintenant=LE + timedelta(minutes=59))
    assert len(travaux()) == 1
    relancer_analyses(maintenant=LE + timedelta(minutes=61))
    assert travaux() == [{"document_id": str(en_attente.id)}] * 2


def test_supprimer_efface_la_ligne_puis_le_contenu(
    coffres: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    document = deposer()
    with django_capture_on_commit_callbacks(execute=True):
        supprimer_document(document=document)
        assert len(fichiers(coffres)) == 1
    assert fichiers(coffres) == []
    assert not Document.objects.de_proprietaire([document.id], "test").exists()


def test_les_contenus_sans_ligne_sont_retires_apres_un_jour(coffres: Path) -> None:
    garde = deposer()
    orphelin = str(UUID(int=7))
    coffre.ranger("pieces", orphelin, b"x")
    provisoire = coffres / "pieces" / "00" / "reste.1.provisoire"
    provisoire.parent.mkdir(parents=True)
    provisoire.write_bytes(b"x")
    retirer_orphelins()
    assert len(fichiers(coffres)) == 3
    for fichier in fichiers(coffres):
        os.utime(fichier, (time.time() - 90_000,) * 2)
    retirer_orphelins()
    assert [f.name for f in fichiers(coffres)] == [str(garde.id)]


def test_une_ecriture_interrompue_ne_laisse_rien(coffres: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def panne(_: int) -> None:
        raise OSError("disque plein")

    monkeypatch.setattr(os, "fsync", panne)
    with pytest.raises(OSError, match="disque plein"):
        deposer()
    assert fichiers(coffres) == []
    assert not Document._base_manager.exists()


def test_les_documents_ne_se_listent_pas() -> None:
    for geste in (Document.objects.all, Document.objects.count, Document.objects.first):
        with pytest.raises(PerimetreOublie):
            geste()
    with pytest.raises(PerimetreOublie):
        Document.objects.de_proprietaire([], "")


def test_la_base_refuse_un_etat_inconnu_et_un_motif_sans_refus() -> None:
    document = deposer()
    for champs in ({"etat": "propre"}, {"motif_refus": "sans raison"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document._base_manager.filter(id=document.id).update(**champs)


def test_un_stockage_qui_n_est_pas_un_dossier_convient(settings: Settings) -> None:
    settings.STORAGES = {**settings.STORAGES, "pieces": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    document = deposer()
    assert lire_document(document).startswith(b"%PDF")
    coffre.ranger("pieces", str(document.id), b"une autre version")
    assert coffre.lire("pieces", str(document.id)) == b"une autre version"
    assert list(coffre.cles_anciennes("pieces", timedelta(seconds=-60))) == [str(document.id)]


def test_les_taches_appellent_les_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    from jalon.pieces import taches

    appels: list[object] = []
    monkeypatch.setattr(actions, "analyser_document", lambda **k: appels.append(k["document_id"]))
    monkeypatch.setattr(actions, "relancer_analyses", lambda **k: appels.append("relance"))
    monkeypatch.setattr(actions, "retirer_orphelins", lambda: appels.append("balai"))
    taches.analyser_document(document_id=str(UUID(int=1)))
    taches.relancer_analyses()
    taches.retirer_orphelins()
    assert appels == [UUID(int=1), "relance", "balai"]
