"""A scheduled job that did not run is told: in pages, to a monitor, by mail from the next job that runs."""

from datetime import datetime, timedelta

import pytest
import time_machine

from core import schedule
from core.models import OutboxMail, ScheduledRun
from core.schedule import missed, recorded
from laocai_tdkt.celery import app
from tests.factories import UserFactory, holder_of
from tests.factories_registrations import HANOI
from units.enums import Function


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.fixture
def installed(db, monkeypatch):
    """Everything has run well at nine on a Wednesday."""
    nine = at("2027-01-20T09:00")
    monkeypatch.setattr(schedule, "_installed_at", lambda: nine)
    for job in schedule.timetable():
        ScheduledRun.objects.create(job=job, began_at=nine, ended_at=nine, succeeded_at=nine, outcome="xong")


def missed_at(text: str) -> dict[str, str]:
    with time_machine.travel(at(text), tick=False):
        return {gap.job: f"{gap.since:%d/%m %H:%M}" for gap in missed()}


def test_every_entry_of_the_timetable_is_noted_under_its_own_name():
    app.loader.import_default_modules()
    entries = schedule.timetable()
    assert {job: app.tasks[entry["task"]].run.job for job, entry in entries.items()} == {
        job: job for job in entries
    }


def test_every_job_has_a_name_for_people(installed):
    with time_machine.travel(at("2027-02-20T09:00"), tick=False):
        gaps = missed()
    assert len(gaps) == len(schedule.timetable())
    assert [gap.job for gap in gaps if gap.label == gap.job] == []


@pytest.mark.parametrize(
    ("now", "job", "since"),
    [
        ("2027-01-20T09:45", "remind", None),  # due at 09:30, within the grace
        ("2027-01-20T09:46", "remind", "20/01 09:30"),
        ("2027-01-22T08:00", "remind", "20/01 09:30"),  # since the first that was missed
        ("2027-01-20T09:16", "sweep", None),
        ("2027-01-20T09:17", "sweep", "20/01 09:01"),
        ("2027-01-21T00:20", "oblige", None),
        ("2027-01-21T00:21", "oblige", "21/01 00:05"),
    ],
)
def test_a_job_is_missed_once_its_time_and_the_grace_are_over(installed, now, job, since):
    assert missed_at(now).get(job) == since


def test_the_night_is_no_outage_of_a_job_of_the_day(installed):
    evening = at("2027-01-20T17:30")
    ScheduledRun.objects.update(succeeded_at=evening)
    assert "remind" not in missed_at("2027-01-21T07:45")
    assert missed_at("2027-01-21T07:46")["remind"] == "21/01 07:30"


def test_a_job_that_always_fails_is_missed_though_it_begins(installed):
    @recorded("remind")
    def fails():
        raise ZeroDivisionError

    for hour in ("09:30", "10:30"):
        with time_machine.travel(at(f"2027-01-20T{hour}"), tick=False), pytest.raises(ZeroDivisionError):
            fails()
    assert missed_at("2027-01-20T10:31")["remind"] == "20/01 09:30"


def test_a_job_that_never_ran_is_missed_since_the_installation(installed):
    ScheduledRun.objects.filter(job="remind").delete()
    assert "remind" not in missed_at("2027-01-20T09:40")
    assert missed_at("2027-01-20T10:00")["remind"] == "20/01 09:30"


def test_a_shifted_demo_judges_by_the_clock_beat_knows(installed, settings):
    settings.CLOCK_SHIFT_SECONDS = int(timedelta(days=90, hours=5).total_seconds())
    ScheduledRun.objects.update(succeeded_at=at("2027-01-20T09:00") + timedelta(days=90, hours=5))
    with time_machine.travel(at("2027-01-20T09:45"), tick=False):
        assert "remind" not in {gap.job for gap in missed()}


def test_the_next_job_that_runs_writes_to_the_administrators_once_for_each_outage(installed):
    boss = UserFactory(administrator=True)
    UserFactory(is_superuser=True, is_active=False)

    @recorded("sweep")
    def runs():
        return "xong"

    ScheduledRun.objects.exclude(job__in=["remind", "sweep"]).update(succeeded_at=at("2027-01-20T12:00"))
    for minute in ("12:00", "12:01", "12:02"):
        with time_machine.travel(at(f"2027-01-20T{minute}"), tick=False):
            runs()
    mails = OutboxMail.objects.order_by("pk")
    assert {(m.recipient, m.subject) for m in mails} == {
        (boss, "Cổng thi đua: việc định kỳ không chạy – Gửi thư và tạo văn bản còn chờ"),
        (boss, "Cổng thi đua: việc định kỳ không chạy – Gửi thư nhắc"),
    }
    assert mails.count() == 2
    assert "lẽ ra chạy lúc 09:30 ngày 20/01/2027" in mails.get(subject__endswith="Gửi thư nhắc").body


def test_an_alarm_that_fails_keeps_no_job_from_running(installed, monkeypatch):
    monkeypatch.setattr(schedule, "missed", lambda: 1 / 0)

    @recorded("sweep")
    def runs():
        return "đã chạy"

    runs()
    assert ScheduledRun.objects.get(job="sweep").outcome == "đã chạy"


def test_staff_and_a_monitor_see_it_and_others_do_not(installed, client):
    staff, unit_person = holder_of(Function.STANDING_BODY), UserFactory()
    with time_machine.travel(at("2027-01-20T12:00"), tick=False):
        monitor = client.get("/song/viec-dinh-ky/")
        client.force_login(staff)
        home, mails = (client.get(url).content.decode() for url in ("/ban-lam-viec/", "/thu/"))
        client.force_login(unit_person)
        theirs = [client.get(url).content.decode() for url in ("/ban-lam-viec/", "/thu/")]
    assert monitor.status_code == 503
    assert "remind since 2027-01-20T09:30:00+07:00" in monitor.content.decode()
    assert "Việc định kỳ không chạy: Gửi thư nhắc" in home
    assert "Việc định kỳ không chạy: Gửi thư nhắc" in mails
    assert [page for page in theirs if "không chạy" in page] == []


def test_a_monitor_hears_that_all_is_well(installed, client):
    with time_machine.travel(at("2027-01-20T09:01"), tick=False):
        answer = client.get("/song/viec-dinh-ky/")
    assert (answer.status_code, answer.content) == (200, b"ok")
