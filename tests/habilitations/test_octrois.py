"""Rights that wait: wide ones, bursts, days to come; who confirms them; boundaries to the second (exigences, T10, T12)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.actions.invitations import inviter_personne, rattacher_invitations
from jalon.habilitations.actions.octrois import decider_octroi
from jalon.habilitations.enums import Attente, EtatRattachement, Etendue, Role
from jalon.habilitations.models import DroitAccorde, Rattachement, RythmeOctrois
from jalon.habilitations.regles import DemandeDroit, attente_d_un_octroi, revue_due_avant, tous_les_droits
from jalon.habilitations.regles_des_boites import couvre
from jalon.habilitations.rythme import compter
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    acteur,
    agent,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sur_le_siren,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db
SECONDE, HEURE, JOUR = timedelta(seconds=1), timedelta(hours=1), timedelta(hours=24)
LIRE_LE_PLAN = [sur_le_siren(Domaine.PLAN, Niveau.LECTURE)]
FACTURER = sur_le_siren(Domaine.FACTURES, Niveau.ENVOI)
PLAN, FACTURES = Droit(Domaine.PLAN, Niveau.LECTURE), Droit(Domaine.FACTURES, Niveau.ENVOI)


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def louise(aline: Personne) -> Personne:
    creee = personne("Louise", "Rey")
    rattacher(creee)
    return creee


@pytest.fixture
def bruno() -> Personne:
    return personne("Bruno", "Marchetti")


def _modifier(lien: Rattachement, droits: list[DemandeDroit], par: Personne, le: datetime = LE) -> Rattachement:
    return modifier_droits(rattachement_id=lien.id, droits=droits, par=acteur(par, le), maintenant=le)


def _decider(lien: Rattachement, par: Personne, le: datetime = LE, *, accorder: bool = True, motif: str = "x") -> Rattachement:
    return decider_octroi(rattachement_id=lien.id, accorder=accorder, motif=motif, par=acteur(par, le), maintenant=le)


def _tient(qui: Personne, droit: Droit, le: datetime = LE) -> bool:
    return bool(acteur(qui, le).perimetre(droit))


def _rafale(par: Personne, le: datetime = LE) -> None:
    """Three grants to as many people."""
    for _ in range(3):
        _modifier(rattacher(personne(), droits=LIRE_LE_PLAN), [sur_le_siren(Domaine.PLAN, Niveau.ENVOI)], par, le)


LARGES = [
    (sur_le_siren(Domaine.FACTURES, Niveau.LECTURE), False),
    (sur_le_siren(Domaine.FACTURES, Niveau.SAISIE), True),
    (sur_le_siren(Domaine.REGLEMENTS, Niveau.LECTURE), False),
    (sur_le_siren(Domaine.REGLEMENTS, Niveau.SAISIE), True),
    (sur_le_siren(Domaine.RIB, Niveau.LECTURE), False),
    (sur_le_siren(Domaine.RIB, Niveau.SAISIE), True),
    (sur_un_siret(SIRET, Domaine.FACTURES, Niveau.GESTION), False),
    (sur_le_siren(Domaine.ACCES, Niveau.ENVOI), False),
    (sur_le_siren(Domaine.ACCES, Niveau.GESTION), True),
    (sur_le_siren(Domaine.PLAN, Niveau.GESTION), False),
    (sur_le_siren(Domaine.ALTERNANCE, Niveau.GESTION), False),
    (sur_le_siren(Domaine.SALARIES, Niveau.GESTION), False),
    (sur_le_siren(Domaine.EXPORTS, Niveau.GESTION), False),
]


@pytest.mark.parametrize(("droit", "large"), LARGES, ids=lambda v: f"{v.domaine}-{v.niveau}" if hasattr(v, "niveau") else "")
def test_ce_qui_est_large(droit: DemandeDroit, *, large: bool) -> None:
    """Exigences, T12: the whole SIREN with a finance domain from Saisie, or accès = Gestion."""
    assert droit.large is large


DEMAIN = date(2026, 11, 25)
LOIN = date(2026, 12, 24)
MINUIT = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
NOEL = datetime(2026, 12, 23, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("droit", "du", "rang", "attente", "debut"),
    [
        (LIRE_LE_PLAN[0], None, 3, Attente.AUCUNE, LE),
        (LIRE_LE_PLAN[0], None, 4, Attente.VERIFICATION, LE),
        (LIRE_LE_PLAN[0], DEMAIN, 1, Attente.DATE, MINUIT),
        (LIRE_LE_PLAN[0], DEMAIN, 4, Attente.VERIFICATION, MINUIT),
        (FACTURER, None, 1, Attente.SECONDE_VOIX, LE + JOUR),
        (FACTURER, DEMAIN, 1, Attente.SECONDE_VOIX, LE + JOUR),
        (FACTURER, LOIN, 1, Attente.DATE, NOEL),
        (FACTURER, None, 4, Attente.VERIFICATION, LE + JOUR),
    ],
)
def test_ce_qui_attend_et_jusqu_a_quand(
    droit: DemandeDroit, du: date | None, rang: int, attente: Attente, debut: datetime
) -> None:
    demande = DemandeDroit(droit.etendue, droit.siret, droit.domaine, droit.niveau, a_partir_du=du)
    assert attente_d_un_octroi(demande, rang, LE) == (attente, debut)


@pytest.mark.parametrize(
    ("tenu", "voulu", "oui"),
    [
        (FACTURER, FACTURER, True),
        (FACTURER, sur_le_siren(Domaine.FACTURES, Niveau.LECTURE), True),
        (FACTURER, sur_le_siren(Domaine.FACTURES, Niveau.GESTION), False),
        (FACTURER, sur_un_siret(SIRET, Domaine.FACTURES, Niveau.ENVOI), True),
        (sur_un_siret(SIRET, Domaine.FACTURES, Niveau.ENVOI), FACTURER, False),
        (FACTURER, sur_le_siren(Domaine.PLAN, Niveau.LECTURE), False),
        (DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, Niveau.SAISIE, LOIN), sur_le_siren(Domaine.PLAN, Niveau.SAISIE), False),
        (sur_le_siren(Domaine.PLAN, Niveau.SAISIE), DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, Niveau.SAISIE, LOIN), True),
    ],
)
def test_un_droit_en_couvre_un_autre(tenu: DemandeDroit, voulu: DemandeDroit, *, oui: bool) -> None:
    assert couvre(tenu, voulu) is oui


def test_un_droit_large_compte_24_heures_apres_a_la_seconde(aline: Personne, bruno: Personne) -> None:
    _modifier(rattacher(bruno, droits=LIRE_LE_PLAN), [*LIRE_LE_PLAN, FACTURER], aline)
    assert _tient(bruno, PLAN)
    assert not _tient(bruno, FACTURES, LE + JOUR - SECONDE)
    assert _tient(bruno, FACTURES, LE + JOUR)


def test_l_administration_aussi_attend(aline: Personne, bruno: Personne) -> None:
    _modifier(rattacher(bruno, droits=LIRE_LE_PLAN), tous_les_droits(), aline)
    assert not acteur(bruno, LE + JOUR - SECONDE).est_administrateur(SIREN)
    assert acteur(bruno, LE + JOUR).est_administrateur(SIREN)


def test_ce_qui_etait_tenu_le_reste_en_attendant(aline: Personne, bruno: Personne) -> None:
    lire = sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)
    lien = rattacher(bruno, droits=[lire])
    _modifier(lien, [FACTURER], aline)
    assert _tient(bruno, Droit(Domaine.FACTURES, Niveau.LECTURE))
    assert not _tient(bruno, FACTURES)
    _modifier(lien, [FACTURER], aline, LE + HEURE)
    assert DroitAccorde.objects.filter(rattachement=lien).count() == 2, "une ligne renvoyée telle quelle ne change rien"
    _modifier(lien, [FACTURER, *LIRE_LE_PLAN], aline, LE + 2 * JOUR)
    factures = DroitAccorde.objects.filter(rattachement=lien, domaine=Domaine.FACTURES)
    assert [(d.niveau, d.attente) for d in factures.filter(revoque_le=None)] == [(Niveau.ENVOI, Attente.AUCUNE)]
    assert factures.get(niveau=Niveau.LECTURE).revoque_le == LE + 2 * JOUR


def test_ce_qui_est_reduit_ou_retire_compte_aussitot(aline: Personne, bruno: Personne) -> None:
    lien = rattacher(bruno, droits=[FACTURER, *LIRE_LE_PLAN])
    _modifier(lien, [sur_le_siren(Domaine.FACTURES, Niveau.SAISIE)], aline)
    assert _tient(bruno, Droit(Domaine.FACTURES, Niveau.SAISIE))
    assert not _tient(bruno, FACTURES)
    assert not _tient(bruno, PLAN)
    assert not RythmeOctrois.objects.exists(), "réduire n’est pas donner"


def test_un_droit_large_deja_tenu_se_garde_sans_attendre(aline: Personne, bruno: Personne) -> None:
    _modifier(rattacher(bruno, droits=[FACTURER]), [FACTURER, *LIRE_LE_PLAN], aline)
    assert _tient(bruno, FACTURES)


def test_prolonger_c_est_donner_et_raccourcir_non(aline: Personne, bruno: Personne) -> None:
    lien = rattacher(bruno, droits=[FACTURER])
    court = DemandeDroit(Etendue.SIREN, "", Domaine.FACTURES, Niveau.ENVOI, DEMAIN)
    _modifier(lien, [court], aline)
    assert _tient(bruno, FACTURES)
    _modifier(lien, [FACTURER], aline)
    assert not _tient(bruno, FACTURES, LE + HEURE)
    assert _tient(bruno, FACTURES, LE + JOUR)


def test_un_droit_qui_finirait_avant_de_compter_est_refuse(aline: Personne, bruno: Personne) -> None:
    lien = rattacher(bruno, droits=LIRE_LE_PLAN)
    with pytest.raises(SaisieRefusee, match="fin plus tardive") as refus:
        _modifier(lien, [DemandeDroit(Etendue.SIREN, "", Domaine.FACTURES, Niveau.ENVOI, LE.date())], aline)
    assert refus.value.champ == "fin"
    assert _tient(bruno, PLAN)
    assert not RythmeOctrois.objects.exists()


def test_un_droit_commence_et_finit_aux_jours_donnes_inclus(aline: Personne, bruno: Personne) -> None:
    droit = DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, Niveau.LECTURE, date(2026, 12, 31), LOIN)
    _modifier(rattacher(bruno, droits=[sur_le_siren(Domaine.SALARIES, Niveau.LECTURE)]), [droit], aline)
    fin = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
    assert [_tient(bruno, PLAN, le) for le in (NOEL - SECONDE, NOEL, fin - SECONDE, fin)] == [False, True, True, False]
    assert not Courriel.objects.filter(genre="habilitations.octroi_en_attente").exists()


def test_un_second_administrateur_confirme_et_le_droit_compte_aussitot(
    aline: Personne, louise: Personne, bruno: Personne
) -> None:
    lien = rattacher(bruno, droits=[sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])
    _modifier(lien, [FACTURER], aline)
    Courriel.objects.all().delete()
    _decider(lien, louise, LE + HEURE)
    assert not _tient(bruno, FACTURES, LE + HEURE - SECONDE)
    assert _tient(bruno, FACTURES, LE + HEURE)
    droit = DroitAccorde.objects.get(rattachement=lien, revoque_le=None)
    assert (droit.approuve_par, droit.attente) == (louise.id, Attente.AUCUNE)
    assert set(Courriel.objects.values_list("genre", "adresse")) == {
        ("habilitations.octroi_decide", aline.email),
        ("habilitations.octroi_decide", louise.email),
        ("habilitations.droits_modifies", bruno.email),
    }
    assert Evenement.objects.tous("essai").order_by("-id")[0].code == "acces.octroi_confirme"


def test_un_droit_confirme_garde_le_jour_demande(aline: Personne, louise: Personne, bruno: Personne) -> None:
    lien = rattacher(bruno, droits=LIRE_LE_PLAN)
    _modifier(lien, [DemandeDroit(Etendue.SIREN, "", Domaine.FACTURES, Niveau.ENVOI, None, DEMAIN)], aline)
    _decider(lien, louise)
    assert [_tient(bruno, FACTURES, le) for le in (MINUIT - SECONDE, MINUIT)] == [False, True]


def test_un_second_administrateur_refuse_et_rien_ne_vient(aline: Personne, louise: Personne, bruno: Personne) -> None:
    lien = rattacher(bruno, droits=LIRE_LE_PLAN)
    _modifier(lien, [*LIRE_LE_PLAN, FACTURER], aline)
    with pytest.raises(SaisieRefusee, match="motif"):
        _decider(lien, louise, accorder=False, motif=" ")
    _decider(lien, louise, accorder=False, motif="Inconnu ici")
    assert not _tient(bruno, FACTURES, LE + 2 * JOUR)
    assert _tient(bruno, PLAN)
    assert Evenement.objects.tous("essai").order_by("-id")[0].details["motif"] == "Inconnu ici"


def test_ni_celui_qui_donne_ni_celui_qui_recoit_ne_confirme(aline: Personne, louise: Personne) -> None:
    lien_louise = Rattachement.objects.tous("essai").get(personne=louise)
    _modifier(lien_louise, [sur_le_siren(Domaine.ACCES), *LIRE_LE_PLAN], aline)
    _modifier(lien_louise, tous_les_droits(), aline)
    with pytest.raises(DroitManquant, match="Vous avez donné ces droits"):
        _decider(lien_louise, aline)
    with pytest.raises(DroitManquant, match="qui vous sont donnés"):
        _decider(lien_louise, louise)
    assert not _tient(louise, FACTURES)


def test_un_administrateur_en_probation_ne_confirme_pas(aline: Personne, bruno: Personne) -> None:
    nouveau = personne("Noé", "Vidal")
    rattacher(nouveau, probation_jusqu_a=LE + timedelta(hours=72))
    lien = rattacher(bruno, droits=LIRE_LE_PLAN)
    _modifier(lien, [FACTURER], aline)
    with pytest.raises(DroitManquant):
        _decider(lien, nouveau)


def test_hors_de_l_organisation_rien_a_confirmer(aline: Personne, bruno: Personne) -> None:
    lien = rattacher(bruno, droits=LIRE_LE_PLAN)
    _modifier(lien, [FACTURER], aline)
    ailleurs = personne("Driss", "Haddad")
    rattacher(ailleurs, AUTRE_SIREN)
    for etranger in (ailleurs, agent(portefeuilles=[portefeuille().id])):
        with pytest.raises(Introuvable):
            _decider(lien, etranger)
    lecteur = personne("Chloé", "Bertin")
    rattacher(lecteur, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])
    with pytest.raises(DroitManquant):
        _decider(lien, lecteur)


def test_ce_qui_n_attend_plus_ne_se_confirme_plus(aline: Personne, louise: Personne, bruno: Personne) -> None:
    lien = rattacher(bruno, droits=LIRE_LE_PLAN)
    _modifier(lien, [FACTURER], aline)
    with pytest.raises(TransitionImpossible, match="plus de confirmation"):
        _decider(lien, louise, LE + JOUR)
    _decider(lien, louise, LE + JOUR - SECONDE)
    with pytest.raises(TransitionImpossible, match="plus de confirmation"):
        _decider(lien, louise, LE + JOUR - SECONDE)
    Rattachement.objects.tous("essai").filter(id=lien.id).update(etat=EtatRattachement.RETIRE)
    with pytest.raises(TransitionImpossible, match="déjà été retiré"):
        _decider(lien, louise)


def test_le_compte_glisse_sur_une_heure_a_la_seconde() -> None:
    qui = personne().id
    instants = [LE, LE + SECONDE, LE + 2 * SECONDE, LE + HEURE - SECONDE, LE + HEURE, LE + HEURE + SECONDE, LE + 3 * HEURE]
    assert [compter(qui, le) for le in instants] == [1, 2, 3, 4, 4, 4, 1]
    assert compter(personne().id, LE) == 1


def test_le_quatrieme_octroi_de_l_heure_attend_une_verification(aline: Personne, bruno: Personne) -> None:
    hugo = agent()
    _rafale(aline)
    lien = rattacher(bruno, droits=[sur_le_siren(Domaine.SALARIES, Niveau.LECTURE)])
    Courriel.objects.all().delete()
    _modifier(lien, LIRE_LE_PLAN, aline, LE + HEURE - SECONDE)
    assert not _tient(bruno, PLAN, LE + timedelta(days=400))
    assert {g for g, a in Courriel.objects.values_list("genre", "adresse") if a == hugo.email} == {
        "habilitations.octroi_a_verifier"
    }
    assert Evenement.objects.tous("essai").filter(code="acces.rafale").count() == 1
    _decider(lien, hugo, LE + HEURE)
    assert _tient(bruno, PLAN, LE + HEURE)


def test_seule_une_rafale_s_ecrit_au_journal_chez_qui_l_a_vue(aline: Personne, bruno: Personne) -> None:
    rafales = Evenement.objects.tous("essai").filter(code="acces.rafale")
    lien = rattacher(bruno, droits=LIRE_LE_PLAN)
    _modifier(lien, [FACTURER], aline)
    assert not rafales.exists()
    _rafale(aline, LE + 2 * HEURE)
    _modifier(lien, [FACTURER, sur_le_siren(Domaine.PLAN, Niveau.ENVOI)], aline, LE + 2 * HEURE)
    ecrite = rafales.get()
    assert (ecrite.portee, ecrite.objet_id, ecrite.details) == (lien.portee, str(lien.pk), {"personne": "Bruno Marchetti"})
    assert set(lien.droits.filter(revoque_le__isnull=True).exclude(debut__lt=LE).values_list("accorde_par", flat=True)) == {
        aline.pk
    }


def test_une_heure_apres_le_premier_l_octroi_compte_aussitot(aline: Personne, bruno: Personne) -> None:
    _rafale(aline)
    _modifier(rattacher(bruno, droits=[sur_le_siren(Domaine.SALARIES, Niveau.LECTURE)]), LIRE_LE_PLAN, aline, LE + HEURE)
    assert _tient(bruno, PLAN, LE + HEURE)


def test_l_opco_verifie_la_rafale_sans_raccourcir_les_24_heures(aline: Personne, bruno: Personne) -> None:
    hugo, emma = agent(), agent(Role.CONSEILLER, prenom="Emma", nom="Petit")
    _rafale(aline)
    lien = rattacher(bruno, droits=LIRE_LE_PLAN)
    _modifier(lien, [*LIRE_LE_PLAN, FACTURER], aline)
    with pytest.raises(DroitManquant):
        _decider(lien, emma)
    _decider(lien, hugo, LE + HEURE)
    assert [_tient(bruno, FACTURES, le) for le in (LE + JOUR - SECONDE, LE + JOUR)] == [False, True]


def test_l_opco_ne_remplace_pas_la_seconde_voix(aline: Personne, bruno: Personne) -> None:
    lien = rattacher(bruno, droits=LIRE_LE_PLAN)
    _modifier(lien, [FACTURER], aline)
    with pytest.raises(TransitionImpossible):
        _decider(lien, agent())


def test_un_second_administrateur_leve_aussi_la_rafale(aline: Personne, louise: Personne, bruno: Personne) -> None:
    _rafale(aline)
    lien = rattacher(bruno, droits=LIRE_LE_PLAN)
    _modifier(lien, [FACTURER], aline)
    _decider(lien, louise)
    assert _tient(bruno, FACTURES)


def test_une_invitation_large_attend_elle_aussi(aline: Personne) -> None:
    adresse = "zoe@essai.example"
    inviter_personne(
        siren=SIREN, profil=Profil.ADHERENT, adresse=adresse, droits=[FACTURER], par=acteur(aline), maintenant=LE
    )  # fmt: skip
    zoe = personne("Zoé", "Neuve")
    EmailAddress.objects.filter(user=zoe).update(email=adresse)
    assert rattacher_invitations(personne_id=zoe.id, maintenant=LE)
    assert [_tient(zoe, FACTURES, le) for le in (LE + JOUR - SECONDE, LE + JOUR)] == [False, True]
    assert set(Courriel.objects.values_list("genre", "adresse")) == {
        ("habilitations.invitation", adresse),
        ("habilitations.octroi_en_attente", aline.email),
    }


def test_ce_que_l_opco_accorde_ne_compte_pas_dans_la_rafale(aline: Personne) -> None:
    _rafale(aline)
    assert list(RythmeOctrois.objects.values_list("personne_id", flat=True)) == [aline.id]


@pytest.mark.parametrize(
    ("revu", "due"),
    [
        (datetime(2025, 11, 23, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2025, 11, 24, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2025, 11, 24, 23, 0, tzinfo=UTC), False),
    ],
)
def test_la_revue_est_due_douze_mois_apres(revu: datetime, *, due: bool) -> None:
    assert (revu < revue_due_avant(LE)) is due
