from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing a check has to say, in Vietnamese, to the person who can mend it.

    `field` is the name of the form field it belongs to, empty for the whole object; `url` where it is
    mended, when that is another page.
    A finding that does not block is shown as a warning.
    """

    message: str
    field: str = ""
    blocks: bool = True
    url: str = ""
