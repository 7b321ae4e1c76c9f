"""What a unit writes of its nominees beside their names: reports, initiatives, whole lists."""

from django.db import transaction

from awards.models import AchievementReport, Nominee, NomineeInitiative
from awards.workflow.dossier import draft_of, saved
from core.models import Event


def write_report(nominee, *, by, version: int, words: dict) -> bool:
    """Save the parts of a report written over `version` of the dossier; False when somebody saved since."""
    with draft_of(nominee.dossier, by) as draft:
        is_current = draft.version == version
        if is_current:
            AchievementReport.objects.update_or_create(nominee=nominee, defaults=words)
            saved(draft, by)
    return is_current


def add_initiative(nominee, *, by, values: dict) -> NomineeInitiative:
    with draft_of(nominee.dossier, by) as draft:
        initiative = NomineeInitiative.objects.create(nominee=nominee, **values)
        saved(draft, by)
    return initiative


def remove_initiative(initiative, *, by) -> None:
    with draft_of(initiative.nominee.dossier, by) as draft:
        initiative.delete()
        saved(draft, by)


def take_in(dossier, *, by, version: int, added: list[Nominee], changed: list[Nominee], fields, file, acting):
    """Write a whole list read from a file over `version` of the draft; False when somebody saved since."""
    with transaction.atomic(), draft_of(dossier, by) as draft:
        if draft.version != version:
            return False
        for nominee in (*added, *changed):
            nominee.fill_keys()
        Nominee.objects.bulk_create(added, batch_size=500)
        Nominee.objects.bulk_update(changed, fields, batch_size=200)
        saved(draft, by)
        data = {"file": str(file.uid), "name": file.name, "sha256": file.sha256}
        data |= {"add": len(added), "change": len(changed)}
        Event.record("import_nominees", draft, by=by, acting=acting, data=data)
    return True
