"""Forms of the spaces: companies, providers, cabinets, and of every account."""

from datetime import timedelta

from jalon.exports.regles import RAISON_AU_PLUS, SANS_RAISON
from jalon.habilitations.models import (
    Rattachement,
)
from jalon.web.composants import vues
from jalon.web.composants.arret import FormulaireArret
from jalon.web.composants.decision import (
    FormulaireAttenteDeMandat,
    FormulaireDecision,
    FormulaireOctroi,
)
from jalon.web.composants.exports import FormulaireExport
from jalon.web.composants.nomination import FormulaireNomination
from jalon.web.espace import (
    activation,
    cles,
    clients,
    compte,
    conventions,
    demande,
    dossier,
    factures,
    formulaires_mandats,
    habilitations,
    mandats,
    modifications,
    notifications,
    rejoindre,
    rib,
)
from jalon.web.espace import codes as espace_codes
from jalon.web.espace.droits import formulaires as droits
from jalon.web.espace.droits import formulaires_des_fichiers as fichiers_de_droits
from jalon.web.espace.droits import formulaires_des_groupes as groupes
from jalon.web.espace.saisie import copies, creation, tableau
from jalon.web.opco import conventions as opco_conventions
from jalon.web.opco import (
    regularisations,
)
from jalon.web.public import contact, profil
from tests.dossiers.fabrique import (
    SIREN,
    SIREN_OF,
    SIRET,
)
from tests.matrice.formulaires import EXPORT, NOTIFICATIONS, VUE
from tests.matrice.monde import Monde
from tests.saisies.cas import (
    CLE,
    CONVENTION,
    DATE,
    FACTURE,
    HIER,
    LONG,
    MANDAT,
    MONTANT,
    MOTIF,
    NIVEAUX,
    RAPPEL,
    Saisie,
    choix,
    de_trop,
    jour,
    montant,
    texte,
)
from tests.saisies.envoi import FICHIER


def _droits_a_revoir(monde: Monde) -> None:
    """Company A was let in two years ago."""
    liens = Rattachement.objects.tous("essai").filter(siren=monde.objets["siren"])
    liens.update(actif_depuis=HIER - timedelta(days=730), cree_le=HIER - timedelta(days=730))


LIEUX_ET_FIN = [
    *choix("etendue", "Choisissez le périmètre"),
    ({"etendue": "siret", "sirets": []}, {"sirets": "Choisissez au moins un établissement"}),
    ({"etendue": "siret", "sirets": ["absent"]}, {"sirets": "Choisissez des établissements de cette entreprise"}),
    *jour("fin", "Indiquez le dernier jour du mandat"),
    (
        {"fin": "01/02/2028"},
        {"fin": "Un mandat dure 12\u00a0mois au plus\u00a0: jusqu’au 31/01/2028. Vous pourrez le renouveler"},
    ),
    ({"fin": "31/01/2027"}, {"fin": "La fin du mandat doit suivre son début"}),
    ({"niveau_acces": "4"}, {"niveau_acces": "Choisissez le niveau de droit «\u00a0Accès\u00a0»"}),
    ({"niveau_rib": ""}, {"niveau_rib": "Choisissez le niveau de droit «\u00a0Coordonnées bancaires\u00a0»"}),
    (
        {f"niveau_{d}": "0" for d in ("alternance", "plan", "factures", "reglements", "rib", "acces")},
        {"": "Choisissez au moins un droit à confier"},
    ),
]  # fmt: skip

ESPACE = [
    Saisie(
        activation.FormulaireCode, "activation", "a_admin",
        corps={"profil": "adherent", "siren": "123456782", "code": "ABCDEFGHJKLMNP"},
        fautes=[
            *choix("profil", "Choisissez le profil écrit en tête de la lettre"),
            *texte("siren", "Indiquez le SIREN inscrit sur la lettre", 20),
            ({"siren": "12 345"}, {"siren": "Le SIREN comporte 9 chiffres, il en manque 4"}),
            *texte("code", "Indiquez le code de la lettre", 40),
            ({"code": "ABC"}, {"code": "Le code comporte 14 caractères, il en manque 11"}),
        ],
    ),
    Saisie(
        tableau.FormulaireTableau, "saisie_tableau", "a_admin", "siren brouillon code=stagiaires", {"texte": "Exemple;;Zoé;15/07/1995"},
        [
            ({"texte": " "}, {"texte": "Collez au moins une ligne, ou choisissez un fichier"}),
            ({"texte": "", "fichier": FICHIER}, {"fichier": "Choisissez un classeur Excel (.xlsx) ou un fichier CSV"}),
            ({"texte": "Nom;Prénom\nExemple;Zoé"}, {"": "Il manque une colonne, ou son titre n’est pas reconnu\u00a0: Date de naissance"}),
        ],
    ),
    Saisie(
        copies.FormulaireCopie, "saisie_dupliquer", "a_admin", "siren brouillon", {"rubriques": ["action"], "siret": ""},
        [
            ({"rubriques": []}, {"rubriques": "Choisissez au moins une rubrique à copier"}),
            ({"rubriques": ["absente"]}, {"rubriques": "Choisissez au moins une rubrique à copier"}),
            ({"siret": "absent"}, {"siret": "Répondez à la question «\u00a0Pour quel établissement\u00a0?\u00a0»"}),
        ],
    ),
    Saisie(
        creation.FormulaireNouveau, "saisie_nouveau", "a_admin", "siren", {"dispositif": "action_formation", "siret": ""},
        [
            *choix("dispositif", "Répondez à la question «\u00a0Que demandez-vous\u00a0?\u00a0»"),
            ({"siret": "absent"}, {"siret": "Répondez à la question «\u00a0Pour quel établissement\u00a0?\u00a0»"}),
        ],
    ),
    Saisie(
        dossier.FormulaireMessage, "espace_dossier_message", "a_admin", "siren accorde", {"corps": "Bonjour"},
        [
            *texte("corps", "Écrivez votre message", 5000),
            ({"fichiers": ["FICHIER"] * 6}, {"fichiers": "Joignez 5 fichiers au plus par message"}),
        ],
    ),
    Saisie(
        modifications.FormulaireMiseAJour, "espace_dossier_modifier", "a_admin", "siren accorde",
        {"entreprise.contact_nom": "Chloé Essai", "entreprise.contact_courriel": "chloe@essai.example"},
        [
            ({"entreprise.contact_nom": ""}, {"entreprise.contact_nom": "Indiquez le nom de la personne à contacter"}),
            ({"entreprise.contact_courriel": ""}, {"entreprise.contact_courriel": "Indiquez l’adresse électronique du contact"}),
        ],
    ),
    Saisie(
        modifications.FormulaireModification, "espace_modification_demander", "a_admin", "siren transmis chemin=action.lieu",
        {"souhait": "Lyon", "motif": "La salle a changé"},
        [
            *texte("souhait", "Indiquez la réponse souhaitée", 500),
            *texte("motif", "Expliquez pourquoi cette réponse doit changer", 500),
        ],
    ),
    Saisie(
        dossier.FormulaireAnnulation, "espace_dossier_annuler", "a_admin", "siren transmis", MOTIF,
        texte("motif", "Indiquez pourquoi vous annulez ce dossier", 500),
    ),
    Saisie(
        factures.FormulaireFacture, "espace_facture_nouvelle", "p_admin", "prestataire engagement_accorde genre=facture", FACTURE,
        [
            *texte("numero", "Indiquez le numéro de la facture", 40),
            *jour("date_emission", "Indiquez la date d’émission"),
            *montant("montant_ht", "Indiquez le montant HT"),
            *choix("taux_tva", "Choisissez le taux de TVA"),
            *montant("montant_ttc", "Indiquez le montant TTC"),
            ({"montant_ttc": "11"}, {"montant_ttc": "Le montant TTC ne correspond pas\u00a0: HT et TVA donnent 12,00\u00a0€"}),
            ({"facture": None}, {"facture": "Joignez la facture"}),
            *jour("date_debut", "Indiquez le début réalisé"),
            *jour("date_fin", "Indiquez la fin réalisée"),
            ({"date_fin": "10/01/2027"}, {"date_fin": "La fin de la formation précède son début"}),
            ({"heures_realisees": ""}, {"heures_realisees": "Indiquez les heures réalisées"}),
            ({"heures_realisees": "abc"}, {"heures_realisees": "Écrivez un nombre d’heures, par exemple 28"}),
            ({"heures_realisees": "-3"}, {"heures_realisees": "Indiquez le nombre d’heures réalisées"}),
            ({"heures_realisees": "1,234"}, {"heures_realisees": "Écrivez 2 chiffres au plus après la virgule"}),
            ({"heures_realisees": "123456789"}, {"heures_realisees": "Écrivez un nombre de 8 chiffres au plus"}),
            ({"heures_realisees": "1234567"}, {"heures_realisees": "Écrivez 6 chiffres au plus avant la virgule"}),
            ({"nombre_stagiaires": ""}, {"nombre_stagiaires": "Indiquez le nombre de salariés formés"}),
            ({"nombre_stagiaires": "deux"}, {"nombre_stagiaires": "Écrivez un nombre entier, par exemple 2"}),
            ({"nombre_stagiaires": "0"}, {"nombre_stagiaires": "Indiquez un nombre d’au moins 1"}),
            *texte("signataire_nom", "Indiquez le nom du signataire du certificat", 120),
            *texte("signataire_qualite", "Indiquez la qualité du signataire", 120),
            *texte("lieu", "Indiquez le lieu de signature", 120),
            *jour("signe_le", "Indiquez le jour de signature du certificat"),
            ({"signe_le": "01/01/2030"}, {"signe_le": "La date de signature est dans le futur"}),
            ({"certificat": None}, {"certificat": "Joignez le certificat de réalisation"}),
            ({"conservation": None}, {"conservation": "Cochez cet engagement\u00a0: il figure sur le certificat"}),
            (
                {"numero": "", "montant_ht": "dix", "lieu": ""},
                {"numero": "Indiquez le numéro de la facture", "montant_ht": MONTANT, "lieu": "Indiquez le lieu de signature"},
            ),
        ],
    ),
    Saisie(
        droits.FormulaireLigne, "espace_modifier_droits", "a_admin", "siren rattachement", NIVEAUX,
        [
            ({"debut": "demain"}, {"debut": DATE}),
            ({"debut": "01/01/2027", "niveau_plan": "3"}, {"debut": "Le début du droit doit être aujourd’hui ou plus tard"}),
            ({"fin": "31/02/2027"}, {"fin": "Cette date n’existe pas au calendrier"}),
            ({"fin": "01/01/2027"}, {"fin": "La fin du droit doit être aujourd’hui ou plus tard"}),
            ({"fin": "31/12/2027", "niveau_acces": "4"}, {"fin": "L’administration ne prend pas fin à une date\u00a0: elle se retire"}),
            ({"perimetre": "absent"}, {"perimetre": "Choisissez le périmètre"}),
            *[
                faute
                for domaine, libelle in (
                    ("alternance", "Alternance"), ("plan", "Plan de développement"), ("factures", "Factures"),
                    ("reglements", "Règlements"), ("rib", "Coordonnées bancaires"), ("acces", "Accès"),
                )
                for faute in choix(f"niveau_{domaine}", f"Choisissez le niveau de droit «\u00a0{libelle}\u00a0»")
            ],
            ({"seul_action_formation": "9"}, {"seul_action_formation": "Choisissez le niveau de droit «\u00a0Action de formation\u00a0»"}),
        ],
    ),
    Saisie(
        droits.FormulaireInvitation, "espace_inviter", "a_admin", "siren",
        {"prenom": "Zoé", "nom": "Neuve", "adresse": "zoe@essai.example", "etendue": "siren", "modele": "lecture"},
        [
            ({"prenom": LONG}, {"prenom": de_trop(80)}),
            ({"nom": LONG}, {"nom": de_trop(80)}),
            *texte("adresse", "Indiquez l’adresse électronique de la personne", 254),
            (
                {"adresse": "paul"},
                {"adresse": "Écrivez l’adresse électronique en entier, par exemple prenom.nom@entreprise.fr"},
            ),
            *choix("etendue", "Choisissez le périmètre"),
            ({"etendue": "siret"}, {"sirets": "Choisissez au moins un établissement"}),
            ({"etendue": "siret", "sirets": ["absent"]}, {"sirets": "Choisissez des établissements de cette entreprise"}),
            ({"etendue": "groupe"}, {"groupes": "Choisissez au moins un groupe"}),
            ({"etendue": "groupe", "groupes": ["absent"]}, {"groupes": "Choisissez des groupes de cette entreprise"}),
            (
                {"etendue": "siret", "sirets": [SIRET], "modele": "administration"},
                {"modele": "L’administration se donne sur toute l’entreprise"},
            ),
            *choix("modele", "Choisissez les droits de cette personne"),
            ({"dispositif": "absent"}, {"dispositif": "Choisissez un dispositif de la liste"}),
            (
                {"dispositif": "action_formation", "modele": "administration"},
                {"dispositif": "L’administration ne se limite pas à un dispositif"},
            ),
            ({"debut": "demain"}, {"debut": DATE}),
            ({"debut": "01/03/2027", "fin": "28/02/2027"}, {"fin": "La fin du droit doit suivre son début"}),
            (
                {"modele": "comptabilite", "fin": "01/02/2027"},
                {"fin": "Ce droit ne compte que 24\u00a0heures après avoir été donné\u00a0: choisissez une fin plus tardive"},
            ),
        ],
    ),
    Saisie(
        droits.FormulaireMasse, "espace_droits_masse", "a_admin", "siren", {"personnes": ["@rattachement"], "acte": "lecture"},
        [
            ({"personnes": None}, {"personnes": "Choisissez au moins une personne"}),
            ({"personnes": ["absent"]}, {"personnes": "Choisissez des personnes du tableau"}),
            *choix("acte", "Choisissez ce qui change pour ces personnes"),
            ({"groupe": "absent"}, {"groupe": "Choisissez un groupe de cette entreprise"}),
            ({"dispositif": "absent"}, {"dispositif": "Choisissez un dispositif de la liste"}),
            (
                {"dispositif": "action_formation", "acte": "administration"},
                {"dispositif": "L’administration ne se limite pas à un dispositif"},
            ),
            ({"acte": "fin"}, {"dernier_jour": "Indiquez le dernier jour de ces droits"}),
            ({"acte": "fin", "dernier_jour": "demain"}, {"dernier_jour": DATE}),
            (
                {"personnes": ["@rattachement_admin"], "acte": "fin", "dernier_jour": "31/12/2027"},
                {"dernier_jour": "Personne a_admin\u00a0: l’administration ne prend pas fin à une date\u00a0: elle se retire"},
            ),
        ],
    ),
    *[
        Saisie(
            vues.FormulaireVue, nom, role, args, VUE,
            [
                *texte("nom", "Donnez un nom à cet accès rapide", 60),
                *choix("icone", "Choisissez une icône de cette liste"),
                *choix("partage", "Choisissez qui le voit"),
                *choix("place", "Choisissez où le retrouver"),
                *choix("alerte", "Choisissez oui ou non"),
            ],
        )
        for nom, role, args in (
            ("espace_vue_nouvelle", "a_lecteur", "siren liste=dossiers"),
            ("mes_vue_nouvelle", "a_lecteur", "liste=dossiers"),
            ("opco_vue_nouvelle", "aef", "liste=dossiers"),
        )
    ],
    Saisie(
        vues.FormulaireNom, "vue_modifier", "a_admin", "vue", {n: VUE[n] for n in ("nom", "icone", "partage")},
        [
            *texte("nom", "Donnez un nom à cet accès rapide", 60),
            *choix("icone", "Choisissez une icône de cette liste"),
            *choix("partage", "Choisissez qui le voit"),
        ],
    ),
    Saisie(
        compte.FormulaireRythme, "recapitulatif", "a_lecteur", "", {"rythme": "quotidien"},
        [({"rythme": ""}, {"rythme": "Choisissez un rythme"}), ({"rythme": "annuel"}, {"rythme": "Choisissez un rythme de cette liste"})],
    ),
    Saisie(
        notifications.FormulairePreferences, "notifications_preferences", "a_lecteur", "", NOTIFICATIONS,
        [
            *(({genre: ""}, {genre: "Choisissez une réponse"}) for genre in NOTIFICATIONS),
            ({"export_pret": "pigeon"}, {"export_pret": "Choisissez une réponse de cette liste"}),
        ],
    ),
    *[
        Saisie(
            groupes.FormulaireGroupe, nom, "a_admin", args, {"nom": "Groupe de l’essai"},
            [
                ({"nom": ""}, {"nom": "Donnez un nom au groupe"}),
                ({"nom": LONG}, {"nom": de_trop(80)}),
                ({"nom": "!?"}, {"nom": "Le nom d’un groupe contient au moins une lettre ou un chiffre"}),
                ({"nom": "GROUPE_LIBRE"}, {"nom": "Un groupe de cette entreprise porte déjà ce nom"}),
            ],
        )
        for nom, args in (("espace_groupe_nouveau", "siren"), ("espace_groupe_renommer", "siren groupe"))
    ],
    *[
        Saisie(
            groupes.FormulaireMembres, nom, "a_admin", "siren groupe", {"cible": "coches", "sirets": [SIRET]},
            [
                *propres,
                *choix("cible", "Choisissez les établissements concernés"),
                ({"sirets": None}, {"sirets": "Cochez au moins un établissement"}),
                ({"sirets": ["absent"]}, {"sirets": "Choisissez des établissements du tableau"}),
                ({"cible": "liste"}, {"liste": "Collez au moins un SIRET"}),
                ({"cible": "liste", "liste": "Annecy"}, {"liste": "«\u00a0Annecy\u00a0» n’est pas un SIRET\u00a0: vérifiez ses 14 chiffres"}),
                ({"cible": "liste", "liste": "x" * 60_001}, {"liste": "60000 caractères au plus\u00a0: il y en a 1 de trop"}),
            ],
        )
        for nom, propres in (
            ("espace_groupe_ajouter", [({"sirets": ["12345678200010"]}, {"sirets": "Choisissez des établissements de cette entreprise"})]),
            ("espace_groupe_retirer", []),
        )
    ],
    Saisie(
        droits.FormulaireRevue, "espace_revue", "a_admin", "siren", {"personnes": ["@rattachement"], "acte": "confirmer"},
        [
            ({"personnes": None}, {"personnes": "Choisissez au moins une personne"}),
            *choix("acte", "Choisissez de confirmer ou de retirer"),
            ({"acte": "retirer"}, {"motif": "Indiquez le motif du retrait\u00a0: les personnes le liront"}),
            ({"acte": "retirer", "motif": LONG}, {"motif": de_trop(500)}),
            ({"personnes": ["@rattachement_admin"]}, {"personnes": "Vos propres droits se confirment par un autre administrateur"}),
        ],
        avant=_droits_a_revoir,
    ),
    Saisie(
        fichiers_de_droits.FormulaireFichier, "espace_droits_fichier", "a_admin", "siren", {"fichier": FICHIER},
        [
            ({"fichier": None}, {"fichier": "Choisissez le fichier à importer"}),
            ({}, {"fichier": "Ce fichier ne contient aucune ligne"}),
        ],
    ),
    *[
        Saisie(
            FormulaireOctroi, nom, role, args, {"decision": "refuser", "motif": "Inconnu ici"},
            [
                *texte("motif", "Indiquez le motif du refus\u00a0: la personne le lira", 500),
                ({"decision": ""}, {"": "Choisissez «\u00a0Accorder\u00a0» ou «\u00a0Refuser\u00a0»"}),
            ],
        )
        for nom, role, args in (("espace_octroi", "a_admin", "siren octroi"), ("opco_octroi", "aef", "octroi_opco"))
    ],
    *[
        Saisie(
            FormulaireAttenteDeMandat, nom, role, args, {"decision": "refuser", "motif": "Inconnu ici"},
            [
                *texte("motif", "Indiquez le motif du refus\u00a0: la personne le lira", 500),
                ({"decision": ""}, {"": "Choisissez «\u00a0Accorder\u00a0» ou «\u00a0Refuser\u00a0»"}),
            ],
        )
        for nom, role, args in (
            ("espace_mandat_decider", "a_admin", "siren mandat_attend"), ("opco_mandat_decider", "aef", "mandat_rafale")
        )
    ],
    *[
        Saisie(
            FormulaireNomination, nom, role, args, {"decision": "refuser", "constat": "Inconnue au siège"},
            [
                *choix("decision", "Choisissez de confirmer ou de refuser"),
                *texte("constat", "Indiquez ce que vous avez vérifié, ou le motif du refus", 500),
            ],
        )
        for nom, role, args in (("espace_nomination", "a_admin", "siren nomination"), ("opco_nomination", "aef", "nomination"))
    ],
    Saisie(
        habilitations.FormulaireMotif, "espace_retirer", "a_admin", "siren rattachement", MOTIF,
        texte("motif", "Indiquez le motif", 500),
    ),
    Saisie(
        formulaires_mandats.FormulaireNouveauMandat, "espace_mandat_nouveau", "a_admin", "siren", MANDAT,
        [
            *texte("mandataire", "Indiquez le SIREN du mandataire", 20),
            ({"mandataire": "12 345"}, {"mandataire": "Le SIREN comporte 9 chiffres, il en manque 4"}),
            ({"mandataire": SIREN}, {"mandataire": "Une organisation ne se donne pas de mandat à elle-même"}),
            ({"debut": "31/02/2027"}, {"debut": "Cette date n’existe pas au calendrier"}),
            ({"debut": "31/01/2027"}, {"debut": "Le mandat commence aujourd’hui ou plus tard"}),
            *LIEUX_ET_FIN,
        ],
    ),
    Saisie(
        formulaires_mandats.FormulaireMandat, "espace_mandat_modifier", "a_admin", "siren mandat", {**MANDAT, "mandataire": None, "debut": None},
        LIEUX_ET_FIN,
    ),
    Saisie(
        mandats.FormulaireFinDeMandat, "espace_mandat_terminer", "a_admin", "siren mandat", MOTIF,
        texte("motif", "Indiquez le motif", 500),
    ),
    Saisie(
        conventions.FormulaireConvention, "espace_convention_nouvelle", "p_admin", "prestataire", CONVENTION,
        [
            *texte("client", "Indiquez le SIREN ou le SIRET de l’employeur", 24),
            ({"client": "12 345"}, {"client": "Le SIREN comporte 9 chiffres, il en manque 4"}),
            ({"client": f"{SIREN}0001"}, {"client": "Le SIRET comporte 14 chiffres, il en manque 1"}),
            ({"client": SIREN_OF}, {"client": "Une organisation ne déclare pas de convention avec elle-même"}),
            *texte("reference", "Indiquez la référence de la convention", 60),
            ({"reference": f"CONV {SIREN}"}, {"reference": "Cette convention est déjà déclarée avec cette entreprise"}),
            *jour("signee_le", "Indiquez le jour de signature de la convention"),
            (
                {"signee_le": "02/02/2027"},
                {"signee_le": "La convention doit être signée\u00a0: indiquez le jour de sa signature, au plus tard aujourd’hui"},
            ),
            *jour("debut", "Indiquez le premier jour du mandat"),
            *jour("fin", "Indiquez le dernier jour du mandat"),
            ({"debut": "01/03/2027", "fin": "28/02/2027"}, {"fin": "Le dernier jour doit suivre le premier"}),
            ({"debut": "01/01/2027", "fin": "31/01/2027"}, {"fin": "Le dernier jour de cette convention est passé"}),
            (
                {"fin": "01/02/2028"},
                {"fin": "Un mandat dure 12\u00a0mois au plus\u00a0: jusqu’au 31/01/2028. Déclarez de nouveau la convention dans ses 30\u00a0derniers jours"},
            ),
            *choix("niveau", "Choisissez ce que la convention vous permet"),
            ({"niveau": "4"}, {"niveau": "Choisissez ce que la convention vous permet"}),
            ({"piece": None}, {"piece": "Joignez la convention signée"}),
            (
                {"client": "12 345", "signee_le": "02/02/2027", "piece": None},
                {
                    "client": "Le SIREN comporte 9 chiffres, il en manque 4",
                    "signee_le": "La convention doit être signée\u00a0: indiquez le jour de sa signature, au plus tard aujourd’hui",
                    "piece": "Joignez la convention signée",
                },
            ),
        ],
    ),
    Saisie(
        regularisations.FormulaireRegularisation, "opco_regularisations", "conseiller", "", {"dossiers": ["@apprentissage"]},
        [
            ({"dossiers": []}, {"dossiers": "Cochez au moins un contrat"}),
            ({"dossiers": ["absent"]}, {"dossiers": "Un contrat coché n’est plus dans cette page\u00a0: relisez-la"}),
        ],
    ),
    Saisie(
        opco_conventions.FormulaireFinDeConvention, "opco_convention_arreter", "aef", "convention", MOTIF,
        texte("motif", "Indiquez le motif", 500),
    ),
    Saisie(
        clients.FormulaireRepartition, "espace_repartition", "p_admin", "prestataire",
        {**NIVEAUX, "collaborateur": "", "cible": "coches", "acte": "confier"},
        [
            ({}, {"collaborateur": "Choisissez la personne concernée"}),
            ({"collaborateur": "absent"}, {"collaborateur": "Choisissez une personne de cette liste"}),
            *(
                ({"collaborateur": "absent", **autre}, {"collaborateur": "Choisissez une personne de cette liste", **phrase})
                for autre, phrase in (
                    ({"cible": ""}, {"cible": "Choisissez quels clients sont concernés"}),
                    ({"acte": ""}, {"acte": "Choisissez de confier ou de reprendre ces clients"}),
                    ({"niveau_rib": "4"}, {"niveau_rib": "Choisissez le niveau de droit «\u00a0Coordonnées bancaires\u00a0»"}),
                )
            ),
        ],
    ),
    Saisie(
        clients.FormulaireCollaborateur, "espace_collaborateur_nouveau", "p_admin", "prestataire",
        {"prenom": "", "nom": "", "adresse": "zoe@essai.example"},
        [
            ({"prenom": LONG}, {"prenom": de_trop(80)}),
            ({"nom": LONG}, {"nom": de_trop(80)}),
            *texte("adresse", "Indiquez l’adresse électronique de la personne", 254),
            (
                {"adresse": "zoe"},
                {"adresse": "Écrivez l’adresse électronique en entier, par exemple prenom.nom@entreprise.fr"},
            ),
        ],
    ),
    Saisie(
        FormulaireDecision, "espace_demande", "a_admin", "siren demande", {"decision": "refuser", "motif": "Inconnu ici"},
        [
            *texte("motif", "Indiquez le motif du refus\u00a0: la personne le lira", 500),
            ({"decision": ""}, {"": "Choisissez «\u00a0Accorder\u00a0» ou «\u00a0Refuser\u00a0»"}),
        ],
    ),
    Saisie(
        cles.FormulaireCle, "espace_cle_nouvelle", "a_admin", "siren", CLE,
        [
            *texte("nom", "Indiquez le nom du logiciel qui se servira de cette clé", 80),
            ({"nom": "…"}, {"nom": "Donnez à la clé un nom avec des lettres ou des chiffres"}),
            ({"dispositif": "absent"}, {"dispositif": "Choisissez un dispositif de la liste"}),
            *choix("etendue", "Choisissez le périmètre"),
            ({"etendue": "siret"}, {"sirets": "Choisissez au moins un établissement"}),
            ({"etendue": "siret", "sirets": ["absent"]}, {"sirets": "Choisissez des établissements de cette entreprise"}),
            *[
                faute
                for domaine, libelle in (
                    ("alternance", "Alternance"), ("plan", "Plan de développement"), ("factures", "Factures"),
                    ("reglements", "Règlements"), ("rib", "Coordonnées bancaires"), ("acces", "Accès"),
                )
                for faute in choix(f"niveau_{domaine}", f"Choisissez ce que la clé permet sur «\u00a0{libelle}\u00a0»")
            ],
            ({"niveau_acces": "4"}, {"niveau_acces": "Choisissez ce que la clé permet sur «\u00a0Accès\u00a0»"}),
            ({"niveau_plan": "0"}, {"": "Choisissez au moins un droit pour cette clé"}),
            (
                {"etendue": "siret", "sirets": [SIRET], "niveau_rib": "1"},
                {"": "«\u00a0Coordonnées bancaires\u00a0» se donne sur toute l’entreprise, pas sur un établissement"},
            ),
            *jour("jusqu_au", "Indiquez le dernier jour de la clé"),
            ({"jusqu_au": "14/01/2027"}, {"jusqu_au": "Choisissez une date de fin à venir"}),
            (
                {"jusqu_au": "02/02/2028"},
                {"jusqu_au": "Une clé dure 12\u00a0mois au plus\u00a0: choisissez au plus tard le 01/02/2028"},
            ),
            ({"adresses": LONG}, {"adresses": de_trop(2000)}),
            (
                {"adresses": "203.0.113.7\nici"},
                {
                    "adresses": "«\u00a0ici\u00a0» n’est pas une adresse IP. Écrivez par exemple 203.0.113.7, 203.0.113.0/24 ou "
                    "2001:db8::/48"
                },
            ),
            ({"cle_id": "absent"}, {"": "Rechargez la page, puis recommencez"}),
        ],
    ),
    Saisie(
        FormulaireExport, "espace_export_demander", "a_admin", "siren", EXPORT,
        [
            *texte("raison", SANS_RAISON, RAISON_AU_PLUS),
            ({"raison": "12"}, {"raison": SANS_RAISON}),
            *choix("format", "Choisissez Excel ou CSV"),
            ({"requete": "q=introuvable"}, {"": "Aucune ligne ne correspond à ces filtres\u00a0: il n’y a rien à exporter"}),
        ],
    ),
    Saisie(
        cles.FormulaireRevocation, "espace_cle_revoquer", "a_admin", "siren ligne_cle_a", MOTIF,
        texte("motif", "Indiquez le motif de la révocation", 500),
    ),
    Saisie(
        demande.FormulaireReponse, "espace_demande", "a_admin", "siren demande",
        {"jeu": "lecture", "etendue": "siren", "decision": "refuser", "motif": "Inconnu ici"},
        [
            *choix("jeu", "Choisissez les droits accordés"),
            *choix("etendue", "Choisissez le périmètre accordé"),
            ({"sirets": ["absent"]}, {"sirets": "Choisissez des établissements de la demande"}),
            ({"decision": "accorder", "etendue": "siret"}, {"sirets": "Choisissez au moins un établissement"}),
            (
                {"decision": "accorder", "etendue": "siret", "sirets": [SIRET], "jeu": "administration"},
                {"jeu": "L’administration se donne sur toute l’entreprise"},
            ),
            *texte("motif", "Indiquez le motif du refus\u00a0: la personne le lira", 500),
        ],
    ),
    Saisie(
        rejoindre.FormulaireRejoindre, "rejoindre", "sans_droit", "",
        {"profil": "adherent", "numero": "130025265", "jeu": "lecture", "etendue": "siret", "sirets": SIRET, "raison": "Essai"},
        [
            *choix("profil", "Choisissez le profil de l’organisation"),
            *texte("numero", "Indiquez le SIREN ou un SIRET de l’organisation", 25),
            ({"numero": "12 345"}, {"numero": "Le SIREN comporte 9 chiffres, il en manque 4"}),
            ({"numero": "1234567820"}, {"numero": "Le SIRET comporte 14 chiffres, il en manque 4"}),
            *choix("jeu", "Choisissez les droits demandés"),
            *choix("etendue", "Choisissez le périmètre demandé"),
            ({"profil": "prestataire"}, {"etendue": "Pour un prestataire, les droits portent sur toute l’organisation"}),
            ({"sirets": ""}, {"sirets": "Indiquez au moins un SIRET"}),
            ({"sirets": "12"}, {"sirets": "12\u00a0: Le SIRET comporte 14 chiffres, il en manque 12"}),
            ({"sirets": LONG}, {"sirets": de_trop(4000)}),
            *texte("raison", "Dites en une phrase qui vous êtes et pourquoi vous en avez besoin", 500),
        ],
    ),
    Saisie(
        espace_codes.FormulaireCourrier, "courrier", "sans_droit", "", {"profil": "adherent", "siren": "123456782"},
        [
            *choix("profil", "Choisissez le profil de l’organisation"),
            *texte("siren", "Indiquez le SIREN de l’organisation", 20),
            ({"siren": "123456789"}, {"siren": "Ce SIREN n’existe pas. Vérifiez les 9 chiffres"}),
        ],
    ),
    Saisie(
        FormulaireArret, "espace_code_arreter", "a_admin", "siren code_a", MOTIF,
        texte("motif", "Indiquez pourquoi vous arrêtez ce code", 500),
    ),
    Saisie(
        rib.FormulaireRib, "espace_rib_ajouter", "a_admin", "siren",
        {"titulaire": "Bellerive", "iban": "FR1420041010050500013M02606", "bic": "PSSTFRPPPAR"},
        [
            *texte("titulaire", "Indiquez le titulaire du compte, tel qu’il figure sur le RIB", 140),
            *texte("iban", "Indiquez l’IBAN", 60),
            ({"iban": "abc"}, {"iban": "Cet IBAN n’a pas la forme attendue. Recopiez-le depuis votre RIB"}),
            (
                {"iban": "FR1420041010050500013M02607"},
                {"iban": "La clé de cet IBAN ne correspond pas. Vérifiez chaque caractère"},
            ),
            ({"bic": "abc"}, {"bic": "Un BIC comporte 8 ou 11\u00a0caractères, par exemple AGRIFRPP"}),
            ({"bic": LONG}, {"bic": de_trop(20)}),
        ],
    ),
    Saisie(
        rib.FormulaireMotif, "espace_rib_geler", "a_admin", "siren rib", MOTIF, texte("motif", "Indiquez le motif", 500),
    ),
    Saisie(
        rib.FormulaireMotif, "espace_rib_reveler", "a_admin", "siren rib", MOTIF, texte("motif", "Indiquez le motif", 500),
    ),
    Saisie(
        contact.FormulaireContact, "contact", "anonyme",
        corps={"objet": "autre", "nom": "Paul", "email": "paul@essai.example", "siren": "", "message": "Bonjour."},
        fautes=[
            *choix("objet", "Choisissez le sujet de votre message"),
            *texte("nom", "Indiquez votre nom", 120),
            ({"email": ""}, {"email": "Indiquez votre adresse électronique"}),
            (
                {"email": "paul"},
                {"email": "Écrivez votre adresse électronique en entier, par exemple prenom.nom@entreprise.fr"},
            ),
            ({"siren": "12"}, {"siren": "Le SIREN comporte 9 chiffres, il en manque 7"}),
            ({"siren": "123456789"}, {"siren": "Ce SIREN n’existe pas. Vérifiez les 9 chiffres"}),
            *texte("message", "Écrivez votre message", 4000),
            ({**RAPPEL, "telephone": "12"}, {"telephone": "Écrivez les 10\u00a0chiffres d’un numéro français, par exemple 01\u00a023\u00a045\u00a067\u00a089"}),
            ({**RAPPEL, "telephone": LONG}, {"telephone": de_trop(30)}),
            ({**RAPPEL, "rappel_le": "demain"}, {"rappel_le": "Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026"}),
            ({**RAPPEL, "rappel_moment": "soir"}, {"rappel_moment": "Choisissez le matin ou l’après-midi"}),
            ({**RAPPEL, "rappel_le": "07/02/2027"}, {"rappel_le": "Nous n’appelons pas à ce moment-là. Choisissez un jour ouvré, dans nos horaires"}),
        ],
    ),
    Saisie(
        profil.FormulaireProfil, "mon_profil", "a_lecteur", "", {"branche": "", "region": "84"},
        [
            ({"branche": "0000"}, {"branche": "Choisissez une branche de cette liste"}),
            ({"region": "00"}, {"region": "Choisissez une région de cette liste"}),
        ],
    ),
]  # fmt: skip
