from django.db import migrations

TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON core_export
FOR EACH ROW EXECUTE FUNCTION core_refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_export")]

    operations = [migrations.RunSQL(TRIGGER, "DROP TRIGGER append_only ON core_export")]
