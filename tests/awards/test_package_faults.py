"""What befalls the package while it is rendered, and the archive that goes to the other body."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from python_calamine import CalamineWorkbook

from awards.models import AchievementReport
from awards.tasks import render_proposal
from awards.workflow import posting
from awards.workflow import proposal as proposing
from core import files, rendering
from core.models import Document, File
from tests.factories_awards import (
    a_proposal,
    a_signed_proposal,
    an_appraised_dossier,
    an_individual,
)

DISK_FULL = OSError(28, "No space left on device")
UNFORESEEN = "Lỗi ngoài dự kiến khi tạo văn bản. Hãy thử lại; nếu vẫn lỗi, hãy báo quản trị viên."


@pytest.fixture
def finalised(world):
    proposal = a_proposal(world.standing, an_appraised_dossier(world.unit, world.filer, world.standing))
    proposing.finalise(proposal, by=world.standing)
    return proposal


def render_all():
    for document in Document.objects.filter(state="pending").order_by("pk"):
        render_proposal(document_id=document.pk)


def states():
    return list(Document.objects.order_by("pk").values_list("format", "state", "error"))


def test_a_full_disk_is_told_once_and_the_retry_works(world, finalised, enter, monkeypatch):
    client, base = enter(world.standing), f"/to-trinh/{finalised.uid}/"

    def full(name, content):
        raise DISK_FULL

    with monkeypatch.context() as patched:
        patched.setattr(default_storage, "save", full)
        for _ in range(rendering.MAX_ATTEMPTS):
            render_all()
    assert [(format, state) for format, state, _ in states()] == [("pdf", "failed"), ("docx", "failed")]
    reason = Document.objects.get(format="pdf").error
    assert "dung lượng máy chủ" in reason
    page = client.get(base).content.decode()
    assert [page.count(reason), "No space left" in page] == [1, False]
    assert client.get(f"{base}tep/ho-so.zip").status_code == 404
    assert client.post(f"{base}van-ban/tao-lai/").status_code == 302
    render_all()
    assert states() == [("pdf", "ready", ""), ("docx", "ready", "")]
    assert fetched(client, f"{base}tep/ho-so.zip") == 200


def test_a_worker_killed_while_rendering_leaves_one_package(world, finalised, enter, monkeypatch, today):
    """It dies without a word; when its lease is over the sweep hands the row to another."""

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(rendering, "render_pdf", killed)
        patched.setattr(rendering, "render_docx", killed)
        for document in Document.objects.all():
            with pytest.raises(KeyboardInterrupt):
                render_proposal(document_id=document.pk)
    assert [state for _, state, _ in states()] == ["running", "running"]
    page = enter(world.standing).get(f"/to-trinh/{finalised.uid}/").content.decode()
    assert 'hx-trigger="every 2s"' in page
    today.shift(rendering.LEASE + timedelta(seconds=1))
    for document in Document.objects.all():
        render_proposal(document_id=document.pk)
        render_proposal(document_id=document.pk)  # told twice by the broker
    assert states() == [("pdf", "ready", ""), ("docx", "ready", "")]
    assert list(Document.objects.values_list("attempts", flat=True)) == [2, 2]


def test_a_broken_picture_fails_the_package_once_and_the_retry_works(world, finalised, enter, monkeypatch):
    """A picture that cannot be read stops the renderer; the page never waits for ever."""

    def broken(*args, **kwargs):
        raise ValueError("cannot identify image file")

    with monkeypatch.context() as patched:
        patched.setattr(rendering, "render_pdf", broken)
        render_all()
    assert states() == [("pdf", "failed", UNFORESEEN), ("docx", "ready", "")]
    client, base = enter(world.standing), f"/to-trinh/{finalised.uid}/"
    page = client.get(base).content.decode()
    assert [page.count(UNFORESEEN), 'hx-trigger="every 2s"' in page] == [1, False]
    assert client.get(f"{base}tep/ho-so.zip").status_code == 404
    client.post(f"{base}van-ban/tao-lai/")
    render_all()
    assert states() == [("pdf", "ready", ""), ("docx", "ready", "")]


def fetched(client, address) -> int:
    """The status of a download, read to its end as a browser does."""
    answer = client.get(address)
    assert b"".join(answer)
    return answer.status_code


def test_the_archive_holds_every_file_with_its_hash(world, enter):
    dossier = an_appraised_dossier(
        world.unit,
        world.filer,
        world.standing,
        [an_individual(world.unit, n, achievement="=1+1") for n in ("Lò Thị Mai", "Giàng A Sử")],
    )
    mai, su = (dossier.nominees.get(name=name) for name in ("Lò Thị Mai", "Giàng A Sử"))
    su.documents.update(is_removed=True)
    AchievementReport.objects.create(nominee=su, overview="Công chức xã.", results="Số hóa 1.200 hồ sơ.")
    minutes = dossier.documents.get(kind="minutes")
    File.objects.filter(pk=minutes.file_id).update(scan_state="pending")
    proposal = a_signed_proposal(world.standing, dossier)
    render_all()
    answer = enter(world.standing).get(f"/to-trinh/{proposal.uid}/tep/ho-so.zip")
    content = b"".join(answer.streaming_content)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    base = f"To-trinh-{proposal.reference}"
    names = [f"{base}.pdf", f"{base}.docx", f"{base}-da-ky.pdf", f"Danh-sach-{proposal.reference}.xlsx"]
    names += [
        "Doi-tuong/ca-nhan-0001-lo-thi-mai-01-bao-cao-thanh-tich.pdf",
        "Doi-tuong/ca-nhan-0002-giang-a-su-bao-cao-viet-tren-cong.docx",
        f"Ho-so/{dossier.reference}-xa-ban-phiet/01-to-trinh-de-nghi-khen-thuong-da-ky.pdf",
    ]
    assert archive.namelist() == [*names, "manifest.json", "SHA256SUMS"]
    written = zipfile.ZipFile(io.BytesIO(archive.read(names[5]))).read("word/document.xml").decode()
    assert "Số hóa 1.200 hồ sơ." in written
    assert archive.read(names[4]) == files.read(mai.documents.get().file)
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["withheld"] == [
        {
            "name": f"Ho-so/{dossier.reference}-xa-ban-phiet/02-bien-ban-hop-xet-khen-thuong.pdf",
            "reason": "Tệp “minutes.pdf” đang được quét mã độc. Hãy thử lại sau vài phút.",
        }
    ]
    hashes = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names}
    assert {row["name"]: row["sha256"] for row in manifest["files"]} == hashes
    assert archive.read("SHA256SUMS").decode() == "".join(f"{h}  {n}\n" for n, h in hashes.items())
    assert (manifest["number"], manifest["names"]) == (proposal.number, 2)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(archive.read(names[3]))).get_sheet_by_index(0)
    rows = sheet.to_python()
    listed = [row[3] for row in rows if row[3] in ("Lò Thị Mai", "Giàng A Sử")]
    assert listed == ["Lò Thị Mai", "Giàng A Sử"]
    assert [row[7] for row in rows if row[3] == "Giàng A Sử"] == ["=1+1"]


def test_the_archive_follows_the_proposal_to_the_other_body(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    proposal = a_signed_proposal(world.standing, dossier)
    render_all()
    address = f"/to-trinh/{proposal.uid}/tep/ho-so.zip"
    roles = ("standing", "commendation", "filer", "administrator")
    assert [fetched(enter(getattr(world, r)), address) for r in roles] == [200, 404, 404, 404]
    proposing.forward(proposal, by=world.standing_lead, request_key=proposal.uid)
    assert fetched(enter(world.commendation), address) == 200
    assert "ho-so.zip" in enter(world.commendation).get(proposal.get_absolute_url()).content.decode()
    proposing.return_(proposal, by=world.commendation, comment="Sai.")
    assert [fetched(enter(getattr(world, r)), address) for r in roles] == [404] * 4
    posting.post(proposal, working_days=5, by=world.standing_lead)
    assert [fetched(enter(getattr(world, r)), address) for r in roles] == [404] * 4
    page = enter(world.standing).get(proposal.get_absolute_url()).content.decode()
    assert "ho-so.zip" not in page
