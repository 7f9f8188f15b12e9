"""What click says, in French: help pages and refusals, whichever command they come from."""

import re
from collections.abc import Iterable, Sequence

import click
from click.exceptions import NoSuchCommand

NBSP = "\u00a0"
_TITRES = {"Options": "Options", "Commands": "Commandes", "Positional arguments": "Arguments"}
_TYPES = (
    (re.compile(r"\b(?:INTEGER|FLOAT)(?: RANGE)?\b"), "NOMBRE"),
    (re.compile(r"\bTEXT\b"), "TEXTE"),
    (re.compile(r"\b(?:PATH|FILE|FILENAME)\b"), "FICHIER"),
)
_AIDE = (
    (re.compile(r"^Show this message and exit\.$"), "Affiche cette aide."),
    (re.compile(r"\bdefault: "), f"par défaut{NBSP}: "),
    (re.compile(r"\benv var: "), f"variable{NBSP}: "),
    (re.compile(r"\brequired\]"), "obligatoire]"),
    (re.compile(r"\b(\d+)<=x<=(\d+)\b"), r"de \1 à \2"),
    (re.compile(r"\bx>=(\d+)\b"), r"au moins \1"),
)
_REFUS = (
    (re.compile(r"'(.*)' is not a valid integer(?: range)?\."), rf"«{NBSP}\1{NBSP}» n’est pas un nombre entier."),
    (re.compile(r"'(.*)' is not a valid float(?: range)?\."), rf"«{NBSP}\1{NBSP}» n’est pas un nombre."),
    (re.compile(r"'(.*)' is not a valid boolean.*"), rf"«{NBSP}\1{NBSP}» ne se lit pas{NBSP}: répondez par oui ou par non."),
    (re.compile(r"'(.*)' is not a valid UUID\."), rf"«{NBSP}\1{NBSP}» n’est pas un identifiant."),
    (re.compile(r"(.*) is not in the range (\d+)<=x<=(\d+)\."), r"\1 doit être compris entre \2 et \3."),
    (re.compile(r"(.*) is not in the range x>=(\d+)\."), r"\1 doit être d’au moins \2."),
    (re.compile(r"'(.*)' (?:is not one of|is none of) (.*)\."), rf"«{NBSP}\1{NBSP}» ne convient pas. Choisissez parmi \2."),
    (re.compile(r"'(.*)' is not '(.*)'\."), rf"«{NBSP}\1{NBSP}» ne convient pas. Choisissez \2."),
    (re.compile(r".* '(.*)' does not exist\."), rf"«{NBSP}\1{NBSP}» n’existe pas."),
    (re.compile(r".* '(.*)' is a file\."), rf"«{NBSP}\1{NBSP}» est un fichier, indiquez un dossier."),
    (re.compile(r".* '(.*)' is a directory\."), rf"«{NBSP}\1{NBSP}» est un dossier, indiquez un fichier."),
    (re.compile(r".* '(.*)' is not (?:readable|writable|executable)\."), rf"«{NBSP}\1{NBSP}» n’est pas accessible."),
    (re.compile(r"'(.*)' does not match the formats? .*"), rf"«{NBSP}\1{NBSP}» n’est pas une date AAAA-MM-JJ."),
    (re.compile(r"'(.*)': No such file or directory"), rf"«{NBSP}\1{NBSP}» n’existe pas."),
    (re.compile(r"'(.*)': Is a directory"), rf"«{NBSP}\1{NBSP}» est un dossier, indiquez un fichier."),
    (re.compile(r"'(.*)': Permission denied"), rf"«{NBSP}\1{NBSP}» n’est pas accessible."),
    (re.compile(r"Option '(.*)' requires (?:an argument|\d+ arguments)\."), r"L’option \1 attend une valeur."),
    (re.compile(r"Option '(.*)' does not take a value\."), r"L’option \1 ne prend pas de valeur."),
    (re.compile(r"Argument '(.*)' takes (\d+) values\."), r"L’argument \1 attend \2 valeurs."),
    (re.compile(r"Got unexpected extra arguments? \((.*)\)"), rf"Trop d’arguments{NBSP}: \1."),
    (re.compile(r"Missing command\."), "Indiquez une commande."),
)


class Formateur(click.HelpFormatter):
    """Writes a help page with French words."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        del prefix
        mots = args.replace("COMMAND", "COMMANDE").replace("[ARGS]...", "[ARGUMENTS]…")
        super().write_usage(prog, mots, f"Usage{NBSP}: ")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_TITRES.get(heading, heading)}{NBSP}:\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        francais = [(_remplacer(_TYPES, nom), _remplacer(_AIDE, texte)) for nom, texte in rows]
        super().write_dl(francais, col_max, col_spacing)


def _remplacer(table: Iterable[tuple[re.Pattern[str], str]], texte: str) -> str:
    for motif, remplacant in table:
        texte = motif.sub(remplacant, texte)
    return texte


def _nom(erreur: click.BadParameter) -> str:
    indice = erreur.param_hint or (erreur.param.get_error_hint(erreur.ctx) if erreur.param and erreur.ctx else "")
    return (indice if isinstance(indice, str) else " / ".join(indice)).replace("'", "").strip()


def _suggestion(possibles: Sequence[str] | None) -> str:
    return f" Vouliez-vous dire {' ou '.join(possibles)}{NBSP}?" if possibles else ""


def phrase(erreur: click.ClickException) -> str:
    """One French line for a refusal of click; our own sentences pass unchanged."""
    match erreur:
        case NoSuchCommand():
            suite = _suggestion(erreur.possibilities) or f" «{NBSP}jalon --help{NBSP}» les liste."
            return f"La commande «{NBSP}{erreur.command_name}{NBSP}» n’existe pas.{suite}"
        case click.NoSuchOption():
            return f"L’option {erreur.option_name} n’existe pas.{_suggestion(erreur.possibilities)}"
        case click.MissingParameter():
            choix = getattr(erreur.param.type, "choices", ()) if erreur.param else ()
            return f"Indiquez {_nom(erreur)}." + (f" Choisissez parmi {', '.join(map(str, choix))}." if choix else "")
        case click.BadParameter():
            detail = _remplacer(_REFUS, erreur.message.replace("\n", " ").replace("\t", " ")).strip()
            return f"{_nom(erreur)}{NBSP}: {detail}" if _nom(erreur) else detail
        case click.FileError():
            return f"«{NBSP}{erreur.ui_filename}{NBSP}» ne s’ouvre pas{NBSP}: {erreur.message}"
        case _:
            return _remplacer(_REFUS, erreur.message)
