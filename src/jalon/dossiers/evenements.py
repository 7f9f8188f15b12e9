"""Sentences of what happens to requests."""

EVENEMENTS = {
    "dossier.cree": "Brouillon commencé par {acteur}",
    "dossier.liste_importee": "Liste importée d’un tableau par {acteur}\u00a0: {nombre} lignes",
    "dossier.scinde": "Brouillon scindé en {nombre} dossiers par {acteur}",
    "dossier.issu_d_une_scission": "Brouillon issu d’une scission par {acteur}",
    "dossier.duplique": "Brouillon copié du {origine} par {acteur}",
    "dossier.operation_demandee": "Action sur plusieurs dossiers demandée par {acteur}",
    "dossier.operation_telechargee": "Pièces de plusieurs dossiers téléchargées par {acteur}",
    "dossier.brouillon_supprime": "Brouillon supprimé par {acteur}",
    "dossier.transmis": "Dossier transmis par {acteur} sous le numéro {numero}",
    "dossier.complete": "Complément envoyé par {acteur}",
    "dossier.annule": "Dossier annulé par {acteur}\u00a0: {motif}",
    "dossier.repris": "Dossier n° {numero} repris de l’ancien portail, pour être lu",
    "dossier.solde": "Dossier soldé par {acteur}",
    "dossier.donnee_affichee": "Donnée protégée affichée par {acteur} ({case})\u00a0: {motif}",
    "piece.deposee": "Pièce jointe par {acteur}\u00a0: {piece}",
    "piece.remplacee": "Pièce remplacée par {acteur}\u00a0: {piece}",
    "piece.retiree": "Pièce retirée par {acteur}\u00a0: {piece}",
    "piece.ouverte": "Pièce ouverte par {acteur}\u00a0: {piece}",
    "message.ecrit": "Message de {acteur} ({cote})",
}
