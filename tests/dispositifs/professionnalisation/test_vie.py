"""The life of a contrat de professionnalisation: what a rupture asks, what each avenant opens, and the money that follows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.dispositifs.base import LIGNES, EffetSurArgent, Rupture
from jalon.dispositifs.lecture import lire_contenu
from jalon.dispositifs.professionnalisation import PROFESSIONNALISATION
from jalon.dispositifs.professionnalisation.demande import DemandeProfessionnalisation
from jalon.dispositifs.professionnalisation.vie import VIE
from jalon.dispositifs.professionnalisation.vie.avenants import AVENANTS, COMMUNES, FORMULAIRE
from jalon.socle.montants import ZERO
from tests.dispositifs.professionnalisation.contrats import contexte
from tests.dispositifs.professionnalisation.test_prise_en_charge import reponses

JOUR = date(2027, 3, 10)
CONTEXTE = contexte()
PROPRES = {"contrat__type_contrat": "30", "contrat__date_effet": "15/03/2027", "contrat__date_conclusion": "08/03/2027",
           "contrat__numero_precedent": "074202609000001"}  # fmt: skip


def demande(mois: str = "", **changements: str) -> DemandeProfessionnalisation:
    """01/09/2026 to 31/08/2027, 400 hours at 9,15 €."""
    lu, anomalies = lire_contenu(PROFESSIONNALISATION, reponses({"mois": mois}, **changements))
    assert isinstance(lu, DemandeProfessionnalisation), anomalies
    return lu


def rupture(le: date = date(2027, 3, 10), motif: str = "accord", heures: str = "150", **plus: Any) -> Rupture:
    dates = {} if motif not in DATES else {DATES[motif]: date(2027, 3, 5)}
    return Rupture(**{"le": le, "motif": motif, "dates": dates, "heures_faites": Decimal(heures), **plus})


DATES = {m.code: m.dates[0].code for m in VIE.motifs}


@pytest.mark.parametrize("motif", [m.code for m in VIE.motifs])
def test_chaque_motif_se_declare_avec_sa_date_et_les_heures_suivies(motif: str) -> None:
    nature = "cdi" if motif == "action" else "cdd"
    contrat = demande(nature__nature=nature)
    assert VIE.refus_de_rupture(contrat, rupture(motif=motif), JOUR, False) == {}
    assert set(VIE.refus_de_rupture(contrat, rupture(motif=motif, dates={}), JOUR, False)) == {DATES[motif]}


CAS: list[tuple[dict[str, Any], set[str]]] = [
    ({"motif": ""}, {"motif"}),
    ({"motif": "action"}, {"motif"}),
    ({"le": date(2026, 8, 31)}, {"le"}),
    ({"le": date(2026, 9, 1)}, {"le"}),
    ({"le": date(2027, 3, 4)}, {"le"}),
    ({"le": date(2027, 3, 5)}, set()),
    ({"le": date(2027, 8, 30)}, set()),
    ({"le": date(2027, 8, 31)}, {"le"}),
    ({"dates": {"signature": date(2027, 3, 11)}, "le": date(2027, 3, 12)}, {"signature"}),
    ({"heures_faites": None}, {"heures_faites"}),
    ({"heures_faites": Decimal(0)}, set()),
    ({"heures_faites": Decimal(400)}, set()),
    ({"heures_faites": Decimal("400.25")}, {"heures_faites"}),
    ({"formation_jusqu_au": date(2027, 4, 1)}, {"formation_jusqu_au"}),
]


@pytest.mark.parametrize(("changements", "cases"), CAS)
def test_ce_qu_une_rupture_refuse(changements: dict[str, Any], cases: set[str]) -> None:
    declaree = rupture(**changements)
    assert set(VIE.refus_de_rupture(demande(), declaree, JOUR, False)) == cases


def test_l_organisme_signale_sans_connaitre_le_motif_et_jamais_un_licenciement() -> None:
    contrat = demande()
    assert VIE.refus_de_rupture(contrat, rupture(motif=""), JOUR, True) == {}
    assert VIE.refus_de_rupture(contrat, rupture(dates={}), JOUR, True) == {}
    assert set(VIE.refus_de_rupture(contrat, rupture(motif="inaptitude"), JOUR, True)) == {"motif"}
    assert VIE.limite_du_maintien(contrat, rupture()) is None
    assert not VIE.maintient


def montants(effet: EffetSurArgent) -> dict[str, str]:
    return {x.poste: f"{x.montant_ht:f}" for x in effet.estimation.lignes}


@pytest.mark.parametrize(
    ("heures", "accordes", "prix", "attendu"),
    [
        ("150", {}, "", "1372.50"),
        ("0", {}, "", "0.00"),
        ("400", {}, "", "3660.00"),
        ("150", {"formation": Decimal("5000.00")}, "", "1875.00"),
        ("150", {"formation": Decimal("3660.00")}, "8", "1200.00"),
    ],
)
def test_une_rupture_paie_les_heures_suivies_au_taux_de_l_accord(
    heures: str, accordes: dict[str, Decimal], prix: str, attendu: str
) -> None:
    """D6332-85, D6332-86, R6332-25: an adviser may have granted more (D6332-88), a provider may be cheaper."""
    effet = VIE.rompre([demande(formation__cout=prix)], CONTEXTE, rupture(heures=heures), ZERO, accordes)
    assert montants(effet) == {"formation": attendu}
    assert (effet.du, effet.reste, effet.trop_verse, effet.heures) == (Decimal(attendu), Decimal(attendu), ZERO, Decimal(heures))


@pytest.mark.parametrize(("le", "paye"), [("30/09/2026", "230.00"), ("01/10/2026", "460.00"), ("10/03/2027", "1380.00")])
def test_les_mois_commences_par_le_tuteur_sont_payes(le: str, paye: str) -> None:
    """D6332-93: 230 € a month, six months at most."""
    jour, mois, annee = map(int, le.split("/"))
    declaree = rupture(le=date(annee, mois, jour), dates={"signature": date(annee, mois, jour)})
    assert montants(VIE.rompre([demande("9")], CONTEXTE, declaree, ZERO, {}))["exercice_accompagnant"] == paye


def test_un_avenant_compte_ses_heures_sous_les_regles_du_contrat() -> None:
    initial = demande()
    allege = demande(**PROPRES, formation__duree="300", formation__duree_enseignements="280")
    effet = VIE.reprendre([initial, allege], CONTEXTE, Decimal("3000.00"), {"formation": Decimal("3660.00")})
    assert montants(effet) == {"formation": "2745.00"}
    assert (effet.reste, effet.trop_verse) == (ZERO, Decimal("255.00"))


CENTIMES = st.integers(0, 900_000).map(lambda c: Decimal(c) / 100)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 40_000), CENTIMES, CENTIMES)
def test_l_argent_tombe_juste_au_centime(centiemes: int, verse: Decimal, accorde: Decimal) -> None:
    heures = Decimal(centiemes) / 100
    declaree = Rupture(le=date(2027, 3, 10), motif="accord", dates={"signature": date(2027, 3, 5)}, heures_faites=heures)
    effet = VIE.rompre([demande("6")], CONTEXTE, declaree, verse, {"formation": accorde})
    assert effet.deja_verse + effet.reste - effet.trop_verse == effet.du
    assert ZERO in {effet.reste, effet.trop_verse}
    assert effet.estimation.lignes[0].montant_ht <= accorde


def test_les_cases_ouvertes_existent_et_l_essentiel_ne_change_jamais() -> None:
    connues = {s.code for s in FORMULAIRE.sections} | {f"{s.code}.{c.nom}" for s in FORMULAIRE.sections for c in s.cases}
    for genre in AVENANTS:
        ouvertes = VIE.ouvertes(genre.code)
        assert ouvertes <= connues
        assert ouvertes >= COMMUNES
        assert (
            not {"contrat.date_debut", "formation.siret", "formation.interne", "salarie.nir", "salarie.nom", "nature.nature"}
            & ouvertes
        )
        assert not {"contrat", "formation", "salarie", "nature"} & ouvertes
    assert VIE.ouvertes("36") == frozenset()


AVENANTS_JUGES: list[tuple[str, str, dict[str, str], set[str]]] = [
    ("programme", "cdd", {"formation__duree": "300", "formation__duree_enseignements": "280"}, set()),
    ("programme", "cdd", {"contrat__date_fin": "30/09/2027"}, {"contrat.date_fin"}),
    ("programme", "cdd", {}, {"contrat.type_contrat"}),
    ("programme", "cdd", {"formation__duree": "300", "contrat__date_effet": "01/09/2027"}, {"contrat.date_effet"}),
    ("programme", "cdd", {"formation__duree": "300", "contrat__date_effet": "31/08/2027"}, set()),
    ("travail", "cdd", {"contrat__heures": "30", "tuteur__nom": "Autre"}, set()),
    ("travail", "cdd", {"formation__duree": "300"}, {"formation.duree"}),
    ("duree", "cdi", {"contrat__date_fin": "30/09/2027"}, set()),
    ("duree", "cdd", {"contrat__date_fin": "30/09/2027"}, {"contrat.date_fin"}),
    ("employeur", "cdd", {"employeur__siret": "12345678200010", "employeur__denomination": "Bellerive"}, set()),
    ("employeur", "cdd", {"salarie__nom": "Autre"}, {"salarie.nom"}),
    ("36", "cdd", {"contrat__heures": "30"}, {"contrat.type_contrat"}),
]


@pytest.mark.parametrize(("code", "nature", "changements", "cases"), AVENANTS_JUGES)
def test_chaque_avenant_n_ouvre_que_ses_cases(code: str, nature: str, changements: dict[str, str], cases: set[str]) -> None:
    avant, apres = demande(nature__nature=nature), demande(**{"nature__nature": nature, **PROPRES, **changements})
    assert set(VIE.refus_d_avenant(code, avant, apres)) == cases


def test_un_renouvellement_recopie_les_personnes_jamais_les_dates() -> None:
    """L6325-7."""
    assert [s.code for s in VIE.suites] == ["21", "22", "23", "24"]
    sections = VIE.reponses_de_la_suite("21", reponses())
    assert sections["contrat"] == {"type_contrat": "21"}
    assert sections["salarie"]["nom"] == "Exemple"
    assert (sections["salarie"]["situation"], sections["tuteur"]["attestation"]) == ("", "")
    assert not {"formation", "opco", "accompagnement"} & set(sections)
    assert all(LIGNES not in valeurs for valeurs in sections.values())
