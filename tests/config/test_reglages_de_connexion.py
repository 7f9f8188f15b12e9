"""The variables of signing in: what is read, and what is refused by its name."""

from pathlib import Path

import pytest

from jalon.config.environnement import ReglageManquant, lire
from jalon.socle.openid import Openid

OIDC = {
    "JALON_OIDC_EMETTEUR": "https://identite.exemple.fr/api/v2/", "JALON_OIDC_CLIENT": "c", "JALON_OIDC_SECRET": "s",
    "JALON_OIDC_ACR": "eidas2,eidas3",
}  # fmt: skip


def test_sans_rien_tout_est_au_plus_sur(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JALON_DEMO")
    lu = lire()
    assert (lu.second_facteur_lecteurs, lu.cle_opco, lu.openid, lu.divulgues) == ("obligatoire", True, None, "")


def test_la_demonstration_ne_demande_pas_de_cle_a_l_opco(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lire().cle_opco is False
    monkeypatch.setenv("JALON_CLE_ACCES_OPCO", "1")
    assert lire().cle_opco is True


def test_le_serveur_d_identite_se_lit_en_entier(monkeypatch: pytest.MonkeyPatch) -> None:
    for nom, valeur in OIDC.items():
        monkeypatch.setenv(nom, valeur)
    lu = lire().openid
    assert lu == Openid("https://identite.exemple.fr/api/v2", "c", "s", ("eidas2", "eidas3"), "ProConnect")
    assert lu is not None
    assert lu.origine == "https://identite.exemple.fr"


@pytest.mark.parametrize("manque", ["JALON_OIDC_CLIENT", "JALON_OIDC_SECRET", "JALON_OIDC_ACR"])
def test_un_serveur_d_identite_incomplet_est_refuse(manque: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for nom, valeur in OIDC.items():
        monkeypatch.setenv(nom, valeur)
    monkeypatch.setenv(manque, "")
    with pytest.raises(ReglageManquant, match=manque):
        lire()


@pytest.mark.parametrize(
    ("emetteur", "admis"),
    [
        ("http://identite.exemple.fr", False),
        ("http://127.0.0.1:9000", True),
        ("http://localhost:9000", True),
        ("ftp://localhost", False),
    ],
)
def test_le_serveur_d_identite_parle_chiffre(emetteur: str, admis: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for nom, valeur in (OIDC | {"JALON_OIDC_EMETTEUR": emetteur}).items():
        monkeypatch.setenv(nom, valeur)
    if admis:
        assert lire().openid is not None
    else:
        with pytest.raises(ReglageManquant, match="https"):
            lire()


@pytest.mark.parametrize(("nom", "valeur"), [("JALON_SECOND_FACTEUR_LECTEURS", "non"), ("JALON_CLE_ACCES_OPCO", "oui")])
def test_une_valeur_inconnue_est_refusee(nom: str, valeur: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(nom, valeur)
    with pytest.raises(ReglageManquant, match=nom):
        lire()


def test_le_fichier_de_mots_de_passe_doit_exister(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JALON_MOTS_DE_PASSE_DIVULGUES", str(tmp_path / "absent"))
    with pytest.raises(ReglageManquant, match="JALON_MOTS_DE_PASSE_DIVULGUES"):
        lire()
    (tmp_path / "absent").write_text("")
    assert lire().divulgues == str(tmp_path / "absent")
