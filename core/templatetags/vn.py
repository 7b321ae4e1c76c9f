"""Filters of every template (a builtin: no {% load %}).

    {{ 1900|so }}                 1.900                       number
    {{ 3510000|tien }}            3.510.000 đồng              money
    {{ 3510000|bang_chu }}        Ba triệu … nghìn đồng       money in words
    {{ met|phan_tram:total }}     95,00 %                     per cent; "100,00 %" only when all
    {{ day|ngay }}                20/02/2027                  date; an instant becomes local
    {{ day|ngay_dai }}            ngày 20 tháng 02 năm 2027   date of an official document
    {{ at|gio_ngay }}             23:59 ngày 20/02/2027       instant
    {{ at|gio_giay_ngay }}        23:59:59 ngày 20/02/2027    exact instant of a receipt
    {{ last_day|con_lai }}        còn 12 ngày                 days left until a last day
    {{ 4|la_ma }}                 IV                          roman numeral
    {{ agent|trinh_duyet }}       Chrome trên Windows         what a browser says of itself

What is not there (None) is shown as "–".
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import wraps

from django import template

from core import clock, vietnamese

NOTHING = "–"

register = template.Library()


def _filter(function: Callable[..., str]) -> Callable[..., str]:
    """Registers a filter that shows None as a dash and receives instants in local time."""

    @wraps(function)
    def shown(value, *args):
        return NOTHING if value is None else function(value, *args)

    return register.filter(shown, expects_localtime=True)


@_filter
def so(value: int | Decimal) -> str:
    return vietnamese.format_number(_whole(value))


@_filter
def tien(value: int | Decimal) -> str:
    return f"{vietnamese.format_number(_whole(value))} đồng"


@_filter
def bang_chu(value: int | Decimal) -> str:
    return vietnamese.money_in_words(_whole(value))


@_filter
def phan_tram(part: int, total: int) -> str:
    return vietnamese.format_percent(part, total, threshold=100) if total else NOTHING


@_filter
def ngay(value: date) -> str:
    # Not by strftime, which is slower by half: a list says it a hundred times.
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


@_filter
def ngay_dai(value: date) -> str:
    return vietnamese.long_date(value)


@_filter
def gio_ngay(value: datetime) -> str:
    return f"{value.hour:02}:{value.minute:02} ngày {value.day:02}/{value.month:02}/{value.year:04}"


@_filter
def gio_giay_ngay(value: datetime) -> str:
    return f"{value:%H:%M:%S} ngày {value:%d/%m/%Y}"


@_filter
def con_lai(last_day: date, today: date | None = None) -> str:
    if isinstance(last_day, datetime):
        last_day = last_day.date()
    days = (last_day - (today or clock.today())).days
    if days < 0:
        return f"quá hạn {-days} ngày"
    return f"còn {days} ngày" if days else "hôm nay là hạn cuối"


@_filter
def la_ma(value: int) -> str:
    return vietnamese.roman(value)


#: names by a mark in what browsers say of themselves; the first that is found counts
_BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@_filter
def trinh_duyet(value: str) -> str:
    browser = next((name for mark, name in _BROWSERS if mark in value), "trình duyệt khác")
    system = next((name for mark, name in _SYSTEMS if mark in value), "")
    return f"{browser} trên {system}" if system else browser


def _whole(value: int | Decimal) -> int:
    """Sums come from the database as Decimal; a fraction must never be cut off silently."""
    number = int(value)
    if number != value:
        raise ValueError(f"{value!r} is not a whole number.")
    return number
