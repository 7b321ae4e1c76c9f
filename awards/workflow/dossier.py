"""Dossiers: drafted, submitted, sent back for a supplement, withdrawn."""

import uuid
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from awards import checks, emails
from awards.enums import DocumentKind, NomineeState
from awards.models import Dossier, DossierDocument, DossierSubmission, Nominee
from core import clock, files
from core.calendar import add_working_days
from core.models import Event, ReferenceCounter
from core.snapshots import canonical_sha256
from core.transitions import Refused, Transition, Workflow

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

#: a nominee while the appraisal may still say something else of it
APPRAISABLE = ("proposed", "recommended", "not_recommended", "not_selected", "duplicate")
#: what happens to a nominee when its dossier changes
FOLLOWING = Workflow(
    Nominee,
    Transition(
        "amend", APPRAISABLE, "proposed", "Thẩm định lại", sentence="có nội dung mới, cần thẩm định lại"
    ),
    Transition("withdraw", APPRAISABLE, "withdrawn", "Rút", sentence="được rút khỏi hồ sơ"),
)


def start(campaign, form, unit, *, by, acting=None) -> Dossier:
    now = clock.now()
    dossier = Dossier(
        campaign=campaign,
        form=form,
        unit=unit,
        achievement_from=date(campaign.first_year, 1, 1),
        achievement_to=date(campaign.last_year, 12, 31),
        created_at=now,
        saved_at=now,
        saved_by=by,
    )
    if not by.has_perm("awards.start_dossier", dossier):
        raise Refused("Bạn không lập hồ sơ cho đơn vị này.", status=403)
    with transaction.atomic():
        dossier.save()
        Event.record("start", dossier, by=by, acting=acting, after=dossier.state)
    return dossier


@contextmanager
def _draft(dossier, by):
    """The locked dossier while it may be edited; the caller's copy is fresh afterwards."""
    with transaction.atomic():
        draft = Dossier.objects.select_for_update().get(pk=dossier.pk)
        if not by.has_perm("awards.edit_dossier", draft):
            raise Refused("Bạn không có quyền sửa hồ sơ này.", status=403)
        if draft.state not in DOSSIER.transitions["submit"].sources:
            raise Refused(f"Không sửa được: hồ sơ đang ở trạng thái “{draft.get_state_display()}”.")
        yield draft
    dossier.refresh_from_db()


def _save(draft, by) -> None:
    draft.version += 1
    draft.saved_at, draft.saved_by = clock.now(), by
    draft.save()


def save_dossier(dossier, *, by, version: int, words: dict) -> bool:
    """Save the model fields of `words` written over version `version`; False when somebody saved since."""
    with _draft(dossier, by) as draft:
        is_current = draft.version == version
        if is_current:
            for field, value in words.items():
                setattr(draft, field, value)
            _save(draft, by)
    return is_current


def add_nominee(dossier, *, by, values: dict, report=None, is_certified=False) -> Nominee:
    """Put a nominee (model fields by name) into the draft, with its report when one was uploaded."""
    with _draft(dossier, by) as draft:
        nominee = Nominee.objects.create(dossier=draft, **values)
        if report:
            _keep(draft, DocumentKind.ACHIEVEMENT_REPORT, nominee, report, by, is_certified)
        _save(draft, by)
    return nominee


def change_nominee(nominee, *, by, version: int, values: dict, report=None, is_certified=False) -> bool:
    """Change a nominee as seen at version `version` of its dossier; False when somebody saved since.

    A file more overwrites nobody's work, so `report` is kept either way.
    """
    with _draft(nominee.dossier, by) as draft:
        is_current = draft.version == version
        changed = Nominee.objects.select_for_update(of=("self",)).get(pk=nominee.pk, dossier=draft)
        if changed.state == NomineeState.WITHDRAWN:
            raise Refused("Đối tượng này đã được rút khỏi hồ sơ.")
        if report:
            _keep(draft, DocumentKind.ACHIEVEMENT_REPORT, changed, report, by, is_certified)
        if is_current:
            for field, value in values.items():
                setattr(changed, field, value)
            changed.save()
        if is_current or report:
            _save(draft, by)
    return is_current


def remove_nominee(nominee, *, by, acting=None) -> None:
    """Take a nominee out: erased from a draft never submitted, withdrawn from any other."""
    with _draft(nominee.dossier, by) as draft:
        if draft.first_submitted_at is None:
            nominee.delete()
        else:
            with FOLLOWING.perform("withdraw", nominee, by=by, acting=acting, is_consequence=True):
                pass
        _save(draft, by)


def attach(dossier, *, by, kind: str, upload, nominee=None, is_certified=False) -> DossierDocument:
    """Keep a paper of the dossier, or of one of its nominees; raises `FileRefused`."""
    with _draft(dossier, by) as draft:
        document = _keep(draft, kind, nominee, upload, by, is_certified)
        _save(draft, by)
    return document


def _keep(draft, kind, nominee, upload, by, is_certified=False) -> DossierDocument:
    file = files.store(upload, by=by)
    return DossierDocument.objects.create(
        dossier=draft, nominee=nominee, kind=kind, file=file, is_certified=is_certified
    )


def remove_document(document, *, by) -> None:
    """Take a paper out of the dossier; its bytes stay, for an earlier submission may name them."""
    with _draft(document.dossier, by) as draft:
        DossierDocument.objects.filter(pk=document.pk).update(is_removed=True)
        _save(draft, by)


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


def _reopen_changed(dossier, content, *, by, acting) -> None:
    """A nominee whose words or papers are not those that were judged is to be judged afresh."""
    last = dossier.submissions.last()
    if last is None:
        return
    before, now = _by_nominee(last.snapshot), _by_nominee(content)
    for nominee in dossier.nominees.filter(state__in=APPRAISABLE).exclude(state=NomineeState.PROPOSED):
        if before.get(str(nominee.uid)) != now[str(nominee.uid)]:
            with FOLLOWING.perform("amend", nominee, by=by, acting=acting, is_consequence=True):
                pass


def _by_nominee(content) -> dict:
    return {
        nominee["uid"]: (nominee, [d for d in content["documents"] if d["nominee"] == nominee["uid"]])
        for nominee in content["nominees"]
    }


def submit(dossier, *, by, version: int, request_key: uuid.UUID, acting=None) -> DossierSubmission:
    """Submit the dossier as seen at `version`; the same `request_key` again returns the same receipt.

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
            if submitted.version != version:
                raise Refused("Hồ sơ vừa được sửa sau khi bạn mở trang này. Hãy xem lại rồi nộp.")
            step.require(checks.missing_for_submitting(submitted))
            if submitted.first_submitted_at is None:
                submitted.first_submitted_at = step.at
                submitted.rule_set = checks.rule_set_of(submitted)
                submitted.reference = ReferenceCounter.next_reference("HS", clock.local_date(step.at).year)
            submitted.submitted_at = step.at
            submitted.version += 1
            content = snapshot(submitted)
            _reopen_changed(submitted, content, by=by, acting=acting)
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
    """Withdraw the dossier and every nominee in it."""
    with DOSSIER.perform("withdraw", dossier, by=by, acting=acting) as step:
        for nominee in step.object.nominees.exclude(state=NomineeState.WITHDRAWN):
            with FOLLOWING.perform("withdraw", nominee, by=by, acting=acting, is_consequence=True):
                pass
