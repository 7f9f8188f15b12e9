"""Sentences of what happens to requests."""

EVENEMENTS = {
    "dossier.cree": "Brouillon commencé par {acteur}",
    "dossier.brouillon_supprime": "Brouillon supprimé par {acteur}",
    "dossier.salaries_inscrits": "Salariés inscrits au brouillon par {acteur} depuis le répertoire ({nombre})",
    "dossier.transmis": "Dossier transmis par {acteur} sous le numéro {numero}",
    "dossier.complete": "Complément envoyé par {acteur}",
    "dossier.annule": "Dossier annulé par {acteur}\u00a0: {motif}",
    "dossier.repris": "Dossier n° {numero} repris de l’ancien portail, pour être lu",
    "dossier.solde": "Dossier soldé par {acteur}",
    "dossier.donnee_affichee": "Donnée protégée affichée par {acteur} ({case})\u00a0: {motif}",
    "dossier.mis_a_jour": "Dossier mis à jour par {acteur}\u00a0: {objets}",
    "modification.demandee": "Modification demandée par {acteur}\u00a0: {objet}",
    "piece.deposee": "Pièce jointe par {acteur}\u00a0: {piece}",
    "piece.remplacee": "Pièce remplacée par {acteur}\u00a0: {piece}",
    "piece.retiree": "Pièce retirée par {acteur}\u00a0: {piece}",
    "piece.refusee": "Pièce refusée par l’antivirus\u00a0: {piece}",
    "piece.ouverte": "Pièce ouverte par {acteur}\u00a0: {piece}",
    "message.relance": "L’OPCO relancé par {acteur}",
    "message.confie": "Échange confié par {acteur} à {a}",
    "message.ecrit": "Message de {acteur} ({cote})",
}
