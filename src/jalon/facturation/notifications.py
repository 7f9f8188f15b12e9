"""What is told about an invoice, to the side that sent it."""

from datetime import datetime

from jalon.facturation.models import Facture
from jalon.habilitations.notifications import concernes
from jalon.habilitations.requetes.visibilite import qui_agit_sur
from jalon.journal.models import Evenement
from jalon.notifications.annonces import Annonce, Sujet
from jalon.notifications.enums import Genre
from jalon.socle.acteurs import Domaine, Portee, Profil


def _sujet(evenement: Evenement, maintenant: datetime) -> Sujet | None:
    factures = Facture.objects.tous("facture dont un événement est annoncé à qui la voit")
    facture = factures.filter(pk=evenement.details.get("facture")).first()
    if facture is None:
        return None
    portee = Portee(siren=facture.beneficiaire_siren, siret=facture.siret, domaine=Domaine.FACTURES)
    if facture.beneficiaire_profil == Profil.PRESTATAIRE:
        portee = Portee(prestataire_siren=facture.beneficiaire_siren, domaine=Domaine.FACTURES)
    return Sujet(
        reference=f"facture {facture.numero} (dossier n°\u00a0{facture.dossier_numero})",
        personnes=concernes(qui_agit_sur(portee, maintenant), portee),
        parametres={"facture_id": str(facture.pk)},
        portee=portee,
    )


ANNONCES = (
    Annonce(
        code="facture.rejetee",
        genre=Genre.FACTURE_REJETEE,
        phrase="La {reference} est rejetée.",
        page="espace_facture",
        lire=_sujet,
        courriels=("facturation.rejetee",),
    ),
    Annonce(
        code="facture.reglee",
        genre=Genre.FACTURE_PAYEE,
        phrase="La {reference} est payée.",
        page="espace_facture",
        lire=_sujet,
        courriels=("reglements.effectue",),
    ),
)
