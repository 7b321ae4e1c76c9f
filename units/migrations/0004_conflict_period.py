from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

BASIS = (
    "Quy ước của cổng: pháp luật về thi đua, khen thưởng không quy định số tháng. "
    "Quản trị viên sửa khi cơ quan thường trực có quy định."
)


def set_default(apps, schema_editor):
    apps.get_model("units", "ConflictPeriod").objects.create(
        months=12, validity=DateRange(date(2020, 1, 1), None), basis=BASIS
    )


class Migration(migrations.Migration):
    dependencies = [("units", "0003_append_only")]

    operations = [migrations.RunPython(set_default, migrations.RunPython.noop)]
