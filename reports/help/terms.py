"""Words of the law that a page explains where it uses them: the meaning, and the clause it stands in."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "terms.json"


@dataclass(frozen=True)
class Term:
    code: str
    name: str
    meaning: str
    #: the act and its clause
    clause: str


@cache
def terms() -> dict[str, Term]:
    """By code, in the order of the file, which is alphabetical."""
    return {row["code"]: Term(**row) for row in json.loads(_FILE.read_text("utf-8"))}
