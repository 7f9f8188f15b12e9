"""An administrator named by a code, confirmed before 72 hours or refused (exigences, T1c, S9)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.activation import utiliser_code
from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.actions.invitations import inviter_personne
from jalon.habilitations.actions.nominations import decider_nomination
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.enums import EtatPerte, EtatRattachement, Role
from jalon.habilitations.models import (
    AdresseACompleter,
    CodeActivation,
    PerteSecondFacteur,
    PortefeuilleDuRole,
    Rattachement,
    RoleOpco,
)
from jalon.habilitations.requetes.nominations import a_eu_le_code_en_main, nominations, nominations_de_l_opco
from jalon.habilitations.requetes.taches import a_faire, a_faire_opco
from jalon.journal.models import Evenement
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    acteur,
    agent,
    code_en_circulation,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sur_le_siren,
)

pytestmark = pytest.mark.django_db
SECONDE, HEURE, FIN = timedelta(seconds=1), timedelta(hours=1), timedelta(hours=72)
FERMES = (Droit(Domaine.RIB, Niveau.LECTURE), Droit(Domaine.EXPORTS, Niveau.LECTURE))


class Nomination:
    """Aline used the code of the letter that Hugo ordered."""

    def __init__(self, profil: Profil = Profil.ADHERENT, le: datetime = LE) -> None:
        organisation()
        self.aline, self.profil = personne("Aline", "Neuve"), profil
        self.code, ligne = code_en_circulation(profil=profil, emis_le=le - timedelta(days=5))
        self.hugo: Personne = ligne.lettre.commande.commandee_par
        suite = utiliser_code(personne_id=self.aline.id, siren_saisi=SIREN, profil=profil, code_saisi=self.code, maintenant=le)
        assert suite.rattachement is not None
        self.lien: Rattachement = suite.rattachement
        Courriel.objects.all().delete()

    def decider(self, par: Personne, le: datetime = LE, *, confirmer: bool = True, constat: str = "Vue au siège") -> Rattachement:
        return decider_nomination(
            rattachement_id=self.lien.id, confirmer=confirmer, constat=constat, par=acteur(par, le), maintenant=le
        )


def _ouvert(qui: Personne, le: datetime = LE) -> bool:
    ouverts = {bool(acteur(qui, le).perimetre(droit)) for droit in FERMES}
    assert len(ouverts) == 1
    return ouverts.pop() and acteur(qui, le).est_administrateur(SIREN) and not acteur(qui, le).en_probation(SIREN)


def _mails() -> set[tuple[str, str]]:
    return set(Courriel.objects.values_list("genre", "adresse"))


@pytest.mark.parametrize("profil", list(Profil))
def test_un_administrateur_confirme_et_tout_s_ouvre_aussitot(profil: Profil) -> None:
    ici = Nomination(profil)
    louise = personne("Louise", "Rey")
    rattacher(louise, profil=profil)
    assert not _ouvert(ici.aline, LE + HEURE)
    ici.decider(louise, LE + HEURE, constat="Vue  au\nsiège")
    assert not _ouvert(ici.aline, LE + HEURE - SECONDE)
    assert _ouvert(ici.aline, LE + HEURE)
    note = Evenement.objects.tous("essai").get(code="acces.nomination_confirmee")
    assert (note.details, note.acteur_id, note.objet_id) == (
        {"personne": "Aline Neuve", "constat": "Vue au siège"}, louise.id, str(ici.lien.id),
    )  # fmt: skip
    assert _mails() == {("habilitations.nomination_decidee", ici.aline.email)}
    assert {a.personne_id for a in administrateurs_actifs(SIREN, profil, LE + HEURE)} == {ici.aline.id, louise.id}


@pytest.mark.parametrize("role", [Role.AEF, Role.CONSEILLER])
def test_l_opco_confirme_dans_son_portefeuille(role: Role) -> None:
    ici = Nomination()
    emma = agent(role, prenom="Emma")
    ici.decider(emma)
    assert _ouvert(ici.aline)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AEF, Role.CONSEILLER}))
def test_les_autres_roles_ne_decident_pas(role: Role) -> None:
    ici = Nomination()
    farid = agent(role, prenom="Farid")
    for confirmer in (True, False):
        with pytest.raises(DroitManquant, match="nouvel administrateur"):
            ici.decider(farid, confirmer=confirmer)


def test_dans_un_autre_portefeuille_la_nomination_n_existe_pas() -> None:
    ici = Nomination()
    emma = agent(Role.CONSEILLER, [portefeuille("Bretagne").id], "Emma")
    with pytest.raises(Introuvable):
        ici.decider(emma)
    assert nominations_de_l_opco(acteur(emma), LE) == []


def test_qui_consulte_ici_et_confirme_ailleurs_ne_decide_pas_ici() -> None:
    ici = Nomination()
    ines = agent(Role.COMPTABLE, prenom="Inès")
    ailleurs = RoleOpco.objects.create(personne=ines, role=Role.AEF, debut=LE)
    PortefeuilleDuRole.objects.create(role=ailleurs, portefeuille_id=portefeuille("Bretagne").id)
    with pytest.raises(DroitManquant):
        ici.decider(ines)
    assert nominations_de_l_opco(acteur(ines), LE) == []


def test_qui_a_commande_la_lettre_ne_confirme_pas_mais_peut_refuser() -> None:
    ici = Nomination()
    with pytest.raises(DroitManquant, match="commandé la lettre"):
        ici.decider(ici.hugo)
    assert not _ouvert(ici.aline)
    assert [n.code_en_main for n in nominations_de_l_opco(acteur(ici.hugo), LE)] == [True]
    assert "Vérifier de nouveaux administrateurs" not in {t.titre for t in a_faire_opco(acteur(ici.hugo))}
    ici.decider(ici.hugo, confirmer=False)
    assert not acteur(ici.aline).rattachements


def test_qui_a_donne_l_adresse_de_la_lettre_ne_confirme_pas() -> None:
    ici = Nomination()
    emma = agent(Role.AEF, prenom="Emma")
    AdresseACompleter.objects.create(
        siren=SIREN, lignes=["X", "74000 ANNECY"], signalee_le=LE, completee_le=LE, completee_par=emma.id
    )
    with pytest.raises(DroitManquant, match="donné l’adresse"):
        ici.decider(emma)
    assert not _ouvert(ici.aline)


def test_la_lettre_d_un_autre_code_ou_d_un_autre_cote_ne_compte_pas() -> None:
    ici = Nomination()
    _, autre = code_en_circulation(profil=Profil.PRESTATAIRE)
    emma: Personne = autre.lettre.commande.commandee_par
    ici.decider(emma)
    assert _ouvert(ici.aline)


def test_la_demande_qui_suit_un_code_n_est_pas_accordee_par_qui_l_a_commande() -> None:
    ici = Nomination()
    bruno = personne("Bruno")
    demande = utiliser_code(
        personne_id=bruno.id, siren_saisi=SIREN, profil=ici.profil, code_saisi=ici.code, maintenant=LE
    ).demande
    assert demande is not None
    with pytest.raises(DroitManquant, match="commandé la lettre"):
        decider_demande(demande_id=demande.id, accorder=True, par=acteur(ici.hugo), maintenant=LE)
    assert not acteur(bruno).rattachements
    decider_demande(demande_id=demande.id, accorder=True, par=acteur(agent()), maintenant=LE)
    assert acteur(bruno).est_administrateur(SIREN)


def test_qui_a_commande_la_lettre_peut_refuser_la_demande() -> None:
    ici = Nomination()
    demande = utiliser_code(
        personne_id=personne("Bruno").id, siren_saisi=SIREN, profil=ici.profil, code_saisi=ici.code, maintenant=LE
    ).demande
    assert demande is not None
    decider_demande(demande_id=demande.id, accorder=False, motif="Inconnu", par=acteur(ici.hugo), maintenant=LE)


def test_ni_soi_meme_ni_un_autre_en_probation_ni_un_simple_utilisateur() -> None:
    ici = Nomination()
    nora, bruno = personne("Nora"), personne("Bruno")
    rattacher(nora, probation_jusqu_a=LE + SECONDE)
    rattacher(bruno, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])
    for qui in (ici.aline, nora, bruno):
        for confirmer in (True, False):
            with pytest.raises(DroitManquant):
                ici.decider(qui, confirmer=confirmer)
    assert acteur(ici.aline).rattachements
    assert not _mails()
    ici.decider(nora, LE + SECONDE)


def test_un_inconnu_ne_voit_rien_et_le_systeme_non_plus() -> None:
    ici = Nomination()
    with pytest.raises(Introuvable):
        ici.decider(personne("Gaël"))
    with pytest.raises(Introuvable):
        decider_nomination(rattachement_id=ici.lien.id, confirmer=True, constat="x", par=ActeurSysteme("essai"), maintenant=LE)


@pytest.mark.parametrize("confirmer", [True, False])
def test_il_faut_dire_ce_qui_a_ete_vu(*, confirmer: bool) -> None:
    ici = Nomination()
    with pytest.raises(SaisieRefusee) as refus:
        ici.decider(agent(), confirmer=confirmer, constat="  \n")
    assert refus.value.champ == "constat"


AUX_HEURES = [
    LE,
    datetime(2026, 10, 23, 14, 0, tzinfo=UTC),
    datetime(2027, 3, 26, 14, 0, tzinfo=UTC),
]
"""An ordinary day; across the change to winter time; across the change to summer time."""


@pytest.mark.parametrize("le", AUX_HEURES)
@pytest.mark.parametrize("confirmer", [True, False])
def test_les_72_heures_a_la_seconde(le: datetime, *, confirmer: bool) -> None:
    ici = Nomination(le=le)
    assert (_ouvert(ici.aline, le + FIN - SECONDE), _ouvert(ici.aline, le + FIN)) == (False, True)
    louise = personne("Louise")
    rattacher(louise)
    with pytest.raises(TransitionImpossible):
        ici.decider(louise, le + FIN, confirmer=confirmer)
    assert [n.id for n in nominations(SIREN, acteur(louise, le + FIN), le + FIN)] == []
    avant = le + FIN - SECONDE
    assert [(n.id, n.depuis, n.jusqu_a) for n in nominations(SIREN, acteur(louise, avant), avant)] == [
        (ici.lien.id, le, le + FIN)
    ]
    ici.decider(louise, avant, confirmer=confirmer)
    assert _ouvert(ici.aline, avant) is confirmer


def test_on_ne_decide_qu_une_fois() -> None:
    ici = Nomination()
    ici.decider(agent())
    with pytest.raises(TransitionImpossible):
        ici.decider(agent())
    autre = Nomination.__new__(Nomination)
    autre.lien = rattacher(personne("Zoé"), probation_jusqu_a=LE + HEURE)
    autre.decider(agent(), confirmer=False)
    with pytest.raises(TransitionImpossible):
        autre.decider(agent(), confirmer=False)


def test_qui_n_administre_pas_n_est_ni_confirme_ni_refuse() -> None:
    ici = Nomination()
    ici.lien = rattacher(personne("Bruno"), droits=[sur_le_siren(Domaine.PLAN)], probation_jusqu_a=LE + HEURE)
    with pytest.raises(TransitionImpossible):
        ici.decider(agent())


def test_refuser_met_fin_a_l_acces_et_a_ceux_qu_il_a_ouverts() -> None:
    ici = Nomination()
    louise, bruno = personne("Louise"), personne("Bruno")
    rattacher(louise)
    ancien = rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN)])
    invite = inviter_personne(
        siren=SIREN, profil=ici.profil, adresse="complice@essai.example", droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)],
        par=acteur(ici.aline), maintenant=LE,
    )  # fmt: skip
    Courriel.objects.all().delete()
    ici.decider(louise, LE + HEURE, confirmer=False, constat="Inconnue au siège")
    etats = dict(Rattachement.objects.tous("essai").values_list("id", "etat"))
    assert [etats[i] for i in (ici.lien.id, invite.id, ancien.id)] == [
        EtatRattachement.RETIRE, EtatRattachement.RETIRE, EtatRattachement.ACTIF,
    ]  # fmt: skip
    retire = Rattachement.objects.tous("essai").get(id=ici.lien.id)
    assert (retire.retire_le, retire.retire_par, retire.motif_retrait) == (LE + HEURE, louise.id, "Inconnue au siège")
    assert not acteur(ici.aline, LE + HEURE).rattachements
    assert _mails() == {
        ("habilitations.acces_retire", ici.aline.email), ("habilitations.acces_retire", "complice@essai.example"),
    }  # fmt: skip
    codes = Evenement.objects.tous("essai").filter(le=LE + HEURE).values_list("code", flat=True)
    assert sorted(codes) == ["acces.nomination_refusee", "acces.retrait", "acces.retrait"]


def test_l_opco_refuse_meme_le_seul_et_previent_les_autres() -> None:
    ici = Nomination()
    nora = personne("Nora")
    rattacher(nora, probation_jusqu_a=LE + HEURE)
    ici.decider(agent(), confirmer=False)
    assert ("habilitations.nomination_decidee", nora.email) in _mails()
    assert administrateurs_actifs(SIREN, ici.profil, LE) == []


def _remplacer_le_second_facteur(qui: Personne, le: datetime) -> None:
    PerteSecondFacteur.objects.create(
        personne=qui, siren=SIREN, profil=Profil.ADHERENT, portefeuille_id=PORTEFEUILLE_PAR_DEFAUT, etat=EtatPerte.REMPLACEE,
        demandee_le=le, premier_par=UUID(int=1), second_par=UUID(int=2), lettre_postee_le=le, second_le=le,
    )  # fmt: skip


def test_apres_un_second_facteur_remplace_l_opco_seul_n_abrege_rien() -> None:
    ici = Nomination()
    _remplacer_le_second_facteur(ici.aline, LE - FIN + SECONDE)
    emma, louise = agent(Role.CONSEILLER, prenom="Emma"), personne("Louise")
    rattacher(louise)
    for confirmer in (True, False):
        with pytest.raises(DroitManquant, match="deux personnes"):
            ici.decider(emma, confirmer=confirmer)
    assert nominations_de_l_opco(acteur(emma), LE) == []
    assert [n.remplace for n in nominations(SIREN, acteur(louise), LE)] == [True]
    ici.decider(emma, LE + SECONDE)


def test_apres_un_second_facteur_remplace_un_administrateur_confirme() -> None:
    ici = Nomination()
    _remplacer_le_second_facteur(ici.aline, LE)
    louise = personne("Louise")
    rattacher(louise)
    ici.decider(louise)
    assert _ouvert(ici.aline)


def test_les_taches_de_chacun() -> None:
    ici = Nomination()
    louise, nora, emma = personne("Louise"), personne("Nora"), agent(Role.CONSEILLER, prenom="Emma")
    rattacher(louise)
    rattacher(nora, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])

    def taches(qui: Personne) -> list[tuple[str, object]]:
        return [(t.nom_url, t.echeance) for t in a_faire(acteur(qui), SIREN) if "nouvel administrateur" in t.titre]

    assert taches(louise) == [("espace_nomination", (LE + FIN).date())]
    assert taches(ici.aline) == taches(nora) == []
    assert "1 dans leurs" in next(t.detail for t in a_faire_opco(acteur(emma)) if t.nom_url == "opco_nominations")
    ici.decider(louise)
    assert taches(louise) == []
    assert not [t for t in a_faire_opco(acteur(emma)) if t.nom_url == "opco_nominations"]


@pytest.mark.parametrize(("passe", "en_main"), [(timedelta(days=30), False), (timedelta(days=30) - SECONDE, True)])
def test_une_lettre_dont_le_code_a_fini_depuis_trente_jours_ne_compte_plus(passe: timedelta, *, en_main: bool) -> None:
    """As long as a request made with the code may wait."""
    ici = Nomination()
    CodeActivation.objects.update(expire_le=LE - passe)
    assert a_eu_le_code_en_main(SIREN, ici.profil, ici.hugo.id, LE) is en_main
    assert not a_eu_le_code_en_main(SIREN, Profil.PRESTATAIRE, ici.hugo.id, LE)
    assert not a_eu_le_code_en_main(SIREN, ici.profil, None, LE)


def test_une_lettre_dont_le_code_n_a_pas_servi_ne_compte_pas() -> None:
    organisation()
    _, code = code_en_circulation()
    assert not a_eu_le_code_en_main(SIREN, Profil.ADHERENT, code.lettre.commande.commandee_par_id, LE)
