"""Dossiers: drafted, submitted, sent back for a supplement, withdrawn."""

import uuid
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from awards import checks, emails
from awards.enums import DocumentKind, NomineeState
from awards.models import (
    Dossier,
    DossierDocument,
    DossierSubmission,
    MatchResolution,
    Nominee,
    RuleSet,
    SupplementItem,
    SupplementRequest,
)
from awards.receipts import RECEIPT, receipt_payload
from awards.snapshot import snapshot
from core import clock, files
from core.calendar import add_working_days, day_bounds, working_days_between
from core.models import Event, ReferenceCounter, VerificationCode
from core.snapshots import canonical_sha256
from core.transitions import Refused, Transition, Workflow
from registrations.enums import Channel

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
    return _begin("start", campaign, form, unit, by=by, acting=acting)


def enter_on_paper(campaign, form, unit, *, by, acting=None) -> Dossier:
    """A clerk of the standing body enters what the unit has sent on paper."""
    return _begin("enter_on_paper", campaign, form, unit, by=by, acting=acting, channel=Channel.POST)


def _begin(action, campaign, form, unit, *, by, acting, channel=Channel.PORTAL) -> Dossier:
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
        channel=channel,
    )
    if not by.has_perm(f"awards.{action}_dossier", dossier):
        raise Refused("Bạn không lập hồ sơ cho đơn vị này.", status=403)
    closed = checks.closed_for(form, campaign, clock.today())
    if closed:
        raise Refused(closed[0].message, closed, status=422)
    with transaction.atomic():
        dossier.save()
        Event.record(action, dossier, by=by, acting=acting, after=dossier.state)
    return dossier


@contextmanager
def draft_of(dossier, by):
    """The locked dossier while it may be edited; the caller's copy is fresh afterwards."""
    with transaction.atomic():
        draft = Dossier.objects.select_for_update().get(pk=dossier.pk)
        if not by.has_perm("awards.edit_dossier", draft):
            raise Refused("Bạn không có quyền sửa hồ sơ này.", status=403)
        if draft.state not in DOSSIER.transitions["submit"].sources:
            raise Refused(f"Không sửa được: hồ sơ đang ở trạng thái “{draft.get_state_display()}”.")
        yield draft
    dossier.refresh_from_db()


def saved(draft, by) -> None:
    draft.version += 1
    draft.saved_at, draft.saved_by = clock.now(), by
    draft.save()


def save_dossier(dossier, *, by, version: int, words: dict) -> bool:
    """Save the model fields of `words` written over version `version`; False when somebody saved since."""
    with draft_of(dossier, by) as draft:
        is_current = draft.version == version
        if is_current:
            for field, value in words.items():
                setattr(draft, field, value)
            saved(draft, by)
    return is_current


def add_nominee(dossier, *, by, values: dict, report=None, is_certified=False) -> Nominee:
    """Put a nominee (model fields by name) into the draft, with its report when one was uploaded."""
    with draft_of(dossier, by) as draft:
        nominee = Nominee.objects.create(dossier=draft, **values)
        if report:
            _keep(draft, DocumentKind.ACHIEVEMENT_REPORT, nominee, report, by, is_certified)
        saved(draft, by)
    return nominee


def change_nominee(nominee, *, by, version: int, values: dict, report=None, is_certified=False) -> bool:
    """Change a nominee as seen at version `version` of its dossier; False when somebody saved since.

    A file more overwrites nobody's work, so `report` is kept either way.
    """
    with draft_of(nominee.dossier, by) as draft:
        is_current = draft.version == version
        changed = Nominee.objects.select_for_update(of=("self",)).get(pk=nominee.pk, dossier=draft)
        if changed.state == NomineeState.WITHDRAWN:
            raise Refused("Đối tượng này đã được rút khỏi hồ sơ.")
        if report:
            _keep(draft, DocumentKind.ACHIEVEMENT_REPORT, changed, report, by, is_certified)
        if is_current:
            who = _identifying(changed)
            for field, value in values.items():
                setattr(changed, field, value)
            changed.save()
            if _identifying(changed) != who:
                # What people said of the pairs was said of somebody else.
                pairs = Q(nominee=changed) | Q(other=changed)
                MatchResolution.objects.filter(pairs).delete()
        if is_current or report:
            saved(draft, by)
    return is_current


def _identifying(nominee):
    keys = (nominee.kind, nominee.search_name, nominee.birth_date, nominee.identity_index)
    return (*keys, nominee.unit_id, nominee.subject_id, nominee.tax_number)


def remove_nominee(nominee, *, by, acting=None) -> None:
    """Take a nominee out: erased from a draft never submitted, withdrawn from any other."""
    with draft_of(nominee.dossier, by) as draft:
        if draft.first_submitted_at is None:
            nominee.delete()
        else:
            with FOLLOWING.perform("withdraw", nominee, by=by, acting=acting, is_consequence=True):
                pass
        saved(draft, by)


def attach(dossier, *, by, kind: str, upload, nominee=None, is_certified=False) -> DossierDocument:
    """Keep a paper of the dossier, or of one of its nominees; raises `FileRefused`."""
    with draft_of(dossier, by) as draft:
        document = _keep(draft, kind, nominee, upload, by, is_certified)
        saved(draft, by)
    return document


def _keep(draft, kind, nominee, upload, by, is_certified=False) -> DossierDocument:
    file = files.store(upload, by=by)
    return DossierDocument.objects.create(
        dossier=draft, nominee=nominee, kind=kind, file=file, is_certified=is_certified
    )


def remove_document(document, *, by) -> None:
    """Take a paper out of the dossier; its bytes stay, for an earlier submission may name them."""
    with draft_of(document.dossier, by) as draft:
        DossierDocument.objects.filter(pk=document.pk).update(is_removed=True)
        saved(draft, by)


def _reopen_changed(dossier, content, *, by, acting) -> None:
    """A nominee whose words or papers are not those that were judged is to be judged afresh."""
    last = dossier.submissions.last()
    if last is None:
        return
    before, now = _by_nominee(last.snapshot), _by_nominee(content)
    for nominee in dossier.nominees.filter(state__in=APPRAISABLE).exclude(state=NomineeState.PROPOSED):
        if before.get(str(nominee.uid)) != now[str(nominee.uid)]:
            with FOLLOWING.perform("amend", nominee, by=by, acting=acting, is_consequence=True) as step:
                step.object.duplicate_of = None


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
            today = clock.local_date(step.at)
            if submitted.first_submitted_at is None:
                _receive(submitted, step.at)
            elif submitted.days_left is not None:
                submitted.due_on = _in_working_days(today, submitted.days_left)
            submitted.days_left = None
            _close_request(submitted, step.at)
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
                channel=submitted.channel,
                paper_number=submitted.paper_number,
                received_on=submitted.received_on,
                appointment_on=submitted.due_on,
            )
            VerificationCode.issue(RECEIPT, submission, receipt_payload(submission), at=step.at)
            step.data = {
                "number": submission.number,
                "sha256": submission.sha256,
                "reference": submitted.reference,
            }
            emails.dossier_submitted(submission)
    return submission


def _receive(dossier, at) -> None:
    """The first receipt: its day fixes the rules and starts the clock; on paper it is the paper's."""
    day = clock.local_date(at)
    if dossier.is_on_paper:
        day, at = dossier.received_on, day_bounds(dossier.received_on)[0]
    dossier.first_submitted_at = at
    dossier.received_on = day
    dossier.rule_set = RuleSet.objects.in_force_on(day) or checks.rule_set_of(dossier)
    dossier.due_on = add_working_days(day, dossier.rule_set.processing_days)
    dossier.reference = ReferenceCounter.next_reference("HS", clock.today().year)


def _in_working_days(day: date, left: int) -> date:
    """The day on which the clock, going on from `day`, runs out; before it when it had already."""
    if left >= 0:
        return add_working_days(day, left)
    past = day
    while working_days_between(past, day) < -left:
        past -= timedelta(days=1)
    return past


def _close_request(dossier, at) -> None:
    day = clock.local_date(at)
    for request in dossier.supplement_requests.filter(closed_at__isnull=True):
        request.closed_at, request.is_late = at, day > request.due_on
        request.save(update_fields=["closed_at", "is_late"])


def request_supplement(dossier, *, by, comment="", items=(), acting=None) -> SupplementRequest:
    """Ask for what is missing, item by item; the clock stands still until the unit submits again.

    Each line of `comment` is an item of the whole dossier; `items` are pairs (nominee or None, words).
    """
    asked = [(None, line.strip(" -")) for line in comment.splitlines()]
    asked = [(nominee, " ".join(words.split())[:500]) for nominee, words in [*asked, *items]]
    asked = [(nominee, words) for nominee, words in asked if words]
    told = "\n".join(f"{nominee.name}: {words}" if nominee else words for nominee, words in asked)
    with DOSSIER.perform("request_supplement", dossier, by=by, acting=acting, comment=told) as step:
        returned = step.object
        returned.supplement_due = add_working_days(clock.today(), returned.rule_set.supplement_days)
        if returned.due_on:
            returned.days_left = working_days_between(clock.today(), returned.due_on)
        returned.due_on = None
        request = SupplementRequest.objects.create(
            dossier=returned,
            number=returned.supplement_requests.count() + 1,
            requested_at=step.at,
            requested_by=by,
            due_on=returned.supplement_due,
        )
        SupplementItem.objects.bulk_create(
            [SupplementItem(request=request, nominee=nominee, text=words) for nominee, words in asked]
        )
        emails.supplement_requested(returned, step.comment, step.at)
    return request


def answer_supplement(dossier, *, by, answers: dict) -> None:
    """The unit's word on items of the open request, by their uid."""
    with draft_of(dossier, by) as draft:
        items = SupplementItem.objects.filter(request__dossier=draft, request__closed_at__isnull=True)
        for item in items.select_for_update(of=("self",)):
            words = answers.get(item.uid)
            if words is not None and words.strip() != item.answer:
                item.answer = words.strip()
                item.save(update_fields=["answer"])
        saved(draft, by)


def reject(dossier, *, by, comment, acting=None) -> None:
    with DOSSIER.perform("reject", dossier, by=by, acting=acting, comment=comment) as step:
        emails.dossier_rejected(step.object, step.comment, step.at)


def withdraw(dossier, *, by, acting=None) -> None:
    """Withdraw the dossier and every nominee in it."""
    with DOSSIER.perform("withdraw", dossier, by=by, acting=acting) as step:
        for nominee in step.object.nominees.exclude(state=NomineeState.WITHDRAWN):
            with FOLLOWING.perform("withdraw", nominee, by=by, acting=acting, is_consequence=True):
                pass
