"""What a unit has answered and what a person has decided stays as it was said."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registrations", "0018_contests_and_judgements"), ("core", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            f"DROP TRIGGER append_only ON {table}",
        )
        for table in ("registrations_figureanswer", "registrations_judgement")
    ]
