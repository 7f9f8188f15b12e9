"""A demand for a complement in its life: why each thing is asked, what opens with it, its states, taken back, answered."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jalon.courriers.models import Courriel
from jalon.dispositifs.base import LIGNES
from jalon.dispositifs.registre import dispositif
from jalon.dossiers.actions import annuler_dossier, completer_dossier, enregistrer_section
from jalon.dossiers.enums import EtatComplement as E
from jalon.dossiers.enums import EtatDossier, EtatPiece, Partie
from jalon.dossiers.models import DemandeComplement, Dossier
from jalon.dossiers.regles import cases_liees, etat_du_complement, motif_de_la_case
from jalon.dossiers.requetes import complement_en_cours, pieces_de, reponses_de
from jalon.instruction.actions import demander_complement, refuser_dossier, retirer_complement
from jalon.instruction.enums import MotifRefus
from jalon.instruction.requetes import complements_affiches, differences_depuis
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Pouvoir
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import (
    ConflitDeVersion,
    DroitManquant,
    Introuvable,
    SaisieRefusee,
    SaisiesRefusees,
    TransitionImpossible,
)
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco
from tests.dispositifs.exemples import YANIS, ZOE
from tests.dispositifs.silencieux import dispositif_essai
from tests.dossiers.fabrique import (
    AUTRE_PORTEFEUILLE,
    AUTRE_SIREN,
    LE,
    PORTEFEUILLE,
    aline,
    driss,
    emma,
    en_instruction,
    joindre,
    monde,
    nir_valide,
    relire,
)
from tests.fils import ensemble, genres
from tests.habilitations import fabrique as h
from tests.instruction.essais import instruit

JOUR = timedelta(days=1)
ECHEANCE = date(2026, 12, 4)
APRES = LE + 3 * JOUR


@pytest.fixture
def _monde(db: None) -> None:
    monde()


def demander(dossier: Dossier, le: datetime = LE, par: FauxActeur | None = None, **champs: Any) -> DemandeComplement:
    valeurs: dict[str, Any] = {"pieces": [], "cases": ["action.lieu"], "message": "Merci de compléter.", "echeance": ECHEANCE}
    return demander_complement(dossier_id=dossier.id, par=par or emma(), maintenant=le, **{**valeurs, **champs})


def retirer(dossier: Dossier, le: datetime = APRES, par: FauxActeur | None = None, motif: str = "Demandé par erreur") -> Dossier:
    return retirer_complement(dossier_id=dossier.id, motif=motif, par=par or emma(), maintenant=le)


def ecrire(dossier: Dossier, section: str, le: datetime = APRES, **changements: Any) -> None:
    gardee = reponses_de(relire(dossier), aline())[section]
    valeurs = {**gardee["valeurs"], **changements}
    enregistrer_section(
        dossier_id=dossier.id, section=section, version=gardee["version"], valeurs=valeurs, par=aline(), maintenant=le
    )


def lieu(dossier: Dossier) -> str:
    return str(reponses_de(relire(dossier), aline())["action"]["valeurs"]["lieu"])


def completer(dossier: Dossier, le: datetime = APRES) -> Dossier:
    return completer_dossier(dossier_id=dossier.id, par=aline(), maintenant=le)


@pytest.mark.parametrize(
    ("issue", "commence", "instant", "attendu"),
    [
        ("", False, datetime(2026, 11, 24, 9, tzinfo=UTC), E.DEMANDE),
        ("", True, datetime(2026, 11, 24, 9, tzinfo=UTC), E.EN_COURS),
        ("", True, datetime(2026, 12, 4, 22, 59, 59, tzinfo=UTC), E.EN_COURS),
        ("", True, datetime(2026, 12, 4, 23, 0, 0, tzinfo=UTC), E.EXPIRE),
        ("", False, datetime(2026, 12, 4, 23, 0, 0, tzinfo=UTC), E.EXPIRE),
        ("repondu", True, datetime(2026, 12, 4, 23, 0, 0, tzinfo=UTC), E.REPONDU),
        ("retire", False, datetime(2026, 11, 24, 9, tzinfo=UTC), E.RETIRE),
        ("sans_suite", True, datetime(2026, 11, 24, 9, tzinfo=UTC), E.SANS_SUITE),
    ],
)
def test_ou_en_est_une_demande(issue: str, commence: bool, instant: datetime, attendu: E) -> None:
    """Its last day ends at 24:00 in Paris (exigences, dates)."""
    assert etat_du_complement(issue, commence=commence, echeance=ECHEANCE, jour=jour_de_paris(instant)) == attendu


@pytest.mark.parametrize(
    ("demandees", "liees"),
    [
        (["action.lieu"], set()),
        (["action.certification"], {"action.code_certification"}),
        (["action.certification", "action.code_certification"], set()),
        (["action"], set()),
        (["couts.frais_demandes"], {"couts.repas", "couts.montant_repas", "couts.nuits", "couts.montant_nuits", "couts.montant_transport"}),
    ],
)  # fmt: skip
def test_ce_qui_s_ouvre_avec_une_case(demandees: list[str], liees: set[str]) -> None:
    assert set(cases_liees(dispositif("action_formation"), demandees)) == liees


@pytest.mark.parametrize(
    ("motifs", "champ", "rang", "attendu"),
    [
        ({"stagiaires.1.nir": "ligne", "stagiaires.nir": "colonne", "stagiaires": "tout"}, "nir", 1, "ligne"),
        ({"stagiaires.1.nir": "ligne", "stagiaires.nir": "colonne", "stagiaires": "tout"}, "nir", 0, "colonne"),
        ({"stagiaires": "tout"}, "nir", 3, "tout"),
        ({"action.lieu": "autre"}, "nir", None, ""),
    ],
)
def test_le_motif_d_une_case(motifs: dict[str, str], champ: str, rang: int | None, attendu: str) -> None:
    assert motif_de_la_case(motifs, "stagiaires", champ, rang) == attendu


@pytest.mark.usefixtures("_monde")
def test_chaque_element_a_son_motif_et_le_message_devient_facultatif() -> None:
    dossier = en_instruction()
    motifs = {"action.lieu": " Adresse entière ", "pieces.programme": "Page 2 illisible", "pieces.convention_signee": " "}
    demande = demander(dossier, pieces=["programme"], motifs={k: v for k, v in motifs.items() if v.strip()}, message="")
    assert demande.motifs == {"action.lieu": "Adresse entière", "pieces.programme": "Page 2 illisible"}
    assert {p.code: (p.etat, p.motif) for p in pieces_de(relire(dossier), aline())}["programme"] == (
        EtatPiece.A_REMPLACER,
        "Page 2 illisible",
    )
    (affichee,) = complements_affiches(relire(dossier), aline(), APRES.date())
    assert affichee.elements == [("Programme", "Page 2 illisible"), ("Lieu", "Adresse entière")]
    assert complements_affiches(relire(dossier), driss(), APRES.date()) == []


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"message": " ", "motifs": {}}, "message"),
        ({"message": "", "pieces": ["programme"], "motifs": {"action.lieu": "Adresse"}}, "message"),
        ({"motifs": {"action.intitule": "Ailleurs"}}, "motifs"),
        ({"motifs": {"action.lieu": "x" * 501}}, "motif-action.lieu"),
        ({"echeance": LE.date()}, "echeance"),
    ],
)
@pytest.mark.usefixtures("_monde")
def test_une_demande_sans_motif_est_refusee(champs: dict[str, Any], champ: str) -> None:
    dossier = en_instruction()
    with pytest.raises(SaisiesRefusees) as refus:
        demander(dossier, **champs)
    assert list(refus.value.champs) == [champ]
    assert (relire(dossier).etat, complement_en_cours(dossier)) == (EtatDossier.EN_INSTRUCTION, None)


@pytest.mark.usefixtures("_monde")
def test_une_case_liee_se_remplit_et_rien_d_autre() -> None:
    """A certification that becomes one asks its code: without it, no answer could be sent."""
    dossier = en_instruction()
    demander(dossier, cases=["action.certification"])
    ecrire(dossier, "action", certification="rncp", code_certification="RNCP37859", lieu="Lyon")
    assert lieu(dossier) == "Annecy"
    assert completer(dossier).contenu["action"]["code_certification"] == "RNCP37859"


@pytest.mark.usefixtures("_monde")
def test_retirer_rend_le_dossier_tel_qu_il_a_ete_transmis() -> None:
    saisit = h.personne("Aline", "Ferrand")
    h.rattacher(saisit, relire(en_instruction()).siren)
    dossier = en_instruction(stagiaires=[{**ZOE, "nir": nir_valide("2950774123456")}, YANIS])
    demander(dossier, pieces=["programme", "convention"], cases=["action.lieu", "stagiaires.nir"])
    joindre(relire(dossier), "programme", le=LE + JOUR)
    ecrire(dossier, "action", le=LE + JOUR, lieu="Lyon")
    ecrire(dossier, "stagiaires", le=LE + JOUR, **{LIGNES: [{**ZOE, "nir": ""}, YANIS]})
    retire = retirer(dossier)
    assert (retire.etat, retire.attend_qui, retire.contenu_version) == (EtatDossier.EN_INSTRUCTION, Partie.OPCO, 1)
    assert lieu(dossier) == "Annecy"
    lignes = reponses_de(relire(dossier), aline())["stagiaires"]["valeurs"][LIGNES]
    assert [bool(x["nir"]) for x in lignes] == [True, False]
    assert {p.code: (p.etat, p.motif) for p in pieces_de(relire(dossier), aline())} == {
        "convention_signee": (EtatPiece.DEPOSEE, ""),
        "programme": (EtatPiece.DEPOSEE, ""),
    }
    (affichee,) = complements_affiches(relire(dossier), aline(), APRES.date())
    assert (affichee.etat, affichee.demande.motif_fin) == (E.RETIRE, "Demandé par erreur")
    assert Courriel.objects.filter(genre="instruction.complement_retire").get().adresse == saisit.email
    assert Evenement.objects.tous("essai").filter(code="dossier.complement_retire", objet_id=str(dossier.pk)).count() == 1
    with pytest.raises(TransitionImpossible):
        ecrire(dossier, "action", lieu="Lyon")
    with pytest.raises(TransitionImpossible):
        completer(dossier)


@pytest.mark.usefixtures("_monde")
def test_ce_qui_se_tape_pendant_le_retrait_est_un_conflit_plus_tard() -> None:
    dossier = en_instruction()
    demander(dossier)
    ecrire(dossier, "action", lieu="Lyon")
    version = relire(dossier).reponses["action"]["version"]
    retirer(dossier)
    demander(dossier, le=APRES + JOUR)
    valeurs = {**reponses_de(relire(dossier), aline())["action"]["valeurs"], "lieu": "Lyon"}
    with pytest.raises(ConflitDeVersion):
        enregistrer_section(
            dossier_id=dossier.id, section="action", version=version, valeurs=valeurs, par=aline(), maintenant=APRES + JOUR
        )


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (acteur_opco(PORTEFEUILLE), DroitManquant),
        (acteur_opco(PORTEFEUILLE, Pouvoir.DECIDER), DroitManquant),
        (aline(), DroitManquant),
        (emma(AUTRE_PORTEFEUILLE), Introuvable),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
        (driss(), Introuvable),
    ],
)
@pytest.mark.usefixtures("_monde")
def test_retirer_demande_d_instruire(acteur: FauxActeur, erreur: type[Exception]) -> None:
    dossier = en_instruction()
    demander(dossier)
    with pytest.raises(erreur):
        retirer(dossier, par=acteur)
    assert relire(dossier).etat == EtatDossier.A_COMPLETER


@pytest.mark.usefixtures("_monde")
def test_retirer_demande_un_motif_et_une_demande() -> None:
    dossier = en_instruction()
    with pytest.raises(TransitionImpossible):
        retirer(dossier)
    demander(dossier)
    for motif in (" ", "x" * 501):
        with pytest.raises(SaisieRefusee):
            retirer(dossier, motif=motif)
    assert complement_en_cours(dossier) is not None
    completer(dossier)
    with pytest.raises(TransitionImpossible):
        retirer(dossier)


@pytest.mark.parametrize(("silence", "limite"), [("REFUS", APRES + 20 * JOUR), ("ACCEPTATION", LE + 20 * JOUR)])
@pytest.mark.usefixtures("_monde")
def test_le_delai_apres_un_retrait(silence: str, limite: datetime) -> None:
    """A demand made by mistake never turns into a refusal by silence, nor gains days against an acceptance (ADR 43)."""
    from jalon.dispositifs.base import Silence

    with dispositif_essai(Silence[silence]):
        dossier = instruit()
        demander(dossier)
        assert retirer(dossier).attend_avant == limite.date()


@pytest.mark.usefixtures("_monde")
def test_plusieurs_demandes_dans_une_vie_chacune_son_etat() -> None:
    dossier = en_instruction()
    demander(dossier)
    retirer(dossier)
    demander(dossier, le=APRES + JOUR)
    ecrire(dossier, "action", le=APRES + 2 * JOUR, lieu="Lyon")
    (en_cours, _) = complements_affiches(relire(dossier), emma(), APRES.date())
    assert (en_cours.etat, en_cours.demande.version) == (E.EN_COURS, 1)
    completer(dossier, le=APRES + 2 * JOUR)
    demander(dossier, le=APRES + 3 * JOUR, pieces=["programme"], cases=[])
    annuler_dossier(dossier_id=dossier.id, motif="Reportée", par=aline(), maintenant=APRES + 4 * JOUR)
    etats = complements_affiches(relire(dossier), emma(), APRES.date())
    assert [c.etat for c in etats] == [E.SANS_SUITE, E.REPONDU, E.RETIRE]
    assert [(c.demande.version, c.demande.version_rendue) for c in etats] == [(2, None), (1, 2), (1, None)]


@pytest.mark.usefixtures("_monde")
def test_apres_l_echeance_l_entreprise_repond_encore_ou_l_opco_refuse() -> None:
    """What the rules said before: nothing is lost at midnight, the adviser decides."""
    tard = datetime(2026, 12, 4, 23, 0, tzinfo=UTC)
    dossier = en_instruction()
    demander(dossier)
    ecrire(dossier, "action", le=tard, lieu="Lyon")
    assert completer(dossier, le=tard).etat == EtatDossier.EN_INSTRUCTION
    autre = en_instruction(action__date_debut="18/01/2027", action__date_fin="19/01/2027")
    demander(autre)
    refuser_dossier(dossier_id=autre.id, motif=MotifRefus.COMPLEMENT_NON_RECU, texte="Rien reçu", par=emma(), maintenant=tard)
    assert [c.etat for c in complements_affiches(relire(autre), emma(), tard.date())] == [E.SANS_SUITE]


@pytest.mark.usefixtures("_monde")
def test_une_piece_jointe_commence_la_reponse() -> None:
    dossier = en_instruction()
    demander(dossier, pieces=["programme"], cases=[])
    from jalon.dossiers.actions.pieces import attacher
    from tests.dossiers.fabrique import document

    assert complement_en_cours(dossier).commencee_le is None  # type: ignore[union-attr]
    attacher(relire(dossier), "programme", document(), aline(), APRES)
    assert complement_en_cours(dossier).commencee_le == APRES  # type: ignore[union-attr]


@pytest.mark.usefixtures("_monde")
def test_un_controle_qui_se_declenche_avec_la_reponse_est_signale() -> None:
    dossier = en_instruction()
    demander(dossier, cases=["action.date_debut", "action.date_fin"])
    ecrire(dossier, "action", date_debut="01/12/2026", date_fin="02/12/2026")
    completer(dossier)
    vues = differences_depuis(relire(dossier), emma(), APRES)
    assert [d.libelle for d in vues.reponses] == ["Début", "Fin"] or [d.section for d in vues.reponses] == ["action"] * 2
    assert [c.identifiant for c in vues.alertes]
    demander(dossier, le=APRES + JOUR)
    ecrire(dossier, "action", le=APRES + JOUR, lieu="Lyon")
    completer(dossier, le=APRES + JOUR)
    vues = differences_depuis(relire(dossier), emma(), APRES + JOUR)
    assert ([d.apres for d in vues.reponses], vues.alertes) == (["Lyon"], [])


def test_deux_reponses_ou_une_reponse_et_un_retrait_au_meme_instant(base_reelle: str) -> None:
    monde()
    double = en_instruction()
    demander(double)
    assert genres(ensemble([lambda: completer(double), lambda: completer(double)])) == {"Dossier": 1, "TransitionImpossible": 1}
    assert relire(double).contenu_version == 2
    croise = en_instruction(action__date_debut="18/01/2027", action__date_fin="19/01/2027")
    demander(croise)
    ecrire(croise, "action", lieu="Lyon")
    assert genres(ensemble([lambda: completer(croise), lambda: retirer(croise)])) == {"Dossier": 1, "TransitionImpossible": 1}
    (affichee,) = complements_affiches(relire(croise), emma(), APRES.date())
    assert (affichee.etat, lieu(croise)) in {(E.REPONDU, "Lyon"), (E.RETIRE, "Annecy")}
