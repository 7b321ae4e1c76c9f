"""What awaits each role at home, and the ledger of mail."""

import re
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client

from core.models import Event, OutboxMail
from core.models.mail import MailState
from registrations.schedule import oblige
from tests.factories import UnitFactory, UserFactory, holder_of, member_of
from tests.factories_registrations import ON_TIME, PeriodFactory, a_draft, a_filed_registration
from units.enums import Function, Kind


@pytest.fixture
def world(db):
    with time_machine.travel(ON_TIME, tick=False):
        health = UnitFactory(name="Sở Y tế", kind=Kind.DEPARTMENT)
        world = SimpleNamespace(
            unit=health,
            filer=member_of(health),
            stranger=member_of(UnitFactory()),
            standing=holder_of(Function.STANDING_BODY),
            commendation=holder_of(Function.COMMENDATION_BODY),
            administrator=UserFactory(administrator=True),
            period=PeriodFactory(),
        )
        oblige(world.period)
        yield world


def enter(user):
    client = Client()
    client.force_login(user)
    return client


def cards(user):
    """The titles of the cards of "Việc cần làm", in order."""
    page = enter(user).get("/ban-lam-viec/").content.decode()
    return re.findall(r'<h3 class="card-title">([^<]+)</h3>', page)


def a_mail(number=1, *, unit=None, state=MailState.QUEUED, **fields):
    return OutboxMail.objects.create(
        key=f"thu-{number}",
        to="ai.do@laocai.example",
        subject=f"Thư số {number}",
        body="Nội dung",
        message_id=f"<{number}@laocai.example>",
        state=state,
        queued_at=ON_TIME,
        unit_uid=unit.uid if unit else None,
        **fields,
    )


def test_a_filer_is_told_what_is_owed_and_until_when(world):
    page = enter(world.filer).get("/ban-lam-viec/").content.decode()
    assert "Sở Y tế" in page
    assert "hạn cuối 23:59 ngày 20/02/2027" in page
    assert cards(world.filer) == ["Đăng ký thi đua năm 2027"]


def test_the_card_leads_on_to_the_draft(world):
    draft = a_draft(world.unit, world.filer, world.period)
    page = enter(world.filer).get("/ban-lam-viec/").content.decode()
    assert f'href="/dang-ky/{draft.uid}/sua/"' in page


def test_what_is_filed_leaves_the_filer_and_reaches_the_desk(world):
    a_filed_registration(world.unit, world.filer, world.period)
    assert cards(world.filer) == []
    assert cards(world.standing) == ["1 đăng ký chờ xét"]
    assert cards(world.commendation) == []


def test_parked_mail_is_shown_to_the_standing_body(world):
    a_mail(state=MailState.UNCERTAIN)
    assert cards(world.standing) == ["1 thư chưa rõ kết quả"]
    assert cards(world.filer) == ["Đăng ký thi đua năm 2027"]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_home_asks_the_same_whatever_lies_on_the_desk(world, rows, django_assert_num_queries):
    for number in range(rows):
        unit = UnitFactory()
        a_filed_registration(unit, member_of(unit), world.period)
        a_mail(number, state=MailState.UNCERTAIN)
    client = enter(world.standing)
    client.get("/ban-lam-viec/")
    with django_assert_num_queries(24):
        client.get("/ban-lam-viec/")


def subjects(user):
    page = enter(user).get("/thu/").content.decode()
    return sorted(re.findall(r"Thư số \d+", page))


def test_a_unit_reads_its_own_mail_and_staff_read_all(world):
    a_mail(1, unit=world.unit)
    a_mail(2, unit=UnitFactory())
    assert subjects(world.filer) == ["Thư số 1"]
    assert subjects(world.stranger) == []
    assert subjects(world.standing) == ["Thư số 1", "Thư số 2"]


def test_a_mail_of_another_unit_is_not_found(world):
    mail = a_mail(1, unit=world.unit)
    assert enter(world.stranger).get(f"/thu/{mail.uid}/").status_code == 404
    assert enter(world.filer).get(f"/thu/{mail.uid}/").status_code == 200


@pytest.mark.parametrize(
    ("who", "answer", "state"),
    [
        ("standing", 302, MailState.QUEUED),
        ("administrator", 302, MailState.QUEUED),
        ("commendation", 403, MailState.UNCERTAIN),
        ("filer", 403, MailState.UNCERTAIN),
        ("stranger", 404, MailState.UNCERTAIN),
    ],
)
def test_only_a_person_in_charge_sends_a_parked_mail_again(world, who, answer, state):
    mail = a_mail(unit=world.unit, state=MailState.UNCERTAIN)
    assert enter(getattr(world, who)).post(f"/thu/{mail.uid}/gui-lai/").status_code == answer
    mail.refresh_from_db()
    assert mail.state == state
    assert Event.objects.filter(act="retry").count() == (answer == 302)


def test_sending_again_twice_is_one_decision(world):
    mail = a_mail(state=MailState.FAILED)
    for _ in range(2):
        enter(world.standing).post(f"/thu/{mail.uid}/gui-lai/")
    assert Event.objects.filter(act="retry").count() == 1


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_ledger_holds_its_query_count(world, rows, django_assert_num_queries):
    for number in range(rows):
        a_mail(number)
    client = enter(world.standing)
    client.get("/thu/")
    with django_assert_num_queries(10):
        client.get("/thu/")
