"""Words of the synthetic requests: fictional, with the accents and the repetitions that real ones have."""

RARE = "Zwingelstein"
"""Family name planted in a few old requests of each actor."""
COURANT = "sécurité"
"""Word of about one title in five."""

TITRES = (
    "Sécurité incendie",
    "Sécurité alimentaire et méthode HACCP",
    "Santé et sécurité au travail",
    "Sauveteur secouriste du travail",
    "Habilitation électrique",
    "Gestes et postures",
    "Encadrer une équipe",
    "Conduite d’engins de chantier",
    "Anglais professionnel",
    "Accueil des clients en anglais",
    "Bureautique et tableur",
    "Comptabilité générale",
    "Paie et déclarations sociales",
    "Techniques de vente",
    "Négociation commerciale",
    "Gestion des conflits",
    "Bien-être au travail",
    "Bilan de compétences",
    "Pâtisserie de restaurant",
    "Service en salle",
    "Soudure à l’arc",
    "Lecture de plans",
    "Logiciel de conception assistée",
    "Sécurité informatique",
    "Développement web",
    "Communication écrite",
    "Conduite de réunion",
    "Tutorat en entreprise",
    "Écoconduite",
    "Hygiène hospitalière",
)
METIERS = (
    "boulangerie", "garage", "transports", "clinique", "menuiserie", "hôtel", "conseil", "nettoyage", "traiteur", "imprimerie",
    "pharmacie", "maçonnerie", "cabinet", "atelier", "ferme", "librairie", "électricité", "chauffage", "restaurant", "paysages",
)  # fmt: skip
COMMUNES = (
    "Annecy", "Lyon", "Grenoble", "Nantes", "Saint-Étienne", "Marseille", "Lille", "Besançon", "Vaulx-en-Velin", "La Rochelle",
    "Orléans", "Tours", "Brest", "Le Havre", "Dijon", "Angers", "Nîmes", "Clermont-Ferrand", "Limoges", "Metz",
)  # fmt: skip
PRENOMS = (
    "Zoé", "Yanis", "Léa", "Tom", "Inès", "Hugo", "Emma", "Driss", "Jeanne", "Farid", "Chloé", "Bruno", "Aline", "Karim", "Louise",
    "Mathéo", "Camille", "Noé", "Fatou", "Élise", "Gaël", "Sofia", "Rémi", "Anaïs", "Malik", "Clémence", "Aïcha", "Loïc", "Nadia",
    "Théo",
)  # fmt: skip
NOMS = (
    "martin", "bernard", "dubois", "petit", "durand", "leroy", "moreau", "simon", "laurent", "garcia", "roux", "faure", "lefèvre",
    "mercier", "dupont", "lambert", "bonnet", "françois", "martinez", "legrand", "garnier", "chevalier", "rousseau", "blanc",
    "guérin", "muller", "henry", "roussel", "nicolas", "perrin", "morin", "mathieu", "clément", "gauthier", "dumont", "lopez",
    "fontaine", "chevallier", "robin", "masson", "sanchez", "gérard", "nguyen", "boyer", "denis", "lemaire", "duval", "joly",
    "gautier", "roger", "roche", "roy", "noël", "meyer", "lucas", "meunier", "jean", "perez", "marchand", "dufour", "blanchard",
    "marie", "barbier", "brun", "dumas", "brunet", "schmitt", "leroux", "colas", "fernandez", "renard", "arnaud", "rolland",
    "caron", "aubert", "giraud", "leclerc", "vidal", "bourgeois", "renaud", "lemoine", "picard", "gaillard", "philippe", "leclercq",
    "lacroix", "fabre", "dupuis", "olivier", "rodriguez", "da silva", "hubert", "louis", "charles", "guillot", "rivière", "le gall",
    "guillaume", "adam", "rey",
)  # fmt: skip
