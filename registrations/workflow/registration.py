"""When may it happen to a registration, and what then? The only place that changes its state."""

import uuid

from django.db import transaction

from core import clock, files
from core.calendar import add_working_days
from core.models import Event, ReferenceCounter
from core.snapshots import canonical_sha256
from core.transitions import Refused, Transition, Workflow
from registrations import checks, emails
from registrations.enums import ObligationKind
from registrations.models import (
    Obligation,
    Registration,
    RegistrationAttachment,
    RegistrationTarget,
    RegistrationTask,
    RegistrationVersion,
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


def start(period, unit, *, by, acting=None) -> Registration:
    """Begin the unit's draft for the period, with one target per criterion of its tier; or find it."""
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


def content_of(registration) -> dict:
    """What the unit has written, as plain values; `save_draft` takes the same shape."""
    return {
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
    }


def snapshot(registration) -> dict:
    """All that is filed, as plain values."""
    unit = registration.unit
    return {
        "unit": {"uid": str(unit.uid), "code": unit.code, "name": unit.name},
        "year": registration.period.year,
        **content_of(registration),
        "attachments": [
            {"name": a.file.name, "size": a.file.size, "sha256": a.file.sha256}
            for a in registration.attachments.filter(is_removed=False).select_related("file")
        ],
    }


def save_draft(registration, *, by, version: int, content: dict | None, uploads=(), removed=()) -> bool:
    """Save what was written over version `version`, in the shape of `content_of`.

    False when somebody else has saved since: then the words are left to the caller and
    only the files are kept, for a file more overwrites nobody's work. Content None keeps
    only the files too. `removed` are uids of files to take away (they stay stored).
    """
    with transaction.atomic():
        draft = Registration.objects.select_for_update().get(pk=registration.pk)
        if not by.has_perm("registrations.edit_registration", draft):
            raise Refused("Bạn không có quyền sửa bản đăng ký này.", status=403)
        if draft.state not in REGISTRATION.transitions["file"].sources:
            raise Refused(f"Không sửa được: bản đăng ký đang ở trạng thái “{draft.get_state_display()}”.")
        for upload in uploads:
            RegistrationAttachment.objects.create(registration=draft, file=files.store(upload, by=by))
        is_current = draft.version == version
        if is_current and content:
            _write(draft, content)
            draft.attachments.filter(file__uid__in=removed).update(is_removed=True)
        if (is_current and content) or uploads:
            draft.version += 1
            draft.saved_at, draft.saved_by = clock.now(), by
            draft.save()
    registration.refresh_from_db()
    return is_current


def _write(draft, content):
    draft.contact_name = content["contact"]["name"]
    draft.contact_phone = content["contact"]["phone"]
    draft.objectives = content["objectives"]
    field_of = {f.code: f for f in draft.period.campaign.fields.all()}
    draft.fields.set(field_of[code] for code in content["fields"])
    criteria = draft.period.campaign.criteria_set.criteria.filter(tier=draft.unit.tier)
    criterion_of = {c.code: c for c in criteria}
    draft.targets.all().delete()
    RegistrationTarget.objects.bulk_create(
        RegistrationTarget(
            registration=draft,
            criterion=criterion_of.get(target["criterion"]),
            text=target["text"],
            level=target["level"],
            position=position,
        )
        for position, target in enumerate(content["targets"])
    )
    draft.tasks.all().delete()
    RegistrationTask.objects.bulk_create(
        RegistrationTask(
            registration=draft, position=position, **{**task, "field": field_of.get(task["field"])}
        )
        for position, task in enumerate(content["tasks"])
    )


def file(registration, *, by, version: int, request_key: uuid.UUID, acting=None) -> RegistrationVersion:
    """File the registration as seen at `version`; the same `request_key` again returns the same receipt.

    On time or late follows the first filing: late when it comes after the day on which
    the unit's obligation is due. `filed_at` is read after the lock.
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
            obligation = Obligation.objects.filter(
                period=filed.period, unit=filed.unit, kind=ObligationKind.REGISTRATION
            ).first()
            if filed.first_filed_at is None:
                due = obligation.due if obligation else filed.period.last_day
                filed.first_filed_at = step.at
                filed.is_late = clock.local_date(step.at) > due
                filed.reference = ReferenceCounter.next_reference("DK", filed.period.year)
            if filed.supplement_due:
                filed.is_supplement_late = clock.local_date(step.at) > filed.supplement_due
            filed.filed_at = step.at
            filed.version += 1
            if obligation and obligation.met_at is None:
                obligation.met_at = filed.first_filed_at
                obligation.save(update_fields=["met_at"])
            content = snapshot(filed)
            number = filed.versions.count() + 1
            receipt = RegistrationVersion.objects.create(
                registration=filed,
                number=number,
                snapshot=content,
                sha256=canonical_sha256(content),
                filed_at=step.at,
                filed_by=by,
                is_late=filed.is_late,
                request_key=request_key,
            )
            step.data = {"number": number, "sha256": receipt.sha256, "reference": filed.reference}
            emails.filed(receipt)
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
