"""The parameters that lists of the API share, as classes to build `Asked` of."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from core.api.answers import FORMATS
from core.api.asked import MOST, Asked, WholeNumber

_FORMAT = serializers.ChoiceField(
    choices=list(FORMATS),
    required=False,
    help_text="Dạng trả lời; mặc định theo tiêu đề Accept, không có thì JSON. CSV và XLSX chứa cả danh sách.",
)


_OPAQUE_CURSOR = {"required": False, "allow_blank": True, "max_length": 500}


@extend_schema_serializer(exclude_fields=("cursor",))
class AskedList(Asked):
    """Of a list by pages: `core.api.Pages` reads the cursor, which comes from `next` and means nothing
    to anybody else."""

    cursor = serializers.CharField(**_OPAQUE_CURSOR)


class AskedFormat(Asked):
    format = _FORMAT


@extend_schema_serializer(exclude_fields=("cursor",))
class AskedPublicList(AskedFormat):
    cursor = serializers.CharField(**_OPAQUE_CURSOR)


class AskedSequence(AskedFormat):
    """Of a list by publication: the cursor is the number of the last publication that was read."""

    cursor = WholeNumber(
        required=False,
        min_value=0,
        max_value=MOST,
        help_text="Chỉ trả các bản ghi công bố sau số này; lấy từ `next` hoặc tiêu đề X-Next-Cursor.",
    )
