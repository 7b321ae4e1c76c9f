from datetime import date

import pytest

from tests.factories import UnitFactory
from units.enums import Kind, Tier
from units.models import Unit, UnitSuccession

pytestmark = pytest.mark.django_db
URL = "/api/v1/units/"


def codes(client, **filters) -> list[str]:
    response = client.get(URL, filters)
    assert response.status_code == 200
    return [unit["code"] for unit in response.json()["results"]]


def succeed(old, new, day):
    return UnitSuccession.objects.create(
        predecessor=old, successor=new, effective_on=day, legal_basis="Nghị quyết"
    )


@pytest.fixture
def bac_ha():
    """Tà Chải merged into the town of Bắc Hà, which became the commune of Bắc Hà with a stub."""
    district = UnitFactory(district=True, code="085", name="Huyện Bắc Hà", valid_to=date(2025, 6, 30))
    of_district = {"commune": True, "parent": district}
    units = {
        "district": district,
        "town": UnitFactory(**of_district, code="02839", name="Thị trấn Bắc Hà", valid_to=date(2025, 6, 30)),
        "ta_chai": UnitFactory(**of_district, code="02872", name="Xã Tà Chải", valid_to=date(2024, 10, 31)),
        "commune": UnitFactory(
            commune=True, parent=None, code="02839", name="Xã Bắc Hà", valid_from=date(2025, 7, 1)
        ),
        "stub": UnitFactory(
            commune=True,
            parent=None,
            code="04771",
            name="Xã Vĩnh Kiên",
            valid_to=date(2025, 6, 30),
            is_predecessor_stub=True,
        ),
    }
    succeed(units["ta_chai"], units["town"], date(2024, 11, 1))
    succeed(units["town"], units["commune"], date(2025, 7, 1))
    succeed(units["stub"], units["commune"], date(2025, 7, 1))
    return units


def test_the_list_tells_everything_of_a_unit(client, bac_ha):
    response = client.get(URL)
    assert response.status_code == 200
    assert response.json() == {
        "next": None,
        "results": [
            {
                "id": str(bac_ha["district"].uid),
                "code": "085",
                "name": "Huyện Bắc Hà",
                "kind": "district",
                "tier": "district",
                "parent": None,
                "valid_from": "2020-01-01",
                "valid_to": "2025-06-30",
                "successors": [],
            },
            {
                "id": str(bac_ha["town"].uid),
                "code": "02839",
                "name": "Thị trấn Bắc Hà",
                "kind": "commune",
                "tier": "commune",
                "parent": str(bac_ha["district"].uid),
                "valid_from": "2020-01-01",
                "valid_to": "2025-06-30",
                "successors": [
                    {
                        "id": str(bac_ha["commune"].uid),
                        "code": "02839",
                        "name": "Xã Bắc Hà",
                        "effective_on": "2025-07-01",
                    }
                ],
            },
            {
                "id": str(bac_ha["commune"].uid),
                "code": "02839",
                "name": "Xã Bắc Hà",
                "kind": "commune",
                "tier": "commune",
                "parent": None,
                "valid_from": "2025-07-01",
                "valid_to": None,
                "successors": [],
            },
            {
                "id": str(bac_ha["ta_chai"].uid),
                "code": "02872",
                "name": "Xã Tà Chải",
                "kind": "commune",
                "tier": "commune",
                "parent": str(bac_ha["district"].uid),
                "valid_from": "2020-01-01",
                "valid_to": "2024-10-31",
                "successors": [
                    {
                        "id": str(bac_ha["town"].uid),
                        "code": "02839",
                        "name": "Thị trấn Bắc Hà",
                        "effective_on": "2024-11-01",
                    }
                ],
            },
        ],
    }


def test_one_unit_is_told_with_its_predecessors(client, bac_ha):
    response = client.get(f"{URL}{bac_ha['commune'].uid}/")
    assert response.status_code == 200
    assert response.json() == {
        "id": str(bac_ha["commune"].uid),
        "code": "02839",
        "name": "Xã Bắc Hà",
        "kind": "commune",
        "tier": "commune",
        "parent": None,
        "valid_from": "2025-07-01",
        "valid_to": None,
        "successors": [],
        "predecessors": [
            {
                "id": str(bac_ha["town"].uid),
                "code": "02839",
                "name": "Thị trấn Bắc Hà",
                "effective_on": "2025-07-01",
            },
            {
                "id": str(bac_ha["stub"].uid),
                "code": "04771",
                "name": "Xã Vĩnh Kiên",
                "effective_on": "2025-07-01",
            },
        ],
    }


def test_a_stub_is_not_listed_but_found_by_its_id(client, bac_ha):
    assert codes(client, q="vinh kien") == []
    assert client.get(f"{URL}{bac_ha['stub'].uid}/").json()["name"] == "Xã Vĩnh Kiên"


def test_an_unknown_unit_is_not_found(client):
    assert client.get(f"{URL}00000000-0000-4000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"q": "ta chai"}, ["02872"]),
        ({"q": "TÀ  CHẢI"}, ["02872"]),
        ({"q": "Ta\u0300 Cha\u0309i"}, ["02872"]),
        ({"q": "hà"}, ["085", "02839", "02839"]),
        ({"q": "không có"}, []),
        ({"q": "!!!"}, []),
        ({"q": ""}, ["085", "02839", "02839", "02872"]),
        ({"kind": "district"}, ["085"]),
        ({"tier": "commune"}, ["02839", "02839", "02872"]),
        ({"tier": "enterprise"}, []),
        ({"on": "2024-10-31"}, ["085", "02839", "02872"]),
        ({"on": "2024-11-01"}, ["085", "02839"]),
        ({"on": "2025-06-30"}, ["085", "02839"]),
        ({"on": "2025-07-01"}, ["02839"]),
        ({"on": "2019-12-31"}, []),
        ({"on": "2024-10-31", "tier": "commune", "q": "xa"}, ["02872"]),
    ],
)
def test_filters(client, bac_ha, filters, found):
    assert codes(client, **filters) == found


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("kind", "phuong", f"Phải là một trong: {', '.join(Kind.values)}."),
        ("tier", "province", f"Phải là một trong: {', '.join(Tier.values)}."),
        ("on", "2025-02-30", "Phải là ngày có thật dạng năm-tháng-ngày."),
        ("on", "01/07/2025", "Phải là ngày có thật dạng năm-tháng-ngày."),
        ("cursor", "x", "Con trỏ trang không hợp lệ; hãy bắt đầu lại từ trang đầu."),
    ],
)
def test_a_wrong_filter_is_told_by_its_name(client, field, value, message):
    response = client.get(URL, {field: value})
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["errors"] == [{"field": field, "message": message}]


@pytest.mark.parametrize("q", ["\x00", "x" * 201])
def test_a_search_no_name_can_answer_is_refused(client, q):
    response = client.get(URL, {"q": q})
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == ["q"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written(client, method):
    assert getattr(client, method)(URL).status_code == 405


def test_pages_hold_fifty_and_miss_none(client):
    for _ in range(101):
        UnitFactory(name="Sở cùng tên")
    seen, url = [], URL
    while url:
        page = client.get(url).json()
        seen.append([unit["code"] for unit in page["results"]])
        url = page["next"]
    assert [len(page) for page in seen] == [50, 50, 1]
    assert [code for page in seen for code in page] == list(
        Unit.objects.order_by("id").values_list("code", flat=True)
    )


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_the_database_twice_however_long_it_is(client, django_assert_num_queries, rows):
    district = UnitFactory(district=True)
    successor = UnitFactory(commune=True, parent=district, valid_from=date(2025, 7, 1))
    for _ in range(rows):
        old = UnitFactory(commune=True, parent=district, valid_to=date(2025, 6, 30))
        succeed(old, successor, date(2025, 7, 1))
    with django_assert_num_queries(2):
        assert len(codes(client, kind="commune", on="2025-06-30")) == rows
