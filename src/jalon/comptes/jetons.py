"""What the link of an e-mail carries to stop that e-mail: the signed id of a person. It opens nothing."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from jalon.comptes.models import Personne
from jalon.socle.erreurs import Introuvable


def jeton_d_arret(personne_id: UUID, courriel: str) -> str:
    """Stops that kind of e-mail, and no other."""
    return Signer(salt=courriel).sign(str(personne_id))


def personne_du_jeton(jeton: str, courriel: str) -> Personne:
    """Raises Introuvable: a link that we did not write, or for another e-mail; an account that is gone."""
    try:
        personne = Personne.objects.filter(pk=UUID(Signer(salt=courriel).unsign(jeton))).first()
    except (BadSignature, ValueError):
        personne = None
    if personne is None:
        raise Introuvable("Ce lien n’est pas reconnu. Vérifiez qu’il est complet, ou réglez vos courriels dans votre compte.")
    return personne
