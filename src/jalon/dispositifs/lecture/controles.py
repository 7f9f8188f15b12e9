"""The reference page of the controls: what is checked, where, and the text it comes from."""

from collections.abc import Callable, Iterable

from jalon.dispositifs.base import LIGNES, Controle, Formulaire, Gravite

ENTETE = """# Contrôles

Ce que le portail vérifie dès qu’une case est quittée, puis à « Vérifier » et à l’instruction. Page tirée des déclarations ; la dernière
colonne dit où sont les cas qui passent, qui échouent et qui touchent la limite.
"""
LIBELLES = {Gravite.BLOQUE: "bloque", Gravite.AVERTIT: "avertit"}


def controles_en_markdown(dispositifs: Iterable[Formulaire], essais: Callable[[Formulaire, Controle], str]) -> str:
    """One table for each form that has controls, in the order of its declaration. `essais` says where the cases of a control are."""
    morceaux = [ENTETE]
    for dispositif in (d for d in dispositifs if d.controles):
        morceaux.append(
            f"\n## {dispositif.libelle}\n\n| contrôle | ce qui est vérifié | case | effet | source | essais |\n|---|---|---|---|---|---|\n"
        )
        morceaux += [_ligne(dispositif, controle, essais(dispositif, controle)) for controle in dispositif.controles]
    return "".join(morceaux)


def _ligne(dispositif: Formulaire, controle: Controle, essais: str) -> str:
    case = _case(dispositif, controle.cases[0])
    effet = LIBELLES[controle.gravite]
    return f"| `{controle.identifiant}` | {controle.verifie} | {case} | {effet} | {controle.source} | {essais} |\n"


def _case(dispositif: Formulaire, chemin: str) -> str:
    """« L’action, Date de fin », « Les salariés »."""
    code, *reste = chemin.split(".")
    section = dispositif.section(code)
    if not reste or reste[-1] == LIGNES:
        return section.fiche.titre
    return f"{section.fiche.titre}, {section.case(reste[-1]).libelle}"
