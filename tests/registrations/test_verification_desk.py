"""The verification desk: flags, who verifies what, contests to their last second, judged people."""

import re
import uuid
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.calendar import add_working_days
from core.models import Event, File, OutboxMail
from core.transitions import Refused
from criteria.enums import Verdict
from registrations import workflow
from registrations.flags import flags_of
from registrations.judging import judgements_of, results_of
from registrations.models import Evaluation, FigureAnswer, FigureEvidence, Judgement
from registrations.replay import replay
from tests.factories import UnitFactory, holder_of, member_of
from tests.factories_registrations import (
    HANOI,
    PeriodFactory,
    a_full_report,
    a_pdf,
    a_submitted_report,
    a_verified_report,
    contest,
    judge_all,
    submit,
)
from units.enums import Function, Role

QUEUE = "/tham-dinh/"


def _evident(report, by, *codes):
    """Attach a file to these figures of a draft."""
    evidence = [(code, a_pdf(f"{code}.pdf")) for code in codes]
    assert workflow.save_report(report, by=by, version=report.version, content=None, evidence=evidence)
    return report


@pytest.fixture
def report(world):
    return a_submitted_report(world.unit, world.filer)


def test_the_queue_shows_the_columns_chosen(world, enter, report):
    page = enter(world.standing).get(f"{QUEUE}?cot=nam&cot=khong-co").content.decode()
    table = page.split("<table")[-1].split("</table>")[0]
    assert re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table) == ["Đơn vị", "Chọn", "Năm"]
    assert re.findall(r'data-label="(.*?)"', table) == ["Chọn", "Năm"]


def _figures(report):
    return dict(report.figures.values_list("criterion__code", "verdict"))


def _stored(world, name="minh-chung.pdf"):
    return File.objects.create(
        name=name, content_type="application/pdf", size=1, sha256="0" * 64,
        uploaded_by=world.filer, uploaded_at=datetime(2027, 1, 1, tzinfo=HANOI),
    )  # fmt: skip


class TestFlags:
    def test_each_flag_has_its_reason_and_the_margins_are_data(self, world, on_time):
        past = PeriodFactory(past=True)
        before = a_full_report(world.unit, world.filer, past)
        content = workflow.content_of_report(before)
        content["figures"]["COMM-1"] |= {"numerator": 65, "denominator": 100}
        workflow.save_report(before, by=world.filer, version=before.version, content=content)
        submit(before, world.filer)
        judge_all(before, world.standing)
        workflow.verify(before, by=world.standing)
        report = a_full_report(world.unit, world.filer)
        content = workflow.content_of_report(report)
        content["figures"]["COMM-2a"] |= {"numerator": 99, "denominator": 100}
        workflow.save_report(report, by=world.filer, version=report.version, content=content)
        submit(_evident(report, world.filer, "COMM-1", "COMM-2a", "COMM-3"), world.filer)

        campaign = report.period.campaign
        assert flags_of(report) == {
            "COMM-1": ["Tăng 25,0 điểm phần trăm so với năm 2026"],
            "COMM-2a": ["Cách mức phải đạt 1,0 điểm phần trăm"],
            "COMM-2b": ["Không có minh chứng"],
        }
        campaign.jump_margin, campaign.near_margin = 26, 0
        campaign.save()
        report.refresh_from_db()
        report.period.campaign.refresh_from_db()
        assert flags_of(report) == {"COMM-2b": ["Không có minh chứng"]}

    def test_only_what_is_not_flagged_is_accepted_together_and_twice_is_once(self, world, enter):
        draft = _evident(a_full_report(world.unit, world.filer), world.filer, "COMM-1", "COMM-3")
        submit(draft, world.filer)
        client, chosen = enter(world.standing), {"act": "accept", "report": [str(draft.uid)]}
        first = client.post(f"{QUEUE}nhieu-bao-cao/", chosen).content.decode()
        events = Event.objects.count()
        second = client.post(f"{QUEUE}nhieu-bao-cao/", chosen).content.decode()

        assert "Đã chấp nhận 2 số liệu." in first
        assert "Không còn số liệu nào chấp nhận được cùng lúc" in second
        assert Event.objects.count() == events
        assert _figures(draft) == {
            "COMM-1": "accepted",
            "COMM-2a": "pending",
            "COMM-2b": "pending",
            "COMM-3": "accepted",
        }
        accepted = Event.objects.get(act="accept").payload.data
        assert accepted == {"criteria": ["COMM-1", "COMM-3"]}

    def test_what_no_number_judges_is_never_accepted_unseen(self, world):
        firm = UnitFactory(enterprise=True)
        report = _evident(a_full_report(firm, filer := member_of(firm)), filer, "ENT-1", "ENT-2", "ENT-3")
        submit(report, filer)
        workflow.accept_rest(report, by=world.standing)
        assert _figures(report) == {
            "ENT-1": "pending",
            "ENT-2": "pending",
            "ENT-3": "pending" if "ENT-3" in flags_of(report) else "accepted",
            "ENT-4": "pending",
        }


class TestDesk:
    def test_the_declared_figure_stands_beside_the_desk_s_own(self, report, world, enter):
        figure = report.figures.get(criterion__code="COMM-1")
        workflow.judge_figure(
            figure, by=world.standing, verdict="corrected", numerator=50, denominator=80, comment="Trùng"
        )
        page = enter(world.standing).get(f"{QUEUE}{report.uid}/").content.decode()
        assert "90/100" in page
        assert "50/80" in page
        figure.refresh_from_db()
        assert (figure.numerator, figure.denominator) == (90, 100)

    def test_a_yes_may_be_corrected_to_a_no_and_both_stand(self, world, enter):
        firm = UnitFactory(enterprise=True)
        report = a_full_report(firm, filer := member_of(firm))
        content = workflow.content_of_report(report)
        code = report.figures.get(criterion__operator="yes_no").criterion.code
        content["figures"][code] |= {"answer": True}
        workflow.save_report(report, by=filer, version=report.version, content=content)
        submit(report, filer)
        figure = report.figures.get(criterion__code=code)
        client, field = enter(world.standing), f"j{figure.criterion_id}-"
        address = f"{report.get_absolute_url()}so-lieu/{code}/"

        def said(answer):
            words = {"verdict": "corrected", "answer": answer, "comment": "Trang đã ngừng hoạt động."}
            return client.post(address, {field + name: value for name, value in words.items()})

        assert "Hãy chọn câu trả lời đúng." in said("").content.decode()
        assert "Đơn vị đã trả lời như vậy" in said("yes").content.decode()
        assert _figures(report)[code] == "pending"
        assert said("no").status_code == 302
        judge_all(report, world.standing)
        workflow.verify(report, by=world.standing)

        figure.refresh_from_db()
        assert (figure.verdict, figure.answer, figure.verified_answer) == ("corrected", True, False)
        last = Evaluation.objects.filter(report=report).latest("id")
        verdicts = {row["code"]: row["verdict"] for row in last.results}
        assert (last.on_verified, verdicts[code]) == (True, Verdict.NOT_MET)
        assert "Theo thẩm định: Chưa có" in enter(filer).get(report.get_absolute_url()).content.decode()
        assert [found for _, found in replay() if found] == []

    def test_evidence_is_shown_beside_and_in_no_foreign_frame(self, world, enter):
        report = _evident(a_full_report(world.unit, world.filer), world.filer, "COMM-1")
        submit(report, world.filer)
        client = enter(world.standing)
        file = FigureEvidence.objects.get().file
        address = f"{report.get_absolute_url()}minh-chung/{file.uid}/"
        assert (
            f'src="{address}?xem#navpanes=0'
            in client.get(f"{QUEUE}{report.uid}/?tep={file.uid}").content.decode()
        )
        served = client.get(f"{address}?xem")
        assert served["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in served["Content-Security-Policy"]

    def test_next_leads_through_the_queue_without_the_list(self, world, enter):
        first, second = (a_submitted_report(u, member_of(u)) for u in (UnitFactory(), UnitFactory()))
        client = enter(world.standing)
        assert f'href="{QUEUE}{second.uid}/" data-next' in client.get(f"{QUEUE}{first.uid}/").content.decode()
        judge_all(first, world.standing)
        done = client.post(f"{first.get_absolute_url()}tham-dinh/", {"next": "1"})
        assert (done.status_code, done["Location"]) == (302, f"{QUEUE}{second.uid}/")

    def test_the_queue_asks_as_often_for_three_as_for_one(self, report, world, enter):
        client = enter(world.standing_lead)
        client.get(QUEUE)

        def queries():
            with CaptureQueriesContext(connection) as found:
                assert client.get(QUEUE).status_code == 200
            return len(found)

        one = queries()
        for unit in (UnitFactory(), UnitFactory()):
            a_submitted_report(unit, member_of(unit))
        assert queries() == one

    def test_strangers_do_not_reach_the_desk(self, report, world, enter):
        for person, status in ((world.filer, 403), (world.district, 403), (world.stranger, 403)):
            assert enter(person).get(QUEUE).status_code == status
        assert enter(world.stranger).get(f"{QUEUE}{report.uid}/").status_code == 403
        assert enter(world.standing).get(f"{QUEUE}{uuid.uuid4()}/").status_code == 404


class TestAssignment:
    def test_by_hand_and_twice_is_once(self, report, world, enter):
        person = holder_of(Function.STANDING_BODY, full_name="Người thẩm định")
        client = enter(world.standing_lead)
        chosen = {"act": "assign", "report": [str(report.uid)], "to": str(person.uid)}
        assert "Đã giao." in client.post(f"{QUEUE}nhieu-bao-cao/", chosen).content.decode()
        report.refresh_from_db()
        assert report.assigned_to == person
        assert (
            "Đã giao cho người này từ trước."
            in client.post(f"{QUEUE}nhieu-bao-cao/", chosen).content.decode()
        )
        assert Event.objects.filter(act="assign").count() == 1

    def test_conflicts_are_kept_out_with_the_reason(self, world, enter):
        own = member_of(holder_of(Function.STANDING_BODY).memberships.get().unit)
        report = a_submitted_report(own.memberships.get().unit, own)
        page = enter(world.standing).get(f"{QUEUE}{report.uid}/").content.decode()
        assert "Bạn không thẩm định báo cáo này" in page
        with pytest.raises(Refused, match="đang hoặc vừa công tác tại"):
            workflow.assign(report, to=world.standing, by=world.standing_lead)
        # The standing body's own figures are judged by the commendation body.
        judge_all(report, world.commendation)
        workflow.verify(report, by=world.commendation)
        assert report.state == "verified"

    def test_evenly_in_one_act_and_a_second_click_gives_nothing_more(self, world, enter):
        for _ in range(4):
            unit = UnitFactory()
            a_submitted_report(unit, member_of(unit))
        client = enter(world.standing_lead)
        client.post(f"{QUEUE}chia-deu/")
        load = workflow.workload()
        assert [load[p.pk] for p in workflow.verifiers()] == [2, 2]
        assert "Không có báo cáo nào để thực hiện" in client.post(f"{QUEUE}chia-deu/").content.decode()
        assert enter(world.standing).post(f"{QUEUE}chia-deu/").status_code == 403


class TestContest:
    @pytest.fixture
    def refused(self, world):
        return a_verified_report(world.unit, world.filer, world.standing, refused=["COMM-1", "COMM-3"])

    def test_the_unit_reads_in_advance_what_its_silence_means(self, refused, world, enter):
        last_day = add_working_days(date(2027, 1, 15), refused.period.contest_days)
        page = enter(world.filer).get(refused.get_absolute_url()).content.decode()
        assert refused.contest_last_day == last_day
        assert f"hết ngày <strong>{last_day:%d/%m/%Y}</strong>" in page
        assert "Nếu đơn vị không kiến nghị, hết ngày đó kết luận là cuối cùng." in page
        mail = OutboxMail.objects.get(subject=f"{refused.reference}: số liệu năm 2027 đã thẩm định xong")
        assert f"đến hết ngày {last_day:%d/%m/%Y}" in mail.body

    def test_the_verdict_says_that_it_was_refused_why_and_until_when_it_may_be_contested(
        self, refused, world, enter
    ):
        figure = refused.figures.filter(verdict="refused").select_related("criterion").first()
        page = " ".join(enter(world.filer).get(refused.get_absolute_url()).content.decode().split())
        told = f"Số 90/100 đơn vị khai không được chấp nhận: {figure.comment}"
        assert f"{figure.criterion.name}</a></strong>: {told}" in page
        until = f"{refused.contest_last_day:%d/%m/%Y}"
        assert f"Kiến nghị, kèm minh chứng, đến hết ngày {until}; hoặc đồng ý với kết luận." in page

    def test_an_answer_per_refused_figure_with_new_evidence_then_the_last_word(self, refused, world, enter):
        client, address = enter(world.filer), f"{refused.get_absolute_url()}kien-nghi/"
        said = {"COMM-1-choice": "contest", "COMM-1-text": "Đã đếm lại.", "COMM-1-evidence": a_pdf("so.pdf")}
        lacking = client.post(address, said)
        assert lacking.status_code == 422
        assert "hãy chọn đồng ý hoặc kiến nghị" in lacking.content.decode()
        assert FigureAnswer.objects.count() == 0
        said["COMM-1-evidence"] = a_pdf("so.pdf")
        assert client.post(address, said | {"COMM-3-choice": "agree"}).status_code == 302

        refused.refresh_from_db()
        assert refused.state == "contested"
        assert {c: v for c, v in _figures(refused).items() if v != "accepted"} == {
            "COMM-1": "pending",
            "COMM-3": "refused",
        }
        answers = FigureAnswer.objects.values_list("figure__criterion__code", "is_contested", "refusal")
        assert sorted(answers) == [
            ("COMM-1", True, "Không có minh chứng."),
            ("COMM-3", False, "Không có minh chứng."),
        ]
        assert FigureEvidence.objects.get(answer__is_contested=True).file.name == "so.pdf"
        desk = enter(world.standing).get(f"{QUEUE}{refused.uid}/").content.decode()
        assert "Đã đếm lại." in desk
        agreed = refused.figures.get(criterion__code="COMM-3")
        with pytest.raises(Refused, match="Chỉ xét lại những số liệu đơn vị kiến nghị"):
            workflow.judge_figure(agreed, by=world.standing, verdict="accepted")
        judge_all(refused, world.standing, refused=["COMM-1"])
        workflow.verify(refused, by=world.standing)
        assert (refused.state, refused.contest_last_day) == ("verified", None)
        assert "Kết luận thẩm định là cuối cùng." in client.get(refused.get_absolute_url()).content.decode()
        with pytest.raises(Refused, match="kết luận hiện nay là cuối cùng"):
            contest(refused, world.filer)

    def test_every_verification_contest_and_reopening_is_a_new_evaluation(self, refused, world):
        contest(refused, world.filer)
        judge_all(refused, world.standing)
        workflow.verify(refused, by=world.standing)
        workflow.reopen_report(refused, by=world.standing_lead, comment="Phát hiện nhầm")
        rows = list(Evaluation.objects.filter(report=refused))
        assert [row.on_verified for row in rows] == [False, True, False, True, False]
        assert [difference for _, found in replay() for difference in found] == []
        with pytest.raises(DatabaseError), transaction.atomic():
            Evaluation.objects.filter(pk=rows[1].pk).update(score="1/1")
        with pytest.raises(DatabaseError), transaction.atomic():
            FigureAnswer.objects.update(text="Khác")

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        began=st.dates(date(2027, 1, 20), date(2028, 2, 20)),
        days=st.integers(1, 15),
        late=st.booleans(),
    )
    def test_the_last_second_of_the_last_day_counts_and_the_next_does_not(
        self, report, world, on_time, began, days, late
    ):
        """Tết, weekends and the turn of the year included."""
        with transaction.atomic():
            on_time.move_to(datetime.combine(began, time(23, 59, 59), HANOI))
            type(report.period).objects.update(contest_days=days)
            report.refresh_from_db()
            judge_all(report, world.standing, refused=["COMM-1"])
            workflow.verify(report, by=world.standing)
            last_day = add_working_days(began, days)
            assert report.contest_last_day == last_day
            instant = datetime.combine(last_day, time(23, 59, 59), HANOI) + timedelta(seconds=late)
            on_time.move_to(instant)
            if late:
                with pytest.raises(Refused, match="Đã hết hạn kiến nghị"):
                    contest(report, world.filer)
            else:
                contest(report, world.filer)
            report.refresh_from_db()
            assert report.state == ("verified" if late else "contested")
            transaction.set_rollback(True)
        report.refresh_from_db()


class TestPeople:
    @pytest.fixture
    def criteria(self, world):
        rows = world.period.campaign.criteria_set.criteria.filter(code__startswith="IND-")
        return {criterion.code: criterion for criterion in rows}

    @pytest.fixture
    def nominee(self):
        return SimpleNamespace(uid=uuid.uuid4(), name="Lù Văn Thử")

    def _judge(self, world, criterion, person, **changes):
        said = {
            "is_met": True,
            "reason": "Sáng kiến đã áp dụng",
            "by": world.standing,
            "evidence": [_stored(world)],
        }
        return workflow.judge_person(criterion, person, unit=world.unit, **said | changes)

    def test_a_person_decides_on_evidence_and_nothing_is_invented(self, world, criteria, nominee):
        criterion = criteria["IND-1"]
        undecided = results_of([criterion], {})
        assert [(r.verdict, r.percent) for r in undecided] == [(Verdict.TO_BE_JUDGED, "")]
        for changes, words in (
            ({"reason": " "}, "Hãy nêu lý do của kết luận."),
            ({"evidence": []}, "Chưa có minh chứng nào."),
        ):
            with pytest.raises(Refused) as refused:
                self._judge(world, criterion, nominee, **changes)
            assert [f.message for f in refused.value.findings] == [words]
        self._judge(world, criterion, nominee, is_met=False)
        self._judge(world, criterion, nominee)
        decided = judgements_of([nominee.uid])[nominee.uid]
        assert [r.verdict for r in results_of([criterion], decided)] == [Verdict.MET]
        assert Judgement.objects.count() == 2
        with pytest.raises(DatabaseError), transaction.atomic():
            Judgement.objects.update(reason="Khác")

    def test_not_by_numbers_and_not_by_kin(self, world, criteria, nominee):
        counted = world.period.campaign.criteria_set.criteria.get(code="COMM-1")
        with pytest.raises(Refused, match="Chưa ghi được"):
            self._judge(world, counted, nominee)
        with pytest.raises(Refused) as refused:
            self._judge(world, criteria["IND-1"], nominee, by=world.filer)
        assert refused.value.status == 403
        lead = member_of(world.unit, Role.LEAD)
        with pytest.raises(Refused):
            self._judge(world, criteria["IND-2"], nominee, by=lead)
        assert Judgement.objects.count() == 0
