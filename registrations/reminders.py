"""Who is reminded of what on a day, and in which mail. The preview and the job ask the same function.

A mail gathers what one person is to be told that day; the ledger (`Reminder`) has a row for each
thing told. Rows and mail stand or fall together, and just before sending the outbox asks
`still_due` what of it is still owed.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from core import clock, outbox
from core.calendar import corrections, last_instant
from core.models import OutboxMail
from core.templatetags.vn import con_lai, gio_ngay
from registrations.emails import WHAT_TO_DO
from registrations.enums import Audience, ObligationKind
from registrations.models import (
    BulkAct,
    Obligation,
    Reminder,
    ReminderPreference,
    ReminderRule,
    Wording,
)
from registrations.wording import fill
from units.enums import Function, Role
from units.lineage import people_at_each, people_with
from units.models import User

#: a run missed on its day is made up for on the next days, no later
CATCH_UP_DAYS = 2
#: mails queued in one transaction
BATCH = 200
#: so many units are named in a mail that gathers more
NAMED_UNITS = 30
#: one advisory lock for everyone who queues reminders: the second run sees what the first has queued
_LOCK = 0x6E686163
_STILL_DUE = "registrations.reminders.still_due"
_ROLE_OF = {Audience.FILERS: Role.FILER, Audience.HEADS: Role.HEAD, Audience.PARENT: Role.FILER}
_OVERSIGHT = (Audience.PARENT, Audience.STANDING_BODY)


@dataclass(frozen=True)
class Item:
    """One person to be told of one obligation, by a rule or by an act of the board."""

    user: User
    obligation: Obligation
    wording: Wording
    why: str
    rule: ReminderRule | None = None
    act: BulkAct | None = None

    @property
    def told(self) -> tuple:
        return self.obligation.pk, self.user.pk, self.obligation.due

    @property
    def key(self) -> str:
        by = f"rule-{self.rule.pk}" if self.rule else f"act-{self.act.pk}"
        return f"reminder-{by}-{self.obligation.pk}-{self.user.pk}-{self.obligation.due.isoformat()}"


@dataclass(frozen=True)
class Mail:
    """What one person gets in one mail."""

    user: User
    items: tuple[Item, ...]
    words: outbox.Words


@dataclass(frozen=True)
class Plan:
    """All that goes out on a day, and what does not although a rule asks for it."""

    day: date
    mails: list[Mail]
    #: people who have switched off reminders that are not compulsory
    declined: list[Item]
    #: (rule, obligation) without anybody to remind
    unreachable: list[tuple[ReminderRule, Obligation]]


def plan(day: date) -> Plan:
    """What the rules ask for on `day`, of all that is owed now and was not told yet."""
    turns = _turns(day)
    owed = _owed(turns, day)
    found, unreachable = _items(turns, owed)
    declined, items = [], []
    preferences = {
        p.user_id: p for p in ReminderPreference.objects.exclude(is_digest=True, takes_optional=True)
    }
    told = _told({rule for rules in turns.values() for rule in rules})
    for item in found:
        if item.told in told:
            continue
        preference = preferences.get(item.user.pk)
        if item.rule.is_optional and preference and not preference.takes_optional:
            declined.append(item)
            continue
        # Who is told of it in one capacity is not told again in another.
        told.add(item.told)
        items.append(item)
    return Plan(day, list(_gathered(items, preferences, day)), declined, unreachable)


def _turns(day: date) -> dict[tuple[str, date], list[ReminderRule]]:
    """The rules whose turn it is, by kind and due day: the latest for each audience.

    Only the latest: the rules for 3 days and for 1 day before may both be open after an
    outage, and would tell the same people the same thing twice.
    """
    since = day - timedelta(days=CATCH_UP_DAYS)
    rules = ReminderRule.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=since), valid_from__lte=day
    )
    rules = list(rules.select_related("wording"))
    if not rules:
        return {}
    holidays = corrections()
    dues = Obligation.objects.outstanding().order_by().values_list("kind", "due").distinct()
    turns = {}
    for kind, due in dues:
        latest = {}
        for rule in (rule for rule in rules if rule.kind == kind):
            falls_on = rule.falls_on(due, holidays)
            if since <= falls_on <= day and rule.is_in_force_on(falls_on):
                before = latest.get(rule.audience)
                if before is None or rule.days_before < before.days_before:
                    latest[rule.audience] = rule
        if latest:
            turns[kind, due] = [latest[audience] for audience in Audience if audience in latest]
    return turns


def _owed(turns, day) -> list[Obligation]:
    asked = Q(pk__in=[])
    for kind, due in turns:
        asked |= Q(kind=kind, due=due)
    return list(
        _can_be_met(Obligation.objects.outstanding().filter(asked), day)
        .select_related("unit__parent", "period")
        .order_by("due", "unit__sort_name", "id")
    )


def _can_be_met(obligations, day):
    """Without registrations of a period that takes none any more."""
    return obligations.exclude(kind=ObligationKind.REGISTRATION, period__locks_on__lt=day)


def _items(turns, owed):
    units = {o.unit_id for o in owed} | {o.unit.parent_id for o in owed if o.unit.parent_id}
    people = people_at_each(units, Role.FILER, Role.HEAD)
    standing_body = people_with(Function.STANDING_BODY, Role.REVIEWER, Role.LEAD)

    def asked(rule, obligation) -> set[int]:
        if rule.audience == Audience.STANDING_BODY:
            return standing_body
        is_parents = rule.audience == Audience.PARENT
        unit = obligation.unit.parent_id if is_parents else obligation.unit_id
        return people.get((unit, _ROLE_OF[rule.audience]), set())

    pairs = [
        (rule, obligation, asked(rule, obligation))
        for obligation in owed
        for rule in turns[obligation.kind, obligation.due]
    ]
    wanted = set().union(*(users for *_, users in pairs))
    users = User.objects.filter(is_active=True).only("uid", "email", "full_name").in_bulk(wanted)
    items, unreachable = [], []
    for rule, obligation, asked_users in pairs:
        reached = [users[pk] for pk in sorted(asked_users) if pk in users]
        items += [Item(user, obligation, rule.wording, _why(rule, obligation), rule=rule) for user in reached]
        if not reached:
            unreachable.append((rule, obligation))
    return items, unreachable


def _why(rule, obligation) -> str:
    unit = obligation.unit
    who = {
        Audience.FILERS: f"là người lập hồ sơ của {unit.name}",
        Audience.HEADS: f"là thủ trưởng của {unit.name}",
        Audience.PARENT: f"là người lập hồ sơ của {unit.parent}, cấp trên của {unit.name}",
        Audience.STANDING_BODY: "thuộc cơ quan thường trực phong trào",
    }
    return f"{who[rule.audience]}; quy tắc nhắc {rule.when}"


def _told(rules) -> set[tuple]:
    ledger = Reminder.objects.filter(rule__in=rules)
    return set(ledger.values_list("obligation", "user", "due"))


def _gathered(items, preferences, day):
    """One mail a day for each person; who wants it so gets one for each thing owed by his own units."""
    of_user = defaultdict(list)
    for item in items:
        of_user[item.user.pk].append(item)
    for found in of_user.values():
        preference = preferences.get(found[0].user.pk)
        apart = []
        if preference and not preference.is_digest:
            apart = [item for item in found if item.rule.audience not in _OVERSIGHT]
            found = [item for item in found if item.rule.audience in _OVERSIGHT]
        groups = [*([item] for item in apart), *([found] if found else [])]
        for group in groups:
            yield Mail(group[0].user, tuple(group), words_of(group, day))


def words_of(items, day: date) -> outbox.Words:
    """What a mail about these things says on `day`; what has one wording and one day is said once."""

    def alike(item):
        return item.wording.pk, item.obligation.period_id, item.obligation.kind, item.obligation.due

    groups = [list(group) for _, group in groupby(sorted(items, key=alike), key=alike)]
    groups.sort(key=lambda group: group[0].obligation.due)
    said = [_said(group, day) for group in groups]
    if len(said) == 1:
        ((subject, text),) = said
    else:
        nearest = con_lai(groups[0][0].obligation.due, day)
        subject = f"{len(items)} việc chưa nộp, gần nhất {nearest}"
        text = "\n\n".join(f"{number}. {paragraph}" for number, (_, paragraph) in enumerate(said, start=1))
    reasons = dict.fromkeys(item.why for item in items)
    why = next(iter(reasons)) if len(reasons) == 1 else f"{len(items)} lý do, xem sổ nhắc việc trên cổng"
    body = (
        f"Kính gửi {items[0].user.full_name},\n\n{text}\n\n"
        f"Mở cổng để làm tiếp: {settings.SITE_URL}/ban-lam-viec/\n\n"
        "Nếu đơn vị vừa nộp xong, xin bỏ qua thư này.\n"
        f"Vì sao bạn nhận thư này: {why}.\n\n"
        "Cổng thi đua chuyển đổi số tỉnh Lào Cai\n"
    )
    return outbox.Words(subject[:255], body)


def _said(group, day) -> tuple[str, str]:
    first = group[0]
    obligation, wording = first.obligation, first.wording
    names = list(dict.fromkeys(item.obligation.unit.name for item in group))
    more = len(names) - NAMED_UNITS
    values = {
        "don_vi": "; ".join(names[:NAMED_UNITS]) + (f" và {more} đơn vị khác" if more > 0 else ""),
        "viec": WHAT_TO_DO[obligation.kind],
        "nam": str(obligation.period.year),
        "han": gio_ngay(last_instant(obligation.due)),
        "con_lai": con_lai(obligation.due, day),
        "ly_do": "; ".join(dict.fromkeys(item.obligation.reason for item in group)),
    }
    subject, body = (fill(text, values).strip() for text in (wording.subject, wording.body))
    return subject[:1].upper() + subject[1:], body


def queue_plan(planned: Plan) -> int:
    """Queue what was planned, in batches; returns how many mails are new.

    Run twice, or by two workers, it queues nothing twice: the runs take turns batch by
    batch, each reads the ledger anew, and the database keeps every row of it unique.
    """
    starts = range(0, len(planned.mails), BATCH)
    return sum(_queue_batch(planned.mails[start : start + BATCH], planned.day) for start in starts)


@transaction.atomic
def _queue_batch(mails, day) -> int:
    lock()
    ledger = Reminder.objects.filter(
        user__in=[mail.user.pk for mail in mails],
        rule__in={item.rule.pk for mail in mails for item in mail.items},
    )
    told = set(ledger.values_list("obligation", "user", "due"))
    fresh = []
    for mail in mails:
        items = [item for item in mail.items if item.told not in told]
        if items:
            words = mail.words if len(items) == len(mail.items) else words_of(items, day)
            fresh.append(Mail(mail.user, tuple(items), words))
    queue(fresh)
    return len(fresh)


def lock() -> None:
    """Wait until nobody else queues reminders, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def queue(mails: list[Mail]) -> None:
    """The mails and their rows of the ledger, inside the caller's transaction."""
    rows = outbox.queue_all(
        {
            "key": mail.items[0].key,
            "to": mail.user,
            "subject": mail.words.subject,
            "body": mail.words.body,
            "still_due": _STILL_DUE,
            "unit_uid": _only_unit(mail),
        }
        for mail in mails
    )
    Reminder.objects.bulk_create(
        Reminder(
            rule=item.rule,
            act=item.act,
            wording=item.wording,
            obligation=item.obligation,
            user=item.user,
            why=item.why[:300],
            due=item.obligation.due,
            mail=row,
        )
        for mail, row in zip(mails, rows, strict=True)
        for item in mail.items
    )


def _only_unit(mail):
    """The unit whose people may read the mail: none when it speaks of several."""
    units = {item.obligation.unit.uid for item in mail.items}
    return units.pop() if len(units) == 1 else None


def still_due(mail: OutboxMail) -> outbox.Words | None:
    """Asked just before sending: whoever has filed, or was given another day, gets nothing of it."""
    today = clock.today()
    reminders = (
        mail.reminders.filter(obligation__in=Obligation.objects.outstanding(), user__is_active=True)
        .filter(obligation__due=F("due"))
        .select_related("obligation__unit", "obligation__period", "user", "wording")
        .order_by("id")
    )
    open_still = _can_be_met(Obligation.objects.filter(reminders__mail=mail), today)
    items = [
        Item(r.user, r.obligation, r.wording, r.why) for r in reminders.filter(obligation__in=open_still)
    ]
    return words_of(items, today) if items else None


def remind_by_hand(obligation, people, *, act) -> None:
    """Queue a reminder of one obligation to each of these, by an act of the board."""
    why = f"là người lập hồ sơ của {obligation.unit.name}; cơ quan thường trực nhắc"
    items = [Item(user, obligation, act.wording, why, act=act) for user in people]
    queue([Mail(item.user, (item,), words_of([item], clock.today())) for item in items])
