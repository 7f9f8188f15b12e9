"""The estimate, on AKTO's tables of 2026 (packaged) and on rules made for the case."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.dispositifs.action_formation import ACTION_FORMATION as AF
from jalon.dispositifs.base import Contexte, ModePaiement
from jalon.dispositifs.lecture import accorder
from jalon.referentiels.paquet import jeu_de_regles
from jalon.socle.baremes import LigneBareme
from jalon.socle.erreurs import SaisiesRefusees
from tests.dispositifs.exemples import YANIS, ZOE, contenu, contexte, estimation, montants, regles

ENTRE_2026: dict[str, Any] = {"action__date_debut": "23/12/2026", "action__date_fin": "24/12/2026"}
CQP: dict[str, Any] = {"action__certification": "cqp"}
SALAIRES: dict[str, Any] = {
    "couts__salaires_demandes": "oui",
    "stagiaires": [{**ZOE, "salaire_horaire": "18,35"}, {**YANIS, "salaire_horaire": "12,50"}],
}


def seule_ligne(**changements: Any) -> Contexte:
    """A context where one line applies, changed from the one of the example."""
    ligne = next(x for x in jeu_de_regles("action_formation").lignes if x.code == "hcr-presentiel")
    return contexte(regles=regles(lignes=(replace(ligne, **changements),), plafonds=()))


@pytest.mark.parametrize(
    ("changements", "attendus"),
    [
        # HCR: 25 €/h face to face, 15 €/h at a distance
        ({"couts__cout_pedagogique": "1000"}, {"pedagogie": "700.00"}),
        ({"couts__cout_pedagogique": "699,99"}, {"pedagogie": "699.99"}),
        ({"action__modalite": "distance", "couts__cout_pedagogique": "1000"}, {"pedagogie": "420.00"}),
        (
            {"action__modalite": "mixte", "action__heures_distance": "4", "couts__cout_pedagogique": "1400"},
            {"pedagogie-presentiel": "500.00", "pedagogie-distance": "120.00"},
        ),
        # HCR: CQP 30 €/h, RNCP 24 €/h
        ({**CQP, "couts__cout_pedagogique": "1000"}, {"pedagogie": "840.00"}),
        # HCR: AFEST 3 600 € for the action
        (
            {"action__modalite": "afest", "couts__cout_pedagogique": "5000", "entreprise__effectif": "26"},
            {"pedagogie": "3600.00"},
        ),
        # propreté: 20 or 30 €/h by theme
        ({"entreprise__idcc": "3043", "couts__cout_pedagogique": "1000"}, {"pedagogie": "840.00"}),
        (
            {"entreprise__idcc": "3043", "action__theme": "transversal", "couts__cout_pedagogique": "1000"},
            {"pedagogie": "560.00"},
        ),
        # interprofession: 30 €/h, 40 €/h overseas
        ({"entreprise__idcc": "5017", "couts__cout_pedagogique": "1000"}, {"pedagogie": "840.00"}),
        (
            {"entreprise__idcc": "5017", "entreprise__code_postal": "97400", "couts__cout_pedagogique": "9000"},
            {"pedagogie": "1120.00"},
        ),
        # bilan: 1 500 € for each person, interprofession
        (
            {"entreprise__idcc": "5017", "action__type_action": "bilan", "couts__cout_pedagogique": "3600"},
            {"pedagogie": "3000.00"},
        ),
        # prévention-sécurité: nothing at a distance
        ({"entreprise__idcc": "1351", "action__modalite": "distance"}, {"pedagogie": "0.00"}),
        # 50 employees and more: no legal money
        ({"entreprise__effectif": "49"}, {"pedagogie": "700.00"}),
        ({"entreprise__effectif": "50"}, {"pedagogie": "0.00"}),
        # internal training: same rates
        ({"organisme__interne": "oui"}, {"pedagogie": "700.00"}),
    ],
)
def test_le_cout_pedagogique_suit_la_regle_de_la_branche(changements: dict[str, Any], attendus: dict[str, str]) -> None:
    estimee = estimation(**changements)
    assert montants(estimee) == {poste: Decimal(montant) for poste, montant in attendus.items()}
    assert all(ligne.motif for ligne in estimee.lignes)


@pytest.mark.parametrize(
    ("stagiaires", "jours", "attendu", "unite"),
    [
        (3, "2", "3400.00", "jours"),  # limited by nothing: 2 × 1 700 €
        (4, "2", "3400.00", "jours"),
        (12, "1,5", "2550.00", "jours"),
        (13, "2", "3822.00", "heures"),  # too many for one group: 13 × 14 h × 21 €
    ],
)
def test_un_intra_se_paie_au_jour_dans_les_bornes_du_groupe(stagiaires: int, jours: str, attendu: str, unite: str) -> None:
    lignes = [{**ZOE, "nom_naissance": "Nom" + "abcdefghijklm"[i]} for i in range(stagiaires)]
    ligne = estimation(
        seule_ligne(forfait_jour_intra=Decimal(1700), intra_min=3, intra_max=12, taux_horaire=Decimal(21)),
        action__organisation="intra",
        action__nombre_jours=jours,
        couts__cout_pedagogique="9000",
        stagiaires=lignes,
    ).lignes[0]
    assert (ligne.montant_ht, ligne.unite) == (Decimal(attendu), unite)


def test_un_intra_trop_petit_se_paie_a_l_heure() -> None:
    ligne = estimation(entreprise__idcc="5017", action__organisation="intra").lignes[0]
    assert (ligne.unite, ligne.prix_unitaire) == ("heures", Decimal("30.00"))


@pytest.mark.parametrize(("heures", "attendu"), [("14", "700.00"), ("14,01", "700.00"), ("13,99", "699.50")])
def test_les_heures_d_un_salarie_sont_plafonnees(heures: str, attendu: str) -> None:
    """Restauration rapide: 25 €/h, 14 hours at most for each trainee."""
    lignes = [{**ZOE, "heures": heures}, {**YANIS, "heures": heures}]
    estimee = estimation(entreprise__idcc="1501", action__duree_heures="21", stagiaires=lignes, couts__cout_pedagogique="2000")
    assert estimee.total_ht == Decimal(attendu)


@pytest.mark.parametrize(("jours", "attendu"), [("1", "1200.00"), ("1,5", "1750.00"), ("2", "1750.00")])
def test_le_cout_d_une_journee_est_plafonne(jours: str, attendu: str) -> None:
    """Restauration rapide: 1 200 € a day at most."""
    lignes = [{**ZOE, "nom_naissance": f"Nom{'abcde'[i]}"} for i in range(5)]
    estimee = estimation(
        entreprise__idcc="1501", entreprise__effectif="20", action__nombre_jours=jours, stagiaires=lignes,
        couts__cout_pedagogique="5000",
    )  # fmt: skip
    assert estimee.total_ht == Decimal(attendu)
    assert ("par jour au plus" in estimee.lignes[0].motif) == (jours == "1")


def test_le_prix_d_une_action_mixte_se_partage_au_centime() -> None:
    estimee = estimation(action__modalite="mixte", action__heures_distance="7", couts__cout_pedagogique="100,01")
    assert [ligne.montant_demande for ligne in estimee.lignes] == [Decimal("50.01"), Decimal("50.00")]


# -------------------------------------------------------- salaires et annexes


@pytest.mark.parametrize(
    ("changements", "attendu", "motif"),
    [
        # HCR: 14 €/h for a certifying action, within the real pay: 14 × 14 € + 14 × 12,50 €
        (CQP, "371.00", "14,00\u00a0€ par heure au plus"),
        ({}, "0.00", "ne sont pas pris en charge"),
        # restauration rapide: only when the action has no teaching cost
        ({"entreprise__idcc": "1501"}, "0.00", "n’a pas de coût pédagogique"),
        ({"entreprise__idcc": "1501", "couts__cout_pedagogique": "0"}, "357.00", "13,00\u00a0€"),
        ({"entreprise__effectif": "50"}, "0.00", "ne sont pas pris en charge"),
    ],
)
def test_les_salaires_suivent_la_regle_dans_la_limite_du_reel(changements: dict[str, Any], attendu: str, motif: str) -> None:
    ligne = next(x for x in estimation(**SALAIRES, **changements).lignes if x.poste == "salaires")
    assert ligne.montant_ht == Decimal(attendu)
    assert motif in ligne.motif
    assert ligne.montant_demande == Decimal("431.90")
    assert not ligne.soumise_a_tva


@pytest.mark.parametrize(
    ("changements", "attendus"),
    [
        ({"couts__nuits": "2", "couts__montant_nuits": "300"}, {"nuits": "240.00"}),
        ({"couts__nuits": "2", "couts__montant_nuits": "239,99"}, {"nuits": "239.99"}),
        ({"couts__repas": "3", "couts__montant_repas": "90"}, {"repas": "60.00"}),
        ({"couts__montant_transport": "80"}, {"transport": "0.00"}),
        # restauration rapide: 2 nights, 4 meals, 180 € for each of the two trainees
        (
            {
                "entreprise__idcc": "1501",
                "couts__montant_transport": "500",
                "couts__nuits": "5",
                "couts__montant_nuits": "900",
                "couts__repas": "9",
                "couts__montant_repas": "900",
            },
            {"repas": "200.00", "nuits": "440.00", "transport": "360.00"},
        ),
    ],
)
def test_les_frais_annexes_sont_au_forfait_dans_la_limite_du_reel(changements: dict[str, Any], attendus: dict[str, str]) -> None:
    estimee = montants(estimation(couts__frais_demandes="oui", **changements))
    assert {poste: m for poste, m in estimee.items() if poste != "pedagogie"} == {p: Decimal(m) for p, m in attendus.items()}


# -------------------------------------------------------------- plafond annuel


@pytest.mark.parametrize(
    ("effectif", "consomme", "attendu"),
    [
        ("10", "1300.00", "700.00"),  # HCR under 11: 2 000 €
        ("10", "1300.01", "699.99"),
        ("11", "2300.01", "699.99"),  # 11 to 25: 3 000 €
        ("25", "2300.01", "699.99"),
        ("26", "5300.01", "699.99"),  # 26 to 49: 6 000 €
        ("20", "3000.00", "0.00"),
        ("20", "9000.00", "0.00"),
    ],
)
def test_le_budget_annuel_de_l_entreprise_limite_l_accord(effectif: str, consomme: str, attendu: str) -> None:
    demandes: list[tuple[str, int, str]] = []

    def consommation(siren: str, annee: int, enveloppe: str) -> Decimal:
        demandes.append((siren, annee, enveloppe))
        return Decimal(consomme)

    estimee = estimation(contexte(consommation=consommation), entreprise__effectif=effectif, **ENTRE_2026)
    assert estimee.total_ht == estimee.impute == Decimal(attendu)
    assert set(demandes) == {("130025265", 2026, "plan")}
    assert bool(estimee.avertissements) == (attendu != "700.00")


def test_le_budget_reduit_les_lignes_dans_leur_ordre() -> None:
    reste_800 = contexte(consommation=lambda *_: Decimal(2200))
    estimee = estimation(
        reste_800, couts__frais_demandes="oui", couts__nuits="2", couts__montant_nuits="240", couts__repas="2",
        couts__montant_repas="40", **ENTRE_2026,
    )  # fmt: skip
    assert montants(estimee) == {"pedagogie": Decimal("700.00"), "repas": Decimal("40.00"), "nuits": Decimal("60.00")}
    assert estimee.lignes[2].motif.endswith("limité par le budget annuel")
    assert estimee.avertissements[-1] == "Il reste 800,00\u00a0€ sur le budget 2026 de votre entreprise (3\u00a0000,00\u00a0€)."


def test_une_ligne_qui_epuise_juste_le_budget_n_est_pas_dite_reduite() -> None:
    reste_700 = contexte(consommation=lambda *_: Decimal(2300))
    estimee = estimation(reste_700, couts__frais_demandes="oui", couts__nuits="1", couts__montant_nuits="120", **ENTRE_2026)
    assert montants(estimee) == {"pedagogie": Decimal("700.00"), "nuits": Decimal("0.00")}
    assert "budget annuel" not in estimee.lignes[0].motif
    assert "budget annuel" in estimee.lignes[1].motif


def test_un_cqp_de_la_proprete_est_hors_budget() -> None:
    epuise = contexte(consommation=lambda *_: Decimal(7000))
    hors = estimation(epuise, entreprise__idcc="3043", **CQP)
    assert (hors.total_ht, hors.enveloppe, hors.impute) == (Decimal("700.00"), "", Decimal("0.00"))
    assert estimation(epuise, entreprise__idcc="3043").total_ht == Decimal("0.00")


def test_des_frais_annexes_peuvent_etre_hors_budget() -> None:
    """Organismes de formation (1516): nights and meals outside the cap of the conventional fund."""
    epuise = contexte(consommation=lambda *_: Decimal(10000))
    estimee = estimation(
        epuise, entreprise__idcc="1516", couts__frais_demandes="oui", couts__nuits="1", couts__montant_nuits="150"
    )
    assert montants(estimee) == {"pedagogie": Decimal("0.00"), "nuits": Decimal("150.00")}
    assert (estimee.enveloppe, estimee.impute) == ("conventionnel", Decimal("0.00"))


# ------------------------------------------------------------ mode de paiement


@pytest.mark.parametrize(
    ("jour", "changements", "mode"),
    [
        (date(2026, 9, 30), {"couts__cout_pedagogique": "1000"}, ModePaiement.SUBROGATION),
        (date(2026, 10, 1), {"couts__cout_pedagogique": "1000"}, ModePaiement.REMBOURSEMENT),
        (date(2026, 10, 1), {"couts__cout_pedagogique": "700"}, ModePaiement.SUBROGATION),
        (date(2026, 10, 1), {"couts__cout_pedagogique": "700,01"}, ModePaiement.REMBOURSEMENT),
        (date(2026, 10, 1), {"couts__subrogation": "non"}, ModePaiement.REMBOURSEMENT),
        (date(2026, 10, 1), {"organisme__interne": "oui"}, ModePaiement.REMBOURSEMENT),
        (date(2026, 9, 30), {"entreprise__idcc": "1516"}, ModePaiement.SUBROGATION),
        (date(2026, 10, 1), {"entreprise__idcc": "1516"}, ModePaiement.REMBOURSEMENT),
        (date(2018, 12, 31), {}, ModePaiement.REMBOURSEMENT),
    ],
)
def test_le_mode_de_paiement_suit_la_regle_du_jour(jour: date, changements: dict[str, Any], mode: ModePaiement) -> None:
    estimee = estimation(contexte(aujourdhui=jour), **changements)
    assert estimee.mode_paiement == mode
    assert estimee.motif_paiement


def test_la_taxe_est_payee_a_l_organisme_pas_a_l_entreprise() -> None:
    subrogation = estimation()
    assert (subrogation.taux_tva, subrogation.montant_tva, subrogation.total_ttc) == (
        Decimal(20),
        Decimal("140.00"),
        Decimal("840.00"),
    )
    assert subrogation.a_payer == Decimal("840.00")
    remboursement = estimation(couts__subrogation="non")
    assert remboursement.total_ttc == Decimal("840.00")
    assert remboursement.a_payer == Decimal("700.00")
    assert estimation(couts__taux_tva="0").a_payer == Decimal("700.00")


def test_la_taxe_ne_porte_que_sur_l_action() -> None:
    estimee = estimation(couts__frais_demandes="oui", couts__nuits="1", couts__montant_nuits="100")
    assert (estimee.total_ht, estimee.montant_tva) == (Decimal("800.00"), Decimal("140.00"))


# -------------------------------------------------------------------- références


def test_la_reference_du_bareme_est_celle_des_lignes_retenues() -> None:
    assert estimation().bareme_reference == "akto-2026:hcr-presentiel@1"
    mixte = estimation(action__modalite="mixte", action__heures_distance="4")
    assert mixte.bareme_reference == "akto-2026:hcr-presentiel@1 + akto-2026:hcr-distance@1"
    assert estimation(entreprise__effectif="50").bareme_reference == ""


def test_le_bareme_est_celui_du_premier_jour_de_l_action() -> None:
    ancienne = next(x for x in jeu_de_regles("action_formation").lignes if x.code == "hcr-presentiel")
    nouvelle = replace(ancienne, revision=2, valide_du=date(2027, 1, 11), taux_horaire=Decimal(10))
    change = contexte(regles=regles(lignes=(ancienne, nouvelle)))
    assert estimation(change, **ENTRE_2026).total_ht == Decimal("700.00")
    assert estimation(change).total_ht == Decimal("280.00")
    assert estimation(change).bareme_reference == "akto-2026:hcr-presentiel@2"


def test_les_avertissements_disent_ce_qui_peut_changer() -> None:
    assert estimation().avertissements == ("L’action commence en 2027\u00a0: l’OPCO peut publier d’autres montants d’ici là.",)
    assert estimation(**ENTRE_2026).avertissements == ()
    assert "50 salariés" in estimation(entreprise__effectif="50").avertissements[0]
    vide = estimation(contexte(regles=regles(lignes=())))
    assert "Aucune règle" in vide.avertissements[0]
    assert vide.total_ht == 0
    assert vide.reste_a_charge == Decimal("700.00")


# --------------------------------------------------------------------- accord


def test_un_accord_reprend_les_lignes_avec_les_montants_accordes() -> None:
    accord = accorder(AF, contenu(), contexte(), {"pedagogie": Decimal("650.00")})
    assert (accord.total_ht, accord.reste_a_charge, accord.impute) == (Decimal("650.00"), Decimal("50.00"), Decimal("650.00"))
    assert accord.mode_paiement == ModePaiement.REMBOURSEMENT
    entier = accorder(AF, contenu(), contexte(), {"pedagogie": Decimal("700.00")})
    assert entier.mode_paiement == ModePaiement.SUBROGATION
    assert entier.bareme_reference == "akto-2026:hcr-presentiel@1"


@pytest.mark.parametrize(
    ("montants_accordes", "poste"),
    [
        ({"pedagogie": Decimal("700.01")}, "pedagogie"),
        ({"pedagogie": Decimal("-0.01")}, "pedagogie"),
        ({"pedagogie": Decimal("1.005")}, "pedagogie"),
        ({}, "pedagogie"),
        ({"pedagogie": Decimal(0), "salaires": Decimal(1)}, "salaires"),
    ],
)
def test_un_accord_ne_depasse_pas_la_demande(montants_accordes: dict[str, Decimal], poste: str) -> None:
    with pytest.raises(SaisiesRefusees) as refus:
        accorder(AF, contenu(), contexte(), montants_accordes)
    assert set(refus.value.champs) == {poste}


# ------------------------------------------------------------------ invariants

centimes = st.integers(0, 500_000).map(lambda c: f"{c // 100},{c % 100:02d}")
taux = st.none() | st.integers(0, 6000).map(lambda c: Decimal(c) / 100)


@settings(deadline=None)
@given(
    cout=centimes,
    heures=st.lists(st.integers(25, 1400), min_size=1, max_size=4),
    distance=st.integers(0, 1400),
    modalite=st.sampled_from(["presentiel", "distance", "mixte", "afest"]),
    consomme=st.integers(0, 400_000),
    taux_horaire=taux,
    taux_salaire=taux,
    plafond_heures=st.none() | st.integers(1, 20).map(Decimal),
    salaire=centimes.filter(lambda m: m != "0,00"),
)
def test_les_sommes_tombent_toujours_juste(
    cout: str, heures: list[int], distance: int, modalite: str, consomme: int, taux_horaire: Decimal | None,
    taux_salaire: Decimal | None, plafond_heures: Decimal | None, salaire: str,
) -> None:  # fmt: skip
    """No line above what is asked, none negative, totals to the cent, never above the yearly budget."""
    stagiaires = [
        {**ZOE, "nom_naissance": f"N{'abcd'[i]}", "heures": f"{h // 100},{h % 100:02d}", "salaire_horaire": salaire}
        for i, h in enumerate(heures)
    ]
    lignes = tuple(
        replace(ligne, taux_horaire=taux_horaire, taux_salaire=taux_salaire, plafond_heures=plafond_heures)
        for ligne in jeu_de_regles("action_formation").lignes
        if isinstance(ligne, LigneBareme)
    )
    dans = contexte(regles=regles(lignes=lignes), consommation=lambda *_: Decimal(consomme) / 100)
    estimee = estimation(
        dans, couts__cout_pedagogique=cout, couts__salaires_demandes="oui", stagiaires=stagiaires,
        action__modalite=modalite, action__heures_distance=f"{distance // 100},{distance % 100:02d}", **ENTRE_2026,
    )  # fmt: skip
    assert all(0 <= ligne.montant_ht <= ligne.montant_demande for ligne in estimee.lignes)
    assert sum(ligne.montant_ht for ligne in estimee.lignes) == estimee.total_ht
    assert estimee.total_ht + estimee.reste_a_charge == estimee.total_demande
    assert estimee.total_ttc == estimee.total_ht + estimee.montant_tva
    assert estimee.impute <= max(Decimal(3000) - Decimal(consomme) / 100, Decimal(0))
    pedagogie = sum(ligne.montant_demande for ligne in estimee.lignes if ligne.soumise_a_tva)
    assert pedagogie == Decimal(cout.replace(",", "."))
    for montant in (estimee.total_ht, estimee.montant_tva, estimee.impute, *(ligne.montant_ht for ligne in estimee.lignes)):
        assert montant == montant.quantize(Decimal("0.01"))
