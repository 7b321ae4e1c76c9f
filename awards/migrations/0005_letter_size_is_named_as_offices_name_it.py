"""The label of a size of letters loses its unit; nothing changes in the database."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0004_submissions_may_lose_personal_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="layoutfield",
            name="size",
            field=models.DecimalField(
                decimal_places=1,
                default=14,
                max_digits=4,
                validators=[
                    django.core.validators.MinValueValidator(6),
                    django.core.validators.MaxValueValidator(72),
                ],
                verbose_name="cỡ chữ",
            ),
        ),
    ]
