from django.core.management.base import BaseCommand

from reports.demo.accounts import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Print the accounts of the demo."

    def handle(self, **options):
        self.stdout.write(f"Password of all accounts: {PASSWORD}")
        for account in ACCOUNTS:
            where = f", {account.unit}" if account.unit else ""
            self.stdout.write(f"  {account.username:<14} {account.label}{where}")
