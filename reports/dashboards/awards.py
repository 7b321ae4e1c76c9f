"""Dossiers by stage and age, what lies on the commendation body's desk, what was published, and the funds.

Stages alone: no block says of a nominee what was found before a decision is published. Awards are counted
from the public's own table.
"""

from collections import Counter
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q, Subquery
from django.urls import reverse

from awards import fund
from awards.enums import DecisionState, DossierState, NomineeKind, ProposalState, PublicState
from awards.models import Decision, Dossier, FundYear, Proposal, PublicCount
from core import clock
from core.vietnamese import format_number
from reports.dashboards.blocks import Block, Cell, Row, bar, count, legend_of, rate
from reports.dashboards.part import ALL, Part

#: days since the last submission: from, to, and in words
AGES = {
    "0-7": (0, 7, "Đến 7 ngày"),
    "8-15": (8, 15, "8–15 ngày"),
    "16-30": (16, 30, "16–30 ngày"),
    "tren-30": (31, None, "Trên 30 ngày"),
}
_AGE_TONES = ("success", "info", "warning", "danger")
#: stages of a dossier in the order of work; only of the first two one asks how old they are
STAGES = {
    DossierState.SUBMITTED: "Chờ thẩm định",
    DossierState.RETURNED: "Chờ đơn vị bổ sung",
    DossierState.APPRAISED: "Đã thẩm định",
    DossierState.REJECTED: "Không tiếp nhận",
    DossierState.WITHDRAWN: "Đơn vị đã rút",
}
UNDER_WAY = (DossierState.SUBMITTED, DossierState.RETURNED)
YEARS = 5


def dossiers_of(user):
    """The submitted dossiers the person may count and list: those he may read, the leaders of the province
    all of them, by stage."""
    at_a_desk = user.authority.is_standing_body or user.authority.is_commendation_body
    read = Dossier.objects.visible_to(user) if at_a_desk else Dossier.objects.all()
    return read.filter(first_submitted_at__isnull=False)


def in_age(age: str) -> Q:
    first, last, _ = AGES[age]
    today = clock.today()
    aged = Q(submitted_at__date__lte=today - timedelta(days=first))
    return aged if last is None else aged & Q(submitted_at__date__gte=today - timedelta(days=last))


def overdue() -> Q:
    return Q(state=DossierState.SUBMITTED, due_on__lt=clock.today())


def dossiers_url(**asked) -> str:
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("reports:dossier_list") + (f"?{query}" if query else "")


def by_stage(dossiers, part: Part = ALL) -> Block:
    """Of all years: what matters here is how long each has lain."""
    counted = {f"age_{n}": Count("pk", filter=in_age(age)) for n, age in enumerate(AGES)}
    found = dossiers.filter(part.of()).order_by().values("state")
    known = {
        row["state"]: row
        for row in found.annotate(total=Count("pk"), overdue=Count("pk", filter=overdue()), **counted)
    }
    most = max([known[state]["total"] for state in UNDER_WAY if state in known], default=0)
    rows = tuple(_stage(state, known[state], part, most) for state in STAGES if state in known)
    return Block(
        "ho-so",
        "Hồ sơ khen thưởng theo giai đoạn xử lý và số ngày",
        "Giai đoạn",
        ("Tất cả", *(words for _, _, words in AGES.values()), "Quá hạn thẩm định"),
        rows,
        legend_of(rows),
        "Hồ sơ đang xử lý, chia theo số ngày từ lần nộp gần nhất; bên phải: số hồ sơ",
        note="Hồ sơ của mọi năm. Số ngày tính từ lần nộp gần nhất, chỉ cho hồ sơ còn đang xử lý.",
        empty="Chưa có hồ sơ nào được nộp.",
    )


def _stage(state, row, part, most) -> Row:
    def linked(number, **asked):
        return count(number, dossiers_url(state=state.value, **part.asked, **asked))

    if state not in UNDER_WAY:
        cells = (linked(row["total"]), *(Cell("–") for _ in AGES), Cell("–"))
        return Row(STAGES[state], cells)
    ages = [row[f"age_{number}"] for number in range(len(AGES))]
    late = linked(row["overdue"], age="qua-han") if state == DossierState.SUBMITTED else Cell("–")
    return Row(
        STAGES[state],
        (
            linked(row["total"]),
            *(linked(number, age=age) for age, number in zip(AGES, ages, strict=True)),
            late,
        ),
        bar(
            *(
                (words, tone, number, False)
                for (_, _, words), tone, number in zip(AGES.values(), _AGE_TONES, ages, strict=True)
            ),
            whole=most,
        ),
        format_number(row["total"]),
    )


def on_the_desk(user) -> Block:
    """Proposals and decisions by state, as the commendation body may read them."""
    proposals = Counter(
        dict(Proposal.objects.visible_to(user).order_by().values_list("state").annotate(Count("pk")))
    )
    decisions = Counter(
        dict(Decision.objects.visible_to(user).order_by().values_list("state").annotate(Count("pk")))
    )
    proposal_list, decision_list = reverse("awards:proposals"), reverse("awards:decisions")
    lines = [
        ("Tờ trình chờ duyệt", "Tờ trình", proposals, ProposalState.FORWARDED, proposal_list),
        ("Tờ trình đã duyệt", "Tờ trình", proposals, ProposalState.APPROVED, proposal_list),
        ("Quyết định đang soạn thảo", "Quyết định", decisions, DecisionState.DRAFT, decision_list),
        ("Quyết định đã trình ký", "Quyết định", decisions, DecisionState.SUBMITTED, decision_list),
        ("Quyết định chưa công bố", "Quyết định", decisions, DecisionState.ISSUED, decision_list),
        ("Quyết định đã công bố", "Quyết định", decisions, DecisionState.PUBLISHED, decision_list),
    ]
    most = max([found[state] for _, _, found, state, _ in lines], default=0)
    rows = tuple(
        Row(
            label,
            (count(found[state], f"{address}?state={state.value}"),),
            bar(
                (what, "info" if what == "Tờ trình" else "gold", found[state], False),
                whole=most,
            ),
            format_number(found[state]),
        )
        for label, what, found, state, address in lines
    )
    return Block(
        "ban-xet",
        "Tờ trình và Quyết định",
        "Việc",
        ("Số lượng",),
        rows,
        legend_of(rows),
        "Tờ trình và Quyết định ở từng bước; bên phải: số lượng",
    )


def tiles(user) -> list[dict]:
    """What lies on the commendation body's desk, without what is done."""
    done = {"Tờ trình đã duyệt", "Quyết định đã công bố"}
    waiting = [row for row in on_the_desk(user).rows if row.label not in done]
    return [{"number": row.cells[0].number, "label": row.label, "url": row.cells[0].url} for row in waiting]


def judging(user) -> Block:
    """How far each forwarded proposal is judged: how many names have an answer, not which."""
    forwarded = Proposal.objects.visible_to(user).filter(state=ProposalState.FORWARDED)
    waits = Q(nominees__judgement="", nominees__is_held=False)
    found = forwarded.annotate(
        names=Count("nominees"),
        waiting=Count("nominees", filter=waits),
        held=Count("nominees", filter=Q(nominees__is_held=True)),
    )
    rows = []
    for proposal in found.order_by("forwarded_at", "pk")[:20]:
        address = reverse("awards:judging", args=[proposal.uid])
        judged = proposal.names - proposal.waiting - proposal.held
        rows.append(
            Row(
                f"{proposal.number} – {proposal.title}",
                (
                    count(proposal.names, address),
                    Cell(format_number(judged)),
                    count(proposal.waiting, f"{address}?stand=cho"),
                    count(proposal.held, f"{address}?stand=tam-dung"),
                ),
                bar(
                    ("Đã xét", "success", judged, False),
                    ("Chưa xét", "neutral", proposal.waiting, True),
                    ("Tạm dừng", "warning", proposal.held, False),
                ),
                rate(judged, proposal.names),
            )
        )
    rows = tuple(rows)
    return Block(
        "dang-xet",
        "Tờ trình đang xét",
        "Tờ trình",
        ("Đối tượng", "Đã xét", "Chưa xét", "Tạm dừng"),
        rows,
        legend_of(rows),
        "Đối tượng của từng Tờ trình đã xét và chưa xét; bên phải: tỷ lệ đã xét",
        empty="Không có Tờ trình nào chờ xét.",
    )


def published(year: int) -> Block:
    """Awards by year of the decision and kind, as the public reads them."""
    counts: dict[int, Counter] = {}
    for row in PublicCount.objects.filter(kind="award", year__lte=year):
        of_year = counts.setdefault(row.year, Counter())
        of_year[row.nominee_kind] += row.number
        of_year[row.state] += row.number
    base, most = reverse("reports:results"), max(map(_all, counts.values()), default=0)
    rows = tuple(
        Row(
            str(y),
            (
                count(_all(counts[y]), f"{base}?year={y}"),
                *(count(counts[y][k], f"{base}?year={y}&nominee_kind={k.value}") for k in NomineeKind),
                count(counts[y][PublicState.REVOKED], f"{base}?year={y}&state=revoked"),
            ),
            bar(
                *(
                    (kind.label, tone, counts[y][kind], False)
                    for kind, tone in zip(NomineeKind, ("gold", "info", "success"), strict=True)
                ),
                whole=most,
            ),
            format_number(_all(counts[y])),
        )
        for y in sorted(counts)[-YEARS:]
        if _all(counts[y])
    )
    return Block(
        "khen-thuong",
        "Khen thưởng đã công bố",
        "Năm Quyết định",
        ("Tất cả", *(kind.label for kind in NomineeKind), "Trong đó đã hủy bỏ"),
        rows,
        legend_of(rows),
        "Tập thể, hộ gia đình, cá nhân được khen thưởng theo năm; bên phải: tổng số",
        empty="Chưa có Quyết định khen thưởng nào được công bố.",
    )


def _all(counts: Counter) -> int:
    return sum(counts[kind] for kind in NomineeKind)


def funds(year: int) -> Block:
    """Of the newest year, not after this one, for which a ceiling was stated."""
    newest = FundYear.objects.filter(year__lte=year).order_by("-year").values("year")[:1]
    years = list(FundYear.objects.filter(year=Subquery(newest)).select_related("fund"))
    known = fund.balances(years)
    year = years[0].year if years else year
    rows = tuple(_fund(fund_year, known[fund_year.pk]) for fund_year in years)
    return Block(
        "quy",
        f"Quỹ thi đua, khen thưởng năm {year}",
        "Quỹ",
        ("Mức trần (đồng)", "Đã dùng (đồng)", "Tỷ lệ đã dùng", "Còn lại (đồng)", "Chưa chi trả (đồng)"),
        rows,
        legend_of(rows),
        "Phần quỹ đã dùng và còn lại; bên phải: tỷ lệ đã dùng",
        empty=f"Chưa ghi mức trần của quỹ năm {year}.",
    )


def _fund(year, balance) -> Row:
    address = year.get_absolute_url()
    used, left = max(0, balance.used), max(0, balance.left)
    return Row(
        year.fund.name,
        (
            count(balance.ceiling, address),
            count(balance.used, address),
            Cell(rate(balance.used, balance.ceiling)),
            count(balance.left, address),
            count(balance.unpaid, address),
        ),
        bar(
            (
                "Đã dùng",
                "danger" if balance.is_over else "warning" if balance.is_near else "success",
                used,
                False,
            ),
            ("Còn lại", "neutral", left, True),
        ),
        rate(balance.used, balance.ceiling),
        address,
    )
