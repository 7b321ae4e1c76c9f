"""Targets and tasks of a draft from a spreadsheet: the template of its tier, what a filled one changes."""

import uuid
from datetime import date

from core.importing import Change, Intake, Plan
from core.models import Event
from core.spreadsheets.columns import Choice, Code, Day, Reference, Text
from core.spreadsheets.description import Sheet, SpreadsheetInvalid
from core.transitions import Refused
from core.vietnamese import search_key
from registrations import workflow

TARGETS, TASKS = "Chỉ tiêu", "Nhiệm vụ"
MOST_TARGETS, MOST_TASKS = 50, 100
_TASK_PARTS = (
    ("product", "Sản phẩm cụ thể"),
    ("field", "Lĩnh vực"),
    ("due", "Thời hạn"),
    ("in_charge", "Người phụ trách"),
)


class PlanIntake(Intake):
    """The file is the whole of the draft's targets and tasks: what it leaves out is taken away."""

    title = "Nhập chỉ tiêu, nhiệm vụ từ Excel"

    def __init__(self, registration, *, by, acting):
        self.registration, self.by, self.acting = registration, by, acting
        self.name = f"dang-ky-{registration.period.year}-{registration.unit.tier}"
        criteria_set = registration.period.campaign.criteria_set
        self.criteria = list(criteria_set.criteria.filter(tier=registration.unit.tier))
        self.field_names = {f.code: f.name for f in registration.period.campaign.fields.all()}

    @property
    def salt(self):
        return f"import-plan-{self.registration.uid}"

    def sheets(self):
        content = workflow.content_of(self.registration)
        return [self._targets(content), self._tasks(content)]

    def _targets(self, content):
        level_of = {t["criterion"]: t["level"] for t in content["targets"] if t["criterion"]}
        prefilled = [
            {"code": c.code, "text": c.name, "demand": c.demand, "level": level_of.get(c.code, "")}
            for c in self.criteria
        ]
        prefilled += [t for t in content["targets"] if t["criterion"] is None]
        return Sheet(
            TARGETS,
            (
                Code(
                    name="code",
                    heading="Mã tiêu chí",
                    width=14,
                    pattern=r"[A-Za-z0-9-]+",
                    words="giữ nguyên mã trong mẫu",
                    help="Để trống nếu là chỉ tiêu khác của đơn vị.",
                ),
                Text(name="text", heading="Chỉ tiêu", is_required=True, limit=300, width=60),
                Reference(name="demand", heading="Kế hoạch yêu cầu", width=20, help="Chỉ để tham khảo."),
                Text(name="level", heading="Mức phấn đấu", limit=120, width=24, help="Ví dụ: 98 %."),
            ),
            help="ghi mức phấn đấu của từng tiêu chí; thêm dòng cho chỉ tiêu khác của đơn vị.",
            max_rows=MOST_TARGETS,
            prefilled=tuple(prefilled),
        )

    def _tasks(self, content):
        prefilled = tuple(
            {
                **task,
                "field": self.field_names.get(task["field"], ""),
                "due": date.fromisoformat(task["due"]) if task["due"] else None,
            }
            for task in content["tasks"]
        )
        return Sheet(
            TASKS,
            (
                Text(
                    name="name",
                    heading="Tên nhiệm vụ",
                    is_required=True,
                    limit=300,
                    width=50,
                    example="Số hóa hồ sơ lưu trữ",
                ),
                Text(
                    name="product",
                    heading="Sản phẩm cụ thể",
                    is_required=True,
                    limit=300,
                    width=50,
                    help="Bắt buộc theo Kế hoạch, mục IV.1.",
                    example="Kho dữ liệu 10.000 hồ sơ",
                ),
                Choice(
                    name="field",
                    heading="Lĩnh vực",
                    width=36,
                    options={name: code for code, name in self.field_names.items()},
                    example=next(iter(self.field_names.values()), ""),
                ),
                Day(
                    name="due",
                    heading="Thời hạn",
                    width=14,
                    example=f"30/09/{self.registration.period.year}",
                ),
                Text(name="in_charge", heading="Người phụ trách", limit=120, width=28, example="Văn phòng"),
            ),
            help="mỗi dòng một nhiệm vụ, có sản phẩm cụ thể.",
            max_rows=MOST_TASKS,
            prefilled=prefilled,
        )

    def plan(self, tables, faults):
        content = workflow.content_of(self.registration)
        targets, wrong_targets = self._read_targets(tables[TARGETS])
        tasks, wrong_tasks = self._read_tasks(tables[TASKS], content["tasks"])
        if faults or wrong_targets or wrong_tasks:
            raise SpreadsheetInvalid([*faults, *wrong_targets, *wrong_tasks])
        plan = Plan(base=str(self.registration.version), data=content | {"targets": targets, "tasks": tasks})
        self._compare_targets(plan, content["targets"], targets)
        self._compare_tasks(plan, content["tasks"], tasks)
        return plan

    def _read_targets(self, table):
        by_code = {c.code: c for c in self.criteria}
        faults, level_of, free = [], {}, {}
        for row in table.rows:
            if not row.reads("code", "text"):
                continue
            code, key = row["code"], search_key(row["text"])
            criterion = by_code.get(code)
            if code and criterion is None:
                faults.append(table.fault(row, "code", f"không có tiêu chí mã “{code}” ở cấp của đơn vị"))
            elif code in level_of:
                faults.append(table.fault(row, "code", f"tiêu chí “{code}” lặp lại"))
            elif criterion and key != search_key(criterion.name):
                reason = f"mã “{code}” là “{criterion.name}”, không phải “{row['text']}”"
                faults.append(table.fault(row, "text", reason))
            elif criterion:
                level_of[code] = row.values.get("level", "")
            elif key in free:
                faults.append(table.fault(row, "text", "chỉ tiêu này lặp lại"))
            else:
                free[key] = {"criterion": None, "text": row["text"], "level": row.values.get("level", "")}
        promised = [
            {"criterion": c.code, "text": "", "level": level_of.get(c.code, "")} for c in self.criteria
        ]
        return [*promised, *free.values()], faults

    def _read_tasks(self, table, saved):
        """Tasks in the shape of the draft's; one that keeps its name stays the same task."""
        key_of = {search_key(task["name"]): task["key"] for task in saved}
        faults, tasks, seen = [], [], {}
        for row in table.rows:
            if not row.reads("name"):
                continue
            key = search_key(row["name"])
            if key in seen:
                faults.append(table.fault(row, "name", f"trùng tên với nhiệm vụ ở dòng {seen[key]}"))
                continue
            seen[key] = row.number
            if not row.reads(*(column.name for column in table.sheet.columns)):
                continue
            due = row["due"].isoformat() if row["due"] else None
            tasks.append({"key": key_of.get(key) or str(uuid.uuid4()), **row.values, "due": due})
        return tasks, faults

    def _compare_targets(self, plan, saved, wanted):
        names = {c.code: c.name for c in self.criteria}
        before = {t["criterion"] or f"free:{t['text']}": t for t in saved}
        after = {t["criterion"] or f"free:{t['text']}": t for t in wanted}
        for key in dict.fromkeys([*before, *after]):
            label = names.get(key) or key.removeprefix("free:")
            old, new = before.get(key), after.get(key)
            _compare(plan, TARGETS, label, _level(old), _level(new), is_kept=key in names)

    def _compare_tasks(self, plan, saved, wanted):
        before, after = ({task["key"]: task for task in tasks} for tasks in (saved, wanted))
        for key in dict.fromkeys([*before, *after]):
            old, new = before.get(key), after.get(key)
            label = (new or old)["name"]
            _compare(plan, TASKS, label, self._parts(old), self._parts(new))
        if [task["key"] for task in wanted if task["key"] in before] != [k for k in before if k in after]:
            plan.changes.append(
                Change("change", TASKS, "Thứ tự các nhiệm vụ", (("Thứ tự", "như đang có", "như tệp"),))
            )

    def _parts(self, task):
        if task is None:
            return None
        shown = dict(task, field=self.field_names.get(task["field"], ""))
        if task["due"]:
            shown["due"] = f"{date.fromisoformat(task['due']):%d/%m/%Y}"
        return {label: shown[name] or "" for name, label in _TASK_PARTS}

    def apply(self, plan, file, options):
        version = int(plan.base)
        if not workflow.save_draft(self.registration, by=self.by, version=version, content=plan.data):
            raise Refused(
                "Có người vừa lưu bản khác sau khi bạn xem trước. Hãy tải tệp lên lại để xem trước."
            )
        data = {"file": str(file.uid), "name": file.name, "sha256": file.sha256, **plan.counts}
        Event.record("import_plan", self.registration, by=self.by, acting=self.acting, data=data)


def _level(target):
    return None if target is None else {"Mức phấn đấu": target["level"]}


def _compare(plan, kind, label, old, new, *, is_kept=False):
    """Note what becomes of one target or task, given as {what: words} before and after."""
    if old == new:
        plan.unchanged += 1
    elif old and new:
        details = tuple((what, old[what], new[what]) for what in new if old[what] != new[what])
        verb = "change" if not is_kept or any(new.values()) else "remove"
        plan.changes.append(Change(verb, kind, label, details))
    elif new:
        plan.changes.append(Change("add", kind, label, tuple((w, "", v) for w, v in new.items() if v)))
    else:
        plan.changes.append(Change("remove", kind, label, tuple((w, v, "") for w, v in old.items() if v)))
