"""Emulation blocs: who is in which, from when to when, and who heads it."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from core import clock
from core.models import Event
from core.transitions import Refused
from core.vietnamese import nfc
from units.models import BlocHead, BlocMembership, EmulationBloc, Unit


@dataclass(frozen=True)
class Row:
    """One line of a list of blocs: a unit and the bloc it belongs to."""

    unit: Unit
    bloc: str


def current_members(bloc, day=None):
    day = day or clock.today()
    return bloc.memberships.filter(validity__contains=day).select_related("unit")


def head_on(bloc, day) -> Unit | None:
    return next((h.unit for h in bloc.heads.filter(validity__contains=day).select_related("unit")), None)


def save(bloc, *, by, acting=None) -> None:
    act = "change" if bloc.pk else "add"
    with transaction.atomic():
        bloc.save()
        Event.record(act, bloc, by=by, acting=acting, data={"name": bloc.name, "basis": bloc.basis})


def place(rows: list[Row], *, since: date, basis: str, by, acting=None) -> int:
    """Put units into blocs from `since`, all or nothing; blocs that are new by name are made.

    A unit leaves the bloc it was in the day before; one already there is left alone.
    Returns how many units moved.
    """
    moved = 0
    with transaction.atomic():
        blocs = {bloc.name: bloc for bloc in EmulationBloc.objects.on(since)}
        for row in rows:
            name = nfc(row.bloc)
            if name not in blocs:
                blocs[name] = EmulationBloc(name=name, valid_from=since, basis=basis)
                save(blocs[name], by=by, acting=acting)
            moved += _move(row.unit, blocs[name], since)
        for bloc in {blocs[nfc(row.bloc)] for row in rows}:
            count = sum(nfc(row.bloc) == bloc.name for row in rows)
            Event.record("place", bloc, by=by, acting=acting, data={"units": count, "since": since})
    return moved


def _move(unit, bloc, since) -> bool:
    # The unit's row is the lock: two lists about one unit wait for each other.
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    current = BlocMembership.objects.filter(unit=unit, validity__contains=since).first()
    if current and current.bloc_id == bloc.pk:
        return False
    if BlocMembership.objects.filter(unit=unit, validity__startswith__gt=since).exists():
        raise Refused(f"{unit.name} đã được xếp khối từ một ngày sau {since:%d/%m/%Y}.", status=422)
    if current:
        _end(current, since)
    BlocMembership.objects.create(unit=unit, bloc=bloc, validity=DateRange(since, None))
    return True


def _end(interval, day):
    """The interval ends the day before `day`; one that would be empty never was."""
    if interval.validity.lower == day:
        interval.delete()
    else:
        interval.validity = DateRange(interval.validity.lower, day)
        interval.save(update_fields=["validity"])


def remove(bloc, unit, *, since: date, by, acting=None) -> None:
    with transaction.atomic():
        current = BlocMembership.objects.select_for_update().filter(
            bloc=bloc, unit=unit, validity__contains=since
        )
        member = current.first()
        if member is None:
            raise Refused("Đơn vị không thuộc khối này vào ngày đó.", status=422)
        _end(member, since)
        Event.record("remove", bloc, by=by, acting=acting, data={"unit": unit.name, "since": since})


def appoint(bloc, unit, *, since: date, by, acting=None) -> None:
    """The unit heads the bloc from `since`; who headed it until then stops the day before."""
    with transaction.atomic():
        EmulationBloc.objects.select_for_update().get(pk=bloc.pk)
        if not bloc.memberships.filter(unit=unit, validity__contains=since).exists():
            raise Refused("Khối trưởng phải là một đơn vị trong khối vào ngày đó.", status=422)
        if bloc.heads.filter(validity__startswith__gt=since).exists():
            raise Refused("Khối đã có khối trưởng từ một ngày sau ngày này.", status=422)
        for head in bloc.heads.filter(validity__contains=since):
            if head.unit_id == unit.pk:
                raise Refused(f"{unit.name} đang là khối trưởng.", status=422)
            _end(head, since)
        BlocHead.objects.create(bloc=bloc, unit=unit, validity=DateRange(since, None))
        Event.record("appoint", bloc, by=by, acting=acting, data={"unit": unit.name, "since": since})


def read_rows(text: str, unit_called) -> list[Row]:
    """Lines pasted from a sheet, "unit<tab>bloc" or "unit | bloc"; ValidationError names every fault."""
    rows, wrong, seen = [], [], {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        unit_text, _, bloc = line.replace("\t", "|", 1).partition("|")
        bloc = " ".join(bloc.split())
        try:
            unit = unit_called(unit_text.strip())
        except ValidationError as error:
            wrong += [f"Dòng {number}: {message}" for message in error.messages]
            continue
        if not bloc or len(bloc) > 200:
            wrong.append(f"Dòng {number}: thiếu tên khối, hoặc tên dài quá 200 ký tự.")
        elif unit in seen:
            wrong.append(f"Dòng {number}: {unit.name} đã có ở dòng {seen[unit]}.")
        else:
            rows.append(Row(unit, bloc))
        seen.setdefault(unit, number)
    if wrong:
        raise ValidationError(wrong)
    return rows
