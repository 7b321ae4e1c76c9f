"""Who meets the criteria, by tier and by the plan's priority field: on verified figures alone.

Before the standing body's lead has published the ranking of a tier, what was found of it is read by the two
bodies and by nobody else.
"""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.urls import reverse

from core.entries import Entries
from criteria.enums import Verdict
from registrations.enums import ObligationKind, ReportState
from registrations.models import Evaluation, Period, PriorityField, Ranking, Registration
from reports.dashboards.blocks import Block, Cell, Row, bar, count, legend_of, rate
from reports.dashboards.part import ALL, Part
from units.enums import KINDS_OF_TIER, TIER_OF_KIND, Tier

NOT_MET = (Verdict.NOT_MET, Verdict.MISSING)
#: in addresses
VERDICTS = {"dat": (Verdict.MET,), "chua-dat": NOT_MET, "": (Verdict.MET, *NOT_MET)}


_NO_RESULTS = "Kết quả hiện ở đây khi số liệu đã thẩm định và bảng xếp hạng của cấp đã được công bố."
NOTHING_YET = Block("tieu-chi", "Mức đạt tiêu chí", "Cấp", (), (), empty=_NO_RESULTS)


@dataclass(frozen=True)
class Judged:
    """What was found of one unit in one year; `verdicts` by code of the criterion."""

    unit_id: int
    tier: str
    verdicts: dict[str, str]

    def tally(self) -> Counter:
        return Counter(self.verdicts.values())


def tiers_read_by(user, period: Period) -> list[Tier]:
    if user.has_perm("reports.view_unpublished"):
        return list(Tier)
    published = set(Ranking.objects.published().filter(period=period).values_list("tier", flat=True))
    return [tier for tier in Tier if tier in published]


def newest_judged(year: int, user, tier: str = "") -> Period | None:
    """The last year, not after this one, of which the person may read what was found."""
    found = Period.objects.filter(
        year__lte=year, reports__kind=ObligationKind.ANNUAL_REPORT, reports__state=ReportState.VERIFIED
    )
    if not user.has_perm("reports.view_unpublished"):
        published = Ranking.objects.published()
        found = found.filter(pk__in=(published.filter(tier=tier) if tier else published).values("period"))
    return found.select_related("campaign__criteria_set").order_by("-year").first()


def evaluations(period: Period, tiers, district: str = ""):
    """The last evaluation on verified figures of each verified annual report of these tiers."""
    kinds = [kind for tier in tiers for kind in KINDS_OF_TIER[tier]]
    found = Evaluation.objects.filter(
        Part(district=district).of("report__unit"),
        report__period=period,
        report__kind=ObligationKind.ANNUAL_REPORT,
        report__state=ReportState.VERIFIED,
        on_verified=True,
        report__unit__kind__in=kinds,
    )
    return found.order_by("report_id", "-id").distinct("report_id")


def judged(period: Period, tiers, district: str = "") -> list[Judged]:
    rows = evaluations(period, tiers, district).values_list("report__unit", "report__unit__kind", "results")
    return [
        Judged(unit, TIER_OF_KIND[kind], {result["code"]: result["verdict"] for result in results})
        for unit, kind, results in rows
    ]


def list_url(year: int, *, verdict: str = "", **asked) -> str:
    query = {"year": year, **asked, "verdict": verdict}
    return f"{reverse('reports:criteria_list')}?{urlencode({k: v for k, v in query.items() if v})}"


def _parts(tally: Counter) -> tuple[int, int]:
    return tally[Verdict.MET], sum(tally[verdict] for verdict in NOT_MET)


def _row(label, tally, before, url_of) -> Row:
    met, not_met = _parts(tally)
    share = rate(met, met + not_met)
    cells = (
        count(met + not_met, url_of("")),
        count(met, url_of("dat")),
        count(not_met, url_of("chua-dat")),
        Cell(share),
        Cell(rate(_parts(before)[0], sum(_parts(before)))),
    )
    drawn = bar(("Đạt", "success", met, False), ("Chưa đạt, thiếu số liệu", "danger", not_met, False))
    return Row(label, cells, drawn, share)


def _headings(counted: str) -> tuple[str, ...]:
    return (counted, "Đạt", "Chưa đạt", "Tỷ lệ đạt", "Tỷ lệ đạt năm trước")


def of_tiers(
    period: Period, found: list[Judged], before: list[Judged], tiers, district: str = ""
) -> list[Block]:
    """One block a tier: each criterion with the units it applies to and those that meet it."""
    names: dict[str, list] = {}
    for criterion in period.campaign.criteria_set.criteria.all():
        names.setdefault(criterion.tier, []).append(criterion)
    blocks = []
    for tier in tiers:
        here = [one for one in found if one.tier == tier]
        if here:
            blocks.append(_of_tier(period.year, tier, names.get(tier, []), here, before, district))
    return blocks


def _of_tier(year, tier, criteria, here, before, district) -> Block:
    def tally(code, of):
        return Counter(one.verdicts[code] for one in of if code in one.verdicts)

    rows = tuple(
        _row(
            criterion.name,
            tally(criterion.code, here),
            tally(criterion.code, [one for one in before if one.tier == tier]),
            lambda verdict, code=criterion.code: list_url(
                year, tier=tier.value, district=district, criterion=code, verdict=verdict
            ),
        )
        for criterion in criteria
    )
    return Block(
        f"tieu-chi-{tier.value}",
        f"Tiêu chí {tier.label.lower()} năm {year}",
        "Tiêu chí",
        _headings("Đơn vị áp dụng"),
        rows,
        legend_of(rows),
        f"{tier.label}: {len(here)} đơn vị có số liệu đã thẩm định; bên phải: tỷ lệ đạt",
    )


def summary(period: Period, found: list[Judged], before: list[Judged], tiers, district: str = "") -> Block:
    """One line a tier: how much of all that applies is met."""

    def tally(tier, of) -> Counter:
        return sum((one.tally() for one in of if one.tier == tier), Counter())

    rows = tuple(
        _row(
            tier.label,
            tally(tier, found),
            tally(tier, before),
            lambda verdict, tier=tier: list_url(
                period.year, tier=tier.value, district=district, verdict=verdict
            ),
        )
        for tier in tiers
        if tally(tier, found)
    )
    return Block(
        "tieu-chi",
        f"Mức đạt tiêu chí năm {period.year}, trên số liệu đã thẩm định",
        "Cấp",
        _headings("Lượt tiêu chí áp dụng"),
        rows,
        legend_of(rows),
        "Lượt tiêu chí đạt và chưa đạt theo cấp; bên phải: tỷ lệ đạt",
        empty=_NO_RESULTS,
    )


def of_fields(period: Period, found: list[Judged], before: list[Judged], part: Part = ALL) -> Block:
    """By the priority fields that units named in their registration; several count in each."""
    named = fields_of([one.unit_id for one in found], period.year)
    named_before = fields_of([one.unit_id for one in before], period.year - 1)
    rows = []
    for field in PriorityField.objects.filter(campaign=period.campaign):
        here = [one.tally() for one in found if field.code in named.get(one.unit_id, ())]
        if here:
            then = [one.tally() for one in before if field.code in named_before.get(one.unit_id, ())]
            rows.append(
                _row(
                    field.name,
                    sum(here, Counter()),
                    sum(then, Counter()),
                    lambda verdict, code=field.code: list_url(
                        period.year, **part.asked, field=code, verdict=verdict
                    ),
                )
            )
    rows = tuple(rows)
    return Block(
        "linh-vuc",
        f"Mức đạt tiêu chí theo lĩnh vực ưu tiên năm {period.year}",
        "Lĩnh vực ưu tiên",
        _headings("Lượt tiêu chí áp dụng"),
        rows,
        legend_of(rows),
        "Lượt tiêu chí đạt và chưa đạt theo lĩnh vực; bên phải: tỷ lệ đạt",
        note="Tính theo lĩnh vực đơn vị nêu trong đăng ký; nêu nhiều lĩnh vực thì tính ở từng lĩnh vực.",
        empty="Chưa có đơn vị nào vừa nêu lĩnh vực vừa có số liệu đã thẩm định.",
    )


def fields_of(units, year: int) -> dict[int, set[str]]:
    """The codes of the fields that each unit named in its filed registration of the year."""
    filed = Registration.objects.filter(
        unit__in=units, period__year=year, first_filed_at__isnull=False, fields__isnull=False
    )
    found: dict[int, set[str]] = {}
    for unit, code in filed.annotate(code=F("fields__code")).values_list("unit", "code").order_by():
        found.setdefault(unit, set()).add(code)
    return found


def lines(
    period: Period, tiers, *, district: str = "", verdict: str = "", criterion: str = "", field: str = ""
) -> QuerySet:
    """The last evaluations, once for each criterion that was counted; `line` is what was found on it.

    The database takes the results apart, so that a page reads its own lines only."""
    found = Evaluation.objects.filter(pk__in=evaluations(period, tiers, district).values("pk"))
    if field:
        named = Registration.objects.filter(
            period__year=period.year, first_filed_at__isnull=False, fields__code=field
        )
        found = found.filter(report__unit__in=named.values("unit"))
    path = "$[*] ? (@.verdict == $verdicts[*]" + (" && @.code == $code)" if criterion else ")")
    line = Entries("results", path, verdicts=VERDICTS[verdict], code=criterion)
    found = found.defer("inputs", "results").select_related("report__unit").annotate(line=line)
    return found.order_by("report__unit__sort_name", "pk")
