"""Who may use a code or ask something for an organisation: somebody sure of her address, with a second factor."""

from datetime import datetime
from uuid import UUID

from jalon.comptes.requetes import adresses_verifiees, second_facteur_installe
from jalon.comptes.requetes import personne as ouverte
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.attribution import exiger_un_compte_personnel
from jalon.socle.erreurs import DroitManquant, SaisieRefusee
from jalon.socle.identifiants import analyser_siren


def porteur(personne_id: UUID, maintenant: datetime, *, puis: str) -> ActeurPersonne:
    """The person, fit to act; `puis`: what she does once she is.

    Raises DroitManquant (account closed, address not verified, account of the OPCO, no second factor).
    """
    personne = ouverte(personne_id)
    if personne is None or not adresses_verifiees(personne_id):
        raise DroitManquant(f"Confirmez d’abord votre adresse électronique, puis {puis}.", code="adresse-non-verifiee")
    exiger_un_compte_personnel(personne)
    if not second_facteur_installe(personne_id):
        raise DroitManquant(
            f"Installez d’abord un second facteur (application d’authentification ou clé d’accès), puis {puis}.",
            code="second-facteur-absent",
        )
    return ActeurPersonne(personne, maintenant)


def lire_siren(saisi: str) -> str:
    """The nine digits. Raises SaisieRefusee on the box « siren »."""
    try:
        return analyser_siren(saisi)
    except SaisieRefusee as erreur:
        raise SaisieRefusee(erreur.message, champ="siren") from None
