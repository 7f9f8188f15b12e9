"""Every organisation is in exactly one portefeuille: by name, by IDCC and département, by IDCC, by département, or the default."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.db import connection

from jalon.bancs.sirene_fictif import siren_fictif, siret_fictif
from jalon.organisations import portefeuilles
from jalon.organisations.actions import attribuer_portefeuilles, importer_portefeuilles
from jalon.organisations.actions.portefeuilles import BilanPortefeuilles
from jalon.organisations.models import Etablissement, Organisation, Portefeuille, ReglePortefeuille, SirenPortefeuille
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.organisations.tableaux import LignesRefusees
from jalon.socle.erreurs import SaisieRefusee
from tests.acteurs import FauxActeur
from tests.organisations.fichiers import MAINTENANT, SIREN

pytestmark = pytest.mark.django_db
REGLES = """portefeuille;IDCC;Département
Hôtels du Nord;1979;59
Hôtels;1979;*
Nord;*;59
Corse;*;2a
Réunion;*;974
"""


def _creer(rang: int, idcc: str = "", commune: str = "") -> str:
    siren = siren_fictif(rang)
    siret = siret_fictif(siren, 1)
    Organisation.objects.create(siren=siren, denomination=f"O{rang}", idcc=idcc, nic_siege=siret[9:])
    if commune:
        Etablissement.objects.create(siret=siret, siege=True, code_commune=commune)
    return siren


def _importer(dossier: Path, texte: str) -> BilanPortefeuilles:
    chemin = dossier / "portefeuilles.csv"
    chemin.write_text(texte, encoding="utf-8")
    return importer_portefeuilles(chemin=chemin, par=FauxActeur(), maintenant=MAINTENANT)


def _nom(siren: str) -> str:
    return Organisation.objects.select_related("portefeuille").get(siren=siren).portefeuille.nom


@pytest.fixture
def suivis() -> Iterator[list[str]]:
    """What a registered upper app is told."""
    recus: list[str] = []

    def suivi(sirens: Sequence[str]) -> None:
        recus.extend(sirens)

    avant = list(portefeuilles._SUIVIS)
    portefeuilles._SUIVIS.clear()
    portefeuilles.declarer_suivi(suivi)
    yield recus
    portefeuilles._SUIVIS[:] = avant


def test_sans_regle_une_organisation_est_sans_affectation() -> None:
    siren = _creer(1)
    assert attribuer_portefeuilles() == 0
    assert _nom(siren) == "Sans affectation"
    assert Organisation.objects.get(siren=siren).portefeuille_id == PORTEFEUILLE_PAR_DEFAUT


@pytest.mark.parametrize(
    ("idcc", "commune", "attendu"),
    [
        ("1979", "59350", "Hôtels du Nord"),
        ("1979", "75056", "Hôtels"),
        ("1979", "", "Hôtels"),
        ("1486", "59350", "Nord"),
        ("", "59350", "Nord"),
        ("", "2A004", "Corse"),
        ("", "2B033", "Sans affectation"),
        ("", "97411", "Réunion"),
        ("", "97209", "Sans affectation"),
        ("1486", "75056", "Sans affectation"),
        ("", "", "Sans affectation"),
    ],
)
def test_la_regle_la_plus_precise_l_emporte(tmp_path: Path, idcc: str, commune: str, attendu: str) -> None:
    siren = _creer(1, idcc, commune)
    bilan = _importer(tmp_path, REGLES)
    assert bilan.crees == ("Corse", "Hôtels", "Hôtels du Nord", "Nord", "Réunion")
    assert _nom(siren) == attendu


def test_une_regle_pour_tous_remplace_le_defaut(tmp_path: Path) -> None:
    siren = _creer(1)
    _importer(tmp_path, REGLES + "Tous;*;*\n")
    assert _nom(siren) == "Tous"


def test_la_liste_l_emporte_sur_les_regles(tmp_path: Path) -> None:
    siren, autre = _creer(1, "1979", "59350"), _creer(2, "1979", "59350")
    _importer(tmp_path, REGLES)
    _importer(tmp_path, f"portefeuille;siren\nGrands comptes;{siren}\n")
    assert (_nom(siren), _nom(autre)) == ("Grands comptes", "Hôtels du Nord")


def test_un_fichier_remplace_le_precedent_de_meme_forme(tmp_path: Path) -> None:
    siren, autre = _creer(1, "1979"), _creer(2, "1486")
    _importer(tmp_path, f"portefeuille;siren\nListe;{autre}\n")
    _importer(tmp_path, REGLES)
    bilan = _importer(tmp_path, "portefeuille;idcc;departement\nSans affectation;1486;*\n")
    assert (bilan.lignes, bilan.deplaces, bilan.crees) == (1, 1, ())
    assert (_nom(siren), _nom(autre)) == ("Sans affectation", "Liste")
    assert ReglePortefeuille.objects.count() == 1
    assert SirenPortefeuille.objects.count() == 1


def test_les_apps_au_dessus_sont_prevenues_des_seuls_changements(tmp_path: Path, suivis: list[str]) -> None:
    deplacee, _restee = _creer(1, "1979"), _creer(2)
    assert _importer(tmp_path, REGLES).deplaces == 1
    assert suivis == [deplacee]
    suivis.clear()
    _importer(tmp_path, REGLES)
    assert suivis == []


def test_elles_sont_prevenues_par_lots_dans_la_meme_transaction(
    tmp_path: Path, suivis: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jalon.organisations.actions.affectation.LOT", 2)
    sirens = [_creer(n, "1979") for n in range(5)]
    lots: list[int] = []

    def compter(lot: Sequence[str]) -> None:
        assert connection.in_atomic_block
        assert set(Organisation.objects.filter(siren__in=lot).values_list("portefeuille__nom", flat=True)) == {"Hôtels"}
        lots.append(len(lot))

    portefeuilles.declarer_suivi(compter)
    _importer(tmp_path, REGLES)
    assert sorted(suivis) == sorted(sirens)
    assert lots == [2, 2, 1]


def test_un_suivi_declare_deux_fois_n_est_appele_qu_une(tmp_path: Path, suivis: list[str]) -> None:
    for suivi in portefeuilles.suivis():
        portefeuilles.declarer_suivi(suivi)
    siren = _creer(1, "1979")
    _importer(tmp_path, REGLES)
    assert suivis == [siren]


def test_seules_les_organisations_demandees_sont_replacees(tmp_path: Path) -> None:
    siren, autre = _creer(1, "1979"), _creer(2, "1979")
    _importer(tmp_path, REGLES)
    Organisation.objects.update(portefeuille=PORTEFEUILLE_PAR_DEFAUT)
    assert attribuer_portefeuilles(sirens=[siren]) == 1
    assert (_nom(siren), _nom(autre)) == ("Hôtels", "Sans affectation")


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        (";1979;59", "Indiquez le portefeuille"),
        ("Nord;;59", "Indiquez l’IDCC et le département, ou «\u00a0*\u00a0» pour tous"),
        ("Nord;*;", "Indiquez l’IDCC et le département, ou «\u00a0*\u00a0» pour tous"),
        ("Nord;hôtels;59", "Un IDCC comporte 4 chiffres au plus\u00a0: «\u00a0hôtels\u00a0»"),
        ("Nord;*;20", "Ce département n’existe pas\u00a0: «\u00a020\u00a0» (01 à 95, 2A, 2B, 971 à 988)"),
        ("Nord;*;Paris", "Ce département n’existe pas\u00a0: «\u00a0PARIS\u00a0» (01 à 95, 2A, 2B, 971 à 988)"),
        ("Autre;1979;75", "Ce cas est déjà traité ligne 2\u00a0: un seul portefeuille par cas"),
        (f"{'N' * 121};*;*", "Le nom d’un portefeuille comporte 120 caractères au plus"),
    ],
)
def test_une_seule_ligne_fausse_et_rien_n_est_ecrit(tmp_path: Path, ligne: str, raison: str) -> None:
    with pytest.raises(LignesRefusees) as refus:
        _importer(tmp_path, f"portefeuille;idcc;departement\nParis;1979;75\n{ligne}\n")
    assert [(a.ligne, a.raison) for a in refus.value.anomalies] == [(3, raison)]
    assert not ReglePortefeuille.objects.exists()
    assert Portefeuille.objects.count() == 1


def test_une_liste_dont_un_siren_est_faux(tmp_path: Path) -> None:
    with pytest.raises(LignesRefusees, match="ligne 3\u00a0: Ce SIREN n’existe pas"):
        _importer(tmp_path, f"portefeuille;siren\nA;{SIREN}\nA;123456789\n")
    assert not SirenPortefeuille.objects.exists()


def test_les_colonnes_attendues_sont_dites(tmp_path: Path) -> None:
    with pytest.raises(SaisieRefusee, match="«\u00a0departement;idcc;portefeuille\u00a0» ou «\u00a0portefeuille;siren\u00a0»"):
        _importer(tmp_path, "nom;valeur\na;b\n")
