"""The description of the API (OpenAPI 3.1): what all operations share is written into it here."""

from drf_spectacular.types import OpenApiTypes

from core.api import PROBLEM, PROBLEM_SCHEMA, TITLES
from core.api.answers import CSV, XLSX

JSON = "application/json"
TOKEN_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "Mã truy cập tạo ở trang “Mã truy cập API”, gửi trong tiêu đề Authorization.",
}
TAG_HEADERS = {
    "ETag": {"schema": {"type": "string"}, "description": "Gửi lại bằng If-None-Match để nhận 304."},
    "Cache-Control": {"schema": {"type": "string"}},
}


def list_responses(serializer) -> dict:
    """Of a public list: pages of JSON, or the whole list as a file."""
    return {
        (200, JSON): serializer(many=True),
        (200, CSV): OpenApiTypes.STR,
        (200, XLSX): OpenApiTypes.BINARY,
    }


def complete(result, generator, request, public):
    """The problems every operation may answer, its example, and the 304 of what is tagged."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    result["components"]["securitySchemes"] = {"token": TOKEN_SCHEME}
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation)
    return result


def _complete(path, method, operation):
    responses = operation["responses"]
    example = operation.pop("x-example", None)
    if example is not None:
        responses["200"]["content"][JSON]["example"] = example
    is_public = not any(operation.pop("security", []))
    if not is_public:
        operation["security"] = [{"token": []}]
    if method == "get" and is_public:
        responses["200"]["headers"] = TAG_HEADERS
        responses["304"] = {"description": "Không có gì thay đổi so với bản máy khách đang giữ."}
    statuses = [400, 406, 429]
    if not is_public:
        statuses += [401, 403]
    if "{" in path:
        statuses.append(404)
    if operation.get("requestBody"):
        statuses += [413, 415]
    for status in sorted(statuses):
        responses[str(status)] = {
            "description": TITLES[status],
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        if status == 429:
            responses["429"]["headers"] = {
                "Retry-After": {"schema": {"type": "integer"}, "description": "Số giây cần chờ."}
            }
    operation["responses"] = dict(sorted(responses.items()))
