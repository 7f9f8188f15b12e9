"""Every address × every role × GET and POST has the answer declared by hand (exigences, S1); a refusal writes nothing, and no
answer holds a word, a NIR or an IBAN that is not for that role (S1b, T3)."""

from collections.abc import Callable, Iterator

import pytest

from tests.matrice.monde import Monde
from tests.matrice.requetes import classer, contenu_de, demander, ecritures, empreinte_de_la_base, essai, noms_du_produit
from tests.matrice.roles import CLES, ROLES, Ligne
from tests.matrice.secrets import indiscretions, refus_mal_dit
from tests.matrice.table import METIER, TABLE, essais_de, est_un_refus


def test_chaque_adresse_du_produit_a_sa_ligne() -> None:
    assert noms_du_produit() == {ligne.nom for ligne in TABLE}


def test_chaque_page_d_un_espace_a_une_ligne_de_chaque_cote() -> None:
    cotes = {sorte: {ligne.nom for ligne in METIER if ligne.sorte == sorte} for sorte in ("espace", "prestataire")}
    assert cotes["espace"] == cotes["prestataire"]


def test_la_table_fait_plus_de_cinq_mille_essais() -> None:
    assert sum(len(list(essais_de(role))) for role in (*ROLES, *CLES)) >= 5_000
    assert len(ROLES) >= 12


def _ecarts(monde: Monde, role: str, essais: list[tuple[Ligne, str, str]]) -> Iterator[str]:
    for ligne, methode, attendu in essais:
        reponse = demander(monde, ligne, methode, role)
        obtenu, ou = classer(reponse), f"{methode} {ligne.identifiant}"
        if obtenu != attendu:
            yield f"{ou} : {obtenu} au lieu de {attendu}"
        page = contenu_de(reponse)
        yield from (f"{ou} : {fuite}" for fuite in indiscretions(ligne, methode, role, page))
        if obtenu == "403" and ligne in METIER:
            yield from (f"{ou} : {defaut}" for defaut in refus_mal_dit(role, page))


@pytest.mark.parametrize("role", [*ROLES, *CLES])
def test_ce_qui_est_refuse_l_est_sans_rien_ecrire(monde: Monde, role: str) -> None:
    """A good key notes when it was last used, even for nothing."""
    refuses = [e for e in essais_de(role) if est_un_refus(*e)]
    with essai():
        avant = empreinte_de_la_base()
        ecarts = list(_ecarts(monde, role, refuses))
        apres = empreinte_de_la_base()
    assert not ecarts, "\n".join(ecarts)
    changees = {table for table, trace in apres.items() if avant[table] != trace}
    assert changees <= ({"habilitations_cleapi"} if role in CLES else set())


@pytest.mark.parametrize("role", [*ROLES, *CLES])
def test_ce_qui_est_permis_l_est_vraiment(monde: Monde, role: str) -> None:
    ecarts = []
    for permis in (e for e in essais_de(role) if not est_un_refus(*e)):
        ligne, methode, attendu = permis
        with essai(), ecritures() as ecrites:
            ecarts += _ecarts(monde, role, [permis])
        if ligne in METIER and methode == "POST" and attendu == "oui" and not ecrites:
            ecarts.append(f"POST {ligne.identifiant} : rien n’est écrit")
    assert not ecarts, "\n".join(ecarts)


@pytest.mark.parametrize(
    ("porte", "sans", "role"),
    [
        ("exiger_espace", lambda *_: None, "b_admin"),
        ("exiger_espace", lambda *_: None, "a_expire"),
        ("_exiger_opco", lambda *_: None, "opco_fini"),
        ("_exiger_opco", lambda *_: None, "comptable"),
        ("second_facteur_installe", lambda _: True, "sans_second_facteur"),
    ],
)
def test_une_porte_ouverte_a_tous_se_voit(
    monde: Monde, porte: str, sans: Callable[..., object], role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"jalon.web.composants.acces.{porte}", sans)
    with essai():
        assert list(_ecarts(monde, role, [e for e in essais_de(role) if est_un_refus(*e)]))
