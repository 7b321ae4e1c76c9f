"""What anyone may learn of an award from the code on its extract."""

from django.utils.dateparse import parse_date

from awards.enums import PublicState
from awards.models import PublicRecord
from core import verification
from core.models import VerificationCode
from core.templatetags.vn import ngay
from core.verification import Kind, Standing

AWARD = "award"


def award_payload(award) -> dict:
    """The words as printed on the extract; one code for each wording."""
    decision = award.decision
    return {
        "award": str(award.uid),
        "reference": award.reference,
        "name": award.printed_name,
        "position": award.position,
        "unit": award.unit_name,
        "form": decision.proposal.form.name,
        "number": decision.number,
        "date": decision.signed_on.isoformat(),
    }


def code_of(award) -> VerificationCode:
    """The code of the award's present wording: that of the last correction in force, else its own."""
    last = award.corrections.filter(in_force_at__isnull=False).order_by("-pk").first()
    return VerificationCode.objects.get(kind=AWARD, object_uid=last.uid if last else award.uid)


def _facts(payload: dict) -> list[tuple[str, str]]:
    place = [("Chức vụ, đơn vị công tác", payload["position"])] if payload["position"] else []
    return [
        ("Được khen thưởng", payload["name"]),
        *place,
        ("Đơn vị", payload["unit"]),
        ("Hình thức", payload["form"]),
        ("Quyết định", f"Số {payload['number']} ngày {ngay(parse_date(payload['date']))}"),
        ("Mã tra cứu", payload["reference"]),
    ]


def _standing(code) -> Standing:
    """How the award stands today, by what the public may read."""
    record = PublicRecord.objects.awards().get(uid=code.payload["award"])
    if record.state == PublicState.REVOKED:
        revocation = record.payload["revocation"]
        return Standing(
            "danger",
            "Đã hủy bỏ",
            f"Khen thưởng này đã bị hủy bỏ theo {_act(revocation['act'])}. "
            f"Lý do: {revocation['reason'].rstrip('.')}.",
        )
    if record.state == PublicState.CORRECTED:
        corrections = record.payload["corrections"]
        last = corrections[-1]
        if _printed(record) == (code.payload["name"], code.payload["position"], code.payload["unit"]):
            return Standing(
                "success",
                "Còn hiệu lực",
                f"Giấy này ghi đúng nội dung đã đính chính theo {_act(last['act'])}.",
            )
        said = "; ".join(
            f"{change['label'].lower()} “{change['printed']}” đính chính thành “{change['corrected']}”"
            for correction in corrections
            for change in correction["changes"]
        )
        return Standing(
            "warning",
            "Đã đính chính",
            f"Giấy này in trước khi đính chính theo {_act(last['act'])}: {said}. "
            "Khen thưởng vẫn còn hiệu lực.",
        )
    return Standing("success", "Còn hiệu lực", "Nội dung trên giấy khớp với kết quả đã công bố.")


def _printed(record) -> tuple[str, str, str]:
    said = record.payload
    return f"{said['title']} {said['name']}".strip(), said["position"], said["unit"]["name"]


def _act(act: dict) -> str:
    return f"văn bản số {act['number']} ngày {ngay(parse_date(act['date']))}"


verification.register(AWARD, Kind("Trích Quyết định khen thưởng", facts=_facts, standing=_standing))
