"""Settings of the bare views, apart from the module that puts them in force. Pure."""

from collections.abc import Sequence
from typing import Any


def gabarits_nus(moteurs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The product's template engines, without what they compute for every page."""
    return [{**moteur, "OPTIONS": {**moteur["OPTIONS"], "context_processors": []}} for moteur in moteurs]
