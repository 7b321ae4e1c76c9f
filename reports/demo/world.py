"""Who is who in the demo: the real register, invented firms, functions and people."""

from dataclasses import dataclass
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange

from core.vietnamese import search_key, sort_key
from reports.demo.accounts import ACCOUNTS, PASSWORD
from reports.demo.papers import uid
from reports.demo.texts import MARK, TEXTS, person
from units.enums import Function, Kind, Role, Tier
from units.models import Membership, Unit, UnitFunction, User

BEGINNING = date(2022, 1, 1)
NUMBER_OF_FIRMS = 200
#: communes that report on their own although they need not
NUMBER_OF_COMMUNES = 40


@dataclass(frozen=True)
class World:
    """The units that act in the portal, and the people who act for them, by primary key of the unit."""

    units: dict[str, Unit]
    firms: list[Unit]
    communes: list[Unit]
    filers: dict[int, User]
    people: dict[str, User]

    @property
    def standing_body(self) -> Unit:
        return self.units["STTTT"]

    @property
    def commendation_body(self) -> Unit:
        return self.units["SNV"]

    def filer(self, unit: Unit) -> User:
        return self.filers[unit.pk]


def build(rng: Random, today: date) -> World:
    firms = _firms()
    _functions()
    real = Unit.objects.operating_on(today).filter(is_predecessor_stub=False, is_invented=False)
    # Bodies split since 2022 filed in their time.
    bygone = Unit.objects.filter(code="SVHTTDL", valid_to__lt=today)
    units = {unit.code: unit for unit in (*bygone, *real, *firms)}
    communes = _communes(rng, units)
    acting = [u for u in units.values() if u.kind not in (Kind.COMMUNE, Kind.SECTION)] + communes
    people = _people(units)
    filers = _filers(rng, acting, people)
    return World(units=units, firms=firms, communes=communes, filers=filers, people=people)


def _firms() -> list[Unit]:
    firms = []
    for number in range(NUMBER_OF_FIRMS):
        form = TEXTS["firms"][number % len(TEXTS["firms"])]
        name = f"{form['words']} {TEXTS['images'][number // len(TEXTS['firms'])]} {MARK}"
        firms.append(
            Unit(
                uid=uid("unit", number),
                code=f"MH{number + 1:04}",
                name=name,
                search_name=search_key(name),
                sort_name=sort_key(name),
                kind=form["kind"],
                valid_from=date(2020, 1, 1) if number % 10 else date(2023, 6, 1),
                has_admin_procedures=False,
                source="Dữ liệu minh họa",
                is_invented=True,
            )
        )
    firms[0].valid_from = date(2020, 1, 1)
    return Unit.objects.bulk_create(firms)


def _functions() -> None:
    for function, code in (
        (Function.STANDING_BODY, "STTTT"),
        (Function.COMMENDATION_BODY, "SNV"),
        (Function.LEADERSHIP, "VPUBND"),
    ):
        UnitFunction.objects.create(
            unit=Unit.objects.get(code=code),
            function=function,
            validity=DateRange(BEGINNING, None),
            basis="Kế hoạch thi đua chuyển đổi số 2022-2025, mục VII",
        )


def _communes(rng, units) -> list[Unit]:
    """Communes of every district, the one with an account among them."""
    own = {account.unit_code for account in ACCOUNTS}
    candidates = [u for u in units.values() if u.kind == Kind.COMMUNE]
    chosen = rng.sample([u for u in candidates if u.code not in own], NUMBER_OF_COMMUNES - 1)
    return [u for u in candidates if u.code in own] + chosen


def _user(username: str, full_name: str, position: str, **flags) -> User:
    return User(
        uid=uid("user", username),
        username=username,
        full_name=full_name,
        search_name=search_key(full_name),
        email=f"{username}@demo.laocai.example",
        position=position,
        **flags,
    )


def _people(units) -> dict[str, User]:
    password = make_password(PASSWORD)
    users = [
        _user(
            account.username,
            account.full_name,
            account.position,
            password=password,
            is_staff=account.role is None,
            is_superuser=account.role is None,
        )
        for account in ACCOUNTS
    ]
    people = {user.username: user for user in User.objects.bulk_create(users)}
    Membership.objects.bulk_create(
        Membership(
            user=people[account.username],
            unit=units[account.unit_code],
            role=account.role,
            valid_from=BEGINNING,
        )
        for account in ACCOUNTS
        if account.role
    )
    return people


def _filers(rng, acting, people) -> dict[int, User]:
    """One filer for each unit: the account of the demo, or somebody who cannot log in."""
    by_code = {a.unit_code: people[a.username] for a in ACCOUNTS if a.role == Role.FILER}
    filers = {unit.pk: by_code[unit.code] for unit in acting if unit.code in by_code}
    others = [unit for unit in acting if unit.code not in by_code]
    sexes = rng.choices(("female", "male"), k=len(others))
    users = User.objects.bulk_create(
        _user(
            f"minhhoa.{unit.code.lower()}",
            f"{person(rng, sex)} {MARK}",
            "Kế toán" if unit.tier == Tier.ENTERPRISE else "Chuyên viên",
            password=make_password(None),
        )
        for unit, sex in zip(others, sexes, strict=True)
    )
    Membership.objects.bulk_create(
        Membership(user=user, unit=unit, role=Role.FILER, valid_from=max(BEGINNING, unit.valid_from))
        for unit, user in zip(others, users, strict=True)
    )
    return filers | {unit.pk: user for unit, user in zip(others, users, strict=True)}
