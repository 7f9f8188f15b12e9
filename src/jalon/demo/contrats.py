"""Contracts of the demonstration: one being typed, one sent yesterday, one granted whose first payment is open."""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jalon.demo.dossiers import ANNECY, INSTITUT_SIRET, LYON, SIREN, Metteur, document_fictif
from jalon.dispositifs.alternance.calendrier import anniversaire, dernier_jour
from jalon.dispositifs.apprentissage import APPRENTISSAGE
from jalon.dispositifs.base import LIGNES
from jalon.dispositifs.lecture import lire_reponses, proposition_de
from jalon.dossiers.actions import creer_brouillon, deposer_piece, enregistrer_section, transmettre_dossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contexte_de, reponses_a_juger
from jalon.engagements.actions import produire_accord
from jalon.engagements.requetes import engagement_de
from jalon.instruction.actions import accorder_dossier, prendre_en_charge
from jalon.socle.dates import formater_date

DUREE, AGE = 24, 19
PIECES = (("cerfa_signe", "CERFA signé"), ("convention_tripartite", "Convention de formation"))


@dataclass(frozen=True)
class Contrat:
    """What a fictional contract says; `depot` and `debut` in days from now."""

    nom: str
    prenom: str
    siret: str
    depot: int
    debut: int


def deposer_les_contrats(scene: Metteur) -> None:
    """A draft without its pay, a contract to examine, a contract granted."""
    _saisir(scene, Contrat("Faure", "Inès", ANNECY, 0, 1), jusqu_a="contrat")
    _transmettre(scene, Contrat("Petit", "Nolan", LYON, -1, -2))
    _accorder(scene, _transmettre(scene, Contrat("Garnier", "Maëlle", LYON, -30, -32)))


def _saisir(scene: Metteur, contrat: Contrat, *, jusqu_a: str = "") -> Dossier:
    """A draft, typed in the order of the form, until that section."""
    quand, par = scene.le(contrat.depot, -2), scene.par("aline")
    dossier = creer_brouillon(dispositif=APPRENTISSAGE.code, siren=SIREN, siret=contrat.siret, par=par, maintenant=quand)
    reponses = _reponses(contrat, scene.jour(contrat.debut))
    for section in APPRENTISSAGE.sections:
        if section.code == jusqu_a:
            break
        gardee = dossier.reponses.get(section.code, {"version": 0, "valeurs": {}})
        tapees = _periodes(dossier, scene, contrat) if section.fiche.repetee else reponses.get(section.code, {})
        fait = enregistrer_section(
            dossier_id=dossier.pk,
            section=section.code,
            version=gardee["version"],
            valeurs={**gardee["valeurs"], **tapees},
            par=par,
            maintenant=quand,
        )
        dossier = fait.dossier
    return dossier


def _periodes(dossier: Dossier, scene: Metteur, contrat: Contrat) -> dict[str, Any]:
    """The periods that the portal proposes."""
    contenu = lire_reponses(APPRENTISSAGE, reponses_a_juger(dossier, scene.par("aline"))).partiel
    proposition = proposition_de(APPRENTISSAGE, "remunerations", contenu, contexte_de(dossier, scene.le(contrat.depot)))
    return {LIGNES: [dict(ligne.valeurs) for ligne in proposition.lignes] if proposition else []}


def _transmettre(scene: Metteur, contrat: Contrat) -> Dossier:
    dossier = _saisir(scene, contrat)
    for code, titre in PIECES:
        deposer_piece(
            dossier_id=dossier.pk,
            code=code,
            nom=f"{code}.pdf",
            contenu=io.BytesIO(document_fictif(titre, f"{contrat.prenom} {contrat.nom}", scene.jour(contrat.depot))),
            par=scene.par("aline"),
            maintenant=scene.le(contrat.depot, -1),
        )
    return transmettre_dossier(dossier_id=dossier.pk, par=scene.par("aline"), maintenant=scene.le(contrat.depot))


def _accorder(scene: Metteur, dossier: Dossier) -> None:
    emma = scene.par("emma")
    prendre_en_charge(dossier_id=dossier.pk, par=emma, maintenant=scene.le(-29))
    accorder_dossier(dossier_id=dossier.pk, montants_par_ligne={}, par=emma, maintenant=scene.le(-25))
    engagement = engagement_de(dossier, emma)
    if engagement is not None:
        produire_accord(engagement_id=engagement.pk, maintenant=scene.le(-25))


def _reponses(contrat: Contrat, debut: date) -> dict[str, dict[str, str]]:
    fin = dernier_jour(debut, DUREE)
    naissance = anniversaire(debut, -AGE) - timedelta(days=100)
    feminin = contrat.prenom in {"Inès", "Maëlle"}
    return {
        "entete": {"mode": "1"},
        "employeur": {
            "secteur": "prive", "voie": "rue des Halles", "telephone": "0478000000", "courriel": "aline@bellerive.example",
            "type_employeur": "12", "specifique": "0", "naf": "56.10A", "effectif": "38", "idcc": "1979", "caisse": "Klesia",
        },
        "apprenti": {
            "nom": contrat.nom, "prenom": contrat.prenom, "nir": f"{2 if feminin else 1}{naissance:%y%m}69123001",
            "voie": "quai Perrache", "code_postal": "69002", "commune": "Lyon", "telephone": "0612345678",
            "courriel": "apprenti@bellerive.example", "date_naissance": formater_date(naissance), "sexe": "F" if feminin else "M",
            "departement_naissance": "069", "commune_naissance": "Lyon", "nationalite": "1", "regime": "2", "sportif": "non",
            "rqth": "non", "rqth_equivalence": "non", "rqth_extension": "non", "situation": "1", "diplome_prepare": "41",
            "derniere_classe": "01", "intitule_prepare": "Bac pro cuisine", "diplome": "41", "projet": "non", "mineur": "non",
        },
        "maitre1": {
            "nom": "Roche", "prenom": "Paul", "date_naissance": "12/04/1985",
            "courriel": "maitre@bellerive.example", "emploi": "Chef de cuisine", "niveau": "5", "attestation": "oui",
            "diplome": "BTS management en hôtellerie restauration",
        },
        "maitre2": {"second": "non"},
        "contrat": {
            "type_contrat": "11", "date_conclusion": formater_date(debut - timedelta(days=4)), "date_debut": formater_date(debut),
            "date_pratique": formater_date(debut), "date_fin": formater_date(fin), "heures": "35", "travail_risque": "non",
            "salaire": "1000",
        },
        "cfa": {
            "interne": "non", "denomination": "Institut des métiers de la table", "uai": "0690199S", "siret": INSTITUT_SIRET,
            "voie": "place de l’École", "code_postal": "69003", "commune": "Lyon", "lieu_identique": "oui",
        },
        "formation": {
            "diplome": "54", "intitule": "BTS management en hôtellerie restauration", "code_diplome": "32033422", "rncp": "RNCP37889",
            "date_debut": formater_date(debut), "date_fin": formater_date(fin - timedelta(days=20)), "duree": "1350",
            "duree_distance": "0",
        },
        "signature": {"attestation_pieces": "oui", "fait_a": "Lyon"},
        "convention": {"prix": "17000", "repas": "100"},
    }  # fmt: skip
