"""Pages and problem details, apart from any business."""

from datetime import date, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import Http404
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from core.api import Pages, problem
from core.models import Holiday

DAYS = [date(2026, 1, 1) + timedelta(days=n) for n in range(120)]


@pytest.fixture
def holidays(db):
    """Many share a name, so that a name alone never says where a page ended."""
    Holiday.objects.all().delete()
    Holiday.objects.bulk_create(Holiday(day=day, name=f"Ngày {n // 60}") for n, day in enumerate(DAYS))


def page(ordering, url="/api/v1/holidays/"):
    pages = Pages()
    request = Request(APIRequestFactory().get(url))
    rows = pages.paginate_queryset(Holiday.objects.all(), request, SimpleNamespace(ordering=ordering))
    answer = pages.get_paginated_response([row.day for row in rows]).data
    assert list(answer) == ["results", "next"]
    return answer["results"], answer["next"]


def all_pages(ordering):
    found, following = page(ordering)
    sizes = [len(found)]
    while following:
        results, following = page(ordering, following)
        found += results
        sizes.append(len(results))
    return found, sizes


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        (("day",), DAYS),
        (("-day",), DAYS[::-1]),
        (("name", "day"), DAYS),
        (("-name", "day"), DAYS[60:] + DAYS[:60]),
        (("name", "-day"), DAYS[59::-1] + DAYS[:59:-1]),
    ],
)
def test_pages_of_50_give_every_row_once(holidays, ordering, expected):
    assert all_pages(ordering) == (expected, [50, 50, 20])


def test_a_full_last_page_has_no_next(holidays):
    Holiday.objects.filter(day__gte=DAYS[100]).delete()

    assert all_pages(("day",)) == (DAYS[:100], [50, 50])


def test_rows_added_meanwhile_are_neither_skipped_nor_repeated(holidays):
    Holiday.objects.filter(day=DAYS[10]).delete()
    first, following = page(("day",))
    Holiday.objects.create(day=DAYS[10], name="Thêm sau")

    assert first[-1] == DAYS[50]
    assert page(("day",), following)[0][0] == DAYS[51]


def test_next_keeps_the_filters(holidays):
    _, following = page(("day",), "/api/v1/holidays/?year=2026&q=%C4%91")

    query = parse_qs(urlsplit(following).query)
    assert (query["year"], query["q"]) == (["2026"], ["đ"])


@pytest.mark.parametrize("cursor", ["x", "%00", "WyIyMDI2Il0", "WyIyMDI2Il0:1:2", "%ED%A0%80"])
def test_a_forged_cursor_is_refused(holidays, cursor):
    with pytest.raises(exceptions.ValidationError):
        page(("day",), f"/api/v1/holidays/?cursor={cursor}")


def test_a_cursor_serves_only_the_list_that_gave_it(holidays):
    _, following = page(("day",))
    elsewhere = following.replace("/holidays/", "/units/")

    with pytest.raises(exceptions.ValidationError):
        page(("day",), elsewhere)
    with pytest.raises(exceptions.ValidationError):
        page(("name", "day"), following)


@pytest.mark.parametrize(
    ("exc", "status", "title", "errors"),
    [
        (
            exceptions.ValidationError({"a": {"b": ["Sai."]}, "c": ["Một.", "Hai."]}),
            400,
            "Yêu cầu không hợp lệ",
            [("a.b", "Sai."), ("c", "Một."), ("c", "Hai.")],
        ),
        (
            exceptions.ValidationError({"rows": [{}, {"x": ["Sai."]}], "non_field_errors": ["Chung."]}),
            400,
            "Yêu cầu không hợp lệ",
            [("rows.1.x", "Sai."), ("", "Chung.")],
        ),
        (exceptions.ValidationError("Sai."), 400, "Yêu cầu không hợp lệ", [("", "Sai.")]),
        (exceptions.ParseError("Hỏng."), 400, "Yêu cầu không hợp lệ", [("", "Hỏng.")]),
        (exceptions.NotAuthenticated(), 401, "Chưa đăng nhập", []),
        (exceptions.PermissionDenied(), 403, "Không có quyền", []),
        (Http404(), 404, "Không tìm thấy", []),
        (exceptions.MethodNotAllowed("PUT"), 405, "Phương thức không được phép", []),
        (exceptions.Throttled(wait=9), 429, "Quá nhiều yêu cầu, hãy thử lại sau", []),
    ],
)
def test_a_problem_names_every_field(exc, status, title, errors):
    response = problem(exc, {})

    assert response.content_type == "application/problem+json"
    assert response.status_code == status
    assert response.data["status"] == status
    assert response.data["title"] == title
    assert [(e["field"], e["message"]) for e in response.data["errors"]] == errors


def test_what_is_no_refusal_stays_a_fault():
    assert problem(RuntimeError(), {}) is None
