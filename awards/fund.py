"""What a fund has left in a year, and what a decision would take from it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from awards.models import FundEntry, FundYear
from awards.models.prize import FundEntryKind
from core import clock
from core.vietnamese import format_number


@dataclass(frozen=True)
class Balance:
    """Sums of one year of a fund in đồng; `left` is what may still be promised."""

    ceiling: int
    prizes: int
    paid: int
    other: int
    recovered: int
    warn_percent: int

    @property
    def used(self) -> int:
        return self.prizes + self.other - self.recovered

    @property
    def left(self) -> int:
        return self.ceiling - self.used

    @property
    def unpaid(self) -> int:
        """Promised by decisions and not paid out yet."""
        return self.prizes - self.paid

    @property
    def is_over(self) -> bool:
        return self.used > self.ceiling

    @property
    def is_near(self) -> bool:
        return self.used * 100 >= self.warn_percent * self.ceiling

    @property
    def used_in_words(self) -> str:
        return f"Đã dùng {format_number(self.used)} đồng"

    @property
    def percent(self) -> int:
        """Rounded down, at most 100: for the bar."""
        return 100 if self.used >= self.ceiling else max(0, self.used * 100 // self.ceiling)


def balance(year: FundYear) -> Balance:
    return balances([year])[year.pk]


def balances(years: Iterable[FundYear]) -> dict[int, Balance]:
    """The balance of each, by primary key, in one query."""
    years = list(years)
    sums: dict[int, Counter] = {year.pk: Counter() for year in years}
    entries = FundEntry.objects.filter(fund_year__in=sums).order_by().values_list("fund_year", "kind")
    for year, kind, amount in entries.annotate(Sum("amount")):
        sums[year][kind] = int(amount)
    return {
        year.pk: Balance(
            ceiling=year.ceiling,
            prizes=sums[year.pk][FundEntryKind.PRIZE],
            paid=sums[year.pk][FundEntryKind.PAYMENT],
            other=sums[year.pk][FundEntryKind.OTHER],
            recovered=sums[year.pk][FundEntryKind.RECOVERY],
            warn_percent=year.warn_percent,
        )
        for year in years
    }


def year_of(decision) -> FundYear | None:
    """The year of the fund that pays the decision's prizes, when its ceiling has been stated."""
    if decision.fund_id is None:
        return None
    year = (decision.signed_on or clock.today()).year
    return FundYear.objects.filter(fund=decision.fund_id, year=year).select_related("fund").first()


def charge(decision, awards, *, by) -> None:
    """Enter the prizes of a published decision into the ledger; nothing when no ceiling is stated."""
    year, total = year_of(decision), sum(award.prize_amount or 0 for award in awards)
    if year is None or not total:
        return
    FundEntry.objects.create(
        fund_year=year,
        kind=FundEntryKind.PRIZE,
        amount=total,
        on=decision.signed_on,
        note=f"Quyết định số {decision.number}: {len(awards)} tập thể, hộ gia đình, cá nhân",
        decision=decision,
        recorded_by=by,
        recorded_at=clock.now(),
    )
