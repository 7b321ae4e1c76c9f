"""The administration changes nothing here: what has a state, or sets days, is only looked at."""

import pytest

from tests.factories_registrations import (
    ObligationFactory,
    ReminderRuleFactory,
    a_filed_registration,
    a_submitted_report,
)


@pytest.fixture
def administrator(world, enter):
    return enter(world.administrator)


def test_what_has_a_state_is_read_only(world, administrator):
    registration = a_filed_registration(world.unit, world.filer)
    report = a_submitted_report(world.unit, world.filer)
    looked_at = {
        "campaign": world.period.campaign_id,
        "period": world.period.pk,
        "obligation": ObligationFactory(period=world.period, unit=world.unit).pk,
        "reminderrule": ReminderRuleFactory().pk,
        "registration": registration.pk,
        "registrationversion": registration.versions.get().pk,
        "report": report.pk,
        "evaluation": report.evaluations.get().pk,
    }
    for model, pk in looked_at.items():
        base = f"/quan-tri/registrations/{model}/"
        assert administrator.get(base).status_code == 200
        page = administrator.get(f"{base}{pk}/change/")
        assert (page.status_code, 'name="_save"' in page.content.decode()) == (200, False)
        for path in ("add/", f"{pk}/delete/"):
            assert administrator.get(base + path).status_code == 403
        assert administrator.post(f"{base}{pk}/change/", {"state": "confirmed"}).status_code == 403


def test_nobody_else_enters(world, enter):
    for person in (world.filer, world.standing, world.commendation_lead):
        assert enter(person).get("/quan-tri/registrations/period/").status_code in (302, 403)
