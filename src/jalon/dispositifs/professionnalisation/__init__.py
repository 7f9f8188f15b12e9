"""Contrat de professionnalisation: the form 12434*03, filed within five days of the first day."""

from datetime import date, timedelta

from jalon.dispositifs.alternance.calendrier import JOURS_POUR_DECIDER
from jalon.dispositifs.base import Dispositif, PieceExigee, Silence, cases_vues, quand, si_repondu
from jalon.dispositifs.professionnalisation.aides import salaire_minimum
from jalon.dispositifs.professionnalisation.controles.contrat import JOURS_POUR_TRANSMETTRE
from jalon.dispositifs.professionnalisation.declaration import CONTRAT_PROFESSIONNALISATION
from jalon.dispositifs.professionnalisation.demande import DemandeProfessionnalisation, accord, financement
from jalon.dispositifs.professionnalisation.rubriques import Formation
from jalon.dispositifs.professionnalisation.vie import VIE
from jalon.socle.acteurs import Domaine
from jalon.socle.texte import normaliser

VU_DU_PRESTATAIRE = {
    "employeur": ("siret", "denomination", "code_postal", "commune", "telephone", "courriel", "idcc"),
    "salarie": ("nom", "nom_usage", "prenom", "date_naissance"),
    "contrat": ("type_contrat", "emploi", "date_conclusion", "date_debut", "date_effet", "date_fin"),
    "formation": tuple(Formation.model_fields),
}


def _nom(contenu: DemandeProfessionnalisation) -> str:
    return f"{contenu.salarie.prenom} {contenu.salarie.nom}"


def _titre(contenu: DemandeProfessionnalisation) -> str:
    """Who, then what: a draft is found by its person before the training is described."""
    return ", ".join(filter(None, (_nom(contenu), si_repondu(lambda: contenu.formation.intitule, defaut=""))))


def _recherche(contenu: DemandeProfessionnalisation) -> str:
    """Words that find a contract: names as typed, never a number of the person."""
    mots = [_nom(contenu), contenu.salarie.nom_usage or "", contenu.employeur.denomination, contenu.formation.organisme or ""]
    return normaliser(" ".join([*mots, contenu.formation.intitule, contenu.formation.rncp or ""]))


def _limite(debut: date, delai: int, code_postal: str) -> date:
    """Calendar days (Code du travail, D6325-1): the law sets the delay, not the OPCO."""
    del delai, code_postal
    return debut + timedelta(days=JOURS_POUR_TRANSMETTRE)


PROFESSIONNALISATION = Dispositif(
    code=CONTRAT_PROFESSIONNALISATION.code,
    lettres="CP",
    famille=Domaine.ALTERNANCE,
    libelle=CONTRAT_PROFESSIONNALISATION.libelle,
    formulaire=CONTRAT_PROFESSIONNALISATION.formulaire,
    contenu=DemandeProfessionnalisation,
    pieces=(
        PieceExigee(
            code="cerfa_signe",
            libelle="CERFA signé",
            objet="le CERFA signé par l’employeur et le salarié",
            aide="Imprimez-le depuis ce dossier, faites-le signer, puis joignez-le.",
            source="Code du travail, D6325-1",
        ),
        PieceExigee(
            code="document_annexe",
            libelle="Document annexé au contrat",
            objet="le document annexé au contrat",
            aide="Objectifs, programme, organisation, évaluation et sanction de la formation",
            source="Code du travail, D6325-11",
        ),
        PieceExigee(
            code="convention_signee",
            libelle="Convention de formation signée",
            objet="la convention de formation signée par l’entreprise et l’organisme",
            si=(quand("formation.interne", "non"),),
            source="Code du travail, D6325-12",
        ),
    ),
    controles=CONTRAT_PROFESSIONNALISATION.controles,
    financement=financement,
    accord=accord,
    projections={
        "titre": _titre,
        "siret": lambda c: c.employeur.siret,
        "denomination": lambda c: c.employeur.denomination,
        "prestataire_siret": lambda c: c.formation.siret,
        "prestataire_denomination": lambda c: c.formation.organisme,
        "nombre_stagiaires": lambda c: 1 if c.salarie.nom else 0,
        "date_debut": lambda c: c.contrat.date_debut,
        "date_fin": lambda c: c.contrat.date_fin,
        "recherche": _recherche,
    },
    vu_du_prestataire=cases_vues(VU_DU_PRESTATAIRE),
    silence=Silence.ACCEPTATION,
    source_silence="Code du travail, D6325-2",
    delai_decision=timedelta(days=JOURS_POUR_DECIDER),
    limite_de_depot=_limite,
    imprime=CONTRAT_PROFESSIONNALISATION,
    indications={"contrat.salaire": salaire_minimum},
    vie=VIE,
)
