"""The figures of a report from a spreadsheet: a template with the criteria of its tier, and the way back."""

from core.importing import Change, Intake, Plan
from core.models import Event
from core.spreadsheets.columns import Choice, Code, Reference, Text, Whole
from core.spreadsheets.description import Sheet, SpreadsheetInvalid
from core.transitions import Refused
from core.vietnamese import format_number
from criteria import engine
from criteria.enums import Operator
from registrations import workflow
from registrations.checks import may_not_apply

FIGURES = "Số liệu"
_ANSWERS = {"Có": True, "Chưa có": False}
_LABELS = {
    "numerator": "Tử số",
    "denominator": "Mẫu số",
    "answer": "Trả lời",
    "not_applicable": "Lý do không áp dụng",
    "excluded": "Số không tính",
    "note": "Ghi chú",
}


class FigureIntake(Intake):
    """One row per criterion; a criterion the file leaves out keeps what it has."""

    title = "Nhập số liệu từ Excel"

    def __init__(self, report, *, by, acting):
        self.report, self.by, self.acting = report, by, acting
        self.name = f"so-lieu-{report.period.year}-{report.unit.tier}"
        self.criteria = {c.code: c for c in workflow.criteria_of(report)}

    @property
    def salt(self):
        return f"import-figures-{self.report.uid}"

    def sheets(self):
        stored = workflow.content_of_report(self.report)["figures"]
        return [
            Sheet(
                FIGURES,
                (
                    Code(
                        name="code",
                        heading="Mã tiêu chí",
                        width=14,
                        is_required=True,
                        pattern=r"[A-Za-z0-9-]+",
                        words="giữ nguyên mã trong mẫu",
                    ),
                    Reference(name="name", heading="Tiêu chí", width=44, help="Chỉ để đọc."),
                    Reference(name="demand", heading="Kế hoạch yêu cầu", width=18, help="Chỉ để đọc."),
                    Reference(name="numerator_label", heading="Tử số là", width=40, help="Chỉ để đọc."),
                    Whole(name="numerator", heading="Tử số", width=16),
                    Reference(name="denominator_label", heading="Mẫu số là", width=40, help="Chỉ để đọc."),
                    Whole(name="denominator", heading="Mẫu số", width=16),
                    Choice(
                        name="answer",
                        heading="Trả lời",
                        width=12,
                        options=_ANSWERS,
                        help="Chỉ với tiêu chí có hoặc chưa có.",
                    ),
                    Text(
                        name="not_applicable",
                        heading="Lý do không áp dụng",
                        limit=300,
                        width=36,
                        help="Khi đó để trống tử số, mẫu số.",
                    ),
                    Whole(
                        name="excluded",
                        heading="Số không tính",
                        width=16,
                        help="Số văn bản, hồ sơ mật để ngoài; không ghi nội dung.",
                    ),
                    Text(name="note", heading="Ghi chú", limit=300, width=40),
                ),
                help="mỗi dòng một tiêu chí; ô để trống là chưa có số liệu, số 0 là số liệu.",
                max_rows=len(self.criteria),
                prefilled=tuple(self._prefilled(c, stored[c.code]) for c in self.criteria.values()),
            )
        ]

    def _prefilled(self, criterion, values):
        answer = next((word for word, said in _ANSWERS.items() if said is values["answer"]), "")
        labels = {name: getattr(criterion, name) for name in ("name", "demand")}
        counted = {f"{n}_label": getattr(criterion, f"{n}_label") for n in ("numerator", "denominator")}
        return {"code": criterion.code, **labels, **counted, **values, "answer": answer}

    def plan(self, tables, faults):
        content = workflow.content_of_report(self.report)
        wanted, wrong = self._read(tables[FIGURES])
        if faults or wrong:
            raise SpreadsheetInvalid([*faults, *wrong])
        figures = content["figures"] | wanted
        plan = Plan(base=str(self.report.version), data=content | {"figures": figures})
        for code, criterion in self.criteria.items():
            before, after = _in_words(content["figures"][code]), _in_words(figures[code])
            if before == after:
                plan.unchanged += 1
                continue
            details = tuple(
                (label, before[label], after[label]) for label in after if before[label] != after[label]
            )
            verb = "add" if not any(before.values()) else "change" if any(after.values()) else "remove"
            plan.changes.append(Change(verb, FIGURES, criterion.name, details))
        return plan

    def _read(self, table):
        wanted, faults = {}, []
        for row in table.rows:
            if not row.reads("code"):
                continue
            criterion = self.criteria.get(row["code"])
            if criterion is None:
                reason = f"không có tiêu chí mã “{row['code']}” ở cấp của đơn vị"
                faults.append(table.fault(row, "code", reason))
            elif row["code"] in wanted:
                faults.append(table.fault(row, "code", f"tiêu chí “{row['code']}” lặp lại"))
            elif not row.reads(*workflow.FIGURE_FIELDS):
                wanted[row["code"]] = {}
            else:
                values = {name: row[name] for name in workflow.FIGURE_FIELDS}
                values["not_applicable"] = engine.stated_reason(values["not_applicable"])
                wanted[row["code"]] = values
                faults += [table.fault(row, *why) for why in self._faults_of(criterion, values)]
        return wanted, faults

    def _faults_of(self, criterion, said):
        """(column, reason) of whatever the form of the report would refuse too."""
        operator, found = Operator(criterion.operator), []
        if not operator.is_ratio:
            found += [
                (name, "tiêu chí này không tính bằng con số, hãy để trống")
                for name in ("numerator", "denominator", "excluded")
                if said[name] is not None
            ]
        elif (said["numerator"] is None) != (said["denominator"] is None):
            found.append(
                ("numerator" if said["numerator"] is None else "denominator", "nhập đủ cả tử số và mẫu số")
            )
        if operator != Operator.YES_NO and said["answer"] is not None:
            found.append(("answer", "tiêu chí này không hỏi có hay chưa có, hãy để trống"))
        if said["not_applicable"] and (
            operator == Operator.JUDGED or not may_not_apply(criterion, self.report.unit)
        ):
            found.append(("not_applicable", "tiêu chí này áp dụng cho mọi đơn vị cùng loại"))
        if said["excluded"] is not None and operator.is_ratio and not criterion.exclusion:
            found.append(("excluded", "tiêu chí này không có trường hợp nào được để ngoài"))
        if not found:
            figure = engine.Figure(
                said["numerator"], said["denominator"], said["not_applicable"], said["answer"]
            )
            found = [(name, message) for name, message in engine.inconsistencies(figure)]
        return found

    def apply(self, plan, file, options):
        version = int(plan.base)
        if not workflow.save_report(self.report, by=self.by, version=version, content=plan.data):
            raise Refused(
                "Có người vừa lưu bản khác sau khi bạn xem trước. Hãy tải tệp lên lại để xem trước."
            )
        data = {"file": str(file.uid), "name": file.name, "sha256": file.sha256, **plan.counts}
        Event.record("import_figures", self.report, by=self.by, acting=self.acting, data=data)


def _in_words(values: dict) -> dict[str, str]:
    said = {}
    for name, label in _LABELS.items():
        value = values[name]
        if isinstance(value, bool):
            value = "Có" if value else "Chưa có"
        said[label] = format_number(value) if isinstance(value, int) else value or ""
    return said
