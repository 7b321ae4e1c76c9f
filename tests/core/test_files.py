"""Uploads are refused in words or kept under a harmless name; downloads cannot run as anything."""

import errno
import hashlib
import io
import os
import time
import unicodedata
import uuid
import zipfile
from pathlib import PurePosixPath
from unittest import mock

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from core import files
from core.files import DOCX, PDF, XLSX, FileRefused
from core.models import AccessLog, File
from core.transitions import Refused
from tests import papers
from tests.factories import UserFactory
from tests.papers import A_JPEG, A_PNG

A_PDF = papers.pdf()
AN_EXE = b"MZ\x90\x00\x03" + bytes(300)


def zipped(*names) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "<xml/>")
    return content.getvalue()


A_DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
AN_XLSX = zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
A_ZIP = zipped("virus.exe")


def upload(name, content, declared="application/pdf"):
    return SimpleUploadedFile(name, content, content_type=declared)


def named(name, content=A_PDF):
    """An upload whose name nobody has tidied on the way."""
    file = ContentFile(content)
    file.name = name
    return file


@pytest.mark.parametrize(
    ("name", "content", "accept", "words"),
    [
        (
            "van-ban.pdf",
            AN_EXE,
            (PDF,),
            "Nội dung của “van-ban.pdf” không phải là tệp PDF, dù tên tệp có thể ghi như vậy. "
            "Hãy xuất hoặc quét văn bản thành tệp PDF rồi tải lại.",
        ),
        ("trong.pdf", b"", (PDF,), "Tệp “trong.pdf” rỗng (0 byte). Hãy chọn lại tệp PDF."),
        (
            "quet.pdf",
            A_PDF + bytes(30 * 1024 * 1024),
            (PDF,),
            "Tệp “quet.pdf” nặng 30,0 MB, vượt mức 20,0 MB cho phép. "
            "Hãy giảm dung lượng (ví dụ quét ở 200 dpi) rồi tải lại.",
        ),
        (
            "dang-do.pdf",
            A_PDF[:40] + bytes(5000),
            (PDF,),
            "Tệp “dang-do.pdf” bị hỏng hoặc tải lên chưa hết. Hãy mở thử rồi tải lại.",
        ),
        (
            "ke-hoach.docx",
            A_DOCX,
            (PDF,),
            "Nội dung của “ke-hoach.docx” không phải là tệp PDF, dù tên tệp có thể ghi như vậy. "
            "Hãy xuất hoặc quét văn bản thành tệp PDF rồi tải lại.",
        ),
        (
            "anh.pdf",
            A_PNG,
            (PDF,),
            "Nội dung của “anh.pdf” không phải là tệp PDF, dù tên tệp có thể ghi như vậy. "
            "Hãy xuất hoặc quét văn bản thành tệp PDF rồi tải lại.",
        ),
        (
            "so-lieu.xlsx",
            A_ZIP,
            (PDF, XLSX),
            "Nội dung của “so-lieu.xlsx” không phải là tệp PDF, XLSX, dù tên tệp có thể ghi như vậy. "
            "Hãy xuất hoặc quét văn bản thành tệp PDF, XLSX rồi tải lại.",
        ),
        (
            "trang.pdf",
            b"<html><script>alert(1)</script>%PDF-1.7\n%%EOF",
            (PDF,),
            "Nội dung của “trang.pdf” không phải là tệp PDF, dù tên tệp có thể ghi như vậy. "
            "Hãy xuất hoặc quét văn bản thành tệp PDF rồi tải lại.",
        ),
        (
            "hai-dau.pdf",
            AN_EXE + A_PDF,
            (PDF,),
            "Nội dung của “hai-dau.pdf” không phải là tệp PDF, dù tên tệp có thể ghi như vậy. "
            "Hãy xuất hoặc quét văn bản thành tệp PDF rồi tải lại.",
        ),
    ],
    ids=["exe", "empty", "30 MB", "cut short", "docx", "png", "zip", "html head", "exe head"],
)
def test_a_wrong_file_is_refused_in_words_and_nothing_is_kept(db, name, content, accept, words):
    with pytest.raises(FileRefused) as refused:
        files.store(upload(name, content), by=None, accept=accept)

    assert str(refused.value) == words
    assert File.objects.count() == 0


def test_a_file_of_the_size_limit_is_taken_and_one_byte_more_is_not(db, settings):
    settings.UPLOAD_MAX_BYTES = len(A_PDF)

    assert files.store(upload("a.pdf", A_PDF), by=None).size == len(A_PDF)
    with pytest.raises(FileRefused, match="vượt mức"):
        files.store(upload("a.pdf", A_PDF + b"\n"), by=None)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [(A_PDF, PDF), (A_DOCX, DOCX), (AN_XLSX, XLSX), (A_PNG, "image/png"), (A_JPEG, "image/jpeg")],
    ids=["pdf", "docx", "xlsx", "png", "jpeg"],
)
def test_the_type_is_what_the_bytes_are_whatever_the_browser_says(db, content, content_type):
    file = files.store(upload("tep", content, "text/html"), by=None, accept=tuple(files.EXTENSIONS))

    assert file.content_type == content_type
    assert files.read(file) == content
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ke-hoach.pdf", "ke-hoach.pdf"),
        ("KẾ HOẠCH.PDF", "KẾ HOẠCH.PDF"),
        (unicodedata.normalize("NFD", "Kế hoạch đã ký.pdf"), "Kế hoạch đã ký.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\An\\ke hoach.pdf", "ke hoach.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        ("\"ngoặc\" và 'nháy'.pdf", "\"ngoặc\" và 'nháy'.pdf"),
        ("cong-van\u202efdp.exe", "cong-vanfdp.exe.pdf"),
        ("thu.hta", "thu.hta.pdf"),
        ("anh.png", "anh.png.pdf"),
        ("  nhiều   khoảng trắng .pdf", "nhiều khoảng trắng.pdf"),
        ("", "tep.pdf"),
        ("..", "...pdf"),
        ("\x00", "tep.pdf"),
        ("dài" * 200 + ".pdf", ("dài" * 66)[:196] + ".pdf"),
    ],
)
def test_a_name_is_one_line_without_folders_and_ends_as_what_it_is(db, typed, kept):
    file = files.store(named(typed), by=None)

    assert file.name == kept
    assert PurePosixPath(file.path).name == file.uid.hex


def test_a_jpeg_may_be_called_either_way_and_a_png_not_pdf(db):
    accept = ("image/jpeg", "image/png")
    typed = [("a.jpg", A_JPEG), ("a.jpeg", A_JPEG), ("a.pdf", A_JPEG), ("a.pdf", A_PNG)]

    kept = [files.store(named(name, content), by=None, accept=accept).name for name, content in typed]

    assert kept == ["a.jpg", "a.jpeg", "a.pdf.jpg", "a.pdf.png"]


@pytest.mark.parametrize(
    "broken", [{"size": 0}, {"sha256": "F" * 64}, {"sha256": ""}], ids=["empty", "upper case", "no hash"]
)
def test_the_database_refuses_a_file_that_is_none(db, broken):
    whole = {"name": "a.pdf", "content_type": PDF, "size": 1, "sha256": "f" * 64}
    with pytest.raises(IntegrityError), transaction.atomic():
        File.objects.create(**(whole | broken), uploaded_at="2027-01-01T00:00Z")


@pytest.fixture
def request_by(rf):
    def made(user):
        request = rf.get("/tep/", REMOTE_ADDR="203.0.113.7")
        request.user = user
        return request

    return made


@pytest.mark.parametrize(
    ("content", "inline", "disposition"),
    [
        (A_PDF, False, "attachment"),
        (A_PDF, True, "inline"),
        (A_PNG, True, "attachment"),
        (A_DOCX, True, "attachment"),
    ],
    ids=["pdf", "pdf shown", "png shown", "docx shown"],
)
def test_a_download_cannot_be_sniffed_cached_or_run(db, request_by, content, inline, disposition):
    user = UserFactory()
    file = files.store(named("Kế hoạch “2027”; x=.pdf", content), by=user, accept=tuple(files.EXTENSIONS))

    response = files.serve(request_by(user), file, inline=inline)

    assert b"".join(response.streaming_content) == content
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == file.content_type
    assert int(response["Content-Length"]) == len(content)
    quoted = "K%E1%BA%BF%20ho%E1%BA%A1ch%20%E2%80%9C2027%E2%80%9D%3B%20x%3D.pdf"
    assert response["Content-Disposition"].partition(";")[0] == disposition
    assert response["Content-Disposition"].partition("utf-8''")[2].startswith(quoted)


def test_a_name_with_quotes_stays_inside_its_header(db, request_by):
    file = files.store(named('a"; filename="b.exe.pdf'), by=None)

    response = files.serve(request_by(AnonymousUser()), file)

    assert response["Content-Disposition"] == r'attachment; filename="a\"; filename=\"b.exe.pdf"'


def test_each_download_is_logged(db, request_by):
    user = UserFactory()
    file = files.store(upload("a.pdf", A_PDF), by=user)

    files.serve(request_by(user), file)
    files.serve(request_by(AnonymousUser()), file)

    assert list(
        AccessLog.objects.order_by("id").values_list("user", "what", "object_uid", "detail", "address")
    ) == [
        (user.pk, "download", file.uid, "a.pdf", "203.0.113.7"),
        (None, "download", file.uid, "a.pdf", "203.0.113.7"),
    ]
    assert isinstance(file.uid, uuid.UUID)


def test_a_file_that_the_store_has_lost_is_told_in_words_and_is_no_download(db, request_by):
    file = files.store(upload("a.pdf", A_PDF), by=None)
    default_storage.delete(file.path)

    with pytest.raises(Refused) as refused:
        files.serve(request_by(UserFactory()), file)

    assert (refused.value.status, str(refused.value)) == (
        503,
        "Cổng không lấy được tệp “a.pdf” từ kho tệp. Hãy thử lại sau ít phút; nếu vẫn không được, "
        f"hãy báo quản trị viên, kèm mã tệp {file.uid}.",
    )
    assert AccessLog.objects.count() == 0


def test_a_full_disk_is_told_in_words_and_leaves_nothing(db, settings, tmp_path):
    """As on a disk of which the first kilobyte alone could still be written."""
    storage = FileSystemStorage(location=tmp_path)
    written = []

    def half_a_file(name, content):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(b"half")
        written.append(name)
        raise OSError(errno.ENOSPC, "No space left on device")

    storage._save = half_a_file
    with mock.patch("core.files.default_storage", storage), pytest.raises(Refused) as refused:
        files.store(upload("a.pdf", A_PDF), by=None)
    assert (refused.value.status, str(refused.value)) == (
        503,
        f"{files.NOT_KEPT} Hãy tải lại tệp sau ít phút.",
    )
    assert len(written) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert File.objects.count() == 0


def test_bytes_without_a_row_are_removed_a_day_later_and_nothing_else(db, settings, tmp_path):
    storage = FileSystemStorage(location=tmp_path)
    with mock.patch("core.files.default_storage", storage):
        kept = files.store(upload("a.pdf", A_PDF), by=None)
        lost, odd, fresh = f"ab/{uuid.uuid4().hex}", f"{kept.path[:2]}/la.tmp", f"cd/{uuid.uuid4().hex}"
        for path in (lost, odd, fresh):
            storage.save(path, ContentFile(b"x"))
        two_days_ago = time.time() - 2 * 86400
        for path in (kept.path, lost, odd):
            os.utime(tmp_path / path, (two_days_ago, two_days_ago))
        assert files.remove_orphans() == 2
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {kept.path, fresh}
