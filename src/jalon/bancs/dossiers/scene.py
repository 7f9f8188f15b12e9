"""What the measures need to know of a loaded database: written by the loader, read by the client. Pure."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ENV_SCENE = "JALON_BANC_SCENE"
"""File of the scene, for the bare views."""
JETON = "b" * 32
"""Anti-forgery secret of every session of the bench: sent in the cookie and in the form."""


@dataclass(frozen=True, slots=True)
class Acteur:
    """Somebody signed in. `liste` and `accueil` are addresses; `numero` is that of one of the oldest requests there, empty when
    its list is not searched; `choix` is the page where one of many companies is chosen. `critere`: column and values of the portée
    that select the same rows without any right."""

    nom: str
    seance: str
    liste: str
    accueil: str
    critere: tuple[str, tuple[str, ...]]
    numero: str = ""
    choix: str = ""

    @property
    def qualite(self) -> str:
        """The name, numbers that grow with the size aside."""
        return self.nom.partition("conseillère")[1] or self.nom


@dataclass(frozen=True, slots=True)
class Scene:
    """A database of `nombre` requests and the people who look at it."""

    nombre: int
    chargement: float
    acteurs: tuple[Acteur, ...]
    expeditrice: Acteur
    envois: tuple[str, ...]
    """Addresses where a complete draft is sent, each good for one POST."""
    rare: str
    courant: str

    def ecrire(self, chemin: Path) -> None:
        """As JSON, for one's eyes only: it opens sessions."""
        chemin.touch(mode=0o600)
        chemin.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def lire(cls, chemin: Path) -> "Scene":
        """From the file that `ecrire` made."""
        lue = json.loads(chemin.read_text(encoding="utf-8"))
        acteurs = tuple(_acteur(a) for a in lue.pop("acteurs"))
        return cls(**{**lue, "acteurs": acteurs, "expeditrice": _acteur(lue["expeditrice"]), "envois": tuple(lue["envois"])})


def _acteur(lu: dict[str, Any]) -> Acteur:
    colonne, valeurs = lu.pop("critere")
    return Acteur(**lu, critere=(colonne, tuple(valeurs)))
