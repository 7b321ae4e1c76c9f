"""What was filed stays as it was filed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_initial"), ("core", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON awards_dossiersubmission"
            " FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            "DROP TRIGGER append_only ON awards_dossiersubmission",
        ),
    ]
