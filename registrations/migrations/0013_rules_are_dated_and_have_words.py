import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrations", "0012_words_for_reminder_rules")]

    operations = [
        migrations.RemoveField(model_name="reminderrule", name="is_active"),
        migrations.AlterField(
            model_name="reminderrule",
            name="wording",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="registrations.wording",
                verbose_name="mẫu lời",
            ),
        ),
    ]
