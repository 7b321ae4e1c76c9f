"""Prize money: coefficient × base salary of the day of the decision, rounded up to 10.000 đồng.

Both rates are dated rows; the rounding follows NĐ 152/2025 Art. 49.2 read as "up".
"""

from dataclasses import dataclass
from datetime import date

from awards.enums import KIND_ORDER, NomineeKind
from awards.models import AwardForm, BaseSalary, PrizeCoefficient
from core.vietnamese import format_number

STEP = 10_000


@dataclass(frozen=True)
class Prize:
    """`amount` in đồng, or None when no rate was in force; `explanation` says how or why not."""

    amount: int | None
    explanation: str


def prize(form: AwardForm, nominee_kind: str, day: date) -> Prize:
    coefficient = PrizeCoefficient.objects.filter(
        form=form, nominee_kind=nominee_kind, validity__contains=day
    ).first()
    salary = BaseSalary.objects.filter(validity__contains=day).first()
    if coefficient is None:
        return Prize(None, f"Không có hệ số tiền thưởng cho đối tượng này vào ngày {day:%d/%m/%Y}.")
    if salary is None:
        return Prize(None, f"Chưa khai báo mức lương cơ sở vào ngày {day:%d/%m/%Y}.")
    exact = coefficient.hundredths * salary.amount  # in hundredths of a đồng
    amount = -(-exact // (100 * STEP)) * STEP
    factor = f"{coefficient.hundredths / 100:g}".replace(".", ",")
    sum_ = f"{factor} × {format_number(salary.amount)} đồng"
    if exact % 100:
        unrounded = f"{format_number(exact // 100)},{exact % 100:02d}"
    else:
        unrounded = format_number(exact // 100)
    rounded = "" if exact == amount * 100 else f", làm tròn lên {format_number(amount)} đồng"
    bases = f"{coefficient.basis}; {salary.basis}"
    return Prize(amount, f"{sum_} = {unrounded} đồng{rounded} ({bases})")


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


def preview(form: AwardForm, counts: dict[str, int], day: date) -> Preview:
    """What `counts` nominees by kind would receive by a decision of `day`."""
    return Preview(
        [
            Line(NomineeKind(kind), counts[kind], prize(form, kind, day))
            for kind in sorted(counts, key=lambda kind: KIND_ORDER[kind])
        ]
    )
