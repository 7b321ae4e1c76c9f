"""A line of a fund's ledger stays as it was entered."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("awards", "0005_decisions_and_after"), ("core", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON awards_fundentry"
            " FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            "DROP TRIGGER append_only ON awards_fundentry",
        ),
    ]
