"""A list posted for comment: what the public reads of it, what it says, and what must be answered."""

import uuid
from datetime import date

import pytest
from django.core.cache import cache
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from awards.models import Comment, PostedName, Posting, PostingRule
from awards.workflow import posting as posting_
from awards.workflow import proposal as proposing
from core.models import Event, OutboxMail
from tests.factories_awards import a_proposal, an_appraised_dossier, an_individual

WORDS = {"author": "Lý Văn Dân", "contact": "0912 000 000", "text": "Người này không công tác ở đây."}


@pytest.fixture(autouse=True)
def no_throttle():
    cache.clear()


@pytest.fixture
def draft(world):
    """A list of two, and a third who waits and is in no list."""
    nominees = [an_individual(world.unit, name) for name in ("Lò Thị Mai", "Giàng A Sử")]
    proposal = a_proposal(
        world.standing, an_appraised_dossier(world.unit, world.filer, world.standing, nominees)
    )
    an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit, "Vàng A Páo")])
    return proposal


@pytest.fixture
def posting(world, draft):
    """Posted on Friday 15/01/2027 for five working days: to the end of Friday 22/01/2027."""
    return posting_.post(draft, working_days=5, by=world.standing_lead)


def test_only_a_lead_posts_and_the_last_day_is_counted_in_working_days(world, draft, enter):
    address = f"/to-trinh/{draft.uid}/lay-y-kien/"
    before = (Event.objects.count(), OutboxMail.objects.count())
    posted = {"working_days": 5}
    assert [enter(p).post(address, posted).status_code for p in (world.standing, world.filer)] == [403, 404]
    wrong = enter(world.standing_lead).post(address, {"working_days": 0})
    assert wrong.status_code == 422
    assert (Posting.objects.count(), Event.objects.count(), OutboxMail.objects.count()) == (0, *before)
    assert enter(world.standing_lead).post(address, posted).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.postings.get().last_day) == ("posted", date(2027, 1, 22))


def test_the_public_reads_its_own_rows_and_no_more(posting):
    page = Client().get(f"/lay-y-kien/{posting.uid}/").content.decode()
    assert [name in page for name in ("Lò Thị Mai", "Giàng A Sử", "Vàng A Páo")] == [True, True, False]
    assert [word in page for word in ("1980", "20/02", "Số hóa toàn bộ", "Ý kiến thẩm định.")] == [False] * 4
    assert posting.title in Client().get("/lay-y-kien/").content.decode()
    found = Client().get(f"/lay-y-kien/{posting.uid}/?q=giang a su").content.decode()
    assert ["Giàng A Sử" in found, "Lò Thị Mai" in found] == [True, False]


def test_the_list_stays_as_it_was_posted(world, draft, posting, enter):
    nominee = draft.nominees.get(name="Giàng A Sử")
    client = enter(world.standing)
    base = f"/to-trinh/{draft.uid}/doi-tuong/{nominee.uid}/"
    assert [client.post(f"{base}{act}/").status_code for act in ("len", "xuong", "bo")] == [409, 409, 302]
    assert not draft.nominees.filter(pk=nominee.pk).exists()
    assert "Giàng A Sử" in Client().get(f"/lay-y-kien/{posting.uid}/").content.decode()


def test_a_comment_is_kept_tracked_and_never_shown(world, draft, posting, enter):
    about = posting.names.get(name="Giàng A Sử")
    answer = Client().post(f"/lay-y-kien/{posting.uid}/", WORDS | {"about": about.uid})
    kept = Comment.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/lay-y-kien/{posting.uid}/gop-y/{kept.uid}/")
    assert (kept.name, kept.author, kept.text) == (about, "Lý Văn Dân", WORDS["text"])
    assert WORDS["text"] not in Client().get(f"/lay-y-kien/{posting.uid}/").content.decode()
    assert "Lý Văn Dân" not in Client().get(answer.url).content.decode()
    mails = OutboxMail.objects.filter(key__startswith="comment-")
    assert [WORDS["text"] in m.body for m in mails] == [False, False]
    comments = f"/to-trinh/{draft.uid}/gop-y/"
    reply = f"{comments}{kept.uid}/tra-loi/"
    assert [
        enter(p).post(reply, {"comment": "A"}).status_code for p in (world.filer, world.commendation)
    ] == [
        404,
        404,
    ]
    client = enter(world.standing)
    assert "Lý Văn Dân" in client.get(comments).content.decode()
    assert client.post(reply, {"comment": " "}).status_code == 422
    assert client.post(reply, {"comment": "Đã xác minh: đúng người."}).status_code == 302
    assert client.post(reply, {"comment": "Lần nữa"}).status_code == 409
    assert "Đã xác minh: đúng người." in Client().get(answer.url).content.decode()
    kept.refresh_from_db()
    assert (kept.state, kept.answered_by) == ("answered", world.standing)


def test_nothing_is_finalised_before_the_end_and_without_every_answer(world, draft, posting, enter, today):
    Client().post(f"/lay-y-kien/{posting.uid}/", WORDS)
    client, address = enter(world.standing), f"/to-trinh/{draft.uid}/chot/"
    early = client.post(address)
    assert early.status_code == 422
    page = early.content.decode()
    assert "đến hết ngày 22/01/2027, chưa chốt được" in page
    assert "Còn 1 góp ý chưa trả lời." in page
    today.move_to("2027-01-22T16:59:59+00:00")  # 23:59:59 in Lào Cai
    assert "đến hết ngày 22/01/2027, chưa chốt được" in enter(world.standing).post(address).content.decode()
    today.move_to("2027-01-22T17:00:00+00:00")
    late = enter(world.standing).post(address)
    assert (late.status_code, "Còn 1 góp ý chưa trả lời." in late.content.decode()) == (422, True)
    posting_.settle(Comment.objects.get(), "set_aside", text="Không nêu việc cụ thể.", by=world.standing)
    assert enter(world.standing).post(address).status_code == 302
    draft.refresh_from_db()
    posting.refresh_from_db()
    assert (draft.state, posting.closed_at) == ("finalised", draft.finalised_at)


def test_after_its_last_day_the_public_reads_no_name(posting, today):
    today.move_to("2027-01-22T17:00:00+00:00")
    page = Client().get(f"/lay-y-kien/{posting.uid}/").content.decode()
    assert ["Đã hết thời gian lấy ý kiến" in page, "Lò Thị Mai" in page, "Giàng A Sử" in page] == [
        True,
        False,
        False,
    ]
    assert posting.title not in Client().get("/lay-y-kien/").content.decode()
    assert Client().post(f"/lay-y-kien/{posting.uid}/", WORDS).status_code == 410
    assert Comment.objects.count() == 0


def test_an_unposted_list_is_nowhere(draft):
    assert PostedName.objects.count() == 0
    assert draft.title not in Client().get("/lay-y-kien/").content.decode()
    for uid in (draft.uid, draft.nominees.first().uid, uuid.uuid4()):
        assert Client().get(f"/lay-y-kien/{uid}/").status_code == 404


ELSEWHERE = [
    "/",
    "/ket-qua/",
    "/ket-qua/?q=lo thi mai",
    "/quyet-dinh/",
    "/tieu-chi/",
    "/api/v1/results/",
    "/api/v1/results/?q=lo thi mai",
    "/api/v1/decisions/",
]


@pytest.mark.parametrize("is_posted", [False, True])
def test_nothing_of_the_list_is_on_any_other_public_page(is_posted, world, draft):
    if is_posted:
        posting_.post(draft, working_days=5, by=world.standing_lead)
    told = {
        address: [
            word
            for word in ("Lò Thị Mai", "Giàng A Sử", "Vàng A Páo", draft.title, draft.reference)
            if word in Client().get(address).content.decode()
        ]
        for address in ELSEWHERE
    }
    assert told == {address: [] for address in ELSEWHERE}


def test_comments_are_rationed_and_machines_forgotten(posting):
    client, address = Client(), f"/lay-y-kien/{posting.uid}/"
    assert client.post(address, WORDS | {"website": "http://spam"}).status_code == 302
    assert client.post(address, WORDS | {"text": ""}).status_code == 422
    assert client.post(address, WORDS | {"about": "khong"}).status_code == 422
    assert Comment.objects.count() == 0
    assert [client.post(address, WORDS).status_code for _ in range(8)] == [302] * 7 + [429]
    assert Comment.objects.count() == 7


def test_where_the_rule_asks_for_it_a_list_is_posted_first(world, draft, enter):
    PostingRule.objects.all().delete()
    PostingRule.objects.create(
        form=draft.form,
        working_days=10,
        is_required=True,
        basis="Quy chế thử",
        validity=DateRange(date(2027, 1, 1), None),
    )
    refused = enter(world.standing).post(f"/to-trinh/{draft.uid}/chot/")
    assert refused.status_code == 422
    assert "Phải lấy ý kiến công khai 10 ngày làm việc" in refused.content.decode()
    short = enter(world.standing_lead).post(f"/to-trinh/{draft.uid}/lay-y-kien/", {"working_days": 9})
    assert "ít nhất 10 ngày làm việc" in short.content.decode()


def test_no_posting_is_asked_for_by_default(world, draft):
    proposing.finalise(draft, by=world.standing)
    assert draft.state == "finalised"
