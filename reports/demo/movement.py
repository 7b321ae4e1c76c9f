"""Launches, pilot units and inspections of the demo: nearly all launched, two lists off in number,
one inspection closed and one that still goes on."""

from datetime import datetime, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.calendar import day_bounds
from core.files import PDF
from core.models import File
from registrations.enums import FindingKind, LaunchForm, ObligationKind, TeamRole
from registrations.models import Launch, Obligation, Period
from registrations.workflow import inspection as inspecting
from registrations.workflow import pilot as piloting
from reports.demo.papers import content, paper, uid
from reports.demo.past import Past, office_day
from reports.demo.texts import MARK
from reports.demo.world import World
from units.enums import Kind
from units.models import User

#: how many of each tier have not launched in the newest campaign
SILENT = {Kind.DEPARTMENT: 1, Kind.DISTRICT: 2}
#: which of the districts, by name, are off: no pilot unit left, a list sent back, none sent
NONE_LEFT, SENT_BACK, NOT_SENT = 0, 2, 3


def organise(world: World, periods: list[Period], now: datetime) -> None:
    """Launches and pilots of the periods that ask for them, inspections of this year and the last."""
    today = clock.local_date(now)
    asked = [period for period in periods if period.launch_last_day and period.launch_last_day < today]
    for period in asked:
        is_newest = period == asked[-1]
        _launch(world, period, is_newest)
        _choose_pilots(world, period, is_newest)
    this_year = next((p for p in periods if p.year == today.year), periods[-1])
    last_year = next((p for p in periods if p.year == this_year.year - 1), None)
    if last_year:
        _inspect_last_year(world, last_year)
    _inspect_now(world, this_year, now)


# --- Launches --------------------------------------------------------------------------------


def _launch(world, period, is_newest):
    rng, past, launches, files = Random(f"launches/{period.year}"), Past(), [], []
    owed = period.obligations.filter(kind=ObligationKind.LAUNCH, is_waived=False)
    owed = list(owed.select_related("unit").order_by("unit__sort_name"))
    left = dict(SILENT) if is_newest else {}
    for obligation in owed:
        unit = obligation.unit
        if left.get(unit.kind):
            left[unit.kind] -= 1
            continue
        late = rng.random() < 0.05
        day = office_day(obligation.due + timedelta(days=12 if late else -rng.randint(0, 25)))
        at = day_bounds(day)[0] + timedelta(hours=15, minutes=rng.randrange(60))
        filer = world.filers.get(unit.pk, world.people["demo.stttt"])
        file = paper("phat-dong.pdf", period.year, unit.code, by=filer, at=at)
        files.append(file)
        launch = Launch(
            uid=uid("launch", period.year, unit.code),
            period=period,
            unit=unit,
            launched_on=day,
            form=rng.choices(LaunchForm.values, (5, 4, 3, 1, 0))[0],
            document_number=f"{rng.randint(10, 300)}/KH-MH",
            file=file,
            note=f"Nội dung minh họa {MARK}." if rng.random() < 0.3 else "",
            received_on=None if unit.pk in world.filers else day,
            recorded_at=at,
            recorded_by=filer,
        )
        launches.append(launch)
        past.record("record", launch, at=at, by=filer, acting=unit)
        obligation.met_at = day_bounds(day)[0]
    File.objects.bulk_create(files)
    Launch.objects.bulk_create(launches)
    Obligation.objects.bulk_update(owed, ["met_at"])
    past.write()


# --- Pilot units -----------------------------------------------------------------------------


def _choose_pilots(world, period, is_newest):
    at = day_bounds(period.pilots_last_day - timedelta(days=9))[0] + timedelta(hours=9)
    lead = _fresh(world.people["demo.stttt.ld"])
    with clock.played_at(at):
        chosen = [world.units["SDL" if is_newest else "STNMT"], world.firms[0]]
        reason = "Có hạ tầng số tốt, sẵn sàng làm trước để nhân rộng"
        _list(period, None, lead, world.standing_body, chosen, reason)
    districts = sorted(
        (u for u in world.units.values() if u.kind == Kind.DISTRICT and u.pk in world.filers),
        key=lambda u: u.sort_name,
    )
    communes = {d.pk: [] for d in districts}
    for unit in sorted(world.units.values(), key=lambda u: u.sort_name):
        if unit.kind == Kind.COMMUNE and unit.parent_id in communes:
            communes[unit.parent_id].append(unit)
    desk = _fresh(world.people["demo.stttt"])
    for place, district in enumerate(districts):
        if is_newest and place == NOT_SENT:
            continue
        number = 1 + place % 2
        filer = _fresh(world.filers[district.pk])
        with clock.played_at(at + timedelta(hours=place)):
            reason = "Xã có tổ công nghệ số cộng đồng hoạt động đều"
            listed = _list(period, district, filer, district, communes[district.pk][:number], reason)
        with clock.played_at(at + timedelta(days=14, hours=place)):
            if is_newest and place == SENT_BACK:
                piloting.return_(
                    listed,
                    by=desk,
                    comment=f"Đề nghị nêu rõ lĩnh vực chỉ đạo điểm {MARK}.",
                    acting=world.standing_body,
                )
                continue
            if is_newest and place == NONE_LEFT:
                for pilot in listed.pilots.select_related("list"):
                    piloting.end_pilot(
                        pilot,
                        by=filer,
                        last_day=clock.today(),
                        comment=f"Đơn vị sắp sáp nhập, sẽ chọn đơn vị khác {MARK}.",
                        acting=district,
                    )
                listed.refresh_from_db()
            piloting.note(listed, by=desk, version=listed.version, acting=world.standing_body)


def _list(period, unit, by, acting, chosen, reason):
    listed = piloting.start(period, unit, by=by, acting=acting)
    fields = list(period.campaign.fields.filter(code="a"))
    for pilot in chosen:
        values = {
            "unit": pilot,
            "name": "",
            "reason": f"{reason} {MARK}.",
            "valid_from": clock.today(),
            "valid_to": None,
        }
        piloting.save_pilot(listed, by=by, values=values, fields=fields, acting=acting)
    piloting.file(listed, by=by, version=listed.version, acting=acting)
    return listed


def _fresh(user) -> User:
    """The person read anew: what one may do is remembered with the person, and this is another day."""
    return User.objects.get(pk=user.pk)


# --- Inspections -----------------------------------------------------------------------------


def _scan(name) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content(name), content_type=PDF)


def _team(world, *accounts):
    roles = (TeamRole.HEAD, TeamRole.SECRETARY, TeamRole.MEMBER)
    for account, role in zip(accounts, roles, strict=False):
        user = world.people[account]
        unit = user.memberships.select_related("unit").order_by("pk").first().unit
        yield {
            "user": user,
            "name": user.full_name,
            "position": user.position,
            "unit": unit,
            "role": role,
        }


def _begin(world, period, desk, starts, ends, name, team, programme):
    """Plan an inspection and start it on its first day; the visits by unit."""
    said = {"by": desk, "acting": world.standing_body}
    values = {
        "name": name,
        "starts_on": clock.local_date(starts),
        "ends_on": clock.local_date(ends),
        "purpose": f"Đánh giá việc thực hiện đăng ký thi đua, đối chiếu số liệu với hồ sơ {MARK}.",
        "combined_with": "Kiểm tra công tác cải cách hành chính",
    }
    with clock.played_at(starts - timedelta(days=10)):
        inspection = inspecting.plan(period, values=values, **said)
        for member in team:
            inspecting.add_member(inspection, values=member, **said)
        visits = [
            inspecting.add_visit(
                inspection,
                values={"unit": unit, "on": clock.local_date(starts + timedelta(days=days)), "place": place},
                **said,
            )
            for unit, days, place in programme
        ]
    with clock.played_at(starts - timedelta(days=3)):
        decision = {"number": f"{period.year % 100}/QĐ-MH", "signed_on": clock.today()}
        inspecting.start(inspection, upload=_scan("quyet-dinh-kiem-tra.pdf"), **decision, **said)
    return inspection, visits


def _criterion(visit, position=0):
    criteria = visit.inspection.period.campaign.criteria_set.criteria.filter(tier=visit.unit.tier)
    return criteria.order_by("position")[position]


def _found(visit, desk, kind, text, *, criterion=None, remedy="", due=None, evidence=False):
    values = {
        "kind": kind,
        "criterion": criterion,
        "text": f"{text} {MARK}.",
        "remedy": remedy,
        "due": due,
    }
    upload = _scan("minh-chung.pdf") if evidence else None
    return inspecting.save_finding(visit, by=desk, values=values, upload=upload)


def _tell(visit, desk, summary):
    inspecting.record(
        visit,
        by=desk,
        representatives=f"Lãnh đạo đơn vị {MARK}\nBộ phận phụ trách chuyển đổi số",
        summary=f"{summary} {MARK}.",
    )
    inspecting.communicate(visit, by=desk)


def _inspect_last_year(world, period):
    """Four weeks in June of the year: one department, one district; all put right by the end of July."""
    desk = _fresh(world.people["demo.stttt"])
    starts = day_bounds(period.last_day.replace(month=6, day=10))[0] + timedelta(hours=8)
    ends = starts + timedelta(days=20)
    district = world.units["088"]
    inspection, visits = _begin(
        world,
        period,
        desk,
        starts,
        ends,
        f"Kiểm tra phong trào thi đua chuyển đổi số năm {period.year}",
        _team(world, "demo.stttt.ld", "demo.stttt", "demo.tdkt"),
        [(world.units["STNMT"], 2, "Trụ sở Sở"), (district, 6, "Trụ sở UBND")],
    )
    record = {
        "number": f"{period.year % 100}/KH-MH",
        "signed_on": clock.local_date(starts - timedelta(days=30)),
        "note": f"Kiểm tra hai đơn vị, một đợt {MARK}.",
    }
    with clock.played_at(starts - timedelta(days=29)):
        inspecting.record_plan(period, by=desk, upload=_scan("ke-hoach-kiem-tra.pdf"), **record)
    due = clock.local_date(ends + timedelta(days=20))
    with clock.played_at(starts + timedelta(days=7)):
        first, second = visits
        _found(first, desk, FindingKind.GOOD, "Mọi phòng xử lý hồ sơ công việc trên môi trường mạng")
        _tell(first, desk, "Đơn vị thực hiện đúng đăng ký")
        finding = _found(
            second,
            desk,
            FindingKind.SHORTCOMING,
            "Một số hồ sơ công việc còn lưu song song bản giấy",
            criterion=_criterion(second),
            remedy="Thôi lưu bản giấy với hồ sơ đã đủ bản điện tử.",
            due=due,
            evidence=True,
        )
        _tell(second, desk, "Đơn vị triển khai đồng bộ")
    with clock.played_at(ends):
        inspecting.conclude(inspection, by=desk, conclusion=f"Hai đơn vị thực hiện tốt {MARK}.")
    with clock.played_at(ends + timedelta(days=15)):
        filer = _fresh(world.filer(district))
        inspecting.answer(
            finding, by=filer, text=f"Đã thôi lưu song song {MARK}.", upload=_scan("minh-chung.pdf")
        )
    with clock.played_at(ends + timedelta(days=18)):
        inspecting.accept(finding, by=desk, comment="Đã đối chiếu trên hệ thống.")
        inspecting.close(inspection, by=desk)


def _inspect_now(world, period, now):
    """On its way: a district that has begun to answer, a firm that has not, a department not yet told."""
    desk = _fresh(world.people["demo.stttt"])
    starts = now - timedelta(days=12)
    programme = [
        (world.units["086"], 2, "Trụ sở UBND huyện"),
        (world.firms[0], 5, "Văn phòng công ty"),
        (world.units["SDL"], 9, "Trụ sở Sở"),
    ]
    _, (district, firm, department) = _begin(
        world,
        period,
        desk,
        starts,
        now + timedelta(days=14),
        f"Kiểm tra phong trào thi đua chuyển đổi số năm {period.year}, đợt 2",
        _team(world, "demo.stttt.ld", "demo.stttt", "demo.so"),
        programme,
    )
    due = clock.local_date(now + timedelta(days=20))
    with clock.played_at(starts + timedelta(days=4)):
        figure = _found(
            district,
            desk,
            FindingKind.WRONG_FIGURE,
            "Số hồ sơ công việc đã khai cao hơn số trên hệ thống quản lý văn bản",
            criterion=_criterion(district),
            remedy="Đối chiếu lại và sửa số liệu trong báo cáo.",
            due=due,
            evidence=True,
        )
        _found(
            district,
            desk,
            FindingKind.SHORTCOMING,
            "Ba xã chưa gửi báo cáo định kỳ trên hệ thống",
            criterion=_criterion(district, 1),
            remedy="Hướng dẫn ba xã gửi báo cáo trên hệ thống.",
            due=due,
        )
        _found(district, desk, FindingKind.GOOD, "Tổ công nghệ số cộng đồng hoạt động ở mọi thôn")
        _tell(district, desk, "Huyện triển khai rộng; số liệu cần đối chiếu lại")
    with clock.played_at(starts + timedelta(days=6)):
        _found(
            firm,
            desk,
            FindingKind.SHORTCOMING,
            "Chưa đưa hết sản phẩm đủ điều kiện lên sàn thương mại điện tử",
            criterion=_criterion(firm, 1),
            remedy="Đưa các sản phẩm còn lại lên sàn.",
            due=clock.local_date(now - timedelta(days=1)),
        )
        _tell(firm, desk, "Công ty chủ động, còn thiếu một số sản phẩm trên sàn")
    with clock.played_at(starts + timedelta(days=8)):
        inspecting.answer(
            figure,
            by=_fresh(world.filer(world.units["086"])),
            text=f"Đã đối chiếu với hệ thống và sửa số liệu {MARK}.",
            upload=_scan("minh-chung.pdf"),
        )
    with clock.played_at(starts + timedelta(days=10)):
        _found(
            department,
            desk,
            FindingKind.SHORTCOMING,
            "Một số dịch vụ công chưa điền sẵn dữ liệu đã có",
            criterion=_criterion(department, 2),
            remedy="",
        )
