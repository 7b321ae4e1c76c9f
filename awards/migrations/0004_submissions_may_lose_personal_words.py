"""Of what was submitted, personal words past their period may be erased; its SHA-256 stays."""

from django.db import migrations


def trigger(function):
    return (
        "DROP TRIGGER append_only ON awards_dossiersubmission; CREATE TRIGGER append_only BEFORE UPDATE OR DELETE"
        f" ON awards_dossiersubmission FOR EACH ROW EXECUTE FUNCTION {function}"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0003_public_records_are_append_only"),
        ("core", "0004_snapshots_may_lose_personal_words"),
    ]
    operations = [
        migrations.RunSQL(
            trigger("core_refuse_change_but_erasure('snapshot')"), trigger("core_refuse_change()")
        )
    ]
