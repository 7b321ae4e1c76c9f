"""The register of certificates: entered after publication, handed out, printed again with a reason."""

from datetime import date

from django.db import transaction

from awards.enums import AwardState, DecisionState
from awards.models import Award, Certificate, Decision, Reprint
from core import clock
from core.findings import Finding
from core.models import Event, ReferenceCounter
from core.transitions import Refused

REVOKED = (AwardState.REVOKED, AwardState.RETURNED)


def enter(decision, *, by, acting=None) -> int:
    """Give every award of a published decision its number in the register; returns how many are new."""
    with transaction.atomic():
        locked = Decision.objects.select_for_update().select_related("proposal__form").get(pk=decision.pk)
        if not by.has_perm("awards.keep_register_decision", locked):
            raise Refused("Bạn không có quyền ghi sổ Bằng khen.", status=403)
        if locked.state != DecisionState.PUBLISHED:
            raise Refused("Chỉ vào sổ sau khi Quyết định đã công bố. Hãy tải lại trang.")
        form, year = locked.proposal.form, locked.signed_on.year
        awards = locked.awards.filter(certificate__isnull=True).exclude(state__in=REVOKED).order_by("pk")
        now = clock.now()
        lines = [
            Certificate(award=award, form=form, year=year, number=_next(form, year), entered_at=now)
            for award in awards
        ]
        Certificate.objects.bulk_create(lines)
        if lines:
            Event.record(
                "enter",
                locked,
                by=by,
                acting=acting,
                data={"first": lines[0].label, "last": lines[-1].label, "count": len(lines)},
            )
    return len(lines)


def _next(form, year) -> int:
    """The next number of the form's register of the year, without a gap."""
    return int(ReferenceCounter.next_reference(f"SO{form.pk}", year).rpartition("-")[2])


def hand_out(certificates, *, by, handed_on, handed_to, note="", acting=None) -> list[dict]:
    """Record to whom certificates were handed; each answers for itself: {"certificate", "message"}.

    With an empty `handed_to` each goes to the one it names.
    """
    missing = []
    if handed_on is None:
        missing.append(Finding("Hãy ghi ngày trao.", field="handed_on"))
    elif handed_on > clock.today():
        missing.append(Finding("Ngày trao không thể ở tương lai.", field="handed_on"))
    if missing:
        raise Refused("Chưa ghi được.", missing, status=422)
    results = []
    with transaction.atomic():
        chosen = certificates.select_for_update(of=("self",)).select_related("award__decision")
        for certificate in chosen.order_by("year", "number"):
            results.append(
                {
                    "certificate": certificate,
                    "message": _hand(certificate, by, handed_on, handed_to, note, acting),
                }
            )
    return results


def _hand(certificate, by, handed_on: date, handed_to, note, acting) -> str:
    award, decision = certificate.award, certificate.award.decision
    if not by.has_perm("awards.keep_register_decision", decision):
        raise Refused("Bạn không có quyền ghi sổ Bằng khen.", status=403)
    if award.state in REVOKED:
        return "Khen thưởng đã bị hủy bỏ, không trao nữa."
    if handed_on < decision.signed_on:
        return f"Ngày trao trước ngày ký Quyết định ({decision.signed_on:%d/%m/%Y})."
    before = {"handed_on": str(certificate.handed_on or ""), "handed_to": certificate.handed_to}
    certificate.handed_on = handed_on
    certificate.handed_to = (handed_to.strip() or award.printed_name)[:200]
    certificate.handed_note, certificate.handed_by = note.strip()[:200], by
    certificate.save()
    Event.record(
        "hand_out",
        certificate,
        by=by,
        acting=acting,
        data={
            "number": certificate.label,
            "handed_on": handed_on.isoformat(),
            "handed_to": certificate.handed_to,
            "before": before,
        },
    )
    return ""


def note_reprint(certificate, *, by, reason, acting=None) -> Reprint:
    """Why a certificate is printed once more; the number stays."""
    with transaction.atomic():
        locked = (
            Certificate.objects.select_for_update().select_related("award__decision").get(pk=certificate.pk)
        )
        if not by.has_perm("awards.keep_register_decision", locked.award.decision):
            raise Refused("Bạn không có quyền ghi sổ Bằng khen.", status=403)
        if Award.objects.get(pk=locked.award_id).state in REVOKED:
            raise Refused("Khen thưởng đã bị hủy bỏ, không in lại.")
        if not reason.strip():
            finding = Finding("Hãy ghi rõ ý kiến hoặc lý do.", field="comment")
            raise Refused("Cần ghi lý do in lại.", [finding], status=422)
        reprint = Reprint.objects.create(
            certificate=locked, reason=reason.strip()[:200], at=clock.now(), by=by
        )
        Event.record(
            "reprint",
            locked,
            by=by,
            acting=acting,
            comment=reprint.reason,
            data={"number": locked.label},
        )
    return reprint


def measure(form, boxes, *, by, acting=None) -> None:
    """Keep the measures of a pre-printed sheet; what was printed before stays as it was printed."""
    if not by.has_perm("awards.use_desk"):
        raise Refused("Bạn không có quyền sửa phôi in.", status=403)
    with transaction.atomic():
        layout = form.save()
        boxes.save()
        measures = [
            {"content": box.content, "x": str(box.x), "y": str(box.y), "width": str(box.width)}
            for box in layout.fields.all()
        ]
        Event.record("measure", layout, by=by, acting=acting, data={"boxes": measures})
