"""Of what was filed, personal words past their period may be erased; its SHA-256 stays."""

from django.db import migrations


def trigger(function):
    return (
        "DROP TRIGGER append_only ON registrations_registrationversion;"
        " CREATE TRIGGER append_only BEFORE UPDATE OR DELETE"
        f" ON registrations_registrationversion FOR EACH ROW EXECUTE FUNCTION {function}"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("registrations", "0003_evaluations_are_stored_plain"),
        ("core", "0004_snapshots_may_lose_personal_words"),
    ]
    operations = [
        migrations.RunSQL(
            trigger("core_refuse_change_but_erasure('snapshot')"), trigger("core_refuse_change()")
        )
    ]
