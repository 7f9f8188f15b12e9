"""The packaged files hold together, and say where they come from."""

import re
from datetime import date

from jalon.referentiels.paquet import conventions, jeu_de_regles, versions
from jalon.socle.baremes import TOUS, CriteresBareme, en_vigueur

REGLES = jeu_de_regles("action_formation")
JOUR = date(2026, 11, 23)
SUSPENDUES = {"2149", "2583", "0573", "2002", "3243", "3218", "7520", "1516", "2147", "0158"}


def test_chaque_regle_a_une_source_et_un_code_unique() -> None:
    for regles in (REGLES.lignes, REGLES.plafonds, REGLES.modes, REGLES.reglages, REGLES.guichets):
        assert regles
        assert all(re.match(r"https://www\.akto\.fr/", regle.source_url) for regle in regles)
        assert len({regle.code for regle in regles}) == len(regles)


def test_les_lignes_renvoient_a_une_version_publiee() -> None:
    assert {ligne.version for ligne in REGLES.lignes} == {version.code for version in versions()}


def test_les_branches_citees_sont_dans_la_table_publique() -> None:
    citees = {x.idcc for x in REGLES.lignes} | {x.idcc for x in REGLES.plafonds} | {x.idcc for x in REGLES.guichets}
    citees -= {TOUS}
    assert citees <= set(conventions())
    assert all(conventions()[code].opco == "AKTO" for code in citees)
    assert all(re.fullmatch(r"\d{4}", code) for code in conventions())
    assert conventions()["9999"].opco == ""


def test_les_branches_suspendues_en_2026_sont_celles_qui_sont_publiees() -> None:
    fermees = {code for code in conventions() if REGLES.guichet_ferme(code, "legal", JOUR)}
    assert fermees == SUSPENDUES
    assert not any(REGLES.guichet_ferme(code, "legal", date(2027, 1, 1)) for code in SUSPENDUES)


def test_toute_action_externe_d_une_petite_entreprise_a_une_ligne_et_un_budget() -> None:
    for idcc in conventions():
        for type_action in ("formation", "bilan", "vae"):
            criteres = CriteresBareme(
                idcc=idcc, effectif=20, type_action=type_action, modalite="presentiel", certification="aucune",
                theme="metier", interne="non", zone="hexagone",
            )  # fmt: skip
            ligne = REGLES.ligne(criteres, JOUR)
            assert ligne is not None
            assert REGLES.plafond(ligne, criteres, JOUR) is not None


def test_sans_reglage_de_l_opco_un_dossier_n_a_pas_de_limite_et_le_delai_avertit() -> None:
    (reglage,) = en_vigueur(REGLES.reglages, JOUR)
    assert (reglage.limite_stagiaires, reglage.delai_depot_jours, reglage.gravite_delai) == (None, 30, "avertit")
