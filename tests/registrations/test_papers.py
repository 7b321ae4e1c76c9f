"""The papers of registrations and reports: who prints them, what they say, how they are laid out."""

import pytest

from registrations.models import Initiative, RegistrationVersion
from registrations.workflow import return_, return_report
from tests.factories_registrations import (
    a_filed_registration,
    a_full_draft,
    a_full_report,
    a_submitted_report,
    a_verified_report,
)
from tests.press import expected, held_to_the_decree, printed
from tests.registrations.papers_words import WORDS

READERS = ("filer", "colleague", "district", "stranger", "standing", "commendation")


def read_by(world, enter, address) -> dict:
    return {name: enter(getattr(world, name)).get(address).status_code for name in READERS}


def only(*names) -> dict:
    return {name: 200 if name in names else 404 for name in READERS}


# --- Who -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["dang-ky-thi-dua", "ke-hoach"])
def test_what_is_being_written_is_printed_by_the_unit_alone(kind, world, enter):
    registration = a_full_draft(world.unit, world.filer)
    assert read_by(world, enter, f"/van-ban/{kind}/{registration.uid}/") == only("filer", "colleague")


def test_others_print_what_was_filed(world, enter):
    registration = a_filed_registration(world.unit, world.filer)
    return_(registration, by=world.standing, comment="Bổ sung sản phẩm.")
    version = RegistrationVersion.objects.get()
    readers = only("filer", "colleague", "district", "standing", "commendation")

    assert read_by(world, enter, f"/van-ban/dang-ky-da-nop/{version.uid}/") == readers
    assert read_by(world, enter, f"/van-ban/dang-ky-thi-dua/{registration.uid}/") == only(
        "filer", "colleague"
    )
    page = enter(world.standing).get(f"/dang-ky/{registration.uid}/").content.decode()
    assert f'href="/van-ban/dang-ky-da-nop/{version.uid}/"' in page
    assert "/van-ban/ke-hoach/" not in page


def test_a_report_being_changed_is_printed_by_the_unit_alone(world, enter):
    report = a_submitted_report(world.unit, world.filer)
    address = f"/van-ban/bao-cao-ket-qua/{report.uid}/"
    assert read_by(world, enter, address) == only(
        "filer", "colleague", "district", "standing", "commendation"
    )

    return_report(report, by=world.standing, comment="Xem lại mẫu số.")
    assert read_by(world, enter, address) == only("filer", "colleague")


# --- What they say ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["dang-ky-thi-dua", "ke-hoach"])
def test_the_words_of_what_a_unit_promises(kind, world, enter):
    registration = a_full_draft(world.unit, world.filer)
    assert held_to_the_decree(printed(enter(world.filer), kind, registration)) == expected(WORDS[kind])


def test_the_words_of_a_report_as_declared(world, enter):
    report = a_full_report(world.unit, world.filer)
    Initiative.objects.create(
        report=report,
        name="Bảng tin số của thôn",
        authors="Lý A Mẫu",
        effect="30 thôn nhận tin trong ngày",
        recognition="Chưa được công nhận",
    )
    row = printed(enter(world.filer), "bao-cao-ket-qua", report)
    assert held_to_the_decree(row) == expected(WORDS["bao-cao-ket-qua"])


def test_a_verified_report_says_so(world, enter):
    report = a_verified_report(world.unit, world.filer, world.standing)
    said = held_to_the_decree(printed(enter(world.standing), "bao-cao-ket-qua", report))
    assert "chưa đạt 03. Kết quả tính trên số liệu đã thẩm định." in said
