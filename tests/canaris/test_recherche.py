"""The search itself: it finds a planted value under every disguise, and cries for nothing else."""

import base64
import gzip
import html
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing

from jalon.banque.regles import analyser_iban, masquer_iban
from jalon.demo.dossiers import document_fictif
from jalon.socle.chiffre import chiffrer
from jalon.socle.identifiants import analyser_nir, masquer_nir, nouvel_id
from tests.canaris.recherche import CANARIS, IBAN, NIR, Canari, fouiller, trouver, trouver_brut, trouver_courriel


def _zip(texte: str) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("feuille.xml", f"<c>{texte}</c>")
    return tampon.getvalue()


DEGUISEMENTS: dict[str, Callable[[str], bytes]] = {
    "texte": lambda t: f"le numéro {t} est là".encode(),
    "minuscules": lambda t: t.lower().encode(),
    "adresse": lambda t: f"/liste/?q={quote_plus(t)}&page=2".encode(),
    "chemin": lambda t: f"/liste/{quote(t)}/".encode(),
    "attribut": lambda t: f'<input value="{html.escape(t)}">'.encode(),
    "entites": lambda t: "".join(f"&#{ord(c)};" for c in t).encode(),
    "balises": lambda t: "".join(f"<b>{c}</b>" for c in t).encode(),
    "json": lambda t: json.dumps({"nir": t}).encode(),
    "journal": lambda t: repr({"nir": t, "suite": [t]}).encode(),
    "base64": lambda t: b"x " + base64.b64encode(f"préfixe {t}".encode()) + b" y",
    "hexadecimal": lambda t: rb"\x" + f"octets {t}".encode().hex().encode(),
    "utf-16": lambda t: t.encode("utf-16-le"),
    "gzip": lambda t: gzip.compress(t.encode()),
    "zip": _zip,
    "seance": lambda t: SessionStore().encode({"brouillon": {"valeur": t}}).encode(),
    "seance_longue": lambda t: SessionStore().encode({"brouillon": ["remplissage " * 200, t]}).encode(),
    "message_signe": lambda t: signing.dumps({"m": t}, compress=True).encode(),
    "pdf": lambda t: document_fictif("Convention", f"Pour {t}", date(2026, 11, 28)),
}


@pytest.mark.parametrize("canari", CANARIS, ids=lambda c: c.nom)
@pytest.mark.parametrize("deguisement", DEGUISEMENTS)
def test_un_canari_se_trouve_sous_chaque_deguisement(deguisement: str, canari: Canari) -> None:
    for ecriture in canari.ecritures():
        assert trouver(DEGUISEMENTS[deguisement](ecriture)) == {canari.nom}, ecriture


@pytest.mark.parametrize("canari", CANARIS, ids=lambda c: c.nom)
@pytest.mark.parametrize("deguisement", ["texte", "minuscules", "base64", "hexadecimal", "utf-16"])
def test_un_canari_se_trouve_dans_les_fichiers_de_la_base(deguisement: str, canari: Canari) -> None:
    for ecriture in canari.ecritures():
        octets = b"\x00\x07" * 4000 + DEGUISEMENTS[deguisement](ecriture) + bytes(range(256)) * 8
        assert trouver_brut(octets) == {canari.nom}, ecriture


@pytest.mark.parametrize("canari", CANARIS, ids=lambda c: c.nom)
def test_un_canari_se_trouve_dans_un_courriel(canari: Canari, tmp_path: Path) -> None:
    for rang, ecriture in enumerate(canari.ecritures()):
        message = EmailMessage()
        message["Subject"] = "Votre dossier"
        message.set_content(f"Élève n° {ecriture}", cte="base64")
        assert trouver_courriel(message.as_bytes()) == {canari.nom}
        (tmp_path / f"{rang}.eml").write_bytes(message.as_bytes())
    assert set(fouiller(tmp_path)) == {f"{n}.eml" for n in range(rang + 1)}


def test_sans_sa_cle_ou_sans_son_debut_un_canari_reste_un_canari() -> None:
    assert trouver(NIR.valeur[:13].encode()) == {"NIR"}
    assert trouver(IBAN.valeur[4:-2].encode()) == {"IBAN"}


def test_ce_qui_est_masque_ou_chiffre_n_est_pas_une_fuite() -> None:
    for canari in CANARIS:
        assert trouver(chiffrer(canari.valeur, nouvel_id()).encode()) == set()
    assert trouver(f"{masquer_nir(NIR.valeur)} {masquer_iban(IBAN.valeur)}".encode()) == set()


def test_les_canaris_sont_des_valeurs_que_le_produit_accepte() -> None:
    assert analyser_nir(NIR.valeur) == NIR.valeur
    assert analyser_iban(IBAN.valeur).iban == IBAN.valeur
