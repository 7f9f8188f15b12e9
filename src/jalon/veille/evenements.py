"""Sentences of the events of surveillance."""

EVENEMENTS = {
    "veille.acces_coupe": "{acteur} a coupé l’accès de {cible}",
    "veille.retablissement_demande": "{acteur} a demandé que l’accès de {cible} soit rétabli",
    "veille.acces_retabli": "{acteur} a rétabli l’accès de {cible}",
    "veille.acces_exceptionnel": "{acteur} a ouvert ce dossier hors de ses portefeuilles, pour une heure\u00a0: {motif}",
    "veille.alerte_traitee": "{acteur} a traité l’alerte «\u00a0{alerte}\u00a0»",
    "veille.piege_pose": "{acteur} a posé un dossier piège",
    "veille.piege_retire": "{acteur} a retiré un dossier piège",
}
