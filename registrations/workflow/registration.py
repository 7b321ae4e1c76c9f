"""When may it happen to a registration, and what then? The only place that changes its state."""

import uuid

from django.db import transaction

from core import clock
from core.calendar import add_working_days, day_bounds
from core.models import ReferenceCounter, VerificationCode
from core.snapshots import canonical_sha256
from core.transitions import Refused, Transition, Workflow
from registrations import checks, emails
from registrations.enums import Channel, ObligationKind
from registrations.models import Obligation, Registration, RegistrationVersion
from registrations.verification import RECEIPT, receipt_payload
from registrations.workflow.drafts import EDITABLE, snapshot

REGISTRATION = Workflow(
    Registration,
    Transition("file", EDITABLE, "filed", "Nộp", sentence="đã nộp đăng ký"),
    Transition("confirm", ("filed",), "confirmed", "Xác nhận", sentence="đã xác nhận đăng ký"),
    Transition(
        "return",
        ("filed", "confirmed"),
        "returned",
        "Trả lại",
        needs_comment=True,
        sentence="đã trả lại đăng ký để bổ sung",
    ),
    Transition("withdraw", ("draft", "returned", "filed"), "withdrawn", "Rút", sentence="đã rút đăng ký"),
    Transition("reopen", ("withdrawn",), "draft", "Mở lại", sentence="đã mở lại bản đăng ký"),
)


def file(registration, *, by, version: int, request_key: uuid.UUID, acting=None) -> RegistrationVersion:
    """File the registration as seen at `version`; the same `request_key` again returns the same receipt.

    On time or late follows the first filing: late when it comes after the day on which
    the unit's obligation is due. `filed_at` is read after the lock. What came on paper
    counts from the day it was received.
    """
    with transaction.atomic():
        Registration.objects.select_for_update().get(pk=registration.pk)
        receipt = RegistrationVersion.objects.filter(request_key=request_key).first()
        if receipt:
            if (receipt.registration_id, receipt.filed_by_id) != (registration.pk, by.pk):
                raise Refused("Mã yêu cầu này đã được dùng cho lần nộp khác. Hãy tải lại trang rồi thử lại.")
            return receipt
        with REGISTRATION.perform("file", registration, by=by, acting=acting) as step:
            filed = step.object
            if filed.version != version:
                raise Refused("Bản đăng ký vừa được sửa sau khi bạn mở trang này. Hãy xem lại rồi nộp.")
            step.require(checks.missing_for_filing(filed))
            content, number = snapshot(filed), filed.versions.count() + 1
            obligation = (
                Obligation.objects.select_for_update()
                .filter(period=filed.period, unit=filed.unit, kind=ObligationKind.REGISTRATION)
                # Its own row alone: the usual order would lock the period for everyone who files.
                .order_by("pk")
                .first()
            )
            day = filed.received_on if filed.is_on_paper else clock.local_date(step.at)
            is_first = filed.first_filed_at is None
            if is_first:
                due = obligation.due if obligation else filed.period.last_day
                filed.first_filed_at = day_bounds(day)[0] if filed.is_on_paper else step.at
                filed.is_late = day > due
            if filed.supplement_due:
                filed.is_supplement_late = day > filed.supplement_due
            filed.filed_at = step.at
            filed.version += 1
            if not filed.is_on_paper:
                filed.set_aside = None
            if obligation and obligation.met_at is None:
                obligation.met_at = filed.first_filed_at
                obligation.save(update_fields=["met_at"])
            # All who file wait for the counter's row until the commit: what can be looked up before is.
            told = emails.writers_of(filed)
            acting = acting or None
            if is_first:
                filed.reference = ReferenceCounter.next_reference("DK", filed.period.year)
            receipt = RegistrationVersion.objects.create(
                registration=filed,
                number=number,
                snapshot=content,
                sha256=canonical_sha256(content),
                filed_at=step.at,
                filed_by=by,
                is_late=filed.is_late,
                channel=filed.channel,
                paper_number=filed.paper_number,
                received_on=filed.received_on,
                request_key=request_key,
            )
            VerificationCode.issue(RECEIPT, receipt, receipt_payload(receipt), at=step.at)
            step.data = {"number": number, "sha256": receipt.sha256, "reference": filed.reference}
            emails.filed(receipt, told)
    return receipt


def confirm(registration, *, by, version: int, acting=None) -> None:
    """Confirm the registration as read at `version`: what was filed meanwhile nobody has read."""
    with REGISTRATION.perform("confirm", registration, by=by, acting=acting) as step:
        if step.object.version != version:
            raise Refused("Đơn vị vừa nộp lại bản khác sau khi bạn mở trang này. Hãy xem lại rồi xác nhận.")
        step.object.confirmed_at = step.at
        emails.confirmed(step.object)


def return_(registration, *, by, comment, acting=None) -> None:
    """Send back with a comment; the unit has `supplement_days` working days, even past the lock."""
    with REGISTRATION.perform("return", registration, by=by, acting=acting, comment=comment) as step:
        days = step.object.period.supplement_days
        step.object.supplement_due = add_working_days(clock.today(), days)
        step.object.confirmed_at = None
        # From here the unit writes again, also what a clerk had entered from its paper.
        step.object.channel, step.object.paper_number = Channel.PORTAL, ""
        step.object.received_on = None
        emails.returned(step.object, step.comment, step.at)


def withdraw(registration, *, by, acting=None) -> None:
    with REGISTRATION.perform("withdraw", registration, by=by, acting=acting) as step:
        _refuse_when_locked(step.object)
        _set_met(step.object, None)


def reopen(registration, *, by, acting=None) -> None:
    with REGISTRATION.perform("reopen", registration, by=by, acting=acting) as step:
        _refuse_when_locked(step.object)


def _refuse_when_locked(registration):
    if clock.today() > registration.period.locks_on:
        raise Refused(f"Kỳ đăng ký năm {registration.period.year} đã khóa, không thể rút hay mở lại.")


def _set_met(registration, at):
    """A withdrawn registration is owed again; boards and reminders must see that."""
    Obligation.objects.filter(
        period=registration.period, unit=registration.unit, kind=ObligationKind.REGISTRATION
    ).update(met_at=at)
