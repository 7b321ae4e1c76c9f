"""Inspections: planned, announced, found, told, answered, closed; who reads what meanwhile."""

from datetime import date

import pytest

from core.models import Event, OutboxMail
from core.transitions import Refused
from registrations.enums import FindingKind
from registrations.models import Finding, FindingAnswer, Inspection, InspectionPlan, Visit, findings_for
from registrations.workflow import inspection as workflow
from tests.factories import UnitFactory, member_of
from tests.factories_movement import DECISION, a_told_visit, an_inspection, found, start, told
from tests.factories_registrations import PeriodFactory, a_pdf
from units.enums import Role
from units.models import User


@pytest.fixture
def head(world):
    return member_of(UnitFactory(name="Sở Nội vụ mẫu"), full_name="Phạm Thị Hà")


@pytest.fixture
def visited(world, head):
    return a_told_visit(world.standing, world.unit, head=head)


def _mails():
    return sorted(OutboxMail.objects.values_list("recipient__full_name", "subject"))


def test_through_the_pages_from_plan_to_the_last_remedy(enter, world, head):
    desk = enter(world.standing)
    planned = desk.post(
        "/phong-trao/kiem-tra/2027/moi/",
        {"name": "Kiểm tra đợt 1", "starts_on": "10/01/2027", "ends_on": "20/01/2027"},
    )
    page = planned.url
    inspection = Inspection.objects.get()
    assert (page, inspection.reference) == (inspection.get_absolute_url(), "KT-2027-00001")

    person = {"name": head.full_name, "unit": head.memberships.get().unit.code, "role": "head"}
    assert desk.post(f"{page}them-thanh-vien/", person | {"email": head.email}).status_code == 302
    assert inspection.members.get().user == head
    programme = {"unit": world.unit.code, "on": "12/01/2027", "place": "Trụ sở UBND xã"}
    assert desk.post(f"{page}them-don-vi/", programme).status_code == 302
    decision = {"number": "12/QĐ-STTTT", "signed_on": "05/01/2027", "upload": a_pdf()}
    assert desk.post(f"{page}bat-dau/", decision).status_code == 302

    team = enter(head)
    visit = Visit.objects.get()
    at = visit.get_absolute_url()
    finding = {
        "kind": "shortcoming",
        "criterion": "COMM-1",
        "text": "Còn hồ sơ giấy.",
        "remedy": "Chuyển lên hệ thống.",
        "due": "01/02/2027",
        "upload": a_pdf("anh.pdf"),
    }
    assert team.post(f"{at}phat-hien/", finding).status_code == 302
    assert team.post(f"{at}nhan-xet/", {"summary": "Triển khai tốt."}).status_code == 302
    assert team.post(f"{at}thong-bao/").status_code == 302

    unit = enter(world.filer)
    seen = unit.get(at).content.decode()
    assert ("Còn hồ sơ giấy." in seen, "Triển khai tốt." in seen) == (True, True)
    found_there = Finding.objects.get()
    one = f"{at}phat-hien/{found_there.uid}/"
    answer = unit.post(f"{one}tra-loi/", {"text": "Đã chuyển hết.", "upload": a_pdf("bang-chung.pdf")})
    assert answer.status_code == 302
    assert team.post(f"{one}lam-tiep/", {"comment": "Còn hai hồ sơ."}).status_code == 302
    assert unit.post(f"{one}tra-loi/", {"text": "Đã xong cả hai."}).status_code == 302
    assert team.post(f"{one}chap-nhan/").status_code == 302
    assert team.post(f"{page}ket-thuc/", {"conclusion": "Đạt yêu cầu."}).status_code == 302
    assert desk.post(f"{page}dong/").status_code == 302
    inspection.refresh_from_db()
    found_there.refresh_from_db()
    assert (inspection.state, found_there.state) == ("closed", "closed")
    assert [a.text for a in FindingAnswer.objects.all()] == ["Đã chuyển hết.", "Đã xong cả hai."]
    acts = list(Event.objects.filter(case_uid=inspection.uid).values_list("act", flat=True))
    assert acts == [
        "plan", "add_member", "add_visit", "start", "add_finding", "record", "communicate", "answer",
        "reopen", "answer", "accept", "conclude", "close",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        ("head", "Đoàn chưa có trưởng đoàn."),
        ("visits", "Chưa có đơn vị nào trong chương trình kiểm tra."),
        ("days", "Ngày làm việc tại Xã Bản Phiệt (12/01/2027) nằm ngoài thời gian của đợt."),
    ],
)
def test_what_a_start_needs(world, head, lacks, says):
    units = [] if lacks == "visits" else [world.unit]
    inspection = an_inspection(world.standing, *units, head=None if lacks == "head" else head)
    if lacks == "days":
        Inspection.objects.update(ends_on=date(2027, 1, 11))
    with pytest.raises(Refused) as refused:
        start(inspection, world.standing)
    assert [f.message for f in refused.value.findings] == [says]
    assert (Inspection.objects.get().state, OutboxMail.objects.count()) == ("planned", 0)


def test_a_start_tells_the_units_and_the_team(world, head):
    start(an_inspection(world.standing, world.unit, head=head), world.standing)
    assert _mails() == [
        ("Nguyễn Văn An", "KT-2027-00001: đoàn kiểm tra làm việc ngày 12/01/2027"),
        ("Phạm Thị Hà", "KT-2027-00001: tham gia đoàn kiểm tra"),
    ]


def test_what_telling_the_unit_needs(world, head, on_time):
    inspection = an_inspection(world.standing, world.unit, head=head)
    start(inspection, world.standing)
    visit = inspection.visits.get()
    found(visit, head, remedy="", due=None)
    on_time.move_to("2027-01-11T23:59:59+07:00")
    with pytest.raises(Refused) as refused:
        workflow.communicate(visit, by=head)
    assert [f.message for f in refused.value.findings] == [
        "Chưa đến ngày làm việc tại đơn vị (12/01/2027).",
        "Chưa ghi nhận xét chung.",
        "Phát hiện 1 chưa ghi yêu cầu và hạn khắc phục.",
    ]


def test_until_it_is_told_the_unit_reads_its_programme_and_no_word_more(enter, world, head):
    other = UnitFactory(name="Sở được kiểm tra cùng đợt")
    inspection = an_inspection(world.standing, world.unit, other, head=head)
    start(inspection, world.standing)
    visit = inspection.visits.get(unit=world.unit)
    finding = found(visit, head, upload=a_pdf("anh.pdf"))
    workflow.record(visit, by=head, representatives="Ông Mẫu", summary="Nhận xét chưa công bố.")
    client = enter(world.filer)
    pages = [
        client.get(p).content.decode() for p in (inspection.get_absolute_url(), visit.get_absolute_url())
    ]
    for page in pages:
        hidden = ("Nhận xét chưa công bố.", finding.text, other.name, "ghi một phát hiện", "Ông Mẫu")
        assert [word for word in hidden if word in page] == []
    file = f"{visit.get_absolute_url()}phat-hien/{finding.uid}/tep/{finding.files.get().file.uid}/"
    assert client.get(file).status_code == 404
    elsewhere = inspection.visits.get(unit=other).get_absolute_url()
    assert [client.get(f"{elsewhere}{path}").status_code for path in ("", "bien-ban/", "tien-do/")] == [
        404
    ] * 3
    printed = [f"{visit.get_absolute_url()}{path}" for path in ("bien-ban/", "tien-do/")]
    printed += [f"{inspection.get_absolute_url()}{path}" for path in ("bao-cao/", "tien-do/")]
    assert [client.get(address).status_code for address in printed] == [403] * 4


def test_a_unit_reads_nothing_of_the_others_findings(enter, world, head):
    other = UnitFactory(name="Sở bên cạnh")
    stranger = member_of(other)
    inspection = an_inspection(world.standing, world.unit, other, head=head)
    start(inspection, world.standing)
    mine, theirs = inspection.visits.order_by("pk")
    found(mine, head, text="Phát hiện ở xã.")
    finding = found(theirs, head, text="Phát hiện ở sở.", upload=a_pdf("so.pdf"))
    for visit in (mine, theirs):
        told(visit, head)
    client = enter(world.filer)
    assert "Phát hiện ở xã." in client.get(mine.get_absolute_url()).content.decode()
    one = f"{theirs.get_absolute_url()}phat-hien/{finding.uid}/"
    under_mine = f"{mine.get_absolute_url()}phat-hien/{finding.uid}/"
    file = finding.files.get().file.uid
    addresses = [theirs.get_absolute_url(), f"{one}tep/{file}/", f"{under_mine}tep/{file}/"]
    assert [client.get(a).status_code for a in addresses] == [404] * 3
    assert client.post(f"{under_mine}tra-loi/", {"text": "x"}).status_code == 404
    assert enter(stranger).get(theirs.get_absolute_url()).status_code == 200


def test_the_results_are_told_and_can_be_taken_back_until_answered(world, head, visited, on_time):
    workflow.recall(visited.visit, by=head, comment="Sửa số liệu.")
    assert (visited.visit.state, findings_for(world.unit, world.period).count()) == ("planned", 0)
    on_time.move_to("2027-01-15T10:00+07:00")
    workflow.communicate(visited.visit, by=head)
    workflow.answer(visited.shortcoming, by=world.filer, text="Đã xong.")
    with pytest.raises(Refused, match="không thu lại được"):
        workflow.recall(visited.visit, by=head, comment="Sửa lần nữa.")
    assert [subject for who, subject in _mails() if who == "Nguyễn Văn An"] == [
        "KT-2027-00001: kết quả kiểm tra",
        "KT-2027-00001: kết quả kiểm tra",
        "KT-2027-00001: đoàn kiểm tra làm việc ngày 12/01/2027",
        "KT-2027-00001: đoàn thu lại kết quả để sửa",
    ]


def test_an_empty_answer_is_not_sent_and_a_wrong_file_loses_no_word(enter, world, visited):
    client = enter(world.filer)
    one = f"{visited.visit.get_absolute_url()}phat-hien/{visited.shortcoming.uid}/tra-loi/"
    empty = client.post(one, {"text": " "})
    wrong = client.post(one, {"text": "Đã làm ba việc.", "upload": a_pdf(content=b"MZ")})
    assert (empty.status_code, wrong.status_code, FindingAnswer.objects.count()) == (422, 422, 0)
    assert "Đã làm ba việc." in wrong.content.decode()


def test_to_close_without_an_answer_needs_a_word(world, head, visited):
    with pytest.raises(Refused) as refused:
        workflow.accept(visited.shortcoming, by=head)
    assert refused.value.status == 422
    workflow.accept(visited.shortcoming, by=head, comment="Đã xem tại chỗ.")
    assert visited.shortcoming.state == "closed"


def test_a_good_point_is_not_followed_up(world, head, visited):
    for act in (workflow.accept, workflow.reopen):
        with pytest.raises(Refused) as refused:
            act(visited.good, by=head, comment="x")
        assert refused.value.status == 403
    assert list(Finding.objects.to_remedy()) == [visited.shortcoming]


def test_an_inspection_closes_when_all_is_put_right(world, head, visited):
    workflow.conclude(visited.inspection, by=head, conclusion="Tốt.")
    with pytest.raises(Refused) as refused:
        workflow.close(visited.inspection, by=world.standing)
    assert [f.message for f in refused.value.findings] == ["Còn 1 phát hiện chưa khắc phục xong."]
    workflow.answer(visited.shortcoming, by=world.filer, text="Đã xong.")
    workflow.accept(visited.shortcoming, by=head)
    workflow.close(visited.inspection, by=world.standing)
    assert visited.inspection.state == "closed"
    with pytest.raises(Refused, match="Đã đóng"):
        workflow.reopen(visited.shortcoming, by=head, comment="Xem lại.")


def test_no_conclusion_before_every_unit_is_told(world, head):
    inspection = an_inspection(world.standing, world.unit, head=head)
    start(inspection, world.standing)
    with pytest.raises(Refused) as refused:
        workflow.conclude(inspection, by=head, conclusion=" ")
    assert [f.message for f in refused.value.findings] == [
        "Chưa thông báo kết quả cho Xã Bản Phiệt.",
        "Chưa ghi đánh giá chung.",
    ]


def test_a_cancelled_one_tells_whom_it_was_announced_to(enter, world, head):
    inspection = an_inspection(world.standing, world.unit, head=head)
    start(inspection, world.standing)
    workflow.cancel(inspection, by=world.standing, comment="Bão lũ.")
    assert ("Nguyễn Văn An", "KT-2027-00001: hủy kiểm tra ngày 12/01/2027") in _mails()
    assert enter(world.filer).get(inspection.get_absolute_url()).status_code == 404


def test_findings_for_a_unit_and_a_period(world, head, visited):
    """What stands beside the figure: told findings of the unit itself, of that period, and no others."""
    elsewhere = a_told_visit(world.standing, UnitFactory(commune=True), head=head)
    found_there = list(findings_for(world.unit, visited.inspection.period))
    assert found_there == [visited.shortcoming, visited.good]
    assert found_there[0].criterion.code == "COMM-1"
    assert elsewhere.shortcoming not in found_there
    assert list(findings_for(world.unit, PeriodFactory(past=True))) == []


@pytest.mark.parametrize(
    "reader",
    ["standing", "commendation", "head", "filer", "colleague", "district", "stranger", "administrator"],
)
def test_who_sees_has_the_right_to_and_no_one_else(world, head, reader):
    """`visible_to` and the rules agree, in every state an inspection can be in."""
    world.head = head
    team = {"head": head}
    an_inspection(world.standing, world.unit, **team)
    under_way = an_inspection(world.standing, world.unit, UnitFactory(), **team)
    start(under_way, world.standing)
    found(under_way.visits.first(), head)
    a_told_visit(world.standing, world.unit, **team)
    concluded = a_told_visit(world.standing, world.unit, **team)
    workflow.conclude(concluded.inspection, by=world.standing, conclusion="Tốt.")
    cancelled = an_inspection(world.standing, world.unit, **team)
    workflow.cancel(cancelled, by=world.standing, comment="Trùng.")
    # Read anew: what the head of the team may do was remembered before the later inspections.
    user = User.objects.get(pk=getattr(world, reader).pk)
    for model in (Inspection, Visit, Finding):
        name = model._meta.model_name
        allowed = {o for o in model.objects.all() if user.has_perm(f"registrations.view_{name}", o)}
        assert set(model.objects.visible_to(user)) == allowed, name


def test_one_head_and_everyone_once(world, head):
    inspection = an_inspection(world.standing, world.unit, head=head)
    unit = head.memberships.get().unit
    person = {"user": None, "name": "Ai đó", "position": "", "unit": unit}
    with pytest.raises(Refused) as refused:
        workflow.add_member(inspection, by=world.standing, values=person | {"role": "head"})
    assert [f.message for f in refused.value.findings] == ["Đoàn đã có trưởng đoàn."]
    with pytest.raises(Refused) as refused:
        workflow.add_member(inspection, by=world.standing, values=person | {"role": "member", "user": head})
    assert [f.message for f in refused.value.findings] == ["Người này đã có trong đoàn."]
    place = {"unit": world.unit, "on": date(2027, 1, 13), "place": "Nơi khác"}
    with pytest.raises(Refused) as refused:
        workflow.add_visit(inspection, by=world.standing, values=place)
    assert [f.message for f in refused.value.findings] == ["Đơn vị này đã có trong chương trình."]


def test_members_and_units_are_taken_off_until_they_are_needed(enter, world, head):
    inspection = an_inspection(world.standing, world.unit, UnitFactory(), head=head)
    client = enter(world.standing)
    page = inspection.get_absolute_url()
    first, second = inspection.visits.order_by("pk")
    assert client.post(f"{page}don-vi/{second.uid}/bo/").status_code == 302
    start(inspection, world.standing)
    found(first, head)
    member = inspection.members.get()
    refused = [
        client.post(f"{page}{path}").status_code
        for path in (f"don-vi/{first.uid}/bo/", f"thanh-vien/{member.uid}/bo/")
    ]
    assert (refused, inspection.visits.count(), inspection.members.count()) == ([409, 409], 1, 1)


def test_two_edit_the_same_inspection(enter, world):
    inspection = an_inspection(world.standing)
    client = enter(world.standing)
    page = f"{inspection.get_absolute_url()}sua/"
    posted = {"name": "Tên mới", "starts_on": "10/01/2027", "ends_on": "20/01/2027", "version": 1}
    assert client.post(page, posted).status_code == 302
    stale = client.post(page, posted | {"name": "Tên của người khác"})
    assert (stale.status_code, Inspection.objects.get().name) == (422, "Tên mới")
    assert "Tên của người khác" in stale.content.decode()


def test_an_evidence_is_taken_away_and_a_finding_removed(enter, world, head):
    inspection = an_inspection(world.standing, world.unit, head=head)
    start(inspection, world.standing)
    visit = inspection.visits.get()
    finding = found(visit, head, upload=a_pdf("a.pdf"))
    client = enter(head)
    one = f"{visit.get_absolute_url()}phat-hien/{finding.uid}/"
    posted = {"kind": "good", "text": "Hóa ra tốt.", "remove": finding.files.get().file.uid}
    assert client.post(one, posted).status_code == 302
    finding.refresh_from_db()
    assert (finding.kind, finding.files.count()) == (FindingKind.GOOD, 0)
    assert Event.objects.get(act="change_finding").payload.data["before"]["kind"] == "shortcoming"
    assert client.post(f"{one}bo/").status_code == 302
    assert Finding.objects.count() == 0


def test_a_good_point_with_a_remedy_is_asked_about(enter, world, head):
    inspection = an_inspection(world.standing, world.unit, head=head)
    start(inspection, world.standing)
    posted = {"kind": "good", "text": "Tốt.", "remedy": "Làm tiếp."}
    answer = enter(head).post(f"{inspection.visits.get().get_absolute_url()}phat-hien/", posted)
    assert (answer.status_code, "Điểm tốt không có yêu cầu khắc phục" in answer.content.decode()) == (
        422,
        True,
    )


def test_the_plan_of_the_year(enter, world):
    client = enter(world.standing)
    page = "/phong-trao/kiem-tra/2027/ke-hoach/"
    posted = {"number": "05/KH-STTTT", "signed_on": "04/01/2027", "note": "Hai đợt."}
    assert client.post(page, posted).status_code == 422
    assert client.post(page, posted | {"upload": a_pdf("ke-hoach.pdf")}).status_code == 302
    assert client.post(page, posted | {"number": "06/KH-STTTT"}).status_code == 302
    plan = InspectionPlan.objects.get()
    assert (plan.number, plan.file.name) == ("06/KH-STTTT", "ke-hoach.pdf")
    before = [p.data["before"].get("number") for p in _payloads("record_plan")]
    assert before == [None, "05/KH-STTTT"]
    statuses = {
        reader: [enter(getattr(world, reader)).get(p).status_code for p in (page, f"{page}van-ban/")]
        for reader in ("standing", "commendation", "filer", "administrator")
    }
    assert statuses == {
        "standing": [200, 200],
        "commendation": [403, 200],
        "filer": [403, 403],
        "administrator": [403, 403],
    }


def _payloads(act):
    return [event.payload for event in Event.objects.filter(act=act).select_related("payload").order_by("pk")]


def test_what_awaits_whom(enter, world, head, visited):
    homes = {
        reader: enter(user).get("/ban-lam-viec/").content.decode()
        for reader, user in (("filer", world.filer), ("head", head), ("standing", world.standing))
    }
    assert "1 kết quả kiểm tra cần khắc phục" in homes["filer"]
    workflow.answer(visited.shortcoming, by=world.filer, text="Đã xong.")
    assert "kết quả kiểm tra cần khắc phục" not in enter(world.filer).get("/ban-lam-viec/").content.decode()
    assert "Xem trả lời sau kiểm tra: Xã Bản Phiệt" in enter(head).get("/ban-lam-viec/").content.decode()
    assert (
        "1 trả lời sau kiểm tra chờ kết luận" in enter(world.standing).get("/ban-lam-viec/").content.decode()
    )


def test_the_list_narrows_and_asks_as_often_for_one_as_for_ten(
    enter, world, head, visited, django_assert_num_queries
):
    client = enter(world.standing)
    address = "/phong-trao/kiem-tra/"
    assert [i.pk for i in client.get(f"{address}?q=bản phiệt").context["list"]["rows"]] == [
        visited.inspection.pk
    ]
    assert list(client.get(f"{address}?state=closed").context["list"]["rows"]) == []
    with django_assert_num_queries(12):
        client.get(address)
    for _ in range(9):
        an_inspection(world.standing, world.unit, head=head)
    with django_assert_num_queries(12):
        client.get(address)


def test_a_name_is_looked_for_among_what_one_may_see(enter, world, head):
    other = UnitFactory(name="Sở Bí Mật")
    inspection = an_inspection(world.standing, world.unit, other, head=head)
    start(inspection, world.standing)
    rows = enter(world.filer).get("/phong-trao/kiem-tra/?q=bí mật").context["list"]["rows"]
    assert list(rows) == []


def test_the_page_of_a_visit_asks_as_often_for_two_findings_as_for_ten(
    enter, world, head, django_assert_num_queries
):
    inspection = an_inspection(world.standing, world.unit, head=head)
    start(inspection, world.standing)
    visit = inspection.visits.get()
    for _ in range(2):
        found(visit, head, upload=a_pdf())
    client = enter(world.standing)
    client.get(visit.get_absolute_url())
    with django_assert_num_queries(16):
        client.get(visit.get_absolute_url())
    for _ in range(8):
        found(visit, head, upload=a_pdf())
    with django_assert_num_queries(16):
        client.get(visit.get_absolute_url())


def test_a_lead_and_a_reviewer_of_the_team_are_the_same(world, head):
    lead = member_of(UnitFactory(), Role.LEAD)
    inspection = an_inspection(world.standing, world.unit, head=head, members=[lead])
    start(inspection, world.standing)
    assert found(inspection.visits.get(), lead).visit == inspection.visits.get()


def test_a_decision_is_dated_and_signed(enter, world, head):
    inspection = an_inspection(world.standing, world.unit, head=head)
    answer = enter(world.standing).post(f"{inspection.get_absolute_url()}bat-dau/", {"number": "12"})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"signed_on", "upload"})
    assert DECISION["signed_on"] < inspection.starts_on
