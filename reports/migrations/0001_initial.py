from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="OpenDataRelease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="ngày")),
                ("sequence", models.BigIntegerField()),
                ("files", models.JSONField(verbose_name="tệp")),
                ("made_at", models.DateTimeField(verbose_name="tạo lúc")),
            ],
            options={
                "verbose_name": "bộ dữ liệu mở",
                "verbose_name_plural": "bộ dữ liệu mở",
                "ordering": ["-day"],
            },
        ),
    ]
