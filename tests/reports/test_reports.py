"""Statutory and working reports: preview, the three formats, the log of exports, one's own files; the
journal in words."""

import io
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core import files
from core.models import Document, Event, Export
from core.tasks import render_paper
from reports import journal
from reports.papers import OF_CAMPAIGN, OF_YEAR
from tests.factories import UnitFactory, UserFactory, holder_of, member_of
from tests.factories_awards import a_published_decision, a_submitted_dossier, an_appraised_dossier
from tests.factories_registrations import (
    ObligationFactory,
    PeriodFactory,
    a_filed_registration,
    a_submitted_report,
    a_verified_report,
)
from units.enums import Function, Role

#: a name that a spreadsheet would compute
TRAP = "=1+1 Sở Thử nghiệm"


def enter(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def world(world):
    world.period = PeriodFactory()
    return world


@pytest.fixture
def played(world):
    """A unit that is late, one in time, verified figures with difficulties, a published decision."""
    ObligationFactory(period=world.period, unit=UnitFactory(name=TRAP), due="2027-01-10")
    ObligationFactory(period=world.period, unit=world.unit)
    a_filed_registration(world.unit, world.filer)
    report = a_verified_report(world.unit, world.filer, world.standing)
    report.difficulties, report.proposals = "Đường truyền chưa ổn định.", "+ Hỗ trợ thiết bị."
    report.save()
    a_published_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    return world


def make(client, kind, obj):
    assert client.post(f"/van-ban/{kind}/{obj.uid}/").status_code == 302
    for row in Document.objects.filter(state="pending", kind=kind):
        render_paper(document_id=row.pk)
    made = Document.objects.filter(kind=kind, object_uid=obj.uid)
    assert [(row.format, row.state, row.error) for row in made.order_by("pk")] == [
        ("pdf", "ready", ""),
        ("docx", "ready", ""),
        ("xlsx", "ready", ""),
    ]
    return {row.format: row for row in made}


@pytest.mark.parametrize("kind", [*OF_YEAR, *OF_CAMPAIGN])
def test_every_report_has_a_page_that_says_what_it_will_say(played, kind):
    obj = played.period if kind in OF_YEAR else played.period.campaign
    client = enter(played.standing_lead)
    assert f"/van-ban/{kind}/{obj.uid}/" in client.get("/bao-cao-tong-hop/").content.decode()
    page = client.get(f"/van-ban/{kind}/{obj.uid}/").content.decode()
    assert ('id="xem-truoc"' in page, "BÁO CÁO" in page) == (True, True)
    assert "None" not in re.sub(r"<[^>]+>", "", page)


def test_the_reports_say_what_the_rows_say(played):
    client = enter(played.standing_lead)

    def said(kind):
        page = client.get(f"/van-ban/{kind}/{played.period.uid}/").content.decode()
        return " ".join(re.sub(r"<[^>]+>", " ", page[page.index('id="xem-truoc"') :]).split())

    assert "Có 1 lượt đơn vị chậm, trong đó 1 lượt đến nay chưa làm." in said("don-vi-cham")
    assert f"{TRAP} 10/01/2027 5 Chưa làm" in said("don-vi-cham")
    assert "Đường truyền chưa ổn định. + Hỗ trợ thiết bị." in said("kho-khan-de-xuat")
    assert "Cấp xã: 1 đơn vị; xếp hạng chưa công bố" in said("xep-hang-don-vi")
    awards = said("co-cau-khen-thuong-nam")
    assert "Cấp xã 1 0 1 2" in awards
    assert "1 Nữ 1 100,00 % 2 Nam 0 0,00 % Tổng số 1 100,00 %" in awards
    assert "Chưa ghi mức trần của quỹ năm 2027." in said("quy-khen-thuong")


def test_a_workbook_keeps_text_as_text_and_figures_as_numbers(played):
    made = make(enter(played.standing_lead), "don-vi-cham", played.period)
    book = load_workbook(io.BytesIO(files.read(made["xlsx"].file)))
    rows = [row for row in book.worksheets[-1].iter_rows(min_row=4) if row[1].value]
    assert [(cell.value, cell.data_type) for cell in rows[0][1:5]] == [
        (TRAP, "s"),
        ("10/01/2027", "s"),
        (None, "n"),
        (5, "n"),
    ]
    assert {row.rows for row in made.values()} == {2}


def test_every_file_that_leaves_is_written_down_and_found_again(played):
    client = enter(played.standing_lead)
    make(client, "don-vi-cham", played.period)
    for door in ("tep/", "tep/word/", "tep/excel/"):
        assert b"".join(client.get(f"/van-ban/don-vi-cham/{played.period.uid}/{door}"))
    taken = Export.objects.order_by("pk").values_list("user", "listing", "title", "file_format", "rows")
    assert list(taken) == [
        (played.standing_lead.pk, "don-vi-cham", "Đơn vị chậm, chưa làm", file_format, 2)
        for file_format in ("pdf", "docx", "xlsx")
    ]
    page = client.get("/tep-toi-da-xuat/").content.decode()
    assert page.count("Đơn vị chậm, chưa làm") == 6
    assert [door in page for door in ("/tep/word/", "/tep/excel/", "Đã tạo xong")] == [True] * 3
    assert client.post(f"/van-ban/don-vi-cham/{played.period.uid}/").status_code == 302
    page = client.get("/tep-toi-da-xuat/").content.decode()
    assert (page.count("Đã có bản mới hơn"), page.count('/tep/word/"')) == (3, 0)
    others = enter(played.standing).get("/tep-toi-da-xuat/").content.decode()
    assert "Đơn vị chậm" not in others
    assert enter(played.filer).get("/tep-toi-da-xuat/").status_code == 200


def test_who_may_open_which_report(played):
    """The fund's for those who read its ledger, a unit none; of the leaders of the province, the fund's."""
    year, fund = (f"/van-ban/{kind}/{played.period.uid}/" for kind in ("don-vi-cham", "quy-khen-thuong"))
    people = {
        "standing": played.standing,
        "standing_lead": played.standing_lead,
        "commendation": played.commendation,
        "leader": holder_of(Function.LEADERSHIP, Role.LEAD),
        "district": played.district,
        "filer": played.filer,
        "administrator": UserFactory(administrator=True),
    }
    found = {
        who: tuple(enter(person).get(address).status_code for address in (year, fund))
        for who, person in people.items()
    }
    assert found == {
        "standing": (200, 403),
        "standing_lead": (200, 200),
        "commendation": (200, 200),
        "leader": (403, 200),
        "district": (403, 403),
        "filer": (403, 403),
        "administrator": (403, 403),
    }


def test_a_report_asks_the_same_whatever_it_lists(world):
    client, counts = enter(world.standing), []
    for units in (1, 2):
        for _ in range(units):
            unit = UnitFactory(commune=True)
            ObligationFactory(period=world.period, unit=unit, due="2027-01-10")
            a_verified_report(unit, member_of(unit), world.standing)
        asked = {}
        for kind in ("don-vi-cham", "xep-hang-don-vi", "kho-khan-de-xuat"):
            client.get(f"/van-ban/{kind}/{world.period.uid}/")
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/van-ban/{kind}/{world.period.uid}/")
            asked[kind] = len(queries)
        counts.append(asked)
    assert counts == [{"don-vi-cham": 16, "xep-hang-don-vi": 31, "kho-khan-de-xuat": 16}] * 2


def test_scores_and_places_leave_as_a_list(played):
    client = enter(played.standing)
    taken = b"".join(client.get("/diem/2027/commune/", {"tai-ve": "csv"})).decode("utf-8-sig")
    assert taken.splitlines()[1].split(";")[:3] == ["1", played.unit.code, played.unit.name]
    export = Export.objects.get()
    assert (export.title, export.filters, export.rows) == (
        "Điểm và hạng",
        {"Năm": "2027", "Cấp": "Cấp xã"},
        1,
    )


def test_both_queues_leave_as_they_are_worked(world):
    report = a_submitted_report(world.unit, world.filer)
    dossier = a_submitted_dossier(world.unit, world.filer)
    client = enter(world.standing)
    queued = {}
    for address in ("/tham-dinh/", "/tham-dinh-ho-so/"):
        taken = b"".join(client.get(address, {"tai-ve": "csv"})).decode("utf-8-sig").splitlines()
        heading, *rows = (line.split(";") for line in taken)
        wanted = [heading.index(name) for name in ("Mã đơn vị", "Số tiếp nhận")]
        queued[address] = [[row[place] for place in wanted] for row in rows]
    assert queued == {
        "/tham-dinh/": [[world.unit.code, report.reference]],
        "/tham-dinh-ho-so/": [[world.unit.code, dossier.reference]],
    }
    assert list(Export.objects.order_by("pk").values_list("listing", "rows")) == [
        ("bao-cao-cho-tham-dinh", 1),
        ("ho-so-cho-tham-dinh", 1),
    ]


def test_the_log_has_no_word_of_the_address_alone(played):
    answer = enter(played.standing).get("/ket-qua/", {"tai-ve": "csv", "hien": "the", "year": "2027"})
    assert b"".join(answer)
    assert Export.objects.get().filters == {"Năm quyết định": "2027"}


def test_the_journal_is_told_in_words(played):
    page = enter(UserFactory(administrator=True)).get("/quan-tri/core/event/", {"all": ""}).content.decode()
    shown = re.findall(r'<td class="field-(?:did|about|came_from|went_to)[^"]*">(.*?)</td>', page)
    raw = {*Event.objects.values_list("act", flat=True), *Event.objects.values_list("after", flat=True)}
    assert len(shown) > 20
    assert [word for word in shown if word in raw - {""} or word in ("True", "False", journal.OTHER)] == []
    assert {"Nộp", "Hoàn tất thẩm định"} <= set(shown)


def test_every_act_that_is_written_down_has_its_words():
    sources = "".join(
        path.read_text()
        for app in ("core", "units", "criteria", "registrations", "awards", "reports")
        for path in (settings.BASE_DIR / app).rglob("*.py")
    )
    acts = set(re.findall(r'(?:Event\.record|Transition)\(\s*"([a-z_]+)"', sources))
    assert len(acts) > 100
    assert sorted(act for act in acts if act not in journal.ACTS) == []
