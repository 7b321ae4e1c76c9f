"""Two filed versions side by side (`views.content.readable`): what was added, removed or reworded."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from core.wording import marks

#: two tasks are the same one reworded when their names are at least this much alike
ALIKE = 0.6
TASK_LABELS = {
    "name": "tên nhiệm vụ",
    "product": "sản phẩm cụ thể",
    "field": "lĩnh vực",
    "due": "thời hạn",
    "in_charge": "người phụ trách",
}


@dataclass(frozen=True)
class Difference:
    """`kind` is "added", "removed" or "changed"; `marks` is the wording as `core.wording` marks it."""

    section: str
    label: str
    kind: str
    marks: list[tuple[str, str]]


def compare(old: dict, new: dict) -> list[Difference]:
    """Where `new` differs from `old`, in the order of the form."""
    found = []
    for section, label, before, after in [
        *_general(old, new),
        *_targets(old, new),
        *_tasks(old, new),
        *_attachments(old, new),
        *_paper(old, new),
    ]:
        if before != after:
            kind = "added" if not before else "removed" if not after else "changed"
            found.append(Difference(section, label, kind, marks(before, after)))
    return found


def _general(old, new):
    yield "Thông tin chung", "Người liên hệ", old["contact"]["name"], new["contact"]["name"]
    yield "Thông tin chung", "Điện thoại", old["contact"]["phone"], new["contact"]["phone"]
    yield "Mục tiêu", "Mục tiêu thi đua", old["objectives"], new["objectives"]
    yield "Mục tiêu", "Lĩnh vực ưu tiên", ", ".join(old["fields"]), ", ".join(new["fields"])


def _targets(old, new):
    before = {target["name"]: target["level"] for target in old["targets"]}
    after = {target["name"]: target["level"] for target in new["targets"]}
    for name in dict.fromkeys([*before, *after]):
        yield "Chỉ tiêu", name, before.get(name, ""), after.get(name, "")


def _tasks(old, new):
    for before, after in pair_tasks(old["tasks"], new["tasks"]):
        number = new["tasks"].index(after) + 1 if after else old["tasks"].index(before) + 1
        if before is None or after is None:
            yield "Nhiệm vụ", f"Nhiệm vụ {number}", task_in_words(before), task_in_words(after)
            continue
        for part, label in TASK_LABELS.items():
            yield "Nhiệm vụ", f"Nhiệm vụ {number}, {label}", _said(before[part]), _said(after[part])


def pair_tasks(old: list[dict], new: list[dict]) -> list[tuple[dict | None, dict | None]]:
    """Each task with what it was before, in the new order, the removed ones last."""
    left, pairs = list(old), []
    was = {}
    for position, task in enumerate(new):
        same = next((t for t in left if t["name"] == task["name"]), None)
        if same is not None:
            left.remove(same)
            was[position] = same
    for position, task in enumerate(new):
        if position not in was and left:
            nearest = max(left, key=lambda t, name=task["name"]: _likeness(t["name"], name))
            if _likeness(nearest["name"], task["name"]) >= ALIKE:
                left.remove(nearest)
                was[position] = nearest
        pairs.append((was.get(position), task))
    return pairs + [(task, None) for task in left]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _attachments(old, new):
    # The same name may hold other bytes.
    before = {a["sha256"]: a["name"] for a in old.get("attachments", [])}
    after = {a["sha256"]: a["name"] for a in new.get("attachments", [])}
    for sha256 in dict.fromkeys([*before, *after]):
        yield "Tệp kèm theo", "Tệp", before.get(sha256, ""), after.get(sha256, "")


def _paper(old, new):
    for part, label in (("number", "Số văn bản đến"), ("received_on", "Ngày nhận văn bản")):
        before, after = ((filed.get("paper") or {}).get(part, "") for filed in (old, new))
        yield "Bản giấy", label, before, after


def task_in_words(task: dict | None) -> str:
    """A task in one line."""
    return "; ".join(said for part in TASK_LABELS if (said := _said(task[part]))) if task else ""


def _said(value) -> str:
    return f"{value:%d/%m/%Y}" if hasattr(value, "year") else value or ""
