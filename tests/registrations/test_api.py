from datetime import datetime

import pytest

from registrations import workflow
from tests.factories_registrations import (
    HANOI,
    PeriodFactory,
    a_filed_registration,
    a_full_draft,
    a_submitted_report,
    judge_all,
)


@pytest.mark.parametrize(
    ("instant", "state"),
    [
        (datetime(2026, 11, 30, 23, 59, 59, tzinfo=HANOI), "upcoming"),
        (datetime(2026, 12, 1, 0, 0, 0, tzinfo=HANOI), "open"),
        (datetime(2027, 2, 20, 23, 59, 59, tzinfo=HANOI), "open"),
        (datetime(2027, 2, 21, 0, 0, 0, tzinfo=HANOI), "late"),
        (datetime(2027, 6, 30, 23, 59, 59, tzinfo=HANOI), "late"),
        (datetime(2027, 7, 1, 0, 0, 0, tzinfo=HANOI), "locked"),
    ],
)
def test_periods_are_public(client, on_time, instant, state):
    PeriodFactory()
    on_time.move_to(instant)
    assert client.get("/api/v1/periods/").json() == {
        "results": [
            {
                "campaign": "2026-2030",
                "year": 2027,
                "opens_on": "2026-12-01",
                "last_day": "2027-02-20",
                "state": state,
            }
        ],
        "next": None,
    }


def test_the_rest_asks_for_login(client, world):
    registration = a_filed_registration(world.unit, world.filer)
    for address in ("registrations/", f"registrations/{registration.uid}/", "reports/"):
        assert client.get(f"/api/v1/{address}").status_code == 401


def test_nothing_is_written_through_it(enter, world):
    registration = a_filed_registration(world.unit, world.filer)
    client = enter(world.filer)
    for address in ("registrations/", f"registrations/{registration.uid}/", "reports/"):
        for method in (client.post, client.put, client.patch, client.delete):
            assert method(f"/api/v1/{address}").status_code in (401, 405)


def test_a_registration(enter, world):
    registration = a_filed_registration(world.unit, world.filer)
    listed = enter(world.standing).get("/api/v1/registrations/").json()
    expected = {
        "uid": str(registration.uid),
        "reference": "DK-2027-00001",
        "campaign": "2026-2030",
        "year": 2027,
        "unit": {
            "id": str(world.unit.uid),
            "code": world.unit.code,
            "name": "Xã Bản Phiệt",
            "kind": "commune",
        },
        "state": "filed",
        "first_filed_at": "2027-01-15T09:00:00+07:00",
        "filed_at": "2027-01-15T09:00:00+07:00",
        "is_late": False,
        "confirmed_at": None,
        "supplement_due": None,
    }
    assert listed == {"results": [expected], "next": None}
    one = enter(world.standing).get(f"/api/v1/registrations/{registration.uid}/").json()
    assert one == expected | {"content": registration.versions.get().snapshot}


def test_a_report_with_its_verdicts(enter, world):
    report = a_submitted_report(world.unit, world.filer)
    figure = report.figures.get(criterion__code="COMM-1")
    address = f"/api/v1/reports/{report.uid}/"
    declared = enter(world.district).get(address).json()["figures"][0]
    assert declared == {
        "code": "COMM-1",
        "numerator": 90,
        "denominator": 100,
        "answer": None,
        "excluded": None,
        "not_applicable": "",
        "note": "Đã thực hiện",
        "verdict": "met",
        "explanation": "90,00 % = 90/100, cần ≥ 60 %: đạt",
    }
    workflow.judge_figure(figure, by=world.standing, verdict="refused", comment="Không có minh chứng")
    assert enter(world.district).get(address).json()["figures"][0] == declared
    judge_all(report, world.standing)
    workflow.verify(report, by=world.standing)
    verified = enter(world.district).get(address).json()["figures"][0]
    assert (verified["numerator"], verified["verdict"]) == (None, "missing")


def test_a_stranger_finds_nothing(enter, world):
    registration = a_full_draft(world.unit, world.filer)
    for person in (world.standing, world.stranger, world.district):
        client = enter(person)
        assert client.get("/api/v1/registrations/").json() == {"results": [], "next": None}
        assert client.get(f"/api/v1/registrations/{registration.uid}/").status_code == 404
