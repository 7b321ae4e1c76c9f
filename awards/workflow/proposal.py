"""The standing body's Tờ trình and its approval by the commendation body."""

import uuid

from django.db import connection, transaction
from django.db.models import Max

from awards import checks, emails, regime
from awards.documents.proposal import PACKAGE
from awards.enums import NomineeState
from awards.models import Batch, Nominee, Proposal
from awards.workflow.appraisal import NOMINEE, in_rows, reopen
from awards.workflow.judging import APPROVED, REFUSED
from core import clock, rendering
from core.findings import Finding
from core.models import Document, Event, ReferenceCounter
from core.models.document import DocumentFormat
from core.snapshots import canonical_sha256
from core.transitions import Refused, Transition, Workflow
from units import house

PROPOSAL = Workflow(
    Proposal,
    Transition(
        "post", ("draft",), "posted", "Niêm yết công khai", sentence="đã niêm yết công khai danh sách"
    ),
    Transition("finalise", ("draft", "posted"), "finalised", "Chốt danh sách", sentence="đã chốt danh sách"),
    Transition("sign", ("finalised",), "signed", "Ghi nhận đã ký", sentence="đã ghi nhận Tờ trình được ký"),
    Transition("forward", ("signed",), "forwarded", "Chuyển trình", sentence="đã chuyển trình"),
    Transition(
        "return", ("forwarded",), "draft", "Trả lại", needs_comment=True, sentence="đã trả lại Tờ trình"
    ),
    Transition("approve", ("forwarded",), "approved", "Duyệt", sentence="đã duyệt Tờ trình"),
)
APPROVAL = Workflow(
    Nominee,
    Transition("approve", ("recommended",), "approved", "Duyệt", sentence="đã duyệt"),
    Transition("refuse", ("recommended",), "refused", "Không duyệt", sentence="đã không duyệt"),
)
#: the PDF to print and sign, and the same words for a clerk who completes them in Word
FORMATS = (DocumentFormat.PDF, DocumentFormat.DOCX)


def start(campaign, form, rule_set, *, title, by, acting=None) -> Proposal:
    now = clock.now()
    with transaction.atomic():
        proposal = Proposal.objects.create(
            campaign=campaign,
            form=form,
            rule_set=rule_set,
            title=title,
            reference=ReferenceCounter.next_reference("TT", clock.today().year),
            created_at=now,
            created_by=by,
        )
        Event.record("start", proposal, by=by, acting=acting, after=proposal.state)
    return proposal


def locked_draft(proposal, by, *, states=("draft",)) -> Proposal:
    """The locked proposal while its list may be changed."""
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not by.has_perm("awards.edit_proposal", locked):
        raise Refused("Bạn không có quyền sửa Tờ trình này.", status=403)
    if locked.state not in states:
        if locked.state == "posted":
            raise Refused("Danh sách đang lấy ý kiến: chỉ đưa ra được, không thêm và không đổi thứ tự.")
        raise Refused("Danh sách đã chốt, không sửa được nữa. Hãy tải lại trang.")
    return locked


def cite_anyway(proposal, basis, *, reason, by, acting=None) -> None:
    """Keep with the draft why its papers cite an act that is not in force on their day."""
    with transaction.atomic():
        house.cite_anyway(locked_draft(proposal, by), basis, reason=reason, by=by, acting=acting)


def waiting_for(proposal):
    """Nominees the proposal may take: ready ones of its campaign and form, received under its rule set."""
    return Nominee.objects.ready_to_propose().filter(
        dossier__form=proposal.form,
        dossier__rule_set=proposal.rule_set,
        dossier__campaign=proposal.campaign,
    )


def gather(proposal, nominees, *, by, acting=None, request_key=None) -> Batch:
    """Put recommended nominees of any dossiers under the same form into the draft, each for itself.

    What exceeds the quota of its kind stays out; what came of each stands in the batch.
    """
    request_key = request_key or uuid.uuid4()
    with transaction.atomic():
        locked = locked_draft(proposal, by)
        wanted = [n.pk for n in nominees]
        asked = Nominee.objects.filter(pk__in=wanted).in_order().select_for_update(of=("self",))
        ready = set(waiting_for(locked).filter(pk__in=wanted).values_list("pk", flat=True))
        room = {
            k: quota - used for k, (quota, used) in checks.quota_room(locked.campaign, locked.form).items()
        }
        last = locked.nominees.aggregate(last=Max("position_in_list"))["last"] or 0
        chosen = []

        def take(nominee):
            if nominee.pk not in ready:
                raise Refused(_why_not_ready(nominee, locked))
            if room.get(nominee.kind, 1) <= 0:
                raise Refused(f"Đã hết chỉ tiêu {nominee.get_kind_display().lower()}.")
            if nominee.kind in room:
                room[nominee.kind] -= 1
            chosen.append(nominee)
            return "Đã đưa vào danh sách"

        batch = in_rows(
            {"proposal": locked},
            "Đưa vào danh sách",
            asked,
            take,
            by=by,
            request_key=request_key,
            writes=False,
        )
        if chosen:
            # After those that are listed already; among themselves by name, as `in_order` has them.
            taken = Nominee.objects.filter(pk__in=[n.pk for n in chosen])
            taken.update(proposal=locked, position_in_list=last + 1)
            renumber(locked)
            Event.record(
                "gather", locked, by=by, acting=acting, data={"nominees": [str(n.uid) for n in chosen]}
            )
    return batch


def renumber(proposal) -> None:
    """Number the list 1, 2, 3 … within each kind, as it stands now: one statement, no row read here."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE awards_nominee AS nominee SET position_in_list = placed.place
            FROM (
                SELECT id, row_number() OVER (
                    PARTITION BY kind ORDER BY position_in_list, sort_name, id
                ) AS place
                FROM awards_nominee WHERE proposal_id = %s
            ) AS placed
            WHERE placed.id = nominee.id AND nominee.position_in_list <> placed.place
            """,
            [proposal.pk],
        )


def _why_not_ready(nominee, proposal) -> str:
    if nominee.proposal_id == proposal.pk:
        return "Đã có trong danh sách này."
    if nominee.proposal_id:
        return "Đã nằm trong Tờ trình khác."
    if nominee.is_held:
        return "Đang tạm dừng xét."
    if nominee.state != NomineeState.RECOMMENDED:
        return f"Chưa được đề nghị khen thưởng ({nominee.get_state_display().lower()})."
    return "Hồ sơ chưa thẩm định xong, hoặc thuộc hình thức, giai đoạn, bộ quy định khác."


def leave_out(proposal, nominees, *, comment, by, acting=None, request_key=None) -> Batch:
    """Say of nominees that wait that they are eligible but not chosen, each for itself."""
    if not comment.strip():
        raise Refused("Cần ghi ý kiến.", [Finding("Hãy ghi lý do không chọn.", field="comment")], status=422)

    def say(nominee):
        if why := checks.conflict_with(by, nominee):
            raise Refused(f"Bạn không kết luận về đối tượng này: {why}.", status=403)
        with NOMINEE.perform("not_select", nominee, by=by, acting=acting, comment=comment) as step:
            step.object.appraised_by, step.object.appraised_at = by, step.at
            step.object.appraisal_reason = step.comment
        return "Đủ điều kiện, không được chọn"

    with transaction.atomic():
        locked = locked_draft(proposal, by)
        waiting = waiting_for(locked).filter(pk__in=[n.pk for n in nominees])
        return in_rows(
            {"proposal": locked},
            "Đủ điều kiện, không được chọn",
            waiting.in_order().select_related("dossier__unit", "unit"),
            say,
            by=by,
            request_key=request_key or uuid.uuid4(),
        )


def drop(proposal, nominee, *, by, acting=None) -> None:
    """Take a nominee out of the list; it stays recommended for another proposal."""
    with transaction.atomic():
        locked = locked_draft(proposal, by, states=("draft", "posted"))
        changed = locked.nominees.filter(pk=nominee.pk).update(proposal=None, position_in_list=0)
        if changed:
            Event.record("drop", locked, by=by, acting=acting, data={"nominee": str(nominee.uid)})


def rework(proposal, dossier, *, comment, by, acting=None) -> None:
    """Bring one dossier back to work: its nominees leave the draft, its appraisal is open again."""
    with transaction.atomic():
        locked = locked_draft(proposal, by)
        if why := checks.conflict_with(by, dossier):
            raise Refused(f"Bạn không mở lại hồ sơ này: {why}.", status=403)
        taken = locked.nominees.filter(dossier=dossier)
        uids = [str(uid) for uid in taken.values_list("uid", flat=True)]
        if not uids:
            raise Refused("Hồ sơ này không có đối tượng nào trong danh sách. Hãy tải lại trang.")
        taken.update(proposal=None, position_in_list=0)
        reopen(dossier, by=by, comment=comment, acting=acting)
        data = {"dossier": dossier.reference, "nominees": uids}
        Event.record("rework", locked, by=by, acting=acting, comment=comment, data=data)


def printed_list(proposal) -> list[dict]:
    """The list as it is frozen and printed, as plain values."""
    nominees = proposal.nominees.in_order().select_related("unit", "dossier__unit")
    return [
        {
            "uid": str(n.uid),
            "kind": n.kind,
            "title": n.title,
            "name": n.name,
            "position": n.position,
            "unit": n.unit.name,
            "proposed_by": n.dossier.unit.name,
            "achievement": n.achievement,
        }
        for n in nominees
    ]


def finalise(proposal, *, by, acting=None) -> Document:
    """Freeze the list and ask a worker for the package (Tờ trình with its list)."""
    with PROPOSAL.perform("finalise", proposal, by=by, acting=acting) as step:
        step.require(checks.missing_for_finalising(step.object))
        step.object.postings.filter(closed_at=None).update(closed_at=step.at)
        step.object.snapshot = printed_list(step.object)
        step.object.sha256 = canonical_sha256(step.object.snapshot)
        step.object.finalised_at = step.at
        step.data = {"sha256": step.object.sha256, "names": len(step.object.snapshot)}
        documents = [
            rendering.request(
                kind=PACKAGE,
                title=f"To-trinh-{step.object.reference}",
                obj=step.object,
                task="awards.tasks.render_proposal",
                by=by,
                format=format,
            )
            for format in FORMATS
        ]
    return documents[0]


def sign(proposal, *, by, number, signed_on, signer, signed_file, acting=None) -> None:
    """Record the Tờ trình as signed outside: number, day, signer and the signed file."""
    with PROPOSAL.perform("sign", proposal, by=by, acting=acting) as step:
        step.require(
            checks.missing_for_signing(
                step.object, number=number, signed_on=signed_on, signer=signer, has_file=bool(signed_file)
            )
        )
        step.object.number = number.strip()
        step.object.signed_on = signed_on
        step.object.signer = signer.strip()
        step.object.signed_file = signed_file
        step.data = {"number": step.object.number, "signed_on": signed_on, "sha256": signed_file.sha256}


def forward(proposal, *, by, request_key: uuid.UUID, acting=None) -> None:
    """Hand the signed proposal to the commendation body; the same key again changes nothing."""
    with transaction.atomic():
        locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if locked.request_key == request_key:
            return
        with PROPOSAL.perform("forward", proposal, by=by, acting=acting) as step:
            step.object.forwarded_at = step.at
            regime.settle(step.object, clock.local_date(step.at), by=by, acting=acting)
            step.object.request_key = request_key
            emails.proposal_forwarded(step.object)


def return_(proposal, *, by, comment, dossiers=(), acting=None) -> None:
    """Send the proposal back: its number is void, held nominees are split off, judgements fall.

    Each of `dossiers` goes back to work with it: its nominees leave the list, its appraisal is open again.
    """
    with PROPOSAL.perform("return", proposal, by=by, acting=acting, comment=comment) as step:
        returned = step.object
        step.data = {"void_number": returned.number, "signed_on": returned.signed_on}
        returned.number = returned.signer = ""
        returned.signed_on = returned.signed_file = returned.forwarded_at = None
        returned.finalised_at = returned.snapshot = returned.request_key = None
        returned.nominees.filter(is_held=True).update(proposal=None, position_in_list=0)
        returned.nominees.update(judgement="", judgement_reason="", judged_by=None, judged_at=None)
        for dossier in dossiers:
            if why := checks.conflict_with(by, dossier):
                said = f"Bạn không trả hồ sơ {dossier.reference}: {why}."
                raise Refused(said, [Finding(said, field="dossiers")], status=422)
            returned.nominees.filter(dossier=dossier).update(proposal=None, position_in_list=0)
            reopen(dossier, by=by, comment=step.comment, acting=acting, is_consequence=True)
        if dossiers:
            step.data |= {"dossiers": [dossier.reference for dossier in dossiers]}
            renumber(returned)
        emails.proposal_returned(returned, step.comment, step.at, dossiers)


def approve(proposal, *, by, acting=None) -> None:
    """Approve the proposal: each nominee takes the outcome of its judgement. Held ones are split off."""
    with PROPOSAL.perform("approve", proposal, by=by, acting=acting) as step:
        step.require(checks.missing_for_approving(step.object))
        step.object.approved_at = step.at
        step.object.nominees.filter(is_held=True).update(proposal=None, position_in_list=0)
        judged = step.object.nominees.filter(state=NomineeState.RECOMMENDED).select_related("dossier")
        for action, judgement in (("approve", APPROVED), ("refuse", REFUSED)):
            APPROVAL.perform_all(action, judged.filter(judgement=judgement), by=by)
