"""The page on which one indicator is chosen: a new group with its headline, a part beside one, or what stands."""

from django.http import Http404

from indicators.models import Indicator, TargetGroup
from ledger import clock
from ledger.web.page_acts import PageAct, PageActs
from organizations import access
from organizations.access import Keep

from .bloc_year import names_in, state_of, year_of
from .forms import IndicatorForm, RetireForm
from .groups import add_group, retire_group
from .indicators import add_indicator, change_indicator, retire_indicator, texts
from .told import edits, rests_on
from .tried import year_before


class IndicatorPage:
    """One indicator of a bloc's year for who sets its targets; 403 for everyone else.

    `group`: code of the group a new part comes into; `code`: of the indicator that is opened; a new group without both.
    `sent`: what was posted, with `viec` one of ghi, thoi; with `xem` it only shows how it would come out.
    """

    def __init__(self, user, page, sent=None, *, group="", code=""):
        self.user, self.page, self.held = user, page, year_of(page)
        access.require_keep(user, Keep.TARGETS, page.organization, page.day)
        self.stored = self._indicator(code) if code else None
        self.group = self._group(group) if group else None
        self.indicator = self.stored or self._new()
        self.looking = sent is not None and "xem" in sent
        self.sent = sent
        offered = [PageAct("ghi", form=self._form, do=self._save)]
        if self.stored:
            offered.append(PageAct("thoi", form=self._retire_form, do=self._retire))
        self.acts = PageActs(offered, None if self.looking else sent)

    def _indicator(self, code):
        if found := next((i for i in self.held.indicators if i.code == code), None):
            return found
        raise Http404(f"Năm {self.page.year} không dùng chỉ tiêu này.")

    def _group(self, code):
        if found := next((group for group in self.held.groups if group.code == code), None):
            return found
        raise Http404(f"Năm {self.page.year} không dùng nhóm chỉ tiêu này.")

    def _new(self):
        """What a form for something new is opened on; a part goes by the headline of its group."""
        if self.group is None:
            return Indicator(group=TargetGroup(bloc=self.page.organization, year=self.page.year))
        new = Indicator(group=self.group, headline=False, decimals=1)
        for headline in self.group.headlines:
            new.denominator, new.below, new.direction = headline.denominator, headline.below, headline.direction
        return new

    @property
    def targets(self):
        """How many targets rest on what is opened."""
        return self.held.targets[self.stored.pk] if self.stored else 0

    @property
    def targets_of_group(self):
        return sum(self.held.targets[i.pk] for i in self.indicator.group.all_indicators)

    def _form(self, sent):
        group = self.indicator.group.all_indicators if self.stored else ()
        resting = sum(self.held.targets[i.pk] for i in group)
        return IndicatorForm(
            sent,
            indicator=self.indicator,
            names=names_in(self.page),
            stored=self.stored is not None,
            set_targets=resting,
        )

    def _retire_form(self, sent):
        return RetireForm(sent, set_targets=self.targets_of_group if self.stored.headline else self.targets)

    def take(self):
        """Does what was posted; the sentence that says it is done, or "" with the errors left in its form."""
        return self.acts.take()

    def _save(self, form):
        act = {"by": self.user, "on": clock.today(), "document": form.paper()}
        name, columns = form.cleaned_data["ten"], form.columns()
        if self.stored is None and self.group is None:
            add_group(self.page.organization, self.page.year, form.cleaned_data["ten_nhom"], columns, **act)
            return f"Đã thêm nhóm “{form.cleaned_data['ten_nhom']}”."
        if self.stored is None:
            add_indicator(self.group, columns, **act)
            return f"Đã thêm chỉ tiêu kèm “{name}”."
        with form.held_against(self._as_it_stands):
            change_indicator(
                self.stored,
                columns,
                group_name=form.cleaned_data.get("ten_nhom"),
                withdraw=form.cleaned_data.get("thu_hoi", False),
                opened=form.opened(),
                **act,
            )
        return f"Đã ghi chỉ tiêu “{name}”."

    def _as_it_stands(self):
        return texts(Indicator.ever.select_related("group").get(pk=self.stored.pk))

    def _retire(self, form):
        act = {"by": self.user, "on": clock.today(), "reason": form.cleaned_data["ly_do"]}
        withdraw = form.cleaned_data.get("thu_hoi", False)
        if self.stored.headline:
            gone, what = retire_group(self.stored.group, withdraw=withdraw, **act), f"nhóm “{self.stored.group.name}”"
        else:
            gone, what = retire_indicator(self.stored, withdraw=withdraw, **act), f"chỉ tiêu “{self.stored.name}”"
        return f"Năm {self.page.year} thôi dùng {what}" + (f", thu hồi {rests_on(gone)}." if gone else ".")

    def context(self):
        state = state_of(self.page)
        form = self._form(self.sent) if self.looking else self.acts.forms["ghi"]
        chosen = form.chosen()
        if self.looking:
            form.only_tried()
        return self.page.context() | {
            **state,
            "form": form,
            "tried": year_before([chosen], self.page.organization, self.page.year)[0] if chosen else None,
            "stored": self.stored,
            "group": self.group,
            "indicator": self.indicator,
            "retire_form": self.acts.forms.get("thoi"),
            "edits": edits(self.stored) if self.stored else [],
            "rests": rests_on(self.targets),
            "shows_form": not state["closed"] or self.sent is not None,
            "leaf": self._title(),
            "title": self._title(),
            "subtitle": f"{self.page.place.name}, năm {self.page.year}",
        }

    def _title(self):
        if self.stored:
            return self.stored.group.name if self.stored.headline else f"{self.stored.group.name}: {self.stored.name}"
        return f"{self.group.name}: thêm chỉ tiêu kèm" if self.group else "Thêm nhóm chỉ tiêu"
