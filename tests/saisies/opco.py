"""Forms of the people of the OPCO."""

from jalon.dossiers.models import Dossier
from jalon.exports.regles import RAISON_AU_PLUS, SANS_RAISON
from jalon.habilitations.models import (
    AdresseACompleter,
    AvisPostal,
)
from jalon.organisations.enums import SourceOrganisation
from jalon.organisations.models import Organisation
from jalon.web.composants.arret import FormulaireArret
from jalon.web.composants.decision import (
    FormulaireDecision,
)
from jalon.web.composants.exports import FormulaireExport
from jalon.web.opco import (
    baremes,
    coordonnees,
    coupures,
    decisions,
    etats,
    formulaires_codes,
    formulaires_complement,
    formulaires_instruction,
    instruction,
    lots,
    modeles,
    organisations,
    paiements,
    preparations,
    reglages,
    second_facteur,
    tickets,
    veille,
    webinaires,
)
from jalon.web.opco import factures as opco_factures
from jalon.web.opco import modifications as opco_modifications
from tests.dossiers.fabrique import (
    PORTEFEUILLE,
)
from tests.matrice.formulaires import ETAT, EXPORT, VERIFICATION, WEBINAIRE
from tests.matrice.monde import Monde
from tests.saisies.cas import AUCUN_COURRIER, DATE, HIER, LONG, MONTANT, MOTIF, Saisie, choix, de_trop, jour, montant, texte


def _adresse_a_completer(monde: Monde) -> None:
    AdresseACompleter.objects.create(siren=monde.objets["siren_c"], signalee_le=HIER)


def _avis_a_poster(monde: Monde) -> None:
    AvisPostal.objects.create(
        siren=monde.objets["siren_c"], profil="adherent", nature="demande_recue", personne=monde.personnes["sans_droit"],
        portefeuille_id=PORTEFEUILLE, le=HIER,
    )  # fmt: skip


def _organisation_a_verifier(monde: Monde) -> None:
    Organisation.objects.filter(siren=monde.objets["siren_c"]).update(source=SourceOrganisation.A_VERIFIER)


def _ecart_signale(monde: Monde) -> None:
    """One trainee was granted, the certificate says two."""
    Dossier.objects.tous("essai").filter(pk=monde.objets["accorde"]).update(nombre_stagiaires=1)


FAUTES_WEBINAIRE = [
    *texte("titre", "Indiquez le titre", 120),
    *texte("resume", "Dites en quelques lignes de quoi il s’agit", 800),
    ({"jour": ""}, {"jour": "Indiquez le jour"}),
    ({"jour": "01/02/2027"}, {"jour": "Choisissez un jour et une heure à venir"}),
    ({"heure": "dix heures"}, {"heure": "Écrivez l’heure sous la forme 10:00"}),
    ({"duree": "5"}, {"duree": "Écrivez une durée de 10 à 480\u00a0minutes"}),
    ({"places": "0"}, {"places": "Écrivez un nombre de places de 1 à 5000"}),
    ({"lien": "http://visio.example"}, {"lien": "Recopiez l’adresse de connexion entière, qui commence par https://"}),
    ({"region": "00"}, {"region": "Choisissez une région de cette liste"}),
    ({"branche": "0000"}, {"branche": "Choisissez une branche de cette liste"}),
]

FAUTES_ETAT = [
    *choix("niveau", "Choisissez le niveau du message"),
    *texte("texte", "Écrivez le message", 240),
    ({"debut_jour": "demain"}, {"debut_jour": DATE}),
    ({"debut_jour": "01/02/2020"}, {"debut_jour": "Choisissez un début entre hier et dans un an"}),
    ({"debut_heure": "dix heures"}, {"debut_heure": "Écrivez l’heure sous la forme 10:00"}),
    ({"debut_jour": ""}, {"debut_jour": "Indiquez aussi le jour"}),
    ({"fin_jour": "31/02/2027"}, {"fin_jour": "Cette date n’existe pas au calendrier"}),
    ({"fin_jour": "06/02/2027"}, {"fin_jour": "Choisissez une fin à venir, après le début"}),
    ({"fin_jour": ""}, {"fin_jour": "Indiquez aussi le jour"}),
    ({"fin_heure": "midi"}, {"fin_heure": "Écrivez l’heure sous la forme 10:00"}),
    ({"publics": []}, {"publics": "Cochez au moins un public"}),
    ({"publics": ["martiens"]}, {"publics": "Cochez des publics de cette liste"}),
    ({"guide": "inconnu"}, {"guide": "Choisissez un guide de cette liste"}),
]

OPCO = [
    Saisie(etats.FormulaireEtat, "opco_etat_nouveau", "admin_opco", "", ETAT, FAUTES_ETAT),
    Saisie(webinaires.FormulaireWebinaire, "opco_webinaires", "aef", "", WEBINAIRE, FAUTES_WEBINAIRE),
    Saisie(webinaires.FormulaireWebinaire, "opco_webinaire", "aef", "webinaire", WEBINAIRE, FAUTES_WEBINAIRE),
    Saisie(
        FormulaireExport, "opco_export_demander", "conseiller", "", EXPORT,
        [*texte("raison", SANS_RAISON, RAISON_AU_PLUS), *choix("format", "Choisissez Excel ou CSV")],
    ),
    Saisie(
        second_facteur.FormulairePreuve, "opco_perte_confirmer", "aef", "perte", {"preuve": "Rappelée au siège"},
        texte("preuve", "Indiquez comment vous avez vérifié l’identité de la personne", 500),
    ),
    Saisie(
        second_facteur.FormulaireRefus, "opco_perte_refuser", "aef", "perte", {"motif": "Voix inconnue"},
        texte("motif", "Indiquez le motif du refus", 500),
    ),
    Saisie(
        instruction.FormulaireMessage, "opco_dossier_message", "conseiller", "instruit",
        {"avec": "entreprise", "corps": "Bonjour"},
        [
            *choix("avec", "Choisissez à qui écrire"),
            *texte("corps", "Écrivez votre message", 5000),
            ({"fichiers": ["FICHIER"] * 6}, {"fichiers": "Joignez 5 fichiers au plus par message"}),
        ],
    ),
    Saisie(
        formulaires_complement.FormulaireComplement, "opco_dossier_complement", "conseiller", "instruit",
        {"pieces": ["programme"], "message": "Programme illisible", "echeance": "20/02/2027"},
        [
            ({"pieces": []}, {"pieces": "Choisissez au moins une pièce à joindre ou une réponse à reprendre"}),
            ({"pieces": ["absente"]}, {"pieces": "Choisissez les pièces à joindre de nouveau"}),
            ({"cases": ["absente"]}, {"cases": "Choisissez les réponses à reprendre"}),
            *texte("message", "Indiquez ce qui manque, en clair", 2000),
            *jour("echeance", "Indiquez la date attendue"),
            ({"echeance": "01/02/2027"}, {"echeance": "Choisissez une échéance à partir de demain"}),
        ],
    ),
    Saisie(
        formulaires_complement.FormulaireRetrait, "opco_complement_retirer", "conseiller", "incomplet", MOTIF,
        texte("motif", "Indiquez pourquoi vous retirez cette demande", 500),
    ),
    Saisie(
        formulaires_instruction.FormulaireConfier, "opco_dossier_confier", "conseiller", "instruit",
        {"avec": "entreprise", "a": ["@personne_conseiller"]},
        [*choix("avec", "Choisissez à qui écrire"), *choix("a", "Choisissez à qui confier cet échange")],
    ),
    Saisie(
        opco_modifications.FormulaireRefusDeModification, "opco_modification_refuser", "conseiller", "instruit modification", MOTIF,
        texte("motif", "Indiquez pourquoi vous refusez cette modification", 500),
    ),
    Saisie(
        modeles.FormulaireNouveauModele, "opco_modeles", "conseiller",
        corps={"titre": "Relance", "corps": "Bonjour {entreprise}", "usages": ["message"], "pour": "moi"},
        fautes=[
            *texte("titre", "Indiquez le nom du modèle", 80),
            *texte("corps", "Écrivez le texte du modèle", 4000),
            ({"corps": "{nir}"}, {"corps": "«\u00a0{nir}\u00a0» n’est pas une variable\u00a0: choisissez dans la liste"}),
            ({"usages": []}, {"usages": "Choisissez où ce modèle est proposé"}),
            *choix("pour", "Choisissez qui utilise ce modèle"),
        ],
    ),
    Saisie(
        modeles.FormulaireModele, "opco_modele", "conseiller", "modele",
        {"titre": "Relance", "corps": "Bonjour {entreprise}", "usages": ["message"]},
        [
            *texte("titre", "Indiquez le nom du modèle", 80),
            *texte("corps", "Écrivez le texte du modèle", 4000),
            ({"usages": []}, {"usages": "Choisissez où ce modèle est proposé"}),
        ],
    ),
    Saisie(
        instruction.FormulaireAccord, "opco_dossier_accorder", "conseiller", "instruit", {"pedagogie": "10"},
        [
            *montant("pedagogie", "Indiquez le montant accordé, 0 si la ligne est refusée"),
            ({"pedagogie": "-1"}, {"pedagogie": "Le montant accordé va de 0 à 700,00\u00a0€, le montant demandé"}),
            ({"pedagogie": "700,01"}, {"pedagogie": "Le montant accordé va de 0 à 700,00\u00a0€, le montant demandé"}),
            ({"commentaire": LONG}, {"commentaire": de_trop(1000)}),
        ],
    ),
    Saisie(
        instruction.FormulaireRefus, "opco_dossier_refuser", "conseiller", "instruit",
        {"motif": "action_non_financable", "texte": "Hors priorités"},
        [
            *choix("motif", "Choisissez le motif du refus"),
            *texte("texte", "Expliquez le refus en une ou deux phrases", 2000),
        ],
    ),
    Saisie(
        organisations.FormulaireVerification, "opco_organisation_verifier", "conseiller", "siren_c",
        {"denomination": "Nom", "preuve": "Kbis"},
        [
            *texte("denomination", "Indiquez la dénomination lue sur la preuve", 200),
            *texte("preuve", "Indiquez la preuve que vous avez vue", 500),
        ],
        avant=_organisation_a_verifier,
    ),
    Saisie(
        coupures.FormulaireCoupure, "opco_couper_organisation", "aef", "siren", MOTIF,
        texte("motif", "Indiquez pourquoi vous coupez cet accès", 500),
    ),
    Saisie(
        coupures.FormulaireCoupure, "opco_couper_compte", "aef", "compte_a", MOTIF,
        [*texte("motif", "Indiquez pourquoi vous coupez cet accès", 500)],
    ),
    Saisie(
        coupures.FormulaireRetablissement, "opco_retablir", "aef", "coupure", MOTIF,
        texte("motif", "Indiquez ce qui a été vérifié avant de rétablir", 500),
    ),
    Saisie(
        veille.FormulaireNote, "opco_alerte", "admin_opco", "alerte", {"note": "Vérifié"},
        texte("note", "Écrivez ce que vous avez vérifié et décidé", 1000),
    ),
    Saisie(
        veille.FormulaireExceptionnel, "opco_acces_exceptionnel", "conseiller",
        corps={"numero": "2701AF000001", "motif": "Remplacement"},
        fautes=[
            *texte("numero", "Indiquez le numéro du dossier", 30),
            ({"numero": "9912AF999999"}, {"numero": "Aucun dossier transmis ne porte ce numéro. Vérifiez chaque signe"}),
            *texte("motif", "Indiquez pourquoi vous devez lire ce dossier", 500),
        ],
    ),
    Saisie(
        formulaires_codes.FormulaireCommande, "opco_codes", "aef",
        corps={"profil": "adherent", "critere": "liste", "sirens": "123 456 782", "adherents_au": ""},
        fautes=[
            *choix("profil", "Choisissez le profil"),
            *choix("critere", "Choisissez à qui écrire"),
            ({"sirens": ""}, {"sirens": "Indiquez au moins un SIREN"}),
            ({"sirens": "12\n123456789"}, {"sirens": "Ces SIREN n’existent pas\u00a0: 12, 123456789. Vérifiez les 9 chiffres"}),
            ({"critere": "adherents"}, {"adherents_au": "Indiquez la date à laquelle l’entreprise est adhérente"}),
            ({"critere": "adherents", "adherents_au": "demain"}, {"adherents_au": DATE}),
            (
                {"critere": "adherents", "profil": "prestataire", "adherents_au": "30/11/2026"},
                {"profil": "Une date d’adhésion ne désigne que des adhérents. Choisissez ce profil"},
            ),
        ],
    ),
    Saisie(
        decisions.FormulaireProposition, "opco_decision_proposer", "aef", "siren",
        {
            "nature": "succession", "profil": "adherent", "rattachement": "", "repreneur": "123 456 782", "etablissement": "",
            "motif": "Fusion", "preuve": "Extrait Kbis",
        },
        [
            *choix("nature", "Choisissez la décision à prendre"),
            *choix("profil", "Choisissez l’espace concerné"),
            ({"nature": "fin_d_acces"}, {"rattachement": "Choisissez une personne rattachée à cet espace"}),
            ({"rattachement": "absent"}, {"rattachement": "Choisissez une personne de la liste"}),
            ({"repreneur": "12"}, {"repreneur": "Le SIREN comporte 9 chiffres, il en manque 7"}),
            ({"repreneur": "130 025 265"}, {"repreneur": "Indiquez le SIREN de l’autre entreprise, celle qui reprend"}),
            ({"etablissement": "absent"}, {"etablissement": "Choisissez un établissement de la liste"}),
            ({"nature": "transfert"}, {"etablissement": "Choisissez l’établissement repris"}),
            *texte("motif", "Indiquez ce qui s’est passé", 500),
            *texte("preuve", "Indiquez la preuve que vous avez vue", 500),
        ],
    ),
    Saisie(
        decisions.FormulaireEcart, "opco_decision_ecarter", "aef", "decision", {"motif": "Joint par téléphone"},
        texte("motif", "Indiquez pourquoi cette décision est écartée", 500),
    ),
    Saisie(
        preparations.FormulaireEcart, "opco_preparation_ecarter", "aef", "preparation", {"motif": "Adresse douteuse"},
        texte("motif", "Indiquez pourquoi cette préparation est écartée", 500),
    ),
    Saisie(
        formulaires_codes.FormulaireDemandees, "opco_codes_demandes", "aef",
        corps={"decision": "ecarter", "demandes": [], "motif": "Appelez-nous"},
        fautes=[
            ({}, {"demandes": AUCUN_COURRIER}),
            (
                {"demandes": ["absent"]},
                {"demandes": "Un de ces courriers n’existe pas. Cochez de nouveau ceux que vous traitez"},
            ),
            *[
                (changes, {**phrases, "demandes": AUCUN_COURRIER})
                for changes, phrases in texte("motif", "Indiquez le motif\u00a0: la personne le lira", 500)
            ],
            (
                {"decision": "peut-être"},
                {"": "Choisissez «\u00a0Commander\u00a0» ou «\u00a0Écarter\u00a0»", "demandes": AUCUN_COURRIER},
            ),
        ],
    ),
    Saisie(
        formulaires_codes.FormulaireEnvoi, "opco_commande_envoi", "aef", "commande_imprimee",
        {"decision": "postees", "le": "31/01/2027"},
        [
            *jour("le", "Indiquez la date"),
            ({"le": "02/02/2027"}, {"le": "Cette date est dans le futur"}),
            ({"le": "30/01/2027"}, {"le": "Les lettres ont été imprimées le 31/01/2027, pas avant"}),
            ({"decision": "revenues"}, {"lettres": "Cochez les lettres revenues"}),
            ({"lettres": ["absente"]}, {"lettres": "Une de ces lettres n’existe pas. Cochez-les de nouveau"}),
            (
                {"decision": ""},
                {"": "Choisissez «\u00a0Déclarer postées\u00a0» ou «\u00a0Déclarer revenues\u00a0»"},
            ),
        ],
    ),
    Saisie(
        FormulaireArret, "opco_code_arreter", "aef", "code_c", MOTIF, texte("motif", "Indiquez pourquoi vous arrêtez ce code", 500),
    ),
    Saisie(
        formulaires_codes.FormulaireCourrier, "opco_organisation_courrier", "conseiller", "siren_c",
        {"profil": "adherent", "motif": "Perdue"},
        [*choix("profil", "Choisissez le profil"), *texte("motif", "Indiquez pourquoi ce courrier est nécessaire", 500)],
    ),
    Saisie(
        formulaires_codes.FormulaireAvis, "opco_avis", "aef", corps={"avis": []},
        fautes=[
            ({}, {"avis": "Cochez les courriers que vous avez postés"}),
            (
                {"avis": ["absent"]},
                {"avis": "Un de ces courriers n’existe pas. Cochez de nouveau ceux que vous avez postés"},
            ),
        ],
        avant=_avis_a_poster,
    ),
    Saisie(
        formulaires_codes.FormulaireAdresse, "opco_adresse", "aef", "siren_c",
        {"lignes": "Société\n1 rue X\n74000 ANNECY", "preuve": "Kbis"},
        [
            ({"lignes": ""}, {"lignes": "Indiquez le destinataire, puis l’adresse, une ligne par élément"}),
            ({"lignes": "Société"}, {"lignes": "Indiquez le destinataire, puis l’adresse, une ligne par élément"}),
            ({"lignes": "Société\n1 rue X"}, {"lignes": "La dernière ligne porte le code postal et la commune"}),
            ({"lignes": "a\n" * 8 + "74000 ANNECY"}, {"lignes": "Une adresse compte 7 lignes au plus"}),
            ({"lignes": "a" * 99 + "\n74000 ANNECY"}, {"lignes": "Une ligne d’adresse compte 60 signes au plus"}),
            *texte("preuve", "Indiquez où cette adresse a été lue", 500),
        ],
        avant=_adresse_a_completer,
    ),
    Saisie(
        FormulaireDecision, "opco_acces_decider", "aef", "demande_opco", {"decision": "refuser", "motif": "Inconnu"},
        [
            *texte("motif", "Indiquez le motif du refus\u00a0: la personne le lira", 500),
            ({"decision": "peut-être"}, {"": "Choisissez «\u00a0Accorder\u00a0» ou «\u00a0Refuser\u00a0»"}),
        ],
    ),
    Saisie(
        tickets.FormulaireReponse, "opco_ticket", "aef", "ticket", {"corps": "Voici la réponse."},
        texte("corps", "Écrivez votre réponse", 8000),
    ),
    Saisie(
        coordonnees.FormulaireVerification, "opco_rib_decider", "gestionnaire", "rib", VERIFICATION,
        [
            *choix("decision", "Choisissez de confirmer ou de refuser"),
            *choix("methode", "Choisissez comment vous avez vérifié ce compte"),
            ({"methode": "vop_proche", "commentaire": ""}, {"commentaire": "Indiquez pourquoi un nom proche suffit"}),
            ({"decision": "refuser", "commentaire": ""}, {"commentaire": "Indiquez le motif du refus"}),
            ({"commentaire": LONG}, {"commentaire": de_trop(500)}),
        ],
    ),
    Saisie(
        coordonnees.FormulaireMotif, "opco_rib_reveler", "gestionnaire", "rib", MOTIF,
        texte("motif", "Indiquez pourquoi vous affichez cet IBAN", 500),
    ),
    Saisie(
        opco_factures.FormulaireAcceptation, "opco_facture", "gestionnaire", "facture", {"service_fait": "Contrôlé"},
        [
            ({"service_fait": ""}, {"service_fait": "Indiquez pourquoi vous acceptez malgré les points signalés"}),
            ({"service_fait": LONG}, {"service_fait": de_trop(1000)}),
        ],
        avant=_ecart_signale,
    ),
    Saisie(
        opco_factures.FormulaireRejet, "opco_facture_rejeter", "gestionnaire", "facture",
        {"motif": "montant", "texte": "Montant faux"},
        [
            *choix("motif", "Choisissez le motif du rejet"),
            *texte("texte", "Indiquez ce que l’émetteur doit corriger", 1000),
        ],
    ),
    Saisie(
        lots.FormulaireMotif, "opco_lot_abandonner", "comptable", "lot", MOTIF, texte("motif", "Indiquez le motif", 500),
    ),
    Saisie(
        lots.FormulaireExecution, "opco_lot_executer", "comptable", "lot_signe",
        {"date_execution": "26/01/2027", "reference": "RELEVE-1"},
        [
            *jour("date_execution", "Indiquez le jour d’exécution"),
            ({"date_execution": "02/02/2027"}, {"date_execution": "La date d’exécution est dans le futur"}),
            ({"date_execution": "24/01/2027"}, {"date_execution": "Le fichier a été remis le 25/01/2027, pas avant"}),
            *texte("reference", "Indiquez la référence donnée par la banque", 60),
        ],
    ),
    Saisie(
        reglages.FormulaireException, "opco_reglages", "admin_opco",
        corps={
            "dispositif": "action_formation", "debut_du": "01/01/2027", "debut_au": "31/01/2027", "depot_au": "28/02/2027",
            "motif": "Panne",
        },
        fautes=[
            *choix("dispositif", "Choisissez le dispositif"),
            *jour("debut_du", "Indiquez le premier jour de début"),
            *jour("debut_au", "Indiquez le dernier jour de début"),
            ({"debut_au": "31/12/2026"}, {"debut_au": "La fin doit suivre le début (01/01/2027)"}),
            *jour("depot_au", "Indiquez le dernier jour pour transmettre"),
            ({"depot_au": "31/01/2027"}, {"depot_au": "L’exception vaut jusqu’à aujourd’hui au moins"}),
            *texte("motif", "Indiquez le motif, par exemple une panne du portail", 400),
        ],
    ),
    Saisie(
        reglages.FormulaireReglage, "opco_reglage", "admin_opco", "code=action_formation",
        {
            "decision_automatique": "prise", "delai_depot_jours": "15", "gravite_delai": "bloque", "limite_stagiaires": "30",
            "a_partir_du": "01/03/2027", "motif": "Conseil",
        },
        [
            *choix("decision_automatique", "Choisissez ce que fait le portail"),
            ({"delai_depot_jours": ""}, {"delai_depot_jours": "Indiquez le délai de dépôt"}),
            ({"delai_depot_jours": "dix"}, {"delai_depot_jours": "Écrivez un nombre de jours, par exemple 30"}),
            ({"delai_depot_jours": "366"}, {"delai_depot_jours": "Le délai va de 0 à 365 jours"}),
            ({"delai_depot_jours": "-1"}, {"delai_depot_jours": "Le délai va de 0 à 365 jours"}),
            *choix("gravite_delai", "Choisissez ce que fait un dépôt tardif"),
            ({"limite_stagiaires": "0"}, {"limite_stagiaires": "Un dossier accueille au moins un salarié"}),
            ({"limite_stagiaires": "10000"}, {"limite_stagiaires": "Écrivez 9999\u00a0salariés au plus, ou rien"}),
            ({"limite_stagiaires": "dix"}, {"limite_stagiaires": "Écrivez un nombre de salariés, par exemple 30"}),
            *jour("a_partir_du", "Indiquez le premier jour d’effet"),
            ({"a_partir_du": "31/01/2027"}, {"a_partir_du": "Une règle prend effet aujourd’hui au plus tôt"}),
            *texte("motif", "Indiquez le motif, par exemple la décision du conseil", 300),
        ],
    ),
    Saisie(
        paiements.FormulairePaiements, "opco_reglage_paiements", "admin_opco", "", {"compte_verifie": "non", "motif": "Conseil"},
        [
            *choix("compte_verifie", "Choisissez ce que devient un compte que personne n’a vérifié"),
            *texte("motif", "Indiquez le motif, par exemple la décision de la direction", 300),
            ({"compte_verifie": "oui"}, {"compte_verifie": "Ce réglage est déjà en vigueur"}),
        ],
    ),
    Saisie(
        baremes.FormulaireGuichet, "opco_baremes", "admin_opco",
        corps={"dispositif": "action_formation", "idcc": "0016", "du": "01/02/2027", "au": "", "message": "Budget consommé"},
        fautes=[
            *choix("dispositif", "Choisissez le dispositif suspendu"),
            ({"idcc": ""}, {"idcc": "Indiquez l’IDCC"}),
            ({"idcc": "12345"}, {"idcc": "4 caractères au plus\u00a0: il y en a 1 de trop"}),
            ({"idcc": "abc"}, {"idcc": "Choisissez un IDCC de la liste publique"}),
            *jour("du", "Indiquez le premier jour"),
            ({"du": "31/01/2027"}, {"du": "Une règle prend effet aujourd’hui au plus tôt"}),
            ({"au": "demain"}, {"au": DATE}),
            ({"au": "31/01/2027"}, {"au": "La fin doit suivre le début (01/02/2027)"}),
            *texte("message", "Indiquez la raison de la suspension", 500),
            ({"idcc": "0016"}, {"": "Ce guichet est déjà suspendu du 01/02/2027"}),
        ],
    ),
    Saisie(
        baremes.FormulaireLigne, "opco_bareme_ligne", "admin_opco", "ligne",
        {"a_partir_du": "01/03/2027", "motif": "Conseil", "taux_horaire": "11"},
        [
            *jour("a_partir_du", "Indiquez le premier jour d’effet"),
            ({"a_partir_du": "31/01/2027"}, {"a_partir_du": "Une règle prend effet aujourd’hui au plus tôt"}),
            *texte("motif", "Indiquez le motif, par exemple la décision du conseil", 300),
            *[
                faute
                for nom, objet in (
                    ("taux_horaire", "taux horaire pédagogique"), ("taux_salaire", "taux horaire des salaires"),
                    ("forfait_repas", "forfait par repas"), ("forfait_nuit", "forfait par nuit"),
                    ("forfait_transport", "forfait de transport par stagiaire"),
                )
                for faute in (({nom: "dix"}, {nom: MONTANT}), ({nom: "-1"}, {nom: f"Écrivez un nombre positif ({objet})"}))
            ],
            ({"plafond_heures": "dix"}, {"plafond_heures": "Écrivez une durée en heures, par exemple 3,5 ou 3\u00a0h\u00a030"}),
        ],
    ),
]  # fmt: skip
