"""Launches, lists of pilot units and inspections for the tests, brought to their state by the workflow."""

from datetime import date
from types import SimpleNamespace

from registrations.enums import FindingKind, ObligationKind, TeamRole
from registrations.models import PilotNorm, Visit
from registrations.workflow import inspection as inspecting
from registrations.workflow import launch as launching
from registrations.workflow import pilot as piloting
from tests.factories_registrations import ObligationFactory, PeriodFactory, a_pdf

LAUNCHED = {
    "launched_on": date(2027, 1, 10),
    "form": "conference",
    "document_number": "35/KH-UBND",
    "note": "",
}
DECISION = {"number": "12/QĐ-STTTT", "signed_on": date(2027, 1, 5)}


def a_period():
    """The year 2027, which asks for launches and lists of pilot units by 31/01."""
    period = PeriodFactory()
    period.launch_last_day = period.pilots_last_day = date(2027, 1, 31)
    period.save()
    for level in ("province", "district"):
        PilotNorm.objects.get_or_create(
            campaign=period.campaign, level=level, defaults={"at_least": 1, "at_most": 2, "clause": "III.3"}
        )
    return period


def owes(unit, kind, period=None):
    period = period or a_period()
    return ObligationFactory(period=period, unit=unit, kind=kind, due=date(2027, 1, 31))


def owes_launch(unit, period=None):
    return owes(unit, ObligationKind.LAUNCH, period)


def a_launch(unit, by, period=None, **changes):
    period = period or a_period()
    return launching.record(period, unit, by=by, values=LAUNCHED | changes, upload=a_pdf())


def a_list(unit, by, *names, period=None):
    """A list in draft with pilots of these names."""
    pilot_list = piloting.start(period or a_period(), unit, by=by)
    for name in names:
        add_pilot(pilot_list, by, name=name)
    return pilot_list


def add_pilot(pilot_list, by, *, name="", unit=None, comment="", **changes):
    values = {
        "unit": unit,
        "name": name,
        "reason": "Có hạ tầng tốt.",
        "valid_from": date(2027, 1, 1),
        "valid_to": None,
    }
    return piloting.save_pilot(pilot_list, by=by, values=values | changes, fields=[], comment=comment)


def a_sent_list(unit, by, *names, period=None):
    pilot_list = a_list(unit, by, *(names or ["Phòng Văn hóa và Thông tin"]), period=period)
    piloting.file(pilot_list, by=by, version=pilot_list.version)
    return pilot_list


def an_inspection(by, *units, head=None, members=(), period=None):
    """One planned for 10–20/01/2027 that visits `units` on 12/01; `head` and `members` are users."""
    values = {
        "name": "Kiểm tra đợt 1",
        "starts_on": date(2027, 1, 10),
        "ends_on": date(2027, 1, 20),
        "purpose": "Đánh giá việc thực hiện đăng ký.",
        "combined_with": "",
    }
    inspection = inspecting.plan(period or PeriodFactory(), by=by, values=values)
    team = [(head, TeamRole.HEAD)] if head else []
    team += [(user, TeamRole.MEMBER) for user in members]
    for user, role in team:
        unit = user.memberships.first().unit
        person = {"user": user, "name": user.full_name, "position": "", "unit": unit, "role": role}
        inspecting.add_member(inspection, by=by, values=person)
    for unit in units:
        place = {"unit": unit, "on": date(2027, 1, 12), "place": "Trụ sở đơn vị"}
        inspecting.add_visit(inspection, by=by, values=place)
    return inspection


def start(inspection, by):
    inspecting.start(inspection, by=by, **DECISION, upload=a_pdf("quyet-dinh.pdf"))


def found(visit, by, *, kind=FindingKind.SHORTCOMING, criterion=None, upload=None, **changes):
    values = {
        "kind": kind,
        "criterion": criterion,
        "text": "Hồ sơ chưa xử lý trên môi trường mạng.",
        "remedy": "" if kind == FindingKind.GOOD else "Xử lý hết trên hệ thống.",
        "due": None if kind == FindingKind.GOOD else date(2027, 2, 1),
    }
    return inspecting.save_finding(visit, by=by, values=values | changes, upload=upload)


def told(visit, by):
    """Write the summary and tell the unit."""
    inspecting.record(visit, by=by, representatives="Trần Thị Bình", summary="Đơn vị triển khai tốt.")
    inspecting.communicate(visit, by=by)


def a_told_visit(by, unit, **team):
    """A visit under way whose results the unit reads: one shortcoming on COMM-1, one good point."""
    inspection = an_inspection(by, unit, **team)
    start(inspection, by)
    visit = Visit.objects.get(inspection=inspection)
    criteria = inspection.period.campaign.criteria_set.criteria
    criterion = criteria.filter(tier=unit.tier).order_by("position").first()
    shortcoming = found(visit, by, criterion=criterion, upload=a_pdf("anh-chup.pdf"))
    good = found(visit, by, kind=FindingKind.GOOD)
    told(visit, by)
    return SimpleNamespace(inspection=inspection, visit=visit, shortcoming=shortcoming, good=good)
