"""Reports of figures: entering, the verdicts at once, and the standing body's verification."""

import uuid
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Event, OutboxMail
from registrations import workflow
from registrations.models import Evaluation
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import (
    HANOI,
    ObligationFactory,
    a_full_report,
    a_pdf,
    a_report,
    a_submitted_report,
    judge_all,
)
from tests.registrations.pages import form_with


@pytest.fixture
def report(world):
    return a_report(world.unit, world.filer)


@pytest.fixture
def client(world, enter):
    return enter(world.filer)


def _figure(report, code):
    return report.figures.get(criterion__code=code)


def _field(report, code, name):
    return f"c{_figure(report, code).criterion_id}-{name}"


def _edit(report):
    return report.get_absolute_url() + "sua/"


def _opened(client, report):
    return form_with(client.get(_edit(report)), "narrative")


def _numbers(report, code):
    figure = _figure(report, code)
    return figure.numerator, figure.denominator, figure.not_applicable


def test_figures_are_read_as_vietnamese_writes_them_and_judged_at_once(client, report):
    typed = _opened(client, report) | {
        _field(report, "COMM-1", "numerator"): "1.140",
        _field(report, "COMM-1", "denominator"): "1.900",
        "narrative": "Kết quả",
    }
    answer = client.post(_edit(report), typed, follow=True)

    page = answer.content.decode()
    assert _numbers(report, "COMM-1") == (1140, 1900, "")
    assert "60,00 % = 1.140/1.900, cần ≥ 60 %: đạt" in page
    shown = form_with(answer, "narrative")
    assert shown[_field(report, "COMM-1", "denominator")] == ["1.900"]


def test_rounding_never_lies(client, report):
    typed = _opened(client, report) | {
        _field(report, "COMM-1", "numerator"): "59999",
        _field(report, "COMM-1", "denominator"): "100000",
    }
    page = client.post(_edit(report), typed, follow=True).content.decode()
    assert "59,999 % = 59.999/100.000, cần ≥ 60 %: chưa đạt, còn thiếu 1" in page
    assert "60,00 %" not in page


@pytest.mark.parametrize(
    ("numerator", "denominator", "not_applicable", "words"),
    [
        ("101", "100", "", "Tử số không được lớn hơn mẫu số."),
        ("10", "", "", "Nhập đủ cả hai số."),
        ("1,5", "100", "", "Hãy nhập số nguyên không âm"),
        ("-1", "100", "", "Hãy nhập số nguyên không âm"),
        ("1000000000000000001", "1000000000000000001", "", "Số quá lớn"),
        ("10", "100", "Không có hồ sơ", "Chỉ ghi “không áp dụng” khi tử số và mẫu số bằng 0"),
    ],
)
def test_a_wrong_row_says_why_and_the_others_are_saved(
    client, report, numerator, denominator, not_applicable, words
):
    typed = _opened(client, report) | {
        _field(report, "COMM-1", "numerator"): numerator,
        _field(report, "COMM-1", "denominator"): denominator,
        _field(report, "COMM-1", "not_applicable"): not_applicable,
        _field(report, "COMM-3", "numerator"): "8",
        _field(report, "COMM-3", "denominator"): "9",
        "narrative": "Giữ lại",
    }
    answer = client.post(_edit(report), typed)

    report.refresh_from_db()
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert _numbers(report, "COMM-1") == (None, None, "")
    assert _numbers(report, "COMM-3") == (8, 9, "")
    assert report.narrative == "Giữ lại"
    shown = form_with(answer, "narrative")
    assert shown[_field(report, "COMM-1", "numerator")] == [numerator]
    mended = shown | {
        _field(report, "COMM-1", "numerator"): "1",
        _field(report, "COMM-1", "denominator"): "2",
        _field(report, "COMM-1", "not_applicable"): "",
    }
    assert client.post(_edit(report), mended).status_code == 302
    assert _numbers(report, "COMM-1") == (1, 2, "")


def test_the_greatest_figure(client, report):
    typed = _opened(client, report) | {
        _field(report, "COMM-1", "numerator"): "600.000.000.000.000.000",
        _field(report, "COMM-1", "denominator"): "1.000.000.000.000.000.000",
    }
    assert client.post(_edit(report), typed).status_code == 302
    assert _numbers(report, "COMM-1") == (6 * 10**17, 10**18, "")


def test_zero_of_zero_needs_a_reason(client, report):
    fields = {
        _field(report, "COMM-1", "numerator"): "0",
        _field(report, "COMM-1", "denominator"): "0",
    }
    page = client.post(_edit(report), _opened(client, report) | fields, follow=True).content.decode()
    assert "Mẫu số bằng 0: cần nêu lý do không áp dụng." in page
    preview = client.get(report.get_absolute_url() + "nop/").content.decode()
    assert "mẫu số bằng 0, hãy ghi lý do không áp dụng" in preview
    fields[_field(report, "COMM-1", "not_applicable")] = "Không phát sinh hồ sơ"
    page = client.post(_edit(report), _opened(client, report) | fields, follow=True).content.decode()
    assert "Không áp dụng: Không phát sinh hồ sơ" in page


def test_evidence_hangs_on_its_figure_and_a_wrong_one_costs_nothing(client, report):
    wrong = SimpleUploadedFile("x.pdf", b"MZ" + b"\0" * 500, content_type="application/pdf")
    typed = _opened(client, report) | {
        _field(report, "COMM-1", "numerator"): "1",
        _field(report, "COMM-1", "denominator"): "2",
        _field(report, "COMM-1", "evidence"): a_pdf("minh-chung.pdf"),
        _field(report, "COMM-3", "numerator"): "3",
        _field(report, "COMM-3", "denominator"): "4",
        _field(report, "COMM-3", "evidence"): wrong,
    }
    answer = client.post(_edit(report), typed)

    assert answer.status_code == 422
    assert "Nội dung của “x.pdf” không phải là tệp PDF" in answer.content.decode()
    assert [e.file.name for e in _figure(report, "COMM-1").evidence.all()] == ["minh-chung.pdf"]
    assert _figure(report, "COMM-3").evidence.count() == 0
    assert (_numbers(report, "COMM-1"), _numbers(report, "COMM-3")) == ((1, 2, ""), (3, 4, ""))

    stored = _figure(report, "COMM-1").evidence.get().file
    client.post(_edit(report), _opened(client, report) | {"remove": [str(stored.uid)]})
    assert _figure(report, "COMM-1").evidence.get().is_removed is True
    assert client.get(f"{report.get_absolute_url()}minh-chung/{stored.uid}/").status_code == 404


def test_two_tabs_nothing_is_lost(client, report):
    here, there = _opened(client, report), _opened(client, report)
    field, other = _field(report, "COMM-1", "numerator"), _field(report, "COMM-1", "denominator")
    client.post(_edit(report), there | {field: "7", other: "10", "narrative": "Bản kia"})
    answer = client.post(_edit(report), here | {field: "8", other: "10", "narrative": "Bản này"})

    report.refresh_from_db()
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản kia" in page
    assert (report.narrative, _numbers(report, "COMM-1")) == ("Bản kia", (7, 10, ""))
    shown = form_with(answer, "narrative")
    assert (shown["narrative"], shown[field]) == (["Bản này"], ["8"])
    assert client.post(_edit(report), shown).status_code == 302
    assert _numbers(report, "COMM-1") == (8, 10, "")


def test_every_criterion_must_be_answered(client, report):
    address = report.get_absolute_url() + "nop/"
    answer = client.post(address, form_with(client.get(address), "request_key"))
    report.refresh_from_db()
    assert (answer.status_code, report.state) == (422, "draft")
    for figure in report.figures.all():
        assert f'href="{_edit(report)}#id_c{figure.criterion_id}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("instant", "is_late"),
    [
        (datetime(2027, 12, 15, 23, 59, 59, tzinfo=HANOI), False),
        (datetime(2027, 12, 16, 0, 0, 0, tzinfo=HANOI), True),
    ],
)
def test_submitting_on_time_and_late(world, enter, on_time, instant, is_late):
    obligation = ObligationFactory(period=world.period, unit=world.unit, of_report=True)
    report = a_full_report(world.unit, world.filer)
    on_time.move_to(instant)
    client = enter(world.filer)
    address = report.get_absolute_url() + "nop/"
    sent = form_with(client.get(address), "request_key")

    first = client.post(address, sent)
    traces = Event.objects.count(), OutboxMail.objects.count(), Evaluation.objects.count()
    again = client.post(address, sent)

    report.refresh_from_db()
    obligation.refresh_from_db()
    assert (report.state, report.submitted_at, report.is_late) == ("submitted", instant, is_late)
    assert (report.submitted_by, report.reference) == (world.filer, "BC-2027-00001")
    assert obligation.met_at == instant
    assert again.url == first.url == report.get_absolute_url()
    assert (Event.objects.count(), OutboxMail.objects.count(), Evaluation.objects.count()) == traces
    assert report.sha256 in client.get(first.url).content.decode()


def test_another_person_s_key_is_refused(world, enter):
    report = a_full_report(world.unit, world.filer)
    key = uuid.uuid4()
    workflow.submit_report(report, by=world.filer, version=report.version, request_key=key)
    other = a_full_report(world.stranger.memberships.get().unit, world.stranger)
    client = enter(world.stranger)
    address = other.get_absolute_url() + "nop/"
    sent = form_with(client.get(address), "request_key") | {"request_key": str(key)}
    assert client.post(address, sent).status_code == 409
    other.refresh_from_db()
    assert other.state == "draft"


class TestVerification:
    @pytest.fixture
    def report(self, world):
        return a_submitted_report(world.unit, world.filer)

    @pytest.fixture
    def client(self, world, enter):
        return enter(world.standing)

    def _judge(self, client, report, code, **said):
        prefix = f"j{_figure(report, code).criterion_id}"
        posted = {f"{prefix}-{name}": value for name, value in said.items()}
        return client.post(f"{report.get_absolute_url()}so-lieu/{code}/", posted)

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({}, "Hãy chọn kết luận."),
            ({"verdict": "pending"}, "pending"),
            ({"verdict": "refused", "comment": " "}, "Hãy nêu lý do để đơn vị hiểu."),
            ({"verdict": "corrected", "comment": "Sai"}, "Nhập đủ tử số và mẫu số, mẫu số lớn hơn 0."),
            (
                {"verdict": "corrected", "comment": "Sai", "numerator": "3", "denominator": "2"},
                "Tử số không được lớn hơn mẫu số.",
            ),
            (
                {"verdict": "corrected", "comment": "Sai", "numerator": "0", "denominator": "0"},
                "Nhập đủ tử số và mẫu số, mẫu số lớn hơn 0.",
            ),
        ],
    )
    def test_a_word_that_lacks_something_is_not_taken(self, client, report, said, words):
        answer = self._judge(client, report, "COMM-1", **said)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert _figure(report, "COMM-1").verdict == "pending"

    def test_accept_correct_refuse_and_verify(self, client, report, world):
        self._judge(client, report, "COMM-1", verdict="accepted")
        self._judge(
            client,
            report,
            "COMM-2a",
            verdict="corrected",
            numerator="1.000",
            denominator="2.000",
            comment="Trùng",
        )
        self._judge(client, report, "COMM-2b", verdict="refused", comment="Không có minh chứng")
        address = report.get_absolute_url()
        blocked = client.post(address + "tham-dinh/")
        assert blocked.status_code == 422
        assert "chưa thẩm định" in blocked.content.decode()
        judge_all(report, world.standing)
        assert client.post(address + "tham-dinh/").status_code == 302

        report.refresh_from_db()
        assert report.state == "verified"
        verdicts = dict(report.figures.values_list("criterion__code", "verdict"))
        assert verdicts == {
            "COMM-1": "accepted",
            "COMM-2a": "corrected",
            "COMM-2b": "refused",
            "COMM-3": "accepted",
        }
        declared, verified = report.evaluations.all()
        assert (declared.on_verified, verified.on_verified) == (False, True)
        explained = {r["code"]: r["explanation"] for r in verified.results}
        assert explained["COMM-2a"].startswith("50,00 % = 1.000/2.000")
        assert explained["COMM-2b"] == "Chưa có số liệu."

    @pytest.mark.parametrize(("word", "verdict"), [("accepted", "met"), ("refused", "not_met")])
    def test_what_no_number_can_judge_is_decided_by_the_standing_body(self, enter, world, word, verdict):
        firm = UnitFactory(enterprise=True)
        report = a_submitted_report(firm, member_of(firm))
        client = enter(world.standing)
        self._judge(client, report, "ENT-1", verdict=word, comment="Đã xem minh chứng")
        judge_all(report, world.standing)
        client.post(report.get_absolute_url() + "tham-dinh/")
        declared, verified = (
            {r["code"]: r["verdict"] for r in evaluation.results} for evaluation in report.evaluations.all()
        )
        assert declared == {
            "ENT-1": "to_be_judged",
            "ENT-2": "to_be_judged",
            "ENT-3": "not_met",
            "ENT-4": "met",
        }
        assert verified == {"ENT-1": verdict, "ENT-2": "met", "ENT-3": "not_met", "ENT-4": "met"}

    def test_a_figure_of_no_such_criterion_is_not_found(self, client, report):
        assert client.post(f"{report.get_absolute_url()}so-lieu/PROV-2/").status_code == 404

    def test_the_unit_is_told(self, client, report, world):
        judge_all(report, world.standing)
        client.post(report.get_absolute_url() + "tham-dinh/")
        subjects = set(OutboxMail.objects.filter(to=world.filer.email).values_list("subject", flat=True))
        assert f"{report.reference}: số liệu năm 2027 đã thẩm định xong" in subjects
