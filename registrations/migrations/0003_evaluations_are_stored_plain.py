"""The long columns of an evaluation are kept as they come.

Compressing them took PostgreSQL half the time of storing a row.
"""

from django.db import migrations

TABLE = "registrations_evaluation"


class Migration(migrations.Migration):
    dependencies = [("registrations", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {TABLE} ALTER COLUMN inputs SET STORAGE EXTERNAL,"
            " ALTER COLUMN results SET STORAGE EXTERNAL",
            f"ALTER TABLE {TABLE} ALTER COLUMN inputs SET STORAGE EXTENDED,"
            " ALTER COLUMN results SET STORAGE EXTENDED",
        ),
    ]
