"""PostgreSQL killed while people press « Transmettre »: sent once, or the draft whole; the pages come back by themselves."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from jalon.courriers.models import Courriel
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier, VersionContenu
from jalon.journal.models import Evenement
from jalon.socle.dates import formater_date
from tests.base_de_tests import MODELE, dupliquer_grappe
from tests.cli.outils import attendre, processus
from tests.dossiers.fabrique import SIREN, complet, relire
from tests.habilitations import fabrique as acces
from tests.pannes import scene
from tests.pannes.site import PERDUE, Reponse, Site, port_libre, reessayer, tuer_la_base

FOIS, A_LA_FOIS, ESSAIS = 10, 4, 3


@contextmanager
def _diriger_vers(prise: Path) -> Iterator[None]:
    """Let Django speak to another cluster."""
    connexion = connections["default"]
    avant = {nom: connexion.settings_dict[nom] for nom in ("HOST", "NAME")}
    connexion.close()
    connexion.settings_dict.update(HOST=str(prise), NAME=MODELE)
    try:
        yield
    finally:
        connexion.close()
        connexion.settings_dict.update(avant)


@pytest.fixture
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[Site]:
    """Everything of its own: cluster, web server, folder; the tests read the same database."""
    port = port_libre()
    environnement = {
        "JALON_VAR": str(tmp_path / "var"),
        "JALON_URL": f"http://localhost:{port}",
        "JALON_HOTES": "127.0.0.1,localhost",
        "PORT": str(port),
    }
    with ExitStack() as pile:
        statiques = ("django", "collectstatic", "--no-input", "-v", "0")
        collecte = pile.enter_context(processus(tmp_path / "statiques.log", *statiques, **environnement))
        grappe = dupliquer_grappe()
        environnement["DATABASE_URL"] = grappe.url("jalon_app", MODELE)
        grappe.demarrer()
        pile.callback(grappe.arreter)
        pile.enter_context(django_db_blocker.unblock())
        pile.enter_context(_diriger_vers(grappe.prise))
        assert collecte.wait(120) == 0
        journal = tmp_path / "serveur.log"
        serveur = pile.enter_context(processus(journal, "serve", "--port", str(port), **environnement))
        pret = Site(port, grappe, serveur, journal, environnement)
        attendre(lambda: pret.demander("GET", "/healthz").statut == 200, "le serveur ne démarre pas", 60)
        yield pret


@pytest.fixture
def aline(site: Site) -> None:
    """Somebody who may send, signed in."""
    scene.peupler()
    site.connecter(acces.Personne.objects.get(prenom="Aline"))


def brouillons(nombre: int) -> list[Dossier]:
    """Complete drafts that begin in fifty days, whatever the day."""
    debut = date.today() + timedelta(days=50)
    dates = {"action__date_debut": formater_date(debut), "action__date_fin": formater_date(debut + timedelta(days=1))}
    return [complet(**dates) for _ in range(nombre)]


def envoi(dossier: Dossier) -> tuple[str, str]:
    """The button « Transmettre »."""
    return "POST", f"/e/{SIREN}/dossiers/{dossier.pk}/transmettre/"


def acquitte(reponse: Reponse, dossier: Dossier) -> bool:
    """Whether the person was led to her sent request."""
    return reponse.statut == 302 and reponse.entetes["location"] == f"/e/{SIREN}/dossiers/{dossier.pk}/"


def verifier_une_fois_ou_pas(dossier: Dossier) -> bool:
    """Whether the request was sent: then once in every table; otherwise nothing of it exists but the draft, as it was."""
    lu = relire(dossier)
    envoye = lu.etat == EtatDossier.TRANSMIS
    assert lu.etat == (EtatDossier.TRANSMIS if envoye else EtatDossier.BROUILLON)
    assert lu.reponses == dossier.reponses
    assert (lu.numero is not None) == (lu.transmis_le is not None) == (lu.contenu is not None) == envoye
    suites = {
        "versions": VersionContenu.objects.tous("essai").filter(dossier=dossier).count(),
        "journal": Evenement.objects.tous("essai").filter(code="dossier.transmis", objet_id=dossier.pk).count(),
        "accusés": Courriel.objects.filter(genre="dossiers.accuse", objet_id=dossier.pk).count(),
    }
    assert set(suites.values()) == {int(envoye)}, suites
    return envoye


def verifier_l_attente(site: Site, dossier: Dossier) -> None:
    """Every page says « revient dans un instant », with the header and the help; programs are told in their own way."""
    ici = f"/e/{SIREN}/"
    pages = ["/", "/accueil/", ici, f"{ici}dossiers/", f"{ici}dossiers/{dossier.pk}/verifier/", "/opco/", "/compte/login/"]
    promesses = site.ensemble([("GET", chemin) for chemin in (*pages, "/api/v1/status")])
    *recues, api = [promesse.result(timeout=120) for promesse in promesses]
    for chemin, recue in zip(pages, recues, strict=True):
        assert recue.statut == 503, f"{chemin} répond {recue.statut}\n{site.journal.read_text()[-3000:]}"
        assert "Le portail revient dans un instant" in recue.texte, chemin
        assert 'class="brand"' in recue.texte, chemin
        assert 'href="/contact/"' in recue.texte, chemin
        assert reessayer(recue.texte) == ("GET", chemin, {})
        assert int(recue.entetes["retry-after"]) > 0
    assert (api.statut, api.entetes["content-type"]) == (503, "application/problem+json")
    assert site.demander("GET", "/healthz", seance=False).statut == 200


def relever(site: Site) -> None:
    """Start PostgreSQL again, as the supervisor does; the very same web processes serve again."""
    connections["default"].close()
    site.grappe.demarrer()
    attendre(lambda: site.demander("GET", f"/e/{SIREN}/dossiers/").statut == 200, "les pages ne reviennent pas", 60)


@pytest.mark.usefixtures("aline")
def test_postgresql_tue_au_milieu_d_un_envoi_laisse_le_brouillon_entier(site: Site) -> None:
    (dossier,) = brouillons(1)
    avant = site.processus()
    with closing(psycopg.connect(site.grappe.url("postgres", MODELE))) as verrou:
        verrou.execute("LOCK TABLE courriers_courriel IN EXCLUSIVE MODE")
        (promesse,) = site.ensemble([envoi(dossier)])
        attendre(lambda: _attend_le_verrou(site), "l’envoi n’atteint pas l’accusé de réception")
        tuer_la_base(site.grappe)
    reponse = promesse.result(timeout=120)
    assert reponse.statut == 503, reponse
    verifier_l_attente(site, dossier)
    relever(site)
    assert not verifier_une_fois_ou_pas(dossier)
    demande = reessayer(reponse.texte)
    assert demande is not None
    assert acquitte(site.demander(*demande), dossier)
    assert acquitte(site.demander(*demande), dossier), "choisir deux fois « Réessayer » ne gêne pas"
    assert verifier_une_fois_ou_pas(dossier)
    assert site.processus() == avant


@pytest.mark.nuit
@pytest.mark.usefixtures("aline")
def test_postgresql_tue_dix_fois_a_des_instants_differents(site: Site, tmp_path: Path) -> None:
    """Ten kills, four people each time, from the very start of an ordinary sending to beyond its end."""
    avant, tous, acquittes, coupes = site.processus(), [], 0, 0
    with processus(tmp_path / "ouvrier.log", "worker", **site.environnement) as ouvrier:
        duree = _duree_des_envois(site, tous)
        for rang in range(FOIS):
            dossiers = brouillons(A_LA_FOIS)
            promesses = site.ensemble([envoi(dossier) for dossier in dossiers])
            time.sleep(duree * rang / (FOIS - 3))
            tuer_la_base(site.grappe)
            reponses = [promesse.result(timeout=120) for promesse in promesses]
            if rang % 3 == 0:
                verifier_l_attente(site, dossiers[0])
            relever(site)
            for dossier, reponse in zip(dossiers, reponses, strict=True):
                envoye = verifier_une_fois_ou_pas(dossier)
                if acquitte(reponse, dossier):
                    assert envoye, "acquitté, donc envoyé"
                    acquittes += 1
                else:
                    coupes += 1
                    _reessayer(site, dossier, reponse)
            tous += dossiers
        assert (acquittes + coupes, len(tous)) == (FOIS * A_LA_FOIS, (FOIS + ESSAIS) * A_LA_FOIS)
        attendre(lambda: not scene.travaux_en_cours(), "la file ne se vide pas", 90)
        assert ouvrier.poll() is None
    assert site.processus() == avant
    numeros = [relire(dossier).numero for dossier in tous]
    assert len(set(numeros)) == len(tous)
    textes = [fichier.read_text() for fichier in (Path(site.environnement["JALON_VAR"]) / "courriels").glob("*.eml")]
    assert sorted(sum(str(numero) in texte for texte in textes) for numero in numeros) == [1] * len(tous)


def _duree_des_envois(site: Site, tous: list[Dossier]) -> float:
    """How long warm sendings take, as many at once, so that the kills fall before, inside and after."""
    durees = []
    for _ in range(ESSAIS):
        dossiers = brouillons(A_LA_FOIS)
        depart = time.monotonic()
        promesses = site.ensemble([envoi(dossier) for dossier in dossiers])
        assert all(acquitte(promesse.result(timeout=120), dossier) for promesse, dossier in zip(promesses, dossiers, strict=True))
        durees.append(time.monotonic() - depart)
        tous += dossiers
    return min(durees)


def _reessayer(site: Site, dossier: Dossier, reponse: Reponse) -> None:
    """The button of the page, or the first one again when no page came."""
    assert reponse.statut in {503, PERDUE}, f"{reponse.statut}\n{site.journal.read_text()[-3000:]}"
    demande = reessayer(reponse.texte) if reponse.statut == 503 else (*envoi(dossier), {})
    assert demande is not None
    assert acquitte(site.demander(*demande), dossier)
    assert verifier_une_fois_ou_pas(dossier)


@pytest.mark.nuit
@pytest.mark.usefixtures("aline")
def test_apres_une_longue_absence_la_premiere_demande_est_servie(site: Site) -> None:
    """The pool of each web process keeps asking while people do, rather than less and less often."""
    ici = [("GET", f"/e/{SIREN}/dossiers/")] * (2 * A_LA_FOIS)
    tuer_la_base(site.grappe)
    fin = time.monotonic() + 30
    while time.monotonic() < fin:
        assert {promesse.result(timeout=120).statut for promesse in site.ensemble(ici)} == {503}
    connections["default"].close()
    site.grappe.demarrer()
    assert {promesse.result(timeout=120).statut for promesse in site.ensemble(ici)} == {200}


def _attend_le_verrou(site: Site) -> bool:
    with psycopg.connect(site.grappe.url("postgres", MODELE)) as vue:
        ligne = vue.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'").fetchone()
        return ligne is not None and ligne[0] > 0
