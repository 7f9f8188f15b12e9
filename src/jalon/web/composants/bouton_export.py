"""« Exporter », beside the columns of a list: what is on the screen, with the columns that lead each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from jalon.exports.acteurs import EXPORTER
from jalon.exports.regles import RAISONS
from jalon.exports.requetes import COLONNES, HORS_EXPORT
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.listes import Colonne, Liste


@dataclass(frozen=True, slots=True)
class BoutonDExport:
    """Where the button sends, and what."""

    demander: str
    liste: str
    libelle: str
    requete: str
    raisons: tuple[str, ...] = RAISONS


def bouton_d_export(
    request: HttpRequest, liste: Liste, parametres: Mapping[str, str], tete: Sequence[str], montrees: Sequence[Colonne]
) -> BoutonDExport | None:
    """The button of that list; None where nothing may be taken out, or where several organisations are shown at once."""
    adresse = _adresse(request)
    if not adresse:
        return None
    codes = dict.fromkeys([*tete, *(colonne.code for colonne in montrees)])
    gardes = {nom: valeur for nom, valeur in parametres.items() if valeur and nom not in HORS_EXPORT}
    return BoutonDExport(adresse, liste.code, liste.libelle, urlencode({**gardes, COLONNES: ",".join(codes)}))


def _adresse(request: HttpRequest) -> str:
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    page = request.resolver_match
    if page is None or acteur.regarde_seulement:
        return ""
    siren = page.kwargs.get("siren", "")
    if siren:
        return reverse("espace_export_demander", args=[siren]) if acteur.a_un_droit(siren, EXPORTER) else ""
    return reverse("opco_export_demander") if str(page.url_name).startswith("opco_") and acteur.roles_opco else ""
