"""What one may take out: where reading and exporting hold together, and whether something was lost since. Tables of cases."""

from typing import Any

import pytest

from jalon.exports.acteurs import ActeurQuiExporte, commun, de_json, droits_de, en_json, ont_diminue, restreint
from jalon.exports.requetes import peut_exporter
from jalon.socle.acteurs import Domaine, Droit, Niveau, Perimetre, Portee, Pouvoir
from jalon.socle.erreurs import DroitManquant
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import FauxActeur
from tests.exports.outils import Scene

S, T, P = "123456782", "732829320", "552100554"
S1, S2 = f"{S}00010", f"{S}00028"
ALPHA, BETA = nouvel_id(), nouvel_id()
PLAN = Droit(Domaine.PLAN, Niveau.LECTURE)


def ou(**champs: Any) -> Perimetre:
    return Perimetre(**{nom: frozenset(valeurs) for nom, valeurs in champs.items()})


@pytest.mark.parametrize(
    ("un", "autre", "attendu"),
    [
        (ou(sirens=[S, T]), ou(sirens=[S]), ou(sirens=[S])),
        (ou(sirens=[S]), ou(sirens=[T]), ou()),
        (ou(sirens=[S]), ou(sirets=[S1]), ou(sirets=[S1])),
        (ou(sirets=[S1, S2]), ou(sirets=[S2]), ou(sirets=[S2])),
        (ou(sirets=[S1]), ou(sirens=[T]), ou()),
        (ou(prestataires=[P]), ou(prestataires=[P], sirens=[S]), ou(prestataires=[P])),
        (ou(prestataires=[P]), ou(sirens=[P]), ou()),
        (ou(portefeuilles=[ALPHA, BETA]), ou(portefeuilles=[BETA]), ou(portefeuilles=[BETA])),
        (ou(couples=[(S, P)]), ou(couples=[(S, P)]), ou(couples=[(S, P)])),
        (ou(couples=[(S, P)]), ou(couples=[(S1, P)]), ou(couples=[(S1, P)])),
        (ou(couples=[(S1, P)]), ou(sirens=[S]), ou(couples=[(S1, P)])),
        (ou(couples=[(S1, P)]), ou(sirets=[S1]), ou(couples=[(S1, P)])),
        (ou(couples=[(S1, P)]), ou(sirets=[S2]), ou()),
        (ou(couples=[(S, P)]), ou(couples=[(S, T)]), ou()),
        (ou(couples=[(S, P)]), ou(prestataires=[P]), ou()),
    ],
)
def test_on_exporte_ou_les_deux_droits_tiennent_ensemble(un: Perimetre, autre: Perimetre, attendu: Perimetre) -> None:
    assert commun(un, autre) == commun(autre, un) == attendu


@pytest.mark.parametrize(
    ("perimetre", "siren", "attendu"),
    [
        (ou(sirens=[S, T], sirets=[f"{T}00010"], prestataires=[T]), S, ou(sirens=[S])),
        (
            ou(sirets=[S1], prestataires=[S, P], couples=[(S1, P), (T, P)]),
            S,
            ou(sirets=[S1], prestataires=[S], couples=[(S1, P)]),
        ),
        (ou(sirens=[S], portefeuilles=[ALPHA]), S, ou(sirens=[S])),
        (ou(sirens=[S], portefeuilles=[ALPHA]), None, ou(portefeuilles=[ALPHA])),
    ],
)
def test_un_export_reste_dans_son_espace(perimetre: Perimetre, siren: str | None, attendu: Perimetre) -> None:
    assert restreint(perimetre, siren) == attendu


@pytest.mark.parametrize(
    ("avant", "apres", "moins"),
    [
        (ou(sirens=[S]), ou(sirens=[S]), False),
        (ou(sirens=[S]), ou(sirens=[S, T]), False),
        (ou(sirets=[S1]), ou(sirens=[S]), False),
        (ou(couples=[(S1, P)]), ou(sirens=[S]), False),
        (ou(sirens=[S]), ou(sirets=[S1, S2]), True),
        (ou(sirets=[S1, S2]), ou(sirets=[S1]), True),
        (ou(prestataires=[P]), ou(), True),
        (ou(portefeuilles=[ALPHA, BETA]), ou(portefeuilles=[ALPHA]), True),
    ],
)
def test_ce_qui_a_ete_perdu_se_voit(avant: Perimetre, apres: Perimetre, moins: bool) -> None:
    assert ont_diminue({"plan": avant}, {"plan": apres, "alternance": avant}) == moins
    assert ont_diminue(de_json(en_json({"plan": avant})), {"plan": apres}) == moins
    assert ont_diminue({"plan": avant}, {"alternance": avant})


def qui(lit: Perimetre, sort: Perimetre, **autres: Any) -> FauxActeur:
    return FauxActeur({Domaine.PLAN: (Niveau.LECTURE, lit), Domaine.EXPORTS: (Niveau.LECTURE, sort)}, **autres)


@pytest.mark.parametrize(
    ("acteur", "siren", "permis"),
    [
        (qui(ou(sirens=[S]), ou(sirens=[S])), S, True),
        (qui(ou(sirens=[S]), ou(sirens=[S])), T, False),
        (qui(ou(sirens=[S]), ou()), S, False),
        (qui(ou(), ou(sirens=[S])), S, False),
        (qui(ou(sirets=[S1]), ou(sirets=[S2])), S, False),
        (qui(ou(sirets=[S1]), ou(sirens=[S])), S, True),
        (qui(ou(prestataires=[S]), ou(prestataires=[S])), S, True),
        (qui(ou(sirens=[S]), ou(sirens=[S])), None, False),
        (qui(ou(), ou(), pouvoirs={Pouvoir.CONSULTER: frozenset({ALPHA})}), None, True),
        (qui(ou(), ou(), pouvoirs={Pouvoir.CONSULTER: frozenset({ALPHA})}), S, False),
        (qui(ou(portefeuilles=[ALPHA]), ou(portefeuilles=[ALPHA])), None, False),
    ],
)
def test_qui_peut_exporter_une_liste(acteur: FauxActeur, siren: str | None, permis: bool) -> None:
    assert peut_exporter(acteur, Scene([]).liste(), siren) == permis


def test_un_droit_sur_un_seul_dispositif_compte_pour_lui_seul() -> None:
    acteur = FauxActeur(
        {Domaine.EXPORTS: (Niveau.LECTURE, ou(sirens=[S]))},
        restreints={(Domaine.PLAN, "action-de-formation"): (Niveau.LECTURE, ou(sirens=[S]))},
    )
    assert droits_de(acteur, Scene([]).liste(), S) == {"plan/action-de-formation": ou(sirens=[S])}


def test_l_acteur_qui_exporte_ne_peut_rien_ailleurs() -> None:
    acteur = ActeurQuiExporte(qui(ou(sirens=[S]), ou(sirets=[S1])), S)
    assert acteur.peut(PLAN, Portee(siret=S1))
    assert not acteur.peut(PLAN, Portee(siren=S, siret=S2))
    with pytest.raises(DroitManquant):
        acteur.exiger(PLAN, Portee(siren=S, siret=S2))
    with pytest.raises(DroitManquant):
        acteur.exiger_pouvoir(Pouvoir.CONSULTER, None)
