from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count

BASIS = (
    "Quy ước của cổng: pháp luật về thi đua, khen thưởng không quy định số tháng. "
    "Quản trị viên sửa khi cơ quan thường trực có quy định."
)


def set_default(apps, schema_editor):
    apps.get_model("units", "ConflictPeriod").objects.create(
        months=12, validity=DateRange(date(2020, 1, 1), None), basis=BASIS
    )


def keep_people_of_split_units_where_they_are(apps, schema_editor):
    """Nobody works on in two bodies because his was split: each gets its people by name."""
    successions = apps.get_model("units", "UnitSuccession").objects
    split = successions.values("predecessor").annotate(n=Count("pk")).filter(n__gt=1).values("predecessor")
    successions.filter(predecessor__in=list(split.values_list("predecessor", flat=True))).update(
        members_follow=False
    )


class Migration(migrations.Migration):
    dependencies = [("units", "0003_units_in_time")]

    operations = [
        migrations.RunPython(set_default, migrations.RunPython.noop),
        migrations.RunPython(keep_people_of_split_units_where_they_are, migrations.RunPython.noop),
    ]
