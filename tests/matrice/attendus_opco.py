"""Expected answers of the OPCO's pages: power by role, and 404 on what another portefeuille holds."""

from tests.matrice.roles import Ligne

MOTIF = {"motif": "Motif de la matrice"}
AEF = "oui: aef opco_ailleurs"
INSTRUIT = "oui: conseiller gestionnaire; 404: opco_ailleurs"
DECIDE = "oui: conseiller; 404: opco_ailleurs"
VOIT = "oui: ICI; 404: opco_ailleurs"
TRAITE = "oui: gestionnaire; 404: opco_ailleurs"
DES_LOTS = "404: aef conseiller gestionnaire admin_opco opco_ailleurs"
COMMANDE = "oui: aef; 404: opco_ailleurs"
REPOND = "oui: aef conseiller admin_opco; 404: opco_ailleurs"
BAREMES = "oui: admin_opco opco_ailleurs"

CHEZ_L_OPCO = [
    Ligne("opco_accueil", "opco", get="oui: OPCO"),
    Ligne("opco_file", "opco", get="oui: conseiller gestionnaire opco_ailleurs"),
    Ligne("opco_dossiers", "opco", get="oui: OPCO"),
    Ligne("opco_dossier", "opco", "accorde", get=VOIT),
    Ligne("opco_dossier_prendre", "opco", "transmis", post=INSTRUIT),
    Ligne("opco_dossier_message", "opco", "instruit", post=INSTRUIT, corps={"avec": "entreprise", "corps": "Bonjour"}),
    Ligne(
        "opco_dossier_complement", "opco", "instruit", get=INSTRUIT, post=INSTRUIT,
        corps={"pieces": ["programme"], "message": "Programme illisible", "echeance": "20/02/2027"},
    ),
    Ligne("opco_dossier_accorder", "opco", "instruit", get=DECIDE, post=DECIDE, corps={"pedagogie": "10"}),
    Ligne(
        "opco_dossier_refuser", "opco", "instruit", get=DECIDE, post=DECIDE,
        corps={"motif": "action_non_financable", "texte": "Hors priorités"},
    ),
    Ligne("opco_dossier_accord", "opco", "accorde", get=VOIT),
    Ligne("opco_piece", "opco", "transmis piece_transmis", get=VOIT),
    Ligne("opco_organisations", "opco", get="oui: aef conseiller opco_ailleurs"),
    Ligne("opco_organisation", "opco", "siren", get=VOIT),
    Ligne(
        "opco_organisation_verifier", "opco", "siren_c", get="oui: aef conseiller; 404: opco_ailleurs",
        post="422: aef conseiller; 404: opco_ailleurs", corps={"denomination": "Nom", "preuve": "Kbis"},
    ),
    Ligne("opco_codes", "opco", get=AEF, post="oui: aef; 403: opco_ailleurs", corps={"profil": "adherent", "critere": "liste", "sirens": "SIREN_C"}),
    Ligne("opco_avis", "opco", post=AEF, corps={"avis": []}),
    Ligne("opco_adresse", "opco", "siren_c", get=AEF, post="404: aef opco_ailleurs", corps={"lignes": "Société\n1 rue X\n74000 ANNECY", "preuve": "Kbis"}),
    Ligne("opco_commande", "opco", "commande", get=COMMANDE),
    Ligne("opco_commande_pdf", "opco", "commande", post=COMMANDE),
    Ligne("opco_commande_imprimee", "opco", "commande", post=COMMANDE),
    Ligne("opco_commande_suite", "opco", "commande", post="409: aef; 404: opco_ailleurs"),
    Ligne("opco_acces", "opco", get=AEF),
    Ligne("opco_acces_decider", "opco", "demande_opco", post=COMMANDE, corps={"decision": "accorder"}),
    Ligne("opco_tickets", "opco", get="oui: aef conseiller admin_opco opco_ailleurs"),
    Ligne("opco_ticket", "opco", "ticket", get=REPOND, post=REPOND, corps={"corps": "Voici la réponse."}),
    Ligne("opco_ticket_clore", "opco", "ticket", post=REPOND),
    Ligne("opco_factures", "opco", get="oui: gestionnaire opco_ailleurs"),
    Ligne("opco_facture", "opco", "facture", get=TRAITE, post=TRAITE, corps={"service_fait": "Contrôlé"}),
    Ligne("opco_facture_rejeter", "opco", "facture", get=TRAITE, post=TRAITE, corps={"motif": "montant", "texte": "Montant faux"}),
    Ligne("opco_facture_actualiser", "opco", "acceptee", post=TRAITE.replace("oui", "409")),
    Ligne("opco_facture_document", "opco", "facture nom=facture", get=VOIT),
    Ligne("opco_lots", "opco", get="oui: comptable opco_ailleurs"),
    Ligne("opco_lots_a_signer", "opco", get="oui: responsable opco_ailleurs"),
    Ligne("opco_lot_preparer", "opco", get="oui: comptable opco_ailleurs", post="oui: comptable opco_ailleurs"),
    Ligne("opco_lot", "opco", "lot", get=f"oui: comptable responsable; {DES_LOTS}"),
    Ligne("opco_lot_signer", "opco", "lot", post="oui: responsable; 404: opco_ailleurs"),
    Ligne(
        "opco_lot_abandonner", "opco", "lot", get=f"oui: comptable responsable; {DES_LOTS}",
        post=f"oui: comptable responsable; {DES_LOTS}", corps=MOTIF,
    ),
    Ligne("opco_lot_fichier", "opco", "lot_signe", post=f"oui: comptable responsable; {DES_LOTS}"),
    Ligne(
        "opco_lot_executer", "opco", "lot_signe", post=f"oui: comptable responsable; {DES_LOTS}",
        corps={"date_execution": "26/01/2027", "reference": "RELEVE-1"},
    ),
    Ligne(
        "opco_baremes", "opco", get=BAREMES, post=BAREMES,
        corps={"idcc": "0016", "du": "01/02/2027", "message": "Budget consommé"},
    ),
    Ligne("opco_bareme_ligne", "opco", "ligne", get=BAREMES, post=BAREMES, corps={"a_partir_du": "01/03/2027", "motif": "Conseil", "taux_horaire": "11"}),
    Ligne("opco_guichet_rouvrir", "opco", "guichet", post=BAREMES),
]  # fmt: skip
