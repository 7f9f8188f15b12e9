"""A rupture or an avenant never creates money, whatever was paid before it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.dispositifs.apprentissage.vie.motifs import Motif
from jalon.dispositifs.base import EffetSurArgent
from jalon.socle.montants import ZERO, somme
from tests.dispositifs.apprentissage.contrats import contexte
from tests.dispositifs.apprentissage.demandes import APPRENTISSAGE, VIE, demande, npec, rupture

CONTEXTE = contexte(npec=npec)
DEBUT, FIN = date(2026, 9, 1), date(2028, 8, 31)
JOURS = st.integers(0, (FIN - DEBUT).days - 1)
VERSES = st.integers(0, 2_000_000).map(lambda centimes: Decimal(centimes) / 100)
assert VIE is not None


def ferme(effet: EffetSurArgent) -> None:
    """What was paid, plus what will be, less what is taken back, is what the contract is worth; payments are positive."""
    du = somme(e.montant for e in effet.estimation.echeances)
    reste = somme(e.montant for e in effet.a_verser)
    assert effet.deja_verse + reste - effet.trop_verse == du
    assert all(e.montant > ZERO for e in effet.a_verser)
    assert ZERO in {reste, effet.trop_verse}


def total(effet: EffetSurArgent) -> Decimal:
    """What the contract costs before the participation of the employer."""
    return somme(e.brut for e in effet.estimation.echeances)


@settings(max_examples=150, deadline=None)
@given(JOURS, VERSES, st.sampled_from([m.value for m in Motif]), st.integers(0, 400))
def test_une_rupture_ne_cree_pas_d_argent(jour: int, verse: Decimal, motif: str, suite: int) -> None:
    entier = demande()
    le = DEBUT + timedelta(days=jour)
    sans = rupture(le, motif)
    avec = rupture(le, motif, formation_jusqu_au=le + timedelta(days=suite))
    effets = [VIE.rompre([entier], CONTEXTE, r, verse) for r in (sans, avec)]
    for effet in effets:
        ferme(effet)
    seche, maintenue = effets
    assert total(seche) <= total(maintenue) <= total(VIE.reprendre([entier], CONTEXTE, ZERO))
    assert seche.jours_du_contrat == maintenue.jours_du_contrat == jour + 1
    assert seche.jours_maintenus == 0
    assert 0 <= maintenue.jours_maintenus <= 184


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 729), VERSES, st.sampled_from(["RNCP37889", "RNCP99999", "RNCP12345"]))
def test_un_avenant_de_diplome_se_paie_a_partir_de_son_effet(effet: int, verse: Decimal, rncp: str) -> None:
    entier = demande()
    jour = DEBUT + timedelta(days=effet)
    change = demande(contrat__type_contrat="35", contrat__date_effet=jour, contrat__date_conclusion=jour,
                     contrat__numero_precedent="074202609000001", formation__rncp=rncp)  # fmt: skip
    apres = VIE.reprendre([entier, change], CONTEXTE, verse)
    ferme(apres)
    niveaux = {"RNCP37889": 8000, "RNCP99999": 9500, "RNCP12345": 6000}
    avant = total(VIE.reprendre([entier], CONTEXTE, verse))
    bas, haut = sorted([Decimal(2 * niveaux["RNCP37889"]), Decimal(2 * niveaux[rncp])])
    assert bas <= total(apres) <= haut
    assert (total(apres) == avant) is (rncp == "RNCP37889")


def test_un_avenant_qui_ne_touche_ni_a_la_duree_ni_au_diplome_ne_change_rien() -> None:
    entier = demande()
    propres: dict[str, Any] = {"contrat__date_effet": date(2027, 3, 1), "contrat__date_conclusion": date(2027, 3, 1),
                               "contrat__numero_precedent": "074202609000001"}  # fmt: skip
    for code, plus in (("36", {"contrat__heures": 30}), ("31", {"employeur__idcc": "0016"})):
        change = demande(**{"contrat__type_contrat": code, **propres, **plus})
        assert VIE.reprendre([entier, change], CONTEXTE, ZERO).estimation.echeances == (
            APPRENTISSAGE.financement(entier, CONTEXTE).echeances
        )


def test_une_prolongation_paie_ses_jours_et_eux_seuls() -> None:
    entier = demande()
    change = demande(contrat__type_contrat="33", contrat__date_effet=date(2028, 9, 1), contrat__date_fin=date(2029, 8, 31),
                     contrat__numero_precedent="074202609000001")  # fmt: skip
    apres = VIE.reprendre([entier, change], CONTEXTE, ZERO)
    assert total(apres) - total(VIE.reprendre([entier], CONTEXTE, ZERO)) == Decimal(8000)


def test_la_rupture_apres_un_avenant_garde_le_niveau_de_chaque_jour() -> None:
    entier = demande()
    change = demande(contrat__type_contrat="35", contrat__date_effet=date(2027, 9, 1), contrat__numero_precedent="074202609000001",
                     formation__rncp="RNCP99999")  # fmt: skip
    effet = VIE.rompre([entier, change], CONTEXTE, rupture(date(2028, 2, 29), Motif.ACCORD), ZERO)
    assert total(effet) == Decimal(8000) + (Decimal(9500) * 182 / 366).quantize(Decimal("0.01"))


def test_la_rupture_dans_les_quarante_cinq_jours_reduit_la_participation() -> None:
    """R6332-25-1: half of the days done, for a diploma of level 6 or more."""
    licence = demande(formation__diplome="62")
    trente = VIE.rompre([licence], CONTEXTE, rupture(date(2026, 9, 30), Motif.ESSAI, jours_pratiques=20), ZERO)
    assert (total(trente), somme(e.montant for e in trente.a_verser)) == (Decimal("657.53"), Decimal("328.76"))
    apres = VIE.rompre([licence], CONTEXTE, rupture(date(2026, 10, 16), Motif.ACCORD), ZERO)
    assert total(apres) - somme(e.montant for e in apres.estimation.echeances) == Decimal(750)
