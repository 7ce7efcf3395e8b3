"""A year is opened in December for the next, together with its groups and targets."""

import django.core.validators
from django.db import migrations, models

FIELD = models.PositiveSmallIntegerField(
    "mở được trước ngày đầu kỳ (ngày)", default=0, validators=[django.core.validators.MaxValueValidator(365)]
)
DECEMBER = 31


def a_year_opens_in_december(apps, schema_editor):
    apps.get_model("ratings", "Calendar").objects.filter(quarterly=False).update(early_days=DECEMBER)


class Migration(migrations.Migration):
    dependencies = [("ratings", "0014_paper_of_a_step")]

    operations = [
        migrations.AddField("calendar", "early_days", FIELD),
        migrations.AddField("historicalcalendar", "early_days", FIELD),
        migrations.RunPython(a_year_opens_in_december, migrations.RunPython.noop),
    ]
