"""Điển hình tiên tiến: written and published by the standing body, and silent on what is not published."""

import pytest
from django.test import Client

from awards.models import Award, Exemplar
from core.models import Event
from tests.factories_awards import (
    a_campaign,
    a_published_decision,
    an_appraised_dossier,
    an_individual,
    an_issued_decision,
)

NAME = "Giàng Thị Sáng"


def an_article(**changes) -> dict:
    words = {
        "campaign": a_campaign().pk,
        "kind": "individual",
        "name": NAME,
        "place": "Thôn Mẫu",
        "title": "Người đưa chữ số về bản",
        "summary": "Một cách làm hay.",
        "body": "Chị dạy bà con dùng dịch vụ công.",
    }
    return words | changes


def written(client, **changes) -> Exemplar:
    assert client.post("/dien-hinh-tien-tien/moi/", an_article(**changes)).status_code == 302
    return Exemplar.objects.latest("pk")


def public(exemplar):
    answer = Client().get(f"/dien-hinh/{exemplar.uid}/")
    return answer.status_code, answer.content.decode()


def test_an_article_is_written_by_one_and_published_by_the_lead(world, enter):
    writer, lead = enter(world.standing), enter(world.standing_lead)
    exemplar = written(writer)
    page = f"/dien-hinh-tien-tien/{exemplar.uid}/"
    assert (public(exemplar)[0], writer.post(f"{page}dang/").status_code) == (404, 403)
    assert lead.post(f"{page}dang/").status_code == 302
    assert "Chị dạy bà con" in public(exemplar)[1]
    assert NAME in Client().get("/dien-hinh/").content.decode()

    changed = an_article(body="Chị mở lớp ở năm thôn.", version=exemplar.version)
    assert writer.post(f"{page}sua/", changed).status_code == 302
    assert "năm thôn" not in public(exemplar)[1]
    stale = writer.post(f"{page}sua/", changed | {"body": "Bản của người thứ hai."})
    assert (stale.status_code, "Bản của người thứ hai." in stale.content.decode()) == (409, True)
    lead.post(f"{page}dang/")
    assert "năm thôn" in public(exemplar)[1]

    assert lead.post(f"{page}go/", {"comment": " "}).status_code == 422
    assert lead.post(f"{page}go/", {"comment": "Cần xác minh lại."}).status_code == 302
    assert (public(exemplar)[0], NAME in Client().get("/dien-hinh/").content.decode()) == (404, False)


ROLES = {
    "filer": (403, 403, 404, 404),
    "stranger": (403, 403, 404, 404),
    "administrator": (403, 403, 404, 404),
    "standing": (200, 200, 200, 403),
    "standing_lead": (200, 200, 200, 302),
    "commendation": (200, 403, 200, 403),
}


def test_who_may(world, enter):
    exemplar = written(enter(world.standing))
    page = f"/dien-hinh-tien-tien/{exemplar.uid}/"
    found = {}
    for role in ROLES:
        client = enter(getattr(world, role))
        asked = [client.get(a) for a in ("/dien-hinh-tien-tien/", "/dien-hinh-tien-tien/moi/", page)]
        found[role] = tuple(answer.status_code for answer in [*asked, client.post(f"{page}dang/")])
    assert found == ROLES


MENTIONS = [
    ("Chị vừa được tặng Bằng khen.", True),
    ("CHI VUA DUOC BANG KHEN CUA TINH.", True),
    ("Chị dạy bà con dùng dịch vụ công.", False),
]


@pytest.mark.parametrize(("body", "is_refused"), MENTIONS)
def test_no_article_tells_of_an_award_before_it_is_published(body, is_refused, world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit, NAME)])
    decision = an_issued_decision(world, dossier)
    lead = enter(world.standing_lead)
    exemplar = written(lead, name=NAME.upper(), body=body)
    page = f"/dien-hinh-tien-tien/{exemplar.uid}/"
    before = Event.objects.count()
    answer = lead.post(f"{page}dang/")
    assert (answer.status_code, public(exemplar)[0]) == ((422, 404) if is_refused else (302, 200))
    if is_refused:
        assert "hồ sơ khen thưởng chưa công bố" in answer.content.decode()
        assert Event.objects.count() == before
    named = written(lead, name="Người Khác", body=f"Theo {decision.number}.")
    assert lead.post(f"/dien-hinh-tien-tien/{named.uid}/dang/").status_code == 422


def test_an_article_names_an_award_by_its_public_reference(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit, NAME)])
    lead = enter(world.standing_lead)
    exemplar = written(lead, award_reference="KT-2027-00001", body="Chị được tặng Bằng khen.")
    page = f"/dien-hinh-tien-tien/{exemplar.uid}/dang/"
    assert lead.post(page).status_code == 422
    a_published_decision(world, dossier)
    award = Award.objects.get()
    assert award.reference == "KT-2027-00001"
    assert lead.post(page).status_code == 302
    assert f"/ket-qua/{award.reference}/" in public(exemplar)[1]
