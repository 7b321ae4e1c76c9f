from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from core import identity, vault
from units.accounts import SECOND_FACTOR


class Command(BaseCommand):
    help = (
        "Seal identity numbers and second factors anew with the first key of IDENTITY_KEYS. "
        "Repeatable; an old key may leave the list once nothing is left under it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say how many, change nothing")

    def handle(self, *, dry_run, **options):
        for label, count in identity.sealed_with_old_keys().items():
            self.stdout.write(f"{label}: {count}")
        stale = [a for a in Authenticator.objects.order_by("pk") if _locked(a)]
        self.stdout.write(f"second factors: {len(stale)}")
        if dry_run:
            self.stdout.write("Chạy thử: chưa có gì thay đổi.")
            return
        numbers = identity.seal_anew()
        for authenticator in stale:
            _lock_anew(authenticator.pk)
        self.stdout.write(
            f"Sealed with {vault.first_key()!r}: {numbers} numbers, {len(stale)} second factors."
        )


def _locked(authenticator) -> dict[str, str]:
    """The values that are locked with another key than the first."""
    return {
        name: value
        for name, value in authenticator.data.items()
        if name in ("secret", "seed") and vault.key_of(value) != vault.first_key()
    }


@transaction.atomic
def _lock_anew(pk) -> None:
    authenticator = Authenticator.objects.select_for_update().get(pk=pk)
    for name, value in _locked(authenticator).items():
        authenticator.data[name] = vault.lock(vault.unlock(value, SECOND_FACTOR), SECOND_FACTOR)
    authenticator.save(update_fields=["data"])
