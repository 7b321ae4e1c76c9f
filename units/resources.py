"""Import of the register of units from the shipped CSV files, by django-import-export.

Each resource reads one file; `import_register` reads all of them in one transaction,
or nothing. Faults name file, line, column and reason.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from import_export import fields, resources, widgets
from tablib import Dataset

from units.enums import Kind
from units.models import Reorganisation, Unit, UnitSuccession

#: the register knows nothing before the plan's world; an unknown beginning is this day
BEGINNING = date(2020, 1, 1)
COMMUNES_2024 = "NQ-1197-2024"
BODIES_2025 = "SAP-XEP-2025-03"
COMMUNES_2025 = "NQ-1673-2025"
ACTS = {
    COMMUNES_2024: ("Nhập xã Tà Chải vào thị trấn Bắc Hà", "1197/NQ-UBTVQH15", date(2024, 11, 1)),
    BODIES_2025: ("Sắp xếp các sở, ban, ngành của tỉnh", "Sắp xếp tổ chức bộ máy 03/2025", date(2025, 3, 1)),
    COMMUNES_2025: (
        "Sắp xếp đơn vị hành chính cấp xã, kết thúc hoạt động cấp huyện",
        "1673/NQ-UBTVQH15 (16/6/2025)",
        date(2025, 7, 1),
    ),
}


@dataclass(frozen=True)
class Fault:
    file: str
    line: int
    column: str
    reason: str

    def __str__(self):
        return f"{self.file}, dòng {self.line}, cột {self.column}: {self.reason}"


class RegisterInvalid(Exception):
    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class RequiredText(widgets.CharWidget):
    def clean(self, value, row=None, **kwargs):
        text = (value or "").strip()
        if not text:
            raise ValueError("không được để trống")
        return text


class CodeText(RequiredText):
    """A code is text: a leading zero is part of it."""

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value, row, **kwargs)
        if not text.isalnum() or len(text) > 20:
            raise ValueError(f"mã “{text}” chỉ gồm chữ và số, tối đa 20 ký tự")
        return text


class KindText(RequiredText):
    def clean(self, value, row=None, **kwargs):
        text = super().clean(value, row, **kwargs)
        if text not in Kind.values:
            raise ValueError(f"không có loại đơn vị “{text}”")
        return text


class IsoDate(widgets.Widget):
    """A date as yyyy-mm-dd; empty is None unless a default is given."""

    def __init__(self, default=None):
        super().__init__()
        self.default = default

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, date):
            return value
        text = (value or "").strip()
        if not text:
            return self.default
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"ngày “{text}” không đúng dạng năm-tháng-ngày") from None


class UnitByCode(widgets.Widget):
    """The unit with this code that exists on `day`; empty gives None."""

    def __init__(self, day: date, **filters):
        super().__init__()
        self.day, self.filters = day, filters

    def clean(self, value, row=None, **kwargs):
        code = (value or "").strip()
        if not code:
            return None
        unit = Unit.objects.valid_on(self.day).filter(code=code, **self.filters).first()
        if unit is None:
            raise ValueError(f"không có đơn vị mã “{code}” ngày {self.day:%d/%m/%Y}")
        return unit


class UnitResource(resources.ModelResource):
    code = fields.Field("code", "code", CodeText())
    name = fields.Field("name", "name_vi", RequiredText())
    kind = fields.Field("kind", "kind", KindText())
    valid_from = fields.Field("valid_from", "valid_from", IsoDate(BEGINNING))

    class Meta:
        model = Unit
        import_id_fields = ("code", "valid_from")
        fields = ("code", "name", "kind", "valid_from")
        skip_unchanged = True
        report_skipped = False
        use_transactions = False
        store_row_values = False
        clean_model_instances = False

    file: str
    columns: tuple[str, ...]
    key_columns = ("code",)
    begins = BEGINNING

    def before_import(self, dataset, **kwargs):
        missing = [c for c in self.columns if c not in (dataset.headers or [])]
        if missing:
            raise RegisterInvalid([Fault(self.file, 1, c, "thiếu cột này") for c in missing])
        seen = {}
        faults = []
        for line, row in enumerate(dataset.dict, start=2):
            key = tuple(row.get(c) for c in self.key_columns)
            if key in seen:
                faults.append(Fault(self.file, line, self.key_columns[0], f"trùng với dòng {seen[key]}"))
            seen.setdefault(key, line)
        if faults:
            raise RegisterInvalid(faults)
        if "valid_from" not in dataset.headers:
            dataset.append_col([self.begins.isoformat()] * len(dataset), header="valid_from")


class BodyResource(UnitResource):
    file = "provincial_bodies_2022.csv"
    columns = ("code", "name_vi", "abbrev", "kind", "parent", "valid_from", "valid_to", "certainty")
    abbreviation = fields.Field("abbreviation", "abbrev", widgets.CharWidget())
    parent = fields.Field("parent", "parent", UnitByCode(date(2022, 1, 1)))
    valid_to = fields.Field("valid_to", "valid_to", IsoDate())
    source = fields.Field("source", "certainty", widgets.CharWidget())

    class Meta(UnitResource.Meta):
        fields = (*UnitResource.Meta.fields, "abbreviation", "parent", "valid_to", "source")

    def before_save_instance(self, instance, row, **kwargs):
        # The file gives the day of the change; the old body existed to the day before.
        if row.get("valid_to"):
            instance.valid_to = date.fromisoformat(row["valid_to"]) - timedelta(days=1)
        instance.has_admin_procedures = instance.kind == Kind.DEPARTMENT


class OldUnitResource(UnitResource):
    file = "units_2020_2025.csv"
    columns = ("kind", "code", "name_vi", "type_vi", "parent_code")
    parent = fields.Field("parent", "parent_code", UnitByCode(BEGINNING, kind=Kind.DISTRICT))

    class Meta(UnitResource.Meta):
        fields = (*UnitResource.Meta.fields, "parent")

    def before_import_row(self, row, **kwargs):
        if row.get("kind") == Kind.DISTRICT:
            row["parent_code"] = ""  # the province itself is not a unit of the movement

    def before_save_instance(self, instance, row, **kwargs):
        instance.province_code = "10"
        if instance.ended_by is None:  # a succession row may have recorded an earlier end
            instance.ended_by = Reorganisation.objects.get(code=COMMUNES_2025)
            instance.valid_to = instance.ended_by.effective_on - timedelta(days=1)


class NewUnitResource(UnitResource):
    file = "units_from_2025_07_01.csv"
    columns = ("kind", "code", "name_vi", "type_vi", "parent_code")
    begins = ACTS[COMMUNES_2025][2]

    def before_save_instance(self, instance, row, **kwargs):
        instance.province_code = "15"
        instance.begun_by = Reorganisation.objects.get(code=COMMUNES_2025)


class SuccessionResource(resources.ModelResource):
    """Which old commune became part of which new one. Rows whose old province is 15 are
    former Yên Bái communes: they enter the register as predecessor stubs."""

    file = "unit_successors.csv"
    columns = (
        "old_code",
        "old_name",
        "old_district",
        "old_province_code",
        "new_code",
        "new_name",
        "new_province_code",
        "effective_date",
        "legal_basis",
    )
    key_columns = ("old_code", "new_code", "effective_date")
    predecessor = fields.Field("predecessor", "old_code", UnitByCode(BEGINNING))
    successor = fields.Field("successor", "new_code")
    effective_on = fields.Field("effective_on", "effective_date", IsoDate())
    legal_basis = fields.Field("legal_basis", "legal_basis", RequiredText())

    class Meta:
        model = UnitSuccession
        import_id_fields = ("predecessor", "successor")
        fields = ("predecessor", "successor", "effective_on", "legal_basis")
        skip_unchanged = True
        report_skipped = False
        use_transactions = False
        store_row_values = False

    before_import = UnitResource.before_import

    def before_import_row(self, row, **kwargs):
        act = COMMUNES_2024 if row.get("effective_date") == "2024-11-01" else COMMUNES_2025
        day = ACTS[act][2]
        self.fields["successor"].widget = UnitByCode(day, kind=Kind.COMMUNE)
        if row.get("old_province_code") == "15" and (row.get("old_code") or "").strip():
            Unit.objects.get_or_create(
                code=row["old_code"].strip(),
                valid_from=BEGINNING,
                defaults={
                    "name": row["old_name"],
                    "kind": Kind.COMMUNE,
                    "province_code": "15",
                    "valid_to": day - timedelta(days=1),
                    "ended_by": Reorganisation.objects.get(code=act),
                    "is_predecessor_stub": True,
                    "source": f"{row['old_district']}, tỉnh Yên Bái (cũ)",
                },
            )

    def after_save_instance(self, instance, row, **kwargs):
        if instance.effective_on == ACTS[COMMUNES_2024][2]:
            Unit.objects.filter(pk=instance.predecessor_id).update(
                valid_to=instance.effective_on - timedelta(days=1),
                ended_by=Reorganisation.objects.get(code=COMMUNES_2024),
            )


class BodyReorganisationResource(resources.ModelResource):
    """Which provincial body merged into which on 01/03/2025; new bodies enter the register."""

    file = "reorganisation_2025_bodies.csv"
    columns = ("old_code", "new_code", "new_name_vi", "effective_date", "certainty")
    key_columns = ("old_code", "new_code")
    begins = BEGINNING
    predecessor = fields.Field("predecessor", "old_code")
    successor = fields.Field("successor", "new_code")
    effective_on = fields.Field("effective_on", "effective_date", IsoDate())
    legal_basis = fields.Field("legal_basis", "legal_basis", RequiredText())

    class Meta(SuccessionResource.Meta):
        pass

    before_import = UnitResource.before_import

    def before_import_row(self, row, **kwargs):
        act = Reorganisation.objects.get(code=BODIES_2025)
        row["legal_basis"] = act.legal_basis
        day = IsoDate().clean(row.get("effective_date"))
        if day is None:
            raise ValueError("không được để trống ngày hiệu lực")
        self.fields["predecessor"].widget = UnitByCode(day - timedelta(days=1), kind=Kind.DEPARTMENT)
        self.fields["successor"].widget = UnitByCode(day, kind=Kind.DEPARTMENT)
        code = CodeText().clean(row.get("new_code"))
        if not Unit.objects.filter(code=code, kind=Kind.DEPARTMENT).exists():
            Unit.objects.create(
                code=code,
                name=RequiredText().clean(row.get("new_name_vi")),
                kind=Kind.DEPARTMENT,
                valid_from=day,
                begun_by=act,
                source=row["certainty"],
            )

    def after_save_instance(self, instance, row, **kwargs):
        Unit.objects.filter(pk=instance.predecessor_id).update(
            valid_to=instance.effective_on - timedelta(days=1),
            ended_by=Reorganisation.objects.get(code=BODIES_2025),
        )


RESOURCES = (BodyResource, OldUnitResource, NewUnitResource, BodyReorganisationResource, SuccessionResource)


def _faults(resource, result) -> list[Fault]:
    faults = [Fault(resource.file, 1, "tệp", str(e.error)) for e in result.base_errors]
    for invalid in result.invalid_rows:
        for name, messages in invalid.error.message_dict.items():
            column = resource.fields[name].column_name if name in resource.fields else name
            faults += [Fault(resource.file, invalid.number + 1, column, m) for m in messages]
    for number, errors in result.row_errors():
        faults += [Fault(resource.file, number + 1, "dòng", str(e.error)) for e in errors]
    return sorted(faults, key=lambda f: f.line)


def _read(path: Path) -> Dataset:
    try:
        return Dataset().load(path.read_text("utf-8-sig"), format="csv")
    except FileNotFoundError:
        raise RegisterInvalid([Fault(path.name, 1, "tệp", "không tìm thấy tệp này")]) from None
    except UnicodeDecodeError:
        raise RegisterInvalid([Fault(path.name, 1, "tệp", "tệp phải ở dạng UTF-8")]) from None
    except Exception as error:  # tablib raises many kinds for a broken row
        raise RegisterInvalid([Fault(path.name, 1, "tệp", f"không đọc được: {error}")]) from error


def import_register(folder: Path) -> dict[str, dict[str, int]]:
    """Read the five files of `folder` into the register, all or nothing.

    Returns, per file, how many rows were new, updated and unchanged. Raises
    `RegisterInvalid` with every fault of the first faulty file.
    """
    totals = {}
    with transaction.atomic():
        for code, (title, basis, day) in ACTS.items():
            Reorganisation.objects.get_or_create(
                code=code, defaults={"title": title, "legal_basis": basis, "effective_on": day}
            )
        for kind in RESOURCES:
            resource = kind()
            result = resource.import_data(_read(folder / resource.file), use_transactions=False)
            faults = _faults(resource, result)
            if faults:
                raise RegisterInvalid(faults)
            totals[resource.file] = result.totals
        _record_split_of_2022()
    return totals


def _record_split_of_2022():
    """Sở VHTT&DL became two departments on 21/04/2022 (column `successors` of the bodies)."""
    day = date(2022, 4, 21)
    old = Unit.objects.filter(code="SVHTTDL", valid_to=day - timedelta(days=1)).first()
    for successor in Unit.objects.filter(code__in=["SVHTT", "SDL"], valid_from=day):
        if old:
            UnitSuccession.objects.get_or_create(
                predecessor=old,
                successor=successor,
                defaults={"effective_on": day, "legal_basis": "Chia tách Sở VHTT&DL tháng 4/2022"},
            )
