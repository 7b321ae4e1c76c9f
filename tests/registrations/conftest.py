from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client

from registrations.enums import Audience
from tests.factories import UnitFactory, UserFactory, holder_of, member_of
from tests.factories_registrations import ON_TIME, ObligationFactory, PeriodFactory
from tests.registrations.reminding import rules
from units.enums import Function, Role


@pytest.fixture
def on_time(db):
    """An ordinary day within the time of registration; tests may travel on from it."""
    with time_machine.travel(ON_TIME, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(on_time):
    """A commune under its district, another department, both bodies, and the period of 2027."""
    commune = UnitFactory(commune=True, name="Xã Bản Phiệt")
    return SimpleNamespace(
        period=PeriodFactory(),
        unit=commune,
        filer=member_of(commune, full_name="Nguyễn Văn An"),
        colleague=member_of(commune, Role.REVIEWER),
        district=member_of(commune.parent),
        stranger=member_of(UnitFactory()),
        standing=holder_of(Function.STANDING_BODY),
        standing_lead=holder_of(Function.STANDING_BODY, Role.LEAD),
        commendation=holder_of(Function.COMMENDATION_BODY),
        commendation_lead=holder_of(Function.COMMENDATION_BODY, Role.LEAD),
        administrator=UserFactory(administrator=True),
    )


@pytest.fixture
def enter(db):
    """`enter(user)` gives a client of their own that has logged in as the user."""

    def as_user(user):
        client = Client()
        client.force_login(user)
        return client

    return as_user


@pytest.fixture
def owed(world):
    rules((7, Audience.FILERS))
    return ObligationFactory(period=world.period, unit=world.unit)
