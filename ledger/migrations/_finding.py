"""For migrations of what is found by words: an index that answers for any word of a key (PostgreSQL; SQLite reads the table)."""

from django.db import DatabaseError, migrations, transaction


def by_words(table, *columns):
    """The operation that makes the index of each of `columns`, where the server offers trigrams (pg_trgm comes with it).

    Without it the same is found, more slowly in a large register.
    """

    def make(apps, editor):
        if editor.connection.vendor != "postgresql":
            return
        try:
            with transaction.atomic(using=editor.connection.alias):
                editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except DatabaseError:
            return
        for column in columns:
            name = f"{table}_{column}_words"
            editor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin ({column} gin_trgm_ops)")

    def drop(apps, editor):
        if editor.connection.vendor == "postgresql":
            for column in columns:
                editor.execute(f"DROP INDEX IF EXISTS {table}_{column}_words")

    return migrations.RunPython(make, drop)
