"""The table of moves, the waiting that goes with each state, and the page drawn from them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from jalon.dossiers.enums import EN_EXECUTION, LIBELLES_ETATS, EtatDossier, Partie
from jalon.dossiers.regles import (
    SANS_ATTENTE,
    TABLE,
    attente_accord,
    attente_brouillon,
    attente_complement,
    attente_instruction,
    attente_rupture,
    attente_transmis,
    etat_affiche,
    former_numero,
    page_des_etats,
    prochaine_etape,
)
from jalon.socle.baremes import ModePaiement
from jalon.socle.erreurs import TransitionImpossible

PAGE = Path(__file__).parents[2] / "docs" / "etats" / "dossier.md"
E = EtatDossier
PERMIS = {
    (E.BROUILLON, E.TRANSMIS),
    (E.TRANSMIS, E.EN_INSTRUCTION),
    (E.EN_INSTRUCTION, E.A_COMPLETER),
    (E.A_COMPLETER, E.EN_INSTRUCTION),
    (E.EN_INSTRUCTION, E.ACCORDE),
    (E.EN_INSTRUCTION, E.REFUSE),
    (E.A_COMPLETER, E.REFUSE),
    (E.TRANSMIS, E.ANNULE),
    (E.EN_INSTRUCTION, E.ANNULE),
    (E.A_COMPLETER, E.ANNULE),
    (E.ACCORDE, E.ANNULE),
    (E.ACCORDE, E.SOLDE),
    (E.ACCORDE, E.ROMPU),
    (E.ROMPU, E.SOLDE),
}
JOUR = date(2026, 11, 24)


@pytest.mark.parametrize("depuis", list(EtatDossier))
@pytest.mark.parametrize("vers", list(EtatDossier))
def test_la_table_permet_ces_passages_et_aucun_autre(depuis: EtatDossier, vers: EtatDossier) -> None:
    assert TABLE.permet(depuis, vers) == ((depuis, vers) in PERMIS)
    if (depuis, vers) not in PERMIS:
        with pytest.raises(TransitionImpossible, match=LIBELLES_ETATS[depuis]):
            TABLE.exiger(depuis, vers)


def test_la_page_des_etats_est_celle_de_la_table() -> None:
    assert PAGE.read_text() == page_des_etats()


@pytest.mark.parametrize(
    ("etat", "debut", "affiche"),
    [
        (E.ACCORDE, JOUR, EN_EXECUTION),
        (E.ACCORDE, JOUR - timedelta(days=1), EN_EXECUTION),
        (E.ACCORDE, JOUR + timedelta(days=1), E.ACCORDE),
        (E.ACCORDE, None, E.ACCORDE),
        (E.SOLDE, JOUR, E.SOLDE),
        (E.BROUILLON, JOUR, E.BROUILLON),
    ],
)
def test_en_execution_est_deduit_de_la_date(etat: EtatDossier, debut: date | None, affiche: str) -> None:
    assert etat_affiche(etat, debut, JOUR) == affiche


@pytest.mark.parametrize(
    ("attente", "phrase"),
    [
        (SANS_ATTENTE, "Aucune"),
        (attente_brouillon(None), "Terminer et transmettre le dossier"),
        (attente_brouillon(date(2026, 12, 12)), "Terminer et transmettre le dossier avant le 12\u00a0déc."),
        (attente_brouillon(JOUR), "Terminer et transmettre le dossier avant le mar. 24\u00a0nov."),
        (
            attente_brouillon(JOUR - timedelta(days=1)),
            "Terminer et transmettre le dossier, en retard depuis le mar. 24\u00a0nov.",
        ),
        (attente_complement(date(2026, 11, 20), ["Programme"]), "Compléter\u00a0: Programme, en retard depuis le 21\u00a0nov."),
        (attente_transmis(date(2026, 10, 1), timedelta(days=20)), "Réponse de l’OPCO avant le 21\u00a0oct."),
        (attente_transmis(JOUR, timedelta(days=30)), "Réponse de l’OPCO avant le 24\u00a0déc."),
        (attente_instruction(JOUR, None), "Réponse de l’OPCO avant le 24\u00a0déc."),
        (attente_complement(date(2026, 11, 30), ["Programme"]), "Compléter\u00a0: Programme avant le lun. 30\u00a0nov."),
        (
            attente_complement(date(2026, 12, 24), ["Programme", "Date de fin", "NIR"]),
            "Compléter\u00a0: Programme et 2 autres éléments avant le 24\u00a0déc.",
        ),
        (attente_accord(ModePaiement.SUBROGATION), "Envoyer la facture et le certificat de réalisation"),
    ],
)
def test_la_prochaine_etape_se_dit_en_quelques_mots(attente: object, phrase: str) -> None:
    assert prochaine_etape(attente, JOUR) == phrase  # type: ignore[arg-type]


def test_celui_qui_est_paye_envoie_la_facture() -> None:
    assert attente_accord(ModePaiement.SUBROGATION).qui == Partie.PRESTATAIRE
    assert attente_accord(ModePaiement.REMBOURSEMENT).qui == Partie.ENTREPRISE


def test_un_motif_trop_long_tient_dans_sa_colonne() -> None:
    assert len(attente_complement(JOUR, ["x" * 500]).motif) == 200


def test_un_numero_dit_le_mois_et_le_dispositif() -> None:
    assert former_numero(date(2026, 11, 3), "AF", 123) == "2611AF000123"


def test_apres_une_rupture_le_prestataire_repond() -> None:
    attente = attente_rupture()
    assert (attente.qui, attente.avant) == (Partie.PRESTATAIRE, None)
    assert prochaine_etape(attente, JOUR).startswith("Dire si la formation continue")
