"""Seals are kept by the database as events are."""

from django.db import migrations

TABLES = ["core_auditbatch", "core_sealedevent", "core_audithead"]


class Migration(migrations.Migration):
    dependencies = [("core", "0009_audit_chain")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            f"DROP TRIGGER append_only ON {table}",
        )
        for table in TABLES
    ]
