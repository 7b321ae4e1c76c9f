from laocai_tdkt.settings.demo import *
from laocai_tdkt.settings.demo import CACHES, DATABASES, REST_FRAMEWORK, STORAGES, env

# Each test database is a copy of one that was migrated once (tests/servers.py).
DATABASES["default"]["TEST"] = {"TEMPLATE": env("TEST_DATABASE_TEMPLATE", default=None)}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
DEMO_MODE = False
# Tests travel through the year with one session; those of its end set their own.
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_IDLE_SECONDS = 10 * 365 * 24 * 3600
# Tests of the two turn them on: the others log people in without a password.
CONFIRMATION_REQUIRED = False
SIGNING_KEY_FILE = ""
REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
ACCOUNT_RATE_LIMITS = False
# A test that has no broker must not take it from the next one.
BROKER_SILENCE_SECONDS = 0
# Static files are found where they lie: nothing has been collected in a fresh checkout.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
