"""What was submitted and what a fund's ledger has entered stays as it was."""

from django.db import migrations

TABLES = [
    "awards_dossiersubmission",
    "awards_fundentry",
]


class Migration(migrations.Migration):
    dependencies = [("awards", "0001_initial"), ("core", "0002_append_only")]

    operations = [
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
                f"DROP TRIGGER append_only ON {table}",
            )
            for table in TABLES
        ),
    ]
