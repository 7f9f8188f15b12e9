"""Using a code: what it gives, what it refuses, what it never tells."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions import activation
from jalon.habilitations.actions.activation import (
    PHRASE_CODE_REFUSE,
    CodeDeLAutreProfil,
    CodePerime,
    CodeRefuse,
    SuiteDuCode,
    utiliser_code,
)
from jalon.habilitations.actions.essais import oublier_essais
from jalon.habilitations.codes import Code, tirer_code
from jalon.habilitations.enums import EtatCode, EtatDemande, EtatRattachement, NatureAvis, OrigineRattachement
from jalon.habilitations.essais import Limite, consommer
from jalon.habilitations.models import AvisPostal, CodeActivation, CompteurEssais, DemandeAcces, Rattachement
from jalon.habilitations.regles import ESSAIS_PAR_COMPTE, ESSAIS_PAR_SIREN
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Portee, Profil
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import DroitManquant, ErreurMetier, SaisieRefusee, TransitionImpossible, TropDEssais
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    DEPUIS,
    LE,
    SIREN,
    acteur,
    agent,
    code_en_circulation,
    organisation,
    personne,
    rattacher,
    sirens,
    sur_le_siren,
)

pytestmark = pytest.mark.django_db


def _utiliser(qui: Personne, code: str, siren: str = SIREN, profil: Profil = Profil.ADHERENT, le=LE) -> SuiteDuCode:  # type: ignore[no-untyped-def]
    return utiliser_code(personne_id=qui.id, siren_saisi=siren, profil=profil, code_saisi=code, maintenant=le)


@pytest.mark.parametrize("profil", list(Profil))
def test_le_premier_usage_donne_l_administration_en_probation(profil: Profil) -> None:
    organisation()
    aline = personne()
    code, ligne = code_en_circulation(profil=profil)
    suite = _utiliser(aline, code, profil=profil)
    assert suite.administrateur
    assert suite.rattachement is not None
    assert suite.rattachement.origine == OrigineRattachement.CODE
    assert suite.rattachement.probation_jusqu_a == LE + timedelta(hours=72)
    lue = acteur(aline)
    portee = Portee(siren=SIREN) if profil == Profil.ADHERENT else Portee(prestataire_siren=SIREN)
    for domaine in Domaine:
        assert lue.peut(Droit(domaine, Niveau.GESTION), portee) is (domaine not in {Domaine.RIB, Domaine.EXPORTS})
    assert not lue.est_administrateur(SIREN)
    assert acteur(aline, LE + timedelta(hours=72)).est_administrateur(SIREN, profil)
    ligne.refresh_from_db()
    assert (ligne.premier_usage_le, ligne.usages, ligne.etat) == (LE, 1, EtatCode.ACTIF)


def test_le_premier_usage_est_au_journal_et_au_courrier_du_siege() -> None:
    organisation()
    aline = personne()
    _utiliser(aline, code_en_circulation()[0])
    evenement = Evenement.objects.tous("essai").get(code="acces.code_administrateur")
    assert (evenement.siren, evenement.acteur_id) == (SIREN, aline.id)
    avis = AvisPostal.objects.get()
    assert (avis.siren, avis.nature, avis.personne_id) == (SIREN, NatureAvis.ADMINISTRATEUR_NOMME, aline.id)
    assert Evenement.objects.visibles_par(acteur(aline)).count() == 1


def test_le_premier_usage_previent_les_administrateurs_en_place() -> None:
    organisation()
    louise, en_probation = personne("Louise", "Rey"), personne("Chloé", "Bertin")
    rattacher(louise)
    rattacher(en_probation, probation_jusqu_a=LE + timedelta(hours=1))
    assert _utiliser(personne(), code_en_circulation()[0]).administrateur
    attendus = {("habilitations.administrateur_nomme", louise.email), ("habilitations.administrateur_nomme", en_probation.email)}
    assert set(Courriel.objects.values_list("genre", "adresse")) == attendus


def test_les_usages_suivants_font_une_demande_aux_administrateurs() -> None:
    organisation()
    aline, louise, autre = personne("Aline"), personne("Louise", "Rey"), personne("Bruno", "Marchetti")
    code, ligne = code_en_circulation()
    rattacher(louise)
    _utiliser(aline, code)
    Courriel.objects.all().delete()
    suite = _utiliser(autre, code, le=LE + timedelta(days=1))
    assert not suite.administrateur
    assert suite.demande is not None
    assert suite.demande.etat == EtatDemande.EN_ATTENTE
    assert not acteur(autre, LE + timedelta(days=1)).rattachements
    ligne.refresh_from_db()
    assert ligne.usages == 2
    assert list(Courriel.objects.values_list("genre", "adresse")) == [("habilitations.demande_recue", louise.email)]
    assert Evenement.objects.tous("essai").filter(code="acces.code_demande").count() == 1
    assert set(AvisPostal.objects.values_list("nature", flat=True)) == {NatureAvis.ADMINISTRATEUR_NOMME, NatureAvis.DEMANDE_RECUE}


def test_sans_administrateur_hors_probation_la_demande_va_a_l_aef_du_portefeuille() -> None:
    organisation()
    code, _ = code_en_circulation()
    hugo = Personne.objects.get(est_opco=True)
    _utiliser(personne(), code)
    Courriel.objects.all().delete()
    _utiliser(personne("Bruno"), code)
    assert list(Courriel.objects.values_list("genre", "adresse")) == [("habilitations.demande_recue", hugo.email)]


def test_refaire_sa_demande_ne_la_double_pas_et_une_demande_expiree_se_refait() -> None:
    organisation()
    code, _ = code_en_circulation(emis_le=LE)
    bruno = personne("Bruno")
    _utiliser(personne(), code)
    un = _utiliser(bruno, code).demande
    deux = _utiliser(bruno, code, le=LE + timedelta(days=29)).demande
    assert un == deux
    trois = _utiliser(bruno, code, le=LE + timedelta(days=30)).demande
    assert trois != un
    assert sorted(DemandeAcces.objects.tous("essai").values_list("etat", flat=True)) == ["en_attente", "expiree"]


def test_un_collegue_deja_rattache_devient_administrateur_sans_second_rattachement() -> None:
    organisation()
    bruno = personne("Bruno")
    rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN, Niveau.SAISIE)])
    _utiliser(bruno, code_en_circulation()[0])
    lien = Rattachement.objects.tous("essai").get()
    assert lien.probation_jusqu_a == LE + timedelta(hours=72)
    assert lien.droits.filter(revoque_le__isnull=True).count() == len(Domaine)
    assert lien.droits.filter(revoque_le=LE).count() == 1


def test_celui_qui_administre_deja_ne_consomme_pas_le_premier_usage() -> None:
    organisation()
    aline = personne()
    rattacher(aline)
    code, ligne = code_en_circulation()
    with pytest.raises(TransitionImpossible, match="administrez déjà"):
        _utiliser(aline, code)
    ligne.refresh_from_db()
    assert ligne.premier_usage_le is None


def test_quelqu_un_qui_fut_retire_refait_une_demande() -> None:
    organisation()
    aline, bruno = personne("Aline"), personne("Bruno")
    code, _ = code_en_circulation()
    _utiliser(aline, code)
    rattacher(bruno, etat=EtatRattachement.RETIRE)
    assert _utiliser(bruno, code).demande is not None


def _refus_code_faux() -> tuple[str, str]:
    code_en_circulation()
    return SIREN, tirer_code().clair


def _refus_siren_inconnu() -> tuple[str, str]:
    return AUTRE_SIREN, tirer_code().clair


def _refus_sans_code() -> tuple[str, str]:
    organisation(AUTRE_SIREN)
    return AUTRE_SIREN, tirer_code().clair


def _refus_code_d_un_autre_siren() -> tuple[str, str]:
    un, deux = sirens(2)
    code_en_circulation(un)
    return un, code_en_circulation(deux)[0]


REFUS = [_refus_code_faux, _refus_siren_inconnu, _refus_sans_code, _refus_code_d_un_autre_siren]


@pytest.mark.parametrize("cas", REFUS, ids=[c.__name__ for c in REFUS])
def test_code_faux_siren_inconnu_ou_sans_code_sont_une_seule_reponse(cas: Callable[[], tuple[str, str]]) -> None:
    siren, code = cas()
    with pytest.raises(CodeRefuse) as refus:
        _utiliser(personne(), code, siren)
    assert refus.value.message == PHRASE_CODE_REFUSE
    assert (refus.value.code, refus.value.champ) == ("code-refuse", None)
    assert refus.value.message.index("profil") < refus.value.message.index("caractère")
    assert "formulaire de contact" in refus.value.message
    assert code not in str(refus.value.__dict__)
    assert not Rattachement.objects.tous("essai").exists()
    assert not AvisPostal.objects.exists()


def _travail(qui: Personne, siren: str, code: str, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], int]:
    empreintes = 0
    vraie = Code.empreinte

    def compter(self: Code, *args: object) -> str:
        nonlocal empreintes
        empreintes += 1
        return vraie(self, *args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch, CaptureQueriesContext(connection) as requetes:
        patch.setattr(Code, "empreinte", compter)
        with pytest.raises(CodeRefuse):
            _utiliser(qui, code, siren)
    formes = [r["sql"].split(" WHERE ")[0].split(" VALUES ")[0] for r in requetes if "SAVEPOINT" not in r["sql"]]
    return formes, empreintes


def test_le_meme_travail_est_fait_quelle_que_soit_la_raison_du_refus(monkeypatch: pytest.MonkeyPatch) -> None:
    travaux = []
    for rang, cas in enumerate(REFUS):
        siren, code = cas()
        travaux.append(_travail(personne(f"Essai{rang}"), siren, code, monkeypatch))
    assert all(t == travaux[0] for t in travaux)
    assert travaux[0][1] == len(Profil)


def test_le_code_de_l_autre_profil_n_est_dit_qu_a_son_porteur() -> None:
    code, ligne = code_en_circulation(profil=Profil.PRESTATAIRE)
    with pytest.raises(CodeDeLAutreProfil, match="profil prestataire") as refus:
        _utiliser(personne(), code, profil=Profil.ADHERENT)
    assert refus.value.champ == "profil"
    with pytest.raises(CodeRefuse):
        _utiliser(personne(), tirer_code().clair, profil=Profil.ADHERENT)
    ligne.refresh_from_db()
    assert ligne.premier_usage_le is None


@pytest.mark.parametrize("etat", [EtatCode.REMPLACE, EtatCode.ABANDONNE])
def test_un_code_remplace_ou_abandonne_est_dit_perime_a_son_porteur(etat: EtatCode) -> None:
    code, _ = code_en_circulation()
    CodeActivation.objects.update(etat=etat)
    with pytest.raises(CodePerime, match="trois mois"):
        _utiliser(personne(), code)


def test_un_code_expire_a_minuit_a_paris_trois_mois_apres() -> None:
    organisation()
    code, ligne = code_en_circulation()
    with pytest.raises(CodePerime):
        _utiliser(personne(), code, le=ligne.expire_le)
    with pytest.raises(CodePerime):
        _utiliser(personne(), code, profil=Profil.PRESTATAIRE, le=ligne.expire_le)
    assert _utiliser(personne(), code, le=ligne.expire_le - timedelta(microseconds=1)).administrateur


def test_un_nouveau_code_rend_l_ancien_perime_et_vaut_seul() -> None:
    organisation()
    ancien, ligne = code_en_circulation()
    CodeActivation.objects.filter(id=ligne.id).update(etat=EtatCode.REMPLACE)
    nouveau, _ = code_en_circulation(emis_le=DEPUIS + timedelta(days=1))
    with pytest.raises(CodePerime):
        _utiliser(personne(), ancien)
    assert _utiliser(personne(), nouveau).administrateur


@pytest.mark.parametrize(
    ("siren", "code", "champ"),
    [
        ("", "ABCD", "siren"),
        ("12345678", "ABCD", "siren"),
        ("123456789", "ABCD", "siren"),
        (SIREN, "", "code"),
        (SIREN, "ABCD", "code"),
    ],
)
def test_une_faute_de_frappe_visible_ne_coute_pas_d_essai(siren: str, code: str, champ: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        _utiliser(personne(), code, siren)
    assert refus.value.champ == champ
    assert not CompteurEssais.objects.exists()


def test_il_faut_une_adresse_verifiee_puis_un_second_facteur() -> None:
    organisation()
    code, _ = code_en_circulation()
    aline = personne(prete=False)
    with pytest.raises(DroitManquant, match="adresse électronique") as refus:
        _utiliser(aline, code)
    assert refus.value.code == "adresse-non-verifiee"
    EmailAddress.objects.create(user=aline, email=aline.email, verified=True)
    with pytest.raises(DroitManquant, match="second facteur") as refus:
        _utiliser(aline, code)
    assert refus.value.code == "second-facteur-absent"
    Authenticator.objects.create(user=aline, type=Authenticator.Type.RECOVERY_CODES, data={})
    with pytest.raises(DroitManquant):
        _utiliser(aline, code)
    assert not CompteurEssais.objects.exists()
    Authenticator.objects.create(user=aline, type=Authenticator.Type.WEBAUTHN, data={})
    assert _utiliser(aline, code).administrateur


def test_un_compte_ferme_ne_saisit_pas_de_code() -> None:
    code, _ = code_en_circulation()
    aline = personne()
    Personne.objects.filter(id=aline.id).update(is_active=False)
    with pytest.raises(DroitManquant):
        _utiliser(aline, code)


def test_cinq_essais_par_compte_et_par_jour() -> None:
    organisation()
    code, _ = code_en_circulation()
    aline = personne()
    for siren in sirens(ESSAIS_PAR_COMPTE):
        with pytest.raises(CodeRefuse):
            _utiliser(aline, tirer_code().clair, siren)
    with pytest.raises(TropDEssais, match="Réessayez demain"):
        _utiliser(aline, code)
    assert _utiliser(personne(), code).administrateur
    assert _utiliser(aline, code, le=LE + timedelta(days=1)).demande is not None


def test_vingt_essais_par_siren_et_par_jour_retardent_sans_detruire_le_code() -> None:
    organisation()
    code, ligne = code_en_circulation()
    for rang in range(ESSAIS_PAR_SIREN):
        with pytest.raises(CodeRefuse):
            _utiliser(personne(f"Essai{rang}"), tirer_code().clair)
    aline = personne()
    for _ in range(ESSAIS_PAR_COMPTE + 1):
        with pytest.raises(TropDEssais, match="Votre code reste valable"):
            _utiliser(aline, code)
    assert not CompteurEssais.objects.filter(genre="code-compte", cle=str(aline.id)).exists()
    ligne.refresh_from_db()
    assert ligne.etat == EtatCode.ACTIF
    assert _utiliser(aline, code, le=LE + timedelta(days=1)).administrateur


def test_la_limite_d_un_siren_ne_dit_pas_s_il_existe() -> None:
    phrases = set()
    for siren in (SIREN, AUTRE_SIREN):
        CompteurEssais.objects.create(genre="code-siren", cle=siren, jour=jour_de_paris(LE), nombre=ESSAIS_PAR_SIREN)
        with pytest.raises(TropDEssais) as refus:
            _utiliser(personne(), tirer_code().clair, siren)
        phrases.add(refus.value.message)
    assert len(phrases) == 1


@pytest.mark.parametrize(
    "erreur", [CodeRefuse(), CodePerime(), TransitionImpossible("x"), RuntimeError("panne")], ids=lambda e: type(e).__name__
)
def test_l_essai_reste_compte_quoi_qu_il_arrive_ensuite(erreur: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def lever(*_: object) -> None:
        raise erreur

    monkeypatch.setattr(activation, "_juger", lever)
    aline = personne()
    with pytest.raises(type(erreur)):
        _utiliser(aline, tirer_code().clair)
    assert dict(CompteurEssais.objects.values_list("genre", "nombre")) == {"code-compte": 1, "code-siren": 1}


def test_l_essai_ne_se_compte_pas_dans_la_transaction_d_un_autre() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        consommer([Limite("code-siren", SIREN, 1)], jour_de_paris(LE))


def test_les_compteurs_de_plus_de_trente_jours_sont_oublies() -> None:
    jour = jour_de_paris(LE)
    for age in (0, 30, 31, 400):
        CompteurEssais.objects.create(genre="code-siren", cle=SIREN, jour=jour - timedelta(days=age), nombre=1)
    assert oublier_essais(aujourdhui=jour) == 2


def test_aucune_erreur_ne_porte_le_code() -> None:
    organisation()
    code, ligne = code_en_circulation()
    erreurs: list[ErreurMetier] = []
    for essai in (
        lambda: _utiliser(personne(), code, AUTRE_SIREN),
        lambda: _utiliser(personne(), code, profil=Profil.PRESTATAIRE),
        lambda: _utiliser(personne(), code, le=ligne.expire_le),
    ):
        with pytest.raises(ErreurMetier) as refus:
            essai()
        erreurs.append(refus.value)
    assert len({type(e) for e in erreurs}) == 3
    assert all(code not in repr(e) + str(vars(e)) for e in erreurs)


def test_un_agent_de_l_opco_peut_etre_prevenu_seulement_s_il_decide() -> None:
    organisation()
    code, _ = code_en_circulation()
    agent(prenom="Emma", portefeuilles=[])
    _utiliser(personne(), code)
    _utiliser(personne("Bruno"), code)
    assert Courriel.objects.filter(genre="habilitations.demande_recue").count() == 1
