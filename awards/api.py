from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers

from awards.enums import DossierState, NomineeState
from awards.models import Dossier, Nominee
from core.api.asked import Asked
from core.api.fields import AskedList
from registrations.api import FilingUnitSerializer, narrowed
from units.enums import Scope

#: what stands in place of a nominee's state before its outcome is published
UNDER_REVIEW = "under_review"


class DossierSerializer(serializers.ModelSerializer):
    unit = FilingUnitSerializer()
    campaign = serializers.CharField(source="campaign.code")
    award = serializers.CharField(source="form.code")

    class Meta:
        model = Dossier
        fields = [
            "uid",
            "reference",
            "campaign",
            "award",
            "unit",
            "state",
            "achievement_from",
            "achievement_to",
            "first_submitted_at",
            "submitted_at",
            "supplement_due",
        ]


class NomineeSerializer(serializers.ModelSerializer):
    nominee_kind = serializers.CharField(source="kind")
    unit = FilingUnitSerializer()
    state = serializers.SerializerMethodField()

    class Meta:
        model = Nominee
        fields = ["uid", "nominee_kind", "title", "name", "position", "unit", "state"]

    @extend_schema_field({"type": "string", "enum": [*NomineeState.values, UNDER_REVIEW]})
    def get_state(self, nominee):
        is_shown = self.context["reads_verdicts"] or nominee.is_shown_to_unit
        return nominee.state if is_shown else UNDER_REVIEW


class DossierDetailSerializer(DossierSerializer):
    nominees = serializers.SerializerMethodField()

    class Meta(DossierSerializer.Meta):
        fields = [*DossierSerializer.Meta.fields, "summary", "nominees"]

    @extend_schema_field(NomineeSerializer(many=True))
    def get_nominees(self, dossier):
        user = self.context["request"].user
        context = {"reads_verdicts": user.has_perm("awards.view_verdicts", dossier)}
        nominees = dossier.nominees.with_publication().in_order().select_related("unit")
        return NomineeSerializer(nominees, many=True, context=context).data


class AskedDossiers(AskedList):
    unit = serializers.UUIDField(required=False, help_text="id của đơn vị.")
    state = serializers.ChoiceField(DossierState.choices, required=False)


_DOSSIER = {
    "uid": "0a4f9c1e-6f7b-4a52-8f9d-1f1f8f6f0006",
    "reference": "HS-2026-00007",
    "campaign": "2022-2025",
    "award": "BK-CT-UBND",
    "unit": {
        "id": "5b0ef0d6-5a4b-4f0e-9d52-0f9f6f2f7c10",
        "code": "SYT",
        "name": "Sở Y tế",
        "kind": "department",
    },
    "state": "submitted",
    "achievement_from": "2022-01-01",
    "achievement_to": "2025-12-31",
    "first_submitted_at": "2026-01-10T09:30:00+07:00",
    "submitted_at": "2026-01-10T09:30:00+07:00",
    "supplement_due": None,
}
_NOMINEE = {
    "uid": "0a4f9c1e-6f7b-4a52-8f9d-1f1f8f6f0007",
    "nominee_kind": "individual",
    "title": "Bà",
    "name": "Nguyễn Thị Mẫu",
    "position": "Chuyên viên",
    "unit": _DOSSIER["unit"],
    "state": UNDER_REVIEW,
}


class DossierList(generics.ListAPIView):
    scope = Scope.DOSSIERS
    serializer_class = DossierSerializer
    ordering = ("-id",)

    @extend_schema(
        operation_id="dossiers_list",
        tags=["Phần của đơn vị"],
        summary="Hồ sơ khen thưởng được xem",
        description="Mới nhất trước, với bước đang xét. Mã truy cập cần phạm vi `dossiers`.",
        parameters=[AskedDossiers],
        extensions={"x-example": {"results": [_DOSSIER], "next": None}},
    )
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        visible = Dossier.objects.visible_to(self.request.user)
        asked = AskedDossiers.of(self.request)
        return narrowed(visible, asked, unit="unit__uid", state="state").select_related(
            "unit", "campaign", "form"
        )


class DossierDetail(generics.RetrieveAPIView):
    scope = Scope.DOSSIERS
    serializer_class = DossierDetailSerializer
    lookup_field = "uid"

    @extend_schema(
        operation_id="dossiers_retrieve",
        tags=["Phần của đơn vị"],
        summary="Một hồ sơ với các đối tượng đề nghị",
        description=(
            "Với đơn vị đề nghị, mỗi đối tượng là `under_review` cho đến khi Quyết định được công bố."
        ),
        extensions={"x-example": {**_DOSSIER, "summary": "", "nominees": [_NOMINEE]}},
    )
    def get(self, request, *args, **kwargs):
        Asked.of(request)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        visible = Dossier.objects.visible_to(self.request.user)
        return visible.select_related("unit", "campaign", "form")


urlpatterns = [
    path("dossiers/", DossierList.as_view(), name="dossier-list"),
    path("dossiers/<uuid:uid>/", DossierDetail.as_view(), name="dossier-detail"),
]
