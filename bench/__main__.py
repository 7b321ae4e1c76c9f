"""Every row of the table in one run: `make bench`. Writes docs/performance.md between its two marks.

python -m bench [quick]        `quick` asks each command for a small number, to see that it runs

Ratios of the run before are compared: how far each has moved is printed.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.table import GATHER

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
LAST = Path(__file__).parents[1] / ".local" / "bench-last.json"
BEGIN, END = "<!-- measured -->\n", "<!-- end of measured -->\n"
#: the command, its arguments, those of a quick run, and the seconds after which it is stopped
COMMANDS = (
    ("pages", (), (3_000, 1), 1_200),
    ("growth", (), (2_000,), 600),
    ("documents", (), (100, 1), 600),
    ("spreadsheets_out", (), (500, 1), 300),
    ("spreadsheets_in", (), (500, 1), 600),
    ("criteria", (), (400, 1), 900),
    ("deadline_hour", (), (20, 10), 1_800),
)


def main(how="whole") -> int:
    rows = [row for command in COMMANDS for row in _rows_of(*command, is_quick=how == "quick")]
    if how != "quick":
        before = json.loads(LAST.read_text()) if LAST.exists() else {}
        _compare(rows, before)
        _write(rows, before)
    missed = [what for what, *_, verdict in rows if verdict == "MISSED"]
    print("Every goal was met." if not missed else "Missed: " + "; ".join(missed))
    return len(missed)


def _rows_of(name, whole, quick, seconds, *, is_quick) -> list[list]:
    with tempfile.NamedTemporaryFile("r", suffix=".rows") as gathered:
        command = [sys.executable, "-m", f"bench.{name}", *map(str, quick if is_quick else whole)]
        try:
            subprocess.run(command, env=os.environ | {GATHER: gathered.name}, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            print(f"bench.{name} was stopped after {seconds} s")
        rows = [json.loads(line) for line in gathered]
    return rows or [[f"bench.{name}", "", "", None, "", "MISSED"]]


def _compare(rows, before: dict[str, float]):
    """Ratios are meant to last: say which is further than a fifth from the run before."""
    ratios = {what: ratio for what, _, _, ratio, _, _ in rows if ratio is not None}
    for what in ratios.keys() & before.keys():
        moved = ratios[what] / before[what] - 1
        print(
            f"{what}: {moved:+.0%} against the run before"
            + (" (more than a fifth)" if abs(moved) > 0.2 else "")
        )
    LAST.write_text(json.dumps(ratios))


def _write(rows, before: dict[str, float]):
    versions = ", ".join(f"{name} {version(name)}" for name in ("django", "weasyprint", "gunicorn"))
    lines = [
        f"Measured on {date.today():%d/%m/%Y}: {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}, {versions}.\n",
        "| what | ours | floor | ratio | the run before | goal | |",
        "|---|---|---|---|---|---|---|",
    ]
    for what, ours, floor, ratio, goal, verdict in rows:
        told, last = ("" if r is None else f"{r:.2f}" for r in (ratio, before.get(what)))
        lines.append(f"| {what} | {ours} | {floor} | {told} | {last} | {goal} | {verdict} |")
    text = PAGE.read_text()
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(head + BEGIN + "\n".join(lines) + "\n" + END + tail)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
