"""What is judged before a contract is transmitted, and again when it is examined."""

from jalon.dispositifs.apprentissage.controles import apprenti, contrat, employeur, formation, maitre, remuneration
from jalon.dispositifs.base import controles_du_module

CONTROLES = tuple(
    controle
    for module in (employeur, apprenti, maitre, contrat, remuneration, formation)
    for controle in controles_du_module(module.__name__)
)
