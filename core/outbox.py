"""Mail that is neither lost nor sent twice.

A mail is a row with a unique key. Sending claims the row (`sending`, with a lease),
commits, hands the mail over, then notes the outcome. A worker that dies in between
leaves a lease to expire: that mail may or may not have gone, so the sweep parks it as
`uncertain` for staff to see instead of sending it again.
"""

import contextlib
import logging
import smtplib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string

from core import clock, hints
from core.models import OutboxMail
from core.models.mail import MailState

logger = logging.getLogger(__name__)

# Longer than the mail server can keep a worker waiting, each answer up to EMAIL_TIMEOUT.
LEASE = timedelta(minutes=3)
MAX_ATTEMPTS = 6
#: what a person may decide to send again
RETRIABLE = (MailState.FAILED, MailState.UNCERTAIN, MailState.BOUNCED)


@dataclass(frozen=True)
class Words:
    """What a mail says."""

    subject: str
    body: str


def _fields(*, key, to, subject, body, still_due="", case_uid=None, unit_uid=None) -> dict:
    """Of one mail to `to`, a user or the bare address of somebody without an account.

    `still_due` is the dotted name of a function(mail) -> Words | None asked just before sending:
    what is still to be said, None when nothing is. So no app imports one above it.
    """
    uid = uuid.uuid4()
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return {
        "uid": uid,
        "key": key,
        "to": to if isinstance(to, str) else to.email,
        "recipient": None if isinstance(to, str) else to,
        "subject": subject,
        "body": body,
        "still_due": still_due,
        "case_uid": case_uid,
        "unit_uid": unit_uid,
        # Fixed, so that a mail sent again by a person's decision is seen to be the same one.
        "message_id": f"<{uid}@{domain}>",
        "queued_at": clock.now(),
    }


def queue(**letter) -> OutboxMail | None:
    """Queue one mail, given as to `_fields`, sent after commit; None if `key` was already queued."""
    mail, created = OutboxMail.objects.get_or_create(key=letter["key"], defaults=_fields(**letter))
    if not created:
        return None
    transaction.on_commit(lambda: hurry(mail.pk))
    return mail


def queue_all(letters: Iterable[dict]) -> list[OutboxMail]:
    """Queue many mails in one statement, in their order; a `key` that was queued before refuses them all."""
    mails = OutboxMail.objects.bulk_create(OutboxMail(**_fields(**letter)) for letter in letters)
    transaction.on_commit(lambda: [hurry(mail.pk) for mail in mails])
    return mails


def hurry(mail_id: int) -> None:
    """Ask a worker to send now; if the broker is down the sweep will."""
    hints.give(lambda: current_app.send_task("core.tasks.deliver_mail", kwargs={"mail_id": mail_id}))


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
    connection = get_connection()
    try:
        connection.open()
        # Asked last: the server may have taken its time to answer.
        is_due = not mail.still_due or _is_still_due(mail)
        message = EmailMessage(mail.subject, mail.body, to=[mail.to], headers={"Message-ID": mail.message_id})
        message.message()  # a mail that cannot be written fails here, not half-way
    except Exception as error:  # whatever it was, nothing has left the house
        logger.warning("Mail %s is not sent now", mail_id, exc_info=True)
        _try_later(mail, error)
    else:
        if is_due:
            _hand_over(mail, message, connection)
        else:
            _note(mail, MailState.DROPPED, "Việc đã xong trước khi gửi")
    # The outcome is noted by now: a server that is gone at the goodbye changes nothing.
    with contextlib.suppress(OSError, smtplib.SMTPException):
        connection.close()


def _is_still_due(mail) -> bool:
    """Ask who queued the mail what is still to be said, and keep that as what the mail says."""
    words = import_string(mail.still_due)(mail)
    if words is None:
        return False
    if words != Words(mail.subject, mail.body):
        mail.subject, mail.body = words.subject, words.body
        mail.save(update_fields=["subject", "body"])
    return True


def _hand_over(mail, message, connection):
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        (code, answer), *_ = error.recipients.values()
        _refused(mail, code, f"Máy chủ từ chối người nhận: {code} {_text(answer)}")
    except smtplib.SMTPDataError as error:
        _refused(mail, error.smtp_code, f"Máy chủ từ chối thư: {error.smtp_code} {_text(error.smtp_error)}")
    except smtplib.SMTPResponseException as error:
        # About us, not about this mail: who sends, whether we may.
        _try_later(mail, f"Máy chủ chưa nhận: {error.smtp_code} {_text(error.smtp_error)}")
    except Exception as error:
        logger.warning("Whether mail %s went is unknown", mail.pk, exc_info=True)
        _note(mail, MailState.UNCERTAIN, f"Mất liên lạc khi đang gửi: {error}")
    else:
        _note(mail, MailState.SENT, "Máy chủ thư đã nhận", sent_at=clock.now())


def _text(answer) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)


def _refused(mail, code, answer):
    """The server said no: for good (5xx), or for now (4xx, as greylisting does)."""
    if code >= 500:
        _note(mail, MailState.FAILED, answer)
    else:
        _try_later(mail, answer)


def _note(mail, state, answer, *, lease_until=None, **fields):
    """Write the outcome, unless a person has sent the mail on its way again meanwhile.

    A worker that was held up past its lease still knows better than the sweep that parked its mail.
    """
    OutboxMail.objects.filter(
        pk=mail.pk, state__in=[MailState.SENDING, MailState.UNCERTAIN], lease_until=mail.lease_until
    ).update(state=state, answer=answer[:255], lease_until=lease_until, **fields)


def _try_later(mail, error):
    if mail.attempts >= MAX_ATTEMPTS:
        _note(mail, MailState.FAILED, f"Thử {mail.attempts} lần không được: {error}")
        return
    pause = timedelta(minutes=2**mail.attempts)
    _note(mail, MailState.QUEUED, str(error), lease_until=clock.now() + pause)


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


def retry(mail: OutboxMail) -> bool:
    """Staff decide to send such a mail again; False when it is no longer one of those."""
    changed = OutboxMail.objects.filter(pk=mail.pk, state__in=RETRIABLE).update(
        state=MailState.QUEUED, attempts=0, lease_until=None
    )
    if changed:
        transaction.on_commit(lambda: hurry(mail.pk))
    return bool(changed)


def note_bounce(message_id: str, reason: str) -> OutboxMail | None:
    """Somebody's mail server has given back what ours had taken; None when no mail of ours is meant.

    A mail parked as uncertain has gone, as this shows. Told twice, it is noted once.
    """
    mail = OutboxMail.objects.filter(message_id=message_id).first()
    if mail is None:
        return None
    OutboxMail.objects.filter(pk=mail.pk, state__in=[MailState.SENT, MailState.UNCERTAIN]).update(
        state=MailState.BOUNCED, answer=f"Bị trả lại: {reason}"[:255], lease_until=None
    )
    mail.refresh_from_db()
    return mail
