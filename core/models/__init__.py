from core.models.audit import AuditBatch, AuditHead, SealedEvent
from core.models.calendar import Holiday
from core.models.counter import ReferenceCounter
from core.models.document import Document
from core.models.event import AccessLog, Event, EventPayload
from core.models.export import Export
from core.models.file import File
from core.models.mail import OutboxMail
from core.models.retention import RetentionPeriod
from core.models.run import ScheduledRun
from core.models.saved_filter import SavedFilter
from core.models.signature import RevocationList, SignatureReading, TrustedCertificate
from core.models.verification import VerificationCode

__all__ = [
    "AccessLog",
    "AuditBatch",
    "AuditHead",
    "Document",
    "Event",
    "EventPayload",
    "Export",
    "File",
    "Holiday",
    "OutboxMail",
    "ReferenceCounter",
    "RetentionPeriod",
    "RevocationList",
    "SavedFilter",
    "ScheduledRun",
    "SealedEvent",
    "SignatureReading",
    "TrustedCertificate",
    "VerificationCode",
]
