"""Contrat d'apprentissage: the form 10103*14 and its convention, filed within five working days of the first day."""

from datetime import date, timedelta

from jalon.dispositifs.alternance.calendrier import JOURS_POUR_DECIDER, limite_de_transmission
from jalon.dispositifs.apprentissage.aides import periodes_de_remuneration, salaire_minimum
from jalon.dispositifs.apprentissage.convention import Convention, DemandeApprentissage, mobilite_limitee
from jalon.dispositifs.apprentissage.declaration import CONTRAT_APPRENTISSAGE
from jalon.dispositifs.apprentissage.historique import HISTORIQUE
from jalon.dispositifs.apprentissage.prise_en_charge import accord, financement
from jalon.dispositifs.apprentissage.rubriques import Cfa, Formation, Lieu
from jalon.dispositifs.apprentissage.vie import VIE
from jalon.dispositifs.base import Dispositif, PieceExigee, Silence, cases_vues, quand, si_repondu
from jalon.socle.acteurs import Domaine
from jalon.socle.texte import normaliser

VU_DU_PRESTATAIRE = {
    "employeur": ("siret", "denomination", "code_postal", "commune", "telephone", "courriel", "idcc"),
    "apprenti": ("nom", "nom_usage", "prenom", "date_naissance"),
    "contrat": ("type_contrat", "date_conclusion", "date_debut", "date_pratique", "date_effet", "date_fin"),
    "cfa": tuple(Cfa.model_fields),
    "formation": tuple(Formation.model_fields),
    "lieu": tuple(Lieu.model_fields),
    "convention": tuple(Convention.model_fields),
}
"""The CFA teaches and invoices: it needs names, dates and the convention, not the number, the pay or a disability."""


def _nom(contenu: DemandeApprentissage) -> str:
    return f"{contenu.apprenti.prenom} {contenu.apprenti.nom}"


def _titre(contenu: DemandeApprentissage) -> str:
    """Who, then what: a draft is found by its person before the training is described."""
    return ", ".join(filter(None, (_nom(contenu), si_repondu(lambda: contenu.formation.intitule, defaut=""))))


def _recherche(contenu: DemandeApprentissage) -> str:
    """Words that find a contract: names as typed, never a number of the person."""
    mots = [_nom(contenu), contenu.apprenti.nom_usage or "", contenu.employeur.denomination, contenu.cfa.denomination]
    return normaliser(" ".join([*mots, contenu.formation.intitule, contenu.formation.rncp]))


def _limite(debut: date, delai: int, code_postal: str) -> date:
    """The law sets the delay (Code du travail, D6224-1), not the OPCO."""
    del delai
    return limite_de_transmission(debut, code_postal)


APPRENTISSAGE = Dispositif(
    code=CONTRAT_APPRENTISSAGE.code,
    lettres="CA",
    famille=Domaine.ALTERNANCE,
    libelle=CONTRAT_APPRENTISSAGE.libelle,
    formulaire=CONTRAT_APPRENTISSAGE.formulaire,
    contenu=DemandeApprentissage,
    pieces=(
        PieceExigee(
            code="cerfa_signe",
            libelle="CERFA signé",
            objet="le CERFA signé par l’employeur et l’apprenti",
            aide="Imprimez-le depuis ce dossier, faites-le signer, puis joignez-le.",
            source="Code du travail, D6224-1",
        ),
        PieceExigee(
            code="convention_tripartite",
            libelle="Convention de formation signée",
            objet="la convention de formation signée par l’employeur, le CFA et l’apprenti",
            aide="Avec le prix de la formation et les frais annexes prévus",
            si=(quand("cfa.interne", "non"),),
            source="Code du travail, D6224-1",
        ),
        PieceExigee(
            code="annexe_pedagogique",
            libelle="Annexe pédagogique et financière",
            objet="l’annexe pédagogique et financière du CFA d’entreprise",
            aide="Elle remplace la convention quand le CFA est celui de l’entreprise",
            si=(quand("cfa.interne", "oui"),),
            source="Code du travail, D6224-1",
        ),
        PieceExigee(
            code="declaration_ascendant",
            libelle="Déclaration de l’ascendant employeur",
            objet="la déclaration de l’ascendant qui emploie l’apprenti mineur",
            si=(quand("employeur.specifique", "4"), quand("apprenti.mineur", "oui")),
            source="Code du travail, L6222-5",
        ),
        PieceExigee(
            code="attestation_projet",
            libelle="Attestation sur l’honneur du projet",
            objet="l’attestation sur l’honneur du projet de création ou de reprise d’entreprise",
            si=(quand("apprenti.projet", "oui"),),
            source="Code du travail, D6222-1",
        ),
    ),
    controles=(*CONTRAT_APPRENTISSAGE.controles, mobilite_limitee),
    financement=financement,
    accord=accord,
    projections={
        "titre": _titre,
        "siret": lambda c: c.employeur.siret,
        "denomination": lambda c: c.employeur.denomination,
        "prestataire_siret": lambda c: c.cfa.siret,
        "prestataire_denomination": lambda c: c.cfa.denomination,
        "nombre_stagiaires": lambda c: 1 if c.apprenti.nom else 0,
        "date_debut": lambda c: c.contrat.date_debut,
        "date_fin": lambda c: c.contrat.date_fin,
        "recherche": _recherche,
    },
    vu_du_prestataire=cases_vues(VU_DU_PRESTATAIRE),
    silence=Silence.REFUS,
    source_silence="Code du travail, R6224-3",
    delai_decision=timedelta(days=JOURS_POUR_DECIDER),
    montants_libres=False,
    limite_de_depot=_limite,
    imprime=CONTRAT_APPRENTISSAGE,
    indications={"contrat.salaire": salaire_minimum},
    propositions={"remunerations": periodes_de_remuneration},
    vie=VIE,
    historique=HISTORIQUE,
)
