"""How far the obligations of one year and kind are: what is counted, by what, and the rows behind a number.

A number and its list are cut from the same queryset by the same conditions, so they agree.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from core import clock
from core.vietnamese import format_percent
from registrations.enums import ObligationKind
from registrations.models import Launch, Obligation, PilotList, PriorityField, Registration, Report
from units.enums import KINDS_OF_TIER, Kind, Tier
from units.models import Unit

#: the stages an obligation goes through, each in exactly one: its word in addresses, label and tone
STAGES = {
    "chua-bat-dau": ("Chưa bắt đầu", "neutral"),
    "dang-soan": ("Đang soạn", "neutral"),
    "da-nop": ("Chờ xét", "info"),
    "da-xong": ("Đã xác nhận", "success"),
    "tra-lai": ("Đã trả lại", "warning"),
}
#: facts beside the stage
FACTS = {
    "nop-muon": ("Nộp muộn", "warning"),
    "qua-han": ("Quá hạn, chưa nộp", "danger"),
    "cham-bo-sung": ("Chậm bổ sung", "danger"),
    "da-co": ("Đã nộp", "success"),
}
#: facts that other pages link to; the board has no tile for them
DEADLINE_FACTS = {
    "dung-han": ("Nộp đúng hạn", "success"),
    "con-han": ("Còn hạn, chưa nộp", "neutral"),
}
STAGE_OF_STATE = {
    "draft": "dang-soan",
    "filed": "da-nop",
    "submitted": "da-nop",
    "confirmed": "da-xong",
    "contested": "da-nop",
    "verified": "da-xong",
    "noted": "da-xong",
    "returned": "tra-lai",
}
_WORDS = {
    ObligationKind.ANNUAL_REPORT: {"da-nop": "Chờ thẩm định", "da-xong": "Đã thẩm định"},
    ObligationKind.SIX_MONTH_REPORT: {"da-nop": "Đã nộp", "da-xong": "Đã thẩm định"},
    ObligationKind.LAUNCH: {"da-xong": "Đã phát động", "da-co": "Đã phát động"},
    ObligationKind.PILOTS: {"da-nop": "Đã gửi", "da-xong": "Đã ghi nhận"},
}
#: in addresses: units in no district, and obligations whose paper names no field
NO_DISTRICT, NO_FIELD = "tinh", "chua-neu"


@dataclass(frozen=True)
class Choice:
    """What a board shows, as it stands in its address."""

    year: int
    kind: str
    by: str = "tier"
    tier: str = ""
    district: str = ""
    field: str = ""
    stage: str = ""

    def url(self, **changes) -> str:
        chosen = replace(self, **changes)
        asked = {
            name: value for name, value in vars(chosen).items() if value and (name, value) != ("by", "tier")
        }
        return f"?{urlencode(asked)}" + ("#danh-sach" if set(changes) - {"by"} else "")


def label_of(kind: str, stage: str) -> tuple[str, str]:
    """A stage or fact in the words of the kind, and its tone."""
    label, tone = (STAGES | FACTS | DEADLINE_FACTS)[stage]
    return _WORDS.get(kind, {}).get(stage, label), tone


def on_board_of(user):
    """The desks and the leaders of the province see everyone's obligations, others those of the units
    below theirs."""
    authority = user.authority
    owed = Obligation.objects.filter(is_waived=False)
    if authority.is_standing_body or authority.is_commendation_body or authority.is_leadership:
        return owed
    return owed.filter(unit__in=authority.below)


def with_stage(obligations, kind: str):
    """Each obligation with its `stage`, the uid of its `paper` and what is known of a supplement."""
    unit_and_period = {"unit": OuterRef("unit"), "period": OuterRef("period")}
    due, late, state = Value(None, DateField()), Value(False, BooleanField()), Value(None, CharField())
    if kind == ObligationKind.LAUNCH:
        papers = Launch.objects.filter(withdrawn_at=None, **unit_and_period)
        state = Case(When(met_at__isnull=False, then=Value("noted")))
    elif kind == ObligationKind.PILOTS:
        papers = PilotList.objects.filter(**unit_and_period)
    elif kind == ObligationKind.REGISTRATION:
        papers = Registration.objects.filter(**unit_and_period)
        due, late = Subquery(papers.values("supplement_due")), Subquery(papers.values("is_supplement_late"))
    else:
        papers = Report.objects.filter(kind=kind, **unit_and_period)
        due = Subquery(papers.values("supplement_due"))
    if kind != ObligationKind.LAUNCH:
        state = Subquery(papers.values("state")[:1])
    return obligations.annotate(
        paper=Subquery(papers.values("uid")[:1]),
        paper_state=state,
        supplement_due=due,
        supplement_came_late=late,
    ).annotate(
        stage=Case(
            *[When(paper_state=state, then=Value(stage)) for state, stage in STAGE_OF_STATE.items()],
            default=Value("chua-bat-dau"),
            output_field=CharField(),
        )
    )


def in_stage(stage: str) -> Q:
    """The condition behind a number; "" is all."""
    supplement_late = Q(supplement_came_late=True) | Q(stage="tra-lai", supplement_due__lt=clock.today())
    return {
        "": Q(),
        "nop-muon": Q(met_at__date__gt=F("due")),
        "dung-han": Q(met_at__date__lte=F("due")),
        "con-han": Q(met_at__isnull=True, due__gte=clock.today()),
        "qua-han": Q(met_at__isnull=True, due__lt=clock.today()),
        "cham-bo-sung": supplement_late,
        "da-co": Q(met_at__isnull=False),
    }.get(stage, Q(stage=stage))


def _filed():
    """Registrations whose fields may be shown: what a unit is drafting is its own."""
    return Registration.objects.filter(
        unit=OuterRef("unit"), period=OuterRef("period"), first_filed_at__isnull=False
    )


def _names_a_field():
    return Exists(_filed().filter(fields__isnull=False))


def narrowed(obligations, choice: Choice):
    """The obligations of the choice, in every stage."""
    if choice.tier:
        obligations = obligations.filter(unit__kind__in=KINDS_OF_TIER[choice.tier])
    if choice.district:
        obligations = obligations.filter(in_district(choice.district))
    if choice.field == NO_FIELD:
        obligations = obligations.filter(~_names_a_field())
    elif choice.field:
        obligations = obligations.filter(Exists(_filed().filter(fields__code=choice.field)))
    return obligations


def in_district(district: str, unit: str = "unit") -> Q:
    """Rows of the district itself and of the units below it; of no district, for `NO_DISTRICT`."""
    parent = f"{unit}__parent"
    if district == NO_DISTRICT:
        return ~(Q(**{f"{unit}__kind": Kind.DISTRICT}) | Q(**{f"{parent}__kind": Kind.DISTRICT}))
    itself = Q(**{f"{unit}__kind": Kind.DISTRICT, f"{unit}__uid": district})
    return itself | Q(**{f"{parent}__kind": Kind.DISTRICT, f"{parent}__uid": district})


def districts_of(obligations) -> list[tuple[str, str]]:
    """The districts that stand behind these obligations, as choices."""
    units = obligations.order_by().values("unit")
    districts = Unit.objects.filter(kind=Kind.DISTRICT).filter(Q(pk__in=units) | Q(children__in=units))
    return [(str(d.uid), d.name) for d in districts.distinct()]


def fields_of(year: int) -> list[tuple[str, str]]:
    fields = PriorityField.objects.filter(campaign__periods__year=year)
    return list(fields.values_list("code", "name"))


def counts(obligations) -> dict[str, int]:
    """How many in each stage and of each fact; "" is all."""
    return obligations.aggregate(**_counted())


def _counted():
    return {_alias(stage): Count("pk", filter=in_stage(stage)) for stage in ("", *STAGES, *FACTS)}


def _alias(stage):
    return f"n_{stage.replace('-', '_')}"


def number(counted, stage) -> int:
    return counted[_alias(stage)]


def rows_by(obligations, choice: Choice) -> list[dict]:
    """The table of the board: one row per tier, district or field that owes something, whichever
    of them is chosen."""
    obligations = narrowed(obligations, replace(choice, **{choice.by: ""}))
    groups = {"tier": _by_tier, "district": _by_district, "field": _by_field}[choice.by](obligations)
    return [_row(choice, label, value, counted) for label, value, counted in groups]


def _row(choice, label, value, counted):
    total, met = number(counted, ""), number(counted, "da-co")
    here = {choice.by: value}
    return {
        "label": label,
        "total": total,
        "met": met,
        "percent": format_percent(met, total, threshold=100),
        "url": choice.url(stage="", **here),
        "met_url": choice.url(stage="da-co", **here),
        "cells": [
            _cell(choice, stage, number(counted, stage), here) for stage in (*STAGES, *list(FACTS)[:3])
        ],
        "segments": _segments([(stage, number(counted, stage)) for stage in STAGES], choice.kind),
    }


def _cell(choice, stage, count, here):
    label, tone = label_of(choice.kind, stage)
    return {"label": label, "number": count, "tone": tone, "url": choice.url(stage=stage, **here)}


def _segments(stages, kind):
    """The stacked bar of a row: where each stage begins and how long it is, of 1000."""
    total = sum(count for _, count in stages) or 1
    before, segments = 0, []
    for stage, count in stages:
        label, tone = label_of(kind, stage)
        start, end = before * 1000 // total, (before + count) * 1000 // total
        is_faint = stage == "chua-bat-dau"
        bar = {"x": start, "width": end - start}
        segments.append({"label": label, "tone": tone, "is_faint": is_faint, "number": count, **bar})
        before += count
    return segments


def _by_tier(obligations):
    by_kind = {
        row["unit__kind"]: row for row in obligations.order_by().values("unit__kind").annotate(**_counted())
    }
    for tier in Tier:
        rows = [by_kind[kind] for kind in KINDS_OF_TIER[tier] if kind in by_kind]
        if rows:
            yield tier.label, tier.value, {alias: sum(row[alias] for row in rows) for alias in _counted()}


def _by_district(obligations):
    area = Case(
        When(unit__kind=Kind.DISTRICT, then=F("unit")),
        When(unit__parent__kind=Kind.DISTRICT, then=F("unit__parent")),
    )
    rows = {
        row["area"]: row
        for row in obligations.order_by().annotate(area=area).values("area").annotate(**_counted())
    }
    for district in Unit.objects.filter(pk__in=[pk for pk in rows if pk]):
        yield district.name, str(district.uid), rows[district.pk]
    if None in rows:
        yield "Không thuộc huyện nào (cấp tỉnh, doanh nghiệp)", NO_DISTRICT, rows[None]


def _by_field(obligations):
    """A registration may name several fields and counts in each; filed ones only."""
    named = obligations.order_by().filter(
        unit__registrations__period=F("period"),
        unit__registrations__first_filed_at__isnull=False,
        unit__registrations__fields__isnull=False,
    )
    rows = named.values(
        "unit__registrations__fields__code",
        "unit__registrations__fields__name",
        "unit__registrations__fields__position",
    ).annotate(**_counted())
    for row in rows.order_by("unit__registrations__fields__position"):
        yield row["unit__registrations__fields__name"], row["unit__registrations__fields__code"], row
    rest = obligations.filter(~_names_a_field()).aggregate(**_counted())
    if rest[_alias("")]:
        yield "Chưa nêu (chưa nộp đăng ký)", NO_FIELD, rest
