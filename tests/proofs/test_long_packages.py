"""A package of 2,000 names in three annexes: the time grows no faster than the names, one worker stays
small, two workers are faster than one."""

import math
import multiprocessing
import resource
import time

import pytest

from bench.documents import annexes_of, package
from core.documents import render_annex, render_main

pytestmark = pytest.mark.prove
PARTS = 4  # the text and three annexes


def render_part(task) -> tuple[float, int]:
    """Seconds of this process, and its greatest memory in MB so far."""
    names, part = task
    document, began = package(names), time.process_time()
    if part == 0:
        render_main(document)
    else:
        render_annex(document, part - 1)
    return time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def rendered(names: int, *, workers: int) -> tuple[float, float, int]:
    """Seconds by the wall, seconds of the processor, and MB of the greatest worker."""
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        # Import the printer and load its fonts first, as a worker has at the second task.
        pool.map(render_part, [(3, 1)] * workers * 2, chunksize=1)
        began = time.monotonic()
        told = pool.map(render_part, [(names, part) for part in range(PARTS)], chunksize=1)
        wall = time.monotonic() - began
    return wall, sum(seconds for seconds, _ in told), max(memory for _, memory in told)


def test_two_thousand_names_in_three_annexes():
    assert sum(annexes_of(2000)) == 2000
    _, few, _ = rendered(500, workers=1)
    one_wall, many, memory = rendered(2000, workers=1)
    two_wall, _, _ = rendered(2000, workers=2)
    exponent = math.log(many / few) / math.log(2000 / 500)
    print(f"\nexponent {exponent:.2f}, {memory} MB, two workers {one_wall / two_wall:.2f} times as fast")

    assert exponent <= 1.1
    assert memory < 600
    assert one_wall / two_wall >= 1.5
