"""What was filed stays as it was filed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registrations", "0001_initial"), ("core", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON registrations_registrationversion"
            " FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            "DROP TRIGGER append_only ON registrations_registrationversion",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON registrations_evaluation"
            " FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            "DROP TRIGGER append_only ON registrations_evaluation",
        ),
    ]
