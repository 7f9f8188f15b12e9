"""Overpayments: one, those of a side, those that the OPCO follows."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from jalon.dossiers.models import Dossier
from jalon.facturation.enums import TROP_PERCUS_OUVERTS
from jalon.facturation.models import Remboursement, TropPercu
from jalon.socle.acteurs import Acteur, Pouvoir, Tache
from jalon.socle.erreurs import Introuvable
from jalon.socle.montants import formater_montant

TROP_PERCUS_AU_PLUS = 200
TACHES_AU_PLUS = 20


def trop_percu_accessible(trop_percu_id: UUID, acteur: Acteur) -> TropPercu:
    """The overpayment, if the actor may read it. Raises Introuvable."""
    visibles = TropPercu.objects.visibles_par(acteur).select_related("engagement__dossier")
    trouve: TropPercu | None = visibles.filter(pk=trop_percu_id).first()
    if trouve is None:
        raise Introuvable("Nous ne trouvons pas ce trop-perçu.")
    return trouve


def trop_percus(acteur: Acteur, siren: str | None = None, *, ouverts: bool = False) -> list[TropPercu]:
    """Those that the actor reads, the open ones first, then the newest; with `siren`, those of that space. One query."""
    visibles = TropPercu.objects.visibles_par(acteur)
    if siren is not None:
        visibles = visibles.filter(Q(siren=siren) | Q(prestataire_siren=siren))
    if ouverts:
        visibles = visibles.filter(etat__in=TROP_PERCUS_OUVERTS)
    lus = list(visibles.order_by("-constate_le", "-id")[:TROP_PERCUS_AU_PLUS])
    return sorted(lus, key=lambda t: not t.ouvert)


def trop_percus_de(dossier: Dossier, acteur: Acteur) -> list[TropPercu]:
    """Those of one request that the actor reads, oldest first."""
    return list(TropPercu.objects.visibles_par(acteur).filter(engagement__dossier=dossier).order_by("constate_le", "id"))


def remboursements_de(trop_percu: TropPercu) -> list[Remboursement]:
    """What came back for one, oldest first."""
    return list(trop_percu.remboursements.order_by("recu_le", "id"))


def trop_percus_a_faire(acteur: Acteur, siren: str | None, jour: date) -> list[Tache]:
    """To give back, for who was paid there; without SIREN, to reclaim, late ones included, for the OPCO. One query."""
    visibles = TropPercu.objects.visibles_par(acteur).filter(etat__in=TROP_PERCUS_OUVERTS)
    if siren is None:
        suivis = acteur.portefeuilles(Pouvoir.TRAITER_FACTURES)
        attendus = visibles.filter(portefeuille_id__in=suivis).filter(Q(reclame_avant__isnull=True) | Q(reclame_avant__lt=jour))
        return [_tache_de_l_opco(t) for t in attendus.order_by("constate_le", "id")[:TACHES_AU_PLUS]]
    reclames = visibles.filter(beneficiaire_siren=siren, reclame_avant__isnull=False)
    return [_tache_du_beneficiaire(t, siren) for t in reclames.order_by("reclame_avant", "id")[:TACHES_AU_PLUS]]


def _tache_de_l_opco(trop_percu: TropPercu) -> Tache:
    titre = "Relancer un trop-perçu" if trop_percu.reclame_avant else "Réclamer un trop-perçu"
    return Tache(
        titre=titre,
        detail=f"{trop_percu.beneficiaire_nom} · {trop_percu.dossier_numero} · {formater_montant(trop_percu.reste)}",
        action="Examiner",
        nom_url="opco_trop_percu",
        parametres=(("trop_percu_id", str(trop_percu.pk)),),
        icone="receipt-text",
        rubrique="factures",
    )


def _tache_du_beneficiaire(trop_percu: TropPercu, siren: str) -> Tache:
    return Tache(
        titre="Rendre un trop-perçu à l’OPCO",
        detail=f"{trop_percu.dossier_numero} · {formater_montant(trop_percu.reste)}",
        action="Voir",
        nom_url="espace_trop_percus",
        parametres=(("siren", siren),),
        icone="receipt-text",
        rubrique="factures",
        echeance=trop_percu.reclame_avant,
    )
