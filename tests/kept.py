"""What is slow to build is built once: its rows are kept, and laid into the database of each test that asks for it."""

from copy import deepcopy

from django.apps import apps
from django.db import connection

_kept = {}


def kept(build):
    """What `build()` gives, with its rows: by the verbs the first time, from memory afterwards."""
    if build in _kept:
        made, tables = _kept[build]
        _lay(tables)
        return deepcopy(made)
    before = every_row()
    made = build()
    _kept[build] = deepcopy(made), _added(before, every_row())
    return made


def every_row():
    """{table: its rows as the database gives them}"""
    models = apps.get_models(include_auto_created=True)
    tables = [m._meta.db_table for m in models if m._meta.managed and not m._meta.proxy]
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in tables}


def _rows(cursor, table):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return cursor.fetchall()


def _added(before, after):
    for table, rows in before.items():
        assert all(row in after[table] for row in rows), f"{table}: a row that stood before was changed"
    added = {table: [row for row in rows if row not in before[table]] for table, rows in after.items()}
    return {table: rows for table, rows in added.items() if rows}


def _lay(tables):
    with connection.cursor() as cursor:
        for table, rows in tables.items():
            row = "({})".format(", ".join(["%s"] * len(rows[0])))
            places = ", ".join([row] * len(rows))
            values = [value for row in rows for value in row]
            cursor.execute(f"INSERT INTO {connection.ops.quote_name(table)} VALUES {places}", values)
