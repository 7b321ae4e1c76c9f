"""What may never be stored, whoever writes it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories import MembershipFactory, UnitFactory, UnitFunctionFactory, UserFactory
from units.enums import Function, Role
from units.models import Unit, UnitSuccession

pytestmark = pytest.mark.django_db


def refused_by(constraint, act):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        act()
    return refused.value.__cause__.diag.constraint_name == constraint


def test_a_code_is_given_once_from_a_day_and_again_from_another():
    UnitFactory(code="02647", valid_to=date(2025, 6, 30))
    UnitFactory(code="02647", valid_from=date(2025, 7, 1))
    assert Unit.objects.filter(code="02647").count() == 2
    assert refused_by("unit_code_is_unique_from_a_day", lambda: UnitFactory(code="02647"))


def test_a_unit_does_not_end_before_it_begins():
    UnitFactory(valid_from=date(2025, 7, 1), valid_to=date(2025, 7, 1))
    assert refused_by(
        "unit_ends_after_it_begins",
        lambda: UnitFactory(valid_from=date(2025, 7, 1), valid_to=date(2025, 6, 30)),
    )


def test_a_function_has_one_holder_at_a_time():
    UnitFunctionFactory(until=date(2025, 3, 1))
    UnitFunctionFactory(since=date(2025, 3, 1))
    UnitFunctionFactory(function=Function.COMMENDATION_BODY)
    for since, until in [
        (date(2019, 1, 1), date(2020, 1, 2)),
        (date(2025, 2, 28), date(2025, 3, 1)),
        (date(2030, 1, 1), None),
    ]:
        assert refused_by(
            "function_has_one_holder_at_a_time",
            lambda since=since, until=until: UnitFunctionFactory(since=since, until=until),
        )


def test_a_person_has_an_open_role_at_a_unit_once():
    membership = MembershipFactory()
    again = {"user": membership.user, "unit": membership.unit}
    MembershipFactory(**again, role=Role.LEAD)
    MembershipFactory(**again, valid_to=date(2021, 1, 1))
    assert refused_by("membership_is_open_once", lambda: MembershipFactory(**again))


def test_a_membership_does_not_end_before_it_begins():
    assert refused_by(
        "membership_ends_after_it_begins",
        lambda: MembershipFactory(valid_from=date(2025, 1, 2), valid_to=date(2025, 1, 1)),
    )


def test_a_succession_is_recorded_once_and_to_another_unit():
    old, new = UnitFactory(), UnitFactory()
    kin = {"effective_on": date(2025, 7, 1), "legal_basis": "Nghị quyết"}
    UnitSuccession.objects.create(predecessor=old, successor=new, **kin)
    assert refused_by(
        "succession_is_recorded_once",
        lambda: UnitSuccession.objects.create(predecessor=old, successor=new, **kin),
    )
    assert refused_by(
        "succession_is_to_another_unit",
        lambda: UnitSuccession.objects.create(predecessor=old, successor=old, **kin),
    )


def test_an_address_belongs_to_one_person():
    UserFactory(email="a@laocai.example")
    assert refused_by("units_user_email_key", lambda: UserFactory(email="a@laocai.example"))


def test_names_are_kept_composed_with_keys_to_search_and_sort_by():
    unit = UnitFactory(name="Xa\u0303 Xua\u0302n Hoa\u0300")
    assert (unit.name, unit.search_name) == ("Xã Xuân Hoà", "xa xuan hoa")
    assert list(Unit.objects.search("xuân hòa")) == [unit]
    longest = UnitFactory(name="đ" * 200)
    assert longest.sort_name == "d1" * 200 + " 0"
