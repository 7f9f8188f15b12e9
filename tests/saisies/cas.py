"""Every form of the spaces and of the OPCO, and what each of its boxes answers when it is badly filled.

A fault is what changes in a form that is well filled, and the sentence expected beside each box (« »: of the whole form).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django import forms

from jalon.dossiers.models import Dossier
from jalon.exports.regles import RAISON_AU_PLUS, SANS_RAISON
from jalon.habilitations.models import (
    AdresseACompleter,
    AvisPostal,
    Rattachement,
)
from jalon.organisations.enums import SourceOrganisation
from jalon.organisations.models import Organisation
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
from jalon.web.opco import (
    baremes,
    coordonnees,
    coupures,
    decisions,
    etats,
    formulaires_codes,
    formulaires_complement,
    formulaires_instruction,
    instruction,
    lots,
    modeles,
    organisations,
    paiements,
    preparations,
    reglages,
    regularisations,
    second_facteur,
    tickets,
    veille,
    webinaires,
)
from jalon.web.opco import conventions as opco_conventions
from jalon.web.opco import factures as opco_factures
from jalon.web.opco import modifications as opco_modifications
from jalon.web.public import contact, profil
from tests.dossiers.fabrique import (
    PORTEFEUILLE,
    SIREN,
    SIREN_OF,
    SIRET,
)
from tests.matrice.formulaires import ETAT, EXPORT, NOTIFICATIONS, VERIFICATION, VUE, WEBINAIRE
from tests.matrice.monde import MAINTENANT, Monde
from tests.saisies.envoi import FICHIER

HIER = MAINTENANT - timedelta(days=1)
LONG = "x" * 9000
DATE = "Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026"
AUCUN_COURRIER = "Cochez au moins un courrier"
MONTANT = "Écrivez un montant en euros, par exemple 1\u00a0250,00"

RAPPEL = {"telephone": "01 23 45 67 89", "rappel_le": "03/02/2027", "rappel_moment": "matin"}
MOTIF = {"motif": "Motif de l’essai"}
NIVEAUX = {f"niveau_{d}": "1" for d in ("alternance", "plan", "factures", "reglements", "rib", "acces")}
FACTURE = {
    "numero": "E-2027-1", "date_emission": "14/01/2027", "montant_ht": "10", "taux_tva": "20", "montant_ttc": "12",
    "facture": FICHIER, "date_debut": "11/01/2027", "date_fin": "12/01/2027", "heures_realisees": "28",
    "nombre_stagiaires": "2", "signataire_nom": "Driss Essai", "signataire_qualite": "Directeur", "lieu": "Lyon",
    "signe_le": "13/01/2027", "certificat": FICHIER, "conservation": "on",
}  # fmt: skip

CLE = {
    "nom": "Paie", "etendue": "siren", "jusqu_au": "15/03/2027", "adresses": "", "cle_id": "0192f0c1-2b3c-7d4e-8f50-6172839405b6",
    **NIVEAUX, "niveau_alternance": "0", "niveau_factures": "0", "niveau_reglements": "0", "niveau_rib": "0", "niveau_acces": "0",
}  # fmt: skip

MANDAT = {**NIVEAUX, "mandataire": "400000014", "etendue": "siren", "debut": "", "fin": "31/05/2027"}

CONVENTION = {
    "client": SIREN, "reference": "CONV-2027-1", "signee_le": "15/01/2027", "debut": "01/02/2027", "fin": "31/05/2027", "niveau": "3",
    "piece": FICHIER,
}  # fmt: skip

Champs = Mapping[str, object]


@dataclass(frozen=True)
class Saisie:
    """A form at its address, for somebody who may send it. `avant` sets the world first."""

    formulaire: type[forms.BaseForm]
    nom: str
    role: str
    args: str = ""
    corps: Champs = field(default_factory=dict)
    fautes: Sequence[tuple[Champs, Mapping[str, str]]] = ()
    avant: Callable[[Monde], object] | None = None


def de_trop(limite: int, reste: str = "") -> str:
    """Sentence of a text that is `LONG` where `limite` are taken."""
    return f"{limite} caractères au plus\u00a0: il y en a {len(LONG) - limite} de trop{reste}"


def texte(nom: str, vide: str, limite: int) -> list[tuple[Champs, Mapping[str, str]]]:
    """A box of text: empty, too long."""
    return [({nom: ""}, {nom: vide}), ({nom: "   "}, {nom: vide}), ({nom: LONG}, {nom: de_trop(limite)})]


def choix(nom: str, phrase: str) -> list[tuple[Champs, Mapping[str, str]]]:
    """A choice: none, then one that is not in the list."""
    return [({nom: ""}, {nom: phrase}), ({nom: "absent"}, {nom: phrase})]


def jour(nom: str, vide: str) -> list[tuple[Champs, Mapping[str, str]]]:
    """A day: empty, unreadable, not in the calendar."""
    return [
        ({nom: ""}, {nom: vide}),
        ({nom: "demain"}, {nom: DATE}),
        ({nom: "31/02/2027"}, {nom: "Cette date n’existe pas au calendrier"}),
    ]


def montant(nom: str, vide: str) -> list[tuple[Champs, Mapping[str, str]]]:
    """An amount: empty, unreadable, with three decimals."""
    return [
        ({nom: ""}, {nom: vide}),
        ({nom: "dix"}, {nom: MONTANT}),
        ({nom: "1,005"}, {nom: "Un montant a deux décimales au plus"}),
    ]


def _adresse_a_completer(monde: Monde) -> None:
    AdresseACompleter.objects.create(siren=monde.objets["siren_c"], signalee_le=HIER)


def _avis_a_poster(monde: Monde) -> None:
    AvisPostal.objects.create(
        siren=monde.objets["siren_c"], profil="adherent", nature="demande_recue", personne=monde.personnes["sans_droit"],
        portefeuille_id=PORTEFEUILLE, le=HIER,
    )  # fmt: skip


def _droits_a_revoir(monde: Monde) -> None:
    """Company A was let in two years ago."""
    liens = Rattachement.objects.tous("essai").filter(siren=monde.objets["siren"])
    liens.update(actif_depuis=HIER - timedelta(days=730), cree_le=HIER - timedelta(days=730))


def _organisation_a_verifier(monde: Monde) -> None:
    Organisation.objects.filter(siren=monde.objets["siren_c"]).update(source=SourceOrganisation.A_VERIFIER)


def _ecart_signale(monde: Monde) -> None:
    """One trainee was granted, the certificate says two."""
    Dossier.objects.tous("essai").filter(pk=monde.objets["accorde"]).update(nombre_stagiaires=1)


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

FAUTES_WEBINAIRE = [
    *texte("titre", "Indiquez le titre", 120),
    *texte("resume", "Dites en quelques lignes de quoi il s’agit", 800),
    ({"jour": ""}, {"jour": "Indiquez le jour"}),
    ({"jour": "01/02/2027"}, {"jour": "Choisissez un jour et une heure à venir"}),
    ({"heure": "dix heures"}, {"heure": "Écrivez l’heure sous la forme 10:00"}),
    ({"duree": "5"}, {"duree": "Écrivez une durée de 10 à 480\u00a0minutes"}),
    ({"places": "0"}, {"places": "Écrivez un nombre de places de 1 à 5000"}),
    ({"lien": "http://visio.example"}, {"lien": "Recopiez l’adresse de connexion entière, qui commence par https://"}),
    ({"region": "00"}, {"region": "Choisissez une région de cette liste"}),
    ({"branche": "0000"}, {"branche": "Choisissez une branche de cette liste"}),
]

FAUTES_ETAT = [
    *choix("niveau", "Choisissez le niveau du message"),
    *texte("texte", "Écrivez le message", 240),
    ({"debut_jour": "demain"}, {"debut_jour": DATE}),
    ({"debut_jour": "01/02/2020"}, {"debut_jour": "Choisissez un début entre hier et dans un an"}),
    ({"debut_heure": "dix heures"}, {"debut_heure": "Écrivez l’heure sous la forme 10:00"}),
    ({"debut_jour": ""}, {"debut_jour": "Indiquez aussi le jour"}),
    ({"fin_jour": "31/02/2027"}, {"fin_jour": "Cette date n’existe pas au calendrier"}),
    ({"fin_jour": "06/02/2027"}, {"fin_jour": "Choisissez une fin à venir, après le début"}),
    ({"fin_jour": ""}, {"fin_jour": "Indiquez aussi le jour"}),
    ({"fin_heure": "midi"}, {"fin_heure": "Écrivez l’heure sous la forme 10:00"}),
    ({"publics": []}, {"publics": "Cochez au moins un public"}),
    ({"publics": ["martiens"]}, {"publics": "Cochez des publics de cette liste"}),
    ({"guide": "inconnu"}, {"guide": "Choisissez un guide de cette liste"}),
]

OPCO = [
    Saisie(etats.FormulaireEtat, "opco_etat_nouveau", "admin_opco", "", ETAT, FAUTES_ETAT),
    Saisie(webinaires.FormulaireWebinaire, "opco_webinaires", "aef", "", WEBINAIRE, FAUTES_WEBINAIRE),
    Saisie(webinaires.FormulaireWebinaire, "opco_webinaire", "aef", "webinaire", WEBINAIRE, FAUTES_WEBINAIRE),
    Saisie(
        FormulaireExport, "opco_export_demander", "conseiller", "", EXPORT,
        [*texte("raison", SANS_RAISON, RAISON_AU_PLUS), *choix("format", "Choisissez Excel ou CSV")],
    ),
    Saisie(
        second_facteur.FormulairePreuve, "opco_perte_confirmer", "aef", "perte", {"preuve": "Rappelée au siège"},
        texte("preuve", "Indiquez comment vous avez vérifié l’identité de la personne", 500),
    ),
    Saisie(
        second_facteur.FormulaireRefus, "opco_perte_refuser", "aef", "perte", {"motif": "Voix inconnue"},
        texte("motif", "Indiquez le motif du refus", 500),
    ),
    Saisie(
        instruction.FormulaireMessage, "opco_dossier_message", "conseiller", "instruit",
        {"avec": "entreprise", "corps": "Bonjour"},
        [
            *choix("avec", "Choisissez à qui écrire"),
            *texte("corps", "Écrivez votre message", 5000),
            ({"fichiers": ["FICHIER"] * 6}, {"fichiers": "Joignez 5 fichiers au plus par message"}),
        ],
    ),
    Saisie(
        formulaires_complement.FormulaireComplement, "opco_dossier_complement", "conseiller", "instruit",
        {"pieces": ["programme"], "message": "Programme illisible", "echeance": "20/02/2027"},
        [
            ({"pieces": []}, {"pieces": "Choisissez au moins une pièce à joindre ou une réponse à reprendre"}),
            ({"pieces": ["absente"]}, {"pieces": "Choisissez les pièces à joindre de nouveau"}),
            ({"cases": ["absente"]}, {"cases": "Choisissez les réponses à reprendre"}),
            *texte("message", "Indiquez ce qui manque, en clair", 2000),
            *jour("echeance", "Indiquez la date attendue"),
            ({"echeance": "01/02/2027"}, {"echeance": "Choisissez une échéance à partir de demain"}),
        ],
    ),
    Saisie(
        formulaires_complement.FormulaireRetrait, "opco_complement_retirer", "conseiller", "incomplet", MOTIF,
        texte("motif", "Indiquez pourquoi vous retirez cette demande", 500),
    ),
    Saisie(
        formulaires_instruction.FormulaireConfier, "opco_dossier_confier", "conseiller", "instruit",
        {"avec": "entreprise", "a": ["@personne_conseiller"]},
        [*choix("avec", "Choisissez à qui écrire"), *choix("a", "Choisissez à qui confier cet échange")],
    ),
    Saisie(
        opco_modifications.FormulaireRefusDeModification, "opco_modification_refuser", "conseiller", "instruit modification", MOTIF,
        texte("motif", "Indiquez pourquoi vous refusez cette modification", 500),
    ),
    Saisie(
        modeles.FormulaireNouveauModele, "opco_modeles", "conseiller",
        corps={"titre": "Relance", "corps": "Bonjour {entreprise}", "usages": ["message"], "pour": "moi"},
        fautes=[
            *texte("titre", "Indiquez le nom du modèle", 80),
            *texte("corps", "Écrivez le texte du modèle", 4000),
            ({"corps": "{nir}"}, {"corps": "«\u00a0{nir}\u00a0» n’est pas une variable\u00a0: choisissez dans la liste"}),
            ({"usages": []}, {"usages": "Choisissez où ce modèle est proposé"}),
            *choix("pour", "Choisissez qui utilise ce modèle"),
        ],
    ),
    Saisie(
        modeles.FormulaireModele, "opco_modele", "conseiller", "modele",
        {"titre": "Relance", "corps": "Bonjour {entreprise}", "usages": ["message"]},
        [
            *texte("titre", "Indiquez le nom du modèle", 80),
            *texte("corps", "Écrivez le texte du modèle", 4000),
            ({"usages": []}, {"usages": "Choisissez où ce modèle est proposé"}),
        ],
    ),
    Saisie(
        instruction.FormulaireAccord, "opco_dossier_accorder", "conseiller", "instruit", {"pedagogie": "10"},
        [
            *montant("pedagogie", "Indiquez le montant accordé, 0 si la ligne est refusée"),
            ({"pedagogie": "-1"}, {"pedagogie": "Le montant accordé va de 0 à 700,00\u00a0€, le montant demandé"}),
            ({"pedagogie": "700,01"}, {"pedagogie": "Le montant accordé va de 0 à 700,00\u00a0€, le montant demandé"}),
            ({"commentaire": LONG}, {"commentaire": de_trop(1000)}),
        ],
    ),
    Saisie(
        instruction.FormulaireRefus, "opco_dossier_refuser", "conseiller", "instruit",
        {"motif": "action_non_financable", "texte": "Hors priorités"},
        [
            *choix("motif", "Choisissez le motif du refus"),
            *texte("texte", "Expliquez le refus en une ou deux phrases", 2000),
        ],
    ),
    Saisie(
        organisations.FormulaireVerification, "opco_organisation_verifier", "conseiller", "siren_c",
        {"denomination": "Nom", "preuve": "Kbis"},
        [
            *texte("denomination", "Indiquez la dénomination lue sur la preuve", 200),
            *texte("preuve", "Indiquez la preuve que vous avez vue", 500),
        ],
        avant=_organisation_a_verifier,
    ),
    Saisie(
        coupures.FormulaireCoupure, "opco_couper_organisation", "aef", "siren", MOTIF,
        texte("motif", "Indiquez pourquoi vous coupez cet accès", 500),
    ),
    Saisie(
        coupures.FormulaireCoupure, "opco_couper_compte", "aef", "compte_a", MOTIF,
        [*texte("motif", "Indiquez pourquoi vous coupez cet accès", 500)],
    ),
    Saisie(
        coupures.FormulaireRetablissement, "opco_retablir", "aef", "coupure", MOTIF,
        texte("motif", "Indiquez ce qui a été vérifié avant de rétablir", 500),
    ),
    Saisie(
        veille.FormulaireNote, "opco_alerte", "admin_opco", "alerte", {"note": "Vérifié"},
        texte("note", "Écrivez ce que vous avez vérifié et décidé", 1000),
    ),
    Saisie(
        veille.FormulaireExceptionnel, "opco_acces_exceptionnel", "conseiller",
        corps={"numero": "2701AF000001", "motif": "Remplacement"},
        fautes=[
            *texte("numero", "Indiquez le numéro du dossier", 30),
            ({"numero": "9912AF999999"}, {"numero": "Aucun dossier transmis ne porte ce numéro. Vérifiez chaque signe"}),
            *texte("motif", "Indiquez pourquoi vous devez lire ce dossier", 500),
        ],
    ),
    Saisie(
        formulaires_codes.FormulaireCommande, "opco_codes", "aef",
        corps={"profil": "adherent", "critere": "liste", "sirens": "123 456 782", "adherents_au": ""},
        fautes=[
            *choix("profil", "Choisissez le profil"),
            *choix("critere", "Choisissez à qui écrire"),
            ({"sirens": ""}, {"sirens": "Indiquez au moins un SIREN"}),
            ({"sirens": "12\n123456789"}, {"sirens": "Ces SIREN n’existent pas\u00a0: 12, 123456789. Vérifiez les 9 chiffres"}),
            ({"critere": "adherents"}, {"adherents_au": "Indiquez la date à laquelle l’entreprise est adhérente"}),
            ({"critere": "adherents", "adherents_au": "demain"}, {"adherents_au": DATE}),
            (
                {"critere": "adherents", "profil": "prestataire", "adherents_au": "30/11/2026"},
                {"profil": "Une date d’adhésion ne désigne que des adhérents. Choisissez ce profil"},
            ),
        ],
    ),
    Saisie(
        decisions.FormulaireProposition, "opco_decision_proposer", "aef", "siren",
        {
            "nature": "succession", "profil": "adherent", "rattachement": "", "repreneur": "123 456 782", "etablissement": "",
            "motif": "Fusion", "preuve": "Extrait Kbis",
        },
        [
            *choix("nature", "Choisissez la décision à prendre"),
            *choix("profil", "Choisissez l’espace concerné"),
            ({"nature": "fin_d_acces"}, {"rattachement": "Choisissez une personne rattachée à cet espace"}),
            ({"rattachement": "absent"}, {"rattachement": "Choisissez une personne de la liste"}),
            ({"repreneur": "12"}, {"repreneur": "Le SIREN comporte 9 chiffres, il en manque 7"}),
            ({"repreneur": "130 025 265"}, {"repreneur": "Indiquez le SIREN de l’autre entreprise, celle qui reprend"}),
            ({"etablissement": "absent"}, {"etablissement": "Choisissez un établissement de la liste"}),
            ({"nature": "transfert"}, {"etablissement": "Choisissez l’établissement repris"}),
            *texte("motif", "Indiquez ce qui s’est passé", 500),
            *texte("preuve", "Indiquez la preuve que vous avez vue", 500),
        ],
    ),
    Saisie(
        decisions.FormulaireEcart, "opco_decision_ecarter", "aef", "decision", {"motif": "Joint par téléphone"},
        texte("motif", "Indiquez pourquoi cette décision est écartée", 500),
    ),
    Saisie(
        preparations.FormulaireEcart, "opco_preparation_ecarter", "aef", "preparation", {"motif": "Adresse douteuse"},
        texte("motif", "Indiquez pourquoi cette préparation est écartée", 500),
    ),
    Saisie(
        formulaires_codes.FormulaireDemandees, "opco_codes_demandes", "aef",
        corps={"decision": "ecarter", "demandes": [], "motif": "Appelez-nous"},
        fautes=[
            ({}, {"demandes": AUCUN_COURRIER}),
            (
                {"demandes": ["absent"]},
                {"demandes": "Un de ces courriers n’existe pas. Cochez de nouveau ceux que vous traitez"},
            ),
            *[
                (changes, {**phrases, "demandes": AUCUN_COURRIER})
                for changes, phrases in texte("motif", "Indiquez le motif\u00a0: la personne le lira", 500)
            ],
            (
                {"decision": "peut-être"},
                {"": "Choisissez «\u00a0Commander\u00a0» ou «\u00a0Écarter\u00a0»", "demandes": AUCUN_COURRIER},
            ),
        ],
    ),
    Saisie(
        formulaires_codes.FormulaireEnvoi, "opco_commande_envoi", "aef", "commande_imprimee",
        {"decision": "postees", "le": "31/01/2027"},
        [
            *jour("le", "Indiquez la date"),
            ({"le": "02/02/2027"}, {"le": "Cette date est dans le futur"}),
            ({"le": "30/01/2027"}, {"le": "Les lettres ont été imprimées le 31/01/2027, pas avant"}),
            ({"decision": "revenues"}, {"lettres": "Cochez les lettres revenues"}),
            ({"lettres": ["absente"]}, {"lettres": "Une de ces lettres n’existe pas. Cochez-les de nouveau"}),
            (
                {"decision": ""},
                {"": "Choisissez «\u00a0Déclarer postées\u00a0» ou «\u00a0Déclarer revenues\u00a0»"},
            ),
        ],
    ),
    Saisie(
        FormulaireArret, "opco_code_arreter", "aef", "code_c", MOTIF, texte("motif", "Indiquez pourquoi vous arrêtez ce code", 500),
    ),
    Saisie(
        formulaires_codes.FormulaireCourrier, "opco_organisation_courrier", "conseiller", "siren_c",
        {"profil": "adherent", "motif": "Perdue"},
        [*choix("profil", "Choisissez le profil"), *texte("motif", "Indiquez pourquoi ce courrier est nécessaire", 500)],
    ),
    Saisie(
        formulaires_codes.FormulaireAvis, "opco_avis", "aef", corps={"avis": []},
        fautes=[
            ({}, {"avis": "Cochez les courriers que vous avez postés"}),
            (
                {"avis": ["absent"]},
                {"avis": "Un de ces courriers n’existe pas. Cochez de nouveau ceux que vous avez postés"},
            ),
        ],
        avant=_avis_a_poster,
    ),
    Saisie(
        formulaires_codes.FormulaireAdresse, "opco_adresse", "aef", "siren_c",
        {"lignes": "Société\n1 rue X\n74000 ANNECY", "preuve": "Kbis"},
        [
            ({"lignes": ""}, {"lignes": "Indiquez le destinataire, puis l’adresse, une ligne par élément"}),
            ({"lignes": "Société"}, {"lignes": "Indiquez le destinataire, puis l’adresse, une ligne par élément"}),
            ({"lignes": "Société\n1 rue X"}, {"lignes": "La dernière ligne porte le code postal et la commune"}),
            ({"lignes": "a\n" * 8 + "74000 ANNECY"}, {"lignes": "Une adresse compte 7 lignes au plus"}),
            ({"lignes": "a" * 99 + "\n74000 ANNECY"}, {"lignes": "Une ligne d’adresse compte 60 signes au plus"}),
            *texte("preuve", "Indiquez où cette adresse a été lue", 500),
        ],
        avant=_adresse_a_completer,
    ),
    Saisie(
        FormulaireDecision, "opco_acces_decider", "aef", "demande_opco", {"decision": "refuser", "motif": "Inconnu"},
        [
            *texte("motif", "Indiquez le motif du refus\u00a0: la personne le lira", 500),
            ({"decision": "peut-être"}, {"": "Choisissez «\u00a0Accorder\u00a0» ou «\u00a0Refuser\u00a0»"}),
        ],
    ),
    Saisie(
        tickets.FormulaireReponse, "opco_ticket", "aef", "ticket", {"corps": "Voici la réponse."},
        texte("corps", "Écrivez votre réponse", 8000),
    ),
    Saisie(
        coordonnees.FormulaireVerification, "opco_rib_decider", "gestionnaire", "rib", VERIFICATION,
        [
            *choix("decision", "Choisissez de confirmer ou de refuser"),
            *choix("methode", "Choisissez comment vous avez vérifié ce compte"),
            ({"methode": "vop_proche", "commentaire": ""}, {"commentaire": "Indiquez pourquoi un nom proche suffit"}),
            ({"decision": "refuser", "commentaire": ""}, {"commentaire": "Indiquez le motif du refus"}),
            ({"commentaire": LONG}, {"commentaire": de_trop(500)}),
        ],
    ),
    Saisie(
        coordonnees.FormulaireMotif, "opco_rib_reveler", "gestionnaire", "rib", MOTIF,
        texte("motif", "Indiquez pourquoi vous affichez cet IBAN", 500),
    ),
    Saisie(
        opco_factures.FormulaireAcceptation, "opco_facture", "gestionnaire", "facture", {"service_fait": "Contrôlé"},
        [
            ({"service_fait": ""}, {"service_fait": "Indiquez pourquoi vous acceptez malgré les points signalés"}),
            ({"service_fait": LONG}, {"service_fait": de_trop(1000)}),
        ],
        avant=_ecart_signale,
    ),
    Saisie(
        opco_factures.FormulaireRejet, "opco_facture_rejeter", "gestionnaire", "facture",
        {"motif": "montant", "texte": "Montant faux"},
        [
            *choix("motif", "Choisissez le motif du rejet"),
            *texte("texte", "Indiquez ce que l’émetteur doit corriger", 1000),
        ],
    ),
    Saisie(
        lots.FormulaireMotif, "opco_lot_abandonner", "comptable", "lot", MOTIF, texte("motif", "Indiquez le motif", 500),
    ),
    Saisie(
        lots.FormulaireExecution, "opco_lot_executer", "comptable", "lot_signe",
        {"date_execution": "26/01/2027", "reference": "RELEVE-1"},
        [
            *jour("date_execution", "Indiquez le jour d’exécution"),
            ({"date_execution": "02/02/2027"}, {"date_execution": "La date d’exécution est dans le futur"}),
            ({"date_execution": "24/01/2027"}, {"date_execution": "Le fichier a été remis le 25/01/2027, pas avant"}),
            *texte("reference", "Indiquez la référence donnée par la banque", 60),
        ],
    ),
    Saisie(
        reglages.FormulaireException, "opco_reglages", "admin_opco",
        corps={
            "dispositif": "action_formation", "debut_du": "01/01/2027", "debut_au": "31/01/2027", "depot_au": "28/02/2027",
            "motif": "Panne",
        },
        fautes=[
            *choix("dispositif", "Choisissez le dispositif"),
            *jour("debut_du", "Indiquez le premier jour de début"),
            *jour("debut_au", "Indiquez le dernier jour de début"),
            ({"debut_au": "31/12/2026"}, {"debut_au": "La fin doit suivre le début (01/01/2027)"}),
            *jour("depot_au", "Indiquez le dernier jour pour transmettre"),
            ({"depot_au": "31/01/2027"}, {"depot_au": "L’exception vaut jusqu’à aujourd’hui au moins"}),
            *texte("motif", "Indiquez le motif, par exemple une panne du portail", 400),
        ],
    ),
    Saisie(
        reglages.FormulaireReglage, "opco_reglage", "admin_opco", "code=action_formation",
        {
            "decision_automatique": "prise", "delai_depot_jours": "15", "gravite_delai": "bloque", "limite_stagiaires": "30",
            "a_partir_du": "01/03/2027", "motif": "Conseil",
        },
        [
            *choix("decision_automatique", "Choisissez ce que fait le portail"),
            ({"delai_depot_jours": ""}, {"delai_depot_jours": "Indiquez le délai de dépôt"}),
            ({"delai_depot_jours": "dix"}, {"delai_depot_jours": "Écrivez un nombre de jours, par exemple 30"}),
            ({"delai_depot_jours": "366"}, {"delai_depot_jours": "Le délai va de 0 à 365 jours"}),
            ({"delai_depot_jours": "-1"}, {"delai_depot_jours": "Le délai va de 0 à 365 jours"}),
            *choix("gravite_delai", "Choisissez ce que fait un dépôt tardif"),
            ({"limite_stagiaires": "0"}, {"limite_stagiaires": "Un dossier accueille au moins un salarié"}),
            ({"limite_stagiaires": "10000"}, {"limite_stagiaires": "Écrivez 9999\u00a0salariés au plus, ou rien"}),
            ({"limite_stagiaires": "dix"}, {"limite_stagiaires": "Écrivez un nombre de salariés, par exemple 30"}),
            *jour("a_partir_du", "Indiquez le premier jour d’effet"),
            ({"a_partir_du": "31/01/2027"}, {"a_partir_du": "Une règle prend effet aujourd’hui au plus tôt"}),
            *texte("motif", "Indiquez le motif, par exemple la décision du conseil", 300),
        ],
    ),
    Saisie(
        paiements.FormulairePaiements, "opco_reglage_paiements", "admin_opco", "", {"compte_verifie": "non", "motif": "Conseil"},
        [
            *choix("compte_verifie", "Choisissez ce que devient un compte que personne n’a vérifié"),
            *texte("motif", "Indiquez le motif, par exemple la décision de la direction", 300),
            ({"compte_verifie": "oui"}, {"compte_verifie": "Ce réglage est déjà en vigueur"}),
        ],
    ),
    Saisie(
        baremes.FormulaireGuichet, "opco_baremes", "admin_opco",
        corps={"dispositif": "action_formation", "idcc": "0016", "du": "01/02/2027", "au": "", "message": "Budget consommé"},
        fautes=[
            *choix("dispositif", "Choisissez le dispositif suspendu"),
            ({"idcc": ""}, {"idcc": "Indiquez l’IDCC"}),
            ({"idcc": "12345"}, {"idcc": "4 caractères au plus\u00a0: il y en a 1 de trop"}),
            ({"idcc": "abc"}, {"idcc": "Choisissez un IDCC de la liste publique"}),
            *jour("du", "Indiquez le premier jour"),
            ({"du": "31/01/2027"}, {"du": "Une règle prend effet aujourd’hui au plus tôt"}),
            ({"au": "demain"}, {"au": DATE}),
            ({"au": "31/01/2027"}, {"au": "La fin doit suivre le début (01/02/2027)"}),
            *texte("message", "Indiquez la raison de la suspension", 500),
            ({"idcc": "0016"}, {"": "Ce guichet est déjà suspendu du 01/02/2027"}),
        ],
    ),
    Saisie(
        baremes.FormulaireLigne, "opco_bareme_ligne", "admin_opco", "ligne",
        {"a_partir_du": "01/03/2027", "motif": "Conseil", "taux_horaire": "11"},
        [
            *jour("a_partir_du", "Indiquez le premier jour d’effet"),
            ({"a_partir_du": "31/01/2027"}, {"a_partir_du": "Une règle prend effet aujourd’hui au plus tôt"}),
            *texte("motif", "Indiquez le motif, par exemple la décision du conseil", 300),
            *[
                faute
                for nom, objet in (
                    ("taux_horaire", "taux horaire pédagogique"), ("taux_salaire", "taux horaire des salaires"),
                    ("forfait_repas", "forfait par repas"), ("forfait_nuit", "forfait par nuit"),
                    ("forfait_transport", "forfait de transport par stagiaire"),
                )
                for faute in (({nom: "dix"}, {nom: MONTANT}), ({nom: "-1"}, {nom: f"Écrivez un nombre positif ({objet})"}))
            ],
            ({"plafond_heures": "dix"}, {"plafond_heures": "Écrivez une durée en heures, par exemple 3,5 ou 3\u00a0h\u00a030"}),
        ],
    ),
]  # fmt: skip
