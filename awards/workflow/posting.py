"""A list posted for comment: opened by a lead, commented on by anybody, each comment settled."""

from django.db import transaction

from awards import checks, emails
from awards.enums import CommentState
from awards.models import Comment, PostedName, Posting
from awards.workflow.proposal import PROPOSAL
from core import clock
from core.calendar import add_working_days
from core.findings import Finding
from core.models import Event, ReferenceCounter
from core.transitions import Refused, Transition, Workflow

COMMENT = Workflow(
    Comment,
    Transition("answer", ("received",), "answered", "Trả lời", sentence="đã trả lời góp ý"),
    Transition("set_aside", ("received",), "set_aside", "Không xem xét", sentence="đã xếp lại góp ý"),
)
#: lines of a list copied at a time
CHUNK = 500


def post(proposal, *, working_days: int, by, acting=None) -> Posting:
    """Post the list for comment: what the public may read is copied, the rest stays under embargo."""
    with PROPOSAL.perform("post", proposal, by=by, acting=acting) as step:
        step.require(checks.missing_for_posting(step.object, working_days))
        rule = checks.posting_rule_of(step.object)
        posting = Posting.objects.create(
            proposal=step.object,
            title=step.object.title,
            form_name=step.object.form.name,
            opened_at=step.at,
            opened_by=by,
            working_days=working_days,
            basis=rule.basis if rule else "",
            last_day=add_working_days(clock.local_date(step.at), working_days),
        )
        nominees = step.object.nominees.numbered().select_related("unit")
        PostedName.objects.bulk_create(
            (
                PostedName(
                    posting=posting,
                    uid=n.uid,
                    kind=n.kind,
                    number=n.number,
                    title=n.title,
                    name=n.name,
                    place=n.place,
                    search_name=n.search_name,
                    place_in_list=line,
                )
                for line, n in enumerate(nominees.iterator(chunk_size=CHUNK), start=1)
            ),
            batch_size=CHUNK,
        )
        step.data = {"last_day": posting.last_day, "working_days": working_days}
    return posting


def comment(posting, *, author: str, contact: str, text: str, name=None) -> Comment:
    """Keep a comment of somebody of the public on an open list."""
    with transaction.atomic():
        locked = Posting.objects.select_for_update().get(pk=posting.pk)
        if not locked.is_open:
            raise Refused("Đã hết thời gian lấy ý kiến; cổng không nhận thêm góp ý cho danh sách này.")
        kept = Comment.objects.create(
            posting=locked,
            reference=ReferenceCounter.next_reference("GY", clock.today().year),
            name=name,
            author=author.strip(),
            contact=contact.strip(),
            text=text.strip(),
            received_at=clock.now(),
        )
        Event.record("comment", kept, by=None, after=kept.state, case=locked.proposal)
        emails.comment_received(kept)
    return kept


def settle(kept, action: str, *, text: str, by, acting=None) -> None:
    """Answer a comment, or set it aside with the reason: either way the commenter reads the words."""
    with COMMENT.perform(action, kept, by=by, acting=acting, comment=text) as step:
        if not text.strip():
            said = "Hãy viết câu trả lời; người góp ý đọc nguyên văn."
            step.require([Finding(said, field="comment")])
        step.object.answer = step.comment
        step.object.answered_at, step.object.answered_by = step.at, by


def waiting(proposal):
    return Comment.objects.filter(posting__proposal=proposal, state=CommentState.RECEIVED)
