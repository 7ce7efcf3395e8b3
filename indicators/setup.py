"""What stands between the forms and the verbs: setting targets, and the first steps of an empty installation."""

from datetime import date

from django.db import transaction

from ledger import clock
from ledger.documents import document
from organizations import lineage, reorganize
from organizations.models import Kind
from ratings import periods
from ratings.models import Period

from . import targets
from .models import Indicator, Target, TargetGroup


def targets_form(data, organization, year, form_class):
    """The form of the targets of `organization` in `year`, holding what stands now."""
    indicators = Indicator.objects.filter(group__year=year, headline=True).select_related("group")
    indicators = list(indicators.order_by("group__order"))
    standing = Target.objects.filter(
        organization=organization, indicator__in=[i.pk for i in indicators], voided__isnull=True
    )
    return form_class(data, indicators=indicators, standing=dict(standing.values_list("indicator_id", "value")))


@transaction.atomic
def save_targets(form, page, user):
    data = form.cleaned_data
    paper = document(data["number"], data["date"], data["issuer"])
    rows = {(indicator, page.organization): value for indicator, value in form.values().items()}
    targets.set_targets(rows, by=user, on=clock.today(), document=paper)


def next_step():
    """ "bloc" until there is one, then "year"."""
    return "year" if lineage.roots(clock.today()).exists() else "bloc"


def take_step(step, data, user):
    """Does the step through the verbs; returns the sentence that says it is done."""
    if step == "bloc":
        row = reorganize.Founding(code="K", name=data["name"], kind=Kind.KHOI)
        reorganize.found([row], by=user, on=data["founded"])
        return f"Đã thành lập {data['name']}."
    year = data["year"]
    open_year(year, by=user)
    return f"Đã mở năm {year}: tám nhóm chỉ tiêu và kỳ xếp loại."


@transaction.atomic
def open_year(year, *, by):
    """Groups (copied from the year before, else the usual eight) and the rating period of `year`."""
    on = min(clock.today(), date(year, 12, 31))
    same = TargetGroup.objects.filter(year=year - 1).exists() and year != 2018
    if same:
        targets.copy_groups(year, by=by, on=on)
    else:
        targets.set_groups(year, targets.eight_groups(year), by=by, on=on)
    if not Period.objects.filter(year=year, quarter__isnull=True, voided__isnull=True).exists():
        periods.open_period(year, by=by, on=on)
