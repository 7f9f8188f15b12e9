"""Sign-in: what allauth asks for as tables."""

LIMITES = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "confirm_email": "1/10s/key",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
"""Tries by address of the network, account or key."""
FORMULAIRES_DES_CLES = {
    "authenticate_webauthn": "jalon.comptes.cles_d_acces.FormulaireSecondFacteur",
    "login_webauthn": "jalon.comptes.cles_d_acces.FormulaireConnexion",
    "reauthenticate_webauthn": "jalon.comptes.cles_d_acces.FormulaireConfirmation",
}
