"""Two people's changes to one draft brought together, as plain values (the shape of `workflow.content_of`).

A draft is taken apart into pieces, each with a key:
"contact:name", "fields", "objectives", "target:COMM-1", "free:<its words>",
"task:<key>" (its being there at all) and "task:<key>:product".
"""

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


def merge(base: dict | None, mine: dict, saved: dict) -> Merged:
    """`base` is what both started from; without it every difference is a clash."""
    before = pieces(base) if base else {}
    ours, theirs = pieces(mine), pieces(saved)
    clashes, taken, own = [], [], []
    for key in dict.fromkeys([*ours, *theirs]):
        change = Change(key, ours.get(key, ABSENT), theirs.get(key, ABSENT))
        start = before.get(key, ABSENT) if base else _UNKNOWN
        if change.mine == change.saved or _is_told_by_its_task(key, ours, theirs):
            continue
        if change.mine == start:
            taken.append(change)
        elif change.saved == start:
            own.append(change)
        else:
            clashes.append(change)
    content = choose(mine, saved, [change.key for change in taken])
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
            _choose_task(content, *rest.partition(":")[::2], saved)
    return content


def _choose_free(content, text, level):
    found = [t for t in content["targets"] if not t["criterion"] and t["text"] == text]
    if level is ABSENT:
        content["targets"] = [t for t in content["targets"] if t not in found]
    elif found:
        found[0]["level"] = level
    else:
        content["targets"].append({"criterion": None, "text": text, "level": level})


def _choose_task(content, key, part, saved):
    theirs = next((task for task in saved["tasks"] if task["key"] == key), None)
    position = next((n for n, task in enumerate(content["tasks"]) if task["key"] == key), None)
    if theirs is None:
        if position is not None:
            del content["tasks"][position]
    elif position is None:
        content["tasks"].append(dict(theirs))
    else:
        content["tasks"][position] |= {part: theirs[part]} if part else theirs


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
    for task in content["tasks"]:
        key = f"task:{task['key']}"
        found[key] = {part: task[part] for part in TASK_PARTS}
        found |= {f"{key}:{part}": task[part] for part in TASK_PARTS}
    return found


def _is_told_by_its_task(key, ours, theirs) -> bool:
    """A task on both sides is compared part by part; one that only one side has, as a whole."""
    if not key.startswith("task:"):
        return False
    task = ":".join(key.split(":")[:2])
    is_on_both = task in ours and task in theirs
    return is_on_both if key == task else not is_on_both
