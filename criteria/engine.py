"""The criteria engine: plain values in, verdicts out.

Exact integers only: `numerator * 100` is held against `threshold * denominator`;
nothing is rounded before the comparison and no float exists here. No Django, no
database, no clock: the same rules and figures give the same answer years later.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.vietnamese import format_number, format_percent
from criteria.enums import Operator, Verdict

#: Raised by one whenever the same rules and figures could give another answer or wording.
ENGINE_VERSION = "1"
#: Figures are whole numbers from 0 to this, inclusive.
MAX_FIGURE = 10**18


@dataclass(frozen=True)
class Rule:
    """One criterion. `threshold` is a whole percentage for ratios, None otherwise;
    `unit_word` is what the numerator counts ("hồ sơ")."""

    code: str
    clause: str
    operator: Operator
    threshold: int | None = None
    unit_word: str = "đơn vị tính"
    is_required: bool = True

    def __post_init__(self):
        allowed = {
            Operator.GE: range(1, 101),
            Operator.GT: range(1, 100),  # nothing exceeds 100 %
            Operator.EQ: (100,),
        }.get(self.operator, (None,))
        if self.threshold not in allowed:
            raise ValueError(f"{self.code}: operator {self.operator} cannot have threshold {self.threshold}")


@dataclass(frozen=True)
class Figure:
    """What a unit says about one criterion; None is "not said", never zero.

    `not_applicable` is the reason why the criterion does not apply, "" when it does;
    `answer` belongs to yes/no criteria.
    """

    numerator: int | None = None
    denominator: int | None = None
    not_applicable: str = ""
    answer: bool | None = None

    @property
    def bar(self) -> str | None:
        """The ratio in per cent, cut at two decimals, as the length of a bar ("94.99")."""
        if self.numerator is None or not self.denominator:
            return None
        whole, hundredths = divmod(self.numerator * 10_000 // self.denominator, 100)
        return f"{whole}.{hundredths:02}"


@dataclass(frozen=True)
class Result:
    """`shortfall`: the least number of units by which the numerator must grow to meet the
    criterion, the denominator unchanged; 0 when met, None where nothing can be counted.
    `percent`: the ratio on its true side of the threshold ("94,99 %"), "" without a ratio."""

    code: str
    verdict: Verdict
    clause: str
    operator: Operator
    threshold: int | None
    explanation: str
    shortfall: int | None
    percent: str
    is_required: bool


def stated_reason(text: str) -> str:
    """The reason why a criterion does not apply; blanks, dashes and dots are none."""
    return text.strip() if any(char.isalnum() for char in text) else ""


def inconsistencies(figure: Figure) -> list[tuple[str, str]]:
    """Why the figure cannot be true, as (field, message in Vietnamese); empty when it can."""
    found = []
    numerator, denominator = figure.numerator, figure.denominator
    for field, value in (("numerator", numerator), ("denominator", denominator)):
        if value is not None and not 0 <= value <= MAX_FIGURE:
            found.append((field, "Phải là số nguyên từ 0 đến 10^18."))
    if not found and numerator is not None and denominator is not None and numerator > denominator:
        found.append(("numerator", "Tử số không được lớn hơn mẫu số."))
    if figure.not_applicable and (numerator or denominator):
        found.append(("not_applicable", "Chỉ ghi “không áp dụng” khi tử số và mẫu số bằng 0 hoặc để trống."))
    if figure.not_applicable and figure.answer is not None:
        found.append(("not_applicable", "Đã trả lời có hoặc chưa có thì không ghi “không áp dụng”."))
    return found


def evaluate(rules: Iterable[Rule], figures: Mapping[str, Figure]) -> list[Result]:
    """One result per rule, in the order of the rules. Figures of other codes are ignored.

    Raises ValueError for a figure that `inconsistencies` complains about.
    """
    return [_result(rule, figures.get(rule.code, Figure())) for rule in rules]


def summarise(results: Iterable[Result]) -> dict[str, int | bool]:
    """How many of each verdict, of all (`total`) and of those that apply (`applicable`).

    `required_met`: every required criterion that applies is met, and at least one is.
    """
    results = list(results)
    verdicts = Counter(result.verdict for result in results)
    binding = [r for r in results if r.is_required and r.verdict != Verdict.NOT_APPLICABLE]
    return {
        "total": len(results),
        "applicable": len(results) - verdicts[Verdict.NOT_APPLICABLE],
        **{verdict.value: verdicts[verdict] for verdict in Verdict},
        "required_met": bool(binding) and all(r.verdict == Verdict.MET for r in binding),
    }


def _result(rule: Rule, figure: Figure) -> Result:
    found = inconsistencies(figure)
    if found:
        raise ValueError(f"{rule.code}: {found}")
    percent = ""
    if rule.operator.is_ratio and figure.numerator is not None and figure.denominator:
        percent = format_percent(figure.numerator, figure.denominator, threshold=rule.threshold)
    verdict, explanation, shortfall = _verdict(rule, figure, percent)
    return Result(
        code=rule.code,
        verdict=verdict,
        clause=rule.clause,
        operator=rule.operator,
        threshold=rule.threshold,
        explanation=explanation,
        shortfall=shortfall,
        percent=percent,
        is_required=rule.is_required,
    )


def _verdict(rule: Rule, figure: Figure, percent: str) -> tuple[Verdict, str, int | None]:
    if rule.operator == Operator.JUDGED:
        return Verdict.TO_BE_JUDGED, "Không tính bằng con số: chờ xét theo minh chứng.", None
    if figure.not_applicable:
        return Verdict.NOT_APPLICABLE, f"Không áp dụng: {figure.not_applicable}", None
    if rule.operator == Operator.YES_NO:
        return _answered(figure)
    return _measured(rule, figure, percent)


def _answered(figure: Figure) -> tuple[Verdict, str, int | None]:
    if figure.answer is None:
        return Verdict.MISSING, "Chưa có câu trả lời.", None
    if figure.answer:
        return Verdict.MET, "Trả lời: có; đạt", 0
    return Verdict.NOT_MET, "Trả lời: chưa có; chưa đạt", None


def _measured(rule: Rule, figure: Figure, percent: str) -> tuple[Verdict, str, int | None]:
    numerator, denominator = figure.numerator, figure.denominator
    if numerator is None and denominator is None:
        return Verdict.MISSING, "Chưa có số liệu.", None
    if numerator is None:
        return Verdict.MISSING, "Chưa có tử số.", None
    if denominator is None:
        return Verdict.MISSING, "Chưa có mẫu số.", None
    if denominator == 0:
        return Verdict.MISSING, "Mẫu số bằng 0: cần nêu lý do không áp dụng.", None

    ratio = f"{format_number(numerator)}/{format_number(denominator)}"
    held = f"{percent} = {ratio}, cần {rule.operator.symbol} {rule.threshold} %"
    shortfall = max(0, _least_numerator(rule, denominator) - numerator)
    if shortfall == 0:
        return Verdict.MET, f"{held}: đạt", 0
    return (
        Verdict.NOT_MET,
        f"{held}: chưa đạt, còn thiếu {format_number(shortfall)} {rule.unit_word}",
        shortfall,
    )


def _least_numerator(rule: Rule, denominator: int) -> int:
    """The smallest numerator that meets the rule over this denominator."""
    if rule.operator == Operator.GT:
        return rule.threshold * denominator // 100 + 1
    return -(-rule.threshold * denominator // 100)
