from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registrations", "0013_rules_are_dated_and_have_words")]

    operations = [migrations.RenameField("report", "initiatives", "practices")]
