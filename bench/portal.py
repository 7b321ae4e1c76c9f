"""A portal of its own for a measurement: throwaway servers, an empty database, gone when it ends."""

import contextlib
import gc
import os
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

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
        # As gunicorn.conf.py and celery.py do.
        gc.freeze()
        yield
        from django.db import connections

        connections.close_all()
    finally:
        servers.stop()


class Taken(NamedTuple):
    """Seconds of both, the medians; and how many times its floor ours takes, the median of the rounds.

    What disturbs the machine for a second or two meets both halves of a round, so that it leaves their
    ratio alone.
    """

    ours: float
    floor: float
    times: float


def in_turn(ours: Callable[[], float], floor: Callable[[], float], *, rounds: int) -> Taken:
    """Both, which return the seconds they took, `rounds` times after one that does not count."""
    # Who goes first changes, so that neither always finds the machine warm.
    pairs = [(ours(), floor()) if n % 2 else (floor(), ours())[::-1] for n in range(rounds + 1)][1:]
    medians = (statistics.median(column) for column in zip(*pairs, strict=True))
    times = statistics.median(own / its_floor for own, its_floor in pairs)
    return Taken(*medians, times)


def race(ours: Callable, floor: Callable, *, rounds: int, often: int = 1) -> Taken:
    """`in_turn` for two functions that are timed here; ours is run `often` where the floor takes far longer,
    so that both see as much of the machine."""
    return in_turn(_timed(ours, often), _timed(floor), rounds=rounds)


def _timed(run: Callable, often: int = 1) -> Callable[[], float]:
    def seconds():
        began = time.perf_counter()
        for _ in range(often):
            run()
        return (time.perf_counter() - began) / often

    return seconds


def tell(what: str, taken: Taken, goal: float) -> bool:
    """One row of seconds, ours in those of the floor; whether the goal is met."""
    return at_most(what, f"{taken.ours:.3f} s", f"{taken.floor:.3f} s", taken.times, goal)
