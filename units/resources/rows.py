"""One django-import-export resource for each kind of row in the register's files."""

from import_export import fields, resources

from units.enums import KINDS_OF_TIER, Kind, Tier
from units.models import Unit, UnitSuccession
from units.resources.acts import ACT_OF_DAY, ACTS, BEGINNING, BODIES_2025, COMMUNES_2025, ONE_DAY
from units.resources.cells import BodyCode, DayBefore, DayOfAct, IsoDate, Kin, OneOf, Parent, PlaceCode, Text
from units.resources.tables import Fault


class RegisterResource(resources.ModelResource):
    """What all rows have in common. The import is given `file`, the `lines` its rows stand
    on and the `acts` by code; `faults` are those import-export has no place for."""

    columns: tuple[str, ...]
    key_columns: tuple[str, ...]
    #: columns the file does not have, the same in every row
    constants: dict[str, str] = {}

    class Meta:
        skip_unchanged = True
        report_skipped = False
        store_row_values = False
        skip_html_diff = True

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.faults = []

    def before_import(self, dataset, *, file, lines, **kwargs):
        for column, value in self.constants.items():
            dataset.append_col([value] * len(dataset), header=column)
        seen = {}
        for line, row in zip(lines, dataset.dict, strict=True):
            key = tuple(row[column].strip() for column in self.key_columns)
            if all(key) and key in seen:
                self.faults.append(Fault(file, line, self.key_columns[0], f"trùng với dòng {seen[key]}"))
            seen.setdefault(key, line)

    def get_instance(self, instance_loader, row):
        try:
            return super().get_instance(instance_loader, row)
        except ValueError:
            return None  # reading the row meets the fault again, and knows its column


class UnitResource(RegisterResource):
    key_columns = ("code",)
    code = fields.Field("code", "code", PlaceCode())
    name = fields.Field("name", "name_vi", Text(200, is_required=True))
    kind = fields.Field("kind", "kind", OneOf((Kind.DISTRICT, Kind.COMMUNE)))

    class Meta(RegisterResource.Meta):
        model = Unit
        import_id_fields = ("code", "valid_from")
        fields = ("code", "name", "kind", "valid_from")


class BodyResource(UnitResource):
    columns = (
        "code",
        "name_vi",
        "abbrev",
        "kind",
        "parent",
        "valid_from",
        "valid_to",
        "successors",
        "certainty",
    )
    code = fields.Field("code", "code", BodyCode())
    kind = fields.Field("kind", "kind", OneOf((*KINDS_OF_TIER[Tier.PROVINCIAL], Kind.ENTERPRISE)))
    valid_from = fields.Field("valid_from", "valid_from", IsoDate(default=BEGINNING))
    # An empty cell leaves the end that the reorganisation of 2025 has set.
    valid_to = fields.Field("valid_to", "valid_to", DayBefore(default=None), saves_null_values=False)
    abbreviation = fields.Field("abbreviation", "abbrev", Text(40))
    parent = fields.Field("parent", "parent", Parent())
    source = fields.Field("source", "certainty", Text(120))

    class Meta(UnitResource.Meta):
        fields = (*UnitResource.Meta.fields, "valid_to", "abbreviation", "parent", "source")

    def before_save_instance(self, instance, row, **kwargs):
        if instance._state.adding:
            instance.has_admin_procedures = instance.kind == Kind.DEPARTMENT

    def after_import(self, dataset, result, *, file, lines, **kwargs):
        """Link the bodies that were split, once all rows stand."""
        if result.has_validation_errors():
            return
        for line, row in zip(lines, dataset.dict, strict=True):
            for code in row["successors"].split():
                self._link(row, code, file, line)

    def _link(self, row, code, file, line):
        ended_on = DayBefore(default=None).clean(row["valid_to"])
        if ended_on is None:
            self.faults.append(Fault(file, line, "valid_to", "có đơn vị kế thừa thì phải có ngày kết thúc"))
            return
        day = ended_on + ONE_DAY
        successor = Unit.objects.valid_on(day).filter(code=code).first()
        if successor is None:
            self.faults.append(Fault(file, line, "successors", f"không có đơn vị mã “{code}”"))
            return
        UnitSuccession.objects.get_or_create(
            predecessor=Unit.objects.get(code=row["code"].strip(), valid_to=ended_on),
            successor=successor,
            defaults={
                "effective_on": day,
                "legal_basis": f"Chia tách ngày {day:%d/%m/%Y}",
                "members_follow": False,
            },
        )


class OldUnitResource(UnitResource):
    columns = ("kind", "code", "name_vi", "parent_code")
    parent = fields.Field("parent", "parent_code", Parent())
    valid_from = fields.Field("valid_from", "valid_from", IsoDate(default=BEGINNING))

    class Meta(UnitResource.Meta):
        fields = (*UnitResource.Meta.fields, "parent")

    constants = {"valid_from": ""}

    def before_import_row(self, row, **kwargs):
        if row["kind"].strip() == Kind.DISTRICT:
            row["parent_code"] = ""  # the province itself is not a unit of the movement

    def before_save_instance(self, instance, row, *, acts, **kwargs):
        if instance._state.adding:
            instance.province_code = "10"
            _end(instance, acts[COMMUNES_2025])


class NewUnitResource(UnitResource):
    columns = ("kind", "code", "name_vi")
    kind = fields.Field("kind", "kind", OneOf((Kind.COMMUNE,)))
    valid_from = fields.Field("valid_from", "valid_from", IsoDate(default=ACTS[COMMUNES_2025][2]))

    constants = {"valid_from": ""}

    def before_save_instance(self, instance, row, *, acts, **kwargs):
        instance.province_code = "15"
        instance.begun_by = acts[COMMUNES_2025]


class NewBodyResource(UnitResource):
    """The bodies that the reorganisation of 01/03/2025 created; those that were there go on."""

    columns = ("old_code", "new_code", "new_name_vi", "effective_date", "certainty")
    key_columns = ("old_code", "new_code", "effective_date")
    code = fields.Field("code", "new_code", BodyCode())
    name = fields.Field("name", "new_name_vi", Text(200, is_required=True))
    kind = fields.Field("kind", "kind", OneOf((Kind.DEPARTMENT,)))
    valid_from = fields.Field("valid_from", "effective_date", DayOfAct())
    source = fields.Field("source", "certainty", Text(120))

    constants = {"kind": Kind.DEPARTMENT}

    class Meta(UnitResource.Meta):
        fields = (*UnitResource.Meta.fields, "source")

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if import_validation_errors:
            return False
        before = Unit.objects.valid_on(instance.valid_from).filter(
            code=instance.code, valid_from__lt=instance.valid_from
        )
        return before.exists() or super().skip_row(instance, original, row)

    def before_save_instance(self, instance, row, *, acts, **kwargs):
        instance.begun_by = acts[ACT_OF_DAY[instance.valid_from]]


class StubResource(UnitResource):
    """Former Yên Bái communes enter the register as stubs, so that histories are whole."""

    columns = ("old_code", "old_name", "old_district", "old_province_code")
    key_columns = ("old_code", "new_code", "effective_date")
    code = fields.Field("code", "old_code", PlaceCode())
    name = fields.Field("name", "old_name", Text(200, is_required=True))
    kind = fields.Field("kind", "kind", OneOf((Kind.COMMUNE,)))
    valid_from = fields.Field("valid_from", "valid_from", IsoDate(default=BEGINNING))

    constants = {"kind": Kind.COMMUNE, "valid_from": ""}

    def skip_row(self, instance, original, row, import_validation_errors=None):
        is_own = row["old_province_code"].strip() == "10"
        return is_own or super().skip_row(instance, original, row, import_validation_errors)

    def before_save_instance(self, instance, row, *, acts, **kwargs):
        instance.province_code = "15"
        instance.is_predecessor_stub = True
        instance.source = f"{row['old_district'].strip()}, tỉnh Yên Bái (cũ)"
        _end(instance, acts[COMMUNES_2025])


class SuccessionResource(RegisterResource):
    columns = ("old_code", "old_name", "new_code", "new_name", "effective_date", "legal_basis")
    key_columns = ("old_code", "new_code", "effective_date")
    predecessor = fields.Field("predecessor", "old_code", Kin("old_name", before=1))
    successor = fields.Field("successor", "new_code", Kin("new_name"))
    effective_on = fields.Field("effective_on", "effective_date", DayOfAct())
    legal_basis = fields.Field("legal_basis", "legal_basis", Text(120, is_required=True))

    class Meta(RegisterResource.Meta):
        model = UnitSuccession
        import_id_fields = ("predecessor", "successor")
        fields = ("predecessor", "successor", "effective_on", "legal_basis")

    def after_save_instance(self, instance, row, *, acts, **kwargs):
        _end(instance.predecessor, acts[ACT_OF_DAY[instance.effective_on]])
        instance.predecessor.save()


class BodySuccessionResource(SuccessionResource):
    columns = NewBodyResource.columns
    predecessor = fields.Field("predecessor", "old_code", Kin(None, before=1))
    successor = fields.Field("successor", "new_code", Kin("new_name_vi"))
    constants = {"legal_basis": ACTS[BODIES_2025][1]}


def _end(unit, act):
    unit.ended_by, unit.valid_to = act, act.effective_on - ONE_DAY
