"""Who is told about an invoice."""

from datetime import datetime

from jalon.comptes.requetes import personne
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, Message, cle_d_envoi
from jalon.facturation.models import Facture, TropPercu
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.socle.acteurs import Profil


def destinataires(facture: Facture, maintenant: datetime) -> list[Destinataire]:
    """The person who sent it; the administrators of the side that is paid when the account is closed, or is no person's."""
    auteur = personne(facture.deposee_par) if facture.deposee_par is not None else None
    if auteur is not None:
        return [Destinataire(auteur.email, auteur.id)]
    profil = Profil(facture.beneficiaire_profil)
    return [Destinataire(a.email, a.personne_id) for a in administrateurs_actifs(facture.beneficiaire_siren, profil, maintenant)]


def prevenir_du_trop_percu(classe: type[Message], trop_percu: TropPercu, maintenant: datetime) -> None:
    """Queue one message to the administrators of who was paid."""
    profil = Profil(trop_percu.beneficiaire_profil)
    gens = administrateurs_actifs(trop_percu.beneficiaire_siren, profil, maintenant)
    adresses = [Destinataire(a.email, a.personne_id) for a in gens]
    preparer(classe, trop_percu.pk, adresses, le=maintenant, cle=cle_d_envoi(maintenant))


def prevenir(classe: type[Message], facture: Facture, maintenant: datetime) -> None:
    """Queue one message about an invoice."""
    preparer(classe, facture.pk, destinataires(facture, maintenant), le=maintenant)
