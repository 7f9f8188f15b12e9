"""Expected answers of the same pages for a training provider: what was granted, its invoices, its own organisation."""

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
    MASSE_P,
    MEMBRES,
    MESSAGE,
    MODIFICATION,
    MOTIF,
    NATURE,
    NIVEAUX,
    NOMINATION,
    NOUVEAU,
    PART_DU_CABINET,
    PART_DU_MANDAT,
    PERSONNES,
    REVUE,
    REVUE_P,
    RIB,
    SALARIE,
    SALARIE_MODIFIE,
    SECTION,
    SIGNALEMENT,
    SUITE,
    TABLEAU,
    VUE,
)
from tests.matrice.roles import Ligne

TOUS = "oui: P_VIVANTS"
JAMAIS = "404: P_VIVANTS"
ENTRENT = "oui: P_VIVANTS p_convention"
CACHE = "404: P_VIVANTS p_convention"
DOSSIER_ACCORDE = "oui: P_VIVANTS; 404: p_convention"
CONTRAT_LU = "oui: p_admin p_lecteur p_convention; 404: p_envoi"
"""`p_envoi` reads the plan alone; `p_convention` acts for A on its contracts that name this provider."""
HORS_DE_SA_FAMILLE = "404: p_envoi"
A_L_ENTREPRISE = "404: p_convention"
"""Whoever acts for A under a convention alone sees nothing of the provider's own, granted to it or not."""
FORMULAIRE_ACCORDE = "404: p_envoi p_convention"
"""The company prints its form: the CFA that reads the contract is told so; `p_envoi` has nothing in its family."""
ADMIN = "oui: p_admin"
FACTURE_POUR_P = "oui: p_admin p_envoi"
LIT = "oui: p_admin p_lecteur"
"""`p_envoi` has neither règlements, nor coordonnées bancaires, nor accès."""

SANS_SALARIES, SANS_SALARIE = "404: p_admin p_lecteur", "404: p_admin"
"""A provider has no directory of employees: to who would read or type there, nothing answers."""

DOSSIERS = [
    Ligne("espace_salaries", "prestataire", "prestataire", get=SANS_SALARIES),
    Ligne("espace_salarie", "prestataire", "prestataire salarie", get=SANS_SALARIES),
    Ligne("espace_salarie_nouveau", "prestataire", "prestataire", get=SANS_SALARIE, post=SANS_SALARIE, corps=SALARIE),
    Ligne(
        "espace_salarie_modifier",
        "prestataire",
        "prestataire salarie",
        get=SANS_SALARIE,
        post=SANS_SALARIE,
        corps=SALARIE_MODIFIE,
    ),
    Ligne("espace_salarie_depart", "prestataire", "prestataire salarie", get=SANS_SALARIE, post=SANS_SALARIE, corps=DEPART),
    Ligne("espace_salarie_supprimer", "prestataire", "prestataire salarie", get=SANS_SALARIE, post=SANS_SALARIE),
    Ligne("espace_salarie_fusionner", "prestataire", "prestataire salarie", get=SANS_SALARIE, post=SANS_SALARIE, corps=FUSION),
    Ligne("espace_salarie_nir", "prestataire", "prestataire salarie", get=SANS_SALARIE, post=SANS_SALARIE, corps=MOTIF),
    Ligne("espace_salaries_importer", "prestataire", "prestataire", get=SANS_SALARIE, post=SANS_SALARIE, corps=FICHIER),
    Ligne(
        "espace_salaries_import",
        "prestataire",
        "prestataire import_salaries",
        get=SANS_SALARIE,
        post=SANS_SALARIE,
        corps={"appliquer": "1"},
    ),
    Ligne(
        "saisie_salaries",
        "prestataire",
        "prestataire brouillon code=stagiaires",
        get=SANS_SALARIES,
        post=SANS_SALARIES,
        corps=CHOISIS,
    ),
    Ligne("espace_dossier_salaries", "prestataire", "prestataire accorde", get=SANS_SALARIE, post=SANS_SALARIE, corps=PERSONNES),
    Ligne("espace_accueil", "prestataire", "prestataire", get=ENTRENT),
    Ligne("espace_taches", "prestataire", "prestataire", get=ENTRENT),
    Ligne("espace_taches_nombre", "prestataire", "prestataire", get=ENTRENT),
    Ligne("espace_vues", "prestataire", "prestataire", get=ENTRENT, post=CACHE, corps=CARTE),
    Ligne("espace_vue_nouvelle", "prestataire", "prestataire liste=dossiers", get=TOUS, post=TOUS, corps=VUE),
    Ligne("espace_recherche", "prestataire", "prestataire", get=ENTRENT),
    Ligne("espace_dossiers", "prestataire", "prestataire", get=TOUS),
    Ligne("espace_brouillons", "prestataire", "prestataire", get=TOUS),
    Ligne("contrats_transferes", "prestataire", "prestataire", get=TOUS),
    Ligne("espace_operations", "prestataire", "prestataire", post=TOUS, corps=EN_NOMBRE),
    Ligne("espace_operation", "prestataire", "prestataire operation", get=CACHE),
    Ligne("espace_operation_fichier", "prestataire", "prestataire operation", get=CACHE),
    Ligne("saisie_nouveau", "prestataire", "prestataire", get="", post="", corps=NOUVEAU),
    Ligne("saisie_section", "prestataire", "prestataire brouillon code=action", get=CACHE, post=CACHE, corps=SECTION),
    Ligne(
        "saisie_section", "prestataire", "prestataire accorde code=action", get=A_L_ENTREPRISE, post=A_L_ENTREPRISE, corps=SECTION
    ),
    Ligne("saisie_enregistrer", "prestataire", "prestataire brouillon code=action", post=CACHE, corps=SECTION),
    Ligne("saisie_pieces", "prestataire", "prestataire brouillon", get=CACHE, post=CACHE, corps=FICHIER),
    Ligne("piece_telecharger", "prestataire", "prestataire transmis piece_transmis", get=CACHE),
    Ligne("piece_apercu", "prestataire", "prestataire transmis piece_transmis", get=CACHE),
    Ligne("piece_apercu_page", "prestataire", "prestataire transmis piece_transmis numero=1", get=CACHE),
    Ligne("piece_telecharger", "prestataire", "prestataire accorde piece_accorde", get=CACHE),
    Ligne("piece_apercu", "prestataire", "prestataire accorde piece_accorde", get=CACHE),
    Ligne("piece_apercu_page", "prestataire", "prestataire accorde piece_accorde numero=1", get=CACHE),
    Ligne("piece_retirer", "prestataire", "prestataire brouillon piece_brouillon", post=CACHE),
    Ligne("saisie_verifier", "prestataire", "prestataire brouillon", get=CACHE),
    Ligne("saisie_transmettre", "prestataire", "prestataire brouillon", post=CACHE),
    Ligne("saisie_tableau", "prestataire", "prestataire brouillon code=stagiaires", get=CACHE, post=CACHE, corps=LISTE),
    Ligne("saisie_scinder", "prestataire", "prestataire brouillon", post=CACHE),
    Ligne("saisie_dupliquer", "prestataire", "prestataire brouillon", get=CACHE, post=CACHE, corps=COPIE),
    Ligne("saisie_dupliquer", "prestataire", "prestataire accorde", get=A_L_ENTREPRISE, post=A_L_ENTREPRISE, corps=COPIE),
    Ligne("saisie_supprimer", "prestataire", "prestataire brouillon", get=CACHE, post=CACHE),
    Ligne("espace_dossier", "prestataire", "prestataire transmis", get=CACHE),
    Ligne("espace_dossier", "prestataire", "prestataire accorde", get=DOSSIER_ACCORDE),
    Ligne("espace_dossier", "prestataire", "prestataire contrat", get="404: P_VIVANTS; oui: p_convention"),
    Ligne("espace_dossier", "prestataire", "prestataire contrat_accorde", get=CONTRAT_LU),
    Ligne("espace_dossier_message", "prestataire", "prestataire accorde", post=f"{ADMIN}; {A_L_ENTREPRISE}", corps=MESSAGE),
    Ligne("espace_dossier_relancer", "prestataire", "prestataire accorde", post=f"409: p_admin; {A_L_ENTREPRISE}"),
    Ligne("espace_dossier_jointe", "prestataire", "prestataire accorde jointe_accorde", get=CACHE),
    Ligne(
        "espace_modification_demander",
        "prestataire",
        "prestataire transmis chemin=action.lieu",
        get=CACHE,
        post=CACHE,
        corps=MODIFICATION,
    ),
    Ligne("espace_dossier_modifier", "prestataire", "prestataire accorde", get=CACHE, post=CACHE),
    Ligne("espace_dossier_annuler", "prestataire", "prestataire transmis", get=CACHE, post=CACHE, corps=MOTIF),
    Ligne("espace_dossier_annuler", "prestataire", "prestataire accorde", get=A_L_ENTREPRISE, post=A_L_ENTREPRISE, corps=MOTIF),
    Ligne("espace_dossier_accord", "prestataire", "prestataire accorde", get=DOSSIER_ACCORDE),
    Ligne("espace_dossier_recapitulatif", "prestataire", "prestataire transmis", get=CACHE),
    Ligne("espace_dossier_recapitulatif", "prestataire", "prestataire accorde", get=DOSSIER_ACCORDE),
    Ligne("espace_dossier_formulaire", "prestataire", "prestataire contrat_brouillon", get=CACHE),
    Ligne("espace_dossier_formulaire", "prestataire", "prestataire contrat_accorde", get=FORMULAIRE_ACCORDE),
    Ligne("espace_dossier_formulaire_entier", "prestataire", "prestataire contrat_brouillon", get=CACHE),
    Ligne("espace_dossier_formulaire_entier", "prestataire", "prestataire contrat_accorde", get=FORMULAIRE_ACCORDE),
]

CONTRATS = [
    Ligne(
        "contrat_rupture",
        "prestataire",
        "prestataire apprentissage",
        get=f"{ADMIN}; {HORS_DE_SA_FAMILLE}",
        post=f"{ADMIN}; {HORS_DE_SA_FAMILLE}",
        corps=SIGNALEMENT,
    ),
    Ligne(
        "contrat_avenant",
        "prestataire",
        "prestataire apprentissage",
        get=HORS_DE_SA_FAMILLE,
        post=HORS_DE_SA_FAMILLE,
        corps=NATURE,
    ),
    Ligne("contrat_avenant_abandonner", "prestataire", "prestataire apprentissage_change", post=HORS_DE_SA_FAMILLE),
    Ligne(
        "contrat_preuve",
        "prestataire",
        "prestataire apprentissage_rompu",
        get=f"{ADMIN}; {HORS_DE_SA_FAMILLE}",
        post=f"{ADMIN}; {HORS_DE_SA_FAMILLE}",
        corps={"fichier": "FICHIER"},
    ),
    Ligne(
        "contrat_suite",
        "prestataire",
        "prestataire apprentissage",
        get=f"oui: p_convention; {HORS_DE_SA_FAMILLE}",
        post=f"oui: p_convention; {HORS_DE_SA_FAMILLE}",
        corps=SUITE,
    ),
]
"""The CFA signals a rupture; avenants and the next contract are the company's, or of who types for it under a convention."""

FINANCES = [
    Ligne("espace_factures", "prestataire", "prestataire", get=TOUS),
    Ligne("espace_trop_percus", "prestataire", "prestataire", get=TOUS),
    Ligne("espace_factures_historique", "prestataire", "prestataire", get=LIT),
    Ligne("espace_facture_nouvelle", "prestataire", "prestataire engagement_accorde genre=facture", get=FACTURE_POUR_P, post=FACTURE_POUR_P, corps=FACTURE),
    Ligne("espace_facture_nouvelle", "prestataire", "prestataire engagement_contrat_accorde genre=facture", get=FACTURE_POUR_P, post=FACTURE_POUR_P, corps=ECHEANCE),
    Ligne("espace_facture_nouvelle", "prestataire", "prestataire engagement_rembourse genre=facture", get="", post="", corps=FACTURE),
    Ligne("espace_facture", "prestataire", "prestataire facture", get=TOUS),
    Ligne("espace_facture", "prestataire", "prestataire etat_depenses", get=JAMAIS),
    Ligne("espace_facture_annuler", "prestataire", "prestataire facture", post=FACTURE_POUR_P),
    Ligne("espace_facture_annuler", "prestataire", "prestataire facture_a", post=""),
    Ligne("espace_facture_document", "prestataire", "prestataire facture nom=certificat", get=TOUS),
    Ligne("espace_facture_document", "prestataire", "prestataire etat_depenses nom=facture", get=JAMAIS),
    Ligne("espace_reglements", "prestataire", "prestataire", get=LIT),
    Ligne("espace_exports", "prestataire", "prestataire", get=LIT),
    Ligne("espace_export_demander", "prestataire", "prestataire", post=LIT, corps=EXPORT),
    Ligne("espace_export_annuler", "prestataire", "prestataire export_p_attend", post="oui: p_admin; 404: p_lecteur"),
    Ligne("espace_export_telecharger", "prestataire", "prestataire export_p", post="oui: p_admin; 404: p_lecteur"),
    Ligne("espace_rib", "prestataire", "prestataire", get=LIT),
    Ligne("espace_rib_ajouter", "prestataire", "prestataire", get=ADMIN, post=ADMIN, corps=RIB),
    Ligne("espace_rib_geler", "prestataire", "prestataire rib_p", get=ADMIN, post=ADMIN, corps=MOTIF),
    Ligne("espace_rib_geler", "prestataire", "prestataire rib", get="404: p_admin", post="404: p_admin", corps=MOTIF),
    Ligne("espace_rib_reveler", "prestataire", "prestataire rib_p", get=ADMIN, post=ADMIN, corps=MOTIF),
    Ligne("espace_rib_reveler", "prestataire", "prestataire rib", get="404: p_admin", post="404: p_admin", corps=MOTIF),
]  # fmt: skip

ACCES = [
    Ligne("espace_habilitations", "prestataire", "prestataire", get=LIT),
    Ligne("espace_inviter", "prestataire", "prestataire", get=ADMIN, post=ADMIN, corps=INVITATION),
    Ligne("espace_acces_historique", "prestataire", "prestataire", get=ADMIN),
    Ligne("espace_modifier_droits", "prestataire", "prestataire rattachement_p", post=ADMIN, corps=NIVEAUX),
    Ligne("espace_modifier_droits", "prestataire", "prestataire rattachement", post="404: p_admin p_lecteur", corps=NIVEAUX),
    Ligne("espace_droits_masse", "prestataire", "prestataire", post=ADMIN, corps=MASSE_P),
    Ligne("espace_droits_masse", "prestataire", "prestataire", post="404: p_admin", corps=MASSE),
    Ligne("espace_revue", "prestataire", "prestataire", get=ADMIN, post=ADMIN, corps=REVUE_P),
    Ligne("espace_revue", "prestataire", "prestataire", get=ADMIN, post="404: p_admin", corps=REVUE),
    Ligne("espace_droits_fichier", "prestataire", "prestataire", get=ADMIN, post="422: p_admin", corps=FICHIER),
    Ligne("espace_droits_appliquer", "prestataire", "prestataire", post=ADMIN, corps=TABLEAU),
    Ligne("espace_droits_export", "prestataire", "prestataire", post=ADMIN),
    Ligne("espace_acces_historique_export", "prestataire", "prestataire", post=ADMIN),
    Ligne("espace_octroi", "prestataire", "prestataire octroi_p", post=ADMIN, corps=ACCORDER),
    Ligne("espace_octroi", "prestataire", "prestataire octroi", post="404: p_admin", corps=ACCORDER),
    Ligne("espace_nomination", "prestataire", "prestataire nomination_p", get=ADMIN, post=ADMIN, corps=NOMINATION),
    Ligne("espace_nomination", "prestataire", "prestataire nomination", get="404: p_admin", post="404: p_admin", corps=NOMINATION),
    Ligne("espace_mes_droits", "prestataire", "prestataire", get=ENTRENT),
    Ligne("espace_retirer", "prestataire", "prestataire rattachement_p", get="oui: p_admin p_lecteur; 404: p_envoi p_convention", post="oui: p_admin p_lecteur; 404: p_envoi p_convention", corps=MOTIF),
    Ligne("espace_retirer", "prestataire", "prestataire rattachement_p_admin", get="oui: p_admin; 404: p_envoi p_convention", post="422: p_admin; 404: p_envoi p_convention", corps=MOTIF),
    Ligne("espace_retirer", "prestataire", "prestataire rattachement", get=CACHE, post=CACHE, corps=MOTIF),
    Ligne("espace_voir_comme", "prestataire", "prestataire rattachement_p", get=ADMIN, post=ADMIN),
    Ligne("espace_voir_comme", "prestataire", "prestataire rattachement_p_admin", get="409: p_admin", post="409: p_admin"),
    Ligne("espace_voir_comme", "prestataire", "prestataire rattachement", get="404: p_admin", post="404: p_admin"),
    Ligne("espace_demande", "prestataire", "prestataire demande_p", get=ADMIN, post=ADMIN, corps=ACCORDER),
    Ligne("espace_demande", "prestataire", "prestataire demande", get="404: p_admin", post="404: p_admin", corps=ACCORDER),
    Ligne("espace_cles", "prestataire", "prestataire", get=LIT),
    Ligne("espace_cle_nouvelle", "prestataire", "prestataire", get=ADMIN, post=ADMIN, corps=CLE),
    Ligne("espace_cle_revoquer", "prestataire", "prestataire ligne_cle_p", get=ADMIN, post=ADMIN, corps=MOTIF),
    Ligne("espace_cle_revoquer", "prestataire", "prestataire ligne_cle_a", get="404: p_admin", post="404: p_admin", corps=MOTIF),
    Ligne("espace_code_arreter", "prestataire", "prestataire code_a", get="404: p_admin", post="404: p_admin", corps=MOTIF),
]  # fmt: skip
"""The only administrator may look at the page that lets him go, and is refused (422): nobody would be left."""

MANDATS = [
    Ligne("espace_groupes", "prestataire", "prestataire", get="404: p_admin p_lecteur"),
    Ligne("espace_groupe_nouveau", "prestataire", "prestataire", get="404: p_admin", post="404: p_admin", corps=GROUPE),
    Ligne("espace_groupe", "prestataire", "prestataire groupe", get="404: p_admin p_lecteur"),
    Ligne("espace_groupe_ajouter", "prestataire", "prestataire groupe", post="404: p_admin", corps=MEMBRES),
    Ligne("espace_groupe_retirer", "prestataire", "prestataire groupe", post="404: p_admin", corps=MEMBRES),
    Ligne("espace_groupe_renommer", "prestataire", "prestataire groupe", get="404: p_admin", post="404: p_admin", corps=GROUPE),
    Ligne("espace_groupe_supprimer", "prestataire", "prestataire groupe", get="404: p_admin", post="404: p_admin"),
    Ligne("espace_mandats", "prestataire", "prestataire", get=LIT),
    Ligne("espace_mandat_nouveau", "prestataire", "prestataire", get=ADMIN, post=ADMIN, corps=MANDAT),
    Ligne("espace_mandat", "prestataire", "prestataire mandat_p", get=LIT),
    Ligne("espace_mandat", "prestataire", "prestataire mandat_recu", get=LIT),
    Ligne("espace_mandat", "prestataire", "prestataire mandat", get="404: p_admin p_lecteur"),
    Ligne("espace_mandat_modifier", "prestataire", "prestataire mandat_p", get=ADMIN, post=ADMIN, corps=MANDAT),
    Ligne("espace_mandat_modifier", "prestataire", "prestataire mandat_recu", get="404: p_admin", post="404: p_admin", corps=MANDAT),
    Ligne("espace_mandat_terminer", "prestataire", "prestataire mandat_p", get=ADMIN, post=ADMIN, corps=MOTIF),
    Ligne("espace_mandat_terminer", "prestataire", "prestataire mandat_recu", get=ADMIN, post=ADMIN, corps=MOTIF),
    Ligne("espace_conventions", "prestataire", "prestataire", get=LIT),
    Ligne("espace_convention_nouvelle", "prestataire", "prestataire", get=ADMIN, post=ADMIN, corps=CONVENTION),
    Ligne("espace_mandat", "prestataire", "prestataire convention", get=LIT),
    Ligne("espace_mandat", "prestataire", "prestataire autre_convention", get="404: p_admin p_lecteur"),
    Ligne("espace_convention_piece", "prestataire", "prestataire convention", get=LIT),
    Ligne("espace_convention_piece", "prestataire", "prestataire autre_convention", get="404: p_admin p_lecteur"),
    Ligne("espace_convention_refuser", "prestataire", "prestataire convention", post="404: p_admin"),
    Ligne("espace_mandat_terminer", "prestataire", "prestataire convention", get=ADMIN, post=ADMIN, corps=MOTIF),
    Ligne("espace_mandat_decider", "prestataire", "prestataire mandat_p_attend", post=ADMIN, corps=ACCORDER),
    Ligne("espace_mandat_decider", "prestataire", "prestataire mandat_recu", post="404: p_admin", corps=ACCORDER),
    Ligne("espace_clients", "prestataire", "prestataire", get=ENTRENT),
    Ligne("espace_repartition", "prestataire", "prestataire", get=ADMIN, post=ADMIN, corps=PART_DU_MANDAT),
    Ligne("espace_collaborateur_nouveau", "prestataire", "prestataire", get=ADMIN, post=ADMIN, corps=COLLABORATEUR),
]  # fmt: skip
"""A provider gives mandates, and receives some: it reads and ends those, and changes only its own."""

PORTE_DOCUMENTS = [
    Ligne("espace_documents", "prestataire", "prestataire", get=TOUS),
    Ligne("espace_document_ajouter", "prestataire", "prestataire", get=ADMIN, post=ADMIN, corps=GARDE_NOUVELLE),
    Ligne("espace_document_modifier", "prestataire", "prestataire garde_p", get=ADMIN, post=ADMIN, corps=GARDE),
    Ligne("espace_document_remplacer", "prestataire", "prestataire garde_p", get=ADMIN, post=ADMIN, corps=GARDE_REMPLACEE),
    Ligne("espace_document_supprimer", "prestataire", "prestataire garde_p", get=ADMIN, post=ADMIN),
    Ligne("espace_document_telecharger", "prestataire", "prestataire garde_p", get=TOUS),
    Ligne("espace_document_apercu", "prestataire", "prestataire garde_p", get=TOUS),
    Ligne("espace_document_apercu_page", "prestataire", "prestataire garde_p numero=1", get=TOUS),
    Ligne("espace_document_telecharger", "prestataire", "prestataire garde_p_alternance", get="oui: p_admin p_lecteur; 404: p_envoi"),
    Ligne("espace_document_telecharger", "prestataire", "prestataire garde", get="404: P_VIVANTS"),
    Ligne("piece_garder", "prestataire", "prestataire accorde piece_accorde", get=CACHE, post=CACHE, corps=GARDE),
]  # fmt: skip
"""Its own documents, never those of its clients; a convention opens neither."""

CHEZ_LE_PRESTATAIRE = [*DOSSIERS, *CONTRATS, *PORTE_DOCUMENTS, *FINANCES, *ACCES, *MANDATS]

DU_CABINET = "oui: c_admin"
SES_GENS = "oui: c_admin c_collab"
CHEZ_LE_CABINET = [
    Ligne("espace_accueil", "cabinet", "cabinet", get=SES_GENS),
    Ligne("espace_clients", "cabinet", "cabinet", get=SES_GENS),
    Ligne("espace_habilitations", "cabinet", "cabinet", get=DU_CABINET),
    Ligne("espace_mandat", "cabinet", "cabinet mandat", get=DU_CABINET),
    Ligne("espace_mandat", "cabinet", "cabinet mandat_recu", get="404: c_admin"),
    Ligne("espace_mandat", "cabinet", "cabinet autre_mandat", get="404: c_admin"),
    Ligne("espace_mandat_modifier", "cabinet", "cabinet mandat", get="404: c_admin", post="404: c_admin", corps=MANDAT),
    Ligne("espace_mandat_terminer", "cabinet", "cabinet mandat", get=DU_CABINET, post=DU_CABINET, corps=MOTIF),
    Ligne("espace_mandat_terminer", "cabinet", "cabinet autre_mandat", get="404: c_admin", post="404: c_admin", corps=MOTIF),
    Ligne("espace_repartition", "cabinet", "cabinet", get=DU_CABINET, post=DU_CABINET, corps=PART_DU_CABINET),
    Ligne("espace_collaborateur_nouveau", "cabinet", "cabinet", get=DU_CABINET, post=DU_CABINET, corps=COLLABORATEUR),
]
"""The cabinet's own place: its administrator spreads and ends; a collaborator whose mandate is over has nothing left there."""
