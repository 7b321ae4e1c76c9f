from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.factories import (
    MembershipFactory,
    UnitFactory,
    UnitFunctionFactory,
    UserFactory,
    holder_of,
    member_of,
)
from units.enums import Function, Role
from units.lineage import memberships_of, people_at, people_with
from units.models import ConflictPeriod, Reorganisation, UnitFunction, UnitSuccession, User

pytestmark = pytest.mark.django_db


def today(user) -> User:
    """The user as the next request loads him: authority is read once per request."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def merger():
    """A commune becomes part of another from 01/07/2025 by an act not yet applied here."""
    act = Reorganisation.objects.create(
        code="NQ", title="Sắp xếp", legal_basis="Nghị quyết", effective_on=date(2025, 7, 1)
    )
    old = UnitFactory(commune=True, valid_to=date(2025, 6, 30), ended_by=act)
    new = UnitFactory(commune=True, parent=None, valid_from=date(2025, 7, 1), begun_by=act)
    UnitSuccession.objects.create(
        predecessor=old, successor=new, effective_on=act.effective_on, legal_basis=act.legal_basis
    )
    return act, old, new


def apply(act):
    act.applied_at = datetime(2025, 7, 1, tzinfo=UTC)
    act.save()


def test_a_filer_files_for_the_own_unit_and_no_other():
    unit, other = UnitFactory(), UnitFactory()
    authority = member_of(unit).authority
    assert (authority.files_for(unit.pk), authority.files_for(other.pk)) == (True, False)
    assert (authority.reads(unit.pk), authority.reads(other.pk)) == (True, False)
    assert (authority.is_standing_body, authority.is_commendation_body) == (False, False)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.LEAD, Role.ADMINISTRATOR])
def test_only_filers_file(role):
    unit = UnitFactory()
    authority = member_of(unit, role).authority
    assert (authority.files_for(unit.pk), authority.reads(unit.pk)) == (False, True)


def test_a_parent_reads_its_children_and_files_for_none():
    commune, stranger = UnitFactory(commune=True), UnitFactory(commune=True)
    authority = member_of(commune.parent).authority
    assert (authority.reads(commune.pk), authority.files_for(commune.pk)) == (True, False)
    assert (authority.reads(stranger.pk), authority.reads(stranger.parent.pk)) == (False, False)


def test_a_child_does_not_read_its_parent():
    commune = UnitFactory(commune=True)
    assert member_of(commune).authority.reads(commune.parent.pk) is False


def test_authority_comes_from_all_memberships():
    first, second = UnitFactory(), UnitFactory()
    user = member_of(first)
    MembershipFactory(user=user, unit=second, role=Role.REVIEWER)
    authority = user.authority
    assert (authority.reads(first.pk), authority.reads(second.pk)) == (True, True)
    assert (authority.files_for(first.pk), authority.files_for(second.pk)) == (True, False)


@pytest.mark.parametrize(
    ("now", "is_member"),
    [
        ("2024-12-31T23:59:59+07:00", False),
        ("2025-01-01T00:00:00+07:00", True),
        ("2025-03-31T23:59:59+07:00", True),
        ("2025-04-01T00:00:00+07:00", False),
    ],
)
def test_a_membership_holds_from_its_first_to_its_last_day_in_vietnam(now, is_member):
    membership = MembershipFactory(valid_from=date(2025, 1, 1), valid_to=date(2025, 3, 31))
    with time_machine.travel(now, tick=False):
        authority = membership.user.authority
    assert (authority.files_for(membership.unit_id), authority.reads(membership.unit_id)) == (
        is_member,
        is_member,
    )


@pytest.mark.parametrize(
    ("role", "is_body", "leads"),
    [(Role.FILER, False, False), (Role.REVIEWER, True, False), (Role.LEAD, True, True)],
)
@pytest.mark.parametrize("function", Function)
def test_the_function_gives_its_rights_to_reviewers_and_leads(function, role, is_body, leads):
    authority = holder_of(function, role).authority
    here = tuple(function == one for one in Function)
    rights = (authority.is_standing_body, authority.is_commendation_body, authority.is_leadership)
    assert rights == tuple(is_body and held for held in here)
    roles = (authority.standing_roles, authority.commendation_roles, authority.leadership_roles)
    assert tuple(Role.LEAD in held for held in roles) == tuple(leads and held for held in here)


def test_a_lead_of_a_unit_without_a_function_is_no_body():
    holder_of(Function.STANDING_BODY)
    authority = member_of(UnitFactory(), Role.LEAD).authority
    assert (authority.is_standing_body, authority.is_commendation_body) == (False, False)


@pytest.mark.parametrize(
    ("now", "holders"),
    [("2025-02-28T23:59:59+07:00", (True, False)), ("2025-03-01T00:00:00+07:00", (False, True))],
)
def test_a_function_passes_to_another_unit_on_a_day(now, holders):
    passes_on = date(2025, 3, 1)
    before = UnitFunctionFactory(until=passes_on).unit
    after = UnitFunctionFactory(since=passes_on).unit
    old, new = member_of(before, Role.LEAD), member_of(after, Role.LEAD)
    with time_machine.travel(now, tick=False):
        assert (old.authority.is_standing_body, new.authority.is_standing_body) == holders
        assert UnitFunction.holder(Function.STANDING_BODY) == (before if holders[0] else after)


def test_predecessors_are_the_own_units_once_the_act_is_applied(merger):
    act, old, new = merger
    user = member_of(new)
    assert (user.authority.reads(old.pk), user.authority.files_for(old.pk)) == (False, False)
    apply(act)
    user = today(user)
    assert (user.authority.reads(old.pk), user.authority.files_for(old.pk)) == (True, True)


def test_a_reviewer_of_the_successor_reads_but_does_not_file_for_predecessors(merger):
    act, old, new = merger
    apply(act)
    authority = member_of(new, Role.REVIEWER).authority
    assert (authority.reads(old.pk), authority.files_for(old.pk)) == (True, False)


def test_the_successor_reads_the_children_of_its_predecessors(merger):
    act, old, new = merger
    child = UnitFactory(enterprise=True, parent=old)
    user = member_of(new)
    assert user.authority.reads(child.pk) is False
    apply(act)
    authority = today(user).authority
    assert (authority.reads(child.pk), authority.files_for(child.pk)) == (True, False)


def test_the_people_of_a_merged_unit_act_for_its_successor_at_once(merger):
    act, old, new = merger
    user = member_of(old)
    assert (user.authority.files_for(new.pk), user.authority.files_for(old.pk)) == (False, True)
    apply(act)
    authority = today(user).authority
    assert (authority.files_for(new.pk), authority.files_for(old.pk)) == (True, True)
    assert [(m.unit, m.role, m.pk) for m in memberships_of(today(user))] == [(new, Role.FILER, None)]


def test_the_people_of_a_split_unit_read_on_and_file_for_neither_half(merger):
    act, old, new = merger
    half = UnitFactory(commune=True, valid_from=date(2025, 7, 1), begun_by=act)
    UnitSuccession.objects.create(
        predecessor=old, successor=half, effective_on=act.effective_on, legal_basis="Nghị quyết"
    )
    UnitSuccession.objects.update(members_follow=False)
    user = member_of(old)
    apply(act)
    authority = today(user).authority
    assert [authority.files_for(u.pk) for u in (old, new, half)] == [False, False, False]
    assert [authority.reads(u.pk) for u in (old, new, half)] == [True, False, False]


def test_a_unit_that_ended_without_successor_is_read_and_not_filed_for(merger):
    act, old, _ = merger
    district = old.parent
    district.valid_to, district.ended_by = date(2025, 6, 30), act
    district.save()
    user = member_of(district)
    assert user.authority.files_for(district.pk) is True
    apply(act)
    authority = today(user).authority
    assert (authority.files_for(district.pk), authority.reads(district.pk), authority.reads(old.pk)) == (
        False,
        True,
        True,
    )


def test_the_head_follows_a_unit_renamed_and_not_one_merged(merger):
    act, old, new = merger
    head = member_of(old, Role.HEAD)
    apply(act)
    assert [m.unit for m in memberships_of(today(head))] == [new]
    UnitSuccession.objects.create(
        predecessor=UnitFactory(commune=True, valid_to=date(2025, 6, 30), ended_by=act),
        successor=new,
        effective_on=act.effective_on,
        legal_basis="Nghị quyết",
    )
    assert [m.unit for m in memberships_of(today(head))] == [old]


@pytest.mark.parametrize("function", Function)
def test_a_function_is_exercised_by_who_came_with_it_and_not_by_who_was_merged_in(function):
    act = Reorganisation.objects.create(
        code="SX",
        title="Sắp xếp",
        legal_basis="Nghị quyết",
        effective_on=date(2025, 3, 1),
        applied_at=datetime(2025, 3, 1, tzinfo=UTC),
    )
    gone = {"valid_to": date(2025, 2, 28), "ended_by": act}
    former, other, holder = UnitFactory(**gone), UnitFactory(**gone), UnitFactory()
    UnitFunctionFactory(unit=former, function=function, until=act.effective_on)
    UnitFunctionFactory(unit=holder, function=function, since=act.effective_on)
    for old in (former, other):
        UnitSuccession.objects.create(
            predecessor=old, successor=holder, effective_on=act.effective_on, legal_basis="Nghị quyết"
        )
    came, merged, own = (member_of(unit, Role.LEAD) for unit in (former, other, holder))
    exercised = {
        Function.STANDING_BODY: "standing_roles",
        Function.COMMENDATION_BODY: "commendation_roles",
        Function.LEADERSHIP: "leadership_roles",
    }[function]
    assert [getattr(user.authority, exercised) for user in (came, merged, own)] == [
        {Role.LEAD},
        set(),
        {Role.LEAD},
    ]
    assert people_with(function, Role.LEAD) == {came.pk, own.pk}


def test_mail_about_a_predecessor_goes_to_its_people_and_its_successor_s(merger):
    act, old, new = merger
    mine, theirs, stranger = member_of(old), member_of(new), member_of(UnitFactory())
    assert people_at(old, Role.FILER) == {mine.pk}
    apply(act)
    assert people_at(old, Role.FILER) == people_at(new, Role.FILER) == {mine.pk, theirs.pk}
    assert stranger.pk not in people_at(new, Role.FILER)


def test_predecessors_of_predecessors_are_own_units_too(merger):
    act, old, new = merger
    apply(act)
    oldest = UnitFactory(commune=True, valid_to=date(2024, 10, 31))
    UnitSuccession.objects.create(
        predecessor=oldest, successor=old, effective_on=date(2024, 11, 1), legal_basis="Nghị quyết"
    )
    assert member_of(new).authority.own == {oldest.pk, old.pk, new.pk}


def test_units_of_conflict_are_own_and_late_units_with_their_kin(merger):
    act, old, new = merger
    apply(act)
    left_long_ago, left_lately, stranger = UnitFactory(), UnitFactory(), UnitFactory()
    user = member_of(old)
    MembershipFactory(user=user, unit=left_long_ago, valid_to=date(2025, 6, 30))
    MembershipFactory(user=user, unit=left_lately, valid_to=date(2025, 7, 1))
    with time_machine.travel("2026-07-15T08:00:00+07:00", tick=False):
        assert user.conflicted_units == {old.pk, old.parent.pk, new.pk, left_lately.pk}
    assert stranger.pk not in user.conflicted_units


def test_a_superuser_has_no_shortcut_past_the_rules():
    administrator = UserFactory(administrator=True)
    permissions = [
        "units.view_unit",
        "units.delete_unit",
        "core.change_event",
        "registrations.confirm_registration",
    ]
    assert [administrator.has_perm(permission) for permission in permissions] == [True, False, False, False]


def test_nobody_who_left_may_anything():
    assert UserFactory(administrator=True, left=True).has_perm("units.view_unit") is False


def test_authority_is_read_in_four_questions_however_many_units(django_assert_num_queries, merger):
    act, _, new = merger
    apply(act)
    user = member_of(new)
    for _ in range(5):
        MembershipFactory(user=user)
    with django_assert_num_queries(4):
        user.authority  # noqa: B018 - the reading is what is counted


def test_the_months_of_conflict_are_a_dated_row():
    user = UserFactory()
    left = MembershipFactory(user=user, valid_to=date(2026, 2, 28)).unit
    with time_machine.travel("2026-11-15T08:00:00+07:00", tick=False):
        assert User.objects.get(pk=user.pk).conflicted_units == {left.pk}
        ConflictPeriod.objects.update(months=6)
        assert User.objects.get(pk=user.pk).conflicted_units == set()
        # Without a rule in force every past membership bars.
        ConflictPeriod.objects.all().delete()
        assert User.objects.get(pk=user.pk).conflicted_units == {left.pk}
