"""Arranging the home: order, what is shown, at once in two windows."""

import pytest

from jalon.comptes.models import Personne
from jalon.socle import listes
from jalon.socle.erreurs import Introuvable, SaisieRefusee
from jalon.vues.actions.cartes import afficher_carte, deplacer_carte
from jalon.vues.enums import Public, Sens
from jalon.vues.models import PlaceDeCarte
from jalon.vues.pretes import pretes
from jalon.vues.regles import CARTES_AU_PLUS
from jalon.vues.requetes.cartes import acces_du_lieu, cartes_de_l_accueil
from tests.fils import ensemble
from tests.habilitations.fabrique import LE, SIREN, acteur, organisation, personne, rattacher
from tests.vues.fabrique import ICI, ListeDEssai, garder

JOUR = LE.date()


def _aline() -> Personne:
    organisation()
    creee = personne("Aline")
    rattacher(creee)
    return creee


def _ordre(qui: Personne) -> list[str]:
    return [a.nom for a in acces_du_lieu(acteur(qui), ICI, JOUR)]


@pytest.mark.django_db
@pytest.mark.usefixtures("essais")
def test_chacune_range_masque_et_remontre_ses_cartes() -> None:
    aline = _aline()
    a, b, c = (str(garder(acteur(aline), nom=nom).pk) for nom in "ABC")
    commun = {"lieu": ICI, "par": acteur(aline), "maintenant": LE}
    deplacer_carte(cle=c, sens=Sens.HAUT, **commun)  # type: ignore[arg-type]
    deplacer_carte(cle=a, sens=Sens.HAUT, **commun)  # type: ignore[arg-type]
    assert _ordre(aline) == ["A", "C", "B"]
    afficher_carte(cle=a, affichee=False, **commun)  # type: ignore[arg-type]
    assert [carte.acces.nom for carte in cartes_de_l_accueil(acteur(aline), ICI, JOUR)] == ["C", "B"]
    deplacer_carte(cle=b, sens=Sens.HAUT, **commun)  # type: ignore[arg-type]
    assert [carte.acces.nom for carte in cartes_de_l_accueil(acteur(aline), ICI, JOUR)] == ["B", "C"]
    afficher_carte(cle=a, affichee=True, **commun)  # type: ignore[arg-type]
    assert _ordre(aline) == ["A", "B", "C"]
    for acte in (
        lambda: deplacer_carte(cle="autre", sens=Sens.BAS, **commun),
        lambda: afficher_carte(cle="x", affichee=True, **commun),
    ):  # type: ignore[arg-type]
        with pytest.raises(Introuvable):
            acte()


@pytest.mark.django_db
@pytest.mark.usefixtures("essais")
def test_une_onzieme_carte_n_entre_pas() -> None:
    aline = _aline()
    for rang in range(CARTES_AU_PLUS):
        garder(acteur(aline), nom=f"Vue {rang}")
    de_trop = garder(acteur(aline), nom="De trop", accueil=False)
    with pytest.raises(SaisieRefusee, match="10"):
        afficher_carte(lieu=ICI, cle=str(de_trop.pk), affichee=True, par=acteur(aline), maintenant=LE)
    assert len(cartes_de_l_accueil(acteur(aline), ICI, JOUR)) == CARTES_AU_PLUS


def test_une_vue_prete_se_masque_comme_une_autre_et_dit_son_ordre(
    db: None, essais: ListeDEssai, monkeypatch: pytest.MonkeyPatch
) -> None:
    del db
    aline = _aline()
    monkeypatch.setattr(listes, "_LISTES", {**listes._LISTES, "dossiers": listes._LISTES["essai"]})
    attendues = [v.nom for v in pretes(frozenset({Public.ENTREPRISE})) if v.liste == "dossiers"]
    assert _ordre(aline) == attendues
    assert essais.comptes == 0
    cle = acces_du_lieu(acteur(aline), ICI, JOUR)[0].cle
    afficher_carte(lieu=ICI, cle=cle, affichee=False, par=acteur(aline), maintenant=LE)
    assert [c.acces.nom for c in cartes_de_l_accueil(acteur(aline), ICI, JOUR)] == attendues[1:]
    autre = personne("Louise")
    rattacher(autre)
    assert _ordre(autre) == attendues


@pytest.mark.usefixtures("base_reelle")
def test_deux_fenetres_qui_gardent_a_la_fois_ne_depassent_pas_dix_cartes(essais: ListeDEssai) -> None:
    del essais
    aline = _aline()
    for rang in range(CARTES_AU_PLUS - 1):
        garder(acteur(aline), nom=f"Vue {rang}")
    faits = ensemble([lambda rang=rang: garder(acteur(aline), nom=f"Double {rang}") for rang in range(3)])  # type: ignore[misc]
    assert sorted(type(f).__name__ for f in faits) == ["SaisieRefusee", "SaisieRefusee", "VueEnregistree"]
    assert PlaceDeCarte.objects.filter(lieu=SIREN, affichee=True).count() == CARTES_AU_PLUS
