"""The standing body's word on single figures, who gives it, and the unit's answer to a refusal."""

from collections import Counter

from django.db import transaction
from django.db.models import Count, Max

from core import clock, files
from core.models import Event
from core.transitions import Refused
from registrations import checks, emails
from registrations.enums import FigureVerdict, ReportState
from registrations.evaluation import evaluate
from registrations.flags import flags_of
from registrations.models import FigureAnswer, FigureEvidence, Judgement, Report
from registrations.models.report import UNDER_REVIEW
from registrations.workflow.report import REPORT
from units.enums import Function, Role
from units.lineage import people_with
from units.models import User


def judge_figure(
    figure, *, by, verdict, numerator=None, denominator=None, answer=None, comment="", acting=None
) -> None:
    """The standing body's word on one figure under review; what was declared stays beside it."""
    with transaction.atomic():
        report = _under_review(figure.report, by)
        if report.state == ReportState.CONTESTED and figure.pk not in contested_figures(report):
            raise Refused("Chỉ xét lại những số liệu đơn vị kiến nghị; các kết luận khác giữ nguyên.")
        findings = checks.missing_for_judging(
            figure, verdict, numerator=numerator, denominator=denominator, answer=answer, comment=comment
        )
        if findings:
            raise Refused("Chưa ghi được kết luận.", findings, status=422)
        is_corrected = verdict == FigureVerdict.CORRECTED
        figure.verdict = verdict
        figure.verified_numerator = numerator if is_corrected else None
        figure.verified_denominator = denominator if is_corrected else None
        figure.verified_answer = answer if is_corrected else None
        figure.comment = comment
        figure.verified_by = by
        figure.save()
        Event.record(
            "judge",
            report,
            by=by,
            acting=acting,
            comment=comment,
            data={
                "criterion": figure.criterion.code,
                "verdict": verdict,
                "numerator": figure.verified_numerator,
                "denominator": figure.verified_denominator,
                "answer": figure.verified_answer,
            },
        )


def accept_rest(report, *, by, acting=None) -> int:
    """Accept, in one logged act, every figure not judged yet that nothing calls a second look to.

    Returns how many; the same click again finds nothing more to accept and leaves no trace.
    """
    with transaction.atomic():
        locked = _under_review(report, by)
        waiting = locked.figures.filter(verdict=FigureVerdict.PENDING)
        waiting = waiting.exclude(criterion__code__in=flags_of(locked))
        if locked.state == ReportState.CONTESTED:
            waiting = waiting.none()
        codes = list(waiting.values_list("criterion__code", flat=True))
        waiting.update(verdict=FigureVerdict.ACCEPTED, verified_by=by)
        if codes:
            Event.record("accept", locked, by=by, acting=acting, data={"criteria": codes})
    return len(codes)


def _under_review(report, by) -> Report:
    """The locked report, where this person may judge its figures now."""
    locked = Report.objects.select_for_update().get(pk=report.pk)
    if not by.has_perm("registrations.verify_report", locked):
        raise Refused("Bạn không có quyền thẩm định số liệu của đơn vị này.", status=403)
    if locked.state not in UNDER_REVIEW or not locked.is_annual:
        raise Refused("Báo cáo không ở trạng thái chờ thẩm định. Hãy tải lại trang.")
    return locked


def contested_figures(report) -> set[int]:
    """Primary keys of the figures the unit contested last."""
    answers = FigureAnswer.objects.filter(figure__report=report)
    latest = answers.aggregate(at=Max("answered_at"))["at"]
    return set(answers.filter(answered_at=latest, is_contested=True).values_list("figure", flat=True))


def contest(report, *, by, answers: dict[str, dict], acting=None) -> None:
    """The unit answers each refusal before it is final.

    `answers` are `{"is_contested": bool, "text": str, "uploads": [...]}` by code of the criterion.
    What it contests is judged once more, and that word is final; what it agrees with stays refused.
    """
    with REPORT.perform("contest", report, by=by, acting=acting) as step:
        contested = step.object
        last_day = contested.contest_last_day
        if last_day is None:
            raise Refused("Không còn số liệu nào kiến nghị được: kết luận hiện nay là cuối cùng.")
        if clock.local_date(step.at) > last_day:
            raise Refused(
                f"Đã hết hạn kiến nghị (hết ngày {last_day:%d/%m/%Y}); kết luận hiện nay là cuối cùng."
            )
        step.require(checks.missing_for_contesting(contested, answers))
        codes = []
        refused = contested.figures.filter(verdict=FigureVerdict.REFUSED).select_related("criterion")
        for figure in refused:
            said = answers[figure.criterion.code]
            _answer(figure, said, by=by, at=step.at)
            if said["is_contested"]:
                codes.append(figure.criterion.code)
        contested.contest_last_day = None
        evaluate(contested, at=step.at, on_verified=False)
        step.data = {"criteria": codes}
        emails.report_contested(contested, desk_of(contested))


def _answer(figure, said, *, by, at) -> None:
    answer = FigureAnswer.objects.create(
        figure=figure,
        refusal=figure.comment,
        is_contested=said["is_contested"],
        text=said["text"].strip(),
        answered_at=at,
        answered_by=by,
    )
    if not said["is_contested"]:
        return
    for upload in said["uploads"]:
        file = files.store(upload, by=by, accept=tuple(files.EXTENSIONS))
        FigureEvidence.objects.create(figure=figure, file=file, answer=answer)
    figure.verdict, figure.comment, figure.verified_by = FigureVerdict.PENDING, "", None
    figure.save()


def verifiers(*functions: Function) -> list[User]:
    """Who verifies figures today: the people of the standing body, unless other functions are asked for."""
    asked = functions or (Function.STANDING_BODY,)
    found = set().union(*(people_with(function, Role.REVIEWER, Role.LEAD) for function in asked))
    return list(User.objects.filter(pk__in=found, is_active=True).order_by("full_name", "pk"))


def desk_of(report) -> list[User]:
    """Whom the report concerns at the desk: the person it is assigned to, else all who may verify it."""
    if report.assigned_to_id:
        return [report.assigned_to]
    able = verifiers(Function.STANDING_BODY, Function.COMMENDATION_BODY)
    return [user for user in able if user.has_perm("registrations.verify_report", report)]


def workload() -> Counter:
    """How many reports under review each person has, by primary key."""
    held = Report.objects.on_desk().exclude(assigned_to=None).order_by()
    return Counter(dict(held.values_list("assigned_to").annotate(Count("pk"))))


def assign(report, *, to, by, acting=None) -> bool:
    """Give a report under review to a person; a lead to anyone, others to themselves.

    False when it was his already.
    """
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        takes = to == by and by.has_perm("registrations.verify_report", locked)
        if not (takes or by.has_perm("registrations.assign_report", locked)):
            raise Refused("Chỉ lãnh đạo cơ quan thường trực phân công cho người khác.", status=403)
        if locked.state not in UNDER_REVIEW or not locked.is_annual:
            raise Refused("Báo cáo không còn chờ thẩm định. Hãy tải lại trang.")
        if not to.has_perm("registrations.verify_report", locked):
            why = checks.conflict_with(to, locked.unit)
            raise Refused(f"Không giao được: {why or 'người này không thẩm định số liệu của đơn vị này'}.")
        if locked.assigned_to_id == to.pk:
            return False
        locked.assigned_to = to
        locked.save(update_fields=["assigned_to"])
        Event.record("assign", locked, by=by, acting=acting, data={"name": to.full_name})
    return True


def share_out(reports, *, by, acting=None) -> list[tuple[Report, str, bool]]:
    """Give each report nobody has yet to the person with least to do who may verify it.

    What became of each: (report, in words, whether it was given to somebody).
    """
    if not by.has_perm("registrations.assign_report"):
        raise Refused("Chỉ lãnh đạo cơ quan thường trực phân công thẩm định.", status=403)
    outcomes = []
    with transaction.atomic():
        free = (
            Report.objects.select_for_update(of=("self",))
            .on_desk()
            .filter(pk__in=[report.pk for report in reports], assigned_to=None)
        )
        people, load = verifiers(), workload()
        for report in free.select_related("unit").order_by("submitted_at", "pk"):
            able = [p for p in people if p.has_perm("registrations.verify_report", report)]
            if not able:
                outcomes.append((report, "Không có người nào thẩm định được đơn vị này.", False))
                continue
            chosen = min(able, key=lambda person: load[person.pk])
            assign(report, to=chosen, by=by, acting=acting)
            load[chosen.pk] += 1
            outcomes.append((report, f"Giao {chosen.full_name}.", True))
    return outcomes


def judge_person(
    criterion, subject, *, unit, is_met: bool, reason: str, evidence, by, acting=None
) -> Judgement:
    """A person's decision on someone by a criterion no number can judge.

    `subject` is the row that stands for him (a nominee), `unit` the one behind him. `evidence` are
    stored files that the caller has made sure the person may read. The decision never changes;
    another one is another row, and the last counts.
    """
    judgement = Judgement(
        criterion=criterion,
        subject_uid=subject.uid,
        subject_name=str(subject),
        unit=unit,
        is_met=is_met,
        reason=reason.strip(),
        judged_at=clock.now(),
        judged_by=by,
    )
    if not by.has_perm("registrations.add_judgement", judgement):
        raise Refused("Bạn không có quyền kết luận về đối tượng của đơn vị này.", status=403)
    if findings := checks.missing_for_judging_person(criterion, reason, evidence):
        raise Refused("Chưa ghi được kết luận.", findings, status=422)
    with transaction.atomic():
        judgement.save()
        judgement.evidence.set(evidence)
        Event.record(
            "judge",
            judgement,
            by=by,
            acting=acting,
            comment=judgement.reason,
            case=getattr(subject, "case", subject),
            data={"criterion": criterion.code, "is_met": is_met, "name": judgement.subject_name},
        )
    return judgement
