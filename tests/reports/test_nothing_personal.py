"""No public answer holds anything personal: each public address is walked, its links and files followed."""

import gzip
import re
from datetime import date
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import reverse

from awards.models import Dossier, Nominee
from core import identity
from reports import open_data
from tests.factories_awards import (
    a_forwarded_proposal,
    a_published_decision,
    a_submitted_dossier,
    an_appraised_dossier,
    an_individual,
)
from tests.test_consistency import PUBLIC

pytestmark = pytest.mark.django_db

PUBLISHED, SUBMITTED, FORWARDED = "Giàng Thị Công Bố", "Lù Văn Chưa Xét", "Vàng Thị Đang Trình"
IDENTITY_NUMBER = "010180001234"
BIRTH = date(1971, 3, 17)
MAIL, PHONE = "rieng.tu@laocai.example", "0912345678"
ACHIEVEMENT = "Thành tích chỉ nằm trong hồ sơ"
#: the personal list: what each field would look like in an answer
PERSONAL = {
    "birth date": ["17/03/1971", "1971-03-17", "17-03-1971", "birth_date", "ngày sinh:"],
    "identity number": [IDENTITY_NUMBER, "identity_"],
    "contact": [MAIL, PHONE],
    "figures of a dossier": [ACHIEVEMENT],
    "who is not published": [SUBMITTED, FORWARDED],
    "people of the desks": ["@laocai.example"],
}
#: begun from these; what they lead to is followed within the public addresses
EXTRA = [
    "/ket-qua/?hien=the",
    "/ket-qua/?tai-ve=csv",
    "/quyet-dinh/?tai-ve=csv",
    *(f"/api/v1/{name}/?format=csv" for name in ("results", "decisions", "units", "statistics", "progress")),
    "/api/schema/?format=json",
]


@pytest.fixture
def lives(world):
    world.filer.email = MAIL
    world.filer.save()
    for name, bring in (
        (PUBLISHED, lambda d: a_published_decision(world, d)),
        (FORWARDED, lambda d: a_forwarded_proposal(world.standing, world.standing_lead, d)),
    ):
        person = an_individual(world.unit, name, birth_date=BIRTH, achievement=ACHIEVEMENT)
        bring(an_appraised_dossier(world.unit, world.filer, world.standing, [person]))
    unseen = an_individual(world.unit, SUBMITTED, birth_date=BIRTH, achievement=ACHIEVEMENT)
    a_submitted_dossier(world.unit, world.filer, [unseen])
    sealed = identity.seal(IDENTITY_NUMBER)
    Nominee.objects.update(
        identity_ciphertext=sealed.ciphertext, identity_key=sealed.key, identity_index=sealed.index
    )


def is_public(address):
    path = urlsplit(address).path
    shapes = (
        re.sub(
            r"<(?:str|slug|int|iso_day|uuid)>", "[^/]+", re.escape(p).replace(r"\<", "<").replace(r"\>", ">")
        )
        for p in PUBLIC
    )
    return any(re.fullmatch(shape, path) for shape in shapes)


def walk(client):
    """Every public address that can be reached, with what it answers."""
    waiting = [address for address in sorted(PUBLIC) if "<" not in address] + EXTRA
    seen = {}
    while waiting:
        address = waiting.pop()
        # Pages of a list in another order show nothing new.
        if address in seen or len(seen) > 400 or "so-sanh" in address:
            continue
        answer = client.get(address)
        content = answer.getvalue() if answer.streaming else answer.content
        seen[address] = content = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        text = content.decode("utf-8", "replace")
        links = re.findall(r'(?:href|src)="([^"#]+)"|<loc>([^<]+)</loc>|"(?:url|next)":\s*"([^"]+)"', text)
        for link in (next(filter(None, found)).replace("&amp;", "&") for found in links):
            there = urljoin(f"http://testserver{address}", link)
            if there.startswith("http://testserver/") and is_public(there):
                waiting.append(there.removeprefix("http://testserver"))
    return seen


def test_no_public_answer_holds_anything_personal(client, lives, today):
    today.shift(86_400)
    open_data.release_missing()
    seen = walk(client)

    reached = {
        address for address, content in seen.items() if PUBLISHED in content.decode("utf-8", "replace")
    }
    result = reverse("reports:results")
    for wanted in (result, "/api/v1/results/", "/api/v1/results/?format=csv"):
        assert wanted in reached
    assert any(address.startswith("/du-lieu-mo/") for address in reached)
    marks_of = PERSONAL | {"dossiers": list(Dossier.objects.values_list("reference", flat=True))}
    assert len(marks_of["dossiers"]) == 3
    found = [
        (address, kind, mark)
        for address, content in seen.items()
        for kind, marks in marks_of.items()
        for mark in marks
        if mark in content.decode("utf-8", "replace")
    ]
    assert found == []
