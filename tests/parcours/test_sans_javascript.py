"""The filing path without a single script: same state at the end, each refusal said beside its box, nothing typed lost."""

from datetime import date, timedelta

from playwright.sync_api import Browser, expect

from tests.parcours.outils import Produit, personnage
from tests.parcours.saisie import Demande, commencer, deposer, remplir

ALINE = "aline@bellerive.example"


def test_le_meme_depot_finit_dans_le_meme_etat(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, ALINE, javascript=False) as aline:
        aline.se_connecter()
        demande = Demande("Dresser une salle", date.today() + timedelta(days=120))
        dossier, numero = deposer(aline, demande, javascript=False)
        page = aline.aller(dossier)
        expect(page.locator("main")).to_contain_text("Transmis")
        expect(page.locator("main")).to_contain_text(numero)
        assert page.get_by_role("link", name="Reprendre").count() == 0


def test_un_refus_est_dit_pres_de_sa_case_et_rien_n_est_perdu(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, ALINE, javascript=False) as aline:
        aline.se_connecter()
        dossier = commencer(aline)
        page = aline.aller(f"{dossier}saisie/action/")
        remplir(page, "intitule", "Ouvrir une cave")
        remplir(page, "date_debut", "32/13/2026")
        page.get_by_role("button", name="Enregistrer et continuer").click()
        resume = page.locator(".errsum")
        expect(resume).to_be_visible()
        lien = resume.locator('a[href="#id_date_debut"]')
        expect(lien).to_have_count(1)
        expect(page.locator("#id_date_debut")).to_have_attribute("aria-invalid", "true")
        phrase = page.locator("#id_date_debut_error").inner_text().strip()
        assert phrase
        assert phrase in lien.inner_text()
        assert page.locator("#id_date_debut").input_value() == "32/13/2026"
        assert page.locator("#id_intitule").input_value() == "Ouvrir une cave"
        aline.aller(f"{dossier}saisie/action/")
        assert page.locator("#id_date_debut").input_value() == "32/13/2026"
