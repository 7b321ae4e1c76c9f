"""The papers of registrations and reports that their pages offer for printing."""

from core import press
from registrations import filings
from registrations.enums import ReportState
from registrations.models import Registration, RegistrationVersion, Report

OF_REGISTRATION = ("dang-ky-thi-dua", "ke-hoach")
FILED, RESULTS = "dang-ky-da-nop", "bao-cao-ket-qua"
SEES_REGISTRATION = "registrations.view_registration"


def _is_own(user, obj) -> bool:
    """What is being written is the unit's own; others print what was filed."""
    return obj.unit_id in user.authority.own


def _reads_draft(user, registration) -> bool:
    return user.has_perm("registrations.view_draft_registration", registration)


press.offer(
    "dang-ky-thi-dua",
    "Bản đăng ký thi đua",
    Registration,
    SEES_REGISTRATION,
    filings.registration_form,
    fits=_reads_draft,
)
press.offer(
    "ke-hoach",
    "Kế hoạch thực hiện",
    Registration,
    SEES_REGISTRATION,
    filings.plan,
    fits=_reads_draft,
)
press.offer(
    FILED,
    "Bản đăng ký đã nộp",
    RegistrationVersion,
    SEES_REGISTRATION,
    filings.filed_form,
    door="registration",
)


def _is_being_written(report) -> bool:
    return report.state in (ReportState.DRAFT, ReportState.RETURNED)


press.offer(
    RESULTS,
    "Báo cáo kết quả",
    Report,
    "registrations.view_report",
    filings.results_report,
    fits=lambda user, report: _is_own(user, report) or not _is_being_written(report),
    since=lambda report: None if _is_being_written(report) else report.submitted_at,
)
