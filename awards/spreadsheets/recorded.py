"""The names on a Giấy khen decision from a spreadsheet: a sheet for each kind the form is given to.

The file adds and changes, and takes nobody away.
"""

from awards.enums import NomineeKind
from awards.forms.nominee import sealed
from awards.models import RecordedAward
from awards.models.nominee import KEY_OF
from awards.spreadsheets.nominees import SHEETS, in_words, same_one
from awards.workflow import recording
from core import identity
from core.importing import Change, Intake, Plan
from core.spreadsheets.columns import Choice, Code, Day, Text
from core.spreadsheets.description import Sheet, SpreadsheetInvalid
from core.vietnamese import search_key
from units.enums import Sex

MOST = 2000
#: what a row may set, with the words of the preview
FIELDS = {
    "name": "Tên",
    "sex": "Ông/Bà",
    "birth_date": "Ngày sinh",
    "position": "Chức vụ, nơi công tác hoặc nơi ở",
}
TITLES = {"Ông": Sex.MALE.value, "Bà": Sex.FEMALE.value}
EXAMPLES = {
    NomineeKind.COLLECTIVE: "Tổ công nghệ số cộng đồng",
    NomineeKind.HOUSEHOLD: "Hộ ông Nguyễn Văn Mẫu",
    NomineeKind.INDIVIDUAL: "Nguyễn Văn Mẫu",
}


class RecordedIntake(Intake):
    title = "Nhập danh sách Giấy khen từ Excel"
    name = "danh-sach-giay-khen"

    def __init__(self, decision, *, by, acting):
        self.decision, self.by, self.acting = decision, by, acting

    @property
    def salt(self):
        return f"import-recorded-{self.decision.uid}"

    def lock(self):
        recording.standing(self.decision, self.by)

    def sheets(self):
        listed = list(self.decision.awards.order_by("pk"))
        return [
            Sheet(
                SHEETS[kind],
                tuple(self._columns(kind)),
                help="mỗi dòng một tên; dòng có sẵn là tên đã ghi nhận, sửa được ngay trong tệp.",
                max_rows=MOST,
                prefilled=tuple(self._row(award) for award in listed if award.kind == kind),
            )
            for kind in SHEETS
            if kind in self.decision.form.nominee_kinds
        ]

    def _columns(self, kind):
        is_person = kind == NomineeKind.INDIVIDUAL
        heading = "Họ và tên" if is_person else "Tên"
        yield Text(name="name", heading=heading, is_required=True, width=34, example=EXAMPLES[kind])
        if is_person:
            yield Choice(
                name="sex", heading="Ông/Bà", is_required=True, width=10, options=TITLES, example="Ông"
            )
            yield Day(name="birth_date", heading="Ngày sinh", width=14, help="Không bắt buộc; để xét trùng.")
            yield Code(
                name="identity_number",
                heading="Số CCCD",
                pattern=r"[0-9 .]+",
                words="12 chữ số (CCCD) hoặc 9 chữ số (CMND)",
                help="Không bắt buộc; cổng mã hóa, chỉ dùng để xét trùng. Để trống thì giữ số đã lưu.",
            )
        place = "Nơi ở" if kind == NomineeKind.HOUSEHOLD else "Chức vụ, nơi công tác"
        yield Text(name="position", heading=place, width=40)

    def _row(self, award) -> dict:
        """A name as a row of the template; identity numbers never leave."""
        titles = {value: word for word, value in TITLES.items()}
        return {
            "name": award.name,
            "sex": titles.get(award.sex, ""),
            "birth_date": award.birth_date,
            "identity_number": "",
            "position": award.position,
        }

    def plan(self, tables, faults):
        faults, existing, seen = list(faults), {}, {}
        for award in self.decision.awards.order_by("pk"):
            existing.setdefault((award.kind, award.search_name), []).append(award)
        added, changed, plan = [], [], Plan()
        for kind, sheet in SHEETS.items():
            for row in tables[sheet].rows if sheet in tables else ():
                said = self._values(kind, tables[sheet], row, faults, seen)
                if said is None:
                    continue
                values, number = said
                key = KEY_OF.get(kind, search_key)(values["name"])
                found = same_one(existing.get((kind, key), []), values["birth_date"])
                details = _details(found, values, number)
                if not details:
                    plan.unchanged += 1
                    continue
                plan.changes.append(Change("change" if found else "add", sheet, values["name"], details))
                award = found or RecordedAward(decision=self.decision, kind=kind)
                for name, value in (values | (sealed(number) if number else {})).items():
                    setattr(award, name, value)
                is_whole = kind == NomineeKind.COLLECTIVE and award.name == self.decision.unit.name
                award.subject = self.decision.unit if is_whole else None
                (changed if found else added).append(award)
        if faults:
            raise SpreadsheetInvalid(faults)
        plan.data = (added, changed)
        return plan

    def _values(self, kind, table, row, faults, seen) -> tuple[dict, str] | None:
        """The model fields of a row and the identity number typed; None, with its faults noted, when
        something is wrong with it."""
        before, columns = len(faults), table.sheet.columns
        if not row.reads("name"):
            return None
        said = {column.name: row.values.get(column.name, column.empty) for column in columns}
        number = said.pop("identity_number", "")
        if number:
            try:
                number = identity.normalised(number)
            except identity.IdentityRefused as refused:
                faults.append(table.fault(row, "identity_number", str(refused)))
        key = (kind, KEY_OF.get(kind, search_key)(said["name"]), said.get("birth_date"))
        if key in seen:
            faults.append(table.fault(row, "name", f"trùng với dòng {seen[key]} của sheet này"))
        seen.setdefault(key, row.number)
        if len(faults) > before or not row.reads(*(column.name for column in columns)):
            return None
        return {
            "name": said["name"],
            "sex": said.get("sex") or "",
            "birth_date": said.get("birth_date"),
            "position": said["position"],
        }, number

    def apply(self, plan, file, options):
        added, changed = plan.data
        recording.take_in(
            self.decision, by=self.by, added=added, changed=changed, file=file, acting=self.acting
        )


def _details(award, values, number) -> tuple:
    details = [
        (words, in_words(name, getattr(award, name, "")), in_words(name, values[name]))
        for name, words in FIELDS.items()
        if (getattr(award, name) != values[name] if award else in_words(name, values[name]))
    ]
    if number and (award is None or identity.index_of(number) != award.identity_index):
        details.append(("Số CCCD", "đã lưu" if award and award.identity_index else "", f"…{number[-4:]}"))
    return tuple(details)
