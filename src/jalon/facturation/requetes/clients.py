"""Invoices to send and invoices refused of each of the organisations that somebody follows, counted together."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from jalon.dossiers.enums import EtatDossier
from jalon.engagements.models import Engagement, LigneEngagement
from jalon.facturation.enums import EtatFacture, MotifRejet
from jalon.facturation.models import Facture
from jalon.facturation.requetes.a_facturer import ENVOI
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.baremes import ModePaiement
from jalon.socle.modeles import q_du_perimetre


def a_facturer_par_siren(acteur: Acteur, sirens: Collection[str], jour: date) -> Counter[str]:
    """SIREN -> agreements whose training is over, not invoiced whole, of which that side is paid a part. Two queries."""
    finis = (
        Engagement.objects.visibles_par(acteur)
        .filter(q_du_perimetre(acteur.perimetre(ENVOI)))
        .filter(dossier__etat=EtatDossier.ACCORDE, dossier__date_fin__lte=jour)
        .filter(dossier__montant_facture__lt=F("dossier__montant_a_payer"))
    )
    propres = Exists(LigneEngagement.objects.filter(engagement=OuterRef("pk"), soumise_a_tva=False))
    rembourse = Q(mode_paiement=ModePaiement.REMBOURSEMENT) | propres
    return _compter(finis.filter(rembourse, dossier__siren__dans=list(sirens)), "dossier__siren") + _compter(
        finis.filter(mode_paiement=ModePaiement.SUBROGATION, prestataire_siren__dans=list(sirens)), "prestataire_siren"
    )


def rejetees_par_siren(acteur: Acteur, sirens: Collection[str]) -> Counter[str]:
    """SIREN -> invoices that the OPCO refused and that no other has replaced, of which that side is paid. One query."""
    suivantes = Facture.objects.visibles_par(acteur).filter(engagement=OuterRef("engagement"), genre=OuterRef("genre"))
    refusees = (
        Facture.objects.visibles_par(acteur, Niveau.ENVOI)
        .filter(etat=EtatFacture.REJETEE, beneficiaire_siren__dans=list(sirens))
        .exclude(motif_rejet=MotifRejet.ANNULEE_EMETTEUR)
        .exclude(Exists(suivantes.filter(deposee_le__gt=OuterRef("deposee_le"))))
    )
    return _compter(refusees, "beneficiaire_siren")


def _compter(lignes: QuerySet[Engagement] | QuerySet[Facture], colonne: str) -> Counter[str]:
    return Counter(dict(lignes.order_by().values_list(colonne).annotate(nombre=Count("pk"))))
