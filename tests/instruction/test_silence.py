"""The OPCO's silence: shown at once, told once, and what may still be done after it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from jalon.courriers.messages import Destinataire
from jalon.dispositifs.base import Silence
from jalon.dossiers.actions import completer_dossier
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import etapes, liste_dossiers
from jalon.engagements.models import Engagement
from jalon.facturation.requetes import a_facturer
from jalon.instruction.actions import (
    accorder_dossier,
    demander_complement,
    prendre_en_charge,
    prevenir_du_silence,
    refuser_dossier,
)
from jalon.instruction.courriels import SilenceNe, SilenceProche
from jalon.instruction.enums import MotifRefus
from jalon.instruction.models import Decision
from jalon.instruction.requetes import a_faire, decision_de, lire_file
from jalon.journal.models import Evenement
from jalon.socle.erreurs import SaisiesRefusees, TransitionImpossible
from tests.dispositifs.silencieux import SOURCE, dispositif_essai
from tests.dossiers.fabrique import LE, SIREN, aline, complet, emma, en_instruction, joindre, monde, relire
from tests.instruction.essais import APRES, DERNIER_JOUR, JOUR, ecrits, gens, instruit, transmis

pytestmark = pytest.mark.usefixtures("_monde")
MINUIT = datetime(2026, 12, 14, 23, 0, tzinfo=UTC)
"""24:00 in Paris, twenty days after 24 November."""


@pytest.fixture
def _monde(db: None) -> None:
    monde()


@pytest.fixture
def _refus() -> Iterator[None]:
    with dispositif_essai(Silence.REFUS):
        yield


@pytest.fixture
def _acceptation() -> Iterator[None]:
    with dispositif_essai(Silence.ACCEPTATION):
        yield


def silences(dossier: Dossier) -> list[dict[str, str]]:
    """What the history says of silence."""
    lignes = Evenement.objects.tous("essai").filter(code="dossier.silence", objet_id=str(dossier.pk)).order_by("le")
    return [ligne.details for ligne in lignes]


def accorder(dossier: Dossier, le: datetime = APRES, montant: str = "700") -> Decision:
    return accorder_dossier(dossier_id=dossier.id, montants_par_ligne={"pedagogie": Decimal(montant)}, par=emma(), maintenant=le)


def refuser(dossier: Dossier, le: datetime = APRES) -> Decision:
    return refuser_dossier(dossier_id=dossier.id, motif=MotifRefus.AUTRE, texte="Voir la lettre", par=emma(), maintenant=le)


def demander(dossier: Dossier, le: datetime = APRES) -> None:
    demander_complement(
        dossier_id=dossier.id, pieces=["programme"], cases=[], message="Illisible", echeance=le.date() + 9 * JOUR, par=emma(),
        maintenant=le,
    )  # fmt: skip


# ------------------------------------------------------------------ ce qui se voit


@pytest.mark.parametrize(
    ("silence", "affiche", "phrase"),
    [
        (Silence.REFUS, "refus_implicite", "Refus implicite depuis le mar. 15\u00a0déc."),
        (Silence.ACCEPTATION, "acceptation_implicite", "Acceptation implicite depuis le mar. 15\u00a0déc."),
        (Silence.SANS_EFFET, "en_instruction", "Réponse de l’OPCO avant le 14\u00a0déc."),
    ],
)
def test_l_etat_se_deduit_quand_il_se_lit(silence: Silence, affiche: str, phrase: str) -> None:
    with dispositif_essai(silence):
        lu = relire(instruit())
        veille, jour = DERNIER_JOUR.date(), APRES.date()
        assert (lu.etat_affiche(veille), lu.etat_affiche(jour)) == ("en_instruction", affiche)
        assert lu.prochaine_etape(jour) == phrase
        assert relire(lu).etat == EtatDossier.EN_INSTRUCTION
        decision = etapes(lu, jour)[3].detail
        assert decision == (phrase if silence != Silence.SANS_EFFET else "Sous 20 jours, dossier complet")
        assert decision_de(lu, emma()) is None


@pytest.mark.usefixtures("_refus")
def test_un_dossier_que_personne_n_a_pris_est_refuse_lui_aussi() -> None:
    lu = relire(transmis())
    assert lu.libelle_etat(APRES.date()) == "Refus implicite"


def test_une_action_de_formation_ne_craint_pas_le_silence() -> None:
    assert en_instruction().etat_affiche(date(2027, 12, 1)) == "en_instruction"


@pytest.mark.usefixtures("_refus")
def test_la_file_est_dans_l_ordre_du_compte_a_rebours_et_la_tache_le_dit() -> None:
    tard, tot = instruit(), transmis(le=LE - 2 * JOUR)
    assert [d.pk for d in liste_dossiers(emma(), None, lire_file({}, LE.date()).filtre).dossiers] == [tot.pk, tard.pk]
    taches = {dict(t.parametres)["dossier_id"]: t.detail for t in a_faire(emma(), (DERNIER_JOUR - 5 * JOUR).date())}
    assert taches[str(tot.pk)].endswith("Silence dans 3\u00a0jours\u00a0: refus implicite")
    assert not a_faire(emma(), LE.date())[0].detail.endswith("refus implicite")


# ---------------------------------------------------------------------- le travail


@pytest.mark.usefixtures("_refus")
def test_le_conseiller_est_prevenu_cinq_jours_avant_une_seule_fois() -> None:
    qui = gens()
    dossier = transmis()
    for jours in (0, 14):
        prevenir_du_silence(maintenant=LE + jours * JOUR)
    assert ecrits(SilenceProche.genre) == []
    for jours in (15, 15, 16, 20):
        prevenir_du_silence(maintenant=LE + jours * JOUR)
    assert ecrits(SilenceProche.genre) == [qui["conseiller"].email]
    assert silences(dossier) == []
    assert ecrits(SilenceNe.genre) == []


@pytest.mark.usefixtures("_refus")
def test_celui_qui_l_instruit_est_seul_prevenu() -> None:
    gens()
    sienne = gens()["conseiller"]
    dossier = transmis()
    Dossier.objects.tous("essai").filter(pk=dossier.pk).update(instructeur_id=sienne.pk)
    prevenir_du_silence(maintenant=DERNIER_JOUR)
    assert ecrits(SilenceProche.genre) == [sienne.email]


@pytest.mark.parametrize("silence", [Silence.REFUS, Silence.ACCEPTATION])
def test_le_jour_dit_les_deux_cotes_sont_prevenus_une_fois(silence: Silence) -> None:
    qui = gens()
    with dispositif_essai(silence):
        dossier = transmis()
        prevenir_du_silence(maintenant=MINUIT - timedelta(seconds=1))
        assert silences(dossier) == []
        for le in (MINUIT, MINUIT, APRES + 3 * JOUR):
            prevenir_du_silence(maintenant=le)
    assert ecrits(SilenceNe.genre) == sorted([qui["saisit"].email, qui["conseiller"].email])
    nom = "Refus implicite" if silence == Silence.REFUS else "Acceptation implicite"
    assert silences(dossier) == [{"decision": nom, "depuis": "15/12/2026"}]


def test_rien_n_est_dit_ou_le_silence_n_a_pas_d_effet() -> None:
    gens()
    en_instruction()
    assert prevenir_du_silence(maintenant=LE + 30 * JOUR) == 0
    with dispositif_essai(Silence.REFUS):
        decide = instruit()
        accorder(decide, LE)
        attendu = instruit()
        demander(attendu, LE)
        assert prevenir_du_silence(maintenant=APRES) == 0


@pytest.mark.usefixtures("_refus")
def test_une_decision_prise_entre_temps_arrete_le_courriel() -> None:
    conseiller = gens()["conseiller"]
    dossier = instruit()
    a_qui = Destinataire(conseiller.email, conseiller.pk)
    with time_machine.travel(DERNIER_JOUR, tick=False):
        proche, ne = SilenceProche.charger(dossier.pk, a_qui), SilenceNe.charger(dossier.pk, a_qui)
        assert proche is not None
        assert ne is not None
        assert (proche.autorise(), ne.autorise()) == (True, False)
        assert proche.contexte()["depuis"] == "15/12/2026"
    with time_machine.travel(APRES, tick=False):
        proche, ne = SilenceProche.charger(dossier.pk, a_qui), SilenceNe.charger(dossier.pk, a_qui)
        assert proche is not None
        assert ne is not None
        assert (proche.autorise(), ne.autorise(), ne.contexte()["opco_lit"]) == (False, True, True)
        accorder(dossier)
        ne = SilenceNe.charger(dossier.pk, a_qui)
        assert ne is not None
        assert not ne.autorise()


# ------------------------------------------------------------ ce qui reste possible


@pytest.mark.usefixtures("_refus")
def test_apres_un_refus_implicite_l_opco_peut_accorder_ou_refuser() -> None:
    accordee, refusee = instruit(), instruit()
    accorder(accordee, montant="500")
    assert relire(accordee).montant_accorde == Decimal(500)
    assert relire(accordee).etat_affiche(APRES.date()) == EtatDossier.ACCORDE
    refuser(refusee)
    assert relire(refusee).etat_affiche(APRES.date()) == EtatDossier.REFUSE
    for dossier in (accordee, refusee):
        assert [s["depuis"] for s in silences(dossier)] == ["15/12/2026"]
    prevenir_du_silence(maintenant=APRES)
    assert len(silences(accordee)) == 1


@pytest.mark.usefixtures("_refus")
def test_un_complement_rouvre_l_examen_et_le_delai_recommence() -> None:
    """R6224-3: twenty days from the reception of every document; the refusal that was born stays in the history."""
    dossier = instruit()
    demander(dossier)
    relu = relire(dossier)
    assert relu.etat_affiche(APRES.date() + 40 * JOUR) == EtatDossier.A_COMPLETER
    joindre(relu, "programme", le=APRES + JOUR)
    completer_dossier(dossier_id=dossier.id, par=aline(), maintenant=APRES + JOUR)
    relu = relire(dossier)
    limite = (APRES + 21 * JOUR).date()
    assert (relu.attend_avant, relu.etat_affiche(limite)) == (limite, EtatDossier.EN_INSTRUCTION)
    assert relu.etat_affiche(limite + JOUR) == "refus_implicite"
    prevenir_du_silence(maintenant=APRES + 22 * JOUR)
    assert [s["depuis"] for s in silences(dossier)] == ["15/12/2026", "06/01/2027"]


@pytest.mark.usefixtures("_acceptation")
def test_ce_que_le_silence_a_accepte_ne_se_refuse_plus() -> None:
    dossier = instruit()
    for acte in (refuser, demander):
        with pytest.raises(TransitionImpossible, match="réputée acceptée depuis le 15/12/2026") as refus:
            acte(dossier)
        assert SOURCE in refus.value.message
    assert relire(dossier).etat == EtatDossier.EN_INSTRUCTION
    refuser(instruit(), DERNIER_JOUR)


@pytest.mark.usefixtures("_acceptation")
def test_une_acceptation_implicite_n_engage_rien_avant_sa_confirmation() -> None:
    """ADR 36: nobody is paid without an engagement, and an engagement is an act of the OPCO."""
    dossier = instruit()
    prevenir_du_silence(maintenant=APRES)
    assert not Engagement.objects.tous("essai").filter(dossier=dossier).exists()
    assert a_facturer(aline(), SIREN, APRES.date() + 60 * JOUR) == []
    with pytest.raises(SaisiesRefusees) as refus:
        accorder(dossier, montant="699,99".replace(",", "."))
    assert refus.value.champs == {
        "pedagogie": "Le silence de l’OPCO a accepté cette ligne\u00a0: accordez 700,00\u00a0€ au moins"
    }
    accorder(dossier)
    assert Engagement.objects.tous("essai").get(dossier=dossier).montant_ht == Decimal(700)


@pytest.mark.usefixtures("_acceptation")
def test_le_jour_d_avant_les_montants_sont_encore_libres() -> None:
    dossier = instruit()
    accorder(dossier, DERNIER_JOUR, montant="10")
    assert relire(dossier).montant_accorde == Decimal(10)


@pytest.mark.usefixtures("_refus")
def test_prendre_en_charge_apres_le_delai_ne_le_repousse_pas() -> None:
    dossier = prendre_en_charge(dossier_id=transmis().id, par=emma(), maintenant=APRES)
    assert dossier.etat_affiche(APRES.date()) == "refus_implicite"


def test_un_brouillon_n_est_jamais_decide_par_le_silence() -> None:
    assert complet().etat_affiche(date(2028, 1, 1)) == EtatDossier.BROUILLON
