"""Every e-mail about a request: a subject, a sentence, a link, nothing about a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import time_machine

from jalon.courriers.actions import envoyer_courriel, preparer
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.dispositifs.base import Silence
from jalon.dossiers.courriels import MESSAGES, CourrielDeDossier, chemin_du_dossier
from jalon.dossiers.models import Dossier
from jalon.engagements.courriels import MESSAGES as DES_ENGAGEMENTS
from jalon.instruction.courriels import MESSAGES as DE_L_INSTRUCTION
from jalon.instruction.courriels import CourrielDuSilence, SilenceNe
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Profil
from tests.dispositifs.silencieux import dispositif_essai
from tests.dossiers.fabrique import LE, PORTEFEUILLE, SIREN, SIREN_OF, accorde, monde
from tests.habilitations import fabrique as h
from tests.instruction.essais import transmis

pytestmark = pytest.mark.django_db
TOUS = [*MESSAGES, *DE_L_INSTRUCTION, *DES_ENGAGEMENTS]


@pytest.fixture(autouse=True)
def _monde(settings: Any, tmp_path: Path) -> None:
    settings.JALON_DOSSIER_COURRIELS = tmp_path
    monde()


def envoyer(classe: type[CourrielDeDossier], dossier: Dossier, personne: Any, dossier_des_courriels: Path) -> str:
    """What the person receives, subject first; empty when nothing is sent."""
    preparer(classe, dossier.id, [Destinataire(personne.email, personne.id)], le=LE)
    courriel = Courriel.objects.get(genre=classe.genre, adresse=personne.email)
    envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    fichier = dossier_des_courriels / f"{courriel.id}.eml"
    if not fichier.exists():
        return ""
    message = message_from_bytes(fichier.read_bytes(), policy=policy.default)
    corps, html = message.get_body(("plain",)), message.get_body(("html",))
    assert corps is not None
    assert html is not None
    for texte in (corps.get_content(), html.get_content()):
        assert "http://localhost:8000" in texte
        for interdit in ("Lefort", "Zoé", "700", "{{", "{%", "None", "Hygiène"):
            assert interdit not in texte.replace(str(dossier.id), "").replace(str(dossier.numero), "")
    return f"{message['Subject'].strip()}\n{corps.get_content()}"


@contextmanager
def au_moment_de(classe: type[CourrielDeDossier]) -> Iterator[Dossier]:
    """A request of which such a message tells the truth."""
    if not issubclass(classe, CourrielDuSilence):
        yield accorde()
        return
    jours = 21 if classe is SilenceNe else 18
    with dispositif_essai(Silence.REFUS), time_machine.travel(LE + timedelta(days=jours), tick=False):
        yield transmis()


@pytest.mark.parametrize("classe", TOUS, ids=lambda c: c.genre)
def test_chaque_courriel_dit_une_phrase_et_un_lien(classe: type[CourrielDeDossier], tmp_path: Path) -> None:
    personne = h.personne("Aline", "Ferrand")
    h.rattacher(personne, SIREN)
    with au_moment_de(classe) as dossier:
        texte = envoyer(classe, dossier, personne, tmp_path)
    assert str(dossier.numero) in texte.splitlines()[0]
    assert chemin_du_dossier(dossier, Cote.ENTREPRISE) in texte
    assert texte.splitlines()[0].startswith(classe.titre)


@pytest.mark.parametrize("classe", TOUS, ids=lambda c: c.genre)
def test_rien_ne_part_a_qui_ne_voit_plus(classe: type[CourrielDeDossier], tmp_path: Path) -> None:
    gael = h.personne("Gaël", "Roche")
    assert envoyer(classe, accorde(), gael, tmp_path) == ""
    assert Courriel.objects.get(genre=classe.genre, adresse=gael.email).etat == "annule"


def test_le_lien_est_celui_du_cote_de_la_personne(tmp_path: Path) -> None:
    dossier = accorde()
    formateur, adviser = h.personne("Driss", "Haddad"), h.agent(h.Role.CONSEILLER, [PORTEFEUILLE], "Emma", "Vasseur")
    h.rattacher(formateur, SIREN_OF, Profil.PRESTATAIRE)
    classe = TOUS[2]
    assert f"/e/{SIREN_OF}/dossiers/{dossier.id}/" in envoyer(classe, dossier, formateur, tmp_path)
    assert f"/opco/dossiers/{dossier.id}/" in envoyer(classe, dossier, adviser, tmp_path)


def test_un_dossier_supprime_n_a_plus_de_courriel() -> None:
    from jalon.socle.identifiants import nouvel_id

    assert TOUS[0].charger(nouvel_id(), Destinataire("a@b.example")) is None


@pytest.mark.parametrize(
    ("silence", "pour_l_entreprise", "pour_l_opco"),
    [
        (Silence.REFUS, "refusée implicitement depuis le 15/12/2026", "Une décision expresse reste possible"),
        (Silence.ACCEPTATION, "réputée acceptée depuis le 15/12/2026", "rien n’est engagé ni payé avant"),
    ],
)
def test_le_silence_se_dit_a_chacun(silence: Silence, pour_l_entreprise: str, pour_l_opco: str, tmp_path: Path) -> None:
    aline, emma = h.personne("Aline", "Ferrand"), h.agent(h.Role.CONSEILLER, [PORTEFEUILLE], "Emma", "Vasseur")
    h.rattacher(aline, SIREN)
    with dispositif_essai(silence), time_machine.travel(LE + timedelta(days=21), tick=False):
        dossier = transmis()
        assert pour_l_entreprise in " ".join(envoyer(SilenceNe, dossier, aline, tmp_path).split())
        assert pour_l_opco in " ".join(envoyer(SilenceNe, dossier, emma, tmp_path).split())
