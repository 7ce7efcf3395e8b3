from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.board import board
from indicators.first_steps import steps
from indicators.models import TargetGroup
from indicators.staff.share import share_at
from indicators.years import known_years
from ledger import clock
from organizations import access, confirming, lineage
from organizations.frame import frame
from organizations.models import Kind
from organizations.offices import ended_offices
from ratings.tasks.tasks import count_owed

from . import heat, members
from . import page as panels
from .province import side_by_side


@require_safe
def home(request):
    """The first page: offices to look at; what the user owes; the user's organization in the latest year with groups."""
    if confirming.waits_for(request.user):
        return redirect("appointments")
    if count_owed(request.user):
        return redirect("tasks")
    codes, day = access.homes_of(request.user), clock.today()
    office = access.office_of(request.user)
    years = [y for y in known_years(office.inherited or None) if y <= day.year]
    year = years[-1] if years else day.year
    if len(codes) == 1:
        return redirect("dashboard", codes[0], year)
    if codes:
        return render(request, "indicators/dashboard/homes.html", {"homes": _homes(codes), "year": year})
    if request.user.is_superuser:
        return redirect("first_steps")
    return render(request, "indicators/dashboard/no_office.html", {"ended": ended_offices(request.user)})


def _homes(codes):
    """Spells of the organizations `codes`, in this order."""
    spells = {s.organization.code: s for s in lineage.places(clock.today()).filter(organization__code__in=codes)}
    return [spells[code] for code in codes]


@require_safe
def dashboard(request, code, year):
    """The target groups of an organization in a year, where they are missed, and who the members are."""
    page = frame(request.user, code, year)
    if there := _ranked_before(request, page):
        return redirect(there)
    figures = board(page.organization, year, letters=page.sees_letters)
    if page.place.kind == Kind.TINH:
        columns, rows = side_by_side(figures.children, year)
        context = page.context() | {"board": figures, "columns": columns, "rows": rows}
        return render(request, "indicators/dashboard/province.html", context)
    context = page.context() | panels.context(figures)
    context["staff"] = share_at(page.place, year, page.day, figures.structure["members"])
    if not context["results"]:
        context["opens_year"] = page.bloc.organization.code in steps.blocs_to_open(request.user)
    context["checks_all"] = access.office_of(request.user).looks_after_a_whole
    return render(request, "indicators/dashboard/dashboard.html", context | members.panels(figures, page))


def _ranked_before(request, page):
    """Where an address goes that was kept while the ranking stood on the dashboard (`xep`, a group's code); "" for none."""
    query = request.GET.copy()
    group = query.pop("xep", [""])[-1]
    if not TargetGroup.objects.filter(bloc=page.bloc.organization, year=page.year, code=group).exists():
        return ""
    address = reverse("indicator", args=[page.organization.code, page.year, group])
    return f"{address}?{query.urlencode()}#xep-hang"


@require_safe
def heat_map(request, code, year):
    """Every organization below on every group of the year."""
    page = frame(request.user, code, year)
    figures = board(page.organization, year, letters=page.sees_letters)
    return render(request, "indicators/dashboard/heat_map.html", page.context() | {"map": heat.heat_map(figures)})
