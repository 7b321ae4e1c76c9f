"""Tokens of the API: made on their page, kept as a hash, within their scopes, until they end."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client

from core.api.throttle import AddressThrottle, TokenThrottle
from core.models import Event
from registrations.api import RegistrationList
from reports.api.published import Results
from tests.factories import UnitFactory, UserFactory, holder_of, member_of
from tests.factories_registrations import a_filed_registration
from units import tokens
from units.enums import Function, Role, Scope
from units.models import ApiToken

NOW = "2027-02-10T09:00:00+07:00"


@pytest.fixture
def world(db):
    with time_machine.travel(NOW, tick=False) as traveller:
        unit, other = UnitFactory(name="Sở Y tế"), UnitFactory(name="Sở Công Thương")
        yield SimpleNamespace(
            unit=unit,
            filer=member_of(unit),
            administrator=member_of(unit, Role.ADMINISTRATOR),
            stranger=member_of(other, Role.ADMINISTRATOR),
            other_filer=member_of(other),
            standing=holder_of(Function.STANDING_BODY),
            province=UserFactory(administrator=True),
            other=other,
            traveller=traveller,
        )


def enter(user):
    client = Client()
    client.force_login(user)
    return client


def issued(user, *scopes, days=30):
    return tokens.issue(name="Phần mềm của sở", scopes=scopes or Scope.values, days=days, by=user)


def ask(secret, address="registrations/", method="get", **more):
    return getattr(Client(), method)(f"/api/v1/{address}", HTTP_AUTHORIZATION=f"Bearer {secret}", **more)


def test_a_token_is_made_on_its_page_and_shown_once(world):
    client = enter(world.filer)
    answer = client.post(
        "/ma-truy-cap/", {"name": "Phần mềm của sở", "scopes": ["registrations"], "days": "90"}
    )
    assert answer.status_code == 201
    assert answer["Cache-Control"] == "no-store"
    secret = re.search(r"lctd_[\w-]{43}", answer.content.decode()).group()
    token = ApiToken.objects.get()
    assert (token.owner, token.scopes) == (world.filer, ["registrations"])
    assert token.expires_at - token.created_at == timedelta(days=90)
    assert secret not in str(vars(token))
    again = client.get("/ma-truy-cap/").content.decode()
    assert secret not in again
    assert token.prefix in again
    assert ask(secret).status_code == 200
    assert list(Event.objects.filter(object_uid=token.uid).values_list("act", "actor")) == [
        ("issue", world.filer.pk)
    ]


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"name": "", "scopes": ["registrations"], "days": "90"}, "name"),
        ({"name": "X", "scopes": [], "days": "90"}, "scopes"),
        ({"name": "X", "scopes": ["everything"], "days": "90"}, "scopes"),
        ({"name": "X", "scopes": ["registrations"], "days": "3650"}, "days"),
        ({"name": "\0", "scopes": ["registrations"], "days": "30"}, "name"),
    ],
)
def test_what_is_typed_wrongly_is_told_and_makes_nothing(world, posted, field):
    answer = enter(world.filer).post("/ma-truy-cap/", posted)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert ApiToken.objects.count() == 0


def test_it_reads_what_its_owner_reads_and_nothing_else(world):
    own = a_filed_registration(world.unit, world.filer)
    a_filed_registration(world.other, world.other_filer)
    _, secret = issued(world.filer)
    assert [row["uid"] for row in ask(secret).json()["results"]] == [str(own.uid)]
    world.filer.memberships.update(valid_to=NOW[:8] + "09")
    assert ask(secret).json()["results"] == []


def test_it_stays_within_its_scopes_and_only_reads(world):
    _, secret = issued(world.filer, "dossiers")
    assert ask(secret, "dossiers/").status_code == 200
    refused = ask(secret, "registrations/")
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert refused.json()["detail"] == "Mã truy cập không có phạm vi “registrations”."
    assert ask(secret, "dossiers/", method="post").status_code in (403, 405)


def test_a_page_of_people_is_not_opened_by_it(world):
    _, secret = issued(world.filer)
    answer = Client().get("/ban-lam-viec/", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert answer.status_code == 302


def end_by_time(world, token):
    world.traveller.shift(timedelta(days=30))


def end_by_revoking(world, token):
    tokens.revoke(token, by=world.filer)


def end_with_the_account(world, token):
    world.filer.is_active = False
    world.filer.save()


@pytest.mark.parametrize("end", [end_by_time, end_by_revoking, end_with_the_account])
def test_it_ends(world, end):
    token, secret = issued(world.filer)
    assert ask(secret).status_code == 200
    end(world, token)
    refused = ask(secret)
    assert (refused.status_code, refused["Content-Type"]) == (401, "application/problem+json")
    assert refused["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Bearer lctd_é", "Bearer \x00", "Bearer a b", ""])
def test_what_is_no_token_is_refused(world, header):
    assert Client().get("/api/v1/registrations/", HTTP_AUTHORIZATION=header).status_code == 401


def test_the_last_use_is_shown_and_not_written_at_every_request(world, django_assert_num_queries):
    token, secret = issued(world.filer)
    ask(secret, REMOTE_ADDR="10.1.2.3")
    token.refresh_from_db()
    used = token.last_used_at
    assert (used.isoformat(), token.last_used_from) == ("2027-02-10T02:00:00+00:00", "10.1.2.3")
    world.traveller.shift(timedelta(seconds=30))
    ask(secret, REMOTE_ADDR="10.1.2.4")
    token.refresh_from_db()
    assert token.last_used_at == used
    world.traveller.shift(timedelta(seconds=31))
    ask(secret, REMOTE_ADDR="10.1.2.4")
    page = enter(world.filer).get("/ma-truy-cap/").content.decode()
    assert "09:01 ngày 10/02/2027" in page
    assert "10.1.2.4" in page


@pytest.mark.parametrize(
    ("who", "listed", "revoke"),
    [
        ("filer", 1, 302),
        ("administrator", 1, 302),
        ("province", 1, 302),
        ("stranger", 0, 404),
        ("standing", 0, 404),
    ],
)
def test_who_sees_a_token_and_may_revoke_it(world, who, listed, revoke):
    token, secret = issued(world.filer)
    client = enter(getattr(world, who))
    assert client.get("/ma-truy-cap/").content.decode().count(token.prefix) == listed
    assert client.post(f"/ma-truy-cap/{token.uid}/thu-hoi/").status_code == revoke
    assert ask(secret).status_code == (401 if revoke == 302 else 200)


def test_who_works_nowhere_has_nothing_to_read(world):
    client = enter(UserFactory())
    answer = client.post("/ma-truy-cap/", {"name": "X", "scopes": ["registrations"], "days": "30"})
    assert answer.status_code == 403
    assert ApiToken.objects.count() == 0


def test_there_is_an_end_to_how_many(world):
    for _ in range(tokens.MOST_VALID):
        issued(world.filer)
    answer = enter(world.filer).post(
        "/ma-truy-cap/", {"name": "X", "scopes": ["registrations"], "days": "30"}
    )
    assert answer.status_code == 409
    assert ApiToken.objects.count() == tokens.MOST_VALID


def test_an_address_may_ask_only_so_often(world, settings, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE = {"address": 3, "token": 2}
    monkeypatch.setattr(Results, "throttle_classes", [AddressThrottle, TokenThrottle])
    asked = [
        Client(REMOTE_ADDR="10.0.0.1").get("/api/v1/results/", HTTP_X_FORWARDED_FOR=f"10.9.9.{n}")
        for n in range(4)
    ]
    assert [answer.status_code for answer in asked] == [200, 200, 200, 429]
    assert 0 < int(asked[-1]["Retry-After"]) <= 60
    assert asked[-1]["Content-Type"] == "application/problem+json"
    assert Client(REMOTE_ADDR="10.0.0.2").get("/api/v1/results/").status_code == 200


def test_a_token_may_ask_only_so_often_from_wherever(world, settings, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE = {"address": 100, "token": 2}
    monkeypatch.setattr(RegistrationList, "throttle_classes", [AddressThrottle, TokenThrottle])
    (_, first), (_, second) = issued(world.filer), issued(world.filer)
    statuses = [ask(first, REMOTE_ADDR=f"10.0.1.{n}").status_code for n in range(3)]
    assert statuses == [200, 200, 429]
    assert ask(second).status_code == 200
