"""What the code never does, with the few places that may."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.sources import JALON, Module, appels, fonctions, importations, modules

LIGNES_MAX = 300
LIGNES_DE_FONCTION_MAX = 60


def _fautes(chercher: Callable[[Module], list[str]], autorises: set[str] = frozenset()) -> list[str]:  # type: ignore[assignment]
    return [f"{m.chemin}: {f}" for m in modules() if m.chemin not in autorises for f in chercher(m)]


def _importe(*prefixes: str) -> Callable[[Module], list[str]]:
    return lambda m: sorted({n for n in importations(m.arbre) if n in prefixes or n.startswith(tuple(f"{p}." for p in prefixes))})


def _appelle(*noms: str) -> Callable[[Module], list[str]]:
    return lambda m: [nom for nom, _ in appels(m.arbre) if nom in noms or nom.rpartition(".")[2] in noms]


def test_rien_ne_se_charge_par_son_nom() -> None:
    chargeurs = _appelle("import_module", "import_string", "get_model", "__import__")
    commandes = {
        "cli/__init__.py",  # commands are loaded when they are called
        "cli/banc.py",  # measures too
        "dispositifs/registre.py",  # to add a dispositif is to add a file
    }
    assert _fautes(chargeurs, commandes) == []
    assert _fautes(_importe("importlib.import_module", "django.utils.module_loading"), commandes) == []


def test_aucune_cle_etrangere_generique() -> None:
    generiques = ("django.contrib.contenttypes.fields", "django.contrib.contenttypes.models")
    assert _fautes(_importe(*generiques)) == []


def test_aucun_signal_hors_du_socle_et_de_la_configuration() -> None:
    signaux = _importe("django.db.models.signals", "django.dispatch", "django.core.signals", "allauth.account.signals")
    assert [f for f in _fautes(signaux) if not f.startswith(("socle/", "config/"))] == []


def test_une_seule_horloge() -> None:
    """`time.time` measures durations and sessions; a date of the business comes from socle.horloge, given by the caller."""
    autorises = {
        "socle/horloge.py",
        "comptes/models.py",  # default of date_joined, an attribute that Django asks for
        "cli/verifier.py",  # compares the clock of the machine to that of the database
        "socle/coffre.py",  # age of files, dated by the machine
    }

    def lectures(module: Module) -> list[str]:
        noms = {"datetime.now", "datetime.utcnow", "datetime.datetime.now", "timezone.now", "date.today", "datetime.today"}
        return [
            n
            for n in {*(nom for nom, _ in appels(module.arbre)), *importations(module.arbre)}
            if n in noms or n == "django.utils.timezone.now"
        ]

    assert _fautes(lectures, autorises) == []


def test_l_horloge_n_est_lue_que_par_le_web_l_api_la_ligne_de_commande_et_les_travaux() -> None:
    def hors_place(module: Module) -> list[str]:
        if module.app in {"web", "api", "cli", "demo", "bancs", "config", "socle"}:
            return []
        if module.piece in {"taches", "courriels", "file"} or module.chemin == "comptes/allauth.py":  # a step of a request
            return []
        lus = {"jalon.socle.horloge.maintenant", "jalon.socle.horloge.aujourdhui"}
        return sorted(lus & set(importations(module.arbre)))

    assert _fautes(hors_place) == []


def test_seuls_le_web_et_l_api_connaissent_http() -> None:
    def hors_place(module: Module) -> list[str]:
        if module.app in {"web", "api", "config", "demo", "bancs"}:
            return []
        return _importe("django.http", "django.shortcuts", "django.urls", "ninja")(module)

    allauth = {"comptes/formulaires.py", "comptes/allauth.py"}
    assert _fautes(hors_place, allauth) == []


ECRITURES = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "create_user"}
CHAINES = {"filter", "exclude", "all", "tous", "visibles_par", "order_by", "select_for_update"}


def _ecrit(appel: ast.Call) -> bool:
    if not isinstance(appel.func, ast.Attribute):
        return False
    nom, avant = appel.func.attr, appel.func.value
    if nom in {"update", "delete", "create"}:
        if isinstance(avant, ast.Attribute) and avant.attr == "objects":
            return True
        return isinstance(avant, ast.Call) and isinstance(avant.func, ast.Attribute) and avant.func.attr in CHAINES
    return nom in ECRITURES


def test_seules_les_actions_ecrivent() -> None:
    def hors_place(module: Module) -> list[str]:
        if module.piece in {"actions", "inspection"} or module.app in {"demo", "bancs"}:
            return []  # inspection: a process apart that saves PDF and images in memory
        return [f"ligne {appel.lineno}" for _, appel in appels(module.arbre) if _ecrit(appel)]

    autorises = {
        "comptes/models.py",  # the manager that Django asks for
        "comptes/formulaires.py",  # called by allauth with the account being created
        "socle/coffre.py",  # writes to a storage, not to a table
        "socle/coffre_par_blocs.py",  # the same
        "cli/verifier.py",  # the same
        "editions/fusion.py",  # saves a PDF in memory
    }
    assert _fautes(hors_place, autorises) == []


def test_aucun_compte_ne_se_ferme_ni_ne_s_efface() -> None:
    """An administrator leaves by the actions of `habilitations`, which keep the last one (exigences, T13): no other door."""

    def fermetures(module: Module) -> list[str]:
        nommes = [n for n in ast.walk(module.arbre) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)]
        fautes = [f"ligne {n.lineno}" for n in nommes if n.attr == "is_active"]
        for nom, appel in appels(module.arbre):
            verbe, texte = nom.rpartition(".")[2], ast.dump(appel)
            ferme = verbe not in {"filter", "exclude"} and any(c.arg == "is_active" for c in appel.keywords)
            efface = verbe == "delete" and "personne" in ast.dump(appel.func).lower()
            champ = any(c.arg == "update_fields" and "'is_active'" in ast.dump(c.value) for c in appel.keywords)
            sql = "UPDATE comptes_personne" in texte or "DELETE FROM comptes_personne" in texte
            fautes += [f"ligne {appel.lineno}"] * (ferme or efface or champ or sql)
        return fautes

    assert _fautes(fermetures) == []


def test_aucune_porte_derobee_vers_les_lignes() -> None:
    def derobees(module: Module) -> list[str]:
        attributs = [n.attr for n in ast.walk(module.arbre) if isinstance(n, ast.Attribute)]
        return [a for a in attributs if a in {"_base_manager", "_default_manager", "RawSQL", "extra"}]

    sans_portee = {"referentiels/actions/revisions.py"}  # rules of the OPCO, public data, whatever their table
    assert _fautes(derobees, sans_portee) == []


def test_rien_n_echappe_au_navigateur_ni_au_jeton_de_formulaire() -> None:
    assert _fautes(_importe("django.views.decorators.csrf.csrf_exempt", "pickle", "marshal", "shelve")) == []
    assert _fautes(_appelle("csrf_exempt", "eval", "exec")) == []


def test_chaque_module_tient_en_trois_cents_lignes() -> None:
    trop = {m.chemin: m.lignes for m in modules() if m.lignes > LIGNES_MAX}
    assert trop == {}


def test_chaque_fonction_tient_en_soixante_lignes() -> None:
    def longues(module: Module) -> list[str]:
        tailles = [(f.name, (f.end_lineno or f.lineno) - f.lineno + 1) for f in fonctions(module.arbre)]
        return [f"{nom} ({taille} lignes)" for nom, taille in tailles if taille > LIGNES_DE_FONCTION_MAX]

    assert _fautes(longues) == []


def test_tout_ce_qui_est_public_se_presente() -> None:
    def muets(module: Module) -> list[str]:
        sans = [] if ast.get_docstring(module.arbre) or not module.arbre.body or module.chemin.endswith("apps.py") else ["module"]
        publics = [n for n in module.arbre.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
        return sans + [n.name for n in publics if not n.name.startswith("_") and not ast.get_docstring(n)]

    assert [f for f in _fautes(muets) if "apps.py" not in f] == []


def test_aucun_reste_de_chantier() -> None:
    mots = ("TODO", "FIXME", "pragma: no cover")
    fautes = [f"{f.relative_to(JALON)}: {mot}" for f in sorted(JALON.rglob("*.py")) for mot in mots if mot in f.read_text()]
    assert fautes == []


@pytest.mark.parametrize("dossier", [JALON / "web", JALON / "editions"])
def test_aucune_ressource_d_ailleurs(dossier: Path) -> None:
    fautes = [
        f"{f.relative_to(JALON)}: {ressource}"
        for extension in ("html", "css", "js", "svg")
        for f in sorted(dossier.rglob(f"*.{extension}"))
        for ressource in ('src="http', "src='http", "url(http", "@import", 'href="http', "import(")
        if ressource in f.read_text() and not (ressource == 'href="http' and "<link" not in f.read_text())
    ]
    assert fautes == []
