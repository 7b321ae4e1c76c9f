"""Who may do what in which state, through the pages. The tables are the tests' own copy."""

import uuid
from datetime import date

import pytest
from django.db import transaction

from core import clock
from core.models import Event, OutboxMail
from registrations import workflow
from registrations.enums import ObligationKind
from registrations.models import Period
from tests.factories import MembershipFactory, holder_of
from tests.factories_registrations import (
    a_full_draft,
    a_full_report,
    a_pdf,
    answer,
    contest,
    file,
    fill,
    judge_all,
    submit,
)
from units.enums import Function, Role

REGISTRATION_ACTIONS = {
    "view": "",
    "edit": "sua/",
    "file": "nop/",
    "confirm": "xac-nhan/",
    "return": "tra-lai/",
    "withdraw": "rut/",
    "reopen": "mo-lai/",
    "autosave": "luu/",
    "ask_head": "trinh/",
    "leave_on_paper": "bo-ban-giay/",
}
REPORT_ACTIONS = {
    "view": "",
    "edit": "sua/",
    "submit": "nop/",
    "return": "tra-lai/",
    "verify": "tham-dinh/",
    "accept_rest": "chap-nhan/",
    "judge": "so-lieu/COMM-1/",
    "contest": "kien-nghi/",
    "reopen": "mo-lai/",
}

# Columns: view edit file confirm return withdraw reopen autosave ask_head leave_on_paper.
# OK is a success, the rest the answer's status.
OK, NO, GONE, WRONG = "ok", 403, 404, 409
HIDDEN = (GONE,) * 10
READS = (OK, *(NO,) * 9)
REGISTRATION_TABLE = {
    ("filer", "draft"): (OK, OK, OK, NO, NO, OK, WRONG, OK, OK, NO),
    ("filer", "filed"): (OK, WRONG, WRONG, NO, NO, OK, WRONG, WRONG, WRONG, NO),
    ("filer", "confirmed"): (OK, WRONG, WRONG, NO, NO, WRONG, WRONG, WRONG, WRONG, NO),
    ("filer", "returned"): (OK, OK, OK, NO, NO, OK, WRONG, OK, OK, NO),
    ("filer", "withdrawn"): (OK, WRONG, WRONG, NO, NO, WRONG, OK, WRONG, WRONG, NO),
    ("filer", "entering"): READS,
    ("filer", "on_paper"): READS,
    ("colleague", "draft"): READS,
    ("colleague", "filed"): READS,
    ("colleague", "confirmed"): READS,
    ("colleague", "returned"): READS,
    ("colleague", "withdrawn"): READS,
    ("colleague", "entering"): READS,
    ("colleague", "on_paper"): READS,
    ("district", "draft"): HIDDEN,
    ("district", "filed"): READS,
    ("district", "confirmed"): READS,
    ("district", "returned"): READS,
    ("district", "withdrawn"): READS,
    ("district", "entering"): HIDDEN,
    ("district", "on_paper"): READS,
    ("stranger", "draft"): HIDDEN,
    ("stranger", "filed"): HIDDEN,
    ("stranger", "confirmed"): HIDDEN,
    ("stranger", "returned"): HIDDEN,
    ("stranger", "withdrawn"): HIDDEN,
    ("stranger", "entering"): HIDDEN,
    ("stranger", "on_paper"): HIDDEN,
    ("standing", "draft"): HIDDEN,
    ("standing", "filed"): (OK, NO, NO, OK, OK, NO, NO, NO, NO, NO),
    ("standing", "confirmed"): (OK, NO, NO, WRONG, OK, NO, NO, NO, NO, NO),
    ("standing", "returned"): (OK, NO, NO, WRONG, WRONG, NO, NO, NO, NO, NO),
    ("standing", "withdrawn"): (OK, NO, NO, WRONG, WRONG, NO, NO, NO, NO, NO),
    ("standing", "entering"): (OK, OK, OK, WRONG, WRONG, NO, NO, OK, NO, OK),
    ("standing", "on_paper"): (OK, WRONG, WRONG, OK, OK, NO, NO, WRONG, NO, WRONG),
    ("standing_lead", "draft"): HIDDEN,
    ("standing_lead", "filed"): (OK, NO, NO, OK, OK, NO, NO, NO, NO, NO),
    ("standing_lead", "confirmed"): (OK, NO, NO, WRONG, OK, NO, NO, NO, NO, NO),
    ("standing_lead", "returned"): (OK, NO, NO, WRONG, WRONG, NO, NO, NO, NO, NO),
    ("standing_lead", "withdrawn"): (OK, NO, NO, WRONG, WRONG, NO, NO, NO, NO, NO),
    ("standing_lead", "entering"): (OK, OK, OK, WRONG, WRONG, NO, NO, OK, NO, OK),
    ("standing_lead", "on_paper"): (OK, WRONG, WRONG, OK, OK, NO, NO, WRONG, NO, WRONG),
    ("commendation", "draft"): HIDDEN,
    ("commendation", "filed"): READS,
    ("commendation", "confirmed"): READS,
    ("commendation", "returned"): READS,
    ("commendation", "withdrawn"): READS,
    ("commendation", "entering"): HIDDEN,
    ("commendation", "on_paper"): READS,
    ("commendation_lead", "draft"): HIDDEN,
    ("commendation_lead", "filed"): READS,
    ("commendation_lead", "confirmed"): READS,
    ("commendation_lead", "returned"): READS,
    ("commendation_lead", "withdrawn"): READS,
    ("commendation_lead", "entering"): HIDDEN,
    ("commendation_lead", "on_paper"): READS,
    ("administrator", "draft"): HIDDEN,
    ("administrator", "filed"): HIDDEN,
    ("administrator", "confirmed"): HIDDEN,
    ("administrator", "returned"): HIDDEN,
    ("administrator", "withdrawn"): HIDDEN,
    ("administrator", "entering"): HIDDEN,
    ("administrator", "on_paper"): HIDDEN,
}
# Columns: view edit submit return verify accept_rest judge contest reopen.
# "verified" has a refused figure the unit may still contest, "final" one it has contested once.
REPORT_HIDDEN, REPORT_READS = HIDDEN[:9], READS[:9]
REPORT_TABLE = {
    ("filer", "draft"): (OK, OK, OK, NO, NO, NO, NO, WRONG, NO),
    ("filer", "submitted"): (OK, WRONG, WRONG, NO, NO, NO, NO, WRONG, NO),
    ("filer", "returned"): (OK, OK, OK, NO, NO, NO, NO, WRONG, NO),
    ("filer", "verified"): (OK, WRONG, WRONG, NO, NO, NO, NO, OK, NO),
    ("filer", "contested"): (OK, WRONG, WRONG, NO, NO, NO, NO, WRONG, NO),
    ("filer", "final"): (OK, WRONG, WRONG, NO, NO, NO, NO, WRONG, NO),
    ("filer", "six_month"): (OK, WRONG, WRONG, NO, NO, NO, NO, WRONG, NO),
    ("colleague", "draft"): REPORT_READS,
    ("colleague", "submitted"): REPORT_READS,
    ("colleague", "returned"): REPORT_READS,
    ("colleague", "verified"): REPORT_READS,
    ("colleague", "contested"): REPORT_READS,
    ("colleague", "final"): REPORT_READS,
    ("colleague", "six_month"): REPORT_READS,
    ("district", "draft"): REPORT_HIDDEN,
    ("district", "submitted"): REPORT_READS,
    ("district", "returned"): REPORT_READS,
    ("district", "verified"): REPORT_READS,
    ("district", "contested"): REPORT_READS,
    ("district", "final"): REPORT_READS,
    ("district", "six_month"): REPORT_READS,
    ("stranger", "draft"): REPORT_HIDDEN,
    ("stranger", "submitted"): REPORT_HIDDEN,
    ("stranger", "returned"): REPORT_HIDDEN,
    ("stranger", "verified"): REPORT_HIDDEN,
    ("stranger", "contested"): REPORT_HIDDEN,
    ("stranger", "final"): REPORT_HIDDEN,
    ("stranger", "six_month"): REPORT_HIDDEN,
    ("standing", "draft"): REPORT_HIDDEN,
    # 422: not every figure is judged yet.
    ("standing", "submitted"): (OK, NO, NO, OK, 422, OK, OK, NO, NO),
    ("standing", "returned"): (OK, NO, NO, WRONG, WRONG, WRONG, WRONG, NO, NO),
    ("standing", "verified"): (OK, NO, NO, WRONG, WRONG, WRONG, WRONG, NO, NO),
    # "same": allowed, and nothing is left that could be accepted unseen.
    ("standing", "contested"): (OK, NO, NO, OK, 422, "same", OK, NO, NO),
    ("standing", "final"): (OK, NO, NO, WRONG, WRONG, WRONG, WRONG, NO, NO),
    ("standing", "six_month"): (OK, NO, NO, OK, WRONG, WRONG, WRONG, NO, NO),
    ("standing_lead", "draft"): REPORT_HIDDEN,
    ("standing_lead", "submitted"): (OK, NO, NO, OK, 422, OK, OK, NO, WRONG),
    ("standing_lead", "returned"): (OK, NO, NO, WRONG, WRONG, WRONG, WRONG, NO, WRONG),
    ("standing_lead", "verified"): (OK, NO, NO, WRONG, WRONG, WRONG, WRONG, NO, OK),
    ("standing_lead", "contested"): (OK, NO, NO, OK, 422, "same", OK, NO, WRONG),
    ("standing_lead", "final"): (OK, NO, NO, WRONG, WRONG, WRONG, WRONG, NO, OK),
    ("standing_lead", "six_month"): (OK, NO, NO, OK, WRONG, WRONG, WRONG, NO, WRONG),
    ("standing_kin", "draft"): REPORT_HIDDEN,
    ("standing_kin", "submitted"): REPORT_READS,
    ("standing_kin", "returned"): REPORT_READS,
    ("standing_kin", "verified"): REPORT_READS,
    ("standing_kin", "contested"): REPORT_READS,
    ("standing_kin", "final"): REPORT_READS,
    ("standing_kin", "six_month"): REPORT_READS,
    ("commendation", "draft"): REPORT_HIDDEN,
    ("commendation", "submitted"): REPORT_READS,
    ("commendation", "returned"): REPORT_READS,
    ("commendation", "verified"): REPORT_READS,
    ("commendation", "contested"): REPORT_READS,
    ("commendation", "final"): REPORT_READS,
    ("commendation", "six_month"): REPORT_READS,
    ("commendation_lead", "draft"): REPORT_HIDDEN,
    ("commendation_lead", "submitted"): REPORT_READS,
    ("commendation_lead", "returned"): REPORT_READS,
    ("commendation_lead", "verified"): REPORT_READS,
    ("commendation_lead", "contested"): REPORT_READS,
    ("commendation_lead", "final"): REPORT_READS,
    ("commendation_lead", "six_month"): REPORT_READS,
    ("administrator", "draft"): REPORT_HIDDEN,
    ("administrator", "submitted"): REPORT_HIDDEN,
    ("administrator", "returned"): REPORT_HIDDEN,
    ("administrator", "verified"): REPORT_HIDDEN,
    ("administrator", "contested"): REPORT_HIDDEN,
    ("administrator", "final"): REPORT_HIDDEN,
    ("administrator", "six_month"): REPORT_HIDDEN,
}


def _registration_in(state, world):
    if state in ("entering", "on_paper"):
        return _entered_by_a_clerk(world, is_filed=state == "on_paper")
    registration = a_full_draft(world.unit, world.filer)
    if state != "draft":
        file(registration, world.filer)
    if state == "confirmed":
        workflow.confirm(registration, by=world.standing, version=registration.version)
    elif state == "returned":
        workflow.return_(registration, by=world.standing, comment="Bổ sung sản phẩm.")
    elif state == "withdrawn":
        workflow.withdraw(registration, by=world.filer)
    return registration


def _entered_by_a_clerk(world, *, is_filed):
    registration = workflow.enter_on_paper(world.period, world.unit, by=world.standing)
    fill(registration, world.standing)
    paper = {"channel": "post", "paper_number": "125/Đ", "received_on": clock.today()}
    content = workflow.content_of(registration)
    workflow.save_draft(
        registration, by=world.standing, version=registration.version, content=content, paper=paper
    )
    if is_filed:
        file(registration, world.standing)
    return registration


def _report_in(state, world):
    if state == "six_month":
        return _six_month_report(world)
    report = a_full_report(world.unit, world.filer)
    # One figure that nothing calls a second look to: it may be accepted with others.
    evidence = [("COMM-3", a_pdf())]
    workflow.save_report(report, by=world.filer, version=report.version, content=None, evidence=evidence)
    if state != "draft":
        submit(report, world.filer)
    if state == "returned":
        workflow.return_report(report, by=world.standing, comment="Bổ sung minh chứng.")
    elif state in ("verified", "contested", "final"):
        judge_all(report, world.standing, refused=["COMM-1"])
        workflow.verify(report, by=world.standing)
    if state in ("contested", "final"):
        contest(report, world.filer)
    if state == "final":
        judge_all(report, world.standing, refused=["COMM-1"])
        workflow.verify(report, by=world.standing)
    return report


def _six_month_report(world):
    Period.objects.update(six_month_last_day="2027-07-15")
    world.period.refresh_from_db()
    kind = ObligationKind.SIX_MONTH_REPORT
    report = answer(workflow.start_report(world.period, world.unit, kind=kind, by=world.filer), world.filer)
    submit(report, world.filer)
    return report


def _posted(paper, criterion):
    """What every action's form would send; each reads what it needs."""
    return {
        "version": paper.version,
        "request_key": str(uuid.uuid4()),
        "comment": "Đề nghị bổ sung.",
        "task-TOTAL_FORMS": "0",
        "task-INITIAL_FORMS": "0",
        "free-TOTAL_FORMS": "0",
        "free-INITIAL_FORMS": "0",
        "initiative-TOTAL_FORMS": "0",
        "initiative-INITIAL_FORMS": "0",
        "channel": "post",
        f"j{criterion.pk}-verdict": "accepted",
        "COMM-1-choice": "contest",
        "COMM-1-text": "Đã đếm lại.",
    }


def _traces(paper):
    paper.refresh_from_db()
    return paper.state, paper.version, Event.objects.count(), OutboxMail.objects.count()


def _outcome(client, paper, action, address):
    """OK or the status of the answer, each tried on the same paper; a refusal must leave no trace."""
    criterion = paper.period.campaign.criteria_set.criteria.get(code="COMM-1")
    before = _traces(paper)
    with transaction.atomic():
        posted = _posted(paper, criterion)
        said = client.get(address) if action == "view" else client.post(address, posted)
        after = _traces(paper)
        transaction.set_rollback(True)
    paper.refresh_from_db()
    if said.status_code in (200, 302):
        if action != "view" and after == before:
            return "same"
        return OK
    assert after == before, f"{action} was refused and yet left a trace"
    return said.status_code


@pytest.mark.prove
@pytest.mark.parametrize(("role", "state"), REGISTRATION_TABLE)
def test_registration(world, enter, role, state):
    registration = _registration_in(state, world)
    client = enter(getattr(world, role))
    outcomes = {
        action: _outcome(client, registration, action, registration.get_absolute_url() + path)
        for action, path in REGISTRATION_ACTIONS.items()
    }
    assert outcomes == dict(zip(REGISTRATION_ACTIONS, REGISTRATION_TABLE[role, state], strict=True))


@pytest.mark.prove
@pytest.mark.parametrize(("role", "state"), REPORT_TABLE)
def test_report(world, enter, role, state):
    report = _report_in(state, world)
    # Of the standing body, and lately of the district above the commune.
    world.standing_kin = holder_of(Function.STANDING_BODY, Role.LEAD)
    MembershipFactory(
        user=world.standing_kin,
        unit=world.unit.parent,
        valid_from=date(2026, 6, 1),
        valid_to=date(2026, 12, 1),
    )
    client = enter(getattr(world, role))
    outcomes = {
        action: _outcome(client, report, action, report.get_absolute_url() + path)
        for action, path in REPORT_ACTIONS.items()
    }
    assert outcomes == dict(zip(REPORT_ACTIONS, REPORT_TABLE[role, state], strict=True))
