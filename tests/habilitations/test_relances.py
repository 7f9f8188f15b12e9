"""Reminders leave once each, at their second, to those who decide or wait that day."""

from datetime import datetime, timedelta

import pytest

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.relances import rappeler_codes, relancer_demandes
from jalon.habilitations.enums import EtatCode, EtatDemande, OrigineDemande
from jalon.habilitations.models import CodeActivation, DemandeAcces, DemandeLettre, LettreCode
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Profil
from tests.habilitations.fabrique import DEPUIS, LE, SIREN, agent, code_en_circulation, organisation, personne, rattacher

pytestmark = pytest.mark.django_db
UNE_SECONDE = timedelta(seconds=1)


@pytest.fixture
def bruno() -> Personne:
    organisation()
    return personne("Bruno", "Marchetti")


def _demande(qui: Personne, origine: OrigineDemande = OrigineDemande.SANS_CODE) -> DemandeAcces:
    demande = DemandeAcces(personne=qui, profil=Profil.ADHERENT, origine=origine, demandee_le=LE).porter(
        portee_des_acces(SIREN, Profil.ADHERENT, PORTEFEUILLE_PAR_DEFAUT)
    )
    demande.save(force_insert=True)
    return demande


def _envoyes() -> list[tuple[str, str]]:
    return list(Courriel.objects.order_by("prepare_le", "adresse").values_list("adresse", "cle"))


def test_une_demande_se_rappelle_deux_fois_a_qui_decide_ce_jour_la(bruno: Personne) -> None:
    aline, louise = personne("Aline", "A"), personne("Louise", "B")
    rattacher(aline)
    rattacher(personne("Chloé"), probation_jusqu_a=LE + timedelta(days=300))
    _demande(bruno)
    septieme, vingt_et_unieme, trentieme = (LE + timedelta(days=j) for j in (7, 21, 30))
    assert relancer_demandes(maintenant=septieme - UNE_SECONDE) == 0
    for le in (septieme, septieme + UNE_SECONDE, vingt_et_unieme - UNE_SECONDE):
        assert relancer_demandes(maintenant=le) == 1
    assert _envoyes() == [(aline.email, "7")]
    rattacher(louise)
    for le in (vingt_et_unieme, trentieme - UNE_SECONDE):
        relancer_demandes(maintenant=le)
    assert _envoyes() == [(aline.email, "7"), (aline.email, "21"), (louise.email, "21")]
    assert relancer_demandes(maintenant=trentieme) == 0


@pytest.mark.parametrize("etat", [e for e in EtatDemande if e != EtatDemande.EN_ATTENTE])
def test_une_demande_qui_n_attend_plus_ne_se_rappelle_pas(bruno: Personne, etat: EtatDemande) -> None:
    rattacher(personne("Aline"))
    _demande(bruno)
    DemandeAcces.objects.tous("essai").update(etat=etat)
    assert relancer_demandes(maintenant=LE + timedelta(days=8)) == 0


def test_sans_administrateur_l_aef_n_est_rappelee_que_si_un_code_est_derriere(bruno: Personne) -> None:
    hugo = agent()
    _demande(bruno)
    _demande(personne("Eva"), OrigineDemande.CODE)
    assert relancer_demandes(maintenant=LE + timedelta(days=7)) == 2
    assert _envoyes() == [(hugo.email, "7")]


def _attendre(qui: Personne, lettre: LettreCode) -> None:
    DemandeLettre.objects.create(
        siren=SIREN, profil=Profil.ADHERENT, portefeuille_id=PORTEFEUILLE_PAR_DEFAUT, personne=qui, demandee_le=DEPUIS,
        ouvre=True, lettre=lettre,
    )  # fmt: skip


def _rappeler(fin: datetime, reste: timedelta) -> int:
    return rappeler_codes(maintenant=fin - reste)


def test_un_code_que_personne_n_a_saisi_se_rappelle_a_qui_l_attend(bruno: Personne) -> None:
    _, ligne = code_en_circulation()
    code_en_circulation("732829320")
    eva, emma = personne("Eva"), agent(prenom="Emma")
    for qui in (bruno, eva, emma):
        _attendre(qui, ligne.lettre)
    eva.is_active = False
    eva.save()
    fin = ligne.expire_le
    assert _rappeler(fin, timedelta(days=14) + UNE_SECONDE) == 0
    assert _rappeler(fin, timedelta(days=14)) == 1
    assert _rappeler(fin, timedelta(days=3) + UNE_SECONDE) == 1
    assert _envoyes() == [(bruno.email, "14")]
    assert _rappeler(fin, timedelta(days=3)) == 1
    assert _rappeler(fin, UNE_SECONDE) == 1
    assert _envoyes() == [(bruno.email, "14"), (bruno.email, "3")]
    assert _rappeler(fin, timedelta()) == 0


@pytest.mark.parametrize("champs", [{"premier_usage_le": LE}, *({"etat": e} for e in EtatCode if e != EtatCode.ACTIF)])
def test_un_code_saisi_ou_mort_ne_se_rappelle_pas(bruno: Personne, champs: dict[str, object]) -> None:
    _, ligne = code_en_circulation()
    _attendre(bruno, ligne.lettre)
    CodeActivation.objects.update(**champs)
    assert _rappeler(ligne.expire_le, timedelta(days=1)) == 0
