"""Tags that know the objects of the business (builtin: no `{% load %}`)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from jalon.dossiers.models import Dossier
from jalon.referentiels.requetes import decrire_reference
from jalon.web.composants.templatetags.jalon import etat

register = template.Library()


@register.filter
def cle(table: Mapping[Any, Any], nom: Any) -> Any:
    """`{{ noms|cle:siren }}`: the value under a key, or nothing."""
    return table.get(nom, "")


@register.filter
def bareme(reference: str) -> str:
    """The rules that gave the amounts, as people read them."""
    return decrire_reference(reference)


@register.simple_tag
def lien_dossier(dossier: Dossier, opco: bool = False, siren: str = "") -> str:
    """Address of a request for who reads the list: the OPCO's page, or that of the space of `siren` (else the company's)."""
    if opco:
        return reverse("opco_dossier", args=[dossier.pk])
    return reverse("espace_dossier", args=[siren or dossier.siren, dossier.pk])


@register.simple_tag
def etat_du_dossier(dossier: Dossier, jour: date) -> SafeString:
    """The badge of the state as shown that day."""
    return etat(dossier.etat_affiche(jour), "dossier")


@register.simple_tag
def prochaine_etape(dossier: Dossier, jour: date) -> str:
    """What happens next."""
    return dossier.prochaine_etape(jour)
