"""The rows of the lists of filed papers: registrations and reports of others, as their readers see them."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from core.addresses import address_of
from core.paging import page_of
from registrations.enums import DESK_LABELS, TONES, Channel, ObligationKind, RegistrationState, ReportState
from registrations.models import is_pilot


class FiledPaper(NamedTuple):
    """What `registrations/_paper.html` says of a paper; plain values alone, for rows are drawn once."""

    address: str
    unit: str
    year: int
    reference: str
    filed_at: datetime
    is_late: bool
    tone: str
    label: str
    is_pilot: bool
    is_on_paper: bool = False
    is_six_months: bool = False


_COLUMNS = ("uid", "unit__name", "period__year", "reference", "is_late", "state", "is_pilot")


def filed_registrations(request, registrations: QuerySet) -> dict:
    """A page of them, as `page_of`."""
    return _page(request, registrations, "đăng ký", _of_registration, "filed_at", "channel")


def filed_reports(request, reports: QuerySet) -> dict:
    """A page of them, as `page_of`."""
    return _page(request, reports, "báo cáo", _of_report, "submitted_at", "kind")


def _page(request, papers, noun, row_of, *more) -> dict:
    page = page_of(request, papers, noun=noun)
    # Only now, so that to count all of them nothing is joined.
    rows = page["rows"].annotate(is_pilot=is_pilot()).values_list(*_COLUMNS, *more)
    return page | {"rows": [row_of(*row) for row in rows]}


def _of_registration(uid, unit, year, reference, is_late, state, is_pilot, filed_at, channel) -> FiledPaper:
    return FiledPaper(
        address_of("registrations:registration", uid), unit, year, reference, filed_at, is_late,
        TONES[state], _label(state, RegistrationState), is_pilot, is_on_paper=channel != Channel.PORTAL,
    )  # fmt: skip


def _of_report(uid, unit, year, reference, is_late, state, is_pilot, submitted_at, kind) -> FiledPaper:
    return FiledPaper(
        address_of("registrations:report", uid), unit, year, reference, submitted_at, is_late,
        TONES[state], _label(state, ReportState), is_pilot,
        is_six_months=kind == ObligationKind.SIX_MONTH_REPORT,
    )  # fmt: skip


def _label(state, states) -> str:
    return str(DESK_LABELS.get(state) or states(state).label)
