"""Action de formation: plan de développement des compétences, companies under fifty employees (Code du travail, L6332-17)."""

from datetime import timedelta

from jalon.dispositifs.action_formation.controles import CONTROLES
from jalon.dispositifs.action_formation.financement import accord, financement
from jalon.dispositifs.action_formation.rubriques import EXTERNE, FORMATION, Action, ActionFormation
from jalon.dispositifs.base import Dispositif, PieceExigee, Scission, Silence, cases_vues
from jalon.socle.acteurs import Domaine
from jalon.socle.texte import normaliser

VU_DU_PRESTATAIRE = {
    "entreprise": ("siret", "denomination", "code_postal"),
    "organisme": ("interne", "siret", "denomination", "nda", "qualiopi"),
    "action": tuple(Action.model_fields),
    "stagiaires": ("nom_naissance", "nom_usage", "prenom", "heures"),
    "couts": ("cout_pedagogique", "taux_tva", "subrogation"),
}
"""The provider teaches, certifies and invoices: it needs names and hours, not births, numbers, pay or disability."""

COMMUNS = tuple(
    f"couts.{champ}" for champ in ("cout_pedagogique", "repas", "montant_repas", "nuits", "montant_nuits", "montant_transport")
)
"""Asked for all the trainees together; hours and pay are asked for each of them."""


def _recherche(contenu: ActionFormation) -> str:
    """Words that find a dossier: names of people as typed, never a number of theirs."""
    noms = [f"{s.prenom} {s.nom_naissance} {s.nom_usage or ''}" for s in contenu.stagiaires]
    return normaliser(
        " ".join([contenu.action.intitule, contenu.entreprise.denomination, contenu.organisme.denomination or "", *noms])
    )


ACTION_FORMATION = Dispositif(
    code="action_formation",
    lettres="AF",
    famille=Domaine.PLAN,
    libelle="Action de formation (plan de développement des compétences)",
    formulaire="Demande de prise en charge d’une action de formation",
    contenu=ActionFormation,
    pieces=(
        PieceExigee(
            code="convention",
            libelle="Convention signée, ou devis approuvé",
            objet="la convention signée",
            aide="Un devis ou un bon de commande approuvé convient pour une action de formation, s’il porte les mentions de la convention.",
            si=(EXTERNE,),
            source="Code du travail, L6353-1, D6353-1",
            une_de=(
                PieceExigee(
                    code="convention_signee",
                    libelle="Convention signée",
                    objet="la convention signée",
                    aide="Par l’entreprise et l’organisme",
                ),
                PieceExigee(
                    code="devis_approuve",
                    libelle="Devis ou bon de commande approuvé",
                    objet="le devis approuvé qui porte ses mentions",
                    aide="Avec l’annexe qui complète ses mentions, dans le même fichier",
                    si=(FORMATION,),
                ),
            ),
        ),
        PieceExigee(
            code="programme",
            libelle="Programme",
            objet="le programme",
            aide="Objectifs, contenu, durée, moyens et modalités d’évaluation",
            si=(FORMATION,),
            source="Code du travail, D6353-1, L6353-8",
        ),
    ),
    controles=CONTROLES,
    financement=financement,
    accord=accord,
    projections={
        "titre": lambda c: c.action.intitule,
        "siret": lambda c: c.entreprise.siret,
        "denomination": lambda c: c.entreprise.denomination,
        "prestataire_siret": lambda c: c.organisme.siret,
        "prestataire_denomination": lambda c: c.organisme.denomination,
        "reference_interne": lambda c: c.entreprise.reference_interne,
        "nombre_stagiaires": lambda c: len(c.stagiaires),
        "date_debut": lambda c: c.action.date_debut,
        "date_fin": lambda c: c.action.date_fin,
        "montant_demande": lambda c: c.montant_demande,
        "recherche": _recherche,
    },
    vu_du_prestataire=cases_vues(VU_DU_PRESTATAIRE),
    silence=Silence.SANS_EFFET,
    delai_decision=timedelta(days=30),
    scission=Scission("stagiaires", COMMUNS),
)
