"""Điển hình tiên tiến: written and published by the standing body."""

from django.db import transaction

from awards import checks_award
from awards.models import Exemplar
from core import clock
from core.models import Event
from core.transitions import Refused, Transition, Workflow
from core.vietnamese import nfc, search_key

EXEMPLAR = Workflow(
    Exemplar,
    Transition(
        "publish",
        ("draft", "published", "withdrawn"),
        "published",
        "Đăng bài",
        sentence="đã đăng bài",
    ),
    Transition("withdraw", ("published",), "withdrawn", "Gỡ bài", needs_comment=True, sentence="đã gỡ bài"),
)
FIELDS = (
    "campaign",
    "kind",
    "name",
    "place",
    "unit",
    "title",
    "summary",
    "body",
    "award_reference",
    "image_alt",
)


def start(values: dict, *, by, image=None, acting=None) -> Exemplar:
    if not by.has_perm("awards.add_exemplar"):
        raise Refused("Bạn không có quyền viết bài.", status=403)
    with transaction.atomic():
        exemplar = Exemplar(created_at=clock.now(), written_by=by, image=image)
        _write(exemplar, values)
        Event.record("start", exemplar, by=by, acting=acting, after=exemplar.state)
    return exemplar


def save(exemplar, values: dict, *, by, version: int, image=None, acting=None) -> None:
    """Keep other words; what is published stays as it was until it is published again."""
    with transaction.atomic():
        locked = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
        if not by.has_perm("awards.edit_exemplar", locked):
            raise Refused("Bạn không có quyền sửa bài này.", status=403)
        if locked.version != version:
            raise Refused(
                "Người khác vừa sửa bài này sau khi bạn mở. Chữ bạn gõ còn ở dưới; hãy mở bài ở trang khác "
                "để đối chiếu. Lưu lần nữa thì chữ của bạn thay chữ của người đó."
            )
        if image is not None:
            locked.image = image
        locked.version += 1
        _write(locked, values)
        Event.record("edit", locked, by=by, acting=acting)
    exemplar.refresh_from_db()


def _write(exemplar, values) -> None:
    for field in FIELDS:
        if field in values:
            value = values[field]
            setattr(exemplar, field, nfc(value) if isinstance(value, str) else value)
    exemplar.search_name = search_key(exemplar.name)[:200]
    exemplar.save()


def publish(exemplar, *, by, acting=None) -> None:
    """Put the words as they are now on the public page."""
    with EXEMPLAR.perform("publish", exemplar, by=by, acting=acting) as step:
        step.require(checks_award.missing_for_publishing_exemplar(step.object))
        found = step.object
        found.payload = {
            "kind": found.kind,
            "name": found.name,
            "place": found.place,
            "unit": found.unit.name if found.unit else "",
            "title": found.title,
            "summary": found.summary,
            "body": found.body,
            "campaign": found.campaign.name,
            "award_reference": found.award_reference,
            "image_alt": found.image_alt,
        }
        found.published_image = found.image
        found.first_published_at = found.first_published_at or step.at
        found.published_at, found.published_by = step.at, by


def withdraw(exemplar, *, by, comment, acting=None) -> None:
    with EXEMPLAR.perform("withdraw", exemplar, by=by, acting=acting, comment=comment):
        pass
