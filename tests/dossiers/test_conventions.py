"""« Convention d’un autre OPCO »: our name comes from the setting, the agreement's from the table; both sides are told."""

import pytest
from pytest_django import Settings

from jalon.dispositifs.lecture import verifier
from jalon.dispositifs.registre import dispositif
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contexte_de, reponses_de
from jalon.instruction.requetes.controles import Resultat, controles_de
from jalon.referentiels.models import Idcc
from tests.dossiers import fabrique as f

pytestmark = pytest.mark.django_db
AILLEURS = "Vérifiez l’IDCC\u00a0: cette convention relève en principe de l’opérateur AKTO"
NOTRE_NOM = [("", False), ("AKTO", False), ("akto ", False), ("OPCO Mobilités", True), ("Inconnu", True)]


@pytest.fixture(autouse=True)
def _monde() -> None:
    f.monde()


def _avertissements(dossier: Dossier) -> list[str]:
    declaration = dispositif(dossier.dispositif)
    verification = verifier(declaration, reponses_de(dossier, f.aline()), contexte_de(dossier, f.LE, f.aline()))
    assert not verification.bloquantes
    return [a.message for a in verification.avertissements if a.controle == "idcc-connu"]


@pytest.mark.parametrize(("notre_nom", "signalee"), NOTRE_NOM)
def test_l_entreprise_est_prevenue_sans_etre_empechee(notre_nom: str, signalee: bool, settings: Settings) -> None:
    settings.JALON_OPCO_IDCC = notre_nom
    assert _avertissements(f.complet()) == ([AILLEURS] if signalee else [])


@pytest.mark.parametrize(("notre_nom", "signalee"), NOTRE_NOM)
def test_la_conseillere_le_voit_dans_ses_controles(notre_nom: str, signalee: bool, settings: Settings) -> None:
    settings.JALON_OPCO_IDCC = notre_nom
    (vu,) = (c for c in controles_de(f.transmis(), f.LE) if c.identifiant == "idcc-connu")
    assert (vu.resultat, vu.messages) == ((Resultat.AVERTIT, (AILLEURS,)) if signalee else (Resultat.CONFORME, ()))


def test_une_convention_sans_opco_n_est_pas_signalee(settings: Settings) -> None:
    settings.JALON_OPCO_IDCC = "OPCO Mobilités"
    Idcc.objects.filter(code="1979").update(opco="")
    assert _avertissements(f.complet()) == []
