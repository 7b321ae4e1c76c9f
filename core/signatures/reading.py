"""What the digital signatures of one PDF say, against a trust list, without any network.

The certificates and revocation lists are those an administrator has loaded. Nothing is fetched,
so "unknown" is a frequent and honest answer; it never blocks anyone.
"""

import asyncio
import io
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import crl, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

VALID, INVALID, UNKNOWN, UNSIGNED = "valid", "invalid", "unknown", "unsigned"

# A signature made for documents may carry either usage; Vietnamese authorities issue both.
KEY_USAGE = KeyUsageConstraints(
    key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
)

ALTERED = "nội dung đã bị thay đổi sau khi ký"
ADDED = "sau khi ký, tệp đã bị thêm hoặc sửa nội dung mà chữ ký này không bảo vệ"
ANNOTATED = "sau khi ký, tệp đã được thêm ghi chú; phần thêm không được chữ ký này bảo vệ"
REVOKED = "chứng thư số của người ký đã bị thu hồi"
PASSED = "tệp còn nguyên vẹn, chứng thư số được tin cậy và chưa bị thu hồi"
NOT_YET = "thời điểm ký nằm trước ngày chứng thư số có hiệu lực"
NO_CHAIN = "nơi cấp chứng thư số chưa có trong danh sách tin cậy của cổng"
EXPIRED = "chứng thư số đã hết hạn và chữ ký không có dấu thời gian đáng tin để biết đã ký trước đó"
NO_REVOCATION = "cổng chưa có danh sách thu hồi còn hạn của nơi cấp chứng thư số"
UNREADABLE = "không đọc được chữ ký số trong tệp"
OTHER = "chứng thư số hoặc chữ ký không theo dạng cổng kiểm tra được"

_INDETERMINATE = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: NO_CHAIN,
    AdESIndeterminate.EXPIRED: EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: EXPIRED,
    AdESIndeterminate.TRY_LATER: NO_REVOCATION,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: NO_REVOCATION,
}
_REVOKED = {AdESFailure.REVOKED, AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE}


@dataclass(frozen=True)
class Trust:
    """DER certificates of the authorities trusted, DER certificates between, and DER revocation lists."""

    roots: tuple[bytes, ...] = ()
    others: tuple[bytes, ...] = ()
    revocation_lists: tuple[bytes, ...] = ()

    def has_list_of(self, certificate: x509.Certificate, moment: datetime) -> bool:
        """Whether a revocation list by the certificate's issuer is at hand and has not run out."""
        lists = (crl.CertificateList.load(der)["tbs_cert_list"] for der in self.revocation_lists)
        return any(
            each["issuer"] == certificate.issuer and each["next_update"].native >= moment for each in lists
        )

    def context(self, moment: datetime, *, signed_at: datetime | None = None) -> ValidationContext:
        return ValidationContext(
            trust_roots=[x509.Certificate.load(der) for der in self.roots],
            other_certs=[x509.Certificate.load(der) for der in self.others],
            crls=[crl.CertificateList.load(der) for der in self.revocation_lists],
            moment=signed_at or moment,
            best_signature_time=signed_at or moment,
            allow_fetching=False,
            revocation_mode="require",
            # A list issued after the signature still tells whether the certificate was revoked before.
            retroactive_revinfo=signed_at is not None,
        )


@dataclass(frozen=True)
class Signature:
    """One signature: who, when (by the signer's own clock unless stamped), and the verdict on it."""

    name: str
    organisation: str
    authority: str
    signed_at: datetime | None
    is_stamped: bool
    covers_whole: bool
    verdict: str
    reason: str


@dataclass(frozen=True)
class Reading:
    verdict: str
    reason: str
    signatures: list[Signature] = field(default_factory=list)


def read(content: bytes, trust: Trust, *, moment: datetime) -> Reading:
    """The verdict on a PDF: that of its worst signature; `moment` is when one asks, with a time zone."""
    try:
        embedded = PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures
        signatures = [asyncio.run(_signature(each, trust, moment)) for each in embedded]
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # The library meets what a broken or hostile file holds in all these ways.
        return Reading(UNKNOWN, UNREADABLE)
    if not signatures:
        return Reading(UNSIGNED, "tệp không có chữ ký số (ảnh chụp chữ ký và dấu không phải là chữ ký số)")
    for verdict in (INVALID, UNKNOWN):
        for signature in signatures:
            if signature.verdict == verdict:
                return Reading(verdict, signature.reason, signatures)
    return Reading(VALID, PASSED, signatures)


async def _signature(embedded, trust: Trust, moment: datetime) -> Signature:
    certificate = embedded.signer_cert
    subject, issuer = certificate.subject.native, certificate.issuer.native
    try:
        status = await _status(embedded, trust, moment)
    except SignatureValidationError as error:
        verdict, reason = _of_failure(error)
        return _described(embedded, subject, issuer, None, verdict, reason)
    verdict, reason = _judge(status, trust.has_list_of(certificate, moment))
    return _described(embedded, subject, issuer, status, verdict, reason)


async def _status(embedded, trust: Trust, moment: datetime):
    """The status now; for a signature with a trusted time stamp, the status at that time."""
    context = trust.context(moment)
    status = await async_validate_pdf_signature(
        embedded, context, ts_validation_context=trust.context(moment), key_usage_settings=KEY_USAGE
    )
    stamp = status.timestamp_validity
    if stamp and stamp.valid and stamp.intact and stamp.trusted:
        at = stamp.timestamp
        status = await async_validate_pdf_signature(
            embedded,
            trust.context(moment, signed_at=at),
            ts_validation_context=trust.context(moment),
            key_usage_settings=KEY_USAGE,
        )
    return status


def _judge(status, has_list: bool) -> tuple[str, str]:
    if not (status.intact and status.valid):
        return INVALID, ALTERED
    if status.coverage < SignatureCoverageLevel.ENTIRE_FILE:
        level = status.modification_level
        if level is None or level >= ModificationLevel.OTHER:
            return INVALID, ADDED
        if level == ModificationLevel.ANNOTATIONS:
            return UNKNOWN, ANNOTATED
    if status.revoked or status.trust_problem_indic in _REVOKED:
        return INVALID, REVOKED
    if not status.trusted:
        # The library has no word of its own for "no list": it calls it a general failure of the chain.
        return UNKNOWN, _INDETERMINATE.get(status.trust_problem_indic, OTHER if has_list else NO_REVOCATION)
    return (VALID, PASSED) if status.bottom_line else (UNKNOWN, OTHER)


def _of_failure(error: SignatureValidationError) -> tuple[str, str]:
    """Errors the library raises instead of reporting a status."""
    if error.ades_subindication in (AdESFailure.HASH_FAILURE, AdESFailure.SIG_CRYPTO_FAILURE):
        return INVALID, ALTERED
    return UNKNOWN, OTHER


def _described(embedded, subject, issuer, status, verdict, reason) -> Signature:
    stamp = status.timestamp_validity if status else None
    return Signature(
        name=_text(subject.get("common_name")),
        organisation=_text(subject.get("organization_name")),
        authority=_text(issuer.get("common_name")),
        signed_at=stamp.timestamp if stamp else embedded.self_reported_timestamp,
        is_stamped=stamp is not None,
        covers_whole=bool(status and status.coverage == SignatureCoverageLevel.ENTIRE_FILE),
        verdict=verdict,
        reason=reason,
    )


def _text(value) -> str:
    return ", ".join(value) if isinstance(value, list) else value or ""
