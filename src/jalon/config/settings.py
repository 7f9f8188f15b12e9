"""Django settings: one module, driven by the environment."""

import os

from csp.constants import NONE, SELF

from jalon.config import connexion
from jalon.config.environnement import DOSSIER_VAR, RACINE, base_django, lire

ENV = lire()
DEBUG = False
SECRET_KEY = ENV.secret
ALLOWED_HOSTS = [*ENV.hotes]
CSRF_TRUSTED_ORIGINS = [ENV.url]
EN_CLAIR = ENV.url.startswith("http://")

JALON_URL = ENV.url
JALON_DEMO = ENV.demo
JALON_VAR = DOSSIER_VAR
JALON_CLES = list(ENV.cles)
JALON_CLE_EMPREINTES = ENV.cle_empreintes
JALON_ROLE_APP = base_django(ENV.base, reserve=False)["USER"] or "jalon_app"
JALON_DOSSIER_COURRIELS = ENV.courriels
JALON_ASSISTANCE_TELEPHONE = os.environ.get("JALON_TELEPHONE", "01 00 00 00 00")
JALON_OPCO = os.environ.get("JALON_OPCO", "OPCO Exemple")
JALON_CONSERVATION_MESSAGES = ENV.mois_messages
JALON_CONSERVATION_COURRIELS = ENV.mois_courriels
JALON_CONSERVATION_SALARIES = ENV.mois_salaries
JALON_ANCIENNES_CLES = ENV.mois_anciennes_cles
JALON_PREFIXE_CLES = ENV.prefixe_cles
JALON_OPCO_IDCC = os.environ.get("JALON_OPCO_IDCC", "")
CLAMAV_ADRESSE = ENV.clamav
PIECES_TAILLE_MAX = 10 * 1024 * 1024
JALON_BUDGETS, JALON_EXPORTS = ENV.budgets, ENV.exports
JALON_COMPTE_PAYEUR = {
    "nom": os.environ.get("JALON_PAYEUR_NOM", "OPCO EXEMPLE"),
    "iban": os.environ.get("JALON_PAYEUR_IBAN", "FR7630006000011234567890189"),
    "bic": os.environ.get("JALON_PAYEUR_BIC", "AGRIFRPP"),
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "csp",
    "django_htmx",
    "django_filters",
    "template_partials.apps.SimpleAppConfig",
    "django_cotton.apps.SimpleAppConfig",
    "pgtrigger",
    "pghistory",
    "jalon.socle",
    "jalon.journal",
    "jalon.courriers",
    "jalon.pieces",
    "jalon.editions",
    "jalon.comptes",
    *("jalon.messagerie", "jalon.exports", "jalon.notifications"),
    "jalon.organisations",
    "jalon.referentiels",
    "jalon.habilitations",
    "jalon.banque",
    "jalon.dossiers",
    "jalon.veille",
    "jalon.engagements",
    "jalon.facturation",
    "jalon.instruction",
    "jalon.contrats",
    "jalon.reglements",
    "jalon.salaries",
    "jalon.porte_documents",
    "jalon.vues",
    "jalon.aide",
    "jalon.web",
    "jalon.api",
    *(["jalon.demo"] if ENV.demo else []),
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jalon.web.composants.entetes.IntergicielEntetes",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jalon.web.composants.seance.IntergicielSeance",
    "jalon.web.composants.erreurs.IntergicielErreurs",
    "jalon.web.composants.suspension.IntergicielSuspension",
    "jalon.web.composants.acces.IntergicielActeur",
    "jalon.web.composants.veille.IntergicielVeille",
    "jalon.web.composants.seance.IntergicielMoyens",
    "jalon.web.composants.comme.IntergicielVueComme",
]

ROOT_URLCONF = "jalon.config.urls"
WSGI_APPLICATION = "jalon.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RACINE / "src/jalon/web/templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.static",
                "jalon.web.composants.templatetags.jalon",
                "jalon.web.composants.templatetags.metier",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jalon.web.composants.contexte.coquille",
            ],
        },
    }
]
COTTON_DIR = "cotton"
FORM_RENDERER = "jalon.web.composants.rendu.RenduFormulaires"

DATABASES = {
    "default": base_django(
        ENV.base_proprietaire if os.environ.get("JALON_ROLE") == "proprietaire" else ENV.base,
        reserve=os.environ.get("JALON_PROCESSUS") == "web",
    )
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_commun"},
    "processus": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DOSSIER_VAR / "fichiers"}},
    **{
        nom: {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DOSSIER_VAR / nom}}
        for nom in ("pieces", "apercus", "editions", "operations", "exports", "lettres")
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DOSSIER_VAR / "statiques"
STATICFILES_DIRS = [RACINE / "src/jalon/web/static"]
WHITENOISE_MAX_AGE = 31_536_000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 60_000

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

# Comptes
AUTH_USER_MODEL = "comptes.Personne"
AUTHENTICATION_BACKENDS = ["jalon.comptes.seances.Connexion"]
PASSWORD_HASHERS = ["jalon.comptes.mots_de_passe.HacheurArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "jalon.comptes.mots_de_passe.MotDePasseDevinable"},
    {"NAME": "jalon.comptes.mots_de_passe.MotDePasseDivulgue"},
]
JALON_MOTS_DE_PASSE_DIVULGUES = ENV.divulgues
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accueil"
LOGOUT_REDIRECT_URL = "account_login"
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.mandataires
ACCOUNT_ADAPTER = "jalon.comptes.allauth.AdaptateurComptes"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "jalon.comptes.formulaires.Identite"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if EN_CLAIR else "https"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = connexion.LIMITES
JALON_SECOND_FACTEUR_LECTEURS = ENV.second_facteur_lecteurs
JALON_CLE_ACCES_OPCO = ENV.cle_opco
MFA_ADAPTER = "jalon.comptes.allauth.AdaptateurSecondFacteur"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_FORMS = connexion.FORMULAIRES_DES_CLES
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Jalon"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EN_CLAIR
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ADAPTER = "jalon.web.connexion.adaptateur.Adaptateur"
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
JALON_OPENID = ENV.openid

# Séances : 30 minutes d'inactivité, 10 heures au plus (exigences, T17)
SESSION_ENGINE = "jalon.comptes.seances"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_COOKIE_NAME = "jalon_seance" if EN_CLAIR else "__Host-jalon_seance"
SESSION_COOKIE_SECURE = not EN_CLAIR
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
JALON_SEANCE_INACTIVITE = 30 * 60
JALON_SEANCE_MAXIMUM = 10 * 3600
CSRF_COOKIE_SECURE = not EN_CLAIR
CSRF_COOKIE_NAME = "jalon_jeton" if EN_CLAIR else "__Host-jalon_jeton"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "jalon.web.composants.erreurs.refus_csrf"

# Courriels : tout passe par la file (jalon.courriers), le transport réel est choisi au moment de l'envoi
EMAIL_BACKEND = "jalon.courriers.file.FileDAttente"
DEFAULT_FROM_EMAIL = os.environ.get("JALON_EXPEDITEUR", "Jalon <ne-pas-repondre@jalon.example>")
JALON_SMTP = ENV.smtp

# Navigateur
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *([ENV.openid.origine] if ENV.openid else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if EN_CLAIR else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not EN_CLAIR
SECURE_HSTS_PRELOAD = not EN_CLAIR
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.mandataires else None
X_FRAME_OPTIONS = "DENY"

# Travaux
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "taches"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ligne": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"masque": {"()": "jalon.journal.traces.MasqueDonneesSensibles"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "ligne", "filters": ["masque"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {nom: {"level": "WARNING"} for nom in ("django.server", "procrastinate", "pikepdf")},
}
