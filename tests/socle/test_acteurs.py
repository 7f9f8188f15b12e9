"""Perimeters: nothing means nothing."""

from uuid import uuid4

import pytest

from jalon.socle.acteurs import LIBELLES_DOMAINES, LIBELLES_NIVEAUX, Domaine, Droit, Niveau, Perimetre, Portee

PORTEFEUILLE = uuid4()


@pytest.mark.parametrize(
    ("perimetre", "portee", "couvre"),
    [
        (Perimetre(), Portee(), False),
        (Perimetre(), Portee(siren="123456782"), False),
        (Perimetre(sirens=frozenset({"123456782"})), Portee(siren="123456782"), True),
        (Perimetre(sirens=frozenset({"123456782"})), Portee(siren="356000000"), False),
        (Perimetre(sirens=frozenset({"123456782"})), Portee(prestataire_siren="123456782"), False),
        (Perimetre(sirets=frozenset({"12345678200012"})), Portee(siren="123456782", siret="12345678200012"), True),
        (Perimetre(sirets=frozenset({"12345678200012"})), Portee(siren="123456782", siret="12345678200020"), False),
        (Perimetre(prestataires=frozenset({"123456782"})), Portee(prestataire_siren="123456782"), True),
        (Perimetre(portefeuilles=frozenset({PORTEFEUILLE})), Portee(portefeuille_id=PORTEFEUILLE), True),
        (Perimetre(portefeuilles=frozenset({uuid4()})), Portee(portefeuille_id=PORTEFEUILLE), False),
    ],
)
def test_un_perimetre_couvre_ce_qu_il_nomme(perimetre: Perimetre, portee: Portee, couvre: bool) -> None:
    assert perimetre.couvre(portee) is couvre


def test_une_valeur_vide_dans_un_perimetre_ne_donne_pas_les_lignes_de_personne() -> None:
    vide = Perimetre(frozenset({""}), frozenset({""}), frozenset({""}), frozenset({None}))  # type: ignore[arg-type]
    assert not vide
    assert not vide.couvre(Portee())
    assert vide == Perimetre()


def test_les_niveaux_sont_ordonnes_et_tout_a_un_nom() -> None:
    assert Niveau.AUCUN < Niveau.LECTURE < Niveau.SAISIE < Niveau.ENVOI < Niveau.GESTION
    assert set(LIBELLES_NIVEAUX) == set(Niveau)
    assert set(LIBELLES_DOMAINES) == set(Domaine)


def test_un_perimetre_sauf_un_autre() -> None:
    tout = Perimetre(frozenset({"1", "2"}), frozenset({"11"}), frozenset({"3"}), frozenset({PORTEFEUILLE}))
    assert tout.sauf(Perimetre()) == tout
    assert not tout.sauf(tout)
    moins = Perimetre(sirens=frozenset({"2", "9"}), prestataires=frozenset({"3"}), portefeuilles=frozenset({PORTEFEUILLE}))
    assert tout.sauf(moins) == Perimetre(frozenset({"1"}), frozenset({"11"}))


def test_un_droit_vaut_pour_tout_son_domaine_si_rien_n_est_dit() -> None:
    assert Droit(Domaine.PLAN, Niveau.LECTURE) == Droit(Domaine.PLAN, Niveau.LECTURE, "")
    assert Droit(Domaine.PLAN, Niveau.LECTURE) != Droit(Domaine.PLAN, Niveau.LECTURE, "action_formation")
