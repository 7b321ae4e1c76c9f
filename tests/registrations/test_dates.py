"""Properties over dates, through the page that files: the instant decides, in Vietnam, to the second.

The oracle knows nothing of dates: it compares the instant with 00:00:00 and 23:59:59 of the
days concerned, written out with the offset of Vietnam.
"""

import uuid
from datetime import date, datetime, time, timedelta, timezone

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registrations import workflow
from registrations.models import Obligation, Registration
from tests.factories_registrations import ObligationFactory, a_full_draft

VIETNAM = timezone(timedelta(hours=7))
EXAMPLES = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
#: days on which calendars go wrong, and any other
LAST_DAYS = st.sampled_from(
    [date(2027, 2, 20), date(2027, 2, 28), date(2028, 2, 28), date(2028, 2, 29), date(2028, 12, 31)]
) | st.dates(date(2027, 2, 1), date(2028, 12, 31))
#: from midnight: the seconds around it, around midnight in UTC (07:00 here), and any other
SECONDS = st.sampled_from([-1, 0, 1, 25_199, 25_200, 61_200, 86_399]) | st.integers(0, 86_399)


def first_second(day):
    return datetime.combine(day, time(0, 0, 0), VIETNAM)


def last_second(day):
    return datetime.combine(day, time(23, 59, 59), VIETNAM)


@st.composite
def instants(draw, *days):
    """An instant near the edge of one of the days."""
    day = draw(st.sampled_from(days)) + timedelta(days=draw(st.integers(0, 1)))
    return first_second(day) + timedelta(seconds=draw(SECONDS))


@pytest.fixture
def draft(world):
    ObligationFactory(period=world.period, unit=world.unit, added_by=world.standing_lead)
    return a_full_draft(world.unit, world.filer)


def own_obligation(world):
    return Obligation.objects.get(unit=world.unit, kind="registration")


def move(world, **days):
    """What a lead does to the milestones; the year's report is put out of the way."""
    period = Registration.objects.get().period
    values = {"report_last_day": date(2031, 12, 31)} | days
    workflow.change_period(
        period, values, version=period.version, by=world.standing_lead, reason="Theo văn bản minh họa."
    )


def file_at(world, on_time, draft, instant):
    """Press the button at the instant; the answer's status and the registration as it then is."""
    on_time.move_to(instant)
    client = Client()
    client.force_login(world.filer)
    current = Registration.objects.get(pk=draft.pk)
    answer = client.post(
        f"{draft.get_absolute_url()}nop/", {"version": current.version, "request_key": str(uuid.uuid4())}
    )
    return answer.status_code, Registration.objects.get(pk=draft.pk)


@EXAMPLES
@given(data=st.data(), last_day=LAST_DAYS, before=st.integers(0, 90), after=st.integers(0, 200))
def test_on_time_from_the_first_second_to_the_last(world, on_time, draft, data, last_day, before, after):
    opens_on, locks_on = last_day - timedelta(days=before), last_day + timedelta(days=after)
    instant = data.draw(instants(opens_on, last_day, locks_on))
    with transaction.atomic():
        move(world, opens_on=opens_on, last_day=last_day, locks_on=locks_on)
        status, registration = file_at(world, on_time, draft, instant)
        taken = first_second(opens_on) <= instant <= last_second(locks_on)
        if taken:
            is_late = instant > last_second(last_day)
            owed = own_obligation(world)
            assert (status, registration.state, registration.is_late) == (302, "filed", is_late)
            assert (registration.first_filed_at, owed.met_at, owed.is_late) == (instant, instant, is_late)
        else:
            assert (status, registration.state) == (422, "draft")
            assert own_obligation(world).met_at is None
        transaction.set_rollback(True)
    on_time.move_to(datetime(2027, 1, 15, 9, tzinfo=VIETNAM))


@EXAMPLES
@given(data=st.data(), longer=st.integers(1, 130))
def test_an_extended_unit_is_on_time_to_the_last_second_of_its_day(world, on_time, draft, data, longer):
    extended = date(2027, 2, 20) + timedelta(days=longer)
    instant = data.draw(instants(date(2027, 2, 20), extended))
    with transaction.atomic():
        owed = own_obligation(world)
        workflow.extend(owed, by=world.standing_lead, last_day=extended, reason="Bão lũ.")
        status, registration = file_at(world, on_time, draft, instant)
        if instant <= last_second(date(2027, 6, 30)):
            assert (status, registration.is_late) == (302, instant > last_second(extended))
        else:
            assert status == 422
        transaction.set_rollback(True)
    on_time.move_to(datetime(2027, 1, 15, 9, tzinfo=VIETNAM))


@EXAMPLES
@given(
    data=st.data(),
    moves=st.lists(st.dates(date(2027, 1, 1), date(2027, 6, 30)), min_size=1, max_size=3),
)
def test_a_filing_is_late_only_if_no_day_in_force_since_has_reached_it(world, on_time, draft, data, moves):
    first = date(2027, 2, 20)
    instant = data.draw(instants(first, *moves))
    with transaction.atomic():
        status, registration = file_at(world, on_time, draft, instant)
        if status == 302:
            for number, day in enumerate(moves, start=1):
                if registration.period.last_day != day:
                    move(world, last_day=day, opens_on=date(2026, 12, 1))
                registration.refresh_from_db()
                registration.period.refresh_from_db()
                days = [first, *moves[:number]]
                is_late = all(instant > last_second(d) for d in days)
                assert (registration.is_late, own_obligation(world).is_late) == (is_late, is_late)
                # The receipt stays as it was given.
                assert registration.versions.get().is_late == (instant > last_second(first))
        else:
            assert instant > last_second(date(2027, 6, 30))
        transaction.set_rollback(True)
    on_time.move_to(datetime(2027, 1, 15, 9, tzinfo=VIETNAM))


@EXAMPLES
@given(data=st.data(), returned=st.dates(date(2027, 6, 20), date(2027, 6, 30)))
def test_after_the_lock_only_a_supplement_within_its_day_is_taken(world, on_time, draft, data, returned):
    with transaction.atomic():
        file_at(world, on_time, draft, first_second(date(2027, 2, 20)))
        on_time.move_to(first_second(returned) + timedelta(hours=9))
        registration = Registration.objects.get(pk=draft.pk)
        workflow.return_(registration, by=world.standing, comment="Bổ sung sản phẩm.")
        due = registration.supplement_due
        instant = data.draw(instants(date(2027, 6, 30), due))
        status, registration = file_at(world, on_time, draft, instant)
        if instant <= last_second(max(due, date(2027, 6, 30))):
            late = instant > last_second(due)
            assert (status, registration.is_late, registration.is_supplement_late) == (302, False, late)
        else:
            assert (status, registration.state) == (422, "returned")
        transaction.set_rollback(True)
    on_time.move_to(datetime(2027, 1, 15, 9, tzinfo=VIETNAM))
