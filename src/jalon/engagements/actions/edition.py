"""Typesetting the agreement in force, and telling both sides."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.editions.actions import enregistrer_edition
from jalon.editions.composition import composer_accord
from jalon.engagements.composition import accord_de
from jalon.engagements.courriels import (
    AccordEntreprise,
    AccordPrestataire,
    AccordRevuEntreprise,
    AccordRevuPrestataire,
    aux_gens_de_l_entreprise,
    aux_gens_du_prestataire,
)
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import echeances_de, genre_de_l_edition, lignes_de
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.journal.actions import noter


def produire_accord(*, engagement_id: UUID, maintenant: datetime) -> None:
    """Typeset the agreement, keep it, tell both sides. A repeated job finds everything done, or starts again whole.

    The PDF only depends on frozen columns: made twice, it is the same; the first one kept stays. A version of the amounts that
    came while it was typeset has a job of its own: this one leaves it alone.
    """
    engagement = Engagement.objects.tous("travail sur cet accord").select_related("dossier").filter(pk=engagement_id).first()
    if engagement is None or engagement.edition_id is not None or engagement.annule_le is not None:
        return
    accord = accord_de(engagement, lignes_de(engagement), echeances_de(engagement))
    octets = composer_accord(accord)
    with transaction.atomic():
        verrou = Engagement.objects.tous("travail sur cet accord").select_for_update(of=("self",)).get(pk=engagement_id)
        if verrou.edition_id is not None or verrou.version != engagement.version:
            return
        verrou.edition = enregistrer_edition(
            genre=genre_de_l_edition(engagement),
            objet_id=engagement_id,
            titre=f"Accord de prise en charge n°\u00a0{engagement.numero}",
            octets=octets,
            maintenant=maintenant,
            gabarit="accord",
        )
        verrou.save(update_fields=["edition"])
        _annoncer(engagement, maintenant)


def _annoncer(engagement: Engagement, maintenant: datetime) -> None:
    """One line in the journal, one message to each side."""
    dossier, revu = engagement.dossier, engagement.version > 1
    systeme = ActeurSysteme("accord de prise en charge")
    noter("engagement.accord_produit", par=systeme, portee=engagement.portee, objet=dossier, le=maintenant)
    entreprise, prestataire = (AccordRevuEntreprise, AccordRevuPrestataire) if revu else (AccordEntreprise, AccordPrestataire)
    cle = str(engagement.version) if revu else ""
    preparer(entreprise, dossier.id, aux_gens_de_l_entreprise(dossier, maintenant), le=maintenant, cle=cle)
    preparer(prestataire, dossier.id, aux_gens_du_prestataire(dossier, maintenant), le=maintenant, cle=cle)
