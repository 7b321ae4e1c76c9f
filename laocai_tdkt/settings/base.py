"""Settings shared by every way of running the portal.

Only the environment and wiring live here; business numbers (deadlines,
thresholds, rates) are rows in the database with their legal source.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from whitenoise.compress import Compressor

BASE_DIR = Path(__file__).resolve().parents[2]
LOCAL_DIR = BASE_DIR / ".local"

env = environ.Env()
if os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production"):
    # Demo and tests bring their own environment; a server's file must not reach them.
    environ.Env.read_env(BASE_DIR / ".env")

SECRET_KEY = env("SECRET_KEY", default="")
DEBUG = False
DEMO_MODE = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
SITE_URL = env("SITE_URL", default="http://localhost:8000")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "import_export",
    "rest_framework",
    "drf_spectacular",
    "rules.apps.AutodiscoverRulesConfig",
    "core",
    "units",
    "criteria",
    "registrations",
    "awards",
    "reports",
]

MIDDLEWARE = [
    "core.middleware.ClientAddressMiddleware",
    "core.metrics.RequestMetricsMiddleware",
    "core.unchanged.UnchangedMiddleware",
    "core.middleware.RequestIdMiddleware",
    "core.middleware.UploadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "units.middleware.IdleSessionMiddleware",
    "units.middleware.ActingUnitMiddleware",
    "units.middleware.SecondFactorMiddleware",
    "units.middleware.SupportMiddleware",
    "core.middleware.SentAgainMiddleware",
    "core.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "laocai_tdkt.urls"
WSGI_APPLICATION = "laocai_tdkt.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "reports.context_processors.portal",
                "units.context_processors.acting",
                "reports.context_processors.nav",
                "reports.context_processors.help_here",
            ],
            "builtins": ["core.templatetags.vn", "core.templatetags.parts"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Each role of connection has its own patience: a page must answer within
# seconds, a worker may compute for minutes, a migration may take as long as it takes.
_STATEMENT_TIMEOUT_MS = {"web": 15_000, "worker": 600_000, "command": 0}
DB_ROLE = env("DB_ROLE", default="command")
DATABASES = {"default": env.db("DATABASE_URL", default="postgres://localhost/laocai_tdkt")}
DATABASES["default"].update(
    ENGINE="laocai_tdkt.database",
    CONN_MAX_AGE=env.int("CONN_MAX_AGE", default=600 if DB_ROLE != "command" else 0),
    CONN_HEALTH_CHECKS=True,
    ATOMIC_REQUESTS=False,
)
DATABASES["default"].setdefault("OPTIONS", {}).update(
    # A page asks a dozen questions that take longer to plan than to answer: from the fourth time
    # on, a connection has them prepared. 0: never.
    server_side_binding=True,
    prepare_threshold=env.int("PREPARE_THRESHOLD", default=3) or None,
    options=(
        f"-c statement_timeout={_STATEMENT_TIMEOUT_MS[DB_ROLE]}"
        f" -c lock_timeout={10_000 if DB_ROLE != 'command' else 0}"
        f" -c idle_in_transaction_session_timeout={60_000 if DB_ROLE != 'command' else 0}"
    ),
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="redis://localhost:6379/0")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
    # Drawn pages live and die with the process and its code (reports/kept.py).
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# In KiB; a child that has grown past it, by a long list, is replaced after its task.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600 * 1024
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that is down must not hold up the person who files: the row waits for the sweep.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5, "max_retries": 1}
CELERY_TASK_PUBLISH_RETRY = False
# Each asking takes seconds and one act may send a hundred mails, so a silent broker is left alone a while.
BROKER_SILENCE_SECONDS = 30
CELERY_BEAT_SCHEDULER = "laocai_tdkt.celery:Timetable"
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "units.accounts.OwnWordsValidator"},
]
ACCOUNT_ADAPTER = "units.accounts.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# A mail for every change of password or second factor.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A session ends with the browser, after a working day, or when nobody has touched it for two hours:
# whoever was typing finds his words again behind the login.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 2 * 3600
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Thi đua chuyển đổi số] "
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,5/5m/key"}
# Before approve, issue, publish, correct and revoke: how many seconds a confirmation holds.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
CONFIRMATION_REQUIRED = True
# Compulsory for the two bodies and administrators (units.middleware); open to everyone else.
SECOND_FACTOR_REQUIRED = True
MFA_ADAPTER = "units.accounts.SecretsAtRestAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Thi dua chuyen doi so Lao Cai"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "add_webauthn": "units.forms.second_factor.AddKeyForm",
    "edit_webauthn": "units.forms.second_factor.EditKeyForm",
}
# Accounts come by an invitation sent to the address, which proves it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Single sign-on for known accounts; .env.example shows the form.
OIDC_PROVIDERS = env.json("OIDC_PROVIDERS", default=[])
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_PROVIDERS}}
SOCIALACCOUNT_ADAPTER = "units.accounts.KnownAccountsAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:home"
LOGOUT_REDIRECT_URL = "reports:public_home"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["laocai_tdkt.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# The manuals' pictures lie beside their text.
STATICFILES_DIRS = [BASE_DIR / "static", ("huong-dan", BASE_DIR / "docs" / "huong-dan" / "hinh")]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env("FILES_DIR", default=str(LOCAL_DIR / "files"))},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# The upload limit of one file; the web server in front must allow a little more.
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
# Where ClamAV's daemon listens (unix:///run/clamav/clamd.ctl, tcp://clamav:3310); empty: nothing is scanned.
CLAMAV_URL = env("CLAMAV_URL", default="")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# The portal's own key with its certificate, one PEM file, made if it is missing. Empty: nothing is signed.
SIGNING_KEY_FILE = env("SIGNING_KEY_FILE", default="")

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
#: who is mailed the daily head of the sealed journal, to keep it outside the portal
AUDIT_HEAD_MAIL = env.list("AUDIT_HEAD_MAIL", default=[])
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="thidua@laocai.example")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# How many proxies of ours stand in front, each adding to X-Forwarded-For whom it heard from.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# What a monitor shows to read the metrics; empty: there are none to read.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
# Where pg_dump and pg_restore of the server's version lie; empty: on the PATH.
POSTGRES_PROGRAMS = env("POSTGRES_PROGRAMS", default="")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        # The identity providers, to which the login form leads on.
        "form-action": [SELF, *sorted({_origin(app["settings"]["server_url"]) for app in OIDC_PROVIDERS})],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"

# Seconds by which the demo's clock runs ahead of the real one; always 0 in production.
CLOCK_SHIFT_SECONDS = 0
# Secrets for identity numbers: {key id: base64 of 32 bytes}; the first one encrypts.
IDENTITY_KEYS = env.json("IDENTITY_KEYS", default={})

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "units.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "units.tokens.InScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "core.api.Pages",
    "PAGE_SIZE": 50,
    "DEFAULT_THROTTLE_CLASSES": ["core.api.throttle.AddressThrottle", "core.api.throttle.TokenThrottle"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "core.api.answers.Negotiation",
    # Negotiated by our own class, which leaves a wrong format to be named.
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "core.api.problem",
    # The address is REMOTE_ADDR, set by our own middleware; a header anyone may send is not believed.
    "NUM_PROXIES": 0,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
#: how often one address, and one token, may ask the API within a minute
API_REQUESTS_PER_MINUTE = {"address": 6000, "token": 1200}
SPECTACULAR_SETTINGS = {
    "TITLE": "API cổng thi đua chuyển đổi số Lào Cai",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api.description.complete",
        "reports.api.description.name_award_forms",
    ],
    "ENUM_NAME_OVERRIDES": {
        "PublicStateEnum": "awards.enums.PublicState",
        "PeriodStateEnum": "registrations.enums.PeriodState",
        "RegistrationStateEnum": "registrations.enums.RegistrationState",
        "ReportStateEnum": "registrations.enums.ReportState",
        "DossierStateEnum": "awards.enums.DossierState",
        "UnitKindEnum": "units.enums.Kind",
        "CriteriaSetStateEnum": "criteria.enums.PUBLIC_SET_STATES",
        "ReportKindEnum": "registrations.models.report.REPORT_KINDS",
        "UnitTierEnum": "units.enums.Tier",
        "CriterionTierEnum": "criteria.enums.Tier",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "core.logs.RequestIdFilter"}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request_id"]}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        # It warns, with a traceback, of every signature whose verdict is not "valid".
        "pyhanko": {"level": "ERROR"},
    },
}
SILENCED_SYSTEM_CHECKS = []
