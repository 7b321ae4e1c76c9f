"""The board counts obligations and nothing else; every number opens its list."""

import re
from datetime import datetime

import pytest

from registrations import workflow
from tests.factories import UnitFactory, holder_of, member_of
from tests.factories_registrations import HANOI, ObligationFactory, a_draft, a_filed_registration
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
}


def _tiles(page):
    found = re.findall(r'href="([^"]*)"[^>]*>\s*<span class="tile-number">(\d+)</span>', page)
    return {re.sub(r".*stage=|#.*|\?.*", "", url): int(number) for url, number in found}


def _listed(page):
    table = page[page.index('id="danh-sach"') :]
    return [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r'<th scope="row">(.*?)</th>', table, re.S)]


def test_every_tile_counts_its_list(board, enter):
    client = enter(board.standing)
    assert _tiles(client.get(BOARD).content.decode()) == {key: len(names) for key, names in STAGES.items()}
    for stage, names in STAGES.items():
        listed = _listed(client.get(f"{BOARD}&stage={stage}").content.decode())
        assert sorted(listed) == sorted(names), stage


def test_a_tier_opens_its_list(board, enter):
    client = enter(board.commendation)
    assert _listed(client.get(f"{BOARD}&tier=commune").content.decode()) == ["Xã Bản Phiệt"]
    assert _listed(client.get(f"{BOARD}&tier=commune&stage=da-nop").content.decode()) == []
    page = client.get(BOARD).content.decode()
    assert "4/8 đơn vị đã nộp (50,00 %)" in page
    assert "57,14 % (4/7)" in page
    assert "0,00 % (0/1)" in page


def test_a_draft_has_no_link(board, enter):
    page = enter(board.standing).get(f"{BOARD}&stage=dang-soan").content.decode()
    assert "/dang-ky/" not in page[page.index('id="danh-sach"') :]


def test_only_the_two_bodies_see_it(board, enter):
    for person in (board.filer, board.district, board.stranger, board.colleague, board.administrator):
        assert enter(person).get(BOARD).status_code == 403
    for person in (board.standing, board.standing_lead, board.commendation, board.commendation_lead):
        assert enter(person).get(BOARD).status_code == 200


@pytest.mark.parametrize(
    "query", ["?year=1999", "?year=x", "?kind=x", "?stage=x&tier=y", "?page=99", "?year="]
)
def test_a_strange_address_is_answered(board, enter, query):
    assert enter(board.standing).get(f"/theo-doi/{query}").status_code == 200


def test_without_any_period_it_says_what_will_stand_here(on_time, enter):
    page = enter(holder_of(Function.STANDING_BODY)).get("/theo-doi/").content.decode()
    assert "Chưa có đơn vị nào phải nộp" in page
