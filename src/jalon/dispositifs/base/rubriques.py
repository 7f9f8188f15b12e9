"""Rubriques (the sections of a form) and the document they make."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from jalon.dispositifs.base.cases import Case, case_du_champ

CONFIGURATION = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, alias_generator=to_camel)
LIGNES = "lignes"
"""Key of the rows of a repeated rubrique in the answers of a draft: `{"lignes": [{champ: texte}, …]}`."""

EN_NOMBRE = 100
"""From so many rows at most on, a list may be pasted or imported."""


class CaseAbsente(LookupError):
    """A rule reads a box that is not answered yet, or not readable: the rule cannot be judged."""

    def __init__(self, section: str, champ: str) -> None:
        super().__init__(f"{section}.{champ}")
        self.section = section
        self.champ = champ


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheRubrique:
    """What a rubrique says of itself. `element` and `objet` name the rows of a repeated one (« Salarié », « au moins un salarié »)."""

    code: str
    titre: str
    aide: str
    repetee: bool
    element: str
    objet: str
    maximum: int
    cle: tuple[str, ...]
    nom: tuple[str, ...]

    @property
    def en_nombre(self) -> bool:
        """Whether its rows may be many: they are then also taken from a table."""
        return self.repetee and self.maximum >= EN_NOMBRE

    @property
    def une_ligne(self) -> str:
        """« un salarié »: one row, as the button that adds it says."""
        return self.objet.removeprefix("au moins ")


class Partiel(BaseModel):
    """A document that may be read before it is complete: a missing box raises CaseAbsente instead of lying with None."""

    model_config = CONFIGURATION
    _code: ClassVar[str] = ""

    if not TYPE_CHECKING:

        def __getattr__(self, nom: str) -> Any:
            if nom in type(self).model_fields:
                raise CaseAbsente(type(self)._code, nom)
            return super().__getattr__(nom)

    @classmethod
    def partiel(cls, valeurs: Mapping[str, Any]) -> Self:
        """An instance that holds these values only, unchecked: no default stands for what was not read."""
        instance = cls.model_construct(**valeurs)
        for nom in set(cls.model_fields) - set(valeurs):
            instance.__dict__.pop(nom, None)
        return instance


class Rubrique(Partiel):
    """A section of a form; its boxes are fields declared with `case`, in the order of the paper form."""

    fiche: ClassVar[FicheRubrique]

    def __init_subclass__(
        cls,
        *,
        code: str,
        titre: str,
        aide: str = "",
        repetee: bool = False,
        element: str = "",
        objet: str = "",
        maximum: int = 1,
        cle: tuple[str, ...] = (),
        nom: tuple[str, ...] = (),
    ) -> None:
        """`maximum`: technical bound on the rows of a repeated rubrique. `cle`: boxes that tell one row from another;
        `nom`: those that name it to people."""
        super().__init_subclass__()
        cls._code = code
        cls.fiche = FicheRubrique(
            code=code, titre=titre, aide=aide, repetee=repetee, element=element, objet=objet, maximum=maximum, cle=cle, nom=nom
        )


class Contenu(Partiel):
    """The whole answer to a form: one field per rubrique, named after its code."""


_T = TypeVar("_T")


def si_repondu(lire: Callable[[], _T], *, defaut: _T) -> _T:
    """An answer that a rule can do without for now."""
    try:
        return lire()
    except CaseAbsente:
        return defaut


@cache
def cases_de(rubrique: type[Rubrique]) -> tuple[Case, ...]:
    """The boxes of a rubrique, in order."""
    return tuple(case_du_champ(nom, champ) for nom, champ in rubrique.model_fields.items())
