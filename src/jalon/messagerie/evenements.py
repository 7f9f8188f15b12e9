"""Sentences of what happens to model answers."""

EVENEMENTS = {
    "modele.cree": "Modèle de réponse créé par {acteur}\u00a0: {titre}",
    "modele.modifie": "Modèle de réponse modifié par {acteur}\u00a0: {titre}",
    "modele.supprime": "Modèle de réponse supprimé par {acteur}\u00a0: {titre}",
}
