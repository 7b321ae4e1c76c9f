"""Is there enough? One source for the page (beside the button) and for the workflow."""

from django.db.models import Max, Q

from core import clock
from core.calendar import corrections, is_working_day, next_working_day, why_off
from core.findings import Finding
from criteria.enums import Exempt, Operator
from registrations.enums import (
    ApprovalState,
    FigureVerdict,
    ObligationKind,
    PeriodState,
    TeamRole,
    VisitState,
)
from registrations.models import ApprovalSetting, Period
from registrations.models import Finding as InspectionFinding
from registrations.models.campaign import LAST_DAYS
from registrations.models.report import UNDER_REVIEW


def missing_for_filing(registration) -> list[Finding]:
    """What a registration lacks to be filed; with the head's word, where the unit wants it."""
    findings = missing_for_asking(registration)
    if registration.is_on_paper or not wants_head_approval(registration):
        return findings
    if not is_approved_by_head(registration):
        findings.append(Finding("Thủ trưởng đơn vị chưa duyệt bản này.", field="approval"))
    return findings


def wants_head_approval(registration) -> bool:
    return ApprovalSetting.objects.filter(unit=registration.unit_id, is_required=True).exists()


def is_approved_by_head(registration) -> bool:
    """The head has approved the registration exactly as it stands."""
    approved = registration.approvals.filter(state=ApprovalState.APPROVED, version=registration.version)
    return approved.exists()


def missing_for_asking(registration) -> list[Finding]:
    """What the words of a registration lack (plan IV.1: targets, objectives, tasks with a product)."""
    findings = _missing_of_paper(registration) if registration.is_on_paper else []
    findings += _missing_of_period(registration)
    if not registration.contact_name.strip():
        findings.append(Finding("Chưa ghi người liên hệ.", field="contact_name"))
    if not registration.objectives.strip():
        findings.append(Finding("Chưa nêu mục tiêu thi đua.", field="objectives"))
    if not any(t.level.strip() for t in registration.targets.all()):
        findings.append(Finding("Chưa ghi mức phấn đấu cho chỉ tiêu nào.", field="targets"))
    tasks = list(registration.tasks.all())
    if not tasks:
        findings.append(Finding("Chưa có nhiệm vụ nào.", field="tasks"))
    for number, task in enumerate(tasks, start=1):
        if not task.product.strip():
            findings.append(
                Finding(f"Nhiệm vụ {number} chưa ghi sản phẩm cụ thể (Kế hoạch, mục IV.1).", field="tasks")
            )
    if not registration.attachments.filter(is_removed=False).exists():
        what = "bản quét văn bản đã nhận" if registration.is_on_paper else "kế hoạch đã ký"
        findings.append(Finding(f"Chưa đính kèm {what} (PDF).", field="upload"))
    return findings


def _missing_of_period(registration) -> list[Finding]:
    """Whether the period takes it: on the day it is filed, or on which the paper was received."""
    period = registration.period
    day = registration.received_on if registration.is_on_paper else clock.today()
    if day is None:
        return []
    if period.state_on(day) == PeriodState.UPCOMING:
        return [Finding(f"Kỳ đăng ký năm {period.year} mở từ ngày {period.opens_on:%d/%m/%Y}.")]
    # A returned registration may be supplemented until its own day, even after the lock.
    supplementing = registration.supplement_due is not None and day <= registration.supplement_due
    if period.state_on(day) == PeriodState.LOCKED and not supplementing:
        return [
            Finding(
                f"Kỳ đăng ký năm {period.year} đã khóa sau ngày {period.locks_on:%d/%m/%Y}. "
                "Hãy liên hệ cơ quan thường trực."
            )
        ]
    return []


def _missing_of_paper(registration) -> list[Finding]:
    """What a clerk still has to say of the paper that came in."""
    findings = []
    if not registration.paper_number.strip():
        findings.append(Finding("Chưa ghi số văn bản đến.", field="paper_number"))
    if registration.received_on is None:
        findings.append(Finding("Chưa ghi ngày nhận văn bản.", field="received_on"))
    elif registration.received_on > clock.today():
        findings.append(Finding("Ngày nhận văn bản ở tương lai.", field="received_on"))
    return findings


def may_not_apply(criterion, unit) -> bool:
    """Whether the unit may say that the criterion does not apply to it; the criteria set decides."""
    if criterion.exempt == Exempt.NO_PROCEDURES:
        return not unit.has_admin_procedures
    return criterion.exempt == Exempt.ANY


def _is_answered(figure, criterion, unit) -> bool:
    if figure is None:
        return False
    if figure.not_applicable:
        return may_not_apply(criterion, unit)
    if criterion.operator == Operator.YES_NO:
        return figure.answer is not None
    if criterion.operator == Operator.JUDGED:
        return bool(figure.note.strip())
    return figure.numerator is not None and (figure.denominator or 0) > 0


def missing_for_submitting(report, criteria) -> list[Finding]:
    """What a report lacks to be submitted: an answer to each of `criteria`, and words."""
    figures = {f.criterion_id: f for f in report.figures.all()}
    findings = []
    for criterion in criteria:
        figure = figures.get(criterion.pk)
        if _is_answered(figure, criterion, report.unit):
            continue
        if not may_not_apply(criterion, report.unit):
            reason = "chưa có số liệu; tiêu chí này mọi đơn vị cùng loại đều phải trả lời"
        elif figure is not None and figure.denominator == 0:
            reason = "mẫu số bằng 0, hãy ghi lý do không áp dụng"
        elif criterion.operator == Operator.JUDGED:
            reason = "hãy nêu kết quả bằng lời ở ô ghi chú"
        else:
            reason = "chưa có số liệu; nếu không áp dụng, hãy ghi lý do"
        findings.append(Finding(f"{criterion.name}: {reason}.", field=f"c{criterion.pk}"))
    if not report.narrative.strip():
        findings.append(Finding("Chưa nêu kết quả nổi bật.", field="narrative"))
    return findings


def missing_for_judging(figure, verdict, *, numerator, denominator, answer, comment) -> list[Finding]:
    """What the standing body's word on one figure lacks."""
    findings = []
    if verdict not in (FigureVerdict.ACCEPTED, FigureVerdict.CORRECTED, FigureVerdict.REFUSED):
        findings.append(Finding("Hãy chọn kết luận.", field="verdict"))
    if verdict in (FigureVerdict.CORRECTED, FigureVerdict.REFUSED) and not comment.strip():
        findings.append(Finding("Hãy nêu lý do để đơn vị hiểu.", field="comment"))
    if verdict == FigureVerdict.CORRECTED:
        operator = Operator(figure.criterion.operator)
        if operator == Operator.JUDGED:
            findings.append(Finding("Tiêu chí này không có số để điều chỉnh.", field="verdict"))
        elif operator == Operator.YES_NO:
            if answer is None:
                findings.append(Finding("Hãy chọn câu trả lời đúng.", field="answer"))
            elif answer == figure.answer:
                findings.append(Finding("Đơn vị đã trả lời như vậy: hãy chọn “Chấp nhận”.", field="answer"))
        elif numerator is None or not denominator:
            findings.append(Finding("Nhập đủ tử số và mẫu số, mẫu số lớn hơn 0.", field="numerator"))
        elif numerator > denominator:
            findings.append(Finding("Tử số không được lớn hơn mẫu số.", field="numerator"))
    return findings


def missing_for_verifying(report) -> list[Finding]:
    """Each figure needs the standing body's word."""
    return [
        Finding(f"{figure.criterion.name}: chưa thẩm định.", field=f"f{figure.pk}")
        for figure in report.figures.all()
        if figure.verdict == FigureVerdict.PENDING
    ]


def missing_for_contesting(report, answers) -> list[Finding]:
    """What the unit's answers lack: one per refused figure, and a reason where it contests.

    `answers` are `{"is_contested", "text", "uploads"}` by the code of the criterion.
    """
    findings = []
    refused = report.figures.filter(verdict=FigureVerdict.REFUSED).select_related("criterion")
    for figure in refused:
        code = figure.criterion.code
        said = answers.get(code)
        if said is None:
            message = f"{figure.criterion.name}: hãy chọn đồng ý hoặc kiến nghị."
            findings.append(Finding(message, field=f"{code}-choice"))
        elif said["is_contested"] and not said["text"].strip():
            message = f"{figure.criterion.name}: hãy nêu nội dung kiến nghị."
            findings.append(Finding(message, field=f"{code}-text"))
    if not findings and not any(answers[f.criterion.code]["is_contested"] for f in refused):
        findings.append(
            Finding("Đơn vị đồng ý với mọi kết luận thì không cần gửi kiến nghị; hết hạn là xong.")
        )
    return findings


def conflict_with(user, unit) -> str:
    """Why the person may not judge anything of the unit, in words; "" when nothing stands in the way."""
    if unit.pk not in user.conflicted_units:
        return ""
    return (
        f"{user.full_name} đang hoặc vừa công tác tại {unit.name}, hoặc tại đơn vị cấp trên, cấp dưới, "
        "tiền thân, kế thừa của đơn vị này"
    )


def missing_for_judging_person(criterion, reason, evidence) -> list[Finding]:
    """What a decision on someone lacks: only what no number can judge, with evidence and a reason."""
    findings = []
    if criterion.operator != Operator.JUDGED:
        findings.append(Finding("Tiêu chí này tính bằng số liệu, không kết luận theo minh chứng."))
    if not reason.strip():
        findings.append(Finding("Hãy nêu lý do của kết luận.", field="reason"))
    if not evidence:
        findings.append(Finding("Chưa có minh chứng nào.", field="evidence"))
    return findings


def missing_for_starting(inspection, decision: dict) -> list[Finding]:
    """What an inspection lacks to begin: a signed decision, a head of the team, somewhere to go."""
    findings = []
    if not (decision["number"].strip() and decision["signed_on"] and decision["file"]):
        findings.append(
            Finding("Chưa ghi đủ số, ngày và bản đã ký của quyết định thành lập đoàn.", field="number")
        )
    if not inspection.members.filter(role=TeamRole.HEAD).exists():
        findings.append(Finding("Đoàn chưa có trưởng đoàn.", field="team"))
    visits = list(inspection.visits.select_related("unit"))
    if not visits:
        findings.append(Finding("Chưa có đơn vị nào trong chương trình kiểm tra.", field="programme"))
    findings += [
        Finding(
            f"Ngày làm việc tại {visit.unit.name} ({visit.on:%d/%m/%Y}) nằm ngoài thời gian của đợt.",
            field="programme",
        )
        for visit in visits
        if not inspection.starts_on <= visit.on <= inspection.ends_on
    ]
    return findings


def missing_for_communicating(visit) -> list[Finding]:
    """What the team has to say before the unit reads it; each shortcoming with its remedy and day."""
    findings = []
    if clock.today() < visit.on:
        findings.append(Finding(f"Chưa đến ngày làm việc tại đơn vị ({visit.on:%d/%m/%Y})."))
    if not visit.summary.strip():
        findings.append(Finding("Chưa ghi nhận xét chung.", field="summary"))
    for number, found in enumerate(visit.findings.all(), start=1):
        if not found.is_good and not (found.remedy.strip() and found.due):
            findings.append(
                Finding(f"Phát hiện {number} chưa ghi yêu cầu và hạn khắc phục.", field=f"finding-{number}")
            )
    return findings


def missing_for_concluding(inspection, conclusion: str) -> list[Finding]:
    findings = [
        Finding(f"Chưa thông báo kết quả cho {visit.unit.name}.", field="programme")
        for visit in inspection.visits.filter(state=VisitState.PLANNED).select_related("unit")
    ]
    if not conclusion.strip():
        findings.append(Finding("Chưa ghi đánh giá chung.", field="conclusion"))
    return findings


def missing_for_closing(inspection) -> list[Finding]:
    waiting = InspectionFinding.objects.filter(visit__inspection=inspection).to_remedy().count()
    return [Finding(f"Còn {waiting} phát hiện chưa khắc phục xong.")] if waiting else []


def missing_for_sending_pilots(pilot_list) -> list[Finding]:
    """An empty list is no list; a number other than wanted is said and does not stop."""
    if not pilot_list.pilots.exists():
        return [Finding("Danh sách chưa có đơn vị nào.", field="pilots")]
    return number_of_pilots(pilot_list)


def number_of_pilots(pilot_list) -> list[Finding]:
    """The warning when the number of pilots is not that of the plan (III.3)."""
    norm = pilot_list.norm
    if norm is None:
        return []
    running = sum(not pilot.is_over for pilot in pilot_list.pilots.all())
    if norm.holds(running):
        return []
    said = f"đang có {running:02d} đơn vị" if running else "chưa có đơn vị nào"
    return [
        Finding(
            f"{pilot_list.chooser[:1].upper()}{pilot_list.chooser[1:]} {said}; "
            f"cần {norm.wanted} ({norm.clause}).",
            blocks=False,
        )
    ]


def missing_for_extending(obligation, last_day) -> list[Finding]:
    """An extension is later than everyone's day and never past the lock: nothing is taken then.

    A day that is past helps only who has filed by it, late as it stood.
    """
    period = obligation.period
    common = period.dues.get(obligation.kind, obligation.due)
    if obligation.is_waived:
        return [Finding("Đơn vị đang được miễn, không cần gia hạn.")]
    if last_day <= common:
        message = f"Ngày gia hạn phải sau hạn chung {common:%d/%m/%Y}."
    elif last_day < clock.today() and obligation.met_at is None:
        message = "Ngày gia hạn đã qua mà đơn vị chưa nộp."
    elif obligation.kind == ObligationKind.REGISTRATION and last_day > period.locks_on:
        message = (
            f"Kỳ khóa sau ngày {period.locks_on:%d/%m/%Y}, khi đó không nhận đăng ký nữa. "
            "Hãy chọn ngày sớm hơn, hoặc dời ngày khóa của kỳ trước."
        )
    else:
        return []
    return [Finding(message, field="last_day")]


def missing_for_moving(period) -> list[Finding]:
    """The lock may not come before the last day of a unit that was given more time."""
    owed = period.obligations.filter(kind=ObligationKind.REGISTRATION, extensions__ended_at__isnull=True)
    latest = owed.aggregate(day=Max("extensions__last_day"))["day"]
    if latest is None or latest <= period.locks_on:
        return []
    return [
        Finding(
            f"Có đơn vị được gia hạn đến hết ngày {latest:%d/%m/%Y}; kỳ không khóa sớm hơn ngày đó được.",
            field="locks_on",
        )
    ]


def days_off(period) -> list[Finding]:
    """Milestones that fall on a day off, with the next working day as a suggestion; nothing is moved."""
    known = corrections()
    findings = []
    for field in LAST_DAYS:
        day = getattr(period, field)
        if day and not is_working_day(day, known):
            label = period._meta.get_field(field).verbose_name
            findings.append(
                Finding(
                    f"{label[:1].upper()}{label[1:]} {day:%d/%m/%Y} là {why_off(day, known)}. "
                    f"Ngày làm việc tiếp theo: {next_working_day(day, known):%d/%m/%Y}.",
                    field=field,
                    blocks=False,
                )
            )
    return findings


def running_with(criteria_set) -> list[Finding]:
    """Why a criteria set must go on binding: periods that run by it, reports that await their verdict."""
    today = clock.today()
    awaited = Q(reports__state__in=UNDER_REVIEW, reports__kind=ObligationKind.ANNUAL_REPORT)
    running = Q(opens_on__lte=today, report_last_day__gte=today) | awaited
    periods = Period.objects.filter(running, campaign__criteria_set=criteria_set).distinct()
    return [Finding(f"Kỳ năm {period.year} đang dùng bộ {criteria_set.code}.") for period in periods]
