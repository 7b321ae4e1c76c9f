"""When may it happen to a list of pilot units, and what then?"""

from contextlib import contextmanager

from django.db import transaction

from core import clock
from core.findings import Finding
from core.models import Event
from core.transitions import Refused, Transition, Workflow
from registrations import checks, emails
from registrations.enums import ObligationKind, PilotListState
from registrations.models import Obligation, Pilot, PilotList

PILOT_LIST = Workflow(
    PilotList,
    Transition("file", ("draft", "returned"), "filed", "Gửi danh sách", sentence="đã gửi danh sách"),
    Transition("note", ("filed",), "noted", "Ghi nhận", sentence="đã ghi nhận danh sách"),
    Transition(
        "return", ("filed",), "returned", "Trả lại", needs_comment=True, sentence="đã trả lại danh sách"
    ),
    # What was sent changes only with a reason; the standing body takes note of it anew.
    Transition(
        "change",
        ("filed", "noted"),
        "filed",
        "Thay đổi",
        needs_comment=True,
        sentence="đã thay đổi danh sách",
    ),
)
#: sentences of the history, for acts that change no state
SENTENCES = {
    "start": "đã bắt đầu lập danh sách",
    "add_pilot": "đã thêm",
    "change_pilot": "đã sửa",
    "remove_pilot": "đã bỏ",
    "end_pilot": "đã thôi chỉ đạo điểm tại",
}


def start(period, unit, *, by, acting=None) -> PilotList:
    """Begin the list of the district (`unit`) or of the province (None) for the period; or find it."""
    with transaction.atomic():
        wanted = PilotList(period=period, unit=unit, created_at=clock.now())
        if not by.has_perm("registrations.edit_pilotlist", wanted):
            raise Refused("Bạn không có quyền lập danh sách này.", status=403)
        if period.pilots_last_day is None:
            raise Refused(f"Kỳ {period.year} không yêu cầu danh sách chỉ đạo điểm.")
        pilot_list, created = PilotList.objects.get_or_create(
            period=period, unit=unit, defaults={"created_at": wanted.created_at}
        )
        if created:
            Event.record("start", pilot_list, by=by, acting=acting, after=pilot_list.state)
    return pilot_list


@contextmanager
def _editing(pilot_list, *, by, comment="", acting=None):
    """The locked list to be written on: freely until it is sent, afterwards as a change with its reason."""
    if pilot_list.state in (PilotListState.DRAFT, PilotListState.RETURNED):
        with transaction.atomic():
            locked = PilotList.objects.select_for_update().get(pk=pilot_list.pk)
            if not by.has_perm("registrations.edit_pilotlist", locked):
                raise Refused("Bạn không có quyền sửa danh sách này.", status=403)
            if locked.state != pilot_list.state:
                raise Refused("Danh sách vừa được gửi đi. Hãy tải lại trang.")
            yield locked
            locked.version += 1
            locked.save()
        pilot_list.refresh_from_db()
    else:
        with PILOT_LIST.perform("change", pilot_list, by=by, acting=acting, comment=comment) as step:
            yield step.object
            step.object.filed_at = step.at
            step.object.version += 1


def save_pilot(pilot_list, *, by, values: dict, fields, pilot=None, comment="", acting=None) -> Pilot:
    """Add a pilot unit, or change `pilot`; `fields` are priority fields."""
    with _editing(pilot_list, by=by, comment=comment, acting=acting) as locked:
        act = "change_pilot" if pilot else "add_pilot"
        before = _written(pilot) if pilot else {}
        pilot = pilot or Pilot(list=locked)
        for name, value in values.items():
            setattr(pilot, name, value)
        twin = locked.pilots.filter(unit=pilot.unit, name=pilot.name).exclude(pk=pilot.pk)
        if any(not other.is_over for other in twin):
            raise Refused("Chưa lưu được.", [Finding("Đơn vị này đã có trong danh sách.", "unit")], 422)
        pilot.save()
        pilot.fields.set(fields)
        _record(act, pilot, by=by, acting=acting, comment=comment, before=before)
    return pilot


def remove_pilot(pilot, *, by, acting=None) -> None:
    """Strike a pilot unit from a list that is not sent; of a sent one it is ended instead."""
    if pilot.list.state not in (PilotListState.DRAFT, PilotListState.RETURNED):
        raise Refused("Danh sách đã gửi: hãy ghi ngày thôi chỉ đạo điểm và lý do.")
    with _editing(pilot.list, by=by, acting=acting):
        _record("remove_pilot", pilot, by=by, acting=acting, before=_written(pilot))
        pilot.delete()


def end_pilot(pilot, *, by, last_day, comment, acting=None) -> None:
    """The unit is a pilot no longer after `last_day`; the row stays, with its reason in the history."""
    with _editing(pilot.list, by=by, comment=comment, acting=acting):
        if last_day < pilot.valid_from:
            message = f"Không thể trước ngày bắt đầu ({pilot.valid_from:%d/%m/%Y})."
            raise Refused("Chưa ghi được.", [Finding(message, "last_day")], 422)
        before = _written(pilot)
        pilot.valid_to = last_day
        pilot.save()
        _record("end_pilot", pilot, by=by, acting=acting, comment=comment, before=before)


def _record(act, pilot, *, by, acting, before, comment=""):
    data = {"name": pilot.label, "before": before, "after": _written(pilot)}
    Event.record(act, pilot, by=by, acting=acting, comment=comment, data=data)


def _written(pilot) -> dict:
    days = {name: str(getattr(pilot, name) or "") for name in ("valid_from", "valid_to")}
    return {"name": pilot.label, "reason": pilot.reason, **days}


def file(pilot_list, *, by, version: int, acting=None) -> None:
    """Send the list as read at `version`. Late when it first comes after the day it is due."""
    with PILOT_LIST.perform("file", pilot_list, by=by, acting=acting) as step:
        sent = step.object
        if sent.version != version:
            raise Refused("Danh sách vừa được sửa sau khi bạn mở trang này. Hãy xem lại rồi gửi.")
        step.require(checks.missing_for_sending_pilots(sent))
        owed = Obligation.objects.select_for_update().filter(
            period=sent.period, unit=sent.unit, kind=ObligationKind.PILOTS
        )
        obligation = owed.first() if sent.unit_id else None
        if sent.first_filed_at is None:
            due = obligation.due if obligation else sent.period.pilots_last_day
            sent.first_filed_at = step.at
            sent.is_late = due is not None and clock.local_date(step.at) > due
        sent.filed_at = step.at
        if obligation and obligation.met_at is None:
            obligation.met_at = sent.first_filed_at
            obligation.save(update_fields=["met_at"])
        step.data = {"pilots": [_written(pilot) for pilot in sent.pilots.select_related("unit")]}


def note(pilot_list, *, by, version: int, acting=None) -> None:
    """Take note of the list as read at `version`."""
    with PILOT_LIST.perform("note", pilot_list, by=by, acting=acting) as step:
        if step.object.version != version:
            raise Refused("Đơn vị vừa thay đổi danh sách sau khi bạn mở trang này. Hãy xem lại.")


def return_(pilot_list, *, by, comment, acting=None) -> None:
    with PILOT_LIST.perform("return", pilot_list, by=by, acting=acting, comment=comment) as step:
        emails.pilot_list_returned(step.object, step.comment, step.at)
