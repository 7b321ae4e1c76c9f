"""The words of a registration before they are filed: begun, saved, copied from the year before."""

from django.db import transaction

from core import clock, files
from core.models import Event
from core.transitions import Refused
from registrations import copying
from registrations.enums import RegistrationState
from registrations.models import (
    Registration,
    RegistrationAttachment,
    RegistrationDraft,
    RegistrationTarget,
    RegistrationTask,
)
from registrations.workflow.obligation import communes_through
from units.lineage import predecessors_of

EDITABLE = (RegistrationState.DRAFT, RegistrationState.RETURNED)
#: how many of the latest saved drafts of a registration are kept to compare with
KEPT_DRAFTS = 200


def start(period, unit, *, by, through=None, acting=None) -> Registration:
    """Begin the unit's draft for the period, with one target per criterion of its tier; or find it.

    `through` is the district that does it for a commune, where the period has communes file through it.
    """
    with transaction.atomic():
        if through and unit not in communes_through(period, through):
            raise Refused(f"Kỳ {period.year}: {unit.name} nộp riêng, không qua {through.name}.")
        now = clock.now()
        registration, created = Registration.objects.get_or_create(
            period=period,
            unit=unit,
            defaults={"created_at": now, "saved_at": now, "saved_by": by, "through": through},
        )
        if through and registration.through != through:
            raise Refused(f"{unit.name} đã tự lập bản đăng ký năm {period.year}.")
        if created:
            write(registration, blank(registration))
            keep(registration)
            Event.record("start", registration, by=by, acting=acting, after=registration.state)
    return registration


def blank(registration) -> dict:
    """Nothing written yet, in the shape of `content_of`."""
    criteria = registration.period.campaign.criteria_set.criteria.filter(tier=registration.unit.tier)
    return {
        "contact": {"name": "", "phone": ""},
        "fields": [],
        "objectives": "",
        "targets": [{"criterion": c.code, "text": "", "level": ""} for c in criteria],
        "tasks": [],
    }


def content_of(registration) -> dict:
    """What the unit has written, as plain values; `save_draft` takes the same shape."""
    return {
        "contact": {"name": registration.contact_name, "phone": registration.contact_phone},
        "fields": list(registration.fields.values_list("code", flat=True)),
        "objectives": registration.objectives,
        "targets": [
            {"criterion": criterion, "text": text, "level": level}
            for criterion, text, level in registration.targets.values_list("criterion__code", "text", "level")
        ],
        "tasks": [
            {
                "key": str(key),
                "name": name,
                "product": product,
                "field": field,
                "due": due.isoformat() if due else None,
                "in_charge": in_charge,
            }
            for key, name, product, field, due, in_charge in registration.tasks.values_list(
                "key", "name", "product", "field__code", "due", "in_charge"
            )
        ],
    }


def without_keys(content: dict) -> dict:
    """The words alone: the keys of the tasks only serve to tell edits apart."""
    return {
        **content,
        "tasks": [{name: v for name, v in task.items() if name != "key"} for task in content["tasks"]],
    }


def snapshot(registration) -> dict:
    """All that is filed, as plain values."""
    unit = registration.unit
    filed = {
        "unit": {"uid": str(unit.uid), "code": unit.code, "name": unit.name},
        "year": registration.period.year,
        **without_keys(content_of(registration)),
        "attachments": [
            {"name": name, "size": size, "sha256": sha256}
            for name, size, sha256 in registration.attachments.filter(is_removed=False).values_list(
                "file__name", "file__size", "file__sha256"
            )
        ],
    }
    if registration.is_on_paper and registration.received_on:
        filed["paper"] = {
            "channel": registration.channel,
            "number": registration.paper_number,
            "received_on": registration.received_on.isoformat(),
        }
    return filed


def save_draft(
    registration, *, by, version: int, content: dict | None, uploads=(), removed=(), paper: dict | None = None
) -> bool:
    """Save what was written over version `version`, in the shape of `content_of`.

    False when somebody else has saved since: then the words are left to the caller and
    only the files are kept, for a file more overwrites nobody's work. Content None keeps
    only the files too. `removed` are uids of files to take away (they stay stored).
    `paper` holds `channel`, `paper_number` and `received_on` of what a clerk enters.
    """
    with transaction.atomic():
        draft = Registration.objects.select_for_update().get(pk=registration.pk)
        if not by.has_perm("registrations.edit_registration", draft):
            raise Refused("Bạn không có quyền sửa bản đăng ký này.", status=403)
        if draft.state not in EDITABLE:
            raise Refused(f"Không sửa được: bản đăng ký đang ở trạng thái “{draft.get_state_display()}”.")
        for upload in uploads:
            RegistrationAttachment.objects.create(registration=draft, file=files.store(upload, by=by))
        is_current = draft.version == version
        is_changed = bool(uploads)
        if is_current and content:
            taken = draft.attachments.filter(file__uid__in=removed, is_removed=False).update(is_removed=True)
            is_changed |= bool(taken) | _write_paper(draft, paper or {})
            if without_keys(content) != without_keys(content_of(draft)):
                write(draft, content)
                is_changed = True
        if is_changed:
            draft.version += 1
            draft.saved_at, draft.saved_by = clock.now(), by
            draft.save()
            keep(draft)
    registration.refresh_from_db()
    return is_current


def _write_paper(draft, paper: dict) -> bool:
    before = {name: getattr(draft, name) for name in paper}
    if not draft.is_on_paper or before == paper:
        return False
    for name, value in paper.items():
        setattr(draft, name, value)
    return True


def keep(draft) -> None:
    """Remember the draft as it now stands, for whoever still writes over an older version."""
    RegistrationDraft.objects.create(
        registration=draft,
        version=draft.version,
        content=content_of(draft),
        saved_at=draft.saved_at,
        saved_by=draft.saved_by,
    )
    draft.drafts.filter(version__lte=draft.version - KEPT_DRAFTS).delete()


def draft_at(registration, version: int) -> dict | None:
    """What stood in the draft at `version`; None when it is no longer kept."""
    kept = registration.drafts.filter(version__lte=version).last()
    return kept.content if kept else None


def write(draft, content) -> None:
    """Put the words into the rows of a locked draft, which the caller saves."""
    draft.contact_name = content["contact"]["name"]
    draft.contact_phone = content["contact"]["phone"]
    draft.objectives = content["objectives"]
    field_of = {f.code: f for f in draft.period.campaign.fields.all()}
    draft.fields.set(field_of[code] for code in content["fields"])
    criteria = draft.period.campaign.criteria_set.criteria.filter(tier=draft.unit.tier)
    criterion_of = {c.code: c for c in criteria}
    draft.targets.all().delete()
    RegistrationTarget.objects.bulk_create(
        RegistrationTarget(
            registration=draft,
            criterion=criterion_of.get(target["criterion"]),
            text=target["text"],
            level=target["level"],
            position=position,
        )
        for position, target in enumerate(content["targets"])
    )
    draft.tasks.all().delete()
    RegistrationTask.objects.bulk_create(
        RegistrationTask(
            registration=draft, position=position, **{**task, "field": field_of.get(task["field"])}
        )
        for position, task in enumerate(content["tasks"])
    )


def copy_sources(registration):
    """Last year's registrations this one may be copied from: the unit's own, and its predecessors'."""
    units = {registration.unit_id} | predecessors_of([registration.unit_id])
    last_year = Registration.objects.filter(unit__in=units, period__year=registration.period.year - 1)
    return last_year.filter(first_filed_at__isnull=False).select_related("unit", "period")


def copy(registration, source, *, by, version: int, acting=None) -> copying.Copied:
    """Fill what is still empty with what `source` last filed; nothing written is overwritten."""
    with transaction.atomic():
        draft = Registration.objects.select_for_update().get(pk=registration.pk)
        filed = source.versions.last().snapshot
        copied = copying.copy(
            content_of(draft),
            filed,
            years=draft.period.year - source.period.year,
            criteria={target["criterion"] for target in blank(draft)["targets"]},
            fields=set(draft.period.campaign.fields.values_list("code", flat=True)),
        )
        if not save_draft(registration, by=by, version=version, content=copied.content):
            raise Refused("Có người vừa lưu bản khác. Hãy tải lại trang rồi chép.")
        if copied.parts:
            data = {"source": str(source.uid), "year": source.period.year}
            Event.record("copy", draft, by=by, acting=acting, data=data)
    return copied
