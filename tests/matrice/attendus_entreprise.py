"""Expected answers of the pages of a company, written by hand from « who may see what »."""

from tests.matrice.formulaires import (
    ACCORDER,
    CARTE,
    CHOISIS,
    CLE,
    COLLABORATEUR,
    CONVENTION,
    COPIE,
    DEPART,
    ECHEANCE,
    EN_NOMBRE,
    EXPORT,
    FACTURE,
    FICHIER,
    FUSION,
    GARDE,
    GARDE_NOUVELLE,
    GARDE_REMPLACEE,
    GROUPE,
    INVITATION,
    LISTE,
    MANDAT,
    MASSE,
    MEMBRES,
    MESSAGE,
    MISE_A_JOUR,
    MODIFICATION,
    MOTIF,
    NATURE,
    NIVEAUX,
    NOMINATION,
    NOUVEAU,
    PART_DU_MANDAT,
    PERSONNES,
    PRISE,
    PRISE_DE_P,
    REVUE,
    RIB,
    RUPTURE,
    SALARIE,
    SALARIE_MODIFIE,
    SECTION,
    STAGIAIRES,
    SUITE,
    TABLEAU,
    VUE,
)
from tests.matrice.roles import Ligne

LIT = "oui: LISENT; 404: a_autre_siret p_convention"
SAISIT = "oui: SAISISSENT; 404: a_autre_siret p_convention"
ENVOIE = "oui: ENVOIENT; 404: a_autre_siret p_convention"
SAUF = "; 404: a_dispositif p_convention"
MANQUE = "422: ENVOIENT; 404: a_autre_siret p_convention"
"""Allowed, but something lacks before it can be sent."""
TIENT = "409: SAISISSENT; 404: a_autre_siret p_convention"
"""Allowed, but it holds in the limit of the OPCO."""
COPIE_ICI = "oui: SAISISSENT a_mixte; 404: a_autre_siret p_convention"
"""Reads it, and types somewhere in the company; for that establishment, only who types there."""
DEMANDEE = "404: VIVANTS; oui: a_admin"
"""Whoever asked for it, and nobody else."""
SANS_ALTERNANCE = "404: a_saisie a_envoi a_dispositif a_siret a_autre_siret a_mixte c_collab"
GERE_LES_CONTRATS = f"oui: GERENT; {SANS_ALTERNANCE}"
"""What changes a granted contract: alternance = Gestion; a convention never gives more than sending."""
LIT_L_ALTERNANCE = f"oui: GERENT a_lecteur p_convention; {SANS_ALTERNANCE}"
SAISIT_L_ALTERNANCE = f"oui: GERENT p_convention; {SANS_ALTERNANCE}"
MONTRE_L_ALTERNANCE = f"oui: ADMINS p_convention; {SANS_ALTERNANCE}"
"""A NIR is shown to who types, out of probation."""
FACTURES = "oui: LISENT a_autre_siret"
LIT_LA_FACTURE = "oui: LISENT; 404: a_autre_siret"
FACTURE_POUR_A = "oui: FACTURENT"
BANQUE = "oui: ADMINS a_lecteur"
EXPORTE = "oui: ADMINS a_lecteur"
SA_MODIFICATION = "oui: a_admin; 404: a_autre_siret p_convention"
"""A change asked is taken back by who asked it, whoever may ask another."""
LE_SIEN = "oui: a_admin; 404: a_lecteur double_admin"
"""An export is of who asked for it, whoever administers; closed in probation."""
ADMINS = "oui: ADMINS"
LIT_LES_SALARIES = "oui: GERENT a_lecteur"
SON_FICHIER = "oui: a_admin; 404: a_probation double_admin"
GERENT = "oui: GERENT"
PART = "oui: GERENT a_lecteur; 404: a_saisie IGNORENT"
"""Removes others (accès = Gestion, probation included), or leaves; the others do not see who has access."""

DOSSIERS = [
    Ligne("espace_accueil", "espace", "siren", get="oui: VIVANTS"),
    Ligne("espace_taches", "espace", "siren", get="oui: VIVANTS"),
    Ligne("espace_taches_nombre", "espace", "siren", get="oui: VIVANTS"),
    Ligne("espace_vues", "espace", "siren", get="oui: VIVANTS", post="404: VIVANTS; oui: a_admin", corps=CARTE),
    Ligne("espace_vue_nouvelle", "espace", "siren liste=dossiers", get="oui: VIVANTS", post="oui: VIVANTS", corps=VUE),
    Ligne("espace_vue_nouvelle", "espace", "siren liste=inconnue", get="404: VIVANTS", post="404: VIVANTS", corps=VUE),
    Ligne("espace_recherche", "espace", "siren", get="oui: VIVANTS"),
    Ligne("espace_dossiers", "espace", "siren", get="oui: VIVANTS"),
    Ligne("espace_brouillons", "espace", "siren", get="oui: VIVANTS"),
    Ligne("contrats_transferes", "espace", "siren", get="oui: VIVANTS"),
    Ligne("espace_operations", "espace", "siren", post="oui: VIVANTS", corps=EN_NOMBRE),
    Ligne("espace_operation", "espace", "siren operation", get=DEMANDEE),
    Ligne("espace_operation_fichier", "espace", "siren operation", get=DEMANDEE),
    Ligne("saisie_nouveau", "espace", "siren", get="oui: SAISISSENT a_autre_siret a_mixte p_convention", post="oui: SAISISSENT; 422: p_convention", corps=NOUVEAU),
    Ligne("saisie_section", "espace", "siren brouillon code=action", get=SAISIT, post=SAISIT, corps=SECTION),
    Ligne("saisie_section", "espace", "siren brouillon code=stagiaires", get=SAISIT, post=SAISIT, corps=STAGIAIRES),
    Ligne("saisie_section", "espace", "siren brouillon_2 code=action", get="oui: a_admin a_saisie a_envoi a_dispositif c_collab a_autre_siret a_mixte a_probation double_admin; 404: a_siret p_convention", post="oui: a_admin a_saisie a_envoi a_dispositif c_collab a_autre_siret a_mixte a_probation double_admin; 404: a_siret p_convention", corps=SECTION),
    Ligne("saisie_enregistrer", "espace", "siren brouillon code=action", post=SAISIT, corps=SECTION),
    Ligne("saisie_pieces", "espace", "siren brouillon", get=SAISIT, post=SAISIT, corps=FICHIER),
    Ligne("saisie_pieces", "espace", "siren incomplet", get=SAISIT, post=SAISIT, corps=FICHIER),
    Ligne("piece_telecharger", "espace", "siren brouillon piece_brouillon", get=LIT),
    Ligne("piece_apercu", "espace", "siren brouillon piece_brouillon", get=LIT),
    Ligne("piece_apercu_page", "espace", "siren brouillon piece_brouillon numero=1", get=LIT),
    Ligne("piece_telecharger", "espace", "siren transmis piece_transmis", get=LIT),
    Ligne("piece_apercu", "espace", "siren transmis piece_transmis", get=LIT),
    Ligne("piece_apercu_page", "espace", "siren transmis piece_transmis numero=1", get=LIT),
    Ligne("piece_retirer", "espace", "siren brouillon piece_brouillon", post=SAISIT),
    Ligne("saisie_verifier", "espace", "siren brouillon", get=SAISIT),
    Ligne("saisie_transmettre", "espace", "siren brouillon", post=ENVOIE),
    Ligne("saisie_transmettre", "espace", "siren incomplet", post=MANQUE),
    Ligne("saisie_tableau", "espace", "siren brouillon code=stagiaires", get=SAISIT, post=SAISIT, corps=LISTE),
    Ligne("saisie_scinder", "espace", "siren brouillon", post=TIENT),
    Ligne("saisie_dupliquer", "espace", "siren brouillon", get=COPIE_ICI, post=SAISIT, corps=COPIE),
    Ligne("saisie_dupliquer", "espace", "siren accorde", get=COPIE_ICI, post=SAISIT, corps=COPIE),
    Ligne("saisie_supprimer", "espace", "siren brouillon", get=SAISIT, post=SAISIT),
    Ligne("espace_dossier", "espace", "siren brouillon", get=LIT),
    Ligne("espace_dossier", "espace", "siren transmis", get=LIT),
    Ligne("espace_dossier", "espace", "siren accorde", get=LIT),
    Ligne("espace_dossier", "espace", "siren alternance", get=LIT_L_ALTERNANCE),
    Ligne("piece_telecharger", "espace", "siren alternance piece_alternance", get=LIT_L_ALTERNANCE),
    Ligne("piece_apercu", "espace", "siren alternance piece_alternance", get=LIT_L_ALTERNANCE),
    Ligne("piece_apercu_page", "espace", "siren alternance piece_alternance numero=1", get=LIT_L_ALTERNANCE),
    Ligne("saisie_pieces", "espace", "siren alternance", get=SAISIT_L_ALTERNANCE, post=SAISIT_L_ALTERNANCE, corps=FICHIER),
    Ligne("espace_dossier_annuler", "espace", "siren alternance", get=SAISIT_L_ALTERNANCE, post=SAISIT_L_ALTERNANCE, corps=MOTIF),
    Ligne("espace_dossier", "espace", "siren alternance_accorde", get=LIT_L_ALTERNANCE),
    Ligne("espace_dossier_message", "espace", "siren alternance_accorde", post=SAISIT_L_ALTERNANCE, corps=MESSAGE),
    Ligne("espace_dossier", "espace", "siren contrat_accorde", get=LIT_L_ALTERNANCE),
    Ligne("espace_dossier_message", "espace", "siren accorde", post=SAISIT, corps=MESSAGE),
    Ligne("espace_dossier_relancer", "espace", "siren accorde", post=SAISIT),
    Ligne("espace_dossier_jointe", "espace", "siren accorde jointe_accorde", get=LIT),
    Ligne("espace_dossier_modifier", "espace", "siren accorde", get=LIT, post=ENVOIE, corps=MISE_A_JOUR),
    Ligne("espace_modification_demander", "espace", "siren transmis chemin=action.lieu", get=SAISIT, post=SAISIT, corps=MODIFICATION),
    Ligne("espace_modification_retirer", "espace", "siren transmis modification_a", post=SA_MODIFICATION),
    Ligne("espace_dossier_annuler", "espace", "siren transmis", get=ENVOIE, post=ENVOIE, corps=MOTIF),
    Ligne("espace_dossier_accord", "espace", "siren accorde", get=LIT),
    Ligne("espace_dossier_recapitulatif", "espace", "siren accorde", get=LIT),
    Ligne("espace_dossier_complet", "espace", "siren accorde", post=LIT),
    Ligne("espace_dossier_formulaire", "espace", "siren brouillon", get="404: SAISISSENT a_autre_siret p_convention"),
    Ligne("espace_dossier_formulaire", "espace", "siren contrat_brouillon", get=SAISIT_L_ALTERNANCE),
    Ligne("espace_dossier_formulaire", "espace", "siren contrat_accorde", get=SAISIT_L_ALTERNANCE),
    Ligne("espace_dossier_formulaire_entier", "espace", "siren contrat_brouillon", get=MONTRE_L_ALTERNANCE),
    Ligne("espace_dossier_formulaire_entier", "espace", "siren contrat_accorde", get=MONTRE_L_ALTERNANCE),
]  # fmt: skip

CONTRATS = [
    Ligne("espace_dossier", "espace", "siren apprentissage", get=LIT_L_ALTERNANCE),
    Ligne("contrat_rupture", "espace", "siren apprentissage", get=GERE_LES_CONTRATS, post=GERE_LES_CONTRATS, corps=RUPTURE),
    Ligne("contrat_avenant", "espace", "siren apprentissage", get=GERE_LES_CONTRATS, post=GERE_LES_CONTRATS, corps=NATURE),
    Ligne("contrat_avenant_abandonner", "espace", "siren apprentissage_change", post=GERE_LES_CONTRATS),
    Ligne("contrat_preuve", "espace", "siren apprentissage_rompu", get=GERE_LES_CONTRATS, post=GERE_LES_CONTRATS, corps={"fichier": "FICHIER"}),
    Ligne("contrat_suite", "espace", "siren apprentissage", get=SAISIT_L_ALTERNANCE, post=SAISIT_L_ALTERNANCE, corps=SUITE),
]  # fmt: skip

D_UN_AUTRE_DISPOSITIF = [
    Ligne("saisie_section", "espace", "siren bilan_brouillon code=action", get=SAISIT + SAUF, post=SAISIT + SAUF, corps=SECTION),
    Ligne("saisie_enregistrer", "espace", "siren bilan_brouillon code=action", post=SAISIT + SAUF, corps=SECTION),
    Ligne("saisie_pieces", "espace", "siren bilan_brouillon", get=SAISIT + SAUF, post=SAISIT + SAUF, corps=FICHIER),
    Ligne("saisie_pieces", "espace", "siren bilan", get=SAISIT + SAUF, post=SAISIT + SAUF, corps=FICHIER),
    Ligne("piece_telecharger", "espace", "siren bilan piece_bilan", get=LIT + SAUF),
    Ligne("piece_apercu", "espace", "siren bilan piece_bilan", get=LIT + SAUF),
    Ligne("piece_apercu_page", "espace", "siren bilan piece_bilan numero=1", get=LIT + SAUF),
    Ligne("piece_retirer", "espace", "siren bilan_brouillon piece_bilan_brouillon", post=SAISIT + SAUF),
    Ligne("saisie_verifier", "espace", "siren bilan_brouillon", get=SAISIT + SAUF),
    Ligne("saisie_transmettre", "espace", "siren bilan", post=MANQUE + SAUF),
    Ligne("saisie_supprimer", "espace", "siren bilan_brouillon", get=SAISIT + SAUF, post=SAISIT + SAUF),
    Ligne("espace_dossier", "espace", "siren bilan_brouillon", get=LIT + SAUF),
    Ligne("espace_dossier", "espace", "siren bilan", get=LIT + SAUF),
    Ligne("espace_dossier", "espace", "siren bilan_accorde", get=LIT + SAUF),
    Ligne("espace_dossier_message", "espace", "siren bilan_accorde", post=SAISIT + SAUF, corps=MESSAGE),
    Ligne("espace_dossier_annuler", "espace", "siren bilan", get=ENVOIE + SAUF, post=ENVOIE + SAUF, corps=MOTIF),
    Ligne("espace_dossier_recapitulatif", "espace", "siren bilan_accorde", get=LIT + SAUF),
    Ligne("espace_dossier_complet", "espace", "siren bilan_accorde", post=LIT + SAUF),
]  # fmt: skip
"""The same pages for requests of the second dispositif of the plan: who is limited to the first one is told that there are none."""

SALARIES = [
    Ligne("espace_salaries", "espace", "siren", get=LIT_LES_SALARIES),
    Ligne("espace_salarie", "espace", "siren salarie", get=LIT_LES_SALARIES),
    Ligne("espace_salarie_nouveau", "espace", "siren", get=GERENT, post=GERENT, corps=SALARIE),
    Ligne("espace_salarie_modifier", "espace", "siren salarie", get=GERENT, post=GERENT, corps=SALARIE_MODIFIE),
    Ligne("espace_salarie_depart", "espace", "siren salarie", get=GERENT, post=GERENT, corps=DEPART),
    Ligne("espace_salarie_supprimer", "espace", "siren salarie", get=GERENT, post=GERENT),
    Ligne("espace_salarie_fusionner", "espace", "siren salarie", get=GERENT, post=GERENT, corps=FUSION),
    Ligne("espace_salarie_nir", "espace", "siren salarie", get=ADMINS, post=ADMINS, corps=MOTIF),
    Ligne("espace_salaries_importer", "espace", "siren", get=GERENT, post="422: GERENT", corps=FICHIER),
    Ligne("espace_salaries_import", "espace", "siren import_salaries", get=SON_FICHIER, post=SON_FICHIER, corps={"appliquer": "1"}),
    Ligne("saisie_salaries", "espace", "siren brouillon code=stagiaires", get=GERENT, post=GERENT, corps=CHOISIS),
    Ligne("espace_dossier_salaries", "espace", "siren transmis", get=GERENT, post=GERENT, corps=PERSONNES),
]  # fmt: skip
"""Who holds « salariés » here administers, but for the reader; a file is only its sender's."""

RANGENT = "oui: a_admin a_saisie a_envoi a_siret a_autre_siret a_mixte a_probation double_admin c_collab"
OUVRENT_LE_PORTE_DOCUMENTS = f"{RANGENT} a_lecteur"
AILLEURS_DANS_A = "; 404: a_siret a_autre_siret a_mixte"
LIT_LE_GARDE = "oui: a_admin a_lecteur a_saisie a_envoi a_probation double_admin c_collab" + AILLEURS_DANS_A
CHANGE_LE_GARDE = "oui: a_admin a_saisie a_envoi a_probation double_admin c_collab" + AILLEURS_DANS_A
LIT_CELUI_D_ANNECY = (
    "oui: a_admin a_lecteur a_saisie a_envoi a_siret a_mixte a_probation double_admin c_collab; 404: a_autre_siret"
)
CHANGE_CELUI_D_ANNECY = "oui: a_admin a_saisie a_envoi a_siret a_probation double_admin c_collab; 404: a_autre_siret"
LIT_CELUI_DE_L_ALTERNANCE = "oui: GERENT a_lecteur; 404: a_saisie a_envoi a_siret a_autre_siret a_mixte c_collab"
CHANGE_CELUI_DE_L_ALTERNANCE = "oui: GERENT; 404: a_saisie a_envoi a_siret a_autre_siret a_mixte c_collab"
GARDE_LA_PIECE = "oui: a_admin a_saisie a_envoi a_siret a_probation double_admin c_collab; 404: a_autre_siret p_convention"
PREND = "oui: a_admin a_saisie a_envoi a_probation double_admin c_collab; 404: a_dispositif a_siret a_autre_siret p_convention"
PREND_DE_P = "404: SAISISSENT a_autre_siret p_convention"

PORTE_DOCUMENTS = [
    Ligne("espace_documents", "espace", "siren", get=OUVRENT_LE_PORTE_DOCUMENTS),
    Ligne("espace_document_ajouter", "espace", "siren", get=RANGENT, post=RANGENT, corps=GARDE_NOUVELLE),
    Ligne("espace_document_modifier", "espace", "siren garde", get=CHANGE_LE_GARDE, post=CHANGE_LE_GARDE, corps=GARDE),
    Ligne("espace_document_remplacer", "espace", "siren garde", get=CHANGE_LE_GARDE, post=CHANGE_LE_GARDE, corps=GARDE_REMPLACEE),
    Ligne("espace_document_supprimer", "espace", "siren garde", get=CHANGE_LE_GARDE, post=CHANGE_LE_GARDE),
    Ligne("espace_document_telecharger", "espace", "siren garde", get=LIT_LE_GARDE),
    Ligne("espace_document_apercu", "espace", "siren garde", get=LIT_LE_GARDE),
    Ligne("espace_document_apercu_page", "espace", "siren garde numero=1", get=LIT_LE_GARDE),
    Ligne("espace_document_telecharger", "espace", "siren garde_siret", get=LIT_CELUI_D_ANNECY),
    Ligne("espace_document_supprimer", "espace", "siren garde_siret", get=CHANGE_CELUI_D_ANNECY, post=CHANGE_CELUI_D_ANNECY),
    Ligne("espace_document_telecharger", "espace", "siren garde_alternance", get=LIT_CELUI_DE_L_ALTERNANCE),
    Ligne("espace_document_supprimer", "espace", "siren garde_alternance", get=CHANGE_CELUI_DE_L_ALTERNANCE, post=CHANGE_CELUI_DE_L_ALTERNANCE),
    Ligne("piece_garder", "espace", "siren brouillon piece_brouillon", get=GARDE_LA_PIECE, post=GARDE_LA_PIECE, corps=GARDE),
    Ligne("piece_garder", "espace", "siren transmis piece_transmis", get=GARDE_LA_PIECE, post=GARDE_LA_PIECE, corps=GARDE),
    Ligne("piece_garder", "espace", "siren alternance piece_alternance", get=GERE_LES_CONTRATS, post=GERE_LES_CONTRATS, corps=GARDE),
    Ligne("saisie_pieces", "espace", "siren brouillon", get=SAISIT, post=PREND, corps=PRISE),
    Ligne("saisie_pieces", "espace", "siren incomplet", get=SAISIT, post=PREND_DE_P, corps=PRISE_DE_P),
]  # fmt: skip
"""Read and kept by who reads, or types, a whole family of requests there: neither under a convention, nor for one dispositif. What
the provider keeps is not for its client to take."""

FINANCES = [
    Ligne("espace_factures", "espace", "siren", get=FACTURES),
    Ligne("espace_trop_percus", "espace", "siren", get=FACTURES),
    Ligne("espace_factures_historique", "espace", "siren", get=BANQUE),
    Ligne("espace_facture_nouvelle", "espace", "siren engagement_accorde genre=facture", get="", post="", corps=FACTURE),
    Ligne("espace_facture_nouvelle", "espace", "siren engagement_rembourse genre=facture", get=FACTURE_POUR_A, post=FACTURE_POUR_A, corps=FACTURE),
    Ligne("espace_facture_nouvelle", "espace", "siren engagement_contrat_accorde genre=facture", get="", post="", corps=ECHEANCE),
    Ligne("espace_facture", "espace", "siren facture", get=LIT_LA_FACTURE),
    Ligne("espace_facture", "espace", "siren etat_depenses", get=LIT_LA_FACTURE),
    Ligne("espace_facture_annuler", "espace", "siren facture", post=""),
    Ligne("espace_facture_annuler", "espace", "siren facture_a", post=FACTURE_POUR_A),
    Ligne("espace_facture_document", "espace", "siren facture nom=facture", get=LIT_LA_FACTURE),
    Ligne("espace_facture_document", "espace", "siren etat_depenses nom=certificat", get=LIT_LA_FACTURE),
    Ligne("espace_reglements", "espace", "siren", get="oui: ADMINS a_lecteur a_envoi a_dispositif c_collab a_probation"),
    Ligne("espace_exports", "espace", "siren", get=EXPORTE),
    Ligne("espace_export_demander", "espace", "siren", post=EXPORTE, corps=EXPORT),
    Ligne("espace_export_annuler", "espace", "siren export_attend", post=LE_SIEN),
    Ligne("espace_export_telecharger", "espace", "siren export", post=LE_SIEN),
    Ligne("espace_rib", "espace", "siren", get=BANQUE),
    Ligne("espace_rib_ajouter", "espace", "siren", get=ADMINS, post=ADMINS, corps=RIB),
    Ligne("espace_rib_geler", "espace", "siren rib", get=ADMINS, post=ADMINS, corps=MOTIF),
    Ligne("espace_rib_reveler", "espace", "siren rib", get=ADMINS, post=ADMINS, corps=MOTIF),
]  # fmt: skip

ACCES = [
    Ligne("espace_habilitations", "espace", "siren", get="oui: GERENT a_lecteur"),
    Ligne("espace_inviter", "espace", "siren", get=GERENT, post=GERENT, corps=INVITATION),
    Ligne("espace_acces_historique", "espace", "siren", get=GERENT),
    Ligne("espace_modifier_droits", "espace", "siren rattachement", post=GERENT, corps=NIVEAUX),
    Ligne("espace_modifier_droits", "espace", "siren rattachement_admin", post=ADMINS, corps=NIVEAUX),
    Ligne("espace_droits_masse", "espace", "siren", post=GERENT, corps=MASSE),
    Ligne("espace_revue", "espace", "siren", get=GERENT, post=ADMINS, corps=REVUE),
    Ligne("espace_droits_fichier", "espace", "siren", get=GERENT, post="422: GERENT", corps=FICHIER),
    Ligne("espace_droits_appliquer", "espace", "siren", post=GERENT, corps=TABLEAU),
    Ligne("espace_droits_export", "espace", "siren", post=ADMINS),
    Ligne("espace_acces_historique_export", "espace", "siren", post=ADMINS),
    Ligne("espace_octroi", "espace", "siren octroi", post=ADMINS, corps=ACCORDER),
    Ligne("espace_nomination", "espace", "siren nomination", get=GERENT, post=ADMINS, corps=NOMINATION),
    Ligne("espace_mes_droits", "espace", "siren", get="oui: VIVANTS"),
    Ligne("espace_retirer", "espace", "siren rattachement", get=PART, post=PART, corps=MOTIF),
    Ligne("espace_retirer", "espace", "siren rattachement_saisie", get="oui: GERENT a_saisie; 404: IGNORENT", post="oui: GERENT a_saisie; 404: IGNORENT", corps=MOTIF),
    Ligne("espace_retirer", "espace", "siren rattachement_admin", get="oui: GERENT; 404: a_saisie IGNORENT", post="oui: ADMINS; 404: a_saisie IGNORENT", corps=MOTIF),
    Ligne("espace_voir_comme", "espace", "siren rattachement", get=ADMINS, post=ADMINS),
    Ligne("espace_voir_comme", "espace", "siren rattachement_admin", get="409: a_admin; oui: double_admin", post="409: a_admin; oui: double_admin"),
    Ligne("espace_demande", "espace", "siren demande", get=GERENT, post=ADMINS, corps=ACCORDER),
    Ligne("espace_groupes", "espace", "siren", get="oui: GERENT a_lecteur"),
    Ligne("espace_groupe_nouveau", "espace", "siren", get=GERENT, post=GERENT, corps=GROUPE),
    Ligne("espace_groupe", "espace", "siren groupe", get="oui: GERENT a_lecteur"),
    Ligne("espace_groupe_ajouter", "espace", "siren groupe", post=ADMINS, corps=MEMBRES),
    Ligne("espace_groupe_ajouter", "espace", "siren groupe_libre", post=GERENT, corps=MEMBRES),
    Ligne("espace_groupe_retirer", "espace", "siren groupe", post=ADMINS, corps=MEMBRES),
    Ligne("espace_groupe_renommer", "espace", "siren groupe", get=GERENT, post=GERENT, corps=GROUPE),
    Ligne("espace_groupe_supprimer", "espace", "siren groupe", get=GERENT, post="422: GERENT"),
    Ligne("espace_groupe_supprimer", "espace", "siren groupe_libre", get=GERENT, post=GERENT),
    Ligne("espace_cles", "espace", "siren", get="oui: GERENT a_lecteur"),
    Ligne("espace_cle_nouvelle", "espace", "siren", get=ADMINS, post=ADMINS, corps=CLE),
    Ligne("espace_cle_revoquer", "espace", "siren ligne_cle_a", get=ADMINS, post=ADMINS, corps=MOTIF),
    Ligne("espace_cle_revoquer", "espace", "siren ligne_cle_revoquee", get=ADMINS, post="422: ADMINS", corps=MOTIF),
    Ligne("espace_code_arreter", "espace", "siren code_a", get=GERENT, post=ADMINS, corps=MOTIF),
]  # fmt: skip
"""In probation (exigences, T1c): coordonnées bancaires, exports and NIR are closed, and no administrator nor request of one is
within reach, nor any key of the API; to invite and to give the other rights is open; nothing is taken out, and nobody else's rights are confirmed,
and nobody looks as another. One does not look as oneself (409)."""

VOIT_LES_ACCES = "oui: GERENT a_lecteur"

MANDATS = [
    Ligne("espace_mandats", "espace", "siren", get=VOIT_LES_ACCES),
    Ligne("espace_mandat_nouveau", "espace", "siren", get=GERENT, post=ADMINS, corps=MANDAT),
    Ligne("espace_mandat", "espace", "siren mandat", get=VOIT_LES_ACCES),
    Ligne("espace_mandat", "espace", "siren mandat_recu", get=VOIT_LES_ACCES),
    Ligne("espace_mandat", "espace", "siren convention", get=VOIT_LES_ACCES),
    Ligne("espace_convention_piece", "espace", "siren convention", get=VOIT_LES_ACCES),
    Ligne("espace_convention_piece", "espace", "siren mandat", get="404: GERENT a_lecteur"),
    Ligne("espace_convention_refuser", "espace", "siren convention", post=GERENT),
    Ligne("espace_convention_refuser", "espace", "siren mandat", post="404: GERENT"),
    Ligne("espace_conventions", "espace", "siren", get=""),
    Ligne("espace_convention_nouvelle", "espace", "siren", get="", post="", corps=CONVENTION),
    Ligne("espace_mandat_modifier", "espace", "siren mandat", get=GERENT, post=ADMINS, corps=MANDAT),
    Ligne("espace_mandat_modifier", "espace", "siren convention", get="409: GERENT", post="409: GERENT", corps=MANDAT),
    Ligne("espace_mandat_terminer", "espace", "siren mandat", get=GERENT, post=GERENT, corps=MOTIF),
    Ligne("espace_mandat_decider", "espace", "siren mandat_attend", post=ADMINS, corps=ACCORDER),
    Ligne("espace_clients", "espace", "siren", get="oui: VIVANTS"),
    Ligne("espace_repartition", "espace", "siren", get=GERENT, post="422: GERENT", corps=PART_DU_MANDAT),
    Ligne("espace_collaborateur_nouveau", "espace", "siren", get=GERENT, post="", corps=COLLABORATEUR),
]
"""To give a mandate is closed in probation, to end one is not. Whoever acts by mandate neither gives nor ends any."""

CHEZ_L_ENTREPRISE = [*DOSSIERS, *CONTRATS, *D_UN_AUTRE_DISPOSITIF, *SALARIES, *PORTE_DOCUMENTS, *FINANCES, *ACCES, *MANDATS]
