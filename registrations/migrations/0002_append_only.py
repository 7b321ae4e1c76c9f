"""What was filed, judged, answered and ranked stays as it was said."""

from django.db import migrations

TABLES = [
    "registrations_registrationversion",
    "registrations_evaluation",
    "registrations_figureanswer",
    "registrations_findinganswer",
    "registrations_judgement",
    "registrations_rankingrow",
]


class Migration(migrations.Migration):
    dependencies = [("registrations", "0001_initial"), ("core", "0002_append_only")]

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
