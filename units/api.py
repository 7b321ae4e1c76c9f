from operator import itemgetter

from django.db.models import Prefetch
from django.urls import path
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from core.api.asked import Asked, Day, Words
from core.api.description import TOKEN_SCHEME, list_responses
from core.api.fields import AskedPublicList
from core.api.reading import PublicDetail, PublicList
from core.spreadsheets.listing import Column, Listing
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


class AskedUnits(AskedPublicList):
    q = Words(help_text="Tìm theo tên, không phân biệt dấu và chữ hoa.")
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
    on = Day(required=False, help_text="Chỉ đơn vị tồn tại vào ngày này.")


def _with_kin(*names):
    others = {"succeeded_by": "successor", "succeeds": "predecessor"}
    links = [Prefetch(name, UnitSuccession.objects.select_related(others[name])) for name in names]
    return Unit.objects.select_related("parent").prefetch_related(*links)


UNITS = Listing(
    "units",
    "Đơn vị",
    (
        Column("id", itemgetter("id"), 38),
        Column("code", itemgetter("code")),
        Column("name", itemgetter("name"), 50),
        Column("kind", itemgetter("kind")),
        Column("tier", itemgetter("tier")),
        Column("parent", itemgetter("parent"), 38),
        Column("valid_from", itemgetter("valid_from"), 12),
        Column("valid_to", itemgetter("valid_to"), 12),
        Column("successors", lambda unit: " ".join(kin["id"] for kin in unit["successors"]), 60),
    ),
)
_SUCCESSOR = {
    "id": "5b0ef0d6-5a4b-4f0e-9d52-0f9f6f2f7c11",
    "code": "02647",
    "name": "Xã Bảo Thắng",
    "effective_on": "2025-07-01",
}
_UNIT = {
    "id": "5b0ef0d6-5a4b-4f0e-9d52-0f9f6f2f7c10",
    "code": "086",
    "name": "Huyện Bảo Thắng",
    "kind": "district",
    "tier": "district",
    "parent": None,
    "valid_from": "2020-01-01",
    "valid_to": "2025-06-30",
    "successors": [_SUCCESSOR],
}


class UnitList(PublicList):
    serializer_class = UnitSerializer
    asked, listing = AskedUnits, UNITS
    ordering = ("sort_name", "id")

    @extend_schema(
        operation_id="units_list",
        tags=["Đơn vị"],
        summary="Cơ quan, đơn vị và đơn vị kế thừa",
        description=(
            "Mọi đơn vị, kể cả đơn vị cũ, theo thứ tự chữ cái. Mã và tên không phải là khóa: từ 01/07/2025"
            " nhiều mã được dùng lại cho tên khác; hãy dùng `id`. Xã của Yên Bái cũ không có trong danh sách,"
            " đơn vị kế thừa của chúng có nêu."
        ),
        parameters=[AskedUnits],
        responses=list_responses(UnitSerializer),
        extensions={"x-example": {"results": [_UNIT], "next": None}},
    )
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        wanted = AskedUnits.of(self.request)
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


class UnitDetail(PublicDetail):
    serializer_class = UnitDetailSerializer
    lookup_field = "uid"
    queryset = _with_kin("succeeded_by", "succeeds")

    @extend_schema(
        operation_id="units_retrieve",
        tags=["Đơn vị"],
        summary="Một đơn vị, đơn vị trước và sau nó",
        description="Xã của Yên Bái cũ cũng tìm được ở đây.",
        responses={(200, "application/json"): UnitDetailSerializer},
        extensions={"x-example": {**_UNIT, "predecessors": []}},
    )
    def get(self, request, *args, **kwargs):
        Asked.of(request)
        return super().get(request, *args, **kwargs)


class TokenScheme(OpenApiAuthenticationExtension):
    """Tells the description how tokens are sent."""

    target_class, name = "units.tokens.TokenAuthentication", "token"

    def get_security_definition(self, auto_schema):
        return TOKEN_SCHEME


urlpatterns = [
    path("units/", UnitList.as_view(), name="unit-list"),
    path("units/<uuid:uid>/", UnitDetail.as_view(), name="unit-detail"),
]
