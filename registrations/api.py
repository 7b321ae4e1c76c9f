from operator import itemgetter

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers

from core.api.asked import Asked, WholeNumber
from core.api.description import list_responses
from core.api.fields import AskedList, AskedPublicList
from core.api.reading import PublicList
from core.spreadsheets.listing import Column, Listing
from registrations import workflow
from registrations.enums import PeriodState, RegistrationState, ReportState
from registrations.models import Evaluation, Period, Registration, Report
from registrations.views.verdict import figures_for, lines_of
from units.enums import Scope
from units.models import Unit


class PeriodSerializer(serializers.ModelSerializer):
    campaign = serializers.SlugRelatedField("code", read_only=True)
    state = serializers.ChoiceField(PeriodState.choices, read_only=True)

    class Meta:
        model = Period
        fields = ["campaign", "year", "opens_on", "last_day", "state"]


PERIODS = Listing(
    "periods",
    "Kỳ thi đua",
    tuple(Column(name, itemgetter(name), 16) for name in PeriodSerializer.Meta.fields),
)


class PeriodList(PublicList):
    serializer_class = PeriodSerializer
    queryset = Period.objects.select_related("campaign")
    listing = PERIODS
    ordering = ("-year",)

    @extend_schema(
        operation_id="periods_list",
        tags=["Kỳ thi đua"],
        summary="Các kỳ thi đua",
        description="Mỗi năm một kỳ. `last_day` tính cả ngày đó, đến 23:59:59 giờ Việt Nam.",
        parameters=[AskedPublicList],
        responses=list_responses(PeriodSerializer),
        extensions={
            "x-example": {
                "results": [
                    {
                        "campaign": "2026-2030",
                        "year": 2027,
                        "opens_on": "2026-11-20",
                        "last_day": "2027-02-20",
                        "state": "open",
                    }
                ],
                "next": None,
            }
        },
    )
    def get(self, request, *args, **kwargs):
        AskedPublicList.of(request)
        return super().get(request, *args, **kwargs)


class AskedOfUnits(AskedList):
    """Of lists of what units file."""

    year = WholeNumber(required=False, min_value=2000, max_value=2100, help_text="Năm của kỳ thi đua.")
    unit = serializers.UUIDField(required=False, help_text="id của đơn vị.")


class AskedRegistrations(AskedOfUnits):
    state = serializers.ChoiceField(RegistrationState.choices, required=False)


class AskedReports(AskedOfUnits):
    state = serializers.ChoiceField(ReportState.choices, required=False)


def narrowed(queryset, asked, **columns):
    return queryset.filter(**{columns[name]: value for name, value in asked.items() if name in columns})


class FilingUnitSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="uid")

    class Meta:
        model = Unit
        fields = ["id", "code", "name", "kind"]


class RegistrationSerializer(serializers.ModelSerializer):
    unit = FilingUnitSerializer()
    campaign = serializers.CharField(source="period.campaign.code")
    year = serializers.IntegerField(source="period.year")

    class Meta:
        model = Registration
        fields = [
            "uid",
            "reference",
            "campaign",
            "year",
            "unit",
            "state",
            "first_filed_at",
            "filed_at",
            "is_late",
            "confirmed_at",
            "supplement_due",
        ]


_TEXT = {"type": "string"}
_CONTENT_SCHEMA = {
    "type": "object",
    "properties": {
        "contact": {"type": "object", "properties": {"name": _TEXT, "phone": _TEXT}},
        "fields": {"type": "array", "items": _TEXT},
        "objectives": _TEXT,
        "targets": {"type": "array", "items": {"type": "object"}},
        "tasks": {"type": "array", "items": {"type": "object"}},
        "attachments": {"type": "array", "items": {"type": "object"}},
    },
}


class RegistrationDetailSerializer(RegistrationSerializer):
    content = serializers.SerializerMethodField()

    class Meta(RegistrationSerializer.Meta):
        fields = [*RegistrationSerializer.Meta.fields, "content"]

    @extend_schema_field(_CONTENT_SCHEMA)
    def get_content(self, registration):
        # Others read what was filed, not what the unit is changing.
        user = self.context["request"].user
        reads_draft = user.has_perm("registrations.view_draft_registration", registration)
        return workflow.snapshot(registration) if reads_draft else registration.versions.last().snapshot


_FILED = {
    "uid": "0a4f9c1e-6f7b-4a52-8f9d-1f1f8f6f0004",
    "campaign": "2026-2030",
    "year": 2027,
    "unit": {
        "id": "5b0ef0d6-5a4b-4f0e-9d52-0f9f6f2f7c10",
        "code": "SYT",
        "name": "Sở Y tế",
        "kind": "department",
    },
    "is_late": False,
    "supplement_due": None,
}
_REGISTRATION = {
    **_FILED,
    "reference": "DK-2027-00012",
    "state": "confirmed",
    "first_filed_at": "2027-02-10T09:30:00+07:00",
    "filed_at": "2027-02-10T09:30:00+07:00",
    "confirmed_at": "2027-02-12T14:00:00+07:00",
}
_REPORT = {
    **_FILED,
    "reference": "BC-2027-00012",
    "kind": "annual_report",
    "state": "verified",
    "first_submitted_at": "2027-12-10T09:30:00+07:00",
    "submitted_at": "2027-12-10T09:30:00+07:00",
    "verified_at": "2027-12-20T14:00:00+07:00",
}
_EVALUATION = {
    "uid": "0a4f9c1e-6f7b-4a52-8f9d-1f1f8f6f0005",
    "report": _FILED["uid"],
    "reference": "BC-2027-00012",
    "campaign": "2026-2030",
    "year": 2027,
    "unit": _FILED["unit"],
    "at": "2027-12-20T14:00:00+07:00",
    "on_verified": True,
    "engine_version": "1",
    "set_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "input_sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
    "score": "1000/13",
    "summary": {"total": 13, "met": 10},
    "results": [{"code": "PROV-2", "verdict": "met"}],
}


class RegistrationList(generics.ListAPIView):
    scope = Scope.REGISTRATIONS
    serializer_class = RegistrationSerializer
    ordering = ("-id",)

    @extend_schema(
        operation_id="registrations_list",
        tags=["Phần của đơn vị"],
        summary="Đăng ký thi đua được xem",
        description=(
            "Của đơn vị mình và, của đơn vị khác được xem, những đăng ký đã nộp; mới nhất trước."
            " Mã truy cập cần phạm vi `registrations`."
        ),
        parameters=[AskedRegistrations],
        extensions={"x-example": {"results": [_REGISTRATION], "next": None}},
    )
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        visible = Registration.objects.visible_to(self.request.user)
        asked = AskedRegistrations.of(self.request)
        return narrowed(visible, asked, year="period__year", unit="unit__uid", state="state").select_related(
            "unit", "period__campaign"
        )


class RegistrationDetail(generics.RetrieveAPIView):
    scope = Scope.REGISTRATIONS
    serializer_class = RegistrationDetailSerializer
    lookup_field = "uid"

    @extend_schema(
        operation_id="registrations_retrieve",
        tags=["Phần của đơn vị"],
        summary="Một đăng ký thi đua với nội dung",
        description="Người ngoài đơn vị đọc bản đã nộp, không đọc phần đang sửa.",
        extensions={"x-example": {**_REGISTRATION, "content": {}}},
    )
    def get(self, request, *args, **kwargs):
        Asked.of(request)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        visible = Registration.objects.visible_to(self.request.user)
        return visible.select_related("unit", "period__campaign__criteria_set")


class ReportSerializer(serializers.ModelSerializer):
    unit = FilingUnitSerializer()
    campaign = serializers.CharField(source="period.campaign.code")
    year = serializers.IntegerField(source="period.year")

    class Meta:
        model = Report
        fields = [
            "uid",
            "reference",
            "kind",
            "campaign",
            "year",
            "unit",
            "state",
            "first_submitted_at",
            "submitted_at",
            "is_late",
            "verified_at",
            "supplement_due",
        ]


_FIGURE_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "code": _TEXT,
            "numerator": {"type": ["integer", "null"]},
            "denominator": {"type": ["integer", "null"]},
            "answer": {"type": ["boolean", "null"]},
            "not_applicable": _TEXT,
            "excluded": {"type": ["integer", "null"]},
            "note": _TEXT,
            "verdict": {"type": "string"},
            "explanation": _TEXT,
        },
    },
}


class ReportDetailSerializer(ReportSerializer):
    figures = serializers.SerializerMethodField()

    class Meta(ReportSerializer.Meta):
        fields = [*ReportSerializer.Meta.fields, "figures"]

    @extend_schema_field(_FIGURE_SCHEMA)
    def get_figures(self, report):
        is_own = report.unit_id in self.context["request"].user.authority.own
        figures, _ = figures_for(report, is_own=is_own)
        lines = lines_of(report, figures, on_verified=report.state == ReportState.VERIFIED)
        return [
            {
                "code": line["criterion"].code,
                "numerator": line["value"].numerator,
                "denominator": line["value"].denominator,
                "answer": line["value"].answer,
                "not_applicable": line["value"].not_applicable,
                "excluded": line["figure"].excluded,
                "note": line["figure"].note,
                "verdict": line["result"].verdict,
                "explanation": line["result"].explanation,
            }
            for line in lines
        ]


class ReportList(generics.ListAPIView):
    scope = Scope.REPORTS
    serializer_class = ReportSerializer
    ordering = ("-id",)

    @extend_schema(
        operation_id="reports_list",
        tags=["Phần của đơn vị"],
        summary="Báo cáo số liệu được xem",
        description=(
            "Của đơn vị mình và, của đơn vị khác được xem, những báo cáo đã nộp; mới nhất trước."
            " Mã truy cập cần phạm vi `reports`."
        ),
        parameters=[AskedReports],
        extensions={"x-example": {"results": [_REPORT], "next": None}},
    )
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        visible = Report.objects.visible_to(self.request.user)
        asked = AskedReports.of(self.request)
        return narrowed(visible, asked, year="period__year", unit="unit__uid", state="state").select_related(
            "unit", "period__campaign"
        )


class ReportDetail(generics.RetrieveAPIView):
    scope = Scope.REPORTS
    serializer_class = ReportDetailSerializer
    lookup_field = "uid"

    @extend_schema(
        operation_id="reports_retrieve",
        tags=["Phần của đơn vị"],
        summary="Một báo cáo với số liệu và kết quả đối chiếu",
        description="Sau khi thẩm định, số liệu và kết quả là của cơ quan thường trực.",
        extensions={"x-example": {**_REPORT, "figures": []}},
    )
    def get(self, request, *args, **kwargs):
        Asked.of(request)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        visible = Report.objects.visible_to(self.request.user)
        return visible.select_related("unit", "period__campaign__criteria_set")


class EvaluationSerializer(serializers.ModelSerializer):
    report = serializers.UUIDField(source="report.uid")
    reference = serializers.CharField(source="report.reference")
    campaign = serializers.CharField(source="report.period.campaign.code")
    year = serializers.IntegerField(source="report.period.year")
    unit = FilingUnitSerializer(source="report.unit")
    results = serializers.ListField(child=serializers.DictField())
    summary = serializers.DictField()

    class Meta:
        model = Evaluation
        fields = [
            "uid",
            "report",
            "reference",
            "campaign",
            "year",
            "unit",
            "at",
            "on_verified",
            "engine_version",
            "set_sha256",
            "input_sha256",
            "score",
            "summary",
            "results",
        ]


class EvaluationList(generics.ListAPIView):
    scope = Scope.REPORTS
    serializer_class = EvaluationSerializer
    ordering = ("-id",)

    @extend_schema(
        operation_id="evaluations_list",
        tags=["Phần của đơn vị"],
        summary="Kết quả đối chiếu tiêu chí của các báo cáo được xem",
        description=(
            "Mỗi lần đối chiếu là một dòng không bao giờ thay đổi; dòng mới nhất của một báo cáo đứng trước."
            " `on_verified`: trên số liệu đã thẩm định. `score` là phân số chính xác. Mã truy cập cần phạm vi"
            " `reports`."
        ),
        parameters=[AskedOfUnits],
        extensions={"x-example": {"results": [_EVALUATION], "next": None}},
    )
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        asked = AskedOfUnits.of(self.request)
        visible = Evaluation.objects.filter(report__in=Report.objects.visible_to(self.request.user))
        return narrowed(visible, asked, year="report__period__year", unit="report__unit__uid").select_related(
            "report__unit", "report__period__campaign"
        )


urlpatterns = [
    path("periods/", PeriodList.as_view(), name="period-list"),
    path("registrations/", RegistrationList.as_view(), name="registration-list"),
    path("registrations/<uuid:uid>/", RegistrationDetail.as_view(), name="registration-detail"),
    path("evaluations/", EvaluationList.as_view(), name="evaluation-list"),
    path("reports/", ReportList.as_view(), name="report-list"),
    path("reports/<uuid:uid>/", ReportDetail.as_view(), name="report-detail"),
]
