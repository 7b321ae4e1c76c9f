"""One way to change a state: what is asked in which order, and what a refusal leaves behind."""

import json
import threading
from dataclasses import FrozenInstanceError
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection

from core.findings import Finding
from core.middleware import RefusedMiddleware
from core.models import Event
from core.transitions import Refused, Transition, Workflow
from registrations.models import Registration
from tests.factories import UnitFactory, holder_of, member_of
from tests.factories_registrations import ON_TIME, PeriodFactory, a_filed_registration
from units.enums import Function

#: A table of the tests' own on a model of the house; the rules asked are the real ones.
TABLE = Workflow(
    Registration,
    Transition("confirm", ("filed",), "confirmed", "Xác nhận"),
    Transition("return", ("filed", "confirmed"), "returned", "Trả lại", needs_comment=True),
)


@pytest.fixture
def now(db):
    with time_machine.travel(ON_TIME, tick=False):
        yield ON_TIME


@pytest.fixture
def clerk(now):
    return holder_of(Function.STANDING_BODY)


@pytest.fixture
def filed(now):
    unit = UnitFactory(name="Sở Tư pháp")
    return a_filed_registration(unit, member_of(unit), PeriodFactory())


def row_of(registration) -> dict:
    return Registration.objects.values().get(pk=registration.pk)


def test_an_act_changes_the_state_and_writes_one_event_at_its_instant(filed, clerk, now):
    before = Event.objects.count()

    with TABLE.perform("confirm", filed, by=clerk, acting=filed.unit, comment="  Đồng ý ") as step:
        assert (step.object == filed, step.at, step.comment) == (True, now, "Đồng ý")
        step.object.confirmed_at = step.at
        step.data = {"sha256": "ab"}

    assert (filed.state, filed.confirmed_at) == ("confirmed", now)
    event = Event.objects.latest("pk")
    assert Event.objects.count() == before + 1
    assert (event.act, event.at, event.actor, event.before, event.after) == (
        "confirm",
        now,
        clerk,
        "filed",
        "confirmed",
    )
    assert (event.object_type, event.object_uid, event.case_uid) == (
        "registrations.registration",
        filed.uid,
        filed.uid,
    )
    assert (event.actor_name, event.acting_unit_name, event.acting_unit_uid) == (
        clerk.full_name,
        "Sở Tư pháp",
        filed.unit.uid,
    )
    assert (event.payload.comment, event.payload.data) == ("Đồng ý", {"sha256": "ab"})


@pytest.mark.parametrize(
    ("may", "state", "comment", "status", "words"),
    [
        (False, "draft", "", 403, "Bạn không có quyền thực hiện việc này."),
        (
            True,
            "draft",
            "",
            409,
            "Không thể trả lại: hiện đang ở trạng thái “Đang soạn”. Có thể trang đã cũ, hãy tải lại trang.",
        ),
        (True, "filed", " \n", 422, "Cần ghi ý kiến."),
    ],
    ids=["right first", "then state", "then comment"],
)
def test_what_is_asked_first_is_answered_first(filed, clerk, may, state, comment, status, words):
    Registration.objects.filter(pk=filed.pk).update(state=state)
    row, events = row_of(filed), Event.objects.count()
    by = clerk if may else filed.saved_by

    with pytest.raises(Refused) as refused, TABLE.perform("return", filed, by=by, comment=comment):
        pytest.fail("the body of a refused act must not run")

    assert (refused.value.status, str(refused.value)) == (status, words)
    assert refused.value.as_list() == (
        [{"field": "comment", "message": "Hãy ghi rõ ý kiến hoặc lý do."}] if status == 422 else []
    )
    assert (row_of(filed), Event.objects.count()) == (row, events)


@pytest.fixture
def others(filed):
    """Two more of the same period."""
    units = [UnitFactory(name=name) for name in ("Sở Y tế", "Sở Xây dựng")]
    return [a_filed_registration(unit, member_of(unit), filed.period) for unit in units]


def test_what_follows_for_many_is_done_to_all_with_an_event_each(filed, others, clerk, now):
    rows = [filed, *others]
    Registration.objects.filter(pk=filed.pk).update(state="confirmed", confirmed_at=now)
    Registration.objects.update(supplement_due=now.date())
    before = Event.objects.count()

    done = TABLE.perform_all("return", Registration.objects.order_by("pk"), by=clerk, comment=" Sửa lại. ")

    assert [(row.pk, row.state) for row in done] == [(row.pk, "returned") for row in rows]
    assert set(Registration.objects.values_list("state", flat=True)) == {"returned"}
    events = list(Event.objects.order_by("pk")[before:])
    assert [(e.act, e.object_uid, e.before, e.after, e.payload.comment) for e in events] == [
        ("return", row.uid, state, "returned", "Sửa lại.")
        for row, state in zip(rows, ("confirmed", "filed", "filed"), strict=True)
    ]


def test_nobody_changes_a_row_of_the_table():
    with pytest.raises(FrozenInstanceError):
        TABLE.transitions["confirm"].target = "returned"


def test_one_that_may_not_keeps_all_the_others_as_they_were(filed, others, clerk):
    Registration.objects.filter(pk=others[0].pk).update(state="withdrawn")
    rows, events = list(Registration.objects.order_by("pk").values()), Event.objects.count()

    with pytest.raises(Refused) as refused:
        TABLE.perform_all("return", Registration.objects.order_by("pk"), by=clerk)

    assert (refused.value.status, str(refused.value)) == (
        409,
        f"Không thể trả lại: {others[0]} đang ở trạng thái “Đã rút”. Có thể trang đã cũ, hãy tải lại trang.",
    )
    assert (list(Registration.objects.order_by("pk").values()), Event.objects.count()) == (rows, events)


def test_what_the_checks_refuse_undoes_all_that_the_body_did(filed, clerk):
    row, events = row_of(filed), Event.objects.count()
    findings = [Finding("Thiếu số.", field="number"), Finding("Nên xem lại.", blocks=False)]

    def confirm():
        with TABLE.perform("confirm", filed, by=clerk) as step:
            step.object.objectives = "khác"
            step.object.save()
            step.require(findings)

    with pytest.raises(Refused) as refused:
        confirm()

    assert (refused.value.status, refused.value.as_list()) == (
        422,
        [{"field": "number", "message": "Thiếu số."}],
    )
    assert (row_of(filed), Event.objects.count()) == (row, events)


def test_a_warning_does_not_block(filed, clerk):
    with TABLE.perform("confirm", filed, by=clerk) as step:
        step.object.confirmed_at = step.at
        step.require([Finding("Nên xem lại.", blocks=False)])

    assert filed.state == "confirmed"


def test_a_failure_of_the_body_changes_nothing(filed, clerk):
    row, events = row_of(filed), Event.objects.count()

    with pytest.raises(ZeroDivisionError), TABLE.perform("confirm", filed, by=clerk):
        1 / 0  # noqa: B018

    assert (row_of(filed), Event.objects.count()) == (row, events)


def test_a_stale_page_is_refused_by_the_state_in_the_database(filed, clerk):
    stale = Registration.objects.get(pk=filed.pk)
    with TABLE.perform("confirm", filed, by=clerk) as step:
        step.object.confirmed_at = step.at

    with pytest.raises(Refused, match="“Đã xác nhận”") as refused, TABLE.perform("confirm", stale, by=clerk):
        pytest.fail("confirmed twice")

    assert refused.value.status == 409


def test_a_consequence_needs_no_right_of_its_own_but_the_right_state(filed):
    with TABLE.perform("confirm", filed, by=filed.saved_by, is_consequence=True) as step:
        step.object.confirmed_at = step.at
    assert filed.state == "confirmed"

    with (
        pytest.raises(Refused, match="trạng thái"),
        TABLE.perform("confirm", filed, by=filed.saved_by, is_consequence=True),
    ):
        pytest.fail("confirmed twice")


def test_only_what_state_and_right_allow_is_offered(filed, clerk):
    def offered(state, user):
        filed.state = state
        return [transition.action for transition in TABLE.available(filed, user)]

    assert {state: offered(state, clerk) for state in ("draft", "filed", "confirmed", "returned")} == {
        "draft": [],
        "filed": ["confirm", "return"],
        "confirmed": ["return"],
        "returned": [],
    }
    assert offered("filed", filed.saved_by) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_exactly_one_wins(transactional_db):
    with time_machine.travel(ON_TIME, tick=False):
        unit = UnitFactory()
        filed = a_filed_registration(unit, member_of(unit), PeriodFactory())
        clerk = holder_of(Function.STANDING_BODY)
    outcomes, both_ready = [], threading.Barrier(2, timeout=10)

    def confirm():
        try:
            mine = Registration.objects.get(pk=filed.pk)
            both_ready.wait()
            with TABLE.perform("confirm", mine, by=clerk) as step:
                step.object.confirmed_at = step.at
            outcomes.append("won")
        except Refused as refused:
            outcomes.append(refused.status)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(outcomes, key=str) == [409, "won"]
    assert Event.objects.filter(act="confirm").count() == 1


# --- How a refusal is told -------------------------------------------------------------------


def answer_to(rf, refused, path="/dang-ky/", **headers):
    request = rf.post(path, headers=headers)
    request.user, request.session, request.acting_unit = AnonymousUser(), {}, None
    request.resolver_match = SimpleNamespace(view_name="", app_name="", namespace="")
    request.csp_nonce = "nonce"
    request._messages = FallbackStorage(request)
    return RefusedMiddleware(lambda _: None).process_exception(request, refused)


@pytest.mark.parametrize("status", [403, 409, 422])
def test_the_api_answers_with_problem_details_and_the_refusals_own_status(rf, status):
    refused = Refused("Chưa được.", [Finding("Thiếu số.", field="number")], status=status)

    answer = answer_to(rf, refused, "/api/v1/x/")

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert json.loads(answer.content) == {
        "type": "about:blank",
        "title": "Chưa được.",
        "status": status,
        "detail": "Chưa được.",
        "errors": [{"field": "number", "message": "Thiếu số."}],
    }


@pytest.mark.parametrize("status", [403, 409, 422])
@pytest.mark.parametrize(
    ("referer", "back"),
    [("http://testserver/dang-ky/1/", "http://testserver/dang-ky/1/"), ("http://evil.example/", "")],
    ids=["own page", "foreign page"],
)
def test_a_page_answers_with_the_reasons_and_a_way_back_to_our_own_pages_only(db, rf, status, referer, back):
    refused = Refused("Chưa được.", [Finding("Thiếu số.")], status=status)

    answer = answer_to(rf, refused, referer=referer)

    text = answer.content.decode()
    assert answer.status_code == status
    assert ("Chưa được." in text, "Thiếu số." in text) == (True, True)
    assert "evil.example" not in text
    assert (f'href="{back}"' in text) is bool(back)


def test_another_exception_is_not_ours(rf):
    assert answer_to(rf, ValueError("x")) is None
