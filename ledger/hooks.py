"""Places where a verb asks or tells the floors above, which it does not know: declared here, filled once, in order.

Who is asked or told stands in the order of the apps (settings.INSTALLED_APPS), within one app as its apps.py names them;
so locks, refusals and effects come in one order in every process. `manage.py hooks` prints them all.
"""

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

HOOKS: list["Hook[Any]"] = []  # in the order in which they were declared


Function = TypeVar("Function", bound=Callable[..., Any])


class Hook(Generic[Function]):
    """A named place in a verb; iterates over the functions that higher floors added. `takes`: what they are called with."""

    def __init__(self, name: str, takes: str) -> None:
        self.name, self.takes = name, takes
        self._functions: list[Function] = []
        HOOKS.append(self)

    def __iter__(self) -> Iterator[Function]:
        return iter(tuple(self._functions))

    def add(self, *functions: Function) -> None:
        """Adds `functions` after those that stand; each once."""
        for function in functions:
            if function in self._functions:
                raise ValueError(f"{self.name}: {function.__qualname__} was added twice")
            self._functions.append(function)
