"""A document asked for is there once, or says why not: with a real worker and without."""

import errno
import hashlib
import threading
import time
from datetime import date, timedelta
from unittest import mock

import pytest
import time_machine
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from awards.documents import proposal as documents
from awards.loading import load_regime
from awards.models import AwardForm, Dossier, Nominee, Proposal, RuleSet
from awards.tasks import render_proposal
from awards.workflow import proposal as workflow
from core import clock, files, rendering
from core.documents import Document as Printed
from core.documents import Paragraph
from core.models import Document, File
from core.models.document import DocumentFormat, DocumentState
from core.tasks import sweep
from tests import workers
from tests.core.test_documents import BOTTOM, LEFT, RIGHT, TOP, body_chars, letters, pages_of
from tests.factories import UnitFactory, holder_of
from tests.factories_registrations import CampaignFactory
from units.enums import Function
from units.models import LegalBasis

LONG_NAME = "Nguyễn Phước Quý Thị Ngọc Trường Xuân Hoàng Diệu Phương Uyên"
LONG_POSITION = (
    "Phó Chủ tịch Thường trực Hội đồng quản trị kiêm Giám đốc Trung tâm Nghiên cứu, Ứng dụng và "
    "Chuyển giao công nghệ vùng xa"
)
UNREADABLE = "Lỗi ngoài dự kiến khi tạo văn bản. Hãy thử lại; nếu vẫn lỗi, hãy báo quản trị viên."


NO_ROOM = (
    "Cổng không ghi được tệp (máy chủ hết chỗ lưu hoặc kho tệp đang gián đoạn). "
    "Hãy báo quản trị viên kiểm tra dung lượng máy chủ, rồi tạo lại."
)


def draft_proposal() -> Proposal:
    """The standing body's draft with a collective, a person of a long name, and forty others."""
    load_regime()
    # This test is played today, whatever the law of today.
    LegalBasis.objects.update(validity=DateRange(None, None))
    clerk = holder_of(Function.STANDING_BODY)
    day = date(2025, 8, 1)
    campaign, form = CampaignFactory(), AwardForm.objects.get(code="BK-CT-UBND")
    rules = RuleSet.objects.in_force_on(day)
    now = clock.now()
    dossier = Dossier.objects.create(
        campaign=campaign,
        unit=UnitFactory(district=True),
        form=form,
        rule_set=rules,
        state="appraised",
        reference="HS-2025-00001",
        achievement_from=date(2022, 1, 1),
        achievement_to=day,
        **dict.fromkeys(
            ["first_submitted_at", "submitted_at", "appraised_at", "created_at", "saved_at"], now
        ),
        saved_by=clerk,
    )
    people = [("collective", "", "Tổ công nghệ số cộng đồng thôn Nậm Chảy", "")]
    people += [("individual", "female", LONG_NAME, LONG_POSITION)]
    people += [("individual", "male", f"Giàng A Sử {n}", "Công chức xã") for n in range(40)]
    for kind, sex, name, position in people:
        Nominee.objects.create(
            dossier=dossier,
            kind=kind,
            state="recommended",
            unit=dossier.unit,
            name=name,
            sex=sex,
            position=position,
            achievement="Hướng dẫn 100% hộ trong thôn nộp hồ sơ trực tuyến",
            appraised_by=clerk,
            appraised_at=now,
        )
    proposal = workflow.start(campaign, form, rules, title="Đợt thử nghiệm", by=clerk)
    workflow.gather(proposal, dossier.nominees.all(), by=clerk)
    assert proposal.nominees.count() == 42
    return proposal


def finalise(proposal) -> Document:
    """Freeze the list; of its two files only the PDF is asked for, so that tasks can be counted."""
    with mock.patch.object(workflow, "FORMATS", [DocumentFormat.PDF]):
        return workflow.finalise(proposal, by=proposal.created_by)


@pytest.fixture
def proposal(db):
    return draft_proposal()


@pytest.fixture
def document(proposal):
    return finalise(proposal)


@pytest.fixture
def no_old_tasks():
    workers.forget_tasks()
    yield
    workers.forget_tasks()


def one_page(document) -> Printed:
    return Printed(
        kind="BÁO CÁO", abstract="", issuing_body="SỞ NỘI VỤ", place="Lào Cai", body=(Paragraph("Đã in."),)
    )


def state_of(document) -> str:
    document.refresh_from_db()
    return document.state


# --- The package of a proposal ---------------------------------------------------------------


def test_the_package_says_the_words_of_its_model_within_the_margins_in_tinos(document, settings):
    assert (len(LONG_NAME), len(LONG_POSITION)) == (60, 120)

    render_proposal(document_id=document.pk)

    assert state_of(document) == DocumentState.READY
    pdf = files.read(document.file)
    assert document.file.sha256 == hashlib.sha256(pdf).hexdigest()
    assert (document.file.content_type, document.file.name) == (files.PDF, f"{document.title}.pdf")
    pages = pages_of(pdf)
    assert len(pages) == document.pages == 5
    header = letters([{"text": "STTHọ và tênChức vụ, đơn vị công tácTóm tắt thành tích"}])
    texts = [letters(body_chars(page)) for page in pages]
    assert [text.startswith(header) for text in texts] == [False, False, False, True, True]
    # The header of the list is repeated on the pages on which the list goes on.
    assert texts[0] + "".join(text.removeprefix(header) for text in texts[1:]) == "".join(
        documents.proposal_package(document).words()
    )
    for page in pages:
        chars = body_chars(page)
        faces = {char["fontname"].split("+")[1] for char in page.chars}
        assert faces <= {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}
        # Justified lines end within 0.6 pt of the margin, half of a table's rule lies on it.
        assert min(item["x0"] for item in [*chars, *page.rects, *page.lines]) >= LEFT - 0.4
        assert max(item["x1"] for item in [*chars, *page.rects, *page.lines]) <= RIGHT + 0.6
        assert min(item["top"] for item in [*chars, *page.rects, *page.lines]) >= TOP - 0.4
        assert max(item["bottom"] for item in [*chars, *page.rects, *page.lines]) <= BOTTOM + 0.4


# --- Asking and rendering, without a worker --------------------------------------------------


def test_asking_again_while_it_is_under_way_gives_the_same_row(proposal, document):
    wish = {"kind": document.kind, "title": "Khác", "obj": proposal, "task": document.task}

    assert rendering.request(**wish).pk == document.pk
    Document.objects.update(state=DocumentState.RUNNING)
    assert rendering.request(**wish).pk == document.pk
    assert rendering.request(**(wish | {"kind": "receipt"})).pk != document.pk

    Document.objects.filter(pk=document.pk).update(state=DocumentState.FAILED, error="Lỗi")
    again = rendering.request(**wish)
    assert again.pk != document.pk
    assert rendering.latest(proposal, document.kind) == again


def test_rendering_twice_renders_once(document):
    rendering.render(document.pk, one_page)
    first = Document.objects.get(pk=document.pk).file
    rendering.render(document.pk, pytest.fail)

    assert (state_of(document), document.attempts, document.file) == (DocumentState.READY, 1, first)
    assert (document.done, document.total, document.lease_until) == (2, 2, None)
    assert File.objects.count() == 1


def test_progress_is_seen_from_outside_and_prolongs_the_lease(document):
    seen = []

    def compose(row):
        row = Document.objects.get(pk=row.pk)
        seen.append((row.state, row.stage, row.lease_until > clock.now()))
        return one_page(row)

    rendering.render(document.pk, compose)

    assert seen == [(DocumentState.RUNNING, "Chuẩn bị", True)]
    assert Document.objects.get(pk=document.pk).stage == "Hoàn thành"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("Tổ số 😀", "Văn bản có ký tự không in được: “😀” (U+1F600)."),
        (None, UNREADABLE),
    ],
)
def test_a_failure_is_told_in_words_and_a_retry_begins_anew(document, body, reason):
    def compose(row):
        return Printed(
            kind="BÁO CÁO", abstract="", issuing_body="SỞ", place="Lào Cai", body=(Paragraph(body),)
        )

    rendering.render(document.pk, compose)
    assert (state_of(document), document.error, document.lease_until) == ("failed", reason, None)
    rendering.render(document.pk, pytest.fail)  # failed is failed, until a person decides

    rendering.retry(document)
    assert (state_of(document), document.attempts, document.error) == ("pending", 0, "")
    rendering.render(document.pk, one_page)
    assert (state_of(document), document.attempts, document.pages) == ("ready", 1, 1)

    rendering.retry(document)
    assert state_of(document) == "ready"


def test_a_rendering_that_dies_again_and_again_is_given_up_in_words(document):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for attempt in range(1, 5):
            claimed = rendering._claim(document.pk)
            assert (claimed and claimed.attempts) == (attempt if attempt <= 3 else None)
            assert rendering._claim(document.pk) is None  # while the lease lasts
            traveller.shift(rendering.LEASE)
            rendering.sweep()

    assert (state_of(document), document.attempts) == ("failed", 3)
    assert document.error == "Tiến trình tạo văn bản dừng giữa chừng nhiều lần"


FULL = OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_tried_again_and_given_up_in_words(document):
    """Nothing half written stays, the reason is shown meanwhile, and once there is room a retry works."""
    with mock.patch.object(files.default_storage, "save", side_effect=FULL):
        for attempt in (1, 2, 3):
            assert Document.objects.get(pk=document.pk).state == "pending"
            rendering.render(document.pk, one_page)
            document.refresh_from_db()
            assert (document.attempts, document.error) == (attempt, NO_ROOM)
        rendering.render(document.pk, one_page)
    document.refresh_from_db()
    assert (document.state, document.attempts) == ("failed", 3)
    assert File.objects.count() == 0

    rendering.retry(document)
    rendering.render(document.pk, one_page)
    document.refresh_from_db()
    assert (document.state, document.error, File.objects.count()) == ("ready", "", 1)


def test_the_sweep_takes_up_what_waits_for_room(document):
    with mock.patch.object(files.default_storage, "save", side_effect=FULL):
        rendering.render(document.pk, one_page)
    with (
        time_machine.travel(clock.now() + timedelta(minutes=2)),
        mock.patch("core.rendering.hurry") as hurried,
    ):
        rendering.sweep()
    assert [call.args[0].pk for call in hurried.call_args_list] == [document.pk]


@pytest.mark.parametrize("outcome", ["ready", "failed"])
def test_who_lost_the_lease_writes_nothing_over_who_has_it(document, outcome):
    def slow(row):
        with time_machine.travel(clock.now() + rendering.LEASE):
            rendering.render(document.pk, one_page)
        if outcome == "failed":
            raise ValueError("late")
        return one_page(row)

    rendering.render(document.pk, slow)

    assert (state_of(document), document.attempts, document.error) == ("ready", 2, "")
    assert File.objects.count() == 1


@pytest.mark.parametrize("outcome", ["ready", "failed"])
def test_who_lost_the_lease_writes_nothing_while_another_is_at_it(document, outcome):
    def slow(row):
        with time_machine.travel(clock.now() + rendering.LEASE):
            assert rendering._claim(document.pk).attempts == 2
        if outcome == "failed":
            raise ValueError("late")
        return one_page(row)

    rendering.render(document.pk, slow)

    assert (state_of(document), document.attempts, document.stage) == ("running", 2, "Chuẩn bị")
    assert File.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_the_same_row(transactional_db, no_old_tasks):
    proposal = draft_proposal()
    given = []

    def ask():
        wish = {"kind": "package", "title": "A", "obj": proposal, "task": "awards.tasks.render_proposal"}
        given.append(rendering.request(**wish))

    def ask_elsewhere():
        ask()
        connection.close()

    other = threading.Thread(target=ask_elsewhere)
    with transaction.atomic():
        ask()
        other.start()
        workers.eventually(lambda: workers.locks_waited_for() == 1 or not other.is_alive())
    other.join(timeout=10)

    first, second = given
    assert first == second == Document.objects.get()


# --- With a worker, without a broker ---------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_worker_renders_what_was_asked_for(transactional_db, no_old_tasks, tmp_path):
    with workers.worker(tmp_path) as worker:
        document = finalise(draft_proposal())
        workers.eventually(lambda: state_of(document) not in ("pending", "running"), worker)

    assert (document.state, document.error, document.pages) == ("ready", "", 5)
    pdf = (tmp_path / "files" / document.file.path).read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert hashlib.sha256(pdf).hexdigest() == document.file.sha256


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_left_is_rendered_once_by_the_next(transactional_db, no_old_tasks, tmp_path):
    document = finalise(draft_proposal())
    with transaction.atomic(), connection.cursor() as cursor:
        # The worker claims the row, and then cannot read what it is to print.
        cursor.execute("LOCK TABLE awards_proposal IN ACCESS EXCLUSIVE MODE")
        with workers.worker(tmp_path) as worker:
            workers.eventually(lambda: state_of(document) == "running", worker)
            workers.kill(worker)
    sweep()
    assert workers.waiting_tasks() == 0  # its worker may still be alive
    render_proposal(document_id=document.pk)
    assert (state_of(document), document.attempts) == ("running", 1)

    with time_machine.travel(clock.now() + rendering.LEASE):
        sweep()
        sweep()
        assert workers.waiting_tasks() == 2
        render_proposal(document_id=document.pk)
        render_proposal(document_id=document.pk)

    assert (state_of(document), document.attempts) == ("ready", 2)
    assert File.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_list_is_frozen_while_the_broker_is_down_and_printed_later(transactional_db, no_old_tasks):
    proposal = draft_proposal()
    with workers.broker_down():
        began = time.monotonic()
        document = finalise(proposal)
        assert time.monotonic() - began < 5
    proposal.refresh_from_db()
    assert (proposal.state, document.state, workers.waiting_tasks()) == ("finalised", "pending", 0)

    sweep()
    assert workers.waiting_tasks() == 0  # a task may be on its way for a minute
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        sweep()
    assert workers.waiting_tasks() == 1
    render_proposal(document_id=document.pk)
    assert state_of(document) == "ready"
