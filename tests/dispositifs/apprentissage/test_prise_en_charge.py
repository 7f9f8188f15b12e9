"""The money of a contract on the portal: lines, payments and reasons, from the answers to what is granted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jalon.dispositifs.apprentissage import APPRENTISSAGE
from jalon.dispositifs.base import Estimation
from jalon.dispositifs.lecture import accorder, estimer, lire_contenu, projeter, verifier
from jalon.socle.baremes import ModePaiement
from jalon.socle.erreurs import SaisiesRefusees
from jalon.socle.fiches_referentiels import FicheNpec
from jalon.socle.montants import somme
from tests.dispositifs.apprentissage.contrats import contexte
from tests.dispositifs.apprentissage.test_formulaire import reponses as du_contrat

NPEC = FicheNpec(montant=Decimal("8000.00"), source="Référentiel d’essai", applicable_du=date(2026, 1, 1))
PARTICIPATION = Decimal("750.00")


def reponses(
    convention: dict[str, str] | None = None, accompagnement: dict[str, str] | None = None, **changements: Any
) -> dict[str, dict[str, Any]]:
    return {
        **du_contrat(**changements),
        "convention": {"version": 0, "valeurs": convention or {}},
        "accompagnement": {"version": 0, "valeurs": accompagnement or {}},
    }


def de_deux_ans(**changements: Any) -> dict[str, Any]:
    """The golden contract of regles.md §6: level 6, 01/09/2026 to 31/08/2028."""
    dates = {"contrat__dateDebutContrat": "2026-09-01", "contrat__dateFinContrat": "2028-08-31"}
    return {**dates, "formation__typeDiplome": 62, **changements}


def estimation(donnees: dict[str, dict[str, Any]], *, niveau: FicheNpec | None = NPEC) -> Estimation:
    return estimer(APPRENTISSAGE, donnees, contexte(npec=lambda _rncp, _idcc, _jour: niveau))


def montants(estimee: Estimation) -> dict[str, tuple[str, str]]:
    return {ligne.poste: (f"{ligne.montant_demande:f}", f"{ligne.montant_ht:f}") for ligne in estimee.lignes}


def test_le_contrat_de_deux_ans_donne_une_ligne_par_annee_nette_de_la_participation() -> None:
    estimee = estimation(reponses(**de_deux_ans()))
    assert montants(estimee) == {"annee_1": ("8000.00", "7250.00"), "annee_2": ("8000.00", "8000.00")}
    assert estimee.mode_paiement == ModePaiement.SUBROGATION
    assert [f"{e.montant:f}" for e in estimee.echeances] == [
        "2450.00", "2400.00", "1600.00", "800.00", "3200.00", "2400.00", "1600.00", "800.00",
    ]  # fmt: skip
    assert somme(e.montant for e in estimee.echeances) == estimee.total_ht
    assert estimee.reste_a_charge == PARTICIPATION
    assert estimee.a_payer == estimee.total_ht
    assert any("Référentiel d’essai" in e.libelle for e in estimee.explications)
    assert all(e.source for e in estimee.explications)


def test_le_niveau_demande_est_celui_du_code_de_la_branche_et_du_jour_de_conclusion() -> None:
    demandes: list[tuple[str, str, date]] = []

    def niveau(rncp: str, idcc: str, jour: date) -> FicheNpec:
        demandes.append((rncp, idcc, jour))
        return NPEC

    donnees = reponses(**de_deux_ans())
    estimer(APPRENTISSAGE, donnees, contexte(npec=niveau))
    lu, _ = lire_contenu(APPRENTISSAGE, donnees)
    assert lu is not None
    contrat: Any = lu
    assert demandes == [(contrat.formation.rncp, contrat.employeur.idcc, contrat.contrat.date_conclusion)]


def test_sans_niveau_publie_l_amorcage_est_dit() -> None:
    estimee = estimation(reponses(**de_deux_ans()), niveau=None)
    assert any("amorçage" in e.libelle for e in estimee.explications)
    assert estimee.total_ht > 0


@pytest.mark.parametrize(
    ("prix", "ligne", "reste"),
    [
        ("16000", None, "750.00"),
        ("15000", None, "750.00"),
        ("16000,01", ("0.01", "0.00"), "750.01"),
        ("17500", ("1500.00", "0.00"), "2250.00"),
    ],
)
def test_le_prix_du_cfa_dit_ce_qui_reste_a_charge(prix: str, ligne: tuple[str, str] | None, reste: str) -> None:
    estimee = estimation(reponses({"prix": prix}, **de_deux_ans()))
    assert montants(estimee).get("depassement") == ligne
    assert f"{estimee.reste_a_charge:f}" == reste
    assert not estimee.avertissements


def test_sans_prix_l_estimation_le_demande() -> None:
    assert any("prix du CFA" in phrase for phrase in estimation(reponses(**de_deux_ans())).avertissements)


def test_les_frais_annexes_de_la_convention_sont_au_forfait() -> None:
    convention = {"repas": "100", "nuitees": "10", "premier_equipement": "250", "mobilite": "non"}
    trouves = montants(estimation(reponses(convention, **de_deux_ans(formation__typeDiplome=54))))
    assert trouves["restauration"] == ("300.00", "300.00")
    assert trouves["hebergement"] == ("60.00", "60.00")
    assert trouves["premier_equipement"] == ("250.00", "250.00")
    assert "mobilite" not in trouves


def test_l_aide_au_maitre_d_apprentissage_est_une_depense_de_l_entreprise() -> None:
    aide = {"heures": "50", "cout_horaire": "20", "mois": "20"}
    lignes = {x.poste: x for x in estimation(reponses(accompagnement=aide, **de_deux_ans())).lignes}
    assert f"{lignes['formation_accompagnant'].montant_ht:f}" == "600.00"
    assert f"{lignes['formation_accompagnant'].montant_demande:f}" == "1000.00"
    assert f"{lignes['exercice_accompagnant'].montant_ht:f}" == "2760.00"
    assert not lignes["exercice_accompagnant"].soumise_a_tva
    assert lignes["annee_1"].soumise_a_tva


@pytest.mark.parametrize(
    ("demandee", "premiere"), [("", "7250.00"), ("1000", "8250.00"), ("4000", "11250.00"), ("5000", "11250.00")]
)
def test_la_majoration_rqth_est_celle_de_la_convention_dans_la_limite(demandee: str, premiere: str) -> None:
    donnees = reponses({"majoration_rqth": demandee}, **de_deux_ans(apprenti__handicap=True))
    assert montants(estimation(donnees))["annee_1"][1] == premiere


def test_la_majoration_ne_vaut_que_pour_un_apprenti_qui_y_a_droit() -> None:
    assert montants(estimation(reponses({"majoration_rqth": "4000"}, **de_deux_ans())))["annee_1"][1] == "7250.00"


def test_une_case_qui_manque_est_attendue_et_une_date_absurde_est_dite() -> None:
    donnees = reponses(**de_deux_ans())
    donnees["contrat"]["valeurs"]["date_fin"] = ""
    assert estimation(donnees).attend == "la date de fin du contrat"
    donnees["contrat"]["valeurs"]["date_fin"] = "01/01/2026"
    assert estimation(donnees).avertissements == ("Le contrat finit avant de commencer\u00a0: vérifiez ses dates",)


def test_la_loi_fixe_les_montants_tout_ou_rien() -> None:
    lu, _ = lire_contenu(APPRENTISSAGE, reponses(**de_deux_ans()))
    assert lu is not None
    ici = contexte(npec=lambda _rncp, _idcc, _jour: NPEC)
    entier = accorder(APPRENTISSAGE, lu, ici, {})
    assert f"{entier.total_ht:f}" == "15250.00"
    assert accorder(APPRENTISSAGE, lu, ici, {"annee_1": Decimal("7250.00")}) == entier
    with pytest.raises(SaisiesRefusees) as refus:
        accorder(APPRENTISSAGE, lu, ici, {"annee_1": Decimal("7249.99"), "inconnue": Decimal(1)})
    assert set(refus.value.champs) == {"annee_1", "inconnue"}


def test_le_dernier_jour_d_envoi_est_le_cinquieme_ouvrable() -> None:
    assert APPRENTISSAGE.limite_de_depot(date(2026, 9, 1), 30, "") == date(2026, 9, 7)
    assert APPRENTISSAGE.limite_de_depot(date(2026, 7, 13), 0, "") == date(2026, 7, 20)


def test_un_brouillon_se_retrouve_par_l_apprenti_avant_que_la_formation_soit_decrite() -> None:
    donnees = reponses(**de_deux_ans())
    donnees["formation"]["valeurs"]["intitule"] = ""
    assert projeter(APPRENTISSAGE, donnees).titre == "Zoé Exemple"


@pytest.mark.parametrize(
    ("fin", "jours", "refuse"),
    [
        ("2028-08-31", "365", False),
        ("2028-08-31", "366", True),
        ("2027-08-31", "182", False),
        ("2027-08-31", "183", True),
        ("2028-08-31", "", False),
    ],
)
def test_la_mobilite_ne_depasse_ni_un_an_ni_la_moitie_du_contrat(fin: str, jours: str, refuse: bool) -> None:
    convention = {"mobilite": "oui" if jours else "non", "mobilite_jours": jours}
    donnees = reponses(convention, **de_deux_ans(contrat__dateFinContrat=fin))
    trouves = {a.controle: a for a in verifier(APPRENTISSAGE, donnees, contexte()).anomalies}
    assert ("convention-mobilite" in trouves) is refuse
    if refuse:
        assert trouves["convention-mobilite"].bloque
