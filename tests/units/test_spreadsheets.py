"""Units and people by Excel: all or nothing, every fault by its cell, a history of what came in."""

import io
import re
import sys
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from core.models import Event, File, OutboxMail
from core.spreadsheets.reading import Row, Table
from tests.factories import LONG_AGO, MembershipFactory, UnitFactory, UserFactory, holder_of, member_of
from tests.registrations.pages import form_with
from units.enums import Function, Kind, Role
from units.models import Membership, Unit, User
from units.spreadsheets import PeopleIntake, UnitsIntake

UNITS, PEOPLE = "/du-lieu-excel/don-vi/", "/du-lieu-excel/nguoi-dung/"
SHEETS = {UNITS: "Đơn vị", PEOPLE: "Người dùng"}
HEADS = {
    UNITS: [
        "Mã",
        "Tên",
        "Tên viết tắt",
        "Loại",
        "Mã đơn vị cấp trên",
        "Mã số thuế",
        "Có thủ tục hành chính",
        "Hiệu lực từ",
    ],
    PEOPLE: ["Họ và tên", "Tên đăng nhập", "Thư điện tử", "Chức vụ", "Mã đơn vị", "Vai trò", "Từ ngày"],
}
FIRM = ["5300000001", "Công ty A", None, "Doanh nghiệp", None, "5300000001", "Không", "01/01/2027"]
AN = ["Nguyễn Văn An", "an.nv", "An@laocai.example", "Chuyên viên", "SO-A", "Người lập hồ sơ", None]


@pytest.fixture
def admin(db):
    with time_machine.travel("2027-02-01T09:00+07:00", tick=False):
        yield UserFactory(administrator=True)


@pytest.fixture
def desk(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def department(db):
    return UnitFactory(code="SO-A", name="Sở A")


def upload(client, url, *rows):
    book = Workbook()
    book.active.title = SHEETS[url]
    for row in (HEADS[url], *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return client.post(f"{url}nhap/", {"file": SimpleUploadedFile("moi.xlsx", file.getvalue())})


def confirm(client, url, preview, **options):
    return client.post(f"{url}nhap/", form_with(preview, "token") | options)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def named(answer):
    """The faults of the page: (cell, reason)."""
    row = r"<th scope=\"row\"[^>]*>Ô (\w+) .*?</th>\s*<td class=\"words\">(.*?)</td>"
    found = re.findall(row, answer.content.decode(), re.DOTALL)
    assert answer.status_code == 422
    return found


def test_units_come_in_with_parents_that_stand_further_down(desk, admin):
    answer = upload(
        desk,
        UNITS,
        ["00001", "Xã Mới", "XM", "Xã, phường, thị trấn", "099", None, None, date(2027, 1, 1)],
        ["099", "Huyện Mới", None, "Huyện, thị xã, thành phố", None, None, "Có", "1/1/2027"],
        FIRM,
    )
    assert "thêm 3, sửa 0, bỏ 0 , giữ nguyên 0" in words(answer)
    assert Unit.objects.count() == 0
    assert confirm(desk, UNITS, answer).status_code == 302
    columns = ("code", "search_name", "kind", "parent__code", "has_admin_procedures", "valid_from")
    assert list(Unit.objects.order_by("code").values_list(*columns)) == [
        ("00001", "xa moi", Kind.COMMUNE, "099", True, date(2027, 1, 1)),
        ("099", "huyen moi", Kind.DISTRICT, None, True, date(2027, 1, 1)),
        ("5300000001", "cong ty a", Kind.ENTERPRISE, None, False, date(2027, 1, 1)),
    ]  # fmt: skip
    file = File.objects.get(name="moi.xlsx")
    whole = Event.objects.get(act="import_units")
    assert (whole.actor, whole.object_uid) == (admin, file.uid)
    assert whole.payload.data == {
        "name": "moi.xlsx",
        "sha256": file.sha256,
        "add": 3,
        "change": 0,
        "remove": 0,
    }
    added = Event.objects.filter(act="add_unit")
    assert {e.object_uid for e in added} == set(Unit.objects.values_list("uid", flat=True))


def test_a_unit_that_is_there_changes_and_shows_what(desk):
    parent = UnitFactory(code="SO-CHA", name="Sở Cha")
    unit = UnitFactory(code="SO-CON", name="Sở Con", parent=parent, has_admin_procedures=True)
    same = UnitFactory(code="SO-YEN", name="Sở Yên")
    rows = [
        ["SO-CON", "Sở Con Mới", None, "Sở, ban, ngành", None, None, "Không", None],
        ["SO-YEN", "Sở Yên", None, "Sở, ban, ngành", None, None, None, same.valid_from],
    ]
    answer = upload(desk, UNITS, *rows)
    said = words(answer)
    assert "thêm 0, sửa 1, bỏ 0 , giữ nguyên 1" in said
    assert "Tên: Sở Con → Sở Con Mới" in said
    assert "Cấp trên: SO-CHA – Sở Cha → trống" in said
    confirm(desk, UNITS, answer)
    unit.refresh_from_db()
    found = (unit.name, unit.search_name, unit.parent, unit.has_admin_procedures)
    assert found == ("Sở Con Mới", "so con moi", None, False)
    assert list(Event.objects.filter(act="change_unit").values_list("object_uid", flat=True)) == [unit.uid]


def test_faults_of_units_are_named_by_cell(desk):
    UnitFactory(code="SO-CU", name="Sở Cũ")
    answer = upload(
        desk,
        UNITS,
        FIRM,
        FIRM,
        ["SO-CU", "Sở Cũ", None, "Doanh nghiệp", None, None, None, None],
        ["SO-CU2", "Sở Mới", None, "Sở, ban, ngành", "KHONG-CO", None, None, None],
        ["12", "Xã Sai", None, "Xã, phường, thị trấn", None, "123", None, "01/01/2027"],
        ["V1", "Vòng 1", None, "Sở, ban, ngành", "V2", None, None, "01/01/2027"],
        ["V2", "Vòng 2", None, "Sở, ban, ngành", "V1", None, None, "01/01/2027"],
        ["V3", "Dưới vòng", None, "Sở, ban, ngành", "V1", None, None, "01/01/2027"],
        # A cell that cannot be read hides nothing of what else is wrong in its row.
        ["SO-CU", None, None, "Sở", "KHONG-CO", None, None, "31/02/2027"],
        ["SO-CU3", "Sở Ba", None, "Sở, ban, ngành", None, None, None, "01/01/2027"],
    )
    found = named(answer)
    assert [(cell, reason) for cell, reason in found if cell[1:] != "10"] == [
        ("A3", "Mã “5300000001” đã có ở dòng 2"),
        ("D4", "“Sở Cũ” đã có là Sở, ban, ngành; loại không đổi được"),
        ("E5", "Không có đơn vị mã “KHONG-CO” trong cổng hay trong tệp"),
        ("H5", "Đơn vị mới phải có ngày hiệu lực"),
        ("A6", "Mã cấp xã gồm 5 chữ số, kể cả số 0 đứng đầu"),
        ("F6", "Mã “123” không đúng: gồm 10 hoặc 13 chữ số"),
        ("E7", "Đơn vị “V2” lại thuộc chính đơn vị này"),
        ("E8", "Đơn vị “V1” lại thuộc chính đơn vị này"),
    ]
    assert [cell for cell, _ in found if cell[1:] == "10"] == ["A10", "B10", "D10", "E10", "H10"]
    assert list(Unit.objects.values_list("code", flat=True)) == ["SO-CU"]


def test_a_code_in_use_is_not_given_again(desk):
    UnitFactory(code="SO-CU", name="Sở Cũ")
    answer = upload(desk, UNITS, ["SO-CU", "Sở Khác", None, "Sở, ban, ngành", None, None, None, "01/01/2027"])
    assert named(answer) == [("A2", "Mã này là của “Sở Cũ” từ 01/01/2020")]


#: of single cells, and of what the rows only show together: (column, what stands there)
FAULTS = {
    UNITS: [
        (0, 5300000000),
        (1, None),
        (3, "Hội kín"),
        (7, "31/02/2027"),
        (5, "٥٣٠٠٠٠٠٠٠١"),
        (0, "5300000000"),
        (4, "KHONG-CO"),
    ],
    PEOPLE: [
        (0, None),
        (1, "Nguyễn An"),
        (2, "không phải thư"),
        (6, 46073),
        (2, "nguoi0@laocai.example"),
        (4, "KHONG-CO"),
        (5, "Chuyên viên"),
    ],
}


def a_row(url, n):
    if url == UNITS:
        name = f"Công ty minh họa {n}"
        return [f"53{n:08d}", name, None, "Doanh nghiệp", None, None, "Không", "01/01/2027"]
    return [f"Người {n}", f"nguoi{n}", f"nguoi{n}@laocai.example", None, "SO-A", "Người lập hồ sơ", None]


@pytest.mark.parametrize("url", FAULTS)
def test_two_thousand_rows_with_37_faults_name_all_37_and_write_nothing(desk, department, url):
    rows, expected = [a_row(url, n) for n in range(2000)], []
    for n in range(7, 2000, 54):
        place, cell = FAULTS[url][n % 7]
        rows[n][place] = cell
        expected.append(f"{'ABCDEFGH'[place]}{n + 2}")
    assert len(expected) == 37
    answer = upload(desk, url, *rows)
    assert [cell for cell, _ in named(answer)] == expected
    assert "Tệp có 37 lỗi, chưa ghi gì" in words(answer)
    stored = [model.objects.count() for model in (Unit, User, File, Event, OutboxMail)]
    assert stored == [1, 1, 0, 0, 0]


def calls_to_plan(intake, rows):
    """How many functions run to see what so many rows would change, once they are read."""
    (sheet,) = intake.sheets()
    names = [column.name for column in sheet.columns]
    letters = dict(zip(names, "ABCDEFGH", strict=False))
    read = [Row(n, dict(zip(names, row, strict=True))) for n, row in enumerate(rows, start=2)]
    calls = 0

    def count(*_):
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        intake.plan({sheet.name: Table(sheet, read, letters)}, [])
    finally:
        sys.setprofile(None)
    return calls


def test_comparing_the_rows_takes_linear_time(admin, department):
    def units(number):
        """Each stands under the next, which is the worst that parents can be."""
        last = number - 1
        return [
            [f"V{n}", f"Sở {n}", "", "department", "" if n == last else f"V{n + 1}", "", None, LONG_AGO]
            for n in range(number)
        ]

    def people(number):
        return [
            [f"Người {n}", f"nguoi{n}", f"n{n}@laocai.example", "", "SO-A", "filer", None]
            for n in range(number)
        ]

    for intake, rows in ((UnitsIntake, units), (PeopleIntake, people)):
        small, large = (calls_to_plan(intake(by=admin, acting=None), rows(n)) for n in (150, 600))
        assert large < 4.1 * small


def test_people_come_in_without_a_mail_unless_it_is_asked_for(desk, admin, department):
    colleague = member_of(
        department, Role.HEAD, username="binh.tt", full_name="Trần Thị Bình", position="Giám đốc"
    )
    binh = ["Trần Thị Bình", "binh.tt", colleague.email, "Phó Giám đốc", "SO-A"]
    rows = [AN, [*AN[:5], "Quản trị đơn vị", "01/03/2027"], [*binh, "Thủ trưởng đơn vị", None]]
    answer = upload(desk, PEOPLE, *rows)
    assert "thêm 3, sửa 1, bỏ 0 , giữ nguyên 1" in words(answer)
    assert "Chức vụ: Giám đốc → Phó Giám đốc" in words(answer)
    assert confirm(desk, PEOPLE, answer).status_code == 302
    an = User.objects.get(username="an.nv")
    assert (an.full_name, an.search_name, an.email, an.has_usable_password()) == (
        "Nguyễn Văn An", "nguyen van an", "an@laocai.example", False,
    )  # fmt: skip
    assert list(an.memberships.order_by("pk").values_list("unit", "role", "valid_from")) == [
        (department.pk, Role.FILER, date(2027, 2, 1)),
        (department.pk, Role.ADMINISTRATOR, date(2027, 3, 1)),
    ]
    colleague.refresh_from_db()
    assert (colleague.position, colleague.memberships.count()) == ("Phó Giám đốc", 1)
    assert OutboxMail.objects.count() == 0
    grant = Event.objects.get(act="grant")
    assert (grant.actor, grant.object_uid) == (admin, department.uid)
    assert grant.payload.data == {
        "people": [
            {"user": "Nguyễn Văn An", "role": "filer"},
            {"user": "Nguyễn Văn An", "role": "administrator"},
        ]
    }
    assert sorted(Event.objects.exclude(act="grant").values_list("act", flat=True)) == [
        "add_user", "change_user", "import_people",
    ]  # fmt: skip


def test_the_administrator_may_ask_for_invitations(desk, department):
    known = member_of(department, username="cu.nv", full_name="Người Cũ")
    old = ["Người Cũ", "cu.nv", known.email, None, "SO-A", "Quản trị đơn vị", None]
    answer = upload(desk, PEOPLE, AN, old)
    confirm(desk, PEOPLE, answer, **{"option-invites": "on"})
    assert list(OutboxMail.objects.values_list("to", flat=True)) == ["an@laocai.example"]
    assert Event.objects.get(act="import_people").payload.data["invited"] == 1


def test_faults_of_people_are_named_by_cell(desk, admin, department):
    UserFactory(username="khoa.nv", email="khoa@laocai.example", full_name="Bị Khóa", is_active=False)
    MembershipFactory(user=UserFactory(username="khac", email="chung@laocai.example"))
    holder_of(Function.STANDING_BODY)
    own = [
        admin.full_name,
        admin.username,
        admin.email,
        None,
        "SO-A",
        "Người lập hồ sơ",
        None,
    ]
    answer = upload(
        desk,
        PEOPLE,
        AN,
        ["Nguyễn Văn Anh", *AN[1:]],
        ["Bị Khóa", "khoa.nv", "khoa@laocai.example", None, "SO-A", "Người lập hồ sơ", None],
        ["Mới", "moi.nv", "Chung@laocai.example", None, "SO-Z", "Người lập hồ sơ", None],
        ["Chuyên", "chuyen.nv", "chuyen@laocai.example", None, "SO-A", "Chuyên viên", None],
        own,
    )
    assert named(answer) == [
        ("A3", "Khác với dòng 2 của cùng người (“Nguyễn Văn An”)"),
        ("F3", "Vai trò này đã có ở dòng 2"),
        ("B4", "Tài khoản của Bị Khóa đang bị khóa; hãy mở lại ở trang Quản trị trước"),
        ("C5", "Thư điện tử này là của tài khoản “khac”"),
        ("E5", "Không có đơn vị đang hoạt động mã “SO-Z”"),
        ("F6", "“Chuyên viên” chỉ có ở cơ quan thường trực, cơ quan thi đua - khen thưởng"),
        ("F7", "Không thể tự giao vai trò cho mình; hãy nhờ quản trị viên khác"),
    ]
    assert (
        User.objects.filter(username="an.nv").exists(),
        Membership.objects.filter(unit=department).count(),
    ) == (False, 0)


def test_what_changed_after_the_preview_is_shown_anew(desk, department):
    answer = upload(desk, PEOPLE, AN)
    user = UserFactory(
        username="an.nv", full_name="Nguyễn Văn An", email="an@laocai.example", position="Chuyên viên"
    )
    answer = confirm(desk, PEOPLE, answer)
    assert answer.status_code == 409
    assert "thêm 1, sửa 0, bỏ 0 , giữ nguyên 1" in words(answer)
    assert user.memberships.count() == 0
    UserFactory(username="khac", email="khac@laocai.example")
    user.email = "khac2@laocai.example"
    user.save()
    UserFactory(username="trung", email="an@laocai.example")
    answer = confirm(desk, PEOPLE, answer)
    assert answer.status_code == 409
    assert "Dữ liệu trong cổng đã thay đổi sau khi xem trước, tệp không còn khớp. Chưa ghi gì." in words(
        answer
    )


@pytest.mark.parametrize("url", [UNITS, PEOPLE])
def test_the_template_comes_back_through_its_own_door(desk, url):
    answer = desk.get(f"{url}mau/")
    book = load_workbook(io.BytesIO(b"".join(answer)))
    assert answer["Content-Disposition"].startswith('attachment; filename="mau-')
    assert [str(cell.value).removesuffix(" *") for cell in book[SHEETS[url]][1]] == HEADS[url]
    file = io.BytesIO()
    book.save(file)
    answer = desk.post(f"{url}nhap/", {"file": SimpleUploadedFile("m.xlsx", file.getvalue())})
    assert answer.status_code == 422
    assert "Tệp không có dòng dữ liệu nào. Hãy điền từ dòng ngay dưới tiêu đề." in words(answer)


@pytest.mark.parametrize(
    "page",
    ["", "don-vi/nhap/", "don-vi/mau/", "don-vi/", "nguoi-dung/nhap/", "nguoi-dung/mau/", "nguoi-dung/"],
)
def test_the_desk_is_the_administrators_alone(client, admin, page):
    seen = {}
    for name, user in {
        "administrator": admin,
        "lead": holder_of(Function.STANDING_BODY, Role.LEAD),
        "unit's administrator": member_of(UnitFactory(), Role.ADMINISTRATOR),
    }.items():
        client.force_login(user)
        answer = client.get(f"/du-lieu-excel/{page}", {"tai-ve": "csv"})
        assert b"".join(answer)
        seen[name] = answer.status_code
    assert seen == {"administrator": 200, "lead": 403, "unit's administrator": 403}


def test_the_register_leaves_as_it_could_come_back(desk, department):
    member_of(department, username="binh.tt", full_name="Trần Thị Bình", email="binh@laocai.example")
    units = b"".join(desk.get(UNITS, {"tai-ve": "csv"})).decode("utf-8-sig").splitlines()
    assert units[1] == "SO-A;Sở A;;Sở, ban, ngành;;;Có;01/01/2020;"
    people = b"".join(desk.get(PEOPLE, {"tai-ve": "csv"})).decode("utf-8-sig").splitlines()
    assert (
        people[1]
        == f"Trần Thị Bình;binh.tt;binh@laocai.example;;SO-A;Sở A;Người lập hồ sơ;{LONG_AGO:%d/%m/%Y};;Có"
    )
