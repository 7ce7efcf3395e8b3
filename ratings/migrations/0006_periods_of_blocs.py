"""A period is a bloc's own. Filled in 0007, required in 0008: PostgreSQL alters no table whose rows are still checked."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0007_appointments_in_question"),
        ("ratings", "0005_scheme_versions"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="period", name="one_period_a_year"),
        migrations.RemoveConstraint(model_name="period", name="one_period_a_quarter"),
        migrations.AddField(
            model_name="period",
            name="bloc",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="periods",
                to="organizations.organization",
                verbose_name="đảng bộ",
            ),
        ),
    ]
