"""People and units for the tests. A trait is named as the situation it stands for."""

from datetime import date

import factory
from django.db.backends.postgresql.psycopg_any import DateRange

from units.enums import Function, Kind, Role
from units.models import Membership, Unit, UnitFunction, User

LONG_AGO = date(2020, 1, 1)
PASSWORD = "mat-khau-dai-cua-thu-nghiem"


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    class Params:
        district = factory.Trait(
            kind=Kind.DISTRICT,
            code=factory.Sequence(lambda n: f"{100 + n}"),
            name=factory.Sequence(lambda n: f"Huyện thứ {n}"),
        )
        commune = factory.Trait(
            kind=Kind.COMMUNE,
            code=factory.Sequence(lambda n: f"{10000 + n}"),
            name=factory.Sequence(lambda n: f"Xã thứ {n}"),
            parent=factory.SubFactory("tests.factories.UnitFactory", district=True),
        )
        enterprise = factory.Trait(
            kind=Kind.ENTERPRISE,
            code=factory.Sequence(lambda n: f"53{n:08d}"),
            name=factory.Sequence(lambda n: f"Công ty minh họa số {n}"),
            is_invented=True,
        )

    kind = Kind.DEPARTMENT
    code = factory.Sequence(lambda n: f"SO{n}")
    name = factory.Sequence(lambda n: f"Sở thứ {n}")
    valid_from = LONG_AGO


class UserFactory(factory.django.DjangoModelFactory):
    """A person without any membership."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        administrator = factory.Trait(is_staff=True, is_superuser=True)
        left = factory.Trait(is_active=False)

    username = factory.Sequence(lambda n: f"nguoi.{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@laocai.example")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Thử {n}")
    password = factory.django.Password(PASSWORD)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.FILER
    valid_from = LONG_AGO


class UnitFunctionFactory(factory.django.DjangoModelFactory):
    """The unit holds the function from `since`, to the day before `until` if given."""

    class Meta:
        model = UnitFunction

    class Params:
        since = LONG_AGO
        until = None

    unit = factory.SubFactory(UnitFactory)
    function = Function.STANDING_BODY
    validity = factory.LazyAttribute(lambda held: DateRange(held.since, held.until))
    basis = "Quyết định minh họa"


def member_of(unit, role=Role.FILER, **user) -> User:
    """A person who acts for `unit` in `role`."""
    return MembershipFactory(unit=unit, role=role, user=UserFactory(**user)).user


def holder_of(function, role=Role.REVIEWER, **user) -> User:
    """A person in `role` at the unit that holds `function` today; the unit is made if there is none."""
    unit = UnitFunction.holder(function) or UnitFunctionFactory(function=function).unit
    return member_of(unit, role, **user)
