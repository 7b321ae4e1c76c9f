"""When may it happen, and what then? The only place that changes the state of registrations and reports."""

import uuid
from dataclasses import asdict

from django.db import transaction

from core import clock
from core.calendar import add_working_days, last_instant
from core.models import Event, ReferenceCounter
from core.snapshots import canonical_sha256
from core.transitions import Refused, Transition, Workflow
from criteria import engine
from registrations import checks, emails
from registrations.enums import FigureVerdict, ObligationKind
from registrations.models import (
    Evaluation,
    Figure,
    Obligation,
    Registration,
    RegistrationTarget,
    RegistrationVersion,
    Report,
)

REGISTRATION = Workflow(
    Registration,
    Transition("file", ("draft", "returned"), "filed", "Nộp", sentence="đã nộp đăng ký"),
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


# --- Registrations -------------------------------------------------------------------------------


def start(period, unit, *, by, acting=None) -> Registration:
    """Begin the unit's draft for the period, with one row per criterion of its tier; or return the one there is."""
    with transaction.atomic():
        now = clock.now()
        registration, created = Registration.objects.get_or_create(
            period=period, unit=unit, defaults={"created_at": now, "saved_at": now, "saved_by": by}
        )
        if created:
            criteria = period.campaign.criteria_set.criteria.filter(tier=unit.tier)
            RegistrationTarget.objects.bulk_create(
                RegistrationTarget(registration=registration, criterion=c, position=n)
                for n, c in enumerate(criteria)
            )
            Event.record("start", registration, by=by, acting=acting, after=registration.state)
    return registration


def snapshot(registration) -> dict:
    """All that is filed, as plain values."""
    return {
        "unit": {"uid": str(registration.unit.uid), "code": registration.unit.code, "name": registration.unit.name},
        "year": registration.period.year,
        "contact": {"name": registration.contact_name, "phone": registration.contact_phone},
        "fields": [f.code for f in registration.fields.all()],
        "objectives": registration.objectives,
        "targets": [
            {"criterion": t.criterion.code if t.criterion else None, "text": t.text, "level": t.level}
            for t in registration.targets.select_related("criterion")
        ],
        "tasks": [
            {
                "name": t.name,
                "product": t.product,
                "field": t.field.code if t.field else None,
                "due": t.due.isoformat() if t.due else None,
                "in_charge": t.in_charge,
            }
            for t in registration.tasks.select_related("field")
        ],
        "attachments": [
            {"name": a.file.name, "size": a.file.size, "sha256": a.file.sha256}
            for a in registration.attachments.filter(is_removed=False).select_related("file")
        ],
    }


def _receipt_of(model, request_key, owner, by):
    """The receipt a lost answer already gave for this key, or None."""
    receipt = model.objects.filter(request_key=request_key).first()
    if receipt is None:
        return None
    parent, sender = owner(receipt)
    if sender != by.pk:
        raise Refused("Mã yêu cầu này đã được người khác dùng. Hãy tải lại trang rồi thử lại.")
    return receipt, parent


def file(registration, *, by, request_key: uuid.UUID, acting=None) -> RegistrationVersion:
    """File the registration; the same `request_key` again returns the same receipt.

    On time or late follows the first filing (DESIGN §2.6): late when it comes after
    23:59:59 of the day the unit's obligation is due. `filed_at` is read after the lock.
    """
    with transaction.atomic():
        Registration.objects.select_for_update().get(pk=registration.pk)
        known = _receipt_of(
            RegistrationVersion, request_key, lambda v: (v.registration_id, v.filed_by_id), by
        )
        if known:
            version, owner = known
            if owner != registration.pk:
                raise Refused("Mã yêu cầu này thuộc bản đăng ký khác. Hãy tải lại trang rồi thử lại.")
            return version
        with REGISTRATION.perform("file", registration, by=by, acting=acting) as step:
            filed = step.object
            step.require(checks.missing_for_filing(filed))
            obligation = Obligation.objects.filter(
                period=filed.period, unit=filed.unit, kind=ObligationKind.REGISTRATION
            ).first()
            if filed.first_filed_at is None:
                due = obligation.due if obligation else filed.period.last_day
                filed.first_filed_at = step.at
                filed.is_late = step.at > last_instant(due)
                filed.reference = ReferenceCounter.next_reference("DK", filed.period.year)
            if filed.supplement_due:
                filed.is_supplement_late = step.at > last_instant(filed.supplement_due)
            filed.filed_at = step.at
            filed.version += 1
            if obligation and obligation.met_at is None:
                obligation.met_at = filed.first_filed_at
                obligation.save(update_fields=["met_at"])
            content = snapshot(filed)
            number = filed.versions.count() + 1
            version = RegistrationVersion.objects.create(
                registration=filed,
                number=number,
                snapshot=content,
                sha256=canonical_sha256(content),
                filed_at=step.at,
                filed_by=by,
                is_late=filed.is_late,
                request_key=request_key,
            )
            step.data = {"number": number, "sha256": version.sha256, "reference": filed.reference}
            emails.filed(version)
    return version


def confirm(registration, *, by, acting=None) -> None:
    with REGISTRATION.perform("confirm", registration, by=by, acting=acting) as step:
        step.object.confirmed_at = step.at
        emails.confirmed(step.object)


def return_(registration, *, by, comment, acting=None) -> None:
    """Send back with a comment; the unit has `supplement_days` working days, even past the lock."""
    with REGISTRATION.perform("return", registration, by=by, acting=acting, comment=comment) as step:
        days = step.object.period.supplement_days
        step.object.supplement_due = add_working_days(clock.today(), days)
        step.object.confirmed_at = None
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


# --- Reports of figures --------------------------------------------------------------------------


def criteria_of(report):
    """The criteria the report answers: those of the unit's tier in the campaign's set."""
    return report.period.campaign.criteria_set.criteria.filter(tier=report.unit.tier)


def start_report(period, unit, *, by, acting=None) -> Report:
    with transaction.atomic():
        now = clock.now()
        report, created = Report.objects.get_or_create(
            period=period, unit=unit, defaults={"created_at": now, "saved_at": now, "saved_by": by}
        )
        if created:
            Figure.objects.bulk_create(Figure(report=report, criterion=c) for c in criteria_of(report))
            Event.record("start", report, by=by, acting=acting, after=report.state)
    return report


def declared(figure) -> engine.Figure:
    return engine.Figure(
        numerator=figure.numerator,
        denominator=figure.denominator,
        not_applicable=figure.not_applicable,
        answer=figure.answer,
    )


def verified(figure) -> engine.Figure:
    """The figure as the standing body left it: declared, corrected, or missing when refused."""
    if figure.verdict == FigureVerdict.CORRECTED:
        return engine.Figure(numerator=figure.verified_numerator, denominator=figure.verified_denominator)
    if figure.verdict == FigureVerdict.REFUSED:
        return engine.Figure()
    return declared(figure)


def assess(report, *, on_verified=False):
    """The engine's results for the report as it stands; nothing is stored."""
    read = verified if on_verified else declared
    figures = {f.criterion.code: read(f) for f in report.figures.select_related("criterion")}
    return engine.evaluate([c.rule() for c in criteria_of(report)], figures)


def evaluate(report, *, at, on_verified) -> Evaluation:
    """Store what the engine says now; an evaluation never changes, this is a new row."""
    read = verified if on_verified else declared
    figures = {f.criterion.code: read(f) for f in report.figures.select_related("criterion")}
    results = engine.evaluate([c.rule() for c in criteria_of(report)], figures)
    plain = {code: asdict(f) for code, f in figures.items()}
    return Evaluation.objects.create(
        report=report,
        at=at,
        on_verified=on_verified,
        set_sha256=report.period.campaign.criteria_set.sha256,
        input_sha256=canonical_sha256(plain),
        engine_version=engine.ENGINE_VERSION,
        results=[asdict(r) for r in results],
        summary=engine.summarise(results),
    )


def report_snapshot(report) -> dict:
    return {
        "unit": {"uid": str(report.unit.uid), "code": report.unit.code, "name": report.unit.name},
        "year": report.period.year,
        "figures": {
            f.criterion.code: {
                "numerator": f.numerator,
                "denominator": f.denominator,
                "answer": f.answer,
                "not_applicable": f.not_applicable,
                "note": f.note,
                "evidence": [e.file.sha256 for e in f.evidence.all() if not e.is_removed],
            }
            for f in report.figures.select_related("criterion").prefetch_related("evidence__file")
        },
        "narrative": report.narrative,
        "initiatives": report.initiatives,
        "difficulties": report.difficulties,
    }


def submit_report(report, *, by, request_key: uuid.UUID, acting=None) -> Report:
    """Submit the report and evaluate it as declared; the same key again changes nothing."""
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if locked.request_key == request_key:
            return locked
        with REPORT.perform("submit", report, by=by, acting=acting) as step:
            submitted = step.object
            step.require(checks.missing_for_submitting(submitted, criteria_of(submitted)))
            obligation = Obligation.objects.filter(
                period=submitted.period, unit=submitted.unit, kind=ObligationKind.ANNUAL_REPORT
            ).first()
            if submitted.first_submitted_at is None:
                due = obligation.due if obligation else submitted.period.report_last_day
                submitted.first_submitted_at = step.at
                submitted.is_late = step.at > last_instant(due)
                submitted.reference = ReferenceCounter.next_reference("BC", submitted.period.year)
            submitted.submitted_at = step.at
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
