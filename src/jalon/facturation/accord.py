"""What the engagement grants to each kind of invoice, and what was already drawn on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from jalon.engagements.models import Engagement, LigneEngagement
from jalon.engagements.requetes import lignes_de, lignes_en_vigueur
from jalon.facturation.echeances import annexes_accordees, annexes_demandees, suivis
from jalon.facturation.enums import EtatFacture, GenreFacture, PosteVerse
from jalon.facturation.models import Facture
from jalon.facturation.regles import LigneAccordee, Montants, beneficiaire, hors_taxes, part_accordee
from jalon.facturation.rendus import Rendus, rendus
from jalon.socle.acteurs import Domaine, Portee, Profil
from jalon.socle.baremes import ModePaiement
from jalon.socle.montants import ZERO, euros

GENRES_DES_POSTES = {PosteVerse.FACTURE: GenreFacture.FACTURE, PosteVerse.DEPENSES: GenreFacture.ETAT_DEPENSES}
"""Parts without a schedule."""


def part_de(engagement: Engagement, genre: GenreFacture) -> Montants:
    """The part of the grant that this kind of invoice draws on."""
    return _part(engagement, genre, lignes_de(engagement))


def _part(engagement: Engagement, genre: GenreFacture, lignes: Iterable[LigneEngagement]) -> Montants:
    """The lines that bear VAT are those of a provider; the others are the company's own expenses."""
    accordees = [LigneAccordee(ligne.montant_ht, ligne.soumise_a_tva) for ligne in lignes]
    return part_accordee(genre, ModePaiement(engagement.mode_paiement), engagement.taux_tva, accordees)


def deja_demande(engagement: Engagement, genre: GenreFacture) -> Montants:
    """What the invoices not rejected already draw on it. Read under the lock of the engagement before writing."""
    return _deja([engagement], rendus([engagement.pk]))[engagement.pk, genre]


def _deja(engagements: Sequence[Engagement], rendu: Rendus) -> dict[tuple[UUID, GenreFacture], Montants]:
    directs = {e.pk for e in engagements if e.mode_paiement == ModePaiement.SUBROGATION}
    factures = Facture.objects.tous("somme des factures d’un engagement, jamais plus que l’accord")
    sommes = (
        factures.filter(engagement__in=[e.pk for e in engagements])
        .exclude(etat=EtatFacture.REJETEE)
        .order_by()
        .values_list("engagement_id", "genre")
        .annotate(ht=Sum("montant_ht"), a_payer=Sum("montant_a_payer"))
    )
    deja: dict[tuple[UUID, GenreFacture], Montants] = defaultdict(Montants)
    for cle, genre, ht, a_payer in sommes:
        facture_en_direct = cle in directs and genre == GenreFacture.FACTURE
        deja[cle, GenreFacture(genre)] = Montants(euros(ht) if facture_en_direct else euros(a_payer), euros(a_payer))
    _oter_les_rendus(deja, {e.pk: e for e in engagements}, rendu)
    return deja


def _oter_les_rendus(
    deja: dict[tuple[UUID, GenreFacture], Montants], engagements: Mapping[UUID, Engagement], rendu: Rendus
) -> None:
    """What was given back may be asked again, if the agreement grows; of a schedule, it counts payment by payment."""
    for (cle, poste), retour in rendu.items():
        if poste not in GENRES_DES_POSTES:
            continue
        genre, taux = GENRES_DES_POSTES[poste], engagements[cle].taux_tva
        avant, direct = deja[cle, genre], beneficiaire(genre, ModePaiement(engagements[cle].mode_paiement)) == Profil.PRESTATAIRE
        ht = hors_taxes(retour, taux) if direct else retour
        deja[cle, genre] = Montants(euros(avant.ht - ht), euros(avant.a_payer - retour))


def restes_a_facturer(engagements: Sequence[Engagement], jour: date) -> dict[tuple[UUID, GenreFacture], Decimal]:
    """Euros that can be asked that day, by engagement and kind of invoice: what is left of the grant or, where there is a schedule,
    of its open payments and of the annex costs. Three queries whatever the number of engagements; six when one has a schedule."""
    lignes: dict[UUID, list[LigneEngagement]] = defaultdict(list)
    for ligne in lignes_en_vigueur(e.pk for e in engagements):
        lignes[ligne.engagement_id].append(ligne)
    rendu = rendus(e.pk for e in engagements)
    deja = _deja(engagements, rendu)
    restes = {
        (e.pk, genre): max(ZERO, euros(_part(e, genre, lignes[e.pk]).a_payer - deja[e.pk, genre].a_payer))
        for e in engagements
        for genre in GenreFacture
    }
    echelonnes = {e.pk: lignes[e.pk] for e in engagements if e.echelonne}
    return restes | {(cle, GenreFacture.FACTURE): reste for cle, reste in _des_echeances(echelonnes, jour, rendu).items()}


def _des_echeances(echelonnes: Mapping[UUID, Sequence[LigneEngagement]], jour: date, rendu: Rendus) -> dict[UUID, Decimal]:
    """Euros HT that the provider can ask that day, by engagement paid by a schedule."""
    if not echelonnes:
        return {}
    ouverts, annexes = suivis(list(echelonnes), jour, rendu), annexes_demandees(list(echelonnes), rendu)
    return {
        cle: euros(ouverts[cle].ouvert + max(ZERO, annexes_accordees(lignes) - annexes[cle]))
        for cle, lignes in echelonnes.items()
    }


def profil_beneficiaire(engagement: Engagement, genre: GenreFacture) -> Profil:
    """Who is paid by this kind of invoice."""
    return beneficiaire(genre, ModePaiement(engagement.mode_paiement))


def portee_de_l_emetteur(facture: Facture) -> Portee:
    """The side that sent an invoice: it stays its own when the agreement passes to another company."""
    if facture.beneficiaire_profil == Profil.PRESTATAIRE:
        return Portee(prestataire_siren=facture.prestataire_siren, domaine=Domaine.FACTURES)
    return Portee(siren=facture.siren, siret=facture.siret, domaine=Domaine.FACTURES)


def portee_du_beneficiaire(engagement: Engagement, profil: Profil) -> Portee:
    """The side that sends the invoice: a right held on the other side, or at the OPCO, gives nothing there."""
    if profil == Profil.PRESTATAIRE:
        return Portee(prestataire_siren=engagement.prestataire_siren, domaine=Domaine.FACTURES)
    return Portee(siren=engagement.siren, siret=engagement.siret, domaine=Domaine.FACTURES)
