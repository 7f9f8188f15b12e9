"""Keys of the API: shape, life, what they reach."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.habilitations.acteurs import ActeurCle, ActeurSysteme
from jalon.habilitations.actions.cles import creer_cle_api, revoquer_cle
from jalon.habilitations.cles import cle_bien_formee, empreinte_de_cle, nouvelle_cle
from jalon.habilitations.enums import VerbeApi
from jalon.habilitations.models import CleApi
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Perimetre, Portee, Pouvoir, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.habilitations.fabrique import AUTRE_SIREN, LE, SIREN, acteur, personne, rattacher, sur_le_siren

LIRE = [VerbeApi.DOSSIERS_LIRE]
SYSTEME = ActeurSysteme("ligne de commande")
PLAN_LECTURE = Droit(Domaine.PLAN, Niveau.LECTURE)


def _creer(par: Any = SYSTEME, le: Any = LE, **champs: Any) -> str:
    valeurs: dict[str, Any] = {
        "nom": "Paie", "siren": SIREN, "profil": Profil.ADHERENT, "verbes": LIRE, "jours": 90, **champs
    }  # fmt: skip
    return creer_cle_api(par=par, maintenant=le, **valeurs)


def _cles() -> Any:
    return CleApi.objects.tous("essai")


def test_une_cle_a_la_forme_annoncee_et_un_controle() -> None:
    cle = nouvelle_cle()
    assert cle.startswith("jalon_")
    assert len(cle) == 6 + 43 + 6
    assert cle_bien_formee(cle)
    assert len({nouvelle_cle() for _ in range(500)}) == 500


@given(st.integers(6, 54), st.characters(codec="ascii", categories=["Lu", "Ll", "Nd"]))
def test_une_cle_mal_recopiee_est_vue_sans_la_chercher(rang: int, autre: str) -> None:
    cle = "jalon_" + nouvelle_cle()[6:]
    fausse = cle[:rang] + autre + cle[rang + 1 :]
    assert cle_bien_formee(fausse) is (fausse == cle)


@pytest.mark.parametrize(
    "texte",
    ["", "jalon_", "autre_" + "a" * 49, "jalon_" + "é" * 49, nouvelle_cle()[:-1]],
    ids=["vide", "prefixe seul", "autre prefixe", "lettres hors alphabet", "un caractere de moins"],
)
def test_ce_qui_n_est_pas_une_cle(texte: str) -> None:
    assert not cle_bien_formee(texte)


@pytest.mark.django_db
def test_la_cle_n_est_montree_qu_une_fois_et_seule_son_empreinte_reste() -> None:
    cle = _creer()
    ligne = _cles().get()
    assert ligne.empreinte == empreinte_de_cle(cle)
    assert ligne.indice == cle[-4:]
    assert ligne.expire_le == LE + timedelta(days=90)
    tout = repr(vars(ligne)) + str(ligne) + repr(list(Evenement.objects.tous("essai").values()))
    assert cle not in tout
    assert cle[6:30] not in tout


@pytest.mark.django_db
@pytest.mark.parametrize("profil", list(Profil))
def test_la_cle_ouvre_ses_verbes_sur_son_siren_et_rien_d_autre(profil: Profil) -> None:
    porteur = ActeurCle.authentifier(_creer(profil=profil), LE)
    assert porteur is not None
    if profil == Profil.ADHERENT:
        assert porteur.perimetre(PLAN_LECTURE) == Perimetre(sirens=frozenset({SIREN}))
        assert porteur.peut(PLAN_LECTURE, Portee(siren=SIREN))
        porteur.exiger(PLAN_LECTURE, Portee(siren=SIREN))
    else:
        assert porteur.perimetre(PLAN_LECTURE) == Perimetre(prestataires=frozenset({SIREN}))
        assert not porteur.peut(PLAN_LECTURE, Portee(siren=SIREN))
    for domaine in Domaine:
        for niveau in Niveau:
            permis = domaine in {Domaine.PLAN, Domaine.ALTERNANCE} and niveau == Niveau.LECTURE
            assert bool(porteur.perimetre(Droit(domaine, niveau))) is permis
    assert not any(porteur.portefeuilles(p) for p in Pouvoir)
    with pytest.raises(DroitManquant, match="Cette clé n’ouvre pas"):
        porteur.exiger(Droit(Domaine.PLAN, Niveau.ENVOI), Portee(siren=SIREN))
    with pytest.raises(DroitManquant):
        porteur.exiger_pouvoir(Pouvoir.CONSULTER, None)
    assert porteur.libelle.startswith("Clé Paie (…")
    assert porteur.identite == _cles().get().id


@pytest.mark.django_db
def test_une_cle_inconnue_expiree_ou_revoquee_n_authentifie_plus() -> None:
    cle = _creer()
    assert ActeurCle.authentifier(nouvelle_cle(), LE) is None
    assert ActeurCle.authentifier(cle + "x", LE) is None
    assert ActeurCle.authentifier(cle, LE + timedelta(days=90)) is None
    assert ActeurCle.authentifier(cle, LE + timedelta(days=90, seconds=-1)) is not None
    revoquer_cle(cle_id=_cles().get().id, par=SYSTEME, maintenant=LE)
    assert ActeurCle.authentifier(cle, LE) is None
    with pytest.raises(TransitionImpossible, match="déjà révoquée"):
        revoquer_cle(cle_id=_cles().get().id, par=SYSTEME, maintenant=LE)


@pytest.mark.django_db
def test_le_dernier_usage_est_note() -> None:
    cle = _creer()
    assert _cles().get().dernier_usage_le is None
    ActeurCle.authentifier(cle, LE + timedelta(hours=1))
    assert _cles().get().dernier_usage_le == LE + timedelta(hours=1)


@pytest.mark.django_db
def test_deux_cles_actives_du_meme_nom_au_plus() -> None:
    _creer()
    _creer(nom="  Paie ")
    with pytest.raises(SaisieRefusee, match="Deux clés") as refus:
        _creer()
    assert refus.value.champ == "nom"
    _creer(nom="Autre")
    _creer(siren=AUTRE_SIREN)
    _creer(profil=Profil.PRESTATAIRE)
    _creer(le=LE + timedelta(days=90))
    revoquer_cle(cle_id=_cles().filter(nom="Autre").get().id, par=SYSTEME, maintenant=LE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"nom": " "}, "nom"),
        ({"nom": "x" * 81}, "nom"),
        ({"verbes": []}, "verbes"),
        ({"jours": 0}, "jours"),
        ({"jours": 366}, "jours"),
        ({"siren": "123456789"}, None),
    ],
)
def test_les_cles_refusees(champs: dict[str, Any], champ: str | None) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        _creer(**champs)
    assert refus.value.champ == champ
    assert not _cles().exists()


@pytest.mark.django_db
def test_un_administrateur_hors_probation_cree_et_revoque_ses_cles() -> None:
    aline, bruno, gael, nouveau = personne("Aline"), personne("Bruno"), personne("Gaël"), personne("Nouveau")
    rattacher(aline)
    rattacher(bruno, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])
    rattacher(nouveau, probation_jusqu_a=LE + timedelta(hours=1))
    cle = _creer(acteur(aline))
    ligne = _cles().get()
    for autre in (bruno, gael, nouveau):
        with pytest.raises(DroitManquant):
            _creer(acteur(autre))
    with pytest.raises(DroitManquant):
        revoquer_cle(cle_id=ligne.id, par=acteur(bruno), maintenant=LE)
    with pytest.raises(Introuvable):
        revoquer_cle(cle_id=ligne.id, par=acteur(gael), maintenant=LE)
    revoquer_cle(cle_id=ligne.id, par=acteur(aline), maintenant=LE)
    assert ActeurCle.authentifier(cle, LE) is None
