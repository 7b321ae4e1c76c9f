"""The appraisal desk: who appraises what, one word on many, conflicts and their reason, feedback."""

import uuid

import pytest

from awards.models import Batch, Designation, Feedback, Nominee
from awards.workflow import appraisal as appraising
from awards.workflow import assignment, feedback
from awards.workflow import decision as deciding
from core import clock
from core.models import Event, OutboxMail
from tests.factories import MembershipFactory, UnitFactory, holder_of, member_of
from tests.factories_awards import (
    a_forwarded_proposal,
    a_submitted_dossier,
    an_appraised_dossier,
    an_individual,
    an_issued_decision,
    appraise,
    judge_all,
)
from units.enums import Function, Role
from units.models import UnitFunction, UnitSuccession

DESK = "/tham-dinh-ho-so/"
#: of the page of one dossier, however many nominees it has
DESK_QUERIES = 35


def people_of(unit, how_many):
    return [an_individual(unit, f"Người Thứ {n:03}") for n in range(how_many)]


def the_bodies():
    return UnitFunction.holder(Function.STANDING_BODY), UnitFunction.holder(Function.COMMENDATION_BODY)


# --- Who appraises ----------------------------------------------------------------------------


def test_dossiers_are_shared_out_evenly_and_told_one_by_one(world, enter):
    holder_of(Function.STANDING_BODY)
    dossiers = [a_submitted_dossier(world.unit, world.filer) for _ in range(6)]
    answer = enter(world.standing_lead).post(f"{DESK}chia-deu/")
    page = answer.content.decode()
    assert (answer.status_code, "Đã thực hiện với 6 trong 6 hồ sơ" in page) == (200, True)
    assert sorted(assignment.workload().values()) == [2, 2, 2]
    assert [d.reference in page for d in dossiers] == [True] * 6
    again = enter(world.standing_lead).post(f"{DESK}chia-deu/").content.decode()
    assert "Không có hồ sơ nào để thực hiện" in again


def test_only_a_lead_gives_dossiers_to_others(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    assert enter(world.standing).post(f"{DESK}chia-deu/").status_code == 403
    posted = {"dossier": dossier.uid, "to": world.standing_lead.uid}
    page = enter(world.standing).post(f"{DESK}giao/", posted).content.decode()
    dossier.refresh_from_db()
    assert dossier.assigned_to is None
    assert "Chỉ lãnh đạo cơ quan thẩm định phân công cho người khác." in page
    assert enter(world.standing).post(f"/ho-so/{dossier.uid}/nhan-tham-dinh/").status_code == 302
    dossier.refresh_from_db()
    assert dossier.assigned_to == world.standing
    assert enter(world.filer).get(DESK).status_code == 403
    assert enter(world.filer).post(f"/ho-so/{dossier.uid}/nhan-tham-dinh/").status_code == 403


def test_kin_of_the_unit_are_passed_over_with_the_reason(world, enter):
    """He left the district a month ago; a person of a successor unit is kin too."""
    former = holder_of(Function.STANDING_BODY)
    MembershipFactory(unit=world.unit.parent, user=former, valid_to=clock.today())
    dossier = a_submitted_dossier(world.unit, world.filer)
    lead = enter(world.standing_lead)
    page = lead.post(f"{DESK}giao/", {"dossier": dossier.uid, "to": former.uid}).content.decode()
    assert f"Không giao được: {former.full_name} đang hoặc vừa công tác tại {world.unit.name}" in page
    lead.post(f"{DESK}chia-deu/")
    dossier.refresh_from_db()
    assert dossier.assigned_to in (world.standing, world.standing_lead)
    assert "Bạn không thẩm định: " in enter(former).get(DESK).content.decode()


def test_next_leads_through_ones_own_then_what_nobody_has(world, enter):
    first, second, third = (a_submitted_dossier(world.unit, world.filer) for _ in range(3))
    assignment.assign(third, to=world.standing, by=world.standing)
    client = enter(world.standing)
    assert client.get(DESK).context["next_url"] == f"/ho-so/{third.uid}/doi-tuong/"
    page = client.get(f"/ho-so/{third.uid}/doi-tuong/")
    assert page.context["next_url"] == f"/ho-so/{first.uid}/doi-tuong/"
    assert (
        client.get(f"/ho-so/{first.uid}/doi-tuong/").context["next_url"] == f"/ho-so/{third.uid}/doi-tuong/"
    )
    assert second.reference in client.get(DESK).content.decode()


# --- One word on many -------------------------------------------------------------------------


def test_a_filtered_set_gets_one_word_and_each_row_its_answer(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer, people_of(world.unit, 5))
    taken = dossier.nominees.get(name="Người Thứ 004")
    appraising.give_verdict("not_recommend", taken, by=world.standing_lead, comment="Chưa đạt.")
    client, key = enter(world.standing), uuid.uuid4()
    posted = {"which": "all", "verdict": "recommend", "request_key": key}
    answer = client.post(f"/ho-so/{dossier.uid}/ket-luan/?q=nguoi thu", posted)
    batch = Batch.objects.get()
    assert (answer.status_code, answer.url, batch.done, batch.failed) == (302, batch.get_absolute_url(), 4, 1)
    states = dict(dossier.nominees.values_list("name", "state"))
    assert states == {f"Người Thứ {n:03}": "recommended" for n in range(4)} | {
        "Người Thứ 004": "not_recommended"
    }
    page = client.get(answer.url).content.decode()
    assert "Người khác đã ghi kết luận" in page
    before = Event.objects.count()
    assert client.post(f"/ho-so/{dossier.uid}/ket-luan/", posted).url == batch.get_absolute_url()
    assert (Batch.objects.count(), Event.objects.count()) == (1, before)
    assert [enter(p).get(answer.url).status_code for p in (world.filer, world.commendation)] == [404, 404]


WRONG_BULK = {
    "nobody": ({"verdict": "recommend"}, "Hãy đánh dấu ít nhất một đối tượng"),
    "no_word": ({"which": "all"}, "Hãy điền mục này."),
    "no_reason": ({"which": "all", "verdict": "not_recommend"}, "Hãy ghi lý do"),
}


@pytest.mark.parametrize("case", WRONG_BULK)
def test_a_bulk_word_that_lacks_something_changes_nothing(case, world, enter):
    posted, said = WRONG_BULK[case]
    dossier = a_submitted_dossier(world.unit, world.filer)
    before = Event.objects.count()
    answer = enter(world.standing).post(
        f"/ho-so/{dossier.uid}/ket-luan/", posted | {"request_key": uuid.uuid4()}
    )
    page = answer.content.decode()
    assert (answer.status_code, Event.objects.count(), Batch.objects.count()) == (422, before, 0)
    assert said in page


def test_a_finished_appraisal_is_locked_and_its_reopening_logged(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    nominee = dossier.nominees.first()
    client = enter(world.standing)
    posted = {"verdict": "not_recommend", "comment": "Đổi ý."}
    address = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/ket-luan/"
    assert client.post(address, posted).status_code == 409
    assert "kết luận được khóa" in client.get(f"/ho-so/{dossier.uid}/doi-tuong/").content.decode()
    enter(world.standing_lead).post(f"/ho-so/{dossier.uid}/mo-lai/", {"comment": "Có đơn phản ánh."})
    logged = Event.objects.filter(act="reopen").select_related("payload").get()
    assert (logged.actor, logged.payload.comment) == (world.standing_lead, "Có đơn phản ánh.")
    assert client.post(f"{address}?ban=1", posted).url == f"/ho-so/{dossier.uid}/doi-tuong/#id_n{nominee.uid}"


def test_the_desk_reads_as_many_rows_for_300_nominees_as_for_60(world, enter, django_assert_num_queries):
    """Paged: the same queries and at most a page of rows, however long the dossier."""
    client = enter(world.standing)
    seen = []
    for how_many in (60, 300):
        dossier = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)])
        first = dossier.nominees.get()
        Nominee.objects.bulk_create(
            Nominee(
                dossier=dossier,
                kind="individual",
                unit=world.unit,
                name=f"Người {n:03}",
                sex="male",
                search_name=f"nguoi {n:03}",
                sort_name=f"{n:03}",
            )
            for n in range(how_many - 1)
        )
        with django_assert_num_queries(DESK_QUERIES):
            page = client.get(f"/ho-so/{dossier.uid}/doi-tuong/")
        seen.append(len(page.context["rows"]))
        assert f"trong {how_many} đối tượng" in page.content.decode()
        assert first.name
    assert seen == [50, 50]


# --- Conflicts and people of third units -------------------------------------------------------


def test_a_member_of_a_successor_is_kept_out_with_the_reason(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    nominee = dossier.nominees.first()
    heir = UnitFactory(commune=True, name="Xã Bản Phiệt Mới")
    UnitSuccession.objects.create(predecessor=world.unit, successor=heir, effective_on="2026-07-01")
    of_heir = holder_of(Function.STANDING_BODY)
    MembershipFactory(unit=heir, user=of_heir)
    before = (Event.objects.count(), OutboxMail.objects.count())
    client = enter(of_heir)
    answers = [
        client.post(f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/ket-luan/", {"verdict": "recommend"}),
        client.post(
            f"/ho-so/{dossier.uid}/ket-luan/",
            {"which": "all", "verdict": "recommend", "request_key": uuid.uuid4()},
        ),
    ]
    assert [a.status_code for a in answers] == [403, 403]
    for answer in answers:
        assert "tiền thân, kế thừa của đơn vị này" in answer.content.decode()
    nominee.refresh_from_db()
    assert (nominee.state, Event.objects.count(), OutboxMail.objects.count()) == ("proposed", *before)


def test_the_standing_bodys_own_nominee_goes_through_without_it(world, enter):
    """One reviewer and one lead at the commendation body: a third unit judges what the one appraised."""
    body, _ = the_bodies()
    filer = member_of(body)
    dossier = a_submitted_dossier(body, filer, [an_individual(body, "Người Của Sở")])
    nominee = dossier.nominees.get()
    verdict = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/ket-luan/"
    for role in (world.standing, world.standing_lead):
        refused = enter(role).post(verdict, {"verdict": "recommend"})
        assert refused.status_code == 403
        assert "đang hoặc vừa công tác tại" in refused.content.decode()
    desk = enter(world.commendation)
    assert desk.post(verdict, {"verdict": "recommend"}).status_code == 302
    assert desk.post(f"/ho-so/{dossier.uid}/tham-dinh/").status_code == 302
    dossier.refresh_from_db()
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    judge = f"/to-trinh/{proposal.uid}/doi-tuong/{nominee.uid}/xet/"
    assert desk.post(judge, {"judgement": "approved"}).status_code == 403
    third = member_of(UnitFactory(), Role.LEAD)
    assert enter(third).get(f"/to-trinh/{proposal.uid}/").status_code == 404
    named = enter(world.commendation_lead).post(
        f"/ho-so/{dossier.uid}/chi-dinh/",
        {"act": "judge", "person": third.email, "reason": "Người duy nhất còn lại đã thẩm định."},
    )
    assert (named.status_code, Designation.objects.get().person) == (302, third)
    client = enter(third)
    page = client.get(f"/to-trinh/{proposal.uid}/").content.decode()
    assert "Người Của Sở" in page
    assert client.post(judge, {"judgement": "approved"}).status_code == 302
    assert client.get(f"/to-trinh/{proposal.uid}/tep/van-ban/").status_code == 403
    approved = enter(world.commendation_lead).post(f"/to-trinh/{proposal.uid}/duyet/")
    proposal.refresh_from_db()
    nominee.refresh_from_db()
    assert (approved.status_code, proposal.state, nominee.state) == (302, "approved", "approved")
    assert [nominee.appraised_by, nominee.judged_by] == [world.commendation, third]


def test_nothing_deadlocks_when_each_bodys_lead_is_kin_to_one_name(world, enter):
    for lead in (world.standing_lead, world.commendation_lead):
        MembershipFactory(unit=world.unit, user=lead)
    dossier = a_submitted_dossier(world.unit, world.filer)
    client = enter(world.standing_lead)
    assert client.post(f"{DESK}chia-deu/").status_code == 200
    appraise(dossier, world.standing)
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    nominee = proposal.nominees.first()
    kept_out = enter(world.commendation_lead).post(
        f"/to-trinh/{proposal.uid}/doi-tuong/{nominee.uid}/xet/", {"judgement": "approved"}
    )
    assert kept_out.status_code == 403
    judge_all(proposal, world.commendation)
    assert enter(world.commendation_lead).post(f"/to-trinh/{proposal.uid}/duyet/").status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "approved"


def test_a_lead_who_judged_leaves_the_approval_to_someone_named(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    judge_all(proposal, world.commendation_lead)
    address = f"/to-trinh/{proposal.uid}/duyet/"
    assert enter(world.commendation_lead).post(address).status_code == 403
    third = member_of(UnitFactory(), Role.LEAD)
    assignment.designate(
        proposal, act="approve", person=third, reason="Lãnh đạo đã xét.", by=world.commendation_lead
    )
    other = member_of(UnitFactory(), Role.LEAD)
    assert [enter(p).post(address).status_code for p in (other, third)] == [404, 302]
    proposal.refresh_from_db()
    assert proposal.state == "approved"


WRONG_NAMES = {
    "unknown": (lambda world: "khong.co", "Không có người dùng nào có tài khoản này."),
    "of_a_body": (lambda world: world.commendation.email, "một đơn vị khác hai cơ quan"),
    "kin": (lambda world: world.district.email, "Không chỉ định được"),
}


@pytest.mark.parametrize("case", WRONG_NAMES)
def test_only_someone_free_of_a_third_unit_is_named(case, world, enter):
    someone, said = WRONG_NAMES[case]
    dossier = a_submitted_dossier(world.unit, world.filer)
    before = (Event.objects.count(), OutboxMail.objects.count())
    posted = {"act": "appraise", "person": someone(world), "reason": "Không còn ai."}
    answer = enter(world.standing_lead).post(f"/ho-so/{dossier.uid}/chi-dinh/", posted)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert enter(world.standing).post(f"/ho-so/{dossier.uid}/chi-dinh/", posted).status_code in (403, 422)
    assert (Designation.objects.count(), Event.objects.count(), OutboxMail.objects.count()) == (0, *before)


def test_whoever_is_named_acts_until_the_naming_ends(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    third = member_of(UnitFactory())
    named = assignment.designate(
        dossier, act="appraise", person=third, reason="Không còn ai.", by=world.standing_lead
    )
    nominee = dossier.nominees.first()
    address = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/ket-luan/"
    assert enter(third).post(address, {"verdict": "recommend"}).status_code == 302
    assert enter(world.standing_lead).post(f"/chi-dinh/{named.uid}/thoi/").status_code == 302
    assert enter(third).post(address, {"verdict": "recommend"}).status_code == 404
    nominee.refresh_from_db()
    assert nominee.appraised_by == third


# --- What the unit is told --------------------------------------------------------------------


def test_feedback_is_released_by_another_and_read_after_publication_only(world, enter, today):
    dossier = a_submitted_dossier(
        world.unit, world.filer, [an_individual(world.unit, n) for n in ("Lò Thị Mai", "Giàng A Sử")]
    )
    appraise(dossier, world.standing, {"Giàng A Sử": "not_recommend"})
    refused = dossier.nominees.get(name="Giàng A Sử")
    base = f"/ho-so/{dossier.uid}/doi-tuong/{refused.uid}/gop-y/"
    words = {"text": "Cần nêu rõ hiệu quả của sáng kiến."}
    assert enter(world.filer).post(base, words).status_code == 403
    assert enter(world.standing).post(base, {"text": " "}).status_code == 422
    assert enter(world.standing).post(base, words).status_code == 302
    assert enter(world.standing).post(f"{base}duyet/").status_code == 403
    own = dossier.nominees.get(name="Lò Thị Mai")
    assert enter(world.standing).post(base.replace(str(refused.uid), str(own.uid)), words).status_code == 422
    assert enter(world.standing_lead).post(f"{base}duyet/").status_code == 302
    assert enter(world.standing).post(base, words).status_code == 409
    today.shift(60)
    decision = an_issued_decision(world, dossier)
    assert words["text"] not in enter(world.filer).get(f"/ho-so/{dossier.uid}/").content.decode()
    assert (feedback.tell_feedback(), Feedback.objects.get().told_at) == (0, None)
    deciding.publish(decision, by=world.commendation_lead)
    assert words["text"] in enter(world.filer).get(f"/ho-so/{dossier.uid}/").content.decode()
    assert (feedback.tell_feedback(), feedback.tell_feedback()) == (1, 0)
    told = OutboxMail.objects.filter(key__startswith="feedback-")
    assert [(m.to, words["text"] in m.body) for m in told] == [(world.filer.email, False)]


# --- One nominee after the other --------------------------------------------------------------


def cockpit(dossier, nominee):
    return f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/xem/"


def test_each_word_leads_to_the_next_nominee_and_the_last_to_the_list(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer, people_of(world.unit, 3))
    first, second, third = dossier.nominees.in_order()
    desk = enter(world.standing)
    assert (
        f'href="{cockpit(dossier, first)}"' in desk.get(f"/ho-so/{dossier.uid}/doi-tuong/").content.decode()
    )
    page = desk.get(cockpit(dossier, second)).content.decode()
    assert "2/3" in page
    assert [
        f'href="{cockpit(dossier, one)}" data-{side}' in page
        for one, side in ((first, "previous"), (third, "next"))
    ] == [True, True]

    def judge(nominee, **said):
        posted = {"verdict": "recommend", "comment": ""} | said
        return desk.post(f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/ket-luan/?tiep=1", posted)

    refused = judge(second, verdict="not_recommend")
    assert refused.status_code == 422
    assert (
        f'action="/ho-so/{dossier.uid}/doi-tuong/{second.uid}/ket-luan/?tiep=1"' in refused.content.decode()
    )
    assert judge(second).url == cockpit(dossier, third)
    assert judge(third).url == cockpit(dossier, first)
    assert judge(first).url == f"/ho-so/{dossier.uid}/doi-tuong/"


def test_the_word_is_asked_of_nobody_who_may_not_give_it(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    nominee = dossier.nominees.first()
    page = enter(world.filer).get(cockpit(dossier, nominee))
    assert (page.status_code, "?tiep=1" in page.content.decode()) == (200, False)
    assert enter(world.commendation).get(cockpit(dossier, nominee)).status_code == 404
    posted = {"verdict": "recommend", "comment": ""}
    judged = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/ket-luan/?tiep=1"
    people = (world.filer, world.commendation)
    assert [enter(person).post(judged, posted).status_code for person in people] == [403, 404]


def test_a_paper_is_read_beside_and_framed_by_the_portal_alone(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    paper = dossier.documents.exclude(nominee=None).select_related("file", "nominee").first()
    desk = enter(world.standing)
    page = desk.get(cockpit(dossier, paper.nominee)).content.decode()
    address = f"/ho-so/{dossier.uid}/tep/{paper.file.uid}/"
    assert f'src="{address}#navpanes=0' in page
    answer = desk.get(address)
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_who_may_name_nobody_is_shown_nothing_by_naming_badly(world, enter):
    """The page that says what lacks is the desk's own: verdicts of an unfinished appraisal stand on it."""
    dossier = a_submitted_dossier(world.unit, world.filer, people_of(world.unit, 1))
    appraising.give_verdict(
        "not_recommend", dossier.nominees.get(), by=world.standing, comment="Đang bị xem xét kỷ luật."
    )
    address = f"/ho-so/{dossier.uid}/chi-dinh/"
    roles = ("filer", "colleague", "district", "standing", "stranger", "standing_lead")
    answers = [enter(getattr(world, role)).post(address, {}) for role in roles]
    codes = [answer.status_code for answer in answers]
    read = ["Đang bị xem xét kỷ luật." in answer.content.decode() for answer in answers]
    assert (codes, read) == ([403, 403, 403, 403, 404, 422], [False] * 5 + [True])
