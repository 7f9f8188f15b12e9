"""Signed answers of an OpenID server: signature, issuer, audience, dates, nonce. Nothing unsigned is ever believed.

OpenID Connect Core 1.0 § 3.1.3.7 and § 5.3.2; RFC 8725 (JSON Web Token best practices).
"""

import hmac
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

ALGORITHMES = ("RS256", "PS256", "ES256")
"""Public-key signatures alone: « none » signs nothing, and with HS256 whoever knows the public key signs."""
TOLERANCE = 30
"""Seconds by which the two clocks may differ."""
CLE_DES_CLES = "openid:cles:"
DUREE_DES_CLES = 300

Telecharger = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Attendu:
    """What a signed answer must say: who made it, for whom, and the number that we gave (none for userinfo)."""

    emetteur: str
    client: str
    nonce: str | None = None


def lire_jeton(jeton: str, attendu: Attendu, cle_de: Callable[[str], jwt.PyJWK]) -> dict[str, Any]:
    """The claims of a signed answer. Raises OAuth2Error with the first thing that is wrong, never the answer itself."""
    try:
        entete = jwt.get_unverified_header(jeton)
        if entete.get("alg") not in ALGORITHMES:
            raise OAuth2Error("algorithme de signature refusé")
        cle = cle_de(str(entete.get("kid", "")))
        if cle.algorithm_name != entete["alg"]:
            raise OAuth2Error("la clé n’est pas celle de cet algorithme")
        dits: dict[str, Any] = jwt.decode(
            jeton, cle, algorithms=[entete["alg"]], audience=attendu.client, issuer=attendu.emetteur, leeway=TOLERANCE,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )  # fmt: skip
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as erreur:
        raise OAuth2Error(f"réponse signée refusée : {type(erreur).__name__}") from erreur
    if isinstance(dits["aud"], list) and len(dits["aud"]) > 1 and dits.get("azp") != attendu.client:
        raise OAuth2Error("réponse faite pour un autre programme")
    if attendu.nonce is not None and not hmac.compare_digest(str(dits.get("nonce", "")), attendu.nonce):
        raise OAuth2Error("numéro de la demande inattendu")
    return dits


def exiger_acr(dits: Mapping[str, Any], acceptes: Collection[str]) -> None:
    """Raise OAuth2Error unless the level of proof that the server declares is one of those accepted."""
    if dits.get("acr") not in acceptes:
        raise OAuth2Error("niveau d’authentification insuffisant")


class Cles:
    """The public keys of the server, kept five minutes; an unknown key id is looked for again once, since keys rotate."""

    def __init__(self, telecharger: Telecharger, memoire: Any, adresse: str) -> None:
        self.telecharger = telecharger
        self.memoire = memoire
        self.place = CLE_DES_CLES + adresse

    def __call__(self, kid: str) -> jwt.PyJWK:
        """Raises OAuth2Error when the server publishes no such key."""
        gardees = self.memoire.get(self.place)
        cle = self._chercher(gardees, kid) if gardees else None
        if cle is None:
            fraiches = dict(self.telecharger())
            self.memoire.set(self.place, fraiches, DUREE_DES_CLES)
            cle = self._chercher(fraiches, kid)
        if cle is None:
            raise OAuth2Error("clé de signature inconnue")
        return cle

    @staticmethod
    def _chercher(publiees: Mapping[str, Any], kid: str) -> jwt.PyJWK | None:
        for publiee in publiees.get("keys", []):
            if kid and publiee.get("kid") == kid and publiee.get("use", "sig") == "sig" and publiee.get("kty") in {"RSA", "EC"}:
                return jwt.PyJWK(publiee)
        return None
