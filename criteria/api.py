from operator import itemgetter

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.api import StrictJSONParser
from core.api.asked import Asked, WholeNumber
from core.api.description import list_responses
from core.api.fields import AskedPublicList
from core.api.reading import PublicDetail, PublicList
from core.spreadsheets.listing import Column, Listing
from criteria.engine import (
    ENGINE_VERSION,
    MAX_FIGURE,
    Figure,
    evaluate,
    inconsistencies,
    stated_reason,
    summarise,
)
from criteria.enums import PUBLIC_SET_STATES, Operator, SetState, Tier, Verdict
from criteria.models import CriteriaSet, Criterion

MAX_REASON = 1000
RATIO_KEYS = ("numerator", "denominator", "not_applicable")
KEYS_OF = {
    Operator.GE: RATIO_KEYS,
    Operator.GT: RATIO_KEYS,
    Operator.EQ: RATIO_KEYS,
    Operator.YES_NO: ("answer", "not_applicable"),
    # People judge these; whatever is said about them is read and changes nothing.
    Operator.JUDGED: (*RATIO_KEYS, "answer"),
}


class CriterionSerializer(serializers.ModelSerializer):
    required = serializers.BooleanField(source="is_required")

    class Meta:
        model = Criterion
        fields = ["code", "tier", "clause", "text", "operator", "threshold", "required", "points"]


class AskedCriteria(AskedPublicList):
    tier = serializers.ChoiceField(Tier.choices, required=False)
    year = WholeNumber(
        min_value=1, max_value=9999, required=False, help_text="Mặc định: bộ tiêu chí đang áp dụng hôm nay."
    )


CRITERIA = Listing(
    "criteria",
    "Tiêu chí",
    tuple(
        Column(name, itemgetter(name), width)
        for name, width in (
            ("code", 10),
            ("tier", 12),
            ("clause", 16),
            ("text", 80),
            ("operator", 10),
            ("threshold", 10),
            ("required", 10),
            ("points", 10),
        )
    ),
)
_CRITERION = {
    "code": "PROV-2",
    "tier": "provincial",
    "clause": "IV.2.1.b",
    "text": "Tối thiểu 95% hồ sơ công việc được xử lý trên môi trường mạng",
    "operator": "ge",
    "threshold": 95,
    "required": True,
    "points": None,
}


class CriterionList(PublicList):
    serializer_class = CriterionSerializer
    asked, listing = AskedCriteria, CRITERIA
    ordering = ("position",)

    @extend_schema(
        operation_id="criteria_list",
        tags=["Tiêu chí"],
        summary="Danh sách tiêu chí",
        description=(
            "Tiêu chí của bộ đang áp dụng hôm nay, hoặc của bộ dùng cho số liệu năm `year`."
            " `points` để trống: 100 điểm chia đều cho các tiêu chí có áp dụng."
        ),
        parameters=[AskedCriteria],
        responses=list_responses(CriterionSerializer),
        extensions={"x-example": {"results": [_CRITERION], "next": None}},
    )
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        wanted = AskedCriteria.of(self.request)
        tier, year = wanted.get("tier"), wanted.get("year")
        sets = (
            CriteriaSet.objects.in_force_in(year) if year else CriteriaSet.objects.in_force_on(clock.today())
        )
        criteria = Criterion.objects.filter(criteria_set__in=sets)
        return criteria.filter(tier=tier) if tier else criteria


class CriteriaSetSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="uid")
    state = serializers.ChoiceField(PUBLIC_SET_STATES)

    class Meta:
        model = CriteriaSet
        fields = [
            "id",
            "code",
            "title",
            "state",
            "basis",
            "is_assumed",
            "note",
            "valid_from",
            "valid_to",
            "sha256",
        ]


class CriteriaSetDetailSerializer(CriteriaSetSerializer):
    criteria = CriterionSerializer(many=True)

    class Meta(CriteriaSetSerializer.Meta):
        fields = [*CriteriaSetSerializer.Meta.fields, "criteria"]


SETS = Listing(
    "criteria-sets",
    "Bộ tiêu chí",
    tuple(Column(name, itemgetter(name), 24) for name in CriteriaSetSerializer.Meta.fields),
)
_SET = {
    "id": "0a4f9c1e-6f7b-4a52-8f9d-1f1f8f6f0003",
    "code": "TDCDS-2022",
    "title": "Tiêu chí thi đua chuyển đổi số giai đoạn 2022–2025",
    "state": "in_force",
    "basis": "Kế hoạch của Ủy ban nhân dân tỉnh",
    "is_assumed": False,
    "note": "",
    "valid_from": "2022-01-01",
    "valid_to": "2025-12-31",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}


class CriteriaSetList(PublicList):
    serializer_class = CriteriaSetSerializer
    listing = SETS
    ordering = ("valid_from", "id")

    @extend_schema(
        operation_id="criteria_sets_list",
        tags=["Tiêu chí"],
        summary="Các bộ tiêu chí qua các giai đoạn",
        description=(
            "Mọi bộ tiêu chí đã ban hành, kể cả bộ không còn áp dụng. `sha256` là mã băm nội dung: bộ đã ban"
            " hành không bao giờ thay đổi."
        ),
        parameters=[AskedPublicList],
        responses=list_responses(CriteriaSetSerializer),
        extensions={"x-example": {"results": [_SET], "next": None}},
    )
    def get(self, request, *args, **kwargs):
        AskedPublicList.of(request)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        return CriteriaSet.objects.exclude(state=SetState.DRAFT)


class CriteriaSetDetail(PublicDetail):
    serializer_class = CriteriaSetDetailSerializer
    lookup_field = "uid"

    @extend_schema(
        operation_id="criteria_sets_retrieve",
        tags=["Tiêu chí"],
        summary="Một bộ tiêu chí với các tiêu chí của nó",
        description="Tiêu chí theo thứ tự trong Kế hoạch.",
        responses={(200, "application/json"): CriteriaSetDetailSerializer},
        extensions={"x-example": {**_SET, "criteria": [_CRITERION]}},
    )
    def get(self, request, *args, **kwargs):
        Asked.of(request)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        return CriteriaSet.objects.exclude(state=SetState.DRAFT).prefetch_related("criteria")


_FIGURE_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "numerator": {"type": "integer", "minimum": 0, "maximum": MAX_FIGURE},
        "denominator": {"type": "integer", "minimum": 0, "maximum": MAX_FIGURE},
        "not_applicable": {"type": "string", "maxLength": MAX_REASON},
        "answer": {"type": "boolean"},
    },
}
_REQUEST_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["tier"],
    "properties": {
        "tier": {"type": "string", "enum": Tier.values},
        "year": {"type": "integer", "description": "Mặc định: năm nay."},
        "figures": {"type": "object", "additionalProperties": _FIGURE_SCHEMA},
    },
}
_RESULT_SCHEMA = {
    "type": "object",
    "required": ["code", "verdict", "clause", "operator", "threshold", "explanation", "shortfall"],
    "properties": {
        "code": {"type": "string"},
        "verdict": {"type": "string", "enum": Verdict.values},
        "clause": {"type": "string"},
        "operator": {"type": "string", "enum": Operator.values},
        "threshold": {"type": ["integer", "null"]},
        "explanation": {"type": "string"},
        "shortfall": {
            "type": ["integer", "null"],
            "description": "Số ít nhất tử số phải tăng thêm để đạt; 0 khi đã đạt; null khi không đếm được.",
        },
    },
}
_COUNTS = ("total", "applicable", *Verdict.values)
_RESPONSE_SCHEMA = {
    "type": "object",
    "required": ["criteria", "summary"],
    "properties": {
        "criteria": {"type": "array", "items": _RESULT_SCHEMA},
        "summary": {
            "type": "object",
            "properties": {
                **{name: {"type": "integer"} for name in _COUNTS},
                "required_met": {"type": "boolean"},
                "criteria_set": {"type": "string"},
                "is_assumed": {"type": "boolean"},
                "engine_version": {"type": "string"},
            },
        },
    },
}


class Evaluate(APIView):
    """Check figures against the criteria of one tier; nothing is stored and no account is needed.

    Every criterion of the tier is answered, in the order of the plan. Figures are JSON
    integers from 0 to 10^18; `not_applicable` is the reason why a criterion does not apply
    and goes with no figures or with zeros. `summary.required_met`: every required criterion
    that applies is met, and at least one is.
    """

    authentication_classes = []
    permission_classes = [AllowAny]
    parser_classes = [StrictJSONParser]

    @extend_schema(
        operation_id="criteria_evaluate",
        tags=["Tiêu chí"],
        summary="Tự kiểm tra số liệu",
        description=(
            "Đối chiếu số liệu với mọi tiêu chí của một cấp, theo thứ tự trong kế hoạch; không lưu, không cần"
            " tài khoản. Số liệu là số nguyên JSON từ 0 đến 10^18. `not_applicable` là lý do tiêu chí không"
            " áp dụng, đi kèm số liệu bằng 0 hoặc không có số liệu. `summary.required_met` đúng khi mọi"
            " tiêu chí bắt buộc có áp dụng đều đạt và có ít nhất một tiêu chí như vậy."
        ),
        request={"application/json": _REQUEST_SCHEMA},
        responses={200: _RESPONSE_SCHEMA},
        extensions={
            "x-example": {
                "criteria": [
                    {
                        "code": "PROV-2",
                        "verdict": "met",
                        "clause": "IV.2.1.b",
                        "operator": "ge",
                        "threshold": 95,
                        "explanation": "95/100 = 95%, đạt mức tối thiểu 95%.",
                        "shortfall": 0,
                    }
                ],
                "summary": {"total": 8, "applicable": 7, "met": 1, "missing": 6, "required_met": False},
            }
        },
        examples=[
            OpenApiExample(
                "Một sở",
                request_only=True,
                value={
                    "tier": "provincial",
                    "year": 2025,
                    "figures": {
                        "PROV-2": {"numerator": 95, "denominator": 100},
                        "PROV-6": {"not_applicable": "Đơn vị không có thủ tục hành chính"},
                    },
                },
            )
        ],
    )
    def post(self, request):
        criteria_set, rules, figures = _read(request.data)
        results = evaluate(rules, figures)
        return Response(
            {
                "criteria": [
                    {
                        "code": result.code,
                        "verdict": result.verdict,
                        "clause": result.clause,
                        "operator": result.operator,
                        "threshold": result.threshold,
                        "explanation": result.explanation,
                        "shortfall": result.shortfall,
                    }
                    for result in results
                ],
                "summary": {
                    **summarise(results),
                    "criteria_set": criteria_set.code,
                    "is_assumed": criteria_set.is_assumed,
                    "engine_version": ENGINE_VERSION,
                },
            }
        )


def _read(data):
    """The set, the rules of the tier and the figures by code; ValidationError names every wrong field."""
    if not isinstance(data, dict):
        raise ValidationError(["Nội dung phải là một đối tượng JSON."])
    errors = {}
    for key in sorted(data.keys() - {"tier", "year", "figures"}):
        errors[_shown(key)] = ["Không có trường này."]
    tier = data.get("tier")
    if not isinstance(tier, str) or tier not in Tier.values:
        errors["tier"] = [f"Phải là một trong: {', '.join(Tier.values)}."]
    criteria_set = _set_of_year(data.get("year", clock.today().year), errors)
    posted = data.get("figures", {})
    if not isinstance(posted, dict):
        errors["figures"] = ["Phải là một đối tượng, mỗi khóa là một mã tiêu chí."]
    if errors:
        raise ValidationError(errors)

    rules = criteria_set.rules_for(tier)
    figures = _read_figures(posted, {rule.code: rule for rule in rules}, errors)
    if errors:
        raise ValidationError(errors)
    return criteria_set, rules, figures


def _set_of_year(year, errors):
    if type(year) is not int:  # True is an int to Python, not to us
        errors["year"] = ["Phải là số nguyên."]
        return None
    criteria_set = CriteriaSet.objects.in_force_in(year).first()
    if criteria_set is None:
        errors["year"] = ["Không có bộ tiêu chí áp dụng cho năm này."]
    return criteria_set


def _read_figures(posted, rules, errors):
    figures = {}
    for code, said in posted.items():
        where = f"figures.{_shown(code)}"
        if code not in rules:
            errors[where] = ["Không có tiêu chí này ở cấp đã chọn."]
        elif not isinstance(said, dict):
            errors[where] = ["Phải là một đối tượng."]
        else:
            wrong = _misread(said, KEYS_OF[rules[code].operator])
            if not wrong:
                figures[code] = Figure(
                    **{**said, "not_applicable": stated_reason(said.get("not_applicable", ""))}
                )
                wrong = inconsistencies(figures[code])
            for field, message in wrong:
                errors.setdefault(f"{where}.{field}", []).append(message)
    return figures


def _misread(said, allowed):
    """What in one posted figure has the wrong name or type, as (field, message)."""
    wrong = []
    for field, value in said.items():
        if field not in allowed:
            wrong.append((_shown(field), "Tiêu chí này không có trường này."))
        elif field in ("numerator", "denominator"):
            if type(value) is not int:
                wrong.append((field, "Phải là số nguyên JSON từ 0 đến 10^18."))
        elif field == "answer":
            if type(value) is not bool:
                wrong.append((field, "Phải là true hoặc false."))
        elif not isinstance(value, str) or len(value) > MAX_REASON:
            wrong.append((field, f"Phải là chữ, nhiều nhất {MAX_REASON} ký tự."))
    return wrong


def _shown(key):
    return key if len(key) <= 60 else f"{key[:60]}…"


urlpatterns = [
    path("criteria/", CriterionList.as_view(), name="criteria-list"),
    path("criteria-sets/", CriteriaSetList.as_view(), name="criteria-set-list"),
    path("criteria-sets/<uuid:uid>/", CriteriaSetDetail.as_view(), name="criteria-set-detail"),
    path("criteria/evaluate/", Evaluate.as_view(), name="criteria-evaluate"),
]
