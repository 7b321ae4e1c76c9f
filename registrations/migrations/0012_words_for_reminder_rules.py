"""Rules that are there get the words their mails have had so far; what was off ends before it begins to count."""

from datetime import timedelta

from django.db import migrations

NAME = "Nhắc nộp"
SUBJECT = "{con_lai}: {viec} năm {nam}"
BODY = (
    "{don_vi} chưa {viec} phong trào thi đua chuyển đổi số năm {nam}.\n"
    "Hạn cuối: {han} ({con_lai}).\n"
    "Vì sao đơn vị phải làm: {ly_do}."
)


def give_words(apps, schema_editor):
    rules = apps.get_model("registrations", "ReminderRule").objects.filter(wording__isnull=True)
    if not rules.exists():
        return
    wording, _ = apps.get_model("registrations", "Wording").objects.get_or_create(
        use="mail", name=NAME, defaults={"subject": SUBJECT, "body": BODY}
    )
    rules.update(wording=wording)
    for rule in rules.model.objects.filter(is_active=False):
        # Over before the day from which it would count: it never reminded under its validity.
        rule.valid_from = rule.valid_to = rule.valid_from - timedelta(days=1)
        rule.save()


class Migration(migrations.Migration):
    dependencies = [("registrations", "0011_boards_letters_and_reminders")]

    operations = [migrations.RunPython(give_words, migrations.RunPython.noop)]
