"""The faults that are slipped into a module, one at a time: a boundary moved, a condition dropped, a line removed."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_COMPARAISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip
_OPERATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Add, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr, ast.BitXor: ast.BitOr, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
_NOMS = {"any": "all", "all": "any", "min": "max", "max": "min"}
_MAILLONS = {"filter", "exclude", "order_by", "distinct", "select_for_update", "strip", "upper", "lower"}
"""Links of a chain of calls that are dropped."""
_JAMAIS = ("annotation", "returns", "decorator_list", "bases", "type_params")

Remplacer = Callable[[ast.AST], None]


@dataclass(frozen=True, slots=True)
class Faute:
    """One fault: its rank in its module, where, of what kind. `fonction` is empty when the import itself runs that code."""

    rang: int
    ligne: int
    nature: str
    fonction: str


def fautes(source: str, *, modele: bool = False) -> list[Faute]:
    """Every fault that can be slipped into a module; `modele`: in its functions only, since the database keeps the rest."""
    trouvees = enumerate(_places(ast.parse(source)))
    liste = [Faute(rang, ligne, nature, fonction) for rang, (ligne, nature, fonction, _) in trouvees]
    return [f for f in liste if f.fonction or not modele]


def fauter(source: str, rang: int) -> ast.Module:
    """The module with that fault."""
    arbre = ast.parse(source)
    for numero, (_, _, _, commettre) in enumerate(_places(arbre)):
        if numero == rang:
            commettre()
            return ast.fix_missing_locations(arbre)
    raise IndexError(rang)


Place = tuple[int, str, str, Callable[[], None]]


def _places(arbre: ast.Module) -> Iterator[Place]:
    yield from _parcourir(arbre, lambda _: None, "", dedans=False)


def _parcourir(noeud: ast.AST, remplacer: Remplacer, fonction: str, *, dedans: bool) -> Iterator[Place]:
    for nature, nouveau in _fautes_de(noeud):
        yield getattr(noeud, "lineno", 0), nature, fonction if dedans else "", lambda n=nouveau: remplacer(n)
    nomme = isinstance(noeud, ast.ClassDef | ast.FunctionDef)
    nom = f"{fonction}.{noeud.name}".strip(".") if nomme and not dedans else fonction  # type: ignore[attr-defined]
    for champ, valeur in ast.iter_fields(noeud):
        if champ in _JAMAIS:
            continue
        corps = dedans or (isinstance(noeud, ast.FunctionDef) and champ == "body")
        if isinstance(valeur, list):
            for indice, enfant in enumerate(valeur):
                if isinstance(enfant, ast.AST) and not _muet(enfant, noeud):
                    poser = lambda n, v=valeur, i=indice: v.__setitem__(i, n)  # noqa: E731
                    yield from _parcourir(enfant, poser, nom, dedans=corps)
        elif isinstance(valeur, ast.AST) and not _muet(valeur, noeud):
            poser = lambda n, c=champ: setattr(noeud, c, n)  # noqa: E731
            yield from _parcourir(valeur, poser, nom, dedans=corps)


def _muet(noeud: ast.AST, parent: ast.AST) -> bool:
    """Docstrings, text around the values of a sentence, imports, the options of a table, a name that is assigned."""
    if isinstance(noeud, ast.Import | ast.ImportFrom | ast.expr_context):
        return True
    if isinstance(noeud, ast.Expr) and isinstance(noeud.value, ast.Constant):
        return True
    if isinstance(noeud, ast.Assign) and getattr(noeud.targets[0], "id", "") == "__all__":
        return True
    return (isinstance(parent, ast.JoinedStr) and isinstance(noeud, ast.Constant)) or (
        isinstance(noeud, ast.ClassDef) and noeud.name == "Meta"
    )


def _fautes_de(noeud: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for sorte, faire in _REGLES.items():
        if isinstance(noeud, sorte):
            yield from faire(noeud)


def _comparer(n: ast.Compare) -> Iterator[tuple[str, ast.AST]]:
    for rang, operateur in enumerate(n.ops):
        for autre in _COMPARAISONS[type(operateur)]:
            ops = [*n.ops[:rang], autre(), *n.ops[rang + 1 :]]
            yield f"{type(operateur).__name__} → {autre.__name__}", ast.Compare(n.left, ops, n.comparators)


def _ou_et(n: ast.BoolOp) -> Iterator[tuple[str, ast.AST]]:
    for rang in range(len(n.values)):
        reste = [*n.values[:rang], *n.values[rang + 1 :]]
        yield f"condition {rang + 1} retirée", reste[0] if len(reste) == 1 else ast.BoolOp(n.op, reste)


def _non(n: ast.UnaryOp) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(n.op, ast.Not | ast.USub | ast.Invert):
        yield "négation retirée", n.operand


def _calcul(n: ast.BinOp) -> Iterator[tuple[str, ast.AST]]:
    autre = _OPERATIONS.get(type(n.op))
    if autre is not None:
        yield f"{type(n.op).__name__} → {autre.__name__}", ast.BinOp(n.left, autre(), n.right)


def _constante(n: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    """A number, a truth, a word; sentences are for people, and read by them."""
    if isinstance(n.value, bool):
        yield f"{n.value} → {not n.value}", ast.Constant(not n.value)
    elif isinstance(n.value, int):
        yield f"{n.value} → {n.value + 1}", ast.Constant(n.value + 1)
    elif isinstance(n.value, str) and n.value and not set(" \u00a0’") & set(n.value):
        yield f"« {n.value} » → « {n.value}x »", ast.Constant(n.value + "x")


def _si(n: ast.If | ast.IfExp | ast.While) -> Iterator[tuple[str, ast.AST]]:
    contraire = ast.UnaryOp(ast.Not(), n.test)
    autres = {c: v for c, v in ast.iter_fields(n) if c != "test"}
    yield "condition inversée", type(n)(test=contraire, **autres)


def _boucle(n: ast.comprehension) -> Iterator[tuple[str, ast.AST]]:
    for rang in range(len(n.ifs)):
        yield "filtre retiré", ast.comprehension(n.target, n.iter, [*n.ifs[:rang], *n.ifs[rang + 1 :]], n.is_async)


def _rendre(n: ast.Return) -> Iterator[tuple[str, ast.AST]]:
    if n.value is not None and not isinstance(n.value, ast.Constant):
        yield "rien n’est rendu", ast.Return(ast.Constant(None))


def _instruction(n: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    champ = isinstance(n, ast.Assign | ast.AugAssign) and isinstance(
        n.targets[0] if isinstance(n, ast.Assign) else n.target, ast.Attribute | ast.Subscript
    )
    if champ or isinstance(n, ast.Raise | ast.Delete) or (isinstance(n, ast.Expr) and isinstance(n.value, ast.Call)):
        yield "ligne retirée", ast.Pass()


def _appel(n: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(n.func, ast.Name) and n.func.id in _NOMS:
        yield f"{n.func.id} → {_NOMS[n.func.id]}", ast.Call(ast.Name(_NOMS[n.func.id], ast.Load()), n.args, n.keywords)
    if isinstance(n.func, ast.Attribute) and n.func.attr in _MAILLONS:
        yield f".{n.func.attr}(…) retiré", n.func.value
    for rang, mot in enumerate(n.keywords):
        if mot.arg:
            yield f"« {mot.arg}= » retiré", ast.Call(n.func, n.args, [*n.keywords[:rang], *n.keywords[rang + 1 :]])


def _ensemble(n: ast.Set | ast.Dict) -> Iterator[tuple[str, ast.AST]]:
    elements = n.elts if isinstance(n, ast.Set) else n.values
    for rang in range(len(elements)):
        reste = [*elements[:rang], *elements[rang + 1 :]]
        if isinstance(n, ast.Dict):
            yield f"entrée {rang + 1} retirée", ast.Dict([*n.keys[:rang], *n.keys[rang + 1 :]], reste)
        elif reste:
            yield f"élément {rang + 1} retiré", ast.Set(reste)


_REGLES: dict[type[ast.AST] | tuple[type[ast.AST], ...], Callable[..., Iterator[tuple[str, ast.AST]]]] = {
    ast.Compare: _comparer, ast.BoolOp: _ou_et, ast.UnaryOp: _non, ast.BinOp: _calcul, ast.Constant: _constante,
    (ast.If, ast.IfExp, ast.While): _si, ast.comprehension: _boucle, ast.Return: _rendre, ast.stmt: _instruction, ast.Call: _appel, (ast.Set, ast.Dict): _ensemble,
}  # fmt: skip
