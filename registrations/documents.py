"""What each printed document of the movement says; the layout is `core.documents`."""

from django.conf import settings
from django.utils.timezone import localtime

from core import clock
from core.documents import Document, Facts, Paragraph, Seal
from core.models import VerificationCode
from core.templatetags.vn import gio_giay_ngay, ngay
from registrations.models import RegistrationVersion
from registrations.verification import RECEIPT
from units.enums import Function
from units.models import UnitFunction

DEMO_MARK = "DỮ LIỆU MINH HOẠ"


def receipt(document) -> Document:
    """The receipt of one filing, with the code by which anyone can check it."""
    version = RegistrationVersion.objects.select_related(
        "registration__unit", "registration__period", "filed_by"
    ).get(uid=document.object_uid)
    registration = version.registration
    code = VerificationCode.objects.get(kind=RECEIPT, object_uid=version.uid)
    day = clock.local_date(version.filed_at)
    body = UnitFunction.holder(Function.STANDING_BODY, day)
    address = f"{settings.SITE_URL}{code.get_absolute_url()}"
    return Document(
        parent_body="UBND TỈNH LÀO CAI",
        issuing_body=body.name.upper() if body else "CƠ QUAN THƯỜNG TRỰC PHONG TRÀO",
        number=registration.reference,
        day=day,
        place="Lào Cai",
        kind="GIẤY TIẾP NHẬN",
        abstract=f"Đăng ký thi đua chuyển đổi số năm {registration.period.year}",
        body=(
            Facts(tuple(_facts(version))),
            Paragraph(
                "Cổng giữ nguyên nội dung của lần nộp này. Mã băm cho phép chứng minh nội dung không bị sửa. "
                "Giấy này do cổng lập tự động; ai cũng kiểm tra được bằng mã xác minh dưới đây"
            ),
            Seal(address, (f"Mã xác minh: {code.code}", f"Kiểm tra tại: {address}")),
        ),
        mark=DEMO_MARK if settings.DEMO_MODE else "",
    )


def _facts(version):
    registration = version.registration
    instant = gio_giay_ngay(localtime(version.filed_at))
    yield "Số tiếp nhận", registration.reference
    yield "Đơn vị", registration.unit.name
    yield "Nội dung", f"Đăng ký thi đua năm {registration.period.year}, lần nộp thứ {version.number}"
    if version.is_on_paper:
        yield "Hình thức nộp", f"{version.get_channel_display()}, bản giấy do cơ quan thường trực nhập"
        yield "Số văn bản đến", version.paper_number
        yield "Ngày nhận văn bản", ngay(version.received_on)
        yield "Nhập vào cổng lúc", instant
        yield "Người nhập", str(version.filed_by)
    else:
        yield "Thời điểm nhận", instant
        yield "Người nộp", str(version.filed_by)
    yield "Thời hạn", "Nộp muộn" if version.is_late else "Đúng hạn"
    yield "Mã băm SHA-256", version.sha256
