"""Sentences of what happens to agreements."""

EVENEMENTS = {
    "engagement.accord_produit": "Accord de prise en charge envoyé à l’entreprise et à l’organisme",
    "engagement.echeancier_repris": "Échéancier recalculé par {acteur}, de {avant} à {apres}\u00a0: {motif}",
}
