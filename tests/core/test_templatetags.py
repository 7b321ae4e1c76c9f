from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from core import clock

LAST_SECOND = datetime(2027, 2, 20, 16, 59, 59, tzinfo=UTC)


def render(expression, **values):
    return Template("{{ " + expression + " }}").render(Context(values))


@pytest.mark.parametrize(
    ("expression", "value", "text"),
    [
        ("x|so", 1900, "1.900"),
        ("x|so", 0, "0"),
        ("x|so", Decimal("1900.00"), "1.900"),
        ("x|so", None, "–"),
        ("x|tien", 3_510_000, "3.510.000 đồng"),
        ("x|tien", None, "–"),
        ("x|bang_chu", 3_510_000, "Ba triệu năm trăm mười nghìn đồng"),
        ("x|phan_tram:100", 95, "95,00 %"),
        ("x|phan_tram:100000", 99_999, "99,999 %"),
        ("x|phan_tram:0", 0, "–"),
        ("x|ngay", date(2027, 2, 20), "20/02/2027"),
        ("x|ngay", datetime(2027, 2, 19, 17, tzinfo=UTC), "20/02/2027"),
        ("x|ngay", None, "–"),
        ("x|ngay_dai", date(2027, 2, 20), "ngày 20 tháng 02 năm 2027"),
        ("x|gio_ngay", LAST_SECOND, "23:59 ngày 20/02/2027"),
        ("x|gio_giay_ngay", LAST_SECOND, "23:59:59 ngày 20/02/2027"),
        ("x|la_ma", 4, "IV"),
        ("x|trinh_duyet", "(Windows NT 10.0; Win64) Chrome/126.0 Safari/537.36", "Chrome trên Windows"),
        ("x|trinh_duyet", "(Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge trên Windows"),
        ("x|trinh_duyet", "(iPhone; like Mac OS X) Version/17.5 Safari/604.1", "Safari trên iPhone"),
        ("x|trinh_duyet", "(X11; Linux x86_64; rv:128.0) Firefox/128.0", "Firefox trên Linux"),
        ("x|trinh_duyet", "curl/8.5", "trình duyệt khác"),
    ],
)
def test_filters(expression, value, text):
    assert render(expression, x=value) == text


def test_a_fraction_is_never_cut_off_silently():
    with pytest.raises(ValueError, match="whole number"):
        render("x|so", x=Decimal("1.9"))


@pytest.mark.parametrize(
    ("last_day", "text"),
    [
        (date(2027, 2, 20), "còn 12 ngày"),
        (date(2027, 2, 9), "còn 1 ngày"),
        (date(2027, 2, 8), "hôm nay là hạn cuối"),
        (date(2027, 2, 5), "quá hạn 3 ngày"),
        (LAST_SECOND, "còn 12 ngày"),
        (None, "–"),
    ],
)
def test_days_left(monkeypatch, last_day, text):
    monkeypatch.setattr(clock, "today", lambda: date(2027, 2, 8))
    assert render("x|con_lai", x=last_day) == text
