import json
import os
import sys
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from core import clock, personal
from core.identity import IdentityRefused, normalised
from core.models.event import AccessLog


class Command(BaseCommand):
    help = (
        "Write what the portal holds of one person, as JSON: of an account, of an identity number, or both."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, nargs="?", help="a new file; not needed for --dry-run")
        parser.add_argument("--user", default="", help="name of the account")
        parser.add_argument(
            "--identity", action="store_true", help="read an identity number from standard input"
        )
        parser.add_argument("--dry-run", action="store_true", help="say how much there is, write nothing")

    def handle(self, *, path, user, identity, dry_run, **options):
        subject = personal.Subject(_account(user), _number(sys.stdin) if identity else "")
        if not (subject.user or subject.number):
            raise CommandError("Whose data? Give --user, --identity or both.")
        if not (path or dry_run):
            raise CommandError("Where to? Give the path of a new file, or --dry-run.")
        found = personal.of_person(subject)
        for label, rows in found.items():
            self.stdout.write(f"{label}: {len(rows)}")
        if dry_run:
            self.stdout.write("Chạy thử: chưa ghi gì ra tệp.")
            return
        self._write(path, {"lập lúc": clock.now().isoformat(), **found})
        AccessLog.objects.create(
            at=clock.now(),
            user=None,
            what="export_personal_data",
            object_uid=subject.user.uid if subject.user else None,
            detail=", ".join(f"{label}: {len(rows)}" for label, rows in found.items())[:255],
        )

    def _write(self, path, content):
        try:
            with open(path, "x", encoding="utf-8", opener=_private) as file:
                json.dump(content, file, ensure_ascii=False, indent=2)
        except FileExistsError:
            raise CommandError(f"{path} is there already; give another name.") from None


def _account(username):
    if not username:
        return None
    user = get_user_model().objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"There is no account {username!r}.")
    return user


def _number(lines) -> str:
    try:
        return normalised(lines.readline().strip())
    except IdentityRefused as refused:
        raise CommandError(str(refused)) from None


def _private(path, flags):
    return os.open(path, flags, 0o600)
