"""A seal over each evaluation's row, and its long columns kept as they come.

Compressing them took PostgreSQL half the time of storing a row.
"""

import json
from datetime import UTC
from hashlib import sha256

import django.db.models.deletion
from django.db import migrations, models

TABLE = "registrations_evaluation"


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def seal_of(row):
    """As `registrations.evaluation.seal` made it when the column came."""
    said = (
        row.uid,
        row.report.uid,
        row.at.astimezone(UTC).isoformat(),
        row.on_verified,
        row.set_sha256,
        row.input_sha256,
        row.engine_version,
        canonical(row.results),
        canonical(row.summary),
        row.score,
        row.scale.uid if row.scale else "",
    )
    return sha256("\n".join(map(str, said)).encode()).hexdigest()


def seal(apps, schema_editor):
    rows = apps.get_model("registrations", "Evaluation").objects.filter(sha256="")
    with schema_editor.connection.cursor() as cursor:
        # The one time that rows which never change are written again: what they say stays.
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER append_only")
        for row in rows.select_related("report", "scale").iterator(chunk_size=500):
            cursor.execute(f"UPDATE {TABLE} SET sha256 = %s WHERE id = %s", [seal_of(row), row.pk])
        # Foreign keys are checked later; a table with checks outstanding cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER append_only")


class Migration(migrations.Migration):
    dependencies = [("registrations", "0020_report_states")]

    operations = [
        migrations.AddField(
            "evaluation",
            "sha256",
            models.CharField(default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.AlterField(
            "evaluation",
            "report",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evaluations",
                to="registrations.report",
            ),
        ),
        migrations.RunSQL(
            f"ALTER TABLE {TABLE} ALTER COLUMN inputs SET STORAGE EXTERNAL,"
            " ALTER COLUMN results SET STORAGE EXTERNAL",
            f"ALTER TABLE {TABLE} ALTER COLUMN inputs SET STORAGE EXTENDED,"
            " ALTER COLUMN results SET STORAGE EXTENDED",
        ),
    ]
