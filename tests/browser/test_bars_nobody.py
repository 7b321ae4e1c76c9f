"""The main pages in a real browser: axe finds nothing, and nothing is wider than a desk or a phone.
The whole story, dark and on a phone too, is `test_axe.py` of `make prove`."""

from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.loading import load_regime
from awards.models import Award
from tests.browser.test_axe import DESK, OVERFLOW, PHONE, UNFOLD, fail_to_log_in, resize, violations
from tests.factories import UnitFactory, holder_of, member_of
from tests.factories_awards import (
    a_full_draft,
    a_published_decision,
    a_submitted_dossier,
    an_appraised_dossier,
    an_individual,
)
from tests.factories_registrations import ON_TIME, PeriodFactory, a_draft, a_submitted_report
from tests.filers import files_in
from units.enums import Function, Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings, tmp_path):
    settings.CLOCK_SHIFT_SECONDS = round((ON_TIME - timezone.now()).total_seconds())
    files_in(settings, tmp_path)
    load_regime()
    commune = UnitFactory(commune=True, name="Xã Bản Phiệt")
    return SimpleNamespace(
        unit=commune,
        filer=member_of(commune),
        standing=holder_of(Function.STANDING_BODY),
        standing_lead=holder_of(Function.STANDING_BODY, Role.LEAD),
        commendation=holder_of(Function.COMMENDATION_BODY),
        commendation_lead=holder_of(Function.COMMENDATION_BODY, Role.LEAD),
    )


def pages(world):
    """Of each person, the addresses of what he has most to do with."""
    decision = a_published_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    registration = a_draft(world.unit, world.filer, PeriodFactory())
    report = a_submitted_report(world.unit, world.filer)
    draft = a_full_draft(world.unit, world.filer, [an_individual(world.unit, "Lò Thị Soạn")])
    dossier = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit, "Vàng A Xét")])
    nominee = dossier.nominees.get()
    return {
        None: [
            "/",
            "/ket-qua/",
            reverse("reports:result", args=[Award.objects.first().reference]),
            "/tro-giup/nguoi-dan/",
            "/tro-giup/lien-he/",
        ],
        world.filer: [
            "/ban-lam-viec/",
            reverse("registrations:edit", args=[registration.uid]),
            reverse("registrations:file", args=[registration.uid]),
            report.get_absolute_url(),
            reverse("awards:edit", args=[draft.uid]),
            dossier.get_absolute_url(),
        ],
        world.standing: [
            reverse("registrations:verify_desk", args=[report.uid]),
            reverse("awards:appraise_nominees", args=[dossier.uid]),
            reverse("awards:nominee", args=[dossier.uid, nominee.uid]),
        ],
        world.commendation: ["/ban-xet-duyet/", decision.get_absolute_url()],
    }


def enter(someone, user):
    """As after the login page, without waiting for it."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    someone.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": someone.base}])


def test_no_main_page_bars_anyone(world, person):
    found = []
    for user, addresses in pages(world).items():
        someone = person()
        if user:
            enter(someone, user)
        for address in addresses:
            resize(someone.page, DESK)
            assert someone.go(address).status == 200
            someone.page.evaluate(UNFOLD)
            found += [(address, *violation) for violation in violations(someone.page)]
            for width in (DESK, PHONE):
                resize(someone.page, width)
                found += [(address, "overflow", width)] if someone.page.evaluate(OVERFLOW) else []
    visitor = person()
    visitor.go("/tai-khoan/dang-nhap/")
    fail_to_log_in(visitor.page)
    found += [("login", *violation) for violation in violations(visitor.page)]

    assert found == []
