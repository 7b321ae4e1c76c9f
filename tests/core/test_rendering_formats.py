"""Two formats, an unchanged document, and long lists in parts rendered side by side."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from core import clock, files, printing, rendering
from core.documents import render_annex, render_docx, render_main
from core.models import Document, File
from core.models.document import DocumentFormat
from tests.core import document_examples as examples
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
KIND = "proposal_package"
MANY = 20


@pytest.fixture(autouse=True)
def long_is_short(monkeypatch):
    monkeypatch.setattr(rendering, "ROWS_APART", MANY)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def queued(monkeypatch):
    """The rows whose tasks were put on the queue, in order."""
    rows = []
    monkeypatch.setattr(rendering, "hurry", lambda document: rows.append(document.pk))
    return rows


@pytest.fixture
def ask(unit, django_capture_on_commit_callbacks):
    def ask(format=DocumentFormat.PDF):
        with django_capture_on_commit_callbacks(execute=True):
            return rendering.request(
                kind=KIND, title="To-trinh-1", obj=unit, task="awards.tasks.render_proposal", format=format
            )

    return ask


@pytest.fixture
def work(django_capture_on_commit_callbacks):
    def work(document, printed):
        with django_capture_on_commit_callbacks(execute=True):
            rendering.render(getattr(document, "pk", document), lambda row: printed)

    return work


def long_document(changed=""):
    document = examples.proposal(MANY + 1)
    return replace(document, abstract=document.abstract + changed)


def test_word_is_rendered_by_the_same_row(unit, ask, work, queued):
    document = ask(DocumentFormat.DOCX)
    work(document, examples.decision())
    document.refresh_from_db()

    assert (document.state, document.done, document.total) == ("ready", 1, 1)
    assert (document.file.name, document.file.content_type) == ("To-trinh-1.docx", files.DOCX)
    assert files.read(document.file) == render_docx(examples.decision())


def test_the_two_formats_are_asked_for_apart(unit, ask, queued):
    pdf, word = ask(), ask(DocumentFormat.DOCX)

    assert ask().pk == pdf.pk
    assert ask(DocumentFormat.DOCX).pk == word.pk
    assert rendering.latest(unit, KIND) == pdf
    assert rendering.latest(unit, KIND, DocumentFormat.DOCX) == word
    shown = printing.card(unit, KIND)
    assert (shown["document"], shown["word"], shown["is_under_way"]) == (pdf, word, True)


@pytest.mark.parametrize("format", DocumentFormat)
def test_an_unchanged_document_is_not_rendered_again(ask, work, queued, format, monkeypatch):
    first = ask(format)
    work(first, examples.decision())
    first.refresh_from_db()
    monkeypatch.setattr(rendering, "render_pdf", pytest.fail)
    monkeypatch.setattr(rendering, "render_docx", pytest.fail)
    monkeypatch.setattr(rendering, "render_xlsx", pytest.fail)
    again = ask(format)
    assert again.pk != first.pk
    work(again, examples.decision())
    again.refresh_from_db()

    assert (again.state, again.file, again.pages, again.html) == (
        "ready",
        first.file,
        first.pages,
        first.html,
    )
    assert File.objects.count() == 1


def test_a_changed_word_or_another_renderer_is_rendered(ask, work, queued, monkeypatch):
    work(ask(), examples.decision())
    work(ask(), replace(examples.decision(), number="8"))
    assert File.objects.count() == 2
    monkeypatch.setattr("core.documents._renderer", lambda: "newer")
    work(ask(), examples.decision())
    assert File.objects.count() == 3


def test_a_long_list_is_rendered_in_parts_and_bound(unit, ask, work, queued):
    printed, document = long_document(), ask()
    assert queued == [document.pk]
    work(document, printed)
    document.refresh_from_db()
    parts = list(document.parts.order_by("part"))
    assert (document.state, document.done, document.total) == ("running", 0, 3)
    assert queued[1:] == [part.pk for part in parts]
    assert printing.card(unit, KIND)["progress"] == "đã xong 0/3 tệp"

    # In any order, by any worker.
    for told, part in enumerate([parts[2], parts[0], parts[1]], 1):
        work(part, printed)
        document.refresh_from_db()
        assert document.done == told
    assert (document.state, document.file.name) == ("ready", "To-trinh-1.zip")
    with zipfile.ZipFile(io.BytesIO(files.read(document.file))) as archive:
        assert archive.namelist() == [
            "To-trinh-1-00 văn bản chính.pdf",
            "To-trinh-1-01 Phụ lục I.pdf",
            "To-trinh-1-02 Phụ lục II.pdf",
        ]
        assert archive.read("To-trinh-1-02 Phụ lục II.pdf") == render_annex(printed, 1).pdf
        assert archive.read("To-trinh-1-00 văn bản chính.pdf") == render_main(printed).pdf
    shown = printing.card(unit, KIND)
    assert document.pages == sum(part.pages for part in shown["parts"])
    assert printing.file_of(shown) == document.file
    assert printing.file_of(shown, part=1) == shown["parts"][1].file
    assert printing.file_of(shown, part=9) is None
    assert shown["parts"][1].stage == "Hoàn thành"


def test_an_annex_that_did_not_change_is_not_rendered_again(ask, work, queued, monkeypatch):
    first = ask()
    work(first, long_document())
    for part in first.parts.all():
        work(part, long_document())
    count = File.objects.count()
    monkeypatch.setattr(rendering, "render_annex", pytest.fail)
    # The same again, whole: its parts come along.
    same = ask()
    work(same, long_document())
    same.refresh_from_db()
    assert (same.state, same.parts.count(), File.objects.count()) == ("ready", 3, count)


def test_a_part_that_fails_fails_the_whole_and_only_it_is_tried_again(
    ask, work, queued, monkeypatch, django_capture_on_commit_callbacks
):
    document, printed = ask(), long_document()
    work(document, printed)
    main, long, short = document.parts.order_by("part")
    work(main, printed)
    with monkeypatch.context() as broken:
        broken.setattr(rendering, "render_annex", lambda *a, **k: 1 / 0)
        work(short, printed)
    document.refresh_from_db()
    assert (document.state, document.error[:27]) == ("failed", "Lỗi ngoài dự kiến khi tạo v")

    del queued[:]
    with django_capture_on_commit_callbacks(execute=True):
        rendering.retry(document)
    work(document, printed)
    assert queued == [document.pk, long.pk, short.pk]
    work(short, printed)
    work(long, printed)
    document.refresh_from_db()
    assert (document.state, document.error) == ("ready", "")
    main.refresh_from_db()
    assert main.attempts == 1


def test_parts_of_a_list_that_changed_meanwhile_are_not_mixed(ask, work, queued):
    document = ask()
    work(document, long_document())
    work(document.parts.get(part=1), long_document(" (bổ sung)"))
    document.refresh_from_db()

    assert (document.state, document.error) == (
        "failed",
        "Nội dung đã thay đổi trong lúc tạo văn bản. Hãy tạo lại.",
    )


def test_the_sweep_wakes_a_lost_part_and_not_the_whole_that_waits_for_it(ask, work, queued):
    document, printed = ask(), long_document()
    work(document, printed)
    main, long, short = document.parts.order_by("part")
    for part in (main, long):
        work(part, printed)
    rendering._claim(short.pk)
    del queued[:]
    with time_machine.travel(clock.now() + rendering.LEASE + timedelta(seconds=1)):
        rendering.sweep()
        assert queued == [short.pk]
        for _ in range(2):
            rendering._claim(short.pk)
            Document.objects.filter(pk=short.pk).update(lease_until=clock.now())
        rendering.sweep()
    document.refresh_from_db()
    assert (document.state, document.error) == ("failed", "Tiến trình tạo văn bản dừng giữa chừng nhiều lần")


def test_progress_tells_pages_while_they_are_laid_out_and_written(ask, work, queued, monkeypatch):
    monkeypatch.setattr(rendering, "ROWS_APART", 1000)
    told, real = [], rendering.render_pdf

    def listen(printed, progress):
        def tell(*step):
            told.append(step)
            progress(*step)

        return real(printed, progress=tell)

    monkeypatch.setattr(rendering, "render_pdf", listen)
    document = ask()
    work(document, examples.proposal(150))
    document.refresh_from_db()

    assert (1, 4, "Dàn trang Phụ lục I: trang 10") in told
    assert (3, 4, f"Ghi tệp PDF: trang 10/{document.pages}") in told
    assert told[-1] == (4, 4, "Hoàn thành")
