"""Last year's words into this year's draft, as plain values (the shape of `workflow.content_of`)."""

import uuid
from dataclasses import dataclass, field
from datetime import date


@dataclass
class Copied:
    """The draft filled up, what was copied, what the unit had written itself, and what has no place now."""

    content: dict
    parts: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def copy(draft: dict, filed: dict, *, years: int, criteria: set[str], fields: set[str]) -> Copied:
    """Fill the empty parts of `draft` from `filed`, a snapshot of `years` before.

    Targets are matched by the code of their criterion, free ones and tasks by their words;
    days move by as many years. `criteria` and `fields` are the codes known this year.
    """
    copied = Copied({**draft})
    for part in ("name", "phone"):
        copied.content["contact"] = copied.content["contact"] | {
            part: _fill(copied, "người liên hệ", draft["contact"][part], filed["contact"][part])
        }
    known = [code for code in filed["fields"] if code in fields]
    copied.content["fields"] = _fill(copied, "lĩnh vực ưu tiên", draft["fields"], known)
    copied.content["objectives"] = _fill(copied, "mục tiêu", draft["objectives"], filed["objectives"])
    copied.content["targets"] = _targets(copied, draft["targets"], filed["targets"], criteria)
    copied.content["tasks"] = _tasks(copied, draft["tasks"], filed["tasks"], years, fields)
    copied.parts, copied.kept = (list(dict.fromkeys(said)) for said in (copied.parts, copied.kept))
    return copied


def _fill(copied, label, own, earlier):
    """What the unit has written stands; only what is empty is filled."""
    if not own and earlier:
        copied.parts.append(label)
        return earlier
    if own and earlier and own != earlier:
        copied.kept.append(label)
    return own


def _targets(copied, own, earlier, criteria):
    level_of = {t["criterion"]: t["level"] for t in earlier if t["criterion"]}
    copied.dropped += [
        code for code, level in level_of.items() if level and code is not None and code not in criteria
    ]
    before = [t["level"] for t in own]
    filled = [
        target | {"level": target["level"] or level_of.get(target["criterion"], "")}
        if target["criterion"]
        else target
        for target in own
    ]
    if count := sum(old != new["level"] for old, new in zip(before, filled, strict=True)):
        copied.parts.append(f"{count} mức phấn đấu")
    if any(t["criterion"] and t["level"] and t["level"] != level_of.get(t["criterion"], "") for t in own):
        copied.kept.append("mức phấn đấu đã ghi")
    written = {t["text"] for t in own}
    free = [dict(t) for t in earlier if not t["criterion"] and t["text"] not in written]
    if free:
        copied.parts.append(f"{len(free)} chỉ tiêu khác")
    return [*filled, *free]


def _tasks(copied, own, earlier, years, fields):
    written = {task["name"] for task in own}
    new = [
        {
            "key": str(uuid.uuid4()),
            "name": task["name"],
            "product": task["product"],
            "field": task["field"] if task["field"] in fields else None,
            "due": _shifted(task["due"], years),
            "in_charge": task["in_charge"],
        }
        for task in earlier
        if task["name"] not in written
    ]
    if new:
        copied.parts.append(f"{len(new)} nhiệm vụ")
    if own:
        copied.kept.append(f"{len(own)} nhiệm vụ đã soạn")
    return [*own, *new]


def _shifted(due: str | None, years: int) -> str | None:
    """The same day so many years later; 29 February becomes the 28th where there is none."""
    if due is None:
        return None
    day = date.fromisoformat(due)
    try:
        return day.replace(year=day.year + years).isoformat()
    except ValueError:
        return day.replace(year=day.year + years, day=28).isoformat()
