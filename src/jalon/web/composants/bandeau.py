"""The band at the top of every page: what the OPCO says of the portal, less what the person closed for her session."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest

from jalon.aide.enums import PublicEtat
from jalon.aide.regles_etats import Etat
from jalon.aide.requetes_etats import etats_de_la_page, rien_a_dire
from jalon.socle.horloge import maintenant

FERMES = "etats_fermes"
FERMES_AU_PLUS = 50


def etats_affiches(request: HttpRequest, publics: Iterable[PublicEtat], *, memoire_seule: bool = False) -> list[Etat]:
    """Messages for that page; `memoire_seule`: what this process knows already, for the page of an error, which reads nothing."""
    if rien_a_dire():
        return []
    etats = etats_de_la_page(publics, maintenant(), memoire_seule=memoire_seule)
    if not any(e.se_ferme for e in etats):
        return etats
    fermes = _fermes(request)
    return [e for e in etats if not e.se_ferme or str(e.id) not in fermes]


def fermer(request: HttpRequest, message_id: UUID) -> None:
    """Close it until the end of the session; the newest ones are kept."""
    request.session[FERMES] = [*(f for f in _fermes(request) if f != str(message_id)), str(message_id)][-FERMES_AU_PLUS:]


def _fermes(request: HttpRequest) -> list[str]:
    session = getattr(request, "session", None)
    lus: list[str] = session.get(FERMES, []) if session is not None else []
    return lus
