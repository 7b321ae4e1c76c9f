"""The rows that the commands of `bench` print, and that `python -m bench` gathers."""

import json
import os

#: names the file in which `python -m bench` gathers the rows of its commands
GATHER = "BENCH_ROWS"


def row(what: str, ours: str, floor: str, ratio: float | None, goal: str, *, met: bool | None) -> bool:
    """Print one line and hand it on; whether the goal is met, or there is none (`met` None)."""
    verdict = {True: "met", False: "MISSED", None: ""}[met]
    told = f"{ratio:.2f}" if ratio is not None else ""
    print(" | ".join((what, ours, floor, told, goal, verdict)), flush=True)
    if path := os.environ.get(GATHER):
        with open(path, "a") as rows:
            rows.write(json.dumps([what, ours, floor, ratio, goal, verdict], ensure_ascii=False) + "\n")
    return met is not False


def at_most(what: str, ours: str, floor: str, ratio: float, goal: float) -> bool:
    return row(what, ours, floor, ratio, f"≤ {goal}", met=ratio <= goal)


def at_least(what: str, ours: str, floor: str, ratio: float, goal: float | None) -> bool:
    met = None if goal is None else ratio >= goal
    return row(what, ours, floor, ratio, "" if goal is None else f"≥ {goal}", met=met)
