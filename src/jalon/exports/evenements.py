"""Sentences of the events about exports."""

EVENEMENTS = {
    "export.demande": "{acteur} a demandé l’export «\u00a0{libelle}\u00a0» ({format})\u00a0: {raison}",
    "export.pret": "L’export «\u00a0{libelle}\u00a0» est prêt ({lignes} lignes)",
    "export.telecharge": "{acteur} a téléchargé l’export «\u00a0{libelle}\u00a0» ({lignes} lignes)",
    "export.annule": "{acteur} a annulé l’export «\u00a0{libelle}\u00a0»",
    "export.interrompu": "L’export «\u00a0{libelle}\u00a0» a été interrompu\u00a0: {motif}",
    "export.efface": "Le fichier de l’export «\u00a0{libelle}\u00a0» a été effacé au bout de sept jours",
}
