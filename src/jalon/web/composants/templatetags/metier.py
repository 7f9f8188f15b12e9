"""Tags that know the objects of the business (builtin: no `{% load %}`)."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.core.files.storage import Storage, storages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jalon.aide.glossaire import GLOSSAIRE
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import retard_depuis
from jalon.referentiels.requetes import decrire_reference
from jalon.socle.dates import formater_jour
from jalon.web.composants.templatetags.jalon import etat, icone

register = template.Library()


@register.filter
def cle(table: Mapping[Any, Any], nom: Any) -> Any:
    """`{{ noms|cle:siren }}`: the value under a key, or nothing."""
    return table.get(nom, "")


@register.simple_tag
def terme(nom: str, mot: str = "", aide: bool = False) -> SafeString:
    """`{% terme "NPEC" %}`, `{% terme "Échéance" "échéance" %}`: a word and what it means; `aide`: a sign alone, beside a box.

    Without script, a link to the glossary. Raises KeyError for a word that the glossary has not.
    """
    return _terme(storages["staticfiles"], nom, mot, aide)


@lru_cache(maxsize=1024)
def _terme(statiques: Storage, nom: str, mot: str, aide: bool) -> SafeString:
    del statiques
    lu = GLOSSAIRE[nom]
    icone_du_signe = "circle-question-mark"
    signe = format_html('{}<span class="vh">Que veut dire {}\u00a0?</span>', icone(icone_du_signe, "s"), nom)
    return format_html(
        '<span class="terme" data-terme><a class="terme__mot{}" href="{}#{}">{}</a><span class="terme__bulle" popover="manual">'
        "<b>{}</b> {}{}</span></span>",
        " terme__mot--aide" if aide else "", reverse("glossaire"), lu.ancre, signe if aide else mot or nom,
        f"{nom}, {lu.developpe}." if lu.developpe else f"{nom}.", lu.definition,
        format_html(' <span class="mute">{}</span>', lu.article) if lu.article else "",
    )  # fmt: skip


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
