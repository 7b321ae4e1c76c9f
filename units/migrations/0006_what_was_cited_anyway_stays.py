"""A reason for citing an act that is not in force stays as it was given."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("units", "0005_house_data"), ("core", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON units_citedanyway"
            " FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            "DROP TRIGGER append_only ON units_citedanyway",
        ),
    ]
