"""What every API view shares: strict JSON in, pages out, errors as problem details (RFC 9457)."""

import json
from http import HTTPStatus
from itertools import islice

from django.core import signing
from django.db.models import Q
from django.http import JsonResponse
from rest_framework import exceptions, status
from rest_framework.pagination import BasePagination
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

TITLES = {
    400: "Yêu cầu không hợp lệ",
    401: "Chưa đăng nhập",
    403: "Không có quyền",
    404: "Không tìm thấy",
    405: "Phương thức không được phép",
    406: "Không có dạng dữ liệu được yêu cầu",
    412: "Dữ liệu đã thay đổi",
    413: "Nội dung quá lớn",
    415: "Chỉ nhận JSON (application/json)",
    429: "Quá nhiều yêu cầu, hãy thử lại sau",
    500: "Lỗi của cổng, đã được ghi lại",
}

PROBLEM = "application/problem+json"
# Enough to mend a request; a body made of mistakes must not come back many times its size.
MAX_ERRORS = 100
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


class BodyTooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "Nội dung gửi lên quá lớn."


def problem(exc, context):
    """DRF's exception handler: `{"type", "title", "status", "detail", "errors": [{"field", "message"}]}`.

    `field` is the dotted path in the body ("figures.PROV-2.numerator"), "" for the whole.
    """
    # Its module reads the settings, and they name what lies in this package.
    from rest_framework.views import exception_handler

    response = exception_handler(exc, context)
    if response is None:
        return None
    if context.get("request") is not None:
        # Whatever was to be answered, what went wrong is told in JSON.
        context["request"].accepted_renderer = JSONRenderer()
        context["request"].accepted_media_type = PROBLEM
    title = TITLES.get(response.status_code) or HTTPStatus(response.status_code).phrase
    # Words of our own are for people; DRF's defaults for the other statuses are not all translated.
    errors = []
    if isinstance(exc, exceptions.ValidationError):
        errors = list(islice(_flattened(exc.detail), MAX_ERRORS))
    elif isinstance(exc, (exceptions.ParseError, BodyTooLarge)):
        errors = [{"field": "", "message": str(exc.detail)}]
    detail = str(exc.detail) if getattr(exc, "is_told", False) else title
    response.data = problem_details(
        response.status_code, title, _told(errors[0]) if errors else detail, errors
    )
    response.content_type = PROBLEM
    return response


def problem_details(status, title, detail, errors=()) -> dict:
    return {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "errors": list(errors),
    }


def problem_response(status: int) -> JsonResponse:
    """For what fails outside every operation: an address that is none, a request Django itself refuses."""
    return JsonResponse(
        problem_details(status, TITLES[status], TITLES[status]), status=status, content_type=PROBLEM
    )


def _told(error):
    return f"{error['field']}: {error['message']}" if error["field"] else error["message"]


def _flattened(detail, path=""):
    if isinstance(detail, dict):
        for key, value in detail.items():
            step = "" if key == "non_field_errors" else str(key)
            yield from _flattened(value, ".".join(filter(None, (path, step))))
    elif isinstance(detail, list):
        for index, value in enumerate(detail):
            is_nested = isinstance(value, (dict, list))
            yield from _flattened(value, f"{path}.{index}".strip(".") if is_nested else path)
    else:
        yield {"field": path, "message": str(detail)}


class StrictJSONParser(BaseParser):
    """JSON as RFC 8259 has it: UTF-8, no NaN, no key twice, no half characters, of limited size.

    A whole number stays an int and "95.0" a float, so that a view can tell them apart.
    """

    media_type = "application/json"
    max_bytes = 256 * 1024

    def parse(self, stream, media_type=None, parser_context=None):
        body = stream.read(self.max_bytes + 1)
        if len(body) > self.max_bytes:
            raise BodyTooLarge
        try:
            data = json.loads(
                body.decode("utf-8"),
                parse_int=_whole_number,
                parse_constant=_refuse_constant,
                object_pairs_hook=_without_duplicates,
            )
            json.dumps(data, ensure_ascii=False).encode("utf-8")  # "\ud800" decodes, yet is no text
        except (ValueError, RecursionError) as error:
            raise exceptions.ParseError("Nội dung không phải JSON hợp lệ (UTF-8).") from error
        return data


def _whole_number(digits: str) -> int:
    # Beyond forty digits every number is far too large; reading all of them would cost time.
    return int(digits[:40])


def _refuse_constant(name):
    raise ValueError(name)


def _without_duplicates(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        raise exceptions.ParseError("Có khóa xuất hiện hai lần trong cùng một đối tượng.")
    return found


class Pages(BasePagination):
    """Pages of 50 by position, not by count: `{"results": […], "next": url or null}`.

    The view names `ordering`: fields that are never null and together unique, so that rows
    added meanwhile are neither skipped nor shown twice. The cursor is signed for its path
    and ordering, for nobody else may choose what the database compares.
    """

    page_size = 50
    query_param = "cursor"

    def paginate_queryset(self, queryset, request, view=None):
        self.request, self.ordering = request, view.ordering
        self.salt = f"core.api.Pages:{request.path}:{self.ordering}"
        queryset = queryset.order_by(*self.ordering)
        if cursor := request.query_params.get(self.query_param):
            try:
                position = signing.loads(cursor, salt=self.salt)
            except signing.BadSignature as error:
                message = "Con trỏ trang không hợp lệ; hãy bắt đầu lại từ trang đầu."
                raise exceptions.ValidationError({self.query_param: [message]}) from error
            queryset = queryset.filter(_after(self.ordering, position))
        rows = list(queryset[: self.page_size + 1])
        self.has_next = len(rows) > self.page_size
        self.rows = rows[: self.page_size]
        return self.rows

    def get_paginated_response(self, data):
        from_here = self.request.build_absolute_uri()
        following = None
        if self.has_next:
            position = [_plain(self.rows[-1], field) for field in self.ordering]
            cursor = signing.dumps(position, salt=self.salt)
            following = replace_query_param(from_here, self.query_param, cursor)
        return Response({"results": data, "next": following})

    def get_paginated_response_schema(self, schema):
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": {"type": ["string", "null"], "format": "uri"},
            },
        }

    def get_schema_operation_parameters(self, view):
        # A cursor is part of `next` and made by nobody else: described, it would look like a choice.
        return []


def _plain(row, field):
    """The value of one ordering field ("-unit__name") in a form JSON and the database both read."""
    value = row
    for step in field.removeprefix("-").split("__"):
        value = getattr(value, step)
    if isinstance(value, int):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _after(ordering, position):
    """Rows that come after the position in the ordering."""
    later, same = Q(), Q()
    for field, value in zip(ordering, position, strict=True):
        name = field.removeprefix("-")
        comparison = "lt" if field.startswith("-") else "gt"
        later |= same & Q(**{f"{name}__{comparison}": value})
        same &= Q(**{name: value})
    return later
