import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0004_whose_groups")]

    operations = [
        migrations.AlterField(
            model_name="targetgroup",
            name="bloc",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="target_groups",
                to="organizations.organization",
                verbose_name="đảng bộ",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetgroup",
            constraint=models.UniqueConstraint(fields=("bloc", "year", "code"), name="group_code_once_a_year"),
        ),
        migrations.AddConstraint(
            model_name="targetgroup",
            constraint=models.UniqueConstraint(fields=("bloc", "year", "order"), name="group_order_once_a_year"),
        ),
    ]
