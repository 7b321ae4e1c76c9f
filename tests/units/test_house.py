"""What an office's papers bear on their date, and which acts they may cite."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from core.models import Event
from core.transitions import Refused
from tests.factories import UnitFactory, UserFactory
from units import house
from units.enums import Paper
from units.loading import load_bases
from units.models import CitedAnyway, LegalBasis, Letterhead, RecipientList, Signer

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
DESK = "/quan-tri/units"


def during(first, last):
    return {"validity": DateRange(first, last), "basis": "Minh họa"}


@pytest.mark.parametrize(
    ("traits", "name", "boxes"),
    [
        ({}, "Sở Nội vụ", ("UBND TỈNH LÀO CAI", "SỞ NỘI VỤ", "Lào Cai")),
        ({"district": True}, "Thị xã Sa Pa", ("", "ỦY BAN NHÂN DÂN THỊ XÃ SA PA", "Sa Pa")),
        ({"district": True}, "Huyện Bảo Thắng", ("", "ỦY BAN NHÂN DÂN HUYỆN BẢO THẮNG", "Bảo Thắng")),
        ({"commune": True}, "Xã Tả Van", ("", "ỦY BAN NHÂN DÂN XÃ TẢ VAN", "Tả Van")),
    ],
)
def test_without_a_letterhead_the_register_says_it(traits, name, boxes):
    found = house.house_of(UnitFactory(name=name, **traits), AFTER)

    assert (found.parent_body, found.issuing_body, found.place) == boxes
    assert found.boxes == dict(zip(("parent_body", "issuing_body", "place"), boxes, strict=True))


def test_the_provincial_committee_is_no_unit():
    found = house.house_of(None, AFTER)

    assert (found.parent_body, found.issuing_body) == ("", "ỦY BAN NHÂN DÂN TỈNH LÀO CAI")
    assert house.signature(None, AFTER).lines == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


def test_a_letterhead_holds_from_its_day_on():
    unit = UnitFactory(name="Sở Khoa học và Công nghệ", abbreviation="SKHCN")
    Letterhead.objects.create(
        unit=unit,
        parent_body="UBND TỈNH LÀO CAI",
        issuing_body="Sở Khoa học và Công nghệ",
        abbreviation="KHCN",
        place="Yên Bái",
        **during(AFTER, None),
    )

    assert [house.house_of(unit, day).place for day in (BEFORE, AFTER)] == ["Lào Cai", "Yên Bái"]
    assert [house.house_of(unit, day).abbreviation for day in (BEFORE, AFTER)] == ["SKHCN", "KHCN"]


def test_the_usual_signer_of_the_day_signs_under_his_authority():
    unit = UnitFactory()
    for name, first, last, is_usual in (
        ("Vàng Thị Minh Hoạ", date(2024, 1, 1), AFTER, True),
        ("Lù Văn Páo", AFTER, None, True),
        ("Hoàng Thị Ví Dụ", date(2024, 1, 1), None, False),
    ):
        authority = "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"
        Signer.objects.create(
            unit=unit, name=name, authority=authority, is_usual=is_usual, **during(first, last)
        )

    signed = [house.signature(unit, day) for day in (date(2023, 1, 1), BEFORE, AFTER)]
    assert [signature.name for signature in signed] == ["", "Vàng Thị Minh Hoạ", "Lù Văn Páo"]
    assert [signature.lines for signature in signed] == [
        ("GIÁM ĐỐC",),
        *[("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")] * 2,
    ]


def test_recipients_by_paper_and_day_end_with_the_offices_own_files():
    unit = UnitFactory(abbreviation="SNV")
    RecipientList.objects.create(
        unit=unit, paper=Paper.SUBMISSION, lines="Như trên\nLãnh đạo Sở", **during(AFTER, None)
    )

    assert house.recipients(unit, Paper.SUBMISSION, BEFORE, usual=("Như trên",)) == (
        "Như trên",
        "Lưu: VT",
    )
    assert house.recipients(unit, Paper.SUBMISSION, AFTER) == ("Như trên", "Lãnh đạo Sở", "Lưu: VT")
    assert house.recipients(unit, Paper.REPORT, AFTER) == ("Lưu: VT",)


def test_the_shipped_acts_are_loaded_once_and_corrections_stay():
    assert (load_bases(), load_bases()) == (8, 0)
    LegalBasis.objects.filter(code="ND-152-2025").update(validity=DateRange(AFTER, None))
    load_bases()
    assert LegalBasis.objects.get(code="ND-152-2025").validity.upper is None


@pytest.mark.parametrize(
    ("day", "objection"),
    [
        (date(2023, 12, 30), "có hiệu lực từ 31/12/2023, sau ngày của văn bản"),
        (date(2023, 12, 31), ""),
        (BEFORE, ""),
        (AFTER, "đã hết hiệu lực từ 01/07/2025"),
    ],
)
def test_an_act_not_in_force_on_the_day_is_found(day, objection):
    load_bases()
    basis = LegalBasis.objects.get(code="ND-98-2023")
    findings = house.missing_for_citing([basis], day, UnitFactory())

    assert [line["objection"] for line in house.cited([basis], day, UnitFactory())] == [objection]
    assert [finding.message for finding in findings] == (
        [
            f"“{basis.citation}” {objection}. Hãy ghi lý do vẫn viện dẫn (ví dụ quy định chuyển tiếp), "
            "hoặc báo quản trị viên sửa căn cứ."
        ]
        if objection
        else []
    )


def test_a_reason_lets_one_object_cite_it_and_is_kept():
    load_bases()
    unit, other, clerk = UnitFactory(), UnitFactory(), UserFactory()
    basis = LegalBasis.objects.get(code="ND-98-2023")
    for empty in ("", " \n"):
        with pytest.raises(Refused, match="Hãy ghi lý do vẫn viện dẫn"):
            house.cite_anyway(unit, basis, reason=empty, by=clerk)
    house.cite_anyway(unit, basis, reason="Điều 60 khoản 3", by=clerk)
    house.cite_anyway(unit, basis, reason="Khác", by=clerk)

    assert house.missing_for_citing([basis], AFTER, unit) == []
    assert len(house.missing_for_citing([basis], AFTER, other)) == 1
    row, event = CitedAnyway.objects.get(), Event.objects.get()
    assert (row.reason, row.by, event.act, event.payload.comment) == (
        "Điều 60 khoản 3",
        clerk,
        "cite_anyway",
        "Điều 60 khoản 3",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        CitedAnyway.objects.update(reason="Sửa")


# --- The administrator's desk ----------------------------------------------------------------


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(administrator=True))
    return client


def test_an_administrator_keeps_the_house_data(desk):
    form = {
        "unit": "",
        "parent_body": "",
        "issuing_body": "Ủy ban nhân dân tỉnh Lào Cai",
        "abbreviation": "UBND",
        "place": "Yên Bái",
        "holds_from": "01/07/2025",
        "holds_to": "",
        "basis": "Nghị quyết 202/2025/QH15",
    }
    assert desk.post(f"{DESK}/letterhead/add/", form).status_code == 302
    assert house.house_of(None, AFTER).place == "Yên Bái"
    # Of two that hold on one day, the second is refused in words, not by a crash.
    again = desk.post(f"{DESK}/letterhead/add/", {**form, "holds_from": "01/08/2025"})
    assert "Cơ quan này đã có phần đầu văn bản trong thời gian đó." in again.content.decode()
    assert Letterhead.objects.count() == 1
    assert Event.objects.get().act == "add_letterhead"


def test_an_administrator_ends_an_act(desk):
    load_bases()
    basis = LegalBasis.objects.get(code="ND-152-2025")
    page = f"{DESK}/legalbasis/{basis.pk}/change/"
    assert 'value="28/02/2027"' in desk.get(page).content.decode()
    form = {name: getattr(basis, name) for name in ("code", "citation", "position", "source")}
    assert desk.post(page, {**form, "holds_from": "01/07/2025", "holds_to": "31/12/2027"}).status_code == 302
    basis.refresh_from_db()
    assert basis.validity == DateRange(AFTER, date(2028, 1, 1))


@pytest.mark.parametrize("model", ["letterhead", "signer", "recipientlist", "legalbasis"])
def test_others_do_not_reach_the_house_data(client, desk, model):
    assert desk.get(f"{DESK}/{model}/").status_code == 200
    client.force_login(UserFactory(is_staff=True))
    assert client.get(f"{DESK}/{model}/").status_code == 403
