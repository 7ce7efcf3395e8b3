"""The page of those on probation below an organization: due dates, alerts, and recognising several at once."""

from functools import cached_property

from ledger import clock
from ledger.acts import Refused
from ledger.forms import DayField, LightActForm
from ledger.numbers import day as in_words
from ledger.numbers import group
from ledger.text import as_id
from organizations import lineage
from organizations.access import Keep, capacities, may_keep, require_keep

from .due import on_probation
from .errand_desk import issuer
from .homonyms import tell_apart
from .probation import make_official
from .sight import open_members


class SeveralForm(LightActForm):
    """One day and one paper for all that were ticked (`nguoi_duoc`, ids)."""

    tu_ngay = DayField(label="Công nhận chính thức từ ngày")


def chip(due):
    """How near the end of probation is, as templates/partials/chip.html shows it."""
    if due.left < 0:
        return {"tone": "no", "mark": "▼", "words": f"Quá hạn {group(-due.left)} ngày"}
    if due.has_come:
        return {"tone": "no", "mark": "▼", "words": "Đến hạn"}
    tone, mark = {30: ("ok", "●"), 60: ("wait", "◔"), 90: ("wait", "◔")}.get(due.alert, ("none", "○"))
    return {"tone": tone, "mark": mark, "words": f"Còn {group(due.left)} ngày"}


COUNTED = {0: "đến hạn, quá hạn", 30: "còn đến 30 ngày", 60: "còn 31 đến 60 ngày", 90: "còn 61 đến 90 ngày"}


class ProbationPage:
    """`page`: the Frame. `sent`: what was typed, None on opening; 403 for who sends without the right."""

    def __init__(self, page, user, sent=None):
        self.page, self.user, self.sent = page, user, sent
        if sent is not None:
            require_keep(user, Keep.ROLL, page.organization, clock.today())
        self.ticked = set(sent.getlist("nguoi_duoc")) if sent is not None else set()
        self.form = SeveralForm(sent, initial={"co_quan": issuer(user)}) if self.may else None

    @cached_property
    def may(self):
        """Whether the user may recognise here: on the page of today alone, where the list is who is on probation now."""
        held = capacities(self.user, self.page.organization, clock.today())
        return may_keep(Keep.ROLL, held) and (self.sent is not None or self.page.day == clock.today())

    @cached_property
    def rows(self):
        rows = on_probation(self.page.organization, self.page.day)
        tell_apart((due.member for due in rows), self.user)
        return rows

    def do(self):
        act = self.form.act(self.user)
        chosen = [due for due in self.rows if str(due.member.pk) in self.ticked]
        if not chosen or len(chosen) < len(self.ticked):
            raise Refused("Hãy đánh dấu những đồng chí được công nhận, trong danh sách dưới đây.")
        for due in chosen:
            if act["on"] < due.until:
                raise Refused(
                    f"{due.member} dự bị đến {in_words(due.until)}; ngày công nhận không thể sớm hơn. "
                    "Ai được công nhận sớm thì ghi riêng ở hồ sơ của đồng chí ấy."
                )
        make_official({due.member: act["on"] for due in chosen}, **act)
        self.done = f"Đã công nhận {group(len(chosen))} đảng viên chính thức từ {in_words(act['on'])}."

    def context(self):
        names = lineage.labels({due.cell for due in self.rows}, self.page.day)
        counted = [(words, sum(due.alert == days for due in self.rows)) for days, words in COUNTED.items()]
        rows = [(due, names[due.cell], chip(due)) for due in self.rows]
        return self.page.context("people") | {
            "tab": "people",
            "people_tab": "probation",
            "opens": open_members(self.user, [due.member.pk for due in self.rows]),
            "total": len(rows),
            "near": [row for row in rows if row[0].alert is not None],
            "far": [row for row in rows if row[0].alert is None],
            "counted": counted,
            "can_recognise": self.may and any(due.has_come for due in self.rows),
            "form": self.form,
            "ticked": {as_id(text) for text in self.ticked},
        }
