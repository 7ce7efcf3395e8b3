"""The keys of names as they are derived since apostrophes and i/y are found alike."""

from django.db import migrations

from ledger.migrations._keys import anew
from ledger.text import name_sort_key, search_key, sort_key


def write(apps, editor):
    for name in ("EthnicGroup", "Religion"):
        anew(apps.get_model("members", name), sort_key=lambda row: sort_key(row.name))
    anew(
        apps.get_model("members", "Member"),
        sort_key=lambda row: name_sort_key(row.full_name, row.given_name),
        search_key=lambda row: search_key(f"{row.full_name} {row.birth_name}"),
        name_key=lambda row: search_key(row.full_name),
        birth_name_key=lambda row: search_key(row.birth_name),
    )
    anew(
        apps.get_model("members", "CandidateRecord"),
        sort_key=lambda row: name_sort_key(row.full_name, row.given_name),
        search_key=lambda row: search_key(row.full_name),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0010_with_their_organization'),
    ]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
