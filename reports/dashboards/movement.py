"""What units owe and have done: registration, launch, reports; by matter, by tier, over the years.

Counted from obligations as the board counts them (`registrations.board`): it is the list behind each number.
"""

from collections import Counter
from dataclasses import replace

from django.db.models import Count
from django.urls import reverse

from registrations import board
from registrations.enums import ObligationKind
from registrations.models import Obligation
from reports.dashboards.blocks import Block, Cell, Row, bar, count, legend_of, rate
from reports.dashboards.part import ALL, Part
from units.enums import KINDS_OF_TIER, Tier

#: what is counted of the obligations of one kind, by the words of the board's addresses
COUNTED = {"all": "", "met": "da-co", "on_time": "dung-han", "late": "nop-muon", "overdue": "qua-han"}
#: years beside each other, the chosen one the last
YEARS = 5


def tallies(part: Part = ALL) -> dict[int, dict[str, Counter]]:
    """Year → kind → counts of `COUNTED`, in one query."""
    owed = Obligation.objects.filter(part.of(), is_waived=False)
    found: dict[int, dict[str, Counter]] = {}
    for row in owed.order_by().values("period__year", "kind").annotate(**_aggregates()):
        found.setdefault(row["period__year"], {})[row["kind"]] = Counter({n: row[n] for n in COUNTED})
    return found


def by_tier(year: int, part: Part = ALL) -> dict[str, dict[str, Counter]]:
    """Tier → kind → counts, of one year, in one query."""
    owed = Obligation.objects.filter(part.of(), is_waived=False, period__year=year)
    tier_of = {kind: tier for tier, kinds in KINDS_OF_TIER.items() for kind in kinds}
    found: dict[str, dict[str, Counter]] = {}
    for row in owed.order_by().values("unit__kind", "kind").annotate(**_aggregates()):
        of_tier = found.setdefault(tier_of[row["unit__kind"]], {})
        of_tier.setdefault(row["kind"], Counter()).update({name: row[name] for name in COUNTED})
    return found


def tiles(year: int) -> list[dict]:
    """The year in a few numbers, each with its list: registration, then launch where one is owed."""
    found = tallies().get(year, {})
    shown = []
    for kind, words in (
        (
            ObligationKind.REGISTRATION,
            {"all": "đơn vị phải đăng ký", "met": "đã đăng ký", "late": "đăng ký muộn"},
        ),
        (ObligationKind.LAUNCH, {"all": "đơn vị phải phát động", "met": "đã phát động"}),
    ):
        counts = found.get(kind, {})
        overdue = {"overdue": "quá hạn, chưa làm"} if counts.get("overdue") else {}
        shown += [
            {"number": counts[name], "label": label, "url": board_url(year, kind, stage=COUNTED[name])}
            for name, label in (words | overdue).items()
            if counts
        ]
    return shown


def _aggregates():
    return {name: Count("pk", filter=board.in_stage(stage)) for name, stage in COUNTED.items()}


def board_url(year: int, kind: str, *, stage: str = "", part: Part = ALL) -> str:
    choice = board.Choice(year=year, kind=str(kind), tier=part.tier, district=part.district)
    return reverse("registrations:board") + choice.url(stage=stage)


def _bar(counts: Counter) -> tuple[dict, ...]:
    waiting = counts["all"] - counts["met"] - counts["overdue"]
    return bar(
        ("Đúng hạn", "success", counts["on_time"], False),
        ("Nộp muộn", "warning", counts["late"], False),
        ("Quá hạn, chưa nộp", "danger", counts["overdue"], False),
        ("Còn hạn, chưa nộp", "neutral", waiting, True),
    )


def _cells(year, kind, counts, part) -> tuple[Cell, ...]:
    def linked(name):
        return count(counts[name], board_url(year, kind, stage=COUNTED[name], part=part))

    return (
        linked("all"),
        linked("met"),
        Cell(rate(counts["met"], counts["all"])),
        linked("on_time"),
        Cell(rate(counts["on_time"], counts["all"])),
        linked("late"),
        linked("overdue"),
    )


HEADINGS = ("Phải làm", "Đã làm", "Tỷ lệ", "Đúng hạn", "Tỷ lệ đúng hạn", "Nộp muộn", "Quá hạn, chưa nộp")


def of_the_year(year: int, found, part: Part = ALL) -> Block:
    """Each matter of the year: who must, who has, how many on time."""
    rows = tuple(
        Row(
            kind.label,
            _cells(year, kind, counts, part),
            _bar(counts),
            rate(counts["met"], counts["all"]),
        )
        for kind in ObligationKind
        if (counts := found.get(year, {}).get(kind))
    )
    return Block(
        "viec-cua-nam",
        f"Việc của năm {year}",
        "Việc phải làm",
        HEADINGS,
        rows,
        legend_of(rows),
        "Đơn vị phải làm, chia theo thời hạn; bên phải: tỷ lệ đã làm",
        empty=f"Năm {year} chưa có đơn vị nào phải làm. Danh sách được lập khi kỳ mở.",
    )


def of_the_tiers(year: int, kind: ObligationKind, found, part: Part = ALL) -> Block:
    rows = tuple(
        Row(
            tier.label,
            _cells(year, kind, counts, replace(part, tier=tier.value)),
            _bar(counts),
            rate(counts["met"], counts["all"]),
        )
        for tier in Tier
        if (counts := found.get(tier, {}).get(kind))
    )
    return Block(
        f"cap-{kind.value.replace('_', '-')}",
        f"{kind.label} năm {year} theo cấp",
        "Cấp",
        HEADINGS,
        rows,
        legend_of(rows),
        f"{kind.label}: đơn vị phải làm theo cấp; bên phải: tỷ lệ đã làm",
        empty=f"Năm {year} không có đơn vị nào phải làm việc này.",
    )


def over_the_years(year: int, found, part: Part = ALL) -> Block:
    """Registration, launch and annual report, this year beside those before."""
    years = sorted(y for y in found if y <= year)[-YEARS:]
    rows = tuple(_year(y, found[y], part) for y in years)
    return Block(
        "cac-nam",
        "So với các năm trước",
        "Năm",
        (
            "Phải đăng ký",
            "Đã đăng ký",
            "Tỷ lệ đăng ký",
            "Tỷ lệ đúng hạn",
            "Đã phát động",
            "Tỷ lệ phát động",
            "Báo cáo năm đã nộp",
            "Tỷ lệ báo cáo",
        ),
        rows,
        legend_of(rows),
        "Đăng ký thi đua qua các năm; bên phải: tỷ lệ đăng ký",
        empty="Chưa có năm nào để so sánh.",
    )


def _year(year, kinds, part) -> Row:
    registered = kinds.get(ObligationKind.REGISTRATION, Counter())
    launched = kinds.get(ObligationKind.LAUNCH, Counter())
    reported = kinds.get(ObligationKind.ANNUAL_REPORT, Counter())

    def done(kind, counts):
        return count(counts["met"], board_url(year, kind, stage="da-co", part=part)) if counts else Cell("–")

    share = rate(registered["met"], registered["all"])
    return Row(
        str(year),
        (
            count(registered["all"], board_url(year, ObligationKind.REGISTRATION, part=part)),
            done(ObligationKind.REGISTRATION, registered),
            Cell(share),
            Cell(rate(registered["on_time"], registered["all"])),
            done(ObligationKind.LAUNCH, launched),
            Cell(rate(launched["met"], launched["all"])),
            done(ObligationKind.ANNUAL_REPORT, reported),
            Cell(rate(reported["met"], reported["all"])),
        ),
        _bar(registered),
        share,
    )
