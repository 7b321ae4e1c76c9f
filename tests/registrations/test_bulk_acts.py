"""Acts on many units at once: a result for each, one transaction each, nothing twice."""

import uuid
from datetime import timedelta

import pytest

from core import clock
from core.models import Event, OutboxMail
from registrations import tasks, workflow
from registrations.models import BulkAct, BulkActRow, Obligation, Registration, Reminder
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import (
    ObligationFactory,
    WordingFactory,
    a_draft,
    a_filed_registration,
    file,
)
from tests.registrations.pages import form_with

BULK = "/theo-doi/hang-loat/"


def _owing(world, name, step=None):
    unit = UnitFactory(name=name)
    filer = member_of(unit)
    obligation = ObligationFactory(period=world.period, unit=unit)
    return obligation, (step(unit, filer) if step else None), filer


@pytest.fixture
def desk(world):
    world.filed = _owing(world, "Sở Đã nộp", a_filed_registration)
    world.also = _owing(world, "Sở Cũng nộp", a_filed_registration)
    world.drafting = _owing(world, "Sở Đang soạn", a_draft)
    world.silent = _owing(world, "Sở Im lặng")
    WordingFactory()
    OutboxMail.objects.all().delete()
    return world


def ask(client, act, *obligations, scope="ticked", **more):
    """Choose on the board and press the button of the page that asks once more."""
    data = {
        "year": 2027,
        "kind": "registration",
        "act": act,
        "scope": scope,
        "chon": [o.uid for o in obligations],
        **more,
    }
    page = client.get(BULK, data)
    assert page.status_code == 200
    return form_with(page, "request_key")


def results(act=None):
    rows = (act or BulkAct.objects.latest("pk")).rows.order_by("obligation__unit__name")
    return [(row.obligation.unit.name, row.outcome, row.reason) for row in rows]


def test_confirming_says_for_each_what_became_of_it(desk, enter):
    client = enter(desk.standing)
    answer = client.post(BULK, ask(client, "confirm", scope="all"))

    act = BulkAct.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/theo-doi/hang-loat/{act.uid}/")
    assert results(act) == [
        ("Sở Cũng nộp", "done", ""),
        ("Sở Im lặng", "refused", "Đơn vị chưa nộp đăng ký."),
        ("Sở Đang soạn", "refused", "Đơn vị chưa nộp đăng ký."),
        ("Sở Đã nộp", "done", ""),
    ]
    taken = b"".join(client.get(answer.url, {"tai-ve": "csv"})).decode("utf-8-sig").splitlines()
    assert sorted(line.split(";")[1:2] + line.split(";")[4:] for line in taken[1:]) == [
        ["Sở Cũng nộp", "Đã thực hiện", ""],
        ["Sở Im lặng", "Không thực hiện", "Đơn vị chưa nộp đăng ký."],
        ["Sở Đang soạn", "Không thực hiện", "Đơn vị chưa nộp đăng ký."],
        ["Sở Đã nộp", "Đã thực hiện", ""],
    ]
    assert sorted(Registration.objects.values_list("unit__name", "state")) == [
        ("Sở Cũng nộp", "confirmed"),
        ("Sở Đang soạn", "draft"),
        ("Sở Đã nộp", "confirmed"),
    ]
    assert Event.objects.filter(act="confirm", actor=desk.standing).count() == 2
    assert Event.objects.get(act="bulk_confirm").object_uid == act.uid
    shown = client.get(answer.url).content.decode()
    assert (shown.count("Đã thực hiện</"), shown.count("Đơn vị chưa nộp đăng ký.")) == (3, 2)


def test_a_double_click_is_one_act(desk, enter):
    client = enter(desk.standing)
    form = ask(client, "confirm", desk.filed[0])
    first, second = client.post(BULK, form), client.post(BULK, form)

    assert first.url == second.url
    assert (BulkAct.objects.count(), BulkActRow.objects.count()) == (1, 1)
    assert Event.objects.filter(act="confirm").count() == 1


def test_a_key_of_somebody_else_is_refused(desk, enter):
    form = ask(enter(desk.standing), "confirm", desk.filed[0])
    enter(desk.standing).post(BULK, form)
    answer = enter(desk.standing_lead).post(BULK, form)
    assert (answer.status_code, BulkAct.objects.count()) == (409, 1)


def test_what_was_filed_after_the_list_was_shown_is_not_confirmed(desk, enter, on_time):
    obligation, registration, filer = desk.filed
    client = enter(desk.standing)
    form = ask(client, "confirm", obligation, seen_at=clock.now().isoformat(timespec="microseconds"))
    on_time.shift(timedelta(minutes=1))
    workflow.return_(registration, by=desk.standing, comment="Bổ sung.")
    file(registration, filer)

    client.post(BULK, form)

    (row,) = results()
    assert row == (
        "Sở Đã nộp",
        "refused",
        "Đơn vị nộp bản khác sau khi bạn mở danh sách. Hãy xem lại rồi xác nhận.",
    )
    assert Registration.objects.get(pk=registration.pk).state == "filed"


def test_a_right_lost_meanwhile_refuses_the_row(desk):
    act = BulkAct.objects.create(
        act="confirm",
        request_key=uuid.uuid4(),
        title="T",
        seen_at=clock.now(),
        by=desk.filer,
        created_at=clock.now(),
    )
    BulkActRow.objects.create(act=act, obligation=desk.filed[0])
    workflow.run_bulk(act)
    assert results(act) == [("Sở Đã nộp", "refused", "Bạn không có quyền thực hiện việc này.")]


def test_reminding_reaches_only_who_still_owes(desk, enter):
    nobody = ObligationFactory(period=desk.period, unit=UnitFactory(name="Sở Không người"))
    client = enter(desk.standing)
    page = client.get(BULK, {"year": 2027, "kind": "registration", "act": "remind", "scope": "all"})
    assert "5 đơn vị được chọn, 3 đơn vị chưa nộp, sẽ được nhắc" in page.content.decode()

    client.post(BULK, form_with(page, "request_key"))

    assert results() == [
        ("Sở Cũng nộp", "refused", "Đơn vị đã nộp hoặc được miễn, không còn gì để nhắc."),
        ("Sở Im lặng", "done", ""),
        (
            "Sở Không người",
            "refused",
            "Đơn vị chưa có người lập hồ sơ để nhận thư. Hãy mời người của đơn vị vào cổng.",
        ),
        ("Sở Đang soạn", "done", ""),
        ("Sở Đã nộp", "refused", "Đơn vị đã nộp hoặc được miễn, không còn gì để nhắc."),
    ]
    assert sorted(OutboxMail.objects.values_list("recipient", flat=True)) == sorted(
        [desk.drafting[2].pk, desk.silent[2].pk]
    )
    assert set(Reminder.objects.values_list("why", flat=True)) == {
        "là người lập hồ sơ của Sở Đang soạn; cơ quan thường trực nhắc",
        "là người lập hồ sơ của Sở Im lặng; cơ quan thường trực nhắc",
    }
    reminded = Event.objects.filter(act="remind").values_list("object_uid", flat=True)
    assert set(reminded) == {desk.drafting[0].uid, desk.silent[0].uid}
    assert nobody.reminders.count() == 0


def test_nobody_is_reminded_by_hand_twice_a_day(desk, enter, on_time):
    client = enter(desk.standing)
    for _ in range(2):
        client.post(BULK, ask(client, "remind", desk.silent[0]))
    assert results() == [("Sở Im lặng", "refused", "Hôm nay đã nhắc đơn vị này, lúc 09:00 ngày 15/01/2027.")]
    on_time.shift(timedelta(days=1))
    client.post(BULK, ask(client, "remind", desk.silent[0]))
    assert (results()[0][1], OutboxMail.objects.count()) == ("done", 2)


def test_a_long_act_is_left_to_a_worker_and_finished_after_a_crash(desk, enter):
    for number in range(workflow.AT_ONCE):
        ObligationFactory(period=desk.period, unit=UnitFactory(name=f"Sở {number:02d}"))
    client = enter(desk.standing)
    answer = client.post(BULK, ask(client, "confirm", scope="all"))

    act = BulkAct.objects.get()
    assert set(act.rows.values_list("outcome", flat=True)) == {"waiting"}
    page = client.get(answer.url).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "Đang làm từng đơn vị" in page

    # A worker did one row and died; the clock's next turn does the rest, that one not again.
    workflow.board._run_row(act, act.rows.get(obligation=desk.filed[0]).pk)
    assert tasks.bulk_acts() == "1 việc hàng loạt"
    assert tasks.bulk_acts() == "0 việc hàng loạt"

    act.refresh_from_db()
    assert act.finished_at == clock.now()
    assert Event.objects.filter(act="confirm").count() == 2
    assert 'hx-trigger="every 2s"' not in client.get(answer.url).content.decode()


def test_a_row_that_fails_unexpectedly_keeps_no_other_from_being_done(desk, enter, monkeypatch):
    broken = desk.filed[1].pk
    confirm = workflow.board.confirm

    def fail(registration, **kwargs):
        if registration.pk == broken:
            raise ZeroDivisionError
        confirm(registration, **kwargs)

    monkeypatch.setattr(workflow.board, "confirm", fail)
    client = enter(desk.standing)
    client.post(BULK, ask(client, "confirm", desk.filed[0], desk.also[0]))
    assert results() == [
        ("Sở Cũng nộp", "done", ""),
        ("Sở Đã nộp", "refused", "Lỗi ngoài dự kiến. Hãy mở riêng đơn vị này để làm."),
    ]


def test_an_act_has_its_bounds(desk, enter, monkeypatch):
    monkeypatch.setattr(workflow.board, "MOST_ROWS", 2)
    client = enter(desk.standing)
    answer = client.post(BULK, ask(client, "confirm", scope="all"))
    assert (answer.status_code, BulkAct.objects.count()) == (422, 0)
    assert "Mỗi lần làm được nhiều nhất 2 đơn vị." in answer.content.decode()
    empty = client.get(BULK, {"year": 2027, "kind": "registration", "act": "confirm"}).content.decode()
    assert "Chưa chọn đơn vị nào" in empty


def test_reminding_needs_words_and_nothing_is_lost(desk, enter):
    client = enter(desk.standing)
    form = ask(client, "remind", desk.silent[0]) | {"wording": ""}
    answer = client.post(BULK, form)
    assert (answer.status_code, BulkAct.objects.count()) == (422, 0)
    assert "Hãy chọn mẫu lời của thư nhắc." in answer.content.decode()
    assert form_with(answer, "request_key")["chon"] == [str(desk.silent[0].uid)]


@pytest.mark.parametrize("query", ["", "?act=x&year=2027", "?act=remind&year=1999&kind=registration"])
def test_a_strange_address_leads_back_to_the_board(desk, enter, query):
    answer = enter(desk.standing).get(f"{BULK}{query}")
    assert (answer.status_code, answer.url) == (302, "/theo-doi/")


def test_the_commendation_body_reads_results_and_others_do_not(desk, enter):
    client = enter(desk.standing)
    url = client.post(BULK, ask(client, "confirm", desk.filed[0])).url
    answers = {
        name: enter(getattr(desk, name)).get(url).status_code
        for name in ("standing", "commendation", "district", "filer", "administrator")
    }
    assert answers == {
        "standing": 200,
        "commendation": 200,
        "district": 403,
        "filer": 403,
        "administrator": 403,
    }
    assert Obligation.objects.count() == 4
