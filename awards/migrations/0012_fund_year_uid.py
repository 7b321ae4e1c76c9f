import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("awards", "0011_batches")]

    operations = [
        # No fund year has been stated yet, so that one default for all rows does no harm.
        migrations.AddField(
            model_name="fundyear",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
