"""Is there enough? One source for the page (beside the button) and for the workflow."""

from core import clock
from core.findings import Finding
from criteria.enums import Operator
from registrations.enums import FigureVerdict, PeriodState


def missing_for_filing(registration) -> list[Finding]:
    """What a registration lacks to be filed (plan IV.1: targets, objectives, tasks with a product)."""
    findings = []
    period = registration.period
    day = clock.today()
    if period.state_on(day) == PeriodState.UPCOMING:
        findings.append(Finding(f"Kỳ đăng ký năm {period.year} mở từ ngày {period.opens_on:%d/%m/%Y}."))
    # A returned registration may be supplemented until its own day, even after the lock.
    supplementing = registration.supplement_due is not None
    if period.state_on(day) == PeriodState.LOCKED and not supplementing:
        findings.append(
            Finding(
                f"Kỳ đăng ký năm {period.year} đã khóa sau ngày {period.locks_on:%d/%m/%Y}. "
                "Hãy liên hệ cơ quan thường trực."
            )
        )
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
        findings.append(Finding("Chưa đính kèm kế hoạch đã ký (PDF).", field="upload"))
    return findings


def _is_answered(figure, criterion) -> bool:
    if figure is None:
        return False
    if figure.not_applicable:
        return True
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
        if _is_answered(figure, criterion):
            continue
        if figure is not None and figure.denominator == 0:
            reason = "mẫu số bằng 0, hãy ghi lý do không áp dụng"
        elif criterion.operator == Operator.JUDGED:
            reason = "hãy nêu kết quả bằng lời ở ô ghi chú"
        else:
            reason = "chưa có số liệu; nếu không áp dụng, hãy ghi lý do"
        findings.append(Finding(f"{criterion.name}: {reason}.", field=f"c{criterion.pk}"))
    if not report.narrative.strip():
        findings.append(Finding("Chưa nêu kết quả nổi bật trong năm.", field="narrative"))
    return findings


def missing_for_judging(criterion, verdict, numerator, denominator, comment) -> list[Finding]:
    """What the standing body's word on one figure lacks."""
    findings = []
    if verdict not in (FigureVerdict.ACCEPTED, FigureVerdict.CORRECTED, FigureVerdict.REFUSED):
        findings.append(Finding("Hãy chọn kết luận.", field="verdict"))
    if verdict in (FigureVerdict.CORRECTED, FigureVerdict.REFUSED) and not comment.strip():
        findings.append(Finding("Hãy nêu lý do để đơn vị hiểu.", field="comment"))
    if verdict == FigureVerdict.CORRECTED:
        if not Operator(criterion.operator).is_ratio:
            findings.append(Finding("Tiêu chí này không có số để điều chỉnh.", field="verdict"))
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
