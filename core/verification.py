"""What the portal says of a paper to whoever holds its code.

An app that issues codes (`VerificationCode.issue`) has a module `verification` in which it registers
its kinds of paper; nothing here knows what they are:

    verification.register("receipt", Kind("Giấy tiếp nhận", facts=…, standing=…))
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.models import VerificationCode
from core.models.verification import ALPHABET, GROUP_LENGTH, GROUPS


@dataclass(frozen=True)
class Standing:
    """How a paper stands today: a tone of the design, the state in large words, and what it means."""

    tone: str
    label: str
    text: str


@dataclass(frozen=True)
class Kind:
    """`facts` reads (label, value) pairs from the payload; `standing` may read the database.

    Both are shown to everyone: nothing personal, nothing under embargo.
    """

    title: str
    facts: Callable[[dict], list[tuple[str, str]]]
    standing: Callable[[VerificationCode], Standing]


KINDS: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    KINDS[name] = kind


def find(typed: str) -> VerificationCode | None:
    """The paper with this code, typed with or without dashes, blanks and capitals."""
    letters = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    if len(letters) != GROUPS * GROUP_LENGTH:
        return None
    code = "-".join(letters[i : i + GROUP_LENGTH] for i in range(0, len(letters), GROUP_LENGTH))
    return VerificationCode.objects.filter(code=code).first()
