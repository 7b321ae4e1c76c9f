"""A published award: corrected by two people, revoked by an act of the Chairman, its items returned.

Each change of what the public reads is appended to `PublicRecord` in the same transaction.
"""

from django.db import transaction

from awards import checks_award, emails, publication
from awards.enums import AwardState, NomineeKind
from awards.fund import year_of
from awards.models import Award, Correction, FundEntry, PublicRecord, Revocation, TimeLimit
from awards.models.limit import Step
from awards.models.prize import FundEntryKind
from awards.verification import AWARD as CODE
from awards.verification import award_payload
from core import clock
from core.calendar import add_working_days
from core.findings import Finding
from core.models import Event, VerificationCode
from core.transitions import Refused, Transition, Workflow
from core.vietnamese import nfc, person_key, search_key

IN_FORCE = ("published", "corrected")
AWARD = Workflow(
    Award,
    Transition("correct", IN_FORCE, "corrected", "Đưa đính chính vào hiệu lực", sentence="đã đính chính"),
    Transition(
        "propose_revocation",
        IN_FORCE,
        "revocation_proposed",
        "Đề nghị hủy bỏ",
        sentence="đã đề nghị hủy bỏ",
    ),
    # Back to what it was before it was proposed.
    Transition(
        "dismiss_revocation",
        ("revocation_proposed",),
        "published",
        "Không hủy bỏ",
        needs_comment=True,
        sentence="đã ghi nhận không hủy bỏ",
    ),
    Transition("revoke", ("revocation_proposed",), "revoked", "Hủy bỏ", sentence="đã hủy bỏ khen thưởng"),
    Transition(
        "return_items",
        ("revoked",),
        "returned",
        "Ghi nhận thu hồi",
        sentence="đã ghi nhận thu hồi hiện vật và tiền thưởng",
    ),
)
#: what of the printed words an act may correct, and how it is called
CORRECTABLE = {
    "title": "Danh xưng",
    "name": "Tên",
    "position": "Chức vụ, đơn vị công tác",
    "unit_name": "Tên đơn vị khi khen",
}


# Correction: two people, an act of the Chairman, both wordings kept


def draft_correction(award, words: dict, *, by, reason, acting=None) -> Correction:
    """Write down other words for what was printed, to be signed by the Chairman outside the portal.

    `words` are the full new words by field of `CORRECTABLE`; what stays the same is left out.
    """
    with transaction.atomic():
        locked = Award.objects.select_for_update().get(pk=award.pk)
        if not by.has_perm("awards.draft_correction_award", locked):
            raise Refused("Bạn không có quyền lập đính chính.", status=403)
        if locked.state not in IN_FORCE:
            raise Refused(
                f"Không thể đính chính: khen thưởng đang ở trạng thái “{locked.get_state_display()}”. "
                "Hãy tải lại trang."
            )
        if open_correction(locked):
            raise Refused("Đã có một đính chính đang chờ người thứ hai. Hãy xử lý đính chính đó trước.")
        changes = [
            {"field": field, "label": label, "printed": getattr(locked, field), "corrected": corrected}
            for field, label in CORRECTABLE.items()
            if field in words and (corrected := nfc(words[field]).strip()) != getattr(locked, field)
        ]
        missing = checks_award.missing_for_drafting_correction(changes, reason)
        if missing:
            raise Refused("Chưa lập được đính chính vì còn thiếu nội dung.", missing, status=422)
        correction = Correction.objects.create(
            award=locked,
            changes=changes,
            reason=reason.strip(),
            drafted_at=clock.now(),
            drafted_by=by,
        )
        Event.record(
            "draft_correction",
            locked,
            by=by,
            acting=acting,
            comment=correction.reason,
            data={"changes": changes},
        )
    return correction


def open_correction(award) -> Correction | None:
    """The correction that waits for the second person."""
    return award.corrections.filter(in_force_at__isnull=True, dropped_at__isnull=True).first()


def drop_correction(award, *, by, comment, acting=None) -> None:
    """Give up the correction that waits; nothing of it was public."""
    with transaction.atomic():
        locked = Award.objects.select_for_update().get(pk=award.pk)
        if not by.has_perm("awards.draft_correction_award", locked):
            raise Refused("Bạn không có quyền bỏ đính chính.", status=403)
        correction = open_correction(locked)
        if correction is None:
            raise Refused("Không có đính chính nào đang chờ. Hãy tải lại trang.")
        if not comment.strip():
            finding = Finding("Hãy ghi rõ ý kiến hoặc lý do.", field="comment")
            raise Refused("Cần ghi lý do.", [finding], status=422)
        correction.dropped_at = clock.now()
        correction.save()
        Event.record("drop_correction", locked, by=by, acting=acting, comment=comment.strip())


def correct(award, *, by, number, signed_on, signer, signed_file, acting=None) -> None:
    """Record the signed act and put the correction into force: public words and code follow."""
    with AWARD.perform("correct", award, by=by, acting=acting) as step:
        locked = step.object
        correction = open_correction(locked)
        if correction is None:
            raise Refused("Không có đính chính nào đang chờ. Hãy tải lại trang.")
        step.require(
            checks_award.missing_for_correcting(
                locked, number=number, signed_on=signed_on, signer=signer, has_file=bool(signed_file)
            )
        )
        for change in correction.changes:
            setattr(locked, change["field"], change["corrected"])
        is_person = locked.kind == NomineeKind.INDIVIDUAL
        locked.search_name = person_key(locked.name) if is_person else search_key(locked.name)
        locked.state = AwardState.CORRECTED  # the record below is of the award as it is from now on
        locked.save()
        correction.act_number, correction.act_on = number.strip(), signed_on
        correction.act_signer, correction.act_file = signer.strip(), signed_file
        correction.in_force_at, correction.in_force_by = step.at, by
        correction.save()
        step.data = {"number": correction.act_number, "changes": correction.changes}
        VerificationCode.issue(CODE, correction, award_payload(locked), step.at)
        PublicRecord.append([publication.award_record(locked, step.at)])
        emails.award_corrected(locked, correction)


# Revocation: proposed, decided by the Chairman, items returned


def open_revocation(award) -> Revocation | None:
    return award.revocations.filter(dismissed_at__isnull=True).first()


def propose_revocation(award, *, by, ground, explanation, document, acting=None) -> None:
    """The body that proposed the award asks for its revocation (NĐ 152/2025 Art. 56.2)."""
    with AWARD.perform("propose_revocation", award, by=by, acting=acting, comment=explanation) as step:
        step.require(
            checks_award.missing_for_proposing_revocation(
                ground=ground, explanation=explanation, has_file=bool(document)
            )
        )
        if open_correction(step.object):
            raise Refused("Đang có một đính chính chờ người thứ hai. Hãy xử lý đính chính đó trước.")
        revocation = Revocation.objects.create(
            award=step.object,
            ground=ground,
            explanation=explanation.strip(),
            document=document,
            proposed_at=step.at,
            proposed_by=by,
            proposed_by_unit=acting,
        )
        step.data = {"ground": ground.code, "sha256": document.sha256}
        emails.revocation_proposed(step.object, revocation)


def dismiss_revocation(award, *, by, comment, acting=None) -> None:
    """Record that the award is not revoked; it stands as before."""
    with AWARD.perform("dismiss_revocation", award, by=by, acting=acting, comment=comment) as step:
        revocation = open_revocation(step.object)
        revocation.dismissed_at = step.at
        revocation.save()
        was_corrected = step.object.corrections.filter(in_force_at__isnull=False).exists()
        step.target = AwardState.CORRECTED if was_corrected else AwardState.PUBLISHED
        emails.revocation_dismissed(step.object, step.comment, step.at)


def revoke(award, *, by, number, signed_on, signer, signed_file, public_reason, acting=None) -> None:
    """Record the Chairman's act that revokes the award, with the reason the public reads."""
    with AWARD.perform("revoke", award, by=by, acting=acting) as step:
        locked, revocation = step.object, open_revocation(step.object)
        step.require(
            checks_award.missing_for_revoking(
                locked,
                revocation,
                public_reason=public_reason,
                number=number,
                signed_on=signed_on,
                signer=signer,
                has_file=bool(signed_file),
            )
        )
        revocation.act_number, revocation.act_on = number.strip(), signed_on
        revocation.act_signer, revocation.act_file = signer.strip(), signed_file
        revocation.public_reason = public_reason.strip()
        revocation.revoked_at, revocation.revoked_by = step.at, by
        limit = TimeLimit.objects.in_force_on(signed_on, Step.RETURN_ITEMS)
        if limit:
            revocation.items_due = add_working_days(signed_on, limit.working_days)
        revocation.save()
        locked.state = AwardState.REVOKED  # the record below is of the award as it is from now on
        locked.save()
        step.data = {"number": revocation.act_number, "signed_on": signed_on, "sha256": signed_file.sha256}
        PublicRecord.append([publication.award_record(locked, step.at)])
        emails.award_revoked(locked, revocation)


def return_items(award, *, by, returned_on, money=0, note="", acting=None) -> None:
    """Record that certificate and money came back; the money goes to the fund that paid it."""
    with AWARD.perform("return_items", award, by=by, acting=acting, comment=note) as step:
        revocation = open_revocation(step.object)
        step.require(
            checks_award.missing_for_returning(step.object, revocation, returned_on=returned_on, money=money)
        )
        revocation.items_returned_on = returned_on
        revocation.money_returned, revocation.items_note = money, note.strip()
        revocation.save()
        year = year_of(step.object.decision)
        if money and year:
            FundEntry.objects.create(
                fund_year=year,
                kind=FundEntryKind.RECOVERY,
                amount=money,
                on=returned_on,
                note=f"{step.object.reference} {step.object.name}: hủy bỏ theo {revocation.act_number}"[:300],
                award=step.object,
                recorded_by=by,
                recorded_at=step.at,
            )
        step.data = {"returned_on": returned_on.isoformat(), "money": money}
