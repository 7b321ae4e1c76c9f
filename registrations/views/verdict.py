"""The lines of a verdict page: each criterion with its figure, bar, result and evidence."""

from django.urls import reverse

from core import files
from core.vietnamese import format_number
from criteria.enums import Operator, Verdict
from registrations import flags, workflow, years
from registrations.enums import FigureVerdict, ReportState
from registrations.models import FigureEvidence, findings_for
from registrations.models.report import UNDER_REVIEW

TONES = {
    FigureVerdict.PENDING: "neutral",
    FigureVerdict.ACCEPTED: "success",
    FigureVerdict.CORRECTED: "warning",
    FigureVerdict.REFUSED: "danger",
}


def figures_for(report, *, is_own: bool):
    """The figures with `readable_evidence`, and the words, as this reader may see them.

    Others than the unit read what was submitted, not what it is changing after a return.
    """
    figures = list(
        report.figures.select_related("criterion").prefetch_related(files.with_notes("evidence__file"))
    )
    words = {name: getattr(report, name) for name in workflow.REPORT_WORDS}
    words["initiatives"] = list(report.initiatives.values(*workflow.INITIATIVE_PARTS))
    is_live = is_own or report.state in (*UNDER_REVIEW, ReportState.VERIFIED)
    for figure in figures:
        evidence = figure.evidence.all()
        if is_live:
            figure.readable_evidence = [e for e in evidence if not e.is_removed]
        else:
            said = report.snapshot["figures"][figure.criterion.code]
            for name in workflow.FIGURE_FIELDS:
                setattr(figure, name, said[name])
            figure.readable_evidence = [e for e in evidence if e.file.sha256 in said["evidence"]]
    if not is_live:
        words = {name: report.snapshot[name] for name in words}
    return figures, words


def lines_of(report, figures, *, on_verified=False) -> list[dict]:
    read = workflow.verified if on_verified else workflow.declared
    results = workflow.assess(figures, on_verified=on_verified)
    return [
        {
            "criterion": figure.criterion,
            "figure": figure,
            "value": read(figure),
            "result": result,
            "bar": read(figure).bar,
            "refused": _refused(figure, result) if on_verified else "",
            "tone": TONES[figure.verdict],
            "files": [
                {
                    "uid": e.file.uid,
                    "name": e.file.name,
                    "size": e.file.size,
                    "file": e.file,
                    "url": reverse("registrations:evidence", args=[report.uid, e.file.uid]),
                }
                for e in figure.readable_evidence
            ],
        }
        for figure, result in zip(figures, results, strict=True)
    ]


def tiles_of(lines) -> list[dict]:
    """How many of each verdict there are, for `components/stat_tiles.html`."""
    verdicts = [line["result"].verdict for line in lines]
    return [{"number": verdicts.count(v), "label": v.label, "tone": v.tone} for v in Verdict if v in verdicts]


def in_context(report, lines, user) -> list[dict]:
    """The lines with what stands beside each: last year, a jump, what inspections found, what to do."""
    last = years.last_year(report)
    told = list(findings_for(report.unit, report.period).visible_to(user))
    campaign = report.period.campaign
    for line in lines:
        code = line["criterion"].code
        line["before"] = last.get(code)
        line["jump"] = jump_in_words(line["value"], line["before"], campaign)
        line["findings"] = [f for f in told if f.criterion and f.criterion.code == code]
        line["advice"] = advice(line["criterion"], line["value"], line["result"])
        if line["refused"]:
            line["advice"] = _advice_on_refusal(report)
    return lines


def _refused(figure, result) -> str:
    """What stands instead of the sum where the figure was refused: it counts as missing, for a reason."""
    if figure.verdict != FigureVerdict.REFUSED or result.verdict != Verdict.MISSING:
        return ""
    said = "Lý do không áp dụng" if figure.not_applicable else "Câu trả lời"
    if figure.numerator is not None:
        said = f"Số {format_number(figure.numerator)}/{format_number(figure.denominator)}"
    return f"{said} đơn vị khai không được chấp nhận: {figure.comment}"


def _advice_on_refusal(report) -> str:
    if report.may_still_be_contested:
        day = f"{report.contest_last_day:%d/%m/%Y}"
        return f"Kiến nghị, kèm minh chứng, đến hết ngày {day}; hoặc đồng ý với kết luận."
    return "Kết luận là cuối cùng; kỳ sau nộp số liệu kèm minh chứng."


def jump_in_words(figure, before, campaign) -> str:
    """The warning beside a figure that has moved far since last year; "" when it has not."""
    moved = flags.jump(figure, before.figure, campaign) if before else ""
    if not moved:
        return ""
    return f"{moved} so với năm {before.report.period.year}. Hãy kiểm tra lại số và ghi lý do ở phần ghi chú."


def advice(criterion, figure, result) -> str:
    """What to do about a criterion that is not met, in one sentence; "" when there is nothing to do."""
    if result.verdict == Verdict.MISSING:
        if figure.denominator == 0:
            return "Ghi lý do không áp dụng, vì không có trường hợp nào để tính."
        return "Bổ sung số liệu kèm minh chứng."
    if result.verdict == Verdict.TO_BE_JUDGED:
        return "Nêu kết quả bằng lời, kèm minh chứng; cơ quan thường trực kết luận."
    if result.verdict != Verdict.NOT_MET:
        return ""
    if criterion.operator == Operator.YES_NO:
        return "Hoàn thành việc này rồi trả lời “Có”, kèm minh chứng."
    if not result.shortfall:
        return "Xem ý kiến của cơ quan thường trực và bổ sung minh chứng."
    least = format_number(figure.numerator + result.shortfall)
    return (
        f"Cần thêm ít nhất {format_number(result.shortfall)} {criterion.unit_word}: "
        f"từ {format_number(figure.numerator)} lên {least} trên {format_number(figure.denominator)}."
    )


def failing(lines) -> list[dict]:
    """The lines that stand between the unit and the standard, the required ones first."""
    open_ = (Verdict.NOT_MET, Verdict.MISSING, Verdict.TO_BE_JUDGED)
    found = [line for line in lines if line["result"].verdict in open_]
    return sorted(found, key=lambda line: not line["criterion"].is_required)


def removed_evidence(report) -> list[FigureEvidence]:
    """What the unit has taken away again; kept and told, to the unit alone."""
    rows = FigureEvidence.objects.filter(figure__report=report, is_removed=True)
    return list(rows.select_related("file", "figure__criterion", "removed_by").order_by("-removed_at", "-id"))
