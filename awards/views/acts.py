"""The buttons of a page, as `awards/_acts.html` shows them."""

from dataclasses import dataclass, field


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
    #: why it cannot be done now; shown beside the disabled button
    missing: list = field(default_factory=list)
    #: why it was refused just now
    refused: list = field(default_factory=list)

    @property
    def findings(self):
        return self.refused or self.missing


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
