"""Answers that decide whether boxes of other sections are asked."""

from jalon.dispositifs.base import quand

EXTERNE = quand("organisme.interne", "non")
FORMATION = quand("action.type_action", "formation")
SALAIRES = quand("couts.salaires_demandes", "oui")
ANNEXES = quand("couts.frais_demandes", "oui")
