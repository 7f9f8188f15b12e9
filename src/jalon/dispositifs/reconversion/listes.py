"""Codes of the request. The law names no paper form."""

from jalon.dispositifs.types import liste

VERSION = "2026"
LOI = "Code du travail, L6324-1 à L6324-3"

MODES = liste(
    "mode-reconversion",
    VERSION,
    ("interne", "Interne\u00a0: le contrat de travail continue, le salaire ne change pas"),
    ("externe", "Externe\u00a0: le contrat de travail est suspendu, une autre entreprise accueille le salarié"),
    source=LOI,
)
CERTIFICATIONS = liste(
    "certification-reconversion",
    VERSION,
    ("rncp", "Diplôme ou titre inscrit au RNCP"),
    ("cqp", "Certificat de qualification professionnelle (CQP)"),
    ("blocs", "Un ou plusieurs blocs de compétences"),
    ("clea", "Socle de connaissances et de compétences (CléA)"),
    source=LOI,
)
CONTRATS_D_ACCUEIL = liste(
    "contrat-accueil",
    VERSION,
    ("cdi", "CDI"),
    ("cdd", "CDD de six mois au moins"),
    source="Code du travail, L6324-3",
)
SEXES = liste("sexe", VERSION, ("M", "Masculin"), ("F", "Féminin"))
SOCLE = "clea"
"""Neither the minimum of hours nor their period applies to it (L6324-4)."""
