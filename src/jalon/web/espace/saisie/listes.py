"""A long list of people: a table of names, one of them open for typing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jalon.dispositifs.base import Section
from jalon.dispositifs.lecture import LectureSection
from jalon.socle.texte import normaliser

PAR_TABLE = 20


@dataclass(frozen=True, slots=True)
class LigneDeListe:
    """`place` from 1 is the page where it is open. `a_corriger`, `manques`: boxes to mend, boxes still empty."""

    place: int
    nom: str
    precision: str
    a_corriger: int
    manques: int


@dataclass(frozen=True, slots=True)
class ListeDeLignes:
    """The rows around the open one, or those that a name finds. `avant`, `apres`: pages that open the tables around it; 0: none."""

    lignes: Sequence[LigneDeListe]
    titre_de_la_precision: str
    cherche: str
    trouvees: int
    avant: int = 0
    apres: int = 0


def liste_de_lignes(section: Section, lecture: LectureSection, numero: int, cherche: str) -> ListeDeLignes:
    """`numero`: the open row, from 1. Sensitive boxes are never shown there."""
    lignes: Sequence[Mapping[str, Any]] = lecture.valeurs_normalisees.get("lignes") or []
    mots = normaliser(cherche)
    if mots:
        places = [rang for rang, ligne in enumerate(lignes) if mots in normaliser(_nom(section, ligne))]
    else:
        debut = (min(numero, len(lignes)) - 1) // PAR_TABLE * PAR_TABLE
        places = list(range(debut, min(debut + PAR_TABLE, len(lignes))))
    precises = [nom for nom in section.fiche.cle if nom not in section.fiche.nom]
    titre = ", ".join(section.case(nom).libelle for nom in precises)
    fautes, manques = (Counter(nom.partition(".")[0] for nom in noms) for noms in (lecture.erreurs, lecture.manques))
    vues = [
        LigneDeListe(
            rang + 1,
            _nom(section, lignes[rang]),
            ", ".join(str(lignes[rang].get(nom) or "") for nom in precises),
            fautes[str(rang)],
            manques[str(rang)],
        )
        for rang in places[:PAR_TABLE]
    ]
    if mots or not vues:
        return ListeDeLignes(vues, titre, cherche, len(places))
    premiere, derniere = vues[0].place, vues[-1].place
    apres = derniere + 1 if derniere < len(lignes) else 0
    return ListeDeLignes(vues, titre, "", len(lignes), max(premiere - PAR_TABLE, 0), apres)


def _nom(section: Section, ligne: Mapping[str, Any]) -> str:
    return " ".join(str(ligne.get(nom) or "") for nom in section.fiche.nom).strip()
