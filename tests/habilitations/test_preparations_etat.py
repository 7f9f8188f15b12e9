"""Prepared rights are given in the state of the moment, whole or not at all."""

from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.preparations import (
    appliquer_preparation,
    prevoir_organisation,
    relancer_preparations,
    signer_preparation,
)
from jalon.habilitations.enums import (
    EtatOrganisationPreparee,
    EtatPreparation,
    Role,
)
from jalon.habilitations.models import (
    PreparationDroits,
    Rattachement,
    RoleOpco,
)
from jalon.journal.models import Evenement
from jalon.organisations.enums import EtatOrganisation
from jalon.organisations.models import Organisation
from jalon.socle.erreurs import DroitManquant, Introuvable, TransitionImpossible
from tests.habilitations.comptes_prepares import BRUNO, CHLOE, JOUR, compte, liens
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    acteur,
    agent,
    organisation,
    personne,
    portefeuille,
    rattacher,
)
from tests.habilitations.preparations import deposee, ligne, organisations, signer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def deux_organisations(db: None) -> None:
    organisation()
    organisation(AUTRE_SIREN, "CFA DU LAC")


def _deux_signatures(preparation: PreparationDroits, le: Any = LE) -> None:
    signer(preparation, agent(prenom="Hugo"), le)
    signer(preparation, agent(Role.ADMINISTRATEUR_OPCO, prenom="Karim"), le)


def test_ce_qui_est_devenu_impossible_est_dit_et_rien_n_est_fait_a_moitie(tmp_path: Path) -> None:
    preparation = deposee(
        tmp_path,
        ligne(BRUNO),
        ligne(CHLOE, "Lecture", suite=";;;;30/11/2026"),
        ligne(CHLOE, "Lecture", siren=AUTRE_SIREN, profil="prestataire"),
    )
    tard = LE + 10 * JOUR
    _deux_signatures(preparation, tard)
    appliquer_preparation(preparation_id=preparation.id, maintenant=tard)
    entreprise, prestataire = organisations(preparation)
    assert entreprise.etat == EtatOrganisationPreparee.REFUSEE
    assert [n for n, _ in entreprise.refus] == [2, 3]
    assert entreprise.refus[1][1] == "La fin du droit doit être aujourd’hui ou plus tard"
    assert (prestataire.etat, prestataire.refus) == (EtatOrganisationPreparee.APPLIQUEE, [])
    assert [x.prestataire_siren for x in liens()] == [AUTRE_SIREN]
    preparation.refresh_from_db()
    assert preparation.etat == EtatPreparation.APPLIQUEE
    trace = Evenement.objects.tous("essai").get(code="acces.preparation_appliquee")
    assert (trace.details["appliquees"], trace.details["refusees"]) == (1, 1)


def _devient_de_l_opco(_: PreparationDroits) -> None:
    agent(prenom="Neuf", nom="Venu")
    Personne.objects.filter(prenom="Neuf").update(email=BRUNO)


def _cesse(_: PreparationDroits) -> None:
    Organisation.objects.filter(siren=SIREN).update(etat=EtatOrganisation.CESSEE)


def _change_de_portefeuille(_: PreparationDroits) -> None:
    Organisation.objects.filter(siren=SIREN).update(portefeuille=portefeuille("Savoie"))


def _un_signataire_part(preparation: PreparationDroits) -> None:
    RoleOpco.objects.filter(personne=preparation.premiere_par).update(fin=LE)


def _un_signataire_est_coupe(preparation: PreparationDroits) -> None:
    Personne.objects.filter(id=preparation.seconde_par_id).update(suspendue_le=LE)


@pytest.mark.parametrize(
    ("entre_temps", "raison"),
    [
        (_devient_de_l_opco, "Un compte de l’OPCO n’agit"),
        (_cesse, "est cessé"),
        (_change_de_portefeuille, "ne suit plus cette organisation"),
        (_un_signataire_part, "ne suit plus cette organisation"),
        (_un_signataire_est_coupe, "ne suit plus cette organisation"),
    ],
)
def test_l_etat_du_moment_decide(entre_temps: Any, raison: str, tmp_path: Path) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    _deux_signatures(preparation)
    preparation.refresh_from_db()
    entre_temps(preparation)
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    (organisee,) = organisations(preparation)
    assert organisee.etat == EtatOrganisationPreparee.REFUSEE
    assert raison in organisee.refus[0][1]
    assert not Rattachement.objects.tous("essai").exists()


def test_rien_n_est_donne_avant_la_seconde_signature(tmp_path: Path) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    signer(preparation, agent(prenom="Hugo"))
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    assert relancer_preparations() == 0
    assert not Rattachement.objects.tous("essai").exists()


def test_interrompue_elle_reprend_ou_elle_en_etait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO), ligne(CHLOE, siren=AUTRE_SIREN))
    _deux_signatures(preparation)
    module = "jalon.habilitations.actions.preparations.application"
    vrai = __import__(module, fromlist=["_reprendre"])._reprendre
    appels = []

    def tomber(*args: Any) -> Rattachement:
        appels.append(args)
        if len(appels) == 2:
            raise RuntimeError("coupure")
        return vrai(*args)  # type: ignore[no-any-return]

    monkeypatch.setattr(f"{module}._reprendre", tomber)
    with pytest.raises(RuntimeError):
        appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    assert [o.etat for o in organisations(preparation)] == ["appliquee", "en_attente"]
    assert relancer_preparations() == 1
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE + JOUR)
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE + JOUR)
    assert [o.traitee_le for o in organisations(preparation)] == [LE, LE + JOUR]
    assert [x.cree_le for x in liens()] == [LE, LE + JOUR]
    assert Courriel.objects.filter(genre="habilitations.acces_prepare").count() == 2


def test_un_fichier_altere_n_est_pas_applique(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    _deux_signatures(preparation)
    monkeypatch.setattr("jalon.habilitations.actions.preparations.lecture.bytes", lambda _: b"autre", raising=False)
    with pytest.raises(TransitionImpossible, match="n’a plus l’empreinte"):
        appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    assert not Rattachement.objects.tous("essai").exists()


def test_les_lignes_d_une_autre_organisation_ne_s_appliquent_pas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO), ligne(CHLOE, siren=AUTRE_SIREN))
    _deux_signatures(preparation)
    monkeypatch.setattr(
        "jalon.habilitations.actions.preparations.lecture.extraire",
        lambda texte, numeros: "".join([texte[0], texte[1]]).encode(),
    )
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    _, autre = organisations(preparation)
    assert autre.etat == EtatOrganisationPreparee.REFUSEE
    assert "ne sont plus les siennes" in autre.refus[0][1]


def test_l_apercu_d_une_organisation_suit_l_etat_du_moment(tmp_path: Path) -> None:
    hugo = agent(prenom="Hugo")
    preparation = deposee(tmp_path, ligne(BRUNO), ligne(CHLOE, "Lecture"))
    (organisee,) = organisations(preparation)

    def prevoir() -> list[str]:
        jugement = prevoir_organisation(
            preparation_id=preparation.id, organisation_id=organisee.id, par=acteur(hugo), maintenant=LE
        )
        return [p.adresse for p in jugement.changees]

    assert prevoir() == [BRUNO, CHLOE]
    rattacher(compte(CHLOE))
    assert prevoir() == [BRUNO]
    with pytest.raises(Introuvable):
        prevoir_organisation(
            preparation_id=preparation.id, organisation_id=organisee.id, par=acteur(personne("Paul", "Client")), maintenant=LE
        )


def test_personne_de_l_opco_ne_devient_administrateur_seule(tmp_path: Path) -> None:
    """Issue 3: nobody of the OPCO can alone become or make himself an administrator of a company."""
    emma = agent(Role.CONSEILLER, prenom="Emma")
    preparation = deposee(tmp_path, ligne(BRUNO), auteur=emma)
    signer(preparation, emma)
    with pytest.raises(DroitManquant):
        signer_preparation(preparation_id=preparation.id, par=acteur(emma), maintenant=LE)
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    assert not Rattachement.objects.tous("essai").exists()
    EmailAddress.objects.create(user=emma, email=BRUNO, verified=True)
    signer(preparation, agent(prenom="Hugo"))
    appliquer_preparation(preparation_id=preparation.id, maintenant=LE)
    assert [o.etat for o in organisations(preparation)] == [EtatOrganisationPreparee.REFUSEE]
    assert not Rattachement.objects.tous("essai").exists()
