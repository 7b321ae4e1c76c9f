"""Reports on what was awarded and what it cost: of a year or a whole campaign."""

from collections import Counter
from datetime import date

from django.db.models import Q, Sum

from awards import fund as ledger
from awards.enums import AwardState, NomineeKind
from awards.models import Award, FundYear
from core.documents import Annex, Column, Document, Paragraph, Table, Total
from core.vietnamese import format_number, format_percent
from registrations.models import PriorityField, Registration
from reports.documents.summary import left_open, report
from units.enums import TIER_OF_KIND, Sex, Tier

_KINDS = (
    Column("Tập thể", 22, "right"),
    Column("Hộ gia đình", 22, "right"),
    Column("Cá nhân", 22, "right"),
    Column("Tổng số", 24, "right"),
)
NO_FIELD = "Chưa nêu lĩnh vực trong đăng ký"
BY_SEX = (
    Column("STT", 11, "center"),
    Column("Giới tính", 70),
    Column("Số cá nhân", 40, "right"),
    Column("Tỷ lệ", 40, "right"),
)
FUNDS = (
    Column("Nội dung", 100),
    Column("Số tiền (đồng)", 60, "right"),
)
ENTRIES = (
    Column("Ngày", 30, "center"),
    Column("Loại", 36),
    Column("Diễn giải", 70),
    Column("Số tiền (đồng)", 34, "right"),
)


def of_year(period, day: date) -> Document:
    return _awards(
        Q(decision__signed_on__year=period.year),
        f"năm {period.year}",
        Registration.objects.filter(period=period),
        period.campaign,
        day,
    )


def of_campaign(campaign, day: date) -> Document:
    return _awards(
        Q(decision__proposal__campaign=campaign),
        f"giai đoạn {campaign.first_year}–{campaign.last_year}",
        Registration.objects.filter(period__campaign=campaign),
        campaign,
        day,
    )


def _awards(which: Q, when: str, registrations, campaign, day) -> Document:
    """Published awards that stand, by kind, tier, field and sex."""
    rows = list(
        Award.objects.filter(which)
        .exclude(state__in=[AwardState.REVOKED, AwardState.RETURNED])
        .order_by()
        .values_list("kind", "decision__proposal__form__name", "unit__kind", "unit", "nominee__sex")
    )
    about = f"cơ cấu khen thưởng phong trào thi đua chuyển đổi số {when}"
    if not rows:
        sections = (("KẾT QUẢ KHEN THƯỞNG", [Paragraph(f"Chưa có khen thưởng nào được công bố {when}.")]),)
        return report(f"C{about[1:]}", about, sections, day)
    named = _fields(registrations, {unit for _, _, _, unit, _ in rows})
    names = dict(PriorityField.objects.filter(campaign=campaign).values_list("code", "name"))
    by_field: list[tuple[str, str]] = [
        (kind, names.get(code, NO_FIELD) if code else NO_FIELD)
        for kind, _, _, unit, _ in rows
        for code in named.get(unit, ("",))
    ]
    people = Counter(sex for kind, *_, sex in rows if kind == NomineeKind.INDIVIDUAL)
    in_tiers = [(kind, TIER_OF_KIND[unit_kind].label) for kind, _, unit_kind, _, _ in rows]
    sections = (
        (
            "THEO HÌNH THỨC KHEN THƯỞNG VÀ ĐỐI TƯỢNG",
            [_cross("Hình thức", [(kind, form) for kind, form, *_ in rows])],
        ),
        ("THEO CẤP", [_cross("Cấp", in_tiers, [tier.label for tier in Tier])]),
        (
            "THEO LĨNH VỰC ƯU TIÊN",
            [
                Paragraph(
                    "Theo lĩnh vực đơn vị nêu trong đăng ký; nêu nhiều lĩnh vực thì tính ở từng lĩnh vực."
                ),
                _cross("Lĩnh vực", by_field, [*names.values(), NO_FIELD], total=False),
            ],
        ),
        ("CÁ NHÂN THEO GIỚI TÍNH", [_by_sex(people)]),
    )
    return report(f"C{about[1:]}", about, sections, day)


def _fields(registrations, units) -> dict[int, list[str]]:
    filed = registrations.filter(unit__in=units, first_filed_at__isnull=False, fields__isnull=False)
    found: dict[int, list[str]] = {}
    for unit, code in filed.order_by().values_list("unit", "fields__code").distinct():
        found.setdefault(unit, []).append(code)
    return found


def _cross(heading, pairs, order=(), *, total=True) -> Table:
    """(kind, group) counted: a row a group, a column a kind."""
    counts: dict[str, Counter] = {}
    for kind, group in pairs:
        counts.setdefault(group, Counter())[kind] += 1
    groups = [group for group in (order or sorted(counts)) if group in counts]
    rows: list = [
        (str(number), group, *_numbers(counts[group])) for number, group in enumerate(groups, start=1)
    ]
    if total:
        rows.append(Total("Tổng số", _numbers(sum(counts.values(), Counter()))))
    return Table((Column("STT", 11, "center"), Column(heading, 60), *_KINDS), tuple(rows))


def _numbers(counts: Counter) -> tuple[str, ...]:
    return (*(format_number(counts[kind]) for kind in NomineeKind), format_number(counts.total()))


def _by_sex(people: Counter) -> Table | Paragraph:
    total = people.total()
    if not total:
        return Paragraph("Không có cá nhân nào được khen thưởng.")
    rows = tuple(
        (str(number), sex.label, format_number(people[sex]), format_percent(people[sex], total))
        for number, sex in enumerate((Sex.FEMALE, Sex.MALE), start=1)
    )
    return Table(BY_SEX, (*rows, Total("Tổng số", (format_number(total), format_percent(total, total)))))


def fund(period, day: date) -> Document:
    """Each fund's year: ceiling, prizes, payments, what is left; the ledger in the annex."""
    years = list(FundYear.objects.filter(year=period.year).select_related("fund"))
    known = ledger.balances(years)
    parts, annexes = [], []
    for year in years:
        parts += [Paragraph(f"{year.fund.name} ({year.basis}):"), _balance(known[year.pk])]
        entries = year.entries.order_by("on", "pk")
        rows = tuple(
            (f"{e.on:%d/%m/%Y}", e.get_kind_display(), e.note, format_number(e.amount)) for e in entries
        )
        if rows:
            annexes.append(Annex(f"SỔ {str(year).upper()}", (Table(ENTRIES, rows),)))
    prizes = Award.objects.filter(decision__signed_on__year=period.year).exclude(
        state__in=[AwardState.REVOKED, AwardState.RETURNED]
    )
    total = prizes.aggregate(total=Sum("prize_amount", default=0))["total"]
    parts.append(
        Paragraph(
            f"Tiền thưởng kèm theo các Quyết định đã công bố ký trong năm {period.year}, còn hiệu lực: "
            f"{format_number(total)} đồng."
        )
    )
    if not years:
        parts.insert(0, Paragraph(f"Chưa ghi mức trần của quỹ năm {period.year}."))
    about = (
        f"quản lý, sử dụng quỹ thi đua, khen thưởng cho phong trào thi đua chuyển đổi số năm {period.year}"
    )
    sections = (("QUỸ THI ĐUA, KHEN THƯỞNG", parts), ("ĐỀ XUẤT", left_open("Đề xuất")))
    return report(f"Q{about[1:]}", f"việc {about}", sections, day, tuple(annexes))


def _balance(balance) -> Table:
    lines = (
        ("Mức trần của năm", balance.ceiling),
        ("Tiền thưởng theo Quyết định", balance.prizes),
        ("Chi khác của quỹ", balance.other),
        ("Thu hồi tiền thưởng", balance.recovered),
        ("Đã chi trả", balance.paid),
        ("Còn phải chi trả", balance.unpaid),
    )
    rows = tuple((label, format_number(amount)) for label, amount in lines)
    return Table(FUNDS, (*rows, Total("Còn lại", (format_number(balance.left),))))
