"""The commendation body's list: many nominees judged at once, each with its own answer."""

import uuid

from awards.models import Nominee
from core.models import Event, OutboxMail
from tests.factories import MembershipFactory, UnitFactory, member_of
from tests.factories_awards import (
    a_forwarded_proposal,
    an_appraised_dossier,
    an_individual,
)
from tests.factories_registrations import a_pdf
from units.enums import Role

NAMES = ["Giàng A Sử", "Lò Thị Mai", "Vàng A Páo", "Trần Thị Hoa"]


def a_list(world, names=NAMES):
    nominees = [an_individual(world.unit, name) for name in names]
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, nominees)
    return a_forwarded_proposal(world.standing, world.standing_lead, dossier)


def outcomes(proposal):
    rows = proposal.nominees.order_by("pk").values_list("name", "judgement", "judgement_reason", "is_held")
    return {name: rest for name, *rest in rows}


def test_a_filtered_set_is_judged_and_each_row_answers(world, enter):
    """One of the list is of a unit the judge was lately of: he is told so, the others are judged."""
    kin = UnitFactory(commune=True, name="Xã Bản Lầu")
    proposal = a_list(world)
    other = an_appraised_dossier(kin, member_of(kin), world.standing, [an_individual(kin, "Lò A Kín")])
    other.nominees.update(proposal=proposal)
    MembershipFactory(user=world.commendation, unit=kin, role=Role.FILER)
    client = enter(world.commendation)
    page = f"/to-trinh/{proposal.uid}/xet/"
    key = {"request_key": uuid.uuid4(), "scope": "all"}

    answer = client.post(f"{page}?kind=individual&stand=cho", {"judgement": "approved", **key})
    results = client.get(answer.url)
    said = results.content.decode()
    assert (answer.status_code, results.status_code) == (302, 200)
    assert "đã thực hiện với 4 đối tượng, không thực hiện được với 1" in said
    assert said.index("Lò A Kín") < said.index("Giàng A Sử")
    assert "bạn đã thẩm định, hoặc có liên quan đến đơn vị" in said
    assert outcomes(proposal) == {name: ["approved", "", False] for name in NAMES} | {
        "Lò A Kín": ["", "", False]
    }
    # The same click again is answered by what came of it the first time.
    events = Event.objects.count()
    again = client.post(f"{page}?kind=individual&stand=cho", {"judgement": "refused", "comment": "x", **key})
    assert (again.url, Event.objects.count(), proposal.acts.filter(title="Xét: đồng ý").count()) == (
        answer.url,
        events,
        1,
    )


def test_the_ticked_are_refused_with_a_reason_and_without_one_nothing_happens(world, enter):
    proposal = a_list(world)
    client = enter(world.commendation)
    page = f"/to-trinh/{proposal.uid}/xet/"
    ticked = list(Nominee.objects.filter(name__in=NAMES[:2]).values_list("uid", flat=True))
    before = (Event.objects.count(), OutboxMail.objects.count(), outcomes(proposal))

    refused = client.post(
        page, {"judgement": "refused", "comment": " ", "nominee": ticked, "scope": "ticked"}
    )
    said = refused.content.decode()
    assert refused.status_code == 422
    assert "Cần ghi lý do không đồng ý." in said
    assert said.count(" checked>") == 3  # both rows and the word chosen
    nobody = client.post(page, {"judgement": "approved", "scope": "ticked"})
    assert (nobody.status_code, "Chưa chọn đối tượng nào" in nobody.content.decode()) == (422, True)
    assert (Event.objects.count(), OutboxMail.objects.count(), outcomes(proposal)) == before

    client.post(page, {"judgement": "refused", "comment": "Chưa đủ.", "nominee": ticked, "scope": "ticked"})
    assert outcomes(proposal) == {
        "Giàng A Sử": ["refused", "Chưa đủ.", False],
        "Lò Thị Mai": ["refused", "Chưa đủ.", False],
        "Vàng A Páo": ["", "", False],
        "Trần Thị Hoa": ["", "", False],
    }
    assert "Chưa xét" in client.get(f"{page}?stand=cho").content.decode()
    assert "Lò Thị Mai" not in client.get(f"{page}?stand=cho").content.decode()


def test_held_ones_are_split_off_and_do_not_block_the_rest(world, enter):
    proposal = a_list(world)
    client, lead = enter(world.commendation), enter(world.commendation_lead)
    page = f"/to-trinh/{proposal.uid}/xet/"
    one = Nominee.objects.get(name="Lò Thị Mai")
    client.post(page, {"judgement": "approved", "scope": "all"})
    document = {
        "hold-kind": "complaint",
        "hold-reason": "Đang xác minh đơn tố cáo.",
        "hold-document_number": "12/TB-TTr",
        "hold-document_on": "14/01/2027",
        "nominee": one.uid,
        "scope": "hold",
    }
    without = client.post(page, document)
    assert (without.status_code, one.holds.count()) == (422, 0)
    answer = client.post(page, document | {"hold-upload": a_pdf()})
    one.refresh_from_db()
    assert (answer.status_code, one.is_held, one.judgement) == (302, True, "")

    assert lead.post(f"/to-trinh/{proposal.uid}/duyet/").status_code == 302
    one.refresh_from_db()
    assert (one.state, one.proposal) == ("recommended", None)
    assert set(proposal.nominees.values_list("state", flat=True)) == {"approved"}


def test_the_list_is_the_two_bodies_alone_and_the_desk_the_commendation_bodys(world, enter):
    proposal = a_list(world)
    page = f"/to-trinh/{proposal.uid}/xet/"
    roles = ("filer", "stranger", "administrator", "standing", "commendation", "commendation_lead")
    found = {role: enter(getattr(world, role)).get(page).status_code for role in roles}
    assert found == {
        "filer": 404,
        "stranger": 404,
        "administrator": 404,
        "standing": 200,
        "commendation": 200,
        "commendation_lead": 200,
    }
    desks = {role: enter(getattr(world, role)).get("/ban-xet-duyet/").status_code for role in roles}
    assert desks == dict.fromkeys(roles, 403) | {"commendation": 200, "commendation_lead": 200}
    said = enter(world.commendation).get("/ban-xet-duyet/").content.decode()
    assert "0/4" in said
    assert "còn 20 ngày làm việc" in said


def test_the_list_costs_the_same_at_every_length(world, enter, django_assert_num_queries):
    client = enter(world.commendation)
    for names in (NAMES[:1], NAMES, [f"Người Thứ {n}" for n in range(55)]):
        proposal = a_list(world, names)
        client.get(f"/to-trinh/{proposal.uid}/xet/")
        with django_assert_num_queries(QUERIES):
            page = client.get(f"/to-trinh/{proposal.uid}/xet/")
        assert len(page.context["rows"]) == min(len(names), 50)


QUERIES = 22


def test_a_word_too_late_is_refused(world, enter):
    proposal = a_list(world)
    client, lead = enter(world.commendation), enter(world.commendation_lead)
    page = f"/to-trinh/{proposal.uid}/xet/"
    client.post(page, {"judgement": "approved", "scope": "all"})
    lead.post(f"/to-trinh/{proposal.uid}/duyet/")
    before = (Event.objects.count(), outcomes(proposal))
    late = client.post(page, {"judgement": "refused", "comment": "Muộn.", "scope": "all"})
    assert (late.status_code, (Event.objects.count(), outcomes(proposal))) == (409, before)
    assert "Tờ trình không ở trạng thái chờ xét" in late.content.decode()
