"""Nominees of a draft from a spreadsheet: a sheet for each kind, what a filled one adds and changes.

The file adds and changes, and takes nobody away: who is in the draft and not in the file stays.
"""

from awards.enums import NomineeKind
from awards.forms.nominee import sealed, units_within
from awards.models import Nominee
from awards.models.nominee import BODY_KINDS, KEY_OF
from awards.workflow import compiling
from core import identity
from core.importing import Change, Intake, Plan
from core.spreadsheets.columns import Choice, Code, Day, Text, Whole
from core.spreadsheets.description import Sheet, SpreadsheetInvalid
from core.transitions import Refused
from core.vietnamese import search_key
from units import tax
from units.enums import Sex

SHEETS = {
    NomineeKind.COLLECTIVE: "Tập thể",
    NomineeKind.HOUSEHOLD: "Hộ gia đình",
    NomineeKind.INDIVIDUAL: "Cá nhân",
}
MOST = 1000
PART, WHOLE = "part", "whole"
#: what a row may set, with the words of the preview
FIELDS = {
    "name": "Tên",
    "sex": "Ông/Bà",
    "birth_date": "Ngày sinh",
    "position": "Chức vụ, nơi công tác, địa chỉ",
    "unit": "Đơn vị",
    "is_the_unit": "Cả đơn vị",
    "body_kind": "Tổ chức chưa có tài khoản",
    "tax_number": "Mã số thuế",
    "members": "Số người",
    "women": "Trong đó nữ",
    "achievement": "Tóm tắt thành tích",
}
#: what stands beside the words in the row
STORED = (*FIELDS, "subject", "search_name", "sort_name")
IDENTITY = ("identity_ciphertext", "identity_key", "identity_index")


class NomineeIntake(Intake):
    title = "Nhập đối tượng từ Excel"

    def __init__(self, dossier, *, by, acting):
        self.dossier, self.by, self.acting = dossier, by, acting
        self.name = "doi-tuong-khen-thuong"
        self.units = {unit.name: unit for unit in units_within(dossier)}

    @property
    def salt(self):
        return f"import-nominees-{self.dossier.uid}"

    def _existing(self):
        return self.dossier.nominees.exclude(state="withdrawn").select_related("unit").in_order()

    def sheets(self):
        existing = list(self._existing())
        return [
            Sheet(
                SHEETS[kind],
                tuple(self._columns(kind)),
                help="mỗi dòng một đối tượng; dòng có sẵn là đối tượng đã lập, sửa được ngay trong tệp.",
                max_rows=MOST,
                prefilled=tuple(self._row(nominee) for nominee in existing if nominee.kind == kind),
            )
            for kind in SHEETS
            if kind in self.dossier.form.nominee_kinds
        ]

    def _columns(self, kind):
        is_person = kind == NomineeKind.INDIVIDUAL
        example = {
            NomineeKind.COLLECTIVE: "Bộ phận Một cửa",
            NomineeKind.HOUSEHOLD: "Hộ ông Nguyễn Văn Mẫu",
            NomineeKind.INDIVIDUAL: "Nguyễn Văn Mẫu",
        }[kind]
        yield Text(
            name="name",
            heading="Họ và tên" if is_person else "Tên",
            is_required=True,
            width=34,
            example=example,
        )
        if is_person:
            yield Choice(
                name="sex",
                heading="Ông/Bà",
                is_required=True,
                width=10,
                options={"Ông": Sex.MALE.value, "Bà": Sex.FEMALE.value},
                example="Ông",
            )
            yield Day(name="birth_date", heading="Ngày sinh", width=14, help="Không bắt buộc; để xét trùng.")
            yield Code(
                name="identity_number",
                heading="Số CCCD",
                pattern=r"[0-9 .]+",
                words="12 chữ số (CCCD) hoặc 9 chữ số (CMND)",
                help="Không bắt buộc; cổng mã hóa, không công bố. Để trống thì giữ số đã lưu.",
            )
        if kind == NomineeKind.COLLECTIVE:
            bodies = {f"{label} chưa có tài khoản": value for value, label in BODY_KINDS}
            yield Choice(
                name="what",
                heading="Tập thể là",
                is_required=True,
                width=30,
                options={"Một bộ phận của đơn vị": PART, "Cả đơn vị": WHOLE} | bodies,
                example="Một bộ phận của đơn vị",
            )
            yield Code(
                name="tax_number",
                heading="Mã số thuế",
                pattern=r"[0-9 .-]+",
                words="10 hoặc 13 chữ số",
                help="Chỉ với tổ chức chưa có tài khoản.",
            )
        heading = {
            NomineeKind.COLLECTIVE: "Địa chỉ hoặc nơi công tác",
            NomineeKind.HOUSEHOLD: "Nơi ở",
            NomineeKind.INDIVIDUAL: "Chức vụ, nơi công tác",
        }[kind]
        yield Text(name="position", heading=heading, is_required=kind == NomineeKind.HOUSEHOLD, width=40)
        yield Choice(
            name="unit",
            heading="Đơn vị",
            width=36,
            options={name: name for name in self.units},
            help="Để trống là đơn vị đề nghị.",
        )
        if kind == NomineeKind.COLLECTIVE:
            yield Whole(name="members", heading="Số người", width=10, maximum=100_000)
            yield Whole(name="women", heading="Trong đó nữ", width=10, maximum=100_000)
        yield Text(name="achievement", heading="Tóm tắt thành tích", is_required=True, limit=3000, width=70)

    def _row(self, nominee) -> dict:
        """A nominee of the draft as a row of the template; identity numbers never leave."""
        titles = {Sex.MALE: "Ông", Sex.FEMALE: "Bà"}
        what = "Cả đơn vị" if nominee.is_the_unit else "Một bộ phận của đơn vị"
        if nominee.body_kind:
            what = f"{nominee.get_body_kind_display()} chưa có tài khoản"
        return {
            "name": nominee.name,
            "sex": titles.get(nominee.sex, ""),
            "birth_date": nominee.birth_date,
            "identity_number": "",
            "what": what,
            "tax_number": nominee.tax_number,
            "position": nominee.position,
            "unit": nominee.unit.name,
            "members": nominee.members,
            "women": nominee.women,
            "achievement": nominee.achievement,
        }

    def plan(self, tables, faults):
        self._faults, self._seen = list(faults), {}
        existing = {}
        for nominee in self._existing():
            existing.setdefault((nominee.kind, nominee.search_name), []).append(nominee)
        added, changed, plan = [], [], Plan(base=str(self.dossier.version))
        for kind, sheet in SHEETS.items():
            for row in tables[sheet].rows if sheet in tables else ():
                values = self._values(kind, tables[sheet], row)
                if values is None:
                    continue
                number, key = values.pop("identity_number"), KEY_OF.get(kind, search_key)(row["name"])
                found = same_one(existing.get((kind, key), []), values["birth_date"])
                if found is None:
                    added.append(Nominee(dossier=self.dossier, kind=kind, **values, **_sealed(number)))
                    plan.changes.append(Change("add", sheet, values["name"], _details(values, number)))
                    continue
                details = _differences(found, values, number)
                if not details:
                    plan.unchanged += 1
                    continue
                plan.changes.append(Change("change", sheet, values["name"], details))
                for name, value in (values | _sealed(number)).items():
                    setattr(found, name, value)
                changed.append(found)
        if self._faults:
            raise SpreadsheetInvalid(self._faults)
        plan.data = (added, changed)
        return plan

    def _values(self, kind, table, row) -> dict | None:
        """The model fields of a row; None, with its faults noted, when something is wrong with it."""
        before = len(self._faults)
        columns = table.sheet.columns
        said = {column.name: row.values.get(column.name, column.empty) for column in columns}
        number, what = said.get("identity_number", ""), said.get("what", "")
        if number:
            number = self._read(table, row, "identity_number", identity.normalised, identity.IdentityRefused)
        tax_number = said.get("tax_number", "")
        if tax_number:
            tax_number = self._read(table, row, "tax_number", tax.normalised, tax.TaxNumberRefused)
        body = what if what not in (PART, WHOLE) else ""
        if tax_number and not body:
            self._faults.append(table.fault(row, "tax_number", "chỉ ghi với tổ chức chưa có tài khoản"))
        if body and not said["position"] and row.reads("position"):
            self._faults.append(table.fault(row, "position", "ghi địa chỉ của tổ chức chưa có tài khoản"))
        if (said.get("women") or 0) > (said.get("members") or 0):
            self._faults.append(table.fault(row, "women", "số nữ không thể nhiều hơn số người"))
        key = (kind, KEY_OF.get(kind, search_key)(said["name"]), said.get("birth_date"))
        if not row.reads("name"):
            return None
        if key in self._seen:
            self._faults.append(table.fault(row, "name", f"trùng với dòng {self._seen[key]} của sheet này"))
        self._seen.setdefault(key, row.number)
        if len(self._faults) > before or not row.reads(*(column.name for column in columns)):
            return None
        unit = self.units.get(said["unit"]) if said["unit"] else self.dossier.unit
        subject = {} if body else {"subject": unit if what == WHOLE else None}
        return subject | {
            "name": said["name"],
            "sex": said.get("sex") or "",
            "birth_date": said.get("birth_date"),
            "position": said["position"],
            "unit": unit,
            "is_the_unit": what == WHOLE,
            "body_kind": body or "",
            "tax_number": tax_number,
            "members": said.get("members"),
            "women": said.get("women"),
            "achievement": said["achievement"],
            "identity_number": number,
        }

    def _read(self, table, row, column, read, refused_by):
        try:
            return read(row[column])
        except refused_by as refused:
            self._faults.append(table.fault(row, column, str(refused)))
            return ""

    def apply(self, plan, file, options):
        added, changed = plan.data
        is_done = compiling.take_in(
            self.dossier,
            by=self.by,
            version=int(plan.base),
            added=added,
            changed=changed,
            fields=[*STORED, *IDENTITY],
            file=file,
            acting=self.acting,
        )
        if not is_done:
            raise Refused("Có người vừa lưu hồ sơ sau khi bạn xem trước. Hãy tải tệp lên lại để xem trước.")


def same_one(candidates, birth_date):
    """Who of the same name is meant, taken from the candidates: nobody with another birth date, and rather
    the very same day than one of whom no day is known."""
    for is_meant in (
        lambda known: known == birth_date,
        lambda known: birth_date is None or known is None,
    ):
        for place, candidate in enumerate(candidates):
            if is_meant(candidate.birth_date):
                return candidates.pop(place)
    return None


def _sealed(number) -> dict:
    return sealed(number) if number else {}


def in_words(name, value) -> str:
    if value in (None, "", False):
        return ""
    if name == "birth_date":
        return f"{value:%d/%m/%Y}"
    if name == "sex":
        return {"male": "Ông", "female": "Bà"}[value]
    if name == "body_kind":
        return dict(BODY_KINDS)[value]
    return "có" if value is True else str(value)


def _details(values, number) -> tuple:
    details = [
        (words, "", in_words(name, values[name]))
        for name, words in FIELDS.items()
        if in_words(name, values[name])
    ]
    return (*details, ("Số CCCD", "", f"…{number[-4:]}")) if number else tuple(details)


def _differences(nominee, values, number) -> tuple:
    details = [
        (words, in_words(name, getattr(nominee, name)), in_words(name, values[name]))
        for name, words in FIELDS.items()
        if getattr(nominee, name) != values[name]
    ]
    if number and identity.index_of(number) != nominee.identity_index:
        details.append(("Số CCCD", "đã lưu" if nominee.identity_index else "", f"…{number[-4:]}"))
    return tuple(details)
