"""Sentences of the events about tickets and what people choose of the help."""

EVENEMENTS = {
    "aide.ticket_recu": "Message reçu par le formulaire de contact",
    "aide.ticket_repondu": "{acteur} a répondu au message",
    "aide.rappel_fait": "{acteur} a rappelé l’auteur du message",
    "aide.ticket_clos": "{acteur} a clos le message",
    "aide.ticket_efface": "Message {numero} effacé au terme de sa conservation",
    "aide.webinaire_programme": "{acteur} a programmé le webinaire «\u00a0{titre}\u00a0»",
    "aide.webinaire_modifie": "{acteur} a modifié le webinaire «\u00a0{titre}\u00a0»",
    "aide.webinaire_annule": "{acteur} a annulé le webinaire «\u00a0{titre}\u00a0»",
    "aide.webinaire_inscription": "{acteur} a pris une place au webinaire «\u00a0{titre}\u00a0»",
    "aide.webinaire_retrait": "{acteur} a rendu sa place au webinaire «\u00a0{titre}\u00a0»",
    "aide.etat_programme": "{acteur} a programmé un message d’état ({niveau}, du {debut} au {fin})\u00a0: «\u00a0{texte}\u00a0»",
    "aide.etat_termine": "{acteur} a terminé le message d’état «\u00a0{texte}\u00a0»",
    "aide.visite_vue": "{acteur} ne veut plus voir la visite guidée «\u00a0{titre}\u00a0»",
    "aide.profil_choisi": "{acteur} a choisi sa branche ou sa région",
}
