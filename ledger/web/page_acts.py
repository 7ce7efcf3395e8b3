"""The acts that a page offers, each a form and what does it. What is sent back is done, or stands on its form as typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.forms import Form

from ledger.acts import Refused

from .forms import attempt


@dataclass(frozen=True)
class PageAct:
    """`form(sent)` makes its form, `sent` None on opening; `do(form)` does it and returns what to tell."""

    name: str
    form: Callable[[Any], Form]
    do: Callable[[Any], str]
    label: str = ""
    button: str = ""
    help: str = ""


class PageActs:
    """`offered`: what may be done here now. `sent`: what was sent, or carried here, None on opening. `asked`: the query
    string of a page that shows one act at a time.
    """

    def __init__(self, offered: Iterable[PageAct], sent: Any, asked: Mapping[str, str] | None = None) -> None:
        self.offered = {act.name: act for act in offered}
        self.searching = sent is not None and "tim_kiem" in sent
        self.wanted = (sent if sent is not None else asked or {}).get("viec", "")
        self.open = self.offered.get(self.wanted)
        self.form = self.open.form(sent) if self.open else None

    @cached_property
    def forms(self) -> dict[str, Form]:
        """{name: form} of all of them: for a page on which each stands open."""
        return {name: self.form if act is self.open else act.form(None) for name, act in self.offered.items()}

    def take(self) -> str:
        """What the act that was sent tells when it was done; "" when it was refused, which then stands on its form."""
        act, form = self.open, self.form
        if act is None or form is None or self.searching:
            return ""
        said: list[str] = []
        attempt(form, lambda: said.append(act.do(form)))
        return said[0] if said else ""

    @property
    def gone(self) -> str:
        """Sentence for an act that was sent and is not to be had any more."""
        return "" if self.open or not self.wanted else "Việc này nay không làm được nữa. Hãy xem lại trang."


def chosen(rows: Iterable[Any], wanted: Iterable[str]) -> list[Any]:
    """Those of `rows` whose id is among `wanted` (texts); Refused when one is missing: the page has changed meanwhile."""
    by_id = {str(row.pk): row for row in rows}
    wanted = list(dict.fromkeys(wanted))
    if any(pk not in by_id for pk in wanted):
        raise Refused("Danh sách đã thay đổi từ lúc mở trang. Hãy chọn lại.")
    return [by_id[pk] for pk in wanted]
