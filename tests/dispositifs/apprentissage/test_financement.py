"""The money of a contract: level, years, participation, annex costs, explanations, and the JSON printed."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jalon.dispositifs.apprentissage.financement import EstimationContrat, Rupture, Tranche, en_json, estimer
from jalon.socle.baremes_alternance import ForfaitFrais, NatureFrais, RegleAbsente, ValeurAmorcage
from jalon.socle.erreurs import SaisieRefusee
from tests.dispositifs.apprentissage.exemples import JEU, contrat, estimation, jour, montants, ouvertures

A_DISTANCE: dict[str, Any] = {"heures_formation": Decimal(500), "heures_distance": Decimal(400)}


def libelles(estimee: EstimationContrat) -> list[str]:
    return [ligne.libelle for ligne in estimee.explications]


def explication(estimee: EstimationContrat, debut: str) -> str:
    """« montant source » of the line that begins so."""
    (ligne,) = [e for e in estimee.explications if e.libelle.startswith(debut)]
    return f"{ligne.montant} {ligne.source}"


def test_l_exemple_de_deux_ans() -> None:
    """regles.md §6."""
    estimee = estimation()
    assert ouvertures(estimee) == [
        "E1 01/09/2026 40",
        "E2 01/03/2027 30",
        "E3 01/06/2027 20",
        "E4 01/09/2027 10",
        "E5 01/09/2027 40",
        "E6 01/03/2028 30",
        "E7 01/06/2028 20",
        "E8 01/09/2028 10",
    ]
    assert montants(estimee) == ["2450.00", "2400.00", "1600.00", "800.00", "3200.00", "2400.00", "1600.00", "800.00"]
    assert [e.annee for e in estimee.echeances] == [1, 1, 1, 1, 2, 2, 2, 2]
    assert [e.brut for e in estimee.echeances][:2] == [Decimal(3200), Decimal(2400)]
    assert [e.solde for e in estimee.echeances] == [False, False, False, True] * 2
    assert [(a.jours, a.montant) for a in estimee.annees] == [(365, Decimal(8000)), (366, Decimal(8000))]
    assert (estimee.total, estimee.participation_employeur) == (Decimal(16000), Decimal(750))


def test_le_dernier_solde_est_perdu_apres_quatre_mois() -> None:
    """Code du travail, R6332-25, III, 4°; regles.md §6: documents until 31/12/2028."""
    estimee = estimation()
    assert [e.perdu_apres for e in estimee.echeances] == [*[None] * 7, jour("31/12/2028")]
    ligne = "Dernier solde, perdu si le CFA n’envoie pas ses justificatifs au plus tard le 31/12/2028"
    assert explication(estimee, ligne) == "800.00 Code du travail, R6332-25"


@pytest.mark.parametrize(
    ("changements", "attendu", "article"),
    [
        ({}, "8000.00", "D6332-78"),
        ({"npec": None}, "6000.00", "D6332-80"),
        ({"npec": None, "niveau": 3}, "5470.00", "D6332-80"),
        ({"npec": None, "niveau": 4}, "5621.00", "D6332-80"),
        ({"npec": None, "niveau": 5}, "6000.00", "D6332-80"),
        ({"npec": None, "niveau": 7}, "7000.00", "D6332-80"),
        ({"npec": None, "niveau": 8}, "7000.00", "D6332-80"),
    ],
)
def test_le_niveau_est_celui_de_la_branche_sinon_celui_d_amorcage(
    changements: dict[str, Any], attendu: str, article: str
) -> None:
    estimee = estimation(**changements)
    assert (str(estimee.npec), str(estimee.annees[0].montant)) == (attendu, attendu)
    assert f"{estimee.explications[0].montant} {estimee.explications[0].source}" == f"{attendu} Code du travail, {article}"


def test_le_niveau_dit_d_ou_il_vient() -> None:
    assert libelles(estimation())[0] == "Niveau de prise en charge annuel du contrat"
    assert libelles(estimation(npec_source="RNCP38363, CPNE 12"))[0].endswith("du contrat (RNCP38363, CPNE 12)")
    amorce = estimation(npec=None)
    assert "niveau 6" in libelles(amorce)[0]
    assert "régularisée" in libelles(amorce)[0]
    assert "amorcage-6@1" in amorce.references


def test_sans_amorcage_publie_rien_ne_se_calcule() -> None:
    with pytest.raises(RegleAbsente, match="niveau 2"):
        estimation(npec=None, niveau=2)
    with pytest.raises(RegleAbsente, match="31/08/2022"):
        estimation(npec=None, conclusion=date(2022, 8, 31))
    assert estimation(npec=None, conclusion=date(2022, 9, 1)).npec == 6000


def test_un_amorcage_peut_dependre_de_la_branche() -> None:
    propre = ValeurAmorcage(code="x", idcc="3043", valide_du=date(2026, 1, 1), niveau_min=6, niveau_max=6, montant=Decimal(6500))
    jeu = replace(JEU, amorcages=(propre, *JEU.amorcages))
    assert estimer(contrat(npec=None, idcc="3043"), jeu).npec == 6500
    assert estimer(contrat(npec=None, idcc="1979"), jeu).npec == 6000


@pytest.mark.parametrize(
    ("npec", "changements", "minoration"),
    [
        (8000, {}, "1600.00"),
        (8000, {"heures_distance": Decimal("399.99")}, "0.00"),
        (8000, {"heures_distance": Decimal(500)}, "1600.00"),
        (8000, {"certification_exemptee": True}, "0.00"),
        (8000, {"heures_formation": Decimal(0), "heures_distance": Decimal(0)}, "0.00"),
        (8000, {"conclusion": date(2025, 6, 30)}, "0.00"),
        (8000, {"conclusion": date(2025, 7, 1)}, "1600.00"),
        (5000, {}, "1000.00"),  # 4 000 exactly
        (4999, {}, "999.00"),  # not under 4 000
        (4000, {}, "0.00"),
        (3000, {}, "0.00"),  # never above itself
        ("5333.33", {}, "1066.67"),
    ],
)
def test_la_minoration_pour_distance(npec: Any, changements: dict[str, Any], minoration: str) -> None:
    """Code du travail, D6332-82-1."""
    estimee = estimation(npec=Decimal(npec), **{**A_DISTANCE, **changements})
    assert str(estimee.minoration) == minoration
    assert estimee.annees[0].montant == Decimal(npec) - Decimal(minoration)


@pytest.mark.parametrize(
    ("npec", "exemptee", "ligne"),
    [
        (8000, False, "Au moins 80\u00a0% des heures à distance\u00a0: minoration de 20\u00a0%"),
        (
            4500,
            False,
            "Au moins 80\u00a0% des heures à distance\u00a0: minoration limitée, le niveau ne descend pas sous 4\u00a0000,00\u00a0€",
        ),
        (8000, True, "Au moins 80\u00a0% des heures à distance, mais la certification est dispensée de la minoration"),
    ],
)
def test_la_minoration_est_expliquee(npec: int, exemptee: bool, ligne: str) -> None:
    estimee = estimation(npec=Decimal(npec), certification_exemptee=exemptee, **A_DISTANCE)
    assert ligne in libelles(estimee)
    assert explication(estimee, "Au moins") == f"{-estimee.minoration} Code du travail, D6332-82-1"
    assert "distance@1" in estimee.references
    assert not any("distance" in x for x in libelles(estimation()))


@pytest.mark.parametrize(
    ("demandes", "retenus", "majoration"),
    [
        (["4000"], ["12000.00", "8000.00"], "4000.00"),
        (["4000.01", "1000"], ["12000.00", "9000.00"], "4000.00"),
        (["0", "1500.50"], ["8000.00", "9500.50"], "1500.50"),
        (["0", "0", "4000"], ["8000.00", "8000.00"], "0.00"),  # no third year
        ([], ["8000.00", "8000.00"], "0.00"),
    ],
)
def test_la_majoration_rqth_par_annee(demandes: list[str], retenus: list[str], majoration: str) -> None:
    """Code du travail, D6332-82: 4 000 € a year at most."""
    estimee = estimation(rqth_par_annee=tuple(map(Decimal, demandes)))
    assert [str(a.montant) for a in estimee.annees] == retenus
    assert str(estimee.majoration) == majoration


def test_la_majoration_rqth_est_expliquee_et_datee() -> None:
    estimee = estimation(rqth_par_annee=(Decimal(5000), Decimal(0)))
    ligne = "Majoration annuelle pour un apprenti travailleur handicapé, année 1, limitée à 4\u00a0000,00\u00a0€"
    assert explication(estimee, ligne) == "4000.00 Code du travail, D6332-82"
    assert not any("année 2" in x for x in libelles(estimee))
    assert "rqth@1" in estimee.references
    assert not any("limitée" in x for x in libelles(estimation(rqth_par_annee=(Decimal(4000),))))
    avant = estimation(rqth_par_annee=(Decimal(4000),), conclusion=date(2020, 11, 27), npec=Decimal(8000))
    assert (avant.majoration, avant.total) == (0, 16000)
    assert "rqth@1" not in estimation(rqth_par_annee=(Decimal(0),)).references


def test_la_minoration_passe_avant_la_majoration_et_le_prorata() -> None:
    """regles.md §2.7: NPEC, minoration, majoration, prorata, parts, participation."""
    estimee = estimation(fin=jour("28/02/2028"), rqth_par_annee=(Decimal(4000), Decimal(2000)), **A_DISTANCE)
    assert [str(a.montant) for a in estimee.annees] == ["10400.00", "4154.10"]  # 8 400 x 181 / 366
    assert montants(estimee) == ["3410.00", "3120.00", "2080.00", "1040.00", "1661.64", "2492.46"]


@pytest.mark.parametrize(
    ("changements", "attendu"),
    [
        ({"niveau": 5}, "0.00"),
        ({"niveau": 6}, "750.00"),
        ({"niveau": 8}, "750.00"),
        ({"conclusion": date(2025, 6, 30)}, "0.00"),
        ({"conclusion": date(2025, 7, 1)}, "750.00"),
        ({"employeur_apres_rupture": True}, "200.00"),
        ({"npec": Decimal(200)}, "400.00"),  # never more than the contract
    ],
)
def test_la_participation_de_l_employeur(changements: dict[str, Any], attendu: str) -> None:
    """Code du travail, R6332-25-1."""
    estimee = estimation(**changements)
    assert str(estimee.participation_employeur) == attendu
    assert sum(e.montant for e in estimee.echeances) == estimee.total - estimee.participation_employeur
    assert ("participation@1" in estimee.references) is (attendu != "0.00")


def test_la_participation_depasse_le_premier_versement_puis_les_suivants() -> None:
    """The advance first, then the next parts in order of date, over the year if need be."""
    assert montants(estimation(npec=Decimal(1500)))[:4] == ["0.00", "300.00", "300.00", "150.00"]
    assert montants(estimation(npec=Decimal(700)))[:6] == ["0.00", "0.00", "0.00", "0.00", "230.00", "210.00"]
    assert montants(estimation(npec=Decimal(300))) == ["0.00"] * 8


@pytest.mark.parametrize(
    ("changements", "ligne"),
    [
        ({}, "pour un diplôme de niveau 6 ou plus"),
        ({"employeur_apres_rupture": True}, "réduite pour le nouvel employeur après une rupture"),
        (
            {"rupture": Rupture(le=date(2026, 9, 30), periode_essai=True)},
            "50\u00a0% des jours faits\u00a0: rupture dans les 45 premiers jours de formation pratique",
        ),
    ],
)
def test_la_participation_est_expliquee(changements: dict[str, Any], ligne: str) -> None:
    estimee = estimation(**changements)
    tete = "Participation que l’employeur paie au CFA, retirée du premier versement, "
    assert explication(estimee, tete + ligne) == f"{-estimee.participation_employeur} Code du travail, R6332-25-1"
    assert not any(x.startswith("Participation") for x in libelles(estimation(niveau=5)))


def test_les_annees_sont_expliquees() -> None:
    estimee = estimation(fin=jour("28/02/2028"))
    assert (
        explication(estimee, "Année 1, du 01/09/2026 au 31/08/2027\u00a0: 365 jours sur 365")
        == "8000.00 Code du travail, R6332-25"
    )
    assert (
        explication(estimee, "Année 2, du 01/09/2027 au 28/02/2028\u00a0: 181 jours sur 366")
        == "3956.28 Code du travail, R6332-25"
    )


@pytest.mark.parametrize(
    ("changements", "attendus"),
    [
        ({"repas": 120}, ["RESTAURATION 120 3.00 360.00"]),
        ({"nuitees": 35}, ["HEBERGEMENT 35 6.00 210.00"]),
        ({"niveau": 3, "premier_equipement": Decimal(620)}, ["PREMIEREQUIPEMENT 1 500.00 500.00"]),
        ({"niveau": 4, "premier_equipement": Decimal(420)}, ["PREMIEREQUIPEMENT 1 420.00 420.00"]),
        ({"niveau": 5, "premier_equipement": Decimal(420)}, ["PREMIEREQUIPEMENT 1 300.00 300.00"]),
        ({"niveau": 6, "premier_equipement": Decimal(420)}, []),
        ({"niveau": 6, "conclusion": date(2025, 12, 1), "idcc": "3043", "premier_equipement": Decimal(420)}, ["PREMIEREQUIPEMENT 1 420.00 420.00"]),
        ({"mobilite": True}, []),
        ({}, []),
    ],
)  # fmt: skip
def test_les_frais_annexes(changements: dict[str, Any], attendus: list[str]) -> None:
    """Code du travail, D6332-83; AKTO's forfaits."""
    frais = estimation(**changements).frais_annexes
    assert [f"{f.nature.value} {f.quantite} {f.prix_unitaire} {f.montant}" for f in frais] == attendus


def test_les_frais_annexes_ne_sont_pas_dans_le_total_et_sont_expliques() -> None:
    estimee = estimation(repas=100, nuitees=10, niveau=5, premier_equipement=Decimal(300))
    assert (estimee.total, sum(f.montant for f in estimee.frais_annexes)) == (16000, 660)
    source = "Code du travail, D6332-83"
    assert explication(estimee, "Restauration\u00a0: 100 au forfait de l’OPCO") == f"300.00 {source}"
    assert explication(estimee, "Hébergement\u00a0: 10 au forfait de l’OPCO") == f"60.00 {source}"
    assert explication(estimee, "Premier équipement\u00a0: en entier") == f"300.00 {source}"
    assert {"repas@1", "nuit@1", "equipement-niveau-5@1"} <= set(estimee.references)
    limite = estimation(niveau=5, premier_equipement=Decimal("300.01"))
    assert explication(limite, "Premier équipement\u00a0: dans la limite du forfait de l’OPCO") == f"300.00 {source}"
    sans = "Mobilité internationale\u00a0: aucun forfait de l’OPCO n’est publié pour ce contrat"
    assert explication(estimation(mobilite=True), sans) == f"0.00 {source}"


def test_un_forfait_de_mobilite_publie_est_paye() -> None:
    forfait = ForfaitFrais(code="mob", valide_du=date(2026, 1, 1), nature=NatureFrais.MOBILITE, montant=Decimal(1000))
    (frais,) = estimer(contrat(mobilite=True), replace(JEU, frais=(*JEU.frais, forfait))).frais_annexes
    assert (frais.nature, frais.quantite, frais.montant) == (NatureFrais.MOBILITE, 1, 1000)


@pytest.mark.parametrize(
    ("prix", "reste"),
    [("17000", "1000.00"), ("16000", "0.00"), ("12000", "0.00"), ("16000.01", "0.01")],
)
def test_le_reste_a_charge_est_ce_que_le_prix_du_cfa_a_de_plus(prix: str, reste: str) -> None:
    estimee = estimation(prix=Decimal(prix))
    assert str(estimee.reste_a_charge) == reste
    assert explication(estimee, "Reste à la charge de l’employeur sur le prix du CFA") == f"{reste} Code du travail, L6332-14"


def test_sans_prix_le_reste_a_charge_n_est_pas_dit() -> None:
    estimee = estimation()
    assert estimee.reste_a_charge is None
    assert not any(x.startswith("Reste") for x in libelles(estimee))


def test_un_avenant_de_niveau_est_explique() -> None:
    estimee = estimation(tranches=(Tranche(du=jour("01/03/2027"), npec=Decimal(9000), source="RNCP39999"),))
    ligne = "Niveau de prise en charge annuel à partir du 01/03/2027 (RNCP39999)"
    assert explication(estimee, ligne) == "9000.00 Code du travail, D6224-5, D6332-78"
    assert [str(a.montant) for a in estimee.annees] == ["8504.11", "9000.00"]  # 181 days at 8 000, 184 at 9 000
    assert estimee.npec == 8000


@pytest.mark.parametrize(
    ("changements", "champ", "phrase"),
    [
        ({"fin": jour("31/08/2026")}, "fin", "avant de commencer"),
        ({"fin": jour("01/09/2036")}, "fin", "plus de 10 ans"),
        ({"debut": date(2091, 1, 1), "fin": date(2092, 1, 1)}, "debut", "année de début"),
        ({"debut": date(1899, 1, 1), "fin": date(1900, 1, 1)}, "debut", "année de début"),
        ({"rupture": Rupture(le=jour("31/08/2026"))}, "rupture", "il s’annule"),
        ({"npec": Decimal("-0.01")}, "npec", "négatif"),
        ({"rqth_par_annee": (Decimal(-1),)}, "npec", "négatif"),
        ({"tranches": (Tranche(du=jour("01/03/2027"), npec=Decimal(-1)),)}, "npec", "négatif"),
    ],
)
def test_ce_qui_est_impossible_est_refuse(changements: dict[str, Any], champ: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        estimation(**changements)
    assert refus.value.champ == champ


def test_dix_ans_tout_juste_et_un_seul_jour_se_calculent() -> None:
    assert len(estimation(fin=jour("31/08/2036")).annees) == 10
    assert str(estimation(fin=jour("01/09/2026"), niveau=5).total) == "21.92"


def test_le_json_a_la_forme_de_la_ligne_de_commande() -> None:
    imprime = en_json(estimation(npec=Decimal("7333.33"), fin=jour("28/02/2028"), repas=2, prix=Decimal(20000)))
    assert json.loads(json.dumps(imprime)) == imprime
    assert list(imprime) == [
        "npec", "minoration", "majoration", "participationEmployeur", "annees", "echeances", "fraisAnnexes", "total",
        "resteACharge", "explications",
    ]  # fmt: skip
    assert (imprime["npec"], imprime["minoration"], imprime["majoration"]) == ("7333.33", "0.00", "0.00")
    assert (imprime["participationEmployeur"], imprime["total"], imprime["resteACharge"]) == ("750.00", "10959.92", "9040.08")
    assert imprime["annees"][1] == {
        "numero": 2, "debut": "2027-09-01", "fin": "2028-02-28", "jours": 181, "montant": "3626.59"
    }  # fmt: skip
    assert imprime["echeances"][0] == {
        "numero": 1, "codification": "E1", "annee": 1, "dateOuverture": "2026-09-01", "part": 40, "montant": "2183.33"
    }  # fmt: skip
    assert imprime["echeances"][-1]["part"] == 60
    assert imprime["fraisAnnexes"] == [
        {"nature": "RESTAURATION", "quantite": 2, "prixUnitaire": "3.00", "montant": "6.00"}
    ]  # fmt: skip
    assert imprime["explications"][0] == {
        "libelle": "Niveau de prise en charge annuel du contrat", "montant": "7333.33", "source": "Code du travail, D6332-78"
    }  # fmt: skip
    assert not any("Prix du CFA inconnu" in e["libelle"] for e in imprime["explications"])


def test_sans_prix_le_reste_a_charge_est_nul_et_c_est_dit() -> None:
    imprime = en_json(estimation())
    assert imprime["resteACharge"] == "0.00"
    assert "Prix du CFA inconnu" in imprime["explications"][-1]["libelle"]


def test_une_part_qui_n_est_pas_entiere_reste_exacte() -> None:
    parts = [replace(p, taux=Decimal("42.5") if p.rang == 1 else Decimal("7.5") if p.rang == 4 else p.taux) for p in JEU.parts]
    imprime = en_json(estimer(contrat(), replace(JEU, parts=tuple(parts))))
    assert [e["part"] for e in imprime["echeances"]][:4] == [42.5, 30, 20, 7.5]
