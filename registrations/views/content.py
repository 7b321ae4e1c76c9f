"""A registration's plain values (`workflow.content_of`) made readable, and two of them compared."""

import re
from datetime import date

_PERCENT = re.compile(r"\D*(100|[0-9]{1,2}(?:,[0-9]{1,4})?)\s*%")


def criteria_of(registration):
    """The criteria the unit may set itself levels for: those of its tier."""
    return registration.period.campaign.criteria_set.criteria.filter(tier=registration.unit.tier)


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


def differences(saved: dict, typed: dict) -> list[dict]:
    """Where two readable contents differ, as `{label, saved, typed}` in words."""
    ours, theirs = _lines(saved), _lines(typed)
    return [
        {"label": label, "saved": ours.get(label, ""), "typed": theirs.get(label, "")}
        for label in dict.fromkeys([*ours, *theirs])
        if ours.get(label, "") != theirs.get(label, "")
    ]


def _lines(content):
    lines = {
        "Người liên hệ": content["contact"]["name"],
        "Điện thoại": content["contact"]["phone"],
        "Lĩnh vực ưu tiên": ", ".join(content["fields"]),
        "Mục tiêu thi đua": content["objectives"],
    }
    for target in content["targets"]:
        lines[f"Chỉ tiêu: {target['name']}"] = target["level"]
    for number, task in enumerate(content["tasks"], start=1):
        due = f"{task['due']:%d/%m/%Y}" if task["due"] else ""
        said = [task["name"], task["product"], task["field"], due, task["in_charge"]]
        lines[f"Nhiệm vụ {number}"] = "; ".join(filter(None, said))
    return lines
