"""The page of a closing: the minutes of what was frozen, what changed since, and the two acts about it."""

from datetime import date

from indicators import wording
from indicators.models import Closing, Indicator
from indicators.published import Closed
from indicators.self_check.recount import where
from ledger import clock
from ledger.acts import Refused
from ledger.web.page_acts import PageAct, PageActs
from organizations import access
from organizations.access import Keep
from ratings.frame import period_at

from .closings import close_figures, withdraw
from .forms import ClosingForm, WithdrawClosingForm
from .since import Since
from .since_in_words import told

LETTERS = Indicator.Below.LETTERS


class ClosingPage:
    """One organization's closed figures of one year. `sent`: what was posted, with `viec` one of chot, huy."""

    def __init__(self, user, page, sent=None):
        self.user, self.page = user, page
        self.period = period_at(page.organization, page.year)
        self.closed = Closed.of(self.period)
        self.acts = PageActs(
            [
                PageAct("chot", form=ClosingForm, do=self._close),
                PageAct("huy", form=WithdrawClosingForm, do=self._withdraw),
            ],
            sent,
        )

    def take(self):
        """Does what was posted; the sentence that says it is done, or "" with the errors left in its form."""
        access.require_keep(self.user, Keep.FIGURES, self.page.organization, self.page.day)
        return self.acts.take()

    def _close(self, form):
        if self.period is None:
            raise Refused(f"Năm {self.page.year} chưa mở kỳ xếp loại. Hãy mở kỳ, khóa kỳ rồi chốt số liệu.")
        close_figures(self.period, by=self.user, on=clock.today(), document=form.paper())
        return f"Đã chốt số liệu {self.period.inline}."

    def _withdraw(self, form):
        closing = Closing.objects.standing().filter(period=self.period).first()
        if closing is None:
            raise Refused(f"Số liệu năm {self.page.year} chưa chốt, hoặc lần chốt đã được hủy. Hãy tải lại trang.")
        withdraw(closing, by=self.user, on=clock.today(), reason=form.cleaned_data["ly_do"])
        return f"Đã hủy lần chốt số liệu {self.period.inline}."

    def context(self):
        context = self.page.context() | {
            "period": self.period,
            "closing": self.closed.closing,
            "may_close": self.page.may(Keep.FIGURES),
            "closing_form": self.acts.forms["chot"],
            "withdraw_form": self.acts.forms["huy"],
            "withdrawn": self._withdrawn(),
        }
        return context | self._minutes() if self.closed else context

    def _withdrawn(self):
        rows = Closing.objects.filter(period=self.period, voided__isnull=False).defer("figures", "rows")
        return rows.select_related("added__by", "voided__by").order_by("-pk") if self.period else []

    def _minutes(self):
        code = self.page.organization.code
        since = Since(Closing.objects.get(pk=self.closed.closing.pk))
        lines = [line for line in self.closed.lines(code) if self._may_see(line)]
        changes, untold = self._changes(since)
        return {
            "place": self.closed.figures["organizations"].get(code),
            "scheme": self.closed.figures["scheme"]["name"],
            "rows": [self._row(line) for line in lines],
            "since": since,
            "wrong": sorted({where(measure, place) for measure, place in since.wrong}),
            "changes": changes,
            "untold": untold,
            "count": len(changes) + untold,
        }

    def _changes(self, since):
        day = date.fromisoformat(self.closed.figures["last"])
        return told(since, self.page, day=day, letters=self._sees_letters)

    @property
    def _sees_letters(self):
        return self.page.is_bloc or self.page.sees_letters

    def _may_see(self, line):
        return self._sees_letters or line.indicator.below != LETTERS

    @staticmethod
    def _row(line):
        result = line.result
        return {
            "line": line,
            "name": line.indicator.name,
            "fraction": (result.numerator, result.denominator if wording.is_ratio(line) else None),
            "value": wording.value(line),
            "target": wording.target(line),
            "verdict": wording.verdict(line),
            "tone": wording.tone(line),
            "mark": wording.mark(line),
        }
