"""Actions: always the same shape. Jobs: identifiers only."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator

from procrastinate.contrib.django import app

from tests.architecture.sources import Module, modules

POSITIONNELS = {
    "journal/actions.py": {"noter"},
    "courriers/actions.py": {"preparer"},
    "referentiels/actions/revisions.py": {"noter_revision"},
}


def _actions() -> Iterator[tuple[Module, ast.FunctionDef]]:
    for module in modules():
        if module.piece == "actions" and module.app not in {"web", "api"}:
            for noeud in module.arbre.body:
                if isinstance(noeud, ast.FunctionDef) and not noeud.name.startswith("_"):
                    yield module, noeud


def _leve(fonction: ast.FunctionDef) -> bool:
    return any(isinstance(noeud, ast.Raise) and noeud.exc is not None for noeud in ast.walk(fonction))


def test_les_actions_ne_prennent_que_des_arguments_nommes() -> None:
    fautes = [
        f"{module.chemin}: {action.name}"
        for module, action in _actions()
        if (action.args.args or action.args.posonlyargs or action.args.vararg)
        and action.name not in POSITIONNELS.get(module.chemin, set())
        and "par" in {a.arg for a in action.args.kwonlyargs}
    ]
    assert fautes == []


def test_une_action_qui_refuse_dit_ce_qu_elle_leve() -> None:
    fautes = [
        f"{module.chemin}: {action.name}"
        for module, action in _actions()
        if _leve(action) and not re.search(r"\bRaises?\b", ast.get_docstring(action) or "")
    ]
    assert fautes == []


def test_une_action_recoit_l_acteur_et_l_heure_ensemble() -> None:
    fautes = []
    for module, action in _actions():
        noms = {a.arg for a in (*action.args.args, *action.args.kwonlyargs)}
        if "par" in noms and not noms & {"maintenant", "le"}:
            fautes.append(f"{module.chemin}: {action.name}")
    assert fautes == []


def test_un_travail_ne_porte_que_des_identifiants_en_texte() -> None:
    fautes = []
    for nom, travail in app.tasks.items():
        if nom.startswith("builtin:") or "procrastinate" in nom:
            continue
        fonction: Callable[..., object] = inspect.unwrap(travail.func)
        for parametre in inspect.signature(fonction).parameters.values():
            nomme = parametre.name.endswith(("_id", "siren", "siret"))
            if parametre.kind is not inspect.Parameter.VAR_KEYWORD and (parametre.annotation is not str or not nomme):
                fautes.append(f"{nom}: {parametre}")
    assert fautes == []
