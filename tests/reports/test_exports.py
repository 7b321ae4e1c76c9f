"""Lists that leave the portal as files: what stands in them, who may take them, what is written down."""

import csv
import io
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.db import DatabaseError, transaction
from openpyxl import load_workbook

from core import exports
from core.models import Export
from core.spreadsheets.listing import Column, Listing, write_csv, write_xlsx
from tests.factories import LONG_AGO, UnitFactory, UserFactory, holder_of, member_of
from tests.factories_registrations import ON_TIME, a_filed_registration
from units.enums import Function, Role

PAPERS = Listing(
    "giay-to",
    "Giấy tờ: năm 2027 [bản chính]",
    (
        Column("Tên", "name"),
        Column("Số", "number"),
        Column("Ngày", "day"),
        Column("Lúc", "at"),
        Column("Có", "has"),
    ),
)
DANGEROUS = ["=1+1", "+84 214", "-5", "@SUM(A1)", "\tx", "\rx", "＝1", "'=1", "H'Mông", "bình thường"]


def paper(name="Kế hoạch", number=7, day=LONG_AGO, at=datetime(2027, 2, 20, 16, 59, tzinfo=UTC), has=True):
    return SimpleNamespace(name=name, number=number, day=day, at=at, has=has)


def as_xlsx(rows, listing=PAPERS):
    target = io.BytesIO()
    count = write_xlsx(target, listing, listing.values_of(rows))
    return count, load_workbook(target).worksheets[0]


def as_csv(rows, listing=PAPERS):
    target = io.BytesIO()
    count = write_csv(target, listing, listing.values_of(rows))
    return count, target.getvalue()


def test_xlsx_holds_values_of_their_kind_in_the_local_hour():
    count, sheet = as_xlsx([paper(), paper(number=None, day=None, at=None, has=False)])
    assert count == 2
    assert sheet.title == "Giấy tờ năm 2027 bản chính"
    assert list(sheet.values) == [
        ("Tên", "Số", "Ngày", "Lúc", "Có"),
        ("Kế hoạch", 7, datetime(2020, 1, 1), datetime(2027, 2, 20, 23, 59), "Có"),
        ("Kế hoạch", None, None, None, "Không"),
    ]
    assert [cell.number_format for cell in sheet[2]] == [
        "General",
        "General",
        "dd/mm/yyyy",
        "dd/mm/yyyy hh:mm",
        "General",
    ]


def test_csv_is_what_excel_in_vietnam_opens():
    count, written = as_csv([paper(name='Sở "A"; B'), paper(number=None, day=None, at=None, has=False)])
    assert count == 2
    assert written.decode("utf-8") == (
        '\ufeffTên;Số;Ngày;Lúc;Có\r\n"Sở ""A""; B";7;01/01/2020;20/02/2027 23:59;Có\r\nKế hoạch;;;;Không\r\n'
    )


@pytest.mark.parametrize("name", DANGEROUS)
def test_no_name_becomes_a_formula(name):
    listing = Listing("ten", "Tên", (Column("Tên", "name"), Column("Nợ", "number")))
    _, sheet = as_xlsx([paper(name=name, number=-5)], listing)
    # A carriage return does not survive XML; what matters is that the cell is text.
    assert (sheet["A2"].value.replace("_x000D_", "\r"), sheet["A2"].data_type) == (name, "s")
    assert (sheet["B2"].value, sheet["B2"].data_type) == (-5, "n")
    _, written = as_csv([paper(name=name, number=-5)], listing)
    ((shown, number),) = list(
        csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";")
    )[1:]
    assert shown == (name if name in ("'=1", "H'Mông", "bình thường") else f"'{name}")
    assert number == "-5"


def test_what_excel_cannot_keep_as_a_number_or_a_text_stays_whole_or_is_cut():
    listing = Listing("dai", "Dài", (Column("Tên", "name"), Column("Số", "number")))
    _, sheet = as_xlsx([paper(name="ă" * 40_000, number=10**18)], listing)
    assert (len(sheet["A2"].value), sheet["B2"].value) == (32_767, "1000000000000000000")


@pytest.fixture
def lead(db):
    with time_machine.travel(ON_TIME, tick=False) as traveller:
        found = holder_of(Function.STANDING_BODY, Role.LEAD)
        found.traveller = traveller
        yield found


def filed(n=3):
    units = UnitFactory.create_batch(n)
    return [a_filed_registration(unit, member_of(unit)) for unit in units]


def rows_of(answer):
    return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_list_leaves_as_it_is_narrowed_and_is_written_down(client, lead):
    wanted, *_ = filed()
    client.force_login(lead)
    answer = client.get(
        "/dang-ky/", {"q": wanted.reference, "year": wanted.period.year, "tai-ve": "csv", "page": "2"}
    )
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = rows_of(answer)
    assert [row[4] for row in rows] == ["Số tiếp nhận", wanted.reference]
    (export,) = Export.objects.all()
    assert (export.user, export.listing, export.file_format, export.rows) == (
        lead,
        "dang-ky-thi-dua",
        "csv",
        1,
    )
    assert export.filters == {"Tìm đơn vị, số tiếp nhận": wanted.reference, "Năm": str(wanted.period.year)}
    assert export.acting_unit_name == lead.memberships.get().unit.name


def test_the_name_of_the_file_is_ascii_and_bears_the_day(client, lead):
    lead.traveller.move_to(datetime(2027, 2, 20, 17, 30, tzinfo=UTC))  # 00:30 on the 21st in Lào Cai
    client.force_login(lead)
    answer = client.get("/dang-ky/", {"tai-ve": "xlsx"})
    content = b"".join(answer)
    assert answer["Content-Disposition"] == 'attachment; filename="dang-ky-thi-dua-2027-02-21.xlsx"'
    assert list(load_workbook(io.BytesIO(content)).active.values)[1:] == []


def test_nobody_takes_along_what_the_page_would_not_show(client, lead):
    other, own = filed(2)
    district_reader = member_of(UnitFactory(district=True))
    below = UnitFactory(commune=True, parent=district_reader.memberships.get().unit)
    seen = a_filed_registration(below, member_of(below))
    client.force_login(district_reader)
    assert [row[4] for row in rows_of(client.get("/dang-ky/", {"tai-ve": "csv"}))] == [
        "Số tiếp nhận",
        seen.reference,
    ]
    # Who has no list of others' papers gets the page, without the links.
    client.force_login(member_of(own.unit))
    page = client.get("/dang-ky/", {"tai-ve": "csv"})
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert (own.reference in page.content.decode(), other.reference in page.content.decode()) == (True, False)
    assert Export.objects.count() == 1


def test_an_unknown_dialect_is_the_page(client, lead):
    client.force_login(lead)
    assert client.get("/dang-ky/", {"tai-ve": "exe"})["Content-Type"] == "text/html; charset=utf-8"


def test_a_list_beyond_the_limit_is_refused_in_words(client, lead, monkeypatch):
    filed(2)
    monkeypatch.setattr(exports, "MOST_ROWS", 1)
    client.force_login(lead)
    answer = client.get("/dang-ky/", {"tai-ve": "xlsx"})
    assert answer.status_code == 422
    assert "Danh sách có 2 dòng, mỗi tệp chỉ chứa 1 dòng. Hãy lọc bớt" in answer.content.decode()
    assert Export.objects.count() == 0


def test_the_log_of_exports_is_never_changed(client, lead):
    client.force_login(lead)
    rows_of(client.get("/dang-ky/", {"tai-ve": "csv"}))
    with pytest.raises(DatabaseError, match="core_export rows are never changed"), transaction.atomic():
        Export.objects.update(rows=0)


@pytest.mark.parametrize(
    "address",
    [
        "/dang-ky/",
        "/bao-cao/",
        "/theo-doi/",
        "/ho-so/",
        "/to-trinh/",
        "/quyet-dinh-khen-thuong/",
        "/thu/",
        "/ket-qua/",
        "/quyet-dinh/",
        "/don-vi/",
        "/ky/2027/viec-phai-lam/",
        "/nhat-ky-xuat/",
        "/nhac-viec/so/",
        "/cong-van/",
        "/yeu-cau-tai-khoan/",
        "/dien-hinh-tien-tien/",
        "/giay-khen/",
        "/sap-xep/",
    ],
)
@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_every_list_leaves_in_both_dialects(client, lead, address, file_format):
    obligation = filed(1)[0]
    client.force_login(lead)
    answer = client.get(
        address, {"tai-ve": file_format, "year": obligation.period.year, "kind": "registration"}
    )
    assert b"".join(answer)[:2] == (b"PK" if file_format == "xlsx" else b"\xef\xbb")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert Export.objects.count() == 1


def test_the_number_of_questions_does_not_grow_with_the_rows(client, lead, django_assert_max_num_queries):
    client.force_login(lead)
    counts = []
    for _ in range(2):
        filed(3)
        with django_assert_max_num_queries(20) as asked:
            rows_of(client.get("/dang-ky/", {"tai-ve": "csv"}))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_visitors_take_public_results_along_and_are_written_down_without_a_name(client, db):
    rows_of(client.get("/ket-qua/", {"tai-ve": "csv"}))
    assert list(Export.objects.values_list("user", "listing", "rows")) == [(None, "ket-qua-khen-thuong", 0)]


def test_leads_and_administrators_watch_over_exports(client, lead):
    client.force_login(lead)
    rows_of(client.get("/dang-ky/", {"tai-ve": "csv"}))
    seen_by = {
        name: user.has_perm("core.view_export")
        for name, user in {
            "lead": lead,
            "reviewer": holder_of(Function.STANDING_BODY),
            "commendation lead": holder_of(Function.COMMENDATION_BODY, Role.LEAD),
            "administrator": UserFactory(administrator=True),
            "filer": member_of(filed(1)[0].unit),
        }.items()
    }
    assert seen_by == {
        "lead": True,
        "reviewer": False,
        "commendation lead": True,
        "administrator": True,
        "filer": False,
    }


def test_the_log_shows_who_took_what(client, lead):
    client.force_login(lead)
    rows_of(client.get("/dang-ky/", {"tai-ve": "csv", "tier": "commune"}))
    page = client.get("/nhat-ky-xuat/").content.decode()
    assert [word in page for word in (str(lead), "Đăng ký thi đua", "Cấp: Cấp xã", "(CSV)")] == [True] * 4
    taken = rows_of(client.get("/nhat-ky-xuat/", {"tai-ve": "csv"}))
    assert [row[3] for row in taken] == ["Danh sách", "Đăng ký thi đua"]
    client.force_login(holder_of(Function.STANDING_BODY))
    assert client.get("/nhat-ky-xuat/").status_code == 403
