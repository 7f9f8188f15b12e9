"""Codes of the form."""

from jalon.dispositifs.types import liste

TYPES_ACTION = liste(
    "type-action",
    "2019",
    ("formation", "Action de formation"),
    ("bilan", "Bilan de compétences"),
    ("vae", "Validation des acquis de l’expérience (VAE)"),
    source="Code du travail, L6313-1",
)
THEMES = liste(
    "theme",
    "2026",
    ("metier", "Cœur de métier ou sécurité"),
    ("transversal", "Transversal (management, bureautique, langues…)"),
    source="Convention de l’OPCO, règles de prise en charge des branches",
)
MODALITES = liste(
    "modalite",
    "2019",
    ("presentiel", "En présentiel"),
    ("distance", "À distance"),
    ("mixte", "En partie à distance"),
    ("afest", "En situation de travail (AFEST)"),
    source="Code du travail, L6313-2",
)
ORGANISATIONS = liste(
    "organisation",
    "2026",
    ("inter", "Inter-entreprises"),
    ("intra", "Intra-entreprise (vos salariés seulement)"),
)
CERTIFICATIONS = liste(
    "certification",
    "2019",
    ("aucune", "Aucune"),
    ("rncp", "Diplôme ou titre inscrit au RNCP"),
    ("cqp", "CQP ou titre de branche (TFP)"),
    ("rs", "Certification ou habilitation du répertoire spécifique (RS)"),
    source="Code du travail, L6314-1",
)
MENTIONS = liste(
    "mentions-devis",
    "2025-585",
    ("objet", "Intitulé, objectif et contenu de l’action"),
    ("moyens", "Moyens prévus"),
    ("periode", "Durée et période de réalisation"),
    ("distance", "Part des enseignements à distance"),
    ("deroulement", "Modalités de déroulement, de suivi et de sanction"),
    ("prix", "Prix et modalités de règlement"),
    source="Code du travail, D6353-1",
)
SEXES = liste(
    "sexe", "1", ("F", "Femme"), ("M", "Homme"),
    synonymes={"F": ("Mme", "Madame", "Féminin"), "M": ("H", "M.", "Monsieur", "Masculin")},
)  # fmt: skip
CATEGORIES = liste(
    "categorie-socio-professionnelle",
    "2026",
    ("ouvrier", "Ouvrier"),
    ("ouvrier-qualifie", "Ouvrier qualifié"),
    ("employe", "Employé"),
    ("agent-maitrise", "Technicien ou agent de maîtrise"),
    ("cadre", "Ingénieur ou cadre"),
    synonymes={
        "ouvrier-qualifie": ("OQ",),
        "employe": ("Employée", "Employé(e)"),
        "agent-maitrise": ("Technicien", "Agent de maîtrise", "TAM", "ETAM"),
        "cadre": ("Cadre", "Ingénieur", "IC"),
    },
)
NIVEAUX = liste(
    "niveau",
    "2019",
    ("2", "Sans diplôme, ou brevet des collèges"),
    ("3", "Niveau 3 (CAP, BEP)"),
    ("4", "Niveau 4 (baccalauréat)"),
    ("5", "Niveau 5 (bac + 2)"),
    ("6", "Niveau 6 (licence, bac + 3 ou 4)"),
    ("7", "Niveau 7 (master, bac + 5)"),
    ("8", "Niveau 8 (doctorat)"),
    synonymes={
        "2": ("Niveau 2", "Sans diplôme", "Brevet", "DNB"),
        "3": ("Niveau 3", "CAP", "BEP"),
        "4": ("Niveau 4", "Bac", "Baccalauréat", "Bac pro"),
        "5": ("Niveau 5", "Bac + 2", "BTS", "DUT", "DEUG"),
        "6": ("Niveau 6", "Bac + 3", "Bac + 4", "Licence", "BUT"),
        "7": ("Niveau 7", "Bac + 5", "Master", "Ingénieur"),
        "8": ("Niveau 8", "Bac + 8", "Doctorat"),
    },
)
TYPES_CONTRAT = liste(
    "type-contrat",
    "2026",
    ("cdi", "CDI"),
    ("cdd", "CDD"),
    ("interim", "Contrat de travail temporaire"),
    ("saisonnier", "Contrat saisonnier"),
    ("alternance", "Contrat d’apprentissage ou de professionnalisation"),
    ("dirigeant", "Dirigeant salarié"),
    synonymes={
        "cdi": ("Contrat à durée indéterminée",),
        "cdd": ("Contrat à durée déterminée",),
        "interim": ("Intérim", "CTT"),
        "saisonnier": ("Saisonnier",),
        "alternance": ("Apprentissage", "Apprenti", "Professionnalisation", "Alternance"),
        "dirigeant": ("Dirigeant",),
    },
)
TAUX_TVA = liste("taux-tva", "2026", ("0", "0\u00a0% (formation exonérée)"), ("20", "20\u00a0%"))
