"""The groups of a bloc's year on one page: how each is measured, what rests on it, and what may be done with them."""

from django.db.models import Q

from indicators.models import Indicator, TargetGroup
from indicators.targets import targets
from ledger import clock
from ledger.acts import Refused
from ledger.web.page_acts import PageAct, PageActs
from organizations import access
from organizations.access import Keep

from .bloc_year import names_in, state_of, year_of
from .forms import CopyForm, OrderForm, RestoreForm
from .groups import order_groups, restore_group
from .indicators import restore_indicator
from .told import measured_in_words, rests_on
from .tried import year_before


class GroupsPage:
    """The groups of a year. `sent`: what was posted, with `viec` one of xep, dung-lai, chep."""

    def __init__(self, user, page, sent=None):
        self.user, self.page, self.held = user, page, year_of(page)
        self.gone = TargetGroup.ever.filter(bloc=page.organization, year=page.year, retired__isnull=False)
        in_use = {"group__bloc": page.organization, "group__year": page.year, "group__retired__isnull": True}
        self.gone_parts = Indicator.ever.filter(**in_use, retired__isnull=False)
        rows = TargetGroup.objects.filter(Q(bloc=page.organization), ~Q(year=page.year))
        self.years = list(rows.values_list("year", flat=True).distinct().order_by("-year"))
        self.acts = PageActs(
            [
                PageAct("xep", form=OrderForm, do=self._order),
                PageAct("dung-lai", form=RestoreForm, do=self._restore),
                PageAct("chep", form=self._copy_form, do=self._copy),
            ],
            sent,
        )

    def take(self):
        """Does what was posted; the sentence that says it is done, or "" with the errors left in its form."""
        access.require_keep(self.user, Keep.TARGETS, self.page.organization, self.page.day)
        return self.acts.take()

    @property
    def _act(self):
        return {"by": self.user, "on": clock.today()}

    def _order(self, form):
        wanted, opened = (form.cleaned_data[name].split() for name in ("thu_tu", "luc_mo"))
        order_groups(self.page.organization, self.page.year, wanted, opened=opened or None, **self._act)
        return "Đã xếp lại thứ tự các nhóm."

    def _restore(self, form):
        group, part = form.cleaned_data["nhom"], form.cleaned_data["chi_tieu"]
        for pk, rows, do in ((group, self.gone, restore_group), (part, self.gone_parts, restore_indicator)):
            if row := next((row for row in rows if row.pk == pk), None):
                do(row, **self._act)
                return f"Năm {self.page.year} dùng lại “{row.name}”."
        raise Refused("Danh sách đã thay đổi từ lúc mở trang. Hãy xem lại trang.")

    def _copy_form(self, sent):
        return CopyForm(sent, year=self.page.year, years=self.years, usual=len(targets.eight_groups(self.page.year)))

    def _copy(self, form):
        bloc, year, source = self.page.organization, self.page.year, form.cleaned_data["tu_nam"]
        if source:
            targets.copy_groups(year, bloc=bloc, source=source, **self._act)
            return f"Đã sao chép nhóm chỉ tiêu của năm {source}. Chỉ tiêu giao cho từng tổ chức chưa có, hãy giao tiếp."
        targets.set_groups(year, targets.eight_groups(year), bloc=bloc, **self._act)
        return "Đã đặt các nhóm thường dùng. Hãy xem lại từng nhóm rồi giao chỉ tiêu."

    def context(self):
        state = state_of(self.page)
        return self.page.context() | {
            **state,
            "groups": self._groups(),
            "codes": " ".join(group.code for group in self.held.groups),
            "may": self.page.may(Keep.TARGETS) and not state["closed"],
            "gone": self.gone.select_related("retired__by").order_by("order", "pk"),
            "gone_parts": self.gone_parts.select_related("retired__by", "group").order_by("group__order", "pk"),
            "copy_form": self.acts.forms["chep"],
            "refused": None if self.acts.wanted == "chep" and not self.held.groups else self.acts.form,
            "leaf": "Nhóm chỉ tiêu",
            "title": f"Nhóm chỉ tiêu năm {self.page.year}",
        }

    def _groups(self):
        """[{group, rows of its indicators, the orders with it one up and one down or ""}]"""
        tried, names = self._tried(), names_in(self.page)
        codes = [group.code for group in self.held.groups]
        return [
            {
                "group": group,
                "rows": [self._row(i, tried[i.pk], names) for i in group.all_indicators],
                "up": _moved(codes, n, n - 1) if n else "",
                "down": _moved(codes, n, n + 1) if n + 1 < len(codes) else "",
            }
            for n, group in enumerate(self.held.groups)
        ]

    def _tried(self):
        indicators = self.held.indicators
        told = year_before(indicators, self.page.organization, self.page.year)
        return {indicator.pk: row for indicator, row in zip(indicators, told, strict=True)}

    def _row(self, indicator, tried, names):
        return {
            "indicator": indicator,
            "measured": measured_in_words(indicator, names),
            "rests": rests_on(self.held.targets[indicator.pk]),
            "tried": tried,
        }


def _moved(codes, old, new):
    """`codes` with the one at `old` at `new`, as one text."""
    codes = [*codes]
    codes.insert(new, codes.pop(old))
    return " ".join(codes)
