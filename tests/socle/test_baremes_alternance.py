"""The resolver: the branch before every branch, the newest revision, nothing outside the dates."""

from datetime import date
from decimal import Decimal

import pytest

from jalon.socle.baremes_alternance import (
    AideAccompagnement,
    BaseProrata,
    BaseSalaire,
    EcheancierCfa,
    Fonction,
    ForfaitFrais,
    ForfaitHoraire,
    JeuAlternance,
    MajorationRqth,
    MinorationDistance,
    NatureFrais,
    PartEcheancier,
    ParticipationEmployeur,
    PublicAlternance,
    RegleAbsente,
    Smic,
    TauxSalaire,
    Territoire,
    ValeurAmorcage,
    territoire_du_code_postal,
)

JOUR, VEILLE, DEPUIS = date(2026, 6, 15), date(2025, 12, 31), date(2026, 1, 1)
VIDE = JeuAlternance()


def amorcage(code: str, montant: int, **autres: object) -> ValeurAmorcage:
    return ValeurAmorcage(**{"code": code, "montant": Decimal(montant), "valide_du": DEPUIS, **autres})  # type: ignore[arg-type]


def test_la_regle_de_la_branche_passe_avant_celle_de_toutes() -> None:
    jeu = JeuAlternance(amorcages=(amorcage("branche", 7000, idcc="3043"), amorcage("toutes", 6000)))
    assert jeu.amorcage(6, JOUR, "3043").montant == 7000
    assert jeu.amorcage(6, JOUR, "1979").montant == 6000
    assert jeu.amorcage(6, JOUR).montant == 6000


def test_le_niveau_de_diplome_est_dans_les_bornes_comprises() -> None:
    jeu = JeuAlternance(amorcages=(amorcage("hauts", 7000, niveau_min=7, niveau_max=8),))
    assert jeu.amorcage(7, JOUR).montant == jeu.amorcage(8, JOUR).montant == 7000
    with pytest.raises(RegleAbsente, match="niveau 6 au 15/06/2026"):
        jeu.amorcage(6, JOUR)


def test_la_derniere_revision_et_le_dernier_debut_l_emportent() -> None:
    revisees = JeuAlternance(amorcages=(amorcage("a", 6000, revision=2), amorcage("a", 5000)))
    assert revisees.amorcage(6, JOUR).montant == 6000
    datees = JeuAlternance(amorcages=(amorcage("b", 5500, valide_du=date(2026, 6, 1)), amorcage("a", 5000)))
    assert datees.amorcage(6, JOUR).montant == 5500
    assert datees.amorcage(6, date(2026, 5, 31)).montant == 5000
    retiree = JeuAlternance(amorcages=(amorcage("a", 6000), amorcage("a", 0, revision=2, retiree=True)))
    with pytest.raises(RegleAbsente):
        retiree.amorcage(6, JOUR)


def test_le_smic_du_jour_et_ses_changements() -> None:
    def smic(code: str, du: date, territoire: Territoire = Territoire.FRANCE) -> Smic:
        return Smic(code=code, valide_du=du, territoire=territoire, horaire=Decimal(12), mensuel=Decimal(1820))

    jeu = JeuAlternance(
        smics=(smic("b", date(2026, 6, 1)), smic("a", DEPUIS), smic("m", date(2026, 3, 1), Territoire.MAYOTTE)),
    )
    assert [jeu.smic(j).code for j in (DEPUIS, date(2026, 5, 31), date(2026, 6, 1))] == ["a", "a", "b"]
    assert jeu.smic(JOUR, Territoire.MAYOTTE).code == "m"
    assert jeu.changements_de_smic(DEPUIS, date(2026, 6, 1)) == [date(2026, 6, 1)]
    assert jeu.changements_de_smic(DEPUIS, date(2026, 5, 31)) == []
    assert jeu.changements_de_smic(VEILLE, JOUR) == [DEPUIS, date(2026, 6, 1)]
    assert jeu.changements_de_smic(VEILLE, JOUR, Territoire.MAYOTTE) == [date(2026, 3, 1)]
    with pytest.raises(RegleAbsente, match="SMIC au 31/12/2025") as absente:
        jeu.smic(VEILLE)
    assert absente.value.code == "referentiel-absent"


@pytest.mark.parametrize(
    ("code_postal", "attendu"), [("97600", "mayotte"), ("97400", "france"), ("75001", "france"), ("", "france")]
)
def test_mayotte_se_reconnait_au_code_postal(code_postal: str, attendu: str) -> None:
    assert territoire_du_code_postal(code_postal) == attendu


def test_la_grille_lit_la_troisieme_annee_au_dela() -> None:
    jeu = JeuAlternance(
        grille=tuple(
            TauxSalaire(code=str(a), valide_du=DEPUIS, age_min=18, age_max=20, annee=a, taux=Decimal(a), base=BaseSalaire.SMIC)
            for a in (1, 2, 3)
        )
    )
    assert [int(jeu.taux(19, annee, JOUR).taux) for annee in (0, 1, 2, 3, 4, 9)] == [1, 1, 2, 3, 3, 3]
    assert jeu.taux(18, 1, JOUR) == jeu.taux(20, 1, JOUR)
    for age, jour in ((17, JOUR), (21, JOUR), (19, VEILLE)):
        with pytest.raises(RegleAbsente, match="grille de salaire"):
            jeu.taux(age, 1, jour)


def test_un_echeancier_a_ses_parts_dans_l_ordre() -> None:
    def echeancier(code: str, du: date, au: date | None) -> EcheancierCfa:
        return EcheancierCfa(
            code=code, valide_du=du, valide_au=au, base_prorata=BaseProrata.JOUR, avance_courte=Decimal(50), majoration_courte=Decimal(10)
        )  # fmt: skip

    def part(echeancier: str, rang: int) -> PartEcheancier:
        return PartEcheancier(echeancier=echeancier, rang=rang, mois=1, taux=Decimal(rang))

    jeu = JeuAlternance(
        echeanciers=(echeancier("a", date(2020, 1, 1), VEILLE), echeancier("b", DEPUIS, None)),
        parts=(part("b", 2), part("b", 1), part("a", 1)),
    )
    assert (jeu.echeancier(VEILLE).code, jeu.echeancier(DEPUIS).code) == ("a", "b")
    assert [p.rang for p in jeu.parts_de(jeu.echeancier(JOUR))] == [1, 2]
    with pytest.raises(RegleAbsente, match="conclu au 31/12/2019"):
        jeu.echeancier(date(2019, 12, 31))


def test_ce_qui_peut_manquer_sans_empecher_le_calcul() -> None:
    jeu = JeuAlternance(
        participations=(
            ParticipationEmployeur(
                code="p", valide_du=DEPUIS, niveau_min=6, montant=Decimal(750), apres_rupture=Decimal(200), taux_essai=Decimal(50)
            ),
        ),
        minorations=(
            MinorationDistance(code="d", valide_du=DEPUIS, seuil=Decimal(80), taux=Decimal(20), plancher=Decimal(4000)),
        ),
        majorations=(MajorationRqth(code="r", valide_du=DEPUIS, plafond=Decimal(4000)),),
        frais=(ForfaitFrais(code="f", valide_du=DEPUIS, nature=NatureFrais.RESTAURATION, montant=Decimal(3)),),
    )
    assert [p and p.code for p in (jeu.participation(5, JOUR), jeu.participation(6, JOUR), jeu.participation(6, VEILLE))] == [
        None,
        "p",
        None,
    ]
    assert (jeu.minoration(VEILLE), jeu.majoration_rqth(VEILLE)) == (None, None)
    assert jeu.minoration(JOUR) == jeu.minorations[0]
    assert jeu.majoration_rqth(JOUR) == jeu.majorations[0]
    assert jeu.forfait_frais(NatureFrais.RESTAURATION, 5, JOUR) == jeu.frais[0]
    assert jeu.forfait_frais(NatureFrais.MOBILITE, 5, JOUR) is None
    assert jeu.forfait_frais(NatureFrais.RESTAURATION, 5, VEILLE) is None


def test_de_deux_regles_en_vigueur_la_plus_recente_compte() -> None:
    def majoration(code: str, du: date, plafond: int) -> MajorationRqth:
        return MajorationRqth(code=code, valide_du=du, plafond=Decimal(plafond))

    def minoration(code: str, du: date, taux: int) -> MinorationDistance:
        return MinorationDistance(code=code, valide_du=du, seuil=Decimal(80), taux=Decimal(taux), plancher=Decimal(4000))

    jeu = JeuAlternance(
        majorations=(majoration("b", DEPUIS, 4000), majoration("a", date(2026, 6, 1), 5000)),
        minorations=(minoration("b", DEPUIS, 20), minoration("a", date(2026, 6, 1), 25)),
    )
    for jour, plafond, taux in ((JOUR, 5000, 25), (date(2026, 5, 31), 4000, 20)):
        assert (jeu.majoration_rqth(jour) or majoration("", jour, 0)).plafond == plafond
        assert (jeu.minoration(jour) or minoration("", jour, 0)).taux == taux


def test_les_aides_et_les_forfaits_horaires() -> None:
    def forfait(code: str, public: PublicAlternance, montant: str, idcc: str = "*") -> ForfaitHoraire:
        return ForfaitHoraire(code=code, valide_du=DEPUIS, public=public, montant=Decimal(montant), idcc=idcc)

    aide = AideAccompagnement(
        code="t", valide_du=DEPUIS, fonction=Fonction.TUTEUR, formation_horaire=Decimal(15), formation_heures=40,
        exercice_mensuel=Decimal(230), exercice_mois=6, majoration=Decimal(50),
    )  # fmt: skip
    jeu = JeuAlternance(
        aides=(aide,),
        forfaits_horaires=(
            forfait("g", PublicAlternance.GENERAL, "9.15"),
            forfait("h", PublicAlternance.GENERAL, "11", "1979"),
            forfait("p", PublicAlternance.PRIORITAIRE, "15"),
        ),
    )
    assert jeu.aide(Fonction.TUTEUR, JOUR) == aide
    with pytest.raises(RegleAbsente, match="aide à l’accompagnement"):
        jeu.aide(Fonction.MAITRE_APPRENTISSAGE, JOUR)
    assert jeu.forfait_horaire(PublicAlternance.GENERAL, JOUR).montant == Decimal("9.15")
    assert jeu.forfait_horaire(PublicAlternance.GENERAL, JOUR, "1979").montant == 11
    assert jeu.forfait_horaire(PublicAlternance.PRIORITAIRE, JOUR, "1979").montant == 15
    with pytest.raises(RegleAbsente, match="forfait horaire"):
        VIDE.forfait_horaire(PublicAlternance.GENERAL, JOUR)
