"""What the test server says of people, and how it misbehaves when told to."""

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client, PrivateKey
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

from tests.openid.serveur import AUTRE_CLIENT, _consigne


class Adaptateur(DefaultOIDCAdapter):
    """Keys in files, made when they are first asked for."""

    def get_issuer(self) -> str:
        """The address of this server."""
        emetteur: str = _consigne()["emetteur"]
        return "http://127.0.0.1:1" if _consigne()["defaut"] == "autre-configuration" else emetteur

    def populate_id_token(self, id_token: dict[str, Any], client: Client, scopes: Iterable[str], **_: Any) -> None:
        """A right answer, then the fault asked for."""
        defaut = _consigne()["defaut"]
        id_token["acr"] = _consigne()["acr"]
        id_token["email"] = _consigne().get("email", "aline@essai.example")
        fautes: dict[str, dict[str, Any]] = {
            "nonce": {"nonce": "un-autre"}, "aud": {"aud": AUTRE_CLIENT}, "iss": {"iss": "http://127.0.0.1:1"},
            "perime": {"iat": int(time.time()) - 900, "exp": int(time.time()) - 300},
            "plusieurs": {"aud": [client.id, AUTRE_CLIENT], "azp": AUTRE_CLIENT},
        }  # fmt: skip
        id_token.update(fautes.get(defaut, {}))
        if defaut == "sans-nonce":
            id_token.pop("nonce", None)
        if defaut == "sans-acr":
            id_token.pop("acr")

    def list_private_keys(self, **_: Any) -> list[PrivateKey]:
        """The one in use."""
        fichier = Path(settings.DOSSIER) / f"cle-{_consigne()['cle']}.pem"
        if not fichier.exists():
            cle = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            forme, prive = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
            fichier.write_bytes(cle.private_bytes(forme, prive, serialization.NoEncryption()))
        return [PrivateKey(pem=fichier.read_text(), not_before=None, expires_at=None, issued_at=None)]

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """Nothing more."""
        json.dumps(data)
