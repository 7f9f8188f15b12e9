"""Sentences of the events about employees. The journal is never purged: no name is in it."""

EVENEMENTS = {
    "salaries.ajout": "Salarié ajouté par {acteur}",
    "salaries.modification": "Fiche d’un salarié modifiée par {acteur}\u00a0: {champs}",
    "salaries.depart": "Départ d’un salarié déclaré par {acteur} au {jour}",
    "salaries.suppression": "Fiche d’un salarié supprimée par {acteur}",
    "salaries.fusion": "Deux fiches d’un même salarié réunies par {acteur}",
    "salaries.reprise": "Salariés repris d’un dossier par {acteur} ({nombre})",
    "salaries.import": "Fichier de salariés importé par {acteur}\u00a0: {nouveaux} ajoutés, {modifies} modifiés, {refuses} refusés",
    "salaries.import_interrompu": "Import de salariés interrompu\u00a0: {acteur} n’a plus le droit de les saisir",
    "salaries.nir_affiche": "NIR d’un salarié affiché par {acteur}\u00a0: {motif}",
    "salaries.purge": "Fiches de salariés effacées au terme de leur conservation ({nombre})",
}
