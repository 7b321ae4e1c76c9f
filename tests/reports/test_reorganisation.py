"""The shipped acts of 2024 and 2025, applied: what must show afterwards. And acts recorded by hand."""

import io
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from awards.models import PublicRecord
from core.models import Event
from registrations import workflow
from registrations.models import Obligation, Registration
from registrations.schedule import oblige_open_periods as obliged
from registrations.workflow.obligation import oblige
from tests import factories_awards as awards
from tests.factories import UnitFactory, UnitFunctionFactory, UserFactory, member_of
from tests.factories_registrations import (
    ON_TIME,
    PeriodFactory,
    a_draft,
    a_filed_registration,
    a_submitted_report,
)
from units import reorganisation
from units.enums import Function, Role
from units.models import Membership, Reorganisation, Unit, UnitFunction, UnitSuccession, User
from units.schedule import apply_due


def enter(user):
    client = Client()
    client.force_login(user)
    return client


def told(*arguments) -> list[str]:
    said = io.StringIO()
    call_command("apply_reorganisation", *arguments, stdout=said)
    return said.getvalue().splitlines()


def rows():
    """Everything an application might write."""
    models = (Unit, UnitSuccession, UnitFunction, Membership, Registration, Obligation, Event, PublicRecord)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models} | {
        "Reorganisation": list(Reorganisation.objects.order_by("pk").values())
    }


def old(code) -> Unit:
    return Unit.objects.get(code=code, valid_from=date(2020, 1, 1))


def new(code) -> Unit:
    return Unit.objects.get(code=code, valid_from=date(2025, 7, 1))


@pytest.fixture
def province(db):
    """The real register, one merged commune with a full history, a district, and both bodies."""
    with time_machine.travel(ON_TIME, tick=False):
        call_command("import_units", stdout=io.StringIO())
        for function, code in ((Function.STANDING_BODY, "STTTT"), (Function.COMMENDATION_BODY, "SNV")):
            UnitFunctionFactory(function=function, unit=old(code))
        period, commune, district = PeriodFactory(), old("02872"), old("085")
        world = SimpleNamespace(
            period=period,
            commune=commune,
            district=district,
            filer=member_of(commune, full_name="Lù Thị Chải"),
            district_filer=member_of(district, full_name="Hoàng Văn Huyện"),
            labour_lead=member_of(old("SLDTBXH"), Role.LEAD),
            standing=member_of(old("STTTT"), Role.REVIEWER),
            standing_lead=member_of(old("STTTT"), Role.LEAD),
            commendation=member_of(old("SNV"), Role.REVIEWER),
            commendation_lead=member_of(old("SNV"), Role.LEAD),
            administrator=UserFactory(administrator=True),
        )
        oblige(period)
        world.registration = a_filed_registration(commune, world.filer)
        world.report = a_submitted_report(commune, world.filer)
        awards.a_published_decision(world, awards.an_appraised_dossier(commune, world.filer, world.standing))
        world.past = a_filed_registration(district, world.district_filer)
        yield world


def check_a_dry_run_says_who_changes_and_changes_nothing(world):
    before = rows()
    said = told("--dry-run")
    assert rows() == before
    assert "  Lù Thị Chải (người lập hồ sơ): Xã Tà Chải → Thị trấn Bắc Hà" in said
    assert "  Hoàng Văn Huyện (người lập hồ sơ): Huyện Bắc Hà, chỉ còn xem lịch sử" in said
    assert "  Cơ quan thường trực phong trào: Sở Thông tin và Truyền thông → Sở Khoa học và Công nghệ" in said
    assert "  Hồ sơ của Xã Tà Chải: 1 đăng ký, 1 báo cáo, 2 khen thưởng, 2 việc đang dở" in said
    assert said[-1] == "Chạy thử: chưa có gì thay đổi."


def check_a_later_act_waits_for_the_earlier(world):
    with pytest.raises(CommandError, match="Phải áp dụng trước"):
        told("NQ-1673-2025")
    assert Reorganisation.objects.filter(applied_at__isnull=False).count() == 0


def check_a_second_run_changes_nothing(world):
    told()
    before = rows()
    assert told() == ["Mọi việc sắp xếp đã được áp dụng. Không có gì thay đổi."]
    assert rows() == before


def check_the_merged_unit_is_found_from_its_successor_with_all_it_did(world):
    reader = enter(member_of(new("02839")))
    page = reader.get(f"/don-vi/{new('02839').uid}/").content.decode()
    for reference in (world.registration.reference, world.report.reference):
        assert reference in page
    for award in PublicRecord.objects.awards():
        assert f"/ket-qua/{award.reference}/" in page
    assert "Xã Tà Chải" in page
    for paper in (world.registration, world.report):
        assert reader.get(paper.get_absolute_url()).status_code == 200


def check_a_search_for_the_old_name_says_what_it_is_now(world):
    answer = enter(world.district_filer).get("/don-vi/", {"q": "ta chai"})
    (row,) = answer.context["rows"]
    assert (row, row.standing["label"]) == (world.commune, "Kết thúc sau ngày 31/10/2024")
    assert "Thị trấn Bắc Hà</a>" in answer.content.decode()
    assert "1197/NQ-UBTVQH15" in answer.content.decode()


def check_its_filer_acts_for_the_successor_today(world):
    client, place = enter(world.filer), new("02839")
    assert client.get("/ban-lam-viec/").context["unit"] == place
    begun = client.post("/dang-ky/bat-dau/", {"period": world.period.uid, "unit": place.uid})
    assert begun.status_code == 302
    assert Registration.objects.get(unit=place).saved_by == world.filer
    again = client.post("/dang-ky/bat-dau/", {"period": world.period.uid, "unit": world.commune.uid})
    assert again.status_code == 404


def check_a_pending_matter_is_carried_on_under_the_old_name(world):
    standing = User.objects.get(pk=world.standing.pk)
    workflow.return_(world.registration, by=standing, comment="Bổ sung.")
    colleague = enter(member_of(new("02839")))
    assert colleague.get(f"{world.registration.get_absolute_url()}sua/").status_code == 200
    todos = [todo.title for todo in colleague.get("/ban-lam-viec/").context["todos"]]
    assert f"Bổ sung {world.registration.reference}" in todos
    world.registration.refresh_from_db()
    assert world.registration.unit == world.commune


def check_districts_read_their_history_and_why_filing_ended(world):
    client = enter(world.district_filer)
    page = client.get(f"/don-vi/{world.district.uid}/").content.decode()
    assert "Vì sao không còn nộp hồ sơ" in page
    assert "1673/NQ-UBTVQH15" in page
    assert world.past.reference in page
    assert "Huyện Bắc Hà đã kết thúc hoạt động" in client.get("/ban-lam-viec/").content.decode()
    assert client.get(world.past.get_absolute_url()).status_code == 200
    assert client.get(f"{world.past.get_absolute_url()}sua/").status_code == 403
    for unit in (world.district, new("02839")):
        start = client.post("/dang-ky/bat-dau/", {"period": world.period.uid, "unit": unit.uid})
        assert start.status_code == 404


def check_the_desk_goes_on_at_the_body_that_took_it_over(world):
    authority = {
        name: User.objects.get(pk=getattr(world, name).pk).authority
        for name in ("standing", "standing_lead", "commendation", "labour_lead")
    }
    assert UnitFunction.holder(Function.STANDING_BODY).code == "SKHCN"
    assert authority["standing"].standing_roles == {Role.REVIEWER}
    assert authority["standing_lead"].standing_roles == {Role.LEAD}
    assert authority["commendation"].is_commendation_body is True
    assert authority["labour_lead"].is_commendation_body is False


def check_what_falls_due_after_the_end_is_owed_no_more(world):
    owed = Obligation.objects.filter(unit__kind="district", is_waived=False)
    assert list(owed.values_list("unit", flat=True)) == [world.district.pk]  # filed before, and stays
    waived = Obligation.objects.filter(unit=old("086")).values_list("waived_reason", flat=True)
    assert set(waived) == {
        "Đơn vị đã kết thúc hoạt động theo 1673/NQ-UBTVQH15 (16/6/2025), sau ngày 30/06/2025."
    }
    fresh = Unit.objects.get(code="SNNMT")
    assert Obligation.objects.filter(unit=fresh, is_waived=False).exists()


CHECKS = [
    check_a_dry_run_says_who_changes_and_changes_nothing,
    check_a_later_act_waits_for_the_earlier,
    check_a_second_run_changes_nothing,
    check_the_merged_unit_is_found_from_its_successor_with_all_it_did,
    check_a_search_for_the_old_name_says_what_it_is_now,
    check_its_filer_acts_for_the_successor_today,
    check_a_pending_matter_is_carried_on_under_the_old_name,
    check_districts_read_their_history_and_why_filing_ended,
    check_the_desk_goes_on_at_the_body_that_took_it_over,
    check_what_falls_due_after_the_end_is_owed_no_more,
]


def test_after_the_shipped_acts(province, subtests):
    """One test, so that the register is read once; the checks stand in the order of the story."""
    for check in CHECKS:
        with subtests.test(check.__name__):
            check(province)


@pytest.fixture
def three(db):
    """Two departments with people and papers, and an administrator."""
    with time_machine.travel(ON_TIME, tick=False) as traveller:
        one, two = UnitFactory(code="SGT", name="Sở Giao thông"), UnitFactory(code="SXD", name="Sở Xây dựng")
        yield SimpleNamespace(
            one=one,
            two=two,
            filer=member_of(one, full_name="Nguyễn Văn Giao"),
            other=member_of(two),
            administrator=UserFactory(administrator=True),
            draft=a_draft(one, member_of(one)),
            traveller=traveller,
        )


def words(**changed):
    return {
        "change": "merge",
        "title": "Nhập Sở Giao thông vào Sở Xây dựng",
        "predecessors": "SGT",
        "receiver": "SXD – Sở Xây dựng",
        "new_units": "",
        "effective_on": "01/02/2027",
        "legal_basis": "01/NQ-HĐND",
        "issuer": "HĐND tỉnh (minh họa)",
        "issued_on": "10/01/2027",
        **changed,
    }


def test_a_look_beforehand_says_who_and_what_and_writes_nothing(three):
    before = rows()
    answer = enter(three.administrator).post("/sap-xep/moi/", words(preview=""))
    assert answer.status_code == 200
    assert rows() == before
    page = answer.content.decode()
    assert "Nguyễn Văn Giao, người lập hồ sơ: Sở Giao thông → Sở Xây dựng" in page
    assert f"{three.draft} " in page


def test_an_act_is_recorded_then_applied_on_its_day(three):
    client = enter(three.administrator)
    recorded = client.post("/sap-xep/moi/", words(record="", is_automatic="on"))
    act = Reorganisation.objects.get()
    assert recorded.url == f"/sap-xep/{act.uid}/"
    three.one.refresh_from_db()
    assert (three.one.valid_to, three.one.ended_by) == (date(2027, 1, 31), act)
    assert client.post(f"{recorded.url}ap-dung/").status_code == 422
    assert User.objects.get(pk=three.filer.pk).authority.files_for(three.two.pk) is False
    assert apply_due() == 0
    three.traveller.move_to("2027-02-01T00:01:00+07:00")
    assert (apply_due(), apply_due()) == (1, 0)
    authority = User.objects.get(pk=three.filer.pk).authority
    assert (authority.files_for(three.two.pk), authority.files_for(three.one.pk)) == (True, True)
    assert enter(three.other).get(f"{three.draft.get_absolute_url()}sua/").status_code == 200
    assert [e.act for e in Event.objects.filter(case_uid=act.uid)] == ["record", "apply"]


@pytest.mark.parametrize("has_registered", [False, True])
def test_what_is_begun_within_a_period_owes_what_those_before_it_had_not_met(three, has_registered):
    period = PeriodFactory()
    assert obliged() == 4
    if has_registered:
        a_filed_registration(three.two, three.other)
    merger = words(record="", receiver="", new_units="SXDGT | Sở Xây dựng và Giao thông")
    merger |= {"predecessors": "SGT\nSXD"}
    recorded = enter(three.administrator).post("/sap-xep/moi/", merger)
    assert obliged() == 0
    three.traveller.move_to("2027-02-02T09:00:00+07:00")
    assert enter(three.administrator).post(f"{recorded.url}ap-dung/").url == recorded.url
    owed = Obligation.objects.outstanding().values_list("unit__code", "kind", "due")
    expected = {("SXDGT", "annual_report", period.report_last_day)}
    if not has_registered:
        expected.add(("SXDGT", "registration", period.last_day))
    assert set(owed) == expected
    assert obliged() == 0
    three.traveller.move_to("2027-12-16T09:00:00+07:00")
    Obligation.objects.filter(unit__code="SXDGT").delete()
    # After the period's last day nothing more is asked of anybody.
    assert obliged() == 0


def test_what_was_recorded_by_mistake_is_taken_back_until_it_is_applied(three):
    client = enter(three.administrator)
    before = rows()
    page = client.post(
        "/sap-xep/moi/", words(record="", new_units="SMOI | Sở Mới", receiver="", predecessors="SGT\nSXD")
    ).url
    assert Unit.objects.filter(code="SMOI").count() == 1
    assert client.post(f"{page}huy/").status_code == 302
    assert rows() | {"Event": []} == before | {"Event": []}
    page = client.post("/sap-xep/moi/", words(record="", effective_on="15/01/2027")).url
    assert client.post(f"{page}ap-dung/").status_code == 302
    assert client.post(f"{page}huy/").status_code == 409


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"receiver": ""}, "receiver"),
        ({"receiver": "Sở Không Có"}, "receiver"),
        ({"predecessors": "SGT\nKHONGCO"}, "predecessors"),
        ({"predecessors": "SGT\nSGT"}, "predecessors"),
        ({"change": "rename"}, "new_units"),
        ({"change": "split", "receiver": "", "new_units": "A1 | Sở Một"}, "new_units"),
        ({"change": "abolish", "receiver": "", "new_units": "A1 | Sở Một"}, "new_units"),
        ({"new_units": "Sở không mã"}, "new_units"),
        ({"effective_on": "31/02/2027"}, "effective_on"),
    ],
)
def test_a_form_that_does_not_fit_the_change_says_where(three, changed, field):
    answer = enter(three.administrator).post("/sap-xep/moi/", words(record="", **changed))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Reorganisation.objects.count() == 0


def test_a_unit_that_ends_already_is_not_ended_again(three):
    client = enter(three.administrator)
    client.post("/sap-xep/moi/", words(record=""))
    answer = client.post("/sap-xep/moi/", words(record="", title="Lần nữa"))
    assert answer.status_code == 422
    assert "Sở Giao thông đã có ngày kết thúc 31/01/2027" in answer.content.decode()


def test_a_function_without_an_heir_holds_the_application_up(three):
    UnitFunctionFactory(unit=three.one)
    client = enter(three.administrator)
    page = client.post(
        "/sap-xep/moi/", words(record="", change="abolish", receiver="", effective_on="15/01/2027")
    ).url
    answer = client.post(f"{page}ap-dung/")
    assert answer.status_code == 422
    assert "không có đúng một đơn vị kế thừa" in answer.content.decode()


@pytest.mark.parametrize(
    ("reader", "statuses"),
    [("administrator", (200, 200, 200, 302, 302)), ("filer", (200, 403, 200, 403, 403))],
)
def test_who_records_and_applies(three, reader, statuses):
    page = enter(three.administrator).post("/sap-xep/moi/", words(record="", effective_on="15/01/2027")).url
    client = enter(getattr(three, reader))
    seen = [client.get(a).status_code for a in ("/sap-xep/", "/sap-xep/moi/", page)]
    more = words(record="", predecessors="SXD", change="abolish", receiver="", legal_basis="02/NQ-HĐND")
    done = [
        client.post(address, given).status_code
        for address, given in ((f"{page}ap-dung/", {}), ("/sap-xep/moi/", more))
    ]
    assert (*seen, *done) == statuses


def test_people_of_the_successor_are_named_to_administrators_only(three):
    client = enter(three.administrator)
    page = client.post("/sap-xep/moi/", words(record="")).url
    assert "Nguyễn Văn Giao" in client.get(page).content.decode()
    assert "Nguyễn Văn Giao" not in enter(three.other).get(page).content.decode()
    assert reorganisation.due() == []
