"""The board counts obligations and nothing else; every number opens its list."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import ScheduledRun
from registrations import workflow
from tests.factories import UnitFactory, holder_of, member_of
from tests.factories_registrations import (
    HANOI,
    ON_TIME,
    ObligationFactory,
    PeriodFactory,
    a_draft,
    a_filed_registration,
    a_submitted_report,
    file,
    fill,
)
from units.enums import Function

DAY_AFTER = datetime(2027, 2, 21, 9, tzinfo=HANOI)
BOARD = "/theo-doi/?year=2027&kind=registration"


def _department(period, name, **obligation):
    unit = UnitFactory(name=name)
    ObligationFactory(period=period, unit=unit, **obligation)
    return unit, member_of(unit)


@pytest.fixture
def board(world, on_time):
    """One obligation in each stage, one filed late, one waived, one registration that nobody owes."""
    period = world.period
    _department(period, "Sở Chưa bắt đầu")
    _department(period, "Sở Được miễn", is_waived=True, waived_reason="Giải thể")
    a_draft(*_department(period, "Sở Đang soạn"))
    a_filed_registration(*_department(period, "Sở Đã nộp"))
    done = a_filed_registration(*_department(period, "Sở Đã xong"))
    workflow.confirm(done, by=world.standing, version=done.version)
    returned = a_filed_registration(*_department(period, "Sở Trả lại"))
    workflow.return_(returned, by=world.standing, comment="Bổ sung.")
    unit, filer = _department(period, "Sở Đã rút")
    workflow.withdraw(a_filed_registration(unit, filer), by=filer)
    volunteer = UnitFactory(name="Sở Tự nguyện")
    a_filed_registration(volunteer, member_of(volunteer))
    on_time.move_to(DAY_AFTER)
    a_filed_registration(*_department(period, "Sở Nộp muộn"))
    ObligationFactory(period=period, unit=world.unit)
    return world


STAGES = {
    "": [
        "Sở Chưa bắt đầu",
        "Sở Đã nộp",
        "Sở Đã rút",
        "Sở Đã xong",
        "Sở Đang soạn",
        "Sở Nộp muộn",
        "Sở Trả lại",
        "Xã Bản Phiệt",
    ],
    "chua-bat-dau": ["Sở Chưa bắt đầu", "Sở Đã rút", "Xã Bản Phiệt"],
    "dang-soan": ["Sở Đang soạn"],
    "da-nop": ["Sở Đã nộp", "Sở Nộp muộn"],
    "da-xong": ["Sở Đã xong"],
    "tra-lai": ["Sở Trả lại"],
    "nop-muon": ["Sở Nộp muộn"],
    "qua-han": ["Sở Chưa bắt đầu", "Sở Đã rút", "Sở Đang soạn", "Xã Bản Phiệt"],
    "cham-bo-sung": ["Sở Trả lại"],
    "da-co": ["Sở Đã nộp", "Sở Đã xong", "Sở Nộp muộn", "Sở Trả lại"],
}


def _page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def _tiles(page):
    found = re.findall(r'href="([^"]*)"[^>]*>\s*<span class="tile-number">([\d.]+)</span>', page)
    return {re.sub(r".*stage=|#.*|\?.*", "", unescape(url)): int(number) for url, number in found}


def _listed(page):
    table = page[page.index('id="danh-sach"') :]
    cells = re.findall(r'<th scope="row">(.*?)</th>', table, re.S)
    return [re.sub(r"<[^>]*>", "", cell).strip() for cell in cells]


def _numbers(page):
    """Every number of the page that is a link: (address, number)."""
    found = re.findall(
        r'<a [^>]*href="([^"]*)"[^>]*>\s*(?:<span class="tile-number">)?([\d.]+)</(?:a|span)>', page
    )
    return [(unescape(url), int(number.replace(".", ""))) for url, number in found]


def _list_length(client, address):
    """How many rows the list has over all its pages."""
    length, number = 0, 1
    while True:
        page = _page(client, f"/theo-doi/{address.partition('#')[0]}&page={number}")
        length += len(_listed(page))
        if 'rel="next"' not in page:
            return length
        number += 1


def test_every_tile_counts_its_list(board, enter):
    client = enter(board.standing)
    assert _tiles(_page(client, BOARD)) == {key: len(names) for key, names in STAGES.items()}
    for stage, names in STAGES.items():
        assert sorted(_listed(_page(client, f"{BOARD}&stage={stage}"))) == sorted(names), stage


@pytest.mark.parametrize(
    ("kind", "by"),
    [
        ("registration", ""),
        ("registration", "&by=field&field=a"),
        ("registration", "&by=district&tier=commune"),
        ("annual_report", ""),
        ("launch", "&by=district"),
    ],
)
def test_every_number_of_the_page_opens_a_list_of_exactly_so_many_rows(board, enter, by, kind):
    ObligationFactory(period=board.period, unit=board.unit, kind="launch", due=DAY_AFTER.date())
    unit = UnitFactory()
    ObligationFactory(period=board.period, unit=unit, of_report=True)
    a_submitted_report(unit, member_of(unit), board.period)
    client = enter(board.standing)

    numbers = _numbers(_page(client, f"/theo-doi/?year=2027&kind={kind}{by}"))

    assert len(numbers) > 15
    told = dict(numbers)
    assert told == {url: _list_length(client, url) for url in told}


def test_a_list_longer_than_a_page_agrees_with_its_number_too(world, enter):
    for number in range(52):
        ObligationFactory(period=world.period, unit=UnitFactory(name=f"Sở {number}"))
    client = enter(world.standing)
    ((url, number),) = [
        found for found in _numbers(_page(client, BOARD)) if found[0].endswith("tier=provincial#danh-sach")
    ]
    assert (number, _list_length(client, url)) == (52, 52)


def test_tables_by_tier_district_and_field(board, enter):
    ObligationFactory(period=board.period, unit=board.unit.parent)
    client = enter(board.commendation)

    def table(by):
        page = _page(client, f"{BOARD}&by={by}")
        rows = re.findall(r'<tr>\s*<th scope="row">([^<]*)</th>\s*<td[^>]*><a [^>]*>(\d+)</a>', page)
        return [(label, int(total)) for label, total in rows]

    assert table("tier") == [("Cấp tỉnh", 7), ("Cấp huyện", 1), ("Cấp xã", 1)]
    district = board.unit.parent.name
    assert table("district") == [(district, 2), ("Không thuộc huyện nào (cấp tỉnh, doanh nghiệp)", 7)]
    assert table("field") == [("Chưa nêu (chưa nộp đăng ký)", 9)]


def test_a_field_counts_the_registrations_that_name_it(world, enter):
    for name, fields in [("Sở Y tế", ["a"]), ("Sở Cả hai", ["a", "b"]), ("Sở Im lặng", None)]:
        unit, filer = _department(world.period, name)
        if fields:
            registration = fill(a_draft(unit, filer), filer, fields=fields)
            file(registration, filer)
    client = enter(world.standing)
    assert sorted(_listed(_page(client, f"{BOARD}&field=a"))) == ["Sở Cả hai", "Sở Y tế"]
    assert _listed(_page(client, f"{BOARD}&field=b")) == ["Sở Cả hai"]
    assert _listed(_page(client, f"{BOARD}&field=chua-neu")) == ["Sở Im lặng"]


def test_the_fields_of_a_draft_are_not_told(world, enter):
    unit, filer = _department(world.period, "Sở Y tế")
    fill(a_draft(unit, filer), filer, fields=["a"])
    assert _listed(_page(enter(world.standing), f"{BOARD}&field=a")) == []


def test_a_tier_opens_its_list(board, enter):
    client = enter(board.commendation)
    assert _listed(_page(client, f"{BOARD}&tier=commune")) == ["Xã Bản Phiệt"]
    assert _listed(_page(client, f"{BOARD}&tier=commune&stage=da-nop")) == []
    page = _page(client, BOARD)
    assert "4/8 đơn vị đã làm (50,00 %)" in page
    assert "</a> (57,14 %)" in page
    assert "</a> (0,00 %)" in page


def test_the_chart_says_in_words_what_it_draws(board, enter):
    page = _page(enter(board.standing), BOARD)
    said = re.findall(r'role="img" aria-label="([^"]*)"', page)
    assert [" ".join(text.split()) for text in said] == [
        "Cấp tỉnh: 2 chưa bắt đầu, 1 đang soạn, 2 chờ xét, 1 đã xác nhận, 1 đã trả lại",
        "Cấp xã: 1 chưa bắt đầu,",
    ]
    bars = re.findall(r'<rect class="tone-\S+(?: is-faint)?" x="(\d+)" width="(\d+)"', page)
    assert [(int(x), int(w)) for x, w in bars[:5]] == [
        (0, 285),
        (285, 143),
        (428, 286),
        (714, 143),
        (857, 143),
    ]


def test_a_draft_has_no_link(board, enter):
    page = _page(enter(board.standing), f"{BOARD}&stage=dang-soan")
    assert "/dang-ky/" not in page[page.index('id="danh-sach"') :]


def test_who_sees_a_board_and_who_may_act_there(board, enter):
    """A district has the board of its communes; nobody but the standing body has the acts."""
    for person in (board.filer, board.stranger, board.colleague, board.administrator):
        assert enter(person).get(BOARD).status_code == 403
    for person in (board.standing, board.standing_lead):
        page = _page(enter(person), BOARD)
        assert ('name="chon"' in page, "hang-loat" in page) == (True, True)
    for person in (board.commendation, board.commendation_lead, board.district):
        page = _page(enter(person), BOARD)
        assert ('name="chon"' in page, 'name="act"' in page) == (False, False)
        assert enter(person).get("/theo-doi/hang-loat/?year=2027&act=remind").status_code == 403


def test_a_district_counts_its_own_communes_and_no_others(board, enter):
    ObligationFactory(period=board.period, unit=UnitFactory(commune=True, name="Xã Khác"))
    page = _page(enter(board.district), BOARD)
    assert _listed(page) == ["Xã Bản Phiệt"]
    assert _tiles(page)[""] == 1
    for filters in ("&tier=provincial", f"&district={UnitFactory(district=True).uid}"):
        assert "Xã Khác" not in _page(enter(board.district), BOARD + filters)


@pytest.mark.parametrize(
    "query",
    ["?year=1999", "?year=x", "?kind=x", "?stage=x&tier=y", "?page=99", "?year=", "?district=x&field=y&by=z"],
)
def test_a_strange_address_is_answered(board, enter, query):
    assert enter(board.standing).get(f"/theo-doi/{query}").status_code == 200


def test_without_any_period_it_says_what_will_stand_here(on_time, enter):
    page = _page(enter(holder_of(Function.STANDING_BODY)), "/theo-doi/")
    assert "Chưa có đơn vị nào phải nộp" in page


@pytest.mark.parametrize("by", ["tier", "district", "field"])
def test_it_asks_the_same_at_3_and_at_300_units(world, enter, by):
    client = enter(world.standing)
    client.get("/theo-doi/")  # warm up what is read once

    def asked():
        with CaptureQueriesContext(connection) as captured:
            _page(client, f"{BOARD}&by={by}")
        return len(captured)

    district = world.unit.parent
    units = [UnitFactory(commune=True, parent=district) for _ in range(3)]
    ObligationFactory.create_batch(1, period=world.period, unit=district)
    for unit in units:
        ObligationFactory(period=world.period, unit=unit)
    few = asked()
    for _ in range(297):
        ObligationFactory(period=world.period, unit=UnitFactory(commune=True, parent=district))
    assert asked() == few


def test_a_job_that_did_not_run_is_told_on_the_board(board, enter):
    ScheduledRun.objects.create(
        job="remind", began_at=ON_TIME, succeeded_at=DAY_AFTER - timedelta(days=2), outcome="3 thư nhắc"
    )
    page = _page(enter(board.standing), BOARD)
    assert "Việc định kỳ không chạy: Gửi thư nhắc" in page
    assert "Lẽ ra chạy lúc 09:30 ngày 19/02/2027" in page
    assert PeriodFactory().year == 2027
