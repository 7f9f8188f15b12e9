"""A new revision of a rule: the only way to change one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Field, Model

from jalon.journal.actions import noter
from jalon.referentiels.enums import Origine
from jalon.referentiels.models import Revision
from jalon.socle.acteurs import Acteur, Portee
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import ConflitDeVersion, Introuvable, SaisieRefusee, SaisiesRefusees

PROPRES_A_LA_REVISION = frozenset({"id", "revision", "valide_du", "valide_au", "retiree", "origine", "source_url"})


def exiger_dates(
    du: date, au: date | None, maintenant: datetime, *, champs: tuple[str, str] = ("a_partir_du", "jusqu_au")
) -> None:
    """Raises SaisieRefusee: a rule begins today at the earliest, and ends after it begins. `champs`: names of the boxes."""
    if du < jour_de_paris(maintenant):
        raise SaisieRefusee("Une règle prend effet aujourd’hui au plus tôt", champ=champs[0])
    if au is not None and au < du:
        raise SaisieRefusee(f"La fin doit suivre le début ({formater_date(du)})", champ=champs[1])


def exiger_motif(motif: str) -> str:
    """The reason, without spaces around. Raises SaisieRefusee when it is empty."""
    if not motif.strip():
        raise SaisieRefusee("Indiquez le motif de ce changement", champ="motif")
    return motif.strip()


def exiger_valeurs(modele: type[Model], valeurs: Mapping[str, Any], permises: frozenset[str]) -> None:
    """Raises SaisiesRefusees, by column: a column that cannot be changed, a negative amount or number."""
    refus = {}
    for nom, valeur in valeurs.items():
        if nom not in permises:
            refus[nom] = "Cette donnée ne se modifie pas ici"
        elif isinstance(valeur, bool | str) or valeur is None:
            continue
        elif valeur < 0:
            champ = modele._meta.get_field(nom)
            libelle = champ.verbose_name if isinstance(champ, Field) else nom
            refus[nom] = f"Écrivez un nombre positif ({libelle})"
    if refus:
        raise SaisiesRefusees(refus)


R = TypeVar("R", bound=Revision)


def verrouiller_regle(modele: type[R], code: str) -> R | None:
    """Lock every revision of a rule, then read the last one: who waited sees what the other wrote."""
    list(modele._default_manager.select_for_update().filter(code=code).values_list("pk"))
    return modele._default_manager.filter(code=code).order_by("-revision").first()


def derniere_revision(modele: type[R], identifiant: UUID, saisi: Mapping[str, Any]) -> R:
    """The revision to replace; its rule is locked. Raises Introuvable, ConflitDeVersion when it is no longer the last."""
    lue = modele._default_manager.filter(pk=identifiant).first()
    if lue is None:
        raise Introuvable("Cette règle n’existe pas.")
    derniere = verrouiller_regle(modele, lue.code)
    if derniere is None or derniere.pk != lue.pk:
        raise ConflitDeVersion(
            "Cette règle a changé depuis que vous l’avez ouverte. Reprenez votre modification sur la nouvelle version",
            en_base={nom: getattr(derniere, nom, None) for nom in saisi},
            saisi=saisi,
            par="",
        )
    return derniere


def reviser(
    derniere: R, changements: Mapping[str, Any], *, du: date, au: date | None, source_url: str, retiree: bool = False
) -> R:
    """Insert the next revision of a rule: the same values but these."""
    champs = {champ.attname for champ in derniere._meta.concrete_fields} - PROPRES_A_LA_REVISION
    valeurs = {nom: getattr(derniere, nom) for nom in champs}
    nouvelle = type(derniere)(
        **{**valeurs, **changements},
        revision=derniere.revision + 1,
        valide_du=du,
        valide_au=au,
        retiree=retiree,
        source_url=source_url or derniere.source_url,
        origine=Origine.OPCO,
    )
    nouvelle.save(force_insert=True)
    return nouvelle


def noter_revision(code: str, nouvelle: Revision, ancienne: Revision | None, motif: str, *, par: Acteur, le: datetime) -> None:
    """One line of the journal: what changed, from when, why."""
    details: dict[str, object] = {"code": nouvelle.code, "du": formater_date(nouvelle.valide_du), "motif": motif}
    for champ in nouvelle._meta.concrete_fields:
        nom = champ.attname
        avant = getattr(ancienne, nom) if ancienne is not None else None
        if nom not in PROPRES_A_LA_REVISION and nom != "code" and avant != getattr(nouvelle, nom):
            details[nom] = {"avant": _texte(avant), "apres": _texte(getattr(nouvelle, nom))}
    noter(code, par=par, portee=Portee(), objet=nouvelle, le=le, details=details)


def _texte(valeur: object) -> str:
    return "" if valeur is None else str(valeur)
