"""The acts that a page offers: one is opened at a time, by the query string; sent back, it is done or stands as typed."""

from collections.abc import Callable
from dataclasses import dataclass

from ledger.acts import Refused
from ledger.web.forms import attempt


@dataclass(frozen=True)
class PageAct:
    """`form(data, initial)` makes its form; `do(form)` does it and returns what to tell."""

    name: str
    label: str
    button: str
    form: Callable
    do: Callable
    help: str = ""


class PageActs:
    """`offered`: [PageAct] of what may be done here now; `asked`: a query string, or what was sent or carried here."""

    def __init__(self, offered, asked, sent=None):
        self.offered = {errand.name: errand for errand in offered}
        self.searching = sent is not None and "tim_kiem" in sent
        self.wanted = (sent if sent is not None else asked).get("viec", "")
        self.open = self.offered.get(self.wanted)
        self.form = self.open.form(sent) if self.open else None

    def take(self):
        """What the opened errand tells when it was done; "" when it was refused, which then stands on its form."""
        if self.open is None or self.searching:
            return ""
        said = []
        attempt(self.form, lambda: said.append(self.open.do(self.form)))
        return said[0] if said else ""

    @property
    def gone(self):
        """Sentence for an errand that was sent and is not to be had any more."""
        return "" if self.open or not self.wanted else "Việc này nay không làm được nữa. Hãy xem lại trang."


def chosen(rows, wanted):
    """Those of `rows` whose id is among `wanted` (texts); Refused when one is missing: the page has changed meanwhile."""
    by_id = {str(row.pk): row for row in rows}
    if any(pk not in by_id for pk in wanted):
        raise Refused("Danh sách đã thay đổi từ lúc mở trang. Hãy chọn lại.")
    return [by_id[pk] for pk in dict.fromkeys(wanted)]
