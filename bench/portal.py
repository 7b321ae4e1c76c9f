"""A portal of its own for a measurement: throwaway servers, an empty database, gone when it ends."""

import contextlib
import os
import statistics
import time
from collections.abc import Callable

from bench.table import at_most

os.environ["DJANGO_SETTINGS_MODULE"] = "laocai_tdkt.settings.test"


@contextlib.contextmanager
def portal():
    """Django with throwaway servers, whatever the environment names."""
    from laocai_tdkt import embedded

    for variable in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(variable, None)
    folder = embedded.home() / f"bench-{os.getpid()}"
    servers = embedded.Servers(folder, folder, is_throwaway=True)
    try:
        os.environ.update(servers.start())
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield
        from django.db import connections

        connections.close_all()
    finally:
        servers.stop()


def race(ours: Callable, floor: Callable, *, rounds: int) -> tuple[float, float]:
    """Both in turn, `rounds` times after one that does not count; the medians in seconds."""
    seconds = {ours: [], floor: []}
    for number in range(rounds + 1):
        # Who goes first changes, so that neither always finds the machine warm.
        for run in (ours, floor) if number % 2 else (floor, ours):
            began = time.perf_counter()
            run()
            if number:
                seconds[run].append(time.perf_counter() - began)
    return statistics.median(seconds[ours]), statistics.median(seconds[floor])


def tell(what: str, ours: float, floor: float, goal: float) -> bool:
    """One row of seconds, ours in those of the floor; whether the goal is met."""
    return at_most(what, f"{ours:.3f} s", f"{floor:.3f} s", ours / floor, goal)
