"""The buttons of a page, as `awards/_acts.html` shows them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from core.transitions import Refused


@dataclass
class Act:
    """One button that opens its own small form (`components/act.html`)."""

    name: str
    label: str
    url: str
    icon: str
    tone: str = ""
    text: str = ""
    comment_label: str = ""
    comment_help: str = ""
    confirm: str = ""
    request_key: str = ""
    #: more fields than a comment
    form: object = None
    #: why it cannot be done now; shown beside the disabled button
    missing: list = field(default_factory=list)
    #: why it was refused just now
    refused: list = field(default_factory=list)

    @property
    def findings(self):
        return self.refused or self.missing

    @property
    def is_open(self) -> bool:
        return bool(self.refused or (self.form is not None and self.form.errors))


def available_acts(acts, available, *, refused=(), action="") -> list[Act]:
    """Those of `acts` the person may take now; the one refused just now carries the reasons."""
    shown = [act for act in acts if act.name in available]
    for act in shown:
        if act.name == action:
            act.refused = list(refused)
    return shown


def unshown(acts, refused, action) -> list:
    """The reasons of a refusal whose button is no longer on the page."""
    return list(refused) if action not in {act.name for act in acts} else []


def carry_out(form, act: Callable[[], object]) -> bool:
    """Call `act` in a transaction; what it finds lacking goes to the fields of `form` that it names."""
    try:
        with transaction.atomic():
            act()
    except Refused as refused:
        if refused.status != 422:
            raise
        if not refused.findings:
            form.add_error(None, str(refused))
        for finding in refused.findings:
            form.add_error(finding.field if finding.field in form.fields else None, finding.message)
        return False
    return True
