"""Last year's registration into this year's draft: fills what is empty, overwrites nothing."""

from datetime import date

import pytest

from core.models import Event
from registrations import copying, workflow
from registrations.models import Registration
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import PeriodFactory, a_draft, a_filed_registration
from tests.registrations.pages import form_with
from units.models import UnitSuccession


@pytest.fixture
def last_year(world, on_time):
    on_time.move_to("2026-01-15T09:00:00+07:00")
    registration = a_filed_registration(world.unit, world.filer, PeriodFactory(past=True))
    on_time.move_to("2027-01-15T09:00:00+07:00")
    return registration


@pytest.fixture
def client(world, enter, last_year):
    return enter(world.filer)


def _copy(client, registration, source, **typed):
    address = registration.get_absolute_url() + "sua/"
    shown = form_with(client.get(address), "contact_name")
    return client.post(address, shown | typed | {"copy": str(source.uid)}, follow=True)


def _words(registration):
    return workflow.without_keys(workflow.content_of(Registration.objects.get(pk=registration.pk)))


def test_an_empty_draft_is_filled_with_days_a_year_later(client, world, last_year):
    registration = a_draft(world.unit, world.filer)
    page = _copy(client, registration, last_year).content.decode()
    filed = last_year.versions.get().snapshot
    copied = _words(registration)
    assert copied["tasks"] == [filed["tasks"][0] | {"due": "2028-09-30"}]
    assert {part: copied[part] for part in ("contact", "fields", "objectives", "targets")} == {
        part: filed[part] for part in ("contact", "fields", "objectives", "targets")
    }
    assert "Đã chép từ năm 2026: người liên hệ, mục tiêu, 1 mức phấn đấu, 1 nhiệm vụ." in page
    assert Event.objects.get(act="copy").payload.data == {"source": str(last_year.uid), "year": 2026}


def test_what_the_unit_has_typed_just_now_stays(client, world, last_year):
    registration = a_draft(world.unit, world.filer)
    page = _copy(
        client, registration, last_year, **{"objectives": "Mục tiêu mới", "target-COMM-1-level": "99 %"}
    ).content.decode()
    copied = _words(registration)
    assert copied["objectives"] == "Mục tiêu mới"
    assert [t["level"] for t in copied["targets"] if t["criterion"] == "COMM-1"] == ["99 %"]
    assert copied["contact"]["name"] == "Trần Thị Bình"
    assert "Giữ nguyên phần đơn vị đã ghi: mục tiêu, mức phấn đấu đã ghi." in page


def test_copying_twice_adds_nothing(client, world, last_year):
    registration = a_draft(world.unit, world.filer)
    _copy(client, registration, last_year)
    once = _words(registration)
    page = _copy(client, registration, last_year).content.decode()
    assert _words(registration) == once
    assert "Không có gì để chép thêm từ năm 2026." in page


def test_from_a_predecessor_but_not_from_a_stranger(client, world, last_year, enter, on_time):
    heir = UnitFactory(commune=True, parent=world.unit.parent)
    filer = member_of(heir)
    UnitSuccession.objects.create(
        predecessor=world.unit, successor=heir, effective_on=date(2026, 7, 1), legal_basis="Nghị quyết"
    )
    registration = a_draft(heir, filer)
    _copy(enter(filer), registration, last_year)
    assert _words(registration)["objectives"] == last_year.objectives
    stranger = a_draft(world.stranger.memberships.get().unit, world.stranger)
    assert _copy(enter(world.stranger), stranger, last_year).status_code == 404
    assert _words(stranger)["objectives"] == ""


def test_the_leap_day_a_gone_field_and_a_gone_criterion():
    draft = {"contact": {"name": "", "phone": ""}, "fields": [], "objectives": "", "tasks": [], "targets": []}
    task = {"name": "T", "product": "P", "field": "z", "due": "2028-02-29", "in_charge": ""}
    filed = draft | {
        "fields": ["a", "z"],
        "targets": [{"criterion": "OLD", "text": "", "level": "90 %"}],
        "tasks": [task],
    }
    copied = copying.copy(draft, filed, years=1, criteria=set(), fields={"a"})
    assert copied.content["fields"] == ["a"]
    assert copied.dropped == ["OLD"]
    (shifted,) = copied.content["tasks"]
    assert (shifted["due"], shifted["field"]) == ("2029-02-28", None)
