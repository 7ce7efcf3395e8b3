"""A form that shows what stands and is sent back to change it: what it was opened with is held against what stands then.

Who comes second is shown what the first wrote and keeps what they typed; sent once more, it is written over that.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from django import forms
from django.http import QueryDict

from ledger.acts import Refused


class Overtaken(Refused):
    """Somebody wrote first."""


class OpenedForm(forms.Form):
    """`luc_mo`: {name: text} of what stood when the form was opened, for the verb to compare."""

    data: QueryDict
    luc_mo = forms.CharField(required=False, max_length=5000, widget=forms.HiddenInput())

    def opened(self) -> dict[str, str]:
        """{name: text} as the form was opened; {} when what came back cannot be read."""
        try:
            texts = json.loads(self.cleaned_data["luc_mo"])
        except (ValueError, RecursionError):
            return {}
        return texts if isinstance(texts, dict) else {}

    @contextmanager
    def held_against(self, standing: Callable[[], Mapping[str, str]]) -> Iterator[None]:
        """Around the verb. Overtaken, the form carries what stands then: `standing()`."""
        try:
            yield
        except Overtaken:
            self.data = self.data.copy()
            self.data["luc_mo"] = carried(standing())
            raise


def carried(texts: Mapping[str, str]) -> str:
    """`luc_mo` of a form opened on what `texts`, {name: text}, says."""
    return json.dumps(texts)


def refuse_overtaken(
    whom: str, opened: Mapping[str, str], now: Mapping[str, str], told: Callable[[list[str]], Iterable[str]]
) -> None:
    """Raises Overtaken, naming `whom`, when what was `opened` is not what stands `now`, both {name: text}.

    `told`: names that differ → [what each says now].
    """
    if others := [name for name in now if opened.get(name, now[name]) != now[name]]:
        raise Overtaken(
            f"{whom} vừa được người khác sửa: {'; '.join(told(others))}. "
            "Điều đồng chí đã nhập còn nguyên dưới đây; hãy xem lại rồi ghi."
        )
