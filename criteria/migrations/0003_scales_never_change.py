"""A scale stays as it was issued."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("criteria", "0002_sets_in_force_never_change"), ("core", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON criteria_scale"
            " FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            "DROP TRIGGER append_only ON criteria_scale",
        ),
    ]
