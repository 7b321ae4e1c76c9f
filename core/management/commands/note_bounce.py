import sys
from email import message_from_binary_file, policy

from django.core.management.base import BaseCommand

from core import outbox


class Command(BaseCommand):
    help = (
        "Note a bounce from the report (RFC 3464) a mail server sends back, given on standard input. "
        "Let the mail server pipe what comes to the sender's address into this command."
    )

    def handle(self, *args, **options):
        report = message_from_binary_file(sys.stdin.buffer, policy=policy.default)
        found = _read(report)
        mail = found and outbox.note_bounce(*found)
        self.stdout.write(
            f"{mail}: {mail.get_state_display()}" if mail else "No mail of the portal is meant."
        )


def _read(report) -> tuple[str, str] | None:
    """The Message-ID of the mail that came back and why; None when the report is of no final failure."""
    message_id = reason = None
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            for fields in part.iter_parts():
                if fields.get("Action", "").strip().lower() == "failed":
                    reason = fields.get("Diagnostic-Code") or fields.get("Status") or "không rõ lý do"
        elif part.get_content_type() in ("text/rfc822-headers", "message/rfc822"):
            message_id = _message_id(part) or message_id
    return (message_id, " ".join(reason.split())) if message_id and reason else None


def _message_id(part) -> str:
    if part.get_content_type() == "message/rfc822":
        (original,) = part.iter_parts()
        return (original.get("Message-ID") or "").strip()
    lines = part.get_content().splitlines()
    found = [line.partition(":")[2] for line in lines if line.lower().startswith("message-id:")]
    return found[0].strip() if found else ""
