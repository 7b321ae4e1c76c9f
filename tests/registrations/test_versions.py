"""What was filed each time, word for word, and how two of them differ."""

import re

import pytest

from core.wording import marks
from registrations import workflow
from tests.factories_registrations import PDF, a_filed_registration, a_pdf, file, fill

TASK = {
    "name": "Số hóa hồ sơ lưu trữ",
    "product": "Kho dữ liệu 12.000 hồ sơ",
    "field": "b",
    "due": "2027-09-30",
    "in_charge": "Văn phòng",
}
NEW = {"name": "Tập huấn cán bộ", "product": "200 người", "field": None, "due": None, "in_charge": ""}


@pytest.fixture
def twice(world):
    """Filed, returned, reworded and filed again."""
    registration = a_filed_registration(world.unit, world.filer)
    workflow.return_(registration, by=world.standing, comment="Bổ sung.")
    fill(registration, world.filer, objectives="Mọi thủ tục được giải quyết trực tuyến.", tasks=[NEW, TASK])
    scan = a_pdf("them.pdf", PDF + b"%%EOF\n")
    workflow.save_draft(
        registration, by=world.filer, version=registration.version, content=None, uploads=[scan]
    )
    file(registration, world.filer)
    return registration


def test_marks_give_both_texts_back():
    old, new = "Mọi thủ tục hành chính được làm", "Mọi thủ tục được làm ngay"
    found = marks(old, new)
    assert "".join(text for kind, text in found if kind != "added") == old
    assert "".join(text for kind, text in found if kind != "removed") == new
    assert ("removed", "hành chính ") in found or ("removed", " hành chính") in found


@pytest.mark.parametrize("reader", ["filer", "standing", "commendation", "district"])
def test_the_first_version_stays_readable_as_it_was(twice, world, enter, reader):
    page = enter(getattr(world, reader)).get(twice.get_absolute_url() + "lan-nop/1/").content.decode()
    assert "Mọi thủ tục hành chính được giải quyết trực tuyến." in page
    assert "Tập huấn cán bộ" not in page
    assert twice.versions.get(number=1).sha256 in page


def test_the_difference_names_every_changed_place_and_no_other(twice, world, enter):
    answer = enter(world.standing).get(twice.get_absolute_url() + "so-sanh/")
    found = [(d.label, d.kind) for d in answer.context["differences"]]
    assert found == [
        ("Mục tiêu thi đua", "changed"),
        ("Nhiệm vụ 1", "added"),
        ("Nhiệm vụ 2, sản phẩm cụ thể", "changed"),
        ("Nhiệm vụ 2, lĩnh vực", "changed"),
        ("Tệp", "added"),
    ]
    page = answer.content.decode()
    assert "<del>10.000</del><ins>12.000</ins>" in page
    assert re.search(r"<del>\s?hành chính\s?</del>", page)


def test_backwards_the_same_places_the_other_way_round(twice, world, enter):
    answer = enter(world.standing).get(twice.get_absolute_url() + "so-sanh/?cu=2&moi=1")
    kinds = {d.label: d.kind for d in answer.context["differences"]}
    assert (kinds["Nhiệm vụ 1"], kinds["Tệp"]) == ("removed", "removed")


def test_the_unit_compares_its_draft_and_nobody_else_does(twice, world, enter):
    workflow.return_(twice, by=world.standing, comment="Bổ sung nữa.")
    fill(twice, world.filer, objectives="Chữ chưa nộp")
    address = twice.get_absolute_url() + "so-sanh/?cu=2&moi=nay"
    assert "Chữ" in enter(world.filer).get(address).content.decode()
    assert enter(world.standing).get(address).status_code == 404


@pytest.mark.parametrize("query", ["?cu=9", "?moi=x", "?cu=1&moi="])
def test_what_does_not_exist_is_not_compared(twice, world, enter, query):
    assert enter(world.filer).get(twice.get_absolute_url() + "so-sanh/" + query).status_code == 404
