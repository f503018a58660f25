"""Settings: one file. What differs between machines comes from the environment, or the file that SAKIP_ENV names, and fails loudly."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from sakip.places import (
    BASE_DIR as BASE_DIR,  # where the code is; templates and what the office keeps may be elsewhere
)
from sakip.places import COMMAND as COMMAND
from sakip.places import DEFAULT_ENV, DEFAULT_VAR, shipped

from . import VERSION as VERSION
from .buckets import bucket_storage
from .databases import replica_options, with_options
from .error_reports import report_errors
from .guide_headers import guard_guide
from .logs import FORMATTERS, logging_config
from .replica import REPLICA

env = environ.Env()
env_file = Path(env("SAKIP_ENV", default=str(DEFAULT_ENV)))
try:
    if env_file.is_file():
        env.read_env(env_file)
except PermissionError as error:
    raise ImproperlyConfigured(
        f"{env_file} tidak dapat dibaca oleh pengguna ini. Jalankan sebagai pengguna layanan: runuser -u sakip -- sakip …"
    ) from error
VAR_DIR = Path(env("SAKIP_DIR", default=str(DEFAULT_VAR)))

DEBUG = env.bool("DEBUG", default=False)
SHOW_COMPONENTS = DEBUG  # the page that shows developers every component
SECRET_KEY = env("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
HTTPS = env.bool("HTTPS", default=True)
PUBLIC_URL = env("PUBLIC_URL", default=f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}").rstrip("/")
# Whether the demonstration office may be loaded here: never beside HTTPS, and never unless somebody says so.
DEMONSTRATION = env.bool("DEMONSTRATION", default=DEBUG)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "measurement",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "measurement.request_log.RequestNumberMiddleware",
    "measurement.request_counts.CountingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "measurement.middleware.MachineAddressMiddleware",
    "measurement.middleware.RefusalMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "measurement.middleware.CompressedPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "measurement.middleware.LoginFirstMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "measurement.middleware.FreshPasswordMiddleware",
    "measurement.form_middleware.RollingSessionMiddleware",
    "measurement.form_middleware.SentOnceMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "measurement.replica_reading.ReplicaMiddleware",
]
ROOT_URLCONF = "sakip.urls"
WSGI_APPLICATION = "sakip.wsgi.application"
SERVE_ADDRESS = env("SERVE_ADDRESS", default="127.0.0.1:8000")
SERVE_WORKERS = env.int("SERVE_WORKERS", default=2)
SERVE_THREADS = env.int("SERVE_THREADS", default=4)
# Processes beside the web server that do what takes longer than a page may. Where none is, and nobody says that one runs elsewhere, it is done at once.
SERVE_JOBS = env.int("SERVE_JOBS", default=0 if DEBUG else 1)
JOBS_AT_ONCE = env.bool("JOBS_AT_ONCE", default=not SERVE_JOBS)
AT_ONCE, QUEUE = "django_tasks.backends.immediate.ImmediateBackend", "django_tasks_db.DatabaseBackend"
TASKS = {"default": {"BACKEND": AT_ONCE if JOBS_AT_ONCE else QUEUE}}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [shipped("templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "measurement.views.frame.frame",
            ],
            "builtins": ["measurement.templatetags.addresses"],
        },
    },
]

# On PostgreSQL: how many connections the threads of a process share; 0: each keeps its own.
DATABASE_POOL = env.int("DATABASE_POOL", default=0)
# Whether PostgreSQL keeps what it planned for each connection; False behind a pooler that gives a connection to somebody else after each transaction.
DATABASE_PREPARED = env.bool("DATABASE_PREPARED", default=True)
DATABASES = {
    "default": with_options(
        env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'sakip.sqlite3'}"),
        DATABASE_POOL,
        DATABASE_PREPARED,
    )
}
# A replica that PostgreSQL keeps, for overviews, reports and search; and how many seconds it may be behind, in which whoever sent a form doesn't read there.
REPLICA_SECONDS = env.int("REPLICA_SECONDS", default=30)
if REPLICA_URL := env("REPLICA_URL", default=""):
    DATABASES[REPLICA] = replica_options(env.db("REPLICA_URL"), DATABASE_POOL, DATABASE_PREPARED)
    DATABASE_ROUTERS = ["sakip.replica.ReplicaRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.cache_url_config(env("CACHE_URL", default="locmemcache://").replace("valkey", "redis", 1))
}
if "RedisCache" in CACHES["default"]["BACKEND"]:
    CACHES["default"]["BACKEND"] = "sakip.shared_cache.ForgivingRedis"
# A session may be cached only where all processes share the cache.
SESSION_ENGINE = "django.contrib.sessions.backends." + ("cached_db" if "CACHE_URL" in env.ENVIRON else "db")

AUTH_USER_MODEL = "measurement.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["sakip.passwords.OfficeArgon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "nip")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CSRF_FAILURE_VIEW = "measurement.views.start.kept_text.csrf_failed"
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "login", "inbox", "login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# the last two: a PIN chosen beside a wrong password
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "new", "again"]

# How often one token of the API may call.
API_CALLS_PER_MINUTE = env.int("API_CALLS_PER_MINUTE", default=120)

# Webhooks: how long a receiver may take, and whether it may lie in the office's own network (or on this machine).
WEBHOOK_SECONDS = 10
SEND_WEBHOOKS_AT_ONCE = True  # right after the act, not only by the timer
WEBHOOK_PRIVATE_ADDRESSES = env.bool("WEBHOOK_PRIVATE_ADDRESSES", default=False)

LANGUAGE_CODE = "id"
TIME_ZONE = env("TIME_ZONE", default="Asia/Jakarta")
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [shipped("static")]
FIXTURE_DIRS = [shipped("fixtures")]
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Files in S3-compatible storage; the media folder then only has what this machine lately used.
if S3_URL := env("S3_URL", default=""):
    STORAGES["bucket"] = bucket_storage(S3_URL)
# The guide as `make docs` builds it: public, below /panduan/.
DOCS_ROOT = Path(env("DOCS_ROOT", default=str(VAR_DIR / "public")))
# Pages take fonts from the system; those in static/ are for papers, and squeezing them is most of the work of collectstatic
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ROOT = DOCS_ROOT if DOCS_ROOT.is_dir() else None
WHITENOISE_INDEX_FILE = True
WHITENOISE_ADD_HEADERS_FUNCTION = guard_guide
MAX_UPLOAD_BYTES = 10 * 1024 * 1024
MAX_REQUEST_BYTES = 60 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
PAPER_SECONDS = 60
PAPER_MEMORY_BYTES = 2 * 1024**3
RENDER_PAPERS_AT_ONCE = True
INSPECTION_SECONDS = 30
INSPECTION_MEMORY_BYTES = 1024**3

# Signatures: what seals the office's keys, and the account at the certified provider (BSrE).
SIGNING_SECRET = env("SIGNING_SECRET", default=SECRET_KEY)
BSRE_URL = env("BSRE_URL", default="")
BSRE_VERSION = env.int("BSRE_VERSION", default=2)
BSRE_USER = env("BSRE_USER", default="")
BSRE_PASSWORD = env("BSRE_PASSWORD", default="")
BSRE_SECONDS = env.int("BSRE_SECONDS", default=30)
BSRE_VISIBLE = env.bool("BSRE_VISIBLE", default=True)
BSRE_CA = env("BSRE_CA", default="")
BSRE_AUTHORITIES = Path(BSRE_CA).read_text() if BSRE_CA else ""
if BSRE_VERSION not in (1, 2):
    raise ImproperlyConfigured("BSRE_VERSION must be 1 or 2.")
if BSRE_CA and "BEGIN CERTIFICATE" not in BSRE_AUTHORITIES:
    raise ImproperlyConfigured("BSRE_CA must name a file of certificates in PEM.")
if (
    BSRE_URL
    and urlsplit(BSRE_URL).scheme != "https"
    and urlsplit(BSRE_URL).hostname not in ("127.0.0.1", "localhost", "::1")
):
    raise ImproperlyConfigured("BSRE_URL must begin with https://: passphrases go there.")

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="sakip@localhost")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# A session ends so long after the last work in it, and at the latest so long after the login; its end is written down every few minutes.
SESSION_COOKIE_AGE, SESSION_LONGEST, SESSION_WRITTEN_EVERY = 60 * 60 * 4, 60 * 60 * 12, 60 * 5
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_CLIENT_IP_CALLABLE = "measurement.middleware.address_behind_proxy"

# Log lines as "text" or "json", to the console; errors also to a Sentry server, if one is named.
LOG_FORMAT = env("LOG_FORMAT", default="text")
if LOG_FORMAT not in FORMATTERS:
    raise ImproperlyConfigured("LOG_FORMAT must be text or json.")
LOGGING = logging_config(LOG_FORMAT)
if SENTRY_DSN := env("SENTRY_DSN", default=""):
    report_errors(SENTRY_DSN, VERSION)

# Where `backup` writes when it isn't told, and how many of its own it keeps there.
BACKUP_DIR = Path(env("BACKUP_DIR", default=str(VAR_DIR / "cadangan")))
BACKUP_KEEP = env.int("BACKUP_KEEP", default=14)
# What /siap/ asks for, and who else than this machine sees what is wrong.
LEAST_FREE_BYTES = env.int("LEAST_FREE_MB", default=500) * 1024**2
READINESS_TOKEN = env("READINESS_TOKEN", default="")
SECURE_REDIRECT_EXEMPT = [r"^(sehat|siap)/$", r"^metrics$"]
# /metrics for Prometheus, from this machine or with the token; off, nothing of it is loaded. The library reads from the environment where processes count.
METRICS = env.bool("METRICS", default=False)
METRICS_TOKEN = env("METRICS_TOKEN", default="")
METRICS_DIR = VAR_DIR / "metrik"
if METRICS:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)
