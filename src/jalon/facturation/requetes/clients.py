"""Invoices to send and invoices refused, counted together for all the organisations that somebody follows."""

from collections import Counter
from datetime import date

from django.db.models import Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from jalon.dossiers.enums import PAYABLES, EtatDossier
from jalon.engagements.models import Engagement, LigneEngagement
from jalon.facturation.echeances import quelque_chose_d_ouvert
from jalon.facturation.enums import EtatFacture, GenreFacture
from jalon.facturation.models import Facture
from jalon.facturation.rejets import factures_a_corriger
from jalon.facturation.requetes.a_facturer import ENVOI
from jalon.socle.acteurs import Acteur
from jalon.socle.baremes import ModePaiement
from jalon.socle.montants import ZERO


def a_facturer_par_siren(acteur: Acteur, jour: date) -> Counter[str]:
    """SIREN -> agreements whose training is over, not invoiced whole, of which that side is paid a part; or with an open payment.

    Everywhere the actor sends invoices, company and provider sides: a query for each that she has.
    """
    perimetre = acteur.perimetre(ENVOI)
    accordes = Engagement.objects.visibles_par(acteur).filter(dossier__montant_facture__lt=F("dossier__montant_a_payer"))
    finis = Q(dossier__etat=EtatDossier.ACCORDE, dossier__date_fin__lte=jour) | Q(dossier__etat=EtatDossier.ROMPU)
    comptes: Counter[str] = Counter()
    if perimetre.sirens or perimetre.sirets:
        siens = Q(dossier__siren__dans=perimetre.sirens) | Q(dossier__siret__dans=perimetre.sirets)
        reste = Q(mode_paiement=ModePaiement.REMBOURSEMENT) | Q(propres__gt=_demande(GenreFacture.ETAT_DEPENSES))
        comptes += _compter(accordes.filter(finis).annotate(propres=_propres()).filter(siens, reste), "dossier__siren")
    if perimetre.prestataires:
        siens = Q(dossier__prestataire_siren__dans=perimetre.prestataires, mode_paiement=ModePaiement.SUBROGATION)
        reste = Q(finis, echelonne=False, sienne__gt=_demande(GenreFacture.FACTURE))
        reste |= Q(dossier__etat__in=PAYABLES, dossier__date_debut__lte=jour) & quelque_chose_d_ouvert(jour)
        sienne = accordes.annotate(sienne=F("montant_a_payer") - _propres())
        comptes += _compter(sienne.filter(siens, reste), "dossier__prestataire_siren")
    return comptes


def _propres() -> Combinable:
    """The company's own expenses: the lines that bear no VAT (see `accord`)."""
    lignes = LigneEngagement.objects.filter(engagement=OuterRef("pk"), remplacee_le__isnull=True, soumise_a_tva=False)
    return _somme(lignes, "montant_ht")


def _demande(genre: GenreFacture) -> Combinable:
    """What the invoices not refused of that kind already ask."""
    factures = Facture.objects.tous("somme des factures d’un engagement, pour savoir ce qui reste")
    return _somme(factures.filter(engagement=OuterRef("pk"), genre=genre).exclude(etat=EtatFacture.REJETEE), "montant_a_payer")


def _somme(lignes: QuerySet[LigneEngagement] | QuerySet[Facture], colonne: str) -> Combinable:
    somme = lignes.order_by().values("engagement").annotate(somme=Sum(colonne)).values("somme")
    return Coalesce(Subquery(somme), ZERO, output_field=DecimalField())


def rejetees_par_siren(acteur: Acteur) -> Counter[str]:
    """SIREN -> invoices that the OPCO refused and that no other has replaced, of which that side is paid, wherever the actor
    sends invoices. One query."""
    return _compter(factures_a_corriger(acteur), "beneficiaire_siren")


def _compter(lignes: QuerySet[Engagement] | QuerySet[Facture], colonne: str) -> Counter[str]:
    return Counter(dict(lignes.order_by().values_list(colonne).annotate(nombre=Count("pk"))))
