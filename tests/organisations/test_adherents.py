"""Who is an adherent, since when."""

from datetime import date
from pathlib import Path

import pytest

from jalon.bancs.sirene_fictif import siren_fictif
from jalon.organisations.actions import importer_adherents
from jalon.organisations.actions.adherents import BilanAdherents
from jalon.organisations.enums import SourceOrganisation
from jalon.organisations.models import Organisation
from jalon.organisations.requetes import adherents_au
from jalon.organisations.tableaux import LignesRefusees
from jalon.socle.erreurs import SaisieRefusee
from tests.acteurs import FauxActeur
from tests.organisations.fichiers import MAINTENANT, SIREN

pytestmark = pytest.mark.django_db
AUTRE = siren_fictif(2)


@pytest.fixture(autouse=True)
def _une_organisation() -> None:
    Organisation.objects.create(siren=SIREN, denomination="BOULANGERIE DU PORT")


def _importer(dossier: Path, texte: str, **options: bool) -> BilanAdherents:
    chemin = dossier / "adherents.csv"
    chemin.write_text(texte, encoding="utf-8")
    return importer_adherents(chemin=chemin, par=FauxActeur(), maintenant=MAINTENANT, **options)


@pytest.mark.parametrize("jour", ["2026-01-15", "15/01/2026", "15/1/26", "15012026"])
def test_une_date_s_ecrit_de_plusieurs_facons(tmp_path: Path, jour: str) -> None:
    bilan = _importer(tmp_path, f"SIREN;date\n{SIREN};{jour}\n")
    assert (bilan.lus, bilan.mis_a_jour, bilan.a_verifier) == (1, 1, 0)
    assert Organisation.objects.get(siren=SIREN).adherent_depuis == date(2026, 1, 15)


def test_idcc_et_effectif_sont_facultatifs(tmp_path: Path) -> None:
    _importer(tmp_path, f"siren;date;idcc;effectif\n{SIREN};15/01/2026;843;12\n")
    _importer(tmp_path, f"siren;date;idcc;effectif\n{SIREN};15/01/2026;;\n")
    organisation = Organisation.objects.get(siren=SIREN)
    assert (organisation.idcc, organisation.effectif) == ("0843", 12)


def test_un_siren_inconnu_devient_a_verifier(tmp_path: Path) -> None:
    bilan = _importer(tmp_path, f"siren;date\n{SIREN};15/01/2026\n{AUTRE};15/01/2026\n")
    assert bilan.a_verifier == 1
    organisation = Organisation.objects.get(siren=AUTRE)
    assert organisation.source == SourceOrganisation.A_VERIFIER
    assert organisation.adherent_depuis == date(2026, 1, 15)


def test_relancer_ne_change_rien(tmp_path: Path) -> None:
    _importer(tmp_path, f"siren;date\n{SIREN};15/01/2026\n")
    bilan = _importer(tmp_path, f"siren;date\n{SIREN};15/01/2026\n")
    assert (bilan.mis_a_jour, bilan.inchanges) == (0, 1)


def test_les_absents_restent_adherents_sauf_si_la_liste_est_complete(tmp_path: Path) -> None:
    _importer(tmp_path, f"siren;date\n{SIREN};15/01/2026\n")
    assert _importer(tmp_path, f"siren;date\n{AUTRE};15/01/2026\n").retires == 0
    assert Organisation.objects.get(siren=SIREN).adherent_depuis is not None
    assert _importer(tmp_path, f"siren;date\n{AUTRE};15/01/2026\n", liste_complete=True).retires == 1
    assert Organisation.objects.get(siren=SIREN).adherent_depuis is None


def test_les_lignes_illisibles_sont_toutes_dites_et_rien_n_est_ecrit(tmp_path: Path) -> None:
    lignes = [f"{SIREN};15/01/2026;1486;3", "123456789;15/01/2026;;", f"{AUTRE};31/02/2026;;", f"{AUTRE};bientôt;;"]
    lignes += [f"{AUTRE};15/01/2026;14866;", f"{AUTRE};15/01/2026;;beaucoup", f"{SIREN};16/01/2026;;", ";15/01/2026;;"]
    with pytest.raises(LignesRefusees) as refus:
        _importer(tmp_path, "siren;date;idcc;effectif\n" + "\n".join(lignes))
    assert [(a.ligne, a.raison) for a in refus.value.anomalies] == [
        (3, "Ce SIREN n’existe pas. Vérifiez les 9 chiffres"),
        (4, "Cette date n’existe pas au calendrier"),
        (5, "Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026"),
        (6, "Un IDCC comporte 4 chiffres au plus\u00a0: «\u00a014866\u00a0»"),
        (7, "L’effectif est un nombre entier de personnes\u00a0: «\u00a0beaucoup\u00a0»"),
        (8, f"Le SIREN {SIREN} figure déjà plus haut"),
        (9, "Indiquez le SIREN"),
    ]
    assert "7 lignes sont refusées sur 8" in refus.value.message
    assert "ligne 4\u00a0: Cette date n’existe pas au calendrier" in refus.value.message
    assert Organisation.objects.get().adherent_depuis is None


def test_les_autres_lignes_passent_quand_on_le_demande(tmp_path: Path) -> None:
    bilan = _importer(tmp_path, f"siren;date\n{SIREN};15/01/2026\n{AUTRE};hier\n", ignorer_rejets=True)
    assert [a.ligne for a in bilan.anomalies] == [3]
    assert (bilan.lus, bilan.mis_a_jour) == (2, 1)
    assert Organisation.objects.get().adherent_depuis == date(2026, 1, 15)


def test_un_fichier_dont_tout_est_refuse_l_est_toujours(tmp_path: Path) -> None:
    with pytest.raises(LignesRefusees, match="1 ligne est refusée sur 1"):
        _importer(tmp_path, "siren;date\n1;2\n", ignorer_rejets=True)


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"", "il est vide"),
        (b"siren;date\n", "que la ligne d’en-tête"),
        (b"siren;depuis\n1;2\n", "sa première ligne doit nommer les colonnes"),
        (b"PK\x03\x04\x00", "ce n’est pas du texte"),
        ("siren;date\n1;é\n".encode("latin-1"), "n’est pas en UTF-8 (ligne 2)"),
    ],
)
def test_un_fichier_qui_n_est_pas_le_bon(tmp_path: Path, octets: bytes, phrase: str) -> None:
    chemin = tmp_path / "adherents.csv"
    chemin.write_bytes(octets)
    with pytest.raises(SaisieRefusee) as refus:
        importer_adherents(chemin=chemin, par=FauxActeur(), maintenant=MAINTENANT)
    assert phrase in refus.value.message


def test_les_adherents_a_une_date(tmp_path: Path) -> None:
    fermee = siren_fictif(3)
    Organisation.objects.create(siren=AUTRE, denomination="B", adherent_depuis=date(2026, 2, 1))
    Organisation.objects.create(siren=fermee, denomination="C", adherent_depuis=date(2025, 1, 1), etat="C")
    _importer(tmp_path, f"siren;date\n{SIREN};15/01/2026\n")
    assert [o.siren for o in adherents_au(date(2026, 1, 14))] == []
    assert [o.siren for o in adherents_au(date(2026, 1, 15))] == [SIREN]
    assert [o.siren for o in adherents_au(date(2026, 2, 1))] == [SIREN, AUTRE]
