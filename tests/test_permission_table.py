"""Every address of the portal has its rows in the permission table, in letters that mean something.

What the table says is proven by `tests/proofs/test_permission_matrix.py`.
"""

from pathlib import Path

from django.conf import settings

from tests.permissions import ANSWERS, PEOPLE, TABLE, addresses, as_page, read


def test_every_address_has_a_row_and_every_row_an_address():
    named = {row.name for row in read(TABLE.read_text())}
    assert named == {address.name for address in addresses()}


def test_every_row_answers_everybody():
    wrong = [
        f"{row.name} {row.method} {row.states}: {row.answers}"
        for row in read(TABLE.read_text())
        if len(row.answers) != len(PEOPLE) or not set(row.answers) <= set(ANSWERS) or not row.states
    ]
    assert wrong == []


def test_no_two_addresses_share_a_name():
    names = [address.name for address in addresses()]
    assert sorted(names) == sorted(set(names))


def test_the_page_is_printed_from_the_table():
    page = Path(settings.BASE_DIR, "docs", "permissions.md").read_text()
    assert page == as_page(TABLE.read_text()), "python -m tests.permissions prints it again"
