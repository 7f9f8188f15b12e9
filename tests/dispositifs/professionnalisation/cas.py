"""For each control: what passes, what fails, and the last value on each side of its limit."""

from datetime import date
from typing import Any

from jalon.dispositifs.base import FicheCertification, FicheEtablissement, FicheIdcc
from jalon.socle.baremes import GuichetSuspendu, JeuDeRegles
from tests.dispositifs.exemples import APRES_UNE_PANNE

PASSE, ECHOUE = False, True
UTILISATEUR = {
    "utilisateur__nom": "Morel",
    "utilisateur__prenom": "Luc",
    "utilisateur__emploi": "Chef d’équipe",
    "utilisateur__date_naissance": "12/04/1985",
}


def ne_le(jour: str, **plus: str) -> dict[str, str]:
    """Another day of birth, with a NIR that agrees; paid enough for anyone."""
    _, mois, annee = jour.split("/")
    return {"salarie__date_naissance": jour, "salarie__nir": f"2{annee[2:]}{mois}74010001", "contrat__salaire": "5000", **plus}


def du_au(debut: str, fin: str, **plus: str) -> dict[str, str]:
    """Other dates, taught enough."""
    return {
        "contrat__date_conclusion": debut,
        "contrat__date_debut": debut,
        "contrat__date_fin": fin,
        "formation__date_debut": debut,
        "formation__date_fin": fin,
        "formation__duree": "400",
        **plus,
    }


def _fermes(*prefixes: str) -> dict[str, Any]:
    return {
        "etablissement": lambda siret: FicheEtablissement(siret=siret, denomination="", ouvert=not siret.startswith(prefixes))
    }


def _guichet(du: date, au: date | None, idcc: str = "1979") -> dict[str, Any]:
    """A branch suspended between two days, for every fund."""
    ferme = GuichetSuspendu(
        code="g", dispositif="professionnalisation", idcc=idcc, du=du, au=au, fonds="*", message="Fonds épuisés."
    )
    return {"regles": JeuDeRegles(guichets=(ferme,))}


CAS: dict[str, list[tuple[bool, dict[str, str], dict[str, Any]]]] = {
    "guichet-suspendu": [
        (PASSE, {}, _guichet(date(2026, 9, 3), None)),
        (ECHOUE, {}, _guichet(date(2026, 9, 2), date(2026, 9, 2))),
        (PASSE, {}, _guichet(date(2026, 9, 1), date(2026, 9, 1))),
        (PASSE, {}, _guichet(date(2026, 9, 2), None, idcc="3043")),
        (ECHOUE, {}, _guichet(date(2026, 9, 1), None, idcc="*")),
    ],
    "employeur-du-compte": [
        (PASSE, {}, {"sirens": frozenset({"130025265"})}),
        (ECHOUE, {}, {"sirens": frozenset({"418166096"})}),
    ],
    "employeur-au-registre": [
        (PASSE, {}, _fermes("418")),
        (ECHOUE, {}, _fermes("130")),
        (ECHOUE, {}, {"etablissement": lambda _: None}),
    ],
    "employeur-idcc": [
        (ECHOUE, {"employeur__idcc": "0001"}, {}),
        (PASSE, {"employeur__idcc": "9999"}, {}),
        (ECHOUE, {}, {"idcc": lambda code: FicheIdcc(code=code, libelle="", opco="AFDAS"), "opco": "AKTO"}),
    ],
    "employeur-travail-temporaire": [
        (ECHOUE, {"nature__nature": "tt"}, {}),
        (PASSE, {"nature__nature": "tt", "employeur__specifique": "1", **UTILISATEUR}, {}),
    ],
    "salarie-public": [
        (PASSE, ne_le("01/09/2010"), {}),
        (ECHOUE, ne_le("02/09/2010"), {}),
        (PASSE, ne_le("02/09/2000", salarie__situation="10"), {}),
        (ECHOUE, ne_le("01/09/2000", salarie__situation="10"), {}),
        (PASSE, ne_le("01/09/2000", salarie__situation="9"), {}),
        (PASSE, ne_le("01/09/2000", salarie__situation="6"), {}),
        (PASSE, ne_le("01/09/1990", salarie__situation="10", salarie__minimum_social="1"), {}),
        (
            PASSE,
            ne_le(
                "01/09/1990",
                salarie__situation="10",
                salarie__inscrit="oui",
                salarie__numero_inscription="1",
                salarie__mois_inscription="2",
            ),
            {},
        ),
    ],
    "salarie-naissance-passee": [(ECHOUE, ne_le("03/09/2026"), {}), (PASSE, ne_le("02/09/2026"), {})],
    "salarie-scolaire": [(ECHOUE, {"salarie__situation": "1"}, {}), (ECHOUE, {"salarie__situation": "3"}, {}), (PASSE, {}, {})],
    "salarie-nir-sexe": [
        (ECHOUE, {"salarie__sexe": "M"}, {}),
        (PASSE, {"salarie__sexe": "M", "salarie__nir": "1060774010001"}, {}),
    ],
    "salarie-nir-naissance": [
        (ECHOUE, {"salarie__date_naissance": "15/07/2005"}, {}),
        (ECHOUE, {"salarie__date_naissance": "15/08/2006"}, {}),
        (PASSE, {"salarie__nir": "2062074010001"}, {}),
    ],
    "salarie-nir-departement": [
        (ECHOUE, {"salarie__departement_naissance": "73"}, {}),
        (PASSE, {"salarie__departement_naissance": "074"}, {}),
    ],
    "tuteur-majeur": [
        (ECHOUE, {"tuteur__date_naissance": "02/09/2008"}, {}),
        (PASSE, {"tuteur__date_naissance": "01/09/2008"}, {}),
    ],
    "tuteur-distinct": [
        (ECHOUE, {"tuteur__nom": "EXEMPLE", "tuteur__prenom": "zoe", "tuteur__date_naissance": "15/07/2006"}, {}),
        (PASSE, {"tuteur__nom": "Exemple", "tuteur__prenom": "Zoé"}, {}),
    ],
    "attestation-tuteur": [(ECHOUE, {"tuteur__attestation": "non"}, {}), (PASSE, {}, {})],
    "attestation-pieces": [(ECHOUE, {"opco__attestation_pieces": "non"}, {}), (PASSE, {}, {})],
    "contrat-fin-apres-debut": [
        (ECHOUE, {"contrat__date_fin": "01/09/2026"}, {}),
        (PASSE, {"contrat__date_fin": "02/09/2026"}, {}),
    ],
    "contrat-signe-avant": [
        (ECHOUE, {"contrat__date_conclusion": "02/09/2026"}, {}),
        (PASSE, {"contrat__date_conclusion": "01/09/2026"}, {}),
        (
            PASSE,
            {
                "contrat__date_conclusion": "02/10/2026",
                "contrat__type_contrat": "30",
                "contrat__numero_precedent": "1",
                "contrat__date_effet": "03/10/2026",
            },
            {},
        ),
    ],
    "contrat-transmission": [
        (PASSE, {}, {"aujourdhui": date(2026, 9, 6)}),
        (ECHOUE, {}, {"aujourdhui": date(2026, 9, 7)}),
        (PASSE, {}, {"aujourdhui": date(2026, 12, 1), "depose_le": date(2026, 9, 1)}),
        (PASSE, {}, {"aujourdhui": date(2026, 10, 15), "regles": APRES_UNE_PANNE}),
        (ECHOUE, {}, {"aujourdhui": date(2026, 10, 16), "regles": APRES_UNE_PANNE}),
        (PASSE, {}, {"aujourdhui": date(2026, 12, 1), "depose_le": date(2026, 10, 15), "regles": APRES_UNE_PANNE}),
    ],
    "contrat-duree-minimum": [
        (PASSE, du_au("01/09/2026", "28/02/2027"), {}),
        (ECHOUE, du_au("01/09/2026", "27/02/2027"), {}),
    ],
    "contrat-duree-maximum": [
        (PASSE, {}, {}),
        (ECHOUE, du_au("01/09/2026", "01/09/2027"), {}),
        (ECHOUE, du_au("01/09/2026", "31/08/2028"), {}),
        (PASSE, du_au("01/09/2026", "31/08/2029", salarie__diplome="60"), {}),
        (ECHOUE, du_au("01/09/2026", "01/09/2029", salarie__diplome="60"), {}),
        (ECHOUE, du_au("01/09/2026", "31/08/2029", salarie__diplome="51"), {}),
        (
            PASSE,
            du_au(
                "01/09/2026",
                "31/08/2029",
                salarie__inscrit="oui",
                salarie__numero_inscription="1",
                salarie__mois_inscription="13",
            ),
            {},
        ),
        (
            ECHOUE,
            du_au(
                "01/09/2026",
                "31/08/2029",
                salarie__inscrit="oui",
                salarie__numero_inscription="1",
                salarie__mois_inscription="12",
            ),
            {},
        ),
    ],
    "contrat-date-effet": [
        (ECHOUE, {"contrat__type_contrat": "30", "contrat__numero_precedent": "1", "contrat__date_effet": "01/09/2027"}, {}),
        (PASSE, {"contrat__type_contrat": "30", "contrat__numero_precedent": "1", "contrat__date_effet": "31/08/2027"}, {}),
        (ECHOUE, {"contrat__type_contrat": "30", "contrat__numero_precedent": "1", "contrat__date_effet": "31/08/2026"}, {}),
    ],
    "contrat-renouvellement": [
        (ECHOUE, {"salarie__situation": "5"}, {}),
        (PASSE, {"salarie__situation": "5", "contrat__type_contrat": "24", "contrat__numero_precedent": "1"}, {}),
    ],
    "remuneration-salaire": [
        (PASSE, {"contrat__salaire": "1213,56"}, {}),
        (ECHOUE, {"contrat__salaire": "1213,54"}, {}),
        (PASSE, {"contrat__salaire": "1026,86", "salarie__diplome": "42"}, {}),
        (ECHOUE, {"contrat__salaire": "1026,84", "salarie__diplome": "42"}, {}),
        (PASSE, {"contrat__salaire": "1040,20", "contrat__heures": "30"}, {}),
        (PASSE, {**ne_le("01/08/2005"), "contrat__salaire": "1493,62"}, {}),
        (ECHOUE, {**ne_le("01/08/2005"), "contrat__salaire": "1493,60"}, {}),
        (PASSE, {**ne_le("15/08/2005"), "contrat__salaire": "1493,62"}, {}),
        (PASSE, {**ne_le("01/09/2005"), "contrat__salaire": "1213,56"}, {}),
        (ECHOUE, {**ne_le("01/01/1995"), "contrat__salaire": "1900", "contrat__salaire_conventionnel": "2300"}, {}),
        (PASSE, {**ne_le("01/01/1995"), "contrat__salaire": "1955", "contrat__salaire_conventionnel": "2300"}, {}),
        (ECHOUE, {**ne_le("01/01/1995"), "contrat__salaire": "1867", "contrat__salaire_conventionnel": "1900"}, {}),
    ],
    "remuneration-bac-technologique": [(ECHOUE, {"salarie__diplome": "43"}, {}), (PASSE, {"salarie__diplome": "49"}, {})],
    "formation-fin-dans-le-contrat": [
        (ECHOUE, {"formation__date_fin": "01/09/2027"}, {}),
        (PASSE, {"formation__date_fin": "31/08/2027"}, {}),
        (ECHOUE, {"formation__date_debut": "31/08/2026"}, {}),
        (PASSE, {"formation__date_debut": "01/09/2026"}, {}),
        (ECHOUE, {"formation__date_fin": "06/09/2026"}, {}),
    ],
    "formation-duree-minimum": [
        (PASSE, {"formation__duree": "241", "formation__duree_enseignements": "200"}, {}),
        (ECHOUE, {"formation__duree": "240", "formation__duree_enseignements": "200"}, {}),
        (PASSE, du_au("01/09/2026", "28/02/2027", formation__duree="150", formation__duree_enseignements="100"), {}),
        (ECHOUE, du_au("01/09/2026", "28/02/2027", formation__duree="149", formation__duree_enseignements="100"), {}),
    ],
    "formation-duree-maximum": [
        (PASSE, {"formation__duree": "401"}, {}),
        (ECHOUE, {"formation__duree": "402"}, {}),
    ],
    "formation-durees": [
        (ECHOUE, {"formation__duree_enseignements": "401"}, {}),
        (ECHOUE, {"formation__duree_distance": "401"}, {}),
        (PASSE, {"formation__duree_distance": "400", "formation__duree_enseignements": "400"}, {}),
    ],
    "formation-rncp-actif": [
        (ECHOUE, {}, {"certification": lambda _: None}),
        (ECHOUE, {}, {"certification": lambda c: FicheCertification(code=c, intitule="", active_au=date(2026, 8, 23))}),
        (PASSE, {}, {"certification": lambda c: FicheCertification(code=c, intitule="", active_au=date(2026, 8, 24))}),
        (PASSE, {"formation__qualification": "2"}, {"certification": lambda _: None}),
    ],
    "organisme-au-registre": [
        (ECHOUE, {}, _fermes("418")),
        (PASSE, {}, _fermes("130")),
        (PASSE, {"formation__interne": "oui"}, _fermes("418")),
    ],
    "organisme-distinct": [
        (ECHOUE, {"formation__siret": "13002526500013"}, {}),
        (PASSE, {"formation__siret": "13002526500013", "formation__interne": "oui"}, {}),
    ],
}
