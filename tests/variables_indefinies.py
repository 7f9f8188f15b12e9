"""An undefined template variable fails the test, wherever it stands: printed, tested, looped on, given to a component.

Django prints nothing for a variable it does not know and takes it for false in `{% if %}`: a renamed key empties a page in
silence. `string_if_invalid` would close half of that way, and change what the other half answers. The lookup itself is
made strict instead, in our templates only; what is None has no attribute, which a test or a loop may rely on.
"""

import re
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest
from django.template import Context
from django.template.base import FilterExpression, Variable, VariableDoesNotExist

GABARITS = str(Path(__file__).parents[1] / "src" / "jalon")
NOM = re.compile(r"[a-z_]", re.IGNORECASE)
"""Cotton looks for a variable before it reads a literal, `[]` for instance."""
SANS_FICHIER = "<unknown source>"

_indulgente: ContextVar[bool] = ContextVar("indulgente", default=False)
_resoudre_variable = Variable.resolve
_resoudre_expression = FilterExpression.resolve


def exiger() -> None:
    """Make every template of the product strict, for the life of the process."""
    Variable.resolve = _variable  # type: ignore[method-assign]
    FilterExpression.resolve = _expression  # type: ignore[method-assign]


def _expression(expression: FilterExpression, context: Context, ignore_failures: bool = False) -> Any:
    """Remember whether the tag asks leniency (`if`, `for`, `firstof`) while the variable is looked up."""
    jeton = _indulgente.set(ignore_failures)
    try:
        return _resoudre_expression(expression, context, ignore_failures)
    finally:
        _indulgente.reset(jeton)


def _variable(variable: Variable, context: Context) -> Any:
    try:
        return _resoudre_variable(variable, context)
    except VariableDoesNotExist as absence:
        rien = absence.params[1] is None and _indulgente.get()
        origine = _origine(context)
        if not rien and NOM.match(str(variable.var)) and (origine == SANS_FICHIER or origine.startswith(GABARITS)):
            pytest.fail(f"Variable de gabarit indéfinie\u00a0: {variable.var} ({origine})", pytrace=False)
        raise


def _origine(context: Context) -> str:
    return str(getattr(getattr(getattr(context, "render_context", None), "template", None), "origin", "ailleurs"))
