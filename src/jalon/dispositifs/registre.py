"""Every dispositif declared in this package: adding a file adds a dispositif."""

import pkgutil
from importlib import import_module

import jalon.dispositifs
from jalon.dispositifs.base import Dispositif
from jalon.socle.erreurs import Introuvable


def _declares() -> dict[str, Dispositif]:
    modules = [
        import_module(info.name)
        for info in pkgutil.iter_modules(jalon.dispositifs.__path__, "jalon.dispositifs.")
        if info.name != __name__
    ]
    trouves = [valeur for module in modules for valeur in vars(module).values() if isinstance(valeur, Dispositif)]
    return {dispositif.code: dispositif for dispositif in trouves}


DISPOSITIFS = _declares()


def dispositif(code: str) -> Dispositif:
    """A dispositif by its code. Raises Introuvable."""
    if code not in DISPOSITIFS:
        raise Introuvable("Ce dispositif n’existe pas.")
    return DISPOSITIFS[code]
