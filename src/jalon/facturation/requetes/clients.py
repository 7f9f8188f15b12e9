"""Invoices to send and invoices refused, counted together for all the organisations that somebody follows."""

from collections import Counter
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from jalon.dossiers.enums import EtatDossier
from jalon.engagements.models import Engagement, LigneEngagement
from jalon.facturation.enums import EtatFacture, MotifRejet
from jalon.facturation.models import Facture
from jalon.facturation.requetes.a_facturer import ENVOI
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.baremes import ModePaiement


def a_facturer_par_siren(acteur: Acteur, jour: date) -> Counter[str]:
    """SIREN -> agreements whose training is over, not invoiced whole, of which that side is paid a part.

    Everywhere the actor sends invoices, company and provider sides: a query for each that she has.
    """
    perimetre = acteur.perimetre(ENVOI)
    finis = Engagement.objects.visibles_par(acteur).filter(
        dossier__etat=EtatDossier.ACCORDE,
        dossier__date_fin__lte=jour,
        dossier__montant_facture__lt=F("dossier__montant_a_payer"),
    )
    comptes: Counter[str] = Counter()
    if perimetre.sirens or perimetre.sirets:
        propres = Exists(LigneEngagement.objects.filter(engagement=OuterRef("pk"), soumise_a_tva=False))
        siens = Q(dossier__siren__dans=perimetre.sirens) | Q(dossier__siret__dans=perimetre.sirets)
        rembourse = Q(mode_paiement=ModePaiement.REMBOURSEMENT) | propres
        comptes += _compter(finis.filter(siens, rembourse), "dossier__siren")
    if perimetre.prestataires:
        siens = Q(dossier__prestataire_siren__dans=perimetre.prestataires)
        comptes += _compter(finis.filter(siens, mode_paiement=ModePaiement.SUBROGATION), "dossier__prestataire_siren")
    return comptes


def rejetees_par_siren(acteur: Acteur) -> Counter[str]:
    """SIREN -> invoices that the OPCO refused and that no other has replaced, of which that side is paid, wherever the actor
    sends invoices. One query."""
    suivantes = Facture.objects.tous("facture envoyée depuis à la place d’une facture refusée").filter(
        engagement=OuterRef("engagement"), genre=OuterRef("genre"), deposee_le__gt=OuterRef("deposee_le")
    )
    refusees = (
        Facture.objects.visibles_par(acteur, Niveau.ENVOI)
        .filter(etat=EtatFacture.REJETEE)
        .exclude(motif_rejet=MotifRejet.ANNULEE_EMETTEUR)
        .exclude(Exists(suivantes))
    )
    return _compter(refusees, "beneficiaire_siren")


def _compter(lignes: QuerySet[Engagement] | QuerySet[Facture], colonne: str) -> Counter[str]:
    return Counter(dict(lignes.order_by().values_list(colonne).annotate(nombre=Count("pk"))))
