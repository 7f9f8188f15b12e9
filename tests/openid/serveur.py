"""A real OpenID server for the tests: allauth's, in its own process, on the loopback, with a database of its own.

`python -m tests.openid.serveur PORT FOLDER`. At each request it reads FOLDER/consigne.json: who is signed in there, and how
it misbehaves. allauth's server does not sign userinfo: here it does, as ProConnect.
"""

import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
import jwt
from django.conf import settings
from django.http import HttpRequest, HttpResponse

CLIENT, SECRET = "jalon-essai", "secret-d-essai-du-client"
ACR = "eidas2"
AUTRE_CLIENT = "un-autre-programme"


class Silencieux(WSGIRequestHandler):
    """Says nothing on the console."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def _consigne() -> dict[str, Any]:
    lue: dict[str, Any] = json.loads((Path(settings.DOSSIER) / "consigne.json").read_text())
    return lue


class Connecte:
    """Whoever the instruction names is signed in."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from django.contrib.auth.models import User

        request.user = User.objects.get(username=_consigne()["qui"])
        reponse = self.suite(request)
        if request.path.endswith("/token"):
            return _apres_le_jeton(reponse)
        if request.path.endswith("/userinfo"):
            return _signer_les_informations(reponse)
        return reponse


def _apres_le_jeton(reponse: HttpResponse) -> HttpResponse:
    """Change the identity after it was signed, or sign it wrongly."""
    corps, defaut = json.loads(reponse.content), _consigne()["defaut"]
    if "id_token" not in corps:
        return reponse
    dits = jwt.decode(corps["id_token"], options={"verify_signature": False})
    if defaut == "sans-signature":
        corps["id_token"] = jwt.encode(dits, None, algorithm="none", headers={"kid": _cle()[0]["kid"]})
    elif defaut == "hs256":
        corps["id_token"] = jwt.encode(dits, "x" * 32, algorithm="HS256", headers={"kid": _cle()[0]["kid"]})
    elif defaut == "altere":
        entete, _, signature = corps["id_token"].split(".")
        faux = jwt.encode({**dits, "sub": "autre"}, "x" * 32, algorithm="HS256").split(".")[1]
        corps["id_token"] = f"{entete}.{faux}.{signature}"
    elif defaut == "sans-identite":
        del corps["id_token"]
    return HttpResponse(json.dumps(corps), content_type="application/json", status=reponse.status_code)


def _signer_les_informations(reponse: HttpResponse) -> HttpResponse:
    dits, consigne = json.loads(reponse.content), _consigne()
    if consigne["defaut"] == "informations-non-signees" or reponse.status_code != 200:
        return reponse
    maintenant = int(time.time())
    dits |= {"iss": consigne["emetteur"], "aud": CLIENT, "iat": maintenant, "exp": maintenant + 60}
    if consigne["defaut"] == "informations-d-une-autre":
        dits["sub"] = "autre"
    elif consigne["defaut"] == "informations-pour-un-autre":
        dits["aud"] = AUTRE_CLIENT
    jwk, privee = _cle()
    return HttpResponse(jwt.encode(dits, privee, algorithm="RS256", headers={"kid": jwk["kid"]}), content_type="application/jwt")


def _cle() -> tuple[dict[str, Any], Any]:
    from allauth.core.internal import jwkkit
    from allauth.idp.oidc.adapter import get_adapter

    return jwkkit.load_jwk_from_pem(get_adapter().get_signing_key().pem)


def regler(port: int, dossier: Path) -> None:
    """Django's settings of this server alone."""
    settings.configure(
        DOSSIER=str(dossier), DEBUG=False, SECRET_KEY="serveur-d-identite-d-essai", ALLOWED_HOSTS=["127.0.0.1"], USE_TZ=True,
        ROOT_URLCONF="tests.openid.adresses",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(dossier / "base.sqlite3")}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
            "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware", "allauth.account.middleware.AccountMiddleware",
            "tests.openid.serveur.Connecte",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        IDP_OIDC_ADAPTER="tests.openid.adaptateur.Adaptateur", DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    )  # fmt: skip
    django.setup()
    logging.disable(logging.CRITICAL)


def preparer(retour: str) -> None:
    """Two people and one client."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for nom in ("aline", "bruno"):
        qui = User.objects.create(username=nom, email=f"{nom}@essai.example")
        EmailAddress.objects.create(user=qui, email=qui.email, verified=True, primary=True)
    client = Client(id=CLIENT, name="Jalon", skip_consent=True)
    client.set_secret(SECRET)
    client.set_redirect_uris([retour])
    client.set_scopes(["openid"])
    client.save()


def main() -> None:
    """Serve until killed."""
    port, dossier, retour = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    regler(port, dossier)
    preparer(retour)
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Silencieux) as serveur:
        (dossier / "pret").touch()
        serveur.serve_forever()


if __name__ == "__main__":
    main()
