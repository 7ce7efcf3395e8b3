"""The page on which the targets of one organization are set."""

from indicators.board import standing_targets, targets_history
from indicators.years import groups_of, the_years
from ledger.web.forms import attempt
from organizations import access
from organizations.access import Keep

from .forms import TargetCell, TargetsForm


class TargetsPage:
    """What was set for the organization of `page`, a Frame, over the years; and the form of its year. `sent`: what was typed."""

    def __init__(self, user, page, sent=None):
        self.user, self.page = user, page
        self.form = TargetsForm(sent, cells=self._cells())

    def _cells(self):
        organization, year = self.page.organization, self.page.year
        bloc = the_years([year], at=organization)[year].bloc
        indicators = [i for group in groups_of({year: bloc})[year] for i in group.headlines]
        standing = standing_targets(indicators, [organization.pk])
        return [
            TargetCell(
                indicator=indicator,
                organization=organization,
                standing=standing.get((indicator.pk, organization.pk)),
                key=str(indicator.pk),
                label=f"{indicator.group.order}. {indicator.name} ({indicator.measured_in})",
            )
            for indicator in indicators
        ]

    def take(self):
        access.require_keep(self.user, Keep.TARGETS, self.page.organization, self.page.day)
        return attempt(self.form, lambda: self.form.set_them(self.user))

    def context(self):
        return self.page.context() | {
            "form": self.form if self.page.may(Keep.TARGETS) and self.form.cells else None,
            "rows": targets_history(self.page.organization),
        }
