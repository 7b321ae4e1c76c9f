"""The rows of the past, written in bulk but of the same kind as the workflow writes."""

import hashlib
import json
from datetime import date, datetime, time, timedelta
from random import Random

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from core import clock
from core.models import Event, EventPayload, ReferenceCounter
from reports.demo.papers import uid


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant in Asia/Ho_Chi_Minh."""
    return datetime.combine(day, time(hour, minute, second), tzinfo=timezone.get_default_timezone())


def some_time(rng: Random, day: date) -> datetime:
    """An instant of the day, as people file: mostly in office hours, sometimes at night."""
    hour = rng.choice((8, 8, 9, 9, 10, 10, 11, 14, 14, 15, 15, 16, 16, 17, 20, 22))
    return at(day, hour, rng.randrange(60), rng.randrange(60))


def office_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def after(rng: Random, instant: datetime, days: tuple[int, int], *, until: datetime) -> datetime:
    """Office time some days after `instant`, always between it and `until`."""
    day = office_day(clock.local_date(instant) + timedelta(days=rng.randint(*days)))
    later = at(day, rng.choice((8, 9, 10, 14, 15, 16)), rng.randrange(60), rng.randrange(60))
    if instant < later < until:
        return later
    return instant + min(timedelta(hours=3), (until - instant) / 2)


class Past:
    """Events collected in memory, written in the order of time."""

    def __init__(self):
        self._events = []

    def record(self, act, obj, *, at, by, acting, before="", after="", comment="", data=None):
        """What `Event.record` writes, at the instant `at`."""
        number = len(self._events)
        salt = uid("salt", act, obj.uid, at, number).hex
        body = {"comment": comment, "data": data or {}}
        canonical = json.dumps(body, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
        event = Event(
            uid=uid("event", act, obj.uid, at, number),
            at=at,
            act=act,
            object_type=obj._meta.label_lower,
            object_uid=obj.uid,
            case_uid=obj.uid,
            actor=by,
            actor_name=str(by),
            acting_unit_name=acting.name,
            acting_unit_uid=acting.uid,
            before=before,
            after=after,
        )
        payload = None
        if comment or data:
            event.payload_sha256 = hashlib.sha256((salt + canonical).encode()).hexdigest()
            payload = EventPayload(event=event, salt=salt, comment=comment, data=data or {})
        self._events.append((event, payload))

    def write(self) -> None:
        self._events.sort(key=lambda pair: pair[0].at)
        Event.objects.bulk_create([event for event, _ in self._events], batch_size=2000)
        payloads = [payload for _, payload in self._events if payload]
        for payload in payloads:
            payload.event_id = payload.event.pk
        EventPayload.objects.bulk_create(payloads, batch_size=2000)
        self._events.clear()


def number(kind: str, year: int, rows: list) -> None:
    """Give `rows`, in the order of their first filing, the references of the year, from 1 on."""
    if not rows:
        return
    first = ReferenceCounter.next_reference(kind, year)
    for place, row in enumerate(rows, start=1):
        row.reference = f"{first[:-5]}{place:05d}"
    ReferenceCounter.objects.filter(kind=kind, year=year).update(last=len(rows))
