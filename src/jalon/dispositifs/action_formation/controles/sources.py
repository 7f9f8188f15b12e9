"""Where rules that are not law come from."""

OPCO = "Convention de l’OPCO"
PROCEDURE = f"{OPCO}, page «\u00a0Déposer une demande de financement\u00a0»"
PRISE_EN_CHARGE = f"{OPCO}, page «\u00a0Règles de prise en charge\u00a0» de la branche"
COHERENCE = f"{OPCO}, cohérence des pièces et des réponses"
INSEE = "Insee, structure du numéro d’inscription au répertoire (NIR)"
