from django.urls import path
from drf_spectacular.utils import extend_schema_field
from rest_framework import generics, serializers

from awards.enums import NomineeState
from awards.models import Dossier, Nominee
from registrations.api import FilingUnitSerializer

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


class DossierList(generics.ListAPIView):
    """Dossiers the logged-in person may read, newest first."""

    serializer_class = DossierSerializer
    ordering = ("-id",)

    def get_queryset(self):
        visible = Dossier.objects.visible_to(self.request.user)
        return visible.select_related("unit", "campaign", "form")


class DossierDetail(generics.RetrieveAPIView):
    """One dossier with its nominees; 404 when the person may not read it.

    To the proposing unit a nominee is `under_review` until the decision is published.
    """

    serializer_class = DossierDetailSerializer
    lookup_field = "uid"

    def get_queryset(self):
        visible = Dossier.objects.visible_to(self.request.user)
        return visible.select_related("unit", "campaign", "form")


urlpatterns = [
    path("dossiers/", DossierList.as_view(), name="dossier-list"),
    path("dossiers/<uuid:uid>/", DossierDetail.as_view(), name="dossier-detail"),
]
