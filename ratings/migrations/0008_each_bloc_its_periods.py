import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ratings", "0007_whose_periods")]

    operations = [
        migrations.AlterField(
            model_name="period",
            name="bloc",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="periods",
                to="organizations.organization",
                verbose_name="đảng bộ",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(
                condition=models.Q(("quarter__isnull", True), ("voided__isnull", True)),
                fields=("bloc", "year"),
                name="one_period_a_year",
                violation_error_message="Kỳ xếp loại của năm này đã được mở.",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided__isnull", True)),
                fields=("bloc", "year", "quarter"),
                name="one_period_a_quarter",
            ),
        ),
    ]
