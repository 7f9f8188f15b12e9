"""Who is told of a change or of a freeze."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jalon.banque.courriels import AvisChangement, AvisGel, GelSignale
from jalon.banque.enums import OrigineGel
from jalon.banque.models import CoordonneesBancaires
from jalon.comptes.requetes import personne
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.socle.acteurs import Pouvoir, Profil


def prevenir_changement(ligne: CoordonneesBancaires, anciennes: Sequence[CoordonneesBancaires], maintenant: datetime) -> None:
    """Every administrator, and the one who added the former account even if he has left since."""
    ancien_contact = anciennes[-1].ajoutees_par if anciennes else None
    preparer(AvisChangement, ligne.id, _organisation(ligne, ancien_contact, maintenant), le=maintenant)


def prevenir_gel(ligne: CoordonneesBancaires, maintenant: datetime) -> None:
    """Every administrator and the one who added the account; the OPCO too when the change is contested."""
    preparer(AvisGel, ligne.id, _organisation(ligne, ligne.ajoutees_par, maintenant), le=maintenant)
    if ligne.gel_origine == OrigineGel.LIEN:
        agents = personnes_du_pouvoir(Pouvoir.TRAITER_FACTURES, ligne.portefeuille_id, maintenant)
        preparer(GelSignale, ligne.id, [Destinataire(p.email, p.id) for p in agents], le=maintenant)


def _organisation(ligne: CoordonneesBancaires, autre: UUID | None, maintenant: datetime) -> list[Destinataire]:
    administrateurs = administrateurs_actifs(ligne.organisation_siren, Profil(ligne.profil), maintenant)
    destinataires = [Destinataire(a.email, a.personne_id) for a in administrateurs]
    contact = personne(autre) if autre is not None else None
    if contact is not None:
        destinataires.append(Destinataire(contact.email, contact.id))
    return destinataires
