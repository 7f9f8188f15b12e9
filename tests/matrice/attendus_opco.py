"""Expected answers of the OPCO's pages: power by role, and 404 on what another portefeuille holds."""

from tests.matrice.formulaires import (
    ACCORDER,
    ADRESSE,
    CARTE,
    COMMANDE,
    COMPLEMENT,
    CONFIER,
    COURRIERS,
    ENVOI,
    ETAT,
    EXCEPTION,
    EXECUTION,
    EXPORT,
    GUICHET,
    MODELE,
    MOTIF,
    NOMINATION,
    PROPOSITION,
    REFUS,
    REGLAGE,
    REMBOURSEMENT,
    VERIFICATION,
    VUE,
    WEBINAIRE,
)
from tests.matrice.roles import Ligne

VOIT = "oui: ICI; 404: opco_ailleurs"
INSTRUIT = "oui: conseiller gestionnaire; 404: opco_ailleurs"
QUI_INSTRUIT = "oui: conseiller gestionnaire opco_ailleurs opco_mixte"
SES_MODELES = "oui: conseiller gestionnaire; 404: opco_ailleurs opco_mixte"
"""Model answers of the portefeuille."""
DECIDE = "oui: conseiller; 404: opco_ailleurs"
TRAITE = "oui: gestionnaire; 404: opco_ailleurs"
SIENNE = "oui: aef; 404: opco_ailleurs opco_mixte"
"""Orders of letters, addresses and notices: those of the AEF, in her portefeuilles."""
QUI_REPOND = "oui: aef conseiller admin_opco opco_ailleurs opco_mixte"
SEUL_L_AEF = "oui: aef; 404: opco_ailleurs"
"""A lost second factor: the assistance (those who answer tickets) never (exigences, T14)."""
REPOND = "oui: aef conseiller admin_opco; 404: opco_ailleurs opco_mixte"
DU_LOT = "oui: comptable responsable opco_mixte; 404: aef conseiller gestionnaire admin_opco opco_ailleurs"
"""Who prepares or signs there sees the batch, may give it up, hand its file over, note what the bank did: preparing and signing
alone are kept apart (exigences, T6), and the file cannot change once it is signed."""
BAREMES = "oui: admin_opco opco_ailleurs opco_mixte"
ARRETE = "oui: aef; 404: opco_ailleurs"
DEMANDE = "oui: aef conseiller; 404: opco_ailleurs"
"""A letter is asked by the adviser, ordered by the AEF (FAQ, « Mon code n’est plus valide »)."""
DEMANDEE = "oui: conseiller; 404: aef gestionnaire comptable responsable admin_opco opco_mixte opco_ailleurs"
"""What one asked for oneself."""
AEF = "oui: aef opco_ailleurs opco_mixte"

A_DEUX = "oui: aef conseiller admin_opco opco_ailleurs opco_mixte"
DEUX_ICI = "oui: aef conseiller admin_opco; 404: opco_ailleurs"
DEUX_SIENNE = "oui: aef conseiller admin_opco; 404: opco_ailleurs opco_mixte"
CONFIRME = "oui: aef admin_opco; 404: opco_ailleurs opco_mixte"
"""The decision of the world was proposed by its conseiller: somebody else confirms it (exigences, S9)."""

DOSSIERS = [
    Ligne("opco_accueil", "opco", get="oui: OPCO"),
    Ligne("opco_vues", "opco", get="oui: OPCO", post="404: OPCO", corps=CARTE),
    Ligne("opco_vue_nouvelle", "opco", "liste=dossiers", get="oui: OPCO", post="oui: OPCO", corps=VUE),
    Ligne("opco_vue_nouvelle", "opco", "liste=brouillons", get="404: OPCO", post="404: OPCO", corps=VUE),
    Ligne("opco_recherche", "opco", get="oui: OPCO"),
    Ligne("opco_file", "opco", get="oui: conseiller gestionnaire opco_ailleurs opco_mixte"),
    Ligne("opco_operations", "opco", post="oui: conseiller gestionnaire opco_ailleurs opco_mixte", corps=CONFIER),
    Ligne("opco_operation", "opco", "operation_opco", get=DEMANDEE),
    Ligne("opco_operation_fichier", "opco", "operation_opco", get=DEMANDEE),
    Ligne("opco_dossiers", "opco", get="oui: OPCO"),
    Ligne("opco_dossier", "opco", "accorde", get=VOIT),
    Ligne("opco_dossier", "opco", "brouillon", get="404: OPCO"),
    Ligne("opco_dossier_prendre", "opco", "transmis", post=INSTRUIT),
    Ligne("opco_dossier_message", "opco", "instruit", post=INSTRUIT, corps={"avec": "entreprise", "corps": "Bonjour"}),
    Ligne("opco_dossier_complement", "opco", "instruit", get=INSTRUIT, post=INSTRUIT, corps=COMPLEMENT),
    Ligne("opco_complement_retirer", "opco", "incomplet", get=INSTRUIT, post=INSTRUIT, corps=MOTIF),
    Ligne("opco_dossier_confier", "opco", "instruit", get=INSTRUIT, post=INSTRUIT, corps={"avec": "entreprise", "a": "@personne_conseiller"}),
    Ligne("opco_dossier_jointe", "opco", "accorde jointe_accorde", get=VOIT),
    Ligne("opco_modification_accepter", "opco", "instruit modification", post=INSTRUIT),
    Ligne("opco_modification_refuser", "opco", "instruit modification", get=INSTRUIT, post=INSTRUIT, corps=MOTIF),
    Ligne("opco_modeles", "opco", get=QUI_INSTRUIT, post=QUI_INSTRUIT, corps=MODELE),
    Ligne("opco_modele", "opco", "modele", get=SES_MODELES, post=SES_MODELES, corps=MODELE),
    Ligne("opco_modele_supprimer", "opco", "modele", post=SES_MODELES),
    Ligne("opco_dossier_accepter", "opco", "propose", post=DECIDE),
    Ligne("opco_dossier_accorder", "opco", "instruit", get=DECIDE, post=DECIDE, corps={"pedagogie": "10"}),
    Ligne("opco_dossier_accorder", "opco", "contrat", get=DECIDE, post=DECIDE, corps={"commentaire": "Bonne formation"}),
    Ligne("opco_dossier", "opco", "contrat_accorde", get=VOIT),
    Ligne("opco_dossier_refuser", "opco", "instruit", get=DECIDE, post=DECIDE, corps=REFUS),
    Ligne("opco_avenant", "opco", "apprentissage_change", get=DECIDE, post=DECIDE, corps={"decision": "accepter"}),
    Ligne(
        "opco_regularisations", "opco", get="oui: conseiller opco_ailleurs opco_mixte",
        post="oui: conseiller; 422: opco_ailleurs opco_mixte", corps={"dossiers": ["@apprentissage"]},
    ),
    Ligne("opco_dossier_accord", "opco", "accorde", get=VOIT),
    Ligne("opco_dossier_complet", "opco", "accorde", post=VOIT),
    Ligne("opco_dossier_complet", "opco", "brouillon", post="404: OPCO"),
    Ligne("opco_dossier_formulaire", "opco", "contrat_accorde", get=INSTRUIT),
    Ligne("opco_dossier_formulaire", "opco", "contrat_brouillon", get="404: conseiller gestionnaire opco_ailleurs opco_mixte"),
    Ligne("opco_dossier_formulaire_entier", "opco", "contrat_accorde", get=INSTRUIT),
    Ligne("opco_dossier_formulaire_entier", "opco", "contrat_brouillon", get="404: conseiller gestionnaire opco_ailleurs opco_mixte"),
    Ligne("opco_piece", "opco", "transmis piece_transmis", get=VOIT),
    Ligne("opco_piece_apercu", "opco", "transmis piece_transmis", get=VOIT),
    Ligne("opco_piece_apercu_page", "opco", "transmis piece_transmis numero=1", get=VOIT),
    Ligne("opco_piece", "opco", "brouillon piece_brouillon", get="404: OPCO"),
    Ligne("opco_piece_apercu", "opco", "brouillon piece_brouillon", get="404: OPCO"),
    Ligne("opco_piece_apercu_page", "opco", "brouillon piece_brouillon numero=1", get="404: OPCO"),
    Ligne("opco_exports", "opco", get="oui: OPCO"),
    Ligne("opco_export_demander", "opco", post="oui: OPCO", corps=EXPORT),
    Ligne("opco_export_annuler", "opco", "export_opco_attend", post="404: OPCO; oui: gestionnaire"),
    Ligne("opco_export_telecharger", "opco", "export_opco", post="404: OPCO; oui: gestionnaire"),
    Ligne("opco_organisations", "opco", get="oui: aef conseiller opco_ailleurs opco_mixte"),
    Ligne("opco_organisation", "opco", "siren", get=VOIT),
    Ligne(
        "opco_organisation_declaration", "opco", "siren", get=TRAITE, post=TRAITE, corps={"enregistree_le": "04/01/2027", "differe": "non"},
    ),
    Ligne(
        "opco_organisation_verifier", "opco", "siren_f", get="oui: aef conseiller; 404: opco_ailleurs",
        post="oui: aef conseiller; 404: opco_ailleurs", corps={"denomination": "Nom", "preuve": "Kbis"},
    ),
]  # fmt: skip

ACCES = [
    Ligne("opco_codes", "opco", get=AEF, post="oui: aef; 422: opco_ailleurs opco_mixte", corps=COMMANDE),
    Ligne("opco_avis", "opco", post=SIENNE, corps={"avis": ["@avis"]}),
    Ligne("opco_adresse", "opco", "siren_d", get=SIENNE, post=SIENNE, corps=ADRESSE),
    Ligne("opco_commande", "opco", "commande", get=SIENNE),
    Ligne("opco_commande_pdf", "opco", "commande", post=SIENNE),
    Ligne("opco_commande_imprimee", "opco", "commande", post=SIENNE),
    Ligne("opco_commande_envoi", "opco", "commande_imprimee", post=SIENNE, corps=ENVOI),
    Ligne("opco_codes_demandes", "opco", post=SIENNE, corps=COURRIERS),
    Ligne("opco_code_arreter", "opco", "code_c", get=ARRETE, post=ARRETE, corps=MOTIF),
    Ligne(
        "opco_organisation_courrier", "opco", "siren", get=DEMANDE, post=DEMANDE, corps={"profil": "adherent", "motif": "Perdue"}
    ),
    Ligne("opco_commande_suite", "opco", "commande_suite", post=SIENNE),
    Ligne("opco_acces", "opco", get=AEF),
    Ligne("opco_acces_decider", "opco", "demande_opco", post="oui: aef; 404: opco_ailleurs", corps=ACCORDER),
    Ligne("opco_acces_decider", "opco", "demande", post="404: opco_ailleurs", corps=ACCORDER),
    Ligne("opco_decisions", "opco", get=A_DEUX),
    Ligne("opco_decision_proposer", "opco", "siren", get=DEUX_ICI, post=DEUX_ICI, corps=PROPOSITION),
    Ligne("opco_decision", "opco", "decision", get=DEUX_SIENNE),
    Ligne("opco_decision_confirmer", "opco", "decision", post=CONFIRME),
    Ligne("opco_decision_ecarter", "opco", "decision", get=DEUX_SIENNE, post=DEUX_SIENNE, corps=MOTIF),
    Ligne("opco_preparations", "opco", get=A_DEUX),
    Ligne("opco_preparation", "opco", "preparation", get=DEUX_SIENNE),
    Ligne("opco_preparation_signer", "opco", "preparation", post=DEUX_SIENNE),
    Ligne("opco_preparation_ecarter", "opco", "preparation", get=DEUX_SIENNE, post=DEUX_SIENNE, corps=MOTIF),
    Ligne("opco_preparation_organisation", "opco", "preparation preparee", get=DEUX_SIENNE),
    Ligne("opco_preparation_relancer", "opco", "preparation_faite preparee_faite", post=DEUX_SIENNE),
    Ligne("opco_pertes", "opco", get=AEF),
    Ligne("opco_perte_confirmer", "opco", "perte", post=SEUL_L_AEF, corps={"preuve": "Rappelée au siège"}),
    Ligne("opco_perte_remplacer", "opco", "perte_confirmee", post=SEUL_L_AEF),
    Ligne("opco_perte_refuser", "opco", "perte", post=SEUL_L_AEF, corps={"motif": "Voix inconnue"}),
    Ligne("opco_octroi", "opco", "octroi_opco", post="oui: aef; 404: opco_ailleurs", corps=ACCORDER),
    Ligne("opco_octroi", "opco", "octroi", post="422: aef; 404: opco_ailleurs", corps=ACCORDER),
    Ligne("opco_mandat_decider", "opco", "mandat_rafale", post="oui: aef; 404: opco_ailleurs", corps=ACCORDER),
    Ligne("opco_mandat_decider", "opco", "mandat_attend", post="422: aef; 404: opco_ailleurs", corps=ACCORDER),
    Ligne("opco_conventions", "opco", get="oui: aef conseiller opco_ailleurs opco_mixte"),
    Ligne("opco_convention_arreter", "opco", "convention", get=SIENNE, post=SIENNE, corps=MOTIF),
    Ligne("opco_nominations", "opco", get="oui: aef conseiller opco_ailleurs opco_mixte"),
    Ligne("opco_nomination", "opco", "nomination", get=DEMANDE, post=DEMANDE, corps=NOMINATION),
    Ligne("opco_tickets", "opco", get=QUI_REPOND),
    Ligne("opco_ticket", "opco", "ticket", get=REPOND, post=REPOND, corps={"corps": "Voici la réponse."}),
    Ligne("opco_webinaires", "opco", get=QUI_REPOND, post=QUI_REPOND, corps=WEBINAIRE),
    Ligne("opco_webinaire", "opco", "webinaire", get=QUI_REPOND, post=QUI_REPOND, corps=WEBINAIRE),
    Ligne("opco_webinaire_annuler", "opco", "webinaire", post=QUI_REPOND),
    Ligne("opco_etats", "opco", get=BAREMES),
    Ligne("opco_etat_nouveau", "opco", get=BAREMES, post=BAREMES, corps=ETAT),
    Ligne("opco_etat_terminer", "opco", "etat", post=BAREMES),
    Ligne("opco_ticket_rappele", "opco", "ticket", post=REPOND),
    Ligne("opco_ticket_clore", "opco", "ticket", post=REPOND),
]
"""A request is decided by the OPCO only where no administrator can: the AEF is refused the one of company A. Of rights that
wait, she lifts those given in a burst, and is no second voice for the wide ones."""

FINANCES = [
    Ligne("opco_ribs", "opco", get="oui: gestionnaire opco_ailleurs opco_mixte"),
    Ligne("opco_rib", "opco", "rib", get=TRAITE),
    Ligne("opco_rib_decider", "opco", "rib", post=TRAITE, corps=VERIFICATION),
    Ligne("opco_rib_reveler", "opco", "rib", get=TRAITE, post=TRAITE, corps=MOTIF),
    Ligne("opco_factures", "opco", get="oui: gestionnaire opco_ailleurs opco_mixte"),
    Ligne("opco_facture", "opco", "facture", get=TRAITE, post=TRAITE, corps={"service_fait": "Contrôlé"}),
    Ligne("opco_facture_rejeter", "opco", "facture", get=TRAITE, post=TRAITE, corps={"motif": "montant", "texte": "Montant faux"}),
    Ligne("opco_facture_actualiser", "opco", "a_actualiser", post=TRAITE),
    Ligne("opco_facture_document", "opco", "facture nom=facture", get=VOIT),
    Ligne("opco_trop_percus", "opco", get="oui: OPCO"),
    Ligne("opco_trop_percu", "opco", "trop_percu", get=VOIT),
    Ligne("opco_trop_percu_reclamer", "opco", "trop_percu", post=TRAITE, corps={"avant": "01/03/2027"}),
    Ligne("opco_trop_percu_rembourser", "opco", "trop_percu", post="oui: comptable opco_mixte; 404: opco_ailleurs", corps=REMBOURSEMENT),
    Ligne("opco_trop_percu_abandonner", "opco", "trop_percu", post=TRAITE, corps=MOTIF),
    Ligne("opco_trop_percu_confirmer", "opco", "trop_percu_propose", post="oui: responsable; 404: opco_ailleurs"),
    Ligne("opco_trop_percu_ecarter", "opco", "trop_percu_propose", post="oui: responsable; 404: opco_ailleurs"),
    Ligne("opco_lots", "opco", get="oui: comptable opco_ailleurs opco_mixte"),
    Ligne("opco_lots_a_signer", "opco", get="oui: responsable opco_ailleurs opco_mixte"),
    Ligne("opco_lot_preparer", "opco", get="oui: comptable opco_ailleurs opco_mixte", post="oui: comptable opco_ailleurs opco_mixte"),
    Ligne("opco_lot", "opco", "lot", get=DU_LOT),
    Ligne("opco_lot_signer", "opco", "lot", post="oui: responsable; 404: opco_ailleurs"),
    Ligne("opco_lot_abandonner", "opco", "lot", get=DU_LOT, post=DU_LOT, corps=MOTIF),
    Ligne("opco_lot_fichier", "opco", "lot_signe", post=DU_LOT),
    Ligne("opco_lot_executer", "opco", "lot_signe", post=DU_LOT, corps=EXECUTION),
    Ligne("opco_baremes", "opco", get=BAREMES, post=BAREMES, corps=GUICHET),
    Ligne("opco_bareme_ligne", "opco", "ligne", get=BAREMES, post=BAREMES, corps={"a_partir_du": "01/03/2027", "motif": "Conseil", "taux_horaire": "11"}),
    Ligne("opco_guichet_rouvrir", "opco", "guichet", post=BAREMES),
    Ligne("opco_reglages", "opco", get=BAREMES, post=BAREMES, corps=EXCEPTION),
    Ligne("opco_reglage_paiements", "opco", get=BAREMES, post=BAREMES, corps={"compte_verifie": "non", "motif": "Conseil"}),
    Ligne("opco_reglage", "opco", "code=action_formation", get=BAREMES, post=BAREMES, corps=REGLAGE),
    Ligne("opco_exception_terminer", "opco", "exception", post=BAREMES),
]  # fmt: skip

COUPE = "oui: aef conseiller admin_opco opco_ailleurs opco_mixte"
VEILLE = "oui: admin_opco opco_ailleurs opco_mixte"
"""Who administers the OPCO, on any portefeuille, handles every alert, and cuts any account; an organisation, in hers."""

SURVEILLANCE = [
    Ligne("opco_veille", "opco", get=VEILLE),
    Ligne("opco_alerte", "opco", "alerte", get=VEILLE, post=VEILLE, corps={"note": "Vérifié par téléphone"}),
    Ligne("opco_coupures", "opco", get=COUPE),
    Ligne("opco_retablir", "opco", "coupure", get=COUPE, post=COUPE, corps=MOTIF),
    Ligne("opco_couper_compte", "opco", "compte_a", get=COUPE, post=COUPE, corps=MOTIF),
    Ligne("opco_couper_compte", "opco", "compte_b", get=f"404: aef conseiller; {VEILLE}", post=f"404: aef conseiller; {VEILLE}", corps=MOTIF),
    Ligne(
        "opco_couper_organisation", "opco", "siren", get="oui: aef conseiller admin_opco; 404: opco_ailleurs",
        post="oui: aef conseiller admin_opco; 404: opco_ailleurs", corps=MOTIF,
    ),
    Ligne("opco_acces_exceptionnel", "opco", get="oui: OPCO", post="oui: OPCO", corps={"numero": "@numero_b", "motif": "Remplacement"}),
]  # fmt: skip

CHEZ_L_OPCO = [*DOSSIERS, *ACCES, *FINANCES, *SURVEILLANCE]
