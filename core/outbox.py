"""Mail that is neither lost nor sent twice.

A mail is a row with a unique key. Sending claims the row (`sending`, with a lease),
commits, hands the mail over, then notes the outcome. A worker that dies in between
leaves a lease to expire: that mail may or may not have gone, so the sweep parks it as
`uncertain` for staff to see instead of sending it again.
"""

import logging
import smtplib
import socket
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError as BrokerDown

from core import clock
from core.models import OutboxMail
from core.models.mail import MailState

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
MAX_ATTEMPTS = 6


def queue(*, key, to, subject, body, still_due="", case_uid=None, unit_uid=None) -> OutboxMail | None:
    """Queue one mail to the user `to`, sent after commit; None if `key` was already queued.

    `still_due` is the dotted name of a function(mail) -> bool asked just before sending.
    """
    mail, created = OutboxMail.objects.get_or_create(
        key=key,
        defaults={
            "to": to.email,
            "recipient": to,
            "subject": subject,
            "body": body,
            "still_due": still_due,
            "case_uid": case_uid,
            "unit_uid": unit_uid,
            "message_id": f"<{key.replace(' ', '-')}@{settings.DEFAULT_FROM_EMAIL.split('@')[-1]}>",
            "queued_at": clock.now(),
        },
    )
    if not created:
        return None
    transaction.on_commit(lambda: hurry(mail.pk))
    return mail


def hurry(mail_id: int) -> None:
    """Ask a worker to send now; if the broker is down the sweep will."""
    from core.tasks import deliver_mail  # noqa: PLC0415 - tasks import this module

    try:
        deliver_mail.delay(mail_id=mail_id)
    except (BrokerDown, OSError):
        logger.warning("Broker unreachable, mail %s waits for the sweep", mail_id)


def _claim(mail_id: int) -> OutboxMail | None:
    now = clock.now()
    claimed = (
        OutboxMail.objects.filter(pk=mail_id, state=MailState.QUEUED)
        .filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now))
        .update(state=MailState.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1)
    )
    return OutboxMail.objects.get(pk=mail_id) if claimed else None


def deliver(mail_id: int) -> None:
    """Send one queued mail. Harmless to call twice: only one caller gets the row."""
    mail = _claim(mail_id)
    if mail is None:
        return
    if mail.still_due and not import_string(mail.still_due)(mail):
        _note(mail, MailState.DROPPED, "Việc đã xong trước khi gửi")
        return
    message = EmailMessage(mail.subject, mail.body, to=[mail.to], headers={"Message-ID": mail.message_id})
    try:
        message.send()
    except (ConnectionRefusedError, socket.gaierror, smtplib.SMTPConnectError) as error:
        _try_later(mail, error)
    except smtplib.SMTPRecipientsRefused as error:
        _note(mail, MailState.FAILED, f"Máy chủ từ chối người nhận: {error}")
    except smtplib.SMTPResponseException as error:
        # The server answered "no": nothing was accepted.
        _try_later(mail, error)
    except (OSError, smtplib.SMTPException) as error:
        _note(mail, MailState.UNCERTAIN, f"Mất liên lạc khi đang gửi: {error}")
    else:
        mail.sent_at = clock.now()
        _note(mail, MailState.SENT, "Máy chủ thư đã nhận")


def _note(mail, state, answer):
    mail.state, mail.answer, mail.lease_until = state, answer[:255], None
    mail.save(update_fields=["state", "answer", "lease_until", "sent_at"])


def _try_later(mail, error):
    if mail.attempts >= MAX_ATTEMPTS:
        _note(mail, MailState.FAILED, f"Thử {mail.attempts} lần không được: {error}")
        return
    mail.state, mail.answer = MailState.QUEUED, str(error)[:255]
    mail.lease_until = clock.now() + timedelta(minutes=2**mail.attempts)
    mail.save(update_fields=["state", "answer", "lease_until"])


def sweep() -> None:
    """Send what waits and park what a dead worker left half-way."""
    now = clock.now()
    OutboxMail.objects.filter(state=MailState.SENDING, lease_until__lte=now).update(
        state=MailState.UNCERTAIN, answer="Tiến trình gửi dừng giữa chừng, chưa rõ thư đã đi chưa"
    )
    waiting = OutboxMail.objects.filter(state=MailState.QUEUED).filter(
        Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    )
    for mail_id in waiting.order_by("pk").values_list("pk", flat=True)[:500]:
        hurry(mail_id)


def retry(mail: OutboxMail) -> None:
    """Staff decide to send a failed or uncertain mail again: a decision, never automatic."""
    OutboxMail.objects.filter(pk=mail.pk, state__in=[MailState.FAILED, MailState.UNCERTAIN]).update(
        state=MailState.QUEUED, attempts=0, lease_until=None
    )
    transaction.on_commit(lambda: hurry(mail.pk))
