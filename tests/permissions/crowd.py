"""Everybody who asks, and where each of them stands to the unit of the row.

For each row the people are placed anew: memberships are moved to its unit, to the one above it and to one
below it, so that the same accounts are its own people, its kin or strangers.
"""

import uuid
from datetime import timedelta

from django.test import Client

from core import clock
from registrations.enums import TeamRole
from registrations.models import Inspection, InspectionMember, Period
from tests.factories import MembershipFactory, UnitFactory, UserFactory, holder_of
from tests.permissions import PEOPLE
from units.enums import Function, Kind, Role
from units.middleware import SUPPORT_KEY
from units.models import Membership, Reorganisation, Unit, UnitSuccession


class Crowd:
    """Everybody in `PEOPLE`, each with a client of their own."""

    def __init__(self):
        self.elsewhere = UnitFactory(name="Sở ở nơi khác")
        self.above = UnitFactory(name="Đơn vị cấp trên")
        self.section = UnitFactory(kind=Kind.SECTION, parent=self.elsewhere, name="Đơn vị trực thuộc")
        self.successor = UnitFactory(name="Đơn vị kế thừa")
        self.act = Reorganisation.objects.create(
            code="SX",
            title="Sáp nhập",
            legal_basis="Nghị quyết",
            effective_on=clock.today(),
            applied_at=clock.now(),
        )
        at = {
            "f": (self.elsewhere, Role.FILER),
            "r": (self.elsewhere, Role.REVIEWER),
            "h": (self.elsewhere, Role.HEAD),
            "a": (self.elsewhere, Role.ADMINISTRATOR),
            "p": (self.elsewhere, Role.FILER),
            "c": (self.section, Role.FILER),
            "s": (self.successor, Role.FILER),
            "o": (UnitFactory(name="Sở khác"), Role.FILER),
            "i": (UnitFactory(name="Sở có người trong đoàn kiểm tra"), Role.FILER),
        }
        self.users, self.memberships = {}, {}
        for letter, (unit, role) in at.items():
            self.memberships[letter] = MembershipFactory(
                unit=unit, role=role, user=UserFactory(username=f"m.{letter}")
            )
            self.users[letter] = self.memberships[letter].user
        self.users |= {
            "S": holder_of(Function.STANDING_BODY, username="m.S"),
            "L": holder_of(Function.STANDING_BODY, Role.LEAD, username="m.L"),
            "K": holder_of(Function.STANDING_BODY, Role.LEAD, username="m.K"),
            "C": holder_of(Function.COMMENDATION_BODY, username="m.C"),
            "D": holder_of(Function.COMMENDATION_BODY, Role.LEAD, username="m.D"),
            "G": holder_of(Function.LEADERSHIP, Role.LEAD, username="m.G"),
            "A": UserFactory(username="m.A", administrator=True),
        }
        self.memberships["K"] = MembershipFactory(
            user=self.users["K"], unit=self.elsewhere, valid_to=clock.today() - timedelta(days=40)
        )
        for inspection in Inspection.objects.all():
            InspectionMember.objects.create(
                inspection=inspection,
                user=self.users["i"],
                name="Người của đoàn",
                unit=self.memberships["i"].unit,
                role=TeamRole.MEMBER,
            )
        self.clients = {"v": Client()}
        for letter, user in (self.users | {"t": self.users["f"]}).items():
            self.clients[letter] = Client()
            self.clients[letter].force_login(user)
        session = self.clients["t"].session
        session[SUPPORT_KEY] = str(self.users["A"].uid)
        session.save()
        self.cookies = {letter: dict(client.cookies) for letter, client in self.clients.items()}
        self.period = Period.objects.get(year=2027)

    def gather_round(self, unit_id: int | None) -> str:
        """Make them the people of that unit and of its kin; returns who of them there is."""
        unit = Unit.objects.get(pk=unit_id or self.elsewhere.pk)
        if unit_id and unit.parent is None:
            Unit.objects.filter(pk=unit_id).update(parent=self.above)
        places = dict.fromkeys("frhaK", unit) | {"p": unit.parent or self.above}
        for letter, place in places.items():
            Membership.objects.filter(pk=self.memberships[letter].pk).update(unit=place)
        Unit.objects.filter(pk=self.section.pk).update(parent=unit)
        missing = () if unit_id else ("p", "s")
        return "".join(letter for letter in PEOPLE if letter not in missing)

    def merge(self, unit_id: int) -> None:
        """The unit became part of another, and its rows are that one's to read."""
        day = clock.today()
        Unit.objects.filter(pk=unit_id).update(valid_to=day - timedelta(days=1), ended_by=self.act)
        UnitSuccession.objects.create(
            predecessor_id=unit_id, successor=self.successor, effective_on=day, legal_basis="Nghị quyết"
        )

    def ask(self, letter: str, method: str, path: str, version: int | None):
        client = self.clients[letter]
        client.cookies.clear()
        client.cookies.update(self.cookies[letter])
        if method == "GET":
            return client.get(path)
        if path.startswith("/api/"):
            return client.post(path, {}, content_type="application/json")
        return client.post(path, self._posted(version))

    def _posted(self, version):
        """What a form would send at least; each reads what it needs."""
        return {
            "version": version if version is not None else 1,
            "request_key": uuid.uuid4(),
            "comment": "Lý do đầy đủ.",
            "reason": "Lý do đầy đủ.",
            "text": "Nội dung.",
            "confirm": "on",
            "unit": self.elsewhere.uid,
            "period": self.period.uid,
            "manual": "nguoi-lap-ho-so",
        }
