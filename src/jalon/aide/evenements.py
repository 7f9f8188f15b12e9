"""Sentences of the events about tickets and what people choose of the help."""

EVENEMENTS = {
    "aide.ticket_recu": "Message reçu par le formulaire de contact",
    "aide.ticket_repondu": "{acteur} a répondu au message",
    "aide.rappel_fait": "{acteur} a rappelé l’auteur du message",
    "aide.ticket_clos": "{acteur} a clos le message",
    "aide.ticket_efface": "Message {numero} effacé au terme de sa conservation",
    "aide.profil_choisi": "{acteur} a choisi sa branche ou sa région",
}
