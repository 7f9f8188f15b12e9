"""Sentences of the events about quick accesses. No name: a search that somebody keeps may hold one."""

EVENEMENTS = {
    "vues.vue_gardee": "{acteur} a gardé un accès rapide sur la liste «\u00a0{liste}\u00a0»",
    "vues.vue_partagee": "{acteur} partage un accès rapide sur la liste «\u00a0{liste}\u00a0» avec ses collègues",
    "vues.vue_modifiee": "{acteur} a modifié un accès rapide sur la liste «\u00a0{liste}\u00a0»",
    "vues.vue_supprimee": "{acteur} a supprimé un accès rapide sur la liste «\u00a0{liste}\u00a0»",
    "vues.partage_retire": "{acteur} a retiré l’accès rapide qu’un collègue partageait sur la liste «\u00a0{liste}\u00a0»",
    "vues.rythme_choisi": "{acteur} a choisi le rythme du récapitulatif de ses tâches\u00a0: {rythme}",
}
