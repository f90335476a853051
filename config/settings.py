"""Crossread's settings, in three modes.

*local* (nothing set): embedded PostgreSQL under ``CROSSREAD_DATA``. *demo*: the same in a folder of its own, with
demo users. *production* (``DATABASE_URL`` set, or ``DEBUG=0``): everything secret or public comes from the environment.
``CROSSREAD_MODE`` names a mode outright. See docs/DEPLOY.md.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.csp import CSP

from config import embedded_postgres, environment

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Mode ---------------------------------------------------------------------------------------------------------

_production = bool(environment.text("DATABASE_URL")) or not environment.flag("DEBUG", default=True)
MODE = environment.text("CROSSREAD_MODE", "production" if _production else "local")
if MODE not in {"local", "demo", "production"}:
    raise ImproperlyConfigured(f"CROSSREAD_MODE={MODE!r} is none of local, demo, production.")
IS_PRODUCTION = MODE == "production"
IS_DEMO = MODE == "demo"

DATA_DIR = Path(environment.text("CROSSREAD_DATA", str(BASE_DIR / ".data"))).absolute()
if IS_DEMO:
    DATA_DIR = DATA_DIR / "demo"

# --- Core ---------------------------------------------------------------------------------------------------------

DEBUG = environment.flag("DEBUG", default=False) and not IS_PRODUCTION

if IS_PRODUCTION:
    SECRET_KEY = environment.required("SECRET_KEY", "set a long random text, the same on every web process.")
    BASE_URL = environment.required("BASE_URL", "set the address people type, as in https://desk.example.org.").rstrip(
        "/"
    )
    if urlsplit(BASE_URL).scheme not in {"http", "https"} or not urlsplit(BASE_URL).hostname:
        raise ImproperlyConfigured(f"BASE_URL={BASE_URL!r} is no address: write it as in https://desk.example.org.")
    _host = urlsplit(BASE_URL).hostname or ""
    ALLOWED_HOSTS = environment.items("ALLOWED_HOSTS", (_host,))
    CSRF_TRUSTED_ORIGINS = environment.items("CSRF_TRUSTED_ORIGINS", (BASE_URL,))
else:
    SECRET_KEY = environment.kept_secret(DATA_DIR / "secret_key", get_random_secret_key)
    BASE_URL = environment.text("BASE_URL", f"http://localhost:{environment.number('PORT', 8000)}")
    ALLOWED_HOSTS = environment.items("ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]", "testserver"))
    CSRF_TRUSTED_ORIGINS = environment.items("CSRF_TRUSTED_ORIGINS")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "config.apps.CrossreadConfig",
    "annotations",
    "articles",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "axes",
]

MIDDLEWARE = [
    # First, so that a health probe is never redirected, signed in or checked for its host.
    "config.middleware.HealthMiddleware",
    "config.middleware.EmbeddedDatabaseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.SignInRequiredMiddleware",
    "config.middleware.BusyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.FormAddressMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.csp",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.context_processors.desk",
            ],
        },
    },
]
FORM_RENDERER = "config.forms.CrossreadRenderer"

# --- Database -----------------------------------------------------------------------------------------------------

IS_EMBEDDED = not environment.text("DATABASE_URL")
if not IS_EMBEDDED:
    _database = environment.postgres("DATABASE_URL")
elif IS_PRODUCTION:
    raise ImproperlyConfigured(
        "The environment variable DATABASE_URL is not set: production needs a PostgreSQL server."
    )
else:
    _database = embedded_postgres.django_settings(DATA_DIR / "postgres")

THREADS = environment.number("THREADS", 4)
_options: dict[str, Any] = _database.pop("OPTIONS", {})
# What the web server may do is less than what the owner of the tables may: see config/database_role.py.
DATABASE_ROLE = environment.text("DATABASE_ROLE", embedded_postgres.USER if IS_EMBEDDED else "")
if DATABASE_ROLE and environment.flag("CROSSREAD_SERVES", default=False):
    # Said to the server on connecting. Django's own ``assume_role`` asks the pool for a connection while it makes one.
    _escaped = DATABASE_ROLE.replace("\\", "\\\\").replace(" ", "\\ ")
    _options["options"] = f"{_options.get('options', '')} -c role={_escaped}".strip()
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **_database,
        # The pool keeps the connections; Django must not keep them as well.
        "CONN_MAX_AGE": 0,
        # Without it every pooled connection answers one request with an error after the server restarted.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": THREADS + 1, "timeout": 3}, **_options},
        "TEST": {"NAME": environment.text("CROSSREAD_TEST_DATABASE") or None},
    },
}
# A web request that waits longer than this for a story others are at work on gives its connection back and says so;
# commands have time.
LOCK_SECONDS = 5 if environment.flag("CROSSREAD_SERVES", default=False) else 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Rendered paragraphs: about 2 kB each, so at most some 40 MB a process.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
        "TIMEOUT": 24 * 3600,
    },
}

# --- People -------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "config.accounts.NameOrEmailBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "story_list"
LOGOUT_REDIRECT_URL = "login"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 10 / 60  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "config.accounts.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
# One count for each person: the name and the e-mail address, in any case, open the same account.
AXES_USERNAME_CALLABLE = "config.accounts.throttled_name"
AXES_CLIENT_IP_CALLABLE = "config.accounts.client_address"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- Security -----------------------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_PRODUCTION:
    _https = urlsplit(BASE_URL).scheme == "https"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
    SECURE_SSL_REDIRECT = _https and environment.flag("SSL_REDIRECT", default=True)
    # For this host only: subdomains and browsers' preload lists are the domain owner's business, not ours.
    SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 31_536_000) if _https else 0
    if environment.flag("TRUST_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains would bind hosts that are not ours
    "security.W021",  # the preload list is a decision of the domain's owner
]

# --- Static files -------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
# A web server hands out collected files: compressed, named after their content, kept by browsers for good. In
# production the deployment collects them, elsewhere the server's own start (config/static_files.py).
IS_COLLECTED = IS_PRODUCTION or environment.flag(
    "CROSSREAD_COLLECTS", default=environment.flag("CROSSREAD_SERVES", default=False) and not DEBUG
)
STATIC_ROOT = BASE_DIR / "staticfiles" if IS_PRODUCTION else DATA_DIR / "static" if IS_COLLECTED else None
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.static_files.CollectedFiles"
        if IS_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = not IS_COLLECTED

# --- Import -------------------------------------------------------------------------------------------------------

# A text above this many bytes is refused: it is no article.
IMPORT_MAX_BYTES = environment.number("IMPORT_MAX_BYTES", 2 * 1024 * 1024)
IMPORT_MAX_FILES = 10
# Articles that one request may bring; more are for the command line.
IMPORT_MAX_ARTICLES = 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * IMPORT_MAX_BYTES

# --- Analysis -----------------------------------------------------------------------------------------------------

# The spaCy pipeline that finds names, or nothing for the weights that come along.
NAME_FINDER = environment.spacy_pipeline("NAME_FINDER")

# --- Language, time, mail, log ------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = environment.text("TIME_ZONE", "UTC")
USE_I18N = False
USE_TZ = True

# Where no mail server is named the sign-in page offers no reset by mail; a message that is sent all the same goes to
# this host's own server in production, and to standard output elsewhere.
IS_MAIL_SENT = bool(environment.text("EMAIL_HOST"))
MAILERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": environment.text("EMAIL_HOST", "localhost"),
            "port": environment.number("EMAIL_PORT", 25),
            "username": environment.text("EMAIL_HOST_USER"),
            "password": environment.text("EMAIL_HOST_PASSWORD"),
            "use_tls": environment.flag("EMAIL_USE_TLS", default=False),
        },
    }
    if IS_MAIL_SENT or IS_PRODUCTION
    else {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
}
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", f"crossread@{urlsplit(BASE_URL).hostname}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}},
    "root": {"handlers": ["stdout"], "level": environment.text("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        # Django's own handlers would print errors a second time.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "axes": {"level": "WARNING"},
    },
}
