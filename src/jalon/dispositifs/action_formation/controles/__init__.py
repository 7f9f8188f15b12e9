"""Judgements of a request: each is a pure function of the document and of what is known that day."""

from jalon.dispositifs.action_formation.controles import action, couts, organisations, stagiaires
from jalon.dispositifs.base import controles_du_module

CONTROLES = tuple(
    controle for module in (organisations, action, stagiaires, couts) for controle in controles_du_module(module.__name__)
)
