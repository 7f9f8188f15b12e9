"""A SIREN that the register does not know: used at once, verified later with a proof."""

from uuid import uuid4

import pytest

from jalon.journal.requetes import chronologie
from jalon.organisations.actions import declarer_organisation_inconnue, verifier_organisation
from jalon.organisations.enums import SourceOrganisation
from jalon.organisations.models import Organisation, Portefeuille, SirenPortefeuille
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.organisations.requetes import a_verifier, chercher
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_opco
from tests.organisations.fichiers import MAINTENANT, SIREN

pytestmark = pytest.mark.django_db


def _declarer(siren: str = SIREN) -> Organisation:
    return declarer_organisation_inconnue(siren=siren, par=FauxActeur(nom="Aline Essai"), maintenant=MAINTENANT)


def _emma(portefeuille: object = PORTEFEUILLE_PAR_DEFAUT) -> FauxActeur:
    return acteur_opco(portefeuille, Pouvoir.VERIFIER_ORGANISATION, nom="Emma Essai")  # type: ignore[arg-type]


def _verifier(par: FauxActeur, **valeurs: str) -> Organisation:
    saisie = {"siren": SIREN, "denomination": "Café de l’Été", "preuve": "Kbis du 12/11/2026", **valeurs}
    return verifier_organisation(**saisie, par=par, maintenant=MAINTENANT)  # type: ignore[arg-type]


def test_un_siren_inconnu_est_utilisable_et_a_verifier() -> None:
    organisation = _declarer(f"{SIREN[:3]} {SIREN[3:6]} {SIREN[6:]}")
    assert organisation.siren == SIREN
    assert organisation.a_verifier
    assert [ligne.phrase for ligne in chronologie(organisation)] == [
        "SIREN absent du registre déclaré par Aline Essai\u00a0: à vérifier"
    ]


def test_le_declarer_deux_fois_ne_fait_rien_de_plus() -> None:
    _declarer()
    organisation = _declarer()
    assert Organisation.objects.count() == 1
    assert len(chronologie(organisation)) == 1


def test_une_organisation_connue_n_est_pas_touchee() -> None:
    Organisation.objects.create(siren=SIREN, denomination="BOULANGERIE")
    organisation = _declarer()
    assert (organisation.denomination, organisation.source) == ("BOULANGERIE", SourceOrganisation.REGISTRE)
    assert chronologie(organisation) == []


def test_un_siren_faux_est_refuse() -> None:
    with pytest.raises(SaisieRefusee, match="n’existe pas"):
        _declarer("123456789")
    assert not Organisation.objects.exists()


def test_elle_entre_dans_le_portefeuille_qui_lui_est_reserve() -> None:
    portefeuille = Portefeuille.objects.create(nom="Grands comptes")
    SirenPortefeuille.objects.create(siren=SIREN, portefeuille=portefeuille)
    assert _declarer().portefeuille == portefeuille


def test_la_conseillere_la_verifie_avec_une_preuve() -> None:
    _declarer()
    _verifier(_emma(), denomination="  Café  de l’Été ")
    organisation = Organisation.objects.get()
    assert (organisation.denomination, organisation.preuve) == ("Café de l’Été", "Kbis du 12/11/2026")
    assert organisation.source == SourceOrganisation.VERIFIEE
    assert [o.siren for o in chercher("cafe de l")] == [SIREN]
    assert chronologie(organisation)[0].phrase == "Organisation vérifiée par Emma Essai"


def test_la_file_ne_montre_que_mes_portefeuilles() -> None:
    _declarer()
    assert [o.siren for o in a_verifier(_emma())] == [SIREN]
    assert list(a_verifier(_emma(uuid4()))) == []
    assert list(a_verifier(acteur_opco(PORTEFEUILLE_PAR_DEFAUT, Pouvoir.INSTRUIRE))) == []
    _verifier(_emma())
    assert list(a_verifier(_emma())) == []


def test_une_organisation_d_un_autre_portefeuille_est_introuvable() -> None:
    _declarer()
    for acteur in (_emma(uuid4()), FauxActeur()):
        with pytest.raises(Introuvable):
            _verifier(acteur)
    with pytest.raises(Introuvable):
        _verifier(_emma(), siren="000000000")


def test_voir_ne_suffit_pas_pour_verifier() -> None:
    _declarer()
    with pytest.raises(DroitManquant):
        _verifier(acteur_opco(PORTEFEUILLE_PAR_DEFAUT, Pouvoir.INSTRUIRE))
    assert Organisation.objects.get().a_verifier


def test_on_ne_verifie_pas_deux_fois() -> None:
    _declarer()
    _verifier(_emma())
    with pytest.raises(TransitionImpossible, match="déjà vérifiée"):
        _verifier(_emma(), denomination="Autre")
    assert Organisation.objects.get().denomination == "Café de l’Été"


def test_le_nom_et_la_preuve_sont_demandes_ensemble() -> None:
    _declarer()
    with pytest.raises(SaisiesRefusees) as refus:
        _verifier(_emma(), denomination=" ", preuve="")
    assert set(refus.value.champs) == {"denomination", "preuve"}
    assert Organisation.objects.get().a_verifier
