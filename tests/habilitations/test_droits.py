"""Changing rights, withdrawing an access: who may, what is never possible, what counts at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.droits import modifier_droits, retirer_rattachement
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.regles import DemandeDroit, tous_les_droits
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Perimetre, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    agent,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db
SAISIE = Droit(Domaine.PLAN, Niveau.SAISIE)
PLAN = [sur_le_siren(Domaine.PLAN, Niveau.SAISIE)]
FIN = LE + timedelta(hours=72)


@pytest.fixture
def aline() -> Personne:
    organisation()
    return personne("Aline", "Ferrand")


@pytest.fixture
def bruno() -> Personne:
    return personne("Bruno", "Marchetti")


def _modifier(lien: Rattachement, droits: list[DemandeDroit], par: Personne, **champs: Any) -> Rattachement:
    return modifier_droits(rattachement_id=lien.id, droits=droits, par=acteur(par), maintenant=LE, **champs)


def _retirer(lien: Rattachement, par: Personne, motif: str = "A quitté l’entreprise") -> Rattachement:
    return retirer_rattachement(rattachement_id=lien.id, motif=motif, par=acteur(par), maintenant=LE)


def test_la_ligne_devient_exactement_ce_qui_est_demande(aline: Personne, bruno: Personne) -> None:
    rattacher(aline)
    lien = rattacher(bruno, droits=[*PLAN, sur_le_siren(Domaine.FACTURES, Niveau.LECTURE), sur_un_siret(SIRET, Domaine.PLAN)])
    _modifier(
        lien,
        [
            sur_le_siren(Domaine.PLAN, Niveau.LECTURE),
            sur_un_siret(SIRET, Domaine.PLAN),
            sur_un_siret(SIRET_2, Domaine.ALTERNANCE, Niveau.ENVOI),
            sur_le_siren(Domaine.RIB, Niveau.AUCUN),
        ],
        aline,
    )
    lu = acteur(bruno)
    assert lu.perimetre(SAISIE) == Perimetre(sirets=frozenset({SIRET}))
    assert lu.perimetre(Droit(Domaine.PLAN, Niveau.LECTURE)).sirens == {SIREN}
    assert lu.perimetre(Droit(Domaine.ALTERNANCE, Niveau.ENVOI)).sirets == {SIRET_2}
    assert not lu.perimetre(Droit(Domaine.FACTURES, Niveau.LECTURE))
    assert DroitAccorde.objects.filter(rattachement=lien, revoque_le=LE).count() == 2
    garde = DroitAccorde.objects.get(rattachement=lien, siret=SIRET)
    assert garde.debut < LE


def test_la_personne_est_prevenue_et_le_journal_le_dit(aline: Personne, bruno: Personne) -> None:
    rattacher(aline)
    lien = rattacher(bruno, droits=PLAN)
    _modifier(lien, [sur_le_siren(Domaine.PLAN, Niveau.ENVOI)], aline)
    assert list(Courriel.objects.values_list("genre", "adresse")) == [("habilitations.droits_modifies", bruno.email)]
    assert Evenement.objects.tous("essai").get().details == {
        "personne": "Bruno Marchetti",
        "droits": 1,
        "changements": ["Plan de développement, toute l’organisation\u00a0: Saisie, puis Envoi"],
    }


def test_une_ligne_inchangee_ne_dit_rien(aline: Personne, bruno: Personne) -> None:
    rattacher(aline)
    _modifier(rattacher(bruno, droits=PLAN), PLAN, aline)
    assert not Courriel.objects.exists()
    assert not Evenement.objects.tous("essai").exists()


def test_nommer_un_administrateur_previent_les_autres(aline: Personne, bruno: Personne) -> None:
    rattacher(aline)
    louise = personne("Louise", "Rey")
    rattacher(louise)
    _modifier(rattacher(bruno, droits=PLAN), tous_les_droits(), aline)
    assert set(Courriel.objects.values_list("genre", "adresse")) == {
        ("habilitations.droits_modifies", bruno.email),
        ("habilitations.nouvel_acces", louise.email),
        ("habilitations.octroi_en_attente", aline.email),
        ("habilitations.octroi_en_attente", louise.email),
    }


def test_les_droits_d_une_invitation_se_modifient(aline: Personne) -> None:
    rattacher(aline)
    lien = rattacher(personne(), droits=PLAN, etat=EtatRattachement.INVITE)
    Rattachement.objects.tous("essai").filter(id=lien.id).update(personne=None, courriel_invite="x@essai.example")
    _modifier(lien, [sur_le_siren(Domaine.PLAN, Niveau.ENVOI)], aline)
    assert Courriel.objects.get().adresse == "x@essai.example"


ACTES: list[Callable[[Rattachement, Personne], object]] = [lambda lien, par: _modifier(lien, PLAN, par), _retirer]
NOMS = ["modifier", "retirer"]


@pytest.mark.parametrize("acte", ACTES, ids=NOMS)
def test_hors_de_son_siren_rien_n_existe(acte: Callable[..., object], aline: Personne, bruno: Personne) -> None:
    lien = rattacher(aline)
    rattacher(bruno, AUTRE_SIREN)
    for etranger in (bruno, personne("Gaël", "Roche")):
        with pytest.raises(Introuvable):
            acte(lien, etranger)


@pytest.mark.parametrize("acte", ACTES, ids=NOMS)
def test_le_cote_prestataire_n_atteint_pas_le_cote_adherent(acte: Callable[..., object], aline: Personne) -> None:
    lien = rattacher(aline)
    driss = personne("Driss", "Haddad")
    rattacher(driss, SIREN, Profil.PRESTATAIRE)
    with pytest.raises(Introuvable):
        acte(lien, driss)


@pytest.mark.parametrize("acte", ACTES, ids=NOMS)
def test_sans_gestion_des_acces_on_ne_change_rien(acte: Callable[..., object], aline: Personne, bruno: Personne) -> None:
    lien = rattacher(aline)
    rattacher(personne("Louise", "Rey"))
    rattacher(bruno, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])
    with pytest.raises(DroitManquant, match="Aline Ferrand ou Louise Rey"):
        acte(lien, bruno)


@pytest.mark.parametrize("acte", ACTES, ids=NOMS)
def test_l_opco_consulte_sans_agir(acte: Callable[..., object], aline: Personne) -> None:
    lien = rattacher(aline)
    with pytest.raises(DroitManquant):
        acte(lien, agent())


@pytest.mark.parametrize("acte", ACTES, ids=NOMS)
def test_un_acces_retire_ou_inconnu_ne_se_change_plus(acte: Callable[..., object], aline: Personne, bruno: Personne) -> None:
    rattacher(aline)
    lien = rattacher(bruno, etat=EtatRattachement.RETIRE)
    with pytest.raises(TransitionImpossible, match="déjà été retiré"):
        acte(lien, aline)
    with pytest.raises(Introuvable):
        acte(Rattachement(id=nouvel_id()), aline)


def test_on_ne_se_hausse_pas_soi_meme(aline: Personne, bruno: Personne) -> None:
    rattacher(aline)
    lien = rattacher(bruno, droits=PLAN)
    with pytest.raises(DroitManquant):
        _modifier(lien, tous_les_droits(), bruno)
    assert acteur(bruno).perimetre(Droit(Domaine.PLAN, Niveau.ENVOI)) == Perimetre()


def test_le_dernier_administrateur_ne_peut_ni_partir_ni_etre_abaisse(aline: Personne, bruno: Personne) -> None:
    lien = rattacher(aline)
    rattacher(bruno, droits=PLAN)
    rattacher(personne("Chloé"), probation_jusqu_a=FIN)
    for acte in ACTES:
        with pytest.raises(TransitionImpossible, match="dernier administrateur") as refus:
            acte(lien, aline)
        assert refus.value.code == "dernier-administrateur"
    assert acteur(aline).est_administrateur(SIREN)


def test_un_administrateur_part_quand_un_autre_reste(aline: Personne) -> None:
    louise = personne("Louise", "Rey")
    lien = rattacher(aline)
    rattacher(louise)
    _modifier(lien, PLAN, aline)
    assert not acteur(aline).est_administrateur(SIREN)
    _retirer(lien, aline)
    assert not acteur(aline).rattachements
    with pytest.raises(TransitionImpossible):
        _retirer(Rattachement.objects.tous("essai").get(personne=louise), louise)


def test_un_compte_ferme_ne_compte_pas_comme_administrateur(aline: Personne) -> None:
    louise = personne("Louise", "Rey")
    lien = rattacher(aline)
    rattacher(louise)
    Personne.objects.filter(id=louise.id).update(is_active=False)
    with pytest.raises(TransitionImpossible):
        _retirer(lien, aline)


def test_le_retrait_compte_des_la_requete_suivante_et_dit_son_motif(aline: Personne, bruno: Personne) -> None:
    rattacher(aline)
    lien = rattacher(bruno, droits=PLAN)
    _retirer(lien, aline, "  Fin de mission  ")
    assert not acteur(bruno).rattachements
    lien.refresh_from_db()
    assert (lien.etat, lien.motif_retrait, lien.retire_le, lien.retire_par) == (
        EtatRattachement.RETIRE, "Fin de mission", LE, aline.id,
    )  # fmt: skip
    assert not lien.droits.filter(revoque_le__isnull=True).exists()
    assert list(Courriel.objects.values_list("genre", "adresse")) == [("habilitations.acces_retire", bruno.email)]
    assert Evenement.objects.tous("essai").get().code == "acces.retrait"


def test_partir_de_soi_meme_previent_les_administrateurs(aline: Personne, bruno: Personne) -> None:
    rattacher(aline)
    _retirer(rattacher(bruno, droits=PLAN), bruno, "Je change de poste")
    assert list(Courriel.objects.values_list("genre", "adresse")) == [("habilitations.retrait_annonce", aline.email)]


def test_le_retrait_demande_un_motif(aline: Personne, bruno: Personne) -> None:
    rattacher(aline)
    with pytest.raises(SaisieRefusee, match="motif") as refus:
        _retirer(rattacher(bruno, droits=PLAN), aline, "  ")
    assert refus.value.champ == "motif"


def test_une_invitation_se_retire(aline: Personne) -> None:
    rattacher(aline)
    lien = rattacher(personne(), droits=PLAN, etat=EtatRattachement.INVITE)
    Rattachement.objects.tous("essai").filter(id=lien.id).update(personne=None, courriel_invite="x@essai.example")
    assert _retirer(lien, aline).etat == EtatRattachement.RETIRE
    assert Courriel.objects.get().adresse == "x@essai.example"


def test_une_personne_retiree_peut_revenir(aline: Personne, bruno: Personne) -> None:
    rattacher(aline)
    _retirer(rattacher(bruno, droits=PLAN), aline)
    rattacher(bruno, droits=PLAN)
    assert acteur(bruno).perimetre(SAISIE)


def test_en_probation_on_ne_touche_pas_a_un_administrateur(aline: Personne) -> None:
    rattacher(aline, probation_jusqu_a=FIN)
    louise, chloe = personne("Louise", "Rey"), personne("Chloé", "Bertin")
    liens = [rattacher(louise), rattacher(chloe, probation_jusqu_a=FIN)]
    for lien in liens:
        for acte in (*ACTES, lambda cible, par: _modifier(cible, tous_les_droits(), par)):
            with pytest.raises(DroitManquant, match="72"):
                acte(lien, aline)


def test_en_probation_on_ne_donne_ni_administration_ni_rib_ni_exports(aline: Personne, bruno: Personne) -> None:
    rattacher(aline, probation_jusqu_a=FIN)
    lien = rattacher(bruno, droits=[*PLAN, sur_le_siren(Domaine.RIB, Niveau.LECTURE)])
    for interdit in (
        sur_le_siren(Domaine.ACCES),
        sur_le_siren(Domaine.RIB, Niveau.GESTION),
        sur_le_siren(Domaine.EXPORTS, Niveau.LECTURE),
        sur_un_siret(SIRET, Domaine.EXPORTS, Niveau.LECTURE),
    ):
        with pytest.raises(DroitManquant, match="ne pouvez pas donner"):
            _modifier(lien, [*PLAN, interdit], aline)
    permis = [sur_le_siren(Domaine.PLAN, Niveau.GESTION), sur_le_siren(Domaine.RIB, Niveau.LECTURE)]
    _modifier(lien, permis, aline)
    assert acteur(bruno).perimetre(Droit(Domaine.PLAN, Niveau.GESTION))
    _retirer(lien, aline)


def test_un_administrateur_retire_celui_qui_est_en_probation(aline: Personne) -> None:
    rattacher(aline)
    intrus = personne("Intrus", "Inconnu")
    _retirer(rattacher(intrus, probation_jusqu_a=FIN), aline, "Personne inconnue de l’entreprise")
    assert not acteur(intrus).rattachements


def test_en_probation_on_part_si_un_autre_administrateur_reste(aline: Personne) -> None:
    lien = rattacher(aline, probation_jusqu_a=FIN)
    with pytest.raises(TransitionImpossible, match="dernier administrateur"):
        _retirer(lien, aline)
    rattacher(personne("Chloé"), probation_jusqu_a=FIN)
    _retirer(lien, aline)
    assert not acteur(aline).rattachements


def test_la_decision_est_relue_sous_le_verrou_pas_au_debut_de_la_requete(aline: Personne, bruno: Personne) -> None:
    """Rights read before the lock are stale: an administrator removed meanwhile removes nobody."""
    lien_aline = rattacher(aline)
    louise = personne("Louise", "Rey")
    lien_louise = rattacher(louise)
    louise_avant = acteur(louise)
    assert louise_avant.est_administrateur(SIREN)
    _retirer(lien_louise, aline)
    with pytest.raises(DroitManquant):
        retirer_rattachement(rattachement_id=lien_aline.id, motif="x", par=louise_avant, maintenant=LE)
