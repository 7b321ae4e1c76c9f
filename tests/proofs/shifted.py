"""Production's settings with the clock put forward: how the proofs live through a period's last minutes."""

from laocai_tdkt.settings.production import *  # noqa: F403
from laocai_tdkt.settings.production import env

CLOCK_SHIFT_SECONDS = env.int("CLOCK_SHIFT_SECONDS")
