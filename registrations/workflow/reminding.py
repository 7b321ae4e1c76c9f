"""Rules and wordings of reminders as the leads of the standing body keep them: each change is an event."""

from django.db import transaction

from core.models import Event
from core.transitions import Refused
from registrations.models import ReminderPreference, ReminderRule, Wording

SENTENCES = {
    "add_rule": "đã thêm quy tắc nhắc",
    "change_rule": "đã sửa quy tắc nhắc",
    "add_wording": "đã thêm mẫu lời",
    "change_wording": "đã sửa mẫu lời",
}


def save_rule(rule: ReminderRule, *, version: int, by, acting=None) -> None:
    _save(rule, "rule", version=version, by=by, acting=acting)


def save_wording(wording: Wording, *, version: int, by, acting=None) -> None:
    _save(wording, "wording", version=version, by=by, acting=acting)


@transaction.atomic
def _save(obj, noun, *, version, by, acting):
    """Keep what a form has put into `obj`, seen at `version`; the event holds both wordings."""
    model = type(obj)
    verb = "change" if obj.pk else "add"
    if not by.has_perm(f"registrations.{verb}_{model._meta.model_name}"):
        raise Refused("Chỉ lãnh đạo cơ quan thường trực sửa được quy tắc và mẫu lời.", status=403)
    before = model.objects.select_for_update().filter(pk=obj.pk).first()
    if before and before.version != version:
        raise Refused("Vừa có người khác sửa mục này. Hãy tải lại trang, đối chiếu rồi lưu lại.")
    obj.version = before.version + 1 if before else 1
    obj.save()
    Event.record(
        f"{verb}_{noun}", obj, by=by, acting=acting, data={"before": _values(before), "after": _values(obj)}
    )


def _values(obj):
    if obj is None:
        return None
    fields = [field for field in obj._meta.concrete_fields if field.name not in ("id", "uid")]
    return {field.name: field.value_to_string(obj) for field in fields}


@transaction.atomic
def save_preference(preference, *, by, acting=None) -> None:
    """How a person wants to be reminded; his own choice, noted under his name."""
    ReminderPreference.objects.update_or_create(
        user=by,
        defaults={"is_digest": preference.is_digest, "takes_optional": preference.takes_optional},
    )
    Event.record(
        "set_reminders",
        by,
        by=by,
        acting=acting,
        data={"is_digest": preference.is_digest, "takes_optional": preference.takes_optional},
    )
