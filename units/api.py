from django.db.models import Prefetch
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.permissions import AllowAny

from core.vietnamese import search_key
from units.enums import Kind, Tier
from units.models import Unit, UnitSuccession


class SuccessorSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="successor.uid")
    code = serializers.CharField(source="successor.code")
    name = serializers.CharField(source="successor.name")

    class Meta:
        model = UnitSuccession
        fields = ["id", "code", "name", "effective_on"]


class PredecessorSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="predecessor.uid")
    code = serializers.CharField(source="predecessor.code")
    name = serializers.CharField(source="predecessor.name")

    class Meta:
        model = UnitSuccession
        fields = ["id", "code", "name", "effective_on"]


class UnitSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="uid")
    tier = serializers.ChoiceField(Tier.choices)
    parent = serializers.UUIDField(source="parent.uid", default=None, allow_null=True)
    successors = SuccessorSerializer(source="succeeded_by", many=True)

    class Meta:
        model = Unit
        fields = ["id", "code", "name", "kind", "tier", "parent", "valid_from", "valid_to", "successors"]


class UnitDetailSerializer(UnitSerializer):
    predecessors = PredecessorSerializer(source="succeeds", many=True)

    class Meta(UnitSerializer.Meta):
        fields = [*UnitSerializer.Meta.fields, "predecessors"]


class FiltersSerializer(serializers.Serializer):
    q = serializers.CharField(required=False, allow_blank=True, max_length=200)
    kind = serializers.ChoiceField(
        Kind.choices,
        required=False,
        error_messages={"invalid_choice": f"Phải là một trong: {', '.join(Kind.values)}."},
    )
    tier = serializers.ChoiceField(
        Tier.choices,
        required=False,
        error_messages={"invalid_choice": f"Phải là một trong: {', '.join(Tier.values)}."},
    )
    on = serializers.DateField(
        required=False, error_messages={"invalid": "Phải là ngày có thật dạng năm-tháng-ngày."}
    )


def _with_kin(*names):
    others = {"succeeded_by": "successor", "succeeds": "predecessor"}
    links = [Prefetch(name, UnitSuccession.objects.select_related(others[name])) for name in names]
    return Unit.objects.select_related("parent").prefetch_related(*links)


class UnitList(generics.ListAPIView):
    """Units of the register, those of the past included, in Vietnamese alphabetical order.

    Neither code nor name is a key: codes were reused under other names on 01/07/2025.
    Communes of former Yên Bái are not listed; units that succeeded them name them.
    """

    authentication_classes = []
    permission_classes = [AllowAny]
    serializer_class = UnitSerializer
    ordering = ("sort_name", "id")

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="Tìm theo tên, không phân biệt dấu và chữ hoa."),
            OpenApiParameter("kind", str, enum=Kind.values),
            OpenApiParameter("tier", str, enum=Tier.values),
            OpenApiParameter("on", OpenApiTypes.DATE, description="Chỉ đơn vị tồn tại vào ngày này."),
        ]
    )
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        filters = FiltersSerializer(data=self.request.query_params)
        filters.is_valid(raise_exception=True)
        wanted = filters.validated_data
        units = _with_kin("succeeded_by").filter(is_predecessor_stub=False)
        if wanted.get("q"):
            # Signs alone ("!!!") are a search that finds nothing, not everything.
            units = units.search(wanted["q"]) if search_key(wanted["q"]) else units.none()
        if "kind" in wanted:
            units = units.filter(kind=wanted["kind"])
        if "tier" in wanted:
            units = units.of_tier(wanted["tier"])
        if "on" in wanted:
            units = units.valid_on(wanted["on"])
        return units


class UnitDetail(generics.RetrieveAPIView):
    """One unit with its predecessors; communes of former Yên Bái are found here too."""

    authentication_classes = []
    permission_classes = [AllowAny]
    serializer_class = UnitDetailSerializer
    lookup_field = "uid"
    queryset = _with_kin("succeeded_by", "succeeds")


urlpatterns = [
    path("units/", UnitList.as_view(), name="unit-list"),
    path("units/<uuid:uid>/", UnitDetail.as_view(), name="unit-detail"),
]
