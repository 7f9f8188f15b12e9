"""Expected answers of the other addresses: public pages, accounts, demonstration, API."""

from tests.matrice.formulaires import (
    CARTE,
    CODE,
    CONTACT,
    COURRIER,
    NOTIFICATIONS,
    REJOINDRE,
    VUE,
)
from tests.matrice.roles import Ligne

TOUS = "oui: TOUS"
VIDE = "422: CONNECTES"
"""An empty form is refused beside its boxes."""
LA_SIENNE = "404: PERSONNES; oui: sans_droit"
"""A request is its author's alone."""
SA_VUE = "404: PERSONNES; 403: VIVANTS; oui: a_admin"
"""A quick access of `a_admin`, shared with the company: its colleagues see it, and may not change it."""
RETIRE = "404: PERSONNES; 403: VIVANTS; oui: GERENT"
GARDE = "404: PERSONNES; oui: VIVANTS P_VIVANTS b_admin q_admin c_admin; 403: a_expire a_revoque p_expire c_fini"
"""Somebody of a company or a provider, who reads requests somewhere."""
A_ELLE_SEULE = "404: PERSONNES; oui: a_admin"
EN_COURS = "oui: TOUS; connexion: anonyme"
"""A code to type, once something was begun: without it, back to the sign-in page."""

PUBLIQUES = [
    Ligne("entree", "personne", get="oui: CONNECTES"),
    Ligne("accessibilite", "public", get=TOUS),
    Ligne("donnees-personnelles", "public", get=TOUS),
    Ligne("mentions-legales", "public", get=TOUS),
    Ligne("theme", "public", post=TOUS),
    Ligne("etat_service", "public", get=TOUS),
    Ligne("etat_fermer", "public", "etat", post=TOUS),
    Ligne("aide_code", "public", get=TOUS),
    Ligne("aide_code_etape", "public", "etape=perime", get=TOUS),
    Ligne("contact", "public", get=TOUS, post=TOUS, corps=CONTACT),
    Ligne("mon_profil", "public", get=TOUS, post=TOUS, corps={"branche": "", "region": "84"}),
    Ligne("gel", "public", "jeton=inconnu", get="404: TOUS", post="404: TOUS"),
    Ligne("aide_connexion", "public", get=TOUS),
    Ligne("aide", "public", get=TOUS),
    Ligne("glossaire", "public", get=TOUS),
    Ligne("visite", "public", "code=entreprise", get=TOUS),
    Ligne("visite_vue", "connecte", "code=entreprise", post=""),
    Ligne("aide_guide", "public", "code=facturer", get=TOUS),
    Ligne("webinaires", "public", get=TOUS),
    Ligne("webinaire", "public", "webinaire", get=TOUS),
    Ligne("webinaire_inscription", "connecte", "webinaire", post=""),
    Ligne("webinaire_retrait", "connecte", "webinaire", post="404: CONNECTES"),
    Ligne("webinaire_calendrier", "connecte", "webinaire", get="404: CONNECTES"),
    Ligne("second_facteur_perdu", "public", get=EN_COURS, post=EN_COURS),
    Ligne("healthz", "public", get=TOUS),
    Ligne("readyz", "public", get=TOUS),
    Ligne("security-txt", "public", get=TOUS),
    Ligne("seance", "connecte", get=""),
    Ligne("demo-composants", "public", get=TOUS),
    Ligne("demo-saisie", "public", get=TOUS, post=TOUS),
    Ligne("demo-erreur", "public", "statut=403", get="403: TOUS", post="403: TOUS"),
    Ligne("demo_comptes", "public", get=TOUS),
    Ligne("demo_courriels", "public", get=TOUS),
    Ligne("demo_courriel", "public", "inconnu", get="404: TOUS"),
    Ligne("accueil", "personne", get=""),
    Ligne("mes_dossiers", "personne", get=""),
    Ligne("mes_vues", "personne", get="", post="404: PERSONNES", corps=CARTE),
    Ligne("mes_vue_nouvelle", "personne", "liste=dossiers", get=GARDE, post=GARDE, corps=VUE),
    Ligne("vue_modifier", "personne", "vue", get=SA_VUE, post=SA_VUE, corps=VUE),
    Ligne("vue_modifier", "personne", "vue_privee", get=A_ELLE_SEULE, post=A_ELLE_SEULE, corps=VUE),
    Ligne("vue_supprimer", "personne", "vue", get=SA_VUE, post=SA_VUE),
    Ligne("vue_supprimer", "personne", "vue_privee", get=A_ELLE_SEULE, post=A_ELLE_SEULE),
    Ligne("vue_partage_retirer", "personne", "vue", post=RETIRE),
    Ligne("vue_partage_retirer", "personne", "vue_privee", post=A_ELLE_SEULE),
    Ligne("recapitulatif", "personne", get="", post="", corps={"rythme": "quotidien"}),
    Ligne("recapitulatif_arreter", "public", "jeton=inconnu", get="404: TOUS", post="404: TOUS"),
    Ligne("notifications", "personne", get=""),
    Ligne("notifications_nombre", "public", get=TOUS),
    Ligne("notifications_lues", "personne", post=""),
    Ligne("notification", "personne", "notification", get=A_ELLE_SEULE),
    Ligne("notification_lue", "personne", "notification", post=A_ELLE_SEULE),
    Ligne("notifications_preferences", "personne", get="", post="", corps=NOTIFICATIONS),
    Ligne("notifications_arreter", "public", "jeton=inconnu", get="404: TOUS", post="404: TOUS"),
    Ligne("recherche", "personne", get=""),
    Ligne("activation", "personne", get="403: AGENTS", post="422: PERSONNES; 403: AGENTS", corps=CODE),
    Ligne("rejoindre", "personne", get="403: AGENTS", post="422: ADMINS a_lecteur a_probation; 403: AGENTS", corps=REJOINDRE),
    Ligne("ma_demande", "personne", "ma_demande", get=LA_SIENNE),
    Ligne("ma_demande_retirer", "personne", "ma_demande", post=LA_SIENNE),
    Ligne("courrier", "personne", get="403: AGENTS", post="403: AGENTS", corps=COURRIER),
    Ligne("mes_codes", "personne", get=""),
    Ligne("mes_exports", "personne", get=""),
]
"""A code that nobody was sent is refused to everybody (422), and to the OPCO's people whatever it is; so is what one holds
already. A letter may be asked by everybody but them."""

COMPTES = [
    Ligne("account_login", "public", get=TOUS, post="oui: TOUS; 422: anonyme"),
    Ligne("account_logout", "connecte", get="", post="connexion: CONNECTES"),
    Ligne("account_inactive", "public", get=TOUS, post="405: TOUS"),
    Ligne("account_signup", "public", get=TOUS, post="oui: TOUS; 422: anonyme"),
    Ligne("account_reauthenticate", "connecte", get="", post=VIDE),
    Ligne("account_email", "connecte", get="", post=""),
    Ligne("account_email_verification_sent", "public", get=EN_COURS, post=EN_COURS),
    Ligne("account_change_password", "connecte", get="", post=VIDE),
    Ligne("account_set_password", "connecte", get="", post=""),
    Ligne("account_reset_password", "public", get=TOUS, post="422: TOUS"),
    Ligne("account_confirm_login_code", "public", get=EN_COURS, post=EN_COURS),
    Ligne("account_reset_password_from_key_done", "public", get=TOUS, post="405: TOUS"),
    Ligne("account_reset_password_from_key", "public", "uidb36=1 key=inconnue", get=TOUS, post="422: TOUS"),
    Ligne("account_reset_password_done", "public", get=TOUS, post="405: TOUS"),
    Ligne("mfa_index", "connecte", get="", post="405: CONNECTES"),
    Ligne("mfa_authenticate", "connecte", get="", post=""),
    Ligne("mfa_reauthenticate", "connecte", get="", post="422: PERSONNES"),
    Ligne("mfa_activate_totp", "connecte", get="", post="422: sans_second_facteur"),
    Ligne("mfa_deactivate_totp", "connecte", get="404: sans_second_facteur", post="404: sans_second_facteur; second: PERSONNES"),
    Ligne("mfa_view_recovery_codes", "connecte", get="404: CONNECTES", post="405: CONNECTES"),
    Ligne("mfa_generate_recovery_codes", "connecte", get="", post="422: sans_second_facteur"),
    Ligne("mfa_download_recovery_codes", "connecte", get="404: CONNECTES", post="404: CONNECTES"),
    Ligne("mfa_list_webauthn", "connecte", get="", post="405: CONNECTES"),
    Ligne("mfa_add_webauthn", "connecte", get="", post=VIDE),
    Ligne("mfa_reauthenticate_webauthn", "connecte", get="", post=""),
    Ligne("mfa_remove_webauthn", "connecte", "cle_d_autrui", get="404: CONNECTES", post="404: CONNECTES"),
    Ligne("mfa_edit_webauthn", "connecte", "cle_d_autrui", get="404: CONNECTES", post="404: CONNECTES"),
    Ligne("mfa_login_webauthn", "connecte", get="", post=""),
    Ligne("usersessions_list", "connecte", get="", post=""),
    Ligne("session_fermer", "connecte", "seance_id=0", post="404: CONNECTES"),
    Ligne("cle_requise", "connecte", get=""),
    Ligne("vue_quitter", "connecte", post=""),
    Ligne("reprendre", "personne", get=""),
    Ligne("openid_entrer", "public", post="404: TOUS"),
    Ligne("openid_retour", "public", get="404: TOUS"),
    Ligne("openid_inconnue", "public", get="404: TOUS"),
    Ligne("openid_identite", "personne", get="404: PERSONNES"),
    Ligne("openid_lier", "personne", post="404: PERSONNES"),
    Ligne("openid_delier", "personne", post="404: PERSONNES"),
]
"""Pages of django-allauth. To remove the second factor leads to the list of them (« second »); the key of somebody else does not
exist; the codes de secours do not exist before they are made. Without a server of identity, its pages do not exist (with one: tests/openid)."""

API = [
    Ligne("api-1:status", "api", get="oui: cle_a cle_b cle_p", post="405: TOUS"),
    Ligne("api-1:dossier", "api", "numero", get="oui: cle_a cle_p; 404: cle_b", post="405: TOUS"),
    Ligne("api-1:api-root", "api", get="404: TOUS", post="404: TOUS"),
]
