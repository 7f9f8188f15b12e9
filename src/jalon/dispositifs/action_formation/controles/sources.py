"""Where rules that are not law come from."""

OPCO = "Convention de l’OPCO"
PROCEDURE = f"{OPCO}, page « Déposer une demande de financement »"
PRISE_EN_CHARGE = f"{OPCO}, page « Règles de prise en charge » de la branche"
COHERENCE = f"{OPCO}, cohérence des pièces et des réponses"
INSEE = "Insee, structure du numéro d’inscription au répertoire (NIR)"
