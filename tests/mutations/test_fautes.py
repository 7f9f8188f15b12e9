"""The faults are those that one expects, each changes the module, and the engine puts them where they belong."""

import ast
from pathlib import Path

import pytest

from jalon.habilitations import codes
from tests.mutations.carte import Carte, constante
from tests.mutations.fautes import fauter, fautes
from tests.mutations.moteur import _codes, _fonctions, nom_du_module

NOMME = "tests/habilitations/test_codes.py::test_ce_qui_ne_peut_pas_etre_un_code_est_refuse_avec_sa_phrase[vide]"
SOURCE = '''"""Doc."""
LIMITE = 5
MOTS = {"a", "b"}


class C:
    @property
    def f(self):
        """Doc."""
        if self.x >= LIMITE and not self.y:
            raise ValueError("une phrase pour les gens")
        self.z = self.x + 1
        return any(v.strip() for v in self.vus if v)
'''


def test_chaque_faute_change_le_module_et_lui_seul() -> None:
    toutes = fautes(SOURCE)
    ecrites = {ast.unparse(fauter(SOURCE, faute.rang)) for faute in toutes}
    assert len(ecrites) == len(toutes)
    assert ast.unparse(ast.parse(SOURCE)) not in ecrites
    with pytest.raises(IndexError):
        fauter(SOURCE, len(toutes))


def test_les_fautes_attendues_y_sont() -> None:
    natures = {(f.fonction, f.nature) for f in fautes(SOURCE)}
    assert natures == {
        ("", "5 → 6"), ("", "élément 1 retiré"), ("", "élément 2 retiré"), ("", "« a » → « ax »"), ("", "« b » → « bx »"),
        ("C.f", "condition inversée"), ("C.f", "condition 1 retirée"), ("C.f", "condition 2 retirée"), ("C.f", "GtE → Gt"),
        ("C.f", "GtE → Lt"), ("C.f", "négation retirée"), ("C.f", "ligne retirée"), ("C.f", "Add → Sub"), ("C.f", "1 → 2"),
        ("C.f", "rien n’est rendu"), ("C.f", "any → all"), ("C.f", ".strip(…) retiré"), ("C.f", "filtre retiré"),
    }  # fmt: skip


def test_dans_un_modele_les_fonctions_seules_sont_fautees() -> None:
    assert all(f.fonction for f in fautes(SOURCE, modele=True))


def test_une_faute_trouve_sa_fonction_ou_sa_constante() -> None:
    fichier = Path(codes.__file__)
    assert nom_du_module(fichier).endswith("habilitations.codes")
    lues = {f.__code__.co_qualname for f in _fonctions(codes)}
    compilees = {c.co_qualname for c in _codes(compile(fichier.read_text(), str(fichier), "exec"))}
    toutes = fautes(fichier.read_text())
    assert {f.fonction for f in toutes if f.fonction} <= lues & compilees
    assert {constante(fichier, f) for f in toutes if not f.fonction} >= {"ALPHABET", "LONGUEUR_TIREE", "_POLYNOME", "_USAGE"}


def test_les_essais_qui_nomment_la_fonction_passent_d_abord() -> None:
    fichier = Path(codes.__file__)
    faute = next(f for f in fautes(fichier.read_text()) if f.fonction == "lire_code")
    carte = Carte(durees={NOMME: 2.0, "tests/socle/test_dates.py::b": 1.0})
    carte.traverses[str(fichier), "lire_code"] |= set(carte.durees)
    assert carte.essais(fichier, faute) == [NOMME, "tests/socle/test_dates.py::b"]
