"""Sentences of the events about access."""

EVENEMENTS = {
    "acces.commande": "{acteur} a commandé {lettres} lettres d’activation ({critere}, profil {profil})",
    "acces.adresse_completee": "{acteur} a complété l’adresse du siège du SIREN {siren}",
    "acces.avis_envoye": "{acteur} a envoyé l’avis au siège du SIREN {siren}",
    "acces.lettres_telechargees": "{acteur} a téléchargé les lettres d’activation",
    "acces.lettres_imprimees": "{acteur} a déclaré les lettres imprimées\u00a0; le fichier est effacé",
    "acces.code_administrateur": "{acteur} a saisi le code d’activation et administre l’espace",
    "acces.code_demande": "{acteur} a saisi le code d’activation et demande à administrer l’espace",
    "acces.demande_accordee": "{acteur} a accepté la demande d’accès de {personne}",
    "acces.demande_refusee": "{acteur} a refusé la demande d’accès de {personne}",
    "acces.invitation": "{acteur} a invité {adresse}",
    "acces.rattachement": "{acteur} a rejoint l’espace",
    "acces.droits": "{acteur} a modifié les droits de {personne}",
    "acces.rafale": "{acteur} a donné plus de trois accès en une heure\u00a0: ceux de {personne} attendent une vérification",
    "acces.octroi_confirme": "{acteur} a confirmé les droits donnés à {personne}",
    "acces.octroi_refuse": "{acteur} a refusé les droits donnés à {personne}",
    "acces.retrait": "{acteur} a retiré l’accès de {personne}",
    "acces.role_opco": "{acteur} a donné à {personne} le rôle «\u00a0{role}\u00a0»",
    "acces.role_opco_fin": "{acteur} a retiré à {personne} le rôle «\u00a0{role}\u00a0»",
    "acces.cle_creee": "{acteur} a créé la clé d’API «\u00a0{nom}\u00a0»",
    "acces.cle_revoquee": "{acteur} a révoqué la clé d’API «\u00a0{nom}\u00a0»",
}
