"""Giấy khen that a unit has given by its own decision: recorded here, judged by nobody."""

from django.db import IntegrityError, transaction

from awards.models import RecordedAward, RecordedDecision
from core import clock, files
from core.findings import Finding
from core.models import Event
from core.transitions import Refused

#: what a file may change of a name, with the keys kept beside it
IMPORTED = ["name", "sex", "birth_date", "position", "subject", "search_name", "sort_name"]
IMPORTED += ["identity_ciphertext", "identity_key", "identity_index"]


def record(
    unit, *, by, form, upload, number, signed_on, title, achievement_from, achievement_to, acting=None
):
    """Keep the signed decision with its number and day; the names follow (`add_award`)."""
    decision = RecordedDecision(
        unit=unit,
        form=form,
        number=number.strip(),
        signed_on=signed_on,
        title=title.strip(),
        achievement_from=achievement_from,
        achievement_to=achievement_to,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    if not by.has_perm("awards.record_recordeddecision", decision):
        raise Refused("Bạn không ghi nhận Giấy khen cho đơn vị này.", status=403)
    if unit.kind not in form.issuer_kinds:
        raise Refused(f"{unit.name} không tặng {form.name}.", status=422)
    if signed_on > clock.today():
        _say("Ngày ký không thể ở tương lai.", "signed_on")
    try:
        with transaction.atomic():
            decision.file = files.store(upload, by=by)
            decision.save()
            data = {"number": decision.number, "signed_on": signed_on, "sha256": decision.file.sha256}
            Event.record("record", decision, by=by, acting=acting, data=data)
    except IntegrityError as error:
        if "recorded_decision_is_recorded_once" not in str(error):
            raise
        _say("Đơn vị đã ghi nhận Quyết định mang số này, ký cùng ngày.", "number")
    return decision


def _say(message, field):
    raise Refused(message, [Finding(message, field)], status=422)


def standing(decision, by) -> RecordedDecision:
    """The locked decision while names may be added to it and taken from it."""
    locked = RecordedDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not by.has_perm("awards.record_recordeddecision", locked):
        raise Refused("Bạn không ghi nhận Giấy khen cho đơn vị này.", status=403)
    if locked.cancelled_at is not None:
        raise Refused("Quyết định này đã được gỡ, không sửa được nữa.")
    return locked


def add_award(decision, *, by, values: dict, acting=None) -> RecordedAward:
    with transaction.atomic():
        locked = standing(decision, by)
        award = RecordedAward.objects.create(decision=locked, **values)
        Event.record("add_name", locked, by=by, acting=acting, data={"award": str(award.uid)})
    return award


def take_in(decision, *, by, added: list[RecordedAward], changed: list[RecordedAward], file, acting=None):
    """Write a whole list read from a file."""
    with transaction.atomic():
        locked = standing(decision, by)
        for award in (*added, *changed):
            award.fill_keys()
        RecordedAward.objects.bulk_create(added, batch_size=500)
        RecordedAward.objects.bulk_update(changed, IMPORTED, batch_size=200)
        data = {"file": str(file.uid), "name": file.name, "sha256": file.sha256}
        data |= {"add": len(added), "change": len(changed)}
        Event.record("import_recorded_awards", locked, by=by, acting=acting, data=data)


def remove_award(award, *, by, acting=None) -> None:
    with transaction.atomic():
        locked = standing(award.decision, by)
        Event.record("remove_name", locked, by=by, acting=acting, data={"award": str(award.uid)})
        award.delete()


def cancel(decision, *, by, reason: str, acting=None) -> None:
    """Take a wrong record back, with the reason; it stays readable and counts no more."""
    with transaction.atomic():
        locked = standing(decision, by)
        if not reason.strip():
            _say("Hãy ghi lý do gỡ.", "comment")
        locked.cancelled_at, locked.cancelling_reason = clock.now(), reason.strip()[:300]
        locked.save(update_fields=["cancelled_at", "cancelling_reason"])
        Event.record("cancel", locked, by=by, acting=acting, comment=reason.strip())
    decision.refresh_from_db()
