"""The admin: the regime is the administrator's to correct, whatever has a state is looked at only."""

import re

import pytest

from tests.factories_awards import a_published_decision, an_appraised_dossier

WITH_STATE = ["dossier", "nominee", "proposal", "decision", "award", "publicrecord"]
REGIME = [
    "awardform",
    "ruleset",
    "basesalary",
    "prizecoefficient",
    "prizerule",
    "fund",
    "timelimit",
    "revocationground",
    "certificatelayout",
]
REGIME += ["postingrule", "positionrank", "consultationrule"]


@pytest.mark.parametrize("model", WITH_STATE)
def test_what_has_a_state_is_read_only(model, world, enter):
    a_published_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    client = enter(world.administrator)
    base = f"/quan-tri/awards/{model}/"
    rows = client.get(base)
    row = rows.context["cl"].result_list[0]
    assert rows.status_code == 200
    page = client.get(f"{base}{row.pk}/change/").context
    assert (page["has_change_permission"], page["has_absolute_url"]) == (False, False)
    answers = [
        client.get(f"{base}add/"),
        client.post(f"{base}{row.pk}/delete/"),
        client.post(f"{base}{row.pk}/change/"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 3


@pytest.mark.parametrize("model", REGIME)
def test_the_regime_is_open_to_the_administrator_and_never_deleted(model, world, enter):
    client = enter(world.administrator)
    base = f"/quan-tri/awards/{model}/"
    row = client.get(base).context["cl"].result_list[0]
    page = client.get(f"{base}{row.pk}/change/")
    assert (page.status_code, page.context["has_change_permission"]) == (200, True)
    assert client.post(f"{base}{row.pk}/delete/").status_code == 403


def test_identity_numbers_are_not_in_the_admin(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    nominee = dossier.nominees.first()
    page = enter(world.administrator).get(f"/quan-tri/awards/nominee/{nominee.pk}/change/").content.decode()
    assert "identity" not in page


def test_the_days_of_a_rule_are_days(world, enter):
    page = enter(world.administrator).get("/quan-tri/awards/basesalary/").content.decode()
    assert re.findall(r'field-holds_(?:from|to)(?: nowrap)?">([^<]+)<', page)[:4] == [
        "01/07/2026",
        "-",
        "01/07/2024",
        "30/06/2026",
    ]
