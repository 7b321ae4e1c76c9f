"""What may happen to the record of a launch. It has no states; every change leaves its trail."""

from contextlib import contextmanager

from django.db import transaction

from core import clock, files
from core.calendar import day_bounds
from core.findings import Finding
from core.models import Event
from core.transitions import Refused
from registrations.enums import ObligationKind
from registrations.models import Launch, Obligation

#: sentences of the history
SENTENCES = {
    "record": "đã ghi nhận việc phát động",
    "correct": "đã sửa thông tin phát động",
    "withdraw": "đã rút bản ghi phát động",
}
_FIELDS = ("launched_on", "form", "document_number", "note", "received_on")


def record(period, unit, *, by, values: dict, upload, acting=None) -> Launch:
    """Record that the unit launched the movement; `values` are the fields of the form.

    The standing body records for a unit what came on paper, with the day it was received.
    """
    launch = Launch(period=period, unit=unit, recorded_by=by, recorded_at=clock.now(), **values)
    _refuse_without_right(by, "record", launch)
    with transaction.atomic():
        owed = Obligation.objects.select_for_update().filter(
            period=period, unit=unit, kind=ObligationKind.LAUNCH
        )
        if not owed.exists():
            raise Refused(f"Kỳ {period.year} không yêu cầu {unit.name} phát động.")
        if Launch.objects.in_force().filter(period=period, unit=unit).exists():
            raise Refused(f"{unit.name} đã được ghi nhận phát động. Hãy sửa bản đã ghi.")
        _require(launch, is_on_paper=not by.authority.files_for(unit.pk))
        launch.file = files.store(upload, by=by)
        launch.save()
        _meet(launch, launch.launched_on)
        Event.record("record", launch, by=by, acting=acting, data=_written(launch))
    return launch


def correct(launch, *, by, version: int, values: dict, reason: str, upload=None, acting=None) -> None:
    """Correct what was recorded, as read at `version`; the former words stay in the history."""
    with _changing(launch, "correct", by, reason) as locked:
        if locked.version != version:
            raise Refused("Người khác vừa sửa bản ghi này. Hãy xem lại bản mới rồi sửa tiếp.")
        before = _written(locked)
        for name, value in values.items():
            setattr(locked, name, value)
        _require(locked, is_on_paper=before["received_on"] != "")
        if upload:
            locked.file = files.store(upload, by=by)
        locked.version += 1
        locked.save()
        _meet(locked, locked.launched_on)
        data = {"before": before, "after": _written(locked)}
        Event.record("correct", locked, by=by, acting=acting, comment=reason, data=data)
    launch.refresh_from_db()


def withdraw(launch, *, by, reason: str, acting=None) -> None:
    """Take back a record that should not be; the unit owes its launch again."""
    with _changing(launch, "withdraw", by, reason) as locked:
        locked.withdrawn_at = clock.now()
        locked.save()
        _meet(locked, None)
        Event.record("withdraw", locked, by=by, acting=acting, comment=reason)
    launch.refresh_from_db()


@contextmanager
def _changing(launch, action, by, reason):
    """The locked record, for one who may change it and says why."""
    with transaction.atomic():
        locked = Launch.objects.select_for_update().get(pk=launch.pk)
        _refuse_without_right(by, action, locked)
        if locked.withdrawn_at:
            raise Refused("Bản ghi này đã được rút. Hãy tải lại trang.")
        if not reason.strip():
            raise Refused("Cần ghi lý do.", [Finding("Hãy ghi rõ lý do.", "comment")], status=422)
        yield locked


def _refuse_without_right(by, action, launch):
    if not by.has_perm(f"registrations.{action}_launch", launch):
        raise Refused("Bạn không có quyền ghi nhận phát động của đơn vị này.", status=403)


def _require(launch, *, is_on_paper):
    findings = []
    if launch.launched_on > clock.today():
        findings.append(Finding("Ngày phát động chưa tới. Hãy ghi sau khi đã phát động.", "launched_on"))
    if launch.received_on and launch.received_on > clock.today():
        findings.append(Finding("Ngày nhận bản giấy chưa tới.", "received_on"))
    if launch.received_on is None and is_on_paper:
        findings.append(Finding("Ghi thay đơn vị thì cần ngày nhận bản giấy.", "received_on"))
    if findings:
        raise Refused("Chưa ghi được.", findings, status=422)


def _meet(launch, day):
    """A launch meets what is owed on the day it took place (plan VI), not on the day it was recorded."""
    owed = Obligation.objects.filter(period=launch.period, unit=launch.unit, kind=ObligationKind.LAUNCH)
    owed.update(met_at=day_bounds(day)[0] if day else None)


def _written(launch) -> dict:
    return {name: str(getattr(launch, name) or "") for name in _FIELDS}
