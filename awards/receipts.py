"""The receipt of a dossier and what anyone may learn of it from its code: no name of anyone put forward."""

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime

from awards.enums import DossierState
from awards.models import DossierSubmission
from core import verification
from core.snapshots import canonical_sha256
from core.templatetags.vn import gio_giay_ngay, ngay
from core.verification import Kind, Standing
from registrations.enums import Channel

RECEIPT = "dossier_receipt"


def receipt_payload(submission) -> dict:
    dossier = submission.dossier
    return {
        "reference": dossier.reference,
        "unit": dossier.unit.name,
        "form": dossier.form.name,
        "number": submission.number,
        "submitted_at": submission.submitted_at.isoformat(),
        "channel": submission.channel,
        "received_on": submission.received_on.isoformat(),
        "appointment_on": submission.appointment_on.isoformat() if submission.appointment_on else None,
        "sha256": submission.sha256,
    }


def _facts(payload: dict) -> list[tuple[str, str]]:
    instant = gio_giay_ngay(localtime(parse_datetime(payload["submitted_at"])))
    facts = [
        ("Số tiếp nhận", payload["reference"]),
        ("Đơn vị đề nghị", payload["unit"]),
        ("Nội dung", f"Hồ sơ đề nghị {payload['form']}, lần nộp thứ {payload['number']}"),
    ]
    if payload["channel"] == Channel.PORTAL:
        facts.append(("Thời điểm nhận", instant))
    else:
        facts += [
            ("Hình thức nộp", f"{Channel(payload['channel']).label}, bản giấy do cơ quan thường trực nhập"),
            ("Ngày nhận hồ sơ giấy", ngay(parse_date(payload["received_on"]))),
            ("Nhập vào cổng lúc", instant),
        ]
    if payload["appointment_on"]:
        facts.append(("Hẹn trả kết quả thẩm định", ngay(parse_date(payload["appointment_on"]))))
    return [*facts, ("Mã băm SHA-256 của nội dung", payload["sha256"])]


def _standing(code) -> Standing:
    submission = DossierSubmission.objects.select_related("dossier").get(uid=code.object_uid)
    number = code.payload["number"]
    if canonical_sha256(submission.snapshot) != code.payload["sha256"]:
        return Standing(
            "danger", "Không khớp", f"Nội dung cổng đang giữ không khớp với mã băm của lần nộp thứ {number}."
        )
    matches = f"Mã băm khớp với nội dung lần nộp thứ {number} mà cổng đang giữ."
    if submission.dossier.state == DossierState.WITHDRAWN:
        return Standing("neutral", "Đã rút", f"{matches} Đơn vị đã rút hồ sơ này.")
    latest = submission.dossier.submissions.count()
    if latest > number:
        return Standing(
            "info", "Đã có bản mới hơn", f"{matches} Sau đó đơn vị đã nộp lại; mới nhất là lần thứ {latest}."
        )
    return Standing("success", "Còn hiệu lực", matches)


verification.register(RECEIPT, Kind("Giấy tiếp nhận hồ sơ khen thưởng", facts=_facts, standing=_standing))
