"""What was paid on each part of an agreement, beside what that part is worth now."""

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from jalon.engagements.models import Engagement
from jalon.engagements.requetes import echeances_de, lignes_de
from jalon.facturation.accord import part_de, profil_beneficiaire
from jalon.facturation.echeances import annexes_accordees
from jalon.facturation.enums import EtatFacture, GenreFacture, PosteVerse
from jalon.facturation.models import Facture, TropPercu
from jalon.facturation.regles.trop_percus import CompteDeVerse
from jalon.facturation.rendus import abandons, rendus
from jalon.socle.acteurs import Profil
from jalon.socle.montants import ZERO, euros, somme

GENRES = {
    PosteVerse.ECHEANCES: GenreFacture.FACTURE,
    PosteVerse.ANNEXES: GenreFacture.FACTURE,
    PosteVerse.FACTURE: GenreFacture.FACTURE,
    PosteVerse.DEPENSES: GenreFacture.ETAT_DEPENSES,
}


def poste_de(facture: Facture, *, echelonne: bool) -> PosteVerse:
    """The part of the agreement that an invoice draws on."""
    if facture.genre == GenreFacture.ETAT_DEPENSES:
        return PosteVerse.DEPENSES
    if not echelonne:
        return PosteVerse.FACTURE
    return PosteVerse.ANNEXES if facture.echeance_id is None else PosteVerse.ECHEANCES


def comptes_de(engagement: Engagement) -> dict[PosteVerse, CompteDeVerse]:
    """Every part of an agreement that the caller locked: what left the account, what came back, what is due, what was given up."""
    verses, rendu, abandonne = _verses(engagement), rendus([engagement.pk]), abandons([engagement.pk])
    return {
        poste: CompteDeVerse(
            verse=verses[poste],
            du=du,
            rendu=rendu[engagement.pk, poste],
            abandonne=abandonne[engagement.pk, poste],
        )
        for poste, du in _dus(engagement).items()
    }


def ne_comptent_plus(engagements: Collection[UUID]) -> dict[UUID, Decimal]:
    """Euros paid that the ceiling of an agreement does not hold any more: given back, or given up for good. One query where nothing
    was paid in excess."""
    trop_percus = TropPercu.objects.tous("jamais plus que l’accord, sans ce qui en est sorti").filter(
        engagement__in=list(engagements)
    )
    touches = set(trop_percus.exclude(recu=0, abandonne=0).values_list("engagement_id", flat=True))
    lus = Engagement.objects.tous("jamais plus que l’accord, sans ce qui en est sorti").filter(pk__in=touches)
    return {e.pk: somme(c.rendu + c.abandon_utile for c in comptes_de(e).values()) for e in lus}


def profil_du_poste(engagement: Engagement, poste: PosteVerse) -> Profil:
    """Who was paid on that part."""
    return profil_beneficiaire(engagement, GENRES[poste])


def _dus(engagement: Engagement) -> dict[PosteVerse, Decimal]:
    depenses = part_de(engagement, GenreFacture.ETAT_DEPENSES).a_payer
    if not engagement.echelonne:
        return {PosteVerse.FACTURE: part_de(engagement, GenreFacture.FACTURE).a_payer, PosteVerse.DEPENSES: depenses}
    return {
        PosteVerse.ECHEANCES: somme(e.montant for e in echeances_de(engagement)),
        PosteVerse.ANNEXES: annexes_accordees(lignes_de(engagement)),
        PosteVerse.DEPENSES: depenses,
    }


def _verses(engagement: Engagement) -> dict[PosteVerse, Decimal]:
    """Euros that left the OPCO's account."""
    factures = Facture.objects.tous("ce qui est payé d’un accord, avant d’en dire le trop-perçu").filter(
        engagement_id=engagement.pk, etat=EtatFacture.REGLEE
    )
    depenses, echeance = Q(genre=GenreFacture.ETAT_DEPENSES), Q(echeance__isnull=False)
    par_poste = {
        PosteVerse.DEPENSES: depenses,
        PosteVerse.ECHEANCES: ~depenses & echeance,
        PosteVerse.ANNEXES: ~depenses & ~echeance,
    }
    sommes = factures.aggregate(**{poste.value: Sum("montant_a_payer", filter=q) for poste, q in par_poste.items()})
    verses = {poste: euros(sommes[poste.value] or ZERO) for poste in par_poste}
    return {**verses, PosteVerse.FACTURE: verses[PosteVerse.ANNEXES]}
