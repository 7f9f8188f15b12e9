"""The fictional cast, shared by the demonstration and the journeys of the tests."""

import base64
import hashlib
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import encrypt

from jalon.comptes.models import Personne

MOT_DE_PASSE = "demonstration jalon 2026"


@dataclass(frozen=True, slots=True)
class Role:
    """One account of the cast."""

    prenom: str
    nom: str
    adresse: str
    fonction: str
    opco: bool = False


DISTRIBUTION = (
    Role("Aline", "Ferrand", "aline@bellerive.example", "Administratrice de Bellerive Restauration"),
    Role("Louise", "Rey", "louise@bellerive.example", "Administratrice de Bellerive Restauration"),
    Role("Bruno", "Marchetti", "bruno@bellerive.example", "Saisit les dossiers d’Annecy, pour Bellerive Restauration"),
    Role("Chloé", "Bertin", "chloe@alpes-compta.example", "Cabinet comptable Alpes Compta, lecture chez Bellerive"),
    Role("Driss", "Haddad", "driss@institut-table.example", "Administrateur de l’Institut des métiers de la table"),
    Role("Hugo", "Blanc", "hugo@opco.example", "AEF de l’OPCO\u00a0: codes d’activation, accès", opco=True),
    Role("Emma", "Vasseur", "emma@opco.example", "Conseillère de l’OPCO\u00a0: instruit et décide", opco=True),
    Role("Farid", "Nguyen", "farid@opco.example", "Gestionnaire de l’OPCO\u00a0: contrôle les factures", opco=True),
    Role("Inès", "Moreau", "ines@opco.example", "Comptable de l’OPCO\u00a0: prépare les virements", opco=True),
    Role("Jeanne", "Colin", "jeanne@opco.example", "Responsable financière de l’OPCO\u00a0: signe les virements", opco=True),
    Role("Karim", "Petit", "karim@opco.example", "Administrateur de l’OPCO\u00a0: rôles, barèmes", opco=True),
    Role("Gaël", "Roche", "gael@ailleurs.example", "Sans aucun lien\u00a0: ne doit rien voir"),
)


def secret_totp(adresse: str) -> str:
    """Base32 secret of an account of the cast: fixed, since these people do not exist."""
    return base64.b32encode(hashlib.sha256(f"demonstration {adresse}".encode()).digest()[:20]).decode()


def code_du_moment(adresse: str) -> str:
    """The six digits that the authenticator of that account shows now."""
    _, present, *_ = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret_totp(adresse), present))


def compte(role: Role) -> Personne:
    """Create the account, address verified and second factor set up; nothing is changed when it exists."""
    personne = Personne.objects.filter(email=role.adresse).first()
    if personne is None:
        personne = Personne.objects.create_user(role.adresse, MOT_DE_PASSE, prenom=role.prenom, nom=role.nom, est_opco=role.opco)
        EmailAddress.objects.create(user=personne, email=role.adresse, verified=True, primary=True)
        Authenticator.objects.create(
            user=personne, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret_totp(role.adresse))}
        )
    return personne
