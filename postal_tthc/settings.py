"""All settings, read from the environment (or .env) with safe defaults."""

import os
import tempfile
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").is_file():
    env.read_env(str(BASE_DIR / ".env"))


def required(name: str) -> str:
    """The setting, or a start-up error that says what to do about it."""
    if value := env.str(name, default=""):
        return value
    raise ImproperlyConfigured(
        f"{name} is not set. Outside debug it is required: put it into the "
        "environment or into .env (see .env.example), or set DEBUG=true on a "
        "developer's machine."
    )


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = "insecure-key-for-debug-only" if DEBUG else required("SECRET_KEY")
ALLOWED_HOSTS = (
    ["127.0.0.1", "localhost", "[::1]", "testserver"]
    if DEBUG
    else [host.strip() for host in required("ALLOWED_HOSTS").split(",")]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "auditlog",
    "django_filters",
    "django_htmx",
    "heroicons",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "postal_tthc",
    "postal_tthc.accounts",
    "django_tasks",
    "django_tasks_db",
    "postal_tthc.jobs",
    "postal_tthc.rest",
    "procedures",
    "dossiers",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "postal_tthc.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "postal_tthc.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "postal_tthc.urls"
WSGI_APPLICATION = "postal_tthc.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "postal_tthc.navigation.navigation",
                "postal_tthc.jobs.context.open_jobs",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "heroicons.templatetags.heroicons",
                "postal_tthc.templatetags.vietnamese",
            ],
        },
    }
]
FORM_RENDERER = "postal_tthc.forms.FormRenderer"

# `or`, because `DATABASE_URL=` in the environment also means "not chosen".
DATABASES = {
    "default": environ.Env.db_url_config(
        env.str("DATABASE_URL", default="") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}"
    )
}
if "ENGINE" not in DATABASES["default"]:
    raise ImproperlyConfigured(
        "DATABASE_URL is not understood. Write postgres://user:password@host/name "
        "or sqlite:////path/to/file, or leave it out for an SQLite file."
    )
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One writer at a time, taken at BEGIN, so that read-check-write never
    # meets "database is locked" half-way (docs/decisions/0002).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # A file, because an in-memory database cannot be shared between threads; one
    # per process, so that two test runs do not meet.
    test_file = Path(tempfile.gettempdir()) / f"postal_tthc_test_{os.getpid()}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": test_file}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Who changed which reference data, and when; dossiers keep their own log.
AUDITLOG_INCLUDE_TRACKING_MODELS = (
    "accounts.Organisation",
    "accounts.OrganisationIdentifier",
    {"model": "accounts.User", "exclude_fields": ["password", "last_login"]},
    "procedures.Field",
    "procedures.Decision",
    {"model": "procedures.Procedure", "exclude_fields": ["search_text"]},
    "procedures.PostalEligibility",
    "procedures.RequiredPaper",
    "procedures.CalendarDay",
    "procedures.TransitNorm",
    "procedures.OfficialForm",
    "dossiers.OpeningTotal",
    {"model": "dossiers.Gateway", "mask_fields": ["secret"]},
    {"model": "dossiers.WebhookEndpoint", "mask_fields": ["secret"]},
    "reports.OutreachEvent",
)

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    }
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["postal_tthc.formats"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A month of totals is one page: thirteen numbers for each procedure of an agency.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000

# Everything worth a look goes to stderr, where the service manager keeps it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

# Requests a token, a person or a stranger's address may make.
API_RATES = {
    "read": env.str("API_RATE_READ", default="600/min"),
    "write": env.str("API_RATE_WRITE", default="120/min"),
    "anonymous": env.str("API_RATE_ANONYMOUS", default="60/min"),
}
KNOX_TOKEN_MODEL = "rest.ApiToken"
# Its own table would stand beside ours, and PostgreSQL could not empty the accounts.
MIGRATION_MODULES = {"knox": None}
REST_KNOX = {
    "TOKEN_MODEL": KNOX_TOKEN_MODEL,
    "TOKEN_PREFIX": "tthc_",
    "AUTH_HEADER_PREFIX": "Bearer",
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "postal_tthc.rest.authentication.ApiTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "postal_tthc.rest.permissions.HasScope",
        "postal_tthc.rest.queries.KnownQuery",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["postal_tthc.rest.throttles.Throttle"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["postal_tthc.rest.parsers.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "postal_tthc.rest.paging.CursorPages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "postal_tthc.rest.schema.ApiSchema",
    "EXCEPTION_HANDLER": "postal_tthc.rest.problems.handle",
    # Behind a proxy one address stands before ours; else nobody else's word counts.
    "NUM_PROXIES": 1 if env.bool("BEHIND_PROXY", default=False) else 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "One-stop post",
    "VERSION": "1",
    "DESCRIPTION": (
        "Administrative dossiers that travel by the public post: the same rules and "
        "verbs as the pages. Sign in with a token (`Authorization: Bearer tthc_…`) or "
        "with the session of the pages. Days are ISO 8601; moments without a zone are "
        "Vietnam's. Every no is a problem document (RFC 9457) with a stable `code`."
    ),
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "postal_tthc.rest.schema.add_problems",
    ],
    # One word may have several tables: each has a name of its own.
    "ENUM_NAME_OVERRIDES": {
        "DossierStatusEnum": "dossiers.statuses.Status",
        "ItemStatusEnum": "dossiers.postal_statuses.ItemStatus",
        "HandoverStatusEnum": "dossiers.models.Handover.Status",
        "ReportStatusEnum": "reports.models.Report.Status",
        "ReportKindEnum": "reports.models.Report.Kind",
        "OutreachKindEnum": "reports.models.OutreachEvent.Kind",
        "DecisionKindEnum": "procedures.models.Decision.Kind",
        "IncidentKindEnum": "dossiers.models.Incident.Kind",
        "JobStatusEnum": "postal_tthc.jobs.statuses.Status",
        "PaperOutcomeEnum": "dossiers.models.Paper.Outcome",
        "IncidentOutcomeEnum": "dossiers.models.Incident.Outcome",
    },
}

# Long work waits in a queue in our own database; `manage.py work` does it.
TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
}
# Without a worker, work of up to so many rows is done at once, inside the request.
JOBS_INLINE_SIZE = env.int("JOBS_INLINE_SIZE", default=5000)
# Seconds without a sign of life after which a worker counts as gone.
JOBS_SILENCE = env.float("JOBS_SILENCE", default=30)

# The number to call about an item, in the office's own words; shown, never judged.
POSTAL_HOTLINE = env.str("POSTAL_HOTLINE", default="")

# Whether events of dossiers may be sent to machines inside the own network, and
# without TLS; off, so that nobody can make this server speak to its neighbours.
WEBHOOKS_MAY_GO_INSIDE = env.bool("WEBHOOKS_MAY_GO_INSIDE", default=False)

SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: one working day
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEBUG
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_HSTS_SECONDS = 0 if DEBUG else env.int("SECURE_HSTS_SECONDS", default=31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
