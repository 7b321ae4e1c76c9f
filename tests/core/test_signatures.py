"""Signed uploads are read once in the background; a change of the trust list has them judged anew."""

from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from time_machine import travel

from core import files, rendering, signatures
from core.models import Event, RevocationList, SignatureReading, TrustedCertificate
from core.models.signature import ReadingState
from core.signatures import extract, trust_list
from core.signatures import portal_key as keys
from core.signatures import reading as reader
from core.signatures.reading import NO_CHAIN, PASSED, REVOKED, Trust
from tests import papers
from tests.authority import NOW, Authority, sign
from tests.factories import UnitFactory, UserFactory, member_of

pytestmark = pytest.mark.django_db
DESK = "/quan-tri"


@pytest.fixture(autouse=True)
def signing_day():
    with travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def chairman(authority):
    return authority.issue("Nguyễn Văn Thử", "UBND huyện Minh Hoạ")


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True)
    client.force_login(user)
    return user


def stored(content, name="to-trinh.pdf"):
    return files.store(SimpleUploadedFile(name, content), by=UserFactory())


def outcome(file):
    row = SignatureReading.objects.get(file=file)
    return row.state, row.verdict, row.reason


def load(*contents):
    for content in contents:
        trust_list.store(trust_list.parse(content))


def test_an_upload_waits_to_be_read_and_is_read_once(authority, chairman, monkeypatch):
    load(authority.der, authority.revocation_list())
    file = stored(sign(papers.pdf(), chairman))
    assert outcome(file) == (ReadingState.PENDING, "", "")
    signatures.read(file.reading.pk)
    assert outcome(file) == (ReadingState.READ, "valid", PASSED)
    row = SignatureReading.objects.get(file=file)
    assert [(s["name"], s["organisation"], s["verdict"]) for s in row.signatures] == [
        ("Nguyễn Văn Thử", "UBND huyện Minh Hoạ", "valid")
    ]
    monkeypatch.setattr("core.signatures.reading.read", lambda *a, **k: pytest.fail("read twice"))
    signatures.read(file.reading.pk)


def test_a_word_document_is_not_asked_about():
    file = files.store_bytes(b"x", name="a.docx", content_type=files.DOCX)
    assert not SignatureReading.objects.filter(file=file).exists()


def test_a_trust_list_loaded_later_changes_the_verdict(authority, chairman):
    file = stored(sign(papers.pdf(), chairman))
    plain = stored(papers.pdf())
    for each in (file, plain):
        signatures.read(each.reading.pk)
    assert outcome(file) == (ReadingState.READ, "unknown", NO_CHAIN)
    load(authority.der, authority.revocation_list())
    assert [outcome(each)[0] for each in (file, plain)] == [ReadingState.PENDING, ReadingState.READ]
    signatures.read(file.reading.pk)
    assert outcome(file) == (ReadingState.READ, "valid", PASSED)
    load(authority.revocation_list(chairman, at=NOW - timedelta(minutes=5)))
    signatures.read(file.reading.pk)
    assert outcome(file) == (ReadingState.READ, "invalid", REVOKED)


def test_a_reader_that_dies_is_tried_again_and_given_up_in_words(chairman):
    file = stored(sign(papers.pdf(), chairman))
    for attempt in range(1, 4):
        SignatureReading.objects.filter(file=file).update(
            state=ReadingState.RUNNING, attempts=attempt, lease_until=NOW - timedelta(seconds=1)
        )
        signatures.sweep()
    assert outcome(file) == (
        ReadingState.READ,
        "unknown",
        "tệp quá phức tạp, cổng không đọc được chữ ký số",
    )


def test_the_sweep_reads_what_the_broker_lost(chairman, monkeypatch):
    sent = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, kwargs: sent.append((name, kwargs)))
    file = stored(papers.pdf())
    signatures.sweep()
    assert sent == []
    with travel(NOW + timedelta(minutes=1), tick=False):
        signatures.sweep()
    assert sent == [("core.tasks.read_signatures", {"reading_id": file.reading.pk})]


def test_the_command_loads_pem_and_der_once(authority, tmp_path, capsys):
    bundle, revoked = tmp_path / "goc.pem", tmp_path / "thu-hoi.crl"
    bundle.write_bytes(
        authority.certificate.public_bytes(Encoding.PEM)
        + Authority("CA 2").certificate.public_bytes(Encoding.PEM)
    )
    revoked.write_bytes(authority.revocation_list())
    call_command("load_trust_list", bundle, revoked)
    assert (TrustedCertificate.objects.count(), RevocationList.objects.count()) == (2, 1)
    call_command("load_trust_list", bundle)
    assert capsys.readouterr().out.splitlines()[-1] == "goc.pem: đã có"
    assert Event.objects.filter(act="load_trust").count() == 3


def test_a_file_of_something_else_is_refused_in_words(tmp_path, chairman):
    wrong = tmp_path / "a.cer"
    wrong.write_bytes(b"xin chao")
    with pytest.raises(CommandError, match="không phải chứng thư số"):
        call_command("load_trust_list", wrong)
    wrong.write_bytes(chairman.certificate.public_bytes(Encoding.DER))
    with pytest.raises(CommandError, match="“Nguyễn Văn Thử” là chứng thư của người ký"):
        call_command("load_trust_list", wrong)


def test_an_administrator_loads_the_list_on_a_page(client, administrator, authority):
    add = f"{DESK}/core/trustedcertificate/add/"
    assert client.get(add).status_code == 200
    response = client.post(add, {"upload": SimpleUploadedFile("goc.cer", authority.der)})
    assert response.status_code == 302
    (row,) = TrustedCertificate.objects.all()
    assert (row.name, row.is_root, row.is_trusted, row.added_by) == (
        "CA thử nghiệm (không có thật)",
        True,
        True,
        administrator,
    )
    again = client.post(add, {"upload": SimpleUploadedFile("goc.cer", authority.der)})
    assert again.context["errors"] == [["Tệp này đã được nạp trước đó."]]
    client.post(f"{DESK}/core/trustedcertificate/{row.pk}/change/", {})
    row.refresh_from_db()
    assert (row.name, row.is_trusted) == ("CA thử nghiệm (không có thật)", False)


def test_others_do_not_see_the_list(client):
    client.force_login(member_of(UnitFactory()))
    assert client.get(f"{DESK}/core/trustedcertificate/").status_code == 302


# --- What the portal states of them ----------------------------------------------------------


@pytest.fixture
def portal_key(settings, tmp_path):
    settings.SIGNING_KEY_FILE = str(tmp_path / "cong" / "khoa.pem")
    return keys.load()


def extract_of(file):
    made = rendering.latest(file, extract.KIND)
    extract.render_one(made.pk)
    made.refresh_from_db()
    assert (made.state, made.error) == ("ready", "")
    return made


def test_the_portal_makes_its_key_once_and_reads_it_again(portal_key, settings):
    path = Path(settings.SIGNING_KEY_FILE)
    assert keys.load().fingerprint == portal_key.fingerprint
    assert (path.stat().st_mode & 0o777, [p.name for p in path.parent.iterdir()]) == (0o600, ["khoa.pem"])


def test_the_extract_states_the_verdict_and_is_signed_by_the_portal(authority, chairman, portal_key):
    load(authority.der, authority.revocation_list())
    file = stored(sign(papers.pdf(), chairman), name="Tờ trình 😀.pdf")
    signatures.read(file.reading.pk)
    made = extract_of(file)
    pdf = files.read(made.file)
    own = Trust(roots=(portal_key.certificate.public_bytes(Encoding.DER),))

    reading = reader.read(pdf, own, moment=NOW)
    assert (reading.verdict, [s.name for s in reading.signatures]) == ("valid", [keys.NAME])
    assert reader.read(pdf.replace(b"/Title", b"/Titel"), own, moment=NOW).verdict == "invalid"
    said = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    for words in (
        "Tờ trình ?.pdf",
        file.sha256,
        f"Chữ ký số hợp lệ: {PASSED}.",
        "Nguyễn Văn Thử",
        "UBND huyện Minh Hoạ",
        "09:00:00 ngày 02/03/2026 (theo máy của người ký)",
        portal_key.fingerprint,
    ):
        assert squeeze(words) in squeeze(said)


def squeeze(text):
    return "".join(text.split())


def test_an_unsigned_file_gets_no_extract(portal_key):
    file = stored(papers.pdf())
    signatures.read(file.reading.pk)
    assert rendering.latest(file, extract.KIND) is None


def test_without_a_key_no_extract_is_asked_for(chairman):
    file = stored(sign(papers.pdf(), chairman))
    signatures.read(file.reading.pk)
    assert rendering.latest(file, extract.KIND) is None


def test_the_certificate_is_published(client, settings, portal_key):
    address = "/xac-minh/chung-thu-cua-cong/"
    assert client.get(address).content == portal_key.pem
    assert b"PRIVATE" not in portal_key.pem
    settings.SIGNING_KEY_FILE = ""
    assert client.get(address).status_code == 404
