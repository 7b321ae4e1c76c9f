"""The API's description as a page: the same that clients read, in words, without a script."""

import json
import re
from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from awards.models import AwardForm
from core.api.description import JSON

_TYPES = {
    "string": "chữ",
    "integer": "số nguyên",
    "number": "số",
    "boolean": "true hoặc false",
    "array": "danh sách",
    "object": "đối tượng",
    "null": "null",
}
_FORMATS = {"uuid": "UUID", "date": "ngày, 2025-12-31", "date-time": "thời điểm ISO 8601", "uri": "địa chỉ"}
ORDER = ("Kết quả", "Quyết định", "Thống kê", "Đơn vị", "Tiêu chí", "Kỳ thi đua", "Phần của đơn vị")


@lru_cache(maxsize=1)
def _groups(codes: tuple[str, ...]) -> list[dict]:
    """Operations by their tag; made once for as long as the forms of award, which they name, stay."""
    described = SchemaGenerator().get_schema(public=True)
    schemas = described["components"]["schemas"]
    groups = {tag: [] for tag in ORDER}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            groups[operation["tags"][0]].append(_operation(path, method.upper(), operation, schemas))
    return [{"name": tag, "operations": operations} for tag, operations in groups.items()]


def _operation(path, method, operation, schemas):
    answer = operation["responses"]["200"]["content"][JSON]
    body = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
    sent = next((example["value"] for example in body.get("examples", {}).values()), None)
    return {
        "id": operation["operationId"],
        "path": path,
        "method": method,
        "summary": operation["summary"],
        "description": operation["description"].replace("`", ""),
        "needs_token": bool(operation.get("security")),
        "parameters": [
            {
                "name": parameter["name"],
                "kind": _kind(parameter["schema"], schemas),
                "description": _told(parameter.get("description", "")),
            }
            for parameter in operation.get("parameters", [])
        ],
        "sent": _text(sent) if sent else "",
        "example": _text(answer["example"]),
        "statuses": list(operation["responses"]),
    }


def _text(value) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _told(description: str) -> str:
    """Without the marks of Markdown; the labels of choices in a sentence of their own."""
    text, *choices = re.split(r"\n*\* ", description.replace("`", ""))
    labels = [
        f"{value}: {label}" for value, _, label in (c.partition(" - ") for c in choices) if value != label
    ]
    return " ".join(filter(None, (text.strip(), "; ".join(labels))))


def _kind(schema, schemas) -> str:
    if "$ref" in schema:
        return _kind(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "enum" in schema:
        return "một trong: " + ", ".join(map(str, schema["enum"]))
    if "allOf" in schema or "oneOf" in schema:
        return _kind((schema.get("allOf") or schema["oneOf"])[0], schemas)
    told = _FORMATS.get(schema.get("format")) or _TYPES[schema["type"]]
    if "minimum" in schema and "maximum" in schema:
        return f"{told} từ {schema['minimum']} đến {schema['maximum']}"
    return f"{told}, tối đa {schema['maxLength']} ký tự" if "maxLength" in schema else told


@login_not_required
@require_safe
def api_docs(request):
    codes = tuple(AwardForm.objects.order_by("code").values_list("code", flat=True))
    context = {"groups": _groups(codes), "base": request.build_absolute_uri("/")[:-1]}
    return render(request, "api/docs.html", context)
