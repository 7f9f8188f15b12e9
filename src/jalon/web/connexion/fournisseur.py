"""OpenID sign-in such as ProConnect, over allauth's provider: what it leaves to choose is chosen here (ADR 9).

allauth keeps the state (single use, in the session) and PKCE. Ours: a nonce, every answer signed and checked, a minimum
`acr`, an identity made of issuer + subject, and no e-mail ever read.
"""

import hashlib
import secrets
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jalon.socle.erreurs import Introuvable
from jalon.socle.openid import Openid
from jalon.web.connexion.jetons import Attendu, Cles, exiger_acr, lire_jeton

OPENID = "openid"
TYPE_SIGNE = "application/jwt"


def identite(emetteur: str, sujet: str) -> str:
    """What an account is linked to: the same subject at another issuer is somebody else."""
    return hashlib.sha256(f"{emetteur}\x1f{sujet}".encode()).hexdigest()


def reglage_openid() -> Openid:
    """What the installation says of its server. Raises Introuvable when it has none."""
    if settings.JALON_OPENID is None:
        raise Introuvable
    return settings.JALON_OPENID


def nom_du_service() -> str:
    """« ProConnect »; empty when the installation has none."""
    return settings.JALON_OPENID.nom if settings.JALON_OPENID else ""


class ComptesLies(DefaultSocialAccountAdapter):
    """The application comes from the environment alone: a row of the database opens no door."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:
        """One, or none."""
        del request
        reglage = settings.JALON_OPENID
        if reglage is None or provider not in {None, OPENID} or client_id not in {None, reglage.client}:
            return []
        application = SocialApp(
            provider=OPENID, provider_id=OPENID, name=reglage.nom, client_id=reglage.client, secret=reglage.secret,
            settings={"server_url": reglage.emetteur, "oauth_pkce_enabled": True},
        )  # fmt: skip
        return [application]


class AdaptateurOpenid(OpenIDConnectOAuth2Adapter):
    """Talks to the server: addresses of its published configuration, no redirection followed."""

    nonce = ""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, OPENID)

    @property
    def openid_config(self) -> dict[str, Any]:
        """Its published configuration. Raises OAuth2Error when it speaks for another issuer."""
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != reglage_openid().emetteur:
            raise OAuth2Error("configuration d’un autre émetteur")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """The public address of the installation, whatever host the request names."""
        del request, app
        return f"{settings.JALON_URL}{reverse('openid_retour')}"

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **suite: Any) -> SocialLogin:
        """The identity that the server proves. Raises OAuth2Error."""
        reglage = reglage_openid()
        cles = Cles(lambda: self._lire(self.openid_config["jwks_uri"]).json(), caches["processus"], reglage.emetteur)
        jeton = suite["response"].get("id_token")
        if not jeton or not self.nonce:
            raise OAuth2Error("réponse sans identité")
        dits = lire_jeton(jeton, Attendu(reglage.emetteur, app.client_id, self.nonce), cles)
        exiger_acr(dits, reglage.acr)
        reponse = self._lire(self.profile_url, token.token)
        if reponse.headers.get("Content-Type", "").partition(";")[0].strip() != TYPE_SIGNE:
            raise OAuth2Error("informations non signées")
        informations = lire_jeton(reponse.text, Attendu(reglage.emetteur, app.client_id), cles)
        if informations["sub"] != dits["sub"]:
            raise OAuth2Error("informations d’une autre personne")
        prouve = {cle: dits[cle] for cle in ("iss", "sub", "acr")}
        identifiee: SocialLogin = fournisseur(request).sociallogin_from_response(request, prouve)
        return identifiee

    @staticmethod
    def _lire(adresse: str, jeton: str = "") -> Any:
        entetes = {"Authorization": f"Bearer {jeton}"} if jeton else {}
        with get_adapter().get_requests_session() as session:  # type: ignore[no-untyped-call]
            reponse = session.request("GET", adresse, headers=entetes, allow_redirects=False)
        if reponse.status_code != 200:
            raise OAuth2Error(f"réponse {reponse.status_code} du serveur d’identité")
        return reponse


class FournisseurOpenid(OpenIDConnectProvider):
    """What is asked and kept: issuer and subject, no name, no e-mail."""

    id = OPENID
    oauth2_adapter_class: type[OpenIDConnectOAuth2Adapter] = AdaptateurOpenid

    def get_oauth2_adapter(self, request: HttpRequest) -> AdaptateurOpenid:
        """Ours."""
        return AdaptateurOpenid(request)

    def get_login_url(self, request: HttpRequest, **parametres: Any) -> str:
        """The page that begins; parameters go in its form."""
        del request, parametres
        return reverse("openid_entrer")

    def get_callback_url(self) -> str:
        """Where the server sends back."""
        return reverse("openid_retour")

    def get_default_scope(self) -> list[str]:
        """The least."""
        return ["openid"]

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Issuer and subject."""
        return identite(data["iss"], data["sub"])

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing: the account has its own name and addresses."""
        del data
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """None: an address proves nobody (exigences, T14)."""
        del data
        return []

    def partir(self, process: str, suite: str = "") -> HttpResponse:
        """To the server, with a nonce kept beside the state. Nothing of the request can change what is asked."""
        nonce = secrets.token_urlsafe(24)
        demande = {"nonce": nonce, "acr_values": " ".join(reglage_openid().acr)}
        reponse: HttpResponse = self.redirect(self.request, process, suite or None, auth_params=demande, nonce=nonce)
        return reponse


class Retour(OAuth2CallbackView):
    """allauth's return page; the nonce comes with the state, and the answer must name our server (RFC 9207)."""

    adapter: AdaptateurOpenid

    def _get_state(self, request: HttpRequest, provider: FournisseurOpenid) -> tuple[Any, Any]:
        etat, reponse = super()._get_state(request, provider)
        if etat is not None and request.GET.get("iss", reglage_openid().emetteur) == reglage_openid().emetteur:
            self.adapter.nonce = etat.get("nonce", "")
        return etat, reponse


def fournisseur(request: HttpRequest) -> FournisseurOpenid:
    """The provider of this installation. Raises Introuvable when it has none."""
    reglage_openid()
    lu: FournisseurOpenid = get_adapter().get_provider(request, provider=OPENID)
    return lu
