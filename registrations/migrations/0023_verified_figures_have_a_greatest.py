from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrations", "0022_through_its_district")]

    operations = [
        migrations.RemoveConstraint("figure", "figure_corrected_has_verified_numbers"),
        migrations.AddConstraint(
            "figure",
            models.CheckConstraint(
                condition=~models.Q(verdict="corrected")
                | models.Q(
                    verified_numerator__isnull=False,
                    verified_denominator__isnull=False,
                    verified_numerator__gte=0,
                    verified_numerator__lte=models.F("verified_denominator"),
                    verified_denominator__lte=10**18,
                ),
                name="figure_corrected_has_verified_numbers",
            ),
        ),
    ]
