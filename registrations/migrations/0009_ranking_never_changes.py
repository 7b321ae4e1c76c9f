"""A published place stays as it was published."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registrations", "0008_scores_and_ranking"), ("core", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON registrations_rankingrow"
            " FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            "DROP TRIGGER append_only ON registrations_rankingrow",
        ),
    ]
