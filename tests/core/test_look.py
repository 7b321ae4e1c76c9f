"""The look keeps its promises: icons exist, partials are documented, libraries speak Vietnamese."""

import re

import pytest
from allauth.account.forms import LoginForm, ResetPasswordForm
from django.conf import settings
from django.template.loader import render_to_string
from rest_framework.exceptions import NotAuthenticated, Throttled

TEMPLATES = settings.BASE_DIR / "templates"
STATIC = settings.BASE_DIR / "static"
ICON_NAME = re.compile(r'components/icon\.html" with name="([\w-]+)"|\bicon="([\w-]+)"')


def test_every_icon_a_template_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons/sprite.svg").read_text()))
    named = {
        (path.relative_to(TEMPLATES).as_posix(), direct or passed)
        for path in TEMPLATES.rglob("*.html")
        for direct, passed in ICON_NAME.findall(path.read_text())
    }
    assert {(path, name) for path, name in named if name not in drawn} == set()
    assert len(named) > 10


def test_every_partial_for_page_writers_is_documented():
    written = (settings.BASE_DIR / "docs/design.md").read_text()
    for_the_shells = {
        "account_links",
        "acting",
        "banners",
        "footer",
        "gallery",
        "messages",
        "nav",
        "styles",
        "user_menu",
        "_nav_items",
        "_nav_item",
    }
    partials = {path.stem for path in (TEMPLATES / "components").glob("*.html")} - for_the_shells
    assert {name for name in partials if f"{name}.html" not in written} == set()


def test_every_list_of_staff_that_can_be_narrowed_keeps_filters():
    # One picks rows for a letter, one looks at what a ranking hangs on, one shows the parts
    apart = {"awards/consultations.html", "registrations/what_if.html", "components/gallery.html"}
    pages = {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*.html")}
    lists = {
        name
        for name, text in pages.items()
        if all(part in text for part in ('"portal.html"', "/filter_bar.html", "/pagination.html"))
    }
    assert {name for name in lists if "{% saved_filters" not in pages[name]} == apart
    assert len(lists) > 20


@pytest.mark.django_db
def test_the_login_form_speaks_vietnamese(rf):
    form = LoginForm({}, request=rf.post("/"))
    assert [field.label for field in form] == ["Tài khoản", "Mật khẩu"]
    assert form.errors == {"login": ["Hãy điền mục này."], "password": ["Hãy điền mục này."]}
    assert ResetPasswordForm({"email": "a"}).errors == {"email": ["Địa chỉ thư điện tử không hợp lệ."]}


def test_the_api_refuses_in_vietnamese():
    assert NotAuthenticated().detail == "Cần đăng nhập hoặc gửi thông tin xác thực."
    assert Throttled(5).detail == "Bạn gửi quá nhiều yêu cầu. Hãy thử lại sau 5 giây."


@pytest.mark.parametrize(
    ("value", "width"),
    [(95.25, 'width="95.25"'), (None, None)],
)
def test_a_bar_is_drawn_with_a_decimal_point_and_only_where_there_is_a_figure(value, width):
    bar = render_to_string(
        "components/threshold_bar.html",
        {"value": value, "threshold": 80, "tone": "success", "figure": "95,25 %", "note": ""},
    )
    drawn = re.findall(r'class="value" (width="[^"]*")', bar)
    assert drawn == ([width] if width else [])
    assert re.findall(r'class="mark" x1="([^"]*)"', bar) == ["80"]
