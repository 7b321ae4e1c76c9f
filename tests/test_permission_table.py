"""Every address of the portal has its rows in the permission table, and no row says what none may say.

That the portal answers as the table says is proven by `tests/proofs/test_permission_matrix.py`.
"""

from pathlib import Path

from django.conf import settings

from tests.permissions import ANSWERS, LEFT_OUT, PEOPLE, TABLE, addresses, as_page, read

ROWS = read(TABLE.read_text())
DONE = "+=?w"


def answers(row) -> dict[str, str]:
    return dict(zip(PEOPLE, row.answers, strict=True))


def sends(letter: str, within: str = "+?w") -> set[str]:
    """The names of all addresses that take a form of this person, in whichever state."""
    return {row.name for row in ROWS if row.method == "POST" and answers(row)[letter] in within}


def test_every_address_has_its_rows():
    assert sorted({row.name for row in ROWS}) == sorted(address.name for address in addresses())


def test_only_the_administrators_desk_and_the_demo_s_gallery_are_left_out():
    assert list(LEFT_OUT) == ["/quan-tri/", "/_gallery/"]


def test_every_row_answers_everybody():
    wrong = [
        f"{row.name} {row.method} {row.states}: {row.answers}"
        for row in ROWS
        if len(row.answers) != len(PEOPLE) or not set(row.answers) <= set(ANSWERS) or not row.states
    ]
    assert wrong == []


def test_no_two_addresses_share_a_name():
    names = [address.name for address in addresses()]
    assert sorted(names) == sorted(set(names))


def test_the_page_is_printed_from_the_table():
    page = Path(settings.BASE_DIR, "docs", "permissions.md").read_text()
    assert page == as_page(TABLE.read_text()), "python -m tests.permissions prints it again"


#: what a visitor may send: to log in, to look something up, to ask, to comment on a posted list
PUBLIC = {
    "account_reset_password_from_key",
    "awards:posting",
    "criteria-evaluate",
    "reports:ask",
    "units:ask",
    "units:request_state",
}
#: what everyone may send about himself, and the print of a paper that he may read
ONES_OWN = {
    "account_email",
    "press:paper",
    "registrations:reminder_preferences",
    "reports:read_guide",
    "save_filter",
    "units:tokens",
}


def test_a_visitor_sends_only_what_the_public_may():
    assert sends("v") == PUBLIC


def test_a_support_session_changes_nothing():
    assert sends("t") == {"leave_support"}


def test_leaders_of_the_province_change_nothing_but_their_own_settings():
    assert sends("G") == PUBLIC | ONES_OWN


def test_an_inspector_of_another_unit_does_what_the_team_does_and_no_more():
    assert sends("i") - sends("o") == {
        "registrations:accept_finding",
        "registrations:add_finding",
        "registrations:edit_finding",
        "registrations:print_inspection",
        "registrations:print_minutes",
        "registrations:record_visit",
        "registrations:remove_finding",
        "registrations:reopen_finding",
    }


def test_the_administrator_of_the_portal_does_no_business():
    assert sends("A") - PUBLIC - ONES_OWN == {
        "enter_support",
        "registrations:edit_holiday",
        "registrations:new_holiday",
        "registrations:remove_holiday",
        "reports:apply_reorganisation",
        "reports:cancel_reorganisation",
        "reports:note_bounce",
        "reports:record_reorganisation",
        "reports:retry_mail",
        "units:appoint_head",
        "units:blocs",
        "units:edit_bloc",
        "units:import_people",
        "units:import_units",
        "units:leave_bloc",
        "units:people",
        "units:resend",
        "units:revoke",
        "units:revoke_token",
    }


def test_the_commendation_body_finds_no_proposal_before_it_is_forwarded():
    rows = [
        row for row in ROWS if row.name.startswith("awards:") and {"finalised", "signed"} & set(row.states)
    ]
    assert {answers(row)[letter] for row in rows for letter in "CD"} == {"."}
    assert len({row.name for row in rows}) > 8
