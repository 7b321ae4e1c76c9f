"""The appraisal of a submitted dossier: a verdict per nominee, on one or on many, finished, reopened."""

from collections import defaultdict
from contextlib import nullcontext

from django.db import transaction
from django.db.models import Q

from awards import checks, emails
from awards.enums import DossierState, NomineeKind
from awards.models import Batch, Dossier, Nominee
from awards.workflow.dossier import APPRAISABLE, DOSSIER
from core import clock
from core.transitions import Refused, Transition, Workflow
from criteria.enums import Operator, Tier
from criteria.models import Criterion
from registrations import workflow as registrations
from registrations.enums import ObligationKind, ReportState
from registrations.models import Report

NOMINEE = Workflow(
    Nominee,
    Transition(
        "recommend", APPRAISABLE, "recommended", "Đề nghị khen thưởng", sentence="đã đề nghị khen thưởng"
    ),
    Transition(
        "not_recommend",
        APPRAISABLE,
        "not_recommended",
        "Không đề nghị",
        needs_comment=True,
        sentence="đã không đề nghị khen thưởng",
    ),
    Transition(
        "not_select",
        APPRAISABLE,
        "not_selected",
        "Đủ điều kiện, không chọn",
        needs_comment=True,
        sentence="đã không chọn",
    ),
    Transition(
        "mark_duplicate",
        APPRAISABLE,
        "duplicate",
        "Trùng đề nghị khác",
        needs_comment=True,
        sentence="đã ghi nhận trùng đề nghị",
    ),
)


def appraise(dossier, *, by, acting=None) -> None:
    """Finish the appraisal: every nominee has its verdict."""
    with DOSSIER.perform("appraise", dossier, by=by, acting=acting) as step:
        step.require(checks.missing_for_appraising(step.object))
        step.object.appraised_at = step.at
        emails.printed_once(step.object)


def reopen(dossier, *, by, comment, acting=None, is_consequence=False) -> None:
    """Open the appraisal again; as a consequence when the commendation body sends the dossier back."""
    with DOSSIER.perform(
        "reopen", dossier, by=by, acting=acting, comment=comment, is_consequence=is_consequence
    ) as step:
        if step.object.nominees.filter(proposal__isnull=False).exists():
            raise Refused(
                f"Hồ sơ {step.object.reference} có đối tượng đã nằm trong Tờ trình. "
                "Hãy đưa ra khỏi Tờ trình trước."
            )


def give_verdict(action: str, nominee, *, by, comment="", acting=None) -> None:
    """One of the four verdicts of the appraisal on one nominee of a submitted dossier."""
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update().get(pk=nominee.dossier_id)
        if why := checks.conflict_with(by, nominee):
            raise Refused(f"Bạn không thẩm định đối tượng này: {why}.", status=403)
        if not by.has_perm(NOMINEE.permission(action), nominee):
            raise Refused("Bạn không có quyền thẩm định đối tượng này.", status=403)
        if dossier.state != DossierState.SUBMITTED:
            raise Refused("Hồ sơ không ở trạng thái chờ thẩm định. Hãy tải lại trang.")
        with NOMINEE.perform(action, nominee, by=by, acting=acting, comment=comment) as step:
            step.object.appraised_by = by
            step.object.appraised_at = step.at
            step.object.appraisal_reason = step.comment
            step.object.duplicate_of = None


def judged_criteria(nominees) -> dict[int, list[Criterion]]:
    """By nominee, the criteria that only a person can judge him by.

    A person by those for individuals; a firm by those for firms, unless its own verified report has
    been judged by them already.
    """
    nominees = list(nominees)
    sets = {n.dossier.campaign.criteria_set_id for n in nominees}
    judged = Criterion.objects.filter(criteria_set__in=sets, operator=Operator.JUDGED)
    by_tier = defaultdict(list)
    for criterion in judged.order_by("position"):
        by_tier[criterion.criteria_set_id, criterion.tier].append(criterion)
    reported = _judged_by_report(nominees) if any(_is_firm(n) for n in nominees) else set()
    found = {}
    for nominee in nominees:
        tier = _tier_of(nominee)
        is_done = (nominee.unit_id, nominee.dossier.campaign_id) in reported and tier == Tier.ENTERPRISE
        found[nominee.pk] = [] if is_done else by_tier[nominee.dossier.campaign.criteria_set_id, tier]
    return found


def _is_firm(nominee) -> bool:
    return nominee.kind != NomineeKind.INDIVIDUAL and nominee.unit.tier == Tier.ENTERPRISE


def _tier_of(nominee) -> str:
    if nominee.kind == NomineeKind.INDIVIDUAL:
        return Tier.INDIVIDUAL
    return Tier.ENTERPRISE if _is_firm(nominee) else ""


def _judged_by_report(nominees) -> set[tuple[int, int]]:
    verified = Report.objects.filter(
        unit__in={n.unit_id for n in nominees}, state=ReportState.VERIFIED, kind=ObligationKind.ANNUAL_REPORT
    )
    return set(verified.values_list("unit_id", "period__campaign_id"))


def papers_for_judging(nominee):
    """The papers of the dossier that may be evidence on him: his own and those of the whole dossier."""
    papers = nominee.dossier.documents.filter(is_removed=False)
    return papers.filter(Q(nominee=nominee) | Q(nominee__isnull=True)).order_by("nominee", "pk")


def judge_criterion(criterion, nominee, *, by, is_met: bool, reason: str, papers, acting=None) -> None:
    """A person's word on a nominee of a submitted dossier by one criterion, on papers of the dossier."""
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update().get(pk=nominee.dossier_id)
        if not by.has_perm("awards.recommend_nominee", nominee):
            raise Refused("Bạn không có quyền kết luận về đối tượng này.", status=403)
        if dossier.state != "submitted":
            raise Refused("Hồ sơ không ở trạng thái chờ thẩm định. Hãy tải lại trang.")
        if criterion not in judged_criteria([nominee])[nominee.pk]:
            raise Refused("Tiêu chí này không dành cho đối tượng này.")
        chosen = papers_for_judging(nominee).filter(pk__in=[paper.pk for paper in papers])
        registrations.judge_person(
            criterion,
            nominee,
            unit=nominee.unit,
            is_met=is_met,
            reason=reason,
            evidence=[paper.file for paper in chosen.select_related("file")],
            by=by,
            acting=acting,
        )


def give_verdicts(dossier, nominees, action: str, *, by, request_key, comment="", acting=None) -> Batch:
    """The same verdict on many nominees of one dossier, each for itself; the same key repeats nothing."""

    def say(nominee):
        if nominee.appraised_by_id and nominee.appraised_by_id != by.pk:
            raise Refused("Người khác đã ghi kết luận; hãy mở đối tượng để xem và đổi riêng.")
        give_verdict(action, nominee, by=by, comment=comment, acting=acting)
        return nominee.get_state_display()

    label = NOMINEE.transitions[action].label
    return in_rows({"dossier": dossier}, f"Kết luận “{label}”", nominees, say, by=by, request_key=request_key)


def in_rows(case: dict, title: str, nominees, act, *, by, request_key, writes=True) -> Batch:
    """Do `act` (nominee → words) for each of `nominees` and keep what came of each.

    `writes` says that `act` writes to the database, so that a row that fails leaves nothing behind.
    """
    known = Batch.objects.filter(request_key=request_key).first()
    if known:
        if known.by_id != by.pk or known.case not in case.values():
            raise Refused("Mã yêu cầu này đã được dùng cho việc khác. Hãy tải lại trang rồi thử lại.")
        return known
    results = []
    for nominee in nominees:
        try:
            with transaction.atomic() if writes else nullcontext():
                message, is_done = act(nominee), True
        except Refused as refused:
            message = "; ".join(f.message for f in refused.findings) or str(refused)
            is_done = False
        results.append(
            {"uid": str(nominee.uid), "name": nominee.name, "is_done": is_done, "message": message}
        )
    results.sort(key=lambda row: row["is_done"])
    done = sum(row["is_done"] for row in results)
    return Batch.objects.create(
        **case,
        title=title,
        request_key=request_key,
        results=results,
        done=done,
        failed=len(results) - done,
        at=clock.now(),
        by=by,
    )
