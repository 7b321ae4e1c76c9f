"""Each kind of signed file gets its verdict and the reason in words, by the trust list alone."""

import io
from datetime import timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from time_machine import travel

from core.signatures.reading import (
    ADDED,
    ALTERED,
    EXPIRED,
    NO_CHAIN,
    NO_REVOCATION,
    PASSED,
    REVOKED,
    UNREADABLE,
    Trust,
    read,
)
from tests import papers
from tests.authority import NOW, Authority, sign

pytestmark = pytest.mark.usefixtures("signing_day")
UNSIGNED = "tệp không có chữ ký số (ảnh chụp chữ ký và dấu không phải là chữ ký số)"


@pytest.fixture
def signing_day():
    with travel(NOW - timedelta(hours=2), tick=False):
        yield


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def chairman(authority):
    return authority.issue("Nguyễn Văn Thử", "UBND huyện Minh Hoạ")


@pytest.fixture(scope="module")
def clerk(authority):
    return authority.issue("Văn thư Thử", "UBND huyện Minh Hoạ")


@pytest.fixture
def trust(authority):
    return Trust(roots=(authority.der,), revocation_lists=(authority.revocation_list(),))


def verdict(content, trust, moment=NOW):
    reading = read(content, trust, moment=moment)
    return reading.verdict, reading.reason


def test_a_valid_signature_says_who_and_when(trust, chairman):
    reading = read(sign(papers.pdf(), chairman), trust, moment=NOW)
    assert (reading.verdict, reading.reason) == ("valid", PASSED)
    signature = reading.signatures[0]
    assert (signature.name, signature.organisation) == ("Nguyễn Văn Thử", "UBND huyện Minh Hoạ")
    assert signature.signed_at == NOW - timedelta(hours=2)
    assert (signature.is_stamped, signature.covers_whole) == (False, True)


def test_changed_after_signing(trust, chairman):
    signed = sign(papers.pdf("Tong so tien: 100"), chairman)
    assert verdict(signed.replace(b"tien: 100", b"tien: 900"), trust) == ("invalid", ALTERED)


def test_signed_twice(trust, chairman, clerk):
    twice = sign(sign(papers.pdf(), chairman), clerk, field="ChuKy2")
    reading = read(twice, trust, moment=NOW)
    assert (reading.verdict, reading.reason) == ("valid", PASSED)
    assert [(s.name, s.verdict, s.covers_whole) for s in reading.signatures] == [
        ("Nguyễn Văn Thử", "valid", False),
        ("Văn thư Thử", "valid", True),
    ]


def test_an_expired_certificate_without_a_time_stamp(trust, authority):
    old = authority.issue("Người Cũ", since=NOW - timedelta(days=800), until=NOW - timedelta(days=30))
    with travel(NOW - timedelta(days=100), tick=False):
        signed = sign(papers.pdf(), old)
    assert verdict(signed, trust) == ("unknown", EXPIRED)


def test_an_expired_certificate_with_a_time_stamp_made_while_it_lived(trust, authority):
    old = authority.issue("Người Cũ", since=NOW - timedelta(days=800), until=NOW - timedelta(days=30))
    stamper = authority.issue("Dấu thời gian", since=NOW - timedelta(days=800), for_stamps=True)
    with travel(NOW - timedelta(days=100), tick=False):
        signed = sign(papers.pdf(), old, stamper=stamper)
    reading = read(signed, trust, moment=NOW)
    assert (reading.verdict, reading.reason) == ("valid", PASSED)
    assert reading.signatures[0].is_stamped is True
    assert reading.signatures[0].signed_at == NOW - timedelta(days=100)


def test_a_certificate_revoked_by_a_list(authority, chairman):
    trust = Trust(roots=(authority.der,), revocation_lists=(authority.revocation_list(chairman),))
    assert verdict(sign(papers.pdf(), chairman), trust) == ("invalid", REVOKED)


def test_another_certificate_revoked_changes_nothing(authority, chairman, clerk):
    trust = Trust(roots=(authority.der,), revocation_lists=(authority.revocation_list(clerk),))
    assert verdict(sign(papers.pdf(), chairman), trust) == ("valid", PASSED)


def test_no_revocation_list(authority, chairman):
    assert verdict(sign(papers.pdf(), chairman), Trust(roots=(authority.der,))) == ("unknown", NO_REVOCATION)


def test_a_revocation_list_that_has_run_out(authority, chairman):
    stale = authority.revocation_list(at=NOW - timedelta(days=90), until=NOW - timedelta(days=60))
    trust = Trust(roots=(authority.der,), revocation_lists=(stale,))
    assert verdict(sign(papers.pdf(), chairman), trust) == ("unknown", NO_REVOCATION)


def test_a_root_that_nobody_loaded(trust):
    stranger = Authority("CA lạ (không có thật)").issue("Người Lạ")
    assert verdict(sign(papers.pdf(), stranger), trust) == ("unknown", NO_CHAIN)


def test_an_empty_trust_list(chairman):
    assert verdict(sign(papers.pdf(), chairman), Trust()) == ("unknown", NO_CHAIN)


def test_pages_added_after_signing(trust, chairman):
    """The signature holds for an older revision only."""
    writer = IncrementalPdfFileWriter(io.BytesIO(sign(papers.pdf(), chairman)))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(
        generic.StreamObject(stream_data=b"BT /F1 16 Tf 72 700 Td (Them sau khi ky) Tj ET")
    )
    writer.mark_update(page.container_ref) if getattr(page, "container_ref", None) else writer.update_root()
    changed = io.BytesIO()
    writer.write(changed)
    assert verdict(changed.getvalue(), trust) == ("invalid", ADDED)


def test_not_signed(trust):
    assert verdict(papers.pdf(), trust) == ("unsigned", UNSIGNED)


def test_a_picture_of_a_signature_is_none(trust):
    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.pdf())) as document:
        picture = document.make_stream(bytes(range(48)))
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent = 4, 4, 8
        picture.ColorSpace = pikepdf.Name.DeviceRGB
        document.pages[0].Resources.XObject = pikepdf.Dictionary(ChuKy=picture)
        document.pages[0].contents_add(b"q 80 0 0 40 300 200 cm /ChuKy Do Q")
        document.save(content)
    assert verdict(content.getvalue(), trust) == ("unsigned", UNSIGNED)


@pytest.mark.parametrize("cut", [0.5, 0.9])
def test_a_torn_file_is_unknown(trust, chairman, cut):
    signed = sign(papers.pdf(), chairman)
    assert verdict(signed[: int(len(signed) * cut)], trust) == ("unknown", UNREADABLE)
