"""People of a unit: invited, given roles, ended; never the last administrator."""

from datetime import date, timedelta
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test import Client

from core.models import Event, OutboxMail
from core.transitions import Refused
from tests.factories import MembershipFactory, UnitFactory, UserFactory, holder_of, member_of
from units import people
from units.enums import Function, Role
from units.models import Invitation, Membership, User

NOW = "2026-11-24T09:00:00+07:00"
NEW = {
    "full_name": "Trần Thị Bình",
    "email": "Binh@LaoCai.example",
    "position": "Chuyên viên",
    "roles": ["filer"],
}


@pytest.fixture
def world(db):
    with time_machine.travel(NOW, tick=False) as traveller:
        unit = UnitFactory(name="Sở Y tế")
        yield SimpleNamespace(
            unit=unit,
            administrator=member_of(unit, Role.ADMINISTRATOR),
            filer=member_of(unit),
            stranger=member_of(UnitFactory(), Role.ADMINISTRATOR),
            standing=holder_of(Function.STANDING_BODY),
            province=UserFactory(administrator=True),
            traveller=traveller,
        )


def enter(user):
    client = Client()
    client.force_login(user)
    return client


def page(unit, rest=""):
    return f"/don-vi/{unit.uid}/nguoi/{rest}"


@pytest.mark.parametrize(
    ("reader", "read", "invite"),
    [
        ("administrator", 200, 302),
        ("filer", 200, 403),
        ("stranger", 403, 403),
        ("standing", 200, 403),
        ("province", 200, 302),
    ],
)
def test_who_reads_and_who_invites(world, reader, read, invite):
    client = enter(getattr(world, reader))
    assert (client.get(page(world.unit)).status_code, client.post(page(world.unit), NEW).status_code) == (
        read,
        invite,
    )
    assert Invitation.objects.count() == (invite == 302)


def test_the_invited_person_gets_his_roles_when_he_accepts(world):
    enter(world.administrator).post(page(world.unit), NEW)
    invitation = Invitation.objects.get()
    user = User.objects.get(email="binh@laocai.example")
    mail = OutboxMail.objects.get()
    assert (user.username, user.has_usable_password(), invitation.roles) == ("binh", False, ["filer"])
    assert f"{invitation.get_absolute_url()}\n" in mail.body
    assert "Tên đăng nhập: binh\n" in mail.body
    client = enter(user)
    assert user.memberships.count() == 0
    assert client.get(invitation.get_absolute_url()).status_code == 200
    assert client.post(f"{invitation.get_absolute_url()}nhan/").status_code == 302
    assert list(user.memberships.values_list("unit", "role", "valid_from", "valid_to")) == [
        (world.unit.pk, "filer", date(2026, 11, 24), None)
    ]
    assert client.post(f"{invitation.get_absolute_url()}nhan/").status_code == 409
    acts = Event.objects.filter(case_uid=world.unit.uid).values_list("act", "actor")
    assert list(acts) == [("invite", world.administrator.pk), ("accept", user.pk)]


def test_a_closed_account_is_not_invited(world):
    UserFactory(email="binh@laocai.example", is_active=False, full_name="Bị Khóa")
    answer = enter(world.administrator).post(page(world.unit), NEW)
    assert (answer.status_code, Invitation.objects.count(), OutboxMail.objects.count()) == (422, 0, 0)
    assert "Tài khoản của Bị Khóa đang bị khóa." in answer.content.decode()


@pytest.mark.parametrize(("days", "status", "held"), [(13, 302, 1), (14, 409, 0)])
def test_an_invitation_lasts_fourteen_days(world, days, status, held):
    invitation = people.invite(world.unit, **NEW, by=world.administrator)
    world.traveller.shift(timedelta(days=days))
    answer = enter(invitation.user).post(f"{invitation.get_absolute_url()}nhan/")
    assert (answer.status_code, invitation.user.memberships.count()) == (status, held)


def test_an_expired_invitation_sent_again_can_be_accepted(world):
    invitation = people.invite(world.unit, **NEW, by=world.administrator)
    world.traveller.shift(timedelta(days=20))
    enter(world.administrator).post(f"{invitation.get_absolute_url()}gui-lai/")
    assert OutboxMail.objects.filter(to="binh@laocai.example").count() == 2
    assert enter(invitation.user).post(f"{invitation.get_absolute_url()}nhan/").status_code == 302


def test_a_revoked_invitation_gives_nothing(world):
    invitation = people.invite(world.unit, **NEW, by=world.administrator)
    enter(world.administrator).post(f"{invitation.get_absolute_url()}thu-hoi/")
    answer = enter(invitation.user).post(f"{invitation.get_absolute_url()}nhan/")
    assert (answer.status_code, invitation.user.memberships.count()) == (409, 0)
    assert people.invite(world.unit, **NEW, by=world.administrator).user == invitation.user


@pytest.mark.parametrize(
    ("reader", "seen", "accepted", "revoked"),
    [("administrator", 302, 403, 302), ("filer", 404, 404, 404), ("stranger", 404, 404, 404)],
)
def test_an_invitation_is_of_the_invited_and_of_the_administrator(world, reader, seen, accepted, revoked):
    address = people.invite(world.unit, **NEW, by=world.administrator).get_absolute_url()
    client = enter(getattr(world, reader))
    assert client.get(address).status_code == seen
    assert client.post(f"{address}nhan/").status_code == accepted
    assert client.post(f"{address}thu-hoi/").status_code == revoked


def test_nobody_gives_himself_a_role(world):
    for give in (
        lambda: people.grant(world.unit, world.administrator, Role.FILER, by=world.administrator),
        lambda: people.invite(
            world.unit, **NEW | {"email": world.administrator.email}, by=world.administrator
        ),
    ):
        with pytest.raises(Refused, match="tự giao vai trò cho mình"):
            give()
    assert world.administrator.memberships.count() == 1


def test_desk_roles_are_given_only_where_a_function_is_held(world):
    desk = world.standing.memberships.get().unit
    assert [role.value for role in people.roles_at(world.unit)] == ["filer", "head", "administrator"]
    assert [role.value for role in people.roles_at(desk)] == [role.value for role in Role]
    answer = enter(world.administrator).post(page(world.unit), NEW | {"roles": ["lead"]})
    assert (answer.status_code, Invitation.objects.count()) == (422, 0)


def test_a_colleague_gets_one_more_role(world):
    address = page(world.unit, f"{world.filer.uid}/giao/")
    client = enter(world.administrator)
    assert client.post(address, {"role": "head"}).status_code == 302
    assert sorted(world.filer.memberships.values_list("role", flat=True)) == ["filer", "head"]
    assert client.post(address, {"role": "head"}).status_code == 422
    assert enter(world.filer).post(address, {"role": "administrator"}).status_code == 403
    assert client.post(page(world.unit, f"{world.stranger.uid}/giao/"), {"role": "head"}).status_code == 404


@pytest.mark.parametrize(
    ("last_day", "status", "kept"),
    [
        ("24/11/2026", 302, date(2026, 11, 24)),
        ("23/11/2026", 302, date(2026, 11, 23)),
        ("22/11/2026", 422, None),
        ("ngày mai", 422, None),
    ],
)
def test_a_role_ends_and_its_history_is_not_rewritten(world, last_day, status, kept):
    address = page(world.unit, f"{world.filer.uid}/ket-thuc/")
    answer = enter(world.administrator).post(address, {"role": "filer", "last_day": last_day})
    assert (answer.status_code, world.filer.memberships.get().valid_to) == (status, kept)


def test_the_last_administrator_stays(world):
    address = page(world.unit, f"{world.administrator.uid}/ket-thuc/")
    words = {"role": "administrator", "last_day": "24/11/2026"}
    for user in (world.administrator, world.province):
        answer = enter(user).post(address, words)
        assert answer.status_code == 422
        assert "quản trị viên cuối cùng" in answer.content.decode()
    MembershipFactory(unit=world.unit, role=Role.ADMINISTRATOR, user__is_active=False)
    MembershipFactory(unit=world.unit, role=Role.ADMINISTRATOR, valid_to=date(2026, 12, 31))
    assert enter(world.administrator).post(address, words).status_code == 422
    MembershipFactory(unit=world.unit, role=Role.ADMINISTRATOR)
    assert enter(world.administrator).post(address, words).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_at_once_leave_one():
    unit = UnitFactory()
    first, second = (member_of(unit, Role.ADMINISTRATOR) for _ in range(2))
    start, answers = Barrier(2), []
    last_day = date.today() - timedelta(days=1)

    def end(by, other):
        start.wait()
        try:
            people.end(
                Membership.objects.get(user=other), unit, last_day=last_day, by=User.objects.get(pk=by.pk)
            )
            answers.append("ended")
        except Refused:
            answers.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=end, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["ended", "refused"]
    assert Membership.objects.filter(unit=unit, valid_to=None).count() == 1
