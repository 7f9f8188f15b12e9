"""Bad input in the forms of the life of a contract."""

from jalon.web.espace.contrats import avenants, formulaires, preuves, suites
from jalon.web.opco import avenants as opco_avenants
from jalon.web.opco import organismes, trop_percus
from tests.saisies.cas import LONG, Saisie, choix, de_trop, jour, texte
from tests.saisies.envoi import FICHIER

SANS_MOTIF = "Choisissez le motif de la rupture"
ACCORD = {"motif": "accord", "signature": "25/01/2027", "le": "31/01/2027"}
ESSAI = {"motif": "essai", "jours_pratiques": "45", "le": "31/01/2027"}
INITIATIVE = {"motif": "initiative", "mediateur": "11/01/2027", "employeur_informe": "18/01/2027", "le": "25/01/2027"}
DIPLOME = {"motif": "diplome", "employeur_informe": "15/12/2026", "diplome": "11/01/2027", "le": "15/01/2027"}
SUITE = {"le": "31/01/2027", "motif": "", "exclusion": "", "suite": "oui", "formation_jusqu_au": "30/06/2027"}
PREMIER_JOUR = "Le contrat commence le 01/09/2026\u00a0: avant ce jour, il ne se rompt pas, il s’annule"
TERME = "Le contrat finit de lui-même le 31/08/2028\u00a0: indiquez un jour antérieur, ou ne déclarez pas de rupture"
A_VENIR = "Cette date est à venir\u00a0: déclarez la rupture quand c’est fait"

CONTRATS = [
    Saisie(
        formulaires.FormulaireMotif, "contrat_rupture", "a_admin", "siren apprentissage", {"motif": "accord"},
        choix("motif", SANS_MOTIF),
    ),
    Saisie(
        formulaires.FormulaireRupture, "contrat_rupture", "a_admin", "siren apprentissage", ACCORD,
        [
            *jour("le", "Indiquez le dernier jour du contrat"),
            *jour("signature", "Indiquez le jour de la signature de l’accord"),
            ({"le": "31/08/2026"}, {"le": PREMIER_JOUR}),
            ({"le": "31/08/2028"}, {"le": TERME}),
            ({"le": "24/01/2027"}, {"le": "Avec ces dates, le contrat prend fin le 25/01/2027 au plus tôt (Code du travail, L6222-18)"}),
            ({"signature": "02/02/2027"}, {"signature": A_VENIR}),
        ],
    ),
    Saisie(
        formulaires.FormulaireRupture, "contrat_rupture", "a_admin", "siren apprentissage", ESSAI,
        [
            ({"jours_pratiques": ""}, {"jours_pratiques": "Indiquez le nombre de jours de formation pratique faits, 0 s’il n’y en a eu aucun"}),
            ({"jours_pratiques": "dix"}, {"jours_pratiques": "Écrivez un nombre entier, par exemple 12"}),
            ({"jours_pratiques": "-1"}, {"jours_pratiques": "Indiquez un nombre d’au moins 0"}),
            ({"jours_pratiques": "46"}, {"jours_pratiques": "Après 45 jours de formation pratique, le contrat ne se rompt plus librement\u00a0: choisissez un autre motif"}),
            ({"le": "10/09/2026"}, {"jours_pratiques": "La formation pratique a commencé le 01/09/2026\u00a0: cela fait 10 jours au plus"}),
        ],
    ),
    Saisie(
        formulaires.FormulaireRupture, "contrat_rupture", "a_admin", "siren apprentissage", INITIATIVE,
        [
            *jour("mediateur", "Indiquez le jour où le médiateur a été saisi"),
            *jour("employeur_informe", "Indiquez le jour où l’employeur a été informé"),
            ({"employeur_informe": "15/01/2027"}, {"employeur_informe": "L’employeur est informé cinq jours au moins après la saisine\u00a0: le 16/01/2027 au plus tôt"}),
            ({"le": "24/01/2027"}, {"le": "Avec ces dates, le contrat prend fin le 25/01/2027 au plus tôt (Code du travail, L6222-18, D6222-21-1)"}),
        ],
    ),
    Saisie(
        formulaires.FormulaireRupture, "contrat_rupture", "a_admin", "siren apprentissage", DIPLOME,
        [
            *jour("diplome", "Indiquez le jour de l’obtention du diplôme"),
            ({"le": "14/01/2027"}, {"le": "Avec ces dates, le contrat prend fin le 15/01/2027 au plus tôt (Code du travail, L6222-19, R6222-23)"}),
        ],
    ),
    Saisie(
        formulaires.FormulaireSignalement, "contrat_rupture", "p_admin", "prestataire apprentissage", SUITE,
        [
            *jour("le", "Indiquez le dernier jour du contrat"),
            ({"motif": "faute_grave"}, {"motif": "Choisissez un motif de la liste"}),
            ({"exclusion": "demain"}, {"exclusion": "Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026"}),
            ({"motif": "exclusion", "suite": "non"}, {"exclusion": "Indiquez le jour où le CFA a prononcé l’exclusion"}),
            *choix("suite", "Répondez à la question «\u00a0La formation continue-t-elle\u00a0?\u00a0»"),
            ({"formation_jusqu_au": ""}, {"formation_jusqu_au": "Indiquez le dernier jour de formation prévu"}),
            ({"formation_jusqu_au": "01/08/2027"}, {"formation_jusqu_au": "L’OPCO finance la suite jusqu’au 31/07/2027 au plus\u00a0: indiquez ce jour si elle continue au-delà"}),
            ({"formation_jusqu_au": "31/01/2027"}, {"formation_jusqu_au": "La formation maintenue commence après la rupture\u00a0: vérifiez ces deux dates"}),
        ],
    ),
    Saisie(
        avenants.FormulaireCode, "contrat_avenant", "a_admin", "siren apprentissage", {"code": "36"},
        choix("code", "Choisissez la nature de l’avenant"),
    ),
    Saisie(
        preuves.FormulairePreuve, "contrat_preuve", "a_admin", "siren apprentissage_rompu", {"fichier": FICHIER},
        [({"fichier": None}, {"fichier": "Choisissez un fichier, puis joignez-le"})],
    ),
    Saisie(
        suites.FormulaireSuite, "contrat_suite", "a_admin", "siren apprentissage", {"code": "21"},
        choix("code", "Choisissez le type du nouveau contrat"),
    ),
    Saisie(
        opco_avenants.FormulaireAvenant, "opco_avenant", "conseiller", "apprentissage_change", {"decision": "refuser", "texte": "Pièce absente"},
        [
            *choix("decision", "Choisissez d’accepter ou de refuser"),
            ({"texte": ""}, {"texte": "Expliquez le refus à l’entreprise"}),
            ({"texte": LONG}, {"texte": de_trop(2000)}),
        ],
    ),
    Saisie(
        trop_percus.FormulaireReclamation, "opco_trop_percu_reclamer", "gestionnaire", "trop_percu", {"avant": "01/03/2027"},
        [
            *jour("avant", "Indiquez jusqu’à quand le bénéficiaire peut rendre cette somme"),
            ({"avant": "01/02/2027"}, {"avant": "Laissez un délai\u00a0: une date après le 01/02/2027"}),
        ],
    ),
    Saisie(
        trop_percus.FormulaireRemboursement, "opco_trop_percu_rembourser", "comptable", "trop_percu",
        {"montant": "10,00", "recu_le": "26/01/2027", "reference": "VIR 12"},
        [
            ({"montant": ""}, {"montant": "Indiquez le montant reçu"}),
            ({"montant": "50,01"}, {"montant": "Indiquez un montant entre 0,01\u00a0€ et ce qui reste à recouvrer, 50,00\u00a0€"}),
            *jour("recu_le", "Indiquez le jour de réception"),
            ({"recu_le": "02/02/2027"}, {"recu_le": "Cette date est à venir\u00a0: enregistrez le remboursement une fois reçu"}),
            *texte("reference", "Indiquez la référence du virement reçu", 60),
        ],
    ),
    Saisie(
        trop_percus.FormulaireAbandon, "opco_trop_percu_abandonner", "gestionnaire", "trop_percu", {"motif": "CFA en liquidation"},
        texte("motif", "Indiquez pourquoi l’OPCO renoncerait à cette somme", 500),
    ),
    Saisie(
        organismes.FormulaireDeclaration, "opco_organisation_declaration", "gestionnaire", "siren",
        {"enregistree_le": "04/01/2027", "differe": "non"},
        [
            *choix("differe", "Dites si le premier versement attend le troisième mois"),
            *jour("enregistree_le", "Indiquez le jour d’enregistrement de la déclaration d’activité"),
            ({"enregistree_le": "02/02/2027"}, {"enregistree_le": "Cette date est à venir\u00a0: le 01/02/2027 au plus tard"}),
        ],
    ),
]  # fmt: skip
