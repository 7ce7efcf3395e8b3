"""Groups are a bloc's own. Filled in 0004, required in 0005: PostgreSQL alters no table whose rows are still checked."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_closing"),
        ("organizations", "0006_outside_transfers"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="targetgroup", name="group_code_once_a_year"),
        migrations.RemoveConstraint(model_name="targetgroup", name="group_order_once_a_year"),
        migrations.AddField(
            model_name="historicaltargetgroup",
            name="bloc",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="organizations.organization",
                verbose_name="đảng bộ",
            ),
        ),
        migrations.AddField(
            model_name="targetgroup",
            name="bloc",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="target_groups",
                to="organizations.organization",
                verbose_name="đảng bộ",
            ),
        ),
    ]
