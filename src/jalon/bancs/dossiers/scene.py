"""What the measures need to know of a loaded database: written by the loader, read by the client. Pure."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

ENV_SIREN = "JALON_BANC_SIREN"
"""Company whose first page the bare views draw."""
JETON = "b" * 32
"""Anti-forgery secret of every session of the bench: sent in the cookie and in the form."""


@dataclass(frozen=True, slots=True)
class Acteur:
    """Somebody signed in. `liste` and `accueil` are addresses; `numero` is that of one of the oldest requests there, empty when
    its list is not searched; `choix` is the page where one of many companies is chosen."""

    nom: str
    seance: str
    liste: str
    accueil: str
    numero: str = ""
    choix: str = ""


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
    siren_nue: str

    def ecrire(self, chemin: Path) -> None:
        """As JSON, for one's eyes only: it opens sessions."""
        chemin.touch(mode=0o600)
        chemin.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def lire(cls, chemin: Path) -> "Scene":
        """From the file that `ecrire` made."""
        lue = json.loads(chemin.read_text(encoding="utf-8"))
        acteurs = tuple(Acteur(**a) for a in lue.pop("acteurs"))
        return cls(**{**lue, "acteurs": acteurs, "expeditrice": Acteur(**lue["expeditrice"]), "envois": tuple(lue["envois"])})
