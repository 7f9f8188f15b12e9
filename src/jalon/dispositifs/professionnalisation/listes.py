"""Codes of the CERFA 12434*03 (EJ20). « Type de contrat » and « qualification visée » come from one source: to be confirmed."""

from datetime import date

from jalon.dispositifs.types import Choix, ListeDeChoix, liste

CERFA = "CERFA 12434*03"
VERSION = "12434*03"
A_CONFIRMER = f"{CERFA}, une seule source, à confirmer"
FIN_DU_CIVIS = date(2016, 12, 31)

NATURES = liste("nature-contrat", VERSION, ("cdi", "CDI"), ("cdd", "CDD"), ("tt", "Travail temporaire"), source=CERFA)
EMPLOYEURS_SPECIFIQUES = liste(
    "employeur-specifique-pro",
    VERSION,
    ("0", "Aucun de ces cas"),
    ("1", "Entreprise de travail temporaire"),
    ("2", "Groupement d’employeurs (GEIQ compris)"),
    ("3", "Employeur saisonnier"),
    source=CERFA,
)
SEXES = liste("sexe", VERSION, ("M", "Masculin"), ("F", "Féminin"), source=CERFA)
SITUATIONS = ListeDeChoix(
    "situation-avant-contrat-pro",
    VERSION,
    (
        Choix("1", "Scolaire"),
        Choix("2", "Jeune bénéficiaire du CIVIS", valide_au=FIN_DU_CIVIS),
        Choix("3", "Étudiant"),
        Choix("4", "Contrat d’apprentissage"),
        Choix("5", "Contrat de professionnalisation"),
        Choix("6", "Contrat aidé (CUI-CIE, CUI-CAE)"),
        Choix("7", "Stagiaire de la formation professionnelle"),
        Choix("8", "Salarié, intérim et temps partiel compris"),
        Choix("9", "Personne à la recherche d’un emploi"),
        Choix("10", "Inactif"),
    ),
    CERFA,
)
MINIMA = liste(
    "minimum-social",
    VERSION,
    ("1", "Revenu de solidarité active (RSA)"),
    ("2", "Allocation de solidarité spécifique (ASS)"),
    ("3", "Allocation aux adultes handicapés (AAH)"),
    source=CERFA,
)
DIPLOMES = liste(
    "diplome-pro",
    VERSION,
    ("10", "Doctorat"),
    ("11", "Master 2 professionnel, DESS, diplôme de grande école"),
    ("12", "Master 2 recherche, DEA"),
    ("19", "Autre diplôme ou titre de niveau bac+5 ou plus"),
    ("21", "1re année de master professionnel"),
    ("22", "1re année de master général"),
    ("23", "Licence professionnelle"),
    ("24", "Licence générale"),
    ("29", "Autre diplôme ou titre de niveau bac+3 ou 4"),
    ("31", "Brevet de technicien supérieur (BTS)"),
    ("32", "Diplôme universitaire de technologie (DUT)"),
    ("39", "Autre diplôme ou titre de niveau bac+2"),
    ("41", "Baccalauréat professionnel"),
    ("42", "Baccalauréat général"),
    ("43", "Baccalauréat technologique"),
    ("49", "Autre diplôme ou titre de niveau bac"),
    ("51", "CAP"),
    ("52", "BEP"),
    ("53", "Mention complémentaire"),
    ("59", "Autre diplôme ou titre de niveau CAP ou BEP"),
    ("60", "Aucun diplôme ni titre professionnel"),
    source=CERFA,
)
TYPES_CONTRAT = liste(
    "type-contrat-pro",
    VERSION,
    ("11", "Contrat initial, cas général"),
    ("12", "Contrat initial conclu par deux employeurs saisonniers"),
    ("21", "Nouveau contrat\u00a0: échec aux épreuves"),
    ("22", "Nouveau contrat\u00a0: défaillance de l’organisme de formation"),
    ("23", "Nouveau contrat\u00a0: maternité, maladie, accident du travail"),
    ("24", "Nouveau contrat\u00a0: qualification supérieure ou complémentaire"),
    ("30", "Avenant"),
    source=A_CONFIRMER,
)
QUALIFICATIONS = liste(
    "qualification-visee",
    VERSION,
    ("1", "Certification inscrite au RNCP, autre qu’un CQP"),
    ("2", "Certificat de qualification professionnelle (CQP)"),
    ("3", "Qualification reconnue par une convention collective nationale"),
    ("4", "Contrat expérimental (loi 2018-771, article 28, VI)"),
    ("8", "Contrat expérimental de validation des acquis (loi 2022-1598, article 11)"),
    source=A_CONFIRMER,
)
NOUVEAUX_CONTRATS = ("21", "22", "23", "24")
AVENANT = "30"
SANS_DIPLOME = "60"
"""Neither a second cycle of secondary education nor a vocational diploma, were it a CAP (L6325-1-1)."""
AU_MOINS_BAC_PROFESSIONNEL = ("10", "11", "12", "19", "21", "22", "23", "24", "29", "31", "32", "39", "41", "49")
"""A bac général does not count (D6325-15)."""
BAC_TECHNOLOGIQUE = "43"
"""Whether it is « à finalité professionnelle » is not written: it is said, not refused."""
