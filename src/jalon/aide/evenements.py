"""Sentences of the events about tickets."""

EVENEMENTS = {
    "aide.ticket": "Un message est arrivé par le formulaire de contact ({sujet})",
    "aide.reponse": "{acteur} a répondu au message",
    "aide.classement": "{acteur} a classé le message sans réponse",
}
