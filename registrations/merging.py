"""Two people's changes to one draft brought together, as plain values (the shape of `workflow.content_of`).

A draft is taken apart into pieces, each with a key:
"contact:name", "fields", "objectives", "target:COMM-1", "free:<its words>",
"task:<key>" (its being there at all) and "task:<key>:product".
Other kinds of drafts bring a `Shape` of their own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

TASK_PARTS = ("name", "product", "field", "due", "in_charge")
#: stands for what is not there at all
ABSENT = None
_UNKNOWN = object()


@dataclass(frozen=True)
class Change:
    """One piece in which what I wrote and what is saved differ."""

    key: str
    mine: object
    saved: object


@dataclass(frozen=True)
class Merged:
    """`content` has both sides' changes and, where they clash, mine."""

    content: dict
    clashes: list[Change]
    #: changes of the other that I have not touched; they are in `content`
    taken: list[Change]
    #: changes of mine that the other has not touched
    own: list[Change]


@dataclass(frozen=True)
class Shape:
    """How one kind of draft is taken apart (`pieces`) and put together (`choose`)."""

    pieces: Callable[[dict], dict]
    choose: Callable[[dict, dict, Iterable[str]], dict]
    #: the kind of key whose rows are compared part by part
    rows: str


def merge(base: dict | None, mine: dict, saved: dict, shape: Shape | None = None) -> Merged:
    """`base` is what both started from; without it every difference is a clash."""
    shape = shape or REGISTRATION
    before = shape.pieces(base) if base else {}
    ours, theirs = shape.pieces(mine), shape.pieces(saved)
    clashes, taken, own = [], [], []
    for key in dict.fromkeys([*ours, *theirs]):
        change = Change(key, ours.get(key, ABSENT), theirs.get(key, ABSENT))
        start = before.get(key, ABSENT) if base else _UNKNOWN
        if change.mine == change.saved or _is_told_by_its_row(key, shape.rows, ours, theirs):
            continue
        if change.mine == start:
            taken.append(change)
        elif change.saved == start:
            own.append(change)
        else:
            clashes.append(change)
    content = shape.choose(mine, saved, [change.key for change in taken])
    return Merged(content, clashes, taken, own)


def choose(mine: dict, saved: dict, keys) -> dict:
    """`mine`, with the pieces named by `keys` as they are in `saved`."""
    content = {
        **mine,
        "contact": dict(mine["contact"]),
        "targets": [dict(target) for target in mine["targets"]],
        "tasks": [dict(task) for task in mine["tasks"]],
    }
    theirs = pieces(saved)
    for key in keys:
        kind, _, rest = key.partition(":")
        if kind == "contact":
            content["contact"][rest] = saved["contact"][rest]
        elif kind in ("fields", "objectives"):
            content[kind] = saved[kind]
        elif kind == "target":
            for target in content["targets"]:
                if target["criterion"] == rest:
                    target["level"] = theirs.get(key, "")
        elif kind == "free":
            _choose_free(content, rest, theirs.get(key, ABSENT))
        elif kind == "task":
            choose_row(content["tasks"], saved["tasks"], rest)
    return content


def _choose_free(content, text, level):
    found = [t for t in content["targets"] if not t["criterion"] and t["text"] == text]
    if level is ABSENT:
        content["targets"] = [t for t in content["targets"] if t not in found]
    elif found:
        found[0]["level"] = level
    else:
        content["targets"].append({"criterion": None, "text": text, "level": level})


def choose_row(rows: list[dict], theirs: list[dict], key: str) -> None:
    """Make the row named by "<key>" or the part "<key>:<part>" in `rows` as it is in `theirs`."""
    key, _, part = key.partition(":")
    chosen = next((row for row in theirs if row["key"] == key), None)
    position = next((n for n, row in enumerate(rows) if row["key"] == key), None)
    if chosen is None:
        if position is not None:
            del rows[position]
    elif position is None:
        rows.append(dict(chosen))
    else:
        rows[position] |= {part: chosen[part]} if part else chosen


def pieces(content: dict) -> dict:
    """Key → plain value of each piece."""
    found = {
        "contact:name": content["contact"]["name"],
        "contact:phone": content["contact"]["phone"],
        "fields": sorted(content["fields"]),
        "objectives": content["objectives"],
    }
    for target in content["targets"]:
        key = f"target:{target['criterion']}" if target["criterion"] else f"free:{target['text']}"
        found[key] = target["level"]
    return found | row_pieces("task", content["tasks"], TASK_PARTS)


def row_pieces(kind: str, rows: list[dict], parts) -> dict:
    """The pieces of rows that have keys: each as a whole, and each of its parts."""
    found = {}
    for row in rows:
        key = f"{kind}:{row['key']}"
        found[key] = {part: row[part] for part in parts}
        found |= {f"{key}:{part}": row[part] for part in parts}
    return found


def _is_told_by_its_row(key, kind, ours, theirs) -> bool:
    """A row on both sides is compared part by part; one that only one side has, as a whole."""
    if not key.startswith(f"{kind}:"):
        return False
    row = ":".join(key.split(":")[:2])
    is_on_both = row in ours and row in theirs
    return is_on_both if key == row else not is_on_both


REGISTRATION = Shape(pieces, choose, rows="task")
