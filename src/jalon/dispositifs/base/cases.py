"""A box: what a declaration says of it, and what forms, summaries and schemas read."""

import types
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import Field
from pydantic.fields import FieldInfo

from jalon.dispositifs.base.registres import Apport, du_siret
from jalon.dispositifs.types import formats
from jalon.dispositifs.types.choix import ListeDeChoix
from jalon.dispositifs.types.formats import Format

FORMATS_SIMPLES: dict[object, Format] = {
    str: formats.TEXTE,
    int: formats.ENTIER,
    date: formats.DATE,
    bool: formats.OUI_NON,
    Decimal: formats.MONTANT,
}
GENRES_A_CHOISIR = frozenset({"choix", "multi"})


class ApresEnvoi(StrEnum):
    """How an answer changes once the request was sent: by the company alone, by an avenant of the contract, by the OPCO's leave."""

    LIBRE = "libre"
    AVENANT = "avenant"
    CONSEILLER = "conseiller"


@dataclass(frozen=True, slots=True)
class Condition:
    """The box at `chemin` has one of `valeurs`. « champ » is a box of the same rubrique (and row), « section.champ » any."""

    chemin: str
    valeurs: tuple[str, ...]


def quand(chemin: str, *valeurs: str) -> Condition:
    """`si=quand("interne", "non")`."""
    return Condition(chemin, valeurs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What `case` was told; carried in the metadata of the Pydantic field."""

    libelle: str
    objet: str
    aide: str
    obligatoire: bool
    sensible: bool
    conditions: tuple[Condition, ...]
    choix: ListeDeChoix | None
    multiple: bool
    unite: str
    groupe: str
    mini: Decimal | None
    maxi: Decimal | None
    registre: tuple[Apport, ...]
    autocompletion: str
    norme: str
    synonymes: tuple[str, ...]
    apres_envoi: ApresEnvoi | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Presentation):
    """A box as a generic form needs it: its presentation, its name, its format and its name in the API."""

    nom: str
    format: Format
    api: str

    @property
    def genre(self) -> str:
        """Kind of box: texte, texte_long, entier, montant, heures, jours, date, siret, siren, nda, nir, idcc, …"""
        return self.format.genre

    @property
    def manque(self) -> str:
        """The sentence when nothing is typed."""
        verbe = "Choisissez" if self.genre in GENRES_A_CHOISIR else "Indiquez"
        return f"{verbe} {self.objet}"


def case(
    libelle: str,
    objet: str = "",
    *,
    aide: str = "",
    api: str = "",
    obligatoire: bool = True,
    sensible: bool = False,
    si: Condition | Sequence[Condition] = (),
    choix: ListeDeChoix | None = None,
    multiple: bool = False,
    unite: str = "",
    groupe: str = "",
    mini: Decimal | int | None = None,
    maxi: Decimal | int | None = None,
    registre: str | Apport | Sequence[Apport] = (),
    autocompletion: str = "",
    norme: str = "",
    synonymes: Sequence[str] = (),
    apres_envoi: ApresEnvoi | None = None,
) -> Any:
    """Declare a box of a rubrique. `objet` names it with its article, and ends the sentence said when the box is empty. `si`: asked only when every condition
    holds; its type then accepts None, as that of an optional box. `mini`, `maxi`: bounds of a number. `registre`: what fills it
    once another box of the section is typed, the first that knows; a text is that attribute of `FicheEtablissement`. `norme`: path in the inter-OPCO norm, where it is not « section.api ».
    `synonymes`: other headings of its column. `apres_envoi`: how it changes once sent; not said, by an avenant where the life of the contract opens it, else by the adviser.
    """
    presentation = Presentation(
        libelle=libelle,
        objet=objet or libelle,
        aide=aide,
        obligatoire=obligatoire,
        sensible=sensible,
        conditions=(si,) if isinstance(si, Condition) else tuple(si),
        choix=choix,
        multiple=multiple,
        unite=unite,
        groupe=groupe,
        mini=None if mini is None else Decimal(mini),
        maxi=None if maxi is None else Decimal(maxi),
        registre=_apports(registre),
        autocompletion=autocompletion,
        norme=norme,
        synonymes=tuple(synonymes),
        apres_envoi=apres_envoi,
    )
    exige = obligatoire and not presentation.conditions
    champ: Any = Field(
        ... if exige else () if multiple else None,
        title=libelle,
        description=aide or None,
        alias=api or None,
        ge=mini,
        le=maxi,
        json_schema_extra=_schema(presentation, exige),
    )
    champ.metadata.append(presentation)
    if choix is not None and not multiple:
        champ.metadata.append(choix.format())
    return champ


def _apports(registre: str | Apport | Sequence[Apport]) -> tuple[Apport, ...]:
    if isinstance(registre, str):
        return (du_siret(registre),) if registre else ()
    return (registre,) if isinstance(registre, Apport) else tuple(registre)


def _schema(presentation: Presentation, exige: bool) -> dict[str, Any] | None:
    extra: dict[str, Any] = {}
    if presentation.choix is not None:
        codes: list[Any] = presentation.choix.codes()
        extra |= {"items": {"type": "string", "enum": codes}} if presentation.multiple else {"enum": codes + [None] * (not exige)}
        extra["x-libelles"] = {c.code: c.libelle for c in presentation.choix.choix}
    if presentation.sensible:
        extra["x-sensible"] = True
    if presentation.unite:
        extra["x-unite"] = presentation.unite
    return extra or None


def case_du_champ(nom: str, champ: FieldInfo) -> Case:
    """The box of a Pydantic field declared with `case`."""
    presentation = next(m for m in champ.metadata if isinstance(m, Presentation))
    valeurs = {attribut: getattr(presentation, attribut) for attribut in Presentation.__dataclass_fields__}
    return Case(nom=nom, format=_format(champ, presentation), api=champ.alias or nom, **valeurs)


def _format(champ: FieldInfo, presentation: Presentation) -> Format:
    if presentation.choix is not None:
        return presentation.choix.format_multiple() if presentation.multiple else presentation.choix.format()
    trouve = next((m for m in champ.metadata if isinstance(m, Format)), None)
    return trouve or _format_du_type(champ.annotation)


def _format_du_type(annotation: Any) -> Format:
    """Format of `T`, `Annotated[T, format]`, or either « | None »."""
    if get_origin(annotation) in {Union, types.UnionType}:
        annotation = next(a for a in get_args(annotation) if a is not type(None))
    if get_origin(annotation) is Annotated:
        return next(m for m in get_args(annotation) if isinstance(m, Format))
    return FORMATS_SIMPLES[annotation]
