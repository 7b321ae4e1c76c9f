"""The decision: drafted, submitted, signed outside and recorded, then published."""

from django.db import transaction

from awards import checks, emails
from awards.enums import NomineeState, PublicState
from awards.models import Award, Decision, Nominee, PublicRecord
from awards.prize import prize
from core import clock
from core.findings import Finding
from core.models import Event, ReferenceCounter
from core.transitions import Refused, Transition, Workflow

DECISION = Workflow(
    Decision,
    Transition("submit", ("draft",), "submitted", "Trình ký", sentence="đã trình dự thảo Quyết định"),
    Transition(
        "return", ("submitted",), "draft", "Trả lại", needs_comment=True, sentence="đã trả lại dự thảo"
    ),
    Transition(
        "issue", ("submitted",), "issued", "Ghi nhận ban hành", sentence="đã ghi nhận Quyết định được ký"
    ),
    Transition("publish", ("issued",), "published", "Công bố", sentence="đã công bố Quyết định"),
)
AWARDING = Workflow(
    Nominee, Transition("award", ("approved",), "awarded", "Khen thưởng", sentence="được khen thưởng")
)


def start(proposal, *, title, by, acting=None) -> Decision:
    """Draft a decision with every approved nominee of the proposal that is in none yet."""
    if not by.has_perm("awards.add_decision"):
        raise Refused("Bạn không có quyền lập dự thảo Quyết định.", status=403)
    with transaction.atomic():
        waiting = list(
            proposal.nominees.select_for_update().filter(state=NomineeState.APPROVED, decision__isnull=True)
        )
        if proposal.state != "approved" or not waiting:
            raise Refused("Tờ trình chưa được duyệt, hoặc mọi đối tượng được duyệt đã có trong Quyết định.")
        decision = Decision.objects.create(
            proposal=proposal,
            title=title,
            reference=ReferenceCounter.next_reference("QD", clock.today().year),
            created_at=clock.now(),
        )
        Nominee.objects.filter(pk__in=[n.pk for n in waiting]).update(decision=decision)
        Event.record(
            "start", decision, by=by, acting=acting, after=decision.state, data={"names": len(waiting)}
        )
    return decision


def submit(decision, *, by, acting=None) -> None:
    with DECISION.perform("submit", decision, by=by, acting=acting) as step:
        step.require(checks.missing_for_deciding(step.object))
        step.object.submitted_at = step.at


def return_(decision, *, by, comment, acting=None) -> None:
    """Record that the Chairman sent the draft back."""
    with DECISION.perform("return", decision, by=by, acting=acting, comment=comment) as step:
        step.object.submitted_at = None


def issue(decision, *, by, number, signed_on, signer, signed_file, acting=None) -> None:
    """Record the decision as signed outside: number, day, signer and scan."""
    with DECISION.perform("issue", decision, by=by, acting=acting) as step:
        step.require(
            checks.missing_for_issuing(
                step.object, number=number, signed_on=signed_on, signer=signer, has_file=bool(signed_file)
            )
        )
        clash = Decision.objects.filter(number=number.strip(), signed_on=signed_on).exclude(pk=step.object.pk)
        if clash.exists():
            taken = "Đã có Quyết định mang số này, ký cùng ngày. Hãy xem lại số."
            step.require([Finding(taken, field="number")])
        step.object.number = number.strip()
        step.object.signed_on = signed_on
        step.object.signer = signer.strip()
        step.object.signed_file = signed_file
        step.object.issued_at = step.at
        step.object.issued_by = by
        step.data = {"number": step.object.number, "signed_on": signed_on, "sha256": signed_file.sha256}


def publish(decision, *, by, acting=None) -> None:
    """Publish: awards come to be, and the embargo lifts everywhere in one transaction."""
    with DECISION.perform("publish", decision, by=by, acting=acting) as step:
        published = step.object
        published.published_at = step.at
        published.published_by = by
        published.save()  # the public records below name the instant
        awards = [_award(nominee, published) for nominee in _awarded(published, by)]
        PublicRecord.append(
            [_decision_record(published, awards), *(_award_record(a, published) for a in awards)]
        )
        emails.decision_published(published)


def _awarded(decision, by):
    nominees = decision.nominees.filter(state=NomineeState.APPROVED).in_order()
    for nominee in nominees.select_related("unit", "dossier__unit", "dossier__campaign"):
        with AWARDING.perform("award", nominee, by=by, is_consequence=True):
            pass
        yield nominee


def _award(nominee, decision) -> Award:
    money = prize(nominee.dossier.form, nominee.kind, decision.signed_on)
    return Award.objects.create(
        nominee=nominee,
        decision=decision,
        unit=nominee.unit,
        reference=ReferenceCounter.next_reference("KT", decision.signed_on.year),
        kind=nominee.kind,
        name=nominee.name,
        title=nominee.title,
        position=nominee.position,
        unit_name=nominee.unit.name,
        search_name=nominee.search_name,
        achievement_from=nominee.dossier.achievement_from,
        achievement_to=nominee.dossier.achievement_to,
        prize_amount=money.amount,
        prize_explanation=money.explanation[:300],
    )


def _common(decision) -> dict:
    form = decision.proposal.form
    return {
        "award": {"code": form.code, "name": form.name},
        "decision": {
            "id": str(decision.uid),
            "number": decision.number,
            "date": decision.signed_on.isoformat(),
        },
        "campaign": decision.proposal.campaign.code,
        "year": decision.signed_on.year,
    }


def _decision_record(decision, awards) -> PublicRecord:
    form = decision.proposal.form
    counts = {kind: sum(a.kind == kind for a in awards) for kind in ("collective", "household", "individual")}
    return PublicRecord(
        kind="decision",
        uid=decision.uid,
        state=PublicState.VALID,
        payload={
            **_common(decision),
            "title": decision.title,
            "authority": form.authority,
            "signer": decision.signer,
            "counts": counts,
        },
        published_at=decision.published_at,
        updated_at=decision.published_at,
        year=decision.signed_on.year,
        award_code=form.code,
        decision_uid=decision.uid,
        search_text=f"{decision.number} {decision.title}",
    )


def _award_record(award, decision) -> PublicRecord:
    """The public words of one award: no birth date, identity number or contact (DESIGN §2.17)."""
    proposer = award.nominee.dossier.unit
    unit = award.unit
    return PublicRecord(
        kind="award",
        uid=award.uid,
        state=PublicState.VALID,
        payload={
            **_common(decision),
            "reference": award.reference,
            "name": award.name,
            "title": award.title,
            "position": award.position,
            "nominee_kind": award.kind,
            "unit": {"id": str(unit.uid), "code": unit.code, "name": award.unit_name, "kind": unit.kind},
            "proposed_by": {"id": str(proposer.uid), "name": proposer.name},
        },
        published_at=decision.published_at,
        updated_at=decision.published_at,
        reference=award.reference,
        year=decision.signed_on.year,
        award_code=decision.proposal.form.code,
        nominee_kind=award.kind,
        unit_uid=unit.uid,
        decision_uid=decision.uid,
        search_text=f"{award.name} {award.position} {award.unit_name} {award.reference} {decision.number}",
    )
