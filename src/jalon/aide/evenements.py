"""Sentences of the events about tickets."""

EVENEMENTS = {
    "aide.ticket_recu": "Message reçu par le formulaire de contact",
    "aide.ticket_repondu": "{acteur} a répondu au message",
    "aide.ticket_clos": "{acteur} a clos le message",
    "aide.ticket_efface": "Message {numero} effacé au terme de sa conservation",
}
