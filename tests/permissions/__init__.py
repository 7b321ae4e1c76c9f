"""Every address × every person × the state of the row it shows, asked through HTTP.

`table.txt` is what is expected, in letters that people can read; `docs/permissions.md` is printed from it.
The people stand to the unit of each row in turn as its own, above it, below it, after it, or strangers.
"""

from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).parent / "table.txt"
#: where the proof leaves what it found, one file for each part of the portal
FOUND = Path(__file__).parents[2] / ".local" / "permissions"

#: column letter of the table → who it is
PEOPLE = {
    "v": "khách, chưa đăng nhập",
    "f": "người lập hồ sơ của đơn vị",
    "r": "chuyên viên của đơn vị",
    "h": "thủ trưởng đơn vị",
    "a": "quản trị đơn vị",
    "p": "người lập hồ sơ của đơn vị cấp trên trực tiếp",
    "c": "người lập hồ sơ của đơn vị trực thuộc",
    "s": "người lập hồ sơ của đơn vị kế thừa (sau sáp nhập)",
    "o": "người lập hồ sơ của đơn vị khác",
    "S": "chuyên viên cơ quan thường trực",
    "L": "lãnh đạo cơ quan thường trực",
    "K": "lãnh đạo cơ quan thường trực, trước đây là người của đơn vị",
    "C": "chuyên viên cơ quan thi đua - khen thưởng",
    "D": "lãnh đạo cơ quan thi đua - khen thưởng",
    "A": "quản trị cổng",
}
#: letter of a cell → what the portal answered
ANSWERS = {
    "+": "được: trang mở ra, việc được làm hoặc biểu mẫu được xét",
    "?": "được làm, nhưng dữ liệu thử chưa đủ: biểu mẫu nói thiếu gì (400, 422)",
    "w": "được làm, nhưng không ở bước này (409)",
    "x": "thấy nhưng không được làm (403)",
    ".": "không thấy: như không có (404)",
    "l": "phải đăng nhập",
    "/": "địa chỉ này không nhận cách gọi ấy (405)",
    "u": "được hỏi, nhưng cổng báo chưa sẵn sàng (503)",
    "-": "không có người như vậy với dòng này",
}
LETTER_OF_STATUS = {200: "+", 201: "+", 204: "+", 301: "+", 302: "+", 400: "?", 401: "l", 403: "x", 404: "."}
LETTER_OF_STATUS |= {405: "/", 409: "w", 422: "?", 503: "u"}


@dataclass(frozen=True)
class Address:
    """One address of the URL map: its name (with the route where it has none) and its route."""

    name: str
    route: str


def addresses() -> list[Address]:
    """The whole URL map but the administrator's desk, which is Django's and read-only on what has a state."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns, prefix, space):
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver) and route != "/quan-tri/":
            yield from _walk(
                entry.url_patterns, route, f"{space}{entry.namespace}:" if entry.namespace else space
            )
        elif isinstance(entry, URLPattern):
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
    """The columns in groups: visitor, own people, kin and strangers, the two bodies, administrator."""
    edges = ((0, 1), (1, 5), (5, 9), (9, 12), (12, 14), (14, 15))
    return " ".join(answers[begin:end] for begin, end in edges)


def as_page(text: str) -> str:
    """`docs/permissions.md`."""
    rows = read(text)
    cells = sum(len(row.states) * len(row.answers.replace("-", "")) for row in rows)
    people = "\n".join(f"| `{letter}` | {who} |" for letter, who in PEOPLE.items())
    answers = "\n".join(f"| `{letter}` | {what} |" for letter, what in ANSWERS.items())
    return _PAGE.format(
        people=people,
        answers=answers,
        addresses=len({row.name for row in rows}),
        cells=f"{cells:,}",
        columns=spaced("".join(PEOPLE)),
        table=text.strip(),
    )


_PAGE = """# Who may do what

Printed from `tests/permissions/table.txt` (`python -m tests.permissions` prints it again): every address of
the portal and of its API, each person, each state of the row it shows. `make prove` asks all of it through
HTTP (`tests/proofs/test_permission_matrix.py`); `make test` refuses an address without a row.

**{addresses} addresses, {cells} answers.**

| column | who |
|---|---|
{people}

| answer | means |
|---|---|
{answers}

One block for each address and method; one line for each answer, with the states it holds in (`*`: the address
shows no row with a state). The columns are always

```
  {columns}
```

Whose row it is, is told by the column: `f r h a` are people of its own unit, `p` above it, `c` below it, `s`
of the unit that came after it, `o` of another. What is `+` on a list or a form means that the page opens;
whose rows are in it is tested beside the page. Every act is also tried with whole data in every state in the
`test_permissions.py` of each app.

```
{table}
```
"""
