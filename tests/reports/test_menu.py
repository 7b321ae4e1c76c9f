"""The main menu: what each person finds in it, in which group, and where the light stands."""

import re

import pytest
from django.test import Client

from tests.factories import UnitFactory, UserFactory, holder_of, member_of
from units.enums import Function, Kind, Role

FILER = ["Việc cần làm", "Đăng ký", "Báo cáo số liệu", "Hồ sơ khen thưởng"]
MOVEMENT = ["Phát động, chỉ đạo điểm, kiểm tra", "Giai đoạn và kỳ"]
WATCHING = ["Phát động, chỉ đạo điểm, kiểm tra", "Theo dõi tiến độ", "Giai đoạn và kỳ"]
GOVERNING = [*WATCHING[:2], "Bảng điều hành", WATCHING[2]]
UNITS = ["Cơ quan, đơn vị", "Khối thi đua", "Sắp xếp đơn vị"]
REPORTS = ["Báo cáo số liệu", "Thẩm định số liệu", "Xếp hạng", "Báo cáo tổng hợp", "Bộ tiêu chí"]
AWARDS = [
    "Hồ sơ khen thưởng",
    "Thẩm định hồ sơ",
    "Tờ trình",
    "Quyết định",
    "Khen thưởng đã công bố",
    "Điển hình tiên tiến",
]
AWARDS_OF_LEAD = [*AWARDS[:5], "Quỹ thi đua, khen thưởng", AWARDS[5]]
AWARDS_AT_COMMENDATION_BODY = [
    *AWARDS[:3],
    "Bàn xét duyệt",
    "Quyết định",
    "Khen thưởng đã công bố",
    "Sổ Bằng khen",
    "Quỹ thi đua, khen thưởng",
    "Điển hình tiên tiến",
]


def of_the_standing_body(*of_its_lead, awards=AWARDS):
    movement = [
        "Đăng ký",
        "Phát động, chỉ đạo điểm, kiểm tra",
        "Theo dõi tiến độ",
        "Bảng điều hành",
        *of_its_lead,
        "Công văn đôn đốc",
        "Nhắc tự động",
        "Giai đoạn và kỳ",
    ]
    return [
        "Việc cần làm",
        ("Phong trào", movement),
        ("Báo cáo", REPORTS),
        ("Khen thưởng", awards),
        ("Đơn vị", [*UNITS, "Yêu cầu tài khoản"]),
    ]


COMMENDATION_BODY = [
    "Việc cần làm",
    ("Phong trào", ["Đăng ký", *GOVERNING]),
    ("Báo cáo", REPORTS),
    ("Khen thưởng", AWARDS_AT_COMMENDATION_BODY),
    ("Đơn vị", UNITS),
]
MENUS = {
    "visitor": [
        "Trang đầu",
        "Phong trào",
        "Tiến độ",
        "Kết quả khen thưởng",
        "Quyết định",
        "Lấy ý kiến",
        "Điển hình",
        "Tiêu chí",
        "Tự kiểm tra",
        "Dữ liệu mở",
    ],
    "filer": [*FILER, ("Phong trào", MOVEMENT), "Xếp hạng", ("Đơn vị", UNITS), "Thư"],
    "district": [*FILER, ("Phong trào", WATCHING), "Xếp hạng", ("Đơn vị", UNITS), "Thư"],
    "reviewer": [*of_the_standing_body(), ("Quản trị", ["Thư", "Câu hỏi gửi đến"])],
    "lead": [
        *of_the_standing_body("Công bố tiến độ", awards=AWARDS_OF_LEAD),
        ("Quản trị", ["Thư", "Câu hỏi gửi đến", "Nhật ký xuất"]),
    ],
    "appraiser": [*COMMENDATION_BODY, "Thư"],
    "approver": [*COMMENDATION_BODY, ("Quản trị", ["Thư", "Nhật ký xuất"])],
    "leader": [
        *FILER,
        ("Phong trào", GOVERNING),
        "Xếp hạng",
        "Quỹ thi đua, khen thưởng",
        ("Đơn vị", UNITS),
        "Thư",
    ],
    "administrator": [
        *FILER,
        ("Phong trào", MOVEMENT),
        "Xếp hạng",
        ("Đơn vị", [*UNITS, "Yêu cầu tài khoản"]),
        ("Quản trị", ["Thư", "Dữ liệu Excel", "Trang quản trị"]),
    ],
}


def a_district_filer():
    district = UnitFactory(kind=Kind.DISTRICT)
    UnitFactory(kind=Kind.COMMUNE, parent=district)
    return member_of(district)


PEOPLE = {
    "filer": lambda: member_of(UnitFactory(kind=Kind.DEPARTMENT)),
    "district": a_district_filer,
    "reviewer": lambda: holder_of(Function.STANDING_BODY),
    "lead": lambda: holder_of(Function.STANDING_BODY, Role.LEAD),
    "appraiser": lambda: holder_of(Function.COMMENDATION_BODY),
    "approver": lambda: holder_of(Function.COMMENDATION_BODY, Role.LEAD),
    "leader": lambda: holder_of(Function.LEADERSHIP, Role.LEAD),
    "administrator": lambda: UserFactory(administrator=True),
}


def someone(who):
    client = Client()
    if who in PEOPLE:
        client.force_login(PEOPLE[who]())
    return client


def menu(response):
    return [
        (place.label, [entry.label for entry in place.entries]) if place.entries else place.label
        for place in response.context["nav"]
    ]


def links(places):
    return [link for place in places for link in place.entries or [place]]


@pytest.mark.django_db
@pytest.mark.parametrize("who", MENUS)
def test_everyone_has_a_menu_of_what_he_may_open(who):
    client = someone(who)
    page = client.get("/ban-lam-viec/" if who != "visitor" else "/")

    assert menu(page) == MENUS[who]
    addresses = [link.url for link in links(page.context["nav"])]
    assert {address: client.get(address, follow=True).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )
    # Once in the row of a wide screen, once in the list of a phone.
    navigation = re.search(r"<nav class=\"site-nav\".*?</nav>", page.content.decode(), re.DOTALL)[0]
    assert sorted(re.findall(r'<a href="([^"]+)"', navigation)) == sorted(2 * addresses)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "address", "lit"),
    [
        ("visitor", "/", ["Trang đầu"]),
        ("visitor", "/ket-qua/", ["Kết quả khen thưởng"]),
        ("filer", "/bao-cao/", ["Báo cáo số liệu"]),
        ("reviewer", "/bao-cao-tong-hop/", ["Báo cáo", "Báo cáo tổng hợp"]),
        ("reviewer", "/lich-nghi/", ["Phong trào", "Giai đoạn và kỳ"]),
        ("administrator", "/nhat-ky-xuat/", ["Quản trị", "Dữ liệu Excel"]),
        ("filer", "/tai-khoan/doi-mat-khau/", []),
    ],
)
def test_the_place_where_one_is_stands_lit_with_its_group(who, address, lit):
    places = someone(who).get(address).context["nav"]
    everything = [*places, *[entry for place in places for entry in place.entries]]

    assert [place.label for place in everything if place.active] == lit
