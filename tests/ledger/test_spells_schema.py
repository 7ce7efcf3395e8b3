"""NoOverlap outlives migrations: SQLite remakes a table to change it, and triggers would be lost on the way."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from ledger.models import Change, Spell, User, not_empty
from ledger.spells import NoOverlap

JAN, MAR, MAY = (date(2017, month, 1) for month in (1, 3, 5))


@pytest.fixture
def stay(committed):
    """A throw-away spell with its table, in the app of the ledger."""
    with isolate_apps("ledger"):

        class Stay(Spell):
            added = models.ForeignKey(Change, models.PROTECT, related_name="+")
            voided = models.ForeignKey(Change, models.PROTECT, related_name="+", null=True)
            room = models.IntegerField()
            bed = models.IntegerField(default=1)

            class Meta:
                app_label = "ledger"
                constraints = [NoOverlap(of=("room", "bed"), name="room_once_a_day"), not_empty("stay_not_empty")]

        with connection.schema_editor() as editor:
            editor.create_model(Stay)
        yield Stay
        with connection.schema_editor() as editor:
            editor.delete_model(Stay)


def refuses(model):
    """Whether the database refuses a second spell on the same day, by insert and by update, and nothing else."""
    table = connection.ops.quote_name(model._meta.db_table)
    by = User.objects.create_user(f"u{User.objects.count()}")
    change = Change.objects.create(verb="thử", by=by, on=JAN)
    names = ["room", "bed", "starts", "ends", "added_id"]
    extra = [f.column for f in model._meta.concrete_fields if f.column not in {*names, "id", "voided_id"}]

    def insert(room, starts, ends):
        values = [room, 1, starts, ends, change.pk] + [7] * len(extra)
        sql = f"INSERT INTO {table} ({', '.join(names + extra)}) VALUES ({', '.join(['%s'] * len(values))})"
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    def fails(write, *arguments):
        try:
            with transaction.atomic():
                write(*arguments)
        except IntegrityError as error:
            return "room_once_a_day" in str(error)
        return False

    def update():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET starts = %s WHERE starts = %s", [JAN, MAR])

    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
    insert(1, JAN, MAR)
    insert(1, MAR, MAY)
    insert(2, JAN, MAY)
    return fails(insert, 1, JAN, MAY) and fails(update)


def with_field(name, field, model):
    field.set_attributes_from_name(name)
    field.model = model
    return field


def test_a_new_table_has_it(stay):
    assert refuses(stay)


def test_it_outlives_added_altered_and_removed_fields(stay):
    # A field with a default makes SQLite copy the whole table; so does another type.
    before = stay._meta.get_field("bed")
    with connection.schema_editor() as editor:
        note = models.IntegerField(default=0)
        note.contribute_to_class(stay, "note")
        editor.add_field(stay, note)
    assert refuses(stay)
    with connection.schema_editor() as editor:
        wide = with_field("bed", models.BigIntegerField(default=1, db_index=True), stay)
        editor.alter_field(stay, before, wide)
    assert refuses(stay)
    with connection.schema_editor() as editor:
        editor.remove_field(stay, note)
    stay._meta.local_fields.remove(note)
    stay._meta._expire_cache()
    assert refuses(stay)


def test_it_goes_when_it_is_removed_and_comes_when_it_is_added(stay):
    # As migrations do: the model given is the one that the operation leads to.
    both = stay._meta.constraints
    overlap, not_empty_ = both
    stay._meta.constraints = [not_empty_]
    with connection.schema_editor() as editor:
        editor.remove_constraint(stay, overlap)
    assert not refuses(stay)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(stay._meta.db_table)}")
    stay._meta.constraints = both
    with connection.schema_editor() as editor:
        editor.add_constraint(stay, overlap)
    assert refuses(stay)


def test_the_renamed_table_keeps_it(stay):
    old = stay._meta.db_table
    with connection.schema_editor() as editor:
        editor.alter_db_table(stay, old, "ledger_sojourn")
    stay._meta.db_table = "ledger_sojourn"
    assert refuses(stay)
