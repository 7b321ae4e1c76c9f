"""What was published, in the order of its publication: reads `PublicRecord` alone.

A row's answer was prepared when it was published; a page is joined from such answers.
"""

import json

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.utils.urls import replace_query_param

from awards.enums import NomineeKind, PublicState
from awards.models import AwardForm, PublicRecord
from core.api import Pages
from core.api.answers import (
    CSV,
    LIST_RENDERERS,
    XLSX,
    etag_of,
    file_answer,
    not_modified,
    open_to_all,
    stamp,
)
from core.api.asked import Instant, WholeNumber, Words
from core.api.fields import AskedSequence
from core.spreadsheets.listing import Listing
from core.unchanged import standing
from reports import datasets
from reports.api import examples

JSON = "application/json"
SLUG = r"^[-a-zA-Z0-9_]+$"


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


class ActOfChairman(serializers.Serializer):
    number = serializers.CharField()
    date = serializers.DateField()


class Change(serializers.Serializer):
    label = serializers.CharField(help_text="Nội dung được đính chính")
    printed = serializers.CharField(help_text="Như đã in; có thể để trống")
    corrected = serializers.CharField(help_text="Đính chính thành; có thể để trống")


class CorrectionOfResult(serializers.Serializer):
    act = ActOfChairman()
    reason = serializers.CharField()
    changes = Change(many=True)


class RevocationOfResult(serializers.Serializer):
    act = ActOfChairman()
    ground = serializers.CharField(help_text="Điều khoản làm căn cứ")
    reason = serializers.CharField(help_text="Lý do công khai")


class ResultSerializer(serializers.Serializer):
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
    corrections = CorrectionOfResult(
        many=True, required=False, help_text="Các lần đính chính, cũ trước; cả hai cách ghi"
    )
    revocation = RevocationOfResult(
        required=False, allow_null=True, help_text="Văn bản hủy bỏ và lý do công khai; null khi còn hiệu lực"
    )
    state = serializers.ChoiceField(choices=PublicState.choices)
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class Counts(serializers.Serializer):
    collective = serializers.IntegerField()
    household = serializers.IntegerField()
    individual = serializers.IntegerField()


class DecisionSerializer(serializers.Serializer):
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


class AskedPublished(AskedSequence):
    order = serializers.ChoiceField(
        choices=["oldest", "newest"],
        required=False,
        help_text="oldest (mặc định): theo thứ tự công bố, để đồng bộ; newest: mới công bố trước.",
    )
    year = WholeNumber(required=False, min_value=2000, max_value=2100, help_text="Năm của Quyết định.")
    award = serializers.CharField(required=False, max_length=20, help_text="Mã hình thức khen thưởng.")
    state = serializers.ChoiceField(required=False, choices=PublicState.choices)
    q = Words(help_text="Tìm theo tên, đơn vị, số Quyết định, mã; không phân biệt dấu và chữ hoa.")
    updated_since = Instant(
        required=False,
        help_text="Chỉ bản ghi thay đổi từ thời điểm này (kể cả). Lấy updated_at lớn nhất đã nhận được.",
    )

    def validate_award(self, code):
        if not AwardForm.objects.filter(code=code).exists():
            raise serializers.ValidationError("Không có hình thức khen thưởng mang mã này.")
        return code


class AskedResults(AskedPublished):
    nominee_kind = serializers.ChoiceField(required=False, choices=NomineeKind.choices)
    unit = serializers.UUIDField(required=False, help_text="id của đơn vị được khen hoặc có người được khen.")
    decision = serializers.UUIDField(required=False, help_text="id của Quyết định.")


_COLUMNS = {
    "year": "year",
    "award": "award_code",
    "state": "state",
    "nominee_kind": "nominee_kind",
    "unit": "unit_uid",
    "decision": "decision_uid",
    "updated_since": "updated_at__gte",
}


def narrowed(records, asked: dict):
    records = records.filter(**{_COLUMNS[name]: value for name, value in asked.items() if name in _COLUMNS})
    return records.search(asked["q"]) if asked.get("q") else records


class Published(generics.GenericAPIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    kind: str

    def finalize_response(self, request, response, *args, **kwargs):
        return open_to_all(super().finalize_response(request, response, *args, **kwargs))


class PublishedList(Published):
    """By publication, 50 a page; `next` is the address of the following page or null."""

    pagination_class = Pages
    renderer_classes = LIST_RENDERERS
    asked: type[AskedPublished]
    listing: Listing

    def answer(self, request):
        asked = self.asked.of(request)
        newest = last, changed_at = PublicRecord.newest()
        file_format = request.accepted_renderer.format
        etag = etag_of(request.build_absolute_uri(), file_format, last)
        if same := not_modified(request, etag, changed_at):
            return standing(same, PublicRecord.newest, newest)
        if file_format != "json":
            return stamp(request, self.file(asked, file_format))
        return standing(stamp(request, self.page(request, asked, last)), PublicRecord.newest, newest)

    def records(self, asked):
        return narrowed(PublicRecord.objects.latest().filter(kind=self.kind), asked)

    def page(self, request, asked, last):
        records = self.records(asked)
        is_newest_first = asked.get("order") == "newest"
        cursor = asked.get("cursor")
        if cursor is not None:
            name = "sequence__lt" if is_newest_first else "sequence__gt"
            records = records.filter(**{name: cursor})
        ordered = records.order_by("-sequence" if is_newest_first else "sequence")
        rows = list(ordered.values_list("sequence", "answer")[: Pages.page_size + 1])
        has_next = len(rows) > Pages.page_size
        rows = rows[: Pages.page_size]
        following = None
        if has_next:
            following = replace_query_param(request.build_absolute_uri(), "cursor", rows[-1][0])
        answers = ",".join(answer for _, answer in rows)
        response = HttpResponse(
            f'{{"results":[{answers}],"next":{json.dumps(following)}}}', content_type=JSON
        )
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        if not is_newest_first:
            # From here on only what is published later is new, whether or not it fits the filters.
            response["X-Next-Cursor"] = rows[-1][0] if has_next else max(last, cursor or 0)
        return response

    def file(self, asked, file_format):
        records = self.records(asked)
        answers = records.order_by("sequence").values_list("answer", flat=True).iterator(chunk_size=1000)
        rows = self.listing.values_of(row for answer in answers for row in self.flat(json.loads(answer)))
        return file_answer(self.listing, rows, total=records.count(), file_format=file_format)

    def flat(self, answer):
        """The rows of the files that one record makes."""
        return [answer]


class PublishedDetail(Published):
    def answer(self, request, **lookup):
        record = (
            PublicRecord.objects.latest()
            .filter(kind=self.kind, **lookup)
            .values_list("sequence", "answer", "updated_at")
            .first()
        )
        if record is None:
            raise NotFound
        sequence, answer, updated_at = record
        if same := not_modified(request, etag_of(request.path, sequence), updated_at):
            return same
        return stamp(request, HttpResponse(answer, content_type=JSON))


def described(serializer, *, many: bool, summary: str, description: str, example, **more):
    """The description of a read operation: JSON, and for lists the files too."""
    responses = {(200, JSON): serializer(many=True) if many else serializer}
    if many:
        responses |= {(200, CSV): OpenApiTypes.STR, (200, XLSX): OpenApiTypes.BINARY}
    return extend_schema(
        summary=summary,
        description=description,
        responses=responses,
        extensions={"x-example": example},
        **more,
    )


_SYNC = (
    " Xếp theo thứ tự công bố, mỗi trang 50 bản ghi; bản đính chính, hủy bỏ là bản ghi mới của cùng"
    " đối tượng, đứng sau. Đi theo `next` đến khi là null thì đã có đủ; giữ tiêu đề `X-Next-Cursor` để"
    " lần sau chỉ lấy phần mới."
)


class Results(PublishedList):
    kind, asked, listing = "award", AskedResults, datasets.RESULTS

    @described(
        ResultSerializer,
        many=True,
        operation_id="results_list",
        tags=["Kết quả"],
        summary="Kết quả khen thưởng đã công bố",
        description="Tập thể, hộ gia đình, cá nhân được khen thưởng trong các Quyết định đã công bố." + _SYNC,
        parameters=[AskedResults],
        example={"results": [examples.RESULT], "next": None},
    )
    def get(self, request):
        return self.answer(request)


class Result(PublishedDetail):
    kind = "award"

    @described(
        ResultSerializer,
        many=False,
        operation_id="results_retrieve",
        tags=["Kết quả"],
        summary="Một kết quả khen thưởng",
        description="Theo mã tra cứu in trên giấy khen thưởng và trang kết quả.",
        parameters=[
            OpenApiParameter("reference", {"type": "string", "pattern": SLUG}, OpenApiParameter.PATH)
        ],
        example=examples.RESULT,
    )
    def get(self, request, reference):
        return self.answer(request, reference=reference)


class Decisions(PublishedList):
    kind, asked, listing = "decision", AskedPublished, datasets.DECISIONS

    @described(
        DecisionSerializer,
        many=True,
        operation_id="decisions_list",
        tags=["Quyết định"],
        summary="Quyết định khen thưởng đã công bố",
        description="Các Quyết định khen thưởng và số đối tượng trong mỗi Quyết định." + _SYNC,
        parameters=[AskedPublished],
        example={"results": [examples.DECISION], "next": None},
    )
    def get(self, request):
        return self.answer(request)


class Decision(PublishedDetail):
    kind = "decision"

    @described(
        DecisionSerializer,
        many=False,
        operation_id="decisions_retrieve",
        tags=["Quyết định"],
        summary="Một Quyết định khen thưởng",
        description="Danh sách trong Quyết định: `/api/v1/results/?decision=` kèm id này.",
        example=examples.DECISION,
    )
    def get(self, request, uid):
        return self.answer(request, uid=uid)
