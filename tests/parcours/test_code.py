"""What is said to somebody whose code is refused: one same answer that lists what to check, and a way to write to the OPCO."""

from playwright.sync_api import Browser, expect

from tests.parcours.lettres import commander, lire_le_code, taper
from tests.parcours.outils import Personnage, Produit, personnage

NET_ET_CLAIR, SOPHIE_MERCIER, INCONNU = "812500015", "812900058", "732829320"


def refus_de(qui: Personnage, siren: str, code: str, profil: str = "adherent") -> str:
    """What the page says when that code is typed."""
    taper(qui, siren, code, profil)
    return str(qui.page.locator(".errsum").inner_text())


def test_un_code_refuse_dit_quoi_verifier_et_n_en_dit_pas_plus(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, "hugo@opco.example") as hugo:
        hugo.se_connecter()
        commander(hugo, SOPHIE_MERCIER)
        code = lire_le_code(hugo.telecharger("Télécharger le PDF"))
    with personnage(produit, navigateur, "gael@ailleurs.example") as gael:
        gael.se_connecter()
        autre_siren = refus_de(gael, NET_ET_CLAIR, code)
        assert "Vérifiez d’abord le profil" in autre_siren
        expect(gael.page.locator('main a[href^="/contact/"]').first).to_be_visible()
        assert gael.page.locator("#id_siren").input_value().replace(" ", "").replace("\u202f", "") == NET_ET_CLAIR
        gael.controler()
        assert refus_de(gael, INCONNU, code) == autre_siren
        mal_recopie = code[:-1] + ("2" if code[-1] != "2" else "3")
        assert "mal recopié" in refus_de(gael, SOPHIE_MERCIER, mal_recopie)
        autre_profil = refus_de(gael, SOPHIE_MERCIER, code, "prestataire")
        assert autre_profil != autre_siren
        assert "adhérent" in autre_profil
        assert gael.statut(f"/e/{SOPHIE_MERCIER}/") == 404
