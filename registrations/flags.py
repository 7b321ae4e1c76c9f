"""What calls for a second look at a figure. The margins are data of the campaign, with their basis.

Exact integers, as in the engine: nothing is divided before it is compared.
"""

from criteria.engine import Figure, Rule
from registrations.models import Campaign


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
