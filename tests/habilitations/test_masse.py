"""Several people at once: profiles, a last day, the yearly review, withdrawals; all done or none."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from jalon.comptes.models import Personne
from jalon.habilitations.actions.masse import appliquer_profil, confirmer_revue, fixer_la_fin, retirer_en_masse
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.profils import ADMINISTRATION, PROFILS, droits_du_profil
from jalon.habilitations.requetes.octrois import acces_a_revoir
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db
ENVOYER = Droit(Domaine.PLAN, Niveau.ENVOI)
LIRE = Droit(Domaine.PLAN, Niveau.LECTURE)
NOEL = date(2026, 12, 25)
Acte = Callable[..., list[Rattachement]]
ACTES: dict[str, tuple[Acte, dict[str, Any]]] = {
    "profil": (appliquer_profil, {"profil": "gestionnaire_rh"}),
    "fin": (fixer_la_fin, {"fin": NOEL}),
    "revue": (confirmer_revue, {}),
    "retrait": (retirer_en_masse, {"motif": "Fin de mission"}),
}


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def bruno(aline: Personne) -> Rattachement:
    return rattacher(personne("Bruno", "Marchetti"), droits=[sur_un_siret(SIRET, Domaine.FACTURES, Niveau.LECTURE)])


@pytest.fixture
def chloe(aline: Personne) -> Rattachement:
    return rattacher(personne("Chloé", "Bertin"), droits=[sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])


def _faire(nom: str, par: Personne, *liens: Rattachement, **autres: Any) -> list[Rattachement]:
    acte, valeurs = ACTES[nom]
    demande = {"siren": SIREN, "rattachements": [x.id for x in liens], "par": acteur(par), "maintenant": LE}
    return acte(**demande | valeurs | autres)


def test_les_profils_disent_leurs_niveaux() -> None:
    assert list(PROFILS) == ["gestionnaire_rh", "lecture", "comptabilite", "administration"]
    assert {d.niveau for d in droits_du_profil(ADMINISTRATION)} == {Niveau.GESTION}
    assert {d.domaine for d in droits_du_profil(ADMINISTRATION)} == set(Domaine)
    assert droits_du_profil("gestionnaire_rh", [SIRET]) == [
        sur_un_siret(SIRET, Domaine.PLAN, Niveau.ENVOI), sur_un_siret(SIRET, Domaine.ALTERNANCE, Niveau.ENVOI),
    ]  # fmt: skip
    assert all(d.siret == "" for d in droits_du_profil(ADMINISTRATION, [SIRET]))
    assert {d.a_partir_du for d in droits_du_profil("lecture", [], NOEL, NOEL)} == {NOEL}


def test_un_profil_s_applique_a_chacun_sur_ses_perimetres(aline: Personne, bruno: Rattachement, chloe: Rattachement) -> None:
    _faire("profil", aline, bruno, chloe, bruno)
    lu_b, lu_c = (acteur(x.personne) for x in (bruno, chloe) if x.personne)
    assert lu_b.perimetre(ENVOYER).sirets == {SIRET}
    assert not lu_b.perimetre(ENVOYER).sirens
    assert lu_c.perimetre(ENVOYER).sirens == {SIREN}
    assert not lu_c.perimetre(Droit(Domaine.FACTURES, Niveau.LECTURE)).sirens
    assert Evenement.objects.tous("essai").filter(code="acces.droits").count() == 2


def test_au_dela_de_trois_personnes_les_suivantes_attendent(aline: Personne) -> None:
    liens = [rattacher(personne(f"P{rang}"), droits=[sur_le_siren(Domaine.SALARIES, Niveau.LECTURE)]) for rang in range(5)]
    _faire("profil", aline, *liens)
    assert [bool(acteur(x.personne).perimetre(ENVOYER)) for x in liens if x.personne] == [True, True, True, False, False]


def test_sans_perimetre_un_profil_ne_se_donne_pas(aline: Personne, bruno: Rattachement) -> None:
    vide = rattacher(personne("Vide", "Sans"), droits=[])
    with pytest.raises(SaisieRefusee, match=r"Vide Sans\u00a0: aucun périmètre") as refus:
        _faire("profil", aline, bruno, vide)
    assert refus.value.champ == "personnes"
    assert bruno.personne is not None
    assert not acteur(bruno.personne).perimetre(ENVOYER), "tout ou rien"
    assert _faire("profil", aline, vide, profil=ADMINISTRATION)


def test_une_fin_se_pose_sur_tous_les_droits(aline: Personne, bruno: Rattachement, chloe: Rattachement) -> None:
    _faire("fin", aline, bruno, chloe)
    fins = DroitAccorde.objects.filter(rattachement__in=[bruno, chloe], revoque_le=None).values_list("fin", flat=True)
    assert set(fins) == {LE.replace(month=12, day=25, hour=23, minute=0)}


def test_l_administration_ne_prend_pas_de_fin(aline: Personne, bruno: Rattachement) -> None:
    louise = rattacher(personne("Louise", "Rey"))
    with pytest.raises(SaisieRefusee, match=r"Louise Rey\u00a0: l’administration ne prend pas fin") as refus:
        _faire("fin", aline, bruno, louise)
    assert refus.value.champ == "dernier_jour"
    assert not DroitAccorde.objects.filter(fin__isnull=False).exists()


def test_la_revue_confirme_pour_douze_mois(aline: Personne, bruno: Rattachement, chloe: Rattachement) -> None:
    vieux = LE - timedelta(days=366)
    Rattachement.objects.tous("essai").filter(id__in=[bruno.id, chloe.id]).update(actif_depuis=vieux, cree_le=vieux)
    a_revoir = lambda: list(acces_a_revoir(SIREN, acteur(aline), LE))  # noqa: E731
    assert a_revoir() == [bruno, chloe]
    _faire("revue", aline, bruno)
    assert a_revoir() == [chloe]
    bruno.refresh_from_db()
    assert (bruno.revu_le, bruno.revu_par) == (LE, aline.id)
    Rattachement.objects.tous("essai").filter(personne=aline).update(actif_depuis=vieux)
    assert a_revoir() == [chloe], "ses propres droits sont revus par un autre"
    assert list(acces_a_revoir(AUTRE_SIREN, acteur(aline), LE)) == []
    assert Evenement.objects.tous("essai").get().code == "acces.revue"


def test_on_ne_confirme_pas_ses_propres_droits(aline: Personne) -> None:
    with pytest.raises(SaisieRefusee, match="un autre administrateur"):
        _faire("revue", aline, Rattachement.objects.tous("essai").get(personne=aline))


def test_en_probation_on_ne_revoit_pas(aline: Personne, bruno: Rattachement) -> None:
    noe = personne("Noé", "Vidal")
    rattacher(noe, probation_jusqu_a=LE + timedelta(hours=72))
    with pytest.raises(DroitManquant, match="72"):
        _faire("revue", noe, bruno)


def test_plusieurs_acces_se_retirent_pour_un_motif(aline: Personne, bruno: Rattachement, chloe: Rattachement) -> None:
    with pytest.raises(SaisieRefusee, match="motif"):
        _faire("retrait", aline, bruno, motif=" ")
    _faire("retrait", aline, bruno, chloe)
    retires = Rattachement.objects.tous("essai").filter(id__in=[bruno.id, chloe.id])
    assert {(r.etat, r.motif_retrait) for r in retires} == {(EtatRattachement.RETIRE, "Fin de mission")}


def test_retirer_le_dernier_administrateur_avec_d_autres_ne_retire_personne(aline: Personne, bruno: Rattachement) -> None:
    lien = Rattachement.objects.tous("essai").get(personne=aline)
    with pytest.raises(SaisieRefusee, match=r"Aline Ferrand\u00a0: le dernier administrateur"):
        _faire("retrait", aline, bruno, lien)
    bruno.refresh_from_db()
    assert bruno.etat == EtatRattachement.ACTIF


@pytest.mark.parametrize("nom", ACTES)
def test_ce_que_chaque_acte_refuse(nom: str, aline: Personne, bruno: Rattachement) -> None:
    with pytest.raises(SaisieRefusee, match="au moins une personne"):
        _faire(nom, aline)
    with pytest.raises(SaisieRefusee, match="200 personnes"):
        _faire(nom, aline, *(Rattachement() for _ in range(201)))
    with pytest.raises(Introuvable):
        _faire(nom, aline, bruno, Rattachement())
    ailleurs = personne("Driss", "Haddad")
    lien = rattacher(ailleurs, AUTRE_SIREN)
    rattacher(aline, AUTRE_SIREN)
    with pytest.raises(Introuvable):
        _faire(nom, aline, bruno, lien)
    lecteur = personne("Paul", "Roy")
    rattacher(lecteur, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])
    with pytest.raises(DroitManquant):
        _faire(nom, lecteur, bruno)
    bruno.refresh_from_db()
    assert bruno.etat == EtatRattachement.ACTIF
    assert SIRET_2 not in {d.siret for d in bruno.droits.all()}
