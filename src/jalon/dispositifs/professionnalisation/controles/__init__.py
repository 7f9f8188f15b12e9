"""What is judged before a contract is transmitted, and again when it is examined."""

from jalon.dispositifs.base import controles_du_module
from jalon.dispositifs.professionnalisation.controles import contrat, personnes

CONTROLES = tuple(controle for module in (personnes, contrat) for controle in controles_du_module(module.__name__))
