from django.urls import path
from drf_spectacular.utils import extend_schema_field
from rest_framework import generics, serializers
from rest_framework.permissions import AllowAny

from registrations import workflow
from registrations.enums import PeriodState, ReportState
from registrations.models import Period, Registration, Report
from registrations.views.verdict import figures_for, lines_of
from units.models import Unit


class PeriodSerializer(serializers.ModelSerializer):
    campaign = serializers.SlugRelatedField("code", read_only=True)
    state = serializers.ChoiceField(PeriodState.choices, read_only=True)

    class Meta:
        model = Period
        fields = ["campaign", "year", "opens_on", "last_day", "state"]


class PeriodList(generics.ListAPIView):
    """The years of the movement. `last_day` is inclusive, to 23:59:59 in Asia/Ho_Chi_Minh."""

    authentication_classes = []
    permission_classes = [AllowAny]
    serializer_class = PeriodSerializer
    queryset = Period.objects.select_related("campaign")
    ordering = ("-year",)


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


class RegistrationList(generics.ListAPIView):
    """Registrations the logged-in person may read: own ones, and of others those that were filed."""

    serializer_class = RegistrationSerializer
    ordering = ("-id",)

    def get_queryset(self):
        visible = Registration.objects.visible_to(self.request.user)
        return visible.select_related("unit", "period__campaign")


class RegistrationDetail(generics.RetrieveAPIView):
    """One registration with its content; 404 when the person may not read it."""

    serializer_class = RegistrationDetailSerializer
    lookup_field = "uid"

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
    """Reports of figures the logged-in person may read: own ones, and of others those submitted."""

    serializer_class = ReportSerializer
    ordering = ("-id",)

    def get_queryset(self):
        visible = Report.objects.visible_to(self.request.user)
        return visible.select_related("unit", "period__campaign")


class ReportDetail(generics.RetrieveAPIView):
    """One report with its figures and what the engine says of them; 404 when the person may not read it.

    Once verified, figures and verdicts are those the standing body left.
    """

    serializer_class = ReportDetailSerializer
    lookup_field = "uid"

    def get_queryset(self):
        visible = Report.objects.visible_to(self.request.user)
        return visible.select_related("unit", "period__campaign__criteria_set")


urlpatterns = [
    path("periods/", PeriodList.as_view(), name="period-list"),
    path("registrations/", RegistrationList.as_view(), name="registration-list"),
    path("registrations/<uuid:uid>/", RegistrationDetail.as_view(), name="registration-detail"),
    path("reports/", ReportList.as_view(), name="report-list"),
    path("reports/<uuid:uid>/", ReportDetail.as_view(), name="report-detail"),
]
