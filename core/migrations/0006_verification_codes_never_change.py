"""What a code says of a paper is fixed when it is printed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0005_verification_codes")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON core_verificationcode"
            " FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            "DROP TRIGGER append_only ON core_verificationcode",
        ),
    ]
