"""What calls for a second look at a figure. The margins are data of the campaign, with their basis.

Exact integers, as in the engine: nothing is divided before it is compared.
"""

from collections.abc import Iterator

from criteria.engine import Figure, Rule
from criteria.enums import Operator, Verdict
from registrations.evaluation import declared
from registrations.models import Campaign, Report, findings_for
from registrations.years import Said, last_year


def has_ratio(figure: Figure | None) -> bool:
    return figure is not None and figure.numerator is not None and bool(figure.denominator)


def jump(now: Figure, before: Figure | None, campaign: Campaign) -> str:
    """How far the ratio has moved since `before`, in words; "" when that is less than the margin."""
    if not (has_ratio(now) and has_ratio(before)):
        return ""
    moved = now.numerator * before.denominator - before.numerator * now.denominator
    of = now.denominator * before.denominator
    if abs(moved) * 100 < campaign.jump_margin * of:
        return ""
    return f"{'Tăng' if moved > 0 else 'Giảm'} {_points(abs(moved), of)} điểm phần trăm"


def near(rule: Rule, now: Figure, campaign: Campaign) -> str:
    """How close the ratio is to the threshold, in words; "" when that is more than the margin."""
    if not (rule.operator.is_ratio and has_ratio(now)):
        return ""
    away = now.numerator * 100 - rule.threshold * now.denominator
    if abs(away) > campaign.near_margin * now.denominator:
        return ""
    return f"Cách mức phải đạt {_points(abs(away), now.denominator * 100)} điểm phần trăm"


def _points(part: int, of: int) -> str:
    """`part` / `of` as percentage points, cut at one decimal: "25,3"."""
    whole, tenths = divmod(part * 1000 // of, 10)
    return f"{whole},{tenths}"


def flags_of(report: Report) -> dict[str, list[str]]:
    """By code of the criterion, why its figure is to be looked at by itself; none: it may be
    accepted together with others."""
    campaign, last = report.period.campaign, last_year(report)
    told = findings_for(report.unit, report.period)
    doubted = {f.criterion.code: f for f in told if f.criterion and not f.is_good}
    found = {}
    for figure in report.figures.select_related("criterion").prefetch_related("evidence"):
        code = figure.criterion.code
        found[code] = list(_reasons(figure, campaign, last.get(code)))
        if code in doubted:
            found[code].append(f"Kiểm tra: {doubted[code].get_kind_display().lower()}")
    return {code: reasons for code, reasons in found.items() if reasons}


def _reasons(figure, campaign, before: Said | None) -> Iterator[str]:
    said = declared(figure)
    if figure.criterion.operator == Operator.JUDGED:
        yield "Không tính được bằng số, cần người kết luận theo minh chứng"
    if said.not_applicable:
        # What the standing body has taken as a reason once need not be asked every year.
        if before is None or before.result.verdict != Verdict.NOT_APPLICABLE:
            yield "Ghi không áp dụng lần đầu, cần xác nhận lý do"
        return
    if not any(not evidence.is_removed for evidence in figure.evidence.all()):
        yield "Không có minh chứng"
    if moved := jump(said, before.figure if before else None, campaign):
        yield f"{moved} so với năm {before.report.period.year}"
    if close := near(figure.criterion.rule(), said, campaign):
        yield close
