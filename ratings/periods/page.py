"""What stands between the page of periods and its verbs: who may use it, which form was sent, what it asked for."""

from django.urls import reverse

from ledger import clock
from ledger.acts import Refused
from ledger.numbers import day_in_words
from organizations import lineage
from organizations.access import Act, capacities_of, may, require_rating
from organizations.frame import frame
from organizations.models import Organization
from organizations.successions import principals
from ratings.models import Period, the_day

from . import periods
from .board import lacking
from .deadlines import Deadline, remind_days
from .forms import DeadlinesForm, LockForm, OpenForm


def _managed(user):
    """Spells of the blocs of today whose periods the user manages."""
    day = clock.today()
    spells = list(lineage.blocs(day).select_related("organization"))
    capacities = capacities_of(user, [spell.organization for spell in spells], day)
    return [spell for spell in spells if may(Act.MANAGE, capacities[spell.organization_id])]


class PeriodsPage:
    """The periods of one bloc for who may open them, set their deadlines and lock them; 403 for everyone else.

    With those of what the bloc took over. `asked`: the query string, whose `dang_bo` names the bloc among several, or what
    one of them took over; `sent`: what was posted, with `dang_bo` too, `viec` one of mo, han, khoa, `ky` the period's slug and `ky_cua` its bloc where
    that is not this one.
    """

    def __init__(self, user, asked, sent=None):
        self.blocs = _managed(user)
        if not self.blocs:
            require_rating(Act.MANAGE, frozenset())
        self.user, self.sent, self.error, self._standing = user, sent, "", {}
        self._named = (asked if sent is None else sent).get("dang_bo", "")
        self._named_bloc = self._bloc_named()
        self.bloc = self._named_bloc or self.blocs[0]
        mine = principals(self.bloc.organization_id)
        bloc_periods = Period.objects.standing().filter(bloc__in=mine)
        self.periods = list(
            bloc_periods.select_related("scheme", "bloc", "locked__by").order_by("-year", "-quarter", "pk")
        )
        self.opening = OpenForm(self._for("mo"), bloc=self.bloc.organization, initial={"nam": clock.today().year})

    def _bloc_named(self):
        """The spell of the bloc that was named, or of the one that took it over; None where it is none of the user's."""
        code = self._named
        own = next((spell for spell in self.blocs if spell.organization.code == code), None)
        if own or not code or not code.isprintable():
            return own
        old = Organization.objects.standing().filter(code=code)
        heirs = (s for s in self.blocs if old.filter(pk__in=principals(s.organization_id)).exists())
        return next(heirs, None)

    def _for(self, what, period=None):
        """What was posted, if it was for this form."""
        if self.sent is None or self.sent.get("viec") != what:
            return None
        return self.sent if period is None or self._is_named(period) else None

    def _is_named(self, period):
        whose = self.sent.get("ky_cua") or self.bloc.organization.code
        return (period.slug, period.bloc.code) == (self.sent.get("ky"), whose)

    def rows(self):
        """[(Period, its three Deadlines or None where it is not open, whether it is idle)]"""
        remind = remind_days()
        return [
            (p, None if p.locked_id or self._is_idle(p) else self._deadlines(p, remind), self._is_idle(p))
            for p in self.periods
        ]

    def _deadlines(self, period, remind):
        days = remind.get(period.quarter is not None, 0)
        return [(getattr(period, name), Deadline(getattr(period, name), days)) for name in DeadlinesForm.COLUMNS]

    def open_ones(self):
        """[(Period, its DeadlinesForm, its LockForm or None, what is wanting before the lock)]"""
        return [self._forms(p) for p in self.periods if not p.locked_id and p.has_begun and not self._is_idle(p)]

    def _is_idle(self, period):
        """Whether its bloc ended before the cut-off: nothing is rated in it any more."""
        return period.bloc_id not in self._stood_at(the_day(period))

    def _stood_at(self, day):
        if day not in self._standing:
            self._standing[day] = set(lineage.blocs(day).values_list("organization", flat=True))
        return self._standing[day]

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
        if self._named and not self._named_bloc:
            self.error = "Đảng bộ của trang vừa gửi không thuộc quyền của đồng chí. Hãy tải lại trang rồi chọn đảng bộ."
            return ""
        try:
            return act()
        except Refused as refused:
            self.error = " ".join(refused.messages)
            return ""

    def _chosen(self):
        period = next((p for p in self.periods if self._is_named(p)), None)
        if period is None:
            raise Refused("Không có kỳ này. Hãy tải lại trang rồi chọn kỳ.")
        return period

    def _by(self):
        return {"by": self.user, "on": clock.today()}

    def _open(self):
        if not self.opening.is_valid():
            return ""
        asked = self.opening.cleaned_data
        period = periods.open_period(asked["nam"], quarter=asked["quy"], bloc=self.bloc.organization, **self._by())
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
            f"{form.fields[form.COLUMNS[name]].label}: {day_in_words(getattr(form.period, name))} → {day_in_words(day)}"
            for name, day in changed.items()
        ]
        return "; ".join([*moves, *filter(None, [form.cleaned_data["ly_do"]])])

    def _lock(self):
        period = self._chosen()
        if not LockForm(self.sent).is_valid():
            self.error = LockForm.base_fields["xac_nhan"].error_messages["required"]
            return ""
        periods.lock(period, **self._by())
        return f"Đã khóa kỳ xếp loại {period.inline}."

    @property
    def address(self):
        """The page of this bloc."""
        query = {"dang_bo": self.bloc.organization.code} if len(self.blocs) > 1 else {}
        return reverse("periods", query=query)

    def context(self):
        page = frame(self.user, self.bloc.organization.code, clock.today().year)
        return page.context() | {
            "page": self,
            "blocs": self.blocs if len(self.blocs) > 1 else [],
            "rows": self.rows(),
            "open_ones": self.open_ones(),
            "opening": self.opening,
            "error": self.error,
        }
