"""When may it happen to a report of figures, and what then? The only place that changes its state."""

import uuid

from django.db import transaction

from core import clock
from core.calendar import add_working_days
from core.models import Event, ReferenceCounter
from core.snapshots import canonical_sha256
from core.transitions import Refused, Transition, Workflow
from registrations import checks, emails
from registrations.enums import FigureVerdict
from registrations.evaluation import evaluate
from registrations.models import Obligation, Report
from registrations.workflow.figures import criteria_of, report_snapshot

REPORT = Workflow(
    Report,
    Transition("submit", ("draft", "returned"), "submitted", "Nộp", sentence="đã nộp báo cáo"),
    Transition(
        "return",
        ("submitted",),
        "returned",
        "Trả lại",
        needs_comment=True,
        sentence="đã trả lại báo cáo để bổ sung",
    ),
    Transition("verify", ("submitted",), "verified", "Hoàn tất thẩm định", sentence="đã thẩm định số liệu"),
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
                verdict=FigureVerdict.PENDING, verified_numerator=None, verified_denominator=None, comment=""
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
        step.object.supplement_due = add_working_days(clock.today(), step.object.period.supplement_days)
        emails.report_returned(step.object, step.comment, step.at)


def judge_figure(figure, *, by, verdict, numerator=None, denominator=None, comment="", acting=None) -> None:
    """The standing body's word on one figure of a submitted report."""
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=figure.report_id)
        if not by.has_perm("registrations.verify_report", report):
            raise Refused("Bạn không có quyền thẩm định số liệu.", status=403)
        if report.state != "submitted":
            raise Refused("Báo cáo không ở trạng thái chờ thẩm định. Hãy tải lại trang.")
        if findings := checks.missing_for_judging(figure.criterion, verdict, numerator, denominator, comment):
            raise Refused("Chưa ghi được kết luận.", findings, status=422)
        figure.verdict = verdict
        figure.verified_numerator = numerator if verdict == FigureVerdict.CORRECTED else None
        figure.verified_denominator = denominator if verdict == FigureVerdict.CORRECTED else None
        figure.comment = comment
        figure.verified_by = by
        figure.save()
        Event.record(
            "judge",
            report,
            by=by,
            acting=acting,
            comment=comment,
            data={
                "criterion": figure.criterion.code,
                "verdict": verdict,
                "numerator": figure.verified_numerator,
                "denominator": figure.verified_denominator,
            },
        )


def accept_rest(report, *, by, acting=None) -> int:
    """Accept, in one logged act, every figure not judged yet; returns how many."""
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if not by.has_perm("registrations.verify_report", locked):
            raise Refused("Bạn không có quyền thẩm định số liệu.", status=403)
        if locked.state != "submitted":
            raise Refused("Báo cáo không ở trạng thái chờ thẩm định. Hãy tải lại trang.")
        waiting = locked.figures.filter(verdict=FigureVerdict.PENDING)
        codes = list(waiting.values_list("criterion__code", flat=True))
        waiting.update(verdict=FigureVerdict.ACCEPTED, verified_by=by)
        if codes:
            Event.record("accept", locked, by=by, acting=acting, data={"criteria": codes})
    return len(codes)


def verify(report, *, by, acting=None) -> None:
    with REPORT.perform("verify", report, by=by, acting=acting) as step:
        step.require(checks.missing_for_verifying(step.object))
        step.object.verified_at = step.at
        evaluate(step.object, at=step.at, on_verified=True)
        emails.report_verified(step.object)
