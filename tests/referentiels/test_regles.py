"""The resolver, on rules made for the case."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jalon.socle.baremes import (
    CriteresBareme,
    Fonds,
    GuichetSuspendu,
    JeuDeRegles,
    LigneBareme,
    PlafondAnnuel,
    RegleModePaiement,
    Zone,
    en_vigueur,
    zone_du_code_postal,
)

JOUR = date(2026, 12, 1)
AF = "action_formation"


def ligne(code: str, **valeurs: Any) -> LigneBareme:
    return LigneBareme(**{"code": code, "version": "v", "dispositif": AF, "valide_du": date(2026, 1, 1), **valeurs})


def criteres(**valeurs: Any) -> CriteresBareme:
    base = {
        "idcc": "1979",
        "effectif": 20,
        "type_action": "formation",
        "modalite": "presentiel",
        "certification": "aucune",
        "theme": "metier",
        "interne": "non",
        "zone": "hexagone",
    }
    return CriteresBareme(**{**base, **valeurs})


def retenue(*lignes: LigneBareme, jour: date = JOUR, **valeurs: Any) -> str:
    trouvee = JeuDeRegles(lignes=lignes).ligne(criteres(**valeurs), jour)
    return trouvee.code if trouvee else ""


OPCO = ligne("opco")
OPCO_TAILLE = ligne("opco+taille", effectif_min=11, effectif_max=49)
BRANCHE = ligne("branche", idcc="1979")
BRANCHE_TAILLE = ligne("branche+taille", idcc="1979", effectif_min=11, effectif_max=25)


@pytest.mark.parametrize(
    ("lignes", "attendue"),
    [
        ((OPCO, OPCO_TAILLE, BRANCHE, BRANCHE_TAILLE), "branche+taille"),
        ((OPCO, OPCO_TAILLE, BRANCHE), "branche"),
        ((OPCO, OPCO_TAILLE), "opco+taille"),
        ((OPCO,), "opco"),
        ((), ""),
        ((ligne("autre", idcc="3043"),), ""),
    ],
)
def test_la_branche_et_la_taille_l_emportent_sur_la_branche_puis_sur_l_opco(
    lignes: tuple[LigneBareme, ...], attendue: str
) -> None:
    assert retenue(*lignes) == attendue
    assert retenue(*reversed(lignes)) == attendue


@pytest.mark.parametrize(
    ("effectif", "attendue"), [(10, "branche"), (11, "branche+taille"), (25, "branche+taille"), (26, "branche")]
)
def test_une_taille_comprend_ses_bornes(effectif: int, attendue: str) -> None:
    assert retenue(OPCO, BRANCHE, BRANCHE_TAILLE, effectif=effectif) == attendue


def test_a_branche_egale_la_ligne_la_plus_precise_l_emporte() -> None:
    cqp, distance = ligne("cqp", idcc="1979", certification="cqp"), ligne("distance", idcc="1979", modalite="distance")
    assert retenue(BRANCHE, cqp, distance) == "branche"
    assert retenue(BRANCHE, cqp, distance, certification="cqp") == "cqp"
    assert retenue(BRANCHE, cqp, distance, certification="cqp", modalite="distance") == "distance"
    assert retenue(ligne("outre-mer", zone="outre-mer"), OPCO, zone="outre-mer") == "outre-mer"
    assert retenue(ligne("outre-mer", zone="outre-mer"), OPCO) == "opco"


@pytest.mark.parametrize(("effectif", "fonds", "attendue"), [(49, "legal", "x"), (50, "legal", ""), (50, "conventionnel", "x")])
def test_les_fonds_legaux_s_arretent_a_cinquante_salaries(effectif: int, fonds: str, attendue: str) -> None:
    """Code du travail, L6332-17."""
    assert retenue(ligne("x", fonds=Fonds(fonds)), effectif=effectif) == attendue


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), 1),
        (date(2026, 6, 30), 1),
        (date(2026, 7, 1), 2),
        (date(2026, 8, 31), 2),
        (date(2026, 9, 1), 1),  # the temporary revision is over: the former rule comes back
        (date(2026, 12, 31), 1),
        (date(2027, 1, 1), None),  # withdrawn
    ],
)
def test_la_derniere_revision_qui_couvre_le_jour_est_en_vigueur(jour: date, attendu: int | None) -> None:
    revisions = [
        ligne("x", retiree=True, revision=3, valide_du=date(2027, 1, 1)),
        ligne("x"),
        ligne("x", revision=2, valide_du=date(2026, 7, 1), valide_au=date(2026, 8, 31)),
    ]
    retenues = en_vigueur(revisions, jour)
    assert [r.revision for r in retenues] == ([attendu] if attendu else [])


def test_le_plafond_est_celui_de_l_enveloppe_de_la_branche_de_la_taille_et_de_la_zone() -> None:
    def plafond(code: str, montant: int, **valeurs: Any) -> PlafondAnnuel:
        base = {"code": code, "dispositif": AF, "valide_du": date(2026, 1, 1), "enveloppe": "plan", "montant": Decimal(montant)}
        return PlafondAnnuel(**{**base, **valeurs})

    jeu = JeuDeRegles(
        plafonds=(
            plafond("tous", 1),
            plafond("outre-mer", 2, zone="outre-mer"),
            plafond("hcr", 3, idcc="1979"),
            plafond("hcr-petit", 4, idcc="1979", effectif_max=10),
            plafond("conv", 5, idcc="1979", enveloppe="conventionnel"),
        )
    )

    def trouve(enveloppe: str = "plan", **valeurs: Any) -> int:
        retenu = jeu.plafond(ligne("x", enveloppe=enveloppe), criteres(**valeurs), JOUR)
        return int(retenu.montant) if retenu else 0

    assert trouve() == 3
    assert trouve(effectif=10) == 4
    assert trouve(idcc="3043") == 1
    assert trouve(idcc="3043", zone="outre-mer") == 2
    assert trouve("conventionnel") == 5
    assert trouve("") == 0


def test_le_guichet_annonce_est_celui_qui_rouvre_le_plus_tard() -> None:
    def guichet(code: str, au: date | None, idcc: str = "*", fonds: str = "*") -> GuichetSuspendu:
        return GuichetSuspendu(code=code, dispositif=AF, idcc=idcc, fonds=fonds, du=date(2026, 11, 1), au=au, message="m")

    court, long, sans_fin = guichet("c", date(2026, 12, 1)), guichet("l", date(2026, 12, 31)), guichet("s", None, idcc="3043")
    jeu = JeuDeRegles(guichets=(court, long, sans_fin, guichet("f", None, fonds="conventionnel")))
    assert jeu.guichet_ferme("1979", "legal", JOUR) is long
    assert jeu.guichet_ferme("3043", "legal", JOUR) is sans_fin
    assert jeu.guichet_ferme("1979", "legal", date(2027, 1, 1)) is None
    assert jeu.guichet_ferme("1979", "legal", date(2026, 10, 31)) is None


def test_la_regle_de_paiement_la_plus_precise_l_emporte() -> None:
    def mode(code: str, possible: bool, **valeurs: str) -> RegleModePaiement:
        return RegleModePaiement(code=code, valide_du=date(2026, 1, 1), subrogation_possible=possible, motif="m", **valeurs)  # type: ignore[arg-type]

    jeu = JeuDeRegles(modes=(mode("general", False), mode("integral", True, fonds="legal", integral="oui")))
    attendus = {("legal", True): True, ("legal", False): False, ("conventionnel", True): False}
    for (fonds, integral), possible in attendus.items():
        regle = jeu.mode(fonds, integral, JOUR)
        assert regle is not None
        assert regle.subrogation_possible == possible
    assert jeu.mode("legal", True, date(2025, 1, 1)) is None


@pytest.mark.parametrize(
    ("code_postal", "zone"),
    [("74000", "hexagone"), ("97400", "outre-mer"), ("97600", "outre-mer"), ("98800", "outre-mer"), ("98000", "hexagone")],
)
def test_la_zone_se_lit_dans_le_code_postal(code_postal: str, zone: str) -> None:
    assert zone_du_code_postal(code_postal) == Zone(zone)
