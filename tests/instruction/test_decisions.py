"""The adviser takes, asks, grants or refuses; every refusal of these acts."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jalon.courriers.models import Courriel
from jalon.dossiers.enums import EtatDossier, Partie
from jalon.dossiers.models import Dossier
from jalon.engagements.models import Engagement
from jalon.instruction.actions import accorder_dossier, demander_complement, prendre_en_charge, refuser_dossier
from jalon.instruction.enums import LIBELLES_MOTIFS, MotifRefus, SensDecision
from jalon.instruction.models import Decision
from jalon.instruction.requetes import Resultat, a_faire, controles_de, decision_de, proposition_de
from jalon.organisations.enums import SourceOrganisation
from jalon.organisations.models import Organisation
from jalon.socle.acteurs import Pouvoir
from jalon.socle.baremes import ModePaiement
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from jalon.socle.modeles import PerimetreOublie
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco
from tests.dossiers.fabrique import (
    AUTRE_PORTEFEUILLE,
    AUTRE_SIREN,
    LE,
    PORTEFEUILLE,
    SIREN,
    SIREN_OF,
    accorde,
    aline,
    complet,
    driss,
    emma,
    en_instruction,
    joindre,
    monde,
    montants_proposes,
    relire,
    transmis,
)
from tests.habilitations import fabrique as h

INSTRUIT_SEULEMENT = acteur_opco(PORTEFEUILLE, Pouvoir.INSTRUIRE)
CONSULTE = acteur_opco(PORTEFEUILLE)
REFUSES = [
    (CONSULTE, DroitManquant),
    (aline(), DroitManquant),
    (emma(AUTRE_PORTEFEUILLE), Introuvable),
    (acteur_entreprise(AUTRE_SIREN), Introuvable),
    (driss(), Introuvable),
]


@pytest.fixture
def _monde(db: None) -> None:
    monde()


pytestmark = pytest.mark.usefixtures("_monde")


def accorder(dossier: Dossier, par: FauxActeur | None = None, montants: dict[str, Decimal] | None = None, **k: Any) -> Decision:
    return accorder_dossier(
        dossier_id=dossier.id,
        montants_par_ligne=montants_proposes(dossier) if montants is None else montants,
        par=par or emma(),
        maintenant=LE,
        **k,
    )


def refuser(
    dossier: Dossier, par: FauxActeur | None = None, motif: str = "doublon", texte: str = "Voir l’autre dossier"
) -> Decision:
    return refuser_dossier(dossier_id=dossier.id, motif=motif, texte=texte, par=par or emma(), maintenant=LE)  # type: ignore[arg-type]


def demander(dossier: Dossier, par: FauxActeur | None = None, **k: Any) -> Any:
    valeurs: dict[str, Any] = {"pieces": ["programme"], "cases": [], "message": "Illisible", "echeance": date(2026, 12, 4)}
    return demander_complement(dossier_id=dossier.id, par=par or emma(), maintenant=LE, **{**valeurs, **k})


def test_prendre_en_charge_nomme_la_conseillere() -> None:
    dossier = prendre_en_charge(dossier_id=transmis().id, par=emma(), maintenant=LE)
    relu = relire(dossier)
    assert (relu.etat, relu.instructeur_nom, relu.attend_qui) == (EtatDossier.EN_INSTRUCTION, "Emma Essai", Partie.OPCO)
    autre = acteur_opco(PORTEFEUILLE, Pouvoir.INSTRUIRE, nom="Farid Essai")
    assert prendre_en_charge(dossier_id=dossier.id, par=autre, maintenant=LE).instructeur_nom == "Farid Essai"
    with pytest.raises(TransitionImpossible):
        prendre_en_charge(dossier_id=accorde().id, par=emma(), maintenant=LE)


@pytest.mark.parametrize(("acteur", "erreur"), REFUSES)
def test_instruire_demande_un_role(acteur: FauxActeur, erreur: type[Exception]) -> None:
    with pytest.raises(erreur):
        prendre_en_charge(dossier_id=transmis().id, par=acteur, maintenant=LE)
    dossier = en_instruction()
    for acte in (demander, accorder, refuser):
        with pytest.raises(erreur):
            acte(dossier, acteur)


def test_instruire_n_est_pas_decider() -> None:
    dossier = en_instruction()
    for acte in (accorder, refuser):
        with pytest.raises(DroitManquant):
            acte(dossier, INSTRUIT_SEULEMENT)
    assert demander(dossier, INSTRUIT_SEULEMENT).pieces == ["programme"]


def test_demander_un_complement_previent_ceux_qui_saisissent() -> None:
    saisit, lit = h.personne("Aline", "Ferrand"), h.personne("Chloé", "Bertin")
    h.rattacher(saisit, SIREN)
    h.rattacher(lit, SIREN, droits=[h.sur_le_siren(h.Domaine.PLAN, h.Niveau.LECTURE)])
    demander(en_instruction())
    courriels = Courriel.objects.filter(genre="instruction.complement_demande")
    assert list(courriels.values_list("adresse", flat=True)) == [saisit.email]


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"pieces": []}, "pieces"),
        ({"pieces": ["inconnue"]}, "pieces"),
        ({"cases": ["action.inconnu"]}, "cases"),
        ({"cases": ["inconnue"]}, "cases"),
        ({"cases": ["stagiaires.2.nir"]}, "cases"),
        ({"cases": ["stagiaires.x.nir"]}, "cases"),
        ({"cases": ["action.0.1.lieu"]}, "cases"),
        ({"message": "  "}, "message"),
        ({"message": "x" * 2001}, "message"),
        ({"echeance": LE.date()}, "echeance"),
        ({"echeance": LE.date() + timedelta(days=181)}, "echeance"),
    ],
)
def test_une_demande_mal_faite_est_refusee(champs: dict[str, Any], champ: str) -> None:
    dossier = en_instruction()
    with pytest.raises(SaisiesRefusees) as refus:
        demander(dossier, **champs)
    assert set(refus.value.champs) == {champ}
    assert relire(dossier).etat == EtatDossier.EN_INSTRUCTION


def test_une_demande_accepte_des_chemins_de_chaque_sorte() -> None:
    demande = demander(
        en_instruction(),
        pieces=["convention", "complementaire"],
        cases=["couts", "action.lieu", "stagiaires.1.nir", "stagiaires.lignes"],
    )
    assert demande.cases == ["couts", "action.lieu", "stagiaires.1.nir", "stagiaires.lignes"]


def test_on_ne_demande_pas_deux_complements_a_la_fois() -> None:
    dossier = en_instruction()
    demander(dossier)
    with pytest.raises(TransitionImpossible):
        demander(dossier)
    with pytest.raises(TransitionImpossible):
        accorder(dossier, montants={})


def test_accorder_fige_les_montants_et_le_bareme() -> None:
    dossier = en_instruction()
    proposition = proposition_de(dossier, LE)
    decision = accorder(dossier, commentaire="Sous réserve du certificat")
    relu = relire(dossier)
    assert (relu.etat, relu.accorde_le, relu.montant_accorde) == (EtatDossier.ACCORDE, LE, proposition.total_ht)
    assert relu.fil_prestataire_id is not None
    assert decision.bareme_reference == proposition.bareme_reference != ""
    assert decision.lignes == [
        {
            "poste": x.poste,
            "libelle": x.libelle,
            "demande": x.montant_demande,
            "accorde": x.montant_ht,
            "motif": x.motif,
        }
        for x in proposition.lignes
    ]
    assert decision.contenu_version == 1
    assert decision_de(relu, aline()) is not None
    assert decision_de(relu, emma()) is not None
    assert decision_de(relu, driss()) is None
    assert decision_de(relu, emma(AUTRE_PORTEFEUILLE)) is None


def test_accorder_moins_que_le_bareme() -> None:
    dossier = en_instruction()
    montants = dict.fromkeys(montants_proposes(dossier), Decimal("100.00"))
    accorder(dossier, montants=montants)
    assert relire(dossier).montant_accorde == Decimal("100.00")


@pytest.mark.parametrize(
    ("montants", "champ"),
    [
        ({}, "pedagogie"),
        ({"pedagogie": Decimal(-1)}, "pedagogie"),
        ({"pedagogie": Decimal("700.01")}, "pedagogie"),
        ({"pedagogie": Decimal("1.001")}, "pedagogie"),
        ({"pedagogie": Decimal(1), "salaires": Decimal(1)}, "salaires"),
    ],
)
def test_un_montant_impossible_est_refuse(montants: dict[str, Decimal], champ: str) -> None:
    dossier = en_instruction()
    with pytest.raises(SaisiesRefusees) as refus:
        accorder(dossier, montants=montants)
    assert set(refus.value.champs) == {champ}
    assert not Engagement.objects.tous("essai").exists()


def test_accorder_rien_est_refuse() -> None:
    dossier = en_instruction()
    with pytest.raises(SaisieRefusee):
        accorder(dossier, montants={"pedagogie": Decimal(0)})
    with pytest.raises(SaisiesRefusees):
        accorder(dossier, commentaire="x" * 1001)
    assert relire(dossier).etat == EtatDossier.EN_INSTRUCTION


@pytest.mark.parametrize("siren", [SIREN, SIREN_OF])
def test_un_siren_a_verifier_attend_sa_preuve(siren: str) -> None:
    dossier = en_instruction()
    Organisation.objects.filter(siren=siren).update(source=SourceOrganisation.A_VERIFIER)
    with pytest.raises(TransitionImpossible, match="vérifi"):
        accorder(dossier)
    vus = {c.titre: c.resultat for c in controles_de(dossier, LE) if c.identifiant == "organisation-verifiee"}
    assert Resultat.BLOQUE in vus.values()
    Organisation.objects.filter(siren=siren).update(source=SourceOrganisation.VERIFIEE)
    accorder(dossier)


def test_refuser_demande_un_motif_et_des_mots() -> None:
    dossier = en_instruction()
    for champs, attendus in (
        ({"texte": " "}, {"texte"}),
        ({"motif": "x"}, {"motif"}),
        ({"texte": "", "motif": ""}, {"texte", "motif"}),
    ):
        with pytest.raises(SaisiesRefusees) as refus:
            refuser(dossier, **champs)
        assert set(refus.value.champs) == attendus
    saisit = h.personne("Aline", "Ferrand")
    h.rattacher(saisit, SIREN)
    decision = refuser(dossier)
    assert (decision.sens, decision.motif) == (SensDecision.REFUS, MotifRefus.DOUBLON)
    assert relire(dossier).etat == EtatDossier.REFUSE
    assert Courriel.objects.get(genre="instruction.refus").adresse == saisit.email
    with pytest.raises(TransitionImpossible):
        refuser(dossier)


def test_un_complement_jamais_recu_peut_etre_refuse() -> None:
    dossier = en_instruction()
    demander(dossier)
    assert refuser(dossier, motif="complement_non_recu").motif == MotifRefus.COMPLEMENT_NON_RECU
    assert relire(dossier).attend_qui == ""


def test_chaque_motif_a_ses_mots() -> None:
    assert set(LIBELLES_MOTIFS) == set(MotifRefus)


def test_une_decision_ne_se_lit_pas_sans_acteur() -> None:
    with pytest.raises(PerimetreOublie):
        Decision.objects.all()


@pytest.mark.parametrize("fabriquer", [complet, transmis, accorde])
def test_on_ne_decide_que_ce_qui_est_en_instruction(fabriquer: Any) -> None:
    dossier = fabriquer()
    erreur = Introuvable if dossier.est_brouillon else TransitionImpossible
    for acte in (demander, refuser):
        with pytest.raises(erreur):
            acte(dossier)
    with pytest.raises(erreur):
        accorder(dossier, montants={})


def test_les_controles_disent_leur_resultat_et_leur_source() -> None:
    dossier = en_instruction(action__date_debut="01/12/2026", action__date_fin="02/12/2026")
    vus = controles_de(dossier, LE)
    assert all(c.source for c in vus)
    assert len({c.identifiant for c in vus}) > 20
    par_code = {c.identifiant: c for c in vus}
    assert par_code["dates-ordre"].resultat == Resultat.CONFORME
    assert par_code["dates-ordre"].titre == "La fin de l’action suit son début"
    assert par_code["delai-depot"].resultat == Resultat.AVERTIT
    assert "30 jours avant" in par_code["delai-depot"].messages[0]
    assert {c.titre for c in vus if c.identifiant == "piece-saine"} == {"Convention signée", "Programme"}
    assert [c.resultat for c in vus] == sorted((c.resultat for c in vus), key=["bloque", "avertit", "conforme"].index)


def test_les_controles_voient_une_piece_en_analyse_et_une_piece_absente() -> None:
    from jalon.dossiers.models import PieceDeposee
    from jalon.pieces.enums import EtatDocument

    dossier = en_instruction()
    joindre(dossier, "programme", etat=EtatDocument.EN_ATTENTE)
    PieceDeposee.objects.tous("essai").filter(code="convention_signee").delete()
    vus = {(c.identifiant, c.titre): c for c in controles_de(dossier, LE)}
    assert vus["piece-saine", "Programme"].resultat == Resultat.BLOQUE
    assert vus["piece-presente", "Convention signée, ou devis approuvé"].resultat == Resultat.AVERTIT


def test_une_ligne_fautive_est_nommee_par_son_rang() -> None:
    from tests.dispositifs.exemples import YANIS, ZOE
    from tests.dossiers.fabrique import nir_valide

    dossier = en_instruction(stagiaires=[ZOE, {**YANIS, "nir": nir_valide("2880374123456")}])
    nir_sexe = next(c for c in controles_de(dossier, LE) if c.identifiant == "nir-sexe")
    assert nir_sexe.messages[0].startswith("Salarié 2\u00a0: Vérifiez le NIR")


def test_une_autre_demande_pour_la_meme_action_se_voit() -> None:
    dossier = en_instruction()

    def doublon() -> Any:
        return next(c for c in controles_de(dossier, LE) if c.identifiant == "autre-dossier")

    assert doublon().resultat == Resultat.CONFORME
    complet()
    refuser(en_instruction())
    assert doublon().resultat == Resultat.CONFORME
    autre = transmis()
    assert doublon().resultat == Resultat.AVERTIT
    assert str(autre.numero) in doublon().messages[0]


def test_la_conseillere_a_ses_taches() -> None:
    ema = emma()
    libre, sien = transmis(), transmis()
    prendre_en_charge(dossier_id=sien.id, par=ema, maintenant=LE)
    assert {dict(t.parametres)["dossier_id"] for t in a_faire(ema, LE.date())} == {str(libre.id), str(sien.id)}
    assert a_faire(aline(), LE.date()) == []
    assert a_faire(CONSULTE, LE.date()) == []


def test_la_subrogation_se_fige_a_l_accord() -> None:
    dossier = accorde()
    engagement = Engagement.objects.tous("essai").get(dossier=dossier)
    assert engagement.mode_paiement in set(ModePaiement)
    attendu = Partie.PRESTATAIRE if engagement.mode_paiement == ModePaiement.SUBROGATION else Partie.ENTREPRISE
    assert dossier.attend_qui == attendu
