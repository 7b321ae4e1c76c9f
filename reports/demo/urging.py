"""Reminders and letters of the demo: a season's ledger, one letter signed, one being drafted."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.calendar import day_bounds
from core.files import PDF
from core.models import OutboxMail
from core.models.mail import MailState
from registrations import reminders, workflow
from registrations.enums import ObligationKind, WordingUse
from registrations.models import Obligation, Period, Wording
from reports.demo.papers import content, uid
from reports.demo.world import World
from units.models import User

REMINDED_DAYS = (3, -1)


def urge(world: World, periods: list[Period], now: datetime) -> None:
    """What the last season of registration has brought to those who are silent to this day."""
    today = clock.local_date(now)
    over = [period for period in periods if period.last_day + timedelta(days=20) < today]
    if not over:
        return
    period = over[-1]
    for days in REMINDED_DAYS:
        _remind(period.last_day - timedelta(days=days))
    _letter(world, period, ObligationKind.REGISTRATION, signed_at=period.last_day + timedelta(days=10))
    _letter(world, period, ObligationKind.SIX_MONTH_REPORT)


def _remind(day) -> None:
    """Remind those who were silent then and are so still; their mails went that day."""
    at = day_bounds(day)[0] + timedelta(hours=7, minutes=30)
    with clock.played_at(at):
        reminders.queue_plan(reminders.plan(day))
    OutboxMail.objects.filter(queued_at=at, still_due__startswith="registrations.reminders").update(
        state=MailState.SENT, sent_at=at + timedelta(minutes=4), answer="Máy chủ thư đã nhận"
    )


def _letter(world, period, kind, signed_at=None) -> None:
    """A letter to whoever is silent; signed some days after the last day, or still a draft."""
    owing = Obligation.objects.outstanding().filter(period=period, kind=kind).order_by("unit__sort_name")
    wording = Wording.objects.filter(use=WordingUse.LETTER).first()
    if wording is None or not owing.exists():
        return
    at = day_bounds(signed_at)[0] + timedelta(hours=9) if signed_at else clock.now() - timedelta(hours=5)
    with clock.played_at(at):
        desk = User.objects.get(pk=world.people["demo.stttt"].pk)
        letter = workflow.draft_letter(
            period,
            kind,
            owing,
            wording=wording,
            request_key=uid("letter", period.year, kind),
            by=desk,
            acting=world.standing_body,
        )
    if signed_at is None:
        return
    with clock.played_at(at + timedelta(days=1)):
        workflow.sign_letter(
            letter,
            number="97/MH-CNTT",
            signed_on=clock.today(),
            signer="Người ký mẫu",
            signed_file=SimpleUploadedFile("cong-van.pdf", content("cong-van.pdf"), content_type=PDF),
            by=desk,
            acting=world.standing_body,
        )
