"""Sentences of what happens to granted contracts. None of them says a motive: some stay between employer and employee."""

EVENEMENTS = {
    "contrat.rompu": "Rupture du contrat déclarée par {acteur}\u00a0: il prend fin le {le}",
    "contrat.rupture_corrigee": "Rupture du contrat corrigée par {acteur}\u00a0: il prend fin le {le}",
    "contrat.rupture_signalee": "Rupture signalée par l’organisme de formation ({acteur})\u00a0: fin du contrat le {le}",
    "contrat.formation_maintenue": "Formation maintenue après la rupture jusqu’au {jusqu_au}, déclarée par l’organisme de formation ({acteur})",
    "contrat.formation_arretee": "Formation arrêtée avec le contrat, déclaré par l’organisme de formation ({acteur})",
    "contrat.cede": "Contrat passé à {employeur} à compter du {effet}, accepté par {acteur}",
    "contrat.repris": "Contrat repris de {employeur} à compter du {effet}, accepté par {acteur}",
    "contrat.suivi": "Nouveau contrat commencé à partir de celui-ci par {acteur}",
    "avenant.commence": "Avenant {code} commencé par {acteur}",
    "avenant.transmis": "Avenant {code} transmis par {acteur}",
    "avenant.abandonne": "Avenant {code} abandonné par {acteur}",
    "avenant.accepte": "Avenant {code} accepté par {acteur}, en vigueur à compter du {effet}",
    "avenant.refuse": "Avenant {code} refusé par {acteur}",
}
