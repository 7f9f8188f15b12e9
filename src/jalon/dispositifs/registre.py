"""Every dispositif declared in this package: adding a file adds a dispositif."""

import pkgutil
from importlib import import_module

import jalon.dispositifs
from jalon.dispositifs.base import Dispositif
from jalon.socle.acteurs import Domaine
from jalon.socle.erreurs import Introuvable
from jalon.socle.texte import normaliser


def _declares() -> dict[str, Dispositif]:
    modules = [
        import_module(info.name)
        for info in pkgutil.iter_modules(jalon.dispositifs.__path__, "jalon.dispositifs.")
        if info.name != __name__
    ]
    trouves = [valeur for module in modules for valeur in vars(module).values() if isinstance(valeur, Dispositif)]
    return {dispositif.code: dispositif for dispositif in trouves}


DISPOSITIFS = _declares()


def dispositifs_de(famille: Domaine) -> list[Dispositif]:
    """Those of a family, in the order of their names."""
    return sorted((d for d in DISPOSITIFS.values() if d.famille == famille), key=lambda d: normaliser(d.nom))


def nom_de(code: str) -> str:
    """Its name; the code itself once it is declared no more: what was given for it is still told."""
    return DISPOSITIFS[code].nom if code in DISPOSITIFS else code


def dispositif(code: str) -> Dispositif:
    """A dispositif by its code. Raises Introuvable."""
    if code not in DISPOSITIFS:
        raise Introuvable("Ce dispositif n’existe pas.")
    return DISPOSITIFS[code]
