"""Loading the trust list from files: certificates (PEM or DER, several in one PEM) and revocation lists."""

import hashlib

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.db import transaction

from core import clock, signatures
from core.models.event import Event
from core.models.signature import RevocationList, TrustedCertificate


class NotTrustMaterial(Exception):
    """The file holds neither certificates nor a revocation list; the message is for people."""


Row = TrustedCertificate | RevocationList


@transaction.atomic
def store(rows: list[Row], *, by=None) -> list[Row]:
    """Store those of `rows` that are new; signed files are then judged anew."""
    new = [row for row in rows if is_new([row])]
    for row in new:
        row.added_at, row.added_by = clock.now(), by
        row.save()
        Event.record("load_trust", row, by=by)
    if new:
        signatures.read_again()
    return new


def is_new(rows: list[Row]) -> bool:
    """Whether any of `rows` is not in the trust list yet."""
    return any(not type(row).objects.filter(sha256=row.sha256).exists() for row in rows)


def parse(content: bytes) -> list[Row]:
    """The unsaved rows that a file of an authority stands for; raises `NotTrustMaterial`."""
    return [
        _certificate(thing) if isinstance(thing, x509.Certificate) else _revocation_list(thing)
        for thing in _read(content)
    ]


def _read(content: bytes) -> list[x509.Certificate | x509.CertificateRevocationList]:
    readers = (
        x509.load_pem_x509_certificates,
        lambda pem: [x509.load_pem_x509_crl(pem)],
        lambda der: [x509.load_der_x509_certificate(der)],
        lambda der: [x509.load_der_x509_crl(der)],
    )
    for reader in readers:
        try:
            return reader(content)
        except ValueError:
            continue
    raise NotTrustMaterial(
        "Tệp không phải chứng thư số (.cer, .crt, .pem) hay danh sách thu hồi (.crl). "
        "Hãy tải lại tệp từ trang của nơi cấp chứng thư số."
    )


def _certificate(certificate: x509.Certificate) -> TrustedCertificate:
    try:
        is_authority = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        is_authority = False
    if not is_authority:
        raise NotTrustMaterial(
            f"“{_name(certificate.subject)}” là chứng thư của người ký, không phải của nơi cấp. "
            "Danh sách tin cậy chỉ nhận chứng thư gốc và chứng thư trung gian."
        )
    der = certificate.public_bytes(Encoding.DER)
    return TrustedCertificate(
        sha256=hashlib.sha256(der).hexdigest(),
        name=_name(certificate.subject),
        der=der,
        is_root=certificate.issuer == certificate.subject,
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
    )


def _revocation_list(revocations: x509.CertificateRevocationList) -> RevocationList:
    if revocations.next_update_utc is None:
        raise NotTrustMaterial(
            "Danh sách thu hồi không ghi ngày hết hạn nên không dùng được. Hãy tải bản mới từ nơi cấp."
        )
    der = revocations.public_bytes(Encoding.DER)
    return RevocationList(
        sha256=hashlib.sha256(der).hexdigest(),
        issuer=_name(revocations.issuer),
        der=der,
        this_update=revocations.last_update_utc,
        next_update=revocations.next_update_utc,
    )


def _name(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return (common[0].value if common else name.rfc4514_string())[:200]
