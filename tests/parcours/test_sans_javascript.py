"""The filing path without a single script: same state at the end, each refusal said beside its box, nothing typed lost."""

import re
from datetime import timedelta

from playwright.sync_api import Browser, expect

from tests.parcours.instruction import page_de
from tests.parcours.lettres import texte_du_pdf
from tests.parcours.outils import Personnage, Produit, personnage
from tests.parcours.saisie import BELLERIVE, Demande, commencer, preparer, remplir, transmettre

ALINE, EMMA = "aline@bellerive.example", "emma@opco.example"
PROPRE_A_CHACUN = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"\d{4}AF\d{6}"), "<numéro>"),
    (re.compile(r"(lun|mar|mer|jeu|ven|sam|dim)\. \d+ \w+\.?( \d{4})?(,| à) \d\d:\d\d"), "<instant>"),
)


def commun(texte: str | None) -> str:
    """A text without what cannot be the same in two dossiers: number, hours. Spaces first: dates are written with no-break ones."""
    lu = texte or ""
    for motif, remplacement in PROPRE_A_CHACUN:
        lu = motif.sub(remplacement, lu)
    return lu


def deposer(produit: Produit, navigateur: Browser, demande: Demande, *, javascript: bool) -> tuple[str, str, str]:
    """The whole filing: (address, number, estimate shown before sending)."""
    with personnage(produit, navigateur, ALINE, javascript=javascript) as aline:
        aline.se_connecter()
        dossier = preparer(aline, demande, javascript=javascript)
        estimation = aline.aller(f"{dossier}verifier/").locator("#estimation").text_content()
        return dossier, transmettre(aline, dossier), commun(estimation)


def ce_que_montre(aline: Personnage, emma: Personnage, dossier: str, numero: str) -> dict[str, str]:
    """Everything that a dossier shows to both sides: state, next step, answers, documents, history, checks."""
    liste = aline.aller(f"/e/{BELLERIVE}/dossiers/?q={numero}").locator("main tbody tr").text_content()
    fiche = aline.aller(dossier).locator("main").text_content()
    recapitulatif = aline.contexte.request.get(f"{aline.produit.url}{dossier}recapitulatif/").body()
    instruction = emma.aller(page_de(dossier)).locator("main").text_content()
    textes = {"liste": liste, "fiche": fiche, "recapitulatif": texte_du_pdf(recapitulatif), "instruction": instruction}
    return {nom: commun(texte) for nom, texte in textes.items()}


def test_le_meme_depot_finit_dans_le_meme_etat(produit: Produit, navigateur: Browser) -> None:
    demande = Demande("Dresser une salle", produit.aujourdhui() + timedelta(days=120))
    avec, numero_avec, estimation_avec = deposer(produit, navigateur, demande, javascript=True)
    sans, numero_sans, estimation_sans = deposer(produit, navigateur, demande, javascript=False)
    assert numero_avec != numero_sans
    assert "336,00" in estimation_avec
    assert estimation_sans == estimation_avec
    with personnage(produit, navigateur, ALINE) as aline, personnage(produit, navigateur, EMMA) as emma:
        aline.se_connecter()
        emma.se_connecter()
        vu = ce_que_montre(aline, emma, sans, numero_sans)
        assert vu == ce_que_montre(aline, emma, avec, numero_avec)
    assert "Transmis" in vu["fiche"]
    for dit in ("Dresser une salle", "Lefort", "convention_signee.pdf", "programme.pdf", "RH-2026-40"):
        assert dit in vu["fiche"], dit
    assert "conforme" in vu["instruction"]


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
