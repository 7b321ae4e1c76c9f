"""Prize money: coefficient × base salary of the day of the decision, rounded once.

Coefficients, salaries, the rounding and the day that picks the coefficient are dated rows. Salary and
rounding follow the day of the decision (NĐ 152/2025 Art. 49.1).
"""

from dataclasses import dataclass
from datetime import date

from awards.enums import KIND_ORDER, NomineeKind
from awards.models import AwardForm, BaseSalary, PrizeCoefficient, PrizeRule, RuleSet
from awards.models.prize import CoefficientDay, Rounding
from core.vietnamese import format_number


@dataclass(frozen=True)
class Prize:
    """`amount` in đồng, or None when no rate was in force; `explanation` says how or why not."""

    amount: int | None
    explanation: str


def prize(form: AwardForm, nominee_kind: str, day: date, *, received_on: date | None = None) -> Prize:
    """The prize by a decision of `day`; `received_on` is the day the commendation body had the dossier."""
    rule = PrizeRule.objects.filter(validity__contains=day).first()
    if rule is None:
        return Prize(None, f"Chưa khai báo cách tính tiền thưởng cho Quyết định ký ngày {day:%d/%m/%Y}.")
    by_receipt = rule.coefficient_day == CoefficientDay.RECEIPT and received_on is not None
    of_day = received_on if by_receipt else day
    coefficient = PrizeCoefficient.objects.filter(
        form=form, nominee_kind=nominee_kind, validity__contains=of_day
    ).first()
    if coefficient is None:
        return Prize(None, _why_none(form, NomineeKind(nominee_kind), of_day))
    salary = BaseSalary.objects.filter(validity__contains=day).first()
    if salary is None:
        return Prize(None, f"Chưa khai báo mức lương cơ sở vào ngày {day:%d/%m/%Y}.")
    exact = coefficient.hundredths * salary.amount  # in hundredths of a đồng
    amount = _rounded(exact, rule)
    factor = f"{coefficient.hundredths / 100:g}".replace(".", ",")
    if exact % 100:
        unrounded = f"{format_number(exact // 100)},{exact % 100:02d}"
    else:
        unrounded = format_number(exact // 100)
    how = "làm tròn lên" if rule.rounding == Rounding.UP else "làm tròn"
    rounded = "" if exact == amount * 100 else f", {how} {format_number(amount)} đồng"
    chosen = f", hệ số theo ngày nhận hồ sơ {of_day:%d/%m/%Y}" if by_receipt else ""
    return Prize(
        amount,
        f"{factor} × {format_number(salary.amount)} đồng = {unrounded} đồng{rounded}{chosen} "
        f"({coefficient.basis}; {salary.basis})",
    )


def _rounded(exact: int, rule: PrizeRule) -> int:
    """`exact` is in hundredths of a đồng; rounded once, after all factors (Art. 49.2)."""
    step = 100 * rule.step
    if rule.rounding == Rounding.NONE:
        return -(-exact // 100)
    if rule.rounding == Rounding.NEAREST:
        return (2 * exact + step) // (2 * step) * rule.step
    return -(-exact // step) * rule.step


def _why_none(form: AwardForm, kind: NomineeKind, day: date) -> str:
    rules = RuleSet.objects.in_force_on(day)
    under = f" ({rules.name})" if rules else ""
    others = PrizeCoefficient.objects.filter(form=form, validity__contains=day).exists()
    if others:
        return (
            f"Quy định có hiệu lực ngày {day:%d/%m/%Y}{under} không có mức thưởng cho {kind.label.lower()}."
        )
    return f"Không có hệ số tiền thưởng nào của hình thức này vào ngày {day:%d/%m/%Y}{under}."


@dataclass(frozen=True)
class Line:
    kind: NomineeKind
    count: int
    prize: Prize

    @property
    def amount(self) -> int | None:
        """All of the kind together, in đồng."""
        return None if self.prize.amount is None else self.prize.amount * self.count


@dataclass(frozen=True)
class Preview:
    """The prizes of a list by kind, in the order of printing; `total` leaves out what has no rate."""

    lines: list[Line]

    @property
    def count(self) -> int:
        return sum(line.count for line in self.lines)

    @property
    def total(self) -> int:
        return sum(line.amount or 0 for line in self.lines)

    @property
    def is_complete(self) -> bool:
        return all(line.amount is not None for line in self.lines)


def changed_between(form: AwardForm, earlier: date, later: date) -> str:
    """What became of the prizes of the form between two days, in words; "" when nothing did.

    The day of the decision counts, so whoever proposed may have reckoned with other sums.
    """
    if earlier == later:
        return ""
    changes = []
    for kind in sorted(form.nominee_kinds, key=lambda kind: KIND_ORDER[kind]):
        before = prize(form, kind, earlier, received_on=earlier).amount
        after = prize(form, kind, later, received_on=earlier).amount
        if before != after:
            changes.append(
                f"{NomineeKind(kind).label.lower()} từ {_in_words(before)} thành {_in_words(after)}"
            )
    if not changes:
        return ""
    return (
        f"Mức tiền thưởng đã đổi giữa ngày {earlier:%d/%m/%Y} và ngày {later:%d/%m/%Y}: "
        f"{'; '.join(changes)}. Tiền thưởng tính theo ngày ký Quyết định."
    )


def _in_words(amount: int | None) -> str:
    return "không có mức thưởng" if amount is None else f"{format_number(amount)} đồng"


def preview(
    form: AwardForm, counts: dict[str, int], day: date, *, received_on: date | None = None
) -> Preview:
    """What `counts` nominees by kind would receive by a decision of `day`."""
    return Preview(
        [
            Line(NomineeKind(kind), counts[kind], prize(form, kind, day, received_on=received_on))
            for kind in sorted(counts, key=lambda kind: KIND_ORDER[kind])
        ]
    )
