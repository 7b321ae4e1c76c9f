from dataclasses import dataclass
from datetime import date

from core import clock
from core.vietnamese import format_number


@dataclass(frozen=True)
class Todo:
    """One card: what, for whom, until when, and the one button.

    `post` holds the fields of a button that starts something new; `whom`, in whose name it is done.
    """

    title: str
    text: str
    button: str
    url: str
    due: date | None = None
    tone: str = "info"
    post: dict | None = None
    whom: str = ""


def counted(count: int, title: str, text: str, button: str, url: str, tone="info", due=None) -> list[Todo]:
    if not count:
        return []
    if due is not None:
        tone = "danger" if due < clock.today() else "warning"
    return [Todo(f"{format_number(count)} {title}", text, button, url, due=due, tone=tone)]
