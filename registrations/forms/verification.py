"""Forms of the verification desk, and of the unit that answers a refusal."""

from django import forms

from core.files import EXTENSIONS
from core.forms import ColumnsField, UploadsField
from registrations.enums import ReportState
from registrations.models import Period
from units.enums import KINDS_OF_TIER, Tier


class QueueForm(forms.Form):
    """Which of the reports under review are shown."""

    year = forms.ChoiceField(label="Năm", required=False)
    tier = forms.ChoiceField(label="Cấp", choices=[("", "Tất cả"), *Tier.choices], required=False)
    whose = forms.ChoiceField(label="Người thẩm định", required=False)
    state = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[
            ("", "Tất cả"),
            (ReportState.SUBMITTED.value, "Chờ thẩm định"),
            (ReportState.CONTESTED.value, "Có kiến nghị"),
        ],
    )
    cot = ColumnsField(
        {
            "nam": "Năm",
            "nop-luc": "Nộp lúc",
            "ket-luan": "Đã kết luận",
            "nguoi": "Người thẩm định",
            "trang-thai": "Trạng thái",
        },
        first="Đơn vị",
    )

    def __init__(self, data, *, user, people):
        super().__init__(data)
        years = Period.objects.order_by("-year").values_list("year", flat=True)
        self.fields["year"].choices = [("", "Tất cả"), *((str(year), year) for year in years)]
        self.user = user
        self.fields["whose"].choices = [
            ("", "Tất cả"),
            ("toi", "Giao cho tôi"),
            ("chua", "Chưa giao"),
            *((str(person.uid), person.full_name) for person in people),
        ]

    def narrow(self, reports):
        if not self.is_valid():
            return reports
        asked = self.cleaned_data
        if asked["year"]:
            reports = reports.filter(period__year=asked["year"])
        if asked["tier"]:
            reports = reports.filter(unit__kind__in=KINDS_OF_TIER[asked["tier"]])
        if asked["state"]:
            reports = reports.filter(state=asked["state"])
        if asked["whose"] == "toi":
            reports = reports.filter(assigned_to=self.user)
        elif asked["whose"] == "chua":
            reports = reports.filter(assigned_to=None)
        elif asked["whose"]:
            reports = reports.filter(assigned_to__uid=asked["whose"])
        return reports


class AnswerForm(forms.Form):
    """The unit's answer to one refused figure."""

    choice = forms.ChoiceField(
        label="Đơn vị trả lời",
        choices=[("agree", "Đồng ý với kết luận"), ("contest", "Kiến nghị xét lại")],
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="Nội dung kiến nghị",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bắt buộc khi kiến nghị: nêu căn cứ của số liệu.",
    )
    evidence = UploadsField(
        label="Minh chứng bổ sung",
        required=False,
        accept=tuple(EXTENSIONS),
        help_text="Không bắt buộc. Không tải lên tài liệu mật.",
    )

    def __init__(self, data=None, sent=None, *, code):
        super().__init__(data, sent, prefix=code)

    def answer(self) -> dict | None:
        """What was said, as `workflow.contest` takes it; None when nothing was chosen."""
        said = self.cleaned_data
        if not said["choice"]:
            return None
        contests = said["choice"] == "contest"
        return {"is_contested": contests, "text": said["text"], "uploads": said["evidence"]}
