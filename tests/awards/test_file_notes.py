"""What stands beside an uploaded paper of a dossier: its signatures, and the question about secrecy."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from weasyprint import HTML

from awards.models import DossierDocument
from core import clock, files, rendering, signatures
from core.models import Event, File, OutboxMail, SignatureReading
from core.signatures import extract
from tests import papers
from tests.authority import NOW, Authority, sign
from tests.factories import UserFactory
from tests.factories_awards import a_draft, a_full_draft, submit

MENTIONS = HTML(string="<body><p>Số văn bản mật không tính vào mẫu số</p>").write_pdf()


def said(response) -> str:
    """The words of a page, tags and blanks aside."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def with_paper(dossier, content, *, by, kind="submission"):
    file = files.store(SimpleUploadedFile("to-trinh.pdf", content), by=by)
    DossierDocument.objects.create(dossier=dossier, kind=kind, file=file)
    return file


VERDICTS = {
    "valid": "Chữ ký số hợp lệ",
    "invalid": "Chữ ký số không hợp lệ",
    "unknown": "Chưa xác định được chữ ký số",
    "unsigned": "Không có chữ ký số",
}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_verdict_stands_beside_the_file_and_in_the_checklist(verdict, world, enter):
    dossier = a_draft(world.unit, world.filer)
    file = with_paper(dossier, papers.pdf(), by=world.filer)
    pages = [f"/ho-so/{dossier.uid}/", f"/ho-so/{dossier.uid}/sua/"]
    client = enter(world.filer)
    for page in pages:
        assert said(client.get(page)).count("Chờ đọc chữ ký số") == 2

    SignatureReading.objects.filter(file=file).update(
        state="read", verdict=verdict, reason=f"lý do {verdict}", read_at=clock.now()
    )
    for page in pages:
        words = said(client.get(page))
        assert words.count(VERDICTS[verdict]) == 2, page
        assert words.count(f"Lý do {verdict}.") == 1


@pytest.mark.parametrize("verdict", ["invalid", "unknown", "unsigned"])
def test_no_verdict_blocks_the_submission(verdict, world):
    dossier = a_full_draft(world.unit, world.filer)
    for document in dossier.documents.all():
        SignatureReading.objects.update_or_create(
            file=document.file,
            defaults={"state": "read", "verdict": verdict, "asked_at": clock.now(), "read_at": clock.now()},
        )
    submit(dossier, by=world.filer)
    dossier.refresh_from_db()
    assert dossier.state == "submitted"


def test_the_extract_is_served_at_the_files_own_door(world, enter, settings, tmp_path):
    settings.SIGNING_KEY_FILE = str(tmp_path / "khoa.pem")
    dossier = a_draft(world.unit, world.filer)
    signer = Authority().issue("Nguyễn Văn Thử", "UBND huyện Minh Hoạ", since=NOW.replace(year=2016))
    file = with_paper(dossier, sign(papers.pdf(), signer), by=world.filer)
    signatures.read(file.reading.pk)
    client, address = enter(world.filer), f"/ho-so/{dossier.uid}/tep/{file.uid}/?xac-minh"
    assert address in client.get(f"/ho-so/{dossier.uid}/").content.decode()

    waiting = client.get(address)
    assert "Cổng đang lập và ký văn bản" in said(waiting)
    extract.render_one(rendering.latest(file, extract.KIND).pk)
    assert client.get(address).getvalue().startswith(b"%PDF")
    assert enter(world.stranger).get(address).status_code == 404

    rendering.Document.objects.update(state="failed", error="Máy chủ hết chỗ lưu tệp.", file=None)
    assert "Máy chủ hết chỗ lưu tệp." in said(client.get(address))
    answer = client.post(f"/tep/{file.uid}/xac-minh/", {"back": address})
    assert (answer.status_code, answer.url) == (302, address)
    extract.render_one(rendering.latest(file, extract.KIND).pk)
    assert client.get(address).getvalue().startswith(b"%PDF")


# --- The question about secrecy --------------------------------------------------------------


@pytest.fixture
def asked(world):
    dossier = a_draft(world.unit, world.filer)
    return with_paper(dossier, MENTIONS, by=world.filer), f"/ho-so/{dossier.uid}/"


def test_the_filer_is_asked_and_others_read_that_it_is_open(asked, world, enter):
    file, page = asked
    question = f"/tep/{file.uid}/do-mat/"
    own = enter(world.filer).get(page).content.decode()
    assert own.count(question) == 1
    others = enter(world.colleague).get(page)
    assert question not in others.content.decode()
    assert "“văn bản mật”; người tải lên chưa trả lời" in said(others)
    assert enter(world.colleague).get(question).status_code == 404
    assert "Tệp này có phải tài liệu mật không?" in said(enter(world.filer).get(question))


def test_an_answer_is_recorded_and_asked_no_more(asked, world, enter):
    file, page = asked
    client, question = enter(world.filer), f"/tep/{file.uid}/do-mat/"
    assert client.post(question, {"answer": "có lẽ"}).status_code == 422
    answer = client.post(question, {"answer": "open", "back": page})
    assert (answer.status_code, answer.url) == (302, page)
    file.refresh_from_db()
    assert (file.declared_open_at, file.declared_secret_at) == (clock.now(), None)
    event = Event.objects.get(object_uid=file.uid)
    assert (event.act, event.actor, event.payload.data) == (
        "declare_open",
        world.filer,
        {"mention": "văn bản mật"},
    )
    assert "người tải lên xác nhận không mật" in said(client.get(page))
    assert client.post(question, {"answer": "secret"}).status_code == 409
    assert client.post(question, {"answer": "open", "back": "https://khac.example/"}).status_code == 409


def test_a_file_said_to_be_secret_is_withheld_from_all(asked, world, enter):
    file, page = asked
    administrator = UserFactory(administrator=True)
    client = enter(world.filer)
    client.post(f"/tep/{file.uid}/do-mat/", {"answer": "secret", "back": page})
    assert File.objects.get(pk=file.pk).declared_secret_at == clock.now()
    assert Event.objects.get(object_uid=file.uid).act == "declare_secret"
    assert "Khai là tài liệu mật, đã giữ lại" in said(client.get(page))
    for person in (world.filer, world.colleague):
        refused = enter(person).get(f"{page}tep/{file.uid}/")
        assert refused.status_code == 403
        assert "Tệp này được giữ lại, không ai tải được" in said(refused)
    assert OutboxMail.objects.filter(key=f"secret-{file.uid}-{administrator.pk}").count() == 1


def test_the_answer_leads_to_no_other_site(asked, world, enter):
    file, _ = asked
    answer = enter(world.filer).post(
        f"/tep/{file.uid}/do-mat/", {"answer": "open", "back": "https://khac.example/"}
    )
    assert (answer.status_code, answer.url) == (302, "/ban-lam-viec/")
