"""Signed papers for the demo, by an invented authority in the trust list; its keys are made at loading."""

import io
from datetime import datetime, timedelta
from functools import cache

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, fields
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from core import clock
from core.signatures import trust_list

AUTHORITY = "Nơi cấp chứng thư số minh họa (không có thật)"
LIFE = timedelta(days=3650)
_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
    "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@cache
def _authority():
    key = ec.generate_private_key(ec.SECP256R1())
    return key, _certificate(key, AUTHORITY, key, is_authority=True)


def _certificate(key, name: str, issuer_key, *, is_authority=False) -> x509.Certificate:
    allowed = ("key_cert_sign", "crl_sign") if is_authority else ("digital_signature", "content_commitment")
    now = clock.now()
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(AUTHORITY))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - LIFE)
        .not_valid_after(now + LIFE)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**{each: each in allowed for each in _USAGES}), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .sign(issuer_key, hashes.SHA256())
    )


def _name(name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )


def trust() -> None:
    """Load the authority and its list of revoked certificates, as an administrator would."""
    key, certificate = _authority()
    now = clock.now()
    revoked = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(certificate.subject)
        .last_update(now - LIFE)
        .next_update(now + LIFE)
        .sign(key, hashes.SHA256())
    )
    for content in (certificate.public_bytes(Encoding.DER), revoked.public_bytes(Encoding.DER)):
        trust_list.store(trust_list.parse(content))


class _SignerAt(PdfSigner):
    """Signs as if the signer's machine showed `at`."""

    at: datetime

    def init_signing_session(self, *arguments, **options):
        session = super().init_signing_session(*arguments, **options)
        session.system_time = self.at
        return session


def signed(pdf: bytes, signer: str) -> bytes:
    """`pdf` signed by an invented `signer` whom the authority knows, now."""
    issuer_key, issuer = _authority()
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(key, signer, issuer_key)
    store = SimpleCertificateStore()
    store.register(asn1.Certificate.load(issuer.public_bytes(Encoding.DER)))
    pdf_signer = _SignerAt(
        PdfSignatureMetadata(field_name="ChuKy", subfilter=fields.SigSeedSubFilter.PADES),
        signer=SimpleSigner(
            signing_cert=asn1.Certificate.load(certificate.public_bytes(Encoding.DER)),
            signing_key=keys.PrivateKeyInfo.load(
                key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
            ),
            cert_registry=store,
        ),
    )
    pdf_signer.at = clock.now()
    output = io.BytesIO()
    pdf_signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=output)
    return output.getvalue()
