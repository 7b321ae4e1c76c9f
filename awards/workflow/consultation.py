"""Opinions asked of other offices: drafted, sent by letter, answered, or silent with a known meaning."""

from django.db import transaction

from awards import checks
from awards.enums import NomineeState
from awards.models import Consultation, Dossier, Opinion
from core import clock
from core.calendar import add_working_days
from core.models import Event, ReferenceCounter
from core.transitions import Refused, Transition, Workflow
from units.enums import Function
from units.models import UnitFunction

CONSULTATION = Workflow(
    Consultation,
    Transition("send", ("draft",), "sent", "Ghi nhận đã gửi", sentence="đã gửi công văn xin ý kiến"),
    Transition("answer", ("sent",), "answered", "Ghi nhận trả lời", sentence="đã ghi nhận văn bản trả lời"),
    Transition(
        "cancel",
        ("draft", "sent"),
        "cancelled",
        "Hủy xin ý kiến",
        needs_comment=True,
        sentence="đã hủy việc xin ý kiến",
    ),
)


def ask(case, nominees, *, rule, office, question, by, acting=None) -> Consultation:
    """Draft the letter that asks one office about nominees of a dossier or of a proposal.

    How long it has and what its silence means is fixed here, from the rule of today, and told in the letter.
    """
    is_dossier = isinstance(case, Dossier)
    name = "dossier" if is_dossier else "proposal"
    if not by.has_perm(f"awards.consult_{name}", case):
        why = is_dossier and checks.conflict_with(by, case)
        raise Refused(f"Bạn không xin ý kiến về hồ sơ này{': ' + why if why else ''}.", status=403)
    if findings := checks.missing_for_consulting(case, nominees, office, question):
        raise Refused("Chưa lập được công văn xin ý kiến.", findings, status=422)
    function = Function.COMMENDATION_BODY if by.authority.is_commendation_body else Function.STANDING_BODY
    with transaction.atomic():
        consultation = Consultation.objects.create(
            **{name: case},
            reference=ReferenceCounter.next_reference("YK", clock.today().year),
            unit=UnitFunction.holder(function),
            topic=rule.topic,
            office=office.strip(),
            question=question.strip(),
            working_days=rule.working_days,
            silence=rule.silence,
            created_at=clock.now(),
            created_by=by,
        )
        consultation.nominees.set(nominees)
        Event.record("ask", consultation, by=by, acting=acting, after=consultation.state)
    return consultation


def send(consultation, *, number, sent_on, letter=None, by, acting=None) -> None:
    """Record the letter as signed and sent outside the portal; the time to answer runs from that day."""
    with CONSULTATION.perform("send", consultation, by=by, acting=acting) as step:
        step.require(checks.missing_for_sending(step.object, number=number, sent_on=sent_on))
        step.object.number, step.object.sent_on, step.object.letter = number.strip(), sent_on, letter
        step.object.due_on = add_working_days(sent_on, step.object.working_days)
        step.data = {"number": step.object.number, "due_on": step.object.due_on}


def answer(consultation, *, number, replied_on, views: dict, reply=None, by, acting=None) -> None:
    """Record what the office answered, late or not; `views` has (view, words) by uid of each nominee."""
    with CONSULTATION.perform("answer", consultation, by=by, acting=acting) as step:
        step.require(checks.missing_for_answering(step.object, views, replied_on))
        step.object.reply_number, step.object.replied_on, step.object.reply = (
            number.strip(),
            replied_on,
            reply,
        )
        Opinion.objects.bulk_create(
            Opinion(
                consultation=step.object,
                nominee=nominee,
                view=views[nominee.uid][0],
                words=views[nominee.uid][1].strip(),
            )
            for nominee in step.object.nominees.all()
        )
        step.data = {"number": step.object.reply_number, "is_late": replied_on > step.object.due_on}


def cancel(consultation, *, comment, by, acting=None) -> None:
    with CONSULTATION.perform("cancel", consultation, by=by, acting=acting, comment=comment):
        pass


def askable(case):
    """The nominees one may ask about: those still under way."""
    return case.nominees.exclude(state=NomineeState.WITHDRAWN).in_order()
