"""Dossiers and the appraisal of their nominees."""

import uuid

from django.db import transaction

from awards import checks, emails
from awards.enums import NomineeState
from awards.models import Dossier, DossierSubmission, Nominee
from core import clock
from core.calendar import add_working_days
from core.models import Event, ReferenceCounter
from core.transitions import Refused, Transition, Workflow
from core.snapshots import canonical_sha256

DOSSIER = Workflow(
    Dossier,
    Transition("submit", ("draft", "returned"), "submitted", "Nộp hồ sơ", sentence="đã nộp hồ sơ"),
    Transition(
        "request_supplement",
        ("submitted",),
        "returned",
        "Yêu cầu bổ sung",
        needs_comment=True,
        sentence="đã yêu cầu bổ sung hồ sơ",
    ),
    Transition(
        "reject",
        ("submitted",),
        "rejected",
        "Không tiếp nhận",
        needs_comment=True,
        sentence="đã không tiếp nhận hồ sơ",
    ),
    Transition("appraise", ("submitted",), "appraised", "Hoàn tất thẩm định", sentence="đã thẩm định hồ sơ"),
    Transition(
        "reopen",
        ("appraised",),
        "submitted",
        "Mở lại thẩm định",
        needs_comment=True,
        sentence="đã mở lại việc thẩm định",
    ),
    Transition(
        "withdraw", ("draft", "returned", "submitted"), "withdrawn", "Rút hồ sơ", sentence="đã rút hồ sơ"
    ),
)

_APPRAISABLE = ("proposed", "recommended", "not_recommended", "not_selected", "duplicate")
NOMINEE = Workflow(
    Nominee,
    Transition("recommend", _APPRAISABLE, "recommended", "Đề nghị khen thưởng", sentence="đã đề nghị khen thưởng"),
    Transition(
        "not_recommend",
        _APPRAISABLE,
        "not_recommended",
        "Không đề nghị",
        needs_comment=True,
        sentence="đã không đề nghị khen thưởng",
    ),
    Transition(
        "not_select",
        _APPRAISABLE,
        "not_selected",
        "Đủ điều kiện, không chọn",
        needs_comment=True,
        sentence="đã không chọn",
    ),
    Transition(
        "mark_duplicate",
        _APPRAISABLE,
        "duplicate",
        "Trùng đề nghị khác",
        needs_comment=True,
        sentence="đã ghi nhận trùng đề nghị",
    ),
)


def start(campaign, form, unit, *, by, acting=None) -> Dossier:
    now = clock.now()
    with transaction.atomic():
        dossier = Dossier.objects.create(
            campaign=campaign,
            form=form,
            unit=unit,
            achievement_from=now.date().replace(year=campaign.first_year, month=1, day=1),
            achievement_to=now.date().replace(year=campaign.last_year, month=12, day=31),
            created_at=now,
            saved_at=now,
            saved_by=by,
        )
        Event.record("start", dossier, by=by, acting=acting, after=dossier.state)
    return dossier


def snapshot(dossier) -> dict:
    """All that is submitted, as plain values."""
    return {
        "unit": {"uid": str(dossier.unit.uid), "code": dossier.unit.code, "name": dossier.unit.name},
        "form": dossier.form.code,
        "campaign": dossier.campaign.code,
        "achievement": [dossier.achievement_from.isoformat(), dossier.achievement_to.isoformat()],
        "summary": dossier.summary,
        "nominees": [
            {
                "uid": str(n.uid),
                "kind": n.kind,
                "name": n.name,
                "sex": n.sex,
                "birth_date": n.birth_date.isoformat() if n.birth_date else None,
                "position": n.position,
                "unit": str(n.unit.uid),
                "achievement": n.achievement,
            }
            for n in dossier.nominees.exclude(state=NomineeState.WITHDRAWN).select_related("unit")
        ],
        "documents": [
            {
                "kind": d.kind,
                "nominee": str(d.nominee.uid) if d.nominee else None,
                "name": d.file.name,
                "sha256": d.file.sha256,
            }
            for d in dossier.documents.filter(is_removed=False).select_related("file", "nominee")
        ],
    }


def submit(dossier, *, by, request_key: uuid.UUID, acting=None) -> DossierSubmission:
    """Submit the dossier; the same `request_key` again returns the same receipt.

    The rule set is fixed by the day of the first receipt (NĐ 152/2025 Art. 60.3).
    """
    with transaction.atomic():
        Dossier.objects.select_for_update().get(pk=dossier.pk)
        known = DossierSubmission.objects.filter(request_key=request_key).first()
        if known:
            if (known.dossier_id, known.submitted_by_id) != (dossier.pk, by.pk):
                raise Refused("Mã yêu cầu này đã được dùng cho việc khác. Hãy tải lại trang rồi thử lại.")
            return known
        with DOSSIER.perform("submit", dossier, by=by, acting=acting) as step:
            submitted = step.object
            step.require(checks.missing_for_submitting(submitted))
            if submitted.first_submitted_at is None:
                submitted.first_submitted_at = step.at
                submitted.rule_set = checks.rule_set_of(submitted)
                submitted.reference = ReferenceCounter.next_reference("HS", clock.local_date(step.at).year)
            submitted.submitted_at = step.at
            submitted.version += 1
            content = snapshot(submitted)
            submission = DossierSubmission.objects.create(
                dossier=submitted,
                number=submitted.submissions.count() + 1,
                snapshot=content,
                sha256=canonical_sha256(content),
                submitted_at=step.at,
                submitted_by=by,
                request_key=request_key,
            )
            step.data = {
                "number": submission.number,
                "sha256": submission.sha256,
                "reference": submitted.reference,
            }
            emails.dossier_submitted(submission)
    return submission


def request_supplement(dossier, *, by, comment, acting=None) -> None:
    with DOSSIER.perform("request_supplement", dossier, by=by, acting=acting, comment=comment) as step:
        step.object.supplement_due = add_working_days(clock.today(), step.object.rule_set.supplement_days)
        emails.supplement_requested(step.object, step.comment, step.at)


def reject(dossier, *, by, comment, acting=None) -> None:
    with DOSSIER.perform("reject", dossier, by=by, acting=acting, comment=comment) as step:
        emails.dossier_rejected(step.object, step.comment, step.at)


def withdraw(dossier, *, by, acting=None) -> None:
    with DOSSIER.perform("withdraw", dossier, by=by, acting=acting):
        pass


def appraise(dossier, *, by, acting=None) -> None:
    """Finish the appraisal: every nominee has its verdict."""
    with DOSSIER.perform("appraise", dossier, by=by, acting=acting) as step:
        step.require(checks.missing_for_appraising(step.object))
        step.object.appraised_at = step.at


def reopen(dossier, *, by, comment, acting=None) -> None:
    with DOSSIER.perform("reopen", dossier, by=by, acting=acting, comment=comment) as step:
        if step.object.nominees.filter(proposal__isnull=False).exists():
            raise Refused("Có đối tượng đã nằm trong Tờ trình. Hãy đưa ra khỏi Tờ trình trước.")


def give_verdict(action: str, nominee, *, by, comment="", acting=None) -> None:
    """One of the four verdicts of the appraisal on one nominee of a submitted dossier."""
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update().get(pk=nominee.dossier_id)
        if dossier.state != "submitted":
            raise Refused("Hồ sơ không ở trạng thái chờ thẩm định. Hãy tải lại trang.")
        with NOMINEE.perform(action, nominee, by=by, acting=acting, comment=comment) as step:
            step.object.appraised_by = by
            step.object.appraised_at = step.at
            step.object.appraisal_reason = step.comment
