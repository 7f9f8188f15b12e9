"""Well-filled forms: what stands between a role and a write is then its rights alone."""

from jalon.notifications.enums import Genre
from tests.dispositifs.exemples import ZOE

MOTIF = {"motif": "Motif de la matrice"}
MESSAGE = {"corps": "Bonjour"}
MISE_A_JOUR = {"entreprise.contact_nom": "Chloé Essai", "entreprise.contact_courriel": "chloe@essai.example"}
MODIFICATION = {"souhait": "Lyon", "motif": "La salle a changé"}
MODELE = {"titre": "Relance", "corps": "Bonjour {entreprise}", "usages": ["message"], "pour": "moi"}
NOUVEAU = {"dispositif": "action_formation", "siret": "13002526500013"}
SECTION = {
    "version": "1",
    "_cases": "intitule,objectifs,theme",
    "intitule": "Titre changé par la matrice",
    "objectifs": "Objectif",
    "theme": "metier",
}
STAGIAIRES = {"version": "1", "_depart": "0", "_fin": "1", "_cases": ",".join(ZOE)} | {
    f"stagiaires-0-{nom}": valeur for nom, valeur in ZOE.items()
}
LISTE = {"texte": "Nom\tPrénom\tDate de naissance\nNouvelle\tAnna\t01/02/1990", "acte": "ajouter"}
EN_NOMBRE = {"acte": "pieces", "dossiers": ["@brouillon"]}
CONFIER = {"acte": "attribuer", "dossiers": ["@transmis"], "conseiller": "01a221a4-1629-7287-a6a0-b572e667e613"}
COPIE = {"rubriques": ["action"], "siret": "13002526500013"}
SALARIE = {"nom": "Nouvelle", "prenom": "Ana", "date_naissance": "01/02/1990"}
SALARIE_MODIFIE = {**SALARIE, "version": "1"}
GARDE = {"libelle": "Programme de la matrice", "genre": "programme", "domaine": "", "version": "1"}
GARDE_NOUVELLE = {
    "libelle": "Programme de la matrice",
    "genre": "programme",
    "domaine": "",
    "lieu_choisi": "adherent",
    "fichier": "FICHIER",
}
GARDE_REMPLACEE = {"version": "1", "fichier": "FICHIER"}
PRISE = {"code": "programme", "document": "@garde"}
PRISE_DE_P = {"code": "programme", "document": "@garde_p"}
DEPART = {"sortie": "31/01/2027"}
FUSION = {"absorbe": "@salarie_double"}
CHOISIS = {"salaries": ["@salarie"]}
PERSONNES = {"personnes": ["0"]}
RUPTURE = {"motif": "accord", "signature": "25/01/2027", "le": "31/01/2027", "confirmer": "1"}
SIGNALEMENT = {"le": "31/01/2027", "suite": "non", "confirmer": "1"}
NATURE = {"code": "36"}
SUITE = {"code": "21"}
FICHIER = {"code": "programme", "fichier": "FICHIER"}
INVITATION = {"adresse": "invitee@essai.example", "etendue": "siren", "modele": "lecture"}
NIVEAUX = {f"niveau_{d}": "1" for d in ("alternance", "plan", "factures", "reglements", "rib", "acces")}
CLE = {
    "nom": "Logiciel de la matrice", "etendue": "siren", "jusqu_au": "15/03/2027", "cle_id": "0192f0c1-2b3c-7d4e-8f50-6172839405b6",
    **{f"niveau_{d}": "1" if d == "plan" else "0" for d in ("alternance", "plan", "factures", "reglements", "rib", "acces")},
}  # fmt: skip
MASSE = {"personnes": ["@rattachement"], "acte": "lecture"}
GROUPE = {"nom": "Groupe de la matrice"}
MEMBRES = {"cible": "coches", "sirets": ["@siret"]}
MASSE_P = {"personnes": ["@rattachement_p"], "acte": "lecture"}
REVUE = {"personnes": ["@rattachement"], "acte": "confirmer"}
REVUE_P = {"personnes": ["@rattachement_p"], "acte": "confirmer"}
TABLEAU = {"contenu": "adresse;perimetre;domaine;niveau\nnouvelle@essai.example;toute l'organisation;plan;lecture\n"}
ACCORDER = {"decision": "accorder"}
NOMINATION = {"decision": "confirmer", "constat": "Vue au siège"}
RIB = {"titulaire": "Hôtel du Lac", "iban": "BE68539007547034", "bic": "GKCCBEBB", "cote": ""}
FACTURE = {
    "numero": "M-2027-1", "date_emission": "14/01/2027", "montant_ht": "10", "taux_tva": "20", "montant_ttc": "12",
    "facture": "FICHIER", "date_debut": "11/01/2027", "date_fin": "12/01/2027", "heures_realisees": "28",
    "nombre_stagiaires": "2", "signataire_nom": "Driss Essai", "signataire_qualite": "Directeur", "lieu": "Lyon",
    "signe_le": "13/01/2027", "certificat": "FICHIER", "conservation": "on",
}  # fmt: skip
ECHEANCE = {
    "echeance": "1", "numero": "M-2027-2", "date_emission": "14/01/2027", "montant_ht": "10", "taux_tva": "0", "montant_ttc": "10",
    "facture": "FICHIER",
}  # fmt: skip
COMPLEMENT = {"pieces": ["programme"], "message": "Programme illisible", "echeance": "20/02/2027"}
REFUS = {"motif": "action_non_financable", "texte": "Hors priorités"}
COMMANDE = {"profil": "adherent", "critere": "liste", "sirens": "@siren_c"}
ADRESSE = {"lignes": "Société\n1 rue X\n74000 ANNECY", "preuve": "Kbis"}
EXECUTION = {"date_execution": "26/01/2027", "reference": "RELEVE-1"}
GUICHET = {"dispositif": "action_formation", "idcc": "1266", "du": "01/02/2027", "message": "Budget consommé"}
EXCEPTION = {
    "dispositif": "action_formation", "debut_du": "01/01/2027", "debut_au": "31/01/2027", "depot_au": "28/02/2027", "motif": "Panne",
}  # fmt: skip
REGLAGE = {
    "decision_automatique": "prise", "delai_depot_jours": "15", "gravite_delai": "bloque", "limite_stagiaires": "30",
    "a_partir_du": "01/03/2027", "motif": "Conseil",
}  # fmt: skip
CONTACT = {
    "objet": "autre", "nom": "Paul Visiteur", "email": "paul2@essai.example", "siren": "", "message": "Bonjour, une question.",
}  # fmt: skip
WEBINAIRE = {
    "titre": "Bien facturer", "resume": "Les pièces, les échéances, les rejets.", "jour": "10/02/2027", "heure": "10:00", "duree": "45",
    "places": "100", "lien": "https://visio.example/abc", "region": "84", "branche": "",
}  # fmt: skip
ETAT = {
    "niveau": "maintenance", "texte": "Le portail s’arrête dimanche.", "debut_jour": "07/02/2027", "debut_heure": "22:00",
    "fin_jour": "08/02/2027", "fin_heure": "06:00", "publics": ["entreprises", "communes"], "guide": "",
}  # fmt: skip
CODE = {"profil": "adherent", "siren": "123456782", "code": "GC6DP4LM7B9664"}
PROPOSITION = {"nature": "fin_d_acces", "profil": "adherent", "rattachement": "@rattachement", "motif": "Décès", "preuve": "Acte"}
MANDAT = {
    "mandataire": "@siren_d",
    "etendue": "siren",
    "fin": "31/05/2027",
    **dict.fromkeys(("niveau_alternance", "niveau_factures", "niveau_reglements", "niveau_rib", "niveau_acces"), "0"),
    "niveau_plan": "1",
}
CONVENTION = {
    "client": "@siren_d", "reference": "CONV de la matrice", "signee_le": "15/01/2027", "debut": "01/02/2027", "fin": "31/05/2027",
    "niveau": "3", "piece": "FICHIER",
}  # fmt: skip
PART_DU_MANDAT = {**MANDAT, "collaborateur": "@rattachement_p", "mandats": ["@mandat_recu"], "cible": "coches", "acte": "confier"}
PART_DU_CABINET = {**PART_DU_MANDAT, "collaborateur": "@rattachement_k", "mandats": ["@mandat"]}
COLLABORATEUR = {"adresse": "collaborateur@essai.example"}
REJOINDRE = {"profil": "adherent", "numero": "@siren", "jeu": "lecture", "etendue": "siren", "raison": "Nouveau poste"}
COURRIER = {"profil": "adherent", "siren": "@siren_c"}
COURRIERS = {"decision": "commander", "demandes": ["@lettre_demandee"]}
ENVOI = {"decision": "postees", "le": "31/01/2027"}
VERIFICATION = {"decision": "confirmer", "methode": "contre_appel", "commentaire": "Gérant rappelé au standard"}
REMBOURSEMENT = {"montant": "10,00", "recu_le": "26/01/2027", "reference": "VIR 12"}

EXPORT = {"liste": "dossiers", "requete": "", "libelle": "Dossiers", "format": "xlsx", "raison": "Bilan"}
VUE = {"nom": "Mes dossiers", "icone": "star", "partage": "moi", "place": "page", "alerte": "non"}
NOTIFICATIONS = {genre.value: "portail" for genre in Genre}
CARTE = {"cle": "@vue_privee", "acte": "masquer"}
