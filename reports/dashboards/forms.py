"""What dashboards and the lists behind their numbers can be narrowed to; a wrong value narrows nothing."""

import uuid

from django import forms
from django.db.models import Q

from core import clock
from core.forms import ColumnsField
from core.vietnamese import search_key
from criteria.models import Criterion
from registrations import board
from registrations.models import Obligation, Period, PriorityField
from reports.dashboards import awards
from reports.dashboards.part import Part
from units.enums import Tier

ALL_TIERS = [("", "Mọi cấp"), *Tier.choices]


def _years():
    opened = Period.objects.filter(opens_on__lte=clock.today())
    return [(year, str(year)) for year in opened.values_list("year", flat=True)]


def _districts():
    """The same wherever one is chosen, so that a list can be narrowed to what its number was counted in."""
    owing = board.districts_of(Obligation.objects.filter(is_waived=False))
    return [("", "Mọi huyện"), (board.NO_DISTRICT, "Không thuộc huyện nào"), *owing]


class YearForm(forms.Form):
    """`year` is the newest opened one unless another is asked for."""

    year = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)

    def __init__(self, data):
        years = _years()
        asked = {name: data.get(name, "") for name in self.base_fields}
        super().__init__(asked | {"year": asked["year"] or (years[0][0] if years else "")})
        self.fields["year"].choices = years
        self.choose()
        self.is_valid()
        self.year = self.cleaned_data.get("year") or (years[0][0] if years else None)

    def choose(self):
        """The choices that hang on what there is."""


class DashboardForm(YearForm):
    """`part`: of which units the dashboard tells."""

    tier = forms.ChoiceField(label="Cấp", required=False, choices=ALL_TIERS)
    district = forms.ChoiceField(label="Huyện", required=False)

    def choose(self):
        self.fields["district"].choices = _districts()

    @property
    def part(self) -> Part:
        return Part(self.cleaned_data.get("tier") or "", self.cleaned_data.get("district") or "")

    @property
    def part_in_words(self) -> str:
        """Nothing where all units are told of."""
        chosen = self.part.asked
        return ", ".join(dict(self.fields[name].choices)[value] for name, value in chosen.items())


class DossierFilter(forms.Form):
    q = forms.CharField(
        label="Tìm đơn vị, số tiếp nhận",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label="Giai đoạn",
        required=False,
        choices=[("", "Tất cả"), *((state.value, label) for state, label in awards.STAGES.items())],
    )
    age = forms.ChoiceField(
        label="Số ngày từ lần nộp gần nhất",
        required=False,
        choices=[
            ("", "Tất cả"),
            *((age, words) for age, (_, _, words) in awards.AGES.items()),
            ("qua-han", "Quá hạn thẩm định"),
        ],
    )
    tier = forms.ChoiceField(label="Cấp", required=False, choices=ALL_TIERS)
    district = forms.ChoiceField(label="Huyện", required=False)
    whose = forms.ChoiceField(label="Người thẩm định", required=False)
    cot = ColumnsField(
        {
            "so": "Số tiếp nhận",
            "nop-luc": "Nộp gần nhất",
            "so-ngay": "Số ngày",
            "han": "Hạn thẩm định",
            "giai-doan": "Giai đoạn",
            "nguoi": "Người thẩm định",
        },
        first="Đơn vị đề nghị",
    )

    def __init__(self, data, *, people):
        """`people`: who may be named as appraiser; none for readers who are not told."""
        super().__init__(data)
        self.fields["district"].choices = _districts()
        if people is None:
            del self.fields["whose"]
            columns = self.fields["cot"]
            columns.choices = [choice for choice in columns.choices if choice[0] != "nguoi"]
        else:
            named = [(str(person.uid), person.full_name) for person in people]
            self.fields["whose"].choices = [("", "Tất cả"), ("chua", "Chưa giao"), *named]

    def narrow(self, dossiers):
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("state"):
            dossiers = dossiers.filter(state=asked["state"])
        if asked.get("age") == "qua-han":
            dossiers = dossiers.filter(awards.overdue())
        elif asked.get("age"):
            dossiers = dossiers.filter(awards.in_age(asked["age"]), state__in=awards.UNDER_WAY)
        dossiers = dossiers.filter(Part(asked.get("tier") or "", asked.get("district") or "").of())
        if asked.get("whose") == "chua":
            dossiers = dossiers.filter(assigned_to=None)
        elif asked.get("whose"):
            dossiers = dossiers.filter(assigned_to__uid=uuid.UUID(asked["whose"]))
        if text := asked.get("q", "").strip():
            named = Q(unit__search_name__contains=search_key(text))
            dossiers = dossiers.filter(named | Q(reference__icontains=text))
        return dossiers


class CriteriaFilter(YearForm):
    tier = forms.ChoiceField(label="Cấp", required=False, choices=ALL_TIERS)
    district = forms.ChoiceField(label="Huyện", required=False)
    criterion = forms.ChoiceField(label="Tiêu chí", required=False)
    field = forms.ChoiceField(label="Lĩnh vực ưu tiên", required=False)
    verdict = forms.ChoiceField(
        label="Kết quả", required=False, choices=[("", "Tất cả"), ("dat", "Đạt"), ("chua-dat", "Chưa đạt")]
    )

    def choose(self):
        self.fields["district"].choices = _districts()
        years = [year for year, _ in self.fields["year"].choices]
        in_use = Criterion.objects.filter(criteria_set__campaign__periods__year__in=years)
        self.fields["criterion"].choices = [
            ("", "Mọi tiêu chí"),
            *dict(in_use.order_by("tier", "position").values_list("code", "name")).items(),
        ]
        self.fields["field"].choices = [
            ("", "Mọi lĩnh vực"),
            *dict(PriorityField.objects.order_by("position").values_list("code", "name")).items(),
        ]

    def lines(self) -> dict[str, str]:
        """Which lines of the list are asked for."""
        return {
            name: self.cleaned_data.get(name) or "" for name in ("district", "verdict", "criterion", "field")
        }
