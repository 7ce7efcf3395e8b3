"""The page of those on probation below an organization: due dates, alerts, and recognising several at once."""

from functools import cached_property

from ledger import clock
from ledger.acts import Refused
from ledger.fields import LinesFormField
from ledger.numbers import day_in_words, group
from ledger.text import as_id
from ledger.web.forms import PaperForm, attempt
from members.identity.homonyms import tell_apart
from members.visibility import open_members
from organizations import lineage
from organizations.access import Keep, capacities, may_keep, require_keep
from organizations.offices import issuer

from .due import on_probation
from .probation import make_official


class SeveralForm(PaperForm):
    """One paper for all that were ticked (`nguoi_duoc`, ids); each is official from a day of their own."""

    needs_paper = False

    ly_do = LinesFormField(label="Lý do, ghi chú", max_length=500, required=False)


def chip(due):
    """How near the end of probation is, as templates/partials/chip.html shows it."""
    if due.left < 0:
        return {"tone": "no", "mark": "missed", "words": f"Quá hạn {group(-due.left)} ngày"}
    if due.has_come:
        return {"tone": "no", "mark": "missed", "words": "Đến hạn"}
    tone, mark = {30: ("near", "running"), 60: ("wait", "running"), 90: ("wait", "running")}.get(
        due.alert, ("none", "ring")
    )
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
        user_capacities = capacities(self.user, self.page.organization, clock.today())
        return may_keep(Keep.ROLL, user_capacities) and (self.sent is not None or self.page.day == clock.today())

    @cached_property
    def rows(self):
        rows = on_probation(self.page.organization, self.page.day)
        tell_apart((due.member for due in rows), self.user)
        return rows

    def take(self):
        """Whether what was sent was done; what was refused stands on the form."""
        return attempt(self.form, self._do)

    def _do(self):
        chosen = [due for due in self.rows if str(due.member.pk) in self.ticked]
        if not chosen or len(chosen) < len(self.ticked):
            raise Refused("Hãy đánh dấu những đồng chí được công nhận, trong danh sách dưới đây.")
        for due in chosen:
            if not due.has_come:
                raise Refused(
                    f"{due.member} dự bị đến {day_in_words(due.until)}, chưa đến ngày công nhận. "
                    "Ai được công nhận sớm thì ghi riêng ở hồ sơ của đồng chí ấy."
                )
        days = {due.member: due.until for due in chosen}
        act = {"by": self.user, "on": max(days.values()), "document": self.form.paper()}
        make_official(days, reason=self.form.cleaned_data["ly_do"], **act)
        self.done = f"Đã công nhận {group(len(chosen))} đảng viên chính thức, {_since_when(days)}."

    def context(self):
        names = lineage.labels({due.cell for due in self.rows}, self.page.day)
        counted = [(words, sum(due.alert == days for due in self.rows)) for days, words in COUNTED.items()]
        rows = [(due, names[due.cell], chip(due)) for due in self.rows]
        return self.page.context() | {
            "opens": open_members(self.user, [due.member.pk for due in self.rows]),
            "total": len(rows),
            "near": [row for row in rows if row[0].alert is not None],
            "far": [row for row in rows if row[0].alert is None],
            "counted": counted,
            "can_recognise": self.may and any(due.has_come for due in self.rows),
            "form": self.form,
            "ticked": {as_id(text) for text in self.ticked},
        }


def _since_when(days):
    """`days`: {member: day}."""
    first, *others = sorted(set(days.values()))
    if not others:
        return f"từ {day_in_words(first)}"
    return f"mỗi đồng chí từ ngày hết thời gian dự bị ({day_in_words(first)} đến {day_in_words(others[-1])})"
