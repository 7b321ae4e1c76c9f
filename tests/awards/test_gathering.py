"""A list put together: quotas, order of printing, a result per row, dossiers sent back to work."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.models import Batch, Nominee, Quota
from awards.workflow import dossier as submitting
from awards.workflow import order
from awards.workflow import proposal as proposing
from core.models import Event, OutboxMail
from tests.factories import MembershipFactory, UnitFactory, member_of
from tests.factories_awards import (
    a_collective,
    a_forwarded_proposal,
    a_proposal,
    a_published_list,
    an_appraised_dossier,
    an_individual,
    appraise,
    judge_all,
    many_nominees,
    signed,
    submit,
)
from units.enums import Kind, Role

#: of the page to choose from and of the list, however long they are
GATHER_QUERIES, PROPOSAL_QUERIES = 12, 38


def appraised(world, *names):
    nominees = [an_individual(world.unit, name) for name in names]
    return an_appraised_dossier(world.unit, world.filer, world.standing, nominees)


def an_empty_proposal(world, dossier):
    return proposing.start(
        dossier.campaign, dossier.form, dossier.rule_set, title="Đề nghị tặng Bằng khen", by=world.standing
    )


def printed(proposal):
    return [n.name for n in proposal.nominees.in_order()]


def test_all_that_wait_are_gathered_across_dossiers_each_with_its_answer(world, enter):
    dossiers = [appraised(world, f"Người Thứ {n}", f"Người Khác {n}") for n in range(3)]
    Nominee.objects.filter(name="Người Khác 2").update(is_held=True, hold_reason="Đang thanh tra")
    proposal = an_empty_proposal(world, dossiers[0])
    client, key = enter(world.standing), uuid.uuid4()
    answer = client.post(
        f"/to-trinh/{proposal.uid}/chon/?q=nguoi thu", {"which": "all", "act": "gather", "request_key": key}
    )
    batch = Batch.objects.get()
    assert (answer.url, batch.done, batch.failed) == (batch.get_absolute_url(), 3, 0)
    ticked = list(Nominee.objects.filter(name__startswith="Người Khác").values_list("uid", flat=True))
    answer = client.post(
        f"/to-trinh/{proposal.uid}/chon/", {"nominee": ticked, "act": "gather", "request_key": uuid.uuid4()}
    )
    page = client.get(answer.url).content.decode()
    assert "đã thực hiện với 2 đối tượng, không thực hiện được với 1" in page
    assert "Đang tạm dừng xét." in page
    assert proposal.nominees.count() == 5
    assert client.post(f"/to-trinh/{proposal.uid}/chon/", {"act": "gather"}).status_code == 422


def test_a_quota_stops_at_its_number_and_is_said_beside_the_list(world, enter):
    dossier = appraised(world, "A Một", "A Hai", "A Ba")
    Quota.objects.create(
        campaign=dossier.campaign,
        form=dossier.form,
        nominee_kind="individual",
        number=2,
        basis="Quyết định thử",
    )
    proposal = an_empty_proposal(world, dossier)
    client = enter(world.standing)
    client.post(
        f"/to-trinh/{proposal.uid}/chon/", {"which": "all", "act": "gather", "request_key": uuid.uuid4()}
    )
    batch = Batch.objects.get()
    assert (batch.done, batch.failed, batch.results[0]["message"]) == (2, 1, "Đã hết chỉ tiêu cá nhân.")
    left = dossier.nominees.get(proposal=None)
    words = {"nominee": left.uid, "act": "leave_out", "request_key": uuid.uuid4()}
    assert client.post(f"/to-trinh/{proposal.uid}/chon/", words | {"comment": " "}).status_code == 422
    assert (
        client.post(f"/to-trinh/{proposal.uid}/chon/", words | {"comment": "Hết chỉ tiêu"}).status_code == 302
    )
    left.refresh_from_db()
    assert (left.state, left.appraisal_reason) == ("not_selected", "Hết chỉ tiêu")
    Quota.objects.update(number=1)
    refused = client.post(f"/to-trinh/{proposal.uid}/chot/")
    assert refused.status_code == 422
    assert "Vượt chỉ tiêu cá nhân: 2 đối tượng, chỉ tiêu 1." in refused.content.decode()


@pytest.fixture
def mixed(world):
    """Collectives and people of a department, a commune and a firm, in no order."""
    department = UnitFactory(kind=Kind.DEPARTMENT, name="Sở Giao thông vận tải")
    firm = UnitFactory(kind=Kind.ENTERPRISE, name="Công ty Sa Pa")
    rows = {
        world.unit: [
            an_individual(world.unit, "Vàng Thị Đào", position="Chuyên viên"),
            a_collective(world.unit, "Đảng ủy xã"),
            a_collective(world.unit, "Dân quân xã"),
        ],
        department: [an_individual(department, "Trần Văn Ánh", position="Phó Giám đốc Sở")],
        firm: [an_individual(firm, "Lê Thị Dung", position="Giám đốc")],
    }
    dossiers = []
    for unit, nominees in rows.items():
        filer = world.filer if unit == world.unit else member_of(unit)
        dossiers.append(an_appraised_dossier(unit, filer, world.standing, nominees))
    return a_proposal(world.standing, *dossiers)


COLLECTIVES = ["Dân quân xã", "Đảng ủy xã"]  # d before đ
IN_ORDER = {
    "name": [*COLLECTIVES, "Trần Văn Ánh", "Lê Thị Dung", "Vàng Thị Đào"],
    "position": [*COLLECTIVES, "Lê Thị Dung", "Trần Văn Ánh", "Vàng Thị Đào"],
    "level": [*COLLECTIVES, "Trần Văn Ánh", "Vàng Thị Đào", "Lê Thị Dung"],
}


@pytest.mark.parametrize("by", IN_ORDER)
def test_the_list_is_put_in_order_at_once(by, world, mixed, enter):
    answer = enter(world.standing).post(f"/to-trinh/{mixed.uid}/sap-xep/", {"order": by})
    assert (answer.status_code, printed(mixed)) == (302, IN_ORDER[by])
    assert enter(world.standing).post(f"/to-trinh/{mixed.uid}/sap-xep/", {"order": "x"}).status_code == 422


def test_a_row_is_moved_to_a_typed_place_within_its_kind(world, mixed, enter):
    order.arrange(mixed, "name", by=world.standing)
    client = enter(world.standing)
    last = mixed.nominees.get(name="Vàng Thị Đào")
    base = f"/to-trinh/{mixed.uid}/doi-tuong/{last.uid}/"
    assert client.post(f"{base}thu-tu/", {"place": "1"}).status_code == 302
    assert printed(mixed) == [*COLLECTIVES, "Vàng Thị Đào", "Trần Văn Ánh", "Lê Thị Dung"]
    assert client.post(f"{base}thu-tu/", {"place": "99"}).status_code == 302
    assert printed(mixed) == [*COLLECTIVES, "Trần Văn Ánh", "Lê Thị Dung", "Vàng Thị Đào"]
    client.post(f"{base}len/")
    assert printed(mixed) == [*COLLECTIVES, "Trần Văn Ánh", "Vàng Thị Đào", "Lê Thị Dung"]
    assert [client.post(f"{base}thu-tu/", {"place": p}).status_code for p in ("", "a", "-1", "²")] == [
        422
    ] * 4
    assert enter(world.filer).post(f"{base}thu-tu/", {"place": "1"}).status_code == 404


def test_a_returned_proposal_and_one_dossier_of_it_come_back_to_work_and_end_well(world, enter):
    """The commendation body returns the whole; one dossier is supplemented and judged anew; the second round
    is approved under another number."""
    good, poor = appraised(world, "Lò Thị Mai"), appraised(world, "Giàng A Sử")
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, good, poor)
    judge_all(proposal, world.commendation)
    first_number = proposal.number
    answer = enter(world.commendation).post(
        f"/to-trinh/{proposal.uid}/tra-lai/", {"comment": "Giàng A Sử: thiếu minh chứng."}
    )
    assert answer.status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.number, proposal.forwarded_at) == ("draft", "", None)
    lead = enter(world.standing_lead)
    assert "Giàng A Sử: thiếu minh chứng." in lead.get(f"/to-trinh/{proposal.uid}/").content.decode()
    address = f"/to-trinh/{proposal.uid}/ho-so/{poor.uid}/lam-lai/"
    before = Event.objects.count()
    assert enter(world.standing).post(address, {"comment": "Bổ sung."}).status_code == 403
    assert lead.post(address, {"comment": ""}).status_code == 422
    poor.refresh_from_db()
    assert (Event.objects.count(), poor.state, proposal.nominees.count()) == (before, "appraised", 2)
    assert lead.post(address, {"comment": "Bổ sung minh chứng."}).status_code == 302
    poor.refresh_from_db()
    good.refresh_from_db()
    assert (poor.state, good.state, printed(proposal)) == ("submitted", "appraised", ["Lò Thị Mai"])
    submitting.request_supplement(poor, by=world.standing, comment="Bổ sung minh chứng.")
    nominee = poor.nominees.get()
    assert submitting.change_nominee(
        nominee, by=world.filer, version=poor.version, values={"achievement": "Đã số hóa 1.200 hồ sơ."}
    )
    submit(poor, world.filer)
    nominee.refresh_from_db()
    assert nominee.state == "proposed"  # its words are not those that were judged
    appraise(poor, world.standing)
    proposing.gather(proposal, Nominee.objects.filter(dossier=poor), by=world.standing)
    proposing.finalise(proposal, by=world.standing)
    proposing.sign(proposal, by=world.standing, **signed(world.standing))
    proposing.forward(proposal, by=world.standing_lead, request_key=uuid.uuid4())
    judge_all(proposal, world.commendation)
    proposing.approve(proposal, by=world.commendation_lead)
    assert proposal.number != first_number
    assert set(proposal.nominees.values_list("name", "state")) == {
        ("Lò Thị Mai", "approved"),
        ("Giàng A Sử", "approved"),
    }


def test_the_commendation_body_sends_single_dossiers_back_to_work_with_the_list(world, enter):
    """Whom it ticks is appraised anew, the others keep their verdicts; the second round is published."""
    good, poor = appraised(world, "Lò Thị Mai"), appraised(world, "Giàng A Sử")
    elsewhere = appraised(world, "Vàng A Páo")
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, good, poor)
    client, address = enter(world.commendation), f"/to-trinh/{proposal.uid}/tra-lai/"
    said = {"comment": "Giàng A Sử: thiếu minh chứng.", "dossiers": [poor.uid]}
    before = (Event.objects.count(), OutboxMail.objects.count())
    assert client.post(address, {"dossiers": [poor.uid]}).status_code == 422
    wrong = client.post(address, said | {"dossiers": [elsewhere.uid]})
    kept = wrong.content.decode()
    assert (wrong.status_code, "Có hồ sơ không nằm trong danh sách này" in kept) == (422, True)
    assert "Giàng A Sử: thiếu minh chứng.</textarea>" in kept
    MembershipFactory(user=world.commendation_lead, unit=world.unit, role=Role.FILER)
    conflicted = enter(world.commendation_lead).post(address, said)
    assert conflicted.status_code == 422
    assert f"Bạn không trả hồ sơ {poor.reference}:" in conflicted.content.decode()
    assert (Event.objects.count(), OutboxMail.objects.count()) == before
    assert client.post(address, said).status_code == 302
    for obj in (proposal, good, poor):
        obj.refresh_from_db()
    assert (proposal.state, good.state, poor.state) == ("draft", "appraised", "submitted")
    assert printed(proposal) == ["Lò Thị Mai"]
    assert f"- {poor.reference}, {poor.unit.name}" in OutboxMail.objects.order_by("pk").last().body
    stage = enter(world.filer).get(f"/ho-so/{poor.uid}/").content.decode()
    assert "thiếu minh chứng" not in stage  # the two bodies' words, under embargo
    submitting.request_supplement(poor, by=world.standing, comment="Bổ sung minh chứng.")
    nominee = poor.nominees.get()
    better = {"achievement": "Đã số hóa 1.200 hồ sơ."}
    assert submitting.change_nominee(nominee, by=world.filer, version=poor.version, values=better)
    submit(poor, world.filer)
    appraise(poor, world.standing)
    proposing.gather(proposal, Nominee.objects.filter(dossier=poor), by=world.standing)
    proposing.finalise(proposal, by=world.standing)
    proposing.sign(proposal, by=world.standing, **signed(world.standing))
    proposing.forward(proposal, by=world.standing_lead, request_key=uuid.uuid4())
    decision = a_published_list(world, proposal)
    assert set(decision.awards.values_list("name", flat=True)) == {"Lò Thị Mai", "Giàng A Sử"}


def asked(client, address):
    """The page, and how many questions it asked of the database."""
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    return page, len(captured)


def test_pages_read_no_more_rows_of_2000_names_than_of_20(world, enter):
    """The page of the list, the page to choose from, the results and the frozen list: the same questions
    and at most a page of rows; one row is moved from the last place to the first."""
    client, seen = enter(world.standing), {}
    for how_many in (20, 2000):
        dossier = appraised(world, f"Người Đầu {how_many}")
        many_nominees(dossier, how_many - 1)
        proposal = an_empty_proposal(world, dossier)
        base = f"/to-trinh/{proposal.uid}/"
        choosing = asked(client, f"{base}chon/")
        batch = proposing.gather(proposal, proposing.waiting_for(proposal), by=world.standing)
        assert (batch.done, batch.failed) == (how_many, 0)
        listed = asked(client, base)
        results = asked(client, batch.get_absolute_url())
        last = proposal.nominees.get(name=f"Người {how_many - 1} {how_many - 2:04}")
        answer = client.post(f"{base}doi-tuong/{last.uid}/thu-tu/", {"place": "1"})
        assert (answer.status_code, printed(proposal)[0]) == (302, last.name)
        proposing.finalise(proposal, by=world.standing)
        frozen = asked(client, base)
        assert f"trong {how_many} đối tượng" in frozen[0].content.decode()
        pages = (choosing, listed, results, frozen)
        seen[how_many] = ([len(page.context["rows"]) for page, _ in pages], [n for _, n in pages])
    assert seen[20][0] == [20] * 4
    assert seen[2000][0] == [50] * 4
    assert seen[2000][1] == seen[20][1]
    assert seen[20][1][:2] == [GATHER_QUERIES, PROPOSAL_QUERIES]


def test_giving_back_a_dossier_that_is_not_in_the_list_is_refused(world, enter):
    inside, outside = appraised(world, "Lò Thị Mai"), appraised(world, "Giàng A Sử")
    proposal = a_proposal(world.standing, inside)
    answer = enter(world.standing_lead).post(
        f"/to-trinh/{proposal.uid}/ho-so/{outside.uid}/lam-lai/", {"comment": "Xem lại."}
    )
    outside.refresh_from_db()
    assert (answer.status_code, outside.state) == (409, "appraised")
