"""A registration's plain values (`workflow.content_of`) made readable."""

import re
from datetime import date

from core.wording import marks
from criteria.models import Criterion
from registrations.comparing import TASK_LABELS, task_in_words

_PERCENT = re.compile(r"\D*(100|[0-9]{1,2}(?:,[0-9]{1,4})?)\s*%")


def criteria_of(registration):
    """The criteria the unit may set itself levels for: those of its tier."""
    criteria_set = registration.period.campaign.criteria_set_id
    return Criterion.objects.filter(criteria_set=criteria_set, tier=registration.unit.tier)


def readable_of(registration, content: dict) -> dict:
    fields = registration.period.campaign.fields.values_list("code", "name", named=True)
    return readable(content, criteria=criteria_of(registration), priority_fields=fields)


def readable(content: dict, *, criteria, priority_fields) -> dict:
    criterion_of = {c.code: c for c in criteria}
    name_of = {f.code: f.name for f in priority_fields}
    return {
        **content,
        "fields": [name_of.get(code, code) for code in content["fields"]],
        "targets": [
            {
                "criterion": criterion_of.get(target["criterion"]),
                "name": target["text"] or criterion_of[target["criterion"]].name,
                "level": target["level"],
                "bar": bar(target["level"]),
            }
            for target in content["targets"]
        ],
        "tasks": [
            {
                **task,
                "field": name_of.get(task["field"], ""),
                "due": date.fromisoformat(task["due"]) if task["due"] else None,
            }
            for task in content["tasks"]
        ],
    }


def bar(level: str) -> str | None:
    """The length of a bar for a level such as "tối thiểu 98,5 %"; None when it names no percentage."""
    found = _PERCENT.match(level)
    return found[1].replace(",", ".") if found else None


def in_words(changes, registration, *contents) -> list[dict]:
    """Changes of `merging` as `{key, label, mine, saved, marks}`; the tasks' names are in `contents`."""
    name_of = {f.code: f.name for f in registration.period.campaign.fields.all()}
    criterion_of = {c.code: c.name for c in criteria_of(registration)}
    task_of = {task["key"]: task["name"] for content in contents for task in content["tasks"]}
    found = []
    for change in changes:
        mine, saved = (_value(change.key, value, name_of) for value in (change.mine, change.saved))
        found.append(
            {
                "key": change.key,
                "label": _label(change.key, criterion_of, task_of),
                "mine": mine,
                "saved": saved,
                "marks": marks(saved, mine),
            }
        )
    return found


def _label(key, criterion_of, task_of) -> str:
    kind, _, rest = key.partition(":")
    match kind:
        case "contact":
            return {"name": "Người liên hệ", "phone": "Điện thoại"}[rest]
        case "fields":
            return "Lĩnh vực ưu tiên"
        case "objectives":
            return "Mục tiêu thi đua"
        case "target":
            return f"Chỉ tiêu: {criterion_of.get(rest, rest)}"
        case "free":
            return f"Chỉ tiêu: {rest}"
    task, _, part = rest.partition(":")
    label = f", {TASK_LABELS[part]}" if part else ""
    return f"Nhiệm vụ “{task_of[task]}”{label}"


def _value(key, value, name_of) -> str:
    part = key.split(":")[-1]
    if key == "fields":
        return ", ".join(name_of.get(code, code) for code in value)
    if isinstance(value, dict):
        due = date.fromisoformat(value["due"]) if value["due"] else None
        return task_in_words({**value, "due": due, "field": name_of.get(value["field"], "")})
    if key.startswith("task:") and part == "due" and value:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if key.startswith("task:") and part == "field":
        return name_of.get(value, "")
    return value or ""
