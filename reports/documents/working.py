"""Working reports of a year: six months, late units, ranking, inspection, what units find hard."""

from collections import Counter
from datetime import date

from django.db.models import Count, F, Q

from core import clock
from core.documents import Annex, Band, Column, Document, Paragraph, Table
from core.vietnamese import format_number, format_percent, roman
from criteria import scoring
from criteria.enums import Verdict
from registrations.enums import FindingKind, FindingState, InspectionState, ObligationKind
from registrations.models import Finding, Inspection, Obligation, Ranking, Report
from registrations.ranking import standings
from reports.documents.summary import inspections, left_open, obligations, report
from units.enums import KINDS_OF_TIER, Tier

#: of one unit's words in a table; the whole stands in its report
LONGEST_WORDS = 700

BY_TIER = (
    Column("STT", 11, "center"),
    Column("Cấp", 50),
    Column("Số đơn vị phải làm", 30, "right"),
    Column("Đã làm", 26, "right"),
    Column("Tỷ lệ", 26, "right"),
    Column("Chưa làm", 28, "right"),
)
LATE = (
    Column("STT", 11, "center"),
    Column("Đơn vị", 58),
    Column("Hạn cuối", 30, "center"),
    Column("Ngày làm", 30, "center"),
    Column("Số ngày chậm", 20, "right"),
    Column("Ghi chú", 22),
)
PLACES = (
    Column("Hạng", 13, "center"),
    Column("Đơn vị", 62),
    Column("Nhóm", 34),
    Column("Tiêu chí đạt", 22, "right"),
    Column("Cộng, trừ", 18, "right"),
    Column("Tổng điểm", 22, "right"),
)
INSPECTED = (
    Column("STT", 11, "center"),
    Column("Đợt kiểm tra", 58),
    Column("Thời gian", 34, "center"),
    Column("Số đơn vị", 18, "right"),
    Column("Phát hiện", 20, "right"),
    Column("Đã khắc phục", 20, "right"),
    Column("Còn phải khắc phục", 22, "right"),
)
TO_REMEDY = (
    Column("STT", 11, "center"),
    Column("Đơn vị", 44),
    Column("Loại", 24),
    Column("Nội dung", 60),
    Column("Hạn", 30, "center"),
)
WORDS = (
    Column("STT", 11, "center"),
    Column("Đơn vị", 38),
    Column("Khó khăn, vướng mắc", 64),
    Column("Đề xuất", 56),
)


def six_months(period, day: date) -> Document:
    """Báo cáo 6 tháng đầu năm."""
    kind = ObligationKind.SIX_MONTH_REPORT
    said, annex = _difficulties(period, [kind])
    sections = (
        ("TÌNH HÌNH TRIỂN KHAI", [obligations(period), *inspections([period])]),
        ("BÁO CÁO 6 THÁNG CỦA CÁC ĐƠN VỊ", list(_by_tier(period, kind))),
        ("KHÓ KHĂN, VƯỚNG MẮC VÀ ĐỀ XUẤT CỦA CÁC ĐƠN VỊ", [said]),
        ("NHIỆM VỤ 6 THÁNG CUỐI NĂM", left_open("Nhiệm vụ trọng tâm")),
    )
    return report(
        f"Tình hình thực hiện phong trào thi đua chuyển đổi số 6 tháng đầu năm {period.year}",
        f"tình hình thực hiện phong trào thi đua chuyển đổi số 6 tháng đầu năm {period.year}",
        sections,
        day,
        annex,
    )


def _by_tier(period, kind):
    owed = Obligation.objects.filter(period=period, kind=kind, is_waived=False).order_by()
    by_kind = {
        row["unit__kind"]: row
        for row in owed.values("unit__kind").annotate(n=Count("pk"), met=Count("met_at"))
    }
    rows = []
    for tier in Tier:
        here = [by_kind[one] for one in KINDS_OF_TIER[tier] if one in by_kind]
        total, met = sum(row["n"] for row in here), sum(row["met"] for row in here)
        if total:
            share = format_percent(met, total, threshold=100)
            counts = (format_number(total), format_number(met), share, format_number(total - met))
            rows.append((str(len(rows) + 1), tier.label, *counts))
    if rows:
        yield Table(BY_TIER, tuple(rows))
    else:
        yield Paragraph(f"Năm {period.year} không đơn vị nào phải làm {kind.label.lower()}.")


def late_units(period, day: date) -> Document:
    """Who did late what was owed in the year, and who has not done it: by name, in the annex."""
    due = Q(met_at__date__gt=F("due")) | Q(met_at__isnull=True, due__lt=day)
    owed = Obligation.objects.filter(due, period=period, is_waived=False).select_related("unit")
    by_kind: dict[str, list] = {}
    for obligation in owed.order_by("unit__sort_name", "pk"):
        by_kind.setdefault(obligation.kind, []).append(obligation)
    rows: list = []
    for kind in ObligationKind:
        if found := by_kind.get(kind):
            rows.append(Band(f"{kind.label.upper()} ({len(found):02d} đơn vị)"))
            rows += [_late(number, one, day) for number, one in enumerate(found, start=1)]
    missing = sum(one.met_at is None for found in by_kind.values() for one in found)
    count = sum(map(len, by_kind.values()))
    if count:
        words = (
            f"Có {format_number(count)} lượt đơn vị chậm, trong đó {format_number(missing)} lượt đến nay "
            "chưa làm. Danh sách kèm theo."
        )
    else:
        words = f"Đến nay không đơn vị nào chậm việc phải làm của năm {period.year}."
    sections = (
        ("VIỆC PHẢI LÀM TRONG NĂM", [obligations(period)]),
        ("ĐƠN VỊ CHẬM, CHƯA LÀM", [Paragraph(words)]),
        ("ĐỀ XUẤT", left_open("Đề xuất với Ủy ban nhân dân tỉnh")),
    )
    annex = Annex(f"DANH SÁCH ĐƠN VỊ CHẬM, CHƯA LÀM NĂM {period.year}", (Table(LATE, tuple(rows)),))
    return report(
        f"Đơn vị chậm, chưa thực hiện nội dung phong trào thi đua chuyển đổi số năm {period.year}",
        f"các đơn vị chậm, chưa thực hiện nội dung phong trào thi đua chuyển đổi số năm {period.year}",
        sections,
        day,
        (annex,) if rows else (),
    )


def _late(number, obligation, day) -> tuple[str, ...]:
    done = clock.local_date(obligation.met_at) if obligation.met_at else None
    days = ((done or day) - obligation.due).days
    return (
        str(number),
        obligation.unit.name,
        f"{obligation.due:%d/%m/%Y}",
        f"{done:%d/%m/%Y}" if done else "",
        format_number(days),
        "" if done else "Chưa làm",
    )


def ranking(period, day: date) -> Document:
    """Places by tier: the published ones, else those of today, and marked so."""
    published = {one.tier: one for one in Ranking.objects.published().filter(period=period)}
    words, annexes = [], []
    for tier in Tier:
        shown = published.get(tier)
        rows = tuple(_published(shown) if shown else _of_today(period, tier))
        if not rows:
            words.append(Paragraph(f"{tier.label}: chưa có số liệu đã thẩm định để xếp hạng."))
            continue
        how = (
            f"đã công bố ngày {clock.local_date(shown.published_at):%d/%m/%Y}"
            if shown
            else "chưa công bố, tính trên số liệu đã thẩm định đến nay"
        )
        words.append(Paragraph(f"{tier.label}: {format_number(len(rows))} đơn vị; xếp hạng {how}."))
        mark = "" if shown else " (CHƯA CÔNG BỐ)"
        title = f"XẾP HẠNG {tier.label.upper()} NĂM {period.year}{mark}"
        annexes.append(Annex(title, (Table(PLACES, rows),)))
    return report(
        f"Kết quả xếp hạng thi đua chuyển đổi số năm {period.year}",
        f"kết quả xếp hạng thi đua chuyển đổi số năm {period.year}",
        (("KẾT QUẢ XẾP HẠNG", words), ("ĐỀ XUẤT", left_open("Đề xuất"))),
        day,
        tuple(annexes),
    )


def _published(shown):
    for row in shown.rows.select_related("unit"):
        said = row.explanation
        applicable = sum(share["verdict"] != Verdict.NOT_APPLICABLE for share in said["shares"])
        adjusted = sum(adjustment["points"] for adjustment in said["adjustments"])
        told = scoring.shown(scoring.read(row.total))
        yield _place(row.place, row.unit, row.group, f"{said['met']}/{applicable}", adjusted, told)


def _of_today(period, tier):
    for standing in standings(period, tier):
        applicable = sum(share.verdict != Verdict.NOT_APPLICABLE for share in standing.shares)
        adjusted = sum(adjustment.points for adjustment in standing.adjustments)
        met = f"{standing.met}/{applicable}"
        yield _place(
            standing.place, standing.unit, standing.group, met, adjusted, scoring.shown(standing.total)
        )


def _place(place, unit, group, met, adjusted, total) -> tuple[str, ...]:
    return str(place or "–"), unit.name, group or "Cả cấp", met, f"{adjusted:+d}" if adjusted else "0", total


def inspection(period, day: date) -> Document:
    """The year's inspections: where, what was found and told, what has still to be put right."""
    found = Finding.objects.communicated().filter(visit__inspection__period=period)
    bad = ~Q(kind=FindingKind.GOOD)
    counts = {
        row["visit__inspection"]: row
        for row in found.order_by()
        .values("visit__inspection")
        .annotate(n=Count("pk", filter=bad), closed=Count("pk", filter=bad & Q(state=FindingState.CLOSED)))
    }
    made = Inspection.objects.filter(period=period).exclude(state=InspectionState.CANCELLED)
    made = made.annotate(units=Count("visits")).order_by("starts_on", "pk")
    rows = tuple(
        _inspected(number, one, counts.get(one.pk, {"n": 0, "closed": 0}))
        for number, one in enumerate(made, start=1)
    )
    kinds = Counter(dict(found.order_by().values_list("kind").annotate(Count("pk"))))
    said = ", ".join(
        f"{kind.label.lower()} {format_number(kinds[kind])}" for kind in FindingKind if kinds[kind]
    )
    overview = [Table(INSPECTED, rows)] if rows else [Paragraph("Chưa có đợt kiểm tra nào trong năm.")]
    waiting = found.to_remedy().select_related("visit__unit").order_by("due", "pk")
    lines = tuple(
        (
            str(number),
            finding.visit.unit.name,
            finding.get_kind_display(),
            _cut(finding.text),
            f"{finding.due:%d/%m/%Y}" if finding.due else "",
        )
        for number, finding in enumerate(waiting, start=1)
    )
    sections = (
        ("CÁC ĐỢT KIỂM TRA", overview),
        (
            "PHÁT HIỆN ĐÃ THÔNG BÁO",
            [Paragraph(f"Số phát hiện: {said}." if said else "Chưa có phát hiện nào.")],
        ),
        ("KIẾN NGHỊ", left_open("Kiến nghị")),
    )
    annex = Annex(f"PHÁT HIỆN CÒN PHẢI KHẮC PHỤC NĂM {period.year}", (Table(TO_REMEDY, lines),))
    return report(
        f"Kết quả kiểm tra phong trào thi đua chuyển đổi số năm {period.year}",
        f"kết quả kiểm tra phong trào thi đua chuyển đổi số năm {period.year}",
        sections,
        day,
        (annex,) if lines else (),
    )


def _inspected(number, one, counts) -> tuple[str, ...]:
    when = f"{one.starts_on:%d/%m} – {one.ends_on:%d/%m/%Y}"
    left = counts["n"] - counts["closed"]
    figures = map(format_number, (one.units, counts["n"], counts["closed"], left))
    return str(number), one.name, when, *figures


def difficulties(period, day: date) -> Document:
    """What units find hard and what they propose, in their own words."""
    said, annexes = _difficulties(period, [ObligationKind.ANNUAL_REPORT, ObligationKind.SIX_MONTH_REPORT])
    sections = (
        ("TỔNG HỢP", [said]),
        ("Ý KIẾN CỦA CƠ QUAN THƯỜNG TRỰC", left_open("Giải quyết theo thẩm quyền", "Đề xuất cấp trên")),
    )
    return report(
        f"Tổng hợp khó khăn, vướng mắc và đề xuất của các đơn vị năm {period.year}",
        f"khó khăn, vướng mắc và đề xuất của các đơn vị trong năm {period.year}",
        sections,
        day,
        annexes,
    )


def _difficulties(period, kinds) -> tuple[Paragraph, tuple[Annex, ...]]:
    submitted = Report.objects.filter(period=period, kind__in=kinds, first_submitted_at__isnull=False)
    told = submitted.exclude(difficulties="", proposals="").select_related("unit")
    parts = []
    for kind in kinds:
        rows = [one for one in told.order_by("unit__sort_name") if one.kind == kind]
        if rows:
            parts.append(Band(f"{roman(sum(isinstance(p, Band) for p in parts) + 1)}. {kind.label.upper()}"))
            parts += [
                (str(number), one.unit.name, _cut(one.difficulties), _cut(one.proposals))
                for number, one in enumerate(rows, start=1)
            ]
    count = sum(not isinstance(part, Band) for part in parts)
    if not parts:
        return Paragraph("Chưa có đơn vị nào nêu khó khăn hoặc đề xuất trong báo cáo đã nộp."), ()
    title = f"KHÓ KHĂN, VƯỚNG MẮC VÀ ĐỀ XUẤT CỦA CÁC ĐƠN VỊ NĂM {period.year}"
    words = f"Có {format_number(count)} báo cáo nêu khó khăn hoặc đề xuất, nguyên văn kèm theo."
    return Paragraph(words), (Annex(title, (Table(WORDS, tuple(parts)),)),)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return (
        text
        if len(text) <= LONGEST_WORDS
        else f"{text[:LONGEST_WORDS].rsplit(' ', 1)[0]}… (xem tiếp báo cáo)"
    )
