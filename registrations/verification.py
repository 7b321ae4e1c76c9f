"""What anyone may learn of a registration's receipt from its code."""

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime

from core import verification
from core.snapshots import canonical_sha256
from core.templatetags.vn import gio_giay_ngay, ngay
from core.verification import Kind, Standing
from registrations.enums import Channel, RegistrationState
from registrations.models import RegistrationVersion

RECEIPT = "registration_receipt"


def receipt_payload(version) -> dict:
    registration = version.registration
    return {
        "reference": registration.reference,
        "unit": registration.unit.name,
        "year": registration.period.year,
        "number": version.number,
        "filed_at": version.filed_at.isoformat(),
        "is_late": version.is_late,
        "channel": version.channel,
        "received_on": version.received_on.isoformat() if version.received_on else None,
        "sha256": version.sha256,
    }


def _facts(payload: dict) -> list[tuple[str, str]]:
    instant = gio_giay_ngay(localtime(parse_datetime(payload["filed_at"])))
    facts = [
        ("Số tiếp nhận", payload["reference"]),
        ("Đơn vị", payload["unit"]),
        ("Nội dung", f"Đăng ký thi đua năm {payload['year']}, lần nộp thứ {payload['number']}"),
        ("Thời điểm nhận", instant),
    ]
    if payload["received_on"]:
        facts[-1:] = [
            ("Hình thức nộp", f"{Channel(payload['channel']).label}, bản giấy do cơ quan thường trực nhập"),
            ("Ngày nhận văn bản", ngay(parse_date(payload["received_on"]))),
            ("Nhập vào cổng lúc", instant),
        ]
    return [
        *facts,
        ("Thời hạn", "Nộp muộn" if payload["is_late"] else "Đúng hạn"),
        ("Mã băm SHA-256 của nội dung", payload["sha256"]),
    ]


def _standing(code) -> Standing:
    version = RegistrationVersion.objects.select_related("registration").get(uid=code.object_uid)
    number = code.payload["number"]
    if canonical_sha256(version.snapshot) != code.payload["sha256"]:
        return Standing(
            "danger", "Không khớp", f"Nội dung cổng đang giữ không khớp với mã băm của lần nộp thứ {number}."
        )
    matches = f"Mã băm khớp với nội dung lần nộp thứ {number} mà cổng đang giữ."
    if version.registration.state == RegistrationState.WITHDRAWN:
        return Standing("neutral", "Đã rút", f"{matches} Đơn vị đã rút đăng ký này.")
    latest = version.registration.versions.count()
    if latest > number:
        return Standing(
            "info", "Đã có bản mới hơn", f"{matches} Sau đó đơn vị đã nộp lại; mới nhất là lần thứ {latest}."
        )
    return Standing("success", "Còn hiệu lực", matches)


verification.register(RECEIPT, Kind("Giấy tiếp nhận đăng ký thi đua", facts=_facts, standing=_standing))
