"""Tags and filters of every template (builtin: no `{% load %}`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.core.files.storage import Storage, storages
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from jalon.aide.glossaire import terme_de_la_case
from jalon.comptes.appareils import genre_d_appareil, lieu_de_l_adresse, nom_du_navigateur
from jalon.dispositifs.types.identifiants import afficher_telephone
from jalon.socle.acteurs import LIBELLES_NIVEAUX, Niveau
from jalon.socle.dates import PARIS, formater_date, formater_jour
from jalon.socle.identifiants import grouper as grouper_chiffres
from jalon.socle.montants import formater_montant
from jalon.web.composants import phrases as textes
from jalon.web.composants.contexte import communs
from jalon.web.composants.coquille import Coquille
from jalon.web.composants.etats import etiquette
from jalon.web.composants.marque import Marque
from jalon.web.composants.moment import ce_jour

register = template.Library()

TAILLES = {"": "icon", "s": "icon icon--s", "l": "icon icon--l"}
Y_BARRES = (9, 6, 3, 0)


@register.simple_tag
def icone(nom: str, taille: str = "", classe: str = "") -> SafeString:
    """`{% icone "house" %}`, small « s » or large « l »: a symbol of the sprite, decorative."""
    return _icone(storages["staticfiles"], nom, taille, classe)


@lru_cache(maxsize=1024)
def _icone(statiques: Storage, nom: str, taille: str, classe: str) -> SafeString:
    """Drawn once per process and storage: a page holds sixty of them."""
    classes = f"{TAILLES[taille]} {classe}".rstrip()
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>',
        classes,
        statiques.url("icones.svg"),
        nom,
    )


@register.simple_tag
def etat(valeur: str, objet: str = "dossier") -> SafeString:
    """`{% etat dossier.etat %}`, `{% etat facture.etat "facture" %}`: the badge, without the cost of a component."""
    return _etat(storages["staticfiles"], valeur, objet)


@lru_cache(maxsize=1024)
def _etat(statiques: Storage, valeur: str, objet: str) -> SafeString:
    marque = etiquette(valeur, objet)
    ton = "" if marque.ton == "neutre" else f" badge--{marque.ton}"
    return format_html('<span class="badge{}">{}{}</span>', ton, _icone(statiques, marque.icone, "", ""), marque.libelle)


@register.simple_tag
def dessin(gabarit: str, coquille: Coquille | None = None) -> SafeString:
    """`{% dessin "composants/rail.html" coquille %}`: a part of the shell that shows nothing but the shell and the settings.

    The same values give the same drawing, so it is drawn once per process; whatever a form carries stays out of it.
    """
    fixes = communs()
    return _dessin(storages["staticfiles"], gabarit, coquille, fixes["marque"], fixes["demo"])


@lru_cache(maxsize=1024)
def _dessin(statiques: Storage, gabarit: str, coquille: Coquille | None, nom: Marque, demo: bool) -> SafeString:
    del statiques
    return mark_safe(render_to_string(gabarit, communs() | {"coquille": coquille, "marque": nom, "demo": demo}))  # noqa: S308 (a template of ours, escaped there)


@register.simple_tag
def niveau(valeur: Niveau | int) -> SafeString:
    """A level of right, by bars and word."""
    rang = int(valeur)
    barres = "".join(
        f'<rect class="{"on" if i < rang else "off"}" x="{i * 4.5}" y="{y}" width="3" height="{12 - y}" rx="1"/>'
        for i, y in enumerate(Y_BARRES)
    )
    return format_html(
        '<span class="lv-b{}"><svg viewBox="0 0 17 12" aria-hidden="true" focusable="false">{}</svg>{}</span>',
        "" if rang else " lv-0",
        mark_safe(barres),  # noqa: S308 (digits only)
        LIBELLES_NIVEAUX[Niveau(rang)],
    )


@register.simple_tag
def champ(boite: BoundField, libelle: str = "", aide: str | None = None) -> SafeString:
    """`{% champ form.login "Adresse électronique" %}`: a field with our label and help in place of the library's."""
    if libelle:
        boite.label = libelle
    if aide is not None:
        boite.help_text = aide
        boite.field.help_text = aide
    return boite.as_field_group()


@register.simple_tag
def attributs(attrs: Mapping[str, Any]) -> SafeString:
    """Attributes given to a component and not declared by it, escaped whatever their origin."""
    retenus = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else attrs
    morceaux = []
    for nom, valeur in retenus.items():
        if valeur is True:
            morceaux.append(f" {nom}")
        elif valeur not in (None, False):
            morceaux.append(f' {nom}="{conditional_escape(valeur)}"')
    return mark_safe("".join(morceaux))  # noqa: S308 (each value is escaped above)


@dataclass(frozen=True, slots=True)
class Habillage:
    """What a field may say of its own look."""

    unite: str
    hors_bande: bool
    constate: bool
    terme: str


@register.filter
def habillage(boite: BoundField) -> Habillage:
    """`field|habillage`: unit after the box, whether htmx swaps it by its identifier, whether controls are told beside it, the
    word of the glossary that explains a box of text.
    """
    explique = terme_de_la_case(boite.name) if boite.widget_type == "text" else None
    return Habillage(
        unite=getattr(boite.field, "unite", ""),
        hors_bande=getattr(boite.field, "hors_bande", False),
        constate=hasattr(boite, "constats"),
        terme=explique.mot if explique else "",
    )


@register.filter
def phrases(boite: BoundField) -> list[str]:
    """Sentences of a field's errors."""
    return textes.phrases(boite)


@register.filter
def resume_erreurs(formulaire: BaseForm) -> list[tuple[str, str]]:
    """(anchor, sentence) of every error of a form."""
    return list(textes.resume(formulaire))


@register.filter
def titre_erreurs(liste: list[tuple[str, str]]) -> str:
    """« Deux réponses à corriger »."""
    return textes.titre_du_resume(sum(1 for ancre, _ in liste if ancre))


@register.filter
def montant(valeur: Decimal | int | None) -> str:
    """« 1 867,02 € », or a dash."""
    return "—" if valeur is None else formater_montant(Decimal(valeur))


@register.filter
def nombre(valeur: Decimal) -> str:
    """« 14 », « 3,5 »: no more decimals than it takes."""
    return f"{valeur.normalize():f}".replace(".", ",")


@register.filter
def entier(valeur: int) -> str:
    """« 1 248 »."""
    return f"{valeur:,}".replace(",", "\u00a0")


@register.filter
def jour(valeur: date | datetime | None) -> str:
    """« mer. 25 nov. », « 4 déc. », « 4 déc. 2027 »."""
    return formater_jour(_en_jour(valeur), ce_jour()) if valeur else "—"


@register.filter
def date_fr(valeur: date | datetime | None) -> str:
    """« 30/11/2026 »."""
    return formater_date(_en_jour(valeur)) if valeur else "—"


@register.filter
def instant(valeur: datetime) -> str:
    """« 16 nov., 11:20 » in Paris."""
    local = valeur.astimezone(PARIS)
    return f"{formater_jour(local.date(), ce_jour())}, {local:%H:%M}"


@register.filter
def grouper(chiffres: str) -> str:
    """A SIREN or a SIRET in groups."""
    return grouper_chiffres(chiffres)


@register.filter
def telephone(numero: str) -> str:
    """« 01 88 13 10 00 »."""
    return afficher_telephone(numero)


@register.filter
def point(phrase: str) -> str:
    """A sentence written for a field, ended for a page."""
    return phrase if phrase[-1:] in {"", ".", "!", "?", "…"} else f"{phrase}."


@register.filter
def navigateur(agent: str) -> str:
    """« Firefox, Windows » from a User-Agent; the browser's own words when neither is known."""
    return nom_du_navigateur(agent)


@register.filter
def appareil(agent: str) -> str:
    """« Téléphone », « Tablette » or « Ordinateur »."""
    return genre_d_appareil(agent)


@register.filter
def lieu(adresse: str) -> str:
    """« Réseau local », « Internet »: what an IP address says by itself."""
    return lieu_de_l_adresse(adresse)


@register.filter
def initiales(nom: str) -> str:
    """Two letters for an avatar."""
    mots = [mot for mot in nom.replace("-", " ").split() if mot[0].isalnum()]
    return "".join(mot[0] for mot in mots[:2]).upper()


def _en_jour(valeur: date | datetime) -> date:
    return valeur.astimezone(PARIS).date() if isinstance(valeur, datetime) else valeur
