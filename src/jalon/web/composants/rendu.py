"""How every form of the project is drawn: one field template, and the classes of `app.css` on the controls."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

GABARITS = {
    "django/forms/widgets/radio.html": "formulaires/choix.html",
    "django/forms/widgets/checkbox_select.html": "formulaires/choix.html",
    "django/forms/widgets/password.html": "formulaires/secret.html",
    "django/forms/widgets/file.html": "formulaires/fichier.html",
    "django/forms/widgets/clearable_file_input.html": "formulaires/fichier.html",
}
SANS_CLASSE = {"hidden", "radio", "checkbox", "file"}
SANS_EXEMPLE = {"email", "password", "tel"}


class RenduFormulaires(TemplatesSetting):
    """`FORM_RENDERER` of the settings. Forms need no attribute of their own to look right."""

    form_template_name = "formulaires/formulaire.html"
    field_template_name = "formulaires/champ.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Render a form, a field or a widget."""
        if "widget" in context:
            context = {**context, "widget": _habiller(template_name, context["widget"])}
        return super().render(GABARITS.get(template_name, template_name), context, request)


def _habiller(gabarit: str, controle: dict[str, Any]) -> dict[str, Any]:
    """The same control with the classes and keyboards of the design."""
    genre = controle.get("type", "")
    attributs = dict(controle["attrs"])
    if gabarit.endswith("/checkbox.html"):
        return {**controle, "attrs": _avec_classe(attributs, "chk")}
    if gabarit.endswith("/radio.html"):
        return {**controle, "optgroups": [_sans_aria_invalid(groupe) for groupe in controle["optgroups"]]}
    if genre in SANS_CLASSE:
        return controle
    if genre in SANS_EXEMPLE or attributs.get("autocomplete") in {"one-time-code", "username"}:
        attributs.pop("placeholder", None)
    if gabarit.endswith("/textarea.html"):
        attributs.pop("cols", None)
        attributs["rows"] = "4" if str(attributs.get("rows", "10")) == "10" else attributs["rows"]
    elif gabarit.endswith("/date.html"):
        attributs = _avec_classe({"inputmode": "numeric", **attributs}, "w-s")
    elif genre == "number":
        controle = {**controle, "type": "text"}
        attributs = _avec_classe(_nombre_en_texte(attributs), "w-s")
    return {**controle, "attrs": _avec_classe(attributs, "in")}


def _nombre_en_texte(attributs: dict[str, Any]) -> dict[str, Any]:
    """A text box with a keyboard of figures: `type=number` refuses the comma and changes under the wheel."""
    clavier = "numeric" if str(attributs.get("step", "1")) == "1" else "decimal"
    gardes = {cle: valeur for cle, valeur in attributs.items() if cle not in {"step", "min", "max"}}
    return {"inputmode": clavier, **gardes}


def _sans_aria_invalid(groupe: tuple[Any, list[dict[str, Any]], int]) -> tuple[Any, list[dict[str, Any]], int]:
    """A radio has no `aria-invalid` in ARIA 1.2: the group's description carries the error."""
    nom, options, rang = groupe
    nettes = [{**o, "attrs": {c: v for c, v in o["attrs"].items() if c != "aria-invalid"}} for o in options]
    return nom, nettes, rang


def _avec_classe(attributs: dict[str, Any], classe: str) -> dict[str, Any]:
    return {**attributs, "class": f"{classe} {attributs['class']}" if attributs.get("class") else classe}
