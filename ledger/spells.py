"""Spells: what holds from one day to another, half-open [starts, ends), and cannot overlap for the same owner.

The database itself refuses an overlap (shapes §3): an exclusion constraint on PostgreSQL, triggers on SQLite.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Self

from django.core.checks import CheckMessage
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models.constraints import BaseConstraint

from .querysets import RecordedQuerySet

FOREVER = date(9999, 12, 31)


class SpellQuerySet(RecordedQuerySet):
    def on(self, day: date) -> Self:
        """What holds on `day`."""
        return self.standing().filter(starts__lte=day, ends__gt=day)

    def touching(self, first: date, last: date) -> Self:
        """What holds on some day from `first` to `last`, both included."""
        return self.standing().filter(starts__lte=last, ends__gt=first)


class NoOverlap(BaseConstraint):
    """No two standing (not voided) spells of one owner share a day.

    `of`: names of integer or foreign-key fields that together name the owner.
    """

    def __init__(self, *, of: str | Iterable[str], name: str, violation_error_message: str | None = None) -> None:
        self.of = (of,) if isinstance(of, str) else tuple(of)
        super().__init__(
            name=name,
            violation_error_code="overlap",
            violation_error_message=violation_error_message or "Khoảng thời gian này trùng với một khoảng đã có.",
        )

    def _columns(self, model: type[models.Model]) -> list[str]:
        return [model._meta.get_field(field).column for field in self.of]

    def _statements(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        table = Table(model._meta.db_table, editor.quote_name)
        columns = self._columns(model)
        if editor.connection.vendor == "postgresql":
            owner = ", ".join(f"int8range({column}, {column}, '[]') WITH &&" for column in columns)
            return [
                Statement(
                    f'ALTER TABLE %(table)s ADD CONSTRAINT "{self.name}" EXCLUDE USING gist '
                    f"({owner}, daterange(starts, ends) WITH &&) WHERE (voided_id IS NULL)",
                    table=table,
                )
            ]
        same = " AND ".join(f"o.{column} = NEW.{column}" for column in columns)
        clash = (
            f"SELECT RAISE(ABORT, 'CHECK constraint failed: {self.name}') WHERE NEW.voided_id IS NULL AND EXISTS "
            f"(SELECT 1 FROM %(table)s o WHERE {same} AND o.id <> NEW.id AND o.voided_id IS NULL "
            "AND o.starts < NEW.ends AND NEW.starts < o.ends)"
        )
        watched = ", ".join([*columns, "starts", "ends", "voided_id"])
        return [
            Statement(
                f'CREATE TRIGGER "{self.name}_{event[0].lower()}" AFTER {event} ON %(table)s BEGIN {clash}; END',
                table=table,
            )
            for event in ("INSERT", f"UPDATE OF {watched}")
        ]

    def constraint_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> None:
        # Deferred, so that the triggers also come back after SQLite has remade the table.
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))

    def create_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in self._statements(model, schema_editor):
            schema_editor.execute(statement)

    def remove_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement | str:
        table = Table(model._meta.db_table, schema_editor.quote_name)
        if schema_editor.connection.vendor == "postgresql":
            return Statement(f'ALTER TABLE %(table)s DROP CONSTRAINT "{self.name}"', table=table)
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{self.name}_i"')
        return f'DROP TRIGGER IF EXISTS "{self.name}_u"'

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Collection[str] | None = None,
        using: str = "default",
    ) -> None:
        if instance.voided_id is not None or instance.starts is None or instance.ends is None:
            return
        owner = {field: getattr(instance, model._meta.get_field(field).attname) for field in self.of}
        if exclude and set(self.of) & set(exclude) or None in owner.values():
            return
        others = model._default_manager.using(using).filter(
            **owner, voided__isnull=True, starts__lt=instance.ends, ends__gt=instance.starts
        )
        if others.exclude(pk=instance.pk).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def check(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[CheckMessage]:
        if not {"starts", "ends", "voided"} <= {field.name for field in model._meta.get_fields()}:
            raise FieldError(f"{self.name}: a spell has starts, ends and voided")
        return []

    def _check(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[CheckMessage]:
        return self.check(model, connection)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        kwargs.pop("violation_error_code", None)
        return path, args, {**kwargs, "of": self.of}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and (self.name, self.of) == (other.name, other.of)

    __hash__ = BaseConstraint.__hash__
