"""What the commands for machines share: arguments through the one cleaner, reading a day from the command line."""

import re
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.days import why_impossible
from ledger.text import code_text, date_text


class CleanedCommand(BaseCommand):
    """Its arguments are cleaned before it reads them, whoever calls it: copied out of a letter they carry marks, too."""

    def create_parser(self, *args: Any, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(*args, **kwargs)
        parse = parser.parse_args
        parser.parse_args = lambda given=None, namespace=None, **more: parse(
            _cleaned(more.get("args", given)), namespace
        )
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        return super().execute(*_cleaned(args), **{name: _cleaned(value) for name, value in options.items()})


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return code_text(re.sub("^[–—](?=[a-z])", "--", value))  # a letter makes one dash of the two of an option
    return [_cleaned(one) for one in value] if isinstance(value, (list, tuple)) else value


def day(text: str) -> date:
    """A date typed as 2017-12-31 or 31/12/2017."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            parsed = datetime.strptime(date_text(text), pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        if fault := why_impossible(parsed):
            raise CommandError(fault)
        return parsed
    raise CommandError(f"“{text}” không phải là ngày. Hãy viết 2017-12-31 hoặc 31/12/2017.")
