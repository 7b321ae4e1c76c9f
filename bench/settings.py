"""Production's settings without the limits that would turn a measuring client away."""

from laocai_tdkt.settings.production import *  # noqa: F403

API_REQUESTS_PER_MINUTE = {"address": 10**9, "token": 10**9}
# The measuring client has a session and no device for a second factor.
SECOND_FACTOR_REQUIRED = False
