"""The main menu: what stands in it, in which group, and for whom. A new page of a desk gets its line here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.urls import reverse


def _everyone(user) -> bool:
    return True


def _at_a_desk(user) -> bool:
    return user.authority.is_standing_body or user.authority.is_commendation_body


def _watches_others(user) -> bool:
    return _at_a_desk(user) or user.authority.is_leadership or bool(user.authority.below)


def _may(permission: str) -> Callable:
    return lambda user: user.has_perm(permission)


def _reads_exports_only(user) -> bool:
    """Whoever has the page of Excel data finds the log of exports there."""
    return user.has_perm("core.view_export") and not user.has_perm("units.add_unit")


def _has_a_dashboard(user) -> bool:
    return any(user.has_perm(permission) for permission in DASHBOARDS)


def _is_staff(user) -> bool:
    return user.is_staff


DASHBOARDS = (
    "reports.view_standing_dashboard",
    "reports.view_commendation_dashboard",
    "reports.view_leader_dashboard",
)


#: an address without arguments never changes while the process lives
_url = cache(reverse)


class Item(NamedTuple):
    """What the menu shows of an entry, or of a group, on one page."""

    label: str
    url: str
    icon: str
    active: bool
    entries: tuple["Item", ...] = ()


@dataclass(frozen=True)
class Entry:
    label: str
    name: str
    icon: str
    sees: Callable = _everyone
    #: beginnings of other addresses under which one is still in this place
    also: tuple[str, ...] = ()
    #: the unit's own work of the year: outside a desk it stands in the row itself, not in a group
    is_own_work: bool = False

    def item(self, path: str) -> "Item":
        url = _url(self.name)
        # The public home, "/", begins every address.
        active = path == url or (url != "/" and path.startswith((url, *self.also)))
        return Item(self.label, url, self.icon, active)


@dataclass(frozen=True)
class Group:
    label: str
    icon: str
    entries: tuple[Entry, ...]


PUBLIC = (
    Entry("Trang đầu", "reports:public_home", "home"),
    Entry("Phong trào", "reports:movement", "flag"),
    Entry("Tiến độ", "reports:progress", "chart"),
    Entry("Kết quả khen thưởng", "reports:results", "gold"),
    Entry("Quyết định", "reports:decisions", "decision"),
    Entry("Lấy ý kiến", "awards:postings", "comment"),
    Entry("Điển hình", "reports:exemplars", "users"),
    Entry("Tiêu chí", "criteria:criteria", "target"),
    Entry("Tự kiểm tra", "criteria:self_check", "check"),
    Entry("Dữ liệu mở", "reports:open_data", "download", also=("/api/",)),
)

PORTAL = (
    Entry("Việc cần làm", "reports:home", "todo", is_own_work=True),
    Group(
        "Phong trào",
        "flag",
        (
            Entry("Đăng ký", "registrations:registrations", "flag", is_own_work=True),
            Entry("Phát động, chỉ đạo điểm, kiểm tra", "registrations:movement", "stamp"),
            Entry("Theo dõi tiến độ", "registrations:board", "table", _watches_others),
            Entry("Bảng điều hành", "reports:dashboards", "chart", _has_a_dashboard),
            Entry("Công bố tiến độ", "reports:publish_progress", "compare", _may("reports.publish_progress")),
            Entry(
                "Công văn đôn đốc",
                "registrations:letters",
                "file",
                _may("registrations.draft_reminderletter"),
            ),
            Entry(
                "Nhắc tự động",
                "registrations:reminder_rules",
                "clock",
                _may("registrations.draft_reminderletter"),
            ),
            Entry(
                "Giai đoạn và kỳ",
                "registrations:campaigns",
                "calendar",
                also=("/ky/", "/viec-phai-lam/", "/lich-nghi/"),
            ),
        ),
    ),
    Group(
        "Báo cáo",
        "chart",
        (
            Entry(
                "Báo cáo số liệu", "registrations:reports", "chart", also=("/qua-cac-nam/",), is_own_work=True
            ),
            Entry("Thẩm định số liệu", "registrations:verification", "verify", _at_a_desk),
            Entry("Xếp hạng", "registrations:rankings", "table", also=("/diem/",)),
            Entry("Báo cáo tổng hợp", "reports:summaries", "compare", _at_a_desk),
            Entry("Bộ tiêu chí", "criteria:sets", "target", _at_a_desk),
        ),
    ),
    Group(
        "Khen thưởng",
        "gold",
        (
            Entry("Hồ sơ khen thưởng", "awards:dossiers", "file", is_own_work=True),
            Entry("Thẩm định hồ sơ", "awards:appraisals", "stamp", _at_a_desk),
            Entry("Tờ trình", "awards:proposals", "send", _at_a_desk),
            Entry("Bàn xét duyệt", "awards:desk", "inbox", _may("awards.use_desk")),
            Entry("Quyết định", "awards:decisions", "decision", _at_a_desk),
            Entry("Khen thưởng đã công bố", "awards:awards", "gold", _at_a_desk),
            Entry("Sổ Bằng khen", "awards:register", "table", _may("awards.use_desk")),
            Entry("Quỹ thi đua, khen thưởng", "awards:funds", "money", _may("awards.read_ledger")),
            Entry("Điển hình tiên tiến", "awards:exemplars", "users", _may("awards.view_exemplar")),
        ),
    ),
    Group(
        "Đơn vị",
        "unit",
        (
            Entry("Cơ quan, đơn vị", "reports:units", "unit", also=("/loi-moi/",)),
            Entry("Khối thi đua", "units:blocs", "users"),
            Entry("Sắp xếp đơn vị", "reports:reorganisations", "history"),
            Entry("Yêu cầu tài khoản", "units:account_requests", "user", _may("units.view_accountrequest")),
        ),
    ),
    Group(
        "Quản trị",
        "settings",
        (
            Entry("Thư", "reports:mails", "mail"),
            Entry("Câu hỏi gửi đến", "reports:enquiries", "comment", _may("reports.answer_enquiry")),
            Entry(
                "Dữ liệu Excel", "units:spreadsheets", "table", _may("units.add_unit"), ("/nhat-ky-xuat/",)
            ),
            Entry("Nhật ký xuất", "reports:exports", "history", _reads_exports_only),
            Entry("Trang quản trị", "admin:index", "settings", _is_staff),
        ),
    ),
)


def public_menu(path: str) -> tuple[Item, ...]:
    return tuple(entry.item(path) for entry in PUBLIC)


def portal_menu(user, path: str) -> tuple[Item, ...]:
    """Links, and groups of links (`entries`). A group of which the person sees one link is that link."""
    row, groups = [], []
    lift = not _at_a_desk(user)
    for place in PORTAL:
        if isinstance(place, Entry):
            row.append(place.item(path))
            continue
        items = []
        for entry in place.entries:
            if entry.sees(user):
                (row if lift and entry.is_own_work else items).append(entry.item(path))
        if len(items) == 1:
            groups += items
        elif items:
            active = any(item.active for item in items)
            groups.append(Item(place.label, "", place.icon, active, tuple(items)))
    return (*row, *groups)
