"""Rows taken in number from a table, in a repeated section of a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.base import LIGNES, Section
from jalon.dispositifs.lecture import cle_de_ligne
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.saisie import enregistrer_section
from jalon.dossiers.chiffrement import dechiffrer_valeurs
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import Introuvable, SaisieRefusee, TransitionImpossible


@dataclass(frozen=True, slots=True)
class LignesImportees:
    """`deja`: how many rows were there already, and were not added again."""

    dossier: Dossier
    ajoutees: int
    deja: int = 0


def importer_lignes(
    *,
    dossier_id: UUID,
    section: str,
    lignes: Sequence[Mapping[str, Any]],
    version: int | None = None,
    par: Acteur,
    maintenant: datetime,
) -> LignesImportees:
    """Add rows to those of a draft; with `version` (the one that was read), put them instead of those that it holds.

    Somebody who is there already is not added again: the same table sent twice adds nobody.
    Raises: Introuvable (also a section that takes no table), DroitManquant, TransitionImpossible (sent), SaisieRefusee (too many),
    ConflitDeVersion (to replace what somebody has changed since).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.SAISIE, verrou=True)
        declaration = dispositif_de(dossier.dispositif)
        cible = next((s for s in declaration.sections if s.code == section and s.fiche.en_nombre), None)
        if cible is None:
            raise Introuvable
        if not dossier.est_brouillon:
            raise TransitionImpossible("Ce dossier est transmis\u00a0: un tableau ne s’importe que dans un brouillon.")
        gardee: dict[str, Any] = dossier.reponses.get(section) or {"version": 0, "valeurs": {}}
        presentes = list(dechiffrer_valeurs(declaration, dossier.id, section, gardee["valeurs"]).get(LIGNES) or [])
        liste, ajoutees = _liste(cible, presentes if version is None else [], lignes)
        if ajoutees or version is not None:
            dossier = enregistrer_section(
                dossier_id=dossier_id,
                section=section,
                version=gardee["version"] if version is None else version,
                valeurs={LIGNES: liste},
                par=par,
                maintenant=maintenant,
            ).dossier
            details = {"nombre": ajoutees}
            noter(
                "dossier.liste_importee", par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant, details=details
            )
    return LignesImportees(dossier, ajoutees, len(lignes) - ajoutees)


def _liste(section: Section, presentes: list[Any], lignes: Sequence[Mapping[str, Any]]) -> tuple[list[Any], int]:
    """The whole list, and how many rows are new. Raises SaisieRefusee."""
    connues = {cle_de_ligne(section, ligne) for ligne in presentes}
    nouvelles = [ligne for ligne in lignes if cle_de_ligne(section, ligne) not in connues]
    total, maximum = len(presentes) + len(nouvelles), section.fiche.maximum
    if total > maximum:
        tant = f"{maximum:,}".replace(",", "\u00a0")
        raise SaisieRefusee(f"Un dossier accueille {tant} lignes au plus, il y en aurait {total}. Retirez-en {total - maximum}")
    return [*presentes, *nouvelles], len(nouvelles)
