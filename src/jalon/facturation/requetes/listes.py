"""Lists of invoices: pages by key, newest first."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jalon.facturation.models import Facture
from jalon.socle.acteurs import Acteur
from jalon.socle.lectures import Lu, signaler
from jalon.socle.texte import normaliser

PAR_PAGE = 25
MOTS_CHERCHES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreFactures:
    """What is looked for. No state: all of them. Words: number, dossier, training, sender."""

    etats: frozenset[str] = frozenset()
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Up to 25 invoices, and the cursor of the next page; empty when there is none."""

    factures: list[Facture]
    suivant: str = ""


def liste_factures(acteur: Acteur, siren: str | None, filtre: FiltreFactures, curseur: str = "") -> Page:
    """A page of the invoices that the actor sees: of one SIREN (company and provider sides), or of everything."""
    factures = _filtrer(acteur, siren, filtre)
    apres = lire_curseur(curseur)
    if apres is not None:
        le, cle = apres
        factures = factures.filter(Q(deposee_le__lt=le) | Q(deposee_le=le, pk__lt=cle))
    lues = list(factures.select_related("document").order_by("-deposee_le", "-id")[: PAR_PAGE + 1])
    reste = len(lues) > PAR_PAGE
    lues = lues[:PAR_PAGE]
    signaler(acteur, [Lu(f.pk, personnes=0) for f in lues])
    return Page(lues, ecrire_curseur(lues[-1].deposee_le, lues[-1].pk) if reste else "")


def comptes_par_etat(acteur: Acteur, siren: str | None) -> dict[str, int]:
    """State -> number of invoices that the actor sees."""
    comptes = _filtrer(acteur, siren, FiltreFactures()).order_by().values_list("etat").annotate(nombre=Count("pk"))
    return dict(comptes)


def _filtrer(acteur: Acteur, siren: str | None, filtre: FiltreFactures) -> QuerySet[Facture]:
    factures: QuerySet[Facture] = Facture.objects.visibles_par(acteur)
    if siren is not None:
        factures = factures.filter(Q(siren=siren) | Q(prestataire_siren=siren))
    if filtre.etats:
        factures = factures.filter(etat__in=sorted(filtre.etats))
    for mot in normaliser(filtre.texte).split()[:MOTS_CHERCHES]:
        factures = factures.filter(recherche__contains=mot)
    return factures


def ecrire_curseur(le: datetime, cle: UUID) -> str:
    """The place after that row, as an opaque word."""
    return base64.urlsafe_b64encode(f"{le.isoformat()} {cle.hex}".encode()).decode().rstrip("=")


def lire_curseur(curseur: str) -> tuple[datetime, UUID] | None:
    """The place of a cursor; None (the first page) when it cannot be read."""
    try:
        le, _, cle = base64.urlsafe_b64decode(curseur + "=" * (-len(curseur) % 4)).decode().partition(" ")
        instant = datetime.fromisoformat(le)
        return (instant, UUID(cle)) if instant.tzinfo else None
    except (ValueError, binascii.Error):
        return None
