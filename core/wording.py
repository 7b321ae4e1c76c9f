"""Two wordings of one text, word by word."""

import re
from difflib import SequenceMatcher

SAME, REMOVED, ADDED = "same", "removed", "added"
_WORDS = re.compile(r"\s+|[^\s]+")


def marks(old: str, new: str) -> list[tuple[str, str]]:
    """`old` turned into `new` as (kind, text) in reading order; kinds `SAME`, `REMOVED`, `ADDED`.

    The same and removed texts joined give `old`, the same and added ones `new`.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((SAME, "".join(before[i:j])))
            continue
        if i < j:
            found.append((REMOVED, "".join(before[i:j])))
        if k < m:
            found.append((ADDED, "".join(after[k:m])))
    return found
