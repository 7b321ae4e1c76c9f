"""When may it happen to a report of figures, and what then? The only place that changes its state."""

import uuid

from django.db import transaction

from core import clock
from core.calendar import add_working_days
from core.models import ReferenceCounter
from core.snapshots import canonical_sha256
from core.transitions import Refused, Transition, Workflow
from registrations import checks, emails
from registrations.enums import FigureVerdict, ReportState
from registrations.evaluation import evaluate
from registrations.models import Obligation, Report
from registrations.workflow.figures import criteria_of, report_snapshot

REPORT = Workflow(
    Report,
    Transition("submit", ("draft", "returned"), "submitted", "Nộp", sentence="đã nộp báo cáo"),
    Transition(
        "return",
        ("submitted", "contested"),
        "returned",
        "Trả lại",
        needs_comment=True,
        sentence="đã trả lại báo cáo để bổ sung",
    ),
    Transition(
        "verify",
        ("submitted", "contested"),
        "verified",
        "Hoàn tất thẩm định",
        sentence="đã thẩm định số liệu",
    ),
    Transition("contest", ("verified",), "contested", "Gửi kiến nghị", sentence="đã kiến nghị về kết luận"),
    Transition(
        "reopen",
        ("verified",),
        "submitted",
        "Mở lại thẩm định",
        needs_comment=True,
        sentence="đã mở lại việc thẩm định",
    ),
)


def submit_report(report, *, by, version: int, request_key: uuid.UUID, acting=None) -> Report:
    """Submit the report as seen at `version` and evaluate it; the same key again changes nothing."""
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)
        known = Report.objects.filter(request_key=request_key).first()
        if known:
            if (known.pk, known.submitted_by_id) != (report.pk, by.pk):
                raise Refused("Mã yêu cầu này đã được dùng cho lần nộp khác. Hãy tải lại trang rồi thử lại.")
            return known
        with REPORT.perform("submit", report, by=by, acting=acting) as step:
            submitted = step.object
            if submitted.version != version:
                raise Refused("Báo cáo vừa được sửa sau khi bạn mở trang này. Hãy xem lại rồi nộp.")
            step.require(checks.missing_for_submitting(submitted, criteria_of(submitted)))
            obligation = (
                Obligation.objects.select_for_update()
                .filter(period=submitted.period, unit=submitted.unit, kind=submitted.kind)
                .first()
            )
            if submitted.first_submitted_at is None:
                due = obligation.due if obligation else submitted.period.dues[submitted.kind]
                submitted.first_submitted_at = step.at
                submitted.is_late = clock.local_date(step.at) > due
                submitted.reference = ReferenceCounter.next_reference("BC", submitted.period.year)
            submitted.submitted_at, submitted.submitted_by = step.at, by
            submitted.request_key = request_key
            submitted.version += 1
            submitted.snapshot = report_snapshot(submitted)
            submitted.sha256 = canonical_sha256(submitted.snapshot)
            # Figures that came back changed are judged afresh.
            submitted.figures.update(
                verdict=FigureVerdict.PENDING,
                verified_numerator=None,
                verified_denominator=None,
                verified_answer=None,
                comment="",
            )
            if obligation and obligation.met_at is None:
                obligation.met_at = step.at
                obligation.save(update_fields=["met_at"])
            evaluate(submitted, at=step.at, on_verified=False)
            step.data = {"sha256": submitted.sha256, "reference": submitted.reference}
            emails.report_submitted(submitted, by)
    return report


def return_report(report, *, by, comment, acting=None) -> None:
    with REPORT.perform("return", report, by=by, acting=acting, comment=comment) as step:
        step.object.contest_last_day = None
        step.object.supplement_due = add_working_days(clock.today(), step.object.period.supplement_days)
        emails.report_returned(step.object, step.comment, step.at)


def verify(report, *, by, acting=None) -> None:
    """Finish the verification: from here on the unit reads it and may contest what is refused.

    It may do so once, within the period's contest days; the word on a contested figure is final.
    """
    with REPORT.perform("verify", report, by=by, acting=acting) as step:
        verified = step.object
        if not verified.is_annual:
            raise Refused("Báo cáo 6 tháng chỉ để đọc, không thẩm định số liệu.")
        step.require(checks.missing_for_verifying(verified))
        has_refused = verified.figures.filter(verdict=FigureVerdict.REFUSED).exists()
        is_first_word = verified.state == ReportState.SUBMITTED
        verified.verified_at = step.at
        verified.contest_last_day = None
        if has_refused and is_first_word:
            today, days = clock.local_date(step.at), verified.period.contest_days
            verified.contest_last_day = add_working_days(today, days)
        evaluate(verified, at=step.at, on_verified=True)
        emails.report_verified(verified)


def reopen_report(report, *, by, comment, acting=None) -> None:
    """Take a finished verification up again; the words on single figures stay until they are changed."""
    with REPORT.perform("reopen", report, by=by, acting=acting, comment=comment) as step:
        step.object.contest_last_day = None
        evaluate(step.object, at=step.at, on_verified=False)
        emails.report_reopened(step.object, step.comment, step.at)
