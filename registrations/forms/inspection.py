from django import forms
from django.db.models import Q

from core.forms import UploadField, VietnameseDateField
from core.vietnamese import search_key
from registrations.enums import FindingKind, InspectionState, TeamRole
from registrations.forms.unit import UnitField
from registrations.models import Inspection, Period
from units.models import User


class _Area(forms.Textarea):
    def __init__(self, rows=4):
        super().__init__(attrs={"rows": rows})


class InspectionForm(forms.ModelForm):
    starts_on = VietnameseDateField(label="Từ ngày")
    ends_on = VietnameseDateField(label="Đến hết ngày")

    class Meta:
        model = Inspection
        fields = ("name", "starts_on", "ends_on", "purpose", "combined_with")
        widgets = {"purpose": _Area}
        help_texts = {
            "name": "Ví dụ: Kiểm tra phong trào thi đua chuyển đổi số năm 2027, đợt 1.",
            "combined_with": "Đợt kiểm tra khác mà đoàn này kết hợp, nếu có (Kế hoạch, mục III.5).",
        }


class PlanForm(forms.Form):
    """The signed plan of a year's inspections; a file that is there may stay."""

    number = forms.CharField(label="Số, ký hiệu", max_length=60)
    signed_on = VietnameseDateField(label="Ngày ký")
    upload = UploadField(label="Kế hoạch đã ký (PDF)")
    note = forms.CharField(label="Nội dung chính", max_length=4000, required=False, widget=_Area)

    def __init__(self, *args, plan=None, **kwargs):
        initial = {name: getattr(plan, name) for name in ("number", "signed_on", "note")} if plan else {}
        super().__init__(*args, initial=initial, **kwargs)
        if plan:
            self.fields["upload"].required = False
            self.fields["upload"].help_text = f"Để trống nếu giữ tệp đang có ({plan.file.name})."


class DecisionForm(forms.Form):
    """The signed decision that sets up the team."""

    number = forms.CharField(label="Số quyết định", max_length=60)
    signed_on = VietnameseDateField(label="Ngày quyết định")
    upload = UploadField(label="Quyết định đã ký (PDF)")


class MemberForm(forms.Form):
    name = forms.CharField(label="Họ và tên", max_length=120)
    position = forms.CharField(label="Chức vụ", max_length=120, required=False)
    unit = UnitField(label="Đơn vị công tác")
    role = forms.ChoiceField(label="Vai trò trong đoàn", choices=TeamRole.choices, initial=TeamRole.MEMBER)
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        help_text="Của tài khoản trên cổng, để người này ghi phát hiện. Để trống nếu chưa có tài khoản.",
    )

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email and not User.objects.filter(email__iexact=email, is_active=True).exists():
            raise forms.ValidationError("Không tài khoản nào dùng thư này. Hãy kiểm tra lại, hoặc để trống.")
        return email

    def values(self) -> dict:
        said = dict(self.cleaned_data)
        email = said.pop("email")
        user = User.objects.filter(email__iexact=email, is_active=True).first() if email else None
        return {**said, "user": user}


class VisitForm(forms.Form):
    unit = UnitField(label="Đơn vị được kiểm tra")
    on = VietnameseDateField(label="Ngày làm việc")
    place = forms.CharField(label="Địa điểm", max_length=200)


class RecordForm(forms.Form):
    """What the team writes of a visit as a whole."""

    representatives = forms.CharField(
        label="Đại diện đơn vị",
        max_length=4000,
        required=False,
        widget=_Area,
        help_text="Mỗi người một dòng.",
    )
    summary = forms.CharField(label="Nhận xét chung", max_length=10_000, required=False, widget=_Area)


class FindingForm(forms.Form):
    kind = forms.ChoiceField(label="Loại", choices=[("", "Chọn loại"), *FindingKind.choices])
    criterion = forms.ModelChoiceField(
        label="Tiêu chí liên quan",
        queryset=None,
        required=False,
        to_field_name="code",
        empty_label="Không gắn với tiêu chí nào",
    )
    text = forms.CharField(label="Nội dung phát hiện", max_length=10_000, widget=_Area)
    remedy = forms.CharField(
        label="Yêu cầu khắc phục",
        max_length=4000,
        required=False,
        widget=_Area,
        help_text="Cần có trước khi thông báo cho đơn vị; điểm tốt thì để trống.",
    )
    due = VietnameseDateField(label="Hạn khắc phục", required=False)
    upload = UploadField(
        label="Thêm minh chứng (PDF)", required=False, help_text="Mỗi lần lưu thêm một tệp, tối đa 20 MB."
    )

    def __init__(self, *args, visit, finding=None, **kwargs):
        names = ("kind", "text", "remedy", "due")
        initial = {name: getattr(finding, name) for name in names} if finding else {}
        if finding and finding.criterion:
            initial["criterion"] = finding.criterion.code
        super().__init__(*args, initial=initial, **kwargs)
        criteria = visit.inspection.period.campaign.criteria_set.criteria.filter(tier=visit.unit.tier)
        self.fields["criterion"].queryset = criteria
        self.fields["criterion"].label_from_instance = lambda criterion: f"{criterion.code}: {criterion.name}"

    def clean(self):
        said = self.cleaned_data
        if said.get("kind") == FindingKind.GOOD:
            for name in ("remedy", "due"):
                if said.get(name):
                    self.add_error(name, "Điểm tốt không có yêu cầu khắc phục. Hãy để trống ô này.")
        return said

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("kind", "criterion", "text", "remedy", "due")}


class AnswerForm(forms.Form):
    text = forms.CharField(
        label="Đơn vị đã làm gì", max_length=4000, widget=_Area(3), help_text="Đoàn kiểm tra nhận được thư."
    )
    upload = UploadField(label="Minh chứng (PDF)", required=False)


class ConclusionForm(forms.Form):
    conclusion = forms.CharField(label="Đánh giá chung của đợt kiểm tra", max_length=10_000, widget=_Area(6))


class InspectionFilterForm(forms.Form):
    """What the list of inspections can be narrowed to; a wrong value narrows nothing."""

    q = forms.CharField(
        label="Tìm tên, mã đợt, đơn vị", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    year = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Mọi trạng thái"), *InspectionState.choices]
    )

    def __init__(self, data):
        super().__init__(data)
        years = Period.objects.values_list("year", flat=True)
        self.fields["year"].choices = [("", "Mọi năm"), *((year, year) for year in years)]

    def narrow(self, inspections, visits):
        """`visits` are those the person may see: a name is looked for among them only."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("year"):
            inspections = inspections.filter(period__year=chosen["year"])
        if chosen.get("state"):
            inspections = inspections.filter(state=chosen["state"])
        if text := chosen.get("q", "").strip():
            visited = visits.filter(unit__search_name__contains=search_key(text))
            inspections = inspections.filter(
                Q(pk__in=visited.values("inspection"))
                | Q(name__icontains=text)
                | Q(reference__icontains=text)
            )
        return inspections
