"""A reason for citing an act that is not in force stays as it was given."""

from django.db import migrations

TABLES = [
    "units_citedanyway",
]


class Migration(migrations.Migration):
    dependencies = [("units", "0002_initial"), ("core", "0002_append_only")]

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
