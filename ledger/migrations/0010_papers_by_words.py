"""Documents are found by the words of their number, day, issuer and title."""

from django.db import migrations

import ledger.fields
from ledger.migrations._finding import by_words
from ledger.migrations._keys import anew
from ledger.models import paper_key


def write(apps, editor):
    documents = apps.get_model("ledger", "Document")
    anew(documents, search_key=lambda row: paper_key(row.number, row.date, row.issuer, row.title))


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0009_one_time_passwords'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='search_key',
            field=ledger.fields.KeyField(default='', derive='_search_key', editable=False, max_length=1000, verbose_name='khóa tìm kiếm'),
            preserve_default=False,
        ),
        by_words("ledger_document", "search_key"),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
