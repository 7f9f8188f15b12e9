"""Answers as columns, and as a JSON schema."""

from collections.abc import Callable, Mapping
from typing import Any

from jalon.dispositifs.base import CaseAbsente, Contenu, Dispositif, Formulaire, Projection
from jalon.dispositifs.lecture.cases import Reponses
from jalon.dispositifs.lecture.contenu import lire_reponses
from jalon.dispositifs.lecture.sections import LectureSection


def projeter(dispositif: Dispositif, reponses: Reponses, connues: Mapping[str, LectureSection] | None = None) -> Projection:
    """Columns of a draft: what is readable. `connues`: sections that were just read."""
    return projeter_contenu(dispositif, lire_reponses(dispositif, reponses, connues).partiel)


def projeter_contenu(dispositif: Dispositif, contenu: Contenu) -> Projection:
    """Columns of a document, partial or not."""
    valeurs = {nom: _lire(fonction, contenu) for nom, fonction in dispositif.projections.items()}
    return Projection(**{nom: valeur for nom, valeur in valeurs.items() if valeur is not None})


def _lire(fonction: Callable[[Any], object], contenu: Contenu) -> Any:
    try:
        return fonction(contenu)
    except CaseAbsente:
        return None


def schema_json(dispositif: Formulaire) -> dict[str, Any]:
    """JSON schema of the document, with the names of the API."""
    schema = dispositif.contenu.model_json_schema(by_alias=True)
    return {**schema, "title": dispositif.libelle, "$id": f"urn:jalon:dispositif:{dispositif.code}:{dispositif.version}"}
