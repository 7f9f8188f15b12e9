"""Large contents: the same bytes come back, and a block moved, cut or doubled cannot be read."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from jalon.socle import coffre, coffre_par_blocs
from jalon.socle.chiffre import ValeurIllisible
from jalon.socle.coffre import ContenuAbsent, chemin
from jalon.socle.coffre_par_blocs import lire_flux, ranger_flux

CLE = "0192aabb"


@pytest.fixture(autouse=True)
def dossier(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(coffre_par_blocs, "BLOC", 10)
    reglage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {
        **settings.STORAGES,
        "exports": reglage,
        "memoire": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    return tmp_path


def ranger(octets: bytes, cle: str = CLE, nom: str = "exports") -> None:
    ranger_flux(nom, cle, io.BytesIO(octets))


def lire(cle: str = CLE, nom: str = "exports") -> bytes:
    return b"".join(lire_flux(nom, cle))


@pytest.mark.parametrize("nom", ["exports", "memoire"])
@pytest.mark.parametrize("taille", [0, 1, 9, 10, 11, 20, 95])
def test_le_contenu_revient(taille: int, nom: str) -> None:
    octets = bytes(range(taille))
    ranger(octets, nom=nom)
    ranger(octets, nom=nom)
    assert lire(nom=nom) == octets


def jetons(fichier: Path) -> list[bytes]:
    octets, trouves = fichier.read_bytes(), []
    while octets:
        longueur = 4 + int.from_bytes(octets[:4], "big")
        trouves.append(octets[:longueur])
        octets = octets[longueur:]
    return trouves


def test_un_bloc_deplace_double_ou_retire_ne_se_lit_pas(dossier: Path) -> None:
    ranger(b"0123456789" * 3)
    fichier = dossier / chemin(CLE)
    un, deux, trois = jetons(fichier)
    for altere in ([deux, un, trois], [un, un, deux, trois], [un, deux], [un, trois], [], [un, deux, trois[:-1]]):
        fichier.write_bytes(b"".join(altere))
        with pytest.raises(ValeurIllisible):
            lire()
    fichier.write_bytes(b"\xff\xff\xff\xff")
    with pytest.raises(ValeurIllisible):
        lire()


def test_un_contenu_pose_sous_une_autre_cle_ne_se_lit_pas(dossier: Path) -> None:
    ranger(b"secret")
    autre = dossier / chemin("0192aacc")
    autre.parent.mkdir(exist_ok=True)
    (dossier / chemin(CLE)).rename(autre)
    with pytest.raises(ValeurIllisible):
        lire("0192aacc")
    with pytest.raises(ContenuAbsent):
        lire()


def test_rien_n_est_lisible_en_clair_et_rien_ne_reste_d_une_panne(dossier: Path) -> None:
    ranger(b"un texte en clair")
    assert b"texte" not in (dossier / chemin(CLE)).read_bytes()

    class Panne(io.BytesIO):
        def read(self, taille: int | None = -1) -> bytes:
            if self.tell() >= 20:
                raise OSError("disque plein")
            return super().read(taille)

    with pytest.raises(OSError, match="disque plein"):
        ranger_flux("exports", "0192aadd", Panne(b"x" * 90))
    assert [f.name for f in dossier.rglob("*") if f.is_file()] == [CLE]
    assert list(coffre.cles_anciennes("exports", timedelta(seconds=-5))) == [CLE]
