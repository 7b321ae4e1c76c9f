"""The commendation body's word on the nominees of a forwarded proposal, one by one or many at once."""

import uuid

from django.db import transaction

from awards.models import Batch, Nominee, Proposal
from awards.workflow.hold import hold
from core import clock
from core.models import Event
from core.transitions import Refused

APPROVED, REFUSED = "approved", "refused"
TITLES = {APPROVED: "Xét: đồng ý", REFUSED: "Xét: không đồng ý"}
HELD = "Tạm dừng xét"
NO_RIGHT = "Bạn không được xét đối tượng này: bạn đã thẩm định, hoặc có liên quan đến đơn vị."
ON_HOLD = "Đối tượng đang tạm dừng xét."


def judge(nominee, *, by, judgement: str, reason="", acting=None) -> None:
    """The word on one nominee, "approved" or "refused"; it takes effect with the approval."""
    reason = reason.strip()
    with transaction.atomic():
        proposal = _locked(nominee.proposal_id)
        _require_words(judgement, reason)
        locked = Nominee.objects.select_for_update().get(pk=nominee.pk, proposal=proposal)
        if not by.has_perm("awards.judge_nominee", locked):
            raise Refused(NO_RIGHT, status=403)
        if locked.is_held:
            raise Refused(ON_HOLD)
        _write(locked, judgement, reason, by)
        locked.save()
        _record([locked], judgement, reason, by, acting, proposal)
    nominee.refresh_from_db()


def judge_many(
    proposal, nominees, *, by, judgement: str, reason="", request_key: uuid.UUID, acting=None
) -> Batch:
    """The same word on each of `nominees`; whom it cannot reach says why, the others are judged.

    The same key again changes nothing and returns what came of it the first time.
    """
    reason = reason.strip()
    with transaction.atomic():
        locked = _locked(proposal.pk)
        again = Batch.objects.filter(request_key=request_key, proposal=locked, by=by).first()
        if again:
            return again
        _require_words(judgement, reason)
        chosen = list(
            locked.nominees.filter(pk__in=nominees.values("pk"))
            .in_order()
            .select_for_update(of=("self",))
            .select_related("dossier")
        )
        if not chosen:
            raise Refused("Chưa chọn đối tượng nào. Hãy đánh dấu ít nhất một dòng.", status=422)
        judged, results = [], []
        for nominee in chosen:
            message = ""
            if not by.has_perm("awards.judge_nominee", nominee):
                message = NO_RIGHT
            elif nominee.is_held:
                message = ON_HOLD
            else:
                _write(nominee, judgement, reason, by)
                judged.append(nominee)
            results.append((nominee, message))
        changed = ["judgement", "judgement_reason", "judged_by", "judged_at"]
        Nominee.objects.bulk_update(judged, changed, batch_size=500)
        _record(judged, judgement, reason, by, acting, locked)
        return _batch(locked, request_key, TITLES[judgement], results, by)


def hold_many(
    proposal,
    nominees,
    *,
    by,
    kind: str,
    reason: str,
    document_number: str,
    document_on,
    file,
    request_key: uuid.UUID,
    acting=None,
) -> Batch:
    """Hold each of `nominees` for one reason, by one document; the approval splits them off.

    Whatever had been said of them falls: they are judged when they come again.
    """
    with transaction.atomic():
        locked = _locked(proposal.pk)
        again = Batch.objects.filter(request_key=request_key, proposal=locked, by=by).first()
        if again:
            return again
        chosen = list(
            locked.nominees.filter(pk__in=nominees.values("pk")).in_order().select_related("dossier")
        )
        if not chosen:
            raise Refused("Chưa chọn đối tượng nào. Hãy đánh dấu ít nhất một dòng.", status=422)
        results = []
        for nominee in chosen:
            try:
                with transaction.atomic():
                    hold(
                        nominee,
                        by=by,
                        kind=kind,
                        reason=reason,
                        document_number=document_number,
                        document_on=document_on,
                        file=file,
                        acting=acting,
                    )
            except Refused as refused:
                if refused.status == 422:  # the words are the same for all of them
                    raise
                results.append((nominee, str(refused)))
            else:
                results.append((nominee, ""))
        held = [nominee.pk for nominee, message in results if not message]
        Nominee.objects.filter(pk__in=held).update(
            judgement="", judgement_reason="", judged_by=None, judged_at=None
        )
        return _batch(locked, request_key, HELD, results, by)


def batches_of(proposal):
    """The judgements on many of this proposal; gathering it left batches too."""
    return proposal.acts.filter(title__in=[*TITLES.values(), HELD])


def _batch(proposal, request_key, title, results, by) -> Batch:
    """Keep what came of each, those not reached first."""
    failed = sum(bool(message) for _, message in results)
    return Batch.objects.create(
        proposal=proposal,
        title=title,
        request_key=request_key,
        results=[
            {
                "uid": str(nominee.uid),
                "name": f"{nominee.title} {nominee.name}".strip(),
                "is_done": not message,
                "message": message,
            }
            for nominee, message in sorted(results, key=lambda row: not row[1])
        ],
        done=len(results) - failed,
        failed=failed,
        at=clock.now(),
        by=by,
    )


def _locked(pk) -> Proposal:
    """The proposal first: an approval under way must not miss a word."""
    proposal = Proposal.objects.select_for_update().filter(pk=pk).first()
    if proposal is None or proposal.state != "forwarded":
        raise Refused("Tờ trình không ở trạng thái chờ xét. Hãy tải lại trang.")
    return proposal


def _require_words(judgement, reason) -> None:
    if judgement not in (APPROVED, REFUSED):
        raise Refused("Hãy chọn Đồng ý hoặc Không đồng ý.", status=422)
    if judgement == REFUSED and not reason:
        raise Refused("Cần ghi lý do không đồng ý.", status=422)


def _write(nominee, judgement, reason, by) -> None:
    nominee.judgement, nominee.judgement_reason = judgement, reason
    nominee.judged_by, nominee.judged_at = by, clock.now()


def _record(nominees, judgement, reason, by, acting, proposal) -> None:
    Event.record_all(
        "judge",
        [(nominee, "") for nominee in nominees],
        by=by,
        acting=acting,
        comment=reason,
        data={"judgement": judgement},
        case=proposal,
    )
