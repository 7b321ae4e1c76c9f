"""Which columns of a wide list are shown is chosen in its address; the one that names the row always is."""

import re
from urllib.parse import parse_qs

import pytest

from core.models import Export, SavedFilter
from tests.factories import holder_of
from tests.factories_awards import a_submitted_dossier
from units.enums import Function, Role

DOSSIERS, DESK, BOARD = "/ho-so/", "/tham-dinh-ho-so/", "/bang-theo-doi/ho-so/"
#: list → its columns by their word in the address, the first one apart
COLUMNS = {
    DOSSIERS: {
        "": "Đơn vị đề nghị",
        "so": "Số tiếp nhận",
        "doi-tuong": "Đối tượng",
        "nop-luc": "Nộp lúc",
        "thoi-han": "Thời hạn",
        "trang-thai": "Trạng thái",
    },
    DESK: {
        "": "Đơn vị",
        "so": "Số tiếp nhận",
        "thoi-han": "Thời hạn",
        "ket-luan": "Đã kết luận",
        "nguoi": "Người thẩm định",
        "trang-thai": "Trạng thái",
    },
    BOARD: {
        "": "Đơn vị đề nghị",
        "so": "Số tiếp nhận",
        "nop-luc": "Nộp gần nhất",
        "so-ngay": "Số ngày",
        "han": "Hạn thẩm định",
        "giai-doan": "Giai đoạn",
        "nguoi": "Người thẩm định",
    },
}


def table_of(client, address) -> tuple[list[str], list[str]]:
    """The headings of the list, and what its one row says of each cell (as the cards on a phone read it)."""
    table = client.get(address).content.decode().split("<table")[-1].split("</table>")[0]
    return re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table), re.findall(r'data-label="(.*?)"', table)


@pytest.fixture
def desk(world, enter):
    a_submitted_dossier(world.unit, world.filer)
    return enter(world.standing)


@pytest.mark.parametrize("address", COLUMNS)
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", slice(0, None)),
        ("cot=khong-co&cot=", slice(0, None)),
        ("cot={1}", slice(1, 2)),
        ("cot={2}&cot={1}&cot=khong-co", slice(1, 3)),
    ],
)
def test_the_chosen_columns_and_the_first_are_shown(desk, address, asked, shown):
    names, words = list(COLUMNS[address].values()), list(COLUMNS[address])
    expected = [names[0], *(names[1:] if shown.start == 0 else names[shown])]
    assert table_of(desk, f"{address}?{asked.format(*words)}") == (expected, expected[1:])


def test_the_choice_stays_with_filter_and_page_and_is_saved_with_them(desk):
    page = desk.get(f"{DOSSIERS}?q=b%E1%BA%A3n&state=submitted&cot=so&cot=trang-thai").content.decode()
    bar = page.split('<form class="filter-bar"')[1].split("</form>")[0]
    assert re.findall(r'name="cot" value="(.*?)"', bar) == ["so", "trang-thai"]
    choice = page.split("Hiện các cột</legend>")[0].rsplit("<form", 1)[1]
    assert re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', choice) == [
        ("q", "bản"),
        ("state", "submitted"),
    ]
    tile = re.search(r'href="\?([^"]*state=returned[^"]*)"', page)[1].replace("&amp;", "&")
    assert parse_qs(tile)["cot"] == ["so", "trang-thai"]
    assert "Cột (đang ẩn 3)" in page

    stand = re.search(r'name="stand" value="([^"]*)"', page)[1]
    desk.post("/bo-loc/", {"name": "Gọn", "stand": stand})
    assert SavedFilter.objects.get().query == "q=b%E1%BA%A3n&state=submitted&cot=so&cot=trang-thai"


def test_all_columns_are_no_choice_and_a_file_has_them_all(desk):
    everything = "&".join(f"cot={word}" for word in COLUMNS[DOSSIERS] if word)
    page = desk.get(f"{DOSSIERS}?{everything}").content.decode()
    assert ('name="stand"' in page, "đang ẩn" in page) == (False, False)
    files = [b"".join(desk.get(f"{DOSSIERS}?tai-ve=csv{more}").streaming_content) for more in ("", "&cot=so")]
    assert files[0] == files[1]
    assert list(Export.objects.values_list("filters", flat=True)) == [{}, {}]
    assert "Tệp Excel, CSV tải về luôn có đủ các cột." in page


def test_who_is_not_told_the_appraiser_is_not_offered_the_column(desk, enter):
    leader = enter(holder_of(Function.LEADERSHIP, Role.LEAD))
    headings, _ = table_of(leader, f"{BOARD}?cot=nguoi&cot=so")
    assert headings == ["Đơn vị đề nghị", "Số tiếp nhận"]
    assert 'value="nguoi"' not in leader.get(BOARD).content.decode()
