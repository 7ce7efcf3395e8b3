"""Names, old cards and candidates are found by their own keys: who is perhaps the same person (members/duplicates.py)."""

import ledger.fields
from django.db import migrations, models

from ledger.text import search_key

MANY = 1000


def fill(apps, editor):
    members = apps.get_model("members", "Member")
    rows = list(members.objects.only("pk", "full_name", "birth_name"))
    for row in rows:
        row.name_key, row.birth_name_key = search_key(row.full_name), search_key(row.birth_name)
    members.objects.bulk_update(rows, ["name_key", "birth_name_key"], batch_size=MANY)


def key(derive, label):
    return ledger.fields.KeyField(default="", derive=derive, editable=False, max_length=250, verbose_name=label)


class Migration(migrations.Migration):
    dependencies = [("members", "0008_dates_lead_an_index")]

    operations = [
        migrations.AddField("member", "name_key", key("_name_key", "khóa họ tên"), preserve_default=False),
        migrations.AddField(
            "member", "birth_name_key", key("_birth_name_key", "khóa tên khai sinh"), preserve_default=False
        ),
        migrations.AddIndex("member", models.Index(fields=["name_key"], name="member_by_name")),
        migrations.AddIndex(
            "member",
            models.Index(
                condition=models.Q(("birth_name_key", ""), _negated=True),
                fields=["birth_name_key"],
                name="member_by_birth_name",
            ),
        ),
        migrations.AddIndex("candidaterecord", models.Index(fields=["search_key"], name="candidate_by_name")),
        migrations.AddIndex(
            "amendment",
            models.Index(
                condition=models.Q(("field", "card_number")), fields=["before"], name="amendment_old_card"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
