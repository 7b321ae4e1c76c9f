"""What the shells of every page read."""

from django.conf import settings
from django.urls import reverse

from core import clock


def portal(request):
    """`portal`: what every page may need to say about the portal itself."""
    values = {
        "demo_mode": settings.DEMO_MODE,
        "clock_shifted": bool(settings.CLOCK_SHIFT_SECONDS),
        "now": clock.now(),
        "site_url": settings.SITE_URL,
    }
    if settings.DEMO_MODE and request.path == reverse(settings.LOGIN_URL):
        from reports.demo.accounts import ACCOUNTS, PASSWORD

        values |= {"demo_accounts": ACCOUNTS, "demo_password": PASSWORD}
    return {"portal": values}


def _item(request, label, name, icon):
    url = reverse(name)
    return {"label": label, "url": url, "icon": icon, "active": request.path.startswith(url) and url != "/"}


PUBLIC = [
    ("Phong trào", "reports:public_home", "home"),
    ("Kết quả khen thưởng", "reports:results", "gold"),
    ("Quyết định", "reports:decisions", "decision"),
    ("Tiêu chí", "criteria:criteria", "target"),
    ("Tự kiểm tra", "criteria:self_check", "check"),
]


def nav(request):
    """`nav`: the main menu, for the public or for what the person may do."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        items = [_item(request, *entry) for entry in PUBLIC]
        items[0]["active"] = request.path == "/"
        return {"nav": items}
    entries = [
        ("Việc cần làm", "reports:home", "todo"),
        ("Đăng ký", "registrations:registrations", "flag"),
        ("Phong trào", "registrations:movement", "stamp"),
        ("Báo cáo", "registrations:reports", "chart"),
        ("Xếp hạng", "registrations:rankings", "table"),
        ("Hồ sơ khen thưởng", "awards:dossiers", "file"),
        ("Kỳ", "registrations:campaigns", "calendar"),
    ]
    authority = user.authority
    if authority.is_standing_body or authority.is_commendation_body:
        entries += [
            ("Thẩm định số liệu", "registrations:verification", "verify"),
            ("Tờ trình", "awards:proposals", "send"),
            ("Quyết định", "awards:decisions", "decision"),
            ("Theo dõi", "registrations:board", "table"),
            ("Báo cáo tổng hợp", "reports:summaries", "chart"),
            ("Bộ tiêu chí", "criteria:sets", "target"),
        ]
    elif authority.below:
        entries.append(("Theo dõi", "registrations:board", "table"))
    entries.append(("Đơn vị", "reports:units", "unit"))
    entries.append(("Thư", "reports:mails", "mail"))
    if user.has_perm("units.add_unit"):
        entries.append(("Dữ liệu Excel", "units:spreadsheets", "table"))
    elif user.has_perm("core.view_export"):
        entries.append(("Nhật ký xuất", "reports:exports", "history"))
    if user.is_staff:
        entries.append(("Quản trị", "admin:index", "settings"))
    return {"nav": [_item(request, *entry) for entry in entries]}
