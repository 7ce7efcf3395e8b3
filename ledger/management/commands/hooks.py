"""Prints who follows which verb, in order: what happens beside an act, and where it is written."""

from typing import Any

from ledger.hooks import HOOKS
from ledger.management.arguments import CleanedCommand


class Command(CleanedCommand):
    help = "In ra các việc kèm theo của mỗi động tác ghi sổ, theo thứ tự."

    def handle(self, **options: Any) -> None:
        for hook in HOOKS:
            self.stdout.write(f"{hook.name}({hook.takes})")
            for function in hook:
                says = (function.__doc__ or "").strip().split("\n")[0]
                self.stdout.write(f"    {function.__module__}.{function.__qualname__}: {says}")
