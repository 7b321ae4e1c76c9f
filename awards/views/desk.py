"""The commendation body's desk: what waits for it, from the proposal to the last certificate."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards.enums import AwardState, DecisionState, ProposalState
from awards.models import Award, Certificate, Correction, Decision, Proposal, Revocation, TimeLimit
from awards.models.limit import Step
from core import clock
from core.calendar import add_working_days, corrections, working_days_between

#: as many of a kind as a desk takes in at a glance; the lists behind have the rest
SHOWN = 20
#: from so many cases on the law gives more days for handing out (NĐ 152/2025 Art. 35.4.d)
MANY = 100


@require_safe
def desk(request):
    if not request.user.has_perm("awards.use_desk"):
        raise PermissionDenied
    known, today = corrections(), clock.today()
    forwarded = (
        Proposal.objects.filter(state=ProposalState.FORWARDED)
        .select_related("rule_set", "form")
        .annotate(
            names=Count("nominees"),
            judged=Count("nominees", filter=~Q(nominees__judgement="")),
            held=Count("nominees", filter=Q(nominees__is_held=True)),
        )
        .order_by("forwarded_at", "pk")
    )
    proposals = []
    for proposal in forwarded[:SHOWN]:
        received_on = clock.local_date(proposal.forwarded_at)
        due = add_working_days(received_on, proposal.rule_set.processing_days, known)
        left = working_days_between(today, due, known)
        proposals.append({"proposal": proposal, "due": due, **_left(left)})
    decisions = (
        Decision.objects.exclude(state=DecisionState.PUBLISHED)
        .annotate(names=Count("nominees"))
        .select_related("proposal__form")
        .order_by("pk")[:SHOWN]
    )
    context = {
        "proposals": proposals,
        "decisions": decisions,
        "corrections": Correction.objects.filter(in_force_at__isnull=True, dropped_at__isnull=True)
        .select_related("award", "drafted_by")
        .order_by("pk")[:SHOWN],
        "revocations": Revocation.objects.filter(
            dismissed_at__isnull=True,
            award__state__in=[AwardState.REVOCATION_PROPOSED, AwardState.REVOKED],
        )
        .select_related("award", "ground", "proposed_by_unit")
        .order_by("pk")[:SHOWN],
        "handing": _handing(known, today),
    }
    return render(request, "awards/desk.html", context)


def _left(days: int) -> dict:
    words = f"còn {days} ngày làm việc" if days > 0 else "hôm nay là hạn cuối"
    if days < 0:
        words = f"quá hạn {-days} ngày làm việc"
    return {"left": words, "tone": "danger" if days < 0 else "warning" if days <= 3 else "info"}


def _handing(known, today) -> list[dict]:
    """Published decisions whose certificates are not all handed out, with the day the law gives."""
    alive = ~Q(awards__state__in=[AwardState.REVOKED, AwardState.RETURNED])
    handed = Certificate.objects.filter(handed_on__isnull=False).values("award")
    unfinished = Award.objects.exclude(pk__in=handed).exclude(
        state__in=[AwardState.REVOKED, AwardState.RETURNED]
    )
    waiting = (
        Decision.objects.filter(state=DecisionState.PUBLISHED, pk__in=unfinished.values("decision"))
        .annotate(
            names=Count("awards", filter=alive),
            handed=Count("awards", filter=Q(awards__certificate__handed_on__isnull=False)),
        )
        .order_by("signed_on", "pk")[:SHOWN]
    )
    found = []
    for decision in waiting:
        step = Step.HAND_OUT_MANY if decision.names >= MANY else Step.HAND_OUT
        limit = TimeLimit.objects.in_force_on(decision.signed_on, step)
        due = add_working_days(decision.signed_on, limit.working_days, known) if limit else None
        said = _left(working_days_between(today, due, known)) if due else {"left": "", "tone": "info"}
        found.append({"decision": decision, "due": due, **said})
    return found
