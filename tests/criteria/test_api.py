import json

import pytest

pytestmark = pytest.mark.usefixtures("criteria")
URL = "/api/v1/criteria/evaluate/"
MAX = 10**18


@pytest.fixture
def post(client):
    def _post(body, content_type="application/json"):
        raw = body if isinstance(body, (str, bytes)) else json.dumps(body)
        return client.post(URL, raw, content_type=content_type)

    return _post


def body(code, figure, **changes):
    tiers = {
        "PROV": "provincial",
        "DIST": "district",
        "COMM": "commune",
        "ENT": "enterprise",
        "IND": "individual",
    }
    return {"tier": tiers[code.split("-")[0]], "year": 2025, "figures": {code: figure}} | changes


def verdict_of(response, code):
    assert response.status_code == 200, response.content.decode()
    return next(c for c in response.json()["criteria"] if c["code"] == code)


def errors_of(response):
    assert response.status_code == 400, response.content.decode()
    assert response["Content-Type"] == "application/problem+json"
    return [error["field"] for error in response.json()["errors"]]


@pytest.mark.parametrize(
    ("code", "numerator", "denominator", "verdict", "shortfall"),
    [
        ("PROV-2", 95, 100, "met", 0),
        ("PROV-2", 9499, 10000, "not_met", 1),
        ("PROV-2", 95 * 10**16, MAX, "met", 0),
        ("PROV-2", 95 * 10**16 - 1, MAX, "not_met", 1),
        ("PROV-3", 90, 100, "not_met", 1),
        ("PROV-3", 901, 1000, "met", 0),
        ("PROV-8a", 95, 100, "not_met", 1),
        ("PROV-8a", 96, 100, "met", 0),
        ("PROV-9", 80, 100, "met", 0),
        ("PROV-10", 49, 100, "not_met", 1),
        ("PROV-1a", 9_999_999, 10_000_000, "not_met", 1),
        ("DIST-1", 79, 100, "not_met", 1),
        ("DIST-1", 80, 100, "met", 0),
        ("COMM-1", 60, 100, "met", 0),
        ("COMM-1", 59, 100, "not_met", 1),
        ("ENT-3", 90, 100, "not_met", 1),
        ("PROV-2", 0, 100, "not_met", 95),
        ("PROV-2", 0, 0, "missing", None),
        ("PROV-1a", 0, 0, "missing", None),
    ],
)
def test_boundaries(post, code, numerator, denominator, verdict, shortfall):
    result = verdict_of(post(body(code, {"numerator": numerator, "denominator": denominator})), code)

    assert (result["verdict"], result["shortfall"]) == (verdict, shortfall)


@pytest.mark.parametrize(
    ("code", "figure", "verdict"),
    [
        ("PROV-6", {"not_applicable": "Đơn vị không có TTHC"}, "not_applicable"),
        (
            "PROV-6",
            {"numerator": 0, "denominator": 0, "not_applicable": "Đơn vị không có TTHC"},
            "not_applicable",
        ),
        ("PROV-6", {"numerator": 0, "denominator": 0, "not_applicable": " "}, "missing"),
        ("PROV-6", {"numerator": 5}, "missing"),
        ("PROV-6", {"denominator": 5}, "missing"),
        ("PROV-6", {}, "missing"),
        ("ENT-4", {"answer": True}, "met"),
        ("ENT-4", {"answer": False}, "not_met"),
        ("ENT-4", {}, "missing"),
        ("ENT-4", {"not_applicable": "Không dùng dịch vụ công trực tuyến"}, "not_applicable"),
        ("ENT-1", {}, "to_be_judged"),
        ("ENT-1", {"answer": True}, "to_be_judged"),
        ("ENT-2", {"numerator": 1, "denominator": 1}, "to_be_judged"),
        ("IND-2", {"not_applicable": "lý do"}, "to_be_judged"),
    ],
)
def test_verdicts_without_a_ratio(post, code, figure, verdict):
    assert verdict_of(post(body(code, figure)), code)["verdict"] == verdict


def test_the_whole_answer(post):
    figures = {
        "COMM-1": {"numerator": 1897, "denominator": 2000},
        "COMM-2a": {"numerator": 11, "denominator": 12},
        "COMM-2b": {"not_applicable": "Chưa phát sinh"},
    }

    answer = post({"tier": "commune", "year": 2025, "figures": figures}).json()

    assert answer == {
        "criteria": [
            {
                "code": "COMM-1",
                "verdict": "met",
                "clause": "IV.2.1.c, gạch đầu dòng thứ nhất",
                "operator": "ge",
                "threshold": 60,
                "explanation": "94,85 % = 1.897/2.000, cần ≥ 60 %: đạt",
                "shortfall": 0,
            },
            {
                "code": "COMM-2a",
                "verdict": "not_met",
                "clause": "IV.2.1.c, gạch đầu dòng thứ hai (báo cáo định kỳ)",
                "operator": "eq",
                "threshold": 100,
                "explanation": "91,67 % = 11/12, cần = 100 %: chưa đạt, còn thiếu 1 báo cáo",
                "shortfall": 1,
            },
            {
                "code": "COMM-2b",
                "verdict": "not_applicable",
                "clause": "IV.2.1.c, gạch đầu dòng thứ hai (văn bản hành chính)",
                "operator": "eq",
                "threshold": 100,
                "explanation": "Không áp dụng: Chưa phát sinh",
                "shortfall": None,
            },
            {
                "code": "COMM-3",
                "verdict": "missing",
                "clause": "IV.2.1.c, gạch đầu dòng thứ ba",
                "operator": "eq",
                "threshold": 100,
                "explanation": "Chưa có số liệu.",
                "shortfall": None,
            },
        ],
        "summary": {
            "total": 4,
            "applicable": 3,
            "met": 1,
            "not_met": 1,
            "not_applicable": 1,
            "missing": 1,
            "to_be_judged": 0,
            "required_met": False,
            "criteria_set": "TDCDS-2022",
            "is_assumed": False,
            "engine_version": "1",
        },
    }


@pytest.mark.parametrize(
    ("tier", "codes"),
    [
        (
            "provincial",
            ["PROV-1a", "PROV-1b", "PROV-2", "PROV-3", "PROV-5", "PROV-6", "PROV-7a", "PROV-7b", "PROV-8a",
             "PROV-8b", "PROV-8c", "PROV-9", "PROV-10"],
        ),
        ("enterprise", ["ENT-1", "ENT-2", "ENT-3", "ENT-4"]),
        ("individual", ["IND-1", "IND-2"]),
    ],
)  # fmt: skip
def test_every_criterion_of_the_tier_in_the_order_of_the_plan(post, tier, codes):
    answer = post({"tier": tier, "year": 2025}).json()

    assert [c["code"] for c in answer["criteria"]] == codes


def test_the_year_defaults_to_this_one(post, time_machine):
    time_machine.move_to("2027-01-01T00:30:00+07:00", tick=False)

    assert post({"tier": "commune"}).json()["summary"]["criteria_set"] == "TDCDS-2026"
    assert post({"tier": "commune", "year": 2025}).json()["summary"]["criteria_set"] == "TDCDS-2022"


NOT_FIGURES = ["95", 95.0, 1e2, True, None, [], {}, -1, MAX + 1, 10**50, "٩٥", ""]


@pytest.mark.parametrize("value", NOT_FIGURES, ids=repr)
@pytest.mark.parametrize("field", ["numerator", "denominator"])
def test_a_figure_is_a_json_integer_in_range(post, field, value):
    figure = ({"denominator": MAX} if field == "numerator" else {}) | {field: value}

    assert errors_of(post(body("PROV-2", figure))) == [f"figures.PROV-2.{field}"]


@pytest.mark.parametrize("raw", ["1E2", "95.0", "0.5", "1" * 5000, "-1", "1e400"])
def test_numbers_as_they_are_written(post, raw):
    figure = {"numerator": "RAW", "denominator": 1000}
    text = json.dumps(body("PROV-2", figure)).replace('"RAW"', raw)

    assert errors_of(post(text)) == ["figures.PROV-2.numerator"]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"tier": "province"}, ["tier"]),
        ({"tier": None}, ["tier"]),
        ({"tier": ["provincial"]}, ["tier"]),
        ({"tier": {"a": 1}}, ["tier"]),
        ({"tier": "PROVINCIAL"}, ["tier"]),
        ({"year": "2025"}, ["year"]),
        ({"year": 2025.0}, ["year"]),
        ({"year": True}, ["year"]),
        ({"year": None}, ["year"]),
        ({"year": 2021}, ["year"]),
        ({"year": 2031}, ["year"]),
        ({"year": 0}, ["year"]),
        ({"year": 10**30}, ["year"]),
        ({"figures": []}, ["figures"]),
        ({"figures": None}, ["figures"]),
        ({"figures": {"PROV-4": {}}}, ["figures.PROV-4"]),
        ({"figures": {"DIST-1": {}}}, ["figures.DIST-1"]),
        ({"figures": {"prov-2": {}}}, ["figures.prov-2"]),
        ({"figures": {"": {}}}, ["figures."]),
        ({"figures": {"PROV-2": 95}}, ["figures.PROV-2"]),
        ({"figures": {"PROV-2": None}}, ["figures.PROV-2"]),
        ({"figures": {"PROV-2": {"numerator": 101, "denominator": 100}}}, ["figures.PROV-2.numerator"]),
        ({"figures": {"PROV-2": {"numerator": 1, "denominator": 0}}}, ["figures.PROV-2.numerator"]),
        ({"figures": {"PROV-2": {"numerater": 1}}}, ["figures.PROV-2.numerater"]),
        ({"figures": {"PROV-2": {"answer": True}}}, ["figures.PROV-2.answer"]),
        (
            {"figures": {"PROV-2": {"numerator": 0, "denominator": 9, "not_applicable": "x"}}},
            ["figures.PROV-2.not_applicable"],
        ),
        ({"figures": {"PROV-2": {"not_applicable": True}}}, ["figures.PROV-2.not_applicable"]),
        ({"figures": {"PROV-2": {"not_applicable": "x" * 1001}}}, ["figures.PROV-2.not_applicable"]),
        ({"tier": "enterprise", "figures": {"ENT-4": {"answer": "true"}}}, ["figures.ENT-4.answer"]),
        ({"tier": "enterprise", "figures": {"ENT-4": {"answer": 1}}}, ["figures.ENT-4.answer"]),
        ({"tier": "enterprise", "figures": {"ENT-4": {"numerator": 1}}}, ["figures.ENT-4.numerator"]),
        ({"tier": "enterprise", "figures": {"ENT-1": {"numerator": "1"}}}, ["figures.ENT-1.numerator"]),
        ({"extra": 1}, ["extra"]),
        ({"tier": "x", "year": "y", "b": 1, "a": 1}, ["a", "b", "tier", "year"]),
        (
            {"figures": {"PROV-2": {"numerator": "1"}, "PROV-3": {"denominator": 1.5}}},
            ["figures.PROV-2.numerator", "figures.PROV-3.denominator"],
        ),
    ],
)
def test_refusals_name_the_field(post, changed, fields):
    assert errors_of(post({"tier": "provincial", "year": 2025, "figures": {}} | changed)) == fields


@pytest.mark.parametrize(
    "raw",
    [
        "", "{", "[]", "null", "5", '"text"', "NaN", '{"tier": NaN}', "[" * 50_000, '{"a":' * 50_000,
        b"\xff\xfe", '{"tier":"provincial","tier":"district"}', '{"tier":"\\ud800"}', '{"\\ud800":1}',
        '{"tier":"provincial","year":2025,"figures":{"PROV-2":{"not_applicable":"\\ud800"}}}',
        '{"tier":"provincial","year":2025,"figures":{"PROV-2":{"numerator":1,"numerator":1}}}',
        "\ufeff{}", "{} {}",
    ],
    ids=lambda raw: repr(raw[:30]),
)  # fmt: skip
def test_what_is_not_a_json_object_is_refused(post, raw):
    response = post(raw)

    assert response.status_code == 400
    assert response.json()["status"] == 400


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/json; charset=utf-16", 400),
    ],
)
def test_only_json_in_utf_8_is_read(post, content_type, status):
    assert post({"tier": "commune", "year": 2025}, content_type).status_code == status


def test_a_huge_body_is_refused(post):
    response = post('{"tier":"' + "x" * 300_000 + '"}')

    assert (response.status_code, response.json()["title"]) == (413, "Nội dung quá lớn")


def test_a_body_of_mistakes_does_not_come_back_larger(post):
    figures = {f"X-{n}": 0 for n in range(1000)}

    assert errors_of(post(body("PROV-2", {}, figures=figures))) == [f"figures.X-{n}" for n in range(100)]


@pytest.mark.parametrize(
    ("headers", "status"), [({"accept": "text/html"}, 406), ({"accept": "*/*"}, 200), ({"accept": "x"}, 406)]
)
def test_the_answer_is_json_or_refused(client, headers, status):
    response = client.get("/api/v1/criteria/", headers=headers)

    assert response.status_code == status
    assert response.json()


def test_a_problem_is_told_in_full(post):
    response = post(body("PROV-2", {"numerator": 101, "denominator": 100}))

    assert response.json() == {
        "type": "about:blank",
        "title": "Yêu cầu không hợp lệ",
        "status": 400,
        "detail": "figures.PROV-2.numerator: Tử số không được lớn hơn mẫu số.",
        "errors": [{"field": "figures.PROV-2.numerator", "message": "Tử số không được lớn hơn mẫu số."}],
    }


def test_reading_needs_a_post(client):
    response = client.get(URL)

    assert (response.status_code, response.json()["title"]) == (405, "Phương thức không được phép")


def test_checking_asks_the_database_twice(post, django_assert_num_queries):
    for code in ("COMM-1", "PROV-2"):
        with django_assert_num_queries(2):
            post(body(code, {"numerator": 1, "denominator": 1}))


def listed(client, query=""):
    response = client.get(f"/api/v1/criteria/{query}")
    assert response.status_code == 200
    assert response.json()["next"] is None
    return response.json()["results"]


def test_list_of_criteria(client, time_machine):
    time_machine.move_to("2025-06-01", tick=False)
    results = listed(client)

    assert len(results) == 27
    assert results[3] == {
        "code": "PROV-3",
        "tier": "provincial",
        "clause": "IV.2.1.a, gạch đầu dòng thứ ba và thứ tư",
        "text": (
            "Trên 90% báo cáo định kỳ (không bao gồm nội dung mật) được gửi, nhận qua hệ thống thông tin"
            " báo cáo của tỉnh, kết nối với hệ thống báo cáo quốc gia."
        ),
        "operator": "gt",
        "threshold": 90,
        "required": True,
        "points": None,
    }


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?tier=district", ["DIST-1", "DIST-2a", "DIST-2b", "DIST-3"]),
        ("?tier=individual&year=2024", ["IND-1", "IND-2"]),
        ("?tier=individual&year=2030", ["IND-1", "IND-2"]),
        ("?tier=individual&year=2031", []),
    ],
)
def test_list_filters(client, query, codes):
    assert [c["code"] for c in listed(client, query)] == codes


@pytest.mark.parametrize(
    ("query", "field"),
    [("?tier=x", "tier"), ("?year=abc", "year"), ("?year=99999", "year"), ("?cursor=forged", "cursor")],
)
def test_wrong_filters_are_named(client, query, field):
    assert errors_of(client.get(f"/api/v1/criteria/{query}")) == [field]


def test_list_asks_the_database_once(client, django_assert_num_queries):
    for query in ("?tier=individual&year=2025", "?year=2025"):
        with django_assert_num_queries(1):
            client.get(f"/api/v1/criteria/{query}")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_list_is_read_only(client, method):
    assert getattr(client, method)("/api/v1/criteria/").status_code == 405
