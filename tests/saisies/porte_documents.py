"""Bad input in the porte-documents."""

from jalon.porte_documents.regles import RIB_REFUSE
from jalon.web.espace.porte_documents import formulaires
from tests.matrice.formulaires import GARDE, GARDE_NOUVELLE, GARDE_REMPLACEE
from tests.saisies.cas import DATE, Saisie, texte

HORS_LISTE = "Choisissez une réponse de la liste"
FICHE = [
    *texte("libelle", "Donnez un nom à ce document", 120),
    ({"libelle": "RIB"}, {"libelle": RIB_REFUSE}),
    ({"genre": ""}, {"genre": "Choisissez ce qu’est ce document"}),
    ({"genre": "absent"}, {"genre": HORS_LISTE}),
    ({"valide_jusqu_au": "demain"}, {"valide_jusqu_au": DATE}),
    ({"valide_jusqu_au": "31/02/2027"}, {"valide_jusqu_au": "Cette date n’existe pas au calendrier"}),
    ({"libelle": "RIB", "genre": ""}, {"libelle": RIB_REFUSE, "genre": "Choisissez ce qu’est ce document"}),
    ({"libelle": "", "genre": ""}, {"libelle": "Donnez un nom à ce document", "genre": "Choisissez ce qu’est ce document"}),
]
USAGE = [({"domaine": "absent"}, {"domaine": HORS_LISTE})]
AUTRE_FAMILLE = (
    {"domaine": "alternance"},
    {"domaine": "Vous ne préparez pas ces dossiers-là à cet endroit. Choisissez d’autres dossiers"},
)

PIECE = {"libelle": "Programme de la matrice", "genre": "programme"}

PORTE_DOCUMENTS = [
    Saisie(
        formulaires.FormulaireAjout, "espace_document_ajouter", "a_saisie", "siren", GARDE_NOUVELLE,
        [
            *FICHE, *USAGE, AUTRE_FAMILLE,
            ({"lieu_choisi": ""}, {"lieu_choisi": "Choisissez où le ranger"}),
            ({"lieu_choisi": "absent"}, {"lieu_choisi": HORS_LISTE}),
            ({"fichier": ""}, {"fichier": "Choisissez le fichier"}),
        ],
    ),
    Saisie(
        formulaires.FormulaireDocument, "espace_document_modifier", "a_saisie", "siren garde", GARDE,
        [*FICHE, *USAGE, AUTRE_FAMILLE],
    ),
    Saisie(
        formulaires.FormulaireFichier, "espace_document_remplacer", "a_admin", "siren garde", GARDE_REMPLACEE,
        [({"fichier": ""}, {"fichier": "Choisissez le fichier"})],
    ),
    Saisie(
        formulaires.FormulaireDeLaPiece, "piece_garder", "a_admin", "siren brouillon piece_brouillon", PIECE,
        [*FICHE, ({"siret": "absent"}, {"siret": HORS_LISTE})],
    ),
]  # fmt: skip
