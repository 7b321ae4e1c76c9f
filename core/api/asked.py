"""The parameters of a query, read strictly: what cannot be understood is a 400 that names it."""

import re

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

#: no NUL: the database has no such letter
TEXT_PATTERN = r"^[^\u0000]*$"
LONGEST_SEARCH = 100
#: a cursor is a place in a sequence, and the database counts to here
MOST = 2**63 - 1


@extend_schema_field({"type": "string", "maxLength": LONGEST_SEARCH, "pattern": TEXT_PATTERN})
class Words(serializers.CharField):
    """What is searched for; empty asks for nothing."""

    def __init__(self, **options):
        super().__init__(max_length=LONGEST_SEARCH, allow_blank=True, required=False, **options)


class WholeNumber(serializers.IntegerField):
    """Digits and nothing else: no "95.0", no "２０２５", no "2_025"."""

    def to_internal_value(self, data):
        if not re.fullmatch(r"-?[0-9]{1,19}", str(data)):
            self.fail("invalid")
        return super().to_internal_value(data)


class Day(serializers.DateField):
    default_error_messages = {"invalid": "Phải là ngày có thật dạng năm-tháng-ngày."}

    def to_internal_value(self, value):
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            self.fail("invalid")
        return super().to_internal_value(value)


class Instant(serializers.DateTimeField):
    default_error_messages = {"invalid": "Phải là thời điểm ISO 8601, ví dụ 2025-12-31T23:59:59+07:00."}

    def to_internal_value(self, value):
        # A plus sign that nobody encoded reaches us as a blank.
        return super().to_internal_value(re.sub(r" (?=[0-9]{2}:?[0-9]{2}$)", "+", str(value)))


class Asked(serializers.Serializer):
    """Base of the parameters of one operation; a name it does not know, or one said twice, is refused:
    whoever mistypes `updated_since` must not be handed everything."""

    @classmethod
    def of(cls, request) -> dict:
        given = request.query_params
        asked = cls(data=given.dict())
        errors = {name[:60]: ["Không có tham số này."] for name in given if name not in asked.fields}
        errors |= {
            name: ["Chỉ được nêu một lần."]
            for name, values in given.lists()
            if len(values) > 1 and name in asked.fields
        }
        if not asked.is_valid() or errors:
            raise ValidationError(asked.errors | errors)
        return asked.validated_data
