"""The decision: drafted, submitted, signed outside and recorded, then published."""

from django.db import transaction
from django.db.models import prefetch_related_objects

from awards import checks, checks_award, emails, fund, publication
from awards.enums import NomineeState
from awards.models import Award, Decision, Nominee, PublicRecord, Strike
from awards.prize import prize
from awards.verification import AWARD, award_payload
from core import clock
from core.findings import Finding
from core.models import Event, ReferenceCounter, VerificationCode
from core.models.event import AT_ONCE
from core.transitions import Refused, Transition, Workflow
from units import house
from units.models import Unit

DECISION = Workflow(
    Decision,
    Transition("submit", ("draft",), "submitted", "Trình ký", sentence="đã trình dự thảo Quyết định"),
    Transition(
        "return", ("submitted",), "draft", "Trả lại", needs_comment=True, sentence="đã trả lại dự thảo"
    ),
    Transition(
        "issue", ("submitted",), "issued", "Ghi nhận ban hành", sentence="đã ghi nhận Quyết định được ký"
    ),
    Transition("amend", ("issued",), "issued", "Sửa dữ liệu ban hành", sentence="đã sửa dữ liệu ban hành"),
    Transition("publish", ("issued",), "published", "Công bố", sentence="đã công bố Quyết định"),
)
AWARDING = Workflow(
    Nominee,
    Transition("award", ("approved",), "awarded", "Khen thưởng", sentence="được khen thưởng"),
    Transition(
        "strike",
        ("approved",),
        "refused",
        "Ghi nhận Chủ tịch gạch tên",
        needs_comment=True,
        sentence="đã ghi nhận Chủ tịch gạch tên",
    ),
)


def undecided(proposal):
    """Approved nominees of the proposal that are in no decision yet."""
    return proposal.nominees.filter(state=NomineeState.APPROVED, decision__isnull=True)


def start(proposal, *, title, by, kinds=(), acting=None) -> Decision:
    """Draft a decision with the approved nominees of the proposal that are in none yet.

    `kinds` narrows them, so that several decisions may come of one proposal.
    """
    if not by.has_perm("awards.add_decision"):
        raise Refused("Bạn không có quyền lập dự thảo Quyết định.", status=403)
    with transaction.atomic():
        wanted = undecided(proposal)
        if kinds:
            wanted = wanted.filter(kind__in=kinds)
        waiting = list(wanted.select_for_update())
        if proposal.state != "approved" or not waiting:
            raise Refused("Tờ trình chưa được duyệt, hoặc mọi đối tượng được duyệt đã có trong Quyết định.")
        decision = Decision.objects.create(
            proposal=proposal,
            title=title,
            fund=proposal.form.funds.order_by("pk").first(),
            reference=ReferenceCounter.next_reference("QD", clock.today().year),
            created_at=clock.now(),
        )
        Nominee.objects.filter(pk__in=[n.pk for n in waiting]).update(decision=decision)
        Event.record(
            "start", decision, by=by, acting=acting, after=decision.state, data={"names": len(waiting)}
        )
    return decision


def _locked_draft(decision, by) -> Decision:
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    if not by.has_perm("awards.edit_decision", locked):
        raise Refused("Bạn không có quyền sửa dự thảo này.", status=403)
    if locked.state != "draft":
        raise Refused("Dự thảo đã trình ký, không sửa được nữa. Hãy tải lại trang.")
    return locked


def gather(decision, nominees, *, by, acting=None) -> int:
    """Put more approved nominees of the same proposal into the draft; returns how many."""
    with transaction.atomic():
        locked = _locked_draft(decision, by)
        chosen = list(
            undecided(locked.proposal).filter(pk__in=nominees.values("pk")).select_for_update(of=("self",))
        )
        Nominee.objects.filter(pk__in=[n.pk for n in chosen]).update(decision=locked)
        if chosen:
            Event.record("gather", locked, by=by, acting=acting, data={"names": len(chosen)})
    return len(chosen)


def drop(decision, nominee, *, by, acting=None) -> None:
    """Take a name out of the draft; it stays approved, for another decision."""
    with transaction.atomic():
        locked = _locked_draft(decision, by)
        changed = locked.nominees.filter(pk=nominee.pk, state=NomineeState.APPROVED).update(decision=None)
        if changed:
            Event.record("drop", locked, by=by, acting=acting, data={"nominee": str(nominee.uid)})


def note_council(decision, *, by, met_on, minutes, acting=None) -> None:
    """Keep the minutes of the Council with the draft."""
    with transaction.atomic():
        locked = _locked_draft(decision, by)
        locked.council_met_on, locked.council_minutes = met_on, minutes
        locked.save()
        Event.record(
            "note_council",
            locked,
            by=by,
            acting=acting,
            data={"met_on": met_on.isoformat(), "sha256": minutes.sha256},
        )
    decision.refresh_from_db()


def cite_anyway(decision, basis, *, reason, by, acting=None) -> None:
    """Keep with the draft why its papers cite an act that is not in force on their day."""
    with transaction.atomic():
        house.cite_anyway(_locked_draft(decision, by), basis, reason=reason, by=by, acting=acting)


def submit(decision, *, by, acting=None) -> None:
    with DECISION.perform("submit", decision, by=by, acting=acting) as step:
        step.require(checks_award.missing_for_deciding(step.object))
        step.object.submitted_at = step.at


def return_(decision, *, by, comment, acting=None) -> None:
    """Record that the Chairman sent the draft back."""
    with DECISION.perform("return", decision, by=by, acting=acting, comment=comment) as step:
        step.object.submitted_at = None


def strike(decision, nominee, *, by, comment, acting=None) -> None:
    """Record that the Chairman struck a name: it is refused with his reason and not awarded."""
    with transaction.atomic():
        locked = Decision.objects.select_for_update().get(pk=decision.pk)
        if not by.has_perm("awards.strike_decision", locked):
            raise Refused("Bạn không có quyền ghi nhận việc này.", status=403)
        if locked.state not in ("submitted", "issued"):
            raise Refused(
                "Chỉ ghi nhận gạch tên khi dự thảo đã trình hoặc Quyết định đã ký mà chưa công bố. "
                "Hãy tải lại trang."
            )
        if locked.nominees.count() == 1:
            raise Refused(
                "Đây là tên cuối cùng trong danh sách; Quyết định không còn ai. Hãy ghi nhận dự thảo bị "
                "trả lại.",
                status=422,
            )
        with AWARDING.perform(
            "strike", nominee, by=by, acting=acting, comment=comment, is_consequence=True
        ) as step:
            if step.object.decision_id != locked.pk:
                raise Refused("Tên này không có trong Quyết định. Hãy tải lại trang.")
            step.object.decision = None
            step.data = {"decision": locked.reference}
            Strike.objects.create(
                decision=locked, nominee=step.object, reason=step.comment, struck_by=by, struck_at=step.at
            )


def issue(decision, *, by, number, signed_on, signer, signed_file, acting=None) -> None:
    """Record the decision as signed outside: number, day, signer and scan."""
    with DECISION.perform("issue", decision, by=by, acting=acting) as step:
        _sign(step, number=number, signed_on=signed_on, signer=signer, signed_file=signed_file)
        step.object.issued_at = step.at
        step.object.issued_by = by


def amend(decision, *, by, number, signed_on, signer, signed_file=None, acting=None) -> None:
    """Set right what was recorded of an issued decision, until it is published.

    Without `signed_file` the scan stays.
    """
    with DECISION.perform("amend", decision, by=by, acting=acting) as step:
        before = {
            "number": step.object.number,
            "signed_on": step.object.signed_on.isoformat(),
            "signer": step.object.signer,
        }
        scan = signed_file or step.object.signed_file
        _sign(step, number=number, signed_on=signed_on, signer=signer, signed_file=scan)
        step.object.amended_by = by
        step.data |= {"before": before}


def _sign(step, *, number, signed_on, signer, signed_file) -> None:
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
    step.data = {"number": step.object.number, "signed_on": signed_on, "sha256": signed_file.sha256}


def publish(decision, *, by, acting=None) -> None:
    """Publish: awards come to be, and the embargo lifts everywhere in one transaction."""
    with transaction.atomic():
        known = set(_revealed(decision))
        with DECISION.perform("publish", decision, by=by, acting=acting) as step:
            published = step.object
            step.require(checks_award.missing_for_publishing(published))
            published.published_at = step.at
            published.published_by = by
            published.save()  # the public records below name the instant
            awards = _awards(published, by)
            VerificationCode.objects.bulk_create(
                [
                    VerificationCode(
                        kind=AWARD, object_uid=award.uid, payload=award_payload(award), issued_at=step.at
                    )
                    for award in awards
                ],
                batch_size=AT_ONCE,
            )
            PublicRecord.append(
                [
                    publication.decision_record(published, awards),
                    *(publication.award_record(award, step.at) for award in awards),
                ]
            )
            fund.charge(published, awards, by=by)
        told = set(_revealed(decision)) - known
        emails.decision_published(decision, Unit.objects.filter(dossiers__nominees__in=told).distinct())


def _revealed(decision):
    """Nominees of the same campaign and form whose outcome their units may read."""
    proposal = decision.proposal
    return (
        Nominee.objects.with_publication()
        .filter(dossier__campaign=proposal.campaign_id, dossier__form=proposal.form_id, is_revealed=True)
        .values_list("pk", flat=True)
    )


def _awards(decision, by) -> list[Award]:
    nominees = decision.nominees.filter(state=NomineeState.APPROVED).in_order()
    awarded = AWARDING.perform_all(
        "award", nominees.select_related("unit", "dossier__unit", "dossier__form"), by=by
    )
    received_on = clock.local_date(decision.proposal.forwarded_at)
    prizes = {
        kind: prize(decision.proposal.form, kind, decision.signed_on, received_on=received_on)
        for kind in {nominee.kind for nominee in awarded}
    }
    references = ReferenceCounter.next_references("KT", decision.signed_on.year, len(awarded))
    awards = [
        Award(
            nominee=nominee,
            decision=decision,
            unit=nominee.unit,
            reference=reference,
            kind=nominee.kind,
            name=nominee.name,
            title=nominee.title,
            position=nominee.position,
            unit_name=nominee.unit.name,
            search_name=nominee.search_name,
            achievement_from=nominee.dossier.achievement_from,
            achievement_to=nominee.dossier.achievement_to,
            prize_amount=prizes[nominee.kind].amount,
            prize_explanation=prizes[nominee.kind].explanation,
        )
        for nominee, reference in zip(awarded, references, strict=True)
    ]
    Award.objects.bulk_create(awards, batch_size=AT_ONCE)
    prefetch_related_objects(awards, "corrections")
    return awards
