"""The permission matrix, whole, through HTTP: what is found is what the table says."""

import io
import logging
import time
from collections import deque

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction

from tests.permissions import FOUND, LETTER_OF_STATUS, PEOPLE, TABLE, addresses, cells_of, read, write
from tests.permissions.world import Crowd, cases
from tests.reports.test_demo import NOW


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """The demo's world and everybody in it, loaded once."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr("django.conf.settings.DEMO_MODE", True)
        # Each refusal is a warning that pytest would keep with its request: a gigabyte of them.
        patch.setattr(logging.root.manager, "disable", logging.CRITICAL)
        call_command("load_demo", stdout=io.StringIO())
        yield Crowd()
        transaction.set_rollback(True)


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.parametrize(
    "part", ["awards", "registrations", "units", "criteria", "reports", "press", "API and accounts"]
)
def test_every_address_answers_everybody_as_the_table_says(crowd, capsys, part):
    asked = [address for address in addresses() if _part(address.name) == part]
    began, found, broken = time.perf_counter(), {}, []
    try:
        for address in asked:
            for method in _methods(crowd, address):
                for state, path, unit, version in cases(address):
                    found[address.name, method, state] = _ask_all(crowd, method, path, unit, version, broken)
    finally:
        FOUND.mkdir(parents=True, exist_ok=True)
        (FOUND / f"{part}.txt").write_text(write(found))
    count = sum(len(answers.replace("-", "")) for answers in found.values())
    with capsys.disabled():
        print(f"\n{part}: {len(asked)} addresses, {count} cells in {time.perf_counter() - began:.0f} s")
    assert broken == []
    told = {
        key: answers for key, answers in cells_of(read(TABLE.read_text())).items() if _part(key[0]) == part
    }
    assert _lines(found) == _lines(told), f"What was found lies in {FOUND}"


def _part(name: str) -> str:
    space = name.partition(":")[0] if ":" in name else ""
    return space or "API and accounts"


def _lines(cells) -> list[str]:
    return sorted(" ".join((*key, answers)) for key, answers in cells.items())


def _methods(crowd, address) -> list[str]:
    """What the address takes: a view that is open to any method takes both."""
    path = cases(address)[0][1]
    crowd.gather_round(None)
    with transaction.atomic():
        answer = crowd.clients["A"].generic("PATCH", path)
        transaction.set_rollback(True)
    allowed = answer.get("Allow", "GET, POST") if answer.status_code == 405 else "GET, POST"
    return [method for method in ("GET", "POST") if method in allowed.split(", ")]


def _ask_all(crowd, method, path, unit, version, broken) -> str:
    with transaction.atomic():
        there = crowd.gather_round(unit)
        answers = {
            letter: _ask(crowd, letter, method, path, version, broken) for letter in there if letter != "s"
        }
        if "s" in there:
            crowd.merge(unit)
            answers["s"] = _ask(crowd, "s", method, path, version, broken)
        transaction.set_rollback(True)
    return "".join(answers.get(letter, "-") for letter in PEOPLE)


def _ask(crowd, letter, method, path, version, broken) -> str:
    cache.clear()
    with transaction.atomic():
        try:
            answer = crowd.ask(letter, method, path, version)
        except Exception as error:
            broken.append(f"{letter} {method} {path}: {type(error).__name__}: {error}"[:300])
            transaction.set_rollback(True)
            return "!"
        if answer.streaming:
            deque(answer.streaming_content, maxlen=0)
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer.url.startswith("/tai-khoan/dang-nhap/"):
        return "l"
    if answer.status_code not in LETTER_OF_STATUS:
        broken.append(f"{letter} {method} {path}: {answer.status_code}")
        return "!"
    return LETTER_OF_STATUS[answer.status_code]
