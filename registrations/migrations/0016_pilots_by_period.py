"""A list of pilot units belongs to the period that asks for it; the numbers wanted stay with the campaign."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrations", "0015_figures_drafts_and_initiatives")]

    operations = [
        migrations.AlterModelOptions(
            name="pilotlist",
            options={
                "ordering": ["-period__year", "unit__sort_name", "id"],
                "verbose_name": "danh sách chỉ đạo điểm",
                "verbose_name_plural": "danh sách chỉ đạo điểm",
            },
        ),
        migrations.RemoveConstraint("pilotlist", "pilot_list_is_one_per_level_and_campaign"),
        migrations.RemoveField("pilotlist", "campaign"),
        migrations.RemoveField("pilotnorm", "last_day"),
        migrations.AddField(
            "pilotlist",
            "period",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pilot_lists",
                to="registrations.period",
                verbose_name="kỳ",
            ),
        ),
        # No portal has had a list yet: there was no page to draw one up.
        migrations.AlterField(
            "pilotlist",
            "period",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pilot_lists",
                to="registrations.period",
                verbose_name="kỳ",
            ),
        ),
        migrations.AddConstraint(
            "pilotlist",
            models.UniqueConstraint(
                fields=("period", "unit"),
                name="pilot_list_is_one_per_level_and_period",
                nulls_distinct=False,
            ),
        ),
    ]
