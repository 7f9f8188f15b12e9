"""Rows that leave in a day: counted when they are asked for or read, refused beyond, told to who watches (exigences, T9)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from pytest_django.fixtures import Settings

from jalon.comptes.models import Personne
from jalon.courriers.actions import rendre
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.exports.actions.budget import BudgetDepasse
from jalon.exports.actions.demandes import annuler_export
from jalon.exports.actions.purge import purger_exports
from jalon.exports.budgets import Budget, Sorties, fin_de_pause, phrase_du_reste, refus_de_budget
from jalon.exports.courriels import GrosExport
from jalon.exports.enums import EtatExport
from jalon.exports.models import Export, LignesDuJour
from jalon.exports.regles import DROIT_RETIRE
from jalon.exports.requetes import ce_qui_reste
from jalon.habilitations.enums import Role
from jalon.habilitations.models import DroitAccorde
from jalon.socle import listes
from jalon.socle.acteurs import Portee
from jalon.socle.erreurs import TropDEssais
from jalon.socle.listes import Compte
from jalon.veille.actions import couper_compte, couper_organisation
from jalon.veille.models import Alerte
from tests.exports.outils import CODE, Ligne, Scene, demander, poser, produire
from tests.fils import ensemble, genres
from tests.habilitations.fabrique import AUTRE_SIREN, LE, SIREN, acteur, agent, organisation, personne, rattacher

SECONDE = timedelta(seconds=1)
MINUIT = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
"""Of Paris, in winter, after LE."""
base = pytest.mark.django_db


@pytest.fixture
def budgets(settings: Settings, coffre_des_exports: Path) -> Callable[..., None]:
    def poser_le(**cotes: tuple[int, int, int]) -> None:
        settings.JALON_EXPORTS = {"espace": (20, 30, 100), "opco": (20, 30, 100), **cotes}

    poser_le()
    return poser_le


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch, budgets: object) -> Scene:
    """Seven rows, read two by two."""
    monkeypatch.setattr("jalon.exports.cellules.LIGNES_PAR_LOT", 2)
    return poser(monkeypatch, [Ligne(nom=f"N{rang}") for rang in range(7)])


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


def comptes() -> dict[str, int]:
    return dict(LignesDuJour.objects.values_list("cle", "lignes"))


def alertes() -> list[tuple[str, str, UUID | None]]:
    return list(Alerte.objects.order_by("le", "id").values_list("genre", "siren", "acteur_id"))


# Sentences ---------------------------------------------------------------------------------------------------------------


def test_les_phrases_disent_ce_qui_reste_et_quand_cela_revient() -> None:
    budget = Budget(personne=1_000, ensemble=1_500, annonce=10)
    assert phrase_du_reste(budget, Sorties(400, 400)).replace("\u00a0", " ") == (
        "Aujourd’hui, vous pouvez encore exporter 600 lignes sur 1 000. Le compte repart à zéro à minuit, heure de Paris."
    )
    dits = [
        refus_de_budget(budget, Sorties(400, 400), 601, siren=SIREN),
        refus_de_budget(budget, Sorties(0, 1_499), 2, siren=SIREN),
        refus_de_budget(budget, Sorties(0, 1_600), 1, siren=None),
    ]
    assert [dit.replace("\u00a0", " ").split(" aujourd’hui")[0] for dit in dits] == [
        "Cet export compte 601 lignes et vous avez droit à 600 de plus",
        "Cet export compte 2 lignes et votre organisation a droit à 1 de plus",
        "Cet export compte 1 ligne et l’OPCO a droit à 0 de plus",
    ]


@pytest.mark.parametrize(
    ("personne_", "derniere", "fin"),
    [(50, LE, None), (51, LE, LE + timedelta(minutes=5)), (100, None, None)],
)
def test_on_attend_au_dela_de_la_moitie(personne_: int, derniere: datetime | None, fin: datetime | None) -> None:
    assert fin_de_pause(Budget(100, 1_000, 10), Sorties(personne_, 0), derniere) == fin


# Counting ----------------------------------------------------------------------------------------------------------------


@base
def test_ce_qui_est_demande_compte_pour_elle_et_pour_son_organisation(scene: Scene, aline: Personne) -> None:
    export = demander(acteur(aline))
    assert comptes() == {str(aline.pk): 7, SIREN: 7}
    assert "13\u00a0lignes sur 20" in ce_qui_reste(acteur(aline), SIREN, LE)
    assert produire(export).lignes_comptees == 7
    assert comptes() == {str(aline.pk): 7, SIREN: 7}


@base
@pytest.mark.parametrize("refus", ["annuler", "interrompre"])
def test_ce_qui_ne_sort_pas_est_rendu(scene: Scene, aline: Personne, refus: str) -> None:
    export = demander(acteur(aline))
    if refus == "annuler":
        annuler_export(export_id=export.pk, par=acteur(aline), maintenant=LE)
    else:
        DroitAccorde.objects.update(revoque_le=LE)
        assert produire(export).etat == EtatExport.ECHOUE
    assert comptes() == {str(aline.pk): 0, SIREN: 0}
    assert Export.objects.tous("essai").get().lignes_comptees == 0


@base
def test_des_lignes_disparues_depuis_sont_rendues(scene: Scene, aline: Personne) -> None:
    export = demander(acteur(aline))
    del scene.contenu[3:]
    assert produire(export).lignes_comptees == 3
    assert comptes() == {str(aline.pk): 3, SIREN: 3}


@base
@pytest.mark.parametrize(("espace", "qui"), [((13, 30, 100), "vous avez droit à 6"), ((20, 13, 100), "organisation a droit à 6")])
def test_au_dela_du_jour_rien_ne_part_et_l_opco_le_sait(
    scene: Scene, aline: Personne, budgets: Callable[..., None], espace: tuple[int, int, int], qui: str
) -> None:
    karim = agent(Role.ADMINISTRATEUR_OPCO, prenom="Karim")
    budgets(espace=espace)
    demander(acteur(aline))
    with pytest.raises(BudgetDepasse) as refus:
        demander(acteur(aline), maintenant=LE + timedelta(minutes=5))
    assert qui in refus.value.message.replace("\u00a0", " ")
    assert "minuit" in refus.value.message
    assert comptes() == {str(aline.pk): 7, SIREN: 7}
    assert Export.objects.tous("essai").count() == 1
    assert alertes() == [("budget_d_export", SIREN, aline.pk)]
    assert Courriel.objects.filter(genre="veille.alerte", destinataire_id=karim.pk).count() == 1


@base
def test_jusqu_a_la_derniere_ligne_du_jour(scene: Scene, aline: Personne, budgets: Callable[..., None]) -> None:
    budgets(espace=(14, 14, 100))
    demander(acteur(aline))
    demander(acteur(aline), maintenant=LE + SECONDE)
    assert comptes() == {str(aline.pk): 14, SIREN: 14}
    assert alertes() == []


@base
def test_le_compte_repart_a_minuit_a_paris(scene: Scene, aline: Personne, budgets: Callable[..., None]) -> None:
    budgets(espace=(7, 7, 100))
    demander(acteur(aline, MINUIT - SECONDE), maintenant=MINUIT - SECONDE)
    assert "0\u00a0ligne sur 7" in ce_qui_reste(acteur(aline), SIREN, MINUIT - SECONDE)
    assert "7\u00a0lignes sur 7" in ce_qui_reste(acteur(aline), SIREN, MINUIT)
    demander(acteur(aline, MINUIT), maintenant=MINUIT)
    assert sorted(LignesDuJour.objects.values_list("cle", "lignes")) == sorted([(str(aline.pk), 7), (SIREN, 7)] * 2)


@base
def test_passe_la_moitie_un_export_toutes_les_cinq_minutes(scene: Scene, aline: Personne, budgets: Callable[..., None]) -> None:
    budgets(espace=(21, 100, 100))
    demander(acteur(aline))
    demander(acteur(aline), maintenant=LE + SECONDE)
    with pytest.raises(TropDEssais, match="10\u00a0h\u00a005"):
        demander(acteur(aline), maintenant=LE + timedelta(minutes=5))
    rattacher(louise := personne("Louise", "Roux"))
    demander(acteur(louise), maintenant=LE + SECONDE)
    demander(acteur(aline), maintenant=LE + SECONDE + timedelta(minutes=5))


@base
def test_ce_que_personne_ne_savait_compte_a_la_lecture(
    scene: Scene, aline: Personne, budgets: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """« Plus de 10 000 » : the rest counts as it is read, and stops the file when the day is over."""
    monkeypatch.setattr(scene, "compter", lambda *_: Compte(3, plafonne=True))
    monkeypatch.setitem(listes._LISTES, CODE, scene.liste())
    export = demander(acteur(aline))
    assert comptes() == {str(aline.pk): 3, SIREN: 3}
    assert produire(export).etat == EtatExport.PRET
    assert comptes() == {str(aline.pk): 7, SIREN: 7}
    budgets(espace=(20, 12, 100))
    trop = produire(demander(acteur(aline), maintenant=LE + SECONDE))
    assert trop.etat == EtatExport.ECHOUE
    assert "12 ensemble" in trop.motif.replace("\u00a0", " ")
    assert comptes() == {str(aline.pk): 7, SIREN: 7}
    assert alertes() == [("budget_d_export", SIREN, aline.pk)]


@base
def test_les_comptes_s_oublient(scene: Scene, aline: Personne) -> None:
    demander(acteur(aline))
    purger_exports(maintenant=LE + timedelta(days=30))
    assert comptes() != {}
    purger_exports(maintenant=LE + timedelta(days=31))
    assert comptes() == {}


@pytest.mark.usefixtures("base_reelle")
def test_a_plusieurs_le_budget_ne_se_depasse_jamais(monkeypatch: pytest.MonkeyPatch, budgets: Callable[..., None]) -> None:
    """Two people of the same organisation, each twice: three of seven rows hold in twenty-one, never a fourth."""
    budgets(espace=(1_000, 21, 100))
    organisation()
    deux = [personne("Aline", "Ferrand"), personne("Louise", "Roux")]
    for qui in deux:
        rattacher(qui)
    poser(monkeypatch, [Ligne(nom=f"N{rang}") for rang in range(7)])
    resultats = ensemble([lambda q=q: demander(acteur(q)) for q in deux * 3])  # type: ignore[misc]
    assert genres(resultats) == {"Export": 3, "BudgetDepasse": 3}
    assert comptes()[SIREN] == 21
    assert sum(comptes()[str(qui.pk)] for qui in deux) == 21


# Telling -----------------------------------------------------------------------------------------------------------------


@base
@pytest.mark.parametrize(("annonce", "prevenus"), [(7, 2), (8, 0)])
def test_un_gros_export_est_dit_aux_administrateurs(
    scene: Scene, aline: Personne, budgets: Callable[..., None], annonce: int, prevenus: int
) -> None:
    budgets(espace=(20, 30, annonce))
    rattacher(louise := personne("Louise", "Roux"))
    rattacher(bruno := personne("Bruno", "Petit"), droits=[])
    rattacher(personne("Gaël", "Loin"), AUTRE_SIREN)
    export = produire(demander(acteur(aline)))
    ecrits = Courriel.objects.filter(genre=GrosExport.genre, objet_id=export.pk)
    assert set(ecrits.values_list("destinataire_id", flat=True)) == ({aline.pk, louise.pk} if prevenus else set())
    with time_machine.travel(LE, tick=False):
        for qui, permis in ((louise, True), (bruno, False)):
            message = GrosExport.charger(export.pk, Destinataire(qui.email, qui.pk))
            assert message is not None
            assert message.autorise() is permis
        texte = rendre(message, message.sujet())[0]
        assert "7\u00a0lignes" in texte
        assert f"/e/{SIREN}/habilitations/journal/" in texte
        assert "Ferrand" not in texte
        DroitAccorde.objects.filter(rattachement__personne=louise).update(revoque_le=LE)
        retiree = GrosExport.charger(export.pk, Destinataire(louise.email, louise.pk))
        assert retiree is not None
        assert not retiree.autorise()


@base
def test_un_gros_export_de_l_opco_est_une_alerte(scene: Scene, budgets: Callable[..., None]) -> None:
    budgets(opco=(20, 30, 7))
    hugo, karim = agent(), agent(Role.ADMINISTRATEUR_OPCO, prenom="Karim")
    (portefeuille,) = acteur(hugo).roles_opco[0].portefeuilles
    scene.contenu = [Ligne(portee=Portee(portefeuille_id=portefeuille))] * 7
    produire(demander(acteur(hugo), siren=None))
    assert alertes() == [("export_en_masse", "", hugo.pk)]
    assert "Bilan du mois" in Alerte.objects.get().detail
    assert Courriel.objects.filter(genre="veille.alerte", destinataire_id=karim.pk).exists()
    assert comptes() == {str(hugo.pk): 7, "opco": 7}


# The kill switch (S8) ----------------------------------------------------------------------------------------------------


@base
@pytest.mark.parametrize("quoi", ["compte", "organisation"])
def test_couper_arrete_l_export_en_cours(scene: Scene, aline: Personne, coffre_des_exports: Path, quoi: str) -> None:
    karim = acteur(agent(Role.ADMINISTRATEUR_OPCO, prenom="Karim"))
    lien = rattacher(aline, AUTRE_SIREN)
    assert lien.siren == AUTRE_SIREN
    en_attente, en_cours = demander(acteur(aline), maintenant=LE + SECONDE), demander(acteur(aline))
    lues: list[int] = []

    def couper(rang: int) -> None:
        lues.append(rang)
        if rang != 2:
            return
        if quoi == "compte":
            couper_compte(personne_id=aline.pk, motif="Vol", par=karim, maintenant=LE)
        else:
            couper_organisation(siren=SIREN, motif="Vol", par=karim, maintenant=LE)

    scene.entre = couper
    fini = produire(en_cours)
    assert (fini.etat, fini.motif) == (EtatExport.ECHOUE, DROIT_RETIRE)
    assert max(lues) <= 3, "au pas suivant"
    assert produire(en_attente).etat == EtatExport.ECHOUE
    assert not [f for f in coffre_des_exports.rglob("*") if f.is_file()]
    assert comptes() == {str(aline.pk): 0, SIREN: 0}


@base
def test_le_fichier_d_un_autre_jour_rend_dans_le_sien(scene: Scene, aline: Personne) -> None:
    export = demander(acteur(aline))
    del scene.contenu[5:]
    produire(export, LE + timedelta(days=2))
    assert list(LignesDuJour.objects.filter(cle=SIREN).values_list("jour", "lignes")) == [(LE.date(), 5)]
