"""What helps typing: what registers filled or told, sentences beside boxes, rows that may be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from jalon.dispositifs.base import Case, Contenu, Contexte, Dispositif, Proposition, Repertoire, Section
from jalon.dispositifs.lecture import Reponses, dits_des_registres, indications_de, valeurs_de
from jalon.dossiers.requetes import consulter


@dataclass(frozen=True, slots=True)
class Aides:
    """Of one section, by name of box: `remplies`, `indications` (an empty one keeps its place on the page), and `motifs`: why the
    OPCO asks it again."""

    remplies: Mapping[str, str]
    indications: Mapping[str, str]
    motifs: Mapping[str, str] = field(default_factory=dict)

    def aide_de(self, case: Case, identifiant: str) -> str | SafeString:
        """The help of a box, with what is told of it."""
        texte: str | SafeString = case.aide
        if case.nom in self.remplies:
            origine = Repertoire(self.remplies[case.nom]).nom
            texte = format_html('{}<span class="hint__plus">Rempli d’après {}.</span>', texte, origine)
        if case.nom in self.indications:
            place = place_de(identifiant)
            texte = format_html('{}<span class="hint__plus" id="{}">{}</span>', texte, place, self.indications[case.nom])
        if self.motifs.get(case.nom):
            texte = format_html(
                '{}<span class="hint__plus c-warn">Demandé par l’OPCO\u00a0: {}</span>', texte, self.motifs[case.nom]
            )
        return texte


SANS_AIDE = Aides({}, {})


def place_de(identifiant: str) -> str:
    """Name, on the page, of what is told beside the box of that name."""
    return f"indication-{identifiant}"


def aides_de(
    dispositif: Dispositif, section: Section, reponses: Reponses, affichees: Reponses, contenu: Contenu, contexte: Contexte
) -> Aides:
    """Nothing beside the boxes of rows. `affichees`: answers as the person reads them: no register tells her of a masked one."""
    if section.fiche.repetee:
        return SANS_AIDE
    a_dire = {case.nom: "" for case in section.cases if any(not apport.ecrit for apport in case.registre)}
    dits = dits_des_registres(section, valeurs_de(affichees, section.code), consulter) if a_dire else {}
    remplies = reponses.get(section.code, {}).get("remplies") or {}
    return Aides(remplies, {**a_dire, **indications_de(dispositif, section.code, contenu, contexte), **dits})


def deja_inscrites(proposition: Proposition | None, lignes: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the rows typed are those proposed."""
    proposees = [] if proposition is None else [ligne.valeurs for ligne in proposition.lignes]
    return [{nom: tapee.get(nom) for nom in x} for tapee, x in zip(lignes, proposees, strict=False)] == proposees and len(
        lignes
    ) == len(proposees)


def phrase_des_remplies(section: Section, remplies: Mapping[str, str]) -> str:
    """« Rempli d’après le registre Sirene : Dénomination, Voie. »; empty when no register filled anything."""
    par_source: dict[str, list[str]] = {}
    for case in section.cases:
        if case.nom in remplies:
            par_source.setdefault(Repertoire(remplies[case.nom]).nom, []).append(case.libelle)
    phrases = [f"Rempli d’après {source}\u00a0: {', '.join(noms)}." for source, noms in par_source.items()]
    return " ".join([*phrases, "À vérifier."]) if phrases else ""
