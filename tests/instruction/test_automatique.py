"""A request that passes every check: proposed, or granted by the portal, with the trace of every check; and every reason why not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from jalon.dispositifs.action_formation import ACTION_FORMATION
from jalon.dispositifs.base import Gravite, ReferentielAbsent, Silence
from jalon.dossiers.actions import annuler_dossier, completer_dossier
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.engagements.models import Engagement
from jalon.instruction.actions import (
    accepter_proposition,
    accorder_dossier,
    decider_automatiquement,
    demander_complement,
    prendre_en_charge,
    refuser_dossier,
)
from jalon.instruction.enums import MotifRefus
from jalon.instruction.models import Decision
from jalon.instruction.requetes import decision_de, examen_de, examiner
from jalon.journal.models import Evenement
from jalon.organisations.enums import EtatOrganisation, SourceOrganisation
from jalon.organisations.models import Organisation
from jalon.pieces.actions import analyser_document
from jalon.pieces.enums import EtatDocument
from jalon.referentiels.models import GuichetSuspendu, ReglageDispositif
from jalon.socle.acteurs import Pouvoir
from jalon.socle.baremes import Fonds
from jalon.socle.erreurs import DroitManquant, ErreurMetier, Introuvable, TransitionImpossible
from jalon.socle.reglages import DecisionAutomatique
from tests.acteurs import FauxActeur, acteur_opco
from tests.dispositifs.silencieux import controle_de, dispositif_essai
from tests.dossiers.fabrique import (
    AUTRE_PORTEFEUILLE,
    LE,
    PORTEFEUILLE,
    SIREN,
    SIREN_OF,
    aline,
    driss,
    emma,
    joindre,
    monde,
    relire,
)
from tests.fils import ensemble, genres
from tests.instruction.essais import APRES, JOUR, examens_en_file, instruit, regler, transmis

HEURE = timedelta(hours=1)


@pytest.fixture
def lieux(db: None) -> None:
    monde()


@pytest.fixture
def _prise(lieux: None) -> Iterator[None]:
    with dispositif_essai():
        regler(DecisionAutomatique.PRISE)
        yield


def decider(dossier: Dossier, le: Any = LE + HEURE) -> Decision | None:
    return decider_automatiquement(dossier_id=dossier.id, maintenant=le)


def accepter(dossier: Dossier, par: FauxActeur | None = None) -> Decision:
    return accepter_proposition(dossier_id=dossier.id, par=par or emma(), maintenant=LE + HEURE)


# -------------------------------------------------------------------- décision prise


@pytest.mark.usefixtures("_prise")
def test_le_portail_accorde_ce_qui_passe_partout_et_garde_la_trace() -> None:
    dossier = transmis()
    assert examens_en_file() == [dossier.pk]
    decision = decider(dossier)
    relu = relire(dossier)
    assert decision is not None
    assert (relu.etat, relu.montant_accorde, relu.accorde_le) == (EtatDossier.ACCORDE, Decimal(700), LE + HEURE)
    assert (decision.automatique, decision.par, decision.par_nom) == (True, None, "Jalon (décision automatique)")
    engagement = Engagement.objects.tous("essai").get(dossier=dossier)
    assert (engagement.montant_ht, engagement.accorde_par) == (Decimal(700), None)
    gardee = decision_de(relu, emma())
    assert gardee is not None
    assert {c["controle"] for c in gardee.controles} >= {
        "organisation-verifiee", "piece-saine", "autre-dossier", "guichet-ouvert", "delai-de-reponse", "montants-du-bareme",
    }  # fmt: skip
    assert {c["resultat"] for c in gardee.controles} == {"conforme"}
    assert {c["le"] for c in gardee.controles} == {"2026-11-24"}
    assert all(c["titre"] and c["source"] for c in gardee.controles)
    evenement = Evenement.objects.tous("essai").get(code="dossier.accorde_automatiquement")
    assert evenement.acteur_libelle == "Jalon (décision automatique)"
    assert decider(dossier) is None
    assert Decision.objects.tous("essai").count() == 1


@pytest.mark.usefixtures("_prise")
def test_un_dossier_deja_pris_en_charge_est_accorde_lui_aussi() -> None:
    assert decider(instruit()) is not None


@pytest.mark.usefixtures("_prise")
def test_un_complement_relance_l_examen() -> None:
    dossier = instruit()
    demander_complement(
        dossier_id=dossier.id, pieces=["programme"], cases=[], message="Illisible", echeance=LE.date() + 9 * JOUR, par=emma(),
        maintenant=LE,
    )  # fmt: skip
    assert decider(dossier) is None
    joindre(relire(dossier), "programme")
    completer_dossier(dossier_id=dossier.id, par=aline(), maintenant=LE + HEURE)
    assert examens_en_file() == [dossier.pk, dossier.pk]
    assert decider(dossier, LE + 2 * HEURE) is not None


@pytest.mark.usefixtures("_prise")
def test_la_reponse_de_l_antivirus_relance_l_examen() -> None:
    dossier = transmis()
    piece = joindre(dossier, "devis", etat=EtatDocument.EN_ATTENTE)
    assert decider(dossier) is None
    analyser_document(document_id=piece.document_id, maintenant=LE + HEURE)
    assert examens_en_file() == [dossier.pk, dossier.pk]
    assert decider(dossier) is not None


def test_rien_n_est_mis_en_file_sans_le_reglage(lieux: None) -> None:
    with dispositif_essai():
        transmis()
        regler(DecisionAutomatique.PRISE, valide_du=(LE + JOUR).date())
        transmis()
    assert examens_en_file() == []


# ------------------------------------------------------ ce qui empêche de décider seul


def _a_verifier(siren: str) -> Callable[[Dossier], object]:
    verification = {"source": SourceOrganisation.A_VERIFIER}
    return lambda _: Organisation.objects.filter(siren=siren).update(**verification)


def _guichet(**changements: Any) -> Callable[[Dossier], object]:
    valeurs: dict[str, Any] = {
        "code": "essai", "dispositif": "essai", "idcc": "1979", "fonds": Fonds.LEGAL, "du": LE.date(), "message": "Budget épuisé",
    }  # fmt: skip
    return lambda _: GuichetSuspendu.objects.create(**{**valeurs, **changements})


def _piece_en_moins(dossier: Dossier) -> None:
    PieceDeposee.objects.tous("essai").filter(dossier=dossier, code="programme").delete()


EMPECHEMENTS: list[tuple[str, Callable[[Dossier], object]]] = [
    ("Entreprise au registre", _a_verifier(SIREN)),
    ("Organisme de formation au registre", _a_verifier(SIREN_OF)),
    ("Entreprise au registre", lambda _: Organisation.objects.filter(siren=SIREN).update(etat=EtatOrganisation.CESSEE)),
    ("Programme", _piece_en_moins),
    ("Programme", lambda d: joindre(d, "programme", etat=EtatDocument.EN_ATTENTE)),
    ("Programme", lambda d: joindre(d, "programme", etat=EtatDocument.REFUSEE)),
    ("Aucun guichet de la branche n’est suspendu", _guichet()),
    ("Aucun guichet de la branche n’est suspendu", _guichet(idcc="*", fonds=Fonds.CONVENTIONNEL)),
    ("Aucune autre demande pour la même action", lambda _: transmis()),
]


@pytest.mark.usefixtures("_prise")
@pytest.mark.parametrize(("titre", "changer"), EMPECHEMENTS)
def test_ce_qui_reste_a_regarder_empeche(titre: str, changer: Callable[[Dossier], object]) -> None:
    dossier = transmis()
    changer(dossier)
    examen = examiner(relire(dossier), LE + HEURE)
    assert titre in {c.titre for c in examen.controles if not c.conforme}
    assert decider(dossier) is None
    assert relire(dossier).etat == EtatDossier.TRANSMIS
    with pytest.raises(TransitionImpossible, match="est à regarder"):
        accepter(dossier)
    assert not Decision.objects.tous("essai").filter(dossier=dossier).exists()


@pytest.mark.usefixtures("_prise")
@pytest.mark.parametrize("changements", [{"idcc": "0016"}, {"du": LE.date() + JOUR}, {"rouvert_le": LE.date()}])
def test_un_guichet_d_ailleurs_ou_rouvert_n_empeche_pas(changements: dict[str, Any]) -> None:
    dossier = transmis()
    _guichet(**changements)(dossier)
    assert decider(dossier) is not None


@pytest.mark.parametrize(
    "trouve",
    [
        controle_de("À vérifier"),
        controle_de("Impossible", Gravite.BLOQUE),
        controle_de(ReferentielAbsent("le répertoire Sirene")),
    ],
)
def test_un_controle_qui_ne_passe_pas_ou_qui_n_a_pas_pu_etre_fait_empeche(lieux: None, trouve: Any) -> None:
    with dispositif_essai():
        regler(DecisionAutomatique.PRISE)
        dossier = transmis()
    with dispositif_essai(controles=(trouve,)):
        examen = examiner(relire(dossier), LE)
        assert [c.titre for c in examen.controles if not c.conforme] == ["Tout va bien"]
        assert decider(dossier) is None


def _sans_montant(contenu: Any, contexte: Any) -> Any:
    return replace(ACTION_FORMATION.financement(contenu, contexte), lignes=())


def _avec_reserve(contenu: Any, contexte: Any) -> Any:
    return replace(ACTION_FORMATION.financement(contenu, contexte), avertissements=("Le plafond est atteint.",))


@pytest.mark.parametrize("financement", [_sans_montant, _avec_reserve])
def test_des_montants_incertains_empechent(lieux: None, financement: Any) -> None:
    with dispositif_essai():
        regler(DecisionAutomatique.PRISE)
        dossier = transmis()
    with dispositif_essai(financement=financement):
        assert "Les montants se calculent sans réserve" in examiner(relire(dossier), LE).empechement
        assert decider(dossier) is None


@pytest.mark.parametrize("silence", [Silence.REFUS, Silence.ACCEPTATION])
def test_apres_le_silence_quelqu_un_decide(lieux: None, silence: Silence) -> None:
    with dispositif_essai(silence):
        regler(DecisionAutomatique.PRISE)
        dossier = transmis()
        assert decider(dossier, APRES) is None
        assert decider(dossier, APRES - JOUR) is not None


@pytest.mark.parametrize("mode", [DecisionAutomatique.AUCUNE, DecisionAutomatique.PROPOSEE])
def test_le_reglage_dit_qui_decide(lieux: None, mode: DecisionAutomatique) -> None:
    with dispositif_essai():
        regler(mode)
        dossier = transmis()
        assert decider(dossier) is None
        examen = examen_de(relire(dossier), LE)
        assert examen is not None
        assert examen.favorable == (mode == DecisionAutomatique.PROPOSEE)
        if mode == DecisionAutomatique.AUCUNE:
            with pytest.raises(TransitionImpossible, match="ne propose pas"):
                accepter(dossier)


@pytest.mark.usefixtures("_prise")
def test_le_reglage_est_celui_du_jour_de_la_decision() -> None:
    dossier = transmis()
    ReglageDispositif.objects.update(valide_du=(LE + JOUR).date())
    assert decider(dossier, LE) is None
    assert decider(dossier, LE + JOUR) is not None


@pytest.mark.usefixtures("_prise")
def test_ce_qui_est_decide_annule_ou_a_completer_reste_comme_il_est() -> None:
    refuse, annule = instruit(), transmis(action__date_debut="12/01/2027")
    refuser_dossier(dossier_id=refuse.id, motif=MotifRefus.AUTRE, texte="Non", par=emma(), maintenant=LE)
    annuler_dossier(dossier_id=annule.id, motif="Reporté", par=aline(), maintenant=LE)
    assert [decider(refuse), decider(annule)] == [None, None]
    assert examen_de(relire(refuse), LE) is None


# ------------------------------------------------------------------- accord proposé


def test_le_conseiller_accorde_d_un_geste_ce_qui_est_propose(lieux: None) -> None:
    with dispositif_essai():
        dossier = transmis()
        decision = accepter(dossier)
    relu = relire(dossier)
    assert (relu.etat, relu.instructeur_nom) == (EtatDossier.ACCORDE, "Emma Essai")
    assert (decision.automatique, decision.par_nom, len(decision.controles) > 5) == (False, "Emma Essai", True)
    assert Engagement.objects.tous("essai").get(dossier=dossier).montant_ht == Decimal(700)
    assert Evenement.objects.tous("essai").filter(code="dossier.accorde", objet_id=str(dossier.pk)).count() == 1


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (acteur_opco(PORTEFEUILLE), DroitManquant),
        (acteur_opco(PORTEFEUILLE, Pouvoir.INSTRUIRE), DroitManquant),
        (aline(), DroitManquant),
        (emma(AUTRE_PORTEFEUILLE), Introuvable),
        (driss(), Introuvable),
    ],
)
def test_accepter_demande_de_pouvoir_decider(lieux: None, acteur: FauxActeur, erreur: type[ErreurMetier]) -> None:
    with dispositif_essai():
        dossier = transmis()
        with pytest.raises(erreur):
            accepter(dossier, acteur)
    assert relire(dossier).etat == EtatDossier.TRANSMIS


def test_un_dossier_decide_ne_s_accepte_plus(lieux: None) -> None:
    with dispositif_essai():
        dossier = transmis()
        accepter(dossier)
        with pytest.raises(TransitionImpossible, match="n’attend plus de décision"):
            accepter(dossier)


def test_une_decision_du_conseiller_garde_elle_aussi_ses_controles(lieux: None) -> None:
    with dispositif_essai(controles=(controle_de("À vérifier"),)):
        dossier = instruit()
        decision = accorder_dossier(
            dossier_id=dossier.id, montants_par_ligne={"pedagogie": Decimal(10)}, par=emma(), maintenant=LE
        )
    (averti,) = [c for c in decision.controles if c["resultat"] == "avertit"]
    assert (averti["controle"], averti["messages"], decision.automatique) == ("essai", ["À vérifier"], False)


# ---------------------------------------------------------------------- en même temps


def test_le_portail_et_le_conseiller_ne_decident_pas_deux_fois(base_reelle: str) -> None:
    monde()
    with dispositif_essai():
        regler(DecisionAutomatique.PRISE)
        for rang in range(3):
            dossier = instruit(action__date_debut=f"{11 + rang}/01/2027", action__date_fin="20/01/2027")
            actes: list[Callable[[], object]] = [
                lambda d=dossier: decider(d),  # type: ignore[misc]
                lambda d=dossier: decider(d),  # type: ignore[misc]
                lambda d=dossier: refuser_dossier(  # type: ignore[misc]
                    dossier_id=d.id, motif=MotifRefus.AUTRE, texte="Non", par=emma(), maintenant=LE
                ),
                lambda d=dossier: accepter(d),  # type: ignore[misc]
            ]
            resultats = genres(ensemble(actes))
            assert resultats["Decision"] == 1, resultats
            assert Decision.objects.tous("essai").filter(dossier=dossier).count() == 1
            accords = Engagement.objects.tous("essai").filter(dossier=dossier).count()
            assert accords == (relire(dossier).etat == EtatDossier.ACCORDE)


def test_prendre_en_charge_pendant_que_le_portail_decide(base_reelle: str) -> None:
    monde()
    with dispositif_essai():
        regler(DecisionAutomatique.PRISE)
        dossier = transmis()
        ensemble([lambda: decider(dossier), lambda: prendre_en_charge(dossier_id=dossier.id, par=emma(), maintenant=LE)])
    assert relire(dossier).etat == EtatDossier.ACCORDE
