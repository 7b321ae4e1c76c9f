"""The unit's side of a report: figures judged while typed, evidence, merging, Excel, secrets as counts."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from core import clock, files
from core.models import Event, Export
from criteria.engine import Figure as EngineFigure
from criteria.engine import inconsistencies
from registrations import workflow
from registrations.enums import ObligationKind
from registrations.models import Finding, Inspection, Obligation, Report, Visit
from tests.core.test_guard import word
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import (
    ObligationFactory,
    PeriodFactory,
    a_full_report,
    a_pdf,
    a_report,
    a_submitted_report,
    judge_all,
    submit,
)
from tests.registrations.pages import form_with

A = "COMM-1"


@pytest.fixture
def report(world):
    return a_report(world.unit, world.filer)


@pytest.fixture
def client(world, enter):
    return enter(world.filer)


@pytest.fixture
def before(world):
    """The year before was verified: 60 of 100 everywhere."""
    past = a_full_report(world.unit, world.filer, PeriodFactory(past=True))
    content = workflow.content_of_report(past)
    for values in content["figures"].values():
        values |= {"numerator": 60, "denominator": 100}
    assert workflow.save_report(past, by=world.filer, version=past.version, content=content)
    submit(past, world.filer)
    judge_all(past, world.standing)
    workflow.verify(past, by=world.standing)
    past.refresh_from_db()
    return past


def edit_of(report):
    return report.get_absolute_url() + "sua/"


def field(report, code, name):
    return f"c{report.figures.get(criterion__code=code).criterion_id}-{name}"


def opened(client, report):
    return form_with(client.get(edit_of(report)), "narrative")


def typed(report, numerator, denominator, code=A, **others):
    fields = {"numerator": numerator, "denominator": denominator, **others}
    return {field(report, code, name): value for name, value in fields.items()}


def live(client, report, code=A, **said):
    posted = {field(report, code, name): value for name, value in said.items()}
    return client.post(f"{report.get_absolute_url()}tinh/{code}/", posted)


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


class TestLiveVerdict:
    @pytest.mark.parametrize(
        ("numerator", "denominator", "said"),
        [
            ("59", "100", "59,00 % = 59/100, cần ≥ 60 %: chưa đạt, còn thiếu 1 hồ sơ"),
            ("60", "100", "60,00 % = 60/100, cần ≥ 60 %: đạt"),
            ("61", "100", "61,00 % = 61/100, cần ≥ 60 %: đạt"),
            ("0", "100", "0,00 % = 0/100, cần ≥ 60 %: chưa đạt, còn thiếu 60 hồ sơ"),
            ("", "", "Chưa có số liệu."),
            ("0", "0", "Mẫu số bằng 0: cần nêu lý do không áp dụng."),
            ("101", "100", "Tử số không được lớn hơn mẫu số."),
            ("1,5", "100", "Hãy nhập số nguyên không âm"),
        ],
    )
    def test_around_the_threshold(self, client, report, numerator, denominator, said):
        answer = live(client, report, numerator=numerator, denominator=denominator)
        assert answer.status_code == 200
        assert said in words(answer)
        assert report.figures.get(criterion__code=A).numerator is None

    def test_last_year_stands_beside_and_a_jump_is_told(self, client, before, report):
        page = words(client.get(edit_of(report)))
        assert "Năm 2026, đã thẩm định" in page
        assert "60,00 % = 60/100, cần ≥ 60 %: đạt" in page
        told = words(live(client, report, numerator="80", denominator="100"))
        assert "Tăng 20,0 điểm phần trăm so với năm 2026." in told
        quiet = words(live(client, report, numerator="799", denominator="1000"))
        assert "điểm phần trăm" not in quiet
        report.period.campaign.jump_margin = 19
        report.period.campaign.save()
        assert "Tăng 19,9" in words(live(client, report, numerator="799", denominator="1000"))

    def test_a_criterion_of_another_tier_is_not_found(self, client, report):
        assert client.post(f"{report.get_absolute_url()}tinh/PROV-2/").status_code == 404


class TestAutosave:
    def _send(self, client, report, form):
        return client.post(report.get_absolute_url() + "luu/", form)

    def test_words_figures_and_initiatives_are_kept(self, client, report):
        form = opened(client, report) | typed(report, "7", "10", excluded="3")
        form |= {"initiative-0-name": "Trợ lý ảo", "initiative-0-authors": "Tổ công nghệ"}
        answer = self._send(client, report, form).json()
        stored = workflow.content_of_report(Report.objects.get())
        assert stored["figures"][A] == {
            "numerator": 7,
            "denominator": 10,
            "answer": None,
            "not_applicable": "",
            "excluded": 3,
            "note": "",
        }
        assert [(i["name"], i["authors"]) for i in stored["initiatives"]] == [("Trợ lý ảo", "Tổ công nghệ")]
        assert answer["problems"] == []
        assert answer["version"] == Report.objects.get().version == 2
        assert {s["name"]: s["missing"] for s in answer["sections"]} == {
            "figures": 3,
            "results": 1,
            "initiatives": 0,
            "proposals": 0,
        }

    def test_a_half_typed_row_does_not_hold_up_the_others(self, client, report):
        form = opened(client, report) | typed(report, "7", "") | typed(report, "1", "2", code="COMM-3")
        answer = self._send(client, report, form)
        stored = workflow.content_of_report(Report.objects.get())["figures"]
        assert answer.status_code == 200
        assert [p["message"] for p in answer.json()["problems"]] == ["Nhập đủ cả hai số."]
        assert (stored[A]["numerator"], stored["COMM-3"]["numerator"]) == (None, 1)

    def test_over_a_newer_version_nothing_is_overwritten(self, client, report):
        here, there = opened(client, report), opened(client, report)
        self._send(client, report, there | typed(report, "7", "10"))
        answer = self._send(client, report, here | typed(report, "8", "10"))
        assert answer.status_code == 409
        assert "conflict" in answer.json()
        assert workflow.content_of_report(Report.objects.get())["figures"][A]["numerator"] == 7


#: what each act answers on a draft, by who asks; written out, not read from the rules
TAILS = ("", "sua/", "mau-excel/", "nhap-excel/", "nop/", "luu/", "tinh/")
DOORS = {
    "filer": (200, 200, 200, 200, 200, 409, 200),  # over version 0, which is none, nothing is saved
    "colleague": (200, 403, 403, 403, 403, 403, 403),
    "district": (404,) * 7,
    "stranger": (404,) * 7,
    "standing": (404,) * 7,
    "standing_lead": (404,) * 7,
    "commendation": (404,) * 7,
    "commendation_lead": (404,) * 7,
    "administrator": (404,) * 7,
}


@pytest.mark.parametrize("who", DOORS)
def test_who_may_do_what_with_a_draft(world, enter, report, who):
    client, address = enter(getattr(world, who)), report.get_absolute_url()
    answers = [client.get(address + tail).status_code for tail in TAILS[:5]]
    answers.append(client.post(f"{address}luu/", {"version": "0", "initiative-TOTAL_FORMS": "0"}).status_code)
    answers.append(client.post(f"{address}tinh/{A}/").status_code)
    assert tuple(answers) == DOORS[who]
    assert Report.objects.get().version == 1


class TestMerging:
    def test_changes_in_different_rows_are_joined(self, client, report):
        here, there = opened(client, report), opened(client, report)
        client.post(edit_of(report), there | typed(report, "7", "10") | {"proposals": "Của họ"})
        answer = client.post(edit_of(report), here | typed(report, "1", "2", code="COMM-3"))
        page = words(answer)
        assert answer.status_code == 409
        assert "Hai bên sửa những chỗ khác nhau, cổng đã ghép lại." in page
        client.post(edit_of(report), form_with(answer, "narrative"))
        stored = workflow.content_of_report(Report.objects.get())
        assert [stored["figures"][c]["numerator"] for c in (A, "COMM-3")] == [7, 1]
        assert stored["proposals"] == "Của họ"

    def test_the_saved_figure_can_be_chosen_over_mine(self, client, report):
        here, there = opened(client, report), opened(client, report)
        client.post(edit_of(report), there | typed(report, "7", "10"))
        answer = client.post(edit_of(report), here | typed(report, "8", "20"))
        assert "7/10" in words(answer)
        shown = form_with(answer, "narrative")
        client.post(edit_of(report), shown | {f"choice-figure:{A}": "saved"})
        stored = workflow.content_of_report(Report.objects.get())["figures"][A]
        assert (stored["numerator"], stored["denominator"]) == (7, 10)

    def test_wrong_words_over_a_newer_version_wait_in_the_form(self, client, report):
        here, there = opened(client, report), opened(client, report)
        client.post(edit_of(report), there | {"narrative": "Của họ"})
        answer = client.post(edit_of(report), here | typed(report, "x", "1") | {"narrative": "Của tôi"})
        assert answer.status_code == 422
        shown = form_with(answer, "narrative")
        assert (shown["narrative"], shown["version"]) == (["Của tôi"], ["1"])
        assert Report.objects.get().narrative == "Của họ"


class TestEvidence:
    def test_several_at_once_and_taken_away_but_kept(self, world, enter, client, report):
        form = opened(client, report)
        name = field(report, A, "evidence")
        wrong = SimpleUploadedFile("x.pdf", b"MZ" + b"\0" * 500)
        answer = client.post(edit_of(report), form | {name: [a_pdf("a.pdf"), a_pdf("b.pdf"), wrong]})
        evidence = report.figures.get(criterion__code=A).evidence
        assert answer.status_code == 422
        assert "x.pdf" in words(answer)
        assert [e.file.name for e in evidence.all()] == ["a.pdf", "b.pdf"]
        first = evidence.first().file
        client.post(edit_of(report), form_with(answer, "narrative") | {"remove": [str(first.uid)]})
        removed = evidence.first()
        assert (removed.is_removed, removed.removed_by) == (True, world.filer)
        acts = [e.act for e in Event.objects.filter(case_uid=report.uid).order_by("id")]
        assert acts == ["start", "attach", "attach", "detach"]
        assert "Minh chứng đã gỡ" in words(client.get(report.get_absolute_url()))

    def test_uploading_comes_back_to_its_row(self, client, report):
        form = opened(client, report) | {"upload": A, field(report, A, "evidence"): [a_pdf()]}
        assert client.post(edit_of(report), form).url == f"{edit_of(report)}#{A}"


class TestSixMonths:
    @pytest.fixture
    def period(self, world):
        world.period.six_month_last_day = date(2027, 6, 15)
        world.period.save()
        return world.period

    def test_it_is_a_report_of_its_own(self, world, client, period):
        kind = ObligationKind.SIX_MONTH_REPORT
        owed = ObligationFactory(period=period, unit=world.unit, kind=kind, due=date(2027, 6, 15))
        posted = {"period": str(period.uid), "unit": str(world.unit.uid)}
        assert "Báo cáo 6 tháng" in words(client.get("/bao-cao/"))
        client.post("/bao-cao/bat-dau/", posted | {"kind": kind.value})
        client.post("/bao-cao/bat-dau/", posted)
        half = Report.objects.get(kind=kind)
        assert [r.kind for r in Report.objects.order_by("id")] == [kind, ObligationKind.ANNUAL_REPORT]
        workflow.save_report(
            half, by=world.filer, version=1, content=_answered(workflow.content_of_report(half))
        )
        submit(half, world.filer)
        owed.refresh_from_db()
        assert owed.met_at == half.submitted_at
        assert Obligation.objects.filter(met_at=None).count() == 0
        assert [r.pk for r in Report.objects.on_desk()] == []

    def test_a_year_without_it_does_not_offer_it(self, world, client, report):
        posted = {"period": str(world.period.uid), "unit": str(world.unit.uid)}
        answer = client.post("/bao-cao/bat-dau/", posted | {"kind": "six_month_report"})
        assert answer.status_code == 404
        assert client.post("/bao-cao/bat-dau/", posted | {"kind": "registration"}).status_code == 404


def _answered(content):
    for values in content["figures"].values():
        values |= {"numerator": 1, "denominator": 2}
    return content | {"narrative": "Đã làm."}


class TestSecretPapers:
    def test_only_their_number_is_asked_and_told(self, world, enter, client, report):
        page = words(client.get(edit_of(report)))
        assert "Chỉ ghi số lượng, không cộng vào các ô trên; không tải lên tài liệu mật." in page
        client.post(edit_of(report), opened(client, report) | typed(report, "1", "2", excluded="12"))
        content = _answered(workflow.content_of_report(Report.objects.get()))
        report.refresh_from_db()
        workflow.save_report(report, by=world.filer, version=report.version, content=content)
        submit(report, world.filer)
        report.refresh_from_db()
        assert report.snapshot["figures"][A]["excluded"] == 12
        evaluation = report.evaluations.get()
        assert evaluation.inputs[A]["denominator"] == 2
        assert "<dd>12</dd>" in words(enter(world.standing).get(report.get_absolute_url()))

    def test_a_paper_marked_secret_is_stopped(self, client, report):
        secret = SimpleUploadedFile("a.docx", word("UBND TỈNH", "TUYỆT MẬT", "Nội dung"))
        answer = client.post(
            edit_of(report), opened(client, report) | {field(report, A, "evidence"): [secret]}
        )
        assert answer.status_code == 422
        assert report.figures.get(criterion__code=A).evidence.count() == 0


class TestVerdictPage:
    def test_which_fails_by_how_much_by_which_words_and_what_to_do(self, client, world):
        report = a_submitted_report(world.unit, world.filer)
        page = words(client.get(report.get_absolute_url()))
        failing = report.figures.select_related("criterion").exclude(criterion__code=A)
        assert "Còn 3 tiêu chí chưa đạt hoặc chưa rõ" in page
        for figure in failing:
            assert f"{figure.criterion.clause}: “{figure.criterion.text}”" in page
        assert "90,00 % = 90/100, cần = 100 %: chưa đạt, còn thiếu 10" in page
        assert "từ 90 lên 100 trên 100." in page

    def test_what_inspections_told_stands_beside_the_figure(self, client, world, told):
        report = a_submitted_report(world.unit, world.filer)
        page = words(client.get(report.get_absolute_url()))
        assert page.count("Số liệu thiếu sổ theo dõi") == 1
        assert "Chưa thông báo với đơn vị" not in page

    @pytest.fixture
    def told(self, world):
        """Two inspections of the unit: one has told what it found, the other not yet."""
        criterion = workflow.criteria_of(Report(period=world.period, unit=world.unit)).get(code=A)
        for state, text in (
            ("communicated", "Số liệu thiếu sổ theo dõi"),
            ("planned", "Chưa thông báo với đơn vị"),
        ):
            inspection = Inspection.objects.create(
                period=world.period,
                name="Kiểm tra minh họa",
                reference=f"KT-{state}",
                state="under_way",
                starts_on=date(2027, 1, 5),
                ends_on=date(2027, 1, 9),
                decision_number="1/QĐ",
                decision_on=date(2027, 1, 4),
                decision_file=files.store_bytes(b"x", name="qd.pdf", content_type=files.PDF),
                created_at=clock.now(),
            )
            told_at = clock.now() if state == "communicated" else None
            visit = Visit.objects.create(
                inspection=inspection,
                unit=world.unit,
                on=date(2027, 1, 6),
                state=state,
                communicated_at=told_at,
            )
            Finding.objects.create(visit=visit, criterion=criterion, kind="shortcoming", text=text)


class TestExcel:
    def _sheet(self, client, report, change):
        answer = client.get(report.get_absolute_url() + "mau-excel/")
        book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        change(book["Số liệu"])
        target = io.BytesIO()
        book.save(target)
        return SimpleUploadedFile("so-lieu.xlsx", target.getvalue())

    def test_there_and_back_after_a_look(self, client, report):
        def fill(sheet):
            row = next(r for r in sheet.iter_rows() if r[0].value == A)
            row[4].value, row[6].value, row[9].value = 7, 10, 2

        address = report.get_absolute_url() + "nhap-excel/"
        preview = client.post(address, {"file": self._sheet(client, report, fill)})
        assert preview.status_code == 200
        assert Report.objects.get().version == 1
        client.post(address, {"token": form_with(preview, "token")["token"]})
        stored = workflow.content_of_report(Report.objects.get())["figures"][A]
        assert (stored["numerator"], stored["denominator"], stored["excluded"]) == (7, 10, 2)
        assert Event.objects.filter(act="import_figures").count() == 1

    def test_a_fault_is_named_by_its_cell_and_nothing_is_taken(self, client, report):
        places = []

        def fill(sheet):
            rows = {r[0].value: r for r in sheet.iter_rows()}
            rows[A][4].value, rows[A][6].value = 11, 10
            rows["COMM-3"][4].value, rows["COMM-3"][6].value = 1, 2
            places.append(rows[A][4].coordinate)

        address = report.get_absolute_url() + "nhap-excel/"
        answer = client.post(address, {"file": self._sheet(client, report, fill)})
        assert answer.status_code == 422
        assert places[0] in words(answer)
        assert "Tử số không được lớn hơn mẫu số." in words(answer)
        assert Report.objects.get().version == 1


class TestNothingOfAnother:
    def test_by_page_evidence_api_and_export(self, world, enter):
        neighbour = UnitFactory(commune=True, parent=world.unit.parent, name="Xã Bên Cạnh")
        filer = member_of(neighbour)
        theirs = a_full_report(neighbour, filer)
        secret = {"numerator": 987654, "denominator": 987655}
        content = workflow.content_of_report(theirs)
        content["figures"][A] |= secret
        workflow.save_report(
            theirs, by=filer, version=theirs.version, content=content, evidence=[(A, a_pdf("cua-ho.pdf"))]
        )
        submit(theirs, filer)
        mine = a_submitted_report(world.unit, world.filer)
        client = enter(world.filer)
        file = theirs.figures.get(criterion__code=A).evidence.get().file
        address = theirs.get_absolute_url()
        for tail in ("", "sua/", "nop/", "thu/", "mau-excel/", "nhap-excel/", f"minh-chung/{file.uid}/"):
            assert client.get(address + tail).status_code == 404, tail
        assert client.get(f"/qua-cac-nam/{neighbour.uid}/").status_code == 403
        assert client.get(f"/api/v1/reports/{theirs.uid}/").status_code == 404
        listed = client.get("/api/v1/reports/").json()
        assert [r["uid"] for r in listed["results"]] == [str(mine.uid)]
        for page in ("/bao-cao/", f"/don-vi/{neighbour.uid}/", f"/qua-cac-nam/{world.unit.uid}/"):
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert "987.654" not in answer.content.decode(), page
            assert theirs.reference not in answer.content.decode(), page
        client.get("/bao-cao/?tai-ve=csv")
        assert Export.objects.count() == 0
        parent = enter(world.district).get(f"/qua-cac-nam/{neighbour.uid}/")
        assert "987.654" in parent.content.decode()


FIGURES = [
    (None, None),
    (0, 0),
    (0, 1),
    (10**18, 10**18),
    (10**18 - 1, 10**18),
    (1, 0),
    (-1, 1),
    (0, 10**18 + 1),
    (10**18, 10**18 - 1),
    (2**63 - 1, 2**63 - 1),
]


def test_the_database_keeps_the_figures_that_the_engine_judges_and_no_others(report):
    """Its checks are the only SQL that compares figures; no SQL multiplies them."""
    figure = report.figures.get(criterion__code=A)
    for numerator, denominator in FIGURES:
        is_true = not inconsistencies(EngineFigure(numerator, denominator))
        declared = {"numerator": numerator, "denominator": denominator}
        corrected = {
            "verdict": "corrected",
            "comment": "Đếm lại.",
            **{f"verified_{n}": v for n, v in declared.items()},
        }
        for values, is_kept in ((declared, is_true), (corrected, is_true and denominator is not None)):
            try:
                with transaction.atomic():
                    report.figures.filter(pk=figure.pk).update(**values)
                    transaction.set_rollback(True)
                found = True
            except IntegrityError:
                found = False
            assert (values, found) == (values, is_kept)
