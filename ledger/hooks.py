"""Places where a verb asks or tells the floors above, which it does not know: declared here, filled once, in order.

Who is asked or told stands in the order of the apps (settings.INSTALLED_APPS), within one app as its apps.py names them;
so locks, refusals and effects come in one order in every process. `manage.py hooks` prints them all.
"""

HOOKS = []  # in the order in which they were declared


class Hook:
    """A named place in a verb; iterates over the functions that higher floors added. `takes`: what they are called with."""

    def __init__(self, name, takes):
        self.name, self.takes, self._functions = name, takes, []
        HOOKS.append(self)

    def __iter__(self):
        return iter(tuple(self._functions))

    def add(self, *functions):
        """Adds `functions` after those that stand; each once."""
        for function in functions:
            if function in self._functions:
                raise ValueError(f"{self.name}: {function.__qualname__} was added twice")
            self._functions.append(function)
