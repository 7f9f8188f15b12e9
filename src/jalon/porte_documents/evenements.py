"""Sentences of the events about a porte-documents. The journal is never purged: the kind is in it, not the name."""

EVENEMENTS = {
    "porte_documents.ajout": "Document ajouté au porte-documents par {acteur}\u00a0: {genre}",
    "porte_documents.modification": "Document du porte-documents modifié par {acteur}\u00a0: {genre}",
    "porte_documents.remplacement": "Fichier remplacé dans le porte-documents par {acteur}\u00a0: {genre}, version {version}",
    "porte_documents.suppression": "Document retiré du porte-documents par {acteur}\u00a0: {genre}",
    "porte_documents.ouverture": "Document du porte-documents ouvert par {acteur}\u00a0: {genre}",
}
