"""Production's settings without what would turn a measuring client away, or needs collected files."""

from laocai_tdkt.settings.production import *  # noqa: F403
from laocai_tdkt.settings.production import STORAGES

API_REQUESTS_PER_MINUTE = {"address": 10**9, "token": 10**9}
# The measuring client has a session and no device for a second factor.
SECOND_FACTOR_REQUIRED = False
# Nobody asks for the static files.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
