"""Tags that know the objects of the business (builtin: no `{% load %}`)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import retard_depuis
from jalon.referentiels.requetes import decrire_reference
from jalon.socle.dates import formater_jour
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


@register.simple_tag
def compte_a_rebours(dossier: Dossier, jour: date) -> SafeString:
    """« Silence dans 3 jours : refus implicite », in its tone; nothing where the OPCO's silence has no effect."""
    compte = dossier.compte_a_rebours(jour)
    if compte is None:
        return SafeString()
    ton = f" due--{compte.ton}" if compte.ton else ""
    return format_html('<span class="due{}">{}</span>', ton, compte.phrase(jour))


@register.simple_tag
def a_transmettre(dossier: Dossier, jour: date) -> SafeString:
    """The last day to send a draft; once it is over, since when it is late. A dash while the first day is not known."""
    retard = retard_depuis(dossier.attente, jour)
    if retard is not None:
        return format_html('<span class="due due--bad">En retard depuis le {}</span>', formater_jour(retard, jour))
    return format_html("Avant le {}", formater_jour(dossier.attend_avant, jour)) if dossier.attend_avant else SafeString("—")
