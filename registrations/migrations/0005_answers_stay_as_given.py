"""What a unit has answered to a finding stays as it was given."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registrations", "0004_launches_pilots_inspections"), ("core", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON registrations_findinganswer"
            " FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            "DROP TRIGGER append_only ON registrations_findinganswer",
        ),
    ]
