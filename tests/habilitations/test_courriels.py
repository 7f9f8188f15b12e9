"""E-mails about access: every kind renders, says nothing personal, and is given up when the recipient lost the right."""

from datetime import (
    date,
    timedelta,
)
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.conf import settings

from jalon.comptes.models import Personne
from jalon.courriers.actions import rendre
from jalon.courriers.messages import Destinataire, Message, genres
from jalon.habilitations.courriels import (
    MESSAGES,
    AccesRetire,
    AdministrateurNomme,
    CleBientotExpiree,
    CleCreee,
    CodeBientotPerime,
    CodeEmis,
    CodeTermine,
    DecisionAConfirmer,
    DecisionAnnoncee,
    DemandeDecidee,
    DemandeRecue,
    DemandeRelancee,
    DroitsModifies,
    EspaceVu,
    GroupeModifie,
    InvitationRecue,
    LettreEcartee,
    NouvelAcces,
    RetraitAnnonce,
)
from jalon.habilitations.enums import (
    EtatCode,
    EtatDecision,
    EtatDemande,
    EtatRattachement,
    OrigineDemande,
    Role,
)
from jalon.habilitations.models import (
    CleApi,
    CodeActivation,
    DemandeAcces,
    DemandeLettre,
    LettreCode,
    Rattachement,
)
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Profil
from jalon.socle.dates import fin_du_jour
from jalon.socle.identifiants import nouvel_id
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    SIRET,
    agent,
    code_en_circulation,
    decision,
    groupe,
    organisation,
    personne,
    rattacher,
)

DES_CLES = (CleCreee, CleBientotExpiree)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _au_moment_de_l_essai() -> Any:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def aline() -> Personne:
    organisation()
    return personne("Aline", "Ferrand")


def _a(qui: Personne) -> Destinataire:
    return Destinataire(qui.email, qui.id)


def _demande(qui: Personne, **champs: Any) -> DemandeAcces:
    demande = DemandeAcces(personne=qui, profil=Profil.ADHERENT, demandee_le=LE, **champs).porter(
        portee_des_acces(SIREN, Profil.ADHERENT, PORTEFEUILLE_PAR_DEFAUT)
    )
    demande.save(force_insert=True)
    return demande


def _cle(**champs: Any) -> CleApi:
    cle = CleApi(
        profil=Profil.ADHERENT, nom="Paie", droits=["plan:1"], empreinte=nouvel_id().hex, creee_le=LE,
        expire_le=fin_du_jour(date(2026, 12, 1)), **champs,
    ).porter(portee_des_acces(SIREN, Profil.ADHERENT, PORTEFEUILLE_PAR_DEFAUT))  # fmt: skip
    cle.save(force_insert=True)
    return cle


def _demande_de_lettre(qui: Personne, lettre: LettreCode | None = None, **champs: Any) -> DemandeLettre:
    return DemandeLettre.objects.create(
        siren=SIREN, profil=Profil.ADHERENT, portefeuille_id=PORTEFEUILLE_PAR_DEFAUT, personne=qui, demandee_le=LE, ouvre=True,
        lettre=lettre, **champs,
    )  # fmt: skip


SANS_LIEN = {CodeBientotPerime, LettreEcartee}
"""Sent to people who hold nothing in the organisation: its SIREN alone is named, and the link is to the page of their requests."""


def _objet(classe: type[Message], qui: Personne) -> UUID:
    if classe in DES_CLES:
        return _cle().id
    if issubclass(classe, (CodeEmis, CodeTermine, CodeBientotPerime)):
        return code_en_circulation()[1].id
    if classe is LettreEcartee:
        return _demande_de_lettre(qui).id
    if issubclass(classe, (DemandeRecue, DemandeDecidee)):
        return _demande(qui).id
    if classe in {DecisionAConfirmer, DecisionAnnoncee}:
        return decision().id
    return groupe("Région Sud", [SIRET]).id if classe is GroupeModifie else rattacher(personne("Bruno", "Marchetti")).id


@pytest.mark.parametrize("classe", MESSAGES, ids=lambda c: c.genre)
def test_chaque_courriel_se_compose_en_texte_et_en_html(classe: type[Message], aline: Personne) -> None:
    message = classe.charger(_objet(classe, aline), _a(aline))
    assert message is not None
    texte, html = rendre(message, message.sujet())
    nomme, chemin = "BELLERIVE RESTAURATION (SIREN 123\u00a0456\u00a0782)", getattr(classe, "chemin", "/accueil/")
    if classe in SANS_LIEN:
        assert "BELLERIVE" not in texte + html + message.sujet()
        nomme, chemin = "SIREN 123\u00a0456\u00a0782", "/acces/codes/"
    if classe is EspaceVu:
        chemin = f"/e/{SIREN}/mes-droits/"
    if isinstance(message, GroupeModifie):
        chemin = f"/e/{SIREN}/habilitations/groupes/{message.groupe.id}/"
    assert nomme in texte
    assert f"{settings.JALON_URL}{chemin}" in texte
    assert f'href="{settings.JALON_URL}{chemin}"' in html
    assert 'lang="fr"' in html
    for secret in ("Ferrand", "Marchetti", "Bruno", "@", "&#", "{{", "{%"):
        assert secret not in texte + message.sujet(), secret
    for personnel in ("Marchetti", "Ferrand", "style="):
        assert personnel not in html


def test_tous_les_courriels_sont_declares() -> None:
    assert {c.genre for c in MESSAGES} <= set(genres())
    assert len({c.genre for c in MESSAGES}) == len(MESSAGES)


@pytest.mark.parametrize("classe", MESSAGES, ids=lambda c: c.genre)
def test_un_objet_disparu_ne_fait_pas_de_courriel(classe: type[Message]) -> None:
    assert classe.charger(nouvel_id(), Destinataire("x@essai.example")) is None


def test_une_denomination_ne_s_echappe_pas_en_html(aline: Personne) -> None:
    organisation(nom="<b>X</b> & FILS")
    message = DroitsModifies.charger(rattacher(aline).id, _a(aline))
    assert message is not None
    texte, html = rendre(message, message.sujet())
    assert "<b>X</b>" not in html
    assert "<b>X</b> & FILS" in texte


def _autorise(classe: type[Message], objet_id: UUID, qui: Personne) -> bool:
    message = classe.charger(objet_id, _a(qui))
    assert message is not None
    return message.autorise()


def test_l_invitation_n_est_envoyee_que_tant_qu_elle_attend(aline: Personne) -> None:
    lien = rattacher(aline, etat=EtatRattachement.INVITE)
    assert _autorise(InvitationRecue, lien.id, aline)
    Rattachement.objects.tous("essai").update(etat=EtatRattachement.RETIRE)
    assert not _autorise(InvitationRecue, lien.id, aline)


def test_un_changement_de_droits_n_est_pas_dit_a_qui_est_parti(aline: Personne) -> None:
    lien = rattacher(aline)
    assert _autorise(DroitsModifies, lien.id, aline)
    Rattachement.objects.tous("essai").update(etat=EtatRattachement.RETIRE)
    assert not _autorise(DroitsModifies, lien.id, aline)
    assert _autorise(AccesRetire, lien.id, aline)


def test_une_vue_n_est_pas_annoncee_a_qui_est_parti(aline: Personne) -> None:
    lien = rattacher(aline)
    assert _autorise(EspaceVu, lien.id, aline)
    Rattachement.objects.tous("essai").update(etat=EtatRattachement.RETIRE)
    assert not _autorise(EspaceVu, lien.id, aline)


@pytest.mark.parametrize("classe", [AdministrateurNomme, NouvelAcces, RetraitAnnonce], ids=lambda c: c.genre)
def test_les_avis_ne_vont_qu_a_qui_administre_encore(classe: type[Message], aline: Personne) -> None:
    lien = rattacher(personne("Bruno"))
    a_elle = rattacher(aline)
    assert _autorise(classe, lien.id, aline)
    a_elle.etat = EtatRattachement.RETIRE
    a_elle.save()
    assert not _autorise(classe, lien.id, aline)
    rattacher(aline, profil=Profil.PRESTATAIRE)
    assert not _autorise(classe, lien.id, aline)


@pytest.mark.parametrize("classe", [CodeEmis, CodeTermine], ids=lambda c: c.genre)
def test_l_annonce_d_un_courrier_ne_va_qu_a_qui_administre_encore(classe: type[Message], aline: Personne) -> None:
    _, ligne = code_en_circulation()
    assert not _autorise(classe, ligne.id, aline)
    rattacher(aline)
    assert _autorise(classe, ligne.id, aline)
    assert CodeActivation.objects.count() == 1


def test_un_code_bientot_perime_n_est_dit_qu_a_qui_l_attend_tant_qu_il_sert(aline: Personne) -> None:
    _, ligne = code_en_circulation()
    rattacher(aline)
    assert not _autorise(CodeBientotPerime, ligne.id, aline)
    _demande_de_lettre(aline, ligne.lettre)
    assert _autorise(CodeBientotPerime, ligne.id, aline)
    with time_machine.travel(ligne.expire_le - timedelta(seconds=1), tick=False):
        assert _autorise(CodeBientotPerime, ligne.id, aline)
    with time_machine.travel(ligne.expire_le, tick=False):
        assert not _autorise(CodeBientotPerime, ligne.id, aline)
    CodeActivation.objects.update(etat=EtatCode.TERMINE)
    assert not _autorise(CodeBientotPerime, ligne.id, aline)
    CodeActivation.objects.update(etat=EtatCode.ACTIF, premier_usage_le=LE)
    assert not _autorise(CodeBientotPerime, ligne.id, aline)


def test_un_ecart_n_est_dit_que_s_il_tient(aline: Personne) -> None:
    demande = _demande_de_lettre(aline)
    assert not _autorise(LettreEcartee, demande.id, aline)
    DemandeLettre.objects.update(ecartee_le=LE)
    assert _autorise(LettreEcartee, demande.id, aline)


def test_une_demande_sans_code_n_est_pas_annoncee_a_l_opco(aline: Personne) -> None:
    demande, hugo = _demande(personne("Bruno"), origine=OrigineDemande.SANS_CODE), agent()
    assert not _autorise(DemandeRecue, demande.id, hugo)
    rattacher(aline)
    assert _autorise(DemandeRecue, demande.id, aline)


def test_une_relance_s_arrete_avec_la_demande(aline: Personne) -> None:
    rattacher(aline)
    demande = _demande(personne("Bruno"))
    with time_machine.travel(LE + timedelta(days=30) - timedelta(seconds=1), tick=False):
        assert _autorise(DemandeRelancee, demande.id, aline)
    with time_machine.travel(LE + timedelta(days=30), tick=False):
        assert not _autorise(DemandeRelancee, demande.id, aline)


def test_une_demande_n_est_annoncee_qu_a_qui_peut_la_decider(aline: Personne) -> None:
    demande, hugo = _demande(personne("Bruno")), agent()
    assert _autorise(DemandeRecue, demande.id, hugo)
    assert not _autorise(DemandeRecue, demande.id, aline)
    rattacher(aline, probation_jusqu_a=LE + timedelta(hours=1))
    assert _autorise(DemandeRecue, demande.id, hugo)
    with time_machine.travel(LE + timedelta(hours=1), tick=False):
        assert not _autorise(DemandeRecue, demande.id, hugo)
        assert _autorise(DemandeRecue, demande.id, aline)
        DemandeAcces.objects.tous("essai").update(etat=EtatDemande.REFUSEE)
        assert not _autorise(DemandeRecue, demande.id, aline)


def test_une_decision_a_deux_ne_se_dit_qu_a_qui_elle_regarde(aline: Personne) -> None:
    rattacher(aline)
    proposee, hugo, farid = decision(), agent(), agent(Role.GESTIONNAIRE)
    attendus = {DecisionAConfirmer: {hugo.id}, DecisionAnnoncee: {aline.id}}
    for classe, destinataires in attendus.items():
        lus = {qui.id: classe.charger(proposee.id, _a(qui)) for qui in (aline, hugo, farid)}
        assert {cle for cle, message in lus.items() if message is not None and message.autorise()} == destinataires
    proposee.etat = EtatDecision.ECARTEE
    proposee.save()
    message = DecisionAConfirmer.charger(proposee.id, _a(hugo))
    assert message is not None
    assert not message.autorise()


@pytest.mark.parametrize("ancienne", [False, True])
def test_le_rappel_dit_quelle_cle_et_son_dernier_jour(aline: Personne, ancienne: bool) -> None:
    message = CleBientotExpiree.charger(_cle(ancienne=ancienne).id, _a(aline))
    assert message is not None
    texte, _ = rendre(message, message.sujet())
    assert ("L’ancienne clé d’API" in texte) is ancienne
    assert "«\u00a0Paie\u00a0»" in texte
    assert "01/12/2026 inclus" in texte


@pytest.mark.parametrize("classe", DES_CLES, ids=lambda c: c.genre)
def test_l_avis_d_une_cle_ne_va_qu_a_qui_administre_encore_et_tant_qu_elle_sert(classe: type[Message], aline: Personne) -> None:
    cle = _cle()
    assert not _autorise(classe, cle.id, aline)
    rattacher(aline, profil=Profil.PRESTATAIRE)
    assert not _autorise(classe, cle.id, aline)
    rattacher(aline)
    assert _autorise(classe, cle.id, aline)
    with time_machine.travel(cle.expire_le, tick=False):
        assert not _autorise(classe, cle.id, aline)
    CleApi.objects.tous("essai").update(revoquee_le=LE)
    assert not _autorise(classe, cle.id, aline)
