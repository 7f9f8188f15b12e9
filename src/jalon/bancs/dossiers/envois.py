"""Complete drafts to be sent: one typed with the real actions, the others copied from it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from jalon.bancs.dossiers.population import Population
from jalon.dispositifs.base import LIGNES
from jalon.dossiers.actions import creer_brouillon, enregistrer_section
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.requetes import dossier_accessible
from jalon.messagerie.actions import ouvrir_fil
from jalon.pieces.enums import EtatDocument, TypeDocument
from jalon.pieces.models import Document
from jalon.socle.acteurs import Acteur
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.identifiants import nouvel_id

PIECES = ("convention_signee", "programme")


def preparer_envois(population: Population, par: Acteur, combien: int, maintenant: datetime) -> list[UUID]:
    """That many complete drafts of the sending company, ready for « Transmettre »."""
    siret = population.expeditrice.lieux[0][0]
    modele = creer_brouillon(dispositif="action_formation", siren=siret[:9], siret=siret, par=par, maintenant=maintenant)
    for section, valeurs in _reponses(population, jour_de_paris(maintenant)).items():
        gardee = dossier_accessible(modele.pk, par).reponses.get(section, {"version": 0, "valeurs": {}})
        enregistrer_section(
            dossier_id=modele.pk,
            section=section,
            version=gardee["version"],
            valeurs={**gardee["valeurs"], **valeurs},
            par=par,
            maintenant=maintenant,
        )
    documents = [_document(code, maintenant) for code in PIECES]
    copies = [modele.pk, *(_copier(modele.pk, maintenant) for _ in range(combien - 1))]
    for copie in copies:
        for code, document in zip(PIECES, documents, strict=True):
            piece = PieceDeposee(dossier_id=copie, code=code, document=document, deposee_le=maintenant)
            piece.porter(modele.portee_des_suites).save(force_insert=True)
    return copies


def _document(code: str, maintenant: datetime) -> Document:
    """A document that passed its checks; its bytes are not read by the sending."""
    document = Document(
        nom=f"{code}.pdf",
        type_mime=TypeDocument.PDF.value,
        taille=1000,
        sha256="0" * 64,
        etat=EtatDocument.CONTROLEE.value,
        depose_le=maintenant,
    )
    document.save(force_insert=True)
    return document


def _copier(modele: UUID, maintenant: datetime) -> UUID:
    """The same draft under another id, with a thread of its own."""
    copie = nouvel_id()
    colonnes = [c.column for c in Dossier._meta.concrete_fields if c.column and c.column not in {"id", "fil_id"}]
    liste = ", ".join(colonnes)
    with connection.cursor() as curseur:
        curseur.execute(
            f"INSERT INTO dossiers_dossier (id, fil_id, {liste}) SELECT %s, %s, {liste} FROM dossiers_dossier WHERE id = %s",  # noqa: S608
            [copie, ouvrir_fil(maintenant=maintenant).pk, modele],
        )
    return copie


def _reponses(population: Population, jour: date) -> dict[str, dict[str, Any]]:
    """Every section of an action of two days, in seventy days."""
    debut, entite, organisme = jour + timedelta(days=70), population.expeditrice, population.prestataire
    stagiaires = [
        {
            "nom_naissance": nom, "prenom": prenom, "date_naissance": "15/07/1995", "sexe": "F", "categorie": "employe",
            "niveau": "4", "type_contrat": "cdi", "rqth": "non", "heures": "14",
        }
        for prenom, nom in (("Zoé", "Lefort"), ("Inès", "Girard"))
    ]  # fmt: skip
    return {
        "entreprise": {
            "siret": entite.lieux[0][0], "denomination": entite.nom, "code_postal": "74000", "idcc": "1979", "effectif": "38",
            "contact_nom": "Aline Banc", "contact_courriel": "aline@banc.example", "reference_interne": "BANC",
        },
        "organisme": {
            "interne": "non", "siret": organisme.siret, "denomination": organisme.nom, "nda": "82740123474", "qualiopi": "oui",
        },
        "action": {
            "intitule": "Hygiène alimentaire", "objectifs": "Appliquer la méthode HACCP", "type_action": "formation",
            "theme": "metier", "certification": "aucune", "code_certification": "", "date_debut": formater_date(debut),
            "date_fin": formater_date(debut + timedelta(days=1)), "duree_heures": "14", "nombre_jours": "2",
            "modalite": "presentiel", "organisation": "inter", "lieu": "Annecy",
        },
        "stagiaires": {LIGNES: stagiaires},
        "couts": {
            "cout_pedagogique": "700", "taux_tva": "20", "subrogation": "oui", "salaires_demandes": "non", "frais_demandes": "non",
        },
    }  # fmt: skip
