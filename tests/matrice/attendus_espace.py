"""Expected answers of the pages of companies and providers, written by hand from « who may see what »."""

from tests.matrice.roles import Ligne

MOTIF = {"motif": "Motif de la matrice"}
SECTION = {"version": "1", "intitule": "Titre changé par la matrice", "objectifs": "Objectif", "theme": "metier"}
FICHIER = {"code": "programme", "fichier": "FICHIER"}
INVITATION = {"adresse": "invitee@essai.example", "etendue": "siren", "modele": "lecture"}
NIVEAUX = {f"niveau_{d}": "1" for d in ("alternance", "plan", "factures", "reglements", "rib", "acces")}
RIB = {"titulaire": "Bellerive", "iban": "BE68539007547034", "bic": "", "cote": ""}
FACTURE = {
    "numero": "M-2027-1", "date_emission": "14/01/2027", "montant_ht": "10", "taux_tva": "20", "montant_ttc": "12",
    "facture": "FICHIER", "date_debut": "11/01/2027", "date_fin": "12/01/2027", "heures_realisees": "28",
    "nombre_stagiaires": "2", "signataire_nom": "Driss Essai", "signataire_qualite": "Directeur", "lieu": "Lyon",
    "signe_le": "13/01/2027", "certificat": "FICHIER", "conservation": "on",
}  # fmt: skip

LIT = "oui: LISENT; 404: AVEUGLES"
SAISIT = "oui: SAISISSENT; 403: a_lecteur; 404: AVEUGLES"
ENVOIE = "oui: ENVOIENT; 403: a_lecteur a_saisie; 404: AVEUGLES"

CHEZ_L_ENTREPRISE = [
    Ligne("espace_accueil", "espace", "siren", get="oui: RATTACHES"),
    Ligne("espace_taches", "espace", "siren", get="oui: RATTACHES"),
    Ligne("espace_dossiers", "espace", "siren", get="oui: LISENT a_autre_siret"),
    Ligne("espace_brouillons", "espace", "siren", get="oui: LISENT a_autre_siret"),
    Ligne(
        "saisie_nouveau", "espace", "siren",
        get="oui: RATTACHES", post="oui: SAISISSENT", corps={"dispositif": "action_formation", "siret": "13002526500013"},
    ),
    Ligne("saisie_section", "espace", "siren brouillon code=action", get=SAISIT, post=SAISIT, corps=SECTION),
    Ligne("saisie_enregistrer", "espace", "siren brouillon code=action", post=SAISIT, corps=SECTION),
    Ligne("saisie_pieces", "espace", "siren brouillon", get=SAISIT, post=SAISIT, corps=FICHIER),
    Ligne("piece_telecharger", "espace", "siren brouillon piece_brouillon", get=LIT),
    Ligne("piece_retirer", "espace", "siren brouillon piece_brouillon", post=SAISIT),
    Ligne("saisie_verifier", "espace", "siren brouillon", get=SAISIT),
    Ligne("saisie_transmettre", "espace", "siren brouillon", post=ENVOIE.replace("oui", "422")),
    Ligne("saisie_supprimer", "espace", "siren brouillon", get=SAISIT, post=SAISIT),
    Ligne("espace_dossier", "espace", "siren accorde", get=LIT),
    Ligne("espace_dossier_message", "espace", "siren accorde", post=SAISIT, corps={"corps": "Bonjour"}),
    Ligne("espace_dossier_annuler", "espace", "siren transmis", get=LIT, post=ENVOIE, corps=MOTIF),
    Ligne("espace_dossier_accord", "espace", "siren accorde", get=LIT),
    Ligne("espace_dossier_recapitulatif", "espace", "siren accorde", get=LIT),
    Ligne("espace_factures", "espace", "siren", get="oui: FACTURES"),
    Ligne("espace_factures_historique", "espace", "siren", get="oui: a_admin a_lecteur"),
    Ligne("espace_facture_nouvelle", "espace", "siren engagement genre=facture", get="404: FACTURENT", post="404: FACTURENT", corps=FACTURE),
    Ligne("espace_facture", "espace", "siren facture", get="oui: LISENT; 404: a_autre_siret"),
    Ligne("espace_facture_annuler", "espace", "siren facture", post="", corps={}),
    Ligne("espace_facture_document", "espace", "siren facture nom=facture", get="oui: LISENT; 404: a_autre_siret"),
    Ligne("espace_reglements", "espace", "siren", get="oui: a_admin a_lecteur a_envoi a_probation"),
    Ligne("espace_habilitations", "espace", "siren", get="oui: a_admin a_lecteur a_probation"),
    Ligne("espace_inviter", "espace", "siren", get="oui: a_admin a_probation", post="oui: a_admin a_probation", corps=INVITATION),
    Ligne("espace_acces_historique", "espace", "siren", get="oui: a_admin a_probation"),
    Ligne("espace_modifier_droits", "espace", "siren rattachement", post="oui: a_admin a_probation", corps=NIVEAUX),
    Ligne("espace_retirer", "espace", "siren rattachement", get="oui: a_admin a_probation a_lecteur; 404: a_saisie a_envoi a_siret AVEUGLES", post="oui: a_admin a_probation a_lecteur; 404: a_saisie a_envoi a_siret AVEUGLES", corps=MOTIF),
    Ligne("espace_demande", "espace", "siren demande", post="oui: a_admin", corps={"decision": "accorder"}),
    Ligne("espace_rib", "espace", "siren", get="oui: a_admin a_lecteur"),
    Ligne("espace_rib_ajouter", "espace", "siren", get="oui: a_admin", post="oui: a_admin", corps=RIB),
    Ligne("espace_rib_geler", "espace", "siren rib", get="oui: a_admin", post="oui: a_admin", corps=MOTIF),
    Ligne("espace_rib_reveler", "espace", "siren rib", get="oui: a_admin", post="oui: a_admin", corps=MOTIF),
]  # fmt: skip

JAMAIS = "404: PRESTATAIRES"
DES_DEUX = "oui: PRESTATAIRES"
ADMIN = "oui: p_admin"
CHEZ_LE_PRESTATAIRE = [
    Ligne("espace_accueil", "prestataire", "prestataire", get=DES_DEUX),
    Ligne("espace_dossiers", "prestataire", "prestataire", get=DES_DEUX),
    Ligne("saisie_nouveau", "prestataire", "prestataire", get=DES_DEUX, post="", corps={"dispositif": "action_formation", "siret": ""}),
    Ligne("saisie_section", "prestataire", "prestataire brouillon code=action", get=JAMAIS, post=JAMAIS, corps=SECTION),
    Ligne("saisie_transmettre", "prestataire", "prestataire brouillon", post=JAMAIS),
    Ligne("piece_telecharger", "prestataire", "prestataire transmis piece_transmis", get=JAMAIS),
    Ligne("espace_dossier", "prestataire", "prestataire accorde", get=DES_DEUX),
    Ligne("espace_dossier_recapitulatif", "prestataire", "prestataire transmis", get=JAMAIS),
    Ligne("espace_dossier_message", "prestataire", "prestataire accorde", post=ADMIN, corps={"corps": "Bonjour"}),
    Ligne("espace_dossier_annuler", "prestataire", "prestataire transmis", get=JAMAIS, post=JAMAIS, corps=MOTIF),
    Ligne("espace_dossier_accord", "prestataire", "prestataire accorde", get=DES_DEUX),
    Ligne("espace_factures", "prestataire", "prestataire", get=DES_DEUX),
    Ligne("espace_facture_nouvelle", "prestataire", "prestataire engagement genre=facture", get=ADMIN, post=ADMIN, corps=FACTURE),
    Ligne("espace_facture", "prestataire", "prestataire facture", get=DES_DEUX),
    Ligne("espace_facture_annuler", "prestataire", "prestataire facture", post=ADMIN),
    Ligne("espace_facture_document", "prestataire", "prestataire facture nom=certificat", get=DES_DEUX),
    Ligne("espace_reglements", "prestataire", "prestataire", get=DES_DEUX),
    Ligne("espace_rib_ajouter", "prestataire", "prestataire", get=ADMIN, post=ADMIN, corps=RIB),
    Ligne("espace_rib_reveler", "prestataire", "prestataire rib", get="404: p_admin", post="404: p_admin", corps=MOTIF),
    Ligne("espace_retirer", "prestataire", "prestataire rattachement", get=JAMAIS, post=JAMAIS, corps=MOTIF),
]  # fmt: skip
