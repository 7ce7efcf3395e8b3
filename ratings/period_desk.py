"""What stands between the page of periods and its verbs: who may use it, which form was sent, what it asked for."""

from ledger import clock
from ledger.acts import Refused
from ledger.numbers import day as in_words
from organizations import lineage
from organizations.access import Act, capacities, home_of, require_rating
from organizations.frame import frame

from . import periods
from .board import lacking
from .deadlines import Deadline, remind_days
from .forms import DeadlinesForm, LockForm, OpenForm
from .models import Period


class PeriodDesk:
    """All periods for who may open them, set their deadlines and lock them; 403 for everyone else.

    `sent`: what was posted, with `viec` one of mo, han, khoa and `ky` the period's slug.
    """

    def __init__(self, user, sent=None):
        self.root = lineage.places(clock.today()).filter(organization__code=home_of(user)).first()
        held = capacities(user, self.root.organization, clock.today()) if self.root else frozenset()
        require_rating(Act.MANAGE, held)
        self.user, self.sent, self.error = user, sent, ""
        found = Period.objects.filter(voided__isnull=True).select_related("scheme", "locked__by")
        self.periods = list(found.order_by("-year", "-quarter"))
        self.opening = OpenForm(self._for("mo"), initial={"year": clock.today().year})

    def _for(self, what, period=None):
        """What was posted, if it was for this form."""
        if self.sent is None or self.sent.get("viec") != what:
            return None
        return self.sent if period is None or self.sent.get("ky") == period.slug else None

    def rows(self):
        """[(Period, its three Deadlines, or None when locked)]"""
        remind = remind_days()
        return [(p, None if p.locked_id else self._deadlines(p, remind)) for p in self.periods]

    def _deadlines(self, period, remind):
        days = remind.get(period.quarter is not None, 0)
        return [(getattr(period, name), Deadline(getattr(period, name), days)) for name in DeadlinesForm.DAYS]

    def open_ones(self):
        """[(Period, its DeadlinesForm, its LockForm or None, what is wanting before the lock)]"""
        return [self._forms(period) for period in self.periods if not period.locked_id]

    def _forms(self, period):
        wanting = lacking(period)
        locking = LockForm(self._for("khoa", period)) if not wanting else None
        return period, DeadlinesForm(self._for("han", period), period=period), locking, wanting

    def take(self):
        """Does what was posted; the sentence that says it is done, or "" with the reason left for the page."""
        acts = {"mo": self._open, "han": self._set_deadlines, "khoa": self._lock}
        act = acts.get(self.sent.get("viec"))
        if act is None:
            self.error = "Trang không hiểu việc vừa gửi. Hãy bấm lại nút trên trang này."
            return ""
        try:
            return act()
        except Refused as refused:
            self.error = " ".join(refused.messages)
            return ""

    def _chosen(self):
        found = next((p for p in self.periods if p.slug == self.sent.get("ky")), None)
        if found is None:
            raise Refused("Không có kỳ này. Hãy tải lại trang rồi chọn kỳ.")
        return found

    def _by(self):
        return {"by": self.user, "on": clock.today()}

    def _open(self):
        if not self.opening.is_valid():
            return ""
        period = periods.open_period(**self.opening.cleaned_data, **self._by())
        return f"Đã mở kỳ xếp loại {period.inline}."

    def _set_deadlines(self):
        period = self._chosen()
        form = DeadlinesForm(self.sent, period=period)
        if not form.is_valid():
            return ""
        changed = {name: day for name, day in form.days.items() if day != getattr(period, name)}
        if not changed:
            return f"Hạn của {period.inline} giữ nguyên."
        periods.set_deadlines(period, form.days, reason=self._told(form, changed), **self._by())
        return f"Đã đặt lại hạn của {period.inline}."

    @staticmethod
    def _told(form, changed):
        """The old dates stand nowhere else once they are replaced, so the act itself tells them."""
        moves = [
            f"{form.fields[name].label}: {in_words(getattr(form.period, name))} → {in_words(day)}"
            for name, day in changed.items()
        ]
        return "; ".join([*moves, *filter(None, [form.cleaned_data["why"]])])

    def _lock(self):
        period = self._chosen()
        if not LockForm(self.sent).is_valid():
            self.error = LockForm.base_fields["sure"].error_messages["required"]
            return ""
        periods.lock(period, **self._by())
        return f"Đã khóa kỳ xếp loại {period.inline}."

    def context(self):
        page = frame(self.user, self.root.organization.code, clock.today().year)
        return page.context("ratings") | {
            "rows": self.rows(),
            "open_ones": self.open_ones(),
            "opening": self.opening,
            "error": self.error,
        }
