"""The standing body's summaries for the provincial committee."""

from tests.factories_registrations import a_verified_report
from tests.press import expected, held_to_the_decree, printed
from tests.registrations.papers_words import WORDS


def test_the_desks_alone_summarise(world, enter):
    readers = ("standing", "commendation", "filer", "district")
    answers = {name: enter(getattr(world, name)).get("/bao-cao-tong-hop/").status_code for name in readers}
    assert answers == {"standing": 200, "commendation": 200, "filer": 403, "district": 403}
    address = f"/van-ban/bao-cao-tong-hop-nam/{world.period.uid}/"
    assert f'href="{address}"' in enter(world.standing).get("/bao-cao-tong-hop/").content.decode()
    assert enter(world.filer).get(address).status_code == 403


def test_a_year_without_rows_says_what_is_missing(world, enter):
    row = printed(enter(world.standing), "bao-cao-tong-hop-nam", world.period)
    assert held_to_the_decree(row) == expected(WORDS["bao-cao-tong-hop-nam"])


def test_a_year_counts_verified_figures_alone(world, enter):
    a_verified_report(world.unit, world.filer, world.standing)
    said = held_to_the_decree(printed(enter(world.standing), "bao-cao-tong-hop-nam", world.period))
    assert "số liệu đã thẩm định của 1 đơn vị" in said
    assert "I. CẤP XÃ (01 đơn vị) 1 Hồ sơ công việc xử lý trên môi trường mạng 1 1 0 100,00 %" in said
