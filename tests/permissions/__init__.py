"""Every address × every person × the state of the row it shows, asked through HTTP.

`table.txt` is what is expected, in letters that people can read; `docs/permissions.md` is printed from it.
The people stand to the unit of each row in turn as its own, above it, below it, after it, or strangers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLResolver, get_resolver

TABLE = Path(__file__).parent / "table.txt"
#: where the proof leaves what it found, one file for each part of the portal
FOUND = Path(__file__).parents[2] / ".local" / "permissions"

#: column letter of the table → who it is
PEOPLE = {
    "v": "visitor, not logged in",
    "f": "filer of the unit whose row it is",
    "r": "other staff of that unit",
    "h": "head of that unit",
    "a": "administrator of that unit",
    "t": "the portal's administrator looking as that unit's filer (support session)",
    "p": "filer of the unit above it",
    "c": "filer of a unit below it",
    "s": "filer of the unit that came after it (merger)",
    "o": "filer of another unit",
    "i": "filer of another unit, member of every inspection team",
    "S": "staff of the standing body",
    "L": "lead of the standing body",
    "K": "lead of the standing body who was of the unit until 40 days ago",
    "C": "staff of the commendation body",
    "D": "lead of the commendation body",
    "G": "leader of the province",
    "A": "administrator of the portal",
}
#: letter of a cell → what the portal answered
ANSWERS = {
    "+": "yes: the page opens, the act is done",
    "=": "yes, but nothing was written: it only asks or previews, or the portal leads elsewhere and says why",
    "?": "may, but what was sent does not suffice: the form says what lacks (400, 422)",
    "w": "may, but not at this step (409)",
    "x": "may not, and is told so (403)",
    ".": "sees nothing there (404)",
    "l": "is asked to log in",
    "/": "the address does not take this method (405)",
    "u": "may ask; the portal says that it is not ready (503)",
    "-": "there is no such person for this row",
}
LETTER_OF_STATUS = {200: "+", 201: "+", 204: "+", 301: "+", 302: "+", 400: "?", 401: "l", 403: "x", 404: "."}
LETTER_OF_STATUS |= {405: "/", 409: "w", 422: "?", 503: "u"}


@dataclass(frozen=True)
class Address:
    """One address of the URL map: its name (with the route where it has none) and its route."""

    name: str
    route: str


#: what has no rows, and why
LEFT_OUT = {
    "/quan-tri/": "Django's administration, for administrators only and read-only on whatever has a state: "
    "each app's `test_admin.py` asks it, model by model",
    "/_gallery/": "the parts that pages are made of, with invented words; only in the demo",
}


def addresses() -> list[Address]:
    """The whole URL map but what is left out."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns, prefix, space):
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if route in LEFT_OUT:
            continue
        if isinstance(entry, URLResolver):
            yield from _walk(
                entry.url_patterns, route, f"{space}{entry.namespace}:" if entry.namespace else space
            )
        else:
            yield Address(space + (entry.name or route), route)


@dataclass(frozen=True)
class Row:
    """One line of the table: how a state of one address answers everybody, in the order of `PEOPLE`."""

    name: str
    method: str
    states: tuple[str, ...]
    answers: str


def read(text: str) -> list[Row]:
    rows, name, method = [], "", ""
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if not line.startswith(" "):
            name, method = line.split()
            continue
        answers, _, states = line.strip().partition("  ")
        rows.append(Row(name, method, tuple(states.split()), answers.replace(" ", "")))
    return rows


def cells_of(rows: list[Row]) -> dict[tuple[str, str, str], str]:
    return {(row.name, row.method, state): row.answers for row in rows for state in row.states}


def write(cells: dict[tuple[str, str, str], str]) -> str:
    """The table of what was found: {(name, method, state): answers}, equal answers on one line."""
    lines, last = [], None
    grouped: dict[tuple[str, str], dict[str, list[str]]] = {}
    for (name, method, state), answers in cells.items():
        grouped.setdefault((name, method), {}).setdefault(answers, []).append(state)
    for (name, method), by_answers in grouped.items():
        space = name.partition(":")[0] if ":" in name else ""
        if space != last:
            lines += ["", f"# {space or 'API, tài khoản, hệ thống'}"]
            last = space
        lines.append(f"{name} {method}")
        lines += [f"  {spaced(answers)}  {' '.join(states)}" for answers, states in by_answers.items()]
    return "\n".join(lines).lstrip("\n") + "\n"


def spaced(answers: str) -> str:
    """The columns in groups: visitor, own people, kin and strangers, the two bodies, the others."""
    edges = ((0, 1), (1, 6), (6, 11), (11, 14), (14, 16), (16, 18))
    return " ".join(answers[begin:end] for begin, end in edges)


def as_page(text: str) -> str:
    """`docs/permissions.md`."""
    rows = read(text)
    return _PAGE.format(
        people="\n".join(f"| `{letter}` | {who} |" for letter, who in PEOPLE.items()),
        answers="\n".join(f"| `{letter}` | {what} |" for letter, what in ANSWERS.items()),
        left_out="\n".join(f"- `{route}`: {why}." for route, why in LEFT_OUT.items()),
        addresses=len({row.name for row in rows}),
        cells=f"{cell_count(rows):,}",
        columns=spaced("".join(PEOPLE)),
        acts="\n".join(_acts(rows)),
        table=text.strip(),
    )


def cell_count(rows: list[Row]) -> int:
    return sum(len(row.states) * len(row.answers.replace("-", "")) for row in rows)


def _acts(rows: list[Row]) -> Iterator[str]:
    """For each address that takes a form and shows a row with a state: who may send it, in which states."""
    for row in rows:
        who = [letter for letter, answer in zip(PEOPLE, row.answers, strict=True) if answer in "+?"]
        if row.method == "POST" and row.states != ("*",) and who and not row.name.startswith("press:"):
            yield f"| `{row.name}` | {', '.join(row.states)} | `{' '.join(who)}` |"


_PAGE = """# Who may do what

Printed from `tests/permissions/table.txt` (`python -m tests.permissions` prints it again): every address of
the portal and of its API, each person, each state of the row it shows. `make prove` asks all of it through
HTTP in the demo's world (`tests/proofs/test_permission_matrix.py`). `make test` refuses an address without a
row, and holds the table against what no row may say (`tests/test_permission_table.py`).

**{addresses} addresses, {cells} answers.** Left out:

{left_out}

| column | who |
|---|---|
{people}

| answer | means |
|---|---|
{answers}

An answer that refuses (`x`, `.`, `l`, `/`) has written nothing: the proof watches the database while it asks.

## Acts, by state

Who may do it (`+`) or would once the form is whole (`?`), and in which state of the row. In any other state,
and for anybody else, it is refused; how, stands in the whole table. That whole data is taken, and what then
happens, is tested state by state in the `test_*permissions.py` of each app, most of them in `make prove`.

| act | in the states | who |
|---|---|---|
{acts}

## The whole table

One block for each address and method; one line for each answer, with the states it holds in (`*`: the address
shows no row with a state). `draft/locked` is a draft whose period takes no registration any more,
`appraised/unsent` a dossier whose names have not been forwarded; the papers of `press:` are told by their
kind and the state of what they are about. A state that no row of the demo is in is given to one.
The columns are always

```
  {columns}
```

Whose row it is, is told by the column: `f r h a` are people of its own unit, `p` above it, `c` below it, `s`
of the unit that came after it, `o` of another. What is `+` on a list means that the page opens; whose rows
are in it is tested beside the page.

```
{table}
```
"""
