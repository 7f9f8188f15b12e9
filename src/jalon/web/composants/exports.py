"""What the three pages of exports share: a company's or provider's, the OPCO's, and « Mon compte »."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qsl, quote, urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalon.exports.actions.demandes import demander_export
from jalon.exports.enums import LIBELLES_FORMATS, FormatExport
from jalon.exports.models import Export
from jalon.exports.regles import RAISON_AU_PLUS, RAISONS, SANS_RAISON
from jalon.exports.requetes import COLONNES, ExportMontre, ce_qui_reste, exports_de, listes_exportables, montrer, relire
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.socle.identifiants import grouper
from jalon.socle.listes import Liste
from jalon.socle.relance import etat_de_la_file
from jalon.web.composants import actes
from jalon.web.composants.ecrans import ECRAN_BROUILLONS, ECRAN_DOSSIERS, ECRAN_FACTURES, ECRAN_FILE, ECRAN_REGLEMENTS
from jalon.web.composants.listes import filtres_en_mots

TYPES = {
    FormatExport.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FormatExport.CSV: "text/csv; charset=utf-8",
}
ECRANS = {ecran.liste.code: ecran for ecran in (ECRAN_DOSSIERS, ECRAN_BROUILLONS, ECRAN_FACTURES, ECRAN_REGLEMENTS, ECRAN_FILE)}
RAISONS_PROPOSEES = "raisons-d-export"
PORTES = ("liste", "requete", "libelle")
"""What goes with the format, and stays while it is corrected."""
SECONDES_D_ATTENTE = 1.0
PAS = 0.05
AVEC_DETAIL = {"dossiers": "Dossiers, avec le détail financier"}
"""Names of the ready-made exports, when the list has another."""


class FormulaireExport(forms.Form):
    """What the button of a list asks; which list and its address come with it, and nobody types them."""

    raison = forms.CharField(
        label="À quoi servira ce fichier\u00a0?",
        help_text="Quelques mots, pour le journal des accès et la première feuille du classeur.",
        max_length=RAISON_AU_PLUS,
        widget=forms.TextInput(attrs={"list": RAISONS_PROPOSEES, "autocomplete": "off"}),
        error_messages={"required": SANS_RAISON},
    )
    format = forms.ChoiceField(
        label="Format",
        choices=[(f.value, LIBELLES_FORMATS[f]) for f in FormatExport],
        error_messages={"required": "Choisissez Excel ou CSV", "invalid_choice": "Choisissez Excel ou CSV"},
    )


@dataclass(frozen=True, slots=True)
class ToutPret:
    """A list with all its columns, in one click."""

    code: str
    libelle: str
    colonnes: int
    requete: str


@dataclass(frozen=True, slots=True)
class LigneDExport:
    """An export and what may be done with it, wherever the page is."""

    vue: ExportMontre
    telecharger: str
    annuler: str
    lieu: str


def lignes_d_exports(exports: Iterable[Export]) -> list[LigneDExport]:
    """Each with its addresses, in the space where it was asked."""
    le = maintenant()
    return [_ligne(montrer(export, le)) for export in exports]


def _ligne(vue: ExportMontre) -> LigneDExport:
    siren, ident = vue.export.siren, vue.export.pk
    if siren:
        telecharger, annuler = (reverse(f"espace_export_{acte}", args=[siren, ident]) for acte in ("telecharger", "annuler"))
        return LigneDExport(vue, telecharger, annuler, f"SIREN {grouper(siren)}")
    telecharger, annuler = (reverse(f"opco_export_{acte}", args=[ident]) for acte in ("telecharger", "annuler"))
    return LigneDExport(vue, telecharger, annuler, "OPCO")


def tout_pret(liste: Liste) -> ToutPret:
    """The ready-made export of a list."""
    requete = urlencode({COLONNES: ",".join(colonne.code for colonne in liste.colonnes)})
    return ToutPret(liste.code, AVEC_DETAIL.get(liste.code, liste.libelle), len(liste.colonnes), requete)


def page_des_exports(
    request: HttpRequest, acteur: ActeurPersonne, siren: str | None, formulaire: FormulaireExport | None = None
) -> HttpResponse:
    """The exports of the person there, and what she may ask for. htmx asks for the table alone, every two seconds while one is made."""
    lignes = lignes_d_exports(exports_de(acteur, siren))
    contexte = {
        "lignes": lignes,
        "actifs": any(ligne.vue.actif for ligne in lignes),
        "montre_lieu": False,
        "adresse": reverse("espace_exports", args=[siren]) if siren else reverse("opco_exports"),
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "exports/tableau.html", contexte)
    return actes.montrer(
        request,
        "exports/page.html",
        formulaire or FormulaireExport(),
        reste=ce_qui_reste(acteur, siren, maintenant()),
        raisons=RAISONS,
        tout_prets=[tout_pret(liste) for liste in listes_exportables(acteur, siren)],
        demander=reverse("espace_export_demander", args=[siren]) if siren else reverse("opco_export_demander"),
        porte=[(nom, request.POST.get(nom, "")) for nom in PORTES],
        **contexte,
    )


def demander(request: HttpRequest, acteur: ActeurPersonne, siren: str | None) -> HttpResponse:
    """Ask for an export; a small one is there when the next page is."""
    formulaire = FormulaireExport(request.POST)
    liste, requete = request.POST.get("liste", ""), request.POST.get("requete", "")
    export = actes.tenter(
        formulaire,
        lambda: demander_export(
            liste=liste,
            requete=requete,
            filtres=filtres_en_mots_de(liste, requete),
            libelle=request.POST.get("libelle", ""),
            raison=formulaire.cleaned_data["raison"],
            format_=formulaire.cleaned_data["format"],
            siren=siren,
            par=acteur,
            maintenant=maintenant(),
        ),
    )
    if export is None:
        return page_des_exports(request, acteur, siren, formulaire)
    attendre_un_instant(export, acteur)
    return redirect("espace_exports", siren=siren) if siren else redirect("opco_exports")


def filtres_en_mots_de(code: str, requete: str) -> str:
    """The filters of an address as the chips of its list say them; nothing for a list without a screen of its own."""
    ecran = ECRANS.get(code)
    if ecran is None:
        return ""
    lecture = ecran.liste.lire(dict(parse_qsl(requete)), aujourdhui())
    return " / ".join(filtres_en_mots(ecran, lecture.filtre))


def attendre_un_instant(export: Export, acteur: ActeurPersonne) -> None:
    """Up to a second for the file, if a worker is there to make it: the button then shows it at once."""
    if not etat_de_la_file().ouvrier_vivant:
        return
    fin = time.monotonic() + SECONDES_D_ATTENTE
    while time.monotonic() < fin and montrer(relire(export, acteur), maintenant()).actif:
        time.sleep(PAS)


def reponse_du_fichier(export: Export, contenu: Iterator[bytes]) -> HttpResponse:
    """The file, block by block, kept by the browser and never opened inside our origin (exigences, T7)."""
    reponse = StreamingHttpResponse(contenu, content_type=TYPES[FormatExport(export.format)])
    reponse.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(export.nom_fichier)}"
    reponse.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    reponse.headers["Content-Length"] = str(export.taille)
    return cast("HttpResponse", cast("Any", reponse))
