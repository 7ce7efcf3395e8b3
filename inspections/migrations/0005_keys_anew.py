"""The keys as they are derived since apostrophes and i/y are found alike."""

from django.db import migrations

from ledger.migrations._keys import anew
from ledger.text import search_key, sort_key


def write(apps, editor):
    anew(apps.get_model("inspections", "Result"), sort_key=lambda row: sort_key(row.name))
    anew(apps.get_model("inspections", "Inspection"), search_key=lambda row: search_key(row.title))


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0004_letters_lie_somewhere'),
    ]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
