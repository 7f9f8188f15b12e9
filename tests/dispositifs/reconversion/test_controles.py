"""Each control of a period of reconversion passes, fails, and stops at the right value; what is paid for it."""

import copy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jalon.dispositifs.base import Anomalie, FicheCertification, FicheEtablissement
from jalon.dispositifs.base.controles import CASE_MANQUANTE, REFERENTIEL_ABSENT
from jalon.dispositifs.lecture import verifier
from jalon.dispositifs.reconversion.declaration import PERIODE_DE_RECONVERSION
from jalon.dispositifs.reconversion.financement import estimer
from jalon.referentiels.paquet_alternance import jeu_alternance
from jalon.socle.baremes import GuichetSuspendu, JeuDeRegles
from jalon.socle.baremes_alternance import RegleAbsente
from tests.dispositifs.apprentissage.contrats import contexte

LE = date(2026, 10, 20)
REPONSES: dict[str, dict[str, Any]] = {
    "entreprise": {
        "siret": "13002526500013",
        "denomination": "Hôtel du Lac",
        "code_postal": "74000",
        "idcc": "1979",
        "effectif": "20",
        "contact_nom": "Aline Roche",
        "contact_courriel": "aline@exemple.fr",
    },
    "salarie": {
        "nom": "Exemple",
        "prenom": "Zoé",
        "nir": "2950774010001",
        "date_naissance": "15/07/1995",
        "sexe": "F",
        "courriel": "zoe@exemple.fr",
        "emploi": "Réceptionniste",
    },
    "periode": {
        "mode": "interne",
        "date_accord": "15/10/2026",
        "date_debut": "02/11/2026",
        "date_fin": "01/11/2027",
        "par_accord": "non",
        "emploi_vise": "Comptable",
    },
    "accueil": {},
    "formation": {
        "certification": "rncp",
        "intitule": "Titre comptable",
        "rncp": "RNCP37949",
        "organisme": "Savoir Faire",
        "siret": "41816609600069",
        "nda": "82740123474",
        "heures": "300",
    },
    "couts": {"prix": "4000", "annexes_par_accord": "non"},
}
EXTERNE = {
    "periode__mode": "externe",
    "accueil__siret": "35600000000048",
    "accueil__denomination": "La Poste",
    "accueil__contrat": "cdd",
    "accueil__date_debut": "02/11/2026",
    "accueil__date_fin": "01/05/2027",
    "accueil__essai": "30",
}
PASSE, ECHOUE = False, True


def _guichet(du: date, au: date | None, idcc: str = "1979") -> dict[str, Any]:
    """A branch suspended between two days, for every fund."""
    ferme = GuichetSuspendu(code="g", dispositif="reconversion", idcc=idcc, du=du, au=au, fonds="*", message="Fonds épuisés.")
    return {"regles": JeuDeRegles(guichets=(ferme,))}


CAS: dict[str, list[tuple[bool, dict[str, str], dict[str, Any]]]] = {
    "guichet-suspendu": [
        (PASSE, {}, _guichet(date(2026, 10, 21), None)),
        (ECHOUE, {}, _guichet(date(2026, 10, 20), date(2026, 10, 20))),
        (PASSE, {}, _guichet(date(2026, 10, 19), date(2026, 10, 19))),
        (PASSE, {}, _guichet(date(2026, 10, 20), None, idcc="3043")),
        (ECHOUE, {}, _guichet(date(2026, 10, 19), None, idcc="*")),
    ],
    "entreprise-du-compte": [
        (ECHOUE, {}, {"sirens": frozenset({"418166096"})}),
        (PASSE, {}, {"sirens": frozenset({"130025265"})}),
    ],
    "entreprise-au-registre": [
        (ECHOUE, {}, {"etablissement": lambda siret: FicheEtablissement(siret=siret, denomination="", ouvert=False)}),
        (PASSE, {}, {}),
    ],
    "entreprise-idcc": [(ECHOUE, {"entreprise__idcc": "0001"}, {}), (PASSE, {"entreprise__idcc": "9999"}, {})],
    "salarie-nir-sexe": [(ECHOUE, {"salarie__sexe": "M"}, {}), (PASSE, {}, {})],
    "salarie-nir-naissance": [
        (ECHOUE, {"salarie__date_naissance": "15/08/1995"}, {}),
        (PASSE, {"salarie__date_naissance": "01/07/1995"}, {}),
    ],
    "periode-accord-avant": [
        (ECHOUE, {"periode__date_accord": "03/11/2026"}, {}),
        (PASSE, {"periode__date_accord": "02/11/2026"}, {}),
    ],
    "periode-depot": [
        (ECHOUE, {}, {"aujourdhui": date(2026, 10, 2)}),
        (PASSE, {}, {"aujourdhui": date(2026, 10, 3)}),
        (PASSE, {}, {"aujourdhui": date(2026, 11, 1)}),
        (ECHOUE, {}, {"aujourdhui": date(2026, 11, 2)}),
    ],
    "periode-duree": [
        (PASSE, {"periode__date_fin": "01/11/2027"}, {}),
        (ECHOUE, {"periode__date_fin": "02/11/2027"}, {}),
        (PASSE, {"periode__date_fin": "01/11/2029", "periode__par_accord": "oui"}, {}),
        (ECHOUE, {"periode__date_fin": "02/11/2029", "periode__par_accord": "oui"}, {}),
        (PASSE, {"periode__date_fin": "02/11/2027", "formation__certification": "clea"}, {}),
        (ECHOUE, {"periode__date_fin": "01/11/2026"}, {}),
    ],
    "formation-heures": [
        (ECHOUE, {"formation__heures": "149,75"}, {}),
        (PASSE, {"formation__heures": "150"}, {}),
        (PASSE, {"formation__heures": "450"}, {}),
        (ECHOUE, {"formation__heures": "451"}, {}),
        (PASSE, {"formation__heures": "2100", "periode__par_accord": "oui"}, {}),
        (ECHOUE, {"formation__heures": "2101", "periode__par_accord": "oui"}, {}),
        (PASSE, {"formation__heures": "70", "formation__certification": "clea"}, {}),
    ],
    "accueil-distinct": [
        (ECHOUE, {**EXTERNE, "accueil__siret": "13002526500013"}, {}),
        (PASSE, EXTERNE, {}),
    ],
    "accueil-cdd": [
        (PASSE, EXTERNE, {}),
        (ECHOUE, {**EXTERNE, "accueil__date_fin": "30/04/2027"}, {}),
        (PASSE, {**EXTERNE, "accueil__contrat": "cdi", "accueil__date_fin": "30/04/2027"}, {}),
    ],
    "formation-rncp-actif": [
        (ECHOUE, {}, {"certification": lambda _: None}),
        (PASSE, {}, {"certification": lambda c: FicheCertification(code=c, intitule="", active_au=date(2026, 10, 15))}),
        (ECHOUE, {}, {"certification": lambda c: FicheCertification(code=c, intitule="", active_au=date(2026, 10, 14))}),
        (PASSE, {"formation__certification": "cqp"}, {"certification": lambda _: None}),
    ],
    "organisme-distinct": [(ECHOUE, {"formation__siret": "13002526500013"}, {}), (PASSE, {}, {})],
    "couts-cpf": [
        (PASSE, {"couts__cpf": "1000", "couts__cpf_droits": "2000"}, {}),
        (ECHOUE, {"couts__cpf": "1000,01", "couts__cpf_droits": "2000"}, {}),
        (ECHOUE, {"couts__cpf": "1000"}, {}),
        (PASSE, {**EXTERNE, "couts__cpf": "2000", "couts__cpf_droits": "2000"}, {}),
    ],
    "couts-cpf-dans-le-prix": [
        (ECHOUE, {"couts__cpf": "4000,01", "couts__cpf_droits": "9000"}, {}),
        (PASSE, {"couts__cpf": "4000", "couts__cpf_droits": "9000"}, {}),
    ],
}
CAS_A_PLAT = [
    pytest.param(identifiant, *cas, id=f"{identifiant}-{rang}")
    for identifiant, liste in CAS.items()
    for rang, cas in enumerate(liste)
]


def anomalies(changements: dict[str, str], **plus: Any) -> list[Anomalie]:
    copie = copy.deepcopy(REPONSES)
    for chemin, valeur in changements.items():
        section, champ = chemin.split("__")
        copie[section][champ] = valeur
    donnees = {section: {"version": 0, "valeurs": valeurs} for section, valeurs in copie.items()}
    return verifier(PERIODE_DE_RECONVERSION, donnees, contexte(**{"aujourdhui": LE, **plus})).anomalies


def test_une_demande_complete_n_a_aucune_anomalie() -> None:
    assert anomalies({}) == []
    assert anomalies(EXTERNE) == []


@pytest.mark.parametrize(("identifiant", "attendu", "changements", "plus"), CAS_A_PLAT)
def test_un_controle(identifiant: str, attendu: bool, changements: dict[str, str], plus: dict[str, Any]) -> None:
    trouvees = {a.controle for a in anomalies(changements, **plus)}
    assert not trouvees & {CASE_MANQUANTE, "case-illisible"}
    assert (identifiant in trouvees) is attendu


def test_chaque_controle_a_un_cas_de_chaque_cote() -> None:
    assert set(CAS) == {c.identifiant for c in PERIODE_DE_RECONVERSION.controles}
    for identifiant, cas in CAS.items():
        assert {attendu for attendu, _, _ in cas} == {True, False}, identifiant


def test_les_cases_qui_dependent_d_une_autre() -> None:
    manques = {a.cases[0] for a in anomalies({"periode__mode": "externe"}) if a.controle == CASE_MANQUANTE}
    assert manques == {f"accueil.{champ}" for champ in ("siret", "denomination", "contrat", "date_debut", "essai")}
    sans_fin = {k: v for k, v in EXTERNE.items() if k != "accueil__date_fin"}
    assert [a.cases for a in anomalies(sans_fin)] == [("accueil.date_fin",)]


@pytest.mark.parametrize("table", ["etablissement", "idcc", "certification"])
def test_une_table_absente_avertit_et_ne_bloque_rien(table: str) -> None:
    assert {(a.controle, a.bloque) for a in anomalies({}, **{table: None})} == {(REFERENTIEL_ABSENT, False)}


def test_ce_que_l_opco_paie() -> None:
    """Code du travail, D6332-90: 9,15 € by hour for want of a forfait, within what is left to pay."""
    jeu = jeu_alternance()
    seule = estimer(Decimal(300), LE, jeu, prix=Decimal(4000))
    assert (seule.total, seule.reste_a_charge) == (2745, 1255)
    avec_cpf = estimer(Decimal(300), LE, jeu, prix=Decimal(4000), cpf=Decimal(2000))
    assert (avec_cpf.total, avec_cpf.reste_a_charge) == (2000, 0)
    assert "dans la limite du prix" in avec_cpf.motif
    assert estimer(Decimal(300), LE, jeu, prix=Decimal(1000), cpf=Decimal(1500)).total == 0
    with pytest.raises(RegleAbsente):
        estimer(Decimal(300), date(2025, 12, 31), jeu, prix=Decimal(1000))
