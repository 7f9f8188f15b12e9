"""Which rubrique of a form is about the employee, and what a record of the company's directory says in its boxes."""

from collections.abc import Mapping, Sequence
from typing import Any

from jalon.dispositifs.base import Formulaire, Section
from jalon.dispositifs.lecture.sensibles import sensibles

NIR, PRENOM = "nir", "prenom"
AUTREMENT = {"nom_naissance": "nom", "type_contrat": "nature"}
"""Boxes that another word names in the directory."""
REPRIS = frozenset({"nom", "nom_usage", "prenom", "date_naissance", "sexe", "nir", "courriel", "emploi", "nature"})


def section_de_la_personne(dispositif: Formulaire) -> Section | None:
    """The first rubrique that asks a given name and a protected NIR; None: the form names nobody so."""
    protegees = {code for code, nom in sensibles(dispositif) if nom == NIR}
    return next((s for s in dispositif.sections if s.code in protegees and PRENOM in {c.nom for c in s.cases}), None)


def valeurs_de_la_personne(section: Section, textes: Mapping[str, str]) -> dict[str, str]:
    """Box -> what the directory says; empty where it says nothing, or what the list of the box does not have."""
    valeurs = {}
    for case in section.cases:
        champ = AUTREMENT.get(case.nom, case.nom)
        if champ in REPRIS:
            texte = textes.get(champ, "")
            connu = case.choix is None or texte in case.choix.codes()
            valeurs[case.nom] = texte if connu else ""
    return valeurs


def textes_des_personnes(section: Section, document: Mapping[str, Any]) -> list[dict[str, str]]:
    """The other way: what a document in clear says of each person, by word of the directory."""
    rubrique = document.get(section.code) or {}
    lignes = rubrique if isinstance(rubrique, Sequence) else [rubrique]
    repris = [(case.nom, champ) for case in section.cases if (champ := AUTREMENT.get(case.nom, case.nom)) in REPRIS]
    return [{champ: str(ligne.get(nom) or "") for nom, champ in repris} for ligne in lignes]
