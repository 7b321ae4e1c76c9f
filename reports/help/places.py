"""Which chapter of which manual a page leads to, and who reads which manual."""

from django.urls import reverse

from reports.help.manuals import manual
from units.enums import Role

#: the beginning of an address and the chapter about it; the longest beginning counts
CHAPTERS = {
    "/": "bat-dau",
    "/ban-lam-viec/": "bat-dau",
    "/dang-ky/": "dang-ky",
    "/bao-cao/": "bao-cao",
    "/tham-dinh/": "bao-cao",
    "/qua-cac-nam/": "bao-cao",
    "/diem/": "xep-hang",
    "/xep-hang/": "xep-hang",
    "/bao-cao-tong-hop/": "tong-hop",
    "/tep-toi-da-xuat/": "tong-hop",
    "/ho-so/": "ho-so",
    "/giay-khen/": "ho-so",
    "/dot-nhan-ho-so/": "ho-so",
    "/lich-su-khen-thuong/": "ho-so",
    "/tham-dinh-ho-so/": "ho-so",
    "/xin-y-kien/": "ho-so",
    "/chi-dinh/": "ho-so",
    "/viec-hang-loat/": "ho-so",
    "/to-trinh/": "to-trinh",
    "/ban-xet-duyet/": "to-trinh",
    "/quyet-dinh-khen-thuong/": "quyet-dinh",
    "/khen-thuong/": "quyet-dinh",
    "/so-bang-khen/": "quyet-dinh",
    "/quy/": "quyet-dinh",
    "/phong-trao/": "phong-trao",
    "/dien-hinh-tien-tien/": "phong-trao",
    "/giai-doan/": "ky",
    "/ky/": "ky",
    "/viec-phai-lam/": "ky",
    "/lich-nghi/": "ky",
    "/theo-doi/": "theo-doi",
    "/bang-theo-doi/": "theo-doi",
    "/cong-van/": "theo-doi",
    "/nhac-viec/": "theo-doi",
    "/cong-bo-tien-do/": "theo-doi",
    "/tai-khoan/": "tai-khoan",
    "/ma-truy-cap/": "tai-khoan",
    "/loi-moi/": "tai-khoan",
    "/yeu-cau-tai-khoan/": "don-vi",
    "/don-vi/": "don-vi",
    "/khoi-thi-dua/": "don-vi",
    "/sap-xep/": "don-vi",
    "/thu/": "thu",
    "/ket-qua/": "ket-qua",
    "/quyet-dinh/": "ket-qua",
    "/tien-do/": "ket-qua",
    "/dien-hinh/": "ket-qua",
    "/lay-y-kien/": "gop-y",
    "/tieu-chi/": "tieu-chi",
    "/bo-tieu-chi/": "tieu-chi",
    "/tu-kiem-tra/": "tieu-chi",
    "/xac-minh/": "xac-minh",
    "/du-lieu-mo/": "du-lieu",
    "/api/": "du-lieu",
    "/xin-tai-khoan/": "tai-khoan",
    "/gioi-thieu/": "bat-dau",
    "/niem-phong/": "xac-minh",
    "/don-vi-dang-lam/": "bat-dau",
    "/cau-hoi/": "thu",
    "/tro-giup/": "bat-dau",
    "/bo-loc/": "bat-dau",
    "/nhat-ky-xuat/": "don-vi",
}
PUBLIC = "nguoi-dan"


def manual_of(user) -> str:
    """The manual of what the person does here first of all."""
    if not user.is_authenticated:
        return PUBLIC
    authority = user.authority
    if authority.is_standing_body:
        return "co-quan-thuong-truc"
    if authority.is_commendation_body:
        return "co-quan-thi-dua-khen-thuong"
    if authority.units_by_role.get(Role.HEAD):
        return "thu-truong"
    return "quan-tri" if user.is_superuser else "nguoi-lap-ho-so"


def chapter_for(path: str) -> str:
    return CHAPTERS[max((start for start in CHAPTERS if path.startswith(start)), key=len)]


def help_url(user, path: str) -> str:
    """The chapter about this page in the person's manual; the public's where the own one has none."""
    code = chapter_for(path)
    for slug in (manual_of(user), PUBLIC):
        if manual(slug).has(code):
            return f"{reverse('reports:manual', args=[slug])}#{code}"
    return reverse("reports:manual", args=[manual_of(user)])
