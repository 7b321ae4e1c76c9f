"""Units from a spreadsheet: new ones, and new names, parents or tax numbers of those that are there."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from core import clock
from core.importing import Plan
from core.models import Event
from core.spreadsheets.columns import Choice, Code, Day, Text
from core.spreadsheets.description import Sheet, SpreadsheetInvalid
from units.enums import Kind
from units.models import Unit
from units.spreadsheets.intake import RegisterIntake, note

SHEET = "Đơn vị"
MOST_ROWS = 5000
_PLACE_CODES = {
    Kind.DISTRICT: (re.compile(r"[0-9]{3}"), "mã cấp huyện gồm 3 chữ số, kể cả số 0 đứng đầu"),
    Kind.COMMUNE: (re.compile(r"[0-9]{5}"), "mã cấp xã gồm 5 chữ số, kể cả số 0 đứng đầu"),
}
_YES_NO = {"Có": True, "Không": False}
_CODE = {"pattern": r"[A-Za-z0-9-]+", "words": "chỉ gồm chữ cái không dấu, chữ số và gạch nối"}
_COLUMNS = (
    Code(
        name="code",
        heading="Mã",
        is_required=True,
        width=14,
        help="Mã hành chính của huyện, xã; mã số thuế của doanh nghiệp.",
        example="5300123456",
        **_CODE,
    ),
    Text(name="name", heading="Tên", is_required=True, width=48, example="Công ty TNHH minh họa Sa Pa"),
    Text(name="abbreviation", heading="Tên viết tắt", limit=40),
    Choice(
        name="kind",
        heading="Loại",
        is_required=True,
        width=28,
        options={kind.label: kind.value for kind in Kind},
        example=Kind.ENTERPRISE.label,
    ),
    Code(
        name="parent",
        heading="Mã đơn vị cấp trên",
        width=18,
        help="Đơn vị đã có trong cổng hoặc ở dòng khác của tệp.",
        **_CODE,
    ),
    Code(
        name="tax_number",
        heading="Mã số thuế",
        limit=14,
        width=16,
        pattern=r"[0-9]{10}(-?[0-9]{3})?",
        words="gồm 10 hoặc 13 chữ số",
        example="5300123456",
    ),
    Choice(
        name="has_admin_procedures",
        heading="Có thủ tục hành chính",
        width=14,
        options=_YES_NO,
        help="Để trống là Có.",
        example="Không",
    ),
    Day(
        name="valid_from",
        heading="Hiệu lực từ",
        width=14,
        help="Bắt buộc với đơn vị mới.",
        example="01/01/2027",
    ),
)


@dataclass
class _Row:
    """A row beside the unit it changes (None when it is new) and the unit it names as its parent."""

    row: object
    unit: Unit | None
    parent: object = None


class UnitsIntake(RegisterIntake):
    name = "don-vi"
    title = "Nhập đơn vị từ Excel"
    models = (Unit,)

    def sheets(self):
        help = "mỗi dòng một đơn vị; mã đã có thì sửa tên, cấp trên, không đổi loại và ngày hiệu lực."
        return [Sheet(SHEET, _COLUMNS, help=help, max_rows=MOST_ROWS)]

    def plan(self, tables, faults):
        table, known = tables[SHEET], defaultdict(list)
        codes = {row[name] for row in table.rows for name in ("code", "parent") if row.reads(name)}
        for unit in Unit.objects.filter(code__in=codes).select_related("parent").order_by("valid_from", "pk"):
            known[unit.code].append(unit)
        wrong, rows = [], {}
        for row in table.rows:
            if not row.reads("code"):
                continue
            if row["code"] in rows:
                first = rows[row["code"]].row.number
                wrong.append(table.fault(row, "code", f"mã “{row['code']}” đã có ở dòng {first}"))
                continue
            unit, reasons = _match(row, known[row["code"]])
            rows[row["code"]] = _Row(row, unit)
            wrong += [table.fault(row, *reason) for reason in reasons]
        wrong += _wrong_parents(table, rows, known)
        if faults or wrong:
            raise SpreadsheetInvalid([*faults, *wrong])
        for found in rows.values():
            code = found.row["parent"]
            found.parent = (rows.get(code) or _operating(known[code])) if code else None
        plan = Plan(data=list(rows.values()))
        for found in rows.values():
            before = _words(found.unit, found.unit.parent) if found.unit else None
            after = _words_of_row(found)
            note(plan, SHEET, f"{found.row['code']} – {found.row['name']}", before, after)
        return plan

    def apply(self, plan, file, options):
        new, changed = [], []
        for found in plan.data:
            row, is_new = found.row, found.unit is None
            if is_new:
                found.unit = Unit(code=row["code"], kind=row["kind"], valid_from=row["valid_from"])
                found.unit.source = f"Nhập từ tệp {file.name}"[:120]
            elif _words(found.unit, found.unit.parent) == _words_of_row(found):
                continue
            unit = found.unit
            unit.name, unit.abbreviation = row["name"], row["abbreviation"]
            unit.tax_number = _tax_number(row)
            unit.has_admin_procedures = _has_procedures(row)
            unit.fill_keys()
            (new if is_new else changed).append(found)
        Unit.objects.bulk_create([found.unit for found in new], batch_size=500)
        for found in [*new, *changed]:
            found.unit.parent = found.parent.unit if isinstance(found.parent, _Row) else found.parent
        fields = ["name", "search_name", "sort_name", "abbreviation", "tax_number", "has_admin_procedures"]
        Unit.objects.bulk_update([f.unit for f in changed], [*fields, "parent"], batch_size=500)
        Unit.objects.bulk_update([f.unit for f in new if f.parent], ["parent"], batch_size=500)
        self._record("add_unit", new, file)
        self._record("change_unit", changed, file)
        data = {"name": file.name, "sha256": file.sha256, **plan.counts}
        Event.record("import_units", file, by=self.by, acting=self.acting, data=data)

    def _record(self, act, rows, file):
        for found in rows:
            data = {"file": str(file.uid), "row": found.row.number}
            Event.record(act, found.unit, by=self.by, acting=self.acting, data=data)


def _operating(units) -> Unit | None:
    """The one of these that acts today, or else the latest that has not ended."""
    today = clock.today()
    going_on = [unit for unit in units if unit.valid_to is None or unit.valid_to >= today]
    return going_on[0] if going_on else None


def _match(row, units) -> tuple[Unit | None, list[tuple[str, str]]]:
    """The unit that the row changes, None for a new one, and what is wrong with that."""
    begins = row.values.get("valid_from")
    unit = _operating(units) if begins is None else next((u for u in units if u.valid_from == begins), None)
    if unit is None:
        return None, list(_wrong_with_new(row, units))
    if row.reads("kind") and unit.kind != row["kind"]:
        return unit, [("kind", f"“{unit.name}” đã có là {unit.get_kind_display()}; loại không đổi được")]
    return unit, []


def _wrong_with_new(row, units):
    pattern, words = _PLACE_CODES.get(row.values.get("kind"), (None, ""))
    if pattern and not pattern.fullmatch(row["code"]):
        yield "code", words
    if not row.reads("valid_from"):
        return
    if row["valid_from"] is None:
        yield "valid_from", "đơn vị mới phải có ngày hiệu lực"
        return
    for unit in units:
        if unit.valid_to is None or unit.valid_to >= row["valid_from"]:
            until = f" đến {unit.valid_to:%d/%m/%Y}" if unit.valid_to else ""
            yield "code", f"mã này là của “{unit.name}” từ {unit.valid_from:%d/%m/%Y}{until}"


def _wrong_parents(table, rows, known):
    circular = _circular(rows)
    for row in table.rows:
        code = row.values.get("parent")
        if code and code not in rows and _operating(known[code]) is None:
            yield table.fault(row, "parent", f"không có đơn vị mã “{code}” trong cổng hay trong tệp")
        elif code and row.values.get("code") in circular:
            yield table.fault(row, "parent", f"đơn vị “{code}” lại thuộc chính đơn vị này")


def _circular(rows) -> set[str]:
    """The codes of those that stand above themselves; each row is walked over once."""
    circular, walked = set(), {}
    for start in rows:
        path, code = [], start
        while code in rows and code not in walked:
            walked[code] = start
            path.append(code)
            code = rows[code].row.values.get("parent")
        if walked.get(code) == start:
            circular.update(path[path.index(code) :])
    return circular


def _has_procedures(row) -> bool:
    return row["has_admin_procedures"] is not False


def _tax_number(row) -> str:
    return row["tax_number"].replace("-", "")


def _words(unit, parent) -> dict[str, str]:
    return {
        "Tên": unit.name,
        "Tên viết tắt": unit.abbreviation,
        "Loại": unit.get_kind_display(),
        "Cấp trên": f"{parent.code} – {parent.name}" if parent else "",
        "Mã số thuế": unit.tax_number,
        "Có thủ tục hành chính": "Có" if unit.has_admin_procedures else "Không",
        "Hiệu lực từ": f"{unit.valid_from:%d/%m/%Y}",
    }


def _words_of_row(found) -> dict[str, str]:
    row, parent = found.row, found.parent
    if isinstance(parent, _Row):
        parent = Unit(code=parent.row["code"], name=parent.row["name"])
    begins: date = found.unit.valid_from if found.unit else row["valid_from"]
    wanted = Unit(
        name=row["name"],
        abbreviation=row["abbreviation"],
        kind=row["kind"],
        tax_number=_tax_number(row),
        has_admin_procedures=_has_procedures(row),
        valid_from=begins,
    )
    return _words(wanted, parent)
