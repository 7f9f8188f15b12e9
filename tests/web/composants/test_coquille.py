"""The shell: which line is current, what a visitor and a signed-in person are shown."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from jalon.web.composants.contexte import coquille as contexte
from jalon.web.composants.coquille import Compte, Coquille, Groupe, Lien, PerimetreAffiche, coquille_personnelle
from jalon.web.composants.moment import ce_jour, un_seul_jour
from tests.web.composants.conftest import page_valide

LIENS = (
    Lien("Accueil", "/e/1/", icone="house"),
    Lien("Dossiers", "/e/1/dossiers/", icone="folder-open", nombre=1248),
    Lien("Brouillons", "/e/1/dossiers/brouillons/", icone="file-pen"),
)
PERSONNE = SimpleNamespace(
    is_authenticated=True, nom_complet="Aline Martin", initiales="AM", email="a@b.fr", pk=1, id=1, is_anonymous=False
)


def _courants(coquille: Coquille) -> list[str]:
    return [lien.libelle for groupe in coquille.groupes for lien in groupe.liens if lien.courant]


@pytest.mark.parametrize(
    ("chemin", "attendu"),
    [
        ("/e/1/", ["Accueil"]),
        ("/e/1/dossiers/", ["Dossiers"]),
        ("/e/1/dossiers/018f/", ["Dossiers"]),
        ("/e/1/dossiers/brouillons/9/", ["Brouillons"]),
        ("/e/1/aide/", []),
        ("/ailleurs/", []),
    ],
)
def test_la_ligne_courante_est_la_plus_proche_de_l_adresse(chemin: str, attendu: list[str]) -> None:
    assert _courants(Coquille(groupes=(Groupe("", LIENS),), accueil="/e/1/").situee(chemin)) == attendu


def test_une_ligne_deja_marquee_le_reste() -> None:
    marquee = Coquille(groupes=(Groupe("", (LIENS[0], Lien("X", "/x/", icone="house", courant=True))),))
    assert _courants(marquee.situee("/e/1/")) == ["X"]


def test_la_coquille_n_est_construite_que_si_un_gabarit_la_dessine(requete: HttpRequest) -> None:
    appels: list[int] = []

    def construire() -> Coquille:
        appels.append(1)
        return Coquille(perimetre="Bellerive")

    requete.coquille = construire  # type: ignore[attr-defined]
    donnees = contexte(requete)
    assert appels == []
    assert donnees["coquille"]().perimetre == donnees["coquille"]().perimetre == "Bellerive"
    assert appels == [1]


def test_un_visiteur_n_a_ni_compte_ni_duree_de_seance(requete: HttpRequest) -> None:
    donnees = contexte(requete)
    assert donnees["coquille"]().compte is None
    assert donnees["seance"] == 0


def test_une_personne_connectee_a_son_compte_et_sa_seance(requete: HttpRequest, settings: Any) -> None:
    requete.user = PERSONNE  # type: ignore[assignment]
    donnees = contexte(requete)
    assert donnees["coquille"]().compte.initiales == "AM"
    assert donnees["seance"] == settings.JALON_SEANCE_INACTIVITE
    assert "Mes appareils et sessions" in [li.libelle for g in coquille_personnelle(PERSONNE).groupes for li in g.liens]  # type: ignore[arg-type]


def test_les_chemins_vers_une_organisation_ne_sont_pas_pour_l_opco() -> None:
    def libelles(*, opco: bool) -> list[str]:
        qui = SimpleNamespace(nom_complet="Léa Roy", initiales="LR", email="lea@essai.example", est_opco=opco)
        return [li.libelle for g in coquille_personnelle(qui).groupes for li in g.liens]  # type: ignore[arg-type]

    assert {"Demander un accès", "Saisir un code", "Suivre mes codes"} <= set(libelles(opco=False))
    assert not {"Demander un accès", "Saisir un code", "Suivre mes codes"} & set(libelles(opco=True))


@pytest.mark.parametrize(("temoin", "theme"), [("dark", "dark"), ("light", "light"), ('"><script>', ""), ("", "")])
def test_le_theme_vient_d_un_temoin_connu(temoin: str, theme: str) -> None:
    demande = RequestFactory().get("/")
    demande.COOKIES["theme"] = temoin
    assert contexte(demande)["theme"] == theme


def _page(requete: HttpRequest, coquille: Coquille, gabarit: str = "application.html") -> str:
    requete.coquille = coquille  # type: ignore[attr-defined]
    requete.user = PERSONNE  # type: ignore[assignment]
    return render_to_string(gabarit, {"enregistre_le": None}, requete)


def test_la_coquille_d_application_est_valide_et_complete(requete: HttpRequest) -> None:
    coquille = Coquille(
        groupes=(Groupe("", LIENS[:1]), Groupe("Demandes", LIENS[1:])),
        aide=Lien("Aide et contact", "/contact/", icone="life-buoy"),
        perimetre="Bellerive Restauration",
        detail="SIREN 123 456 782",
        perimetres=(PerimetreAffiche("Annecy", "SIRET 1", "/e/2/"), PerimetreAffiche("Bellerive", "", "/e/1/", courant=True)),
        tous_les_perimetres="/accueil/",
        role="Administratrice",
        compte=Compte("Aline Martin", "AM", "a@b.fr"),
        accueil="/e/1/",
    )
    html = _page(requete, coquille)
    page_valide(html)
    assert html.count('<nav class="nav"') == 2
    assert '1\u00a0248<span class="vh"> en attente</span>' in html
    assert '<details class="scope" data-popup>' in html
    assert "Compte de Aline Martin" in html
    assert 'aria-current="true"' in html
    assert html.index('class="skip"') < html.index("<aside")
    assert html.index("</aside>") < html.index("<main")


def test_un_seul_perimetre_n_est_pas_un_menu(requete: HttpRequest) -> None:
    html = _page(requete, Coquille(perimetre="Bellerive", compte=Compte("Aline Martin", "AM", "a@b.fr")))
    page_valide(html)
    assert "scope__seul" in html
    assert "Changer de périmètre" not in html


@pytest.mark.parametrize("gabarit", ["application.html", "saisie.html", "message.html"])
def test_chaque_coquille_porte_l_essentiel(requete: HttpRequest, gabarit: str) -> None:
    html = _page(requete, Coquille(compte=Compte("Aline Martin", "AM", "a@b.fr")), gabarit)
    page_valide(html)
    assert '<html lang="fr">' in html
    assert html.count("<main") == 1
    assert 'href="#contenu"' in html
    assert "Accessibilité&nbsp;: audit à venir" in html
    assert "Démonstration" in html
    assert 'hx-headers=\'{"X-CSRFToken": "' in html
    assert '"historyCacheSize":0' in html
    assert '"allowEval":false' in html
    assert 'id="seance-expiree"' in html
    assert 'data-seance="1800"' in html


def test_hors_demonstration_pas_de_bandeau(requete: HttpRequest, settings: Any) -> None:
    settings.JALON_DEMO = False
    assert "Démonstration" not in _page(requete, Coquille())


def test_l_horloge_n_est_lue_qu_une_fois_par_requete(monkeypatch: pytest.MonkeyPatch) -> None:
    lectures: list[int] = []
    vraie = ce_jour()
    monkeypatch.setattr("jalon.web.composants.moment.aujourdhui", lambda: lectures.append(1) or vraie)
    with un_seul_jour():
        assert {ce_jour(), ce_jour(), ce_jour()} == {vraie}
    assert len(lectures) == 1
    ce_jour()
    ce_jour()
    assert len(lectures) == 3
