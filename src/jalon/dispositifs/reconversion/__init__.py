"""Période de reconversion: what follows Pro-A since 1 January 2026 (Code du travail, L6324-1)."""

from datetime import date, timedelta

from jalon.dispositifs.alternance.calendrier import JOURS_POUR_DECIDER
from jalon.dispositifs.base import Dispositif, PieceExigee, Silence, cases_vues, quand, si_repondu
from jalon.dispositifs.reconversion.declaration import PERIODE_DE_RECONVERSION
from jalon.dispositifs.reconversion.demande import accord, financement
from jalon.dispositifs.reconversion.rubriques import Couts, Formation, PeriodeDeReconversion
from jalon.dispositifs.reconversion.vie import VIE
from jalon.socle.acteurs import Domaine
from jalon.socle.texte import normaliser

VU_DU_PRESTATAIRE = {
    "entreprise": ("siret", "denomination", "code_postal", "idcc"),
    "salarie": ("nom", "nom_usage", "prenom"),
    "periode": ("mode", "date_debut", "date_fin", "emploi_vise"),
    "formation": tuple(Formation.model_fields),
    "couts": tuple(champ for champ in Couts.model_fields if champ == "prix"),
}


def _nom(contenu: PeriodeDeReconversion) -> str:
    return f"{contenu.salarie.prenom} {contenu.salarie.nom}"


def _titre(contenu: PeriodeDeReconversion) -> str:
    """Who, then what: a draft is found by its person before the training is described."""
    return ", ".join(filter(None, (_nom(contenu), si_repondu(lambda: contenu.formation.intitule, defaut=""))))


def _recherche(contenu: PeriodeDeReconversion) -> str:
    """Words that find a period: names as typed, never a number of the person."""
    mots = [_nom(contenu), contenu.salarie.nom_usage or "", contenu.entreprise.denomination, contenu.formation.organisme]
    return normaliser(" ".join([*mots, contenu.formation.intitule]))


def _limite(debut: date, delai: int, code_postal: str) -> date:
    """In the thirty days before the first one (Code du travail, R6324-1): the day before, at the latest."""
    del delai, code_postal
    return debut - timedelta(days=1)


RECONVERSION = Dispositif(
    code=PERIODE_DE_RECONVERSION.code,
    lettres="PR",
    famille=Domaine.ALTERNANCE,
    libelle=PERIODE_DE_RECONVERSION.libelle,
    formulaire="Demande de prise en charge d’une période de reconversion",
    contenu=PeriodeDeReconversion,
    pieces=(
        PieceExigee(
            code="accord_ecrit",
            libelle="Accord écrit",
            objet="l’accord écrit de l’employeur et du salarié",
            source="Code du travail, R6324-1",
        ),
        PieceExigee(
            code="convention_signee",
            libelle="Convention de formation signée",
            objet="la convention annexée à l’accord",
            source="Code du travail, R6324-1",
        ),
        PieceExigee(
            code="contrat_accueil",
            libelle="Contrat de travail de l’entreprise d’accueil",
            objet="le contrat de travail conclu avec l’entreprise d’accueil",
            si=(quand("periode.mode", "externe"),),
            source="Code du travail, R6324-1",
        ),
    ),
    controles=PERIODE_DE_RECONVERSION.controles,
    financement=financement,
    accord=accord,
    projections={
        "titre": _titre,
        "siret": lambda c: c.entreprise.siret,
        "denomination": lambda c: c.entreprise.denomination,
        "prestataire_siret": lambda c: c.formation.siret,
        "prestataire_denomination": lambda c: c.formation.organisme,
        "nombre_stagiaires": lambda c: 1 if c.salarie.nom else 0,
        "date_debut": lambda c: c.periode.date_debut,
        "date_fin": lambda c: c.periode.date_fin,
        "montant_demande": lambda c: c.couts.prix,
        "recherche": _recherche,
    },
    vu_du_prestataire=cases_vues(VU_DU_PRESTATAIRE),
    silence=Silence.SANS_EFFET,
    delai_decision=timedelta(days=JOURS_POUR_DECIDER),
    limite_de_depot=_limite,
    vie=VIE,
)
