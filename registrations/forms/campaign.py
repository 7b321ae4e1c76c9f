from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import inlineformset_factory

from core.forms import VietnameseDateField
from registrations.models import Campaign, Period, PriorityField, Registration, RegistrationTask
from registrations.models.campaign import MILESTONES


class ConstrainedForm(forms.ModelForm):
    """Shows the message of a database constraint at the field the constraint names by its code."""

    def add_error(self, field, error):
        if field is None and hasattr(error, "error_dict"):
            placed = {}
            for name, errors in error.error_dict.items():
                for one in errors:
                    is_placed = name == NON_FIELD_ERRORS and one.code in self.fields
                    placed.setdefault(one.code if is_placed else name, []).append(one)
            error = ValidationError(placed)
        super().add_error(field, error)

    @property
    def values(self) -> dict:
        """What was typed, by the model's own names."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class CampaignForm(ConstrainedForm):
    reason = forms.CharField(
        label="Lý do điều chỉnh", max_length=300, help_text="Ghi vào lịch sử, mọi người đọc được."
    )

    class Meta:
        model = Campaign
        fields = (
            "code",
            "name",
            "first_year",
            "last_year",
            "legal_basis",
            "criteria_set",
            "final_review_year",
            "record_year",
            "record_cutoff",
            "jump_margin",
            "near_margin",
            "margins_basis",
            "is_assumed",
        )
        field_classes = {"record_cutoff": VietnameseDateField}
        widgets = {"legal_basis": forms.Textarea(attrs={"rows": 3})}
        labels = {"is_assumed": "Giả định, chưa có kế hoạch của tỉnh"}
        help_texts = {
            "code": "Ví dụ 2026-2030.",
            "record_year": "Báo cáo năm của năm này được dùng để xét khen thưởng tổng kết.",
            "record_cutoff": "Số liệu thẩm định đến hết ngày này được dùng để xét.",
            "jump_margin": "Số liệu tăng hoặc giảm từ mức này so với năm trước thì cổng nhắc giải thích.",
            "near_margin": "Số liệu cách mức phải đạt không quá khoảng này thì được xem từng trường hợp.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["reason"]

    def clean_criteria_set(self):
        chosen = self.cleaned_data["criteria_set"]
        is_other = self.instance.pk and chosen.pk != self.initial["criteria_set"]
        if is_other and Registration.objects.filter(period__campaign=self.instance).exists():
            raise ValidationError("Đã có đơn vị đăng ký theo bộ tiêu chí cũ, không đổi được nữa.")
        return chosen

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        if self.instance.pk and first and last:
            outside = self.instance.periods.exclude(year__range=(first, last)).values_list("year", flat=True)
            if outside:
                years = ", ".join(map(str, sorted(outside)))
                self.add_error("last_year", f"Giai đoạn đã có kỳ năm {years}, không bỏ ra ngoài được.")
        return cleaned


class PriorityFieldForm(forms.ModelForm):
    class Meta:
        model = PriorityField
        fields = ("code", "name", "position")


class _PriorityFields(forms.BaseInlineFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Bỏ"

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            field = form.instance
            is_used = field.pk and (
                RegistrationTask.objects.filter(field=field).exists()
                or Registration.objects.filter(fields=field).exists()
            )
            if is_used:
                raise ValidationError(f"Lĩnh vực “{field.name}” đã có đơn vị chọn, không xóa được.")


def priority_fields(*, data=None, campaign, copied=()):
    """The campaign's fields to edit, with empty rows; or the `copied` ones of another campaign."""
    # Not beside what was typed: a row that is posted as it was offered would count as untouched.
    copied = copied if data is None else ()
    initial = [{"code": f.code, "name": f.name, "position": f.position} for f in copied]
    formset = inlineformset_factory(
        Campaign,
        PriorityField,
        form=PriorityFieldForm,
        formset=_PriorityFields,
        extra=len(initial) + 2,
        can_delete=campaign.pk is not None,
        can_delete_extra=False,
    )
    return formset(data, instance=campaign, initial=initial, prefix="linh-vuc")


class PeriodForm(ConstrainedForm):
    """The milestones and settings of one period; the order of the days is the database's own."""

    #: the parts of the page, with the fields of each
    SECTIONS = (
        ("Đăng ký thi đua", ("opens_on", "last_day", "locks_on", "supplement_days")),
        ("Phát động, chỉ đạo điểm", ("launch_last_day", "pilots_last_day")),
        (
            "Báo cáo và thẩm định",
            ("six_month_last_day", "report_last_day", "verify_last_day", "contest_days"),
        ),
        ("Khen thưởng", ("dossier_last_day",)),
        ("Ai phải nộp", ("communes_file", "enterprises_file")),
        ("Căn cứ", ("basis",)),
    )

    class Meta:
        model = Period
        fields = (
            *MILESTONES,
            "supplement_days",
            "contest_days",
            "communes_file",
            "enterprises_file",
            "basis",
        )
        field_classes = dict.fromkeys(MILESTONES, VietnameseDateField)
        widgets = {"basis": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "communes_file": "Cấp xã nộp trực tiếp",
            "enterprises_file": "Doanh nghiệp phải nộp",
        }
        help_texts = {
            "opens_on": "Từ 00:00:00 ngày này.",
            "last_day": "Đến 23:59:59 ngày này. Nộp sau đó vẫn nhận và ghi nộp muộn.",
            "locks_on": "Sau 23:59:59 ngày này không nhận nữa, trừ bản được trả lại còn hạn bổ sung.",
            "launch_last_day": "Để trống nếu năm này không phát động.",
            "pilots_last_day": "Để trống nếu năm này không gửi danh sách.",
            "six_month_last_day": "Để trống nếu năm này không thu báo cáo 6 tháng.",
            "dossier_last_day": "Để trống nếu năm này không xét khen thưởng.",
            "communes_file": "Nếu không chọn, cấp xã nộp qua UBND cấp huyện.",
            "basis": "Văn bản đặt ra các mốc này.",
        }

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if self.instance.year and day.year != self.instance.year:
            raise ValidationError(f"Hạn đăng ký của kỳ năm {self.instance.year} phải nằm trong năm đó.")
        return day

    def sections(self):
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]


class NewPeriodForm(PeriodForm):
    SECTIONS = (("Năm", ("year",)), *PeriodForm.SECTIONS)

    class Meta(PeriodForm.Meta):
        fields = ("year", *PeriodForm.Meta.fields)

    field_order = ("year",)

    def clean_year(self):
        year, campaign = self.cleaned_data["year"], self.instance.campaign
        if not campaign.first_year <= year <= campaign.last_year:
            raise ValidationError(
                f"Giai đoạn này gồm các năm {campaign.first_year}–{campaign.last_year}. "
                "Hãy chọn năm trong giai đoạn, hoặc lập giai đoạn mới."
            )
        self.instance.year = year
        return year


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Lý do",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi vào lịch sử của kỳ, mọi người đọc được.",
    )
