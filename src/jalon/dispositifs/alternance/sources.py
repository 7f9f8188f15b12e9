"""Where rules that are no article of the Code du travail come from."""

OPCO = "Convention de l’OPCO"
COHERENCE = f"{OPCO}, cohérence des réponses"
PROCEDURE = f"{OPCO}, page «\u00a0Déposer une demande de financement\u00a0»"
INSEE = "Insee, structure du numéro d’inscription au répertoire (NIR)"
PRISE_EN_CHARGE = f"{OPCO}, page «\u00a0Règles de prise en charge\u00a0» de la branche"
