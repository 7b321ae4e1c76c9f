from laocai_tdkt.settings.demo import *
from laocai_tdkt.settings.demo import REST_FRAMEWORK, STORAGES, TEMPLATES, env

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DEMO_MODE = False
REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
ACCOUNT_RATE_LIMITS = False
# A test that has no broker must not take it from the next one.
BROKER_SILENCE_SECONDS = 0
# A wrong variable name in a template is a defect: it must fail, not print nothing.
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = env("STRING_IF_INVALID", default="")
