from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from units.models import Unit, UnitSuccession
from units.resources import RegisterInvalid, import_register

SHIPPED = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Import the register of units (shipped CSV files, or those of another folder), all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED)

    def handle(self, *, folder, **options):
        try:
            totals = import_register(folder)
        except RegisterInvalid as invalid:
            raise CommandError(f"Không nhập dòng nào. {len(invalid.faults)} lỗi:\n{invalid}") from None
        with connection.cursor() as cursor:
            # Until the planner has counted the new rows it joins the lineage as if there were none.
            for model in (Unit, UnitSuccession):
                cursor.execute(f"ANALYZE {model._meta.db_table}")
        for (file, noun), counts in totals.items():
            self.stdout.write(
                f"{file}, {noun}: thêm {counts['new']}, sửa {counts['update']}, không đổi {counts['skip']}"
            )
