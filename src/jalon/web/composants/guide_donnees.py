"""Invented things that the style guide shows. SIREN 123 456 782 is a dummy with a valid check digit."""

from datetime import UTC, date, datetime
from decimal import Decimal

from jalon.socle.acteurs import Niveau
from jalon.web.composants.coquille import Compte, Coquille, Groupe, Lien, PerimetreAffiche
from jalon.web.composants.elements import (
    Etape,
    Evenement,
    GroupeDeTaches,
    LigneMontant,
    MessageAffiche,
    PieceAffichee,
    Puce,
    Rubrique,
    TacheAffichee,
)

ICI = "/demo/composants"

COQUILLE = Coquille(
    groupes=(
        Groupe(
            "", (Lien("Accueil", ICI, icone="house", courant=True), Lien("Tâches à faire", ICI, icone="list-checks", nombre=9))
        ),
        Groupe(
            "Demandes",
            (Lien("Dossiers", ICI, icone="folder-open"), Lien("Brouillons", ICI, icone="file-pen", nombre=3)),
        ),
        Groupe(
            "Finances",
            (Lien("Factures", ICI, icone="receipt-text", nombre=12), Lien("Règlements", ICI, icone="banknote")),
        ),
        Groupe(
            "Entreprise",
            (
                Lien("Établissements", ICI, icone="building-2"),
                Lien("Habilitations", ICI, icone="shield-check", nombre=3),
                Lien("Coordonnées bancaires", ICI, icone="landmark"),
            ),
        ),
    ),
    aide=Lien("Aide et contact", ICI, icone="life-buoy"),
    perimetre="Bellerive Restauration",
    detail="SIREN 123\u00a0456\u00a0782 · 4 établissements",
    perimetres=(
        PerimetreAffiche(
            "Bellerive Restauration, toute l’entreprise", "SIREN 123\u00a0456\u00a0782 · Administratrice", ICI, courant=True
        ),
        PerimetreAffiche("Lyon Part-Dieu (siège)", "SIRET 123\u00a0456\u00a0782\u00a000010", ICI),
        PerimetreAffiche("Annecy", "SIRET 123\u00a0456\u00a0782\u00a000028", ICI),
    ),
    tous_les_perimetres="/accueil/",
    role="Administratrice",
    compte=Compte("Camille Ferrand", "CF", "c.ferrand@bellerive.example"),
    accueil=ICI,
)
VUES = [
    Lien("Tous", ICI, icone="", nombre=1248),
    Lien("Apprentissage 2026", ICI, icone="star", nombre=48, courant=True),
    Lien("Pièces à corriger", ICI, icone="star", nombre=5),
    Lien("Brouillons", ICI, icone="", nombre=3),
]
ONGLETS = [
    Lien("Toutes", ICI, icone="", nombre=9, courant=True),
    Lien("Dossiers", ICI, icone="", nombre=4),
    Lien("Factures", ICI, icone="", nombre=2),
]
FIL = [Lien("Dossiers", ICI, icone=""), Lien("Plan de développement", ICI, icone="")]
PUCES = [Puce("Dispositif\u00a0: plan de développement", ICI), Puce("Dépôt\u00a0: année 2026", ICI)]
ETAPES = [
    Etape("Saisi", "10 nov. par Camille Ferrand", "fait"),
    Etape("Transmis", "12 nov. à 16:04", "fait"),
    Etape("En instruction", "En attente d’une pièce", "courant"),
    Etape("Décision", "Sous 20 jours, dossier complet"),
    Etape("Exécution", "1er déc. 2026 au 31 août 2028"),
    Etape("Soldé", "Prévu à l’automne 2028"),
]
EVENEMENTS = [
    Evenement(
        datetime(2026, 11, 16, 10, 20, tzinfo=UTC), "Pièce refusée par Nadia Belkacem", "Convention\u00a0: signature absente."
    ),
    Evenement(datetime(2026, 11, 14, 8, 0, tzinfo=UTC), "Instruction commencée", "Dossier attribué à Nadia Belkacem"),
    Evenement(datetime(2026, 11, 12, 15, 4, tzinfo=UTC), "Dossier transmis par Camille Ferrand"),
]
ECHANGES = [
    MessageAffiche(
        "Nadia Belkacem",
        datetime(2026, 11, 16, 10, 21, tzinfo=UTC),
        "Bonjour, la convention n’est pas signée. Pouvez-vous la remplacer\u00a0? Le reste du dossier est conforme.",
    ),
    MessageAffiche(
        "Camille Ferrand", datetime(2026, 11, 17, 7, 55, tzinfo=UTC), "Bonjour, je m’en occupe ce matin. Merci.", de_moi=True
    ),
]
PIECES = [
    PieceAffichee("Convention signée", "PDF, 412 Ko, vérifiée", "ok", ICI, "Voir"),
    PieceAffichee("Programme", "PDF, 1,1 Mo, en cours d’analyse", "attente", ICI, "Voir"),
    PieceAffichee("Devis approuvé", "Signé par l’entreprise", "manque", ICI, "Joindre"),
    PieceAffichee("Attestation", "Refusée par l’antivirus, non conservée", "refus", ICI, "Remplacer"),
]
RUBRIQUES = [
    Rubrique("Entreprise et établissement", "Complet, prérempli par le SIRET", ICI, "ok"),
    Rubrique("Organisme de formation", "3 champs restants", ICI, "partiel"),
    Rubrique("Action", "2 réponses à corriger", ICI, "erreur", courante=True),
    Rubrique("Stagiaires", "À commencer", ICI),
    Rubrique("Vérifier et transmettre", "3 sections à terminer", ICI),
]
LIGNES_MONTANT = [
    LigneMontant("Coûts pédagogiques, 14 heures à 40,00\u00a0€", Decimal("560.00")),
    LigneMontant("Salaires, 14 heures à 13,00\u00a0€", Decimal("182.00")),
    LigneMontant("Reste à votre charge", Decimal("58.00"), total=True),
]
TACHES = [
    GroupeDeTaches(
        "En retard",
        [
            TacheAffichee(
                "Remplacer la convention de formation",
                "Inès Moreau · 2611AF000123 · signature absente",
                ICI,
                "Remplacer",
                "la convention de formation d’Inès Moreau",
                icone="triangle-alert",
                ton="bad",
                retard="3 jours de retard",
            )
        ],
        en_retard=True,
    ),
    GroupeDeTaches(
        "Cette semaine",
        [
            TacheAffichee(
                "Terminer la demande Hygiène alimentaire",
                "Plan de développement · 1 pièce à joindre",
                ICI,
                "Reprendre",
                icone="file-pen",
                ton="warn",
                echeance=date(2026, 11, 25),
            ),
            TacheAffichee(
                "Répondre à la demande d’accès de Karim Haddad",
                "Saisie des dossiers · Grenoble",
                ICI,
                "Examiner",
                icone="user-plus",
            ),
        ],
    ),
    GroupeDeTaches("Plus tard", []),
]
FICHE = [("Employeur", "Bellerive Restauration, Lyon Part-Dieu"), ("Organisme", "Formations du Lac"), ("Durée", "14 heures")]
NIVEAUX = list(Niveau)
DOSSIERS = [
    ("Inès Moreau", "2611AF000123", "Lyon Part-Dieu", "a_completer", None),
    ("Hygiène alimentaire", "2611AF000118", "Grenoble Europole", "accorde", Decimal("2880.00")),
    ("Accueil des clients", "2611AF000104", "Annecy", "en_instruction", None),
]
DROITS = [
    ("Camille Ferrand", "Administratrice · toute l’entreprise", [4, 4, 4]),
    ("Sonia Brunet", "Utilisatrice · Lyon", [3, 1, 0]),
]
