"""The countdown of the OPCO, day by day, and what its silence is worth: pure."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jalon.dispositifs.action_formation import ACTION_FORMATION
from jalon.dispositifs.apprentissage import APPRENTISSAGE
from jalon.dispositifs.base import Dispositif, Silence
from jalon.dispositifs.professionnalisation import PROFESSIONNALISATION
from jalon.dispositifs.reconversion import RECONVERSION
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dossiers.enums import EtatDossier, Partie
from jalon.dossiers.regles import (
    SANS_ATTENTE,
    Attente,
    attente_brouillon,
    attente_complement,
    attente_instruction,
    attente_transmis,
    compte_a_rebours,
)
from jalon.socle.dates import fin_du_jour, jour_de_paris

E = EtatDossier
DELAI = timedelta(days=20)
COMPLET = date(2026, 9, 1)
SECONDE = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("declare", "silence", "jours", "source"),
    [
        (APPRENTISSAGE, Silence.REFUS, 20, "Code du travail, R6224-3"),
        (PROFESSIONNALISATION, Silence.ACCEPTATION, 20, "Code du travail, D6325-2"),
        (RECONVERSION, Silence.SANS_EFFET, 20, ""),  # R6324-2 gives a delay, and no effect to silence
        (ACTION_FORMATION, Silence.SANS_EFFET, 30, ""),
    ],
)
def test_le_silence_de_chaque_dispositif_est_celui_de_son_article(
    declare: Dispositif, silence: Silence, jours: int, source: str
) -> None:
    assert (declare.silence, declare.delai_decision, declare.source_silence) == (silence, timedelta(days=jours), source)


def test_ce_qui_a_un_effet_a_un_delai_et_une_source() -> None:
    for declare in DISPOSITIFS.values():
        if declare.silence != Silence.SANS_EFFET:
            assert declare.delai_decision
            assert declare.source_silence


@pytest.mark.parametrize(
    ("complet", "dernier"),
    [
        (date(2026, 9, 1), date(2026, 9, 21)),
        (date(2026, 10, 10), date(2026, 10, 30)),  # winter time comes on 25 October
        (date(2027, 3, 15), date(2027, 4, 4)),  # summer time comes on 28 March
        (date(2028, 2, 9), date(2028, 2, 29)),
        (date(2027, 2, 9), date(2027, 3, 1)),
        (date(2026, 12, 20), date(2027, 1, 9)),
    ],
)
def test_le_silence_nait_a_minuit_a_paris_apres_le_vingtieme_jour(complet: date, dernier: date) -> None:
    """Code du travail, R6224-3: calendar days, Sundays and holidays counted."""
    attente = attente_instruction(complet, DELAI)
    minuit = fin_du_jour(dernier)
    avant, apres = (
        compte_a_rebours(E.EN_INSTRUCTION, attente, Silence.REFUS, jour_de_paris(le)) for le in (minuit - SECONDE, minuit)
    )
    assert avant is not None
    assert apres is not None
    assert (avant.ne, avant.jours, apres.ne) == (False, 0, True)
    assert apres.depuis == dernier + timedelta(days=1) == jour_de_paris(minuit)


@pytest.mark.parametrize(
    ("instant", "ne"),
    [
        (datetime(2026, 9, 21, 21, 59, 59, tzinfo=UTC), False),  # 23:59:59 in Paris, summer time
        (datetime(2026, 9, 21, 22, 0, tzinfo=UTC), True),
    ],
)
def test_le_jour_est_celui_de_paris(instant: datetime, ne: bool) -> None:
    compte = compte_a_rebours(E.TRANSMIS, attente_transmis(COMPLET, DELAI), Silence.REFUS, jour_de_paris(instant))
    assert compte is not None
    assert compte.ne == ne


@pytest.mark.parametrize(
    ("reste", "phrase", "ton"),
    [
        (12, "Silence dans 12\u00a0jours\u00a0: refus implicite", ""),
        (6, "Silence dans 6\u00a0jours\u00a0: refus implicite", ""),
        (5, "Silence dans 5\u00a0jours\u00a0: refus implicite", "warn"),
        (4, "Silence dans 4\u00a0jours\u00a0: refus implicite", "warn"),
        (3, "Silence dans 3\u00a0jours\u00a0: refus implicite", "bad"),
        (1, "Silence demain soir\u00a0: refus implicite", "bad"),
        (0, "Silence ce soir\u00a0: refus implicite", "bad"),
        (-1, "Refus implicite depuis le mar. 22\u00a0sept.", "bad"),
        (-9, "Refus implicite depuis le 22\u00a0sept.", "bad"),
    ],
)
def test_le_compte_a_rebours_se_dit_dans_son_ton(reste: int, phrase: str, ton: str) -> None:
    jour = COMPLET + DELAI - timedelta(days=reste)
    compte = compte_a_rebours(E.EN_INSTRUCTION, attente_instruction(COMPLET, DELAI), Silence.REFUS, jour)
    assert compte is not None
    assert (compte.jours, compte.phrase(jour), compte.ton) == (reste, phrase, ton)


def test_le_silence_vaut_ce_que_dit_le_dispositif() -> None:
    jour = COMPLET + DELAI + timedelta(days=1)
    attente = attente_instruction(COMPLET, DELAI)
    refus, acceptation = (
        compte_a_rebours(E.EN_INSTRUCTION, attente, silence, jour) for silence in (Silence.REFUS, Silence.ACCEPTATION)
    )
    assert refus is not None
    assert acceptation is not None
    assert (refus.affiche, refus.refuse) == ("refus_implicite", True)
    assert (acceptation.affiche, acceptation.refuse) == ("acceptation_implicite", False)
    assert acceptation.phrase(jour) == "Acceptation implicite depuis le mar. 22\u00a0sept."
    assert compte_a_rebours(E.EN_INSTRUCTION, attente, Silence.SANS_EFFET, jour) is None


@pytest.mark.parametrize(
    ("etat", "attente"),
    [
        (E.BROUILLON, attente_brouillon(COMPLET)),
        (E.A_COMPLETER, attente_complement(COMPLET, ["Programme"])),
        (E.ACCORDE, Attente(Partie.PRESTATAIRE, None, "Envoyer la facture")),
        (E.REFUSE, SANS_ATTENTE),
        (E.ANNULE, SANS_ATTENTE),
        (E.SOLDE, SANS_ATTENTE),
        (E.EN_INSTRUCTION, Attente(Partie.OPCO, None, "Décider")),
    ],
)
def test_le_delai_ne_court_que_quand_l_opco_decide(etat: str, attente: Attente) -> None:
    assert compte_a_rebours(etat, attente, Silence.REFUS, COMPLET + timedelta(days=90)) is None
