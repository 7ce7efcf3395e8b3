"""People are found by any word of their names, at any size of the register."""

from django.db import migrations

from ledger.migrations._finding import by_words


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0010_papers_by_words'),
        ('members', '0016_paper_of_a_status'),
    ]

    operations = [
        by_words("members_member", "search_key"),
    ]
