"""Every setting of the platform; a newcomer has nothing to write, `DATABASE_URL` and `REDIS_URL` change the scale."""

import secrets
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()
if (BASE_DIR / ".env").exists():
    environ.Env.read_env(BASE_DIR / ".env")

DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)


def secret_key() -> str:
    """The secret from the environment, or one kept in an ignored file for the demo and development."""
    given: str = env.str("SECRET_KEY", default="")
    if given:
        return given
    if not (DEMO or DEBUG or env.bool("EMBEDDED", default=False)):
        raise ImproperlyConfigured(
            "SECRET_KEY is missing: set it in the environment or in .env (or run with DEMO=1)."
        )
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = secret_key()
# The keys that sign the chains of named polls (docs/proofs.md): here, or in this file, made at the first poll.
SIGNING_KEY: str = env.str("SIGNING_KEY", default="")
SIGNING_KEY_FILE: str = env.str("SIGNING_KEY_FILE", default=str(VAR_DIR / "signing_key"))
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL: str = env.str("SITE_URL", default="http://localhost:8000")
# Whose X-Forwarded-For and X-Forwarded-Proto are believed (addresses or networks); nobody's unless named here.
TRUSTED_PROXIES = [ip_network(word) for word in env.list("TRUSTED_PROXIES", default=[])]
# Who reads /metrics: programs of these networks, and whoever brings this token.
METRICS_NETWORKS = [ip_network(word) for word in env.list("METRICS_NETWORKS", default=[])]  # closed
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")

INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.admin",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "channels",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "csp",
    "allauth",
    "allauth.account",
    "realtime",
    "cooperation",
    "decisions",
    "votes",
    "workshops",
    "assemblies",
    "config",
]

MIDDLEWARE = [
    "config.proxy.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a vote on a hall's bad network: three times fewer bytes
    "config.static_files.StaticFilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cooperation.middleware.PersonMiddleware",
]

ROOT_URLCONF = "config.urls"
# Behind a proxy `config.sockets.application`: sockets only, beside the WSGI workers that serve pages.
ASGI_APPLICATION: str = env.str("ASGI_APPLICATION", default="config.asgi.application")
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "config.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "realtime.templatetags.live",
            ],
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'ecossolies.sqlite3'}")
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
    # A file, not memory: server threads and browsers of the tests share it.
    DATABASES["default"]["TEST"] = {"NAME": env.str("TEST_DB", default=str(VAR_DIR / "test.sqlite3"))}
else:
    DATABASES["default"]["ENGINE"] = "config.postgresql"  # a restart leaves no dead connection in the pool
    # After `reconnect_timeout` the pool tries only for whoever asks next: who waits is told so before long, and asks again.
    DATABASES["default"]["OPTIONS"] = {
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL", default=16),  # realtime/threads.py has 13 that ask
            "reconnect_timeout": 5,
            "timeout": 8,
        }
    }

REDIS_URL: str = env.str("REDIS_URL", default="")
if REDIS_URL:
    # A layer that keeps nothing: what goes through it are hints, and the log has what they tell of.
    CHANNEL_LAYERS: dict[str, Any] = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    }
    CACHES: dict[str, Any] = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- the live part: what the ground floor asks of the domain, the way Django asks for URLs
REALTIME_TOPICS = "config.topics"
REALTIME_COMMANDS = "config.commands"
REALTIME_REFUSALS = "config.refusals"
REALTIME_AUTHENTICATOR = "cooperation.accounts.person_of_token"

# -- people
AUTH_USER_MODEL = "cooperation.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "cooperation.accounts.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
# A whole hall logs in from one address: the guesses are limited per account, hardly per address.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "request_login_code": "600/m/ip,6/m/key,30/h/key"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
DEMO_ACCOUNTS = "config.demo.network.ACCOUNTS"
# What a person takes away is held by every floor: the page asks the top for it, the way Django asks for URLs.
PERSONAL_DATA = "config.personal_data.everything"
ERASE_PERSON = "config.erasure.erase_person"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
EMAIL_CONFIG: dict[str, Any] = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="Écossolies <ne-pas-repondre@localhost>")

# -- languages: French is the source, English the translation
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# -- static files and security
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATIC_ROOT.mkdir(exist_ok=True)  # empty until collectstatic; the finders serve meanwhile
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
if env.bool("STATIC_HASHED", default=False):  # after `collectstatic`: names change with what is in them
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "config.static_files.HashedStaticFiles"},
    }
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and TRUSTED_PROXIES else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "cooperation.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "cooperation.paging.Pages",
    "PAGE_SIZE": 50,
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "1200/min"},
    "NUM_PROXIES": 0,  # REMOTE_ADDR is the client's already (config/proxy.py)
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "realtime.rest.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Écossolies",
    "VERSION": "0.1.0",
    "DESCRIPTION": "Workshops, proposals, polls, assemblies, decisions and actions: reading, and the same acts as the pages.",
    "ENUM_NAME_OVERRIDES": {
        "WorkshopState": "workshops.models.Workshop.State",
        "StepKind": "workshops.models.Step.Kind",
        "StepState": "workshops.models.Step.State",
        "ProposalState": "workshops.models.Proposal.State",
        "CommentKind": "workshops.models.Comment.Kind",
        "PollState": "votes.models.Poll.State",
        "AmendmentKind": "votes.models.RollAmendment.Kind",
        "AssemblyKind": "assemblies.models.Assembly.Kind",
        "AssemblyState": "assemblies.models.Assembly.State",
        "ItemState": "assemblies.models.AgendaItem.State",
        "ResolutionKind": "assemblies.models.Resolution.Kind",
        "ResolutionState": "assemblies.models.Resolution.State",
        "ProxyState": "assemblies.models.Proxy.State",
        "ActionState": "decisions.models.Action.State",
    },
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.channels.server": {"level": "WARNING"},
        "daphne": {"level": "WARNING"},
        "channels_redis.pubsub": {"level": "CRITICAL"},  # realtime/ear.py says once that Redis is away
    },
}
