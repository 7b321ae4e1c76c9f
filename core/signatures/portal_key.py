"""The portal's own key, with which it signs what it states of others' signatures.

One PEM file (`SIGNING_KEY_FILE`): the private key and its certificate, made by the portal for itself where
there is none, or put there by the administrator with a certificate of an authority.
"""

import contextlib
import io
import os
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

from core import clock

NAME = "Cổng thi đua chuyển đổi số tỉnh Lào Cai"
LIFE = timedelta(days=3650)
FIELD = "ChuKyCong"


@dataclass(frozen=True)
class PortalKey:
    private_key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def pem(self) -> bytes:
        """The certificate alone, for whoever checks a signature of the portal."""
        return self.certificate.public_bytes(Encoding.PEM)

    def sign(self, pdf: bytes) -> bytes:
        """`pdf` with a signature of the portal over the whole of it."""
        # Half a second to import: workers only.
        from asn1crypto import keys
        from asn1crypto import x509 as asn1
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import PdfSignatureMetadata, PdfSigner, fields
        from pyhanko.sign.signers import SimpleSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        der = self.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        signer = SimpleSigner(
            signing_cert=asn1.Certificate.load(self.certificate.public_bytes(Encoding.DER)),
            signing_key=keys.PrivateKeyInfo.load(der),
            cert_registry=SimpleCertificateStore(),
        )
        metadata = PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        signed = io.BytesIO()
        PdfSigner(metadata, signer=signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=signed)
        return signed.getvalue()


def load() -> PortalKey | None:
    """The key in its file, made there first where it is missing; None where no file is named."""
    if not settings.SIGNING_KEY_FILE:
        return None
    path = Path(settings.SIGNING_KEY_FILE)
    if not path.exists():
        _make(path)
    content = path.read_bytes()
    return PortalKey(load_pem_private_key(content, None), x509.load_pem_x509_certificate(content))


def _make(path: Path) -> None:
    """Write a new key; of several processes at once the first one's stays."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "UBND tỉnh Lào Cai"),
            x509.NameAttribute(NameOID.COMMON_NAME, NAME),
        ]
    )
    now = clock.now()
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    usage = x509.KeyUsage(**{each: each in ("digital_signature", "content_commitment") for each in names})
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(
        Encoding.PEM
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    # Readable by its owner alone from the first byte, and whole or not there at all.
    handle, made = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    with contextlib.suppress(FileExistsError):
        os.link(made, path)
    os.unlink(made)
