"""Bad input in the directory of employees."""

from jalon.web.espace import rib
from jalon.web.espace.salaries import formulaires
from tests.matrice.formulaires import SALARIE
from tests.saisies.cas import LONG, MOTIF, Saisie, de_trop, jour, texte
from tests.saisies.envoi import FICHIER

HORS_LISTE = "Choisissez une réponse de la liste"
PERSONNE = "Choisissez au moins une personne"
COLONNE = "Choisissez une colonne du fichier"
RESSEMBLE = "Peut-être déjà parmi vos salariés\u00a0: Zoé Exemple, né(e) le 15/07/1995, Zoé Mariée, né(e) le 15/07/1995. Si c’est une autre personne, cochez-le"

FICHE = [
    *texte("nom", "Indiquez le nom de naissance", 80),
    ({"nom": "Exempl3"}, {"nom": "Un nom s’écrit sans chiffre"}),
    ({"nom_usage": "3"}, {"nom_usage": "Un nom s’écrit sans chiffre"}),
    *texte("prenom", "Indiquez le prénom", 80),
    *texte("date_naissance", "Indiquez la date de naissance", 30),
    ({"date_naissance": "01/02/2020"}, {"date_naissance": "Vérifiez la date de naissance\u00a0: cette personne aurait moins de 14\u00a0ans"}),
    ({"sexe": "absent"}, {"sexe": HORS_LISTE}),
    ({"nir": "295071234567800"}, {"nir": "La clé de ce NIR ne correspond pas. Vérifiez les 15 caractères"}),
    ({"matricule": LONG}, {"matricule": de_trop(30)}),
    ({"courriel": "ana"}, {"courriel": "Écrivez une adresse complète, par exemple camille.ferrand@exemple.fr"}),
    ({"emploi": LONG}, {"emploi": de_trop(120)}),
    ({"pcs": "abc"}, {"pcs": "Le code PCS comporte 3 chiffres et une lettre, par exemple 684a"}),
    ({"nature": "absent"}, {"nature": HORS_LISTE}),
    ({"idcc": "abc"}, {"idcc": "L’IDCC comporte 4 chiffres, par exemple 1979"}),
    ({"siret": "absent"}, {"siret": HORS_LISTE}),
    ({"quotite": "dix", "quotite_unite": "mois"}, {"quotite": "Écrivez une durée en heures, par exemple 3,5 ou 3\u00a0h\u00a030"}),
    ({"quotite": "35"}, {"quotite_unite": "Dites si ces heures sont par semaine ou par mois"}),
    ({"entree": "demain"}, {"entree": "Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026"}),
    ({"entree": "02/01/2027", "sortie": "01/01/2027"}, {"sortie": "Le départ ne peut pas précéder l’entrée"}),
    ({"nom": "", "emploi": LONG}, {"nom": "Indiquez le nom de naissance", "emploi": de_trop(120)}),
]  # fmt: skip

SALARIES = [
    Saisie(
        formulaires.FormulaireSalarie, "espace_salarie_nouveau", "a_admin", "siren", SALARIE,
        [*FICHE, ({"nom": "Tierce", "prenom": "Zoé", "date_naissance": "15/07/1995"}, {"autre": RESSEMBLE})],
    ),
    Saisie(
        formulaires.FormulaireFiche, "espace_salarie_modifier", "a_admin", "siren salarie", {**SALARIE, "version": "1"}, FICHE,
    ),
    Saisie(
        formulaires.FormulaireDepart, "espace_salarie_depart", "a_admin", "siren salarie", {"sortie": "31/01/2027"},
        jour("sortie", "Indiquez le dernier jour dans l’entreprise"),
    ),
    Saisie(
        formulaires.FormulaireFusion, "espace_salarie_fusionner", "a_admin", "siren salarie", {},
        [
            ({}, {"absorbe": "Choisissez l’autre fiche de cette personne"}),
            ({"absorbe": "absent"}, {"absorbe": HORS_LISTE}),
        ],
    ),
    Saisie(rib.FormulaireMotif, "espace_salarie_nir", "a_admin", "siren salarie", MOTIF, texte("motif", "Indiquez le motif", 500)),
    Saisie(
        formulaires.FormulaireFichierDeSalaries, "espace_salaries_importer", "a_admin", "siren", {},
        [
            ({}, {"fichier": "Choisissez le fichier à importer"}),
            ({"fichier": FICHIER}, {"fichier": "Ce fichier n’a que des noms de colonnes. Ajoutez une ligne par salarié"}),
        ],
    ),
    Saisie(
        formulaires.FormulaireColonnes, "espace_salaries_import", "a_admin", "siren import_salaries",
        {"nom": "0", "prenom": "1", "date_naissance": "2"},
        [
            ({"nom": ""}, {"nom": "Choisissez la colonne qui le contient"}),
            ({"emploi": "99"}, {"emploi": COLONNE}),
            ({"emploi": "2"}, {"emploi": "Cette colonne est déjà prise par une autre case"}),
        ],
    ),
    Saisie(
        formulaires.FormulaireInscription, "saisie_salaries", "a_admin", "siren brouillon code=stagiaires", {"salaries": ["@salarie"]},
        [({"salaries": []}, {"salaries": PERSONNE}), ({"salaries": ["absent"]}, {"salaries": "Cherchez de nouveau cette personne"})],
    ),
    Saisie(
        formulaires.FormulaireReprise, "espace_dossier_salaries", "a_admin", "siren transmis", {"personnes": ["0"]},
        [({"personnes": []}, {"personnes": PERSONNE}), ({"personnes": ["99"]}, {"personnes": HORS_LISTE})],
    ),
]  # fmt: skip
