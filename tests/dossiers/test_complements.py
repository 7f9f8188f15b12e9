"""What the OPCO asks again, and only that, is reopened; the answer is a new version."""

from datetime import date, timedelta
from typing import Any

import pytest

from jalon.courriers.models import Courriel
from jalon.dispositifs.base import LIGNES
from jalon.dossiers.actions import completer_dossier, deposer_piece, enregistrer_section, transmettre_dossier
from jalon.dossiers.enums import EtatDossier, EtatPiece, MotifVersion, Partie
from jalon.dossiers.models import DemandeComplement, Dossier, PieceDeposee, VersionContenu
from jalon.dossiers.regles import DossierIncomplet, est_ouverte, fusionner
from jalon.dossiers.requetes import a_faire, complement_en_cours, pieces_de, reponses_de
from jalon.instruction.actions import demander_complement, prendre_en_charge
from jalon.instruction.requetes import differences_depuis
from jalon.socle.acteurs import Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable, TransitionImpossible
from tests.acteurs import acteur_entreprise
from tests.dispositifs.exemples import YANIS, ZOE
from tests.dossiers.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    aline,
    complet,
    driss,
    emma,
    en_instruction,
    joindre,
    monde,
    nir_valide,
    relire,
    transmis,
)
from tests.habilitations.fabrique import personne

pytestmark = pytest.mark.django_db
APRES = LE + timedelta(days=3)
ECHEANCE = date(2026, 12, 4)
NIR = nir_valide("2950774123456")


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def demander(dossier: Dossier, pieces: list[str] | None = None, cases: list[str] | None = None) -> DemandeComplement:
    return demander_complement(
        dossier_id=dossier.id,
        pieces=pieces or [],
        cases=cases or [],
        message="Merci de compléter.",
        echeance=ECHEANCE,
        par=emma(),
        maintenant=LE + timedelta(hours=2),
    )


def ecrire(dossier: Dossier, section: str, **changements: Any) -> None:
    gardee = reponses_de(relire(dossier), aline())[section]
    enregistrer_section(
        dossier_id=dossier.id,
        section=section,
        version=gardee["version"],
        valeurs={**gardee["valeurs"], **changements},
        par=aline(),
        maintenant=APRES,
    )


def test_seules_les_cases_demandees_se_modifient() -> None:
    dossier = en_instruction()
    demander(dossier, cases=["action.lieu"])
    ecrire(dossier, "action", lieu="Lyon", intitule="Autre chose")
    lues = reponses_de(relire(dossier), aline())["action"]["valeurs"]
    assert (lues["lieu"], lues["intitule"]) == ("Lyon", "Hygiène alimentaire")
    ecrire(dossier, "couts", cout_pedagogique="1")
    assert reponses_de(relire(dossier), aline())["couts"]["valeurs"]["cout_pedagogique"] == "700,00"


def test_une_ligne_demandee_s_ouvre_sans_les_autres() -> None:
    dossier = en_instruction()
    demander(dossier, cases=["stagiaires.1.nir"])
    lignes = [{**ZOE, "prenom": "Zora"}, {**YANIS, "nir": nir_valide("1880374123456"), "prenom": "Yann"}]
    ecrire(dossier, "stagiaires", **{LIGNES: [*lignes, ZOE]})
    lues = reponses_de(relire(dossier), aline())["stagiaires"]["valeurs"][LIGNES]
    assert [x["prenom"] for x in lues] == ["Zoé", "Yanis"]
    assert [bool(x["nir"]) for x in lues] == [False, True]


def test_le_complement_fait_une_nouvelle_version_et_retourne_a_la_conseillere() -> None:
    adviser = personne("Emma", "Vasseur", opco=True)
    dossier = prendre_en_charge(
        dossier_id=transmis(stagiaires=[{**ZOE, "nir": NIR}, YANIS]).id, par=_comme(emma(), adviser.id), maintenant=LE
    )
    demander(dossier, pieces=["programme"], cases=["action.lieu", "stagiaires.nir"])
    relu = relire(dossier)
    assert (relu.etat, relu.attend_qui, relu.attend_avant) == (EtatDossier.A_COMPLETER, Partie.ENTREPRISE, ECHEANCE)
    assert relu.attend_motif.startswith("Compléter\u00a0: Programme et 2 autres éléments")
    assert {p.code: p.etat for p in pieces_de(relu, aline())}["programme"] == EtatPiece.A_REMPLACER
    assert [t.nom_url for t in a_faire(aline(), SIREN)] == ["saisie_pieces"]
    ecrire(dossier, "action", lieu="Lyon")
    ecrire(dossier, "stagiaires", **{LIGNES: [{**ZOE, "nir": ""}, YANIS]})
    joindre(relire(dossier), "programme", le=APRES)
    envoye = completer_dossier(dossier_id=dossier.id, par=aline(), maintenant=APRES)
    assert (envoye.etat, envoye.contenu_version) == (EtatDossier.EN_INSTRUCTION, 2)
    assert envoye.attend_avant == date(2026, 12, 27)
    versions = list(VersionContenu.objects.tous("essai").filter(dossier=dossier).order_by("numero"))
    assert [v.motif for v in versions] == [MotifVersion.TRANSMISSION, MotifVersion.COMPLEMENT]
    assert versions[0].contenu["action"]["lieu"] == "Annecy"
    assert complement_en_cours(relire(dossier)) is None
    assert Courriel.objects.get(genre="dossiers.complement_recu").adresse == adviser.email
    vues = differences_depuis(relire(dossier), emma(), APRES)
    assert [(d.libelle, d.avant, d.apres) for d in vues.reponses] == [
        ("Lieu", "Annecy", "Lyon"),
        ("NIR (numéro de sécurité sociale)", "2 95 ** ** *** *** **", ""),
    ]
    assert [p.libelle for p in vues.pieces] == ["Programme"]
    assert differences_depuis(relire(dossier), driss(), APRES).reponses == []


def _comme(acteur: Any, ident: object) -> Any:
    acteur.id = ident
    return acteur


def test_un_dossier_sans_complement_n_a_pas_de_differences() -> None:
    vues = differences_depuis(en_instruction(), emma(), APRES)
    assert (vues.reponses, vues.pieces) == ([], [])


def test_completer_attend_ce_qui_est_demande() -> None:
    dossier = en_instruction()
    demander(dossier, pieces=["convention", "complementaire"], cases=["action.lieu"])
    ecrire(dossier, "action", lieu="")
    with pytest.raises(DossierIncomplet) as refus:
        completer_dossier(dossier_id=dossier.id, par=aline(), maintenant=APRES)
    assert [a.cases[0] for a in refus.value.anomalies] == ["action.lieu", "pieces.convention", "pieces.complementaire"]
    assert relire(dossier).etat == EtatDossier.A_COMPLETER
    joindre(relire(dossier), "devis_approuve", le=APRES)
    joindre(relire(dossier), "complementaire", le=APRES)
    ecrire(dossier, "action", lieu="Lyon")
    assert completer_dossier(dossier_id=dossier.id, par=aline(), maintenant=APRES).etat == EtatDossier.EN_INSTRUCTION


def test_ce_qui_n_est_pas_demande_n_empeche_pas() -> None:
    """Rules that changed since, or a document that nobody asked again, do not trap the company."""
    dossier = en_instruction()
    demander(dossier, cases=["action.lieu"])
    PieceDeposee.objects.tous("essai").filter(code="programme").update(etat=EtatPiece.REMPLACEE)
    ecrire(dossier, "action", lieu="Lyon")
    assert completer_dossier(dossier_id=dossier.id, par=aline(), maintenant=APRES).contenu_version == 2


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (aline(niveau=Niveau.SAISIE), DroitManquant),
        (emma(), DroitManquant),
        (driss(), Introuvable),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
    ],
)
def test_completer_demande_le_droit_d_envoi(acteur: Any, erreur: type[Exception]) -> None:
    dossier = en_instruction()
    demander(dossier, cases=["action.lieu"])
    with pytest.raises(erreur):
        completer_dossier(dossier_id=dossier.id, par=acteur, maintenant=APRES)


def test_rien_a_completer() -> None:
    with pytest.raises(TransitionImpossible):
        completer_dossier(dossier_id=en_instruction().id, par=aline(), maintenant=APRES)
    with pytest.raises(TransitionImpossible):
        completer_dossier(dossier_id=complet().id, par=aline(), maintenant=APRES)


def test_une_piece_non_demandee_est_refusee_avant_toute_lecture() -> None:
    import io

    dossier = en_instruction()
    demander(dossier, pieces=["programme"])
    with pytest.raises(TransitionImpossible):
        deposer_piece(
            dossier_id=dossier.id, code="convention_signee", nom="a.pdf", contenu=io.BytesIO(b"x"), par=aline(), maintenant=APRES
        )


def test_completer_deux_fois_n_envoie_qu_une_fois() -> None:
    dossier = en_instruction()
    demander(dossier, cases=["action.lieu"])
    ecrire(dossier, "action", lieu="Lyon")
    completer_dossier(dossier_id=dossier.id, par=aline(), maintenant=APRES)
    with pytest.raises(TransitionImpossible):
        completer_dossier(dossier_id=dossier.id, par=aline(), maintenant=APRES)


@pytest.mark.parametrize(
    ("ouvertes", "section", "champ", "rang", "attendu"),
    [
        (["action"], "action", "lieu", None, True),
        (["action"], "action", "", None, True),
        (["action.lieu"], "action", "", None, False),
        (["action.lieu"], "action", "intitule", None, False),
        (["stagiaires.nir"], "stagiaires", "nir", 3, True),
        (["stagiaires.1.nir"], "stagiaires", "nir", 3, False),
        (["stagiaires.3.nir"], "stagiaires", "nir", 3, True),
    ],
)
def test_ce_qu_ouvre_un_chemin(ouvertes: list[str], section: str, champ: str, rang: int | None, attendu: bool) -> None:
    assert est_ouverte(ouvertes, section, champ, rang) is attendu


def test_une_rubrique_ouverte_accepte_des_lignes_en_plus() -> None:
    anciennes, nouvelles = {LIGNES: [ZOE]}, {LIGNES: [ZOE, YANIS]}
    assert len(fusionner(["stagiaires"], "stagiaires", anciennes, nouvelles)[LIGNES]) == 2
    assert len(fusionner(["stagiaires.nir"], "stagiaires", anciennes, nouvelles)[LIGNES]) == 1
    assert fusionner(["stagiaires.nir"], "stagiaires", anciennes, {LIGNES: []}) == anciennes


def test_transmettre_garde_le_jour_de_depot_pour_juger_ensuite() -> None:
    """A request sent in time stays in time when it is completed late."""
    dossier = complet(action__date_debut="28/12/2026", action__date_fin="29/12/2026")
    transmettre_dossier(dossier_id=dossier.id, par=aline(), maintenant=LE)
    from jalon.dossiers.requetes import contexte_de

    contexte = contexte_de(relire(dossier), LE + timedelta(days=20))
    assert contexte.jour_depot == LE.date()
