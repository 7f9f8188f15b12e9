"""Codes of the CERFA 10103*14, in force since 01/07/2025 (notice 51649#09)."""

from jalon.dispositifs.types import liste

CERFA = "CERFA 10103*14, notice 51649#09"
VERSION = "10103*14"

MODES = liste(
    "mode-contractuel",
    VERSION,
    ("1", "À durée limitée"),
    ("2", "Dans le cadre d’un CDI"),
    ("3", "Entreprise de travail temporaire"),
    ("4", "Activités saisonnières à deux employeurs"),
    source=CERFA,
)
SECTEURS = liste("secteur", VERSION, ("prive", "Employeur privé"), ("public", "Employeur public"), source=CERFA)
TYPES_EMPLOYEUR = liste(
    "type-employeur",
    VERSION,
    ("11", "Entreprise inscrite au répertoire des métiers, ou au registre des entreprises d’Alsace-Moselle"),
    ("12", "Entreprise inscrite uniquement au registre du commerce et des sociétés"),
    ("13", "Entreprise dont les salariés relèvent de la mutualité sociale agricole"),
    ("14", "Profession libérale"),
    ("15", "Association"),
    ("16", "Autre employeur privé"),
    ("21", "Service de l’État (administrations centrales et leurs services déconcentrés)"),
    ("22", "Commune"),
    ("23", "Département"),
    ("24", "Région"),
    ("25", "Établissement public hospitalier"),
    ("26", "Établissement public local d’enseignement"),
    ("27", "Établissement public administratif de l’État"),
    ("28", "Établissement public administratif local (dont établissement public de coopération intercommunale)"),
    ("29", "Autre employeur public"),
    ("30", "Établissement public industriel et commercial"),
    source=CERFA,
)
EMPLOYEURS_SPECIFIQUES = liste(
    "employeur-specifique",
    VERSION,
    ("0", "Aucun de ces cas"),
    ("1", "Entreprise de travail temporaire"),
    ("2", "Groupement d’employeurs"),
    ("3", "Employeur saisonnier"),
    ("4", "Apprentissage familial\u00a0: l’employeur est un ascendant de l’apprenti"),
    source=CERFA,
)
SEXES = liste("sexe", VERSION, ("M", "Masculin"), ("F", "Féminin"), source=CERFA)
NATIONALITES = liste(
    "nationalite", VERSION, ("1", "Française"), ("2", "Union européenne"), ("3", "Étranger hors Union européenne"), source=CERFA
)
REGIMES = liste("regime-social", VERSION, ("1", "MSA"), ("2", "URSSAF"), source=CERFA)
SITUATIONS = liste(
    "situation-avant-contrat",
    VERSION,
    ("1", "Scolaire"),
    ("2", "Prépa apprentissage"),
    ("3", "Étudiant"),
    ("4", "Contrat d’apprentissage"),
    ("5", "Contrat de professionnalisation"),
    ("6", "Contrat aidé"),
    ("7", "En formation au CFA, avant la signature d’un contrat (stagiaire de la formation professionnelle, L6222-12-1)"),
    ("8", "En formation au CFA sans contrat, après une rupture"),
    ("9", "Autre stagiaire de la formation professionnelle"),
    ("10", "Salarié"),
    ("11", "Personne à la recherche d’un emploi"),
    ("12", "Inactif"),
    source=CERFA,
)
DIPLOMES = liste(
    "diplome",
    VERSION,
    ("80", "Doctorat"),
    ("73", "Master"),
    ("75", "Diplôme d’ingénieur"),
    ("76", "Diplôme d’école de commerce"),
    ("79", "Autre diplôme ou titre de niveau bac+5 ou plus"),
    ("62", "Licence professionnelle"),
    ("63", "Licence générale"),
    ("64", "Bachelor universitaire de technologie (BUT)"),
    ("69", "Autre diplôme ou titre de niveau bac+3 ou 4"),
    ("54", "Brevet de technicien supérieur (BTS)"),
    ("55", "Diplôme universitaire de technologie (DUT)"),
    ("58", "Autre diplôme ou titre de niveau bac+2"),
    ("41", "Baccalauréat professionnel"),
    ("42", "Baccalauréat général"),
    ("43", "Baccalauréat technologique"),
    ("44", "Diplôme de spécialisation professionnelle"),
    ("49", "Autre diplôme ou titre de niveau bac"),
    ("33", "CAP"),
    ("34", "BEP"),
    ("35", "Certificat de spécialisation (ancienne mention complémentaire)"),
    ("38", "Autre diplôme ou titre de niveau CAP ou BEP"),
    ("25", "Diplôme national du brevet (DNB)"),
    ("26", "Certificat de formation générale (CFG)"),
    ("13", "Aucun diplôme ni titre professionnel"),
    source=CERFA,
)
CLASSES = liste(
    "derniere-classe",
    VERSION,
    ("01", "Dernière année du cycle suivie, et diplôme obtenu"),
    ("11", "1re année du cycle suivie et validée"),
    ("12", "1re année du cycle suivie, non validée"),
    ("21", "2e année du cycle suivie et validée"),
    ("22", "2e année du cycle suivie, non validée"),
    ("31", "3e année du cycle suivie et validée"),
    ("32", "3e année du cycle suivie, non validée"),
    ("40", "1er cycle de l’enseignement secondaire (collège) achevé"),
    ("41", "Études interrompues en 3e"),
    ("42", "Études interrompues en 4e"),
    source=CERFA,
)
NIVEAUX_MAITRE = liste(
    "niveau-maitre",
    VERSION,
    ("0", "Aucun diplôme"),
    ("3", "CAP, BEP"),
    ("4", "Baccalauréat"),
    ("5", "DEUG, BTS, DUT, DEUST"),
    ("6", "Licence, licence professionnelle, BUT, maîtrise"),
    ("7", "Master, DEA, DESS, diplôme d’ingénieur"),
    ("8", "Doctorat, habilitation à diriger des recherches"),
    source=CERFA,
)
TYPES_CONTRAT = liste(
    "type-contrat",
    VERSION,
    ("11", "Premier contrat d’apprentissage de l’apprenti"),
    ("21", "Nouveau contrat avec le même employeur"),
    ("22", "Nouveau contrat avec un autre employeur, le précédent étant allé à son terme"),
    ("23", "Nouveau contrat avec un autre employeur, le précédent ayant été rompu"),
    ("31", "Avenant\u00a0: modification de la situation juridique de l’employeur"),
    ("32", "Avenant\u00a0: changement d’employeur d’un contrat saisonnier"),
    ("33", "Avenant\u00a0: prolongation après un échec à l’examen"),
    ("34", "Avenant\u00a0: prolongation après une reconnaissance de travailleur handicapé"),
    ("35", "Avenant\u00a0: diplôme supplémentaire, ou diplôme modifié"),
    ("36", "Avenant\u00a0: autre changement (maître d’apprentissage, durée hebdomadaire, réduction de la durée…)"),
    ("37", "Avenant\u00a0: changement du lieu d’exécution"),
    ("38", "Avenant\u00a0: changement du lieu principal de formation"),
    source=CERFA,
)
DEROGATIONS = liste(
    "derogation",
    VERSION,
    ("11", "Âge de l’apprenti inférieur à 16 ans"),
    ("12", "Âge de l’apprenti supérieur à 29 ans"),
    ("21", "Réduction de la durée du contrat"),
    ("22", "Allongement de la durée du contrat"),
    ("50", "Cumul de dérogations"),
    ("60", "Autre dérogation"),
    source=CERFA,
)
BASES = liste(
    "base-salaire",
    VERSION,
    ("SMIC", "du SMIC"),
    ("SMC", "du salaire minimum conventionnel"),
    source="Code du travail, D6222-26",
)
PERIODES = liste(
    "periode",
    VERSION,
    *(
        (f"{annee}.{rang}", f"{annee}{'re' if annee == 1 else 'e'} année, période {rang}")
        for annee in range(1, 5)
        for rang in (1, 2)
    ),
    source=CERFA,
)
NOUVEAUX_CONTRATS = ("21", "22", "23")
AVENANTS = ("31", "32", "33", "34", "35", "36", "37", "38")
PROLONGATIONS = ("33", "34")
TYPES_PUBLICS = ("21", "22", "23", "24", "25", "26", "27", "28", "29", "30")
SANS_QUALIFICATION = ("13", "25", "26")
"""Codes of the diploma list that are no qualification of the national register."""
