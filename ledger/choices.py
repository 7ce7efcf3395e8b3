"""Django's enumerations of choices, with their types: a checker that does not read Django takes the members for tuples."""

from typing import TYPE_CHECKING

if not TYPE_CHECKING:
    from django.db.models import IntegerChoices, TextChoices
else:
    from enum import EnumMeta, IntEnum, StrEnum
    from typing import Any, Self

    class ChoicesType(EnumMeta):
        names: list[str]
        choices: list[tuple[Any, str]]
        labels: list[str]
        values: list[Any]

    class TextChoices(StrEnum, metaclass=ChoicesType):
        label: str

        def __new__(cls, value: str, label: str = "") -> Self:
            raise NotImplementedError

    class IntegerChoices(IntEnum, metaclass=ChoicesType):
        label: str

        def __new__(cls, value: int, label: str = "") -> Self:
            raise NotImplementedError


__all__ = ["IntegerChoices", "TextChoices"]
