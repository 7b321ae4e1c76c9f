"""The public results API: reads `PublicRecord` alone."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, permissions, serializers

from awards.enums import NomineeKind, PublicState
from awards.models import AwardForm, PublicRecord


class UnitOfResult(serializers.Serializer):
    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField(help_text="Tên đơn vị như in trong Quyết định")
    kind = serializers.CharField()


class Proposer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class Form(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()


class DecisionOfResult(serializers.Serializer):
    number = serializers.CharField()
    date = serializers.DateField()


class FromPayload(serializers.Serializer):
    """What was published is returned as it was written; only state and instants are columns."""

    def to_representation(self, record):
        return {
            **{name: record.payload[name] for name in self.PUBLISHED},
            "state": record.state,
            "published_at": record.published_at.isoformat(),
            "updated_at": record.updated_at.isoformat(),
        }


class ResultSerializer(FromPayload):
    PUBLISHED = (
        "reference",
        "name",
        "title",
        "position",
        "nominee_kind",
        "unit",
        "proposed_by",
        "award",
        "campaign",
        "year",
    )
    reference = serializers.CharField()
    name = serializers.CharField()
    title = serializers.CharField(help_text="Ông, Bà hoặc để trống")
    position = serializers.CharField()
    nominee_kind = serializers.ChoiceField(choices=NomineeKind.choices)
    unit = UnitOfResult(help_text="Đơn vị của người được khen, hoặc chính đơn vị được khen")
    proposed_by = Proposer()
    award = Form()
    decision = DecisionOfResult()
    campaign = serializers.CharField()
    year = serializers.IntegerField(help_text="Năm của Quyết định")
    state = serializers.ChoiceField(choices=PublicState.choices)
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def to_representation(self, record):
        decision = record.payload["decision"]
        shown = super().to_representation(record)
        return shown | {"decision": {"number": decision["number"], "date": decision["date"]}}


class Counts(serializers.Serializer):
    collective = serializers.IntegerField()
    household = serializers.IntegerField()
    individual = serializers.IntegerField()


class DecisionSerializer(FromPayload):
    PUBLISHED = ("title", "authority", "signer", "award", "campaign", "year", "counts")
    id = serializers.UUIDField()
    number = serializers.CharField()
    date = serializers.DateField()
    title = serializers.CharField()
    authority = serializers.CharField()
    signer = serializers.CharField()
    award = Form()
    campaign = serializers.CharField()
    year = serializers.IntegerField()
    counts = Counts()
    state = serializers.ChoiceField(choices=PublicState.choices)
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def to_representation(self, record):
        return record.payload["decision"] | super().to_representation(record)


class Asked(serializers.Serializer):
    """The filters, read strictly: what cannot be understood is a 400 that names it."""

    year = serializers.IntegerField(required=False, min_value=2000, max_value=2100)
    unit = serializers.UUIDField(required=False)
    award = serializers.CharField(required=False, max_length=20)
    nominee_kind = serializers.ChoiceField(required=False, choices=NomineeKind.choices)
    q = serializers.CharField(required=False, max_length=100)
    updated_since = serializers.DateTimeField(required=False)

    def validate_award(self, code):
        if not AwardForm.objects.filter(code=code).exists():
            raise serializers.ValidationError("Không có hình thức khen thưởng mang mã này.")
        return code

    def filter(self, records):
        asked = self.validated_data
        if "year" in asked:
            records = records.filter(year=asked["year"])
        if "unit" in asked:
            records = records.filter(unit_uid=asked["unit"])
        if "award" in asked:
            records = records.filter(award_code=asked["award"])
        if "nominee_kind" in asked:
            records = records.filter(nominee_kind=asked["nominee_kind"])
        if "q" in asked:
            records = records.search(asked["q"])
        if "updated_since" in asked:
            records = records.filter(updated_at__gte=asked["updated_since"])
        return records


class PublicList(generics.ListAPIView):
    """Newest first, 50 a page; `next` is the address of the following page or null."""

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
    ordering = ("-sequence",)

    def get_queryset(self):
        asked = Asked(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return asked.filter(self.records())


@extend_schema(parameters=[Asked], summary="Kết quả khen thưởng đã công bố")
class Results(PublicList):
    serializer_class = ResultSerializer

    def records(self):
        return PublicRecord.objects.awards()


@extend_schema(parameters=[Asked], summary="Quyết định khen thưởng đã công bố")
class Decisions(PublicList):
    serializer_class = DecisionSerializer

    def records(self):
        return PublicRecord.objects.decisions()


urlpatterns = [
    path("results/", Results.as_view(), name="api_results"),
    path("decisions/", Decisions.as_view(), name="api_decisions"),
]
