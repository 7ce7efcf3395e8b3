from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations.frame import frame

from . import page as overview_page


@require_safe
def overview(request, code, year):
    """The year of an organization: plan and work, finance checks, deadlines, discipline."""
    page = frame(request.user, code, year)
    context = overview_page.context(request.user, page, request.GET.get("ky_luat", ""))
    return render(request, "inspections/overview/overview.html", context)
