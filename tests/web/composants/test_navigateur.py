"""The shell in a real browser: axe in every state, the keyboard, saving, lost sessions, rows, files.

The pages come from a server without database: any query would fail the request.
"""

import json
import re
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from playwright.sync_api import Browser, Page, Route, expect

from jalon.web.composants import guide

pytestmark = pytest.mark.parcours

AXE = Axe()
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ALINE = SimpleNamespace(is_authenticated=True, pk=7, nom_complet="Aline Martin", initiales="AM", email="a@b.fr")
CSP = "window.__v = []; document.addEventListener('securitypolicyviolation', (e) => window.__v.push(e.violatedDirective));"
CONNEXION = """<!DOCTYPE html><html lang="fr"><head><title>Connexion</title></head><body><main class="seul"><div class="card seul__carte">
<h1>Connexion</h1><form method="post" action="/compte/login/"><label for="m">Mot de passe</label><input id="m" name="password">
<button class="btn btn--1" type="submit">Se connecter</button></form></div></main></body></html>"""
OUVERTE = """<!DOCTYPE html><html lang="fr"><head><title>Session</title></head>
<body data-personne="%s" hx-headers='{"X-CSRFToken": "JETON-NEUF"}'><div data-seance-ouverte></div></body></html>"""


def saisie_d_aline(request: HttpRequest) -> HttpResponse:
    """The entry page of the guide, as somebody signed in."""
    request.user = ALINE  # type: ignore[assignment]
    return guide.saisie(request)


urlpatterns = [path("essai/saisie", saisie_d_aline), path("", include("jalon.config.urls"))]


class _Serveur(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Muet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture(scope="module")
def adresse() -> Iterator[str]:
    application = StaticFilesHandler(get_wsgi_application())
    serveur = make_server("127.0.0.1", 0, application, server_class=_Serveur, handler_class=_Muet)
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield f"http://localhost:{serveur.server_port}"
    serveur.shutdown()
    fil.join(10)
    serveur.server_close()


@pytest.fixture
def page(navigateur: Browser, adresse: str, settings: Any) -> Iterator[Page]:
    settings.ROOT_URLCONF = "tests.web.composants.test_navigateur"
    contexte = navigateur.new_context(locale="fr-FR", base_url=adresse, viewport={"width": 1440, "height": 900})
    contexte.set_default_timeout(10_000)
    contexte.add_init_script(CSP)
    ouverte = contexte.new_page()
    pannes: list[str] = []
    ouverte.on("pageerror", lambda e: pannes.append(str(e)))
    yield ouverte
    violations = ouverte.evaluate("window.__v || []")
    contexte.close()
    assert pannes == []
    assert violations == []


def _controler(page: Page, nom: str) -> None:
    resultat = AXE.run(page, options=OPTIONS)
    assert resultat.violations_count == 0, f"{nom}\n{resultat.generate_report()}"
    _ne_deborde_pas(page, nom)


def _ne_deborde_pas(page: Page, nom: str) -> None:
    largeur = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur, f"{nom} défile en largeur"


@pytest.mark.parametrize(
    "chemin",
    ["/demo/composants", "/demo/saisie", "/demo/saisie?erreurs", "/accessibilite/", "/demo/erreurs/404", "/demo/erreurs/503"],
)
def test_axe_ne_trouve_rien(page: Page, chemin: str) -> None:
    page.goto(chemin)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        for largeur in (1440, 390):
            page.set_viewport_size({"width": largeur, "height": 900})
            _controler(page, f"{chemin} {largeur} {theme}")
    page.set_viewport_size({"width": 320, "height": 900})
    _ne_deborde_pas(page, f"{chemin} 320")


def test_axe_ne_trouve_rien_panneaux_ouverts_en_couleurs_forcees(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto("/demo/composants")
    page.evaluate("scrollTo(0, 0)")
    page.locator("details.scope summary").click()
    _controler(page, "périmètre ouvert")
    page.locator("details.compte summary").click()
    _controler(page, "compte ouvert")
    page.evaluate("document.getElementById('exemple').showModal()")
    _controler(page, "dialogue ouvert")


def test_le_lien_d_evitement_est_le_premier_et_mene_au_contenu(page: Page) -> None:
    page.goto("/accessibilite/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_le_focus_se_voit_et_n_est_jamais_sous_l_en_tete(page: Page) -> None:
    page.goto("/demo/saisie")
    for _ in range(40):
        page.keyboard.press("Tab")
        vu = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return true;
            const r = e.getBoundingClientRect(); const barre = document.querySelector('.focusbar');
            const style = getComputedStyle(e);
            const cache = !barre.contains(e) && r.top < barre.getBoundingClientRect().bottom - 1 && r.bottom > 0 && scrollY > 60;
            return (style.outlineStyle !== 'none' || style.boxShadow !== 'none') && !cache && r.bottom <= innerHeight + 1; }"""
        )
        assert vu, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_echap_ferme_le_panneau_et_rend_le_focus(page: Page) -> None:
    page.goto("/demo/composants")
    page.evaluate("scrollTo(0, 0)")
    page.locator("details.scope summary").click()
    page.keyboard.press("Escape")
    expect(page.locator("details.scope")).not_to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.locator("details.scope summary").click()
    page.mouse.click(1300, 800)
    expect(page.locator("details.scope")).not_to_have_attribute("open", "")


def test_le_resume_d_erreurs_prend_le_focus_et_mene_aux_champs(page: Page) -> None:
    page.goto("/demo/saisie?erreurs")
    assert page.evaluate("document.activeElement.className") == "errsum"
    for lien in page.locator(".errsum a").all():
        cible = (lien.get_attribute("href") or "").removeprefix("#")
        expect(page.locator(f"[id='{cible}']")).to_have_count(1 if not re.search("secret|convention|publics", cible) else 0)
    page.locator(".errsum a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_titre"


def test_le_theme_suit_le_systeme_puis_le_choix(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/accessibilite/")
    fond = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(fond) == "rgb(17, 26, 24)"
    page.get_by_role("button", name="Changer de thème").click()
    assert page.evaluate(fond) == "rgb(245, 247, 246)"
    page.reload()
    assert page.evaluate(fond) == "rgb(245, 247, 246)"
    assert page.evaluate("localStorage.length") == 0


def test_un_mot_de_passe_se_montre(page: Page) -> None:
    page.goto("/demo/composants")
    bouton = page.locator("[data-voir]").first
    boite = page.locator("#id_n-secret")
    assert boite.get_attribute("type") == "password"
    bouton.click()
    assert boite.get_attribute("type") == "text"
    assert bouton.get_attribute("aria-pressed") == "true"


def _statut(page: Page) -> Any:
    return expect(page.locator("[data-enregistrement]"))


def _quitter_la_page(page: Page) -> bool:
    return bool(
        page.evaluate(
            "(() => { const e = new Event('beforeunload', {cancelable: true}); dispatchEvent(e); return e.defaultPrevented; })()"
        )
    )


def test_l_enregistrement_se_dit_et_reprend(page: Page) -> None:
    page.goto("/essai/saisie")
    coupee = True
    page.route("**/demo/saisie", lambda r: r.abort() if coupee else r.fulfill(status=200, body=""))
    assert not _quitter_la_page(page)
    page.get_by_label("Intitulé de la formation").fill("Hygiène")
    assert _quitter_la_page(page), "non enregistré : la page prévient"
    _statut(page).to_contain_text("Non enregistré\u00a0: nous réessayons")
    expect(page.get_by_role("button", name="Enregistrer maintenant")).to_be_visible()
    coupee = False
    page.get_by_role("button", name="Enregistrer maintenant").click()
    _statut(page).to_contain_text(re.compile(r"Brouillon enregistré à \d\d:\d\d"))
    expect(page.get_by_role("button", name="Enregistrer maintenant")).to_be_hidden()
    assert not _quitter_la_page(page)


def test_l_enregistrement_reprend_de_lui_meme(page: Page) -> None:
    page.goto("/essai/saisie")
    reponses = iter([503, 500])
    page.route("**/demo/saisie", lambda r: r.fulfill(status=next(reponses, 200), body=""))
    page.get_by_label("Intitulé de la formation").fill("Hygiène")
    _statut(page).to_contain_text("nous réessayons")
    _statut(page).to_contain_text("Brouillon enregistré à", timeout=20_000)


def test_ce_qui_est_saisi_pendant_l_envoi_reste_a_enregistrer(page: Page) -> None:
    page.goto("/essai/saisie")
    en_route: list[Route] = []
    page.route("**/demo/saisie", lambda r: en_route.append(r))  # noqa: PLW0108 (a builtin cannot be a route handler)
    page.get_by_label("Intitulé de la formation").fill("Un")
    _statut(page).to_contain_text("Enregistrement…")
    page.evaluate(
        "document.getElementById('id_titre').value = 'Deux'; document.getElementById('id_titre').dispatchEvent(new Event('input', {bubbles: true}))"
    )
    en_route[0].fulfill(status=200, body="")
    page.wait_for_timeout(200)
    assert _quitter_la_page(page)


def _ouvrir_la_connexion(page: Page, personne: int) -> list[dict[str, str]]:
    """Make the next save meet a lost session; what is saved afterwards is returned."""
    envois: list[dict[str, str]] = []
    connectee = False

    def saisie(route: Route) -> None:
        if connectee:
            envois.append(route.request.headers)
        route.fulfill(status=200 if connectee else 401, body="")

    def connexion(route: Route) -> None:
        nonlocal connectee
        connectee = route.request.method == "POST"
        page_servie = OUVERTE % personne if route.request.method == "POST" else CONNEXION
        route.fulfill(status=200, content_type="text/html", body=page_servie)

    page.goto("/essai/saisie")
    page.route("**/demo/saisie", saisie)
    page.route("**/compte/login/**", connexion)
    page.get_by_label("Intitulé de la formation").fill("Hygiène")
    expect(page.locator("#seance-expiree")).to_be_visible()
    return envois


def test_une_session_expiree_se_rouvre_dans_la_page_et_l_envoi_repart(page: Page) -> None:
    envois = _ouvrir_la_connexion(page, ALINE.pk)
    _controler(page, "session expirée")
    dialogue = page.locator("#seance-expiree")
    dialogue.get_by_label("Mot de passe").fill("une phrase")
    dialogue.get_by_role("button", name="Se connecter").click()
    expect(dialogue).to_be_hidden()
    _statut(page).to_contain_text("Brouillon enregistré à")
    assert [e["x-csrftoken"] for e in envois] == ["JETON-NEUF"]
    expect(page.get_by_label("Intitulé de la formation")).to_have_value("Hygiène")
    assert page.locator("input[name=csrfmiddlewaretoken]").first.input_value() == "JETON-NEUF"


def test_rien_ne_part_sous_un_autre_compte(page: Page) -> None:
    envois = _ouvrir_la_connexion(page, 99)
    dialogue = page.locator("#seance-expiree")
    dialogue.get_by_role("button", name="Se connecter").click()
    expect(dialogue.get_by_role("alert")).to_contain_text("un autre compte")
    page.wait_for_timeout(300)
    assert envois == []


def test_la_fin_de_session_previent_et_se_repousse(page: Page) -> None:
    page.clock.install()
    page.route("**/seance/", lambda r: r.fulfill(status=200, content_type="text/html", body=OUVERTE % ALINE.pk))
    page.goto("/essai/saisie")
    fin = page.locator("#seance-fin")
    page.clock.fast_forward("27:00")
    expect(fin).to_be_hidden()
    page.clock.fast_forward("02:00")
    expect(fin).to_be_visible()
    _controler(page, "fin de session")
    fin.get_by_role("button", name="Rester connecté").click()
    expect(fin).to_be_hidden()
    page.clock.fast_forward("27:00")
    expect(fin).to_be_hidden()


def test_les_lignes_s_ajoutent_et_se_retirent_avec_le_focus(page: Page) -> None:
    page.goto("/demo/composants")
    ajouter = page.get_by_role("button", name="Ajouter un stagiaire")
    ajouter.click()
    assert page.evaluate("document.activeElement.id") == "s-1-nom"
    expect(page.locator("[data-annonce]")).to_have_text("Ligne 2 ajoutée")
    ajouter.click()
    expect(ajouter).to_be_disabled()
    page.get_by_role("button", name="Retirer le stagiaire 2").click()
    assert "data-titre" in page.evaluate("document.activeElement.outerHTML")
    expect(page.locator("[data-ligne]")).to_have_count(2)
    expect(page.get_by_role("button", name="Retirer le stagiaire 2")).to_be_visible()
    assert page.locator("[data-ligne] input").nth(2).get_attribute("name") == "stagiaires-2-nom"
    expect(ajouter).to_be_enabled()


def test_un_fichier_part_des_qu_il_est_choisi_et_l_on_suit_l_envoi(page: Page) -> None:
    page.goto("/demo/composants")
    page.evaluate(
        "document.querySelector('[data-televersement]').setAttribute('hx-post', '/essai/piece'); htmx.process(document.querySelector('[data-televersement]'))"
    )
    envoyes: list[bytes] = []

    def recevoir(route: Route) -> None:
        envoyes.append(route.request.post_data_buffer or b"")
        expect(page.locator("[data-suivi]")).to_be_visible()
        route.fulfill(
            status=200, content_type="text/html", body='<section class="card" id="pieces"><h2>Pièces</h2><p>Reçue</p></section>'
        )

    page.route("**/essai/piece", recevoir)
    page.locator("#t-convention").focus()
    page.locator("#t-convention").set_input_files({"name": "c.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"})
    expect(page.locator("#pieces")).to_contain_text("Reçue")
    assert b'filename="c.pdf"' in envoyes[0]
    expect(page.locator("#pieces h2"), "le focus va au titre du bloc remplacé").to_be_focused()


@pytest.mark.parametrize("statut", [403, 409, 503])
def test_une_reponse_d_erreur_s_affiche_dans_la_zone_d_alerte(page: Page, statut: int) -> None:
    page.goto("/essai/saisie")
    page.evaluate(f"htmx.ajax('get', '/demo/erreurs/{statut}', {{target: '#section', swap: 'outerHTML'}})")
    expect(page.locator("#alerte .note")).to_be_visible()
    expect(page.locator("#section")).to_be_visible()


def test_les_pages_vont_sans_script(navigateur: Browser, adresse: str) -> None:
    contexte = navigateur.new_context(base_url=adresse, java_script_enabled=False)
    page = contexte.new_page()
    page.goto("/demo/composants")
    page.locator("details.scope summary").click()
    expect(page.get_by_role("link", name=re.compile("Annecy"))).to_be_visible()
    expect(page.locator("[data-voir]").first).to_be_hidden()
    page.get_by_role("button", name="Changer de thème").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    contexte.close()


def test_la_configuration_de_htmx_est_du_json_et_ferme_ce_qu_il_faut(page: Page) -> None:
    page.goto("/accessibilite/")
    reglage = json.loads(page.locator("meta[name=htmx-config]").get_attribute("content") or "")
    actif = page.evaluate("({...htmx.config})")
    assert {cle: actif[cle] for cle in reglage if cle != "responseHandling"} == {
        c: v for c, v in reglage.items() if c != "responseHandling"
    }
    assert actif["selfRequestsOnly"] is True
