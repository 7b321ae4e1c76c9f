"""A small certificate authority and signers for the tests: everything is made here, nothing is real."""

import io
from datetime import datetime, timedelta, timezone

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, fields
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

HANOI = timezone(timedelta(hours=7))
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=HANOI)


def _der(thing) -> bytes:
    return thing.public_bytes(serialization.Encoding.DER)


def _name(common, organisation="") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name(parts)


class Person:
    def __init__(self, key, certificate, authority):
        self.key, self.certificate, self.authority = key, certificate, authority

    def signer(self) -> SimpleSigner:
        der = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        store = SimpleCertificateStore()
        store.register(asn1_x509.Certificate.load(self.authority.der))
        return SimpleSigner(
            signing_cert=asn1_x509.Certificate.load(_der(self.certificate)),
            signing_key=keys.PrivateKeyInfo.load(der),
            cert_registry=store,
        )


class Authority:
    def __init__(self, name="CA thử nghiệm (không có thật)"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = _name(name)
        self.certificate = (
            self._builder(self.name, self.key, NOW - timedelta(days=3650), NOW + timedelta(days=3650))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(self._usage(key_cert_sign=True, crl_sign=True), critical=True)
            .sign(self.key, hashes.SHA256())
        )
        self.der = _der(self.certificate)

    def issue(self, name, organisation="", *, since=None, until=None, for_stamps=False) -> Person:
        # The library's own stamper for tests knows RSA only.
        key = rsa.generate_private_key(65537, 2048) if for_stamps else ec.generate_private_key(ec.SECP256R1())
        since, until = since or NOW - timedelta(days=365), until or NOW + timedelta(days=365)
        builder = (
            self._builder(_name(name, organisation), key, since, until)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(self._usage(digital_signature=True, content_commitment=True), critical=True)
        )
        if for_stamps:
            builder = builder.add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
            )
        return Person(key, builder.sign(self.key, hashes.SHA256()), self)

    def revocation_list(self, *revoked, at=None, until=None) -> bytes:
        """A DER list as of `at` with those certificates revoked ten days before `NOW`."""
        at = at or NOW - timedelta(hours=1)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.name)
            .last_update(at)
            .next_update(until or at + timedelta(days=30))
        )
        for person in revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(person.certificate.serial_number)
                .revocation_date(NOW - timedelta(days=10))
                .build()
            )
        return _der(builder.sign(self.key, hashes.SHA256()))

    def _builder(self, subject, key, since, until):
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(since)
            .not_valid_after(until)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
        )

    @staticmethod
    def _usage(**allowed):
        names = (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
            "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        )  # fmt: skip
        return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


def sign(content: bytes, person: Person, *, field="ChuKy1", stamper: Person | None = None) -> bytes:
    """`content` with one more signature; with `stamper`, time-stamped by it (at the moment of the call)."""
    time_stamper = None
    if stamper:
        signer = stamper.signer()
        time_stamper = DummyTimeStamper(
            tsa_cert=signer.signing_cert, tsa_key=signer.signing_key, certs_to_embed=signer.cert_registry
        )
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    metadata = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    output = io.BytesIO()
    PdfSigner(metadata, signer=person.signer(), timestamper=time_stamper).sign_pdf(writer, output=output)
    return output.getvalue()
