"""Pro-A of the former portal: a preview, one row a request, taken once, read by who may, acted on by nobody."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from jalon.dispositifs.pro_a import PRO_A
from jalon.dossiers.actions import annuler_dossier
from jalon.dossiers.actions.reprise import importer_historique
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles.reprise import ETATS, SUIVI, colonnes_de, lire_ligne
from jalon.dossiers.requetes import contenu_en_clair, dossier_accessible
from jalon.engagements.models import Engagement
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.journal.models import Evenement
from jalon.socle.dates import debut_du_jour
from jalon.socle.erreurs import Introuvable, SaisieRefusee, TransitionImpossible
from tests.dossiers.fabrique import AUTRE_SIREN, SIRET, SIRET_OF, acteur_entreprise, aline, driss, emma, monde
from tests.fils import ensemble

LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NIR = "2951099126111"
LIGNE = {
    "numero": "PA-2024-00042", "etat": "solde", "transmis_le": "12/03/2024", "accorde_le": "02/04/2024",
    "montant_accorde": "3 660,00", "montant_paye": "3 000,00",
    "entreprise.siret": SIRET, "entreprise.denomination": "Hôtel du Lac", "entreprise.code_postal": "74000", "entreprise.idcc": "1979",
    "salarie.nom": "Lefort", "salarie.prenom": "Zoé", "salarie.nir": NIR,
    "avenant.date_conclusion": "01/03/2024", "avenant.date_debut": "15/04/2024", "avenant.date_fin": "14/04/2025",
    "formation.intitule": "CQP Réceptionniste", "formation.rncp": "", "formation.organisme": "Savoir Faire", "formation.siret": SIRET_OF,
    "formation.nda": "", "formation.heures": "400", "formation.prix": "4 000",
}  # fmt: skip


def ecrire(dossier: Path, *lignes: dict[str, str]) -> Path:
    """A file of these lines."""
    chemin = dossier / "pro-a.csv"
    with chemin.open("w", encoding="utf-8", newline="") as sortie:
        tableau = csv.DictWriter(sortie, list(LIGNE), delimiter=";")
        tableau.writeheader()
        tableau.writerows({**LIGNE, **ligne} for ligne in lignes)
    return chemin


def importer(chemin: Path, *, appliquer: bool = True, dispositif: str = "pro_a"):  # type: ignore[no-untyped-def]
    return importer_historique(
        dispositif=dispositif, chemin=chemin, appliquer=appliquer, par=ActeurSysteme("reprise"), maintenant=LE
    )


def repris() -> list[Dossier]:
    return list(Dossier.objects.tous("essai").filter(dispositif="pro_a").order_by("reference_interne"))


def test_les_colonnes_sont_celles_du_suivi_et_du_formulaire() -> None:
    assert colonnes_de(PRO_A) == set(LIGNE)
    assert set(LIGNE) > SUIVI


@pytest.mark.parametrize(
    ("changement", "attendu"),
    [
        ({}, ""),
        ({"etat": "REFUSE", "accorde_le": "", "montant_accorde": "", "montant_paye": ""}, ""),
        ({"etat": "annule", "accorde_le": "", "montant_accorde": "", "montant_paye": ""}, ""),
        ({"transmis_le": "31/12/2025", "accorde_le": "01/02/2026"}, ""),
        ({"transmis_le": "01/01/2026", "accorde_le": "01/02/2026"}, "déjà fermé"),
        ({"etat": "accorde"}, "se reprend une fois clos"),
        ({"numero": " "}, "indiquez l’ancien numéro"),
        ({"numero": "x" * 61}, "indiquez l’ancien numéro"),
        ({"transmis_le": ""}, "indiquez le jour de transmission"),
        ({"transmis_le": "hier"}, "transmis_le"),
        ({"accorde_le": ""}, "indiquez quand et combien"),
        ({"etat": "refuse", "montant_paye": ""}, "n’a pas été accordé"),
        ({"accorde_le": "11/03/2024"}, "l’accord suit la transmission"),
        ({"montant_paye": "3 660,01"}, "ne dépasse pas le montant accordé"),
        ({"montant_paye": "beaucoup"}, "montant_paye"),
        ({"entreprise.siret": "12345678901234"}, "entreprise.siret"),
        ({"salarie.nir": "1"}, "salarie.nir"),
        ({"formation.intitule": "", "avenant.date_fin": ""}, "avenant.date_fin"),
    ],
)
def test_une_ligne_dit_tout_ce_qui_manque(changement: dict[str, str], attendu: str) -> None:
    if not attendu:
        assert lire_ligne(PRO_A, 2, {**LIGNE, **changement}).etat in ETATS
        return
    with pytest.raises(SaisieRefusee) as refus:
        lire_ligne(PRO_A, 2, {**LIGNE, **changement})
    assert attendu in refus.value.message
    assert NIR not in refus.value.message


@pytest.mark.django_db
def test_un_apercu_n_ecrit_rien_puis_chaque_dossier_est_repris_une_fois(tmp_path: Path) -> None:
    monde()
    chemin = ecrire(
        tmp_path,
        {},
        {"numero": "PA-2024-00043", "etat": "refuse", "accorde_le": "", "montant_accorde": "", "montant_paye": ""},
        {"numero": "PA-2024-00042"},
        {"numero": "PA-2024-00044", "entreprise.siret": "35600000000048"},
        {"numero": "PA-2024-00045", "etat": "en cours"},
    )
    apercu = importer(chemin, appliquer=False)
    assert (apercu.lues, len(apercu.nouveaux), len(apercu.deja)) == (5, 2, 0)
    assert [a.ligne for a in apercu.anomalies] == [4, 5, 6]
    assert repris() == []
    fait, encore = importer(chemin), importer(chemin)
    assert (len(fait.nouveaux), len(encore.nouveaux), len(encore.deja)) == (2, 0, 2)
    solde, refuse = repris()
    assert (solde.etat, solde.montant_accorde, solde.montant_paye) == (EtatDossier.SOLDE, Decimal("3660.00"), Decimal("3000.00"))
    assert (solde.transmis_le, solde.accorde_le) == (debut_du_jour(date(2024, 3, 12)), debut_du_jour(date(2024, 4, 2)))
    assert (str(solde.numero)[:6], solde.reference_interne) == ("2403PA", "Ancien n°\u00a0PA-2024-00042")
    assert (refuse.etat, refuse.accorde_le, refuse.attend_qui) == (EtatDossier.REFUSE, None, "")
    assert NIR not in str(solde.contenu)
    assert contenu_en_clair(solde).salarie.nir.startswith(NIR)  # type: ignore[attr-defined]
    assert not Engagement.objects.tous("essai").exists()
    assert Evenement.objects.tous("essai").filter(code="dossier.repris").count() == 2


@pytest.mark.django_db
def test_il_se_lit_selon_les_droits_et_personne_n_y_touche(tmp_path: Path) -> None:
    monde()
    importer(ecrire(tmp_path, {}))
    (dossier,) = repris()
    for qui in (aline(), driss(), emma()):
        assert dossier_accessible(dossier.pk, qui).pk == dossier.pk
    with pytest.raises(Introuvable):
        dossier_accessible(dossier.pk, acteur_entreprise(AUTRE_SIREN))
    with pytest.raises(TransitionImpossible):
        annuler_dossier(dossier_id=dossier.pk, motif="Non", par=aline(), maintenant=LE)


@pytest.mark.django_db
def test_un_dispositif_ouvert_ou_un_autre_fichier_se_refusent(tmp_path: Path) -> None:
    with pytest.raises(TransitionImpossible, match="se demande encore"):
        importer(ecrire(tmp_path, {}), dispositif="apprentissage")
    faux = tmp_path / "faux.csv"
    faux.write_text("numero;etat\n1;solde\n")
    with pytest.raises(SaisieRefusee, match="doit nommer les colonnes"):
        importer(faux)


@pytest.mark.usefixtures("base_reelle")
def test_deux_reprises_a_la_fois_ne_doublent_rien(tmp_path: Path) -> None:
    monde()
    chemin = ecrire(tmp_path, {})
    ensemble([lambda: importer(chemin) for _ in range(2)])
    assert len(repris()) == 1
