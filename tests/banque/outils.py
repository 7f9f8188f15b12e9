"""People, administrators and accounts for the tests of money."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from jalon.banque.actions import ajouter_coordonnees
from jalon.banque.enums import MethodeConfirmation
from jalon.banque.models import CoordonneesBancaires
from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatRattachement, Etendue, OrigineRattachement
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Profil
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_prestataire

MAINTENANT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
SIREN = "123456782"
SIREN_PRESTATAIRE = "732829320"
PORTEFEUILLE: UUID = PORTEFEUILLE_PAR_DEFAUT
DELAI = timedelta(hours=72)
JOUR = timedelta(days=1)

# Codes of real banks, accounts that do not exist.
IBANS = [
    "FR7630006000011234567890189",
    "FR1420041010050500013M02606",
    "DE89370400440532013000",
    "BE68539007547034",
    "ES9121000418450200051332",
    "IT60X0542811101000000123456",
    "LU280019400644750000",
    "NL91ABNA0417164300",
]


def personne(adresse: str, prenom: str = "Aline", nom: str = "Essai") -> Personne:
    """An open account."""
    return Personne.objects.create_user(adresse, prenom=prenom, nom=nom)


def administrer(
    qui: Personne,
    siren: str,
    profil: Profil = Profil.ADHERENT,
    *,
    depuis: datetime = MAINTENANT - 30 * JOUR,
    probation_jusqu_a: datetime | None = None,
) -> Rattachement:
    """Make somebody an administrator of one side of a SIREN, with RIB Gestion."""
    lien = Rattachement(
        personne=qui,
        profil=profil,
        etat=EtatRattachement.ACTIF,
        origine=OrigineRattachement.CODE,
        cree_le=depuis,
        actif_depuis=depuis,
        probation_jusqu_a=probation_jusqu_a,
    ).porter(portee_des_acces(siren, profil, PORTEFEUILLE))
    lien.save(force_insert=True)
    for domaine in (Domaine.ACCES, Domaine.RIB, Domaine.FACTURES, Domaine.REGLEMENTS):
        DroitAccorde.objects.create(
            rattachement=lien, etendue=Etendue.SIREN, domaine=domaine, niveau=Niveau.GESTION, debut=depuis
        )
    return lien


def titulaire_de(siren: str, profil: Profil, qui: Personne | None = None) -> FauxActeur:
    """Somebody with every right on one side of a SIREN."""
    autres = {"id": qui.id, "nom": qui.nom_complet} if qui else {}
    return acteur_prestataire(siren, **autres) if profil == Profil.PRESTATAIRE else acteur_entreprise(siren, **autres)


def ajouter(
    iban: str = IBANS[0],
    *,
    siren: str = SIREN,
    profil: Profil = Profil.ADHERENT,
    le: datetime = MAINTENANT,
    par: Acteur | None = None,
    verifie: bool = False,
    **autres: str,
) -> CoordonneesBancaires:
    """Add an account by the action, with a fresh second factor; `verifie`: somebody at the OPCO made sure of it at once."""
    ligne = ajouter_coordonnees(
        siren=siren,
        profil=profil,
        titulaire=autres.get("titulaire", "Bellerive Restauration"),
        iban=iban,
        bic=autres.get("bic", ""),
        par=par or titulaire_de(siren, profil),
        maintenant=le,
    )
    if verifie:
        ligne.confirmees_le, ligne.confirmation_methode = le, MethodeConfirmation.CONTRE_APPEL
        ligne.save(update_fields=["confirmees_le", "confirmation_methode"])
    return ligne
