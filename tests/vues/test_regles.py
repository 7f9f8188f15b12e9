"""What may be kept, where a card goes, when a digest is due."""

from datetime import date

import pytest

from jalon.socle.erreurs import SaisieRefusee
from jalon.vues.enums import NOMS_D_ICONES, Public, Rythme, Sens
from jalon.vues.pretes import PRETES, pretes
from jalon.vues.regles import (
    NOM_MAX,
    PARAMETRES_MAX,
    Lieu,
    deplacer,
    lire_icone,
    lire_nom,
    lire_parametres,
    lire_rythme,
    periode_due,
)


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("", ""),
        ("etat=a_completer&page=abc", "etat=a_completer"),
        ("q=H%C3%A9l%C3%A8ne+M&etat=", "q=H%C3%A9l%C3%A8ne+M"),
        ("etat=a&etat=b", "etat=b"),
        ("n'importe quoi", ""),
    ],
)
def test_une_adresse_se_garde_sans_sa_page(texte: str, lu: str) -> None:
    assert lire_parametres(texte) == lu


def test_une_adresse_trop_longue_est_refusee() -> None:
    assert lire_parametres("q=" + "x" * (PARAMETRES_MAX - 2))
    with pytest.raises(SaisieRefusee, match="trop de filtres"):
        lire_parametres("q=" + "x" * (PARAMETRES_MAX - 1))


def test_un_nom_se_range_et_se_borne() -> None:
    assert lire_nom("  Mes   dossiers ") == "Mes dossiers"
    assert lire_nom("x" * NOM_MAX)
    for faux in ("", "   ", "x" * (NOM_MAX + 1)):
        with pytest.raises(SaisieRefusee) as refus:
            lire_nom(faux)
        assert refus.value.champ == "nom"


def test_l_icone_et_le_rythme_sont_de_la_liste() -> None:
    assert lire_icone("star") == "star"
    assert lire_rythme("quotidien") == Rythme.QUOTIDIEN
    with pytest.raises(SaisieRefusee):
        lire_icone("skull")
    with pytest.raises(SaisieRefusee):
        lire_rythme("annuel")


@pytest.mark.parametrize(
    ("cle", "sens", "ordre"),
    [
        ("b", Sens.HAUT, "bac"),
        ("b", Sens.BAS, "acb"),
        ("a", Sens.HAUT, "abc"),
        ("c", Sens.BAS, "abc"),
        ("z", Sens.BAS, "abc"),
        ("z", Sens.HAUT, "abc"),
    ],
)
def test_une_carte_change_avec_sa_voisine(cle: str, sens: Sens, ordre: str) -> None:
    assert "".join(deplacer("abc", cle, sens)) == ordre


@pytest.mark.parametrize(
    ("rythme", "jour", "periode"),
    [
        (Rythme.JAMAIS, date(2026, 11, 30), ""),
        (Rythme.QUOTIDIEN, date(2026, 11, 27), "2026-11-27"),
        (Rythme.QUOTIDIEN, date(2026, 11, 28), ""),
        (Rythme.QUOTIDIEN, date(2026, 11, 29), ""),
        (Rythme.HEBDOMADAIRE, date(2026, 11, 30), "2026-S49"),
        (Rythme.HEBDOMADAIRE, date(2026, 12, 1), ""),
        (Rythme.HEBDOMADAIRE, date(2026, 12, 28), "2026-S53"),
        (Rythme.HEBDOMADAIRE, date(2027, 1, 4), "2027-S01"),
    ],
)
def test_un_recapitulatif_par_jour_ouvre_ou_par_semaine(rythme: Rythme, jour: date, periode: str) -> None:
    assert periode_due(rythme, jour) == periode


@pytest.mark.parametrize("lieu", [Lieu("123456782"), Lieu(), Lieu(opco=True)])
def test_un_lieu_se_retrouve_par_sa_cle(lieu: Lieu) -> None:
    assert Lieu.de(lieu.cle) == lieu


def test_les_vues_pretes_ont_une_icone_connue_et_un_code_a_elles() -> None:
    assert {v.icone for v in PRETES} <= NOMS_D_ICONES
    assert len({v.code for v in PRETES}) == len(PRETES)
    for public in Public:
        assert pretes(frozenset({public}))


def test_les_contrats_de_l_annee_suivent_l_annee() -> None:
    (vue,) = [v for v in PRETES if v.code == "apprentissage-annee"]
    assert vue.parametres(date(2026, 11, 28)) == "dispositif=apprentissage&depot_du=2026-01-01"
    assert vue.parametres(date(2027, 1, 1)).endswith("depot_du=2027-01-01")
