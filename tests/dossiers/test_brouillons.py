"""Drafts: begun from the register, typed section by section, never lost, never silently overwritten."""

from datetime import date, timedelta

import pytest

from jalon.dispositifs.base import LIGNES
from jalon.dossiers.actions import creer_brouillon, enregistrer_section, supprimer_brouillon
from jalon.dossiers.enums import EtatDossier, Partie
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.requetes import reponses_de
from jalon.journal.models import Evenement
from jalon.messagerie.models import Fil
from jalon.pieces.models import Document
from jalon.socle.acteurs import Domaine, Niveau, Perimetre
from jalon.socle.erreurs import ConflitDeVersion, DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.dossiers.fabrique import (
    AUTRE_SIREN,
    AUTRE_SIRET,
    LE,
    PORTEFEUILLE,
    SIREN,
    SIREN_OF,
    SIRET,
    aline,
    brouillon,
    brouillons,
    complet,
    driss,
    emma,
    joindre,
    monde,
    relire,
    transmis,
    valeurs,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def enregistrer(dossier: Dossier, section: str, contenu: dict[str, object], version: int, par: FauxActeur | None = None):
    return enregistrer_section(
        dossier_id=dossier.id, section=section, version=version, valeurs=contenu, par=par or aline(), maintenant=LE
    )


def test_un_brouillon_reprend_le_registre_sans_deviner_l_effectif() -> None:
    dossier = relire(brouillon())
    entreprise = dossier.reponses["entreprise"]
    assert entreprise["version"] == 1
    assert entreprise["valeurs"]["siret"] == SIRET
    assert entreprise["valeurs"]["denomination"] == "Hôtel du Lac"
    assert entreprise["valeurs"]["idcc"] == "1979"
    assert entreprise["valeurs"]["code_postal"] == "74000"
    assert not entreprise["valeurs"].get("effectif")
    assert (dossier.siren, dossier.siret, dossier.portefeuille_id) == (SIREN, SIRET, PORTEFEUILLE)
    assert dossier.etat == EtatDossier.BROUILLON
    assert dossier.numero is None
    assert dossier.attend_qui == Partie.ENTREPRISE


def test_un_brouillon_peut_commencer_sans_etablissement() -> None:
    dossier = creer_brouillon(dispositif="action_formation", siren=SIREN, par=aline(), maintenant=LE)
    assert (dossier.siren, dossier.siret) == (SIREN, "")
    assert dossier.reponses == {}
    enregistrer(dossier, "entreprise", {"siret": SIRET}, 0)
    relu = relire(dossier)
    assert relu.siret == SIRET
    assert relu.reponses["entreprise"]["valeurs"]["denomination"] == "Hôtel du Lac"


def test_un_siren_absent_du_registre_est_accepte() -> None:
    inconnu = "356000000"
    dossier = brouillon(acteur_entreprise(inconnu), siret="35600000000048")
    assert dossier.siren == inconnu
    assert dossier.denomination == ""


@pytest.mark.parametrize(
    ("dispositif", "siret", "erreur"),
    [
        ("inconnu", SIRET, Introuvable),
        ("action_formation", AUTRE_SIRET, SaisieRefusee),
        ("action_formation", "123", SaisieRefusee),
    ],
)
def test_un_brouillon_refuse_ce_qui_n_existe_pas(dispositif: str, siret: str, erreur: type[Exception]) -> None:
    with pytest.raises(erreur):
        creer_brouillon(dispositif=dispositif, siren=SIREN, siret=siret, par=aline(), maintenant=LE)


@pytest.mark.parametrize(
    "acteur",
    [
        aline(niveau=Niveau.LECTURE),
        aline(domaines=(Domaine.FACTURES,)),
        acteur_entreprise(AUTRE_SIREN),
        driss(),
        emma(),
        FauxActeur(),
    ],
)
def test_commencer_un_brouillon_demande_le_droit_de_saisie(acteur: FauxActeur) -> None:
    with pytest.raises(DroitManquant):
        brouillon(acteur)


def test_un_droit_sur_un_autre_etablissement_ne_suffit_pas() -> None:
    ailleurs = FauxActeur({Domaine.PLAN: (Niveau.GESTION, Perimetre(sirets=frozenset({"13002526500021"})))})
    with pytest.raises(DroitManquant):
        brouillon(ailleurs)


def test_une_reponse_partielle_ou_fausse_est_gardee_et_son_format_repare() -> None:
    dossier = brouillon()
    fait = enregistrer(dossier, "action", {"intitule": "  Hygiène ", "date_debut": "11/1/27", "date_fin": "demain"}, 0)
    assert fait.version == 1
    assert fait.lecture.erreurs["date_fin"].startswith("Écrivez la date")
    gardees = relire(dossier).reponses["action"]["valeurs"]
    assert (gardees["intitule"], gardees["date_debut"], gardees["date_fin"]) == ("Hygiène", "11/01/2027", "demain")


def test_les_colonnes_suivent_ce_qui_se_lit() -> None:
    dossier = complet()
    assert dossier.titre == "Hygiène alimentaire"
    assert dossier.date_debut == date(2027, 1, 11)
    assert dossier.nombre_stagiaires == 2
    assert dossier.prestataire_siren == SIREN_OF
    assert str(dossier.montant_demande) == "700.00"
    assert dossier.etablissement_nom == "Annecy"
    assert dossier.attend_avant == date(2026, 12, 12)


def test_les_brouillons_du_siren_sont_communs_a_l_entreprise() -> None:
    dossier = brouillon(aline())
    louise = aline(nom="Louise Essai")
    assert [d.id for d in brouillons(louise, SIREN)] == [dossier.id]
    enregistrer(dossier, "action", {"intitule": "Repris par Louise"}, 0, louise)
    assert relire(dossier).titre == "Repris par Louise"


def test_deux_onglets_gardent_les_deux_valeurs_et_disent_qui() -> None:
    dossier = brouillon()
    enregistrer(dossier, "action", {"intitule": "Premier"}, 0)
    louise = aline(nom="Louise Essai")
    with pytest.raises(ConflitDeVersion) as conflit:
        enregistrer(dossier, "action", {"intitule": "Second"}, 0, louise)
    assert conflit.value.en_base["intitule"] == "Premier"
    assert conflit.value.saisi["intitule"] == "Second"
    assert conflit.value.par == "Aline Essai"
    assert "Aline Essai" in conflit.value.message
    assert relire(dossier).titre == "Premier"


def test_la_meme_saisie_envoyee_deux_fois_n_est_pas_un_conflit() -> None:
    dossier = brouillon()
    enregistrer(dossier, "action", {"intitule": "Premier"}, 0)
    assert enregistrer(dossier, "action", {"intitule": "Premier"}, 0).version == 1
    assert relire(dossier).reponses["action"]["version"] == 1


def test_deux_rubriques_s_enregistrent_sans_se_gener() -> None:
    dossier = brouillon()
    enregistrer(dossier, "action", {"intitule": "Hygiène"}, 0)
    enregistrer(dossier, "couts", {"cout_pedagogique": "700"}, 0)
    relu = relire(dossier)
    assert relu.reponses["action"]["version"] == relu.reponses["couts"]["version"] == 1


def test_une_rubrique_inconnue_est_introuvable() -> None:
    with pytest.raises(Introuvable):
        enregistrer(brouillon(), "secrets", {}, 0)


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (aline(niveau=Niveau.LECTURE), DroitManquant),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
        (driss(), Introuvable),
        (emma(), Introuvable),
        (FauxActeur(), Introuvable),
    ],
)
def test_enregistrer_demande_le_droit_de_saisie(acteur: FauxActeur, erreur: type[Exception]) -> None:
    dossier = brouillon()
    with pytest.raises(erreur):
        enregistrer(dossier, "action", {"intitule": "X"}, 0, acteur)


def test_un_dossier_transmis_ne_s_edite_plus() -> None:
    dossier = transmis()
    version = dossier.reponses["action"]["version"]
    with pytest.raises(TransitionImpossible):
        enregistrer(dossier, "action", {"intitule": "Après coup"}, version)


def test_le_siret_d_une_autre_entreprise_ne_deplace_pas_le_brouillon() -> None:
    dossier = brouillon()
    enregistrer(dossier, "entreprise", {**valeurs()["entreprise"], "siret": AUTRE_SIRET}, 1)
    relu = relire(dossier)
    assert relu.siren == SIREN
    assert relu.reponses["entreprise"]["valeurs"]["siret"] == AUTRE_SIRET


def test_le_brouillon_suit_un_etablissement_ou_l_on_saisit() -> None:
    deux = FauxActeur({Domaine.PLAN: (Niveau.GESTION, Perimetre(sirens=frozenset({SIREN, AUTRE_SIREN})))})
    dossier = brouillon(deux)
    enregistrer(dossier, "entreprise", {**valeurs()["entreprise"], "siret": AUTRE_SIRET}, 1, deux)
    relu = relire(dossier)
    assert (relu.siren, relu.siret) == (AUTRE_SIREN, AUTRE_SIRET)
    assert brouillons(aline(), SIREN) == []


def test_saisir_un_siret_d_organisme_reprend_sa_denomination() -> None:
    dossier = brouillon()
    fait = enregistrer(dossier, "organisme", {"interne": "non", "siret": "41816609600069", "denomination": ""}, 0)
    assert fait.lecture.valeurs_normalisees["denomination"] == "Savoir Faire"


def test_supprimer_un_brouillon_emporte_tout_sauf_le_journal() -> None:
    dossier = brouillon()
    piece = joindre(dossier, "programme")
    supprimer_brouillon(dossier_id=dossier.id, par=aline(), maintenant=LE + timedelta(minutes=1))
    assert not Dossier.objects.tous("essai").filter(pk=dossier.pk).exists()
    assert not PieceDeposee.objects.tous("essai").exists()
    assert not Document.objects.de_proprietaire([piece.document_id], "essai").exists()
    assert not Fil.objects.exists()
    assert Evenement.objects.tous("essai").filter(code="dossier.brouillon_supprime", objet_id=str(dossier.pk)).exists()


def test_un_dossier_transmis_ne_se_supprime_pas() -> None:
    with pytest.raises(TransitionImpossible):
        supprimer_brouillon(dossier_id=transmis().id, par=aline(), maintenant=LE)


def test_deux_mille_stagiaires_gardent_leur_ordre() -> None:
    from tests.dossiers.fabrique import stagiaires

    dossier = brouillon()
    enregistrer(dossier, "stagiaires", {LIGNES: stagiaires(60)}, 0)
    lues = reponses_de(relire(dossier), aline())["stagiaires"]["valeurs"][LIGNES]
    assert [x["nom_naissance"] for x in lues] == [x["nom_naissance"] for x in stagiaires(60)]
