"""Organizations are found by the words of every name they bore."""

from django.db import migrations

import ledger.fields
from ledger.migrations._finding import by_words
from ledger.migrations._keys import anew
from ledger.text import word_key


def write(apps, editor):
    anew(apps.get_model("organizations", "OrganizationSpell"), search_key=lambda row: word_key(row.name))


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0010_papers_by_words'),
        ('organizations', '0012_deputies'),
    ]

    operations = [
        migrations.AddField(
            model_name='organizationspell',
            name='search_key',
            field=ledger.fields.KeyField(default='', derive='_search_key', editable=False, max_length=250, verbose_name='khóa tìm kiếm'),
            preserve_default=False,
        ),
        by_words("organizations_organizationspell", "search_key"),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
