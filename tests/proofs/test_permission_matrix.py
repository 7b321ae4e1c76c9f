"""The permission matrix, whole, through HTTP: what is found is what the table says."""

import time
from collections import deque

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from tests.permissions import (
    FOUND,
    LETTER_OF_STATUS,
    PEOPLE,
    TABLE,
    addresses,
    cells_of,
    read,
    write,
)
from tests.permissions.world import cases

#: the addresses are shared out, so that two cores work at them
SHARES = 8


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.parametrize("share", range(SHARES))
def test_every_address_answers_everybody_as_the_table_says(crowd, capsys, share):
    asked = addresses()[share::SHARES]
    began, broken = time.perf_counter(), []
    found = ask(crowd, asked, broken)
    count = sum(len(answers.replace("-", "")) for answers in found.values())
    with capsys.disabled():
        seconds = time.perf_counter() - began
        print(f"\nshare {share + 1} of {SHARES}: {len(asked)} addresses, {count} cells, {seconds:.0f} s")
    FOUND.mkdir(parents=True, exist_ok=True)
    (FOUND / f"{share}.txt").write_text(write(found))
    assert broken == []
    names = {address.name for address in asked}
    told = {key: answers for key, answers in cells_of(read(TABLE.read_text())).items() if key[0] in names}
    assert _lines(found) == _lines(told), f"What was found lies in {FOUND}"


def ask(crowd, asked, broken) -> dict[tuple[str, str, str], str]:
    return {
        (address.name, method, case.state): _ask_all(crowd, method, case, broken)
        for address in asked
        for method in _methods(crowd, address)
        for case in cases(address)
    }


def _lines(cells) -> list[str]:
    return sorted(" ".join((*key, answers)) for key, answers in cells.items())


def _methods(crowd, address) -> list[str]:
    """What the address takes: a view that is open to any method takes both."""
    path = cases(address)[0].path
    crowd.gather_round(None)
    with transaction.atomic():
        answer = crowd.clients["A"].generic("PATCH", path)
        transaction.set_rollback(True)
    allowed = answer.get("Allow", "GET, POST") if answer.status_code == 405 else "GET, POST"
    return [method for method in ("GET", "POST") if method in allowed.split(", ")]


def _ask_all(crowd, method, case, broken) -> str:
    with transaction.atomic():
        there = crowd.gather_round(case.unit)
        case.prepare()
        answers = {letter: _ask(crowd, letter, method, case, broken) for letter in there if letter != "s"}
        if "s" in there:
            crowd.merge(case.unit)
            answers["s"] = _ask(crowd, "s", method, case, broken)
        transaction.set_rollback(True)
    return "".join(answers.get(letter, "-") for letter in PEOPLE)


def _ask(crowd, letter, method, case, broken) -> str:
    cache.clear()
    who = f"{letter} {method} {case.path}"
    written = Written()
    with transaction.atomic():
        try:
            with connection.execute_wrapper(written):
                answer = crowd.ask(letter, method, case.path, case.version)
        except Exception as error:
            broken.append(f"{who}: {type(error).__name__}: {error}"[:300])
            transaction.set_rollback(True)
            return "!"
        if answer.streaming:
            deque(answer.streaming_content, maxlen=0)
        transaction.set_rollback(True)
    is_login = answer.status_code == 302 and answer.url.startswith("/tai-khoan/dang-nhap/")
    found = "l" if is_login else LETTER_OF_STATUS.get(answer.status_code, "!")
    if found == "!":
        broken.append(f"{who}: {answer.status_code}")
    if found in REFUSED and written.tables:
        broken.append(f"{who}: {found}, but wrote {sorted(written.tables)}")
    return "=" if found == "+" and method == "POST" and not written.tables else found


#: these answers leave nothing written; of a form sent back, what was right in it may be kept
REFUSED = "lx./uw"


class Written:
    """Which tables a request has written for good: its own session and the log of who looked apart."""

    APART = ("django_session", "core_accesslog", "usersessions_usersession")

    def __init__(self):
        self._within = [("", set())]

    @property
    def tables(self) -> set[str]:
        return set().union(*(tables for _, tables in self._within))

    def __call__(self, execute, sql, params, many, context):
        match str(sql).split(None, 3):
            case ["SAVEPOINT", name]:
                self._within.append((name, set()))
            case ["RELEASE", "SAVEPOINT", _]:
                _, tables = self._within.pop()
                self._within[-1][1].update(tables)
            case ["ROLLBACK", "TO", "SAVEPOINT", name]:
                while self._within[-1][0] != name:
                    self._within.pop()
                self._within[-1][1].clear()
            case ["UPDATE", table, *_] | ["INSERT" | "DELETE", _, table, *_]:
                if table.strip('"') not in self.APART:
                    self._within[-1][1].add(table.strip('"'))
        return execute(sql, params, many, context)
