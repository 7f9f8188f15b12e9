"""Form fields that read what people write in France: dates, amounts, SIREN and SIRET in any form."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from jalon.dispositifs.types.formats import ecrire_nombre, lire_heures
from jalon.socle.dates import analyser_date, formater_date
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import analyser_siren, analyser_siret, grouper
from jalon.socle.montants import analyser_montant


class _ChampAnalyse(forms.CharField):
    """Text read by one of socle's analysers; its sentence is the error shown."""

    analyser: Callable[[str], Any]
    unite = ""

    def clean(self, value: Any) -> Any:
        """The parsed value, or None when optional and empty."""
        texte = super().clean(value)
        if not texte:
            return None
        try:
            return type(self).analyser(texte)
        except SaisieRefusee as refus:
            raise ValidationError(refus.message, code="format") from None


class ChampDate(_ChampAnalyse):
    """A day typed as 30/11/2026, 30-11-26 or 2026-11-30."""

    analyser = staticmethod(analyser_date)
    widget = forms.DateInput

    def prepare_value(self, value: Any) -> Any:
        """Back to 30/11/2026."""
        return formater_date(value) if isinstance(value, date) else value


class ChampMontant(_ChampAnalyse):
    """Euros and cents."""

    analyser = staticmethod(analyser_montant)
    unite = "€"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A keyboard with figures and a comma."""
        return {**super().widget_attrs(widget), "inputmode": "decimal"}

    def prepare_value(self, value: Any) -> Any:
        """Back to 1250,00."""
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value


class ChampHeures(_ChampAnalyse):
    """A duration: « 35 », « 3,5 » or « 3 h 30 »."""

    analyser = staticmethod(lire_heures)
    unite = "heures"

    def prepare_value(self, value: Any) -> Any:
        """Back to 35 or 3,5."""
        return ecrire_nombre(value) if isinstance(value, Decimal) else value


class ChampSiren(_ChampAnalyse):
    """Nine digits of a company."""

    analyser = staticmethod(analyser_siren)

    def prepare_value(self, value: Any) -> Any:
        """In groups of three."""
        return grouper(value) if isinstance(value, str) and value.isdecimal() else value


class ChampSiret(ChampSiren):
    """Fourteen digits of an establishment."""

    analyser = staticmethod(analyser_siret)


class ChoixParRubrique(forms.CheckboxSelectMultiple):
    """Ticks in folded groups; a group where something is ticked is open."""

    template_name = "formulaires/choix_par_rubrique.html"

    def create_option(self, name: str, value: Any, label: Any, selected: bool, index: int, *args: Any, **kwargs: Any) -> Any:
        """The first tick has the name that the summary of errors leads to."""
        if index == 0 and kwargs.get("subindex") == 0:
            kwargs["subindex"] = None
        return super().create_option(name, value, label, selected, index, *args, **kwargs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the groups: title, options, whether it is open."""
        contexte = super().get_context(name, value, attrs)
        groupes = contexte["widget"]["optgroups"]
        contexte["rubriques"] = [(titre, options, any(o["selected"] for o in options)) for titre, options, _ in groupes]
        return contexte


class PlusieursFichiers(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ChampFichiers(forms.FileField):
    """A list of files, empty when none is chosen; each is judged by the action."""

    widget = PlusieursFichiers

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Every file."""
        choisis = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ChampFichiers, self).clean(fichier, initial) for fichier in choisis]
