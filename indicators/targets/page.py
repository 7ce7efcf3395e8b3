"""The page on which the targets of a year are set."""

from indicators.models import Indicator, Target
from indicators.years import the_years
from ledger import clock

from . import targets


def targets_form(data, organization, year, form_class):
    """The form of the targets of `organization` in `year`, holding what stands now."""
    bloc = the_years([year], at=organization)[year].bloc
    indicators = Indicator.objects.filter(group__bloc=bloc, group__year=year, headline=True).select_related("group")
    indicators = list(indicators.order_by("group__order"))
    standing = Target.objects.standing().filter(organization=organization, indicator__in=[i.pk for i in indicators])
    return form_class(data, indicators=indicators, standing=dict(standing.values_list("indicator_id", "value")))


def save_targets(form, page, user):
    paper = form.paper()
    rows = {(indicator, page.organization): value for indicator, value in form.values().items()}
    targets.set_targets(rows, by=user, on=clock.today(), document=paper)
